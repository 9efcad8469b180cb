//! Claim resolvers: `{Group:Name}` inside a text, filled in from the request, the policy or a claim.
//!
//! One table, [`RESOLVERS`], says which there are, where they may stand and what each becomes; unknown ones stay as they
//! are written, because braces are also used by format strings and by placeholders of other systems. In defaults of claims
//! they are only filled in where the policy asks for it (`ClaimUse::fills_in`).

mod check;

use std::ops::Range;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use journeyman_claims::{Bag, Name};

pub(crate) use self::check::check;
use crate::journey::Journey;
use crate::program::Program;

/// What a resolver can look at.
pub(crate) struct Resolver<'a> {
    pub(crate) program: &'a Program,
    pub(crate) journey: &'a Journey,
    pub(crate) claims: &'a Bag,
    pub(crate) now: Timestamp,
}

impl Resolver<'_> {
    /// Replaces every known resolver in a text; one without a value becomes empty. `None` when the text is a single
    /// resolver without a value, so that no claim is made of it.
    pub(crate) fn resolve(&self, text: &str) -> Option<String> {
        self.resolve_with(text, |value| value)
    }

    /// The same, passing each value through `encode`, for texts that are URLs.
    pub(crate) fn resolve_with(&self, text: &str, encode: impl Fn(String) -> String) -> Option<String> {
        if !text.contains('{') {
            return Some(text.to_owned());
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let (before, from) = rest.split_at(open);
            out.push_str(before);
            let Some(close) = from.find('}') else {
                out.push_str(from);
                return Some(out);
            };
            let (token, after) = from.split_at(close + 1);
            match self.lookup(&token[1..close]) {
                Lookup::Value(value) => out.push_str(&encode(value)),
                Lookup::Empty if token.len() == text.trim().len() => return None,
                Lookup::Empty => {}
                Lookup::Unknown => out.push_str(token),
            }
            rest = after;
        }
        out.push_str(rest);
        Some(out)
    }

    fn lookup(&self, token: &str) -> Lookup {
        let (group, name) = match token.split_once(':') {
            Some((group, name)) => (group.trim(), name.trim()),
            None => ("", token),
        };
        match find(group, name) {
            Some(known) if known.place == Place::Text => (known.value)(self, name).map_or(Lookup::Empty, Lookup::Value),
            _ => Lookup::Unknown,
        }
    }

    /// Language and region of the journey.
    fn culture(&self) -> (&str, Option<&str>) {
        let tag = &self.journey.language;
        let (language, region) = tag.split_once('-').unwrap_or((tag, ""));
        (language, Some(region).filter(|region| !region.is_empty()))
    }

    fn parameter(&self, name: &str) -> Option<String> {
        let parameters = &self.journey.request.parameters;
        let exact = parameters.iter().find(|(n, _)| n == name);
        exact.or_else(|| parameters.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))).map(|(_, v)| v.clone())
    }
}

/// Whether a segment of an address's path is `.` or `..`. No encoding keeps a value like that from leading elsewhere, so
/// an address that got one from a claim or a parameter must not be used.
pub(crate) fn climbs(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase().replace("%2e", ".");
    path.split(['/', '\\']).any(|segment| matches!(segment, "." | ".."))
}

enum Lookup {
    Value(String),
    Empty,
    Unknown,
}

/// Where a claim resolver may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `DefaultValue` of a claim, `LoadUri`, `ContentDefinitionParameters`, `ServiceUrl` and other metadata.
    Text,
    /// `PartnerClaimType` of an output claim of an OAuth 2.0 or OpenID Connect provider: it names a part of the answer.
    AnswerName,
    /// `PartnerClaimType` of an input claim of Application Insights: it names a property of the event.
    PropertyName,
}

impl Place {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "a default value, an address of a page or service, a content definition parameter",
            Self::AnswerName => "the `PartnerClaimType` of an output claim of an OAuth 2.0 or OpenID Connect provider",
            Self::PropertyName => "the `PartnerClaimType` of an input claim of Application Insights",
        }
    }
}

