//! JM1050: a localized text has an id that its element type does not have.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::LocalizedString;

use crate::texts::ElementType;

/// A localized text has an id that its element type does not have.
pub const UNKNOWN_STRING: Code = Code {
    id: "JM1050",
    severity: Severity::Warning,
    summary: "a localized text has an id that its element type does not have",
    explanation: "Each `ElementType` of a `LocalizedString` has its own ids: those of a page's texts, of error messages, of \
display controls, of claim types. An id that is not among them is shown nowhere, and the service may refuse the \
policy for it.\n\n\
Correct the id, or the element type: the texts of a display control, for example, are not a page's `UxElement`.",
    service: &["The localized string with ElementType: {type} and StringId: {id} has an invalid StringId"],
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
        <LocalizedString ElementType="UxElement" StringId="captchatype_audio_help">Write down what you hear</LocalizedString>
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
        <LocalizedString ElementType="UxElement" StringId="button_continue">Go on</LocalizedString>
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

/// The element type has no such string.
pub(crate) fn unknown_string(string: &LocalizedString, kind: &ElementType) -> Diagnostic {
    let (id, at) = (&string.string_id.value, string.string_id.span);
    let message = format!("`{}` has no string `{id}`", kind.name);
    let finding = Diagnostic::new(&UNKNOWN_STRING, Kind::Localization, at, message).label("never shown");
    if let Some(other) = ElementType::of(id) {
        return finding.help(format!("it is one of `{other}`"));
    }
    match journeyman_policy::nearest_word(id, &kind.ids()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

/// There is no such element type.
pub(crate) fn unknown_element_type(string: &LocalizedString) -> Diagnostic {
    let (name, at) = (&string.element_type.value, string.element_type.span);
    let message = format!("there are no texts of the element type `{name}`");
    let finding = Diagnostic::new(&UNKNOWN_STRING, Kind::Localization, at, message).label("never shown");
    match ElementType::nearest(name) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}
