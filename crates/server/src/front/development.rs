//! Development mode: a home page that runs every policy, and the page that shows the token it gave.
//!
//! The built-in client is an application like any other: it asks with PKCE, state and nonce, and redeems its code.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use journeyman_pages::{Home, HomePolicy, HomeTenant, Link, TokenView, render_home, render_token};
use journeyman_policy::diagnostic::{Diagnostic, Severity};
use journeyman_store::Handle;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::Url;

use crate::front::address::{Address, public_url};
use crate::front::answer::{Frame, html, nonce, redirect};
use crate::front::browser::{Transport, cookie};
use crate::front::client_address::ClientAddress;
use crate::front::clients::DEVELOPMENT;
use crate::front::fault::Fault;
use crate::front::issuance::signing_keys;
use crate::front::site::Site;
use crate::front::token::{self, Refusal};
use crate::tenants::Tenant;

/// What the client remembers of a run.
const COOKIE: &str = "journeyman-dev";
const CALLBACK: &str = "/dev/callback";
/// Findings of one policy that the home page lists.
const MOST_PROBLEMS: usize = 5;

/// One run of a policy.
#[derive(Serialize, Deserialize)]
struct Run {
    tenant: String,
    policy: String,
    state: String,
    nonce: String,
    verifier: String,
}

/// What only development mode serves.
pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/", get(home)).route("/dev/run/{tenant}/{policy}", get(run)).route(CALLBACK, get(callback))
}

async fn home(State(site): State<Arc<Site>>) -> Result<Response, Fault> {
    let home = Home {
        title: "Journeyman".to_owned(),
        lead: "Every policy that this server runs. Run one, and see the token that it gives.".to_owned(),
        links: site.links.clone(),
        tenants: site.tenants.served().tenants.iter().map(|tenant| listed(tenant)).collect(),
    };
    let nonce = nonce()?;
    Ok(html(StatusCode::OK, render_home(&home, &nonce), &nonce, &Frame::default()))
}

fn listed(tenant: &Tenant) -> HomeTenant {
    let served = tenant.programs.keys().map(|policy| HomePolicy {
        id: policy.as_str().to_owned(),
        description: String::new(),
        run: Some(format!("/dev/run/{}/{policy}", tenant.name)),
        discovery: Some(format!("/{}/{policy}/v2.0/.well-known/openid-configuration", tenant.name)),
        problems: problems(tenant, policy.as_str()),
    });
    let refused = tenant.refused.iter().map(|policy| HomePolicy {
        id: policy.as_str().to_owned(),
        description: "Not served: it has errors.".to_owned(),
        run: None,
        discovery: None,
        problems: problems(tenant, policy.as_str()),
    });
    HomeTenant { name: tenant.name.clone(), policies: served.chain(refused).collect() }
}

fn problems(tenant: &Tenant, id: &str) -> Vec<String> {
    let policy = tenant.set.relying_parties().find(|policy| policy.id.as_str().eq_ignore_ascii_case(id));
    let concerns = |found: &&Diagnostic| {
        found.severity == Severity::Error && policy.is_some_and(|policy| tenant.set.concerns(found, policy))
    };
    tenant.findings.iter().filter(concerns).take(MOST_PROBLEMS).map(|found| found.message.clone()).collect()
}

/// `GET /dev/run/{tenant}/{policy}`: starts a policy as the built-in client.
async fn run(
    State(site): State<Arc<Site>>,
    Path((tenant, policy)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let address = Address::find(&site, &headers, &tenant, &policy)?;
    let draw = || Handle::random(&*site.entropy).map(|handle| handle.expose().to_owned());
    let run = Run { tenant, policy, state: draw()?, nonce: draw()?, verifier: draw()? };
    let mut authorize = Url::parse(&address.endpoints().authorization).map_err(Fault::internal)?;
    authorize
        .query_pairs_mut()
        .append_pair("client_id", DEVELOPMENT)
        .append_pair("redirect_uri", &callback_uri(&address.public))
        .append_pair("response_type", "code")
        .append_pair("scope", &format!("openid offline_access {DEVELOPMENT}"))
        .append_pair("state", &run.state)
        .append_pair("nonce", &run.nonce)
        .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(&run.verifier)))
        .append_pair("code_challenge_method", "S256");
    let mut response = redirect(StatusCode::SEE_OTHER, authorize.as_str());
    let remembered = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&run).map_err(Fault::internal)?);
    let transport = transport(&address.public);
    response.headers_mut().append(SET_COOKIE, transport.set(&transport.name(COOKIE), &remembered, None));
    Ok(response)
}

