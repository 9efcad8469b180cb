//! Where attacks happen: a demo in which Ann has an account and is signed in, and a record of what must not change.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journeyman_tests::app::part;
use journeyman_tests::client::{Browser, Dialect, Page};
use journeyman_tests::demo::Demo;
use journeyman_tests::person::{Customer, Payment};
use journeyman_tests::sandbox::{Call, Message};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

/// A demo, and its customer.
pub(crate) struct Scene {
    pub(crate) demo: Demo,
    pub(crate) ann: Customer,
}

/// What an attack must not change.
#[derive(Debug, PartialEq)]
pub(crate) struct Record {
    booked: u64,
    history: Vec<String>,
    calls: Vec<Call>,
    messages: Vec<Message>,
}

impl Record {
    /// The provider was asked so many times more than before, and nothing else is to be seen.
    pub(crate) fn is_only_asked_more_than(&self, before: &Self, times: usize) {
        assert_eq!(self.calls.len(), before.calls.len() + times);
        assert_eq!(self.messages, before.messages);
        self.pays_no_more_than(before);
    }

    /// A code was sent and checked once more than before, and nothing else is to be seen.
    pub(crate) fn is_only_approved_more_than(&self, before: &Self) {
        assert_eq!(self.calls.len(), before.calls.len() + 2);
        assert_eq!(self.messages.len(), before.messages.len() + 1);
        self.pays_no_more_than(before);
    }

    fn pays_no_more_than(&self, before: &Self) {
        assert_eq!((self.booked, &self.history), (before.booked, &before.history));
    }
}

impl Scene {
    pub(crate) async fn new() -> Self {
        Self::with(Dialect::Script).await
    }

    pub(crate) async fn with(dialect: Dialect) -> Self {
        let demo = Demo::start().await;
        let mut ann = Customer::new(&demo.sites(), dialect, "Ann");
        ann.sign_up().await.expect("Hello, Ann");
        Self { demo, ann }
    }

    /// The page that hands a payment over to the engine.
    pub(crate) async fn handover(&mut self) -> Page {
        self.ann.send_money(&payment()).await
    }

    /// The page that asks Ann to approve a payment.
    pub(crate) async fn approval(&mut self) -> Page {
        let page = self.handover().await;
        let page = self.ann.hand_over(&page).await;
        page.expect("Approve your payment");
        page
    }

    /// The code that Ann was sent last.
    pub(crate) async fn code(&self) -> String {
        self.demo.code_for(&self.ann.person.phone).await
    }

    pub(crate) async fn record(&mut self) -> Record {
        Record {
            booked: self.demo.booked().await,
            history: self.ann.history().await,
            calls: self.demo.calls().await,
            messages: self.demo.messages().await,
        }
    }

    /// Somebody else with an account and a browser of their own.
    pub(crate) async fn other(&self, name: &str) -> Customer {
        let mut other = Customer::new(&self.demo.sites(), Dialect::Script, name);
        other.sign_up().await.expect(&format!("Hello, {name}"));
        other
    }
}

/// What Ann pays.
pub(crate) fn payment() -> Payment {
    Payment::of("50.00", "Jo Bloggs")
}

/// A code that is not this one.
pub(crate) fn wrong(code: &str) -> String {
    let digit = if code.ends_with('0') { '1' } else { '0' };
    format!("{}{digit}", &code[..code.len() - 1])
}

/// The engine's code for why it sent the browser back to the bank.
pub(crate) fn reason(browser: &Browser) -> String {
    let described = |url: &url::Url| {
        let found = url.query_pairs().find(|(name, _)| name == "error_description")?;
        Some(found.1.chars().take_while(|c| *c != ':').collect::<String>())
    };
    browser.history().iter().rev().find_map(described).unwrap_or_default()
}

/// The key that the bank signs hints with, in the wrong hands.
pub(crate) struct StolenKey {
    key: EncodingKey,
}

impl StolenKey {
    pub(crate) fn of(data: &Path) -> Self {
        let file = data.join("bank/hint-keys/current.key.pem");
        Self::from_pem(&std::fs::read_to_string(file).expect("the bank keeps its key there"))
    }

    pub(crate) fn from_pem(pem: &str) -> Self {
        Self { key: EncodingKey::from_rsa_pem(pem.as_bytes()).expect("a private key") }
    }

    /// A key of the attacker's own.
    pub(crate) fn foreign() -> Self {
        let pair = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048);
        Self::from_pem(&pair.expect("an RSA key").serialize_pem())
    }

    /// A hint like that one, with other claims.
    pub(crate) fn sign(&self, like: &str, claims: &Value) -> String {
        let header: Header = serde_json::from_value(part(like, 0)).expect("a header");
        jsonwebtoken::encode(&header, claims, &self.key).expect("it signs")
    }

    /// The public half, as everybody can read it.
    pub(crate) fn public(&self) -> Vec<u8> {
        let key = Jwk::from_encoding_key(&self.key, Algorithm::RS256).expect("an RSA key");
        serde_json::to_vec(&key).expect("a key serializes")
    }

    /// With another header, too.
    pub(crate) fn sign_as(&self, header: &Header, claims: &Value) -> String {
        jsonwebtoken::encode(header, claims, &self.key).expect("it signs")
    }
}

/// A token with that header and those claims, and any signature.
pub(crate) fn assemble(header: &Value, claims: &Value, signature: &str) -> String {
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{signature}", encoded(header), encoded(claims))
}

/// Signed with a secret instead of a private key.
pub(crate) fn sign_with_secret(secret: &[u8], kid: &str, claims: &Value) -> String {
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(kid.to_owned());
    jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(secret)).expect("it signs")
}

/// The header of an unsigned token.
pub(crate) fn unsigned() -> Value {
    json!({"alg": "none", "typ": "JWT"})
}