/// A claim resolver of the language.
pub struct ClaimResolver {
    /// What stands before the colon, in any case; empty where there is no colon.
    pub group: &'static str,
    /// What stands after it, in any case; absent where any name does.
    pub name: Option<&'static str>,
    /// Where it may stand.
    pub place: Place,
    /// What it becomes.
    pub summary: &'static str,
    value: fn(&Resolver<'_>, &str) -> Option<String>,
}

impl ClaimResolver {
    fn covers(&self, group: &str, name: &str) -> bool {
        self.group.eq_ignore_ascii_case(group) && self.name.is_none_or(|known| known.eq_ignore_ascii_case(name))
    }
}

const fn declare(
    group: &'static str,
    name: &'static str,
    summary: &'static str,
    value: fn(&Resolver<'_>, &str) -> Option<String>,
) -> ClaimResolver {
    ClaimResolver { group, name: Some(name), place: Place::Text, summary, value }
}

/// One that never has a value of its own in this engine.
const fn understood(
    group: &'static str,
    name: Option<&'static str>,
    place: Place,
    summary: &'static str,
) -> ClaimResolver {
    ClaimResolver { group, name, place, summary, value: |_, _| None }
}

/// The row of a resolver.
fn find(group: &str, name: &str) -> Option<&'static ClaimResolver> {
    RESOLVERS.iter().find(|known| known.covers(group, name))
}

/// What has the form of a resolver.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// Its bytes in the text, braces included.
    pub(crate) at: Range<usize>,
    pub(crate) group: &'a str,
    pub(crate) name: &'a str,
}

/// Everything in a text that has the form `{Group:Name}`. Placeholders of the author's tools have it too; they are none.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('{') {
        let Some(close) = text[open..].find('}') else { break };
        let Some((group, name)) = text[open + 1..open + close].split_once(':') else { continue };
        let (group, name) = (group.trim(), name.trim());
        let is_group = group.starts_with(|c: char| c.is_ascii_alphabetic())
            && group.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "._-".contains(c));
        if is_group && is_name && !group.eq_ignore_ascii_case("Settings") {
            found.push(Token { at: open..open + close + 1, group, name });
        }
    }
    found
}

/// Every claim resolver.
pub const RESOLVERS: &[ClaimResolver] = &[
    declare("Culture", "LanguageName", "language of the journey, such as `pt`", |r, _| Some(r.culture().0.to_owned())),
    declare("Culture", "RegionName", "its region, such as `BR`", |r, _| r.culture().1.map(str::to_owned)),
    declare("Culture", "RFC5646", "its tag, such as `pt-BR`", |r, _| Some(r.journey.language.clone())),
    declare("Culture", "LCID", "its Windows locale id, such as `1046`", |r, _| {
        lcid(&r.journey.language).map(|id| id.to_string())
    }),
    declare("", "policy", "id of the policy", |r, _| Some(r.program.policy().id.as_str().to_owned())),
    declare("Policy", "PolicyId", "id of the policy", |r, _| Some(r.program.policy().id.as_str().to_owned())),
    declare("Policy", "RelyingPartyTenantId", "domain of the tenant, as the policy file writes it", |r, _| {
        Some(r.program.policy().tenant.clone())
    }),
    declare("Policy", "TrustFrameworkTenantId", "the same", |r, _| Some(r.program.policy().tenant.clone())),
    declare("Policy", "TenantObjectId", "id of the tenant, as configured", |r, _| Some(r.journey.tenant.id.clone())),
    declare("Context", "BuildNumber", "version of the engine", |r, _| Some(r.journey.context.build.clone())),
    declare("Context", "CorrelationId", "id of the journey, as in the log", |r, _| {
        Some(r.journey.context.correlation_id.clone())
    }),
    declare("Context", "DateTimeInUtc", "the time, such as `3/1/2026 9:05:00 PM`", |r, _| {
        Some(r.now.to_zoned_datetime(TimeZone::UTC).strftime("%-m/%-d/%Y %-I:%M:%S %p").to_string())
    }),
    declare("Context", "DeploymentMode", "`DeploymentMode` of the policy", |r, _| {
        Some(format!("{:?}", r.program.policy().deployment_mode))
    }),
    declare("Context", "HostName", "host of the public URL", |r, _| Some(r.journey.context.host_name.clone())),
    declare("Context", "IPAddress", "address of the client", |r, _| Some(r.journey.context.ip_address.clone())),
    declare("Context", "KMSI", "`False` always", |_, _| Some("False".to_owned())),
    ClaimResolver {
        group: "Claim",
        name: None,
        place: Place::Text,
        summary: "value of that claim",
        value: |r, name| r.claims.get(&Name::new(name)).map(|value| value.to_text()),
    },
    declare("OIDC", "AuthenticationContextReferences", "`acr_values` of the request", |r, _| {
        r.journey.request.acr_values.clone()
    }),
    declare("OIDC", "ClientId", "`client_id`", |r, _| Some(r.journey.request.client_id.clone())),
    declare("OIDC", "DomainHint", "`domain_hint`", |r, _| r.journey.request.domain_hint.clone()),
    declare("OIDC", "LoginHint", "`login_hint`", |r, _| r.journey.request.login_hint.clone()),
    declare("OIDC", "MaxAge", "`max_age`", |r, _| r.journey.request.max_age.map(|seconds| seconds.to_string())),
    declare("OIDC", "Nonce", "`nonce`", |r, _| r.journey.request.nonce.clone()),
    declare("OIDC", "Prompt", "`prompt`", |r, _| r.journey.request.prompt.clone()),
    declare("OIDC", "RedirectUri", "`redirect_uri`", |r, _| Some(r.journey.request.redirect_uri.clone())),
    declare("OIDC", "Resource", "`resource`", |r, _| r.journey.request.resource.clone()),
    declare("OIDC", "Scope", "`scope`", |r, _| Some(r.journey.request.scope.clone())),
    declare("OIDC", "Username", "`username`", |r, _| r.parameter("username")),
    declare("OIDC", "Password", "`password`", |r, _| r.parameter("password")),
    ClaimResolver {
        group: "OAUTH-KV",
        name: None,
        place: Place::Text,
        summary: "that parameter of the request",
        value: |r, name| r.parameter(name),
    },
    understood("SAML", Some("AuthnContextClassReferences"), Place::Text, "no value: SAML requests are not served"),
    understood("SAML", Some("NameIdPolicyFormat"), Place::Text, "no value"),
    understood("SAML", Some("Issuer"), Place::Text, "no value"),
    understood("SAML", Some("AllowCreate"), Place::Text, "no value"),
    understood("SAML", Some("ForceAuthn"), Place::Text, "no value"),
    understood("SAML", Some("ProviderName"), Place::Text, "no value"),
    understood("SAML", Some("RelayState"), Place::Text, "no value"),
    understood("SAML", Some("Subject"), Place::Text, "no value"),
    understood("SAML", Some("Binding"), Place::Text, "no value"),
    understood("oauth2", Some("access_token"), Place::AnswerName, "token of the identity provider"),
    understood("oauth2", Some("token_type"), Place::AnswerName, "its type"),
    understood("oauth2", Some("expires_in"), Place::AnswerName, "its life in seconds"),
    understood("oauth2", Some("refresh_token"), Place::AnswerName, "refresh token of the identity provider"),
    understood("property", None, Place::PropertyName, "a property of that name"),
    declare("service", "te", "`trustframeworkengine`, which starter packs ask for", |_, _| {
        Some("trustframeworkengine".to_owned())
    }),
];

