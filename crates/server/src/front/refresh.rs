//! Who it is when tokens are refreshed: found out by the journey of the policy's `Token` endpoint, or, where a policy has
//! none, as it was, as long as the account exists and nothing was revoked.

use std::sync::Arc;

use jiff::Timestamp;
use journeyman_claims::{ClaimValue, Name};
use journeyman_engine::Program;
use journeyman_engine::effect::{DirectoryKey, DirectoryReply};
use journeyman_engine::event::{ContextFacts, Entry, RefusalCode, RequestFacts, Start, TenantFacts};
use journeyman_oidc::{Code, Identity, OAuthError, Problem, RefreshGrant};
use journeyman_store::{Grant, Handle, Tenant};

use crate::driver::visit::Ending;
use crate::driver::{Drive, Fleeting, Stop};
use crate::front::authorize::seed;
use crate::front::fault::correlation_id;
use crate::front::issuance::{self, Kept, refresh_journey};
use crate::front::token::{Exchange, Refusal};
use crate::world::Place;

/// The claim by which journeys learn when the presented refresh token was issued.
const ISSUED_ON: &str = "refreshTokenIssuedOnDateTime";
/// The attribute that says since when refresh tokens count.
const VALID_FROM: &str = "refreshTokensValidFromDateTime";

/// Finds out who it is.
pub(crate) async fn identity(
    exchange: &Exchange<'_>,
    program: &Arc<Program>,
    grant: &Grant,
    refresh: &RefreshGrant,
    kept: &Kept,
) -> Result<Identity, Refusal> {
    if refresh_journey(program).is_some() {
        by_journey(exchange, program, grant, refresh, kept).await
    } else {
        check_account(exchange, grant, kept).await?;
        Ok(refresh.identity.clone())
    }
}

/// Runs the journey without a person. A page that it would show is a refusal.
async fn by_journey(
    exchange: &Exchange<'_>,
    program: &Arc<Program>,
    grant: &Grant,
    refresh: &RefreshGrant,
    kept: &Kept,
) -> Result<Identity, Refusal> {
    let id = correlation_id(&*exchange.site.entropy)?;
    let start = start(exchange, program, grant, refresh, kept, &id)?;
    let place = Place {
        program: Arc::clone(program),
        tenant: start.tenant.id.clone(),
        domain: start.tenant.name.clone(),
        // No browser is there: nothing that is bound to one counts.
        browser: Handle::random(&*exchange.site.entropy)?,
        journey: id,
        language: "en".to_owned(),
        client: exchange.client_id().to_owned(),
        issuer: exchange.address.issuer(program),
        nonce: refresh.nonce.clone(),
        now: exchange.now,
    };
    let (_, stop) = Drive::begin(exchange.site, place, Fleeting, start).await?;
    let issue = match stop {
        Stop::Over(Ending::Issue(issue)) => issue,
        Stop::Over(Ending::Refuse(refusal)) => {
            tracing::info!(policy = grant.policy, code = ?refusal.code, detail = refusal.detail, "a refresh was refused");
            let problem = match refusal.code {
                RefusalCode::Catalogue(number) => Problem::numbered(number, &refusal.message),
                RefusalCode::Custom(code) => Problem::custom(&code, &refusal.message),
                RefusalCode::Unsupported => Code::PolicyFault.into(),
            };
            return Err(problem.called(OAuthError::InvalidGrant).into());
        }
        Stop::Page => return Err(Code::GrantUnusable.into()),
    };
    // How and when the person signed in does not change by refreshing.
    let Identity { authenticated_at, methods, .. } = refresh.identity.clone();
    Ok(Identity { authenticated_at, methods, ..issuance::identity(&issue)? })
}

fn start(
    exchange: &Exchange<'_>,
    program: &Program,
    grant: &Grant,
    refresh: &RefreshGrant,
    kept: &Kept,
    id: &str,
) -> Result<Start, Refusal> {
    let mut claims = kept.claims.clone();
    claims.set(Name::new(ISSUED_ON), ClaimValue::DateTime(grant.issued_at));
    let identity_claim = program.issuer(&kept.issuer).and_then(|settings| settings.identity_claim.clone());
    if let (Some(claim), Some(person)) = (identity_claim, &kept.person) {
        claims.set(claim, ClaimValue::String(person.clone()));
    }
    let tenant = &exchange.address.tenant;
    Ok(Start {
        journey: id.to_owned(),
        seed: seed(&*exchange.site.entropy)?,
        entry: Entry::Endpoint { id: "Token".to_owned(), claims },
        tenant: TenantFacts { name: tenant.name.clone(), id: tenant.id.clone() },
        request: RequestFacts {
            client_id: exchange.client_id().to_owned(),
            scope: refresh.granted.to_scope(),
            nonce: refresh.nonce.clone(),
            ..RequestFacts::default()
        },
        context: ContextFacts {
            correlation_id: id.to_owned(),
            host_name: exchange.address.public.host_str().unwrap_or_default().to_owned(),
            ip_address: exchange.caller.0.to_string(),
            build: env!("CARGO_PKG_VERSION").to_owned(),
        },
        session: None,
    })
}

/// Whether the account is still there and its tokens are not revoked. A grant about nobody in the directory has nobody to
/// ask.
async fn check_account(exchange: &Exchange<'_>, grant: &Grant, kept: &Kept) -> Result<(), Refusal> {
    let Some(person) = &kept.person else { return Ok(()) };
    let tenant = Tenant { id: &exchange.address.tenant.id, domain: &exchange.address.tenant.name };
    let key = DirectoryKey { attribute: "objectId".to_owned(), value: person.clone() };
    let DirectoryReply::User { attributes, .. } = exchange.site.store.directory.read(tenant, &key).await? else {
        return Err(Code::AccountGone.into());
    };
    if attributes.get("accountEnabled") == Some(&ClaimValue::Boolean(false)) {
        return Err(Code::AccountDisabled.into());
    }
    let valid_from = match attributes.get(VALID_FROM) {
        Some(ClaimValue::DateTime(time)) => Some(*time),
        Some(other) => other.to_text().parse::<Timestamp>().ok(),
        None => None,
    };
    // No tolerance for clocks that differ: whoever refreshes every second would outlive each revocation by it. Stores keep
    // milliseconds.
    if valid_from.is_some_and(|from| grant.issued_at.as_millisecond() < from.as_millisecond()) {
        return Err(Code::GrantRevoked.into());
    }
    Ok(())
}
