//! Steps: what is skipped, what is chosen, where sub journeys go.

use crate::build::{Parts, SELF_ASSERTED, exchange, page, policy, profile, says};
use crate::play::Play;

/// What is issued at the end.
fn issued(play: &mut Play, script: &str) -> String {
    let seen = play.run(script);
    let line = seen.lines().rev().find(|line| line.starts_with("issued") || line.starts_with("refused"));
    line.unwrap_or("nothing").to_owned()
}

fn precondition(kind: &str, execute: bool, values: &[&str]) -> String {
    let values: String = values.iter().map(|value| format!("<Value>{value}</Value>")).collect();
    format!(
        "<Preconditions><Precondition Type=\"{kind}\" ExecuteActionsIf=\"{execute}\">{values}\
         <Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions>"
    )
}

#[test]
fn preconditions_skip_by_the_table() {
    // What `word` holds before; the precondition; whether the step is skipped.
    let table = [
        (Some("x"), "ClaimsExist", true, &["word"][..], true),
        (None, "ClaimsExist", true, &["word"], false),
        (Some("x"), "ClaimsExist", false, &["word"], false),
        (None, "ClaimsExist", false, &["word"], true),
        (Some("x"), "ClaimEquals", true, &["word", "x"], true),
        (Some("x"), "ClaimEquals", true, &["word", "X"], false),
        (Some("x"), "ClaimEquals", false, &["word", "x"], false),
        (Some("x"), "ClaimEquals", false, &["word", "y"], true),
        (None, "ClaimEquals", true, &["word", "x"], false),
        (None, "ClaimEquals", false, &["word", "x"], false),
    ];
    for (before, kind, execute, values, skipped) in table {
        let first = before.map_or_else(|| says("First", ""), |word| says("First", word));
        let profiles = first + &says("Second", "ran");
        let steps = exchange(1, "First", "") + &exchange(2, "Second", &precondition(kind, execute, values));
        let mut play = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() });
        let ran = issued(&mut play, "start").contains("\"word\":\"ran\"");
        assert_eq!(ran, !skipped, "{before:?} {kind} {execute} {values:?}");
    }
}

const SELECTION: &str = r#"<OrchestrationStep Order="1" Type="ClaimsProviderSelection" ContentDefinitionReferenceId="api.page">
  <ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId="Tea" /><ClaimsProviderSelection TargetClaimsExchangeId="Coffee" /></ClaimsProviderSelections></OrchestrationStep>
<OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges>
  <ClaimsExchange Id="Tea" TechnicalProfileReferenceId="SaysTea" /><ClaimsExchange Id="Coffee" TechnicalProfileReferenceId="SaysCoffee" /></ClaimsExchanges></OrchestrationStep>"#;

fn selection() -> Play {
    let profiles = says("SaysTea", "tea")
        + &says("SaysCoffee", "coffee").replace("<DisplayName>", "<Domain>coffee.example</Domain><DisplayName>");
    policy(&Parts { profiles: &profiles, steps: SELECTION, ..Parts::default() })
}

#[test]
fn a_choice_runs_the_chosen_exchange_and_nothing_else() {
    let mut play = selection();
    insta::assert_snapshot!(play.run("start\nchoose Milk\nchoose Coffee"));
}

#[test]
fn a_domain_hint_chooses_without_a_page() {
    let mut play = selection();
    play.request.domain_hint = Some("Coffee.example".to_owned());
    assert!(issued(&mut play, "start").contains("coffee"));
}

fn sub(kind: &str, inside: &str) -> String {
    format!(
        "<SubJourneys><SubJourney Id=\"Sub\" Type=\"{kind}\"><OrchestrationSteps>{inside}</OrchestrationSteps></SubJourney></SubJourneys>"
    )
}

const INVOKE: &str = r#"<OrchestrationStep Order="1" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="Sub" /></JourneyList></OrchestrationStep>"#;

