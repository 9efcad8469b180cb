//! Who is at the other end: the random cookie that a journey is bound to, and the CSRF value that follows from it.
//!
//! The CSRF value is derived from the browser's cookie: one a browser, the same in every tab, known to nobody who does
//! not have the cookie. It is also put in the cookie `x-ms-cpim-csrf`, where clients made for B2C read it; what counts
//! is the derivation, so planting that cookie gains nothing.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journeyman_store::{Entropy, Handle};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::front::fault::Fault;

/// The CSRF cookie and its name on the wire, which clients know.
const CSRF: &str = "x-ms-cpim-csrf";
const BROWSER: &str = "journeyman-browser";

/// Whether cookies need protection that only https gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// `Secure`, and names with `__Host-`.
    Https,
    /// On a loopback address.
    Http,
}

impl Transport {
    /// The name of a cookie of ours.
    pub(crate) fn name(self, plain: &str) -> String {
        match self {
            Self::Https => format!("__Host-{plain}"),
            Self::Http => plain.to_owned(),
        }
    }

    /// A `Set-Cookie` value; without `max_age` (seconds) it ends with the browser.
    pub(crate) fn set(self, name: &str, value: &str, max_age: Option<i64>) -> HeaderValue {
        let secure = if self == Self::Https { "; Secure" } else { "" };
        let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        HeaderValue::from_str(&cookie).expect("names and values are base64url or constants")
    }
}

/// A browser.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    handle: Handle,
    transport: Transport,
    /// It did not send a cookie yet.
    fresh: bool,
}

impl Browser {
    /// The browser that sent these headers, if it was here before.
    pub(crate) fn known(headers: &HeaderMap, transport: Transport) -> Option<Self> {
        let handle = cookie(headers, &transport.name(BROWSER)).and_then(Handle::parse)?;
        Some(Self { handle, transport, fresh: false })
    }

    /// The browser that sent these headers, or a new one.
    pub(crate) fn meet(headers: &HeaderMap, transport: Transport, entropy: &dyn Entropy) -> Result<Self, Fault> {
        match Self::known(headers, transport) {
            Some(browser) => Ok(browser),
            None => Ok(Self { handle: Handle::random(entropy)?, transport, fresh: true }),
        }
    }

    /// What journeys are bound to.
    pub(crate) fn handle(&self) -> &Handle {
        &self.handle
    }

    /// The value that its forms carry.
    pub(crate) fn csrf(&self) -> String {
        let digest = Sha256::new().chain_update("journeyman csrf\0").chain_update(self.handle.expose()).finalize();
        URL_SAFE_NO_PAD.encode(digest)
    }

    /// Whether a form or script of this browser sent that value.
    pub(crate) fn is_csrf(&self, presented: &str) -> bool {
        self.csrf().as_bytes().ct_eq(presented.as_bytes()).into()
    }

    /// Cookies that the answer must set so that the browser is known again.
    pub(crate) fn remember(&self, sent: &HeaderMap, answer: &mut HeaderMap) {
        if self.fresh {
            let name = self.transport.name(BROWSER);
            answer.append(SET_COOKIE, self.transport.set(&name, self.handle.expose(), None));
        }
        let csrf = self.csrf();
        if cookie(sent, CSRF) != Some(csrf.as_str()) {
            answer.append(SET_COOKIE, self.transport.set(CSRF, &csrf, None));
        }
    }
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use axum::http::header::{COOKIE, SET_COOKIE};
    use journeyman_store::SystemEntropy;

    use super::{Browser, Transport, cookie};

    fn set_cookies(answer: &HeaderMap) -> Vec<String> {
        answer.get_all(SET_COOKIE).iter().map(|v| v.to_str().expect("ascii").to_owned()).collect()
    }

    fn sent(cookies: &[String]) -> HeaderMap {
        let pairs: Vec<_> = cookies.iter().map(|c| c.split(';').next().expect("a pair")).collect();
        HeaderMap::from_iter([(COOKIE, pairs.join("; ").parse().expect("a header"))])
    }

    #[test]
    fn a_browser_is_known_by_its_cookie_and_set_up_once() {
        for (transport, prefix) in [(Transport::Http, "journeyman-browser="), (Transport::Https, "__Host-journeyman")] {
            let nobody = HeaderMap::new();
            let browser = Browser::meet(&nobody, transport, &SystemEntropy).expect("draws");
            let mut answer = HeaderMap::new();
            browser.remember(&nobody, &mut answer);
            let cookies = set_cookies(&answer);
            assert!(cookies[0].starts_with(prefix), "{cookies:?}");
            assert!(cookies[1].starts_with("x-ms-cpim-csrf="), "{cookies:?}");
            assert!(cookies.iter().all(|c| c.contains("; HttpOnly; SameSite=Lax")), "{cookies:?}");
            assert!(cookies.iter().all(|c| c.contains("; Secure") == (transport == Transport::Https)), "{cookies:?}");

            let headers = sent(&cookies);
            let again = Browser::meet(&headers, transport, &SystemEntropy).expect("known");
            assert_eq!((again.handle(), again.csrf()), (browser.handle(), browser.csrf()));
            let mut answer = HeaderMap::new();
            again.remember(&headers, &mut answer);
            assert_eq!(set_cookies(&answer), Vec::<String>::new());
        }
    }

    #[test]
    fn a_csrf_value_is_one_browsers_own() {
        let meet = || Browser::meet(&HeaderMap::new(), Transport::Http, &SystemEntropy).expect("draws");
        let (one, other) = (meet(), meet());
        assert!(one.is_csrf(&one.csrf()));
        assert!(!one.is_csrf(&other.csrf()));
        assert!(!one.is_csrf(""));
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let headers = sent(&["xa=1".into(), "a=2".into(), "b=3=4".into()]);
        assert_eq!(
            (cookie(&headers, "a"), cookie(&headers, "b"), cookie(&headers, "c")),
            (Some("2"), Some("3=4"), None)
        );
    }
}
