//! JM1031: a claim resolver is not filled in.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::model::{ClaimUse, TechnicalProfile};
use journeyman_policy::source::Span;

/// A claim resolver is not filled in.
pub const RESOLVER_NOT_ASKED: Code = Code {
    id: "JM1031",
    severity: Severity::Warning,
    summary: "a claim resolver is not filled in",
    explanation: "A claim's default holds a claim resolver, but the technical profile does not ask for resolvers to be filled \
in. The text goes through as it is written: a person sees `{OIDC:LoginHint}` in a field, a service gets it as a value. The \
service says nothing of it at upload.\n\n\
Add `<Item Key=\"IncludeClaimResolvingInClaimsHandling\">true</Item>` to the profile's metadata. Without \
`AlwaysUseDefaultValue=\"true\"` on the claim the default only counts while the claim has no value. Application Insights, \
display controls, the relying party, and addresses of pages and services need neither.",
    service: &[],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Name</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  <OutputClaims><OutputClaim ClaimTypeReferenceId="email" DefaultValue="{OIDC:LoginHint}" AlwaysUseDefaultValue="true" /></OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Name</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
  <Metadata><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="email" DefaultValue="{OIDC:LoginHint}" AlwaysUseDefaultValue="true" /></OutputClaims>
</TechnicalProfile>"#,
    ),
};

pub(crate) fn resolver_not_asked(at: Span, written: &str, profile: &TechnicalProfile, claim: &ClaimUse) -> Diagnostic {
    let switch = "IncludeClaimResolvingInClaimsHandling";
    let also = if claim.always_use_default { "" } else { ", and `AlwaysUseDefaultValue=\"true\"` to the claim" };
    let finding = Diagnostic::new(&RESOLVER_NOT_ASKED, Kind::Claim, at, format!("`{written}` is not filled in"))
        .label(format!("`{}` does not ask for it", profile.id))
        .help(format!("add `<Item Key=\"{switch}\">true</Item>` to its metadata{also}"));
    match profile.metadata.get(&Name::new(switch)) {
        Some(off) => finding.also(off.span, "resolvers are switched off"),
        None => finding,
    }
}
