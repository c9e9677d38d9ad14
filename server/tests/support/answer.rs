//! An answer of the server, read to its end.

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer of the server.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Reads the whole of `response`.
    pub(crate) async fn read(response: reqwest::Response) -> Self {
        Self::try_read(response).await.unwrap()
    }

    /// The whole of `response`, or `None` if the connection ends before it does.
    pub(crate) async fn try_read(response: reqwest::Response) -> Option<Self> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Some(Self {
            status,
            headers,
            body: response.bytes().await.ok()?.to_vec(),
        })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {self:?}"))
    }

    /// The value of a header, if it is there.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The session's cookie as set by this answer, name and value, as a `cookie` header takes it.
    #[track_caller]
    pub(crate) fn cookie(&self) -> String {
        self.header("set-cookie")
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned()
    }

    /// The status and the code of an error, once everything that every error has was found in it.
    #[track_caller]
    pub(crate) fn error(&self) -> (u16, String) {
        assert_eq!(
            self.header("content-type"),
            Some("application/json"),
            "{self:?}"
        );
        let error = self.json();
        let message = error["message"]
            .as_str()
            .unwrap_or_else(|| panic!("no error: {} {error}", self.status));
        assert!(
            message.ends_with('.') && !message.contains('\n'),
            "no sentence: {message:?}"
        );
        (self.status, error["error"].as_str().unwrap().to_owned())
    }

    /// The value of the result, which must have been reached.
    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.header("content-type"), Some("application/json"));
        self.json()
    }
}
