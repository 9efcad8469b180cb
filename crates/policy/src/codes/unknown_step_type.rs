//! JM0204: a step of a type that the language does not have.

use crate::codes::bad_value;
use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::Spanned;

/// An unknown `Type` of an orchestration step.
pub const UNKNOWN_STEP_TYPE: Code = Code {
    id: "JM0204",
    severity: Severity::Error,
    summary: "an orchestration step of an unknown type",
    explanation: "The type of an orchestration step is none that the language has. Nothing says what the step does, so the service refuses the file.\n\n\
Correct the spelling: `ClaimsExchange`, `ClaimsProviderSelection`, `CombinedSignInAndSignUp`, `GetClaims`, `InvokeSubJourney` and `SendClaims` are the types in use.",
    service: &["The 'Type' attribute is invalid - The value '{type}' is invalid according to its datatype"],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="SendClaim" CpimIssuerTechnicalProfileReferenceId="Issuer" />
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
    passes: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn unknown_step_type(written: &Spanned<String>, known: &[&str]) -> Diagnostic {
    let message = format!("`{}` is no type of step", written.value);
    let found = Diagnostic::new(&UNKNOWN_STEP_TYPE, Kind::Step, written.span, message);
    found.help(bad_value::one_of(&written.value, known))
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_STEP_TYPE;
    use crate::testing::found;

    #[test]
    fn a_slip() {
        let said = found(
            &UNKNOWN_STEP_TYPE,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="SendClaim" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: `SendClaim` is no type of step
0.xml:3:36
| <OrchestrationStep Order="1" Type="SendClaim" />
|                                    ^^^^^^^^^
help: did you mean `SendClaims`?
"#
        );
    }
}
