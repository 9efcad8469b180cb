//! JM1034: a claim resolver stands where none is filled in.

use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::resolver::Place;

/// A claim resolver stands where none is filled in.
pub const RESOLVER_PLACE: Code = Code {
    id: "JM1034",
    severity: Severity::Warning,
    summary: "a claim resolver stands where none is filled in",
    explanation: "Claim resolvers are filled in where claims get their defaults, in the addresses of pages and services, and in \
content definition parameters. Here one stands elsewhere, so it goes through as it is written.\n\n\
Parameters of claims transformations and predicates are constants: give the value to a claim first (an output claim of a \
technical profile with the resolver as default), and take that claim as input. `{oauth2:…}` and `{property:…}` are not values \
but names: they stand in `PartnerClaimType`.",
    service: &[],
    fails: Example::Leaf(
        r#"<BuildingBlocks>
  <ClaimsTransformations>
    <ClaimsTransformation Id="Remember" TransformationMethod="CreateStringClaim">
      <InputParameters><InputParameter Id="value" DataType="string" Value="{OIDC:ClientId}" /></InputParameters>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" TransformationClaimType="createdClaim" /></OutputClaims>
    </ClaimsTransformation>
  </ClaimsTransformations>
</BuildingBlocks>
<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Application</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
    <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
    <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="Remember" /></OutputClaimsTransformations>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
    passes: Example::Leaf(
        r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
  <TechnicalProfile Id="Example">
    <DisplayName>Application</DisplayName>
    <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.ClaimsTransformationProtocolProvider" />
    <Metadata><Item Key="IncludeClaimResolvingInClaimsHandling">true</Item></Metadata>
    <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" DefaultValue="{OIDC:ClientId}" AlwaysUseDefaultValue="true" /></OutputClaims>
  </TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
    ),
};

pub(crate) fn resolver_place(at: Span, written: &str, place: &str, works: Option<Place>) -> Diagnostic {
    let finding = Diagnostic::new(&RESOLVER_PLACE, Kind::Claim, at, format!("`{written}` has no effect here"))
        .label(format!("claim resolvers are not filled in in {place}"));
    match works {
        Some(works) => finding.help(format!("its place is {}", works.as_str())),
        None => finding.help("make a claim of it first, with a technical profile, and take that as input"),
    }
}
