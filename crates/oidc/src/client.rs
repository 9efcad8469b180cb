//! Registered applications: who they are, where answers may go, and what they may ask for.

use crate::codes::Code;
use crate::problem::Problem;
use crate::redirect_uri::RedirectUri;
use crate::secret::Secret;

/// A registered application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// `client_id`.
    pub id: String,
    /// Whether it can keep a secret.
    pub kind: ClientKind,
    /// Where answers may go, character by character.
    pub redirect_uris: Vec<RedirectUri>,
    /// Any `http` address of this machine is a redirect URI: the built-in client of development mode.
    pub any_loopback: bool,
    /// Where a browser may go after signing out, besides the redirect URIs.
    pub logout_redirect_uris: Vec<RedirectUri>,
    /// What it may get from the authorization endpoint itself.
    pub front_channel: FrontChannel,
    /// The APIs that it may call.
    pub apis: Vec<Api>,
}

/// How an application proves who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientKind {
    /// It runs on the person's device and has no secret; PKCE is required, and the port of a loopback redirect URI is
    /// free.
    Native,
    /// It runs in the browser: no secret, PKCE, answers across origins, and refresh tokens that end a day after the
    /// sign-in.
    SinglePage,
    /// It runs on a server; any of the secrets counts, so that they can be exchanged one after the other.
    Confidential(Vec<Secret>),
}

/// What an application may get from the authorization endpoint itself, where it passes through the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrontChannel {
    /// ID tokens: `id_token` and `code id_token`.
    pub id_token: bool,
    /// Access tokens: `token` and its combinations.
    pub access_token: bool,
}

/// An API, and what of it a client was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    /// What its scopes begin with, without the last slash.
    pub identifier: String,
    /// Its client id: the audience of the tokens.
    pub audience: String,
    /// Names of the scopes that the client was granted.
    pub scopes: Vec<String>,
}

impl Client {
    /// A client that has an id and is registered for nothing; the rest is filled in with `..`.
    pub fn new(id: impl Into<String>, kind: ClientKind) -> Self {
        Self {
            id: id.into(),
            kind,
            redirect_uris: Vec::new(),
            any_loopback: false,
            logout_redirect_uris: Vec::new(),
            front_channel: FrontChannel::default(),
            apis: Vec::new(),
        }
    }

    /// Whether it has no secret.
    pub fn is_public(&self) -> bool {
        !matches!(self.kind, ClientKind::Confidential(_))
    }

    /// Whether a page of this origin may read the answers of the token endpoint.
    pub fn allows_origin(&self, origin: &str) -> bool {
        let registered = || self.redirect_uris.iter().any(|uri| uri.origin().as_deref() == Some(origin));
        self.kind == ClientKind::SinglePage && registered()
    }

    /// The redirect URI of a request. One that is left out is the registered one, if there is exactly one.
    pub(crate) fn redirect_uri(&self, asked: Option<&str>) -> Result<RedirectUri, Problem> {
        let about = |code: Code| Problem::from(code).with("client", &self.id).with("uri", asked.unwrap_or_default());
        let Some(text) = asked else {
            return match self.redirect_uris.as_slice() {
                [only] if !self.any_loopback => Ok(only.clone()),
                _ => Err(about(Code::RedirectUriMissing)),
            };
        };
        let uri = RedirectUri::parse(text).map_err(|_| about(Code::RedirectUriMalformed))?;
        if self.any_loopback && uri.is_loopback() {
            return Ok(uri);
        }
        let any_port = self.kind == ClientKind::Native;
        if self.redirect_uris.iter().any(|registered| registered.admits(&uri, any_port)) {
            return Ok(uri);
        }
        Err(about(if self.redirect_uris.is_empty() { Code::NoRedirectUris } else { Code::RedirectUriNotRegistered }))
    }

    /// Whether a browser may go there after signing out.
    pub(crate) fn allows_logout_to(&self, uri: &RedirectUri) -> bool {
        let any_port = self.kind == ClientKind::Native;
        let registered = self.logout_redirect_uris.iter().chain(&self.redirect_uris);
        registered.into_iter().any(|known| known.admits(uri, any_port)) || (self.any_loopback && uri.is_loopback())
    }

