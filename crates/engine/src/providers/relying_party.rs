//! The technical profile of a relying party: it names the protocol that the application speaks, and what it gets.

use crate::providers::federation::SAML_RELYING_PARTY;
use crate::providers::{Bound, Declaration, KeyId, KeyKind, KnownClaim, Place};

/// Every protocol of relying parties.
pub const RELYING_PARTY: &[&Declaration] = &[&OPENID_CONNECT, &SAML_RELYING_PARTY];

const OPENID_CONNECT: Declaration = Declaration {
    title: "OpenID Connect relying party",
    protocols: &["OpenIdConnect", "OAuth2", "None"],
    keys: &[KeyId::new(
        "client_secret",
        KeyKind::Secret,
        "for hints that the application signs; the hint's own profile counts",
    )],
    claims: &[
        KnownClaim::input("…", "a claim of the hint that the application signed, or of the request"),
        KnownClaim::output("sub", "names the person in tokens; `SubjectNamingInfo` says which claim it is"),
        KnownClaim::output("…", "a claim of the tokens"),
    ],
    open_metadata: true,
    places: &[Place::RelyingParty],
    bind: |_| Bound::Unsupported("the profile of a relying party is not run by a step".to_owned()),
    ..Declaration::EMPTY
};
