//! The six steps of a sign-in, lit as they happen.

use super::{
    element,
    story::{Story, whole_milliseconds},
};

/// Writes into each step that has happened what went over the wire, and how long it took after the
/// step before.
pub(super) fn draw(story: &Story, refused: bool) {
    let _ = element("step-6").toggle_attribute_with_force("data-refused", refused);
    for number in 1..=6 {
        let place = element(&format!("step-{number}"));
        let step = story.step(number);
        let _ = place.toggle_attribute_with_force("data-lit", step.is_some());
        let _ = place.toggle_attribute_with_force("data-latest", story.latest_step() == number);
        let (Some(step), Some(took)) = (step, place.last_element_child()) else {
            continue;
        };
        if let Some(wire) = took.previous_element_sibling() {
            wire.set_text_content(Some(&step.text));
        }
        // How long the visitor took to come to the page's next question says nothing.
        let before = if number == 3 {
            None
        } else {
            story.step(number - 1)
        };
        let after = before.and_then(|before| step.at.checked_sub(before.at));
        let after = after
            .map(|after| format!("after {} ms", whole_milliseconds(after)))
            .unwrap_or_default();
        took.set_text_content(Some(&after));
    }
}
