//! JM1085: a page in a journey that no person sees.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{Journey, OrchestrationStep};
use journeyman_policy::source::Span;

/// A step that shows a page where there is nobody to see it.
pub const PAGE_WITHOUT_BROWSER: Code = Code {
    id: "JM1085",
    severity: Severity::Error,
    summary: "a journey without a browser shows a page",
    explanation: "The journeys of the endpoints `Token` and `UserInfo` answer a request of the application itself, and a journey with `NonInteractive=\"true\"` says that it needs no person. A step of it shows a page, or sends the browser to an identity provider: there is nobody to see it, and the journey fails when it gets there.\n\n\
Remove the step, or move it into the journey that people go through.",
    service: &["AADB2C90077"],
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
  <UserJourney Id="Journey" NonInteractive="true">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
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
  <UserJourney Id="Journey" NonInteractive="false">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#,
    ),
};

pub(crate) fn page_without_browser(journey: &Journey, step: &OrchestrationStep, at: Span, why: &str) -> Diagnostic {
    let message = format!("step {} shows a page, but nobody sees the journey `{}`", step.order, journey.id);
    Diagnostic::new(&PAGE_WITHOUT_BROWSER, Kind::Step, step.span, message)
        .also(at, why)
        .help("remove the step, or move it into the journey that people go through")
}
