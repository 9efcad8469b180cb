//! Signed tokens: which keys may verify one, by which algorithms, and nothing else.
//!
//! The kind of key decides the algorithms before a token is looked at: published keys are RSA or elliptic curve, a shared
//! secret is HMAC. `none`, or an HMAC made with somebody's public key, has no way in.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde_json::{Map, Value};

use crate::metadata::MetadataError;
use crate::secret::Secret;

const RSA: &[Algorithm] =
    &[Algorithm::RS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS256, Algorithm::PS384, Algorithm::PS512];
const HMAC: &[Algorithm] = &[Algorithm::HS256, Algorithm::HS384, Algorithm::HS512];
const LARGEST_SET: usize = 256 * 1024;
const MOST_KEYS: usize = 100;
/// RFC 7518 wants 256 bits, but secrets of half that length are in use and cannot be guessed.
const SHORTEST_SECRET: usize = 16;

/// The claims of a token.
pub(crate) type Claims = Map<String, Value>;

/// Why a token does not count, before its claims are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not a signed token of a kind that is accepted.
    Malformed,
    /// No key of that id, for that algorithm, is published.
    UnknownKey,
    /// The signature is not that of the key.
    Signature,
}

/// The public keys of an issuer.
#[derive(Clone, Debug)]
pub struct VerificationKeys {
    keys: Vec<VerificationKey>,
}

#[derive(Clone, Debug)]
struct VerificationKey {
    id: String,
    algorithms: Vec<Algorithm>,
    key: DecodingKey,
}

impl VerificationKeys {
    /// Reads a JWKS document. Keys that cannot sign tokens here (secrets, encryption keys, unknown kinds, no `kid`) are
    /// left out.
    pub fn parse(document: &[u8]) -> Result<Self, MetadataError> {
        #[derive(serde::Deserialize)]
        struct Document {
            keys: Vec<Value>,
        }
        if document.len() > LARGEST_SET {
            return Err(MetadataError::TooLarge);
        }
        let document: Document = serde_json::from_slice(document).map_err(|_| MetadataError::NotKeys)?;
        let usable = |key: Value| serde_json::from_value::<Jwk>(key).ok().and_then(|jwk| VerificationKey::new(&jwk));
        Ok(Self { keys: document.keys.into_iter().take(MOST_KEYS).filter_map(usable).collect() })
    }

    /// Keys of this engine itself: RS256 and nothing else.
    pub(crate) fn own(keys: impl IntoIterator<Item = (String, DecodingKey)>) -> Self {
        let own = |(id, key)| VerificationKey { id, algorithms: vec![Algorithm::RS256], key };
        Self { keys: keys.into_iter().map(own).collect() }
    }

    /// Whether no key is usable.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The claims of a token that one of these keys signed.
    pub(crate) fn verify(&self, token: &str) -> Result<Claims, Fault> {
        let header = header(token)?;
        if HMAC.contains(&header.alg) {
            return Err(Fault::Malformed);
        }
        let id = header.kid.ok_or(Fault::UnknownKey)?;
        let fits = |key: &&VerificationKey| key.id == id && key.algorithms.contains(&header.alg);
        let key = self.keys.iter().find(fits).ok_or(Fault::UnknownKey)?;
        claims(token, &key.key, &key.algorithms)
    }
}

impl VerificationKey {
    fn new(jwk: &Jwk) -> Option<Self> {
        if !matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature)) {
            return None;
        }
        let mut algorithms = match &jwk.algorithm {
            AlgorithmParameters::RSA(_) => RSA.to_vec(),
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => vec![Algorithm::ES256],
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P384 => vec![Algorithm::ES384],
            _ => return None,
        };
        if let Some(only) = jwk.common.key_algorithm {
            let only: Option<Algorithm> = only.to_string().parse().ok();
            algorithms.retain(|algorithm| Some(*algorithm) == only);
        }
        let key = DecodingKey::from_jwk(jwk).ok()?;
        let id = jwk.common.key_id.clone()?;
        (!algorithms.is_empty()).then_some(Self { id, algorithms, key })
    }
}

/// The claims of a token that was signed with a shared secret; the bytes of its text are the key.
pub(crate) fn verify_shared(token: &str, secret: &Secret) -> Result<Claims, Fault> {
    let bytes = secret.expose().as_bytes();
    if bytes.len() < SHORTEST_SECRET {
        return Err(Fault::UnknownKey);
    }
    if !HMAC.contains(&header(token)?.alg) {
        return Err(Fault::Malformed);
    }
    claims(token, &DecodingKey::from_secret(bytes), HMAC)
}

fn header(token: &str) -> Result<jsonwebtoken::Header, Fault> {
    let header = decode_header(token).map_err(|_| Fault::Malformed)?;
    // What must be understood is not, and an encrypted or compressed token is not what is expected.
    let plain = header.crit.is_none() && header.enc.is_none() && header.zip.is_none();
    if plain { Ok(header) } else { Err(Fault::Malformed) }
}

fn claims(token: &str, key: &DecodingKey, algorithms: &[Algorithm]) -> Result<Claims, Fault> {
    // The library would ask the clock of the machine; times, audience and issuer are compared by those who call.
    let mut validation =
        Validation { validate_exp: false, validate_nbf: false, validate_aud: false, ..Validation::default() };
    validation.algorithms = algorithms.to_vec();
    validation.required_spec_claims.clear();
    match decode::<Claims>(token, key, &validation) {
        Ok(data) => Ok(data.claims),
        Err(error) => Err(match error.kind() {
            jsonwebtoken::errors::ErrorKind::InvalidSignature => Fault::Signature,
            _ => Fault::Malformed,
        }),
    }
}

/// A time claim in whole seconds: `Ok(None)` when it is absent, `Err` when it is not a time.
pub(crate) fn seconds(claims: &Claims, name: &str) -> Result<Option<i64>, Fault> {
    /// Year 9999: nothing real is later, and sums stay far from overflow.
    const LATEST: i64 = 253_402_300_799;
    let Some(value) = claims.get(name) else { return Ok(None) };
    #[expect(clippy::cast_possible_truncation, reason = "out of range saturates, and is refused below")]
    let seconds = value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds.floor() as i64));
    seconds.filter(|seconds| (0..=LATEST).contains(seconds)).map(Some).ok_or(Fault::Malformed)
}

/// Whether `aud` names one of these; it may be a text or a list.
pub(crate) fn audience_is(claims: &Claims, accepted: &[&str]) -> bool {
    let named = |value: &Value| value.as_str().is_some_and(|name| accepted.contains(&name));
    match claims.get("aud") {
        Some(Value::Array(several)) => several.iter().any(named),
        Some(one) => named(one),
        None => false,
    }
}
