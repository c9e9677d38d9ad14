//! What to take home.

use leptos::prelude::*;

use super::{Copy, Fetching, Missing, fetch};
use crate::explanation::Piece;

/// The pieces for the reader's own app. They come when somebody opens this.
#[component]
pub(super) fn Pieces() -> impl IntoView {
    let fetching = expect_context::<Fetching>();
    let pieces = move || {
        let lessons = fetching.value().get()?.ok()?;
        Some(
            lessons
                .pieces
                .into_iter()
                .map(|piece| view! { <OnePiece piece /> })
                .collect_view(),
        )
    };
    view! {
        <details class="card" on:toggle=move |_| fetch(fetching)>
            <summary>
                <h2>"Take it home"</h2>
                " "
                <span class="quiet">"Six pieces for your own app, with this project's values"</span>
            </summary>
            <div class="stack">{pieces}</div>
            <Missing />
        </details>
    }
}

#[component]
fn OnePiece(piece: Piece) -> impl IntoView {
    let Piece { title, file, code } = piece;
    view! {
        <details>
            <summary>{title} " " <code>{file}</code></summary>
            <pre class="code" tabindex="0">
                {code.clone()}
            </pre>
            <Copy text=code what="Copy" />
        </details>
    }
}
