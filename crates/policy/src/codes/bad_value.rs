//! JM0008: a value that is not among those that the language has for its place.

use crate::diagnostic::{Code, Diagnostic, Edit, Kind, Severity};
use crate::example::Example;
use crate::nearest::{nearest_word, only_near_word};
use crate::schema::Type;
use crate::source::Spanned;

/// A value out of range.
pub const BAD_VALUE: Code = Code {
    id: "JM0008",
    severity: Severity::Error,
    summary: "a value that is not allowed here",
    explanation: "The value of an attribute or element is not one that the language has for its place: a word that is not in its list, a \
number that is none, a language tag of another form. The service refuses the file. Case matters: the service does not take \
`True` for `true`.\n\n\
Write one of the values that the advice names.",
    service: &[
        "The '{attribute}' attribute is invalid - The value '{value}' is invalid according to its datatype '{type}' - The Enumeration constraint failed.",
        "The '{element}' element is invalid - The value '{value}' is invalid according to its datatype '{type}' - The Pattern constraint failed.",
        "Attribute UserJourneyRecorderEndpoint in the TrustFrameworkPolicy root node in policy '{policy}' of tenant '{tenant}' can only have the value set to 'urn:journeyrecorder:applicationinsights'.",
    ],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>text</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
};

pub(crate) fn bad_value(said: &Spanned<String>, wanted: &Type) -> Diagnostic {
    let what = match wanted {
        Type::Text => "text",
        Type::Boolean => "boolean",
        Type::Number => "whole number",
        Type::Words(words) => words.what,
        Type::Form(form) => form.what,
    };
    let found = Diagnostic::new(&BAD_VALUE, Kind::Syntax, said.span, format!("`{}` is no {what}", said.value));
    let found = match wanted {
        Type::Number => found.help("write digits only"),
        Type::Form(form) if said.value != said.value.trim() && (form.accepts)(said.value.trim()) => {
            found.label("it begins or ends with a blank").help(format!("write `{}`, without blanks", said.value.trim()))
        }
        Type::Form(form) => found.help(format!("write it like `{}`", form.example)),
        _ => found.help(one_of(&said.value, wanted.words())),
    };
    match meant(said.value.trim(), wanted) {
        Some(word) => found.fix(format!("write `{word}`"), [Edit::replace(said.span, word)]),
        None => found,
    }
}

/// The word that can be the only one meant.
fn meant<'a>(said: &str, wanted: &'a Type) -> Option<&'a str> {
    let words = wanted.words();
    let same = |word: &&&str| word.eq_ignore_ascii_case(said);
    words.iter().find(same).copied().or_else(|| boolean(said, wanted)).or_else(|| only_near_word(said, words))
}

/// What people write for a boolean elsewhere.
fn boolean(said: &str, wanted: &Type) -> Option<&'static str> {
    let one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(said));
    match wanted {
        Type::Boolean if one_of(&["yes", "on"]) => Some("true"),
        Type::Boolean if one_of(&["no", "off"]) => Some("false"),
        _ => None,
    }
}

/// The advice for a value that is none of some words.
pub(crate) fn one_of(said: &str, words: &[&str]) -> String {
    match nearest_word(said.trim(), words) {
        Some(near) if near == said.trim() => format!("write `{near}`, without blanks"),
        Some(near) if near.eq_ignore_ascii_case(said.trim()) => format!("case matters here: write `{near}`"),
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of {}", quoted(words)),
    }
}

pub(crate) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::BAD_VALUE;
    use crate::testing::{compile, file, found, found_in};

    #[test]
    fn a_text_is_replaced_only_where_it_is_all_there_is() {
        let fixes = |data_type: &str| {
            let claim = format!("<ClaimType Id=\"a\"><DataType>{data_type}</DataType></ClaimType>");
            let inside = format!("<BuildingBlocks><ClaimsSchema>{claim}</ClaimsSchema></BuildingBlocks>");
            let set = compile(&[&file("B2C_1A_T", None, &inside)]);
            set.diagnostics.iter().filter(|found| found.code == &BAD_VALUE && found.fix.is_some()).count()
        };
        assert_eq!(fixes("\n  strin2g\n"), 1);
        for mixed in ["strin<!-- not 2 -->2g", "<![CDATA[strin2g]]>", "strin&#50;g"] {
            assert_eq!(fixes(mixed), 0, "{mixed}");
        }
    }

    #[test]
    fn a_blank_that_nobody_sees_is_named() {
        let said = found_in(&BAD_VALUE, &[&file("B2C_1A_T ", None, "")]);
        assert!(said.contains("it begins or ends with a blank\nhelp: write `B2C_1A_T`, without blanks"), "{said}");
    }

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
            r#"error: `yes` is no boolean
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
            r#"error: `one` is no whole number
0.xml:3:27
| <OrchestrationStep Order="one" Type="Noop" />
|                           ^^^
help: write digits only
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