#[test]
fn a_called_sub_journey_returns_and_shares_its_claims() {
    let profiles = says("In", "inner") + &says("After", "outer").replace("AlwaysUseDefaultValue=\"true\"", "");
    let steps = INVOKE.to_owned() + &exchange(2, "After", "");
    let journeys = sub("Call", &exchange(1, "In", ""));
    let mut play = policy(&Parts { profiles: &profiles, steps: &steps, journeys: &journeys, ..Parts::default() });
    assert!(issued(&mut play, "start").contains("\"word\":\"inner\""));
}

#[test]
fn a_transferred_sub_journey_does_not_return() {
    let profiles = says("In", "inner") + &says("After", "outer");
    let steps = INVOKE.to_owned() + &exchange(2, "After", "");
    let send = "<OrchestrationStep Order=\"2\" Type=\"SendClaims\" />";
    let journeys = sub("Transfer", &(exchange(1, "In", "") + send));
    let mut play = policy(&Parts { profiles: &profiles, steps: &steps, journeys: &journeys, ..Parts::default() });
    assert!(issued(&mut play, "start").contains("\"word\":\"inner\""), "the default issuer of the journey issues");
}

#[test]
fn sub_journeys_that_call_themselves_end() {
    // Without a condition it is an error of `check`.
    let condition = r#"<Preconditions><Precondition Type="ClaimsExist" ExecuteActionsIf="true"><Value>flag</Value>
        <Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions><JourneyList>"#;
    let journeys = sub("Call", &INVOKE.replace("<JourneyList>", condition));
    let mut play = policy(&Parts { steps: INVOKE, journeys: &journeys, ..Parts::default() });
    assert!(issued(&mut play, "start").starts_with("refused AADB2C90037"));
}

#[test]
fn prompt_none_never_shows_a_page() {
    let profiles = page("Page", "<OutputClaims><OutputClaim ClaimTypeReferenceId=\"word\" /></OutputClaims>");
    let steps = exchange(1, "Page", "");
    let mut play = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() });
    play.request.prompt = Some("none".to_owned());
    let ended = issued(&mut play, "start");
    assert!(ended.starts_with("refused AADB2C90077") && ended.contains("this request forbids asking"), "{ended}");
}

#[test]
fn a_page_with_nothing_to_show_is_skipped() {
    let validation = "<OutputClaims><OutputClaim ClaimTypeReferenceId=\"word\" /></OutputClaims><ValidationTechnicalProfiles>\
        <ValidationTechnicalProfile ReferenceId=\"In\" /></ValidationTechnicalProfiles>";
    let profiles = page("Page", validation) + &says("In", "inner");
    let steps = exchange(1, "Page", "");
    let mut play = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() });
    assert!(!issued(&mut play, "start").contains("inner"), "its validation profiles do not run");
}

#[test]
fn what_is_not_run_yet_says_so_where_it_is_reached() {
    let steps = r#"<OrchestrationStep Order="1" Type="ConsentScreen" />"#;
    let seen = std::panic::catch_unwind(|| policy(&Parts { steps, ..Parts::default() }));
    let message = seen.err().and_then(|e| e.downcast::<String>().ok()).expect("a finding of kind unsupported");
    assert!(message.contains("understood, but not run yet"), "{message}");
}

#[test]
fn a_disabled_profile_is_skipped() {
    let enabled = |value: &str| format!("<EnabledForUserJourneys>{value}</EnabledForUserJourneys></TechnicalProfile>");
    let never = says("Never", "never").replace("</TechnicalProfile>", &enabled("Never"));
    let profiles = says("First", "first") + &never;
    let steps = exchange(1, "First", "") + &exchange(2, "Never", "");
    let mut play = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() });
    assert!(issued(&mut play, "start").contains("first"));
}

