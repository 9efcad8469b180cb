//! Where answers may go: registered addresses, compared character by character.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

const LONGEST: usize = 2_048;
/// Schemes by which a browser would run or open what the address holds.
const DANGEROUS: &[&str] =
    &["javascript", "data", "vbscript", "file", "blob", "about", "filesystem", "view-source", "ws", "wss", "ftp"];
/// Native applications that have no address of their own read the answer from the window.
const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// An address that an answer may be sent to. It is kept as it was registered, because applications compare it too.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RedirectUri(String);

/// Why an address cannot be a redirect URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RedirectUriFault {
    /// It does not parse, is relative, or holds characters that programs read differently.
    #[error("it is not an absolute address")]
    Malformed,
    /// It has a fragment, which belongs to the answer.
    #[error("it has a fragment")]
    Fragment,
    /// It holds a user name or password.
    #[error("it holds a user name or password")]
    Credentials,
    /// `http` to another machine, or a scheme that a browser would run.
    #[error("its scheme is not allowed: https is, http to this machine, and a scheme of the application's own")]
    Scheme,
    /// It holds a `*`.
    #[error("it has a wildcard")]
    Wildcard,
}

impl RedirectUri {
    /// Checks an address.
    pub fn parse(text: &str) -> Result<Self, RedirectUriFault> {
        if text == OUT_OF_BAND {
            return Ok(Self(text.to_owned()));
        }
        // Programs disagree about backslashes, spaces and control characters; the URL standard drops some silently.
        let plain =
            |c: char| c.is_ascii_graphic() && !matches!(c, '\\' | '"' | '<' | '>' | '`' | '{' | '}' | '|' | '^');
        if text.len() > LONGEST || !text.chars().all(plain) {
            return Err(RedirectUriFault::Malformed);
        }
        let url = Url::parse(text).map_err(|_| RedirectUriFault::Malformed)?;
        if text.contains('#') {
            return Err(RedirectUriFault::Fragment);
        }
        if text.contains('*') {
            return Err(RedirectUriFault::Wildcard);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(RedirectUriFault::Credentials);
        }
        match url.scheme() {
            "https" | "http" if !text.contains("://") => Err(RedirectUriFault::Malformed),
            "https" => Ok(Self(text.to_owned())),
            "http" if is_loopback(&url) => Ok(Self(text.to_owned())),
            "http" => Err(RedirectUriFault::Scheme),
            scheme if DANGEROUS.contains(&scheme) => Err(RedirectUriFault::Scheme),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The address, as it was registered.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a `form-action` source list must name so that a form or redirect to it is not blocked: the origin, or the
    /// scheme of a native application.
    pub fn form_action_source(&self) -> String {
        let url = self.url();
        if url.origin().is_tuple() { url.origin().ascii_serialization() } else { format!("{}:", url.scheme()) }
    }

    /// The web origin; none for a native application.
    pub(crate) fn origin(&self) -> Option<String> {
        let origin = self.url().origin();
        origin.is_tuple().then(|| origin.ascii_serialization())
    }

    /// An address of this machine over http: any port, any path.
    ///
    /// Only the canonical spelling counts (`127.1`, `2130706433` or upper case do not), so that nobody has to wonder
    /// what another program would make of it.
    pub(crate) fn is_loopback(&self) -> bool {
        let url = self.url();
        let path_left_out = url.as_str().strip_suffix('/') == Some(&self.0);
        url.scheme() == "http" && is_loopback(&url) && (url.as_str() == self.0 || path_left_out)
    }

    /// Whether `asked` is this registered address; for one of this machine the port is the application's choice of the
    /// moment (RFC 8252, section 7.3).
    pub(crate) fn admits(&self, asked: &Self, any_loopback_port: bool) -> bool {
        if self == asked {
            return true;
        }
        if !(any_loopback_port && self.is_loopback() && asked.is_loopback()) {
            return false;
        }
        let (mut registered, mut asked) = (self.url(), asked.url());
        let portless = |url: &mut Url| url.set_port(None).is_ok();
        portless(&mut registered) && portless(&mut asked) && registered == asked
    }

    fn url(&self) -> Url {
        Url::parse(&self.0).expect("it was parsed when it was made")
    }
}

impl TryFrom<String> for RedirectUri {
    type Error = RedirectUriFault;

    fn try_from(text: String) -> Result<Self, RedirectUriFault> {
        Self::parse(&text)
    }
}

impl From<RedirectUri> for String {
    fn from(uri: RedirectUri) -> Self {
        uri.0
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{RedirectUri, RedirectUriFault};

    #[test]
    fn what_may_be_registered() {
        use RedirectUriFault::{Credentials, Fragment, Malformed, Scheme, Wildcard};
        let cases = [
            ("https://app.example/signin-oidc", None),
            ("https://app.example", None),
            ("https://app.example/cb?tenant=1", None),
            ("http://localhost:4001/cb", None),
            ("http://127.0.0.1/cb", None),
            ("http://[::1]:8080/cb", None),
            ("msal1234://auth", None),
            ("com.example.app:/cb", None),
            ("urn:ietf:wg:oauth:2.0:oob", None),
            ("http://app.example/cb", Some(Scheme)),
            ("http://localhost.evil.example/cb", Some(Scheme)),
            ("http://127.0.0.1.evil.example/cb", Some(Scheme)),
            ("http://localhost:80@evil.example/cb", Some(Credentials)),
            ("https://app.example@evil.example/cb", Some(Credentials)),
            ("https://app.example/cb#", Some(Fragment)),
            ("https://app.example/cb#x", Some(Fragment)),
            ("https://*.app.example/cb", Some(Malformed)),
            ("https://app.example/*", Some(Wildcard)),
            ("javascript:alert(1)", Some(Scheme)),
            ("data:text/html,x", Some(Scheme)),
            ("/cb", Some(Malformed)),
            ("//evil.example/cb", Some(Malformed)),
            ("", Some(Malformed)),
            ("https:app.example", Some(Malformed)),
            ("https://app.example\\@evil.example/cb", Some(Malformed)),
            ("https://app.example/cb\n", Some(Malformed)),
            (" https://app.example/cb", Some(Malformed)),
            ("https://app.example/<b>", Some(Malformed)),
            ("https://äpp.example/cb", Some(Malformed)),
        ];
        for (text, expected) in cases {
            let found = RedirectUri::parse(text).err();
            if text.contains("*.") {
                // Whether the host or the star is complained about does not matter.
                assert!(found.is_some(), "{text}");
            } else {
                assert_eq!(found, expected, "{text}");
            }
        }
    }

    #[test]
    fn loopback_ports_are_free_only_where_allowed() {
        let registered = RedirectUri::parse("http://127.0.0.1/cb").expect("valid");
        let cases = [
            ("http://127.0.0.1/cb", false, true),
            ("http://127.0.0.1:50123/cb", true, true),
            ("http://127.0.0.1:50123/cb", false, false),
            ("http://127.0.0.1:50123/cb/", true, false),
            ("http://127.0.0.1:50123/cb?x=1", true, false),
            ("http://localhost:50123/cb", true, false),
            ("https://127.0.0.1:50123/cb", true, false),
            ("http://127.0.0.2/cb", true, false),
        ];
        for (asked, any_port, expected) in cases {
            let asked = RedirectUri::parse(asked).expect("valid");
            assert_eq!(registered.admits(&asked, any_port), expected, "{asked} {any_port}");
        }
    }

    #[test]
    fn names_what_a_page_may_send_forms_to() {
        let cases = [
            ("https://app.example/cb", "https://app.example"),
            ("http://localhost:4001/cb", "http://localhost:4001"),
            ("msal1234://auth", "msal1234:"),
        ];
        for (uri, expected) in cases {
            assert_eq!(RedirectUri::parse(uri).expect("valid").form_action_source(), expected);
        }
    }
}
