//! JM0208: a step with several exchanges where nothing has chosen one of them.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::OrchestrationStep;

/// Several exchanges without a selection before them.
pub const EXCHANGES_WITHOUT_SELECTION: Code = Code {
    id: "JM0208",
    severity: Severity::Warning,
    summary: "a step with several claims exchanges has no selection before it",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

pub(crate) fn exchanges_without_selection(step: &OrchestrationStep) -> Diagnostic {
    let message = format!("step {} has several claims exchanges, but nothing before it chooses one", step.order);
    Diagnostic::new(&EXCHANGES_WITHOUT_SELECTION, Kind::Step, step.span, message)
        .help("put a selection step before it, or give each exchange a step of its own")
}

#[cfg(test)]
mod tests {
    use super::EXCHANGES_WITHOUT_SELECTION;
    use crate::testing::found;

    #[test]
    fn nothing_chooses() {
        let said = found(
            &EXCHANGES_WITHOUT_SELECTION,
            r#"<UserJourneys><UserJourney Id="SignUp"><OrchestrationSteps>
<OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="a" TechnicalProfileReferenceId="A" /><ClaimsExchange Id="b" TechnicalProfileReferenceId="B" /></ClaimsExchanges></OrchestrationStep>
<OrchestrationStep Order="2" Type="SendClaims" />
</OrchestrationSteps></UserJourney></UserJourneys>
<RelyingParty><DefaultUserJourney ReferenceId="signup" /><TechnicalProfile Id="P" /></RelyingParty>"#,
        );
        assert_eq!(
            said,
            r#"warning: step 1 has several claims exchanges, but nothing before it chooses one
0.xml:3:1
| <OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="a" TechnicalProfileReferenceId="A" /><ClaimsExchange Id="b" TechnicalProfileReferenceId="B" /></ClaimsExchanges></OrchestrationStep>
| ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: put a selection step before it, or give each exchange a step of its own
"#
        );
    }
}
