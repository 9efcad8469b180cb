//! Profiles with protocol `None` that hand over what came with a grant: the first step of a refresh journey.
//!
//! `RefreshTokenReadAndSetup` outputs the user and the time that the presented refresh token was issued; further output
//! claims are those that the token carried.

use journeyman_claims::Name;
use journeyman_policy::model::TechnicalProfile;
use serde_json::Value;

use crate::effect::Reply;
use crate::providers::{
    Binding, Bound, BoundProfile, Call, Declaration, Failure, KnownClaim, Outcome, Place, Produced,
};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "Claims of a grant",
    protocols: &["None"],
    claims: &[
        KnownClaim::output("objectId", "the user that the presented refresh token names"),
        KnownClaim::output("refreshTokenIssuedOnDateTime", "when that token was issued"),
    ],
    open_metadata: true,
    places: &[Place::Exchange],
    applies,
    bind,
    ..Declaration::EMPTY
};

fn applies(profile: &TechnicalProfile) -> bool {
    !profile.output_claims.is_empty()
        && profile.input_claims.is_empty()
        && profile.output_token_format.is_none()
        && profile.input_token_format.is_none()
        && profile.keys.is_empty()
}

fn bind(_: &mut Binding<'_>) -> Bound {
    Bound::Steps(Box::new(GrantClaims))
}

#[derive(Debug)]
struct GrantClaims;

impl BoundProfile for GrantClaims {
    fn start(&self, call: &Call<'_>) -> Result<Outcome, Failure> {
        let mut values = serde_json::Map::new();
        for output in &call.profile.output_claims {
            // The outside name first: a policy may call its own claims as it likes.
            let found = call.granted.get(&Name::new(output.partner_or_id()));
            if let Some(value) = found.or_else(|| call.granted.get(&output.claim.value)) {
                values.insert(output.partner_or_id().to_owned(), value.to_json());
            }
        }
        Ok(Outcome::Done(Produced { values: Value::Object(values), ..Produced::default() }))
    }

    fn resume(&self, _: &Call<'_>, reply: Reply) -> Result<Outcome, Failure> {
        Err(Failure::unexpected(&reply))
    }
}
