//! The browser's half: files with a hash in their name, and the shell for everything else.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
            VARY,
        },
    },
    response::{IntoResponse, Response},
    routing::get,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use mime_guess::MimeGuess;
use sha2::{Digest as _, Sha256};

use crate::{
    dist::Files,
    shell::{INDEX, Shell},
};

/// File types of which Trunk puts a hash of the content into every name.
const HASHED: [&str; 3] = [".js", ".wasm", ".css"];

/// The content codings of the copies that are made at build time, the smallest first.
const COPIES: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

struct StaticFiles {
    files: BTreeMap<String, File>,
    /// What the shell is answered with.
    shell_status: StatusCode,
}

/// A file as it is sent.
struct File {
    headers: HeaderMap,
    content: Bytes,
    copies: Vec<(&'static str, Bytes)>,
}

/// `GET` of any path: the file of that name, or else the shell, so that deep links work.
pub(crate) fn router(files: &Files, shell: &Shell) -> Router {
    let is_copy = |name: &str| COPIES.iter().any(|(_, ending)| name.ends_with(ending));
    let names = files.keys().filter(|name| !is_copy(name));
    let shell_status = if shell.built {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let files = StaticFiles {
        files: names
            .map(|name| (name.clone(), File::new(name, files)))
            .collect(),
        shell_status,
    };
    Router::new().fallback_service(get(serve).with_state(Arc::new(files)))
}

impl File {
    fn new(name: &str, files: &Files) -> Self {
        let copy =
            |(coding, ending)| Some((coding, files.get(&format!("{name}{ending}"))?.clone()));
        Self {
            headers: headers(name, &files[name]),
            content: files[name].clone(),
            copies: COPIES.into_iter().filter_map(copy).collect(),
        }
    }
}

fn headers(name: &str, content: &Bytes) -> HeaderMap {
    let cache = if HASHED.iter().any(|ending| name.ends_with(ending)) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let kind = match MimeGuess::from_path(name)
        .first_or_octet_stream()
        .essence_str()
    {
        "text/html" => "text/html; charset=utf-8".to_owned(),
        kind => kind.to_owned(),
    };
    let digest = STANDARD.encode(Sha256::digest(content));
    let header =
        |value: &str| HeaderValue::from_str(value).expect("types and base64 are visible ASCII");
    HeaderMap::from_iter([
        (CONTENT_TYPE, header(&kind)),
        (CACHE_CONTROL, header(cache)),
        // Weak, as it is the same for every copy (RFC 9110, section 8.8.1).
        (ETAG, header(&format!("W/\"{digest}\""))),
        // Else a cache on the way could hand a copy to somebody who cannot read it.
        (VARY, ACCEPT_ENCODING.into()),
    ])
}

async fn serve(State(files): State<Arc<StaticFiles>>, request: Request) -> Response {
    let name = request.uri().path().trim_start_matches('/');
    match files.files.get(name) {
        Some(file) if name != INDEX => file.answer(StatusCode::OK, request.headers()),
        // What is named like a file and is none belongs to an older build, or to nobody. The page
        // in its place would be taken for a broken script.
        None if MimeGuess::from_path(name).first().is_some() => {
            let gone = [(CACHE_CONTROL, "no-cache")];
            (StatusCode::NOT_FOUND, gone, "There is no such file.").into_response()
        }
        _ => files.files[INDEX].answer(files.shell_status, request.headers()),
    }
}

impl File {
    fn answer(&self, status: StatusCode, asked: &HeaderMap) -> Response {
        let headers = self.headers.clone();
        let known = asked.get(IF_NONE_MATCH);
        if known.is_some_and(|known| self.headers.get(ETAG) == Some(known)) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let mut copies = self.copies.iter();
        match copies.find(|(coding, _)| accepts(asked, coding)) {
            None => (status, headers, self.content.clone()).into_response(),
            Some((coding, copy)) => {
                let coding = [(CONTENT_ENCODING, *coding)];
                (status, headers, coding, copy.clone()).into_response()
            }
        }
    }
}

/// Whether `Accept-Encoding` names this coding, and not to refuse it (RFC 9110, section 12.5.3).
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter();
    let accepted = accepted.filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().trim_start_matches("q=").parse::<f32>();
        name.trim().eq_ignore_ascii_case(coding) && weight != Ok(0.0)
    })
}
