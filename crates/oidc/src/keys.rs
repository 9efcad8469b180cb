//! Keys that sign tokens: made, loaded once, published, and chosen by the time.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use jsonwebtoken::DecodingKey;
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyUsagePurpose, date_time_ymd};
use serde::Serialize;
use x509_parser::pem::Pem;

use crate::codes::Code;
use crate::digest::{base64url, sha1_base64url, sha256_base64url};
use crate::jws::VerificationKeys;
use crate::problem::Problem;
use crate::secret::Secret;

/// Why a key cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Neither PKCS#8 nor PKCS#1, or not RSA of 2,048 to 8,192 bits.
    #[error("it is not an RSA private key of 2,048 bits or more")]
    NotRsa,
    /// The file has no private key, or more than one.
    #[error("the file does not hold exactly one private key that is not encrypted")]
    NotOneKey,
    /// The certificate does not parse.
    #[error("its certificate cannot be read")]
    Certificate,
    /// The certificate belongs to another key.
    #[error("its certificate belongs to another key")]
    OtherKey,
    /// Cryptography failed.
    #[error("the cryptographic library failed")]
    Cryptography,
    /// The claims are not JSON.
    #[error("the claims cannot be written as JSON")]
    Claims,
}

/// A private key as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyMaterial {
    /// RFC 7638 thumbprint of the public key: the same key has the same id everywhere.
    pub kid: String,
    /// PKCS#8, DER. Seal it.
    pub pkcs8: Vec<u8>,
    /// Its certificate, DER.
    pub certificate: Option<Vec<u8>>,
}

/// What a self-signed certificate says.
#[derive(Clone, Copy, Debug)]
pub struct CertificateRequest<'a> {
    /// Common name of the subject.
    pub common_name: &'a str,
    /// Valid from the beginning of this day.
    pub not_before: Timestamp,
    /// Valid until the beginning of this day.
    pub not_after: Timestamp,
}

impl KeyMaterial {
    /// Makes an RSA key of 2,048 bits; takes a tenth of a second and more. This draws from the cryptographic library's
    /// own source of randomness.
    pub fn generate(certificate: Option<CertificateRequest<'_>>) -> Result<Self, KeyError> {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Cryptography)?;
        let mut material = Self::of(&pair, None)?;
        if let Some(request) = certificate {
            material.certificate = Some(request.sign(&material.pkcs8)?);
        }
        Ok(material)
    }

    /// Reads a PEM file: one private key (PKCS#8 or PKCS#1), and its certificate if the file has one. Of a chain the
    /// first certificate counts.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let blocks: Vec<_> =
            Pem::iter_from_buffer(pem.as_bytes()).collect::<Result<_, _>>().map_err(|_| KeyError::NotOneKey)?;
        let labelled = |label: &'static str| blocks.iter().filter(move |block| block.label == label);
        let pkcs8 = labelled("PRIVATE KEY").map(|block| RsaKeyPair::from_pkcs8(&block.contents));
        let pkcs1 = labelled("RSA PRIVATE KEY").map(|block| RsaKeyPair::from_der(&block.contents));
        let mut keys = pkcs8.chain(pkcs1);
        let (Some(key), None) = (keys.next(), keys.next()) else { return Err(KeyError::NotOneKey) };
        let pair = key.map_err(|_| KeyError::NotRsa)?;
        let certificate = labelled("CERTIFICATE").next().map(|block| block.contents.clone());
        Self::of(&pair, certificate)
    }

    fn of(pair: &RsaKeyPair, certificate: Option<Vec<u8>>) -> Result<Self, KeyError> {
        if let Some(certificate) = &certificate {
            check_certificate(certificate, pair)?;
        }
        let pkcs8 = pair.as_der().map_err(|_| KeyError::Cryptography)?.as_ref().to_vec();
        let (n, e) = components(pair);
        Ok(Self { kid: thumbprint(&n, &e), pkcs8, certificate })
    }
}

impl fmt::Debug for KeyMaterial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyMaterial").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl CertificateRequest<'_> {
    fn sign(&self, pkcs8: &[u8]) -> Result<Vec<u8>, KeyError> {
        let day = |time: Timestamp| {
            let date = time.to_zoned_datetime(TimeZone::UTC).date();
            date_time_ymd(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs())
        };
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, self.common_name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        (params.not_before, params.not_after) = (day(self.not_before), day(self.not_after));
        let key = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&pkcs8.into(), &rcgen::PKCS_RSA_SHA256)
            .map_err(|_| KeyError::NotRsa)?;
        Ok(params.self_signed(&key).map_err(|_| KeyError::Cryptography)?.der().to_vec())
    }
}

/// A public key as it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicJwk {
    /// Names it in the header of tokens.
    pub kid: String,
    /// When it begins to sign, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nbf: Option<i64>,
    /// `sig`
    #[serde(rename = "use")]
    pub usage: &'static str,
    /// `RSA`
    pub kty: &'static str,
    /// Its certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x5c: Option<[String; 1]>,
    /// Thumbprint of the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub x5t: Option<String>,
    /// Exponent.
    pub e: String,
    /// Modulus.
    pub n: String,
}

/// A key that is ready to sign: parsed once, then used for every token. It can be shared between threads.
pub struct SigningKey {
    pair: RsaKeyPair,
    /// Header of every token, in base64url, with the dot behind it.
    header: String,
    jwk: PublicJwk,
    verify: DecodingKey,
    not_before: Option<Timestamp>,
    expires_at: Option<Timestamp>,
}

