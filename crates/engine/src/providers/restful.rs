//! RESTful provider: claims go out as an HTTP request, claims come back as JSON.
//!
//! Two pure halves, one that builds the request and one that reads the answer, so that both are tested on literal text.

use journeyman_claims::{ClaimValue, DataType, Name};
use journeyman_policy::model::{DeploymentMode, TechnicalProfile};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::codes;
use crate::effect::{Effect, HttpAuthentication, HttpCall, HttpFailure, HttpMethod, HttpReply, Repeat, Reply, Secret};
use crate::providers::declaration::{QUIET, metadata_is};
use crate::providers::{
    Binding, Bound, BoundProfile, Call, Declaration, Failure, Input, KeyId, KeyKind, Message, MetadataKey, Outcome,
    Produced, ValueKind,
};
use crate::resolver::climbs;

/// Seconds that a service has to answer, as the service that policies come from gives it.
const TIMEOUT_SECONDS: u32 = 10;

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "RESTful",
    protocols: &["Proprietary"],
    handler: Some("RestfulProvider"),
    metadata: &[
        MetadataKey::new(
            "ServiceUrl",
            ValueKind::Url,
            "where the request goes; with `SendClaimsIn` `Url`, `{claim}` in path and query is filled in",
        )
        .needed(),
        MetadataKey::new(
            "AuthenticationType",
            ValueKind::OneOf(&["None", "Basic", "Bearer", "ClientCertificate", "ApiKeyHeader"]),
            "how the request proves where it comes from",
        )
        .needed(),
        MetadataKey::flag(
            "AllowInsecureAuthInProduction",
            "false",
            "must be true for `AuthenticationType` `None` in a production policy; here `check` warns, and it runs",
        )
        .without_effect(),
        MetadataKey::new(
            "SendClaimsIn",
            ValueKind::OneOf(&["Body", "Form", "Header", "QueryString", "Url"]),
            "where the input claims go",
        )
        .or("Body"),
        MetadataKey::text("ClaimsFormat", "no longer used").without_effect(),
        MetadataKey::new(
            "ClaimUsedForRequestPayload",
            ValueKind::Claim,
            "the input claim whose text is the whole body",
        ),
        MetadataKey::flag(
            "DebugMode",
            "false",
            "adds the service's own details to its error messages; development policies only",
        ),
        MetadataKey::flag(
            "ResolveJsonPathsInJsonTokens",
            "false",
            "partner names of output claims are paths into the answer",
        ),
        MetadataKey::new("UseClaimAsBearerToken", ValueKind::Claim, "the input claim that holds the bearer token"),
        MetadataKey::new(
            "ClaimResolverUrlFormatting",
            ValueKind::Boolean,
            "undocumented: resolvers in the URL are filled in, which always happens here",
        )
        .without_effect(),
    ],
    messages: &[
        Message::new("DefaultUserMessageIfRequestFailed", "the service cannot be reached or answers nonsense"),
        Message::new("UserMessageIfCircuitOpen", "the service is left alone after many failures"),
        Message::new("UserMessageIfDnsResolutionFailed", "the service's name is not found"),
        Message::new("UserMessageIfRequestTimeout", "the service takes too long"),
    ],
    keys: &[
        KeyId::new("BasicAuthenticationUsername", KeyKind::Secret, "user name")
            .needed_when("`AuthenticationType` is `Basic`", |p| authenticates(p, "Basic")),
        KeyId::new("BasicAuthenticationPassword", KeyKind::Secret, "password")
            .needed_when("`AuthenticationType` is `Basic`", |p| authenticates(p, "Basic")),
        KeyId::new("BearerAuthenticationToken", KeyKind::Secret, "token")
            .needed_when("`AuthenticationType` is `Bearer`, without `UseClaimAsBearerToken`", |p| {
                authenticates(p, "Bearer") && p.metadata("UseClaimAsBearerToken").is_none_or(str::is_empty)
            }),
        KeyId::new("ClientCertificate", KeyKind::Certificate, "the client's certificate")
            .needed_when("`AuthenticationType` is `ClientCertificate`", |p| authenticates(p, "ClientCertificate")),
    ],
    places: QUIET,
    bind,
    ..Declaration::EMPTY
};

fn authenticates(profile: &TechnicalProfile, by: &str) -> bool {
    metadata_is(profile, "AuthenticationType", &[by])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    Form,
    Header,
    QueryString,
    Url,
}

