//! What a configuration must be, whoever wrote it: a file, or the demo.

use std::collections::HashSet;

use journeyman_oidc::ClientKind;
use journeyman_store::LimitRules;
use url::Host;

use super::{ClientConfig, Config, ConfigError, Delivery, SmtpSecurity, TenantConfig};

/// A client secret that is shorter can be guessed.
const SHORTEST_SECRET: usize = 16;

impl Config {
    /// Whether the values make sense together.
    ///
    /// # Errors
    ///
    /// All that do not, at once.
    pub fn check(&self) -> Result<(), ConfigError> {
        let mut problems = Vec::new();
        self.check_addresses(&mut problems);
        self.check_tenants(&mut problems);
        self.check_clients(&mut problems);
        self.check_limits(&mut problems);
        self.check_outbound(&mut problems);
        if problems.is_empty() { Ok(()) } else { Err(ConfigError { problems }) }
    }

    /// Whether outgoing calls may be turned elsewhere.
    pub(crate) fn may_rewrite(&self) -> bool {
        self.sandbox || self.development
    }

    fn check_addresses(&self, problems: &mut Vec<String>) {
        if self.public_urls.is_empty() {
            problems.push("`public_urls` is empty: browsers need an address".to_owned());
        }
        for url in &self.public_urls {
            if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
                problems.push(format!("`public_urls`: `{url}` must be an origin, without a path"));
            }
            if !(url.scheme() == "https" || url.scheme() == "http" && self.development) {
                problems.push(format!("`public_urls`: `{url}` must be https outside of development mode"));
            }
        }
    }

    fn check_tenants(&self, problems: &mut Vec<String>) {
        if self.tenants.is_empty() {
            problems.push("there is no `[[tenant]]`".to_owned());
        }
        let mut seen = HashSet::new();
        for tenant in &self.tenants {
            let about = format!("tenant `{}`", tenant.name);
            if uuid::Uuid::parse_str(&tenant.id).is_err() {
                problems.push(format!("{about}: `id` must be a GUID, but is `{}`", tenant.id));
            }
            if tenant.policies.is_empty() {
                problems.push(format!("{about}: `policies` names no folder"));
            }
            if !is_domain(&tenant.name) {
                problems.push(format!("{about}: `name` must be a domain, such as `contoso.onmicrosoft.com`"));
            }
            for name in [&tenant.name, &tenant.id] {
                if !seen.insert(name.to_lowercase()) {
                    problems.push(format!("{about}: `{name}` names two tenants"));
                }
            }
        }
    }

    fn check_clients(&self, problems: &mut Vec<String>) {
        let mut seen = HashSet::new();
        for ClientConfig { tenant, client, .. } in &self.clients {
            let about = format!("client `{}`", client.id);
            if client.id.is_empty() || !client.id.chars().all(|c| c.is_ascii_graphic()) {
                problems.push(format!("{about}: `id` must be plain letters, digits and signs"));
            }
            if self.tenant(tenant).is_none() {
                problems.push(format!("{about}: there is no tenant `{tenant}`"));
            }
            if !seen.insert((tenant.to_lowercase(), client.id.to_lowercase())) {
                problems.push(format!("{about}: there are two of that id"));
            }
            if let ClientKind::Confidential(secrets) = &client.kind
                && (secrets.is_empty() || secrets.iter().any(|secret| secret.expose().len() < SHORTEST_SECRET))
            {
                problems.push(format!("{about}: its secret must have {SHORTEST_SECRET} characters or more"));
            }
        }
    }

    fn check_limits(&self, problems: &mut Vec<String>) {
        let limits = &self.limits;
        for (name, rules) in [
            ("approval", &limits.approval),
            ("verification", &limits.verification),
            ("password", &limits.password),
            ("message", &limits.message),
        ] {
            let LimitRules { threshold, window, lock, longest_lock, absolute, .. } = rules;
            if *threshold == 0 || absolute.is_some_and(|most| most == 0) {
                problems.push(format!("`limits.{name}`: with 0 attempts nobody gets in"));
            }
            if !window.is_positive() || !lock.is_positive() || longest_lock < lock {
                problems.push(format!("`limits.{name}`: `window` and `lock` must be longer than nothing, and `longest_lock` not shorter than `lock`"));
            }
        }
    }

    fn check_outbound(&self, problems: &mut Vec<String>) {
        if !self.outbound.rewrite.is_empty() && !self.may_rewrite() {
            problems.push(
                "`outbound.rewrite` turns calls away from the services that policies name: it needs `sandbox` or \
                 `development` to be on"
                    .to_owned(),
            );
        }
        for url in self.outbound.rewrite.iter().flat_map(|rewrite| [&rewrite.from, &rewrite.to]) {
            if !matches!(url.scheme(), "http" | "https") || url.query().is_some() || url.fragment().is_some() {
                problems.push(format!("`outbound.rewrite`: `{url}` must be an http or https address without a query"));
            }
        }
        if let Some(messages) = &self.messages
            && let Delivery::Smtp(smtp) = &messages.delivery
            && smtp.security == SmtpSecurity::None
            && !self.development
            && !is_loopback_name(&smtp.host)
        {
            problems.push("`messages.smtp`: without TLS only a mail server on the same machine may be used".to_owned());
        }
        if self.hints.leeway.is_negative() || self.hints.leeway > super::LONGEST_LEEWAY {
            problems.push("`hints.leeway_seconds` must be between 0 and 300".to_owned());
        }
    }

    /// A tenant by name or id, in any case.
    pub fn tenant(&self, name_or_id: &str) -> Option<&TenantConfig> {
        self.tenants
            .iter()
            .find(|tenant| tenant.name.eq_ignore_ascii_case(name_or_id) || tenant.id.eq_ignore_ascii_case(name_or_id))
    }
}

fn is_domain(name: &str) -> bool {
    name.contains('.') && matches!(Host::parse(name), Ok(Host::Domain(_)))
}

fn is_loopback_name(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
