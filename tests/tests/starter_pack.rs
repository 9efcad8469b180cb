//! The public starter pack `LocalAccounts`, unmodified, served by the demo: sign-up, sign-in, reset, profile, refresh.

use std::path::{Path, PathBuf};

use journeyman_tests::app::{App, REDIRECT, Tokens};
use journeyman_tests::client::{Dialect, Page};
use journeyman_tests::demo::{Demo, Options};
use journeyman_tests::person::Customer;

const TENANT: &str = "yourtenant.onmicrosoft.com";
const SIGN_IN: &str = "B2C_1A_signup_signin";
const PASSWORD_RESET: &str = "B2C_1A_PasswordReset";
const PROFILE_EDIT: &str = "B2C_1A_ProfileEdit";

/// The pack served by a demo of one's own, if the folder that is shared with the project is there.
#[expect(clippy::print_stdout, reason = "says why it passes without testing anything")]
async fn with_the_pack() -> Option<(Demo, App)> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("JOURNEYMAN_SHARED").map_or_else(beside, PathBuf::from);
    let pack = shared.join("corpus/starterpack/LocalAccounts");
    if !pack.is_dir() {
        println!("skipped: shared/ is absent");
        return None;
    }
    let demo = Demo::start_with(Options { policies: vec![pack], ..Options::default() }).await;
    let app = App::at(&demo.engine(), TENANT);
    Some((demo, app))
}

/// Ann, in front of the sign-in page.
async fn sign_in_page(demo: &Demo, app: &App, dialect: Dialect) -> (Customer, Page) {
    let mut ann = Customer::new(&demo.sites(), dialect, "Ann");
    let page = ann.browser.open(app.authorize(SIGN_IN, &[])).await;
    page.expect("Sign in with your email address");
    (ann, page)
}

/// Proves on a page that the address is Ann's.
async fn verify_address(demo: &Demo, ann: &mut Customer, page: &Page) -> Page {
    let email = ann.person.email.clone();
    let page = ann.press(page, ".sendCode", &[("email", &email)]).await;
    page.expect("Verification code has been sent to your inbox.");
    let code = demo.code_for(&email).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let page = ann.press(&page, ".verifyCode", &[("email_ver_input", wrong)]).await;
    assert!(!page.says("E-mail address verified."), "{page}");
    let page = ann.press(&page, ".verifyCode", &[("email_ver_input", &code)]).await;
    page.expect("E-mail address verified.");
    page
}

/// Makes Ann's account, and redeems the code that the application got.
async fn sign_up(demo: &Demo, app: &App, dialect: Dialect) -> (Customer, Tokens) {
    let (mut ann, page) = sign_in_page(demo, app, dialect).await;
    let page = ann.press(&page, "#createAccount", &[]).await;
    let page = verify_address(demo, &mut ann, &page).await;
    let form = [
        ("newPassword", ann.person.password.clone()),
        ("reenterPassword", ann.person.password.clone()),
        ("displayName", "Ann".to_owned()),
        ("givenName", "Ann".to_owned()),
        ("surName", "Demo".to_owned()),
    ];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = ann.press(&page, "#continue", &form).await;
    let tokens = redeem(app, SIGN_IN, &page).await;
    (ann, tokens)
}

/// What the application makes of the address that the browser was sent to.
async fn redeem(app: &App, policy: &str, page: &Page) -> Tokens {
    assert!(page.url.as_str().starts_with(REDIRECT), "the application is not reached yet: {page}");
    let code = page.parameter("code").unwrap_or_else(|| panic!("no code came back: {page}"));
    let tokens = app.redeem(policy, &code).await;
    assert_eq!(tokens.status, 200, "{}", tokens.body);
    tokens
}

#[tokio::test]
async fn signs_up_with_a_verified_address_and_signs_in() {
    for dialect in Dialect::ALL {
        let Some((demo, app)) = with_the_pack().await else { return };
        let (_, tokens) = sign_up(&demo, &app, dialect).await;
        let claims = tokens.claims();
        let told = ["name", "given_name", "family_name", "nonce"].map(|name| claims[name].as_str());
        assert_eq!(told, [Some("Ann"), Some("Ann"), Some("Demo"), Some("a-nonce")], "{claims}");

        let (mut ann, page) = sign_in_page(&demo, &app, dialect).await;
        let wrong = [("signInName", ann.person.email.as_str()), ("password", "not-the-passw0rd")];
        let page = ann.browser.press(&page, "#next", &wrong).await;
        page.expect("Your password is incorrect");
        let page = ann.enter_password(&page).await;
        assert_eq!(redeem(&app, SIGN_IN, &page).await.claims()["sub"], claims["sub"]);
    }
}

#[tokio::test]
async fn edits_the_profile_and_refreshes() {
    let Some((demo, app)) = with_the_pack().await else { return };
    let (mut ann, tokens) = sign_up(&demo, &app, Dialect::Script).await;
    let page = ann.browser.open(app.authorize(PROFILE_EDIT, &[])).await;
    let page = ann.press(&page, "#continue", &[("givenName", "Annie")]).await;
    let edited = redeem(&app, PROFILE_EDIT, &page).await;
    assert_eq!(edited.claims()["sub"], tokens.claims()["sub"]);

    let refreshed = app.refresh(SIGN_IN, tokens.text("refresh_token")).await;
    assert_eq!(refreshed.claims()["given_name"], "Annie", "read anew: {}", refreshed.body);
}

#[tokio::test]
async fn a_new_password_ends_what_the_old_one_began() {
    for dialect in Dialect::ALL {
        let Some((demo, app)) = with_the_pack().await else { return };
        let (mut ann, tokens) = sign_up(&demo, &app, dialect).await;
        // Refresh tokens of the last five minutes are let through: clocks are never quite the same.
        demo.advance(600).await;
        let page = ann.browser.open(app.authorize(PASSWORD_RESET, &[])).await;
        let page = verify_address(&demo, &mut ann, &page).await;
        let page = ann.press(&page, "#continue", &[]).await;
        ann.person.password = "An0ther-password".to_owned();
        let form = [("newPassword", "An0ther-password"), ("reenterPassword", "An0ther-password")];
        let page = ann.press(&page, "#continue", &form).await;
        assert_eq!(redeem(&app, PASSWORD_RESET, &page).await.claims()["sub"], tokens.claims()["sub"]);

        let old = app.refresh(SIGN_IN, tokens.text("refresh_token")).await;
        assert_eq!((old.status, old.text("error")), (400, "invalid_grant"), "{}", old.body);
        let (mut fresh, page) = sign_in_page(&demo, &app, dialect).await;
        fresh.person = ann.person.clone();
        let page = fresh.enter_password(&page).await;
        let signed_in = redeem(&app, SIGN_IN, &page).await;
        assert_eq!(app.refresh(SIGN_IN, signed_in.text("refresh_token")).await.status, 200);
    }
}
