//! Self-asserted pages: what is read, checked, kept and handed on.

use crate::build::{CODE, DIRECTORY, Parts, REST, SELF_ASSERTED, SESSION, exchange, page, policy, profile, says};
use crate::play::Play;

fn one_page(inside: &str, more: &str) -> Play {
    let profiles = page("Page", inside) + more;
    policy(&Parts { profiles: &profiles, steps: &exchange(1, "Page", ""), ..Parts::default() })
}

#[test]
fn fields_are_required_and_keep_what_was_typed() {
    let mut play = one_page(
        "<OutputClaims><OutputClaim ClaimTypeReferenceId=\"word\" Required=\"true\" /><OutputClaim ClaimTypeReferenceId=\"who\" /></OutputClaims>",
        "",
    );
    insta::assert_snapshot!(play.run("start\nsubmit who=ada\nsubmit word=hello~there"));
}

#[test]
fn lists_patterns_and_numbers_are_checked() {
    let claims = r#"
      <ClaimType Id="drink"><DisplayName>Drink</DisplayName><DataType>string</DataType><UserInputType>DropdownSingleSelect</UserInputType>
        <Restriction><Enumeration Text="Tea" Value="tea" SelectByDefault="true" /><Enumeration Text="Coffee" Value="coffee" /></Restriction></ClaimType>
      <ClaimType Id="plate"><DisplayName>Plate</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType>
        <Restriction><Pattern RegularExpression="^[A-Z]{2}\d{3}$" HelpText="Two letters and three digits." /></Restriction></ClaimType>
      <ClaimType Id="count"><DisplayName>Count</DisplayName><DataType>int</DataType><UserInputType>TextBox</UserInputType></ClaimType>"#;
    let outputs =
        ["drink", "plate", "count"].map(|id| format!("<OutputClaim ClaimTypeReferenceId=\"{id}\" />")).concat();
    let profiles = page("Page", &format!("<OutputClaims>{outputs}</OutputClaims>"));
    let steps = exchange(1, "Page", "");
    let parts = Parts { claims, profiles: &profiles, steps: &steps, outputs: &outputs, ..Parts::default() };
    insta::assert_snapshot!(
        policy(&parts).run("start\nsubmit drink=milk plate=ab1 count=many\nsubmit drink=tea plate=AB123 count=3")
    );
}

#[test]
fn validation_outputs_reach_the_journey_only_where_the_page_lists_them() {
    let listed = r#"<DisplayClaims><DisplayClaim ClaimTypeReferenceId="who" /></DisplayClaims><OutputClaims><OutputClaim ClaimTypeReferenceId="who" />{LISTED}</OutputClaims>
        <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="In" /></ValidationTechnicalProfiles>"#;
    let word = r#"<OutputClaim ClaimTypeReferenceId="word" />"#;
    for (listed, expected) in [(listed.replace("{LISTED}", word), true), (listed.replace("{LISTED}", ""), false)] {
        let seen = one_page(&listed, &says("In", "inner")).run("start\nsubmit who=ada");
        assert_eq!(seen.contains("\"word\":\"inner\""), expected, "{seen}");
    }
}

/// A page whose validation profiles call services `a` and `b`, with attributes for the first.
fn two_services(first: &str) -> Play {
    let call = |id: &str| {
        let url = format!("https://{}.example/", id.to_lowercase());
        let metadata =
            [("ServiceUrl", url.as_str()), ("AuthenticationType", "None"), ("AllowInsecureAuthInProduction", "true")];
        let claims = r#"<InputClaims><InputClaim ClaimTypeReferenceId="who" PartnerClaimType="name" /></InputClaims><OutputClaims><OutputClaim ClaimTypeReferenceId="word" /></OutputClaims>"#;
        profile(id, REST, &metadata, claims)
    };
    let inside = format!(
        r#"<DisplayClaims><DisplayClaim ClaimTypeReferenceId="who" /></DisplayClaims><OutputClaims><OutputClaim ClaimTypeReferenceId="who" /><OutputClaim ClaimTypeReferenceId="word" /></OutputClaims>
        <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="A" {first} /><ValidationTechnicalProfile ReferenceId="B" /></ValidationTechnicalProfiles>"#
    );
    one_page(&inside, &(call("A") + &call("B")))
}

