//! JM0207: a sub journey that is meant to return, but answers the application.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{Journey, OrchestrationStep};

/// `SendClaims` in a `Call` sub journey.
pub const SEND_CLAIMS_IN_CALL: Code = Code {
    id: "JM0207",
    severity: Severity::Error,
    summary: "a sub journey that returns cannot answer the application",
    explanation: "A sub journey of the type `Call` returns to its caller. It cannot answer the application, since the journey goes on after it: the service refuses a `SendClaims` step in it.\n\n\
Leave `SendClaims` to the journey that calls, or give the sub journey the type `Transfer`: it does not return then. The service's own message for this is not known.",
    service: &[],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="InvokeSubJourney">
        <JourneyList><Candidate SubJourneyReferenceId="Finish" /></JourneyList>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>
<SubJourneys>
  <SubJourney Id="Finish" Type="Call">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </SubJourney>
</SubJourneys>"#
    ),
    passes: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey" DefaultCpimIssuerTechnicalProfileReferenceId="Issuer">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="InvokeSubJourney">
        <JourneyList><Candidate SubJourneyReferenceId="Finish" /></JourneyList>
      </OrchestrationStep>
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>
<SubJourneys>
  <SubJourney Id="Finish" Type="Transfer">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </SubJourney>
</SubJourneys>"#
    ),
};

pub(crate) fn send_claims_in_call(journey: &Journey, step: &OrchestrationStep) -> Diagnostic {
    let message = format!("the sub journey `{}` returns to its caller, so it cannot send claims", journey.id);
    Diagnostic::new(&SEND_CLAIMS_IN_CALL, Kind::Step, step.span, message)
        .also(journey.span, "its type is `Call`")
        .help("leave `SendClaims` to the caller, or make it a `Transfer` sub journey")
}

#[cfg(test)]
mod tests {
    use super::SEND_CLAIMS_IN_CALL;
    use crate::testing::found;

    #[test]
    fn it_could_not_return() {
        let said = found(
            &SEND_CLAIMS_IN_CALL,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="S" /></JourneyList></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>
<SubJourneys><SubJourney Id="S" Type="Call"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="SendClaims" />
</OrchestrationSteps></SubJourney></SubJourneys>"#,
        );
        assert_eq!(
            said,
            r#"error: the sub journey `S` returns to its caller, so it cannot send claims
0.xml:8:1
| <OrchestrationStep Order="1" Type="SendClaims" />
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
0.xml:7:14
| <SubJourneys><SubJourney Id="S" Type="Call"><OrchestrationSteps>
|              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ its type is `Call`
help: leave `SendClaims` to the caller, or make it a `Transfer` sub journey
"#
        );
    }
}
