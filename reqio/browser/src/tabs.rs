//! The other tabs: told what has changed, never a token.

use std::{cell::RefCell, rc::Rc, time::Duration};

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use reqio_lifecycle::News;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::timer::{after, some_of};

const SIGNED_IN: &str = "signed in: ";
const SIGNED_OUT: &str = "signed out";
const TRAITS: &str = "traits";

/// The channel between the tabs of this origin; nothing where the browser has none. Closed when it
/// is dropped.
pub(crate) struct Tabs(Option<Channel>);

struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

/// What was heard and not passed on yet.
#[derive(Default)]
struct Heard {
    news: RefCell<Vec<News<String>>>,
    timeout: RefCell<Option<Timeout>>,
}

impl Tabs {
    /// Calls `heard` with what other tabs tell under `name`, up to `spread` later.
    pub(crate) fn listen(
        name: &str,
        spread: Duration,
        heard: impl Fn(News<String>) + Clone + 'static,
    ) -> Self {
        let Ok(channel) = BroadcastChannel::new(name) else {
            return Self(None);
        };
        let waiting = Rc::new(Heard::default());
        let listener = EventListener::new(&channel, "message", move |event| {
            let Some(news) = event.dyn_ref::<MessageEvent>().and_then(read) else {
                return;
            };
            waiting.news.borrow_mut().push(news);
            let (kept, heard) = (Rc::downgrade(&waiting), heard.clone());
            let timeout = after(some_of(spread), move || {
                let Some(kept) = kept.upgrade() else { return };
                let news = kept.news.take();
                news.into_iter().for_each(heard);
            });
            waiting.timeout.replace(Some(timeout));
        });
        Self(Some(Channel {
            channel,
            _listener: listener,
        }))
    }

    /// Tells every other tab.
    pub(crate) fn tell(&self, news: &News<String>) {
        if let Some(Channel { channel, .. }) = &self.0 {
            // A channel that is closed has nobody left to tell.
            let _ = channel.post_message(&JsValue::from_str(&write(news)));
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

fn write(news: &News<String>) -> String {
    match news {
        News::Session(Some(user)) => format!("{SIGNED_IN}{user}"),
        News::Session(None) => SIGNED_OUT.to_owned(),
        News::Traits => TRAITS.to_owned(),
    }
}

/// Anything on this origin may write into the channel; what is no news is not listened to.
fn read(event: &MessageEvent) -> Option<News<String>> {
    let text = event.data().as_string()?;
    match text.as_str() {
        SIGNED_OUT => Some(News::Session(None)),
        TRAITS => Some(News::Traits),
        text => Some(News::Session(Some(
            text.strip_prefix(SIGNED_IN)?.to_owned(),
        ))),
    }
}
