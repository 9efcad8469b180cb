//! JM1012: a metadata value names a content definition that does not exist.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A metadata value names a content definition that does not exist.
pub const UNKNOWN_CONTENT: Code = Code {
    id: "JM1012",
    severity: Severity::Error,
    summary: "metadata refers to a content definition that is not declared",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_content<'a>(at: Span, name: &str, known: impl Iterator<Item = (&'a str, Span)>) -> Diagnostic {
    let known: Vec<_> = known.collect();
    let names: Vec<_> = known.iter().map(|(n, _)| *n).collect();
    let nearest = journeyman_policy::nearest_word(name, &names);
    let finding =
        Diagnostic::new(&UNKNOWN_CONTENT, Kind::Content, at, format!("content definition `{name}` is not declared"))
            .label("not in this policy or any base policy")
            .reference(name);
    match nearest.and_then(|near| known.iter().find(|(n, _)| *n == near)) {
        Some((near, span)) => {
            finding.also(*span, format!("`{near}` is declared here")).help(format!("did you mean `{near}`?"))
        }
        None => finding,
    }
}