const HASH: &str = r#"<ClaimsTransformation Id="Hash" TransformationMethod="Hash"><InputClaims>
<InputClaim ClaimTypeReferenceId="word" TransformationClaimType="plaintext" />
<InputClaim ClaimTypeReferenceId="salt" TransformationClaimType="salt" /></InputClaims>
<InputParameters><InputParameter Id="randomizerSecret" DataType="string" Value="KEY" /></InputParameters>
<OutputClaims><OutputClaim ClaimTypeReferenceId="word" TransformationClaimType="hash" /></OutputClaims></ClaimsTransformation>
<ClaimsTransformation Id="Salt" TransformationMethod="CreateRandomString"><InputParameters>
<InputParameter Id="randomGeneratorType" DataType="string" Value="GUID" /></InputParameters>
<OutputClaims><OutputClaim ClaimTypeReferenceId="salt" TransformationClaimType="outputClaim" /></OutputClaims></ClaimsTransformation>"#;

/// A page where `word` is typed, of which a random salt and two digests, one of the other, are made.
fn hashing(key: &str) -> crate::play::Play {
    let run: String =
        ["Salt", "Hash", "Hash"].map(|id| format!("<OutputClaimsTransformation ReferenceId=\"{id}\" />")).concat();
    let asks = r#"<OutputClaims><OutputClaim ClaimTypeReferenceId="word" Required="true" /></OutputClaims>"#;
    let profiles = page("Page", &format!("{asks}<OutputClaimsTransformations>{run}</OutputClaimsTransformations>"));
    policy(&Parts {
        claims: r#"<ClaimType Id="salt"><DataType>string</DataType></ClaimType>"#,
        transformations: &HASH.replace("KEY", key),
        profiles: &profiles,
        steps: &exchange(1, "Page", ""),
        ..Parts::default()
    })
}

#[test]
fn a_digest_with_a_policy_key_is_made_by_the_world() {
    let mut play = hashing("B2C_1A_Pepper");
    let seen = play.run("start\nsubmit word=tea");
    assert_eq!(seen.matches("make a digest with B2C_1A_Pepper").count(), 2, "{seen}");
    let end = seen.lines().find(|line| line.contains("issued by")).expect("it issues").to_owned();
    assert!(end.contains("=\""), "base64: {end}");

    // What was asked twice drew its salt once; and a recording, which knows neither key nor word, ends the same.
    let again = hashing("B2C_1A_Pepper").run("start\nsubmit word=tea");
    assert_eq!(seen, again);
    let (replayed, _) = journeyman_engine::replay(play.program(), &play.events).expect("a recording");
    assert_eq!(replayed.claims().get(&"word".into()), play.journey().claims().get(&"word".into()));
}

#[test]
fn a_digest_of_the_time_is_made_although_time_goes_on() {
    let outputs = r#"<OutputClaims><OutputClaim ClaimTypeReferenceId="word" Required="true" />
        <OutputClaim ClaimTypeReferenceId="salt" DefaultValue="{Context:DateTimeInUtc}" AlwaysUseDefaultValue="true" /></OutputClaims>
        <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId="Hash" /></OutputClaimsTransformations>"#;
    let resolves = [("ContentDefinitionReferenceId", "api.page"), ("IncludeClaimResolvingInClaimsHandling", "true")];
    let mut play = policy(&Parts {
        claims: r#"<ClaimType Id="salt"><DataType>string</DataType></ClaimType>"#,
        transformations: &HASH.replace("KEY", "B2C_1A_Pepper"),
        profiles: &profile("Page", SELF_ASSERTED, &resolves, outputs),
        steps: &exchange(1, "Page", ""),
        ..Parts::default()
    });
    play.pace = 90;
    let seen = play.run("start\nsubmit word=tea");
    assert_eq!(seen.matches("make a digest").count(), 1, "{seen}");
    assert!(seen.contains("issued by"), "{seen}");
}

#[test]
fn without_the_key_no_digest_is_made_and_nobody_gets_on() {
    let seen = hashing("B2C_1A_Salt").run("start\nsubmit word=tea");
    assert!(seen.contains("make a digest with B2C_1A_Salt") && !seen.contains("issued"), "{seen}");
}
