//! JM0009: two declarations with one id in one file. Over several files that is how one extends the other.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::source::Span;

/// An id declared twice in one file.
pub const DUPLICATE_ID: Code = Code {
    id: "JM0009",
    severity: Severity::Error,
    summary: "an id is declared twice in one file",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn duplicate_id(what: &str, kind: Kind, id: &Ref, first: Span) -> Diagnostic {
    let message = format!("the {what} `{}` is declared twice in this file", id.value);
    Diagnostic::new(&DUPLICATE_ID, kind, id.span, message)
        .label("declared again here")
        .also(first, "first declared here")
        .help("ids compare without regard to case; put both together, or rename one")
}

#[cfg(test)]
mod tests {
    use super::DUPLICATE_ID;
    use crate::testing::found;

    #[test]
    fn case_makes_no_difference() {
        let said = found(
            &DUPLICATE_ID,
            r#"<BuildingBlocks><ClaimsSchema>
<ClaimType Id="email"><DataType>string</DataType></ClaimType>
<ClaimType Id="Email" />
</ClaimsSchema></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"error: the claim type `Email` is declared twice in this file
0.xml:4:16
| <ClaimType Id="Email" />
|                ^^^^^ declared again here
0.xml:3:1
| <ClaimType Id="email"><DataType>string</DataType></ClaimType>
| ^^^^^^^^^^^^^^^^^^^^^^ first declared here
help: ids compare without regard to case; put both together, or rename one
"#
        );
    }
}
