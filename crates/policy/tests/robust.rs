//! Whatever a file holds, compiling it ends with findings and never with a panic.

use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use proptest::prelude::*;

const SEED: &str = r#"<?xml version="1.0"?>
<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicyId="B2C_1A_A" TenantId="t">
  <BasePolicy><TenantId>t</TenantId><PolicyId>B2C_1A_B</PolicyId></BasePolicy>
  <BuildingBlocks>
    <ClaimsSchema>
      <ClaimType Id="é"><DataType>int</DataType><Mask Type="Regex" Regex="a">b</Mask>
        <Restriction MergeBehavior="Append"><Enumeration Text="a" Value="b"/></Restriction></ClaimType>
    </ClaimsSchema>
  </BuildingBlocks>
  <ClaimsProviders><ClaimsProvider><TechnicalProfiles>
    <TechnicalProfile Id="T"><Metadata><Item Key="k">{Settings:x}&amp;</Item></Metadata>
      <OutputClaims><OutputClaim ClaimTypeReferenceId="é" DefaultValue="1"/></OutputClaims>
      <IncludeTechnicalProfile ReferenceId="U"/></TechnicalProfile>
    <TechnicalProfile Id="U"><IncludeTechnicalProfile ReferenceId="T"/></TechnicalProfile>
  </TechnicalProfiles></ClaimsProvider></ClaimsProviders>
  <UserJourneys><UserJourney Id="J"><OrchestrationSteps>
    <OrchestrationStep Order="1" Type="ClaimsExchange"><Preconditions><Precondition Type="ClaimEquals" ExecuteActionsIf="true">
      <Value>é</Value><Value>1</Value></Precondition></Preconditions></OrchestrationStep>
    <OrchestrationStep Order="2" Type="SendClaims"/>
  </OrchestrationSteps></UserJourney></UserJourneys>
  <RelyingParty><DefaultUserJourney ReferenceId="J"/><TechnicalProfile Id="P"/></RelyingParty>
</TrustFrameworkPolicy>"#;

/// Compiles the text as two files of one set, and looks at every place that is named.
fn survives(text: &str) {
    let mut sources = Sources::default();
    sources.add("a.xml", text);
    sources
        .add("b.xml", text.replacen("B2C_1A_A", "B2C_1A_B", 1).replacen("PolicyId>B2C_1A_B", "PolicyId>B2C_1A_A", 2));
    let set = PolicySet::compile(sources, &Settings::default());
    for found in &set.diagnostics {
        for label in std::iter::once(&found.primary).chain(&found.also) {
            let whole = &set.sources.file(label.span.file).text;
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            assert!(whole.get(start..end).is_some(), "{}: {start}..{end} of {}", found.message, whole.len());
            let (line, column) = set.sources.position(label.span);
            assert!(line >= 1 && column >= 1);
        }
    }
    for policy in &set.policies {
        assert_eq!(set.digest(policy).len(), 64);
    }
}

#[test]
fn very_deep_and_very_wide_files() {
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    survives(&deep);
    let head = "<TrustFrameworkPolicy PolicyId='B2C_1A_A'><UserJourneys><UserJourney Id='J'><OrchestrationSteps>";
    let tail = "</OrchestrationSteps></UserJourney></UserJourneys></TrustFrameworkPolicy>";
    survives(&format!("{head}{deep}{tail}"));
    survives(&format!("{head}{}{tail}", "<OrchestrationStep Order='4294967295' Type='Noop'/>".repeat(2_000)));
}

proptest! {
    #[test]
    fn pieces_cut_out_or_doubled(at in 0..SEED.len(), length in 0..200usize, doubled: bool) {
        let start = (0..=at).rev().find(|at| SEED.is_char_boundary(*at)).unwrap_or(0);
        let end = (start + length..=SEED.len()).find(|at| SEED.is_char_boundary(*at)).unwrap_or(SEED.len());
        let piece = if doubled { SEED[start..end].repeat(2) } else { String::new() };
        survives(&format!("{}{piece}{}", &SEED[..start], &SEED[end..]));
    }

    #[test]
    fn characters_put_in(at in 0..SEED.len(), with in "[<>&\"'/{} a-zé\u{feff}=!-]{1,6}") {
        let start = (0..=at).rev().find(|at| SEED.is_char_boundary(*at)).unwrap_or(0);
        survives(&format!("{}{with}{}", &SEED[..start], &SEED[start..]));
    }

    #[test]
    fn lines_in_another_order(order in Just((0..SEED.lines().count()).collect::<Vec<_>>()).prop_shuffle(), keep in 0..30usize) {
        let lines: Vec<_> = SEED.lines().collect();
        let mut shuffled: Vec<_> = order.into_iter().take(keep).filter_map(|at| lines.get(at).copied()).collect();
        shuffled.insert(0, lines[1]);
        shuffled.push("</TrustFrameworkPolicy>");
        survives(&shuffled.join("\n"));
    }

    #[test]
    fn anything_at_all(text in "\\PC{0,200}") {
        survives(&text);
    }
}