fn answer(play: &mut Play, status: u16, body: &str) {
    play.world.answers.push_back(journeyman_engine::effect::HttpReply::Answered { status, body: body.to_owned() });
}

#[test]
fn the_first_failure_of_a_validation_stops_and_is_told() {
    let mut play = two_services("");
    answer(&mut play, 409, r#"{"version":"1.0.0","status":409,"userMessage":"Taken."}"#);
    insta::assert_snapshot!(play.run("start\nsubmit who=ada"));
}

#[test]
fn a_failure_that_may_be_passed_over_is() {
    let mut play = two_services("ContinueOnError=\"true\"");
    answer(&mut play, 409, r#"{"userMessage":"Taken."}"#);
    answer(&mut play, 200, r#"{"word":"from b"}"#);
    assert!(play.run("start\nsubmit who=ada").contains("\"word\":\"from b\""));
}

#[test]
fn a_success_can_be_enough() {
    let mut play = two_services("ContinueOnSuccess=\"false\"");
    answer(&mut play, 200, r#"{"word":"from a"}"#);
    let seen = play.run("start\nsubmit who=ada");
    assert!(seen.contains("\"word\":\"from a\"") && !seen.contains("https://b.example"), "{seen}");
}

#[test]
fn a_form_that_is_refused_too_often_ends_the_journey() {
    let claims = "<OutputClaims><OutputClaim ClaimTypeReferenceId=\"who\" /></OutputClaims>\
        <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId=\"A\" /></ValidationTechnicalProfiles>";
    let metadata = [("ContentDefinitionReferenceId", "api.page"), ("setting.retryLimit", "2")];
    let service = [
        ("ServiceUrl", "https://a.example/"),
        ("AuthenticationType", "None"),
        ("AllowInsecureAuthInProduction", "true"),
    ];
    let profiles = profile("Page", SELF_ASSERTED, &metadata, claims) + &profile("A", REST, &service, "");
    let steps = exchange(1, "Page", "");
    let mut play = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() });
    answer(&mut play, 409, r#"{"userMessage":"No."}"#);
    answer(&mut play, 409, r#"{"userMessage":"No."}"#);
    let seen = play.run("start\nsubmit who=a\nsubmit who=b");
    assert!(seen.contains("refused AADB2C90157: No."), "{seen}");
}

#[test]
fn a_password_ends_with_its_page() {
    let inside = "<OutputClaims><OutputClaim ClaimTypeReferenceId=\"secret\" /></OutputClaims>";
    let profiles = page("Page", inside);
    let steps = exchange(1, "Page", "");
    let outputs = "<OutputClaim ClaimTypeReferenceId=\"secret\" />";
    let seen = policy(&Parts { profiles: &profiles, steps: &steps, outputs, ..Parts::default() })
        .run("start\nsubmit secret=hush");
    assert!(
        seen.contains("inspect secret") && !seen.lines().any(|l| l.starts_with("issued") && l.contains("hush")),
        "{seen}"
    );
}

#[test]
fn an_empty_field_makes_a_claim_only_where_asked() {
    for (allow, expected) in [("true", false), ("false", true)] {
        let claims = r#"<InputClaims><InputClaim ClaimTypeReferenceId="word" DefaultValue="kept" /></InputClaims>
            <OutputClaims><OutputClaim ClaimTypeReferenceId="word" /></OutputClaims>"#;
        let metadata = [("ContentDefinitionReferenceId", "api.page"), ("AllowGenerationOfClaimsWithNullValues", allow)];
        let profiles = profile("Page", SELF_ASSERTED, &metadata, claims);
        let steps = exchange(1, "Page", "");
        let seen = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() }).run("start\nsubmit word=");
        assert_eq!(seen.contains("\"word\":\"kept\""), expected, "{allow}: {seen}");
    }
}

const CONTROL: &str = r#"<DisplayControls><DisplayControl Id="control" UserInterfaceControlType="VerificationControl">
  <DisplayClaims><DisplayClaim ClaimTypeReferenceId="who" Required="true" />
    <DisplayClaim ClaimTypeReferenceId="typed" ControlClaimType="VerificationCode" Required="true" /></DisplayClaims>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="who" /></OutputClaims>
  <Actions>
    <Action Id="SendCode"><ValidationClaimsExchange><ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="Make" />
      <ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="Send" /></ValidationClaimsExchange></Action>
    <Action Id="VerifyCode"><ValidationClaimsExchange><ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="Check" /></ValidationClaimsExchange></Action>
  </Actions></DisplayControl></DisplayControls>"#;

fn verification() -> Play {
    verification_after("", "")
}

/// The same after a first step that runs that profile.
fn verification_after(first: &str, runs: &str) -> Play {
    let claims = r#"<ClaimType Id="made"><DataType>string</DataType></ClaimType>
      <ClaimType Id="typed"><DisplayName>Code</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType></ClaimType>"#;
    let identifier = r#"<InputClaim ClaimTypeReferenceId="who" PartnerClaimType="identifier" />"#;
    let make = format!(
        r#"<InputClaims>{identifier}</InputClaims><OutputClaims><OutputClaim ClaimTypeReferenceId="made" PartnerClaimType="otpGenerated" /></OutputClaims>"#
    );
    let check = format!(
        r#"<InputClaims>{identifier}<InputClaim ClaimTypeReferenceId="typed" PartnerClaimType="otpToVerify" /></InputClaims>"#
    );
    let send = r#"<InputClaims><InputClaim ClaimTypeReferenceId="made" PartnerClaimType="code" /></InputClaims>"#;
    let service = [
        ("ServiceUrl", "https://mail.example/"),
        ("AuthenticationType", "None"),
        ("AllowInsecureAuthInProduction", "true"),
    ];
    let shown = r#"<DisplayClaims><DisplayClaim DisplayControlReferenceId="control" /></DisplayClaims><OutputClaims><OutputClaim ClaimTypeReferenceId="who" /></OutputClaims>"#;
    let metadata = [
        ("ContentDefinitionReferenceId", "api.page"),
        ("UserMessageIfInvalidCode", "Out of tries."),
        ("UserMessageIfVerificationFailedRetryAllowed", "Once more."),
    ];
    let profiles = profile("Page", SELF_ASSERTED, &metadata, shown)
        + &profile("Make", CODE, &[("Operation", "GenerateCode"), ("NumRetryAttempts", "2")], &make)
        + &profile("Check", CODE, &[("Operation", "VerifyCode")], &check)
        + &profile("Send", REST, &service, send)
        + first;
    let steps = match runs {
        "" => exchange(1, "Page", ""),
        runs => exchange(1, runs, "") + &exchange(2, "Page", ""),
    };
    policy(&Parts { claims, blocks: CONTROL, profiles: &profiles, steps: &steps, ..Parts::default() })
}

#[test]
fn a_control_sends_checks_changes_and_verifies() {
    insta::assert_snapshot!(verification().run(
        "start
        action control SendCode
        action control SendCode who=ada@example.com
        action control VerifyCode typed=000000 who=eve@example.com
        action control Change
        action control SendCode who=bea@example.com
        action control VerifyCode typed=100002
        submit who=eve@example.com"
    ));
}

#[test]
fn tries_end_with_their_messages() {
    let mut play = verification();
    let seen = play.run(
        "start
        action control SendCode who=ada@example.com
        action control VerifyCode typed=1
        action control VerifyCode typed=2
        action control VerifyCode typed=100001",
    );
    let errors: Vec<_> = seen.lines().filter_map(|line| line.split(" ERROR ").nth(1)).collect();
    assert_eq!(errors, ["Once more.", "Out of tries.", "Too many wrong codes. Wait a while, then send a new code."]);
}

#[test]
fn what_is_typed_is_counted_beside_the_person() {
    let finds = r#"<InputClaims><InputClaim ClaimTypeReferenceId="word" PartnerClaimType="objectId" DefaultValue="new" /></InputClaims>"#;
    let finds = profile("Finds", DIRECTORY, &[("Operation", "Read")], finds);
    let mut play = verification_after(&finds, "Finds");
    play.world.add_user("new", []);
    let seen = play.run("start\naction control SendCode who=+44~7700~900123\naction control VerifyCode typed=100001");
    let counted: Vec<_> = seen.lines().map(str::trim).filter(|line| line.contains("attempt")).collect();
    assert_eq!(
        counted,
        [
            "count an attempt of user:new: Message",
            "count an attempt of to:+447700900123: Message",
            "count an attempt of user:new: Verification",
            "count an attempt of to:+447700900123: Verification",
            "forget attempts of user:new: Verification",
            "forget attempts of to:+447700900123: Verification",
        ]
    );
}

#[test]
fn codes_that_a_form_checks_are_counted_across_journeys() {
    let claims = r#"<ClaimType Id="typed"><DisplayName>Code</DisplayName><DataType>string</DataType><UserInputType>TextBox</UserInputType></ClaimType>"#;
    let check = r#"<InputClaims><InputClaim ClaimTypeReferenceId="who" PartnerClaimType="identifier" /><InputClaim ClaimTypeReferenceId="typed" PartnerClaimType="otpToVerify" /></InputClaims>"#;
    let form = r#"<OutputClaims><OutputClaim ClaimTypeReferenceId="who" /><OutputClaim ClaimTypeReferenceId="typed" /></OutputClaims><ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="Check" /></ValidationTechnicalProfiles>"#;
    let profiles = page("Page", form) + &profile("Check", CODE, &[("Operation", "VerifyCode")], check);
    let steps = exchange(1, "Page", "");
    let mut play = policy(&Parts { claims, profiles: &profiles, steps: &steps, ..Parts::default() });
    let mut seen = String::new();
    for _ in 0..6 {
        seen = play.run("start\nsubmit who=Ada@Example.com typed=000000");
    }
    assert_eq!(seen.matches("count an attempt of to:ada@example.com: Verification").count(), 6, "{seen}");
    assert_eq!(seen.matches("check a code").count(), 5, "the sixth is not even looked at: {seen}");
}

#[test]
fn a_code_never_appears_on_a_page_or_in_a_token() {
    let mut play = verification();
    let seen =
        play.run("start\naction control SendCode who=ada@example.com\naction control VerifyCode typed=100001\nsubmit");
    let leaks =
        seen.lines().filter(|l| l.contains("100001") && !l.starts_with('>') && !l.contains("https://mail.example"));
    assert_eq!(leaks.count(), 0, "{seen}");
}

#[test]
fn a_session_profile_remembers_and_marks() {
    let claims = r#"<ClaimType Id="remembered"><DataType>boolean</DataType></ClaimType>"#;
    let uses = r#"<OutputClaims><OutputClaim ClaimTypeReferenceId="who" /><OutputClaim ClaimTypeReferenceId="word" /></OutputClaims><UseTechnicalProfileForSessionManagement ReferenceId="SM" />"#;
    let keeps = r#"<PersistedClaims><PersistedClaim ClaimTypeReferenceId="who" /></PersistedClaims><OutputClaims><OutputClaim ClaimTypeReferenceId="remembered" DefaultValue="true" /></OutputClaims>"#;
    let profiles = page("Page", uses) + &profile("SM", SESSION, &[], keeps);
    let steps = exchange(1, "Page", "");
    let outputs = "<OutputClaim ClaimTypeReferenceId=\"remembered\" />";
    let mut play = policy(&Parts { claims, profiles: &profiles, steps: &steps, outputs, ..Parts::default() });
    insta::assert_snapshot!(play.run("start\nsubmit who=ada word=hello\nstart"));
}

#[test]
fn a_session_counts_for_its_person_only() {
    let uses = r#"<OutputClaims><OutputClaim ClaimTypeReferenceId="who" /></OutputClaims><UseTechnicalProfileForSessionManagement ReferenceId="SM" />"#;
    let keeps = r#"<PersistedClaims><PersistedClaim ClaimTypeReferenceId="who" /></PersistedClaims>"#;
    let finds = r#"<InputClaims><InputClaim ClaimTypeReferenceId="word" PartnerClaimType="objectId" /></InputClaims><OutputClaims><OutputClaim ClaimTypeReferenceId="word" PartnerClaimType="objectId" /></OutputClaims>"#;
    let profiles = page("Asks", "<OutputClaims><OutputClaim ClaimTypeReferenceId=\"word\" /></OutputClaims>")
        + &profile("Finds", DIRECTORY, &[("Operation", "Read")], finds)
        + &page("Signs", uses)
        + &profile("SM", SESSION, &[], keeps);
    let steps = exchange(1, "Asks", "") + &exchange(2, "Finds", "") + &exchange(3, "Signs", "");
    let mut play = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() });
    play.world.add_user("ada", []);
    play.world.add_user("bob", []);
    play.run("start\nsubmit word=ada\nsubmit who=ada\nstart");
    let session = play.session.clone().expect("a session of ada's");
    let seen = play.run("submit word=ada");
    assert!(seen.lines().any(|line| line.starts_with("issued by Issuer: {\"sub\":\"ada\"")), "{seen}");

    play.session = Some(session);
    let seen = play.run("start\nsubmit word=bob");
    assert!(seen.ends_with("TextBox who\n  link cancel\n"), "the page of somebody else is not skipped: {seen}");
    play.run("submit who=bob");
    let session = play.session.clone().expect("a session of bob's");
    assert_eq!(session.person.as_deref(), Some("bob"));
    let remembered: Vec<_> = session.claims.values().flat_map(|bag| bag.iter()).collect();
    assert!(remembered.iter().all(|(_, claim)| claim.value.to_text() == "bob"), "{remembered:?}");
}

