//! JM0212: a journey that hands over to a sub journey says nothing of who answers.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{Journey, Ref};

/// A journey that transfers, without a default issuer.
pub const TRANSFER_WITHOUT_ISSUER: Code = Code {
    id: "JM0212",
    severity: Severity::Warning,
    summary: "a journey that transfers to a sub journey has no default issuer",
    explanation: "A sub journey of the type `Transfer` does not return: the answer to the application is its business. The \
service wants the user journey that hands over to name the issuer all the same, in the attribute \
`DefaultCpimIssuerTechnicalProfileReferenceId`, so that it knows the protocol to answer errors in.\n\n\
Add the attribute to the user journey. On a sub journey it is not allowed.",
    service: &["DefaultCpimIssuerTechnicalProfileReferenceId"],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
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

pub(crate) fn transfer_without_issuer(journey: &Journey, target: &Ref) -> Diagnostic {
    let message = format!("the journey `{}` hands over to `{}`, but has no default issuer", journey.id, target.value);
    Diagnostic::new(&TRANSFER_WITHOUT_ISSUER, Kind::Journey, journey.span, message)
        .also(target.span, "hands over here")
        .help("add `DefaultCpimIssuerTechnicalProfileReferenceId` to the journey")
}

#[cfg(test)]
mod tests {
    use super::TRANSFER_WITHOUT_ISSUER;
    use crate::testing::drawn;

    #[test]
    fn who_answers() {
        assert_eq!(
            drawn(&TRANSFER_WITHOUT_ISSUER),
            r#"warning: the journey `Journey` hands over to `Finish`, but has no default issuer
1.xml:20:3
|   <UserJourney Id="Journey">
|   ^^^^^^^^^^^^^^^^^^^^^^^^^^
1.xml:23:56
|         <JourneyList><Candidate SubJourneyReferenceId="Finish" /></JourneyList>
|                                                        ^^^^^^ hands over here
help: add `DefaultCpimIssuerTechnicalProfileReferenceId` to the journey
"#
        );
    }
}
