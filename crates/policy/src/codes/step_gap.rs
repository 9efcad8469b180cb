//! JM0205: step orders that do not count 1, 2, 3. The service refuses them; what is meant is clear all the same.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{Journey, OrchestrationStep};

/// A gap in the orders of a merged journey.
pub const STEP_GAP: Code = Code {
    id: "JM0205",
    severity: Severity::Error,
    summary: "the steps of a journey are not numbered without gaps",
    explanation: "The steps of a journey are numbered 1, 2, 3 and so on, once the files of the chain are laid over one another. A number is missing here, and the service refuses the policy.\n\n\
It happens when a step is removed, or when a file adds steps to a journey of its base and leaves room. Close the gap, in the file where it is: the base's steps keep their numbers in all files that build on it.",
    service: &[
        "User journey \"{journey}\" in policy \"{id}\" of tenant \"{tenant}\" was expected to have step with order \"{n}\" but it was not \
found",
    ],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="4" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
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

pub(crate) fn step_gap(journey: &Journey, step: &OrchestrationStep, expected: u32) -> Diagnostic {
    let message = format!("the journey `{}` has no step {expected}", journey.id);
    Diagnostic::new(&STEP_GAP, Kind::Step, step.span, message)
        .label(format!("step {} follows instead", step.order))
        .help("number the steps of the whole chain 1, 2, 3 and so on")
}

#[cfg(test)]
mod tests {
    use super::STEP_GAP;
    use crate::testing::found;

    #[test]
    fn a_step_is_missing() {
        let said = found(
            &STEP_GAP,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="Noop" />
<OrchestrationStep Order="3" Type="SendClaims" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"error: the journey `SignUp` has no step 2
0.xml:4:1
| <OrchestrationStep Order="3" Type="SendClaims" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ step 3 follows instead
help: number the steps of the whole chain 1, 2, 3 and so on
"#
        );
    }
}
