//! What the page says of each fault.

use super::{Fault, FaultLesson};

impl Fault {
    /// The fault in words.
    pub(super) fn lesson(self) -> FaultLesson {
        FaultLesson {
            name: self.name().to_owned(),
            title: self.title().to_owned(),
            behaviour: self.behaviour().to_owned(),
        }
    }

    /// What the page calls it.
    const fn title(self) -> &'static str {
        match self {
            Self::ExpiredToken => "An expired token",
            Self::WrongAudience => "The wrong audience",
            Self::WrongSecret => "The wrong secret",
            Self::DollarsForCents => "Dollars for cents",
            Self::WrongClock => "A clock ten minutes ahead",
            Self::SlowMint => "A slow mint",
            Self::FailingMint => "A failing mint",
            Self::BlockedScript => "A blocked script",
            Self::SignedOutElsewhere => "Signed out elsewhere",
        }
    }

    /// What happens, and what to learn from it.
    const fn behaviour(self) -> &'static str {
        match self {
            Self::ExpiredToken => {
                "The token is ten minutes old when it arrives. The sandbox refuses it and says \
                 since when it is dead. Without the fault this cannot come about: the next token \
                 is fetched a minute before the old one ends."
            }
            Self::WrongAudience => {
                "The token is for another project. The sandbox refuses it and says what aud must \
                 be. In your own code a type prevents it: an Audience is made from a project id, \
                 or not at all."
            }
            Self::WrongSecret => {
                "The token is signed with another project's secret. The sandbox refuses the \
                 signature; had the right secret been decoded from base64 first, it would say that \
                 instead."
            }
            Self::DollarsForCents => {
                "The amount is a hundredth of what is billed. The sandbox takes less than 100 \
                 cents for this mistake and refuses it; more than that nobody can tell from a \
                 cheap plan, so watch what the customer is suddenly worth. Amounts here are Cents, \
                 a type of their own, so that nobody passes anything else by accident."
            }
            Self::WrongClock => {
                "The server's clock is ten minutes ahead, so the token is from the future, and the \
                 sandbox refuses it. The visitor's clock may be wrong by hours: nothing here reads \
                 it, the countdown runs on the browser's monotonic clock."
            }
            Self::SlowMint => {
                "The next tokens take five seconds each. The widget keeps the one it has \
                 meanwhile, and nothing is asked for twice. After fifteen seconds the page would \
                 give up and try again."
            }
            Self::FailingMint => {
                "The next tokens end in an error 500. The page tries again after 1, 2, 4, 8, 16 \
                 and then every 30 seconds, a little later each time by chance, for as long as you \
                 are signed in. Switch it off and it recovers by itself."
            }
            Self::BlockedScript => {
                "The widget's script is not found, as if something blocked it. A quiet line says \
                 so and everything else works. Switch it off and the widget comes back, \
                 identified."
            }
            Self::SignedOutElsewhere => {
                "The session ends on the server without this tab being told. Its next request is \
                 answered with 401: the page says so, forgets the token, loads itself anew and \
                 offers to sign in."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn every_fault_has_words_of_its_own() {
        for (index, fault) in Fault::ALL.into_iter().enumerate() {
            let others = &Fault::ALL[index + 1..];
            assert!(
                !others.iter().any(|other| other.title() == fault.title()
                    || other.behaviour() == fault.behaviour())
            );
        }
    }
}
