//! How the server functions travel: JSON in, JSON out, by POST, which is the HTTP contract.

use http::Method;
use leptos::server_fn::{Http, Protocol, client::Client, codec::Json, server::Server};
use serde::{Serialize, de::DeserializeOwned};

use crate::ApiError;

/// The protocol of every function. On the server it is the framework's own `Http<Json, Json>`.
///
/// In the browser it sends the same bytes with a client of its own. The framework's brings streams,
/// redirects and a JSON parser along that this page has no use for, and a visitor would load more
/// than 20 kB of compressed WebAssembly for them. Without that concern, `#[server(endpoint = "…",
/// input = Json)]` does the same.
#[derive(Debug)]
pub struct JsonPost;

impl<Input, Output, C, S> Protocol<Input, Output, C, S, ApiError> for JsonPost
where
    Http<Json, Json>: Protocol<Input, Output, C, S, ApiError>,
    Input: Serialize + Send,
    Output: DeserializeOwned + Send,
    C: Client<ApiError>,
    S: Server<ApiError>,
{
    const METHOD: Method = Method::POST;

    fn run_server<F, Fut>(
        request: S::Request,
        server_fn: F,
    ) -> impl Future<Output = Result<S::Response, ApiError>> + Send
    where
        F: Fn(Input) -> Fut + Send,
        Fut: Future<Output = Result<Output, ApiError>> + Send,
    {
        Http::<Json, Json>::run_server(request, server_fn)
    }

    #[cfg(not(all(feature = "csr", not(feature = "ssr"))))]
    fn run_client(
        path: &str,
        input: Input,
    ) -> impl Future<Output = Result<Output, ApiError>> + Send {
        Http::<Json, Json>::run_client(path, input)
    }

    #[cfg(all(feature = "csr", not(feature = "ssr")))]
    fn run_client(
        path: &str,
        input: Input,
    ) -> impl Future<Output = Result<Output, ApiError>> + Send {
        crate::api::client::call(path, &input)
    }
}
