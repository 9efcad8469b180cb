//! JM1066: a page without a content definition.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A page without a content definition.
pub const NO_PAGE: Code = Code {
    id: "JM1066",
    severity: Severity::Error,
    summary: "a page has no content definition",
    explanation: "A self-asserted profile shows a page. Which one, its metadata `ContentDefinitionReferenceId` says, or else \
the orchestration step that runs the profile. Here neither does. The service uploads such a policy, and a person who comes to \
the step sees only that the page cannot be displayed because of an internal server error.\n\n\
Add the item to the profile, or the attribute `ContentDefinitionReferenceId` to the step.",
    service: &[
        "A content definition data uri is required. Orchestration step '{step}' of user journey '{journey}' in policy \
         '{policy}' does not reference one nor does one of its referenced technical profiles.",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Ask for an address</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="email" Required="true" />
    <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" />
  </OutputClaims>
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
</TechnicalProfile>"#,
    ),
};

pub(crate) fn no_page(profile: &Name, at: Span, journey: &Name, order: u32, step: Span) -> Diagnostic {
    Diagnostic::new(
        &NO_PAGE,
        Kind::Content,
        at,
        format!("the page of technical profile `{profile}` has no content definition"),
    )
    .label("it has no `ContentDefinitionReferenceId`")
    .also(step, format!("nor has step {order} of `{journey}`, which runs it"))
    .help("add `<Item Key=\"ContentDefinitionReferenceId\">…</Item>` to the `Metadata` of the profile")
}
