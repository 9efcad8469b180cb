//! JM1045: a localized text is for something that is not declared.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::LocalizedString;

use crate::texts::Stranger;

/// A localized text is for something that is not declared.
pub const TEXT_OF_NOTHING: Code = Code {
    id: "JM1045",
    severity: Severity::Warning,
    summary: "a localized text is for something that is not declared",
    explanation: "A `LocalizedString` names what it is for: a claim type, a display control, a predicate or a predicate validation \
in its `ElementId`, a claims exchange or the output of a transformation in its `StringId`. Here the policy has \
nothing of that name, so the text is never shown, and the one that stands at the element itself is.\n\n\
Correct the name. If what it was for is gone, take the text away. Where no name is similar, this is a note: policies \
share files of texts, which have some for what only others of them declare.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <LocalizedResourcesReferences MergeBehavior="Prepend">
        <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="texts.en" />
      </LocalizedResourcesReferences>
    </ContentDefinition>
  </ContentDefinitions>
  <Localization Enabled="true">
    <LocalizedResources Id="texts.en">
      <LocalizedStrings>
        <LocalizedString ElementType="ClaimType" ElementId="dispalyName" StringId="DisplayName">Your name</LocalizedString>
      </LocalizedStrings>
    </LocalizedResources>
  </Localization>
</BuildingBlocks>
<ClaimsProviders>
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
</ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<BuildingBlocks>
  <ContentDefinitions>
    <ContentDefinition Id="api.selfasserted">
      <LocalizedResourcesReferences MergeBehavior="Prepend">
        <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="texts.en" />
      </LocalizedResourcesReferences>
    </ContentDefinition>
  </ContentDefinitions>
  <Localization Enabled="true">
    <LocalizedResources Id="texts.en">
      <LocalizedStrings>
        <LocalizedString ElementType="ClaimType" ElementId="displayName" StringId="DisplayName">Your name</LocalizedString>
      </LocalizedStrings>
    </LocalizedResources>
  </Localization>
</BuildingBlocks>
<ClaimsProviders>
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
</ClaimsProviders>"#,
    ),
};

/// What a localized text is for is not declared. Only a slip is worth a warning: policies share files of texts, which have
/// some for what only others of them declare.
pub(crate) fn text_of_nothing(string: &LocalizedString, stranger: &Stranger, count: usize) -> Diagnostic {
    let what = stranger.what;
    let Some(name) = &stranger.name else {
        let message = format!("a text does not say which {what} it is for");
        return Diagnostic::new(&TEXT_OF_NOTHING, Kind::Localization, string.span, message)
            .label("never shown")
            .help("add `ElementId`");
    };
    let element = string.element_id.as_ref().filter(|_| !stranger.in_string_id);
    let at = element.unwrap_or(&string.string_id).span;
    let message = match count {
        1 => format!("a text is for the {what} `{name}`, which is not declared"),
        _ => format!("{count} texts are for the {what} `{name}`, which is not declared"),
    };
    let finding = Diagnostic::new(&TEXT_OF_NOTHING, Kind::Localization, at, message).label("never shown");
    match &stranger.near {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.severity(Severity::Note),
    }
}
