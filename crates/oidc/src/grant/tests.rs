//! Redeeming: by the right client, in the right way, once for what was granted.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, json};

use super::{CodeGrant, GrantRequest, IssuedTo, RefreshGrant, RefreshLives, RefusedGrant, TokenRequest};
use crate::{AuthorizationRequest, Client, ClientKind, FrontChannel, Identity, Parameters, RedirectUri, Secret};

const CALLBACK: &str = "https://app.example/cb";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const NOW: Timestamp = Timestamp::UNIX_EPOCH;
const LIVES: RefreshLives = RefreshLives { token: 1_000, window: Some(2_500) };

fn client(kind: ClientKind) -> Client {
    Client {
        redirect_uris: vec![RedirectUri::parse(CALLBACK).expect("valid")],
        front_channel: FrontChannel::default(),
        ..Client::new("app", kind)
    }
}

fn web() -> Client {
    client(ClientKind::Confidential(vec![Secret::new("s3cret:+%")]))
}

fn basic(text: &str) -> String {
    format!("Basic {}", STANDARD.encode(text))
}

fn request(pairs: &[(&str, &str)], authorization: Option<&str>) -> Result<TokenRequest, RefusedGrant> {
    TokenRequest::read(&Parameters::new(pairs.iter().copied()).expect("bounded"), authorization)
}

const CODE: [(&str, &str); 3] = [("grant_type", "authorization_code"), ("code", "c0de"), ("redirect_uri", CALLBACK)];

fn code_and(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    CODE.iter().chain(more).copied().collect()
}

#[test]
fn requests_are_read() {
    let read = request(&code_and(&[("client_id", "app"), ("code_verifier", VERIFIER), ("client_info", "1")]), None);
    let read = read.expect("valid");
    let expected = GrantRequest::Code {
        code: Secret::new("c0de"),
        redirect_uri: Some(CALLBACK.to_owned()),
        verifier: Some(Secret::new(VERIFIER)),
    };
    assert_eq!((read.credentials.client_id.as_str(), &read.grant, read.client_info), ("app", &expected, true));
    assert!(!format!("{read:?}").contains("c0de"));

    let refresh = [("grant_type", "refresh_token"), ("refresh_token", "r"), ("client_id", "app"), ("scope", "openid")];
    let read = request(&refresh, None).expect("valid");
    assert_eq!(read.grant, GrantRequest::Refresh { token: Secret::new("r") });
    assert_eq!(read.scope.as_deref(), Some("openid"));
}

