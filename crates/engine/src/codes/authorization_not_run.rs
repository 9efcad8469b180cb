//! JM1020: a journey that wants to be authorized first.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A journey that wants to be authorized first.
pub const AUTHORIZATION_NOT_RUN: Code = Code {
    id: "JM1020",
    severity: Severity::Error,
    summary: "authorization of a journey is understood, but not run yet",
    explanation: "A journey may name technical profiles in its `Authorization` element. They run before its steps and decide whether the request is let in: the journey of the UserInfo endpoint checks its bearer token so. This engine understands them and does not run them yet: such a journey ends with a page that says so, and nobody is let in unchecked.\n\n\
Journeys that people go through need no such element.",
    service: &[],
    fails: Example::Leaf(
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Ask for a name</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <Authorization>
      <AuthorizationTechnicalProfiles>
        <AuthorizationTechnicalProfile ReferenceId="Example" />
      </AuthorizationTechnicalProfiles>
    </Authorization>
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
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
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#,
    ),
};

pub(crate) fn authorization_not_run(journey: &Name, at: Span, profile: &Name) -> Diagnostic {
    let message =
        format!("journey `{journey}` runs `{profile}` before its steps, which is understood, but not run yet");
    Diagnostic::new(&AUTHORIZATION_NOT_RUN, Kind::Unsupported, at, message)
        .label("the journey ends with a page that says so")
        .reference(journey.as_str())
}
