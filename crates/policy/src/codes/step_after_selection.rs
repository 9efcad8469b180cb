//! JM0202: a selection whose choice has nowhere to run, since the next step is of another type.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::OrchestrationStep;

/// A selection step that no claims exchange follows.
pub const STEP_AFTER_SELECTION: Code = Code {
    id: "JM0202",
    severity: Severity::Warning,
    summary: "the step after a selection is not a claims exchange",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn step_after_selection(step: &OrchestrationStep, next: Option<&OrchestrationStep>) -> Diagnostic {
    let message =
        format!("what is chosen in step {} runs in the next one, which must be a `ClaimsExchange`", step.order);
    let found = Diagnostic::new(&STEP_AFTER_SELECTION, Kind::Step, step.span, message);
    match next {
        Some(next) => found.also(next.span, "the next step"),
        None => found.label("this is the last step"),
    }
}

#[cfg(test)]
mod tests {
    use super::STEP_AFTER_SELECTION;
    use crate::testing::found;

    #[test]
    fn tokens_cannot_be_sent_before_the_choice_ran() {
        let said = found(
            &STEP_AFTER_SELECTION,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsProviderSelection"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="F" /></ClaimsProviderSelections></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"warning: what is chosen in step 1 runs in the next one, which must be a `ClaimsExchange`
0.xml:3:1
| <OrchestrationStep Order="1" Type="ClaimsProviderSelection"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="F" /></ClaimsProviderSelections></OrchestrationStep>
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
0.xml:4:1
| <OrchestrationStep Order="2" Type="SendClaims" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the next step
"#
        );
    }
}
