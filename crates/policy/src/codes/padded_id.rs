//! JM0012: an id with blanks around it. We trim ids; the service takes the blank for a part of the name.

use crate::diagnostic::{Code, Diagnostic, Edit, Kind, Severity};
use crate::example::Example;
use crate::source::{Span, Spanned};

/// An id that begins or ends with a blank.
pub const PADDED_ID: Code = Code {
    id: "JM0012",
    severity: Severity::Warning,
    summary: "an id begins or ends with a blank",
    explanation: "An `Id` has a blank, a tab or a line break before its first or after its last character. We read the id \
without it, so references resolve here. The service compares ids with the blank: there, a reference that is written without \
it names another element, and the upload ends with a reference to something that does not exist, which looks as if it did.\n\n\
Remove the blank, here and in references that were copied from here.",
    service: &[],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email "><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
};

pub(crate) fn padded_id(id: &Spanned<String>) -> Diagnostic {
    let message = format!("the id `{}` begins or ends with a blank", id.value);
    let found = Diagnostic::new(&PADDED_ID, Kind::Syntax, id.span, message)
        .help("remove the blank here and where it is referred to");
    match blanks(id) {
        Some(blanks) => found.fix(format!("write `{}`", id.value.trim()), blanks.into_iter().map(Edit::delete)),
        None => found,
    }
}

/// Where the blanks are in the file; nothing where the file has something else for them, as `&#32;` or a placeholder.
fn blanks(id: &Spanned<String>) -> Option<Vec<Span>> {
    let small = |length: usize| u32::try_from(length).ok();
    let before = small(id.value.len() - id.value.trim_start().len())?;
    let after = small(id.value.len() - id.value.trim_end().len())?;
    let ends = [Span { end: id.span.start + before, ..id.span }, Span { start: id.span.end - after, ..id.span }];
    let is_written_out = small(id.value.len()) == Some(id.span.end - id.span.start);
    is_written_out.then(|| ends.into_iter().filter(|blank| blank.start < blank.end).collect())
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
