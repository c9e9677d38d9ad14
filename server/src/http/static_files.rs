//! The files that Trunk built, and the page for every other address that a browser opens.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{
        HeaderMap, StatusCode, Uri,
        header::{
            ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HOST,
            IF_NONE_MATCH, VARY,
        },
        uri::Authority,
    },
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use mime_guess::MimeGuess;
use sha2::{Digest as _, Sha256};

use crate::dist::{Files, INDEX, Page};

/// The types of the files whose names have a hash of their content.
const HASHED: [&str; 3] = [".js", ".wasm", ".css"];
/// The content codings of the compressed copies, the smallest first.
const COPIES: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Every file, ready to be sent, by its path.
pub(crate) struct StaticFiles(BTreeMap<String, File>);

struct File {
    status: StatusCode,
    headers: HeaderMap,
    content: Bytes,
    copies: Vec<(&'static str, Bytes)>,
}

impl StaticFiles {
    pub(crate) fn new(files: &Files, page: &Page) -> Self {
        let is_copy = |name: &str| COPIES.iter().any(|(_, ending)| name.ends_with(ending));
        let names = files.keys().filter(|name| !is_copy(name));
        let named = |name: &String| (name.clone(), File::new(name, files));
        let mut all: BTreeMap<_, _> = names.map(named).collect();
        if let Some(index) = all.get_mut(INDEX).filter(|_| !page.is_built) {
            index.status = StatusCode::SERVICE_UNAVAILABLE;
        }
        Self(all)
    }
}

impl File {
    fn new(name: &str, files: &Files) -> Self {
        let copy = |(coding, ending)| {
            let copy = files.get(&format!("{name}{ending}"))?;
            Some((coding, copy.clone()))
        };
        Self {
            status: StatusCode::OK,
            headers: headers(name, &files[name]),
            content: files[name].clone(),
            copies: COPIES.into_iter().filter_map(copy).collect(),
        }
    }

    fn response(&self, asked: &HeaderMap) -> Response {
        let headers = self.headers.clone();
        if asked.get(IF_NONE_MATCH) == headers.get(ETAG) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let mut copies = self.copies.iter();
        match copies.find(|(coding, _)| accepts(asked, coding)) {
            None => (self.status, headers, self.content.clone()).into_response(),
            Some((coding, copy)) => {
                let coding = [(CONTENT_ENCODING, *coding)];
                (self.status, headers, coding, copy.clone()).into_response()
            }
        }
    }
}

fn headers(name: &str, content: &Bytes) -> HeaderMap {
    let cache = match HASHED.iter().any(|ending| name.ends_with(ending)) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let mime = match name.ends_with(".html") {
        true => "text/html; charset=utf-8".to_owned(),
        false => MimeGuess::from_path(name)
            .first_or_octet_stream()
            .to_string(),
    };
    let digest = STANDARD.encode(Sha256::digest(content));
    let header = |value: &str| value.parse().expect("types and base64 are visible ASCII");
    HeaderMap::from_iter([
        (CONTENT_TYPE, header(&mime)),
        (CACHE_CONTROL, header(cache)),
        // Weak, as it is the same for every copy (RFC 9110, section 8.8.1).
        (ETAG, header(&format!("W/\"{digest}\""))),
        // Else a cache could hand a copy to somebody who cannot read it.
        (VARY, ACCEPT_ENCODING.into()),
    ])
}

/// The file of that name, or the page, so that deep links work.
///
/// The page is for what a browser opens. A script of an older build is 404: the page in its place
/// would be taken for a broken script. So is what scanners try, such as `/.env`.
pub(crate) async fn serve(State(files): State<Arc<StaticFiles>>, request: Request) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    let name = uri.path().trim_start_matches('/');
    match files.0.get(name) {
        Some(file) if name != INDEX => file.response(headers),
        _ if name.is_empty() || name == INDEX || is_page(name, headers) => {
            let page = || files.0[INDEX].response(headers);
            at_localhost(uri, headers).map_or_else(page, IntoResponse::into_response)
        }
        _ => {
            let headers = [(CACHE_CONTROL, "no-cache")];
            (StatusCode::NOT_FOUND, headers, "There is no such file.").into_response()
        }
    }
}

/// Whether this asks for a page, under a name that a page may have.
fn is_page(path: &str, headers: &HeaderMap) -> bool {
    let path = path.to_ascii_lowercase().replace("%2e", ".");
    accepts_html(headers) && !path.split('/').any(|segment| segment.starts_with('.'))
}

/// Whether `Accept` names `text/html`, as browsers do where a person opens an address.
pub(crate) fn accepts_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// For whoever opens 0.0.0.0, to which browsers do connect: only localhost is this machine and a
/// secure context.
fn at_localhost(uri: &Uri, headers: &HeaderMap) -> Option<Redirect> {
    let host: Authority = headers.get(HOST)?.to_str().ok()?.parse().ok()?;
    let (port, path) = (host.port_u16().unwrap_or(80), uri.path_and_query()?);
    let is_unspecified = matches!(host.host(), "0.0.0.0" | "[::]");
    is_unspecified.then(|| Redirect::temporary(&format!("http://localhost:{port}{path}")))
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
