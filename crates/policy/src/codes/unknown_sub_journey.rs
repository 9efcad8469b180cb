//! JM0107: a reference to a sub journey that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::{BASE, Example};
use crate::model::Ref;
use crate::nearest::Near;

/// A sub journey that is referred to but not declared.
pub const UNKNOWN_SUB_JOURNEY: Code = Code {
    id: "JM0107",
    severity: Severity::Error,
    summary: "reference to a sub journey that is not declared",
    explanation: "A step invokes a sub journey that neither this file nor a base policy declares. User journeys cannot be invoked, only sub \
journeys.\n\n\
Correct the id, or declare the sub journey in `SubJourneys`.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to SubJourney with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
    ],
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
  <UserJourney Id="Outer">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="InvokeSubJourney">
        <JourneyList><Candidate SubJourneyReferenceId="AskNames" /></JourneyList>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>
<SubJourneys>
  <SubJourney Id="AskName" Type="Call">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="Ask" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
    </OrchestrationSteps>
  </SubJourney>
</SubJourneys>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Outer" />
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
  <UserJourney Id="Outer">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="InvokeSubJourney">
        <JourneyList><Candidate SubJourneyReferenceId="AskName" /></JourneyList>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>
<SubJourneys>
  <SubJourney Id="AskName" Type="Call">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="Ask" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
    </OrchestrationSteps>
  </SubJourney>
</SubJourneys>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Outer" />
  <TechnicalProfile Id="PolicyProfile">
    <Protocol Name="OpenIdConnect" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
};

pub(crate) fn unknown_sub_journey(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_SUB_JOURNEY, Kind::Subjourney, "sub journey", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_SUB_JOURNEY;
    use crate::testing::found;

    #[test]
    fn a_candidate() {
        let said = found(
            &UNKNOWN_SUB_JOURNEY,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList>
<Candidate SubJourneyReferenceId="Mfa" />
</JourneyList></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: sub journey `Mfa` is not declared
0.xml:4:35
| <Candidate SubJourneyReferenceId="Mfa" />
|                                   ^^^ not in this policy or any base policy
"#
        );
    }
}
