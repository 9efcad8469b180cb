//! JM0205: step orders that do not count 1, 2, 3. The service refuses them; what is meant is clear all the same.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{Journey, OrchestrationStep};

/// A gap in the orders of a merged journey.
pub const STEP_GAP: Code = Code {
    id: "JM0205",
    severity: Severity::Warning,
    summary: "the steps of a journey are not numbered without gaps",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn step_gap(journey: &Journey, step: &OrchestrationStep, expected: u32) -> Diagnostic {
    let message = format!("the journey `{}` has no step {expected}", journey.id);
    Diagnostic::new(&STEP_GAP, Kind::Step, step.span, message)
        .label(format!("step {} follows instead", step.order))
        .help("number the steps of the whole chain 1, 2, 3 and so on")
}

#[cfg(test)]
mod tests {
    use super::STEP_GAP;
    use crate::testing::found;

    #[test]
    fn a_step_is_missing() {
        let said = found(
            &STEP_GAP,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="Noop" />
<OrchestrationStep Order="3" Type="SendClaims" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"warning: the journey `SignUp` has no step 2
0.xml:4:1
| <OrchestrationStep Order="3" Type="SendClaims" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ step 3 follows instead
help: number the steps of the whole chain 1, 2, 3 and so on
"#
        );
    }
}
