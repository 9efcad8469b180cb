//! Claim resolvers: `{Group:Name}` inside a text, filled in from the request, the policy or a claim.
//!
//! One table says which names each group has; unknown ones stay as they are written, because braces are also used by
//! format strings and by placeholders of other systems.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use journeyman_claims::{Bag, Name};

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
        let Some((group, name)) = token.split_once(':') else {
            return if token.eq_ignore_ascii_case("policy") {
                Lookup::Value(self.program.policy().id.as_str().to_owned())
            } else {
                Lookup::Unknown
            };
        };
        let name = name.trim();
        match group.trim().to_ascii_lowercase().as_str() {
            "culture" => self.culture(name),
            "policy" => self.policy(name),
            "context" => self.context(name),
            "claim" => self.claims.get(&Name::new(name)).map(|v| v.to_text()).into(),
            "oidc" => self.oidc(name),
            "oauth-kv" => self.parameter(name),
            "service" if name.eq_ignore_ascii_case("te") => Lookup::Value("trustframeworkengine".to_owned()),
            _ => Lookup::Unknown,
        }
    }

    fn culture(&self, name: &str) -> Lookup {
        let tag = &self.journey.language;
        let (language, region) = tag.split_once('-').unwrap_or((tag, ""));
        match name.to_ascii_lowercase().as_str() {
            "languagename" => Lookup::Value(language.to_owned()),
            "regionname" => (!region.is_empty()).then(|| region.to_owned()).into(),
            "rfc5646" => Lookup::Value(tag.clone()),
            "lcid" => lcid(tag).map(|n| n.to_string()).into(),
            _ => Lookup::Unknown,
        }
    }

    fn policy(&self, name: &str) -> Lookup {
        let policy = self.program.policy();
        match name.to_ascii_lowercase().as_str() {
            "policyid" => Lookup::Value(policy.id.as_str().to_owned()),
            "relyingpartytenantid" | "trustframeworktenantid" => Lookup::Value(policy.tenant.clone()),
            "tenantobjectid" => Lookup::Value(self.journey.tenant.id.clone()),
            _ => Lookup::Unknown,
        }
    }

    fn context(&self, name: &str) -> Lookup {
        let context = &self.journey.context;
        match name.to_ascii_lowercase().as_str() {
            "buildnumber" => Lookup::Value(context.build.clone()),
            "correlationid" => Lookup::Value(context.correlation_id.clone()),
            "datetimeinutc" => {
                Lookup::Value(self.now.to_zoned_datetime(TimeZone::UTC).strftime("%-m/%-d/%Y %-I:%M:%S %p").to_string())
            }
            "deploymentmode" => Lookup::Value(format!("{:?}", self.program.policy().deployment_mode)),
            "hostname" => Lookup::Value(context.host_name.clone()),
            "ipaddress" => Lookup::Value(context.ip_address.clone()),
            "kmsi" => Lookup::Value("False".to_owned()),
            _ => Lookup::Unknown,
        }
    }

    fn oidc(&self, name: &str) -> Lookup {
        let request = &self.journey.request;
        match name.to_ascii_lowercase().as_str() {
            "authenticationcontextreferences" => request.acr_values.clone().into(),
            "clientid" => Lookup::Value(request.client_id.clone()),
            "domainhint" => request.domain_hint.clone().into(),
            "loginhint" => request.login_hint.clone().into(),
            "maxage" => request.max_age.map(|n| n.to_string()).into(),
            "nonce" => request.nonce.clone().into(),
            "prompt" => request.prompt.clone().into(),
            "redirecturi" => Lookup::Value(request.redirect_uri.clone()),
            "resource" => request.resource.clone().into(),
            "scope" => Lookup::Value(request.scope.clone()),
            "username" => self.parameter("username"),
            "password" => self.parameter("password"),
            _ => Lookup::Unknown,
        }
    }

    fn parameter(&self, name: &str) -> Lookup {
        let parameters = &self.journey.request.parameters;
        let exact = parameters.iter().find(|(n, _)| n == name);
        exact.or_else(|| parameters.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))).map(|(_, v)| v.clone()).into()
    }
}

enum Lookup {
    Value(String),
    Empty,
    Unknown,
}

impl From<Option<String>> for Lookup {
    fn from(value: Option<String>) -> Self {
        value.map_or(Self::Empty, Self::Value)
    }
}

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
