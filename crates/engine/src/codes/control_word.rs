//! JM1092: a word of a display control that nobody knows: the id of an action, or what a claim is to the control.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::Ref;
use journeyman_policy::nearest_word;
use journeyman_policy::source::Spanned;

/// A misspelt action, or an unknown `ControlClaimType`.
pub const CONTROL_WORD: Code = Code {
    id: "JM1092",
    severity: Severity::Warning,
    summary: "a display control has an action or a `ControlClaimType` that it does not know",
    explanation: "A verification control runs two actions: `SendCode` when a person asks for a code, `VerifyCode` when one is entered. \
An action whose id is nearly one of them never runs, and the button that it was meant for does nothing. `ControlClaimType` says \
what a claim is to its control: `VerificationCode` is the field of the code, `Email`, `Phone` and `CountryCode` are where it goes, \
`QrCodeContent` is what a QR code shows. With another word the claim is a plain field.\n\n\
Write the word that was meant. An action with an id of its own is no mistake: other parts of the page may call it.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <DisplayControls>
    <DisplayControl Id="emailVerification" UserInterfaceControlType="VerificationControl">
      <DisplayClaims>
        <DisplayClaim ClaimTypeReferenceId="email" Required="true" />
        <DisplayClaim ClaimTypeReferenceId="displayName" ControlClaimType="VerficationCode" Required="true" />
      </DisplayClaims>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
    </DisplayControl>
  </DisplayControls>
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
  <DisplayControls>
    <DisplayControl Id="emailVerification" UserInterfaceControlType="VerificationControl">
      <DisplayClaims>
        <DisplayClaim ClaimTypeReferenceId="email" Required="true" />
        <DisplayClaim ClaimTypeReferenceId="displayName" ControlClaimType="VerificationCode" Required="true" />
      </DisplayClaims>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
    </DisplayControl>
  </DisplayControls>
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

/// An action that is probably meant to be another.
pub(crate) fn misspelt_action(control: &Name, action: &Ref, near: &str) -> Diagnostic {
    let message = format!("the action `{}` of the display control `{control}` never runs", action.value);
    Diagnostic::new(&CONTROL_WORD, Kind::Control, action.span, message).help(format!("did you mean `{near}`?"))
}

/// A word for a claim that no control knows.
pub(crate) fn unknown_claim_type(control: &Name, said: &Spanned<String>, known: &[&str]) -> Diagnostic {
    let message = format!("the display control `{control}` knows no `{}`", said.value);
    let found = Diagnostic::new(&CONTROL_WORD, Kind::Control, said.span, message).label("the claim is a plain field");
    match nearest_word(said.value.trim(), known) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => {
            let words: Vec<_> = known.iter().map(|word| format!("`{word}`")).collect();
            found.help(format!("write one of {}", words.join(", ")))
        }
    }
}
