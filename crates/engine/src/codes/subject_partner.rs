//! JM1063: the subject of a SAML answer is no outgoing claim.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::{BASE, Example};
use journeyman_policy::model::ClaimUse;
use journeyman_policy::source::Span;

/// The subject of a SAML answer is no outgoing claim.
pub const SUBJECT_PARTNER: Code = Code {
    id: "JM1063",
    severity: Severity::Warning,
    summary: "SubjectNamingInfo names no output claim by its outgoing name",
    explanation: "`SubjectNamingInfo` says which of the relying party's output claims names the person. It goes by the outgoing \
name: the `PartnerClaimType`, or the claim's id where there is none. Of a SAML relying party only an explicit `PartnerClaimType` \
counts: with the bare id of a claim the service uploads the policy and then sends an answer without a usable `NameID`.\n\n\
Write the outgoing name of one of the output claims, which is `sub` in the starter packs.",
    service: &[],
    fails: Example::Elements(&[
        BASE,
        r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Make an object id</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" /></OutputClaims>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <TechnicalProfile Id="PolicyProfile">
    <DisplayName>Policy profile</DisplayName>
    <Protocol Name="SAML2" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" /></OutputClaims>
    <SubjectNamingInfo ClaimType="objectId" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
    // SAML is not run yet, so no policy with it is free of errors; the same holds of OpenID Connect.
    passes: Example::Elements(&[
        BASE,
        r#"<ClaimsProviders><ClaimsProvider><DisplayName>Own</DisplayName><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Make an object id</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" /></OutputClaims>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <TechnicalProfile Id="PolicyProfile">
    <DisplayName>Policy profile</DisplayName>
    <Protocol Name="OpenIdConnect" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" /></OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
};

/// `claim` is the output claim of that id, which has another outgoing name or, in SAML, none.
pub(crate) fn subject_partner(at: Span, named: &str, claim: Option<&ClaimUse>) -> Diagnostic {
    let message = format!("`SubjectNamingInfo` names `{named}`, which is not the outgoing name of an output claim");
    let finding = Diagnostic::new(&SUBJECT_PARTNER, Kind::Claim, at, message).label("nobody would be named");
    match claim.map(|claim| (claim.span, &claim.partner)) {
        Some((span, Some(partner))) => finding
            .also(span, format!("`{named}` goes out as `{partner}`"))
            .help(format!("write `ClaimType=\"{partner}\"`")),
        Some((span, None)) => finding
            .also(span, "this claim has no `PartnerClaimType`")
            .help(format!("add `PartnerClaimType=\"{named}\"` to the output claim")),
        None => finding.help("name the `PartnerClaimType` of one of the output claims"),
    }
}
