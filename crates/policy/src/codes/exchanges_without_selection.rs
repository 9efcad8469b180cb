//! JM0208: a step with several exchanges where nothing has chosen one of them.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{Journey, OrchestrationStep};

/// Several exchanges without a selection before them.
pub const EXCHANGES_WITHOUT_SELECTION: Code = Code {
    id: "JM0208",
    severity: Severity::Error,
    summary: "a step with several claims exchanges has no selection before it",
    explanation: "A step has several claims exchanges, and nothing before it lets anybody choose among them. It is the most reported error of an upload.\n\n\
Nearly always it comes from inheritance: steps of a journey are merged by their `Order`, and their exchanges add up. A file that declares a journey of its base again, with an exchange of another id in a step of the same number, ends up with both. Give the journey a new id (and name it in `DefaultUserJourney`), or give the exchange the id of the base's exchange: then it takes its place.\n\n\
Where both exchanges are meant, put a step of type `ClaimsProviderSelection` or `CombinedSignInAndSignUp` before them, or give each a step of its own.",
    service: &[
        "User journey \"{journey}\" in policy \"{id}\" of tenant \"{tenant}\" has step {n} with {k} claims exchanges. It must be preceded \
by a claims provider selection in order to determine which claims exchange can be used.",
    ],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="OtherExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
    passes: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="1" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="ExampleExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#
    ),
};

pub(crate) fn exchanges_without_selection(journey: &Journey, step: &OrchestrationStep) -> Diagnostic {
    let many = step.exchanges.len();
    let message = format!(
        "step {} of `{}` has {many} claims exchanges, but nothing before it chooses one",
        step.order, journey.id
    );
    let (last, others) = step.exchanges.split_last().expect("only a step with several is reported");
    let found = Diagnostic::new(&EXCHANGES_WITHOUT_SELECTION, Kind::Step, last.id.span, message);
    let found = others
        .iter()
        .fold(found, |found, other| found.also(other.id.span, format!("`{}` comes from here", other.id.value)));
    match others.iter().find(|other| other.id.span.file != last.id.span.file) {
        Some(base) => found.label("adds up with the exchange of the base policy").help(format!(
            "give the exchange the id `{}` to take that one's place, or give the journey an id of its own",
            base.id.value
        )),
        None => found.help("put a selection step before it, or give each exchange a step of its own"),
    }
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
            r#"error: step 1 of `SignUp` has 2 claims exchanges, but nothing before it chooses one
0.xml:3:146
| <OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="a" TechnicalProfileReferenceId="A" /><ClaimsExchange Id="b" TechnicalProfileReferenceId="B" /></ClaimsExchanges></OrchestrationStep>
|                                                                                                                                                  ^
0.xml:3:89
| <OrchestrationStep Order="1" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="a" TechnicalProfileReferenceId="A" /><ClaimsExchange Id="b" TechnicalProfileReferenceId="B" /></ClaimsExchanges></OrchestrationStep>
|                                                                                         ^ `a` comes from here
help: put a selection step before it, or give each exchange a step of its own
"#
        );
    }
}