#[derive(Debug)]
struct Restful {
    url: String,
    place: Place,
    payload: Option<Name>,
    authentication: Authentication,
    paths: bool,
    details: bool,
}

#[derive(Debug)]
enum Authentication {
    Fixed(HttpAuthentication),
    BearerClaim(Name),
}

fn bind(binding: &mut Binding<'_>) -> Bound {
    let place = match binding.text("SendClaimsIn").unwrap_or("Body").to_ascii_lowercase().as_str() {
        "form" => Place::Form,
        "header" => Place::Header,
        "querystring" => Place::QueryString,
        "url" => Place::Url,
        _ => Place::Body,
    };
    let Some(url) = binding.text("ServiceUrl") else {
        return Bound::Unsupported("it has no ServiceUrl".to_owned());
    };
    let Some(authentication) = bind_authentication(binding) else {
        return Bound::Unsupported("its authentication is incomplete".to_owned());
    };
    check_production(binding, url);
    Bound::Steps(Box::new(Restful {
        url: url.to_owned(),
        place,
        payload: binding.text("ClaimUsedForRequestPayload").map(Name::new),
        authentication,
        paths: binding.flag("ResolveJsonPathsInJsonTokens"),
        // People in production are never shown a service's inner details.
        details: binding.flag("DebugMode") && binding.policy.deployment_mode != DeploymentMode::Production,
    }))
}

/// A policy in production is held to more than one in development.
fn check_production(binding: &mut Binding<'_>, url: &str) {
    if binding.policy.deployment_mode != DeploymentMode::Production {
        return;
    }
    let id = &binding.profile.id;
    let is_open = binding.text("AuthenticationType").is_some_and(|by| by.eq_ignore_ascii_case("None"));
    if url.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("http://")) {
        let (label, help) = ("anybody on the way can read and change it", "call the service over https");
        binding.report(codes::open_call(id, binding.place("ServiceUrl"), "calls a service over http", label, help));
    }
    if is_open && !binding.flag("AllowInsecureAuthInProduction") {
        let (label, help) = (
            "the service cannot tell who calls it",
            "let it ask for credentials, or say `AllowInsecureAuthInProduction` true if none are meant",
        );
        let at = binding.place("AuthenticationType");
        binding.report(codes::open_call(id, at, "calls a service without credentials", label, help));
    }
    if binding.flag("DebugMode") {
        let (label, help) = ("people would read the service's inner details", "remove it, or write `false`");
        binding.report(codes::open_call(id, binding.place("DebugMode"), "has `DebugMode`", label, help));
    }
}

fn bind_authentication(binding: &mut Binding<'_>) -> Option<Authentication> {
    let kind = binding.text("AuthenticationType").unwrap_or("None").to_ascii_lowercase();
    let fixed = match kind.as_str() {
        "basic" => HttpAuthentication::Basic {
            username: key(binding, "BasicAuthenticationUsername")?,
            password: key(binding, "BasicAuthenticationPassword")?,
        },
        "bearer" => match binding.text("UseClaimAsBearerToken") {
            Some(claim) => return Some(Authentication::BearerClaim(Name::new(claim))),
            None => HttpAuthentication::BearerKey(key(binding, "BearerAuthenticationToken")?),
        },
        "clientcertificate" => HttpAuthentication::ClientCertificate(key(binding, "ClientCertificate")?),
        "apikeyheader" => {
            let Some((header, storage)) = binding.profile.keys.first() else {
                binding.report(codes::missing_key(&binding.profile.id, binding.profile.span, "the header's name"));
                return None;
            };
            HttpAuthentication::ApiKey { header: header.as_str().to_owned(), key: storage.value.clone() }
        }
        _ => HttpAuthentication::None,
    };
    Some(Authentication::Fixed(fixed))
}

fn key(binding: &Binding<'_>, id: &str) -> Option<Name> {
    binding.profile.keys.get(&Name::new(id)).map(|storage| storage.value.clone())
}

impl BoundProfile for Restful {
    fn start(&self, call: &Call<'_>) -> Result<Outcome, Failure> {
        let request = self.request(call)?;
        let repeat = match request.method {
            HttpMethod::Get => Repeat::Harmless,
            HttpMethod::Post => Repeat::AtMostOnce,
        };
        Ok(Outcome::Ask(Effect::Http(request), repeat))
    }

