//! JM0219: a step after the end of its journey.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::OrchestrationStep;

/// A step that is never reached.
pub const UNREACHABLE_STEP: Code = Code {
    id: "JM0219",
    severity: Severity::Warning,
    summary: "a step that is never reached",
    explanation: "A step before this one always ends the journey: it sends claims without a precondition, or hands over to a \
`Transfer` sub journey without one. What stands after it does not run.\n\n\
Often the step was meant to come before, or the earlier one was meant to have a precondition. Telemetry after `SendClaims` is \
not reported: the service runs it when the answer is on its way.",
    service: &[],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="3" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
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

pub(crate) fn unreachable_step(last: &OrchestrationStep, step: &OrchestrationStep) -> Diagnostic {
    let message = format!("step {} is never reached: step {} always ends the journey", step.order, last.order);
    Diagnostic::new(&UNREACHABLE_STEP, Kind::Step, step.span, message)
        .also(last.span, "ends the journey")
        .help(format!("put it before step {}, give that one a precondition, or remove it", last.order))
}

#[cfg(test)]
mod tests {
    use super::UNREACHABLE_STEP;
    use crate::testing::drawn;

    #[test]
    fn after_the_answer() {
        assert_eq!(
            drawn(&UNREACHABLE_STEP),
            r#"warning: step 3 is never reached: step 2 always ends the journey
1.xml:22:7
|       <OrchestrationStep Order="3" Type="ClaimsExchange">
|       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
0.xml:45:7
|       <OrchestrationStep Order="2" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
|       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ends the journey
help: put it before step 2, give that one a precondition, or remove it
"#
        );
    }
}
