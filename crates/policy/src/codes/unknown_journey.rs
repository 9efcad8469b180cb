//! JM0106: a reference to a user journey that no file of the chain declares.

use crate::codes::unresolved;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::{BASE, Example};
use crate::model::Ref;
use crate::nearest::Near;

/// A user journey that is referred to but not declared.
pub const UNKNOWN_JOURNEY: Code = Code {
    id: "JM0106",
    severity: Severity::Error,
    summary: "reference to a user journey that is not declared",
    explanation: "The relying party begins with, or redeems refresh tokens by, a user journey that neither this file nor a base policy declares. \
Applications would be answered with an error.\n\n\
Correct the id, or declare the journey.",
    service: &[
        "Policy \"{policy}\" of tenant \"{tenant}\" makes a reference to UserJourney with id \"{id}\" but neither the policy nor any of its base policies contain such an element.",
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
<RelyingParty>
  <DefaultUserJourney ReferenceId="SignIn" />
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
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <TechnicalProfile Id="PolicyProfile">
    <Protocol Name="OpenIdConnect" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
};

pub(crate) fn unknown_journey(at: &Ref, near: Option<Near>) -> Diagnostic {
    unresolved(&UNKNOWN_JOURNEY, Kind::Journey, "user journey", at, near)
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_JOURNEY;
    use crate::testing::found;

    #[test]
    fn the_default_one() {
        let said = found(
            &UNKNOWN_JOURNEY,
            r#"<RelyingParty><DefaultUserJourney ReferenceId="SignUp" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: user journey `SignUp` is not declared
0.xml:2:48
| <RelyingParty><DefaultUserJourney ReferenceId="SignUp" /><TechnicalProfile Id="P" /></RelyingParty>
|                                                ^^^^^^ not in this policy or any base policy
"#
        );
    }
}
