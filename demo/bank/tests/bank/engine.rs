//! A small OpenID Connect server with a key of its own. It has no pages: a test hands it the request that the bank made and
//! says what the token shall be, and gets the address at which the browser comes back.

use std::{
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use axum::{
    Form, Json, Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::StatusCode;
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::world::{CLIENT, Clock, SECRET, TENANT};

/// The key that signs, and one that nobody publishes.
static KEY: LazyLock<EncodingKey> = LazyLock::new(generate);
static FOREIGN_KEY: LazyLock<EncodingKey> = LazyLock::new(generate);

fn generate() -> EncodingKey {
    let pair = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048).expect("generates");
    EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).expect("reads what was generated")
}

pub(crate) type Claims = Map<String, Value>;

/// How the token is signed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Signature {
    Good,
    ForeignKey,
    None,
    PublicKeyAsSecret,
}

struct Grant {
    policy: String,
    challenge: String,
    redirect_uri: String,
    id_token: String,
}

#[derive(Clone)]
pub(crate) struct Engine {
    pub(crate) url: Url,
    clock: Clock,
    up: Arc<AtomicBool>,
    grants: Arc<Mutex<HashMap<String, Grant>>>,
}

/// A request of the bank, as the engine would receive it.
pub(crate) struct Request {
    pub(crate) policy: String,
    pub(crate) parameters: HashMap<String, String>,
}

impl Request {
    pub(crate) fn from_url(url: &str) -> Self {
        let url = Url::parse(url).expect("an absolute address");
        Self::new(&url, url.query_pairs().into_owned().collect())
    }

    pub(crate) fn new(url: &Url, parameters: HashMap<String, String>) -> Self {
        let segments: Vec<_> = url.path_segments().expect("a path").collect();
        assert_eq!(segments[0..2], ["tfp", TENANT], "discovered under /tfp");
        Self { policy: segments[2].to_owned(), parameters }
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        self.parameters.get(name).unwrap_or_else(|| panic!("the request has {name}"))
    }

    /// The address of an error answer.
    pub(crate) fn refuse(&self, error: &str, description: &str) -> String {
        let mut url = Url::parse(self.get("redirect_uri")).expect("an absolute address");
        url.query_pairs_mut()
            .append_pair("error", error)
            .append_pair("error_description", description)
            .append_pair("state", self.get("state"));
        format!("{}?{}", url.path(), url.query().expect("it has one"))
    }
}

impl Engine {
    pub(crate) async fn start(clock: Clock) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let engine = Self {
            url: Url::parse(&format!("http://localhost:{}", address.port())).expect("an address"),
            clock,
            up: Arc::new(AtomicBool::new(true)),
            grants: Arc::default(),
        };
        let router = Router::new()
            .route("/tfp/{tenant}/{policy}/v2.0/.well-known/openid-configuration", get(configuration))
            .route("/tfp/{tenant}/{policy}/discovery/v2.0/keys", get(keys))
            .route("/tfp/{tenant}/{policy}/oauth2/v2.0/token", post(token))
            .with_state(engine.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        engine
    }

    /// Whether it answers at all.
    pub(crate) fn set_up(&self, up: bool) {
        self.up.store(up, Ordering::SeqCst);
    }

    pub(crate) fn issuer(&self, policy: &str) -> String {
        format!("{}tfp/{TENANT}/{}/v2.0/", self.url, policy.to_ascii_lowercase())
    }

    /// What an honest engine says in answer to a request; the payment comes from the hint.
    pub(crate) fn claims(&self, request: &Request, subject: &str) -> Claims {
        let now = self.clock.now().as_second();
        let mut claims = json!({
            "iss": self.issuer(&request.policy), "aud": CLIENT, "sub": subject, "nonce": request.get("nonce"),
            "iat": now, "nbf": now, "exp": now + 3600, "auth_time": now, "acr": request.policy.to_ascii_lowercase(),
            "name": format!("{subject} Example"), "ver": "1.0",
        });
        if let Some(hint) = request.parameters.get("id_token_hint") {
            let hint = payload(hint);
            for name in ["transactionId", "amount", "currency", "payee", "accountnumber"] {
                claims[name] = hint[name].clone();
            }
            claims["hintId"] = hint["jti"].clone();
        }
        claims.as_object().expect("an object").clone()
    }

    /// Issues a code for a token with these claims; answers the path at which the browser comes back.
    pub(crate) fn issue(&self, request: &Request, claims: &Claims, signature: Signature) -> String {
        let mut grants = self.grants.lock().expect("not poisoned");
        let code = format!("code-{}", grants.len());
        grants.insert(
            code.clone(),
            Grant {
                policy: request.policy.clone(),
                challenge: request.get("code_challenge").to_owned(),
                redirect_uri: request.get("redirect_uri").to_owned(),
                id_token: sign(claims, signature),
            },
        );
        let path = Url::parse(request.get("redirect_uri")).expect("an absolute address").path().to_owned();
        format!("{path}?code={code}&state={}", request.get("state"))
    }
}

pub(crate) fn payload(token: &str) -> Value {
    let part = token.split('.').nth(1).expect("a token has three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}

fn sign(claims: &Claims, signature: Signature) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let rs256 = |key: &EncodingKey| {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some("engine".to_owned());
        jsonwebtoken::encode(&header, claims, key).expect("signs")
    };
    match signature {
        Signature::Good => rs256(&KEY),
        Signature::ForeignKey => rs256(&FOREIGN_KEY),
        Signature::None => format!("{}.{}.", part(&json!({"alg": "none"})), part(&Value::Object(claims.clone()))),
        Signature::PublicKeyAsSecret => {
            let secret = EncodingKey::from_secret(jwk().to_string().as_bytes());
            let mut header = Header::new(Algorithm::HS256);
            header.kid = Some("engine".to_owned());
            jsonwebtoken::encode(&header, claims, &secret).expect("signs")
        }
    }
}

fn jwk() -> Value {
    let mut jwk =
        serde_json::to_value(Jwk::from_encoding_key(&KEY, Algorithm::RS256).expect("a public key")).expect("JSON");
    jwk["kid"] = json!("engine");
    jwk["use"] = json!("sig");
    jwk
}

async fn configuration(State(engine): State<Engine>, Path((_, policy)): Path<(String, String)>) -> Response {
    if !engine.up.load(Ordering::SeqCst) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let base = format!("{}tfp/{TENANT}/{}", engine.url, policy.to_ascii_lowercase());
    Json(json!({
        "issuer": engine.issuer(&policy),
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "end_session_endpoint": format!("{base}/oauth2/v2.0/logout"),
        "jwks_uri": format!("{base}/discovery/v2.0/keys"),
        "response_types_supported": ["code", "id_token"],
        "subject_types_supported": ["pairwise"],
        // A server that was made to announce weak algorithms gains nothing.
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
    }))
    .into_response()
}

async fn keys() -> Json<Value> {
    Json(json!({ "keys": [jwk()] }))
}

async fn token(
    State(engine): State<Engine>,
    Path((_, policy)): Path<(String, String)>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    let grant = engine.grants.lock().expect("not poisoned").remove(field("code"));
    let verified = URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
    match grant {
        Some(grant)
            if grant.policy.eq_ignore_ascii_case(&policy)
                && grant.challenge == verified
                && grant.redirect_uri == field("redirect_uri")
                && field("client_id") == CLIENT
                && field("client_secret") == SECRET =>
        {
            // As B2C answers when no resource was asked for: no access token.
            Json(json!({ "id_token": grant.id_token, "token_type": "Bearer", "not_before": 0 })).into_response()
        }
        _ => (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response(),
    }
}
