//! Reader of `id_token_hint`: claims that the application signed, taken into the journey by a `GetClaims` step.

use journeyman_claims::Name;
use journeyman_policy::model::TechnicalProfile;

use crate::codes;
use crate::effect::{HintCheck, Secret};
use crate::providers::{Binding, Bound, Declaration, KeyId, KeyKind, MetadataKey, Place, ValueKind};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "id_token_hint",
    protocols: &["None"],
    metadata: &[
        MetadataKey::new("METADATA", ValueKind::Url, "the OpenID configuration that publishes the signer's keys"),
        MetadataKey::text("issuer", "the issuer to insist on, instead of the configuration's")
            .told("with a shared secret"),
        MetadataKey::text(
            "IdTokenAudience",
            "the audience to insist on; without it the engine's own issuer or the asking client is accepted",
        )
        .told("with a shared secret"),
    ],
    open_metadata: true,
    keys: &[KeyId::new("client_secret", KeyKind::Secret, "shared secret, where the hint is signed by one")],
    places: &[Place::Hint],
    applies,
    bind,
    ..Declaration::EMPTY
};

fn applies(profile: &TechnicalProfile) -> bool {
    let keyed = profile.keys.contains_key(&Name::new("client_secret"));
    let published = profile.metadata("METADATA").is_some();
    profile.output_token_format.is_none() && (published || keyed)
}

/// A reader ready to run.
#[derive(Debug)]
pub struct Hint {
    metadata: Option<String>,
    secret_key: Option<Name>,
    issuer: Option<String>,
    audience: Option<String>,
}

fn bind(binding: &mut Binding<'_>) -> Bound {
    let metadata = binding.text("METADATA").map(str::to_owned);
    let secret_key = binding.profile.keys.get(&Name::new("client_secret")).map(|k| k.value.clone());
    let missing: Vec<_> = ["issuer", "IdTokenAudience"].into_iter().filter(|key| binding.text(key).is_none()).collect();
    for key in missing {
        let (id, at) = (&binding.profile.id, binding.profile.span);
        match &metadata {
            None => binding.report(codes::hint_needs(id, at, key)),
            // Published keys come with an issuer, but with no audience.
            Some(_) if key == "IdTokenAudience" => {
                binding.report(codes::hint_for_anyone(id, binding.place("METADATA")))
            }
            Some(_) => {}
        }
    }
    Bound::Hint(Hint {
        // One algorithm family a profile: with published keys the shared secret is not even looked at.
        secret_key: secret_key.filter(|_| metadata.is_none()),
        metadata,
        issuer: binding.text("issuer").map(str::to_owned),
        audience: binding.text("IdTokenAudience").map(str::to_owned),
    })
}

impl Hint {
    /// What to check about a token.
    pub(crate) fn check(&self, token: Secret) -> HintCheck {
        HintCheck {
            token,
            metadata: self.metadata.clone(),
            secret_key: self.secret_key.clone(),
            issuer: self.issuer.clone(),
            audience: self.audience.clone(),
        }
    }
}
