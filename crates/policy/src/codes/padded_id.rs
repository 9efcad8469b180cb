//! JM0012: an id with blanks around it. We trim ids; the service takes the blank for a part of the name.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Spanned;

/// An id that begins or ends with a blank.
pub const PADDED_ID: Code = Code {
    id: "JM0012",
    severity: Severity::Warning,
    summary: "an id begins or ends with a blank",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn padded_id(id: &Spanned<String>) -> Diagnostic {
    let message = format!("the id `{}` begins or ends with a blank", id.value);
    Diagnostic::new(&PADDED_ID, Kind::Syntax, id.span, message)
        .help("remove the blank here and where it is referred to")
}

#[cfg(test)]
mod tests {
    use super::PADDED_ID;
    use crate::testing::found;

    #[test]
    fn a_blank_at_the_end() {
        let said = found(
            &PADDED_ID,
            r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="a "><DataType>string</DataType></ClaimType></ClaimsSchema></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"warning: the id `a ` begins or ends with a blank
0.xml:2:46
| <BuildingBlocks><ClaimsSchema><ClaimType Id="a "><DataType>string</DataType></ClaimType></ClaimsSchema></BuildingBlocks>
|                                              ^^
help: remove the blank here and where it is referred to
"#
        );
    }
}
