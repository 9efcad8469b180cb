//! JM1081: a claim of the token that nothing outputs.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ClaimUse, Journey};
use journeyman_policy::source::Span;

/// An output claim of the relying party that no step outputs.
pub const TOKEN_NEVER_HAS: Code = Code {
    id: "JM1081",
    severity: Severity::Error,
    summary: "the token asks for a claim that no step of the journey outputs",
    explanation: "The relying party puts a claim into the token, and no step of its user journey outputs it. It has no default either, so it would never be there, and the service refuses the policy. It is an \
error where nothing in the policy makes the claim, and a warning where something does that the journey does not run.\n\n\
Let a step output the claim: most often the directory profile that reads the account, with an `OutputClaim` of this name. Where it may be missing, give the output claim of the relying party a `DefaultValue`; an empty one is enough. Or remove it from the token.",
    service: &[
        "Claim type \"{claim}\" is the output claim of the relying party's technical profile, but it is not an output claim in any of the \
steps of user journey \"{journey}\".",
    ],
    fails: Example::Elements(&[
        journeyman_policy::example::BASE,
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
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <TechnicalProfile Id="PolicyProfile">
    <DisplayName>Policy profile</DisplayName>
    <Protocol Name="OpenIdConnect" />
    <OutputClaims>
      <OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" />
      <OutputClaim ClaimTypeReferenceId="email" />
    </OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
    passes: Example::Elements(&[
        journeyman_policy::example::BASE,
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
<RelyingParty>
  <DefaultUserJourney ReferenceId="Journey" />
  <TechnicalProfile Id="PolicyProfile">
    <DisplayName>Policy profile</DisplayName>
    <Protocol Name="OpenIdConnect" />
    <OutputClaims>
      <OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" />
      <OutputClaim ClaimTypeReferenceId="displayName" />
    </OutputClaims>
    <SubjectNamingInfo ClaimType="sub" />
  </TechnicalProfile>
</RelyingParty>"#,
    ]),
};

pub(crate) fn token_never_has(
    output: &ClaimUse,
    journey: &Journey,
    producer: Option<(&Name, Span)>,
    refused: bool,
) -> Diagnostic {
    let claim = &output.claim;
    let message = format!("the token takes the claim `{}`, but no step of `{}` outputs it", claim.value, journey.id);
    let found = Diagnostic::new(&TOKEN_NEVER_HAS, Kind::Claim, claim.span, message)
        .label("never has a value")
        .also(journey.span, "the journey that is run");
    let found = if refused { found } else { found.severity(Severity::Warning) };
    let found = match producer {
        Some((profile, at)) => found.also(at, format!("`{profile}` outputs it, but no step runs that")),
        None => found,
    };
    found.help("let a step output it, or give it a `DefaultValue` here, which may be empty")
}
