//! JM0009: two declarations with one id in one file. Over several files that is how one extends the other.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::{Span, Spanned};

/// An id declared twice in one file.
pub const DUPLICATE_ID: Code = Code {
    id: "JM0009",
    severity: Severity::Error,
    summary: "an id is declared twice in one file",
    explanation: "One file declares the same thing twice. Over the files of a chain that is how a policy extends its base: the second \
declaration is laid over the first. Within one file the service refuses it, and does not say where.\n\n\
Put both declarations together, or rename one of them. Ids compare without regard to case.",
    service: &["There is a duplicate key sequence '{id}' for the '{key}' key or unique identity constraint."],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
    <ClaimType Id="Email"><UserInputType>TextBox</UserInputType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
};

pub(crate) fn duplicate_id(what: &str, kind: Kind, id: &Spanned<String>, first: Span) -> Diagnostic {
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
