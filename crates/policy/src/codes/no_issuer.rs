//! JM0211: claims are sent, and nobody makes the token.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::{Journey, JourneyKind, OrchestrationStep};

/// A `SendClaims` step without an issuer.
pub const NO_ISSUER: Code = Code {
    id: "JM0211",
    severity: Severity::Error,
    summary: "a step sends claims, but no technical profile makes the token",
    explanation: "A step of type `SendClaims` hands the claims to the technical profile that issues the token. It names the \
profile in its own attribute `CpimIssuerTechnicalProfileReferenceId`, or leaves that to the attribute \
`DefaultCpimIssuerTechnicalProfileReferenceId` of the user journey. With neither, there is nothing to answer the application \
with: at the service the journey ends with the error AADB2C90108.\n\n\
Name the issuer, usually the profile `JwtIssuer` of the base policy, in the step.",
    service: &[
        "User journey '{journey}' send claims step does not contain a reference to an issuer technical profile.",
        "AADB2C90108",
    ],
    fails: in_journey!(
        r#"<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" />
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

pub(crate) fn no_issuer(journey: &Journey, step: &OrchestrationStep) -> Diagnostic {
    let message = format!("step {} of `{}` sends claims, but names no issuer", step.order, journey.id);
    let (what, place) = match journey.kind {
        JourneyKind::User => ("the journey names none either", "it"),
        JourneyKind::Call | JourneyKind::Transfer => ("nor do the journeys that get here", "them"),
    };
    Diagnostic::new(&NO_ISSUER, Kind::Step, step.span, message)
        .also(journey.span, what)
        .help(format!("add `CpimIssuerTechnicalProfileReferenceId`, or give {place} a default issuer"))
}

#[cfg(test)]
mod tests {
    use super::NO_ISSUER;
    use crate::testing::drawn;

    #[test]
    fn neither_here_nor_by_default() {
        assert_eq!(
            drawn(&NO_ISSUER),
            r#"error: step 3 of `Journey` sends claims, but names no issuer
1.xml:25:7
|       <OrchestrationStep Order="3" Type="SendClaims" />
|       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
1.xml:20:3
|   <UserJourney Id="Journey">
|   ^^^^^^^^^^^^^^^^^^^^^^^^^^ the journey names none either
help: add `CpimIssuerTechnicalProfileReferenceId`, or give it a default issuer
"#
        );
    }
}
