//! A page, a widget and a provider for one test.

use std::{cell::RefCell, rc::Rc, time::Duration};

use gloo_timers::future::TimeoutFuture;
use reqio_browser::{Client, Failure, Identity, Options, Provider, Status, Timings, Token};
use wasm_bindgen::JsValue;

/// What the provider was asked, in order.
pub(crate) type Asked = Rc<RefCell<Vec<String>>>;

/// Answers every question with a token for one user; the end of a session is never answered, since
/// it would end in a page load, and with it the test.
pub(crate) struct Server {
    pub(crate) user: &'static str,
    pub(crate) asked: Asked,
    /// How long a token lives, in seconds.
    pub(crate) lifetime: u64,
}

impl Provider for Server {
    async fn token(&self) -> Result<Identity, Failure> {
        self.asked.borrow_mut().push("token".to_owned());
        Ok(Identity {
            token: token(self.user, self.lifetime),
            expires_in: self.lifetime,
        })
    }

    async fn end_session(&self, user: &str) -> Result<(), Failure> {
        self.asked.borrow_mut().push(format!("end {user}"));
        std::future::pending().await
    }
}

/// A provider for Ada, and what it was asked.
pub(crate) fn server() -> (Server, Asked) {
    let asked = Asked::default();
    let server = Server {
        user: "ada",
        asked: Rc::clone(&asked),
        lifetime: 300,
    };
    (server, asked)
}

/// Options with a name that no other test has.
pub(crate) fn options(name: &str) -> Options {
    let mut options = Options::default();
    options.name = name.to_owned();
    options.script_limit = Duration::from_millis(400);
    options.news_spread = Duration::ZERO;
    options
}

/// Timings under which tokens that live a second are renewed.
pub(crate) fn short_timings() -> Timings {
    let mut timings = Timings::default();
    timings.shortest_life = Duration::from_millis(1);
    timings
}

/// An unsigned token that is a little different each time.
pub(crate) fn token(user: &str, lifetime: u64) -> Token {
    let code = format!(
        "(() => {{ window.made = (window.made || 0) + 1; const claims = \
         {{ sub: '{user}', iat: 1000 + window.made, exp: 1000 + window.made + {lifetime} }}; \
         return ['e30', btoa(JSON.stringify(claims)).replaceAll('=', ''), 'c2ln'].join('.') }})()"
    );
    Token::from_compact(js(&code).as_string().unwrap())
}

/// Runs JavaScript in the page.
pub(crate) fn js(code: &str) -> JsValue {
    js_sys::eval(code).unwrap()
}

/// Puts a tag into the page, as Reqio documents it, whose script does this.
pub(crate) fn put_tag(script: &str, token: Option<&Token>) {
    js("delete window.Reqio; window.calls = []; \
         document.querySelectorAll('script[data-project-id]').forEach((tag) => tag.remove())");
    let set_token = token.map(|token| {
        format!(
            "tag.setAttribute('data-identity-token', '{}');",
            token.as_str()
        )
    });
    js(&format!(
        "(() => {{ const tag = document.createElement('script'); tag.async = true; \
         tag.setAttribute('data-project-id', 'acme'); {} \
         tag.src = 'data:text/javascript,' + encodeURIComponent(`{script}`) + '//widget.js'; \
         document.head.append(tag) }})()",
        set_token.unwrap_or_default()
    ));
}

/// The widget, which writes down what it is told.
pub(crate) const WIDGET: &str = "window.Reqio = { identify(token) { window.calls.push(token) } };";

/// How often the widget was told who the user is.
pub(crate) fn identified() -> usize {
    js("window.calls.length").as_f64().unwrap_or_default() as usize
}

/// Waits until the client stands there.
pub(crate) async fn until(client: &Client, wanted: Status) {
    for _ in 0..300 {
        if client.snapshot().status == wanted {
            return;
        }
        wait(10).await;
    }
    panic!("{:?} and not {wanted:?}", client.snapshot().status);
}

/// Lets so many milliseconds pass.
pub(crate) async fn wait(milliseconds: u32) {
    TimeoutFuture::new(milliseconds).await;
}
