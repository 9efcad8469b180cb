//! JM0112: a choice for which no claims exchange stands where it would run.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::{BASE, Example};
use crate::model::Ref;
use crate::nearest::Near;

/// A selection without its exchange.
pub const UNKNOWN_EXCHANGE: Code = Code {
    id: "JM0112",
    severity: Severity::Warning,
    summary: "a selection names no claims exchange of its step",
    explanation: "A selection leads to a claims exchange by its id: `TargetClaimsExchangeId` to one of the step that follows, \
`ValidationClaimsExchangeId` to one of the same step. There is none of that id, so whoever chooses this ends at an error.\n\n\
Correct the id, add the exchange to the step, or take the selection out.",
    service: &[],
    fails: Example::Elements(&[
        BASE,
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Choice">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsProviderSelection">
        <ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="AskNameExchange" /></ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AskName" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Choice" />
  <TechnicalProfile Id="PolicyProfile">
    <Protocol Name="OpenIdConnect" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
    passes: Example::Elements(&[
        BASE,
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Who are you?</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Choice">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsProviderSelection">
        <ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="AskNameExchange" /></ClaimsProviderSelections>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AskNameExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Choice" />
  <TechnicalProfile Id="PolicyProfile">
    <Protocol Name="OpenIdConnect" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
};

pub(crate) fn unknown_exchange(at: &Ref, wanted_in: &str, near: Option<Near>) -> Diagnostic {
    let message = format!("no claims exchange `{}` in {wanted_in}", at.value);
    let found = Diagnostic::new(&UNKNOWN_EXCHANGE, Kind::Exchange, at.span, message)
        .label("whoever chooses this gets an error")
        .reference(at.value.as_str());
    match near {
        Some(near) => {
            found.also(near.span, format!("`{}` is here", near.name)).help(format!("did you mean `{}`?", near.name))
        }
        None => found,
    }
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_EXCHANGE;
    use crate::testing::found;

    #[test]
    fn in_the_next_step() {
        let said = found(
            &UNKNOWN_EXCHANGE,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsProviderSelection"><ClaimsProviderSelections>
<ClaimsProviderSelection TargetClaimsExchangeId="Facebok" />
</ClaimsProviderSelections></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges>
<ClaimsExchange Id="Facebook" TechnicalProfileReferenceId="F" />
</ClaimsExchanges></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"warning: no claims exchange `Facebok` in the next step
0.xml:4:50
| <ClaimsProviderSelection TargetClaimsExchangeId="Facebok" />
|                                                  ^^^^^^^ whoever chooses this gets an error
0.xml:7:21
| <ClaimsExchange Id="Facebook" TechnicalProfileReferenceId="F" />
|                     ^^^^^^^^ `Facebook` is here
help: did you mean `Facebook`?
"#
        );
    }
}
