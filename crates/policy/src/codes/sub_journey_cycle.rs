//! JM0213: sub journeys that call one another in a circle.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{Journey, Ref};

/// A circle of calls.
pub const SUB_JOURNEY_CYCLE: Code = Code {
    id: "JM0213",
    severity: Severity::Error,
    summary: "a sub journey calls itself",
    explanation: "Sub journeys of the type `Call` return to their caller. One that calls itself, straight or through others, \
goes deeper with every turn; the engine gives up after ten.\n\n\
Where one of the calls has a precondition this is a warning: the circle may end in time. To let people try something again, \
leave the repetition to a page, which comes back until its validation succeeds.",
    service: &[],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="InvokeSubJourney">
        <JourneyList><Candidate SubJourneyReferenceId="Again" /></JourneyList>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>
<SubJourneys>
  <SubJourney Id="Again" Type="Call">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="2" Type="InvokeSubJourney">
        <JourneyList><Candidate SubJourneyReferenceId="Again" /></JourneyList>
      </OrchestrationStep>
    </OrchestrationSteps>
  </SubJourney>
</SubJourneys>"#
    ),
    passes: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="InvokeSubJourney">
        <JourneyList><Candidate SubJourneyReferenceId="Again" /></JourneyList>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>
<SubJourneys>
  <SubJourney Id="Again" Type="Call">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
    </OrchestrationSteps>
  </SubJourney>
</SubJourneys>"#
    ),
};

pub(crate) fn sub_journey_cycle(target: &Journey, at: &Ref, always: bool) -> Diagnostic {
    let message = format!("the sub journey `{}` calls itself", target.id);
    let found =
        Diagnostic::new(&SUB_JOURNEY_CYCLE, Kind::Subjourney, at.span, message).also(target.span, "begins here");
    match always {
        true => found.label("this call never ends"),
        false => found.label("may go on until the engine gives up").severity(Severity::Warning),
    }
}

#[cfg(test)]
mod tests {
    use super::SUB_JOURNEY_CYCLE;
    use crate::testing::drawn;

    #[test]
    fn it_calls_itself() {
        assert_eq!(
            drawn(&SUB_JOURNEY_CYCLE),
            r#"error: the sub journey `Again` calls itself
1.xml:36:56
|         <JourneyList><Candidate SubJourneyReferenceId="Again" /></JourneyList>
|                                                        ^^^^^ this call never ends
1.xml:30:3
|   <SubJourney Id="Again" Type="Call">
|   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ begins here
"#
        );
    }
}
