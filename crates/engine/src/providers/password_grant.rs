//! `login-NonInteractive`: a profile that signs a local account in by a password grant against the tenant itself.
//!
//! Here it is a local password check. It is recognised by its shape, never by its id.

use indexmap::IndexMap;
use journeyman_claims::ClaimValue;
use journeyman_policy::model::TechnicalProfile;
use serde_json::{Map, Value};

use crate::effect::{Effect, PasswordReply, Repeat, Reply, Secret};
use crate::providers::declaration::QUIET;
use crate::providers::{
    Binding, Bound, BoundProfile, Call, Declaration, Failure, KeyId, KeyKind, KnownClaim, Message, MetadataKey,
    Outcome, Produced, ValueKind,
};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "Local account password check",
    protocols: &["OpenIdConnect"],
    metadata: &[
        MetadataKey::new(
            "client_id",
            ValueKind::Text,
            "the application that asks; the check here is local and needs none",
        )
        .needed_when("no input claim `client_id`", asks_for_nobody)
        .without_effect(),
        MetadataKey::text("IdTokenAudience", "the application that is asked for").without_effect(),
        MetadataKey::text("ProviderName", "name of the issuer").without_effect(),
        MetadataKey::new("METADATA", ValueKind::Url, "the tenant's own configuration").without_effect(),
        MetadataKey::new("authorization_endpoint", ValueKind::Url, "the tenant's own endpoint").without_effect(),
        MetadataKey::text("response_types", "`id_token`").without_effect(),
        MetadataKey::text("response_mode", "`query`").without_effect(),
        MetadataKey::text("scope", "what is asked for").without_effect(),
        MetadataKey::text("grant_type", "`password`, where no input claim says so"),
        MetadataKey::new("UsePolicyInRedirectUri", ValueKind::Boolean, "nothing is redirected").without_effect(),
        MetadataKey::new("HttpBinding", ValueKind::OneOf(&["GET", "POST"]), "nothing is sent").without_effect(),
        MetadataKey::new("DiscoverMetadataByTokenIssuer", ValueKind::Boolean, "no token is read").without_effect(),
        MetadataKey::text("ValidTokenIssuerPrefixes", "no token is read").without_effect(),
    ],
    messages: &[
        Message::new("UserMessageIfClaimsPrincipalDoesNotExist", "there is no such account"),
        Message::new("UserMessageIfInvalidPassword", "the password is wrong"),
        Message::new("UserMessageIfOldPasswordUsed", "an earlier password was given; here it is just a wrong one"),
        Message::new("UserMessageIfUserAccountDisabled", "the account is disabled"),
        Message::new("UserMessageIfUserAccountLocked", "the account is locked after many wrong passwords"),
        Message::new("AADRequestsThrottled", "too many requests; never said here"),
        Message::new("DefaultMessage", "anything else"),
    ],
    // Further metadata of the grant has no effect on a local check.
    open_metadata: true,
    keys: &[KeyId::new("client_secret", KeyKind::Secret, "no effect")],
    claims: &[
        KnownClaim::input("username", "a sign-in name of any type, or the user principal name").needed(),
        KnownClaim::input("password", "the password").needed(),
        KnownClaim::input("grant_type", "its default value `password` makes the profile a password check"),
        KnownClaim::input("continueOnPasswordExpiration", "an expired password is no failure"),
        KnownClaim::input("client_id", "no effect"),
        KnownClaim::input("resource", "no effect"),
        KnownClaim::input("scope", "no effect"),
        KnownClaim::input("nca", "no effect"),
        KnownClaim::output("oid", "id of the user"),
        KnownClaim::output("sub", "id of the user"),
        KnownClaim::output("tid", "id of the tenant; gets no value here"),
        KnownClaim::output("given_name", "first name"),
        KnownClaim::output("family_name", "last name"),
        KnownClaim::output("name", "display name"),
        KnownClaim::output("upn", "user principal name"),
        KnownClaim::output("email", "e-mail address"),
        KnownClaim::output("passwordExpired", "the password is right but must be changed"),
    ],
    places: QUIET,
    applies,
    bind,
    ..Declaration::EMPTY
};

fn has_input(profile: &TechnicalProfile, name: &str) -> bool {
    profile.input_claims.iter().any(|claim| claim.partner_or_id().eq_ignore_ascii_case(name))
}

/// Published policies name the application in the metadata, in an input claim, or in both. One that is left empty is refused
/// by the service either way.
fn asks_for_nobody(profile: &TechnicalProfile) -> bool {
    profile.metadata("client_id").map_or_else(|| !has_input(profile, "client_id"), |id| id.trim().is_empty())
}

fn applies(profile: &TechnicalProfile) -> bool {
    let by_claim = profile.input_claims.iter().any(|c| {
        c.partner_or_id().eq_ignore_ascii_case("grant_type")
            && c.default.as_ref().is_some_and(|d| d.value.eq_ignore_ascii_case("password"))
    });
    by_claim || profile.metadata("grant_type").is_some_and(|g| g.eq_ignore_ascii_case("password"))
}

fn bind(_: &mut Binding<'_>) -> Bound {
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
