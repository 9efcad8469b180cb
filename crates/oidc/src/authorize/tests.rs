//! Every way to ask wrongly, and where the answer goes.

use serde_json::json;

use super::{AuthorizationRequest, Prompt, Refused};
use crate::{Client, ClientKind, Code, Delivery, FrontChannel, Parameters, Problem, RedirectUri, ResponseMode, Secret};

const CALLBACK: &str = "https://app.example/cb";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Parameters to change in a request that is right.
type Changes<'a> = &'a [(&'a str, &'a str)];

fn clients() -> Vec<Client> {
    let redirect_uris = vec![RedirectUri::parse(CALLBACK).expect("valid")];
    let web = Client {
        redirect_uris: redirect_uris.clone(),
        front_channel: FrontChannel { id_token: true, access_token: true },
        ..Client::new("web", ClientKind::Confidential(vec![Secret::new("a secret of the web client")]))
    };
    let page = Client { redirect_uris, ..Client::new("page", ClientKind::SinglePage) };
    vec![web, page]
}

/// A request that is right but for `changes`: a value replaces, an empty one removes, a name with `+` is added a second
/// time.
fn read(changes: Changes<'_>) -> Result<AuthorizationRequest, Refused> {
    let mut pairs = vec![
        ("client_id", "web"),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid"),
        ("state", "st4te"),
        ("nonce", "n0nce"),
    ];
    for (name, value) in changes {
        match name.strip_prefix('+') {
            Some(again) => pairs.push((again, value)),
            None => {
                pairs.retain(|(known, _)| known != name);
                pairs.push((name, value));
            }
        }
    }
    let clients = clients();
    let parameters = Parameters::new(pairs).expect("bounded");
    AuthorizationRequest::read(&parameters, |id| clients.iter().find(|client| client.id == id))
}

