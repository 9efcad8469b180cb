//! JM1082: a claim is used before anything can have set it.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::Ref;

use super::Where;

/// A claim that is used where it never has a value.
pub const NEVER_SET: Code = Code {
    id: "JM1082",
    severity: Severity::Warning,
    summary: "a claim is used where it never has a value",
    explanation: "Something in a journey uses a claim: a transformation as its operand, a default value as `{Claim:…}`, a directory profile as the key of an account. No step before can have set that claim, so it is always empty there. The service accepts this. At run time the transformation leaves its result unset, or fails; the text stays empty; the directory answers that it was not asked for anybody.\n\n\
Let an earlier step output the claim. Where a later step sets it, exchange the two.",
    service: &[
        "The claim type \"{claim}\", designated as the identifier claim type, could not be found in the claims collection for the claims \
principal in tenant id \"{guid}\".",
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
        <InputClaims><InputClaim ClaimTypeReferenceId="displayName" DefaultValue="{Claim:email}" AlwaysUseDefaultValue="true" /></InputClaims>
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
        <InputClaims><InputClaim ClaimTypeReferenceId="displayName" DefaultValue="{Claim:email}" AlwaysUseDefaultValue="true" /></InputClaims>
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

pub(crate) fn never_set(at: &Where<'_>, claim: &Ref, what: &str) -> Diagnostic {
    let message = format!(
        "the claim `{}` never has a value in step {} of `{}`, where it is {what}",
        claim.value, at.step.order, at.journey
    );
    let found = Diagnostic::new(&NEVER_SET, Kind::Claim, claim.span, message).label("nothing before sets it");
    at.explain(found)
}
