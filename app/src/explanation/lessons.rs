//! `POST /api/lessons`: what the page teaches beside what it does.

use json_post::JsonPost;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ApiError;

/// What can go wrong, and what to take home. No visitor downloads it before wanting to read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lessons {
    /// What can be made to go wrong; nothing where the real Reqio is set up.
    pub faults: Vec<FaultLesson>,
    /// The name of the fault that this browser has switched on.
    pub switched_on: Option<String>,
    /// The pieces to copy, filled with this configuration's project id and audience, never the
    /// secret.
    pub pieces: Vec<Piece>,
}

/// A fault in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultLesson {
    /// What [`switch_fault`](super::switch_fault) calls it.
    pub name: String,
    /// What the page calls it.
    pub title: String,
    /// What happens, and what to learn from it.
    pub behaviour: String,
}

/// A piece of code to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// What it is for, in a few words.
    pub title: String,
    /// Where it goes in the reader's own app.
    pub file: String,
    /// The code, with a line end after its last line.
    pub code: String,
}

/// The lessons of this configuration.
#[server(name = LessonsRequest, endpoint = "lessons", protocol = JsonPost)]
pub async fn lessons() -> Result<Lessons, ApiError> {
    use super::{Fault, pieces::pieces};
    use crate::backend;

    let reqio = backend::Backend::current()?.reqio().clone();
    let (faults, switched_on) = if reqio.sandbox {
        let on = Fault::of(&backend::request()?.headers);
        (Fault::ALL.map(Fault::lesson).to_vec(), on)
    } else {
        (Vec::new(), None)
    };
    Ok(Lessons {
        faults,
        switched_on: switched_on.map(|fault| fault.name().to_owned()),
        pieces: pieces(&reqio).to_vec(),
    })
}
