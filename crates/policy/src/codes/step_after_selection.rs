//! JM0202: a selection whose choice has nowhere to run, since the next step is of another type.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{Journey, OrchestrationStep};

/// A selection step that no claims exchange follows.
pub const STEP_AFTER_SELECTION: Code = Code {
    id: "JM0202",
    severity: Severity::Error,
    summary: "the step after a selection is not a claims exchange",
    explanation: "What a person chooses in a selection, or in a combined sign-in page, runs in the step after it: the claims exchange with the chosen id. That step is of another type here, so a choice has nowhere to run. The service refuses the policy.\n\n\
Put a step of type `ClaimsExchange` right after the selection, with an exchange for each choice. The service's message ends with the type that it found.",
    service: &[
        "Orchestration step order \"{n}\" in user journey \"{journey}\" in policy \"{id}\" of tenant \"{tenant}\" is followed by a claims \
provider selection step and must be a claims exchange, but it is of type",
    ],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.selfasserted">
        <ClaimsProviderSelections>
          <ClaimsProviderSelection TargetClaimsExchangeId="OneExchange" />
        </ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
    passes: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.selfasserted">
        <ClaimsProviderSelections>
          <ClaimsProviderSelection TargetClaimsExchangeId="OneExchange" />
        </ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="OneExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="4" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn step_after_selection(
    journey: &Journey,
    step: &OrchestrationStep,
    next: Option<&OrchestrationStep>,
) -> Diagnostic {
    let message = format!("what is chosen in step {} of `{}` has nowhere to run", step.order, journey.id);
    let found = |span| Diagnostic::new(&STEP_AFTER_SELECTION, Kind::Step, span, message);
    let found = match next {
        Some(next) => {
            found(next.step_type.span).label("must be a `ClaimsExchange`").also(step.span, "the choice is made here")
        }
        None => found(step.span).label("this is the last step"),
    };
    found.help("put a step of type `ClaimsExchange` after it, with an exchange for each choice")
}

#[cfg(test)]
mod tests {
    use super::STEP_AFTER_SELECTION;
    use crate::codes::selection_not_first::SELECTION_NOT_FIRST;
    use crate::testing::found;

    #[test]
    fn a_selection_after_a_selection_is_told_once() {
        let inside = r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="c" />
<OrchestrationStep Order="2" Type="ClaimsProviderSelection" ContentDefinitionReferenceId="c" />
<OrchestrationStep Order="3" Type="ClaimsExchange" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#;
        let said = found(&STEP_AFTER_SELECTION, inside);
        assert!(said.starts_with("error: what is chosen in step 1 of `SignUp` has nowhere to run\n0.xml:4:"), "{said}");
        assert_eq!(found(&SELECTION_NOT_FIRST, inside), "");
    }

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
            r#"error: what is chosen in step 1 of `SignUp` has nowhere to run
0.xml:4:36
| <OrchestrationStep Order="2" Type="SendClaims" />
|                                    ^^^^^^^^^^ must be a `ClaimsExchange`
0.xml:3:1
| <OrchestrationStep Order="1" Type="ClaimsProviderSelection"><ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="F" /></ClaimsProviderSelections></OrchestrationStep>
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the choice is made here
help: put a step of type `ClaimsExchange` after it, with an exchange for each choice
"#
        );
    }
}
