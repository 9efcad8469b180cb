//! From the end of a journey to what tokens are made of: who it is, on what terms, signed with which key.

use std::sync::Arc;

use jiff::Timestamp;
use journeyman_claims::{Bag, Name};
use journeyman_engine::Program;
use journeyman_engine::event::Issue;
use journeyman_engine::providers::{AcrPattern, IssuerPattern, IssuerSettings};
use journeyman_oidc::{Code, Identity, IssuerForm, Problem, RefreshLives, SigningKeys, Terms, issuer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::front::address::Address;
use crate::front::fault::Fault;
use crate::front::site::Site;

/// What a code or refresh token keeps for a journey that refreshes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The issuer profile.
    pub(crate) issuer: Name,
    /// The directory's id of the person.
    pub(crate) person: Option<String>,
    /// Claims that the journey of the `Token` endpoint may ask for.
    pub(crate) claims: Bag,
}

impl Kept {
    /// What to keep of the end of a journey. Secrets are of no use later.
    pub(crate) fn of(program: &Program, issue: &Issue) -> Self {
        let wanted = refresh_inputs(program);
        let kept = |(name, claim): &(&Name, &journeyman_claims::Claim)| wanted.contains(name) && !claim.secret;
        let mut claims = Bag::new();
        for (name, claim) in issue.bag.iter().filter(kept) {
            claims.put(name.clone(), claim.clone());
        }
        let identity = program.issuer(&issue.issuer).and_then(|issuer| issuer.identity_claim.as_ref());
        let named = identity.and_then(|claim| issue.bag.get(claim)).map(|value| value.to_text());
        Self { issuer: issue.issuer.clone(), person: named.or_else(|| issue.person.clone()), claims }
    }

    pub(crate) fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("claims and texts always serialize")
    }

    pub(crate) fn from_value(value: Value) -> Result<Self, Fault> {
        serde_json::from_value(value).map_err(Fault::internal)
    }
}

/// The journey that redeems refresh tokens: that of the `Token` endpoint, else the issuer's.
pub(crate) fn refresh_journey(program: &Program) -> Option<Name> {
    let relying_party = program.policy().relying_party.as_ref()?;
    let endpoint = relying_party.endpoint("Token").map(|journey| journey.value.clone());
    endpoint.or_else(|| program.issuers().find_map(|issuer| issuer.refresh_journey.clone()))
}

/// Claims that profiles of that journey take from the grant: those with protocol `None` and nothing else to go by.
fn refresh_inputs(program: &Program) -> Vec<&Name> {
    let policy = program.policy();
    let journey = refresh_journey(program).and_then(|id| policy.journey(&id));
    let exchanges = journey.into_iter().flat_map(|journey| &journey.steps).flat_map(|step| &step.exchanges);
    let profiles = exchanges
        .filter_map(|exchange| policy.technical_profiles.get(&exchange.profile.value))
        .filter(|profile| profile.input_claims.is_empty() && profile.output_token_format.is_none());
    profiles.flat_map(|profile| &profile.output_claims).map(|output| &output.claim.value).collect()
}

/// What a journey found out about the person.
pub(crate) fn identity(issue: &Issue) -> Result<Identity, Problem> {
    let subject = issue.subject.clone().or_else(|| issue.person.clone());
    Ok(Identity {
        subject: subject.filter(|subject| !subject.is_empty()).ok_or(Code::Internal)?,
        claims: issue.claims.clone(),
        authenticated_at: issue.authenticated_at,
        methods: issue.methods.clone(),
    })
}

impl Address {
    /// The engine's issuer for a policy, as its tokens carry it.
    pub(crate) fn issuer(&self, program: &Program) -> String {
        let form = match program.issuers().next().map(|settings| settings.issuer) {
            Some(IssuerPattern::AuthorityWithTfp) => IssuerForm::AuthorityWithTfp,
            Some(IssuerPattern::AuthorityAndTenantGuid) | None => IssuerForm::AuthorityAndTenantGuid,
        };
        issuer(self.public.as_str(), &self.tenant.id, program.policy().id.as_str(), form)
    }

    /// The terms of an issuer profile.
    pub(crate) fn terms(&self, program: &Program, settings: &IssuerSettings) -> Terms {
        Terms {
            issuer: self.issuer(program),
            policy: program.policy().id.as_str().to_owned(),
            tenant_id: self.tenant.id.clone(),
            acr: settings.acr == AcrPattern::PolicyId,
            id_token_lifetime: settings.id_token_lifetime,
            access_token_lifetime: settings.token_lifetime,
            json_numbers: settings.json_numbers,
        }
    }
}

/// How long refreshing goes on.
pub(crate) fn refresh_lives(settings: &IssuerSettings) -> RefreshLives {
    RefreshLives { token: settings.refresh_token_lifetime, window: settings.rolling_lifetime }
}

/// The signing keys of an issuer profile.
pub(crate) async fn signing_keys(
    site: &Site,
    tenant: &str,
    settings: &IssuerSettings,
    now: Timestamp,
) -> Result<Arc<SigningKeys>, Fault> {
    let Some(name) = &settings.signing_key else {
        return Err(Fault::internal(format_args!("an issuer profile has no issuer_secret")));
    };
    site.keys.signing(tenant, name, now).await.map_err(Fault::internal)
}