#[test]
fn what_is_wrong_with_the_address_is_told_to_the_person_only() {
    let cases: [(Changes<'_>, &str); 13] = [
        (&[("client_id", "")], "AADB2C90008"),
        (&[("client_id", "nobody")], "AADB2C90018"),
        (&[("client_id", "WEB")], "AADB2C90018"),
        (&[("+client_id", "page")], "AADB2C90136"),
        (&[("redirect_uri", "https://evil.example/cb")], "AADB2C90006"),
        (&[("redirect_uri", "https://app.example/cb/../../evil")], "AADB2C90006"),
        (&[("redirect_uri", "https://app.example.evil.example/cb")], "AADB2C90006"),
        (&[("redirect_uri", "https://app.example/cb?next=https://evil.example")], "AADB2C90006"),
        (&[("redirect_uri", "https://app.example@evil.example/cb")], "AADB2C90005"),
        (&[("redirect_uri", "javascript:alert(1)")], "AADB2C90005"),
        (&[("redirect_uri", "/cb")], "AADB2C90005"),
        (&[("+redirect_uri", "https://evil.example/cb")], "AADB2C90136"),
        // Everything else is wrong too, and the address is still what counts.
        (&[("redirect_uri", "https://evil.example/"), ("response_type", "x"), ("scope", "")], "AADB2C90006"),
    ];
    for (changes, expected) in cases {
        let refused = read(changes).expect_err("wrong");
        assert_eq!(refused.problem.reference(), expected, "{changes:?}");
        assert_eq!(refused.return_to, None, "{changes:?}");
    }
}

#[test]
fn everything_else_is_told_to_the_application() {
    let long = "x".repeat(36);
    let native = ("client_id", "page");
    let cases: &[(Changes<'_>, &str, &str)] = &[
        (&[("+nonce", "other")], "AADB2C90136", "invalid_request"),
        (&[("+state", "other")], "AADB2C90136", "invalid_request"),
        (&[("id_token_hint", "a.b.c"), ("+id_token_hint", "d.e.f")], "AADB2C90136", "invalid_request"),
        (&[("response_type", "")], "AADB2C90083", "invalid_request"),
        (&[("response_type", "magic")], "AADB2C90013", "unsupported_response_type"),
        (&[("response_type", "none")], "AADB2C90013", "unsupported_response_type"),
        (&[("response_type", "code code")], "AADB2C90013", "unsupported_response_type"),
        (&[("response_mode", "web_message")], "AADB2C90014", "invalid_request"),
        (&[("response_type", "id_token"), ("response_mode", "query")], "AADB2C90014", "invalid_request"),
        (&[("response_type", "code id_token"), ("response_mode", "query")], "AADB2C90014", "invalid_request"),
        (&[("response_type", "token"), ("scope", "web"), ("response_mode", "query")], "AADB2C90014", "invalid_request"),
        (&[native, ("response_type", "id_token")], "AADB2C90057", "unauthorized_client"),
        (&[native, ("response_type", "token"), ("scope", "page")], "AADB2C90057", "unauthorized_client"),
        (&[("scope", "")], "AADB2C90010", "invalid_request"),
        (&[("scope", "profile")], "AADB2C90117", "invalid_request"),
        (&[("scope", "openid <script>")], "AADB2C99005", "invalid_request"),
        (&[("scope", "offline_access")], "AADB2C90115", "invalid_request"),
        (&[("response_type", "id_token"), ("scope", "web")], "AADB2C90110", "invalid_request"),
        (&[("response_type", "token"), ("scope", "openid")], "AADB2C90123", "invalid_request"),
        (&[("response_type", "id_token"), ("nonce", "")], "AADB2C90009", "invalid_request"),
        (&[("response_type", "code id_token"), ("nonce", "")], "AADB2C90009", "invalid_request"),
        (&[native], "AADB2C99059", "invalid_request"),
        (&[native, ("code_challenge_method", "S256")], "AADB2C90184", "invalid_request"),
        (&[native, ("code_challenge", "too-short")], "AADB2C90136", "invalid_request"),
        (&[native, ("code_challenge", CHALLENGE), ("code_challenge_method", "S512")], "AADB2C90184", "invalid_request"),
        (&[("prompt", "maybe")], "AADB2C90043", "invalid_request"),
        (&[("prompt", "none login")], "AADB2C90043", "invalid_request"),
        (&[("max_age", "-1")], "AADB2C90120", "invalid_request"),
        (&[("max_age", "+1")], "AADB2C90120", "invalid_request"),
        (&[("max_age", "1.5")], "AADB2C90120", "invalid_request"),
        (&[("max_age", "99999999999")], "AADB2C90120", "invalid_request"),
        (&[("ui_locales", "en <b>")], "AADB2C90112", "invalid_request"),
        (&[("ui_locales", &long)], "AADB2C90112", "invalid_request"),
        (&[("campaign", "<script>")], "AADB2C90122", "invalid_request"),
        (&[("campaign", "&#60;script")], "AADB2C90122", "invalid_request"),
        (&[("request", "a.b.c")], "AADB2C90136", "request_not_supported"),
        (&[("request_uri", "https://evil.example/r")], "AADB2C90136", "request_uri_not_supported"),
        (&[("registration", "{}")], "AADB2C90136", "registration_not_supported"),
    ];
    for (changes, reference, error) in cases {
        let refused = read(changes).expect_err("wrong");
        assert_eq!(
            (refused.problem.reference(), refused.problem.error().as_str()),
            (*reference, *error),
            "{changes:?}"
        );
        assert!(!refused.problem.message().contains('{'), "{changes:?}: {}", refused.problem);
        let return_to = refused.return_to.expect("the application may know");
        assert_eq!(return_to.redirect_uri().as_str(), CALLBACK, "{changes:?}");
    }
}

#[test]
fn errors_go_back_in_the_mode_that_could_be_understood() {
    let problem = Problem::from(Code::Cancelled);
    let cases: &[(Changes<'_>, ResponseMode)] = &[
        (&[("scope", "")], ResponseMode::Query),
        (&[("scope", ""), ("response_mode", "form_post")], ResponseMode::FormPost),
        (&[("scope", ""), ("response_type", "id_token")], ResponseMode::Fragment),
        (&[("response_type", "magic")], ResponseMode::Query),
        (&[("response_type", "magic"), ("response_mode", "fragment")], ResponseMode::Fragment),
        (&[("response_type", "id_token"), ("response_mode", "query")], ResponseMode::Fragment),
        (&[("response_type", "id_token"), ("response_mode", "web_message")], ResponseMode::Fragment),
        (&[("response_mode", "query"), ("+response_mode", "form_post")], ResponseMode::Query),
    ];
    for (changes, mode) in cases {
        let return_to = read(changes).expect_err("wrong").return_to.expect("the application may know");
        assert_eq!(return_to.mode(), *mode, "{changes:?}");
    }
    // A state that came twice is not repeated: nobody knows which one is the application's.
    let return_to = read(&[("+state", "evil")]).expect_err("wrong").return_to.expect("the application may know");
    let Delivery::Redirect(to) = return_to.error(&problem, "id", jiff::Timestamp::UNIX_EPOCH) else {
        panic!("a redirect")
    };
    assert!(!to.contains("state="), "{to}");
}

#[test]
fn what_may_be_asked() {
    let page = ("client_id", "page");
    let challenge = ("code_challenge", CHALLENGE);
    let cases: &[(Changes<'_>, &str, ResponseMode)] = &[
        (&[], "code", ResponseMode::Query),
        (&[("nonce", "")], "code", ResponseMode::Query),
        (&[("redirect_uri", "")], "code", ResponseMode::Query),
        (&[("response_mode", "form_post")], "code", ResponseMode::FormPost),
        (&[("response_type", "id_token")], "id_token", ResponseMode::Fragment),
        (&[("response_type", "id_token code")], "code id_token", ResponseMode::Fragment),
        (
            &[("response_type", "code id_token"), ("response_mode", "form_post")],
            "code id_token",
            ResponseMode::FormPost,
        ),
        (&[("response_type", "token id_token"), ("scope", "openid web")], "id_token token", ResponseMode::Fragment),
        (&[("response_type", "token"), ("scope", "web"), ("nonce", "")], "token", ResponseMode::Fragment),
        (&[page, challenge, ("code_challenge_method", "S256")], "code", ResponseMode::Query),
        (&[page, challenge], "code", ResponseMode::Query),
        (&[("scope", "openid profile email")], "code", ResponseMode::Query),
    ];
    for (changes, kind, mode) in cases {
        let request = read(changes).unwrap_or_else(|refused| panic!("{changes:?}: {}", refused.problem));
        assert_eq!(
            (request.response_type.to_string().as_str(), request.return_to.mode()),
            (*kind, *mode),
            "{changes:?}"
        );
    }
}

#[test]
fn everything_asked_for_is_kept_and_survives_the_store() {
    let request = read(&[
        ("prompt", "login select_account"),
        ("max_age", "300"),
        ("login_hint", "ada@example.com"),
        ("domain_hint", "contoso.com"),
        ("ui_locales", "de-AT en"),
        ("acr_values", "x"),
        ("resource", "https://api.example"),
        ("id_token_hint", "a.b.c"),
        ("client_info", "1"),
        ("campaignId", "spring < summer"),
        ("empty", ""),
        ("p", "B2C_1A_SignIn"),
    ])
    .expect("valid");
    assert_eq!(request.prompt, [Prompt::Login, Prompt::SelectAccount]);
    assert!(request.forces_login() && !request.is_silent() && request.client_info && request.redirect_uri_sent);
    assert_eq!((request.max_age, request.nonce.as_deref()), (Some(300), Some("n0nce")));
    assert_eq!(request.login_hint.as_deref(), Some("ada@example.com"));
    assert_eq!(request.domain_hint.as_deref(), Some("contoso.com"));
    assert_eq!(request.ui_locales, ["de-AT", "en"]);
    assert_eq!(request.id_token_hint, Some(Secret::new("a.b.c")));
    assert_eq!(request.parameters, [("campaignId".to_owned(), "spring < summer".to_owned())]);

    let stored = serde_json::to_vec(&request).expect("written");
    let found: AuthorizationRequest = serde_json::from_slice(&stored).expect("read");
    assert!(found == request);
    // What was changed in the store into an address that could not have been registered is not believed.
    let mut changed = json!(request);
    changed["return_to"]["redirect_uri"] = json!("javascript:alert(1)");
    assert!(serde_json::from_value::<AuthorizationRequest>(changed).is_err());
}

#[test]
fn a_request_does_not_print_what_was_typed_or_signed() {
    let request =
        read(&[("id_token_hint", "s1gned"), ("login_hint", "ada@example.com"), ("x", "typed")]).expect("valid");
    let printed = format!("{request:?}");
    for secret in ["s1gned", "ada@example.com", "typed", "n0nce", "st4te"] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}
