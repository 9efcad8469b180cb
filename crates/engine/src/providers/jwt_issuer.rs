//! JWT issuer: the settings of the tokens that `SendClaims` gives out. The tokens themselves are made elsewhere.

use journeyman_claims::Name;
use journeyman_policy::model::TechnicalProfile;
use serde::{Deserialize, Serialize};

use crate::providers::{Binding, Bound, Declaration, KeyId, KeyKind, MetadataKey, Place, ValueKind};

const MINUTES_5: i64 = 300;
const DAY: i64 = 86_400;

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "JWT issuer",
    protocols: &["OpenIdConnect", "None"],
    metadata: &[
        MetadataKey::new(
            "issuer_refresh_token_user_identity_claim_type",
            ValueKind::Claim,
            "the claim that names the user in codes and refresh tokens",
        )
        .needed(),
        MetadataKey::new(
            "token_lifetime_secs",
            ValueKind::Integer { min: MINUTES_5, max: DAY },
            "life of an access token",
        )
        .or("3600"),
        MetadataKey::new(
            "id_token_lifetime_secs",
            ValueKind::Integer { min: MINUTES_5, max: DAY },
            "life of an ID token",
        )
        .or("3600"),
        MetadataKey::new(
            "refresh_token_lifetime_secs",
            ValueKind::Integer { min: DAY, max: 90 * DAY },
            "life of a refresh token",
        )
        .or("1209600"),
        MetadataKey::new(
            "rolling_refresh_token_lifetime_secs",
            ValueKind::Integer { min: DAY, max: 365 * DAY },
            "how long refreshing may go on in all",
        )
        .or("7776000"),
        MetadataKey::flag("allow_infinite_rolling_refresh_token", "false", "refreshing may go on for ever"),
        MetadataKey::new(
            "IssuanceClaimPattern",
            ValueKind::OneOf(&["AuthorityAndTenantGuid", "AuthorityWithTfp"]),
            "the form of the issuer",
        )
        .or("AuthorityAndTenantGuid"),
        MetadataKey::new(
            "AuthenticationContextReferenceClaimPattern",
            ValueKind::OneOf(&["None", "PolicyId"]),
            "whether `acr` names the policy",
        )
        .or("PolicyId"),
        MetadataKey::flag(
            "SendTokenResponseBodyWithJsonNumbers",
            "true",
            "numbers of the token answer are JSON numbers",
        ),
        MetadataKey::new(
            "RefreshTokenUserJourneyId",
            ValueKind::Journey,
            "the journey that redeems refresh tokens; a `Token` endpoint of the relying party wins",
        ),
        MetadataKey::new(
            "ClientCredentialsUserJourneyId",
            ValueKind::Journey,
            "the journey that answers `grant_type=client_credentials`, which is not run yet",
        )
        .without_effect(),
        MetadataKey::text("client_id", "constant of starter packs").without_effect(),
    ],
    keys: &[
        KeyId::new("issuer_secret", KeyKind::Rsa, "signs tokens").needed(),
        KeyId::new("issuer_refresh_token_key", KeyKind::Rsa, "no effect: the engine protects codes and refresh tokens"),
    ],
    places: &[Place::Issuer],
    applies,
    bind,
    ..Declaration::EMPTY
};

fn applies(profile: &TechnicalProfile) -> bool {
    // Some identity providers are declared with a token format, too; it is their endpoint that tells.
    let federates = ["METADATA", "authorization_endpoint"].iter().any(|key| profile.metadata(key).is_some());
    !federates && profile.output_token_format.as_ref().is_some_and(|f| f.value.eq_ignore_ascii_case("JWT"))
}

/// How tokens are issued; lifetimes are seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuerSettings {
    /// Policy key that signs.
    pub signing_key: Option<Name>,
    /// Access token.
    pub token_lifetime: u32,
    /// ID token.
    pub id_token_lifetime: u32,
    /// Refresh token.
    pub refresh_token_lifetime: u32,
    /// All refreshing together; absent: no end.
    pub rolling_lifetime: Option<u32>,
    /// Form of `iss`.
    pub issuer: IssuerPattern,
    /// Whether `acr` is there.
    pub acr: AcrPattern,
    /// Numbers of the token answer.
    pub json_numbers: bool,
    /// Claim that names the user in a refresh token.
    pub identity_claim: Option<Name>,
    /// Journey that redeems refresh tokens.
    pub refresh_journey: Option<Name>,
}

/// `IssuanceClaimPattern`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IssuerPattern {
    /// `…/{tenant id}/v2.0/`
    AuthorityAndTenantGuid,
    /// `…/tfp/{tenant id}/{policy}/v2.0/`
    AuthorityWithTfp,
}

/// `AuthenticationContextReferenceClaimPattern`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AcrPattern {
    /// No `acr`.
    None,
    /// The policy's id in lower case.
    PolicyId,
}

fn bind(binding: &mut Binding<'_>) -> Bound {
    let seconds = |key| binding.integer(key).and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    let settings = IssuerSettings {
        signing_key: binding.profile.keys.get(&Name::new("issuer_secret")).map(|k| k.value.clone()),
        token_lifetime: seconds("token_lifetime_secs"),
        id_token_lifetime: seconds("id_token_lifetime_secs"),
        refresh_token_lifetime: seconds("refresh_token_lifetime_secs"),
        rolling_lifetime: (!binding.flag("allow_infinite_rolling_refresh_token"))
            .then(|| seconds("rolling_refresh_token_lifetime_secs")),
        issuer: match binding.text("IssuanceClaimPattern") {
            Some(p) if p.eq_ignore_ascii_case("AuthorityWithTfp") => IssuerPattern::AuthorityWithTfp,
            _ => IssuerPattern::AuthorityAndTenantGuid,
        },
        acr: match binding.text("AuthenticationContextReferenceClaimPattern") {
            Some(p) if p.eq_ignore_ascii_case("None") => AcrPattern::None,
            _ => AcrPattern::PolicyId,
        },
        json_numbers: binding.flag("SendTokenResponseBodyWithJsonNumbers"),
        identity_claim: binding.text("issuer_refresh_token_user_identity_claim_type").map(Name::new),
        refresh_journey: binding.text("RefreshTokenUserJourneyId").map(Name::new),
    };
    Bound::Issuer(settings)
}
