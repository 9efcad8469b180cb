//! The document around a page: head, styles, and the script where there is something for it to do.

use askama::Template;

use crate::text::direction;

/// Ours, for documents without a custom template.
pub(crate) const LOOK: &str = include_str!("../assets/look.css");
/// What the elements of a page need under any looks.
pub(crate) const BASE: &str = include_str!("../assets/base.css");
/// Submits in place.
pub(crate) const SCRIPT: &str = include_str!("../assets/page.js");

/// A whole document in our own looks.
#[derive(Template)]
#[template(path = "document.html")]
pub(crate) struct Document<'a> {
    pub(crate) title: &'a str,
    pub(crate) language: &'a str,
    pub(crate) correlation_id: &'a str,
    pub(crate) nonce: &'a str,
    /// Narrow for forms, wide for tables.
    pub(crate) wide: bool,
    /// Script elements, trusted.
    pub(crate) head: &'a str,
    /// Content of `main`, trusted.
    pub(crate) body: &'a str,
}

impl Document<'_> {
    pub(crate) fn to_html(&self) -> String {
        format!(
            "{}{}",
            correlation_comment(self.correlation_id),
            self.render().expect("writing to a string cannot fail")
        )
    }

    fn direction(&self) -> &'static str {
        direction(self.language)
    }

    fn styles(&self) -> String {
        format!("{BASE}\n{LOOK}")
    }
}

/// The first line of a page: what to quote to whoever reads the logs.
pub(crate) fn correlation_comment(id: &str) -> String {
    let id: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let id = id.replace("--", "-");
    if id.is_empty() { String::new() } else { format!("<!-- CorrelationId: {id} -->\n") }
}
