//! JM0216: a step shows a page, and nothing says which.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::OrchestrationStep;

/// A selection or combined step without a content definition.
pub const STEP_WITHOUT_CONTENT: Code = Code {
    id: "JM0216",
    severity: Severity::Warning,
    summary: "a step shows a page, but names no content definition",
    explanation: "Steps of the types `ClaimsProviderSelection` and `CombinedSignInAndSignUp` show a page. They name it in the \
attribute `ContentDefinitionReferenceId`; a combined step may leave that to the metadata of the technical profile whose form it \
shows. With neither, the service shows an empty page with the error AADB2C90277, and only its trace says why.\n\n\
Add the attribute to the step.",
    service: &[
        "A content definition data uri is required. Orchestration step '{n}' of user journey '{journey}' in policy '{id}' does not \
reference one nor does one of its referenced technical profiles.",
        "AADB2C90277",
    ],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="CombinedSignInAndSignUp">
        <ClaimsProviderSelections>
          <ClaimsProviderSelection TargetClaimsExchangeId="AgainExchange" />
        </ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="4" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
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
          <ClaimsProviderSelection TargetClaimsExchangeId="AgainExchange" />
        </ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="4" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn step_without_content(step: &OrchestrationStep) -> Diagnostic {
    let message = format!("step {} shows a page, but names no content definition", step.order);
    Diagnostic::new(&STEP_WITHOUT_CONTENT, Kind::Step, step.span, message)
        .help("add `ContentDefinitionReferenceId`, for example with `api.signuporsignin`")
}

#[cfg(test)]
mod tests {
    use super::STEP_WITHOUT_CONTENT;
    use crate::testing::drawn;

    #[test]
    fn no_page() {
        assert_eq!(
            drawn(&STEP_WITHOUT_CONTENT),
            r#"warning: step 2 shows a page, but names no content definition
1.xml:22:7
|       <OrchestrationStep Order="2" Type="CombinedSignInAndSignUp">
|       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: add `ContentDefinitionReferenceId`, for example with `api.signuporsignin`
"#
        );
    }
}
