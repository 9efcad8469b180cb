//! JM1080: a required input claim that nothing before can have set.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ClaimUse, TechnicalProfile};

use super::Where;

/// A required input claim that no step before outputs.
pub const INPUT_NEVER_SET: Code = Code {
    id: "JM1080",
    severity: Severity::Error,
    summary: "a required input claim has no value where it is used",
    explanation: "A technical profile has an input claim with `Required=\"true\"` and no default, and no step before it outputs that claim: neither its technical profiles, nor their transformations, nor what a session or a hint brings. Whenever the journey gets there, it fails. The service refuses the policy, though only when a relying party is uploaded that runs the journey.\n\n\
It is an error where nothing in the policy could set the claim, and a warning where something could, but does not run before, \
or where a validation technical profile needs it.\n\n\
Often the step or the profile that produced the claim was removed, such as the identity provider that a starter pack came with: remove the steps that depended on it, too. Else let an earlier step output the claim, or give the input claim a `DefaultValue`.",
    service: &[
        "Claim type \"{claim}\" is the input claim of technical profile \"{profile}\" in step \"{n}\" of user journey \"{journey}\" but it is \
not an output claim in any of the previous steps.",
    ],
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
      <TechnicalProfile Id="Greet">
        <DisplayName>Greet</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
        <Metadata>
          <Item Key="ServiceUrl">https://api.contoso.com/greet</Item>
          <Item Key="AuthenticationType">None</Item>
          <Item Key="AllowInsecureAuthInProduction">true</Item>
          <Item Key="SendClaimsIn">Body</Item>
        </Metadata>
        <InputClaims><InputClaim ClaimTypeReferenceId="email" Required="true" /></InputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="GreetExchange" TechnicalProfileReferenceId="Greet" /></ClaimsExchanges>
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
          <OutputClaim ClaimTypeReferenceId="email" />
        </OutputClaims>
      </TechnicalProfile>
      <TechnicalProfile Id="Greet">
        <DisplayName>Greet</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.RestfulProvider" />
        <Metadata>
          <Item Key="ServiceUrl">https://api.contoso.com/greet</Item>
          <Item Key="AuthenticationType">None</Item>
          <Item Key="AllowInsecureAuthInProduction">true</Item>
          <Item Key="SendClaimsIn">Body</Item>
        </Metadata>
        <InputClaims><InputClaim ClaimTypeReferenceId="email" Required="true" /></InputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="GreetExchange" TechnicalProfileReferenceId="Greet" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#,
    ),
};

pub(crate) fn input_never_set(
    at: &Where<'_>,
    profile: &TechnicalProfile,
    input: &ClaimUse,
    refused: bool,
) -> Diagnostic {
    let claim = &input.claim;
    let message = format!(
        "`{}` needs the claim `{}`, but no step before step {} of `{}` sets it",
        profile.id, claim.value, at.step.order, at.journey
    );
    let found = Diagnostic::new(&INPUT_NEVER_SET, Kind::Claim, claim.span, message).label("required here");
    let found = if refused { found } else { found.severity(Severity::Warning) };
    at.explain(found).help("let an earlier step output it, or give it a `DefaultValue` here")
}
