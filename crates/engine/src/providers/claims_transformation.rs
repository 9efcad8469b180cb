//! Claims transformation provider: a profile that only runs its transformations and sets defaults.

use crate::effect::Reply;
use crate::providers::declaration::QUIET;
use crate::providers::{
    Binding, Bound, BoundProfile, Call, Declaration, Failure, MetadataKey, Outcome, Produced, ValueKind,
};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "Claims transformation",
    protocols: &["Proprietary"],
    handler: Some("ClaimsTransformationProtocolProvider"),
    metadata: &[MetadataKey::new(
        "ContentDefinitionReferenceId",
        ValueKind::ContentDefinition,
        "where transformations that read localized texts find them",
    )],
    // Messages for failing assertions are declared here by some policies.
    open_metadata: true,
    places: QUIET,
    bind,
    ..Declaration::EMPTY
};

fn bind(_: &mut Binding<'_>) -> Bound {
    Bound::Steps(Box::new(ClaimsTransformation))
}

#[derive(Debug)]
struct ClaimsTransformation;

impl BoundProfile for ClaimsTransformation {
    fn start(&self, _: &Call<'_>) -> Result<Outcome, Failure> {
        Ok(Outcome::Done(Produced::nothing()))
    }

    fn resume(&self, _: &Call<'_>, reply: Reply) -> Result<Outcome, Failure> {
        Err(Failure::unexpected(&reply))
    }
}
