//! JM0260: a reference in another case than the declaration. Said only where fixes are asked for.

use crate::diagnostic::{Code, Diagnostic, Edit, Kind, Severity};
use crate::example::Example;
use crate::source::Span;

/// A reference in another case than what it refers to.
pub const OTHER_CASE: Code = Code {
    id: "JM0260",
    severity: Severity::Note,
    summary: "a reference is written in another case than what it refers to",
    explanation: "A reference and the declaration that it leads to differ in upper and lower case. Ids are compared without \
regard to case, by the service and by this engine, so nothing is wrong with the policy, and `check` does not mention it. But \
whoever searches the files for one spelling does not find the other.\n\n\
`check --fix` writes the reference as the declaration is written. References to claim types and display controls are left as \
they are: their spelling goes out into tokens, requests and pages.",
    service: &[],
    fails: Example::Leaf(
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <DisplayName>Own</DisplayName>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Ask for the name</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfAsserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" Required="true" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<ClaimsProviders>
  <ClaimsProvider>
    <DisplayName>Own</DisplayName>
    <TechnicalProfiles>
      <TechnicalProfile Id="Example">
        <DisplayName>Ask for the name</DisplayName>
        <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
        <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
        <OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" Required="true" /></OutputClaims>
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#,
    ),
};

pub(crate) fn other_case(kind: Kind, at: Span, written: &str, declared: &str) -> Diagnostic {
    Diagnostic::new(&OTHER_CASE, kind, at, format!("`{written}` is declared as `{declared}`"))
        .fix(format!("write `{declared}`"), [Edit::replace(at, declared)])
}

#[cfg(test)]
mod tests {
    use crate::spelling;
    use crate::testing::{compile, draw, file};

    fn claims(profile: &str) -> String {
        format!(
            "<ClaimsProviders><ClaimsProvider><DisplayName>x</DisplayName><TechnicalProfiles>\n\
             <TechnicalProfile Id=\"Common\"><DisplayName>x</DisplayName></TechnicalProfile>\n{profile}\n\
             </TechnicalProfiles></ClaimsProvider></ClaimsProviders>"
        )
    }

    #[test]
    fn what_leads_somewhere_in_another_case_is_shown_with_the_declarations() {
        let profile = "<TechnicalProfile Id=\"T\"><UseTechnicalProfileForSessionManagement ReferenceId=\"common\" /></TechnicalProfile>";
        let set = compile(&[&file("B2C_1A_T", None, &claims(profile))]);
        let said: String = spelling(&set).iter().map(|found| draw(found, &set.sources)).collect();
        assert!(said.starts_with("note: `common` is declared as `Common`\n0.xml:"), "{said}");
        assert!(set.diagnostics.iter().all(|found| found.code.id != "JM0260"));
    }

    #[test]
    fn claims_keep_the_spelling_that_goes_out() {
        let inside = "<BuildingBlocks><ClaimsSchema><ClaimType Id=\"email\"><DataType>string</DataType></ClaimType></ClaimsSchema>\
                      </BuildingBlocks>"
            .to_owned()
            + &claims("<TechnicalProfile Id=\"T\"><OutputClaims><OutputClaim ClaimTypeReferenceId=\"Email\" /></OutputClaims></TechnicalProfile>");
        assert_eq!(spelling(&compile(&[&file("B2C_1A_T", None, &inside)])), []);
    }
}
