//! The widget's script: which project it is for, and where it comes from.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use crate::{ProjectId, Token, script_url::is_safe};

/// The `<script>` by which a page embeds Reqio's widget. All of it is public.
///
/// ```
/// use reqio_identity::WidgetScript;
///
/// let script = WidgetScript::new("acme".parse().unwrap());
/// assert_eq!(
///     script.tag(None).to_string(),
///     r#"<script src="https://reqio.app/widget.js" data-project-id="acme" async></script>"#,
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WidgetScript {
    /// The project's id, for `data-project-id`.
    pub project_id: ProjectId,
    /// Where the script is.
    #[serde(rename = "widget_url")]
    url: String,
}

/// A script that anybody on the way could change, or that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be an https URL, or http on this machine")]
pub struct InvalidScriptUrl;

impl WidgetScript {
    /// Where Reqio's documentation says the script is.
    pub const URL: &str = "https://reqio.app/widget.js";

    /// The script of this project, from Reqio.
    #[must_use]
    pub fn new(project_id: ProjectId) -> Self {
        Self {
            project_id,
            url: Self::URL.to_owned(),
        }
    }

    /// The same script from somewhere else, such as a stand-in for Reqio on your own machine.
    ///
    /// # Errors
    /// [`InvalidScriptUrl`] for anything but https, except on this machine: whoever can change the
    /// script on its way is every user of the page.
    pub fn at(self, url: impl Into<String>) -> Result<Self, InvalidScriptUrl> {
        let url = url.into();
        if is_safe(&url) {
            Ok(Self { url, ..self })
        } else {
            Err(InvalidScriptUrl)
        }
    }

    /// The same script from where your own server says it is. Unlike [`at`](Self::at) it is not
    /// looked at: a page is its server's in any case.
    #[must_use]
    pub fn trusted_at(self, url: impl Into<String>) -> Self {
        let url = url.into();
        Self { url, ..self }
    }

    /// Where the script is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The tag as HTML, with the token of the page's user if there is one, as Reqio documents it
    /// for pages that a server renders. Mint a token for each page, and let nothing keep the page.
    #[must_use]
    pub fn tag<'a>(&'a self, token: Option<&'a Token>) -> impl fmt::Display + 'a {
        TagText {
            script: self,
            token,
        }
    }
}

struct TagText<'a> {
    script: &'a WidgetScript,
    token: Option<&'a Token>,
}

impl fmt::Display for TagText<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let WidgetScript { project_id, url } = self.script;
        let url = Attribute(url);
        write!(
            formatter,
            r#"<script src="{url}" data-project-id="{project_id}""#
        )?;
        if let Some(token) = self.token {
            let token = Attribute(token.as_str());
            write!(formatter, r#" data-identity-token="{token}""#)?;
        }
        formatter.write_str(" async></script>")
    }
}

/// The value of an attribute, which cannot end it: what was read from JSON may hold anything.
struct Attribute<'a>(&'a str);

impl fmt::Display for Attribute<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => formatter.write_str("&amp;")?,
                '"' => formatter.write_str("&quot;")?,
                '<' => formatter.write_str("&lt;")?,
                other => formatter.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::WidgetScript;

    #[test]
    fn a_script_is_where_the_pages_own_server_says_it_is() {
        let script = WidgetScript::new("acme".parse().unwrap());
        let url = "http://sandbox.test/widget.js";
        assert!(script.clone().at(url).is_err());
        assert_eq!(script.trusted_at(url).url(), url);
    }

    #[test]
    fn a_token_and_a_url_cannot_leave_their_attributes() {
        let script: WidgetScript = serde_json::from_str(
            r#"{"project_id": "acme", "widget_url": "https://a.test/?b&amp\"><script>"}"#,
        )
        .unwrap();
        let token = serde_json::from_str(r#""eyJ0.\"onload=\"alert(1)""#).unwrap();
        assert_eq!(
            script.tag(Some(&token)).to_string(),
            concat!(
                r#"<script src="https://a.test/?b&amp;amp&quot;>&lt;script>" "#,
                r#"data-project-id="acme" "#,
                r#"data-identity-token="eyJ0.&quot;onload=&quot;alert(1)" async></script>"#,
            )
        );
    }
}
