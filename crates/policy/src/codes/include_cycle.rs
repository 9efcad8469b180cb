//! JM0111: technical profiles that include one another in a circle.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::source::Span;

/// A circle of inclusions.
pub const INCLUDE_CYCLE: Code = Code {
    id: "JM0111",
    severity: Severity::Error,
    summary: "technical profiles include one another in a circle",
    explanation: "A technical profile includes another, with `IncludeTechnicalProfile` or `IncludeClaimsFromTechnicalProfile`, and \
following those references leads back to a profile that was there already. An inclusion lays a profile under the one that \
names it, after all files of the chain are merged, and a circle has no lowest profile to begin with. The profiles of the \
circle keep what they have themselves; whatever they should have taken from one another is missing.\n\n\
The reference may stand in another file than the profile: an extension that adds an inclusion to a common profile makes a \
circle as well. Take one of the inclusions out, or move what both need into a third profile.",
    service: &[],
    fails: Example::Elements(&[r#"<ClaimsProviders>
  <ClaimsProvider>
    <DisplayName>Directory</DisplayName>
    <TechnicalProfiles>
      <TechnicalProfile Id="Common">
        <DisplayName>Directory</DisplayName>
        <Protocol Name="None" />
        <IncludeTechnicalProfile ReferenceId="Read" />
      </TechnicalProfile>
      <TechnicalProfile Id="Read">
        <DisplayName>Read</DisplayName>
        <IncludeTechnicalProfile ReferenceId="Common" />
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#]),
    passes: Example::Elements(&[r#"<ClaimsProviders>
  <ClaimsProvider>
    <DisplayName>Directory</DisplayName>
    <TechnicalProfiles>
      <TechnicalProfile Id="Common">
        <DisplayName>Directory</DisplayName>
        <Protocol Name="None" />
      </TechnicalProfile>
      <TechnicalProfile Id="Read">
        <DisplayName>Read</DisplayName>
        <IncludeTechnicalProfile ReferenceId="Common" />
      </TechnicalProfile>
    </TechnicalProfiles>
  </ClaimsProvider>
</ClaimsProviders>"#]),
};

pub(crate) fn include_cycle(target: &Ref, declared: Span) -> Diagnostic {
    let message = format!("including `{}` leads back to it", target.value);
    Diagnostic::new(&INCLUDE_CYCLE, Kind::Profile, target.span, message)
        .label("closes the circle")
        .also(declared, format!("`{}` is declared here", target.value))
}

#[cfg(test)]
mod tests {
    use super::INCLUDE_CYCLE;
    use crate::testing::found;

    #[test]
    fn a_profile_that_includes_itself() {
        let said = found(
            &INCLUDE_CYCLE,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<IncludeTechnicalProfile ReferenceId="tp" />
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: including `tp` leads back to it
0.xml:4:39
| <IncludeTechnicalProfile ReferenceId="tp" />
|                                       ^^ closes the circle
0.xml:3:1
| <TechnicalProfile Id="TP">
| ^^^^^^^^^^^^^^^^^^^^^^^^^^ `tp` is declared here
"#
        );
    }
}
