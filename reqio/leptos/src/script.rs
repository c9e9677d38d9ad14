//! The widget's tag, on pages that a server renders.

use leptos::prelude::*;
use reqio_browser::{Identity, WidgetScript};

/// The widget's script tag, with the token of the page's user if there is one. Put it into the
/// `<head>` of the shell that your server renders, beside `<HydrationScripts>`: what is hydrated
/// may not hold it, since the browser has another token than the one the server wrote.
///
/// The page is then identified from the widget's first request on. In the browser
/// [`start`](crate::start) finds this tag and its token, and neither asks for another token, nor
/// adds a second tag, nor identifies once more. Nothing may cache a page with a token:
/// `Cache-Control: no-store`.
#[component]
pub fn ReqioScript(
    /// Which project's, and from where.
    script: WidgetScript,
    /// Who is signed in; `reqio_identity::Minter::mint` makes it.
    #[prop(into)]
    identity: Option<Identity>,
) -> impl IntoView {
    let token = identity.map(|identity| identity.token.as_str().to_owned());
    view! {
        <script
            src=script.url().to_owned()
            data-project-id=script.project_id.to_string()
            data-identity-token=token
            async
        ></script>
    }
}
