//! JM1083: a precondition on a claim that nothing before can have set.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::Ref;

use super::Where;

/// A precondition that is decided from the start.
pub const IDLE_PRECONDITION: Code = Code {
    id: "JM1083",
    severity: Severity::Warning,
    summary: "a precondition looks at a claim that never has a value there",
    explanation: "A precondition looks at a claim, and no step before can have set it. So it is decided from the start. `ClaimsExist` with `ExecuteActionsIf=\"true\"`, and every `ClaimEquals`, never skips; `ClaimsExist` with `ExecuteActionsIf=\"false\"` always does, and what stands behind it never runs.\n\n\
A condition that never skips is only worth a note. Let an earlier step output the claim, correct its id, or remove the precondition. A claim that only a sub journey or a validation technical profile sets must be among the output claims of the page, else it does not leave it.",
    service: &[],
    fails: Example::Leaf(
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Ask for a name</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="displayName" />
        </OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <Preconditions>
          <Precondition Type="ClaimsExist" ExecuteActionsIf="true">
            <Value>objectId</Value>
            <Action>SkipThisOrchestrationStep</Action>
          </Precondition>
        </Preconditions>
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#,
    ),
    passes: Example::Leaf(
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Ask for a name</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="displayName" />
        </OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <Preconditions>
          <Precondition Type="ClaimsExist" ExecuteActionsIf="true">
            <Value>displayName</Value>
            <Action>SkipThisOrchestrationStep</Action>
          </Precondition>
        </Preconditions>
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#,
    ),
};

pub(crate) fn idle_precondition(at: &Where<'_>, claim: &Ref, always: bool, validation: Option<&Ref>) -> Diagnostic {
    let what = match validation {
        Some(profile) => format!("`{}`", profile.value),
        None => format!("step {}", at.step.order),
    };
    let message = match always {
        true => format!("{what} of `{}` is always skipped: nothing before sets `{}`", at.journey, claim.value),
        false => {
            format!("this precondition never skips {what} of `{}`: nothing before sets `{}`", at.journey, claim.value)
        }
    };
    let found = Diagnostic::new(&IDLE_PRECONDITION, Kind::Claim, claim.span, message).label("never has a value here");
    // A condition that does nothing does no harm either.
    let found = if always { found } else { found.severity(Severity::Note) };
    at.explain(found)
}
