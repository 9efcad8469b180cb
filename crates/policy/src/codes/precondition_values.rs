//! JM0011: a precondition with too few values: what it looks at, or what it compares with, is missing.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::{Span, Spanned};

/// Too few `Value`s in a precondition.
pub const PRECONDITION_VALUES: Code = Code {
    id: "JM0011",
    severity: Severity::Error,
    summary: "a precondition lacks a value",
    explanation: "A precondition looks at a claim: `ClaimsExist` asks whether it is there, and needs one `Value`, the claim's id; `ClaimEquals` \
compares it with a text, and needs two, the claim's id and the text. With fewer the condition can never be decided.\n\n\
Add the missing `Value`. The second one is always a literal text, never the id of another claim.",
    service: &[],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <DisplayName>Tokens</DisplayName>
    <TechnicalProfiles>
      <TechnicalProfile Id="Issuer">
        <DisplayName>Token issuer</DisplayName>
        <Protocol Name="None" />
        <OutputTokenFormat>JWT</OutputTokenFormat>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="SignIn">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="Noop">
        <Preconditions>
          <Precondition Type="ClaimEquals" ExecuteActionsIf="true">
            <Value>email</Value>
            <Action>SkipThisOrchestrationStep</Action>
          </Precondition>
        </Preconditions>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>
<ClaimsProviders>
  <ClaimsProvider>
    <DisplayName>Tokens</DisplayName>
    <TechnicalProfiles>
      <TechnicalProfile Id="Issuer">
        <DisplayName>Token issuer</DisplayName>
        <Protocol Name="None" />
        <OutputTokenFormat>JWT</OutputTokenFormat>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="SignIn">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="Noop">
        <Preconditions>
          <Precondition Type="ClaimEquals" ExecuteActionsIf="true">
            <Value>email</Value>
            <Value>anna@contoso.com</Value>
            <Action>SkipThisOrchestrationStep</Action>
          </Precondition>
        </Preconditions>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#]),
};

pub(crate) fn precondition_values(kind: &Spanned<String>, at: Span, wanted: usize) -> Diagnostic {
    let needs = if wanted == 1 { "one `Value`: the claim" } else { "two `Value`s: the claim, then the text" };
    let message = format!("a `{}` precondition needs {needs}", kind.value);
    Diagnostic::new(&PRECONDITION_VALUES, Kind::Step, at, message)
}

#[cfg(test)]
mod tests {
    use super::PRECONDITION_VALUES;
    use crate::testing::found;

    #[test]
    fn nothing_to_compare_with() {
        let said = found(
            &PRECONDITION_VALUES,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="Noop"><Preconditions>
<Precondition Type="ClaimEquals" ExecuteActionsIf="true"><Value>a</Value></Precondition>
</Preconditions></OrchestrationStep>
</OrchestrationSteps></UserJourney></UserJourneys>"#,
        );
        assert_eq!(
            said,
            r#"error: a `ClaimEquals` precondition needs two `Value`s: the claim, then the text
0.xml:4:1
| <Precondition Type="ClaimEquals" ExecuteActionsIf="true"><Value>a</Value></Precondition>
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
"#
        );
    }
}
