//! JM0008: a value that is not among those that the language has for its place.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::nearest::nearest_word;
use crate::source::Spanned;

/// A value out of range.
pub const BAD_VALUE: Code = Code {
    id: "JM0008",
    severity: Severity::Error,
    summary: "a value that is not allowed here",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn bad_number(value: &Spanned<String>) -> Diagnostic {
    let message = format!("`{}` is not a whole number", value.value);
    Diagnostic::new(&BAD_VALUE, Kind::Syntax, value.span, message)
}

pub(crate) fn bad_choice(value: &Spanned<String>, allowed: &[&str]) -> Diagnostic {
    let message = format!("`{}` is not allowed here", value.value);
    let advice = match nearest_word(&value.value, allowed) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", quoted(allowed)),
    };
    Diagnostic::new(&BAD_VALUE, Kind::Syntax, value.span, message).help(advice)
}

pub(crate) fn bad_data_type(value: &Spanned<String>) -> Diagnostic {
    const COMMON: &[&str] =
        &["boolean", "date", "dateTime", "int", "long", "phoneNumber", "string", "stringCollection"];
    let message = format!("`{}` is no data type", value.value);
    let near = nearest_word(&value.value, COMMON);
    let advice = near.map_or_else(|| format!("common ones are {}", quoted(COMMON)), |n| format!("did you mean `{n}`?"));
    Diagnostic::new(&BAD_VALUE, Kind::Syntax, value.span, message).help(advice)
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::BAD_VALUE;
    use crate::testing::found;

    #[test]
    fn a_boolean() {
        let said = found(
            &BAD_VALUE,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<OutputClaims><OutputClaim ClaimTypeReferenceId="a" Required="yes" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: `yes` is not allowed here
0.xml:4:63
| <OutputClaims><OutputClaim ClaimTypeReferenceId="a" Required="yes" /></OutputClaims>
|                                                               ^^^
help: write one of `true`, `false`, `1`, `0`
"#
        );
    }

    #[test]
    fn a_number() {
        let said = found(
            &BAD_VALUE,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="one" Type="Noop" />
</OrchestrationSteps></UserJourney></UserJourneys>"#,
        );
        assert_eq!(
            said,
            r#"error: `one` is not a whole number
0.xml:3:27
| <OrchestrationStep Order="one" Type="Noop" />
|                           ^^^
"#
        );
    }

    #[test]
    fn a_data_type() {
        let said = found(
            &BAD_VALUE,
            r#"<BuildingBlocks><ClaimsSchema><ClaimType Id="a"><DataType>strng</DataType></ClaimType></ClaimsSchema></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"error: `strng` is no data type
0.xml:2:59
| <BuildingBlocks><ClaimsSchema><ClaimType Id="a"><DataType>strng</DataType></ClaimType></ClaimsSchema></BuildingBlocks>
|                                                           ^^^^^
help: did you mean `string`?
"#
        );
    }
}
