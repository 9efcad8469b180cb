//! The page contract, asserted on parsed documents: what clients, scripts and people with a keyboard rely on.

use journeyman_engine::page::{PageError, PageItem, PageModel};
use journeyman_pages::{ErrorPage, PageContext, render, render_error, samples};
use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn one<'a>(page: &'a Html, selector: &str) -> ElementRef<'a> {
    let found = select(page, selector);
    assert_eq!(found.len(), 1, "{selector}");
    found[0]
}

fn attribute<'a>(element: ElementRef<'a>, name: &str) -> &'a str {
    element.attr(name).unwrap_or_else(|| panic!("{name} of {}", element.html()))
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

fn sample(name: &str) -> Html {
    let sample = samples::all().into_iter().find(|sample| sample.name == name).expect("a sample");
    Html::parse_document(&sample.html)
}

fn model(name: &str) -> PageModel {
    samples::models().into_iter().find(|(id, _)| *id == name).expect("a model").1
}

/// The JSON of `var NAME = …;` on one line, as browser-less clients cut it out.
fn global(html: &str, name: &str) -> serde_json::Value {
    let start = format!("var {name} = ");
    let line = html.lines().find(|line| line.starts_with(&start)).expect("the global");
    let json = line.strip_prefix(&start).and_then(|rest| rest.strip_suffix(';')).expect("one statement");
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn settings_are_one_line_of_json() {
    let html = render(&model("combined"), &samples::context());
    let settings = global(&html, "SETTINGS");
    assert_eq!(settings["api"], "CombinedSigninAndSignup");
    assert_eq!(settings["csrf"], samples::context().csrf);
    assert!(settings["transId"].as_str().is_some_and(|id| id.starts_with("StateProperties=")));
    assert_eq!(settings["hosts"]["tenant"], "/bank.onmicrosoft.com/B2C_1A_Payment");
    assert_eq!(settings["hosts"]["policy"], "B2C_1A_Payment");
    assert!(settings["hosts"].get("static").is_some());
    let html = render(&model("control_initial"), &samples::context());
    let fields = &global(&html, "SA_FIELDS")["AttributeFields"];
    assert_eq!(fields[0]["USER_INPUT_TYPE"], "DisplayControl");
    assert_eq!(fields[0]["DISPLAY_FIELDS"][1]["CONTROL_CLAIM"], "VerificationCode");
    assert_eq!(fields[1]["ID"], "newPassword");
    assert_eq!(fields[1]["IS_PASSWORD"], true);
}

#[test]
fn a_page_starts_with_its_correlation_id() {
    let html = render(&model("combined"), &samples::context());
    assert!(html.starts_with("<!-- CorrelationId: 7c1c2a52-5b8e-4c56-9d0a-5a1b7f4f2f10 -->\n<!DOCTYPE html>"));
}

#[test]
fn the_combined_page_has_its_hooks() {
    let page = sample("combined_providers");
    assert_eq!(attribute(one(&page, "#api"), "data-name"), "Unified");
    let form = one(&page, "form#localAccountForm[method=post]");
    assert_eq!(
        attribute(form, "action"),
        "/bank.onmicrosoft.com/B2C_1A_Payment/SelfAsserted?tx=StateProperties%3DeyJUSUQiOiJzYW1wbGUifQ&p=B2C_1A_Payment"
    );
    assert_eq!(attribute(one(&page, "form input[name=csrf_token][type=hidden]"), "value"), samples::context().csrf);
    assert_eq!(attribute(one(&page, "form input[name=request_type][type=hidden]"), "value"), "RESPONSE");
    one(&page, "input#signInName[name=signInName][type=email][autocomplete=username][required]");
    one(&page, "input#password[type=password][autocomplete=current-password]:not([value])");
    one(&page, "label[for=signInName]#signInName_label");
    one(&page, "button#next[type=submit]");
    one(&page, "a#forgotPassword[href*='/api/CombinedSigninAndSignup/forgotPassword?csrf_token=']");
    one(&page, "a#createAccount[href*='/unified?local=signup&csrf_token=']");
    one(
        &page,
        "a#ContosoExchange.accountButton[href*='/api/CombinedSigninAndSignup/unified?claimsexchange=ContosoExchange&csrf_token=']",
    );
    one(&page, ".claims-provider-list-text-links a#PhoneExchange");
}

#[test]
fn a_self_asserted_page_has_its_hooks() {
    let page = sample("control_initial");
    assert_eq!(attribute(one(&page, "#api"), "data-name"), "SelfAsserted");
    one(
        &page,
        "form#attributeVerification #attributeList li.Password.newPassword_li .attrEntry input#newPassword[autocomplete=new-password]",
    );
    one(&page, "button#continue");
    one(&page, "a#cancel[href*='/api/SelfAsserted/error?code=AADB2C90091&csrf_token=']");
    one(&page, ".pageLevel.error");
    one(&page, "#newPassword_error.itemLevel.error[hidden]");
}

#[test]
fn a_control_offers_what_its_state_allows() {
    let action = |page: &Html, selector: &str| {
        let button = one(page, selector);
        assert!(button.attr("formnovalidate").is_some(), "empty fields elsewhere must not stop it");
        attribute(button, "formaction").split_once("/vbeta/").expect("an action").1.split('?').next().map(str::to_owned)
    };
    let initial = sample("control_initial");
    let send = "button#emailVerificationControl_but_send_code.sendCode";
    assert_eq!(action(&initial, send).as_deref(), Some("emailVerificationControl/SendCode"));
    assert!(select(&initial, "#verificationCode, .verifyCode, .changeClaims").is_empty());
    one(&initial, "input#email[type=email]:not([readonly])");

    let sent = sample("control_sent");
    let verify = "button#emailVerificationControl_but_verify_code.verifyCode";
    assert_eq!(action(&sent, verify).as_deref(), Some("emailVerificationControl/VerifyCode"));
    one(&sent, "button#emailVerificationControl_but_send_new_code.sendNewCode");
    one(&sent, "input#verificationCode[autocomplete=one-time-code][inputmode=numeric]:not([value])");
    one(&sent, "input#email[readonly]");
    assert!(text(one(&sent, ".verificationInfoText")).starts_with("We sent a code"));

    let wrong = sample("control_wrong_code");
    assert!(text(one(&wrong, ".verificationErrorText[role=alert]:not([hidden])")).contains("incorrect"));

    let verified = sample("control_verified");
    let change = "button#emailVerificationControl_but_change_claims.changeClaims";
    assert_eq!(action(&verified, change).as_deref(), Some("emailVerificationControl/Change"));
    assert!(select(&verified, "#verificationCode, .sendCode, .verifyCode").is_empty());
    one(&verified, ".verificationSuccessText:not([hidden])");
}

#[test]
fn enter_in_a_plain_form_leads_to_the_next_thing_to_do() {
    let first_button = |name: &str| {
        let page = sample(name);
        let button = select(&page, "form button")[0];
        attribute(button, "formaction").to_owned()
    };
    assert!(first_button("control_initial").contains("/SendCode?"));
    assert!(first_button("control_sent").contains("/VerifyCode?"));
    assert!(first_button("control_verified").contains("/SelfAsserted?tx="));
    assert!(first_button("email_built_in").contains("request_type=VALIDATION_REQUEST&claim_id=email"));
}

#[test]
fn the_built_in_email_verification_has_its_hooks() {
    let page = sample("email_built_in");
    one(&page, "button#email_ver_but_verify.verifyCode[formaction*='request_type=VALIDATION_REQUEST&claim_id=email']");
    one(&page, "button#email_ver_but_resend.sendNewCode[formaction*='request_type=VERIFICATION_REQUEST']");
    one(&page, "button#email_ver_but_edit.changeClaims[formaction*='request_type=CHANGE_REQUEST']");
    one(&page, "input#email_ver_input[autocomplete=one-time-code]");
    one(&page, "label#email_ver_input_label[for=email_ver_input]");
}

#[test]
fn what_is_approved_is_text_on_the_page() {
    let page = sample("payment");
    assert_eq!(text(one(&page, "li.Paragraph.amount_li p#amount")), "1,250.00");
    assert_eq!(text(one(&page, "#payee")), "Nordwind Heating & Plumbing Ltd");
    assert_eq!(text(one(&page, "#maskedPhone")), "+44 •••• ••• 123");
}

#[test]
fn mistakes_are_listed_linked_and_described() {
    let page = sample("combined_field_errors");
    let summary = one(&page, "#summary[role=alert][tabindex='-1']:not([hidden])");
    assert!(text(summary).contains("Please enter a valid email address."));
    one(&page, "#mistakes a[href='#signInName']");
    let input = one(&page, "input#signInName[aria-invalid=true]");
    assert!(attribute(input, "aria-describedby").split(' ').any(|id| id == "signInName_error"));
}

#[test]
fn the_form_post_posts_itself_and_has_a_button() {
    let page = sample("form_post");
    one(&page, "form#auto[method=post][action='https://app.example/back'] button[type=submit]");
    assert_eq!(attribute(one(&page, "form#auto input[name=code][type=hidden]"), "value"), "sample-code");
}

#[test]
fn a_token_page_shows_claims_and_times() {
    let page = sample("token");
    let rows = select(&page, "tbody tr");
    let expiry = rows.iter().find(|row| text(**row).starts_with("exp")).expect("a row");
    assert!(text(*expiry).contains("2026-03-01T11:00:30Z"), "{}", text(*expiry));
}

#[test]
fn every_sample_is_a_sound_document() {
    for sample in samples::all() {
        let page = Html::parse_document(&sample.html);
        let name = sample.name;
        assert_eq!(select(&page, "h1").len(), 1, "{name}: one h1");
        assert_eq!(select(&page, "main").len(), 1, "{name}: one main");
        assert!(!text(one(&page, "title")).is_empty(), "{name}: a title");
        assert!(!attribute(one(&page, "html"), "lang").is_empty(), "{name}: a language");
        check_ids(&page, name);
        check_names(&page, name);
        check_quiet(&page, name);
        for script in select(&page, "script, style") {
            assert_eq!(script.attr("nonce"), Some(samples::NONCE), "{name}: a nonce");
        }
    }
}

/// Ids are unique, and whatever refers to one finds it.
fn check_ids(page: &Html, name: &str) {
    let mut ids: Vec<&str> = select(page, "[id]").into_iter().filter_map(|element| element.attr("id")).collect();
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "{name}: an id twice");
    for element in select(page, "[aria-describedby], [aria-labelledby], label[for]") {
        for attribute in ["aria-describedby", "aria-labelledby", "for"] {
            for id in element.attr(attribute).unwrap_or_default().split(' ').filter(|id| !id.is_empty()) {
                assert!(ids.binary_search(&id).is_ok(), "{name}: {attribute} names {id}");
            }
        }
    }
}

