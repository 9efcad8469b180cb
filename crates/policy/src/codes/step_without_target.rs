//! JM0215: a step that does not say what it runs.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{OrchestrationStep, StepType};

/// An `InvokeSubJourney` without a sub journey, or a `GetClaims` without a reader.
pub const STEP_WITHOUT_TARGET: Code = Code {
    id: "JM0215",
    severity: Severity::Error,
    summary: "a step does not name what it runs",
    explanation: "A step of type `InvokeSubJourney` names its sub journey in a `JourneyList`, and a step of type `GetClaims` the \
technical profile that reads the request's `id_token_hint` in the attribute `CpimIssuerTechnicalProfileReferenceId`. A step \
that names nothing has nothing to do, and the journey ends there with an error.\n\n\
Add what is missing. Where a file overrides the step of a base policy, what it leaves out comes from the base: check that the \
base's step has the same `Order` as yours.",
    service: &[],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="InvokeSubJourney" />
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
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

pub(crate) fn step_without_target(step: &OrchestrationStep) -> Diagnostic {
    let (lacks, advice) = match step.step_type.value {
        StepType::InvokeSubJourney => {
            ("names no sub journey", "add `<JourneyList><Candidate SubJourneyReferenceId=\"…\" /></JourneyList>`")
        }
        _ => ("names no technical profile to read claims with", "add `CpimIssuerTechnicalProfileReferenceId`"),
    };
    Diagnostic::new(&STEP_WITHOUT_TARGET, Kind::Step, step.span, format!("step {} {lacks}", step.order)).help(advice)
}

#[cfg(test)]
mod tests {
    use super::STEP_WITHOUT_TARGET;
    use crate::testing::drawn;

    #[test]
    fn no_sub_journey() {
        assert_eq!(
            drawn(&STEP_WITHOUT_TARGET),
            r#"error: step 2 names no sub journey
1.xml:22:7
|       <OrchestrationStep Order="2" Type="InvokeSubJourney" />
|       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: add `<JourneyList><Candidate SubJourneyReferenceId="…" /></JourneyList>`
"#
        );
    }
}
