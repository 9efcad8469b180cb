//! JM1062: a profile says two things about sessions.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::PROFILE;

/// A profile says two things about sessions.
pub const SESSION_TWICE: Code = Code {
    id: "JM1062",
    severity: Severity::Note,
    summary: "IncludeInSso and a session provider contradict one another",
    explanation: "`IncludeInSso` false says that a session remembers nothing of this profile. Its \
`UseTechnicalProfileForSessionManagement` names a provider that does remember: while a session lasts, the profile is \
skipped and its claims come from memory. The service uploads both without a word, and its documentation does not say which \
one counts.\n\n\
The session provider wins, here as in what the documentation tells of the starter pack's sign-in page, which has both. If \
the profile must run every time, name a profile of `NoopSSOSessionProvider` instead, such as `SM-Noop`; if not, remove \
`IncludeInSso`.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for an address</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <IncludeInSso>false</IncludeInSso>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
  <UseTechnicalProfileForSessionManagement ReferenceId="Remember" />
</TechnicalProfile>
<TechnicalProfile Id="Remember">
  <DisplayName>Remember</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.SSO.DefaultSSOSessionProvider" />
  <PersistedClaims><PersistedClaim ClaimTypeReferenceId="email" /></PersistedClaims>
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
  <UseTechnicalProfileForSessionManagement ReferenceId="Remember" />
</TechnicalProfile>
<TechnicalProfile Id="Remember">
  <DisplayName>Remember</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.SSO.DefaultSSOSessionProvider" />
  <PersistedClaims><PersistedClaim ClaimTypeReferenceId="email" /></PersistedClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn session_twice(profile: &Name, at: Span, session: &Name) -> Diagnostic {
    let message = format!("`{profile}` has `IncludeInSso` false and a session provider that remembers it");
    Diagnostic::new(&SESSION_TWICE, PROFILE, at, message)
        .label(format!("`{session}` wins: the profile is skipped while a session lasts"))
        .help("remove `IncludeInSso`, or name a session provider that remembers nothing")
}