#[test]
fn sign_on_that_is_suppressed_leaves_no_session() {
    let profiles = says("First", "first");
    let steps = exchange(1, "First", "");
    let behaviors = "<UserJourneyBehaviors><SingleSignOn Scope=\"Suppressed\" /></UserJourneyBehaviors>";
    let mut play = policy(&Parts { profiles: &profiles, steps: &steps, behaviors, ..Parts::default() });
    play.run("start");
    assert!(play.session.is_none());
}

#[test]
fn a_read_of_a_missing_user_fails_only_where_it_must() {
    let claims = r#"<InputClaims><InputClaim ClaimTypeReferenceId="who" PartnerClaimType="signInNames.emailAddress" DefaultValue="a@b.example" /></InputClaims><OutputClaims><OutputClaim ClaimTypeReferenceId="word" PartnerClaimType="displayName" /></OutputClaims>"#;
    for (must, expected) in [("true", "refused AADB2C90053"), ("false", "issued")] {
        let profiles = profile(
            "Read",
            DIRECTORY,
            &[("Operation", "Read"), ("RaiseErrorIfClaimsPrincipalDoesNotExist", must)],
            claims,
        );
        let steps = exchange(1, "Read", "");
        let seen = policy(&Parts { profiles: &profiles, steps: &steps, ..Parts::default() }).run("start");
        assert!(seen.lines().any(|line| line.starts_with(expected)), "{must}: {seen}");
    }
}
