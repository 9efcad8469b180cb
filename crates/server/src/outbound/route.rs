//! Where a call really goes: the rewrite table, and whether the address is checked.

use url::{Host, Url};

use crate::config::{Config, Rewrite};
use crate::outbound::address::Guard;

/// A call that may be made.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// Where to.
    pub(super) url: Url,
    /// Whether the address may only be a public one.
    pub(super) guarded: bool,
}

/// Decides where calls go.
#[derive(Debug)]
pub(super) struct Routes {
    /// Longest first.
    rewrite: Vec<Rewrite>,
    /// Hosts that may be called whatever their address, with their port or for any port.
    trusted: Vec<(String, Option<u16>)>,
    /// Plain HTTP to anybody.
    plain: bool,
    guard: Guard,
}

impl Routes {
    pub(super) fn new(config: &Config) -> Self {
        let outbound = &config.outbound;
        let mut rewrite = if config.may_rewrite() { outbound.rewrite.clone() } else { Vec::new() };
        rewrite.sort_by_key(|rewrite| std::cmp::Reverse(rewrite.from.as_str().trim_end_matches('/').len()));
        let named = outbound.allowed_hosts.iter().map(|host| host_and_port(host));
        // Where the operator turns calls to, the keys and pages that are published there may be fetched as well.
        let turned_to = rewrite
            .iter()
            .filter_map(|rewrite| Some((rewrite.to.host_str()?.to_lowercase(), rewrite.to.port_or_known_default())));
        let trusted = named.chain(turned_to).collect();
        let guard = Guard { allowed: outbound.allowed_networks.as_slice().into() };
        Self { rewrite, trusted, plain: config.development, guard }
    }

    pub(super) fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Whether any call may go wherever its address leads.
    pub(super) fn trust_any(&self) -> bool {
        !self.trusted.is_empty()
    }

    /// Where a call goes; `None` if it may not be made.
    pub(super) fn route(&self, asked: &Url) -> Option<Route> {
        if !matches!(asked.scheme(), "http" | "https") || !asked.username().is_empty() || asked.password().is_some() {
            return None;
        }
        if let Some(url) = self.rewrite.iter().find_map(|rewrite| apply(rewrite, asked)) {
            return Some(Route { url, guarded: false });
        }
        let mut url = asked.clone();
        url.set_fragment(None);
        if self.is_trusted(&url) {
            return Some(Route { url, guarded: false });
        }
        let safe = url.scheme() == "https" || self.plain;
        let permitted = match url.host()? {
            // Looked at when it is resolved.
            Host::Domain(_) => true,
            Host::Ipv4(address) => self.guard.permits(address.into()),
            Host::Ipv6(address) => self.guard.permits(address.into()),
        };
        (safe && permitted).then_some(Route { url, guarded: true })
    }

    fn is_trusted(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let port = url.port_or_known_default();
        self.trusted.iter().any(|(name, of)| name.eq_ignore_ascii_case(host) && (of.is_none() || *of == port))
    }
}

/// `name`, `name:port`, `[address]:port` in parts.
fn host_and_port(text: &str) -> (String, Option<u16>) {
    let text = text.trim();
    match text.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => match port.parse() {
            Ok(port) => (host.to_lowercase(), Some(port)),
            Err(_) => (text.to_lowercase(), None),
        },
        _ => (text.to_lowercase(), None),
    }
}

/// The URL after one line of the table, if it fits. Paths fit by whole segments.
fn apply(rewrite: &Rewrite, asked: &Url) -> Option<Url> {
    if rewrite.from.origin() != asked.origin() {
        return None;
    }
    let rest = asked.path().strip_prefix(rewrite.from.path().trim_end_matches('/'))?;
    if !rest.is_empty() && !rest.starts_with('/') {
        return None;
    }
    let mut url = rewrite.to.clone();
    let base = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("{base}{rest}"));
    url.set_query(asked.query());
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::{Routes, Url};
    use crate::config::{Config, Rewrite};
    use crate::testing;

    fn config() -> Config {
        let rewrite = [
            ("https://verify.twilio.com/", "http://localhost:4002/twilio-verify"),
            (
                "https://verify.twilio.com/v2/Services/twilioAccountSID",
                "http://localhost:4002/twilio-verify/v2/Services/VA1",
            ),
            ("https://psd2demo.azurewebsites.net/", "http://127.0.0.1:4001/"),
        ];
        let url = |text: &str| Url::parse(text).expect("a URL");
        let mut config = testing::config();
        config.development = false;
        config.sandbox = true;
        config.outbound.rewrite = rewrite.iter().map(|(from, to)| Rewrite { from: url(from), to: url(to) }).collect();
        config.outbound.allowed_hosts = vec!["intranet.example".into(), "10.0.0.9:8443".into()];
        config
    }

    fn routed(config: &Config, url: &str) -> Option<(String, bool)> {
        let route = Routes::new(config).route(&Url::parse(url).expect("a URL"))?;
        Some((route.url.to_string(), route.guarded))
    }

    #[test]
    fn the_longest_prefix_counts_and_paths_fit_by_segments() {
        for (asked, to) in [
            (
                "https://verify.twilio.com/v2/Services/twilioAccountSID/Verifications?a=b",
                "http://localhost:4002/twilio-verify/v2/Services/VA1/Verifications?a=b",
            ),
            (
                "https://VERIFY.twilio.com:443/v2/Services/twilioAccountSID",
                "http://localhost:4002/twilio-verify/v2/Services/VA1",
            ),
            (
                "https://verify.twilio.com/v2/Services/twilioAccountSIDx/Verifications",
                "http://localhost:4002/twilio-verify/v2/Services/twilioAccountSIDx/Verifications",
            ),
            (
                "https://psd2demo.azurewebsites.net/.well-known/openid-configuration",
                "http://127.0.0.1:4001/.well-known/openid-configuration",
            ),
        ] {
            assert_eq!(routed(&config(), asked), Some((to.to_owned(), false)), "{asked}");
        }
        let elsewhere = "https://verify.twilio.com.evil.example/v2";
        assert_eq!(routed(&config(), elsewhere), Some((elsewhere.to_owned(), true)));
    }

    #[test]
    fn without_a_sandbox_nothing_is_rewritten() {
        let config = Config { sandbox: false, ..config() };
        let asked = "https://verify.twilio.com/v2";
        assert_eq!(routed(&config, asked), Some((asked.to_owned(), true)));
    }

    #[test]
    fn what_may_not_be_called_has_no_route() {
        let config = config();
        for refused in [
            "http://example.com/",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::1]/",
            "https://[::ffff:169.254.169.254]/latest",
            "https://user:secret@example.com/",
            "file:///etc/passwd",
            "gopher://example.com/",
            "http://127.0.0.1:4003/",
            "https://10.0.0.9/",
        ] {
            assert_eq!(routed(&config, refused), None, "{refused}");
        }
        for (allowed, guarded) in [
            ("https://example.com/a", true),
            ("http://intranet.example/a", false),
            ("https://10.0.0.9:8443/", false),
            ("http://127.0.0.1:4001/.well-known/keys", false),
        ] {
            assert_eq!(routed(&config, allowed), Some((allowed.to_owned(), guarded)), "{allowed}");
        }
        let development = Config { development: true, ..config };
        assert!(routed(&development, "http://example.com/").is_some_and(|(_, guarded)| guarded));
        assert_eq!(routed(&development, "http://127.0.0.1:4003/"), None);
    }
}