#[test]
fn bad_requests_are_refused() {
    let app = ("client_id", "app");
    let header = basic("app:s3cret");
    let header = header.as_str();
    let cases = vec![
        (vec![], None, "AADB2C90008", "invalid_request", 400),
        (vec![app], None, "AADB2C90083", "invalid_request", 400),
        (vec![app, ("grant_type", "password")], None, "AADB2C90086", "unsupported_grant_type", 400),
        (
            vec![app, ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")],
            None,
            "AADB2C90086",
            "unsupported_grant_type",
            400,
        ),
        (vec![app, ("grant_type", "authorization_code")], None, "AADB2C90083", "invalid_request", 400),
        (vec![app, ("grant_type", "refresh_token")], None, "AADB2C90083", "invalid_request", 400),
        (code_and(&[app, ("code", "again")]), None, "AADB2C90136", "invalid_request", 400),
        (code_and(&[app, ("client_id", "other")]), None, "AADB2C90136", "invalid_request", 400),
        (code_and(&[app, ("client_secret", "a"), ("client_secret", "b")]), None, "AADB2C90136", "invalid_request", 400),
        (code_and(&[app, ("client_assertion", "a.b.c")]), None, "AADB2C90136", "invalid_client", 400),
        (code_and(&[("client_secret", "s")]), Some(header), "AADB2C90136", "invalid_request", 400),
        (code_and(&[("client_id", "other")]), Some(header), "AADB2C90136", "invalid_client", 401),
        (code_and(&[app]), Some("Bearer x"), "AADB2C90136", "invalid_client", 401),
        (code_and(&[app]), Some("Basic !"), "AADB2C90136", "invalid_client", 401),
        (code_and(&[app]), Some("Basic"), "AADB2C90136", "invalid_client", 401),
    ];
    for (pairs, authorization, reference, error, status) in cases {
        let refused = request(&pairs, authorization).expect_err("wrong");
        let found = (refused.problem.reference(), refused.problem.error().as_str(), refused.status());
        assert_eq!(found, (reference, error, status), "{pairs:?} {authorization:?}");
        assert_eq!(refused.www_authenticate().is_some(), status == 401, "{pairs:?} {authorization:?}");
    }
}

#[test]
fn clients_prove_who_they_are() {
    let (web, native) = (web(), client(ClientKind::Native));
    // Inside the header both are form-encoded.
    let (right, wrong) = (basic("app:s3cret%3A%2B%25"), basic("app:other"));
    let unknown = basic("nobody:s3cret%3A%2B%25");
    let app = ("client_id", "app");
    let cases = vec![
        ("secret in the form", code_and(&[app, ("client_secret", "s3cret:+%")]), None, Some(&web), None),
        ("secret in the header", code_and(&[]), Some(right.as_str()), Some(&web), None),
        ("both agree on the client", code_and(&[app]), Some(right.as_str()), Some(&web), None),
        ("no secret", code_and(&[app]), None, Some(&web), Some(("AADB2C90079", 400))),
        ("wrong secret", code_and(&[app, ("client_secret", "x")]), None, Some(&web), Some(("AADB2C90081", 400))),
        ("wrong header", code_and(&[]), Some(wrong.as_str()), Some(&web), Some(("AADB2C90081", 401))),
        ("public", code_and(&[app]), None, Some(&native), None),
        (
            "public with a secret",
            code_and(&[app, ("client_secret", "x")]),
            None,
            Some(&native),
            Some(("AADB2C90084", 400)),
        ),
        ("unknown", code_and(&[app]), None, None, Some(("AADB2C90018", 400))),
        ("unknown by header", code_and(&[]), Some(unknown.as_str()), None, Some(("AADB2C90018", 401))),
        (
            "another client than it says",
            code_and(&[("client_id", "other")]),
            None,
            Some(&native),
            Some(("AADB2C90018", 400)),
        ),
    ];
    for (what, pairs, authorization, client, expected) in cases {
        let found = request(&pairs, authorization).expect("read").authenticate(client).err();
        let found = found.as_ref().map(|refused| (refused.problem.reference(), refused.status()));
        assert_eq!(found, expected, "{what}");
    }
}

/// The grant behind a code that was asked for with those parameters.
fn granted(kind: ClientKind, more: &[(&str, &str)]) -> CodeGrant {
    let client = client(kind);
    let usual =
        [("client_id", "app"), ("response_type", "code"), ("scope", "openid offline_access app"), ("nonce", "n")];
    let parameters = Parameters::new(usual.iter().chain(more).copied()).expect("bounded");
    let request = AuthorizationRequest::read(&parameters, |_| Some(&client)).expect("valid");
    let identity =
        Identity { subject: "ada".to_owned(), claims: Map::new(), authenticated_at: NOW, methods: Vec::new() };
    CodeGrant::new(&request, identity, json!({ "objectId": "1" }))
}

const ISSUED: IssuedTo<'_> = IssuedTo { client: "app", policy: "B2C_1A_SignIn" };
const S256: [(&str, &str); 3] =
    [("redirect_uri", CALLBACK), ("code_challenge", CHALLENGE), ("code_challenge_method", "S256")];

#[test]
fn a_code_is_redeemed_as_it_was_asked_for() {
    let with = granted(ClientKind::Native, &S256);
    let without = granted(web().kind, &[("redirect_uri", CALLBACK)]);
    let implied = granted(web().kind, &[]);
    let verifier = ("code_verifier", VERIFIER);
    let callback = ("redirect_uri", CALLBACK);
    let (app, other) = (ISSUED, IssuedTo { client: "other", ..ISSUED });
    let step_up = IssuedTo { policy: "B2C_1A_StepUp", ..ISSUED };
    let lower = IssuedTo { policy: "b2c_1a_signin", ..ISSUED };
    let cases = vec![
        ("with PKCE", &with, app, vec![callback, verifier], None),
        ("policy in another case", &with, lower, vec![callback, verifier], None),
        ("with PKCE the redirect URI may be left out", &with, app, vec![verifier], None),
        ("without PKCE", &without, app, vec![callback], None),
        ("redirect URI never sent", &implied, app, vec![], None),
        ("code of another client", &with, other, vec![callback, verifier], Some("AADB2C90279")),
        ("code of another policy", &with, step_up, vec![callback, verifier], Some("AADB2C90088")),
        (
            "another redirect URI",
            &with,
            app,
            vec![("redirect_uri", "https://app.example/cb2"), verifier],
            Some("AADB2C90136"),
        ),
        (
            "redirect URI with a slash",
            &with,
            app,
            vec![("redirect_uri", "https://app.example/cb/"), verifier],
            Some("AADB2C90136"),
        ),
        (
            "another one than the implied",
            &implied,
            app,
            vec![("redirect_uri", "https://evil.example/")],
            Some("AADB2C90136"),
        ),
        ("redirect URI left out", &without, app, vec![], Some("AADB2C90083")),
        ("no verifier", &with, app, vec![callback], Some("AADB2C90183")),
        ("wrong verifier", &with, app, vec![callback, ("code_verifier", CHALLENGE)], Some("AADB2C90182")),
        ("challenge was stripped", &without, app, vec![callback, verifier], Some("AADB2C90183")),
        (
            "more than was granted",
            &without,
            app,
            vec![callback, ("scope", "https://t.example/api/read")],
            Some("AADB2C90082"),
        ),
    ];
    for (what, grant, asking, more, expected) in cases {
        let mut pairs = vec![("grant_type", "authorization_code"), ("code", "c0de"), ("client_id", "app")];
        pairs.extend(more);
        let found = grant.redeem(ISSUED, asking, &request(&pairs, None).expect("read")).err();
        assert_eq!(found.as_ref().map(|problem| problem.reference()), expected, "{what}");
    }
}

#[test]
fn a_grant_survives_the_store_and_is_not_printed() {
    let code = granted(ClientKind::Native, &S256);
    let stored = serde_json::to_vec(&code).expect("written");
    assert!(serde_json::from_slice::<CodeGrant>(&stored).expect("read") == code);
    assert!(!format!("{code:?}").contains("ada"));
    let refresh = RefreshGrant::first(&code, &client(ClientKind::Native), LIVES, NOW).expect("granted");
    let stored = serde_json::to_vec(&refresh).expect("written");
    assert!(serde_json::from_slice::<RefreshGrant>(&stored).expect("read") == refresh);
    assert!(!format!("{refresh:?}").contains("ada"));
}

#[test]
fn refreshing_ends() {
    let hours = |hours| SignedDuration::from_hours(hours);
    let seconds = SignedDuration::from_secs;
    let endless = RefreshLives { window: None, ..LIVES };
    let long = RefreshLives { token: 30 * 86_400, window: Some(90 * 86_400) };
    // Kind, lives, when refreshed, when that token ends.
    let cases = [
        (ClientKind::Native, LIVES, seconds(0), seconds(1_000)),
        (ClientKind::Native, LIVES, seconds(900), seconds(1_900)),
        (ClientKind::Native, LIVES, seconds(1_900), seconds(2_500)),
        (ClientKind::Native, endless, seconds(1_900), seconds(2_900)),
        (ClientKind::SinglePage, long, hours(0), hours(24)),
        (ClientKind::SinglePage, long, hours(23), hours(24)),
    ];
    for (kind, lives, when, expected) in cases {
        let code = granted(kind.clone(), &S256);
        let refresh = RefreshGrant::first(&code, &client(kind.clone()), lives, NOW).expect("granted");
        assert_eq!(refresh.expires_at(lives, NOW + when), NOW + expected, "{kind:?} {lives:?} {when:?}");
    }
}

#[test]
fn a_refresh_token_is_used_by_whom_it_was_issued_to_while_it_may() {
    let code = granted(ClientKind::Native, &S256);
    let grant = RefreshGrant::first(&code, &client(ClientKind::Native), LIVES, NOW).expect("granted");
    let other = IssuedTo { client: "other", ..ISSUED };
    let step_up = IssuedTo { policy: "B2C_1A_StepUp", ..ISSUED };
    let cases = [
        ("in time", ISSUED, "openid offline_access", 2_499, Ok("offline_access openid")),
        ("all again", ISSUED, "", 0, Ok("app offline_access openid")),
        ("too late", ISSUED, "", 2_500, Err("AADB2C90080")),
        ("another client", other, "", 0, Err("AADB2C90279")),
        ("another policy", step_up, "", 0, Err("AADB2C90088")),
        ("more than granted", ISSUED, "https://t.example/api/read", 0, Err("AADB2C90082")),
    ];
    for (what, asking, scope, second, expected) in cases {
        let pairs = [("grant_type", "refresh_token"), ("refresh_token", "r"), ("client_id", "app"), ("scope", scope)];
        let request = request(&pairs, None).expect("read");
        let found = grant.redeem(ISSUED, asking, &request, NOW + SignedDuration::from_secs(second));
        let found = found.map(|granted| granted.to_scope()).map_err(|problem| problem.reference().to_owned());
        assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned), "{what}");
    }
}

#[test]
fn without_offline_access_there_is_no_refresh_token() {
    let mut code = granted(ClientKind::Native, &S256);
    code.granted.offline = false;
    assert!(RefreshGrant::first(&code, &client(ClientKind::Native), LIVES, NOW).is_none());
}
