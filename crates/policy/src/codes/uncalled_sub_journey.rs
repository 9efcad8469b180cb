//! JM0214: a sub journey that the policy declares and does not call.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Journey;

/// A sub journey of the leaf that nothing calls.
pub const UNCALLED_SUB_JOURNEY: Code = Code {
    id: "JM0214",
    severity: Severity::Warning,
    summary: "a sub journey that no journey calls",
    explanation: "The file that applications call declares a sub journey, and no step of the policy's journeys invokes it. \
Nothing in it runs, not even a check that it was written for.\n\n\
Invoke it from a step of type `InvokeSubJourney`, or remove it. Sub journeys of base policies are not reported: another policy \
may call them.",
    service: &[],
    fails: in_journey!(
        r#"<SubJourneys>
  <SubJourney Id="Check" Type="Call">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="CheckExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
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
        <JourneyList><Candidate SubJourneyReferenceId="Check" /></JourneyList>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>
<SubJourneys>
  <SubJourney Id="Check" Type="Call">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="CheckExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
    </OrchestrationSteps>
  </SubJourney>
</SubJourneys>"#
    ),
};

pub(crate) fn uncalled_sub_journey(journey: &Journey) -> Diagnostic {
    let message = format!("no journey of this policy calls the sub journey `{}`", journey.id);
    Diagnostic::new(&UNCALLED_SUB_JOURNEY, Kind::Subjourney, journey.span, message)
        .label("nothing in it runs")
        .help("invoke it from a step of type `InvokeSubJourney`, or remove it")
}

#[cfg(test)]
mod tests {
    use super::UNCALLED_SUB_JOURNEY;
    use crate::testing::drawn;

    #[test]
    fn in_the_leaf() {
        assert_eq!(
            drawn(&UNCALLED_SUB_JOURNEY),
            r#"warning: no journey of this policy calls the sub journey `Check`
1.xml:20:3
|   <SubJourney Id="Check" Type="Call">
|   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ nothing in it runs
help: invoke it from a step of type `InvokeSubJourney`, or remove it
"#
        );
    }
}
