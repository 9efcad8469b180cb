//! Directory provider: reads, writes and deletes user accounts.

use indexmap::IndexMap;
use journeyman_claims::{ClaimValue, Name};
use journeyman_policy::model::ClaimUse;
use serde_json::{Map, Value};

use crate::codes;
use crate::effect::{DirectoryCall, DirectoryKey, DirectoryReply, Effect, Repeat, Reply, Secret};
use crate::providers::attributes::{self, USER_ATTRIBUTES};
use crate::providers::declaration::QUIET;
use crate::providers::{
    Binding, Bound, BoundProfile, Call, Declaration, Failure, KeyId, KeyKind, KnownClaim, Message, MetadataKey,
    Outcome, Produced, ValueKind,
};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "Azure Active Directory",
    protocols: &["Proprietary"],
    handler: Some("AzureActiveDirectoryProvider"),
    metadata: &[
        MetadataKey::new(
            "Operation",
            ValueKind::OneOf(&["Read", "Write", "DeleteClaims", "DeleteClaimsPrincipal"]),
            "what to do",
        )
        .needed(),
        MetadataKey::flag("RaiseErrorIfClaimsPrincipalDoesNotExist", "false", "fail when there is no such user"),
        MetadataKey::flag(
            "RaiseErrorIfClaimsPrincipalAlreadyExists",
            "false",
            "fail a write when there is such a user",
        ),
        MetadataKey::text("ApplicationObjectId", "the extensions application; extension attributes need none here")
            .told("with extension attributes")
            .without_effect(),
        MetadataKey::text("ClientId", "the extensions application; extension attributes need none here")
            .told("with extension attributes")
            .without_effect(),
        MetadataKey::text("api-version", "no longer used").without_effect(),
    ],
    messages: &[
        Message::new("UserMessageIfClaimsPrincipalDoesNotExist", "there is no such user"),
        Message::new("UserMessageIfClaimsPrincipalAlreadyExists", "there is such a user already"),
    ],
    keys: &[KeyId::new("issuer_secret", KeyKind::Rsa, "declared by starter packs, no effect")],
    claims: &[KnownClaim::output("newClaimsPrincipalCreated", "whether a write made the user")],
    places: QUIET,
    bind,
    ..Declaration::EMPTY
};

