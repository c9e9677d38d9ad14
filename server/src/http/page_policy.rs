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
}

impl PagePolicy {
    pub(crate) fn new(reqio: &ReqioProject, shell: &Shell) -> Self {
        let origin = Url::parse(&reqio.widget_url).map(|url| url.origin().ascii_serialization());
        Self {
            script_hashes: shell.script_hashes.join(" "),
            reqio: origin.unwrap_or_default(),
        }
    }
}

impl fmt::Display for PagePolicy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            script_hashes,
            reqio,
        } = self;
        // 'wasm-unsafe-eval' allows WebAssembly to be compiled, and no script to be evaluated.
        let directives = [
            "default-src 'none'".to_owned(),
            format!("script-src 'self' 'wasm-unsafe-eval' {script_hashes} {reqio}"),
            "style-src 'self'".to_owned(),
            format!("img-src 'self' data: {reqio}"),
            format!("font-src 'self' {reqio}"),
            format!("connect-src 'self' {reqio}"),
            "base-uri 'none'".to_owned(),
            "form-action 'self'".to_owned(),
            "frame-ancestors 'none'".to_owned(),
            // Old, and the only way to ask for reports that every browser takes.
            format!("report-uri {}", policy_reports::PATH),
        ];
        formatter.write_str(&directives.join("; "))
    }
}
