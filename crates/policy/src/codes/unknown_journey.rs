//! JM0106: a reference to a user journey that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::nearest::Near;

/// A user journey that is referred to but not declared.
pub const UNKNOWN_JOURNEY: Code = Code {
    id: "JM0106",
    severity: Severity::Error,
    summary: "reference to a user journey that is not declared",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn unknown_journey(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_JOURNEY, Kind::Journey, "user journey", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_JOURNEY;
    use crate::testing::found;

    #[test]
    fn the_default_one() {
        let said = found(
            &UNKNOWN_JOURNEY,
            r#"<RelyingParty><DefaultUserJourney ReferenceId="SignUp" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: user journey `SignUp` is not declared
0.xml:2:48
| <RelyingParty><DefaultUserJourney ReferenceId="SignUp" /><TechnicalProfile Id="P" /></RelyingParty>
|                                                ^^^^^^ not in this policy or any base policy
"#
        );
    }
}
