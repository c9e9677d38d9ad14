//! The files that Trunk built, and the page for every other address that a browser opens.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode, Uri,
        header::{
            ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HOST,
            IF_NONE_MATCH, VARY,
        },
    },
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use mime_guess::MimeGuess;
use sha2::{Digest as _, Sha256};

use crate::{
    dist::Files,
    page::{INDEX, Page},
    public_url::PublicUrl,
};

/// The types of the files whose names have a hash of their content.
const HASHED: [&str; 3] = [".js", ".wasm", ".css"];
/// The content codings of the compressed copies, the smallest first.
const COPIES: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Every file, ready to be sent.
pub(crate) struct StaticFiles {
    files: BTreeMap<String, File>,
    page_status: StatusCode,
}

struct File {
    headers: HeaderMap,
    content: Bytes,
    copies: Vec<(&'static str, Bytes)>,
}

impl StaticFiles {
    pub(crate) fn new(files: &Files, page: &Page) -> Self {
        let is_copy = |name: &str| COPIES.iter().any(|(_, ending)| name.ends_with(ending));
        let names = files.keys().filter(|name| !is_copy(name));
        Self {
            files: names
                .map(|name| (name.clone(), File::new(name, files)))
                .collect(),
            page_status: if page.is_built {
                StatusCode::OK
            } else {
                StatusCode::SERVICE_UNAVAILABLE
            },
        }
    }
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
    let content_type = match MimeGuess::from_path(name)
        .first_or_octet_stream()
        .essence_str()
    {
        "text/html" => "text/html; charset=utf-8".to_owned(),
        other => other.to_owned(),
    };
    let digest = STANDARD.encode(Sha256::digest(content));
    let header =
        |value: &str| HeaderValue::from_str(value).expect("types and base64 are visible ASCII");
    HeaderMap::from_iter([
        (CONTENT_TYPE, header(&content_type)),
        (CACHE_CONTROL, header(cache)),
        // Weak, as it is the same for every copy (RFC 9110, section 8.8.1).
        (ETAG, header(&format!("W/\"{digest}\""))),
        // Else a cache could hand a copy to somebody who cannot read it.
        (VARY, ACCEPT_ENCODING.into()),
    ])
}

/// The file of that name, or the page, so that deep links work.
///
/// The page is for what a browser opens. A script of an older build that is not there any more is
/// 404: the page in its place would be taken for a broken script. So is what scanners try, such as
/// `/.env`.
pub(crate) async fn serve(State(files): State<Arc<StaticFiles>>, request: Request) -> Response {
    let name = request.uri().path().trim_start_matches('/');
    let headers = request.headers();
    match files.files.get(name) {
        Some(file) if name != INDEX => file.response(StatusCode::OK, headers),
        _ if name.is_empty() || name == INDEX || is_page(name, headers) => {
            match at_localhost(request.uri(), headers) {
                Some(location) => Redirect::temporary(&location).into_response(),
                None => files.files[INDEX].response(files.page_status, headers),
            }
        }
        _ => {
            let again = [(CACHE_CONTROL, "no-cache")];
            (StatusCode::NOT_FOUND, again, "There is no such file.").into_response()
        }
    }
}

/// Whether this asks for a page, under a name that a page may have.
fn is_page(path: &str, headers: &HeaderMap) -> bool {
    let is_hidden =
        |segment: &str| segment.starts_with('.') || segment.to_ascii_lowercase().starts_with("%2e");
    accepts_html(headers) && !path.split('/').any(is_hidden)
}

/// Whether `Accept` names `text/html`, as browsers do where a person opens an address.
pub(crate) fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get_all(ACCEPT).iter();
    accept
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"))
}

/// Where the page is for whoever opens 0.0.0.0, to which browsers do connect. Only localhost is this
/// machine and a secure context.
fn at_localhost(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let url = PublicUrl::from_host(headers.get(HOST)?.to_str().ok()?)?;
    let path = uri.path_and_query()?;
    url.is_unspecified()
        .then(|| format!("http://localhost:{}{path}", url.port()))
}

impl File {
    fn response(&self, status: StatusCode, asked: &HeaderMap) -> Response {
        let headers = self.headers.clone();
        let known = asked.get(IF_NONE_MATCH);
        if known.is_some_and(|known| self.headers.get(ETAG) == Some(known)) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let mut copies = self.copies.iter();
        match copies.find(|(coding, _)| accepts(asked, coding)) {
            None => (status, headers, self.content.clone()).into_response(),
            Some((coding, copy)) => {
                (status, headers, [(CONTENT_ENCODING, *coding)], copy.clone()).into_response()
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
