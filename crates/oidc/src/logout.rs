//! Signing out: where the browser may go afterwards.

use url::form_urlencoded::Serializer;

use crate::client::Client;
use crate::codes::Code;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::redirect_uri::RedirectUri;
use crate::secret::Secret;

/// A request to sign out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoutRequest {
    /// An ID token of ours; verify it with [`VerificationKeys::verify_expired`](crate::VerificationKeys::verify_expired)
    /// and pass its audience to [`Self::destination`].
    pub id_token_hint: Option<Secret>,
    /// Who asks, where the request says so without a hint.
    pub client_id: Option<String>,
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

/// Where the browser goes after signing out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogoutDestination {
    /// To a page of ours that says so.
    Page,
    /// There.
    Redirect(String),
}

impl LogoutRequest {
    /// Reads a request.
    pub fn read(parameters: &Parameters) -> Result<Self, Problem> {
        parameters.each_once()?;
        Ok(Self {
            id_token_hint: parameters.get("id_token_hint").map(Secret::new),
            client_id: parameters.owned("client_id"),
            post_logout_redirect_uri: parameters.owned("post_logout_redirect_uri"),
            state: parameters.owned("state"),
        })
    }

    /// Where the browser goes. `clients` are those of the tenant; `hinted` is the audience of the verified hint.
    ///
    /// The address must be registered with the client that the hint or `client_id` names, or, where a request names none
    /// (as many do), with any client of the tenant: the browser is never sent to strangers.
    pub fn destination<'c>(
        &self,
        clients: impl IntoIterator<Item = &'c Client>,
        hinted: Option<&str>,
        hint_required: bool,
    ) -> Result<LogoutDestination, Problem> {
        if hint_required && hinted.is_none() {
            return Err(Code::HintMissing.into());
        }
        let named = match (hinted, self.client_id.as_deref()) {
            (Some(hinted), Some(named)) if hinted != named => return Err(Code::TokenAudience.into()),
            (hinted, named) => hinted.or(named),
        };
        let Some(text) = &self.post_logout_redirect_uri else { return Ok(LogoutDestination::Page) };
        let uri = RedirectUri::parse(text).map_err(|_| Code::PostLogoutUriMalformed)?;
        let mut candidates = clients.into_iter().filter(|client| named.is_none_or(|id| client.id == id));
        if !candidates.any(|client| client.allows_logout_to(&uri)) {
            return Err(Code::PostLogoutUriMalformed.into());
        }
        Ok(LogoutDestination::Redirect(self.with_state(text)))
    }

    fn with_state(&self, address: &str) -> String {
        let Some(state) = &self.state else { return address.to_owned() };
        let joint = if address.contains('?') { '&' } else { '?' };
        let query = Serializer::new(String::new()).append_pair("state", state).finish();
        format!("{address}{joint}{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::{LogoutDestination, LogoutRequest};
    use crate::{Client, ClientKind, Parameters, RedirectUri};

    fn client(id: &str, redirect: &str, logout: &[&str]) -> Client {
        let uri = |text: &str| RedirectUri::parse(text).expect("valid");
        Client {
            redirect_uris: vec![uri(redirect)],
            logout_redirect_uris: logout.iter().map(|text| uri(text)).collect(),
            ..Client::new(id, ClientKind::SinglePage)
        }
    }

    fn go(pairs: &[(&str, &str)], hinted: Option<&str>, required: bool) -> Result<Option<String>, String> {
        let clients = [
            client("a", "https://a.example/cb", &["https://a.example/bye?x=1"]),
            client("b", "https://b.example/cb", &[]),
        ];
        let parameters = Parameters::new(pairs.iter().copied()).expect("bounded");
        let request = LogoutRequest::read(&parameters).map_err(|p| p.reference().to_owned())?;
        match request.destination(&clients, hinted, required) {
            Ok(LogoutDestination::Page) => Ok(None),
            Ok(LogoutDestination::Redirect(to)) => Ok(Some(to)),
            Err(problem) => Err(problem.reference().to_owned()),
        }
    }

    #[test]
    fn the_browser_goes_only_to_registered_addresses() {
        let to = |address| ("post_logout_redirect_uri", address);
        let error = |code: &str| Err(code.to_owned());
        let at = |address: &str| Ok(Some(address.to_owned()));
        let cases = [
            (vec![], None, false, Ok(None)),
            (vec![], None, true, error("AADB2C90272")),
            (vec![], Some("a"), true, Ok(None)),
            (vec![to("https://a.example/cb")], None, false, at("https://a.example/cb")),
            (vec![to("https://a.example/cb")], Some("a"), true, at("https://a.example/cb")),
            (vec![to("https://a.example/cb"), ("state", "a&b")], None, false, at("https://a.example/cb?state=a%26b")),
            (
                vec![to("https://a.example/bye?x=1"), ("state", "s")],
                None,
                false,
                at("https://a.example/bye?x=1&state=s"),
            ),
            (vec![to("https://a.example/cb")], Some("b"), false, error("AADB2C90067")),
            (vec![to("https://a.example/cb"), ("client_id", "b")], None, false, error("AADB2C90067")),
            (vec![to("https://a.example/cb"), ("client_id", "nobody")], None, false, error("AADB2C90067")),
            (vec![to("https://a.example/cb"), ("client_id", "a")], Some("b"), false, error("AADB2C90237")),
            (vec![to("https://evil.example/")], None, false, error("AADB2C90067")),
            (vec![to("https://a.example.evil.example/cb")], None, false, error("AADB2C90067")),
            (vec![to("https://a.example@evil.example/cb")], None, false, error("AADB2C90067")),
            (vec![to("//evil.example")], None, false, error("AADB2C90067")),
            (vec![to("javascript:alert(1)")], None, false, error("AADB2C90067")),
            (vec![to("https://a.example/cb"), to("https://evil.example/")], None, false, error("AADB2C90136")),
        ];
        for (pairs, hinted, required, expected) in cases {
            assert_eq!(go(&pairs, hinted, required), expected, "{pairs:?} {hinted:?} {required}");
        }
    }
}
