//! Reading and comparing the credentials of a call, without giving away by the time taken where they differ.

use axum::http::{HeaderMap, header};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use subtle::ConstantTimeEq as _;

use crate::config::KeyPair;

/// Whether the call authenticates with this pair. Both halves are always compared.
pub(crate) fn is_basic(headers: &HeaderMap, key: &str, secret: &str) -> bool {
    basic(headers).is_some_and(|sent| bool::from(same(&sent.key, key) & same(&sent.secret, secret)))
}

/// Whether the call carries this bearer token.
pub(crate) fn is_bearer(headers: &HeaderMap, token: &str) -> bool {
    of_scheme(headers, "Bearer").is_some_and(|sent| same(sent, token).into())
}

fn basic(headers: &HeaderMap) -> Option<KeyPair> {
    let decoded = STANDARD.decode(of_scheme(headers, "Basic")?).ok()?;
    let (key, secret) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    Some(KeyPair { key: key.to_owned(), secret: secret.to_owned() })
}

fn of_scheme<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let (sent_scheme, credentials) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    sent_scheme.eq_ignore_ascii_case(scheme).then(|| credentials.trim())
}

/// An empty expectation matches nothing.
pub(crate) fn same(sent: &str, expected: &str) -> subtle::Choice {
    sent.as_bytes().ct_eq(expected.as_bytes()) & subtle::Choice::from(u8::from(!expected.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(authorization: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::AUTHORIZATION, authorization.parse().expect("a header value"))])
    }

    #[test]
    fn basic_needs_both_halves() {
        let sent = |text: &str| headers(&format!("Basic {}", STANDARD.encode(text)));
        for (text, accepted) in
            [("key:secret", true), ("key:", false), (":secret", false), ("key", false), ("Key:secret", false)]
        {
            assert_eq!(is_basic(&sent(text), "key", "secret"), accepted, "{text}");
        }
        assert!(!is_basic(&headers("Bearer a2V5OnNlY3JldA=="), "key", "secret"));
        assert!(!is_basic(&HeaderMap::new(), "key", "secret"));
    }

    #[test]
    fn an_empty_configured_secret_opens_nothing() {
        assert!(!is_bearer(&headers("Bearer "), ""));
        assert!(!is_basic(&headers(&format!("Basic {}", STANDARD.encode(":"))), "", ""));
    }
}
