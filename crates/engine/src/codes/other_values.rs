//! JM1084: a precondition compares with a text that the claim never has.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use std::collections::BTreeSet;

use journeyman_policy::model::{Precondition, Ref};
use journeyman_policy::nearest_word;
use journeyman_policy::source::Spanned;

use super::Where;

/// A literal that is none of the values that the journey gives the claim.
pub const OTHER_VALUES: Code = Code {
    id: "JM1084",
    severity: Severity::Warning,
    summary: "a precondition compares a claim with a text that it never has there",
    explanation: "A `ClaimEquals` precondition compares a claim with a text. Everything before that sets the claim gives it a fixed text, a default value or the parameter of `CreateStringClaim`, and this text is none of them. So the two are never equal: with `ExecuteActionsIf=\"true\"` the step always runs, with `false` it is skipped whenever the claim has a value.\n\n\
Correct the text; upper and lower case count. Or let something before give the claim that text.",
    service: &[],
    fails: Example::Leaf(
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Ask for a name</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="displayName" />
          <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="none" />
        </OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <Preconditions>
          <Precondition Type="ClaimEquals" ExecuteActionsIf="true">
            <Value>objectId</Value><Value>None</Value>
            <Action>SkipThisOrchestrationStep</Action>
          </Precondition>
        </Preconditions>
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#,
    ),
    passes: Example::Leaf(
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Ask for a name</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims>
          <OutputClaim ClaimTypeReferenceId="displayName" />
          <OutputClaim ClaimTypeReferenceId="objectId" DefaultValue="none" />
        </OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>
<UserJourneys>
  <UserJourney Id="Journey">
    <OrchestrationSteps>
      <OrchestrationStep Order="2" Type="ClaimsExchange">
        <Preconditions>
          <Precondition Type="ClaimEquals" ExecuteActionsIf="true">
            <Value>objectId</Value><Value>none</Value>
            <Action>SkipThisOrchestrationStep</Action>
          </Precondition>
        </Preconditions>
        <ClaimsExchanges><ClaimsExchange Id="AgainExchange" TechnicalProfileReferenceId="Example" /></ClaimsExchanges>
      </OrchestrationStep>
      <OrchestrationStep Order="3" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="Issuer" />
    </OrchestrationSteps>
  </UserJourney>
</UserJourneys>"#,
    ),
};

pub(crate) fn other_values(
    at: &Where<'_>,
    claim: &Ref,
    literal: &Spanned<String>,
    precondition: &Precondition,
    texts: &BTreeSet<String>,
) -> Diagnostic {
    let message =
        format!("`{}` is never `{}` before step {} of `{}`", claim.value, literal.value, at.step.order, at.journey);
    let follows = match precondition.execute_if {
        true => "so this precondition never skips anything",
        false => "so this precondition skips whenever the claim has a value",
    };
    let known: Vec<_> = texts.iter().map(String::as_str).collect();
    let near = nearest_word(&literal.value, &known);
    let found = Diagnostic::new(&OTHER_VALUES, Kind::Claim, literal.span, message).label(follows);
    // A condition that does nothing does no harm: packs compare with what only some of their journeys set.
    let harmless = precondition.execute_if && near.is_none();
    let found = if harmless { found.severity(Severity::Note) } else { found };
    match near {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => {
            let texts: Vec<_> = known.iter().map(|text| format!("`{text}`")).collect();
            found.help(format!("what the steps before give it is {}", texts.join(" or ")))
        }
    }
}