    fn resume(&self, _: &Call<'_>, reply: Reply) -> Result<Outcome, Failure> {
        match reply {
            Reply::Http(HttpReply::Answered { status: 200..=299, body }) => Ok(Outcome::Done(Produced {
                values: serde_json::from_str(&body).unwrap_or(Value::Null),
                paths: self.paths,
                ..Produced::default()
            })),
            Reply::Http(HttpReply::Answered { status, body }) => Err(self.refused(status, &body)),
            Reply::Http(HttpReply::Failed(why)) => Err(self.unreachable(why)),
            other => Err(Failure::unexpected(&other)),
        }
    }
}

impl Restful {
    fn request(&self, call: &Call<'_>) -> Result<HttpCall, Failure> {
        let mut url = (call.resolve_url)(&self.url);
        let mut headers = Vec::new();
        let mut body = None;
        match self.place {
            Place::Body => body = Some(("application/json".to_owned(), self.json_body(call)?)),
            Place::Form => {
                let pairs = call.inputs.iter().map(|i| (i.partner, i.value.to_text()));
                let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
                body = Some(("application/x-www-form-urlencoded".to_owned(), Secret::new(text)));
            }
            Place::Header => {
                headers.extend(call.inputs.iter().map(|i| (i.partner.to_owned(), Secret::new(i.value.to_text()))));
            }
            Place::QueryString => url = with_query(&url, &call.inputs),
            Place::Url => url = fill(&url, &call.inputs),
        }
        if climbs(&url) {
            return Err(Failure::internal(90_075, "a value would lead the call to another path"));
        }
        let method = if body.is_some() { HttpMethod::Post } else { HttpMethod::Get };
        let authentication = self.authentication(call)?;
        Ok(HttpCall { method, url, headers, authentication, body, timeout_seconds: TIMEOUT_SECONDS })
    }

    fn json_body(&self, call: &Call<'_>) -> Result<Secret, Failure> {
        if let Some(payload) = &self.payload {
            let found = call.inputs.iter().find(|i| i.claim == payload);
            let missing =
                || Failure::internal(90_075, format!("the claim `{payload}` that is the request body has no value"));
            return found.map(|i| Secret::new(i.value.to_text())).ok_or_else(missing);
        }
        let object: Map<_, _> = call.inputs.iter().map(|i| (i.partner.to_owned(), i.value.to_json())).collect();
        Ok(Secret::new(Value::Object(object).to_string()))
    }

    fn authentication(&self, call: &Call<'_>) -> Result<HttpAuthentication, Failure> {
        match &self.authentication {
            Authentication::Fixed(fixed) => Ok(fixed.clone()),
            Authentication::BearerClaim(claim) => {
                let token = call.inputs.iter().find(|i| i.claim == claim).map(|i| i.value.to_text());
                let token = token.filter(|t| !t.is_empty());
                let missing = || Failure::internal(90_194, format!("the bearer token claim `{claim}` has no value"));
                Ok(HttpAuthentication::Bearer(Secret::new(token.ok_or_else(missing)?)))
            }
        }
    }

    /// An answer that is not a success. A service words its own errors as an object with `userMessage`.
    fn refused(&self, status: u16, body: &str) -> Failure {
        let told = serde_json::from_str::<ServiceError>(body).ok().filter(|e| !e.user_message.trim().is_empty());
        let detail = format!("the service answered with status {status}");
        match told {
            Some(error) if (400..500).contains(&status) => {
                Failure { message: Some(error.text(self.details)), ..Failure::internal(90_075, detail) }
            }
            _ => Failure::keyed("DefaultUserMessageIfRequestFailed", 90_261, detail),
        }
    }

    fn unreachable(&self, why: HttpFailure) -> Failure {
        let (key, reason) = match why {
            HttpFailure::Dns => ("UserMessageIfDnsResolutionFailed", "its name was not found"),
            HttpFailure::Timeout => ("UserMessageIfRequestTimeout", "it did not answer in time"),
            HttpFailure::CircuitOpen => {
                ("UserMessageIfCircuitOpen", "it failed so often that it is left alone for a while")
            }
            HttpFailure::Connect => ("UserMessageIfCircuitOpen", "no connection"),
            HttpFailure::Refused => {
                ("DefaultUserMessageIfRequestFailed", "the call is not allowed, or the answer too large")
            }
            HttpFailure::MissingKey => {
                ("DefaultUserMessageIfRequestFailed", "a policy key that the call needs has no value")
            }
        };
        let mut failure = Failure::keyed(key, 90_075, format!("the service could not be reached: {reason}"));
        failure.keys.push("DefaultUserMessageIfRequestFailed");
        failure.arguments = match why {
            HttpFailure::Dns => vec![self.url.clone()],
            HttpFailure::Timeout => vec![TIMEOUT_SECONDS.to_string(), self.url.clone()],
            _ => vec![reason.to_owned(), self.url.clone()],
        };
        failure
    }
}