/// Windows locale ids of the languages that policies commonly offer.
fn lcid(tag: &str) -> Option<u32> {
    const IDS: &[(&str, u32)] = &[
        ("ar", 1025),
        ("zh", 2052),
        ("zh-hans", 2052),
        ("zh-cn", 2052),
        ("zh-hant", 1028),
        ("cs", 1029),
        ("da", 1030),
        ("de", 1031),
        ("de-de", 1031),
        ("en", 1033),
        ("en-us", 1033),
        ("en-gb", 2057),
        ("es", 3082),
        ("es-es", 3082),
        ("fi", 1035),
        ("fr", 1036),
        ("fr-fr", 1036),
        ("he", 1037),
        ("hu", 1038),
        ("it", 1040),
        ("it-it", 1040),
        ("ja", 1041),
        ("ko", 1042),
        ("nl", 1043),
        ("nb", 1044),
        ("pl", 1045),
        ("pt-br", 1046),
        ("pt", 2070),
        ("pt-pt", 2070),
        ("ru", 1049),
        ("sv", 1053),
        ("tr", 1055),
    ];
    IDS.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag)).map(|(_, id)| *id)
}

#[cfg(test)]
mod tests {
    use super::{RESOLVERS, tokens};

    #[test]
    fn what_has_the_form_of_a_resolver() {
        for (text, found) in [
            ("{OIDC:LoginHint}", &["OIDC:LoginHint"][..]),
            ("https://x/{Culture:RFC5646}?id={ Claim : order }", &["Culture:RFC5646", "Claim:order"]),
            ("{OAUTH-KV:a.b_c-d}", &["OAUTH-KV:a.b_c-d"]),
            ("{Settings:Tenant}{policy}{0:D6}{}", &[]),
            (r#"{"a":1} {a: {Claim:b}"#, &["Claim:b"]),
            ("{Claim:", &[]),
        ] {
            let names: Vec<_> = tokens(text).iter().map(|token| format!("{}:{}", token.group, token.name)).collect();
            assert_eq!(names, found, "{text}");
        }
    }

    #[test]
    fn no_resolver_hides_another() {
        for (at, own) in RESOLVERS.iter().enumerate() {
            let name = own.name.unwrap_or("anything");
            let first = RESOLVERS.iter().position(|known| known.covers(own.group, name));
            assert_eq!(first, Some(at), "{}:{name}", own.group);
        }
    }
}
