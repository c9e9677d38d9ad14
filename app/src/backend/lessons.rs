//! The words of the page's lessons.

use maud::html;

use super::{Backend, Fault};
use crate::Lessons;

impl Backend {
    pub(crate) fn lessons(&self) -> Lessons {
        let on = self.fault();
        let faults = Fault::ALL.into_iter().filter(|_| self.faults.is_some());
        let faults = html! {
            @for fault in faults {
                li {
                    button type="button" role="switch" data-fault=(fault.name()) aria-checked=((on == Some(fault)).to_string()) {
                        (title(fault))
                    }
                    p class="quiet" { (behaviour(fault)) }
                }
            }
        };
        let snippets = guide::snippets(
            &self.reqio.project_id,
            self.minter.audience(),
            &self.reqio.widget_url,
        );
        let snippets = html! {
            @for snippet in snippets {
                details {
                    summary { (snippet.title) " " code { (snippet.file) } }
                    pre class="code" tabindex="0" { (snippet.code) }
                    button type="button" class="secondary" data-copy { "Copy" }
                }
            }
        };
        Lessons {
            faults: faults.into_string(),
            snippets: snippets.into_string(),
        }
    }
}

const fn title(fault: Fault) -> &'static str {
    match fault {
        Fault::ExpiredToken => "An expired token",
        Fault::WrongAudience => "The wrong audience",
        Fault::WrongSecret => "The wrong secret",
        Fault::DollarsForCents => "Dollars for cents",
        Fault::WrongClock => "A clock ten minutes ahead",
        Fault::SlowMint => "A slow mint",
        Fault::FailingMint => "A failing mint",
        Fault::BlockedScript => "A blocked script",
        Fault::SignedOutElsewhere => "Signed out elsewhere",
    }
}

const fn behaviour(fault: Fault) -> &'static str {
    match fault {
        Fault::ExpiredToken => {
            "The token is ten minutes old when it arrives. The sandbox refuses it and says since when it is dead. \
             Without the fault this cannot come about: the next token is fetched a minute before the old one ends."
        }
        Fault::WrongAudience => {
            "The token is for another project. The sandbox refuses it and says what aud must be. In your own code a \
             type prevents it: an Audience is made from a project id, or not at all."
        }
        Fault::WrongSecret => {
            "The token is signed with another project's secret. The sandbox refuses the signature; had the right \
             secret been decoded from base64 first, it would say that instead."
        }
        Fault::DollarsForCents => {
            "The amount is a hundredth of what is billed. The sandbox takes less than 100 cents for this mistake and \
             refuses it; more than that nobody can tell from a cheap plan, so watch what the customer is suddenly \
             worth. Amounts here are Cents, a type of their own, so that nobody passes anything else by accident."
        }
        Fault::WrongClock => {
            "The server's clock is ten minutes ahead, so the token is from the future, and the sandbox refuses it. The \
             visitor's clock may be wrong by hours: nothing here reads it, the countdown runs on the browser's \
             monotonic clock."
        }
        Fault::SlowMint => {
            "The next tokens take five seconds each. The widget keeps the one it has meanwhile, and nothing is asked \
             for twice. After fifteen seconds the page would give up and try again."
        }
        Fault::FailingMint => {
            "The next tokens end in an error 500. The page tries again after 1, 2, 4, 8, 16 and then every 30 seconds, \
             a little later each time by chance, for as long as you are signed in. Switch it off and it recovers by itself."
        }
        Fault::BlockedScript => {
            "The widget's script is not found, as if something blocked it. A quiet line says so and everything else \
             works. Switch it off and the widget comes back, identified."
        }
        Fault::SignedOutElsewhere => {
            "The session ends on the server without this tab being told. Its next request is answered with 401: the \
             page says so, forgets the token, loads itself anew and offers to sign in."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, behaviour, title};

    #[test]
    fn every_fault_has_words_of_its_own() {
        for (index, fault) in Fault::ALL.into_iter().enumerate() {
            let others = &Fault::ALL[index + 1..];
            assert!(!others.iter().any(
                |other| title(*other) == title(fault) || behaviour(*other) == behaviour(fault)
            ));
        }
    }
}
