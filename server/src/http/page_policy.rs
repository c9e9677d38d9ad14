//! The Content-Security-Policy of the app's pages, as one readable whole.

use std::fmt;

use app::ReqioProject;
use url::Url;

use super::policy_reports;
use crate::shell::Shell;

/// What the app's pages may load and talk to: their own origin and Reqio, nobody else.
pub(crate) struct PagePolicy {
    /// The inline scripts that Trunk wrote into the shell, each by its hash.
    script_hashes: String,
    /// Where the widget's script, its requests and its pictures come from.
    reqio: String,
    /// The sandbox's pages for a team, which the page shows in a frame. Nothing else is.
    framed: Option<String>,
}

impl PagePolicy {
    pub(crate) fn new(reqio: &ReqioProject, shell: &Shell) -> Self {
        let origin = Url::parse(&reqio.widget_url).map(|url| url.origin().ascii_serialization());
        let origin = origin.unwrap_or_default();
        Self {
            script_hashes: shell.script_hashes.join(" "),
            framed: reqio.sandbox.then(|| format!("{origin}/p/")),
            reqio: origin,
        }
    }
}

impl fmt::Display for PagePolicy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            script_hashes,
            reqio,
            framed,
        } = self;
        let framed = framed.as_deref().unwrap_or("'none'");
        // 'wasm-unsafe-eval' allows WebAssembly to be compiled, and no script to be evaluated.
        let directives = [
            "default-src 'none'".to_owned(),
            format!("script-src 'self' 'wasm-unsafe-eval' {script_hashes} {reqio}"),
            "style-src 'self'".to_owned(),
            format!("img-src 'self' data: {reqio}"),
            format!("font-src 'self' {reqio}"),
            format!("connect-src 'self' {reqio}"),
            format!("frame-src {framed}"),
            "base-uri 'none'".to_owned(),
            "form-action 'self'".to_owned(),
            "frame-ancestors 'none'".to_owned(),
            // Old, and the only way to ask for reports that every browser takes.
            format!("report-uri {}", policy_reports::PATH),
        ];
        formatter.write_str(&directives.join("; "))
    }
}
