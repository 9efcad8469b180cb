//! JM1063: the subject of a SAML answer is no outgoing claim.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::{BASE, Example};
use journeyman_policy::source::Span;

/// The subject of a SAML answer is no outgoing claim.
pub const SUBJECT_PARTNER: Code = Code {
    id: "JM1063",
    severity: Severity::Warning,
    summary: "SubjectNamingInfo names no output claim by its outgoing name",
    explanation: "`SubjectNamingInfo` says which claim names the person in the answer. It goes by the outgoing name, and of a \
SAML relying party only an explicit `PartnerClaimType` counts: with the bare id of a claim the service uploads the policy and \
then sends an answer without a usable `NameID`.\n\n\
Give the output claim a `PartnerClaimType`, and write that very name into `SubjectNamingInfo`.",
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
    // SAML is not run yet, so no policy with it is free of errors.
    passes: Example::None,
};

pub(crate) fn subject_partner(at: Span, named: &str, claim: Option<Span>) -> Diagnostic {
    let message = format!("`SubjectNamingInfo` names `{named}`, which is no output claim's `PartnerClaimType`");
    let finding = Diagnostic::new(&SUBJECT_PARTNER, Kind::Claim, at, message).label("the answer would name nobody");
    match claim {
        Some(claim) => finding
            .also(claim, format!("add `PartnerClaimType=\"{named}\"` here"))
            .help("say the outgoing name on the claim itself"),
        None => finding.help("name the `PartnerClaimType` of one of the output claims"),
    }
}
