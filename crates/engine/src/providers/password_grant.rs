//! `login-NonInteractive`: a profile that signs a local account in by a password grant against the tenant itself.
//!
//! Here it is a local password check. It is recognised by its shape, never by its id.

use indexmap::IndexMap;
use journeyman_claims::ClaimValue;
use journeyman_policy::model::TechnicalProfile;
use serde_json::{Map, Value};

use crate::effect::{Effect, PasswordReply, Repeat, Reply, Secret};
use crate::providers::{Binding, Bound, BoundProfile, Call, Declaration, Failure, Outcome, Produced};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "Local account password check",
    protocols: &["OpenIdConnect"],
    handler: None,
    metadata: &[],
    keys: &[],
    // The metadata of the grant (METADATA, authorization_endpoint, HttpBinding, …) and its messages have no effect here.
    open_metadata: true,
    runs: true,
    applies,
    bind,
};

fn applies(profile: &TechnicalProfile) -> bool {
    let by_claim = profile.input_claims.iter().any(|c| {
        c.partner_or_id().eq_ignore_ascii_case("grant_type")
            && c.default.as_ref().is_some_and(|d| d.value.eq_ignore_ascii_case("password"))
    });
    by_claim || profile.metadata("grant_type").is_some_and(|g| g.eq_ignore_ascii_case("password"))
}

fn bind(binding: &mut Binding<'_>) -> Bound {
    binding.require_input("username");
    binding.require_input("password");
    Bound::Steps(Box::new(PasswordGrant))
}

/// Directory attributes by the token claim names that such profiles map from.
const CLAIMS: &[(&str, &str)] = &[
    ("oid", "objectId"),
    ("sub", "objectId"),
    ("given_name", "givenName"),
    ("family_name", "surname"),
    ("name", "displayName"),
    ("upn", "userPrincipalName"),
    ("email", "signInNames.emailAddress"),
];

#[derive(Debug)]
struct PasswordGrant;

impl BoundProfile for PasswordGrant {
    fn start(&self, call: &Call<'_>) -> Result<Outcome, Failure> {
        let text = |name| call.input(name).map(|i| i.value.to_text()).unwrap_or_default();
        let (username, password) = (text("username"), text("password"));
        if username.trim().is_empty() || password.is_empty() {
            return Err(failure(&["DefaultMessage"], 90_054, "user name or password is empty"));
        }
        let effect = Effect::CheckPassword { username: username.trim().to_owned(), password: Secret::new(password) };
        Ok(Outcome::Ask(effect, Repeat::Harmless))
    }

    fn resume(&self, call: &Call<'_>, reply: Reply) -> Result<Outcome, Failure> {
        let found = match reply {
            Reply::Password(found) => found,
            other => return Err(Failure::unexpected(&other)),
        };
        match found {
            PasswordReply::Correct { attributes } => Ok(Outcome::Done(claims(&attributes))),
            PasswordReply::Wrong { known: false } => Err(failure(
                &["UserMessageIfClaimsPrincipalDoesNotExist", "DefaultMessage"],
                90_053,
                "there is no such account",
            )),
            PasswordReply::Wrong { known: true } => {
                Err(failure(&["UserMessageIfInvalidPassword", "DefaultMessage"], 90_054, "the password is wrong"))
            }
            PasswordReply::Locked => Err(failure(&["UserMessageIfUserAccountLocked"], 90_114, "the account is locked")),
            PasswordReply::Disabled => {
                Err(failure(&["UserMessageIfUserAccountDisabled"], 90_111, "the account is disabled"))
            }
            PasswordReply::Expired if wants_expired(call) => Ok(Outcome::Done(Produced {
                values: serde_json::json!({ "passwordExpired": true }),
                ..Produced::default()
            })),
            PasswordReply::Expired => Err(failure(&["DefaultMessage"], 90_054, "the password must be changed")),
        }
    }

    fn proves(&self) -> Option<&'static str> {
        Some("pwd")
    }
}

fn wants_expired(call: &Call<'_>) -> bool {
    call.input("continueOnPasswordExpiration").is_some_and(|i| i.value.to_text().eq_ignore_ascii_case("true"))
}

fn failure(keys: &[&'static str], code: u32, detail: &str) -> Failure {
    Failure { keys: keys.to_vec(), ..Failure::internal(code, detail) }
}

fn claims(attributes: &IndexMap<String, ClaimValue>) -> Produced {
    let mut produced = super::directory::produced(attributes, None);
    let mut values = Map::new();
    for (token, attribute) in CLAIMS {
        if let Some(value) = attributes.get(*attribute) {
            values.insert((*token).to_owned(), value.to_json());
        }
    }
    produced.values = Value::Object(values);
    produced
}