/// The ids of the tenant's extensions application play no part here, but the service goes by them.
fn check_extensions_app(binding: &mut Binding<'_>) {
    let item = |key: &str| binding.profile.metadata.get(&Name::new(key)).filter(|id| !id.value.trim().is_empty());
    let ids = ["ClientId", "ApplicationObjectId"].map(|key| item(key).map(|id| (key, id.value.trim(), id.span)));
    // What only a deployment fills in is a finding of its own.
    for (key, id, at) in ids.into_iter().flatten().filter(|(_, id, _)| !id.contains(['{', '}'])) {
        if uuid::Uuid::try_parse(id).is_ok_and(|id| !id.is_nil()) {
            continue;
        }
        binding.report(codes::not_an_id(at, key, id));
    }
    if let [Some((_, client, at)), Some((_, object, other))] = ids
        && client.eq_ignore_ascii_case(object)
        && uuid::Uuid::try_parse(object).is_ok_and(|id| !id.is_nil())
    {
        binding.report(codes::same_id(other, at));
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Read,
    Write,
    DeleteClaims,
    DeleteClaimsPrincipal,
}

#[derive(Debug)]
struct Directory {
    operation: Operation,
    must_exist: bool,
    must_not_exist: bool,
}

fn bind(binding: &mut Binding<'_>) -> Bound {
    let operation = match binding.text("Operation").unwrap_or_default().to_ascii_lowercase().as_str() {
        "read" => Operation::Read,
        "write" => Operation::Write,
        "deleteclaims" => Operation::DeleteClaims,
        "deleteclaimsprincipal" => Operation::DeleteClaimsPrincipal,
        _ => return Bound::Unsupported("it has no Operation".to_owned()),
    };
    check_extensions_app(binding);
    if binding.profile.input_claims.len() != 1 {
        let count = binding.profile.input_claims.len();
        binding.report(codes::directory_key_count(&binding.profile.id, binding.profile.span, count));
    }
    check_attributes(binding);
    check_application(binding);
    Bound::Steps(Box::new(Directory {
        operation,
        must_exist: binding.flag("RaiseErrorIfClaimsPrincipalDoesNotExist"),
        must_not_exist: binding.flag("RaiseErrorIfClaimsPrincipalAlreadyExists"),
    }))
}

/// Claims that name no attribute.
fn check_attributes(binding: &mut Binding<'_>) {
    // A claim that is not declared is reported as that, and its id is no attribute for the same reason.
    let is_declared =
        |claim: &ClaimUse| claim.partner.is_some() || binding.policy.claim_types.contains_key(&claim.claim.value);
    let unknown = attributes::unknown(binding.policy, binding.profile).into_iter();
    let unknown: Vec<_> = unknown.filter(|(claim, ..)| is_declared(claim)).collect();
    for (claim, name, access) in unknown {
        let known = USER_ATTRIBUTES.iter().filter(|a| a.allows.contains(&access)).map(|a| a.name);
        let known: Vec<_> = known.collect();
        let at = claim.partner.as_ref().map_or(claim.claim.span, |partner| partner.span);
        binding.report(codes::unknown_attribute(&binding.profile.id, at, name, access.word(), &known));
    }
}

/// Extension attributes belong to an application, where the service runs the policy.
fn check_application(binding: &mut Binding<'_>) {
    // The item stands once in a policy, in the profile that the others include.
    if binding.has_said(&codes::EXTENSIONS_APPLICATION) {
        return;
    }
    let profile = binding.profile;
    let mut used = profile.input_claims.iter().chain(&profile.persisted_claims).chain(&profile.output_claims);
    let Some(claim) = used.find(|claim| attributes::is_extension(claim.partner_or_id())) else { return };
    if let Some(key) = ["ApplicationObjectId", "ClientId"].into_iter().find(|key| binding.text(key).is_none()) {
        let (name, at) = (claim.partner_or_id(), binding.place(key));
        binding.report(codes::extensions_application(&profile.id, at, name, key, claim.span));
    }
}

impl BoundProfile for Directory {
    fn start(&self, call: &Call<'_>) -> Result<Outcome, Failure> {
        let Some(key) = key(call) else {
            return self.without_key();
        };
        let effect = match self.operation {
            Operation::Read => DirectoryCall::Read { key },
            Operation::Write => self.write(call, key),
            Operation::DeleteClaims => DirectoryCall::DeleteAttributes {
                attributes: call
                    .profile
                    .persisted_claims
                    .iter()
                    .map(|c| c.partner_or_id().to_owned())
                    .filter(|name| !name.eq_ignore_ascii_case(&key.attribute))
                    .collect(),
                key,
            },
            Operation::DeleteClaimsPrincipal => DirectoryCall::DeleteUser { key },
        };
        Ok(Outcome::Ask(Effect::Directory(effect), Repeat::Harmless))
    }

    fn resume(&self, _: &Call<'_>, reply: Reply) -> Result<Outcome, Failure> {
        match reply {
            Reply::Directory(DirectoryReply::User { attributes, created }) => {
                Ok(Outcome::Done(produced(&attributes, Some(created && self.operation == Operation::Write))))
            }
            Reply::Directory(DirectoryReply::Deleted) => Ok(Outcome::Done(Produced::nothing())),
            Reply::Directory(DirectoryReply::NotFound) if self.must_exist => {
                Err(Failure::keyed("UserMessageIfClaimsPrincipalDoesNotExist", 90_053, "there is no such user"))
            }
            Reply::Directory(DirectoryReply::NotFound) => Ok(Outcome::Done(Produced::nothing())),
            Reply::Directory(DirectoryReply::AlreadyExists) => Err(Failure::keyed(
                "UserMessageIfClaimsPrincipalAlreadyExists",
                90_037,
                "the user exists already, or a sign-in name belongs to somebody else",
            )),
            Reply::Directory(DirectoryReply::Refused { attribute, reason }) => {
                Err(Failure::internal(90_037, format!("the directory refuses `{attribute}`: {reason}")))
            }
            other => Err(Failure::unexpected(&other)),
        }
    }
}

impl Directory {
    /// The key claim has no value: nobody can be meant. A read that tolerates a missing user finds nobody; anything
    /// else fails, because writing or deleting without a key would hit the wrong account.
    fn without_key(&self) -> Result<Outcome, Failure> {
        if self.operation == Operation::Read && !self.must_exist {
            return Ok(Outcome::Done(Produced::nothing()));
        }
        Err(Failure::keyed("UserMessageIfClaimsPrincipalDoesNotExist", 90_037, "the key claim has no value"))
    }

    fn write(&self, call: &Call<'_>, key: DirectoryKey) -> DirectoryCall {
        let mut attributes = IndexMap::new();
        let mut keep = Vec::new();
        let mut password = None;
        for input in &call.persisted {
            if input.partner.eq_ignore_ascii_case("password") {
                password = Some(Secret::new(input.value.to_text()));
            } else {
                if !input.overwrite {
                    keep.push(input.partner.to_owned());
                }
                attributes.insert(input.partner.to_owned(), input.value.clone());
            }
        }
        let (must_exist, must_not_exist) = (self.must_exist, self.must_not_exist);
        DirectoryCall::Write { key, attributes, keep, password, must_exist, must_not_exist }
    }
}

fn key(call: &Call<'_>) -> Option<DirectoryKey> {
    let input = call.inputs.first()?;
    let value = input.value.to_text().trim().to_owned();
    (!value.is_empty()).then(|| DirectoryKey { attribute: input.partner.to_owned(), value })
}

/// A user's attributes as output claims look them up.
pub(super) fn produced(attributes: &IndexMap<String, ClaimValue>, created: Option<bool>) -> Produced {
    let mut values: Map<_, _> = attributes.iter().map(|(name, value)| (name.clone(), value.to_json())).collect();
    if let Some(created) = created {
        values.insert("newClaimsPrincipalCreated".to_owned(), Value::Bool(created));
    }
    let object_id = Name::new("objectId");
    let person = attributes.iter().find(|(name, _)| Name::new(name.as_str()) == object_id).map(|(_, v)| v.to_text());
    Produced { values: Value::Object(values), person, ..Produced::default() }
}