    /// Whether the secret that came, or did not come, is right for this client.
    pub(crate) fn check_secret(&self, presented: Option<&Secret>) -> Result<(), Problem> {
        let ClientKind::Confidential(secrets) = &self.kind else {
            return if presented.is_some() { Err(Code::ClientSecretUnexpected.into()) } else { Ok(()) };
        };
        let presented = presented.ok_or(Code::ClientSecretMissing)?;
        // Every secret is compared, so that the time does not tell which one matched.
        let matched = secrets.iter().fold(false, |matched, secret| secret.matches(presented.expose()) | matched);
        if matched { Ok(()) } else { Err(Code::ClientSecretWrong.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Client, ClientKind};
    use crate::{RedirectUri, Secret};

    fn uri(text: &str) -> RedirectUri {
        RedirectUri::parse(text).expect("valid")
    }

    fn reference<T>(result: Result<T, crate::Problem>) -> Option<String> {
        result.err().map(|problem| problem.reference().to_owned())
    }

    #[test]
    fn redirect_uris_are_exact() {
        let web = Client {
            redirect_uris: vec![uri("https://app.example/cb")],
            ..Client::new("app", ClientKind::Confidential(vec![Secret::new("s")]))
        };
        let cases = [
            ("https://app.example/cb", None),
            ("https://app.example/cb/", Some("AADB2C90006")),
            ("https://app.example/cb?x=1", Some("AADB2C90006")),
            ("https://app.example/cb/../evil", Some("AADB2C90006")),
            ("https://app.example/CB", Some("AADB2C90006")),
            ("https://app.example/c", Some("AADB2C90006")),
            ("https://app.example:443/cb", Some("AADB2C90006")),
            ("https://app.example.evil.example/cb", Some("AADB2C90006")),
            ("https://evil.example/?https://app.example/cb", Some("AADB2C90006")),
            ("https://app.example@evil.example/cb", Some("AADB2C90005")),
            ("https://app.example/cb#x", Some("AADB2C90005")),
            ("http://app.example/cb", Some("AADB2C90005")),
            ("http://localhost/cb", Some("AADB2C90006")),
            ("cb", Some("AADB2C90005")),
        ];
        for (asked, expected) in cases {
            assert_eq!(reference(web.redirect_uri(Some(asked))).as_deref(), expected, "{asked}");
        }
        assert_eq!(web.redirect_uri(None).expect("the only one").as_str(), "https://app.example/cb");
    }

    #[test]
    fn a_redirect_uri_can_be_left_out_only_when_there_is_one() {
        let cases = [
            (vec![], Some("AADB2C90004")),
            (vec!["https://a.example/cb"], None),
            (vec!["https://a.example/cb", "https://b.example/cb"], Some("AADB2C90004")),
        ];
        for (registered, expected) in cases {
            let uris = registered.iter().map(|text| uri(text)).collect();
            let client = Client { redirect_uris: uris, ..Client::new("app", ClientKind::Native) };
            assert_eq!(reference(client.redirect_uri(None)).as_deref(), expected, "{registered:?}");
        }
        let none = Client::new("app", ClientKind::Native);
        assert_eq!(reference(none.redirect_uri(Some("https://a.example/cb"))).as_deref(), Some("AADB2C90007"));
    }

    #[test]
    fn the_development_client_stays_on_this_machine() {
        let client = Client { any_loopback: true, ..Client::new("journeyman-dev", ClientKind::Native) };
        let cases = [
            ("http://localhost:4000/run-now", true),
            ("http://localhost", true),
            ("http://127.0.0.1:9/x?y=z", true),
            ("http://[::1]:8080/", true),
            ("https://localhost/cb", false),
            ("https://evil.example/cb", false),
            ("http://localhost.evil.example/", false),
            ("http://127.0.0.1.evil.example/", false),
            ("http://localhost@evil.example/", false),
            ("http://evil.example/localhost", false),
            ("http://2130706433/cb", false),
            ("http://127.1/cb", false),
            ("http://LOCALHOST/cb", false),
            ("http://localhost\\@evil.example/", false),
            ("http://192.168.0.1/", false),
            ("http://0.0.0.0/", false),
        ];
        for (asked, allowed) in cases {
            assert_eq!(client.redirect_uri(Some(asked)).is_ok(), allowed, "{asked}");
        }
        assert!(client.redirect_uri(None).is_err());
    }

    #[test]
    fn secrets_belong_to_confidential_clients() {
        let web = Client::new("web", ClientKind::Confidential(vec![Secret::new("old"), Secret::new("new")]));
        let native = Client::new("native", ClientKind::Native);
        let cases = [
            (&web, Some("old"), None),
            (&web, Some("new"), None),
            (&web, Some("newer"), Some("AADB2C90081")),
            (&web, Some(""), Some("AADB2C90081")),
            (&web, None, Some("AADB2C90079")),
            (&native, None, None),
            (&native, Some("old"), Some("AADB2C90084")),
        ];
        for (client, presented, expected) in cases {
            let presented = presented.map(Secret::new);
            assert_eq!(reference(client.check_secret(presented.as_ref())).as_deref(), expected, "{}", client.id);
        }
    }

    #[test]
    fn only_pages_of_the_application_read_tokens() {
        let page =
            Client { redirect_uris: vec![uri("https://spa.example/cb")], ..Client::new("spa", ClientKind::SinglePage) };
        assert!(page.allows_origin("https://spa.example"));
        for origin in ["https://evil.example", "https://spa.example.evil.example", "http://spa.example", "null", ""] {
            assert!(!page.allows_origin(origin), "{origin}");
        }
        let native = Client { kind: ClientKind::Native, ..page };
        assert!(!native.allows_origin("https://spa.example"));
    }
}
