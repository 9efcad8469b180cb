//! JM1016: a profile that cannot run where it is used.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::{Declaration, PROFILE, Place, provider_named};

/// A profile that cannot run where it is used.
pub const WRONG_PLACE: Code = Code {
    id: "JM1016",
    severity: Severity::Error,
    summary: "a technical profile cannot run where it is used",
    explanation: "Some providers need what only one place gives them. A page needs the browser for itself, so it \
cannot validate what was typed into another page; an issuer only ends a journey; a session provider only remembers; a \
one-time password is made and checked for what was typed into a page. The service uploads the policy and fails when \
it runs, mostly with a message about a cast.\n\n\
Use the profile where the finding says that it can run. A one-time password as a step of a journey is a warning: this \
engine can run it there, the service cannot.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for an address</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="Other" /></ValidationTechnicalProfiles>
</TechnicalProfile>
<TechnicalProfile Id="Other">
  <DisplayName>Ask for a name</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for an address</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
  <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="Other" /></ValidationTechnicalProfiles>
</TechnicalProfile>
<TechnicalProfile Id="Other">
  <DisplayName>Keep the name</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" DefaultValue="unknown" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

/// `provider` says where its profiles can run.
pub(crate) fn wrong_place(profile: &Name, at: Span, place: &str, provider: &Declaration) -> Diagnostic {
    let message = format!("technical profile `{profile}` cannot run as {place}");
    let allowed: Vec<_> = provider.places.iter().map(|place| place.word()).collect();
    Diagnostic::new(&WRONG_PLACE, PROFILE, at, message).label(why(provider)).help(format!(
        "a profile of the {} runs as {}",
        provider_named(provider.title),
        allowed.join(", or ")
    ))
}

fn why(provider: &Declaration) -> &'static str {
    let can = |place| provider.places.contains(&place);
    match () {
        () if can(Place::Validation) => "what it works on was typed into a page, which a step does not have",
        () if can(Place::Exchange) => "it needs the browser for itself",
        () if can(Place::Issuer) => "it only issues what ends a journey",
        () if can(Place::Session) => "it only keeps sessions",
        () if can(Place::Hint) => "it only reads the hint of a request",
        () => "it is for something else",
    }
}
