//! Digests and constant-time comparison, in the few forms that the protocol uses.

use aws_lc_rs::{constant_time, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Base64url without padding.
pub(crate) fn base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// SHA-256 in base64url: S256 challenges and key thumbprints.
pub(crate) fn sha256_base64url(data: &[u8]) -> String {
    base64url(digest::digest(&digest::SHA256, data))
}

/// SHA-1 in base64url, which `x5t` is by definition; nothing relies on it being hard to collide.
pub(crate) fn sha1_base64url(data: &[u8]) -> String {
    base64url(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, data))
}

/// Left half of SHA-256 in base64url: `at_hash` and `c_hash` beside RS256.
pub(crate) fn half_hash(data: &str) -> String {
    let whole = digest::digest(&digest::SHA256, data.as_bytes());
    base64url(&whole.as_ref()[..16])
}

/// Whether two secrets are equal. Digests are compared, so that the time does not depend on a length either.
pub(crate) fn equal(left: &[u8], right: &[u8]) -> bool {
    let (left, right) = (digest::digest(&digest::SHA256, left), digest::digest(&digest::SHA256, right));
    constant_time::verify_slices_are_equal(left.as_ref(), right.as_ref()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{half_hash, sha256_base64url};

    #[test]
    fn agrees_with_published_examples() {
        // RFC 7636, appendix B.
        let verifier = b"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(sha256_base64url(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        // OpenID Connect Core, appendix A.4.
        let code = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";
        assert_eq!(half_hash(code), "LDktKdoQak3Pk0cnXxCltA");
    }
}
