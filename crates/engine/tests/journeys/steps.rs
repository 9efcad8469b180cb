//! Steps: what is skipped, what is chosen, where sub journeys go.

use crate::build::{Parts, exchange, page, policy, says};
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
    let journeys = sub("Call", INVOKE);
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
