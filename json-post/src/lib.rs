//! How server functions travel in few bytes: JSON in, JSON out, by POST.
//!
//! `#[server(endpoint = "…", input = Json)]` does the same. The framework's client brings streams,
//! redirects and a JSON parser along, for which a visitor loads more than 20 kB of compressed
//! WebAssembly. This one uses `fetch` and the JSON parser of the browser:
//!
//! ```text
//! #[server(endpoint = "greeting", protocol = JsonPost)]
//! pub async fn greeting(name: String) -> Result<String, MyError> { … }
//! ```
//!
//! On the server it is the framework's own `Http<Json, Json>`.
#![forbid(unsafe_code)]

#[cfg(all(target_arch = "wasm32", not(feature = "ssr")))]
mod client;
#[cfg(all(target_arch = "wasm32", not(feature = "ssr")))]
mod fetch;
#[cfg(target_arch = "wasm32")]
mod parts;
#[cfg(target_arch = "wasm32")]
mod value;

use http::Method;
use serde::{Serialize, de::DeserializeOwned};
use server_fn::{
    Http, Protocol, client::Client, codec::Json, error::FromServerFnError, server::Server,
};
#[cfg(target_arch = "wasm32")]
pub use value::{Misfit, read};

/// The protocol.
#[derive(Debug)]
pub struct JsonPost;

/// An error that server functions answer with.
pub trait PostError: FromServerFnError + DeserializeOwned {
    /// The same error, where the answer's `Retry-After` header asks to wait: a proxy's may, whose
    /// body says nothing.
    #[must_use]
    fn or_retry_after(self, seconds: u64) -> Self;
}

impl<Input, Output, C, S, E> Protocol<Input, Output, C, S, E> for JsonPost
where
    Http<Json, Json>: Protocol<Input, Output, C, S, E>,
    Input: Serialize + Send,
    Output: DeserializeOwned + Send,
    C: Client<E>,
    S: Server<E>,
    E: PostError,
{
    const METHOD: Method = Method::POST;

    fn run_server<F, Fut>(
        request: S::Request,
        server_fn: F,
    ) -> impl Future<Output = Result<S::Response, E>> + Send
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Output, E>> + Send,
    {
        Http::<Json, Json>::run_server(request, server_fn)
    }

    #[cfg(not(all(target_arch = "wasm32", not(feature = "ssr"))))]
    fn run_client(path: &str, input: Input) -> impl Future<Output = Result<Output, E>> + Send {
        Http::<Json, Json>::run_client(path, input)
    }

    #[cfg(all(target_arch = "wasm32", not(feature = "ssr")))]
    fn run_client(path: &str, input: Input) -> impl Future<Output = Result<Output, E>> + Send {
        client::call(path, &input)
    }
}