/// Everything that is operated has a name.
fn check_names(page: &Html, name: &str) {
    for input in select(page, "input:not([type=hidden]), select") {
        let id = attribute(input, "id");
        let labelled = input.attr("aria-label").is_some() || select(page, &format!("label[for='{id}']")).len() == 1;
        assert!(labelled, "{name}: {id} has a label");
    }
    for button in select(page, "button:not(.enter), a") {
        assert!(!text(button).is_empty(), "{name}: {}", button.html());
    }
}

/// Nothing is fetched, nothing runs from an attribute.
fn check_quiet(page: &Html, name: &str) {
    assert!(select(page, "[src], link[rel=stylesheet], iframe, object, base").is_empty(), "{name}: a request");
    for element in select(page, "*") {
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on"), "{name}: {attribute}");
            assert!(attribute != "style", "{name}: a style attribute, which the policy blocks");
            assert!(!value.starts_with("javascript:"), "{name}: {attribute}");
        }
    }
}

#[test]
fn secrets_are_never_in_the_source() {
    let mut page = model("control_sent");
    for item in &mut page.items {
        match item {
            PageItem::Field(field) => field.value = Some("hunter2".into()),
            PageItem::Control(control) => {
                for field in &mut control.fields {
                    field.value =
                        Some(if field.id == "verificationCode" { "hunter2" } else { "ann@example.com" }.into());
                }
            }
        }
    }
    page.items.pop();
    assert!(!render(&page, &samples::context()).contains("hunter2"));
}

