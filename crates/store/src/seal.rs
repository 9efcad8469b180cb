//! Secrets at rest: sealing with a key-encryption key, and keyed digests to look sealed things up by.
//!
//! A sealed value is `version · flags · key id · salt · nonce · ciphertext and tag`. A fresh AES-256-GCM key is derived
//! for each value from the salt, so that random nonces stay safe however many values one key-encryption key seals. The
//! table and the row are authenticated with it: a value moved to another row does not open.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::{constant_time, digest, hmac};

use crate::entropy::{Entropy, SystemEntropy};
use crate::error::{Result, StoreError};

/// Length of a key-encryption key, in bytes.
pub const KEY_LENGTH: usize = 32;

/// A SHA-256 digest, or an HMAC of that size.
pub(crate) type Digest = [u8; 32];

const VERSION: u8 = 1;
const COMPRESSED: u8 = 1;
const KEY_ID: usize = 4;
const SALT: usize = 16;
const NONCE: usize = 12;
const HEADER: usize = 2 + KEY_ID + SALT + NONCE;
/// Shorter values do not gain by compression.
const WORTH_COMPRESSING: usize = 256;
/// No value is larger when opened; a length beyond it is not believed.
const LARGEST: usize = 16 << 20;

/// Why a sealed value does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The value was sealed with a key that the ring does not hold.
    #[error("it was sealed with a key that is not configured")]
    UnknownKey,
    /// The value was changed, cut, or belongs to another row.
    #[error("it was changed, or belongs elsewhere")]
    Tampered,
    /// The value has a format that this version does not know.
    #[error("its format is not known")]
    UnknownFormat,
}

/// The key-encryption keys: values are sealed with the current one and opened with any.
pub struct KeyRing {
    current: KeyEncryptionKey,
    previous: Vec<KeyEncryptionKey>,
}

struct KeyEncryptionKey {
    /// From the key itself, so that an operator has nothing to number.
    id: [u8; KEY_ID],
    derive: hmac::Key,
}

impl KeyEncryptionKey {
    fn new(bytes: &[u8; KEY_LENGTH]) -> Self {
        let derive = hmac::Key::new(hmac::HMAC_SHA256, bytes);
        let mut id = [0; KEY_ID];
        id.copy_from_slice(&hmac::sign(&derive, b"journeyman key id").as_ref()[..KEY_ID]);
        Self { id, derive }
    }

    fn cipher(&self, salt: &[u8]) -> LessSafeKey {
        let mut context = hmac::Context::with_key(&self.derive);
        context.update(b"journeyman seal 1");
        context.update(salt);
        let key = UnboundKey::new(&AES_256_GCM, context.sign().as_ref())
            .expect("an HMAC-SHA256 is as long as an AES-256 key");
        LessSafeKey::new(key)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing({} keys)", 1 + self.previous.len())
    }
}

impl KeyRing {
    /// A ring that seals with `current`. `previous` keys open what was sealed before a rotation.
    pub fn new(current: &[u8; KEY_LENGTH], previous: &[[u8; KEY_LENGTH]]) -> Self {
        Self { current: KeyEncryptionKey::new(current), previous: previous.iter().map(KeyEncryptionKey::new).collect() }
    }

    /// Seals a value for one row of a table.
    pub(crate) fn seal(&self, table: &'static str, row: &[u8], clear: &[u8]) -> Result<Vec<u8>> {
        let (flags, mut body) = compress(clear);
        let mut salt_and_nonce = [0; SALT + NONCE];
        // Never an injected source: a repeated salt and nonce would give the plain text away.
        SystemEntropy.fill(&mut salt_and_nonce)?;
        let (salt, nonce) = salt_and_nonce.split_at(SALT);
        let mut header = vec![VERSION, flags];
        header.extend_from_slice(&self.current.id);
        header.extend_from_slice(&salt_and_nonce);
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| StoreError::NoRandomness)?;
        self.current
            .cipher(salt)
            .seal_in_place_append_tag(nonce, Aad::from(associated(table, row, &header)), &mut body)
            .map_err(|_| StoreError::Malformed { table, reason: "the value is too large to seal".to_owned() })?;
        header.append(&mut body);
        Ok(header)
    }

    /// Opens what [`Self::seal`] made for that row.
    pub(crate) fn open(&self, table: &'static str, row: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        self.try_open(table, row, sealed).map_err(|source| StoreError::Sealed { table, source })
    }

    fn try_open(&self, table: &str, row: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (header, body) = sealed.split_at_checked(HEADER).ok_or(SealError::Tampered)?;
        if header[0] != VERSION {
            return Err(SealError::UnknownFormat);
        }
        let (id, salt_and_nonce) = header[2..].split_at(KEY_ID);
        let (salt, nonce) = salt_and_nonce.split_at(SALT);
        let mut keys = std::iter::once(&self.current).chain(&self.previous);
        let key = keys.find(|key| key.id == id).ok_or(SealError::UnknownKey)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Tampered)?;
        let mut body = body.to_vec();
        let clear = key
            .cipher(salt)
            .open_in_place(nonce, Aad::from(associated(table, row, header)), &mut body)
            .map_err(|_| SealError::Tampered)?;
        decompress(header[1], clear)
    }
}

