//! What is wrong with what was typed or chosen, in words beside it.

use leptos::prelude::*;

use crate::ApiError;

/// The server's sentence, with the seconds where waiting helps. It is always there, so that a
/// screen reader says what comes into it.
#[component]
pub(crate) fn Complaint(
    /// For the field's `aria-describedby`.
    id: &'static str,
    #[prop(into)] error: Signal<Option<ApiError>>,
) -> impl IntoView {
    let words = Signal::derive(move || match error.get() {
        Some(ApiError {
            message,
            retry_after: Some(seconds),
            ..
        }) => format!("{message} Seconds to wait: {seconds}."),
        Some(error) => error.message,
        None => String::new(),
    });
    view! {
        <p id=id role="alert" class="error">
            {words}
        </p>
    }
}
