//! JM0209: a second answer to the application, after one that is always given.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::OrchestrationStep;

/// `SendClaims` after a `SendClaims` without preconditions.
pub const UNREACHABLE_SEND_CLAIMS: Code = Code {
    id: "JM0209",
    severity: Severity::Error,
    summary: "a `SendClaims` step that is never reached",
    explanation: "A journey answers the application once: the first `SendClaims` step that runs makes the answer. A step before this one always does, so this one never runs.\n\n\
Where both have no precondition the service refuses the journey, and this is an error: often a file meant to override the last step of its base, and the base has since been renumbered. Where the second has preconditions it is a warning. Several `SendClaims` steps are fine as long as all but the last have preconditions.",
    service: &[],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
    passes: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer">
        <Preconditions>
          <Precondition Type="ClaimsExist" ExecuteActionsIf="true">
            <Value>displayName</Value>
            <Action>SkipThisOrchestrationStep</Action>
          </Precondition>
        </Preconditions>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn unreachable_send_claims(first: &OrchestrationStep, second: &OrchestrationStep) -> Diagnostic {
    let message =
        format!("step {} is never reached: step {} always answers the application", second.order, first.order);
    let always = second.preconditions.is_empty();
    Diagnostic::new(&UNREACHABLE_SEND_CLAIMS, Kind::Step, second.span, message)
        .severity(if always { Severity::Error } else { Severity::Warning })
        .also(first.span, "answers first")
        .help("give the first one a precondition, or remove one of them")
}

#[cfg(test)]
mod tests {
    use super::UNREACHABLE_SEND_CLAIMS;
    use crate::testing::found;

    #[test]
    fn the_first_always_answers() {
        let said = found(
            &UNREACHABLE_SEND_CLAIMS,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="SendClaims" />
<OrchestrationStep Order="2" Type="SendClaims" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: step 2 is never reached: step 1 always answers the application
0.xml:4:1
| <OrchestrationStep Order="2" Type="SendClaims" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
0.xml:3:1
| <OrchestrationStep Order="1" Type="SendClaims" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ answers first
help: give the first one a precondition, or remove one of them
"#
        );
    }
}
