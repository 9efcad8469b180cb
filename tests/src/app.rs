//! An application on this machine that signs people in: the built-in client of development mode, with PKCE.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

/// The built-in client.
pub const CLIENT: &str = "journeyman-dev";
/// Where the engine sends its people back; nobody listens there, and browsers here stop before it.
pub const REDIRECT: &str = "http://127.0.0.1:9/callback";
/// The demo's own tenant, by its name.
pub const TENANT: &str = "psd2demo.onmicrosoft.com";

const VERIFIER: &str = "one-verifier-is-enough-for-all-tests-0123456789";

/// An application at one tenant of an engine.
#[derive(Clone, Debug)]
pub struct App {
    engine: Url,
    tenant: String,
    http: reqwest::Client,
}

/// An answer of the token endpoint.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// HTTP status.
    pub status: u16,
    /// The JSON.
    pub body: Value,
}

impl App {
    /// At that engine and tenant.
    pub fn at(engine: &Url, tenant: &str) -> Self {
        Self { engine: engine.clone(), tenant: tenant.to_owned(), http: crate::plain_http() }
    }

    /// An address below tenant and policy.
    pub fn below(&self, policy: &str, path: &str) -> Url {
        self.engine.join(&format!("/{}/{policy}/{path}", self.tenant)).expect("an address of the engine")
    }

    /// A request that begins a journey, with parameters in addition to, or in place of, what is usual.
    pub fn authorize(&self, policy: &str, other: &[(&str, &str)]) -> Url {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let scope = format!("openid offline_access {CLIENT}");
        let usual = [
            ("client_id", CLIENT),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("scope", &scope),
            ("state", "a-state"),
            ("nonce", "a-nonce"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let kept = usual.iter().filter(|(name, _)| !other.iter().any(|(replaced, _)| replaced == name));
        let mut url = self.below(policy, "oauth2/v2.0/authorize");
        url.query_pairs_mut().extend_pairs(kept).extend_pairs(other);
        url
    }

    /// Asks the token endpoint.
    pub async fn token(&self, policy: &str, form: &[(&str, &str)]) -> Tokens {
        let url = self.below(policy, "oauth2/v2.0/token");
        let form = [&[("client_id", CLIENT)], form].concat();
        let answer = self.http.post(url).form(&form).send().await.expect("the engine answers");
        Tokens { status: answer.status().as_u16(), body: answer.json().await.expect("the engine answers with JSON") }
    }

    /// Redeems a code.
    pub async fn redeem(&self, policy: &str, code: &str) -> Tokens {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("code_verifier", VERIFIER),
        ];
        self.token(policy, &form).await
    }

    /// Redeems a refresh token.
    pub async fn refresh(&self, policy: &str, token: &str) -> Tokens {
        self.token(policy, &[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    /// Reads a JSON document below tenant and policy.
    pub async fn read(&self, policy: &str, path: &str) -> Value {
        let answer = self.http.get(self.below(policy, path)).send().await.expect("the engine answers");
        answer.json().await.expect("the engine answers with JSON")
    }
}

impl Tokens {
    /// One of the tokens.
    pub fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_else(|| panic!("there is no {name}: {} {}", self.status, self.body))
    }

    /// The claims of the ID token.
    pub fn claims(&self) -> Value {
        part(self.text("id_token"), 1)
    }
}

/// Header (0) or claims (1) of a token, whose signature is not looked at.
pub fn part(token: &str, index: usize) -> Value {
    let part = token.split('.').nth(index).unwrap_or_default();
    let json = URL_SAFE_NO_PAD.decode(part).expect("a part of a token is base64url");
    serde_json::from_slice(&json).expect("a part of a token is JSON")
}