/// What is authenticated beside the value. Each part is preceded by its length, so that no two rows share it.
fn associated(table: &str, row: &[u8], header: &[u8]) -> Vec<u8> {
    let mut data = Vec::with_capacity(table.len() + row.len() + header.len() + 16);
    for part in [table.as_bytes(), row] {
        data.extend_from_slice(&(part.len() as u64).to_be_bytes());
        data.extend_from_slice(part);
    }
    data.extend_from_slice(header);
    data
}

fn compress(clear: &[u8]) -> (u8, Vec<u8>) {
    if clear.len() >= WORTH_COMPRESSING {
        let smaller = lz4_flex::compress_prepend_size(clear);
        if smaller.len() < clear.len() {
            return (COMPRESSED, smaller);
        }
    }
    (0, clear.to_vec())
}

fn decompress(flags: u8, body: &[u8]) -> Result<Vec<u8>, SealError> {
    match flags {
        0 => Ok(body.to_vec()),
        COMPRESSED => {
            let (size, rest) = lz4_flex::block::uncompressed_size(body).map_err(|_| SealError::UnknownFormat)?;
            if size > LARGEST {
                return Err(SealError::UnknownFormat);
            }
            lz4_flex::decompress(rest, size).map_err(|_| SealError::UnknownFormat)
        }
        _ => Err(SealError::UnknownFormat),
    }
}

/// Digests that nobody without the store's index key can compute: what people typed (addresses, phone numbers) can be
/// looked up by them, but not guessed from a copy of the database.
pub(crate) struct IndexKey(hmac::Key);

impl fmt::Debug for IndexKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IndexKey(…)")
    }
}

impl IndexKey {
    pub(crate) fn new(bytes: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    pub(crate) fn digest(&self, parts: &[&str]) -> Digest {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        to_digest(context.sign().as_ref())
    }
}

/// A plain digest, for values that are random themselves or unguessable.
pub(crate) fn sha256(parts: &[&str]) -> Digest {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    to_digest(context.finish().as_ref())
}

fn to_digest(bytes: &[u8]) -> Digest {
    let mut out = [0; 32];
    out.copy_from_slice(bytes);
    out
}

/// Whether two secrets are equal, in a time that tells nothing about where they differ.
pub(crate) fn equal(left: &[u8], right: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(left, right).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{HEADER, KeyRing, SealError, StoreError};

    const OLD: [u8; 32] = [1; 32];
    const NEW: [u8; 32] = [2; 32];

    fn reason(result: Result<Vec<u8>, StoreError>) -> SealError {
        match result {
            Err(StoreError::Sealed { table: "journeys", source }) => source,
            other => panic!("expected a sealing error, got {other:?}"),
        }
    }

    #[test]
    fn opens_what_it_sealed_and_compresses_when_that_helps() {
        let ring = KeyRing::new(&NEW, &[]);
        for clear in [&b""[..], b"short", &[7; 10_000]] {
            let sealed = ring.seal("journeys", b"row", clear).expect("seals");
            assert_eq!(ring.open("journeys", b"row", &sealed).expect("opens"), clear);
        }
        let sealed = ring.seal("journeys", b"row", &[7; 10_000]).expect("seals");
        assert!(sealed.len() < 500, "{} bytes", sealed.len());
        assert_ne!(sealed, ring.seal("journeys", b"row", &[7; 10_000]).expect("seals"), "salt and nonce are fresh");
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let ring = KeyRing::new(&NEW, &[]);
        let sealed = ring.seal("journeys", b"row", b"amount=100").expect("seals");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(ring.open("journeys", b"row", &changed).is_err(), "byte {at}");
        }
        assert_eq!(reason(ring.open("journeys", b"row", &sealed[..HEADER - 1])), SealError::Tampered);
    }

    #[test]
    fn a_value_does_not_open_in_another_place() {
        let ring = KeyRing::new(&NEW, &[]);
        let sealed = ring.seal("sessions", b"row", b"value").expect("seals");
        assert_eq!(reason(ring.open("journeys", b"row", &sealed)), SealError::Tampered);
        let sealed = ring.seal("journeys", b"other", b"value").expect("seals");
        assert_eq!(reason(ring.open("journeys", b"row", &sealed)), SealError::Tampered);
    }

    #[test]
    fn a_previous_key_opens_and_a_foreign_one_does_not() {
        let sealed = KeyRing::new(&OLD, &[]).seal("journeys", b"row", b"value").expect("seals");
        let rotated = KeyRing::new(&NEW, &[OLD]);
        assert_eq!(rotated.open("journeys", b"row", &sealed).expect("opens"), b"value");
        let sealed = rotated.seal("journeys", b"row", b"value").expect("seals");
        assert_eq!(reason(KeyRing::new(&OLD, &[]).open("journeys", b"row", &sealed)), SealError::UnknownKey);
    }

    #[test]
    fn keys_are_not_printed() {
        assert_eq!(format!("{:?}", KeyRing::new(&NEW, &[OLD])), "KeyRing(2 keys)");
    }
}