/// The error object that services answer with.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServiceError {
    user_message: String,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    request_id: Option<String>,
    #[serde(default)]
    developer_message: Option<String>,
    #[serde(default)]
    more_info: Option<String>,
}

impl ServiceError {
    fn text(&self, details: bool) -> String {
        let more = [&self.code, &self.request_id, &self.developer_message, &self.more_info];
        let more: Vec<_> = more.into_iter().flatten().filter(|_| details).map(String::as_str).collect();
        if more.is_empty() { self.user_message.clone() } else { format!("{} ({})", self.user_message, more.join(", ")) }
    }
}

fn with_query(url: &str, inputs: &[Input<'_>]) -> String {
    let pairs = inputs.iter().map(|i| (i.partner, i.value.to_text()));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() {
        return url.to_owned();
    }
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{query}")
}

/// Puts claims into `{name}` of the path and query, never of the host.
fn fill(url: &str, inputs: &[Input<'_>]) -> String {
    let path_at = url.find("://").and_then(|s| url[s + 3..].find('/').map(|p| s + 3 + p)).unwrap_or(url.len());
    let (host, rest) = url.split_at(path_at);
    let filled = inputs.iter().fold(rest.to_owned(), |text, input| {
        let value: String = form_urlencoded::byte_serialize(input.value.to_text().as_bytes()).collect();
        replace_ignoring_case(&text, &format!("{{{}}}", input.partner), &value.replace('+', "%20"))
    });
    format!("{host}{filled}")
}

fn replace_ignoring_case(text: &str, token: &str, value: &str) -> String {
    let (lower, token) = (text.to_ascii_lowercase(), token.to_ascii_lowercase());
    let mut out = String::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find(&token) {
        out.push_str(&text[from..from + at]);
        out.push_str(value);
        from += at + token.len();
    }
    out + &text[from..]
}

/// Follows a path such as `value[0].name`, `value.0.name` or `handle~.address`.
pub(super) fn by_path<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let path = path.strip_prefix("$.").unwrap_or(path);
    path.split('.').filter(|part| !part.is_empty()).try_fold(value, |at, part| {
        let (name, indexes) = part.split_once('[').map_or((part, None), |(name, rest)| (name, Some(rest)));
        let mut at = match at {
            _ if name.is_empty() => at,
            Value::Array(items) => items.get(name.parse::<usize>().ok()?)?,
            other => other.get(name)?,
        };
        for index in indexes.into_iter().flat_map(|rest| rest.split('[')) {
            at = at.get(index.trim_end_matches(']').parse::<usize>().ok()?)?;
        }
        Some(at)
    })
}

/// Reads a JSON value into a claim: arrays of texts become collections, objects their compact text.
pub(crate) fn claim_from_json(value: &Value, data_type: DataType) -> Option<ClaimValue> {
    match (value, data_type) {
        (Value::Null, _) => None,
        (Value::Object(_) | Value::Array(_), DataType::String) => Some(ClaimValue::String(value.to_string())),
        (Value::String(text), DataType::StringCollection) => Some(ClaimValue::StringCollection(vec![text.clone()])),
        _ => ClaimValue::from_json(value, data_type).ok().or_else(|| {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            ClaimValue::parse(&text, data_type).ok()
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{by_path, replace_ignoring_case};

    #[test]
    fn paths_reach_what_policies_write() {
        let value = json!({"value": [{"name": "a"}], "data": {"handle~": {"address": "b"}}, "m": [[1, 2]]});
        assert_eq!(by_path(&value, "value[0].name"), Some(&json!("a")));
        assert_eq!(by_path(&value, "value.0.name"), Some(&json!("a")));
        assert_eq!(by_path(&value, "$.data.handle~.address"), Some(&json!("b")));
        assert_eq!(by_path(&value, "m[0][1]"), Some(&json!(2)));
        assert_eq!(by_path(&value, "value[7].name"), None);
    }

    #[test]
    fn placeholders_ignore_case() {
        assert_eq!(replace_ignoring_case("/a/{ObjectId}/b", "{objectid}", "1"), "/a/1/b");
    }
}