impl SigningKey {
    /// Loads a stored key. It signs from `not_before` on, and is neither used nor published from `expires_at` on: leave
    /// the life of a token between the two of successive keys.
    pub fn load(
        material: &KeyMaterial,
        not_before: Option<Timestamp>,
        expires_at: Option<Timestamp>,
    ) -> Result<Self, KeyError> {
        let pair = RsaKeyPair::from_pkcs8(&material.pkcs8).map_err(|_| KeyError::NotRsa)?;
        if let Some(certificate) = &material.certificate {
            check_certificate(certificate, &pair)?;
        }
        let (n, e) = components(&pair);
        let certificate = material.certificate.as_ref();
        let jwk = PublicJwk {
            kid: material.kid.clone(),
            nbf: not_before.map(Timestamp::as_second),
            usage: "sig",
            kty: "RSA",
            x5c: certificate.map(|der| [STANDARD.encode(der)]),
            x5t: certificate.map(|der| sha1_base64url(der)),
            e: base64url(&e),
            n: base64url(&n),
        };
        let header = serde_json::json!({ "typ": "JWT", "alg": "RS256", "kid": jwk.kid }).to_string();
        let verify = DecodingKey::from_rsa_raw_components(&n, &e);
        Ok(Self { pair, header: base64url(header) + ".", jwk, verify, not_before, expires_at })
    }

    /// Signs claims: a JWT by RS256.
    pub fn sign(&self, claims: &impl Serialize) -> Result<Secret, KeyError> {
        let claims = serde_json::to_vec(claims).map_err(|_| KeyError::Claims)?;
        let mut token =
            String::with_capacity(self.header.len() + (claims.len() + self.pair.public_modulus_len()) * 4 / 3 + 8);
        token.push_str(&self.header);
        URL_SAFE_NO_PAD.encode_string(claims, &mut token);
        let mut signature = vec![0; self.pair.public_modulus_len()];
        // PKCS#1 v1.5 signatures are deterministic; the source of randomness is a formality of the interface.
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)
            .map_err(|_| KeyError::Cryptography)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(Secret::new(token))
    }

    /// Its id.
    pub fn kid(&self) -> &str {
        &self.jwk.kid
    }

    /// Its public half.
    pub fn public_jwk(&self) -> &PublicJwk {
        &self.jwk
    }

    fn has_begun(&self, now: Timestamp) -> bool {
        self.not_before.is_none_or(|begin| begin <= now)
    }

    fn is_over(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("kid", &self.jwk.kid).finish_non_exhaustive()
    }
}

/// A key container: the loaded keys of one purpose, oldest first.
#[derive(Clone, Debug, Default)]
pub struct SigningKeys {
    keys: Vec<Arc<SigningKey>>,
}

impl SigningKeys {
    /// A container of these keys, in the order in which they were added.
    pub fn new(keys: impl IntoIterator<Item = Arc<SigningKey>>) -> Self {
        Self { keys: keys.into_iter().collect() }
    }

    /// The one key that signs now: of those whose time has begun the one that began last. Keys without a beginning are
    /// the reserve, the newest first, for when no dated key is valid.
    pub fn current(&self, now: Timestamp) -> Result<&Arc<SigningKey>, Problem> {
        let valid = self.keys.iter().filter(|key| key.has_begun(now) && !key.is_over(now));
        // Of equals `max_by_key` takes the last, and a date is greater than none.
        valid.max_by_key(|key| key.not_before).ok_or_else(|| Code::KeyUnusable.into())
    }

    /// The JWKS document: every key that has not expired, also those that will sign later, so that applications know
    /// them by then. It changes only when a key expires.
    pub fn jwks(&self, now: Timestamp) -> String {
        #[derive(Serialize)]
        struct Document<'a> {
            keys: Vec<&'a PublicJwk>,
        }
        let document = Document { keys: self.published(now).map(|key| &key.jwk).collect() };
        serde_json::to_string(&document).expect("texts and numbers are always JSON")
    }

    /// The same keys, to verify tokens that were issued here.
    pub fn verification_keys(&self, now: Timestamp) -> VerificationKeys {
        VerificationKeys::own(self.published(now).map(|key| (key.jwk.kid.clone(), key.verify.clone())))
    }

    fn published(&self, now: Timestamp) -> impl Iterator<Item = &Arc<SigningKey>> {
        self.keys.iter().filter(move |key| !key.is_over(now))
    }
}

fn components(pair: &RsaKeyPair) -> (Vec<u8>, Vec<u8>) {
    let key = pair.public_key();
    let bytes = |number: aws_lc_rs::io::Positive<'_>| number.big_endian_without_leading_zero().to_vec();
    (bytes(key.modulus()), bytes(key.exponent()))
}

fn thumbprint(n: &[u8], e: &[u8]) -> String {
    let members = format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, base64url(e), base64url(n));
    sha256_base64url(members.as_bytes())
}

fn check_certificate(der: &[u8], pair: &RsaKeyPair) -> Result<(), KeyError> {
    let (_, certificate) = x509_parser::parse_x509_certificate(der).map_err(|_| KeyError::Certificate)?;
    let certified = &certificate.public_key().subject_public_key.data;
    if certified.as_ref() == pair.public_key().as_ref() { Ok(()) } else { Err(KeyError::OtherKey) }
}

#[cfg(test)]
mod tests;
