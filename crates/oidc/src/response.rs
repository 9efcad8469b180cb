//! How an answer goes back to the application: in the query, in the fragment, or as a form that posts itself.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::form_urlencoded::Serializer;

use crate::problem::Problem;
use crate::redirect_uri::RedirectUri;
use crate::secret::Secret;

/// `response_mode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseMode {
    /// Behind `?`.
    Query,
    /// Behind `#`.
    Fragment,
    /// Fields of a form.
    FormPost,
}

impl ResponseMode {
    /// Every mode, as discovery lists them.
    pub const ALL: [Self; 3] = [Self::Query, Self::Fragment, Self::FormPost];

    /// As it is written on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::FormPost => "form_post",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text)
    }
}

/// Where and how the answer to one authorization request goes.
///
/// It comes into being only when the redirect URI of a request was found among those of its client, so an answer cannot
/// go anywhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnTo {
    redirect_uri: RedirectUri,
    mode: ResponseMode,
    state: Option<String>,
}

/// A successful answer of the authorization endpoint: whatever of it the response type asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorizationAnswer {
    /// The authorization code.
    pub code: Option<Secret>,
    /// The ID token.
    pub id_token: Option<Secret>,
    /// The access token, and its life in seconds.
    pub access_token: Option<(Secret, u32)>,
    /// What was granted, beside an access token.
    pub scope: Option<String>,
    /// Who it is, for the client libraries that ask with `client_info=1`.
    pub client_info: Option<String>,
}

/// What the browser is told to do.
#[derive(Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Go there.
    Redirect(String),
    /// Post a form there.
    FormPost {
        /// The redirect URI.
        action: String,
        /// Names and values; they hold codes and tokens.
        fields: Vec<(String, String)>,
    },
}

impl std::fmt::Debug for Delivery {
    /// Without codes and tokens.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Redirect(_) => f.write_str("Redirect(…)"),
            Self::FormPost { action, .. } => f.debug_struct("FormPost").field("action", action).finish_non_exhaustive(),
        }
    }
}

impl ReturnTo {
    pub(crate) fn new(redirect_uri: RedirectUri, mode: ResponseMode, state: Option<String>) -> Self {
        Self { redirect_uri, mode, state }
    }

    /// The validated redirect URI.
    pub fn redirect_uri(&self) -> &RedirectUri {
        &self.redirect_uri
    }

    /// How the answer goes.
    pub fn mode(&self) -> ResponseMode {
        self.mode
    }

    /// A successful answer.
    pub fn success(&self, answer: &AuthorizationAnswer) -> Delivery {
        let mut fields = Vec::new();
        let mut add = |name: &str, value: &str| fields.push((name.to_owned(), value.to_owned()));
        if let Some(code) = &answer.code {
            add("code", code.expose());
        }
        if let Some(token) = &answer.id_token {
            add("id_token", token.expose());
        }
        if let Some((token, seconds)) = &answer.access_token {
            add("access_token", token.expose());
            add("token_type", "Bearer");
            add("expires_in", &seconds.to_string());
            add("scope", answer.scope.as_deref().unwrap_or_default());
        }
        if let Some(info) = &answer.client_info {
            add("client_info", info);
        }
        self.deliver(fields)
    }

    /// An error.
    pub fn error(&self, problem: &Problem, correlation_id: &str, now: Timestamp) -> Delivery {
        self.deliver(vec![
            ("error".to_owned(), problem.error().as_str().to_owned()),
            ("error_description".to_owned(), problem.description(correlation_id, now)),
        ])
    }

    fn deliver(&self, mut fields: Vec<(String, String)>) -> Delivery {
        fields.extend(self.state.clone().map(|state| ("state".to_owned(), state)));
        let action = self.redirect_uri.as_str();
        let encoded = || Serializer::new(String::new()).extend_pairs(&fields).finish();
        match self.mode {
            ResponseMode::Query => {
                let joint = if action.contains('?') { '&' } else { '?' };
                Delivery::Redirect(format!("{action}{joint}{}", encoded()))
            }
            ResponseMode::Fragment => Delivery::Redirect(format!("{action}#{}", encoded())),
            ResponseMode::FormPost => Delivery::FormPost { action: action.to_owned(), fields },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AuthorizationAnswer, Delivery, ResponseMode, ReturnTo};
    use crate::{Code, Problem, RedirectUri, Secret};

    fn to(uri: &str, mode: ResponseMode) -> ReturnTo {
        ReturnTo::new(RedirectUri::parse(uri).expect("valid"), mode, Some("a&b=c d".to_owned()))
    }

    #[test]
    fn answers_go_where_the_mode_says() {
        let code = AuthorizationAnswer { code: Some(Secret::new("C0DE")), ..Default::default() };
        let cases = [
            ("https://a.example/cb", ResponseMode::Query, "https://a.example/cb?code=C0DE&state=a%26b%3Dc+d"),
            ("https://a.example/cb?x=1", ResponseMode::Query, "https://a.example/cb?x=1&code=C0DE&state=a%26b%3Dc+d"),
            (
                "https://a.example/cb?x=1",
                ResponseMode::Fragment,
                "https://a.example/cb?x=1#code=C0DE&state=a%26b%3Dc+d",
            ),
            ("msal1://auth", ResponseMode::Query, "msal1://auth?code=C0DE&state=a%26b%3Dc+d"),
        ];
        for (uri, mode, expected) in cases {
            assert!(to(uri, mode).success(&code) == Delivery::Redirect(expected.to_owned()), "{uri} {mode:?}");
        }
        let Delivery::FormPost { action, fields } = to("https://a.example/cb", ResponseMode::FormPost).success(&code)
        else {
            panic!("a form");
        };
        assert_eq!(action, "https://a.example/cb");
        assert_eq!(fields, [("code", "C0DE"), ("state", "a&b=c d")].map(|(n, v)| (n.to_owned(), v.to_owned())));
    }

    #[test]
    fn tokens_come_with_what_belongs_to_them() {
        let answer = AuthorizationAnswer {
            code: Some(Secret::new("c")),
            id_token: Some(Secret::new("i")),
            access_token: Some((Secret::new("t"), 3600)),
            scope: Some("app openid".to_owned()),
            client_info: None,
        };
        let expected = "https://a.example/cb#code=c&id_token=i&access_token=t&token_type=Bearer&expires_in=3600&scope=app+openid&state=a%26b%3Dc+d";
        assert!(
            to("https://a.example/cb", ResponseMode::Fragment).success(&answer)
                == Delivery::Redirect(expected.to_owned())
        );
    }

    #[test]
    fn errors_have_the_form_that_clients_parse() {
        let now = "2026-11-24T08:09:10Z".parse().expect("a time");
        let delivery =
            to("https://a.example/cb", ResponseMode::Query).error(&Problem::from(Code::Cancelled), "id", now);
        let expected = "https://a.example/cb?error=access_denied&error_description=AADB2C90091%3A+The+person+cancelled.%0D%0A\
                        Correlation+ID%3A+id%0D%0ATimestamp%3A+2026-11-24+08%3A09%3A10Z%0D%0A&state=a%26b%3Dc+d";
        assert!(delivery == Delivery::Redirect(expected.to_owned()));
    }

    #[test]
    fn what_is_delivered_is_not_printed() {
        let answer = AuthorizationAnswer { code: Some(Secret::new("C0DE")), ..Default::default() };
        for mode in ResponseMode::ALL {
            let printed = format!("{:?}", to("https://a.example/cb", mode).success(&answer));
            assert!(!printed.contains("C0DE"), "{printed}");
        }
    }
}
