//! JM1013: a hint with a shared secret lacks what to compare.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// A hint with a shared secret lacks what to compare.
pub const HINT_NEEDS: Code = Code {
    id: "JM1013",
    severity: Severity::Error,
    summary: "an id_token_hint is not held to an issuer or an audience",
    explanation: "An application may send signed claims along with a request, the `id_token_hint`. Whoever reads it \
must know who signed it and for whom. With a shared secret the signature says neither, so the profile needs both an \
`issuer` and an `IdTokenAudience` to compare. With published keys (`METADATA`) the issuer comes along, but no \
audience: without `IdTokenAudience` a hint that was made for the asking client, or for this issuer, is accepted, \
which is a warning.\n\n\
Add the items with the values that the application puts into `iss` and `aud`.",
    service: &[
        "The provided id_token_hint parameter does not contain an accepted audience. Valid audience values: \
         '{audiences}'. Please provide another token and try again.",
        "The provided id_token_hint parameter does not contain an accepted issuer. Valid issuers: '{issuers}'. Please \
         provide another token and try again.",
    ],
    fails: Example::Leaf(
        r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Make an object id</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" /></OutputClaims>
  </TechnicalProfile>
  <TechnicalProfile Id="Hint">
    <DisplayName>Read the hint</DisplayName>
    <Protocol Name="None" />
    <Metadata>
      <Item Key="issuer">https://app.contoso.com</Item>
    </Metadata>
    <CryptographicKeys><Key Id="client_secret" StorageReferenceId="B2C_1A_HintSecret" /></CryptographicKeys>
    <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="GetClaims" CpimIssuerTechnicalProfileReferenceId="Hint" />
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="Make" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#,
    ),
    passes: Example::Leaf(
        r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Make an object id</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="1" /></OutputClaims>
  </TechnicalProfile>
  <TechnicalProfile Id="Hint">
    <DisplayName>Read the hint</DisplayName>
    <Protocol Name="None" />
    <Metadata>
      <Item Key="issuer">https://app.contoso.com</Item>
      <Item Key="IdTokenAudience">journeyman</Item>
    </Metadata>
    <CryptographicKeys><Key Id="client_secret" StorageReferenceId="B2C_1A_HintSecret" /></CryptographicKeys>
    <OutputClaims><OutputClaim ClaimTypeReferenceId="email" /></OutputClaims>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="GetClaims" CpimIssuerTechnicalProfileReferenceId="Hint" />
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="Make" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#,
    ),
};

pub(crate) fn hint_needs(profile: &Name, at: Span, key: &str) -> Diagnostic {
    Diagnostic::new(&HINT_NEEDS, Kind::Metadata, at, format!("technical profile `{profile}` has no `{key}`"))
        .label("a shared secret alone does not say who signed the hint, and for whom")
}

pub(crate) fn hint_for_anyone(profile: &Name, at: Span) -> Diagnostic {
    Diagnostic::new(&HINT_NEEDS, Kind::Metadata, at, format!("technical profile `{profile}` has no `IdTokenAudience`"))
        .severity(Severity::Warning)
        .label("keys say who signed the hint, not for whom")
        .help("add `<Item Key=\"IdTokenAudience\">…</Item>`; without it a hint for the asking client, or for this issuer, is accepted")
}
