//! Scopes: what a client asks for, and what of it counts.

use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::codes::Code;
use crate::problem::Problem;

/// What was granted of the scopes asked for.
///
/// Scopes that mean nothing here (`profile`, `email`, …) are left out silently as long as something else is granted:
/// which claims a token has is the policy's business.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// An ID token.
    pub openid: bool,
    /// A refresh token.
    pub offline: bool,
    /// An access token, and for whom.
    pub resource: Option<Resource>,
}

/// Who an access token is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The API's client id, or the client's own.
    pub audience: String,
    /// The scopes as they were asked for.
    pub asked: Vec<String>,
    /// What becomes of them in `scp`: their names, without the API's identifier. None for the client itself.
    pub names: Vec<String>,
}

impl Granted {
    /// Resolves the scopes of a request.
    pub(crate) fn read(scope: &str, client: &Client) -> Result<Self, Problem> {
        if !scope.bytes().all(|b| b == b' ' || (b.is_ascii_graphic() && !matches!(b, b'"' | b'\\' | b'<' | b'>'))) {
            return Err(Code::ScopeCharacter.into());
        }
        let mut granted = Self { openid: false, offline: false, resource: None };
        let mut unknown = None;
        for asked in scope.split_ascii_whitespace() {
            match asked {
                "openid" => granted.openid = true,
                "offline_access" => granted.offline = true,
                _ => match resource(asked, client) {
                    Lookup::Granted { audience, name } => granted.add(asked, audience, name, scope)?,
                    Lookup::Refused => unknown = unknown.or(Some((Code::ResourceNotPermitted, asked))),
                    Lookup::Unknown => unknown = unknown.or(Some((Code::ScopeNotSupported, asked))),
                },
            }
        }
        match unknown {
            Some((code, asked)) if !granted.openid && granted.resource.is_none() => {
                Err(Problem::from(code).with("scope", asked))
            }
            _ => Ok(granted),
        }
    }

    fn add(&mut self, asked: &str, audience: &str, name: Option<&str>, scope: &str) -> Result<(), Problem> {
        let resource = self.resource.get_or_insert_with(|| Resource {
            audience: audience.to_owned(),
            asked: Vec::new(),
            names: Vec::new(),
        });
        if resource.audience != audience {
            return Err(Problem::from(Code::SeveralResources).with("scope", scope));
        }
        if !resource.asked.iter().any(|known| known == asked) {
            resource.asked.push(asked.to_owned());
            resource.names.extend(name.map(str::to_owned));
        }
        Ok(())
    }

    /// What is left when a token request asks for less. Refreshing goes on as it was granted.
    pub(crate) fn narrowed(&self, asked: Option<&str>) -> Result<Self, Problem> {
        let Some(asked) = asked else { return Ok(self.clone()) };
        let wanted: Vec<_> = asked.split_ascii_whitespace().collect();
        let resource = self.resource.as_ref().and_then(|resource| resource.narrowed(&wanted));
        let left = Self { openid: self.openid && wanted.contains(&"openid"), offline: self.offline, resource };
        if left.openid || left.resource.is_some() || wanted == ["offline_access"] {
            return Ok(if wanted == ["offline_access"] { self.clone() } else { left });
        }
        Err(Problem::from(Code::GrantLacksScope).with("scope", asked))
    }

    /// The `scope` of an answer.
    pub fn to_scope(&self) -> String {
        let resource = self.resource.iter().flat_map(|r| r.asked.iter().map(String::as_str));
        let openid = self.openid.then_some("openid");
        let offline = self.offline.then_some("offline_access");
        resource.chain(offline).chain(openid).collect::<Vec<_>>().join(" ")
    }
}

impl Resource {
    fn narrowed(&self, wanted: &[&str]) -> Option<Self> {
        let kept = |asked: &String| wanted.contains(&asked.as_str());
        if self.names.is_empty() {
            return self.asked.iter().any(kept).then(|| self.clone());
        }
        let (asked, names): (Vec<_>, Vec<_>) = self
            .asked
            .iter()
            .zip(&self.names)
            .filter(|(asked, _)| kept(asked))
            .map(|(a, n)| (a.clone(), n.clone()))
            .unzip();
        (!asked.is_empty()).then(|| Self { audience: self.audience.clone(), asked, names })
    }
}

