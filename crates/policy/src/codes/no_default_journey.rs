//! JM0203: a relying party that does not say where to begin.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::RelyingParty;

/// No `DefaultUserJourney`, neither here nor in a base policy.
pub const NO_DEFAULT_JOURNEY: Code = Code {
    id: "JM0203",
    severity: Severity::Error,
    summary: "the relying party names no default user journey",
    explanation: "A policy that applications call says in its `RelyingParty` element which user journey a sign-in runs. Neither this file nor a base policy does.\n\n\
Add `DefaultUserJourney` as the first element of `RelyingParty`.",
    service: &["Policy '{id}' does not specify a default user journey.", "AADB2C90031"],
    fails: Example::Elements(&[
        crate::example::BASE,
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example"><DisplayName>What the grant brings</DisplayName><Protocol Name="None" /></TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<RelyingParty>
  <TechnicalProfile Id="PolicyProfile">
    <DisplayName>Policy profile</DisplayName>
    <Protocol Name="OpenIdConnect" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
    passes: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn no_default_journey(party: &RelyingParty) -> Diagnostic {
    Diagnostic::new(&NO_DEFAULT_JOURNEY, Kind::Journey, party.span, "the relying party has no `DefaultUserJourney`")
        .label("nor does one of a base policy")
        .help("add `<DefaultUserJourney ReferenceId=\"…\" />` as its first element")
}

#[cfg(test)]
mod tests {
    use super::NO_DEFAULT_JOURNEY;
    use crate::testing::found;

    #[test]
    fn nowhere_in_the_chain() {
        let said = found(&NO_DEFAULT_JOURNEY, r#"<RelyingParty><TechnicalProfile Id="P" /></RelyingParty>"#);
        assert_eq!(
            said,
            r#"error: the relying party has no `DefaultUserJourney`
0.xml:2:1
| <RelyingParty><TechnicalProfile Id="P" /></RelyingParty>
| ^^^^^^^^^^^^^^ nor does one of a base policy
help: add `<DefaultUserJourney ReferenceId="…" />` as its first element
"#
        );
    }
}