#[test]
fn a_template_holds_the_page() {
    let template = "<html><head><title>Shop</title></head><body><div id=\"api\"></div></body></html>";
    let context = PageContext { template: Some(template.into()), ..samples::context() };
    let html = render(&model("combined"), &context);
    let page = Html::parse_document(&html);
    one(&page, "#api[data-name=Unified][role=main] input#signInName");
    assert_eq!(text(one(&page, "title")), "Shop");
    assert_eq!(global(&html, "SETTINGS")["api"], "CombinedSigninAndSignup");
    let broken = PageContext { template: Some("<p>no place</p>".into()), ..samples::context() };
    one(&Html::parse_document(&render(&model("combined"), &broken)), "main #api input#signInName");
}

#[test]
fn an_error_page_can_have_a_template() {
    let page = ErrorPage {
        title: "We cannot continue".into(),
        message: "Go back & try again.".into(),
        code: Some("AADB2C90006".into()),
        correlation_id: "7c1c2a52".into(),
        timestamp: "2026-03-01 10:20:30Z".into(),
        language: "en".into(),
        return_link: None,
        detail: None,
        template: Some("<html><head></head><body><div id='api'></div><footer>Shop</footer></body></html>".into()),
    };
    let html = render_error(&page, samples::NONCE);
    let document = Html::parse_document(&html);
    assert_eq!(text(one(&document, "#api[data-name=GlobalException] .error-page-help")), "Go back & try again.");
    assert_eq!(text(one(&document, "footer")), "Shop");
}

