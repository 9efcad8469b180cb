//! The keys that sign hints: generated and kept, or the operator's own; published with their certificates.
//!
//! The set holds the current key and, after a renewal, the previous one, so that hints signed just before still verify.
//! A key's id is its RFC 7638 thumbprint, so the same key has the same id wherever it is seen.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use jsonwebtoken::EncodingKey;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use x509_parser::{pem::parse_x509_pem, public_key::PublicKey};

use crate::config::HintCertificate;

/// How long before the end of its certificate a generated key is replaced.
const RENEW_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Why the hint keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HintKeyError {
    /// A file could not be read or written.
    #[error("the hint key file {path} cannot be used")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        #[source]
        source: io::Error,
    },
    /// A key or its certificate could not be made.
    #[error("a hint key cannot be generated")]
    Generate(#[from] rcgen::Error),
    /// The certificate is not one for an RSA key.
    #[error("the hint certificate is not a PEM certificate of an RSA key")]
    Certificate,
    /// The private key cannot be read, or is not the certificate's.
    #[error("the hint's private key is not the PKCS #8 PEM key of its certificate")]
    PrivateKey,
}

/// One key: what signs, and what is published about it.
pub(crate) struct HintKey {
    pub(crate) kid: String,
    pub(crate) x5t: String,
    pub(crate) signing: EncodingKey,
    jwk: Value,
    not_after: Timestamp,
}

/// The keys in use, the current one first.
pub(crate) struct HintKeys(Vec<HintKey>);

impl HintKeys {
    /// The configured key, or the generated ones of the data directory; `now` decides about renewal.
    pub(crate) fn open(
        configured: Option<&HintCertificate>,
        data_dir: &Path,
        now: Timestamp,
    ) -> Result<Self, HintKeyError> {
        if let Some(files) = configured {
            let key = HintKey::from_pem(&read(&files.certificate)?, &read(&files.private_key)?)?;
            return Ok(Self(vec![key]));
        }
        let dir = data_dir.join("hint-keys");
        fs::create_dir_all(&dir).map_err(|source| HintKeyError::File { path: dir.clone(), source })?;
        let current = Slot::new(&dir, "current");
        if current.certificate.exists() && current.load()?.not_after < now + RENEW_BEFORE {
            current.replace(&Slot::new(&dir, "previous"))?;
        }
        if !current.certificate.exists() {
            current.generate(now)?;
        }
        let previous = Slot::new(&dir, "previous");
        let mut keys = vec![current.load()?];
        if previous.certificate.exists() {
            keys.push(previous.load()?);
        }
        Ok(Self(keys))
    }

    /// The key that signs.
    pub(crate) fn current(&self) -> &HintKey {
        self.0.first().expect("open puts a key in")
    }

    /// The set as published.
    pub(crate) fn jwks(&self) -> Value {
        json!({ "keys": self.0.iter().map(|key| key.jwk.clone()).collect::<Vec<_>>() })
    }
}

