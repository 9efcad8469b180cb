//! Reader of `id_token_hint`: claims that the application signed, taken into the journey by a `GetClaims` step.

use journeyman_claims::Name;
use journeyman_policy::model::TechnicalProfile;

use crate::codes;
use crate::effect::{HintCheck, Secret};
use crate::providers::{Binding, Bound, Declaration, KeyId, MetadataKey, ValueKind};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "id_token_hint",
    protocols: &["None"],
    handler: None,
    metadata: &[
        MetadataKey {
            name: "METADATA",
            value: ValueKind::Url,
            required: false,
            default: None,
            summary: "the OpenID configuration that publishes the signer's keys",
        },
        MetadataKey {
            name: "issuer",
            value: ValueKind::Text,
            required: false,
            default: None,
            summary: "the issuer to insist on, instead of the configuration's",
        },
        MetadataKey {
            name: "IdTokenAudience",
            value: ValueKind::Text,
            required: false,
            default: None,
            summary: "the audience to insist on; without it the engine's own issuer or the asking client is accepted",
        },
    ],
    keys: &[KeyId { name: "client_secret", summary: "shared secret, where the hint is signed symmetrically" }],
    open_metadata: true,
    runs: true,
    applies,
    bind,
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
    if metadata.is_none() {
        for key in ["issuer", "IdTokenAudience"] {
            if binding.text(key).is_none() {
                binding.report(codes::hint_needs(&binding.profile.id, binding.profile.span, key));
            }
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
