//! What this engine publishes about itself: addresses and abilities of a policy.

use serde::Serialize;

use crate::authorize::ResponseType;
use crate::response::ResponseMode;

/// `IssuanceClaimPattern`: the form of `iss`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuerForm {
    /// `{base}/{tenant id}/v2.0/`, the same for every policy of a tenant.
    AuthorityAndTenantGuid,
    /// `{base}/tfp/{tenant id}/{policy}/v2.0/`, which strict libraries need.
    AuthorityWithTfp,
}

/// The issuer of a policy; `base` is the configured public address.
pub fn issuer(base: &str, tenant_id: &str, policy: &str, form: IssuerForm) -> String {
    let base = base.trim_end_matches('/');
    match form {
        IssuerForm::AuthorityAndTenantGuid => format!("{base}/{tenant_id}/v2.0/"),
        IssuerForm::AuthorityWithTfp => format!("{base}/tfp/{tenant_id}/{}/v2.0/", policy.to_lowercase()),
    }
}

/// How an application writes the policy into addresses; it is answered in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UrlStyle {
    /// `/{tenant}/{policy}/…`
    Path,
    /// `/tfp/{tenant}/{policy}/…`
    Tfp,
    /// `/{tenant}/…?p={policy}`
    Query,
}

/// The addresses of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the endpoint of its name")]
pub struct Endpoints {
    pub configuration: String,
    pub authorization: String,
    pub token: String,
    pub end_session: String,
    pub jwks: String,
    pub userinfo: String,
}

impl Endpoints {
    /// The addresses under `base`, the configured public address. `tenant` is written as the application wrote it.
    pub fn new(base: &str, style: UrlStyle, tenant: &str, policy: &str) -> Self {
        let base = base.trim_end_matches('/');
        let policy = policy.to_lowercase();
        let at = |path: &str| match style {
            UrlStyle::Path => format!("{base}/{tenant}/{policy}/{path}"),
            UrlStyle::Tfp => format!("{base}/tfp/{tenant}/{policy}/{path}"),
            UrlStyle::Query => format!("{base}/{tenant}/{path}?p={policy}"),
        };
        Self {
            configuration: at("v2.0/.well-known/openid-configuration"),
            authorization: at("oauth2/v2.0/authorize"),
            token: at("oauth2/v2.0/token"),
            end_session: at("oauth2/v2.0/logout"),
            jwks: at("discovery/v2.0/keys"),
            userinfo: at("openid/v2.0/userinfo"),
        }
    }
}

