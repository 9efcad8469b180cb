//! What another issuer publishes about itself: its OpenID configuration.

use serde::Deserialize;
use url::Url;

const LARGEST: usize = 256 * 1024;

/// Why a published document cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MetadataError {
    /// It is larger than any real one.
    #[error("the document is too large")]
    TooLarge,
    /// It is not an OpenID configuration with an issuer and a `jwks_uri`.
    #[error("the document is not an OpenID configuration")]
    NotConfiguration,
    /// It is not a JWKS.
    #[error("the document is not a JSON Web Key Set")]
    NotKeys,
    /// An address in it is not http or https.
    #[error("an address in the document cannot be used")]
    Address,
}

/// Another issuer's OpenID configuration, as far as it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderMetadata {
    /// What its tokens must say in `iss`.
    pub issuer: String,
    /// Where its keys are.
    pub jwks_uri: Url,
    /// Where it signs people in.
    pub authorization_endpoint: Option<Url>,
    /// Where it exchanges codes.
    pub token_endpoint: Option<Url>,
    /// Where it tells about people.
    pub userinfo_endpoint: Option<Url>,
    /// Where it signs people out.
    pub end_session_endpoint: Option<Url>,
}

impl ProviderMetadata {
    /// Reads an OpenID configuration document.
    pub fn parse(document: &[u8]) -> Result<Self, MetadataError> {
        #[derive(Deserialize)]
        struct Document {
            issuer: String,
            jwks_uri: String,
            authorization_endpoint: Option<String>,
            token_endpoint: Option<String>,
            userinfo_endpoint: Option<String>,
            end_session_endpoint: Option<String>,
        }
        if document.len() > LARGEST {
            return Err(MetadataError::TooLarge);
        }
        let document: Document = serde_json::from_slice(document).map_err(|_| MetadataError::NotConfiguration)?;
        if document.issuer.is_empty() {
            return Err(MetadataError::NotConfiguration);
        }
        let optional = |text: Option<String>| text.as_deref().map(address).transpose();
        Ok(Self {
            issuer: document.issuer,
            jwks_uri: address(&document.jwks_uri)?,
            authorization_endpoint: optional(document.authorization_endpoint)?,
            token_endpoint: optional(document.token_endpoint)?,
            userinfo_endpoint: optional(document.userinfo_endpoint)?,
            end_session_endpoint: optional(document.end_session_endpoint)?,
        })
    }

    /// Whether the keys are at the same scheme, host and port as the document: whoever can answer for the one can answer
    /// for the other, so that nobody can slip in keys from elsewhere.
    pub fn keys_are_beside(&self, document: &Url) -> bool {
        self.jwks_uri.origin() == document.origin()
    }
}

fn address(text: &str) -> Result<Url, MetadataError> {
    let url = Url::parse(text).map_err(|_| MetadataError::Address)?;
    let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    if plain { Ok(url) } else { Err(MetadataError::Address) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use url::Url;

    use super::{LARGEST, MetadataError, ProviderMetadata};

    fn parse(document: serde_json::Value) -> Result<ProviderMetadata, MetadataError> {
        ProviderMetadata::parse(document.to_string().as_bytes())
    }

    #[test]
    fn reads_what_is_used() {
        let metadata = parse(json!({
            "issuer": "https://bank.example/", "jwks_uri": "https://bank.example/keys", "extra": [1],
            "token_endpoint": "https://bank.example/token",
        }))
        .expect("valid");
        assert_eq!(metadata.issuer, "https://bank.example/");
        assert_eq!(metadata.jwks_uri.as_str(), "https://bank.example/keys");
        assert_eq!(metadata.token_endpoint.expect("there").path(), "/token");
        assert_eq!(metadata.authorization_endpoint, None);
    }

    #[test]
    fn refuses_what_cannot_be_used() {
        let keys = "https://a.example/keys";
        let cases = [
            (json!([]), MetadataError::NotConfiguration),
            (json!({ "issuer": "https://a.example" }), MetadataError::NotConfiguration),
            (json!({ "jwks_uri": keys }), MetadataError::NotConfiguration),
            (json!({ "issuer": "", "jwks_uri": keys }), MetadataError::NotConfiguration),
            (json!({ "issuer": ["a"], "jwks_uri": keys }), MetadataError::NotConfiguration),
            (json!({ "issuer": "a", "jwks_uri": "/keys" }), MetadataError::Address),
            (json!({ "issuer": "a", "jwks_uri": "file:///etc/passwd" }), MetadataError::Address),
            (json!({ "issuer": "a", "jwks_uri": "https://u:p@a.example/keys" }), MetadataError::Address),
            (json!({ "issuer": "a", "jwks_uri": keys, "pad": "x".repeat(LARGEST) }), MetadataError::TooLarge),
        ];
        for (document, expected) in cases {
            let shown = document.to_string().chars().take(80).collect::<String>();
            assert_eq!(parse(document).err(), Some(expected), "{shown}");
        }
    }

    #[test]
    fn keys_from_elsewhere_are_noticed() {
        let metadata = parse(json!({ "issuer": "a", "jwks_uri": "https://a.example/keys" })).expect("valid");
        let cases = [
            ("https://a.example/.well-known/openid-configuration", true),
            ("https://b.example/.well-known/openid-configuration", false),
            ("http://a.example/.well-known/openid-configuration", false),
            ("https://a.example:8443/.well-known/openid-configuration", false),
        ];
        for (document, beside) in cases {
            assert_eq!(metadata.keys_are_beside(&Url::parse(document).expect("valid")), beside, "{document}");
        }
    }
}