fn transport(public: &Url) -> Transport {
    if public.scheme() == "https" { Transport::Https } else { Transport::Http }
}

fn callback_uri(public: &Url) -> String {
    format!("{}{CALLBACK}", public.origin().ascii_serialization())
}

/// `GET /dev/callback`: redeems the code and shows the token.
async fn callback(
    State(site): State<Arc<Site>>,
    caller: ClientAddress,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let public = public_url(&site.config, &headers);
    let run = remembered(&headers, transport(public)).ok_or_else(Fault::gone)?;
    let state = query.get("state").map(String::as_str).unwrap_or_default();
    if !bool::from(state.as_bytes().ct_eq(run.state.as_bytes())) {
        return Err(Fault::gone());
    }
    let again = vec![again(&run), Link { href: "/".to_owned(), text: "All policies".to_owned() }];
    let Some(code) = query.get("code") else {
        let description = query.get("error_description").map(String::as_str).unwrap_or_default();
        return Ok(ended(query.get("error").map(String::as_str).unwrap_or_default(), description, &run));
    };
    let address = Address::find(&site, &headers, &run.tenant, &run.policy)?;
    match redeem(&site, &address, caller, code, &run).await {
        Ok((header, claims)) => {
            let verdict = "The signature is that of a published key, and issuer, audience, times and nonce are right.";
            let view = TokenView {
                policy: address.policy().to_owned(),
                verdict: verdict.to_owned(),
                header,
                claims,
                links: again,
            };
            let nonce = nonce()?;
            Ok(html(StatusCode::OK, render_token(&view, &nonce), &nonce, &Frame::default()))
        }
        Err(Refusal::Grant(refused)) => Ok(ended(refused.problem.error().as_str(), refused.problem.message(), &run)),
        Err(Refusal::Fault(fault)) => Err(fault),
    }
}

fn remembered(headers: &HeaderMap, transport: Transport) -> Option<Run> {
    let encoded = cookie(headers, &transport.name(COOKIE))?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()
}

fn again(run: &Run) -> Link {
    Link { href: format!("/dev/run/{}/{}", run.tenant, run.policy), text: "Run again".to_owned() }
}

/// The journey ended with an error, which is as good a result as a token.
fn ended(error: &str, description: &str, run: &Run) -> Response {
    let message = description.lines().next().unwrap_or_default();
    let fault = Fault::new(StatusCode::OK, "The policy ended without a token", message).leading_to(again(run));
    let fault = if error.is_empty() { fault } else { fault.code(error) };
    fault.into_response()
}

async fn redeem(
    site: &Site,
    address: &Address,
    caller: ClientAddress,
    code: &str,
    run: &Run,
) -> Result<(Map<String, Value>, Map<String, Value>), Refusal> {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", DEVELOPMENT),
        ("code", code),
        ("redirect_uri", &callback_uri(&address.public)),
        ("code_verifier", &run.verifier),
    ];
    let form = form.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let answer = token::exchange(site, address, caller, &HeaderMap::new(), form).await?;
    let body: Value = serde_json::from_str(&answer.to_json()).map_err(Fault::internal)?;
    let token = body.get("id_token").and_then(Value::as_str).unwrap_or_default();
    let settings = address.program.issuers().next().ok_or_else(Fault::malformed)?;
    let now = site.clock.now();
    let keys = signing_keys(site, &address.tenant.id, settings, now).await?.verification_keys(now);
    let issuer = address.issuer(&address.program);
    let claims = keys.verify_issued(token, &issuer, Some(DEVELOPMENT), now)?;
    if claims.get("nonce").and_then(Value::as_str) != Some(run.nonce.as_str()) {
        return Err(Fault::internal(format_args!("a token has another nonce")).into());
    }
    Ok((header(token).unwrap_or_default(), claims))
}

fn header(token: &str) -> Option<Map<String, Value>> {
    let (encoded, _) = token.split_once('.')?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()
}