/// The OpenID configuration of a policy. It depends on nothing but the policy and the form of its address, so that it is
/// written once and sent many times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    end_session_endpoint: String,
    jwks_uri: String,
    response_modes_supported: [&'static str; 3],
    response_types_supported: [&'static str; 8],
    scopes_supported: [&'static str; 2],
    subject_types_supported: [&'static str; 1],
    id_token_signing_alg_values_supported: [&'static str; 1],
    token_endpoint_auth_methods_supported: [&'static str; 2],
    claims_supported: Vec<String>,
    /// Public clients must use it; the service itself does not say so.
    code_challenge_methods_supported: [&'static str; 2],
    grant_types_supported: [&'static str; 3],
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    userinfo_endpoint: Option<String>,
}

impl Discovery {
    /// The configuration of a policy whose tokens have `claims`, by outgoing name. `userinfo`: the policy answers there.
    pub fn new<'a>(
        issuer: String,
        endpoints: &Endpoints,
        claims: impl IntoIterator<Item = &'a str>,
        userinfo: bool,
    ) -> Self {
        let protocol = ["iss", "iat", "exp", "aud", "acr", "nonce", "auth_time"];
        let mut supported: Vec<String> = Vec::new();
        for name in claims.into_iter().chain(protocol) {
            if !supported.iter().any(|known| known == name) {
                supported.push(name.to_owned());
            }
        }
        Self {
            issuer,
            authorization_endpoint: endpoints.authorization.clone(),
            token_endpoint: endpoints.token.clone(),
            end_session_endpoint: endpoints.end_session.clone(),
            jwks_uri: endpoints.jwks.clone(),
            response_modes_supported: ResponseMode::ALL.map(ResponseMode::as_str),
            response_types_supported: ResponseType::ALL,
            scopes_supported: ["openid", "offline_access"],
            subject_types_supported: ["pairwise"],
            id_token_signing_alg_values_supported: ["RS256"],
            token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
            claims_supported: supported,
            code_challenge_methods_supported: ["S256", "plain"],
            grant_types_supported: ["authorization_code", "refresh_token", "implicit"],
            request_parameter_supported: false,
            request_uri_parameter_supported: false,
            userinfo_endpoint: userinfo.then(|| endpoints.userinfo.clone()),
        }
    }

    /// The document.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts are always JSON")
    }
}

#[cfg(test)]
mod tests {
    use super::{Discovery, Endpoints, IssuerForm, UrlStyle, issuer};

    const BASE: &str = "https://login.example";

    #[test]
    fn issuers_have_the_two_forms() {
        let cases = [
            (BASE, IssuerForm::AuthorityAndTenantGuid, "https://login.example/t-guid/v2.0/"),
            ("https://login.example/", IssuerForm::AuthorityAndTenantGuid, "https://login.example/t-guid/v2.0/"),
            (BASE, IssuerForm::AuthorityWithTfp, "https://login.example/tfp/t-guid/b2c_1a_signin/v2.0/"),
        ];
        for (base, form, expected) in cases {
            assert_eq!(issuer(base, "t-guid", "B2C_1A_SignIn", form), expected, "{base} {form:?}");
        }
    }

    #[test]
    fn addresses_are_in_the_style_of_the_request() {
        let cases = [
            (UrlStyle::Path, "https://login.example/t.example/b2c_1a_signin/oauth2/v2.0/token"),
            (UrlStyle::Tfp, "https://login.example/tfp/t.example/b2c_1a_signin/oauth2/v2.0/token"),
            (UrlStyle::Query, "https://login.example/t.example/oauth2/v2.0/token?p=b2c_1a_signin"),
        ];
        for (style, expected) in cases {
            assert_eq!(Endpoints::new("https://login.example/", style, "t.example", "B2C_1A_SignIn").token, expected);
        }
    }

    #[test]
    fn the_issuer_of_the_strict_form_leads_to_the_document() {
        // OpenID Connect Discovery: the document is at the issuer followed by the well-known path.
        let endpoints = Endpoints::new(BASE, UrlStyle::Tfp, "t-guid", "B2C_1A_SignIn");
        let issuer = issuer(BASE, "t-guid", "B2C_1A_SignIn", IssuerForm::AuthorityWithTfp);
        assert_eq!(endpoints.configuration, format!("{issuer}.well-known/openid-configuration"));
    }

    #[test]
    fn the_document_has_the_members_that_clients_read_in_their_order() {
        let endpoints = Endpoints::new(BASE, UrlStyle::Query, "t.example", "B2C_1A_SignIn");
        let document =
            |userinfo| Discovery::new("https://i.example/".to_owned(), &endpoints, ["name", "sub", "iss"], userinfo);
        let json: serde_json::Value = serde_json::from_str(&document(false).to_json()).expect("JSON");
        let members: Vec<_> = json.as_object().expect("an object").keys().map(String::as_str).collect();
        let service = [
            "issuer",
            "authorization_endpoint",
            "token_endpoint",
            "end_session_endpoint",
            "jwks_uri",
            "response_modes_supported",
            "response_types_supported",
            "scopes_supported",
            "subject_types_supported",
            "id_token_signing_alg_values_supported",
            "token_endpoint_auth_methods_supported",
            "claims_supported",
        ];
        assert_eq!(members[..service.len()], service);
        assert_eq!(json["jwks_uri"], "https://login.example/t.example/discovery/v2.0/keys?p=b2c_1a_signin");
        let claims = ["name", "sub", "iss", "iat", "exp", "aud", "acr", "nonce", "auth_time"];
        assert_eq!(json["claims_supported"], serde_json::json!(claims));
        let json: serde_json::Value = serde_json::from_str(&document(true).to_json()).expect("JSON");
        assert_eq!(json["userinfo_endpoint"], "https://login.example/t.example/openid/v2.0/userinfo?p=b2c_1a_signin");
    }
}