#[test]
fn an_error_page_names_nothing_that_it_does_not_know() {
    let page = ErrorPage {
        title: "There is nothing here".into(),
        message: "Check the address.".into(),
        code: None,
        correlation_id: String::new(),
        timestamp: String::new(),
        language: "en".into(),
        return_link: None,
        detail: None,
        template: None,
    };
    let html = render_error(&page, samples::NONCE);
    assert!(!html.contains("correlationId") && !html.contains("timestamp"), "{html}");
}

#[test]
fn the_shape_of_two_pages() {
    let api = |name: &str| one(&sample(name), "#api").html();
    insta::assert_snapshot!("combined", api("combined"));
    insta::assert_snapshot!("payment_sent", api("payment_sent"));
}

/// The tags of a document, in order: what a text must not change.
fn skeleton(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    page.root_element()
        .descendants()
        .filter_map(ElementRef::wrap)
        .map(|element| {
            let names: Vec<_> = element.value().attrs().map(|(name, _)| name).collect();
            format!("{} {names:?}", element.value().name())
        })
        .collect()
}

/// Every text of the page that comes from a policy or a person.
fn with_text(hostile: &str) -> PageModel {
    let mut page = model("control_wrong_code");
    page.heading = hostile.into();
    page.intro = Some(hostile.into());
    page.error = Some(PageError { message: hostile.into(), code: Some(hostile.into()) });
    page.notice = Some(hostile.into());
    page.texts.insert("required_field".into(), hostile.into());
    page.texts.insert("button_continue".into(), hostile.into());
    for item in &mut page.items {
        match item {
            PageItem::Field(field) => {
                field.label = hostile.into();
                field.help = Some(hostile.into());
                field.error = Some(hostile.into());
                field.pattern = Some((hostile.into(), hostile.into()));
                field.value = Some(hostile.into());
            }
            PageItem::Control(control) => {
                control.notice = Some(hostile.into());
                control.error = Some(hostile.into());
                for text in control.texts.values_mut() {
                    *text = hostile.into();
                }
                for field in &mut control.fields {
                    field.label = hostile.into();
                    field.value = Some(hostile.into());
                }
            }
        }
    }
    page
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "</script>",
        "<script>alert(1)</script>",
        "<!--",
        "-->",
        "]]>",
        "\"",
        "'",
        " onload=",
        "<img src=x onerror=alert(1)>",
        "</title>",
        "</style>",
        "</textarea>",
        "&quot;",
        "&#60;",
        "\u{202e}",
        "\u{2028}",
        "{{",
        "{%",
        "\\",
        "`",
        "é",
        " ",
        "a\n",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 1..12).prop_map(|pieces| pieces.concat()),
        "\\PC{1,200}",
        Just(format!("x{}", "<b>\"'&\u{202e}".repeat(1500))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn texts_stay_texts(text in hostile()) {
        let context = samples::context();
        let page = with_text(&text);
        let html = render(&page, &context);
        prop_assert_eq!(skeleton(&html), skeleton(&render(&with_text("harmless"), &context)));
        prop_assert_eq!(&global(&html, "CONTENT")["required_field"], &serde_json::Value::String(text));
    }

    #[test]
    fn the_context_stays_in_its_place(text in hostile()) {
        let with = |text: &str| PageContext {
            policy: text.into(), csrf: text.into(), tx: text.into(), correlation_id: text.into(), ..samples::context()
        };
        let page = model("combined_providers");
        let html = render(&page, &with(&text));
        prop_assert_eq!(skeleton(&html), skeleton(&render(&page, &with("harmless"))));
        let settings = global(&html, "SETTINGS");
        prop_assert_eq!(settings["csrf"].as_str(), Some(text.as_str()));
    }
}