impl HintKey {
    fn from_pem(certificate: &[u8], private_key: &[u8]) -> Result<Self, HintKeyError> {
        let (_, pem) = parse_x509_pem(certificate).map_err(|_| HintKeyError::Certificate)?;
        let parsed = pem.parse_x509().map_err(|_| HintKeyError::Certificate)?;
        let Ok(PublicKey::RSA(public)) = parsed.public_key().parsed() else { return Err(HintKeyError::Certificate) };
        let signing = EncodingKey::from_rsa_pem(private_key).map_err(|_| HintKeyError::PrivateKey)?;
        belongs_together(private_key, &parsed.public_key().subject_public_key.data)?;

        let n = unsigned(public.modulus);
        let e = unsigned(public.exponent);
        let kid = URL_SAFE_NO_PAD.encode(Sha256::digest(format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#)));
        let x5t = URL_SAFE_NO_PAD.encode(Sha1::digest(&pem.contents));
        let jwk = json!({
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
            "n": n, "e": e, "x5t": x5t, "x5c": [STANDARD.encode(&pem.contents)],
        });
        let not_after =
            Timestamp::from_second(parsed.validity().not_after.timestamp()).map_err(|_| HintKeyError::Certificate)?;
        Ok(Self { kid, x5t, signing, jwk, not_after })
    }
}

/// A certificate beside somebody else's key would publish a key that verifies nothing.
fn belongs_together(private_key: &[u8], public_key: &[u8]) -> Result<(), HintKeyError> {
    let text = std::str::from_utf8(private_key).map_err(|_| HintKeyError::PrivateKey)?;
    let pair = rcgen::KeyPair::from_pem(text).map_err(|_| HintKeyError::PrivateKey)?;
    if rcgen::PublicKeyData::der_bytes(&pair) == public_key { Ok(()) } else { Err(HintKeyError::PrivateKey) }
}

/// A big-endian number as JSON Web Keys want it: without a leading zero byte.
fn unsigned(number: &[u8]) -> String {
    let start = number.iter().position(|byte| *byte != 0).unwrap_or(number.len());
    URL_SAFE_NO_PAD.encode(&number[start..])
}

/// The two files of one generated key.
struct Slot {
    certificate: PathBuf,
    private_key: PathBuf,
}

impl Slot {
    fn new(dir: &Path, name: &str) -> Self {
        Self { certificate: dir.join(format!("{name}.crt.pem")), private_key: dir.join(format!("{name}.key.pem")) }
    }

    fn load(&self) -> Result<HintKey, HintKeyError> {
        HintKey::from_pem(&read(&self.certificate)?, &read(&self.private_key)?)
    }

    /// Makes this key the content of `older`, leaving this slot empty.
    fn replace(&self, older: &Self) -> Result<(), HintKeyError> {
        for (from, to) in [(&self.private_key, &older.private_key), (&self.certificate, &older.certificate)] {
            fs::rename(from, to).map_err(|source| HintKeyError::File { path: from.clone(), source })?;
        }
        Ok(())
    }

    fn generate(&self, now: Timestamp) -> Result<(), HintKeyError> {
        let pair = rcgen::KeyPair::generate_rsa_for(&rcgen::PKCS_RSA_SHA256, rcgen::RsaKeySize::_2048)?;
        let mut params = rcgen::CertificateParams::default();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(rcgen::DnType::CommonName, "Payment hints of the demo bank");
        // The day before, so that a reader whose clock is behind accepts it.
        let (year, month, day) = date(now - SignedDuration::from_hours(24));
        params.not_before = rcgen::date_time_ymd(year, month, day);
        let (year, month, day) = date(now);
        params.not_after = rcgen::date_time_ymd(year + 1, month, day);
        let certificate = params.self_signed(&pair)?;
        // The private key first: a slot counts as filled once its certificate is there.
        write_private(&self.private_key, &pair.serialize_pem())?;
        write_private(&self.certificate, &certificate.pem())
    }
}

/// Year, month and day; a day that every month of every year has.
fn date(moment: Timestamp) -> (i32, u8, u8) {
    let date = moment.to_zoned_datetime(TimeZone::UTC).date();
    let [month, day] =
        [date.month(), date.day()].map(|number| u8::try_from(number).expect("a calendar number is small"));
    (i32::from(date.year()), month, day.min(28))
}

fn read(path: &Path) -> Result<Vec<u8>, HintKeyError> {
    fs::read(path).map_err(|source| HintKeyError::File { path: path.to_owned(), source })
}

/// Writes a file that only its owner can read, and puts it in place whole.
fn write_private(path: &Path, content: &str) -> Result<(), HintKeyError> {
    let write = || {
        let draft = path.with_extension("new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        io::Write::write_all(&mut options.open(&draft)?, content.as_bytes())?;
        fs::rename(&draft, path)
    };
    write().map_err(|source| HintKeyError::File { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kids(keys: &HintKeys) -> Vec<String> {
        keys.0.iter().map(|key| key.kid.clone()).collect()
    }

    #[test]
    fn a_generated_key_is_kept_and_renewed_with_overlap() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let now: Timestamp = "2026-01-10T00:00:00Z".parse().expect("a constant");
        let first = HintKeys::open(None, dir.path(), now).expect("generates");
        let again = HintKeys::open(None, dir.path(), now).expect("reads what it wrote");
        assert_eq!(kids(&first), kids(&again));

        let next_year: Timestamp = "2026-12-25T00:00:00Z".parse().expect("a constant");
        let renewed = HintKeys::open(None, dir.path(), next_year).expect("renews");
        assert_eq!(renewed.0.len(), 2);
        assert_eq!(kids(&renewed)[1], kids(&first)[0]);
        assert_ne!(kids(&renewed)[0], kids(&first)[0]);
    }

    #[test]
    fn a_certificate_with_another_key_is_refused() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let now: Timestamp = "2026-01-10T00:00:00Z".parse().expect("a constant");
        let [one, two] = ["one", "two"].map(|name| Slot::new(dir.path(), name));
        one.generate(now).expect("generates");
        two.generate(now).expect("generates");
        let files = |certificate: &Slot, key: &Slot| HintCertificate {
            certificate: certificate.certificate.clone(),
            private_key: key.private_key.clone(),
        };
        assert!(HintKeys::open(Some(&files(&one, &one)), dir.path(), now).is_ok());
        assert!(matches!(HintKeys::open(Some(&files(&one, &two)), dir.path(), now), Err(HintKeyError::PrivateKey)));
    }
}