enum Lookup<'a> {
    Granted { audience: &'a str, name: Option<&'a str> },
    Refused,
    Unknown,
}

/// Finds the API that a scope belongs to: `{identifier}/{name}`, or the client itself by its id.
fn resource<'a>(asked: &'a str, client: &'a Client) -> Lookup<'a> {
    if asked == client.id {
        return Lookup::Granted { audience: &client.id, name: None };
    }
    let named = |api: &'a crate::Api| Some((api, asked.strip_prefix(api.identifier.as_str())?.strip_prefix('/')?));
    match client.apis.iter().find_map(named) {
        Some((api, name)) if api.scopes.iter().any(|granted| granted == name) => {
            Lookup::Granted { audience: &api.audience, name: Some(name) }
        }
        Some(_) => Lookup::Refused,
        None => Lookup::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::Granted;
    use crate::{Api, Client, ClientKind};

    fn client() -> Client {
        let api = |name: &str, scopes: &[&str]| Api {
            identifier: format!("https://t.example/{name}"),
            audience: format!("{name}-id"),
            scopes: scopes.iter().map(|&s| s.to_owned()).collect(),
        };
        Client {
            apis: vec![api("a", &["read", "write"]), api("b", &["read"])],
            ..Client::new("app", ClientKind::Native)
        }
    }

    /// Granted scopes, audience and names.
    type Read<'a> = (&'a str, Option<&'a str>, &'a [&'a str]);

    fn read(scope: &str) -> Result<(String, Option<String>, Vec<String>), String> {
        let granted = Granted::read(scope, &client()).map_err(|p| p.reference().to_owned())?;
        let resource = granted.resource.clone();
        let (audience, names) = resource.map_or((None, Vec::new()), |r| (Some(r.audience), r.names));
        Ok((granted.to_scope(), audience, names))
    }

    #[test]
    fn scopes_resolve_to_one_resource() {
        let cases: [(&str, Result<Read<'_>, &str>); 12] = [
            ("openid", Ok(("openid", None, &[]))),
            ("openid profile email", Ok(("openid", None, &[]))),
            ("openid offline_access app", Ok(("app offline_access openid", Some("app"), &[]))),
            (
                "https://t.example/a/read https://t.example/a/write",
                Ok(("https://t.example/a/read https://t.example/a/write", Some("a-id"), &["read", "write"])),
            ),
            (
                "openid https://t.example/a/read https://t.example/a/read",
                Ok(("https://t.example/a/read openid", Some("a-id"), &["read"])),
            ),
            (
                "https://t.example/a/read https://t.example/a/delete",
                Ok(("https://t.example/a/read", Some("a-id"), &["read"])),
            ),
            ("https://t.example/a/read https://t.example/b/read", Err("AADB2C90146")),
            ("app https://t.example/a/read", Err("AADB2C90146")),
            ("https://t.example/b/write", Err("AADB2C90205")),
            ("https://t.example/abread", Err("AADB2C90117")),
            ("profile", Err("AADB2C90117")),
            ("openid \"x\"", Err("AADB2C99005")),
        ];
        for (scope, expected) in cases {
            let expected = expected
                .map(|(s, a, n)| (s.to_owned(), a.map(str::to_owned), n.iter().map(|&n| n.to_owned()).collect()))
                .map_err(str::to_owned);
            assert_eq!(read(scope), expected, "{scope}");
        }
    }

    #[test]
    fn a_token_request_gets_no_more_than_was_granted() {
        let granted = Granted::read("openid offline_access https://t.example/a/read", &client()).expect("granted");
        let all = "https://t.example/a/read offline_access openid";
        let cases = [
            (None, Some(all)),
            (Some("offline_access"), Some(all)),
            (Some("openid profile offline_access"), Some("offline_access openid")),
            (
                Some("https://t.example/a/read https://t.example/a/write"),
                Some("https://t.example/a/read offline_access"),
            ),
            (Some("https://t.example/b/read"), None),
        ];
        for (asked, expected) in cases {
            let left = granted.narrowed(asked).ok().map(|left| left.to_scope());
            assert_eq!(left.as_deref(), expected, "{asked:?}");
        }
    }
}
