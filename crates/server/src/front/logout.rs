//! Signing out: the session of the policy's scope ends, then the browser goes where the application is registered to
//! receive it, or to a page that says so.

use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use journeyman_oidc::{LogoutDestination, LogoutRequest, Parameters, Problem};
use journeyman_pages::render_signed_out;

use crate::front::address::Address;
use crate::front::answer::{Frame, html, nonce, redirect};
use crate::front::facts;
use crate::front::fault::{Fault, correlation_id};
use crate::front::issuance::signing_keys;
use crate::front::site::Site;
use crate::front::sso::Sso;

type Pairs = Vec<(String, String)>;

/// `GET …/oauth2/v2.0/logout`
pub(crate) async fn by_get(
    State(site): State<Arc<Site>>,
    address: Address,
    headers: HeaderMap,
    Query(query): Query<Pairs>,
) -> Result<Response, Fault> {
    sign_out(&site, &address, &headers, query).await
}

/// `POST …/oauth2/v2.0/logout`
pub(crate) async fn by_post(
    State(site): State<Arc<Site>>,
    address: Address,
    headers: HeaderMap,
    Form(form): Form<Pairs>,
) -> Result<Response, Fault> {
    sign_out(&site, &address, &headers, form).await
}

async fn sign_out(site: &Site, address: &Address, headers: &HeaderMap, pairs: Pairs) -> Result<Response, Fault> {
    let (correlation, now) = (correlation_id(&*site.entropy)?, site.clock.now());
    let explain = |problem: Problem| Fault::problem(&problem, &correlation, now).titled("cannot_sign_out_title");
    let locales = pairs.iter().find(|(name, _)| name == "ui_locales").map(|(_, tags)| tags.as_str());
    let language = facts::language(headers, locales.unwrap_or_default());
    let own = pairs.into_iter().filter(|(name, _)| name != "p");
    let request = Parameters::new(own).and_then(|parameters| LogoutRequest::read(&parameters)).map_err(explain)?;
    let hinted = hinted_client(site, address, &request).await?.transpose().map_err(explain)?;
    let behaviors = address.program.policy().relying_party.as_ref().map(|rp| &rp.behaviors);
    let required = behaviors.is_some_and(|behaviors| behaviors.enforce_id_token_hint_on_logout);
    let clients = site.clients.of(&address.tenant.id);
    let destination = request.destination(clients, hinted.as_deref(), required).map_err(explain)?;

    let mut response = match destination {
        LogoutDestination::Redirect(location) => redirect(StatusCode::FOUND, &location),
        LogoutDestination::Page => {
            let nonce = nonce()?;
            html(StatusCode::OK, render_signed_out(None, language.tag, &nonce), &nonce, &Frame::default())
        }
    };
    let client = hinted.as_deref().or(request.client_id.as_deref()).unwrap_or_default();
    if let Some(behaviors) = behaviors {
        let (tenant, policy) = (&address.tenant.id, address.policy());
        let sso = Sso::of(&*site.store.sessions, behaviors, tenant, policy, client, address.transport());
        if let Some(sso) = sso {
            sso.end(headers, response.headers_mut()).await?;
        }
    }
    Ok(response)
}

/// The client that the hint was issued to, whatever the hint's age.
async fn hinted_client(
    site: &Site,
    address: &Address,
    request: &LogoutRequest,
) -> Result<Option<Result<String, Problem>>, Fault> {
    let Some(hint) = &request.id_token_hint else { return Ok(None) };
    let Some(settings) = address.program.issuers().next() else { return Ok(None) };
    let now = site.clock.now();
    let keys = signing_keys(site, &address.tenant.id, settings, now).await?.verification_keys(now);
    let claims = keys.verify_expired(hint.expose(), &address.issuer(&address.program));
    Ok(Some(claims.map(|claims| claims.get("aud").and_then(|aud| aud.as_str()).unwrap_or_default().to_owned())))
}
