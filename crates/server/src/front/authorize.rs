//! The authorization endpoint: a request is stored at once and answered with a redirect to an opaque handle; what the
//! handle leads to is the journey.
//!
//! So hints and parameters stay out of histories, and a cross-site post still meets the browser's cookies (Lax) on the
//! get that follows.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use journeyman_engine::effect::Secret;
use journeyman_engine::event::{Entry, Session, Start};
use journeyman_engine::texts::{Language, choose_language};
use journeyman_oidc::{AuthorizationRequest, Code, Parameters, Problem, Refused};
use journeyman_store::{Entropy, Handle, Peek};
use serde::{Deserialize, Serialize};

use crate::driver::parking::Parking;
use crate::driver::visit::About;
use crate::driver::{Drive, DriveError};
use crate::front::address::Address;
use crate::front::answer::redirect;
use crate::front::browser::Browser;
use crate::front::client_address::ClientAddress;
use crate::front::deliver;
use crate::front::facts;
use crate::front::fault::{Fault, correlation_id};
use crate::front::health::count;
use crate::front::site::Site;
use crate::front::sso::Sso;
use crate::front::visitor::{Visitor, note};
use crate::world::Place;

/// How long a request waits for its browser.
const REQUEST_LIFE: SignedDuration = SignedDuration::from_mins(10);
const SEED_BYTES: usize = 32;
/// In the query when the browser was given its cookie: it should have it now.
const INTRODUCED: &str = "introduced";

/// What is stored of a request.
#[derive(Serialize, Deserialize)]
struct Asked {
    tenant: String,
    policy: String,
    request: AuthorizationRequest,
}

/// `GET …/oauth2/v2.0/authorize`
pub(crate) async fn by_get(
    State(site): State<Arc<Site>>,
    address: Address,
    headers: HeaderMap,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let mut response = begin(&site, &address, query).await?;
    let browser = Browser::meet(&headers, address.transport(), &*site.entropy)?;
    browser.remember(&headers, response.headers_mut());
    Ok(response)
}

/// `POST …/oauth2/v2.0/authorize`: from another site it comes without cookies, so there is no telling whether the browser
/// was here before.
pub(crate) async fn by_post(
    State(site): State<Arc<Site>>,
    address: Address,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    begin(&site, &address, form).await
}

async fn begin(site: &Site, address: &Address, pairs: Vec<(String, String)>) -> Result<Response, Fault> {
    let locales = pairs.iter().filter(|(name, _)| name == "ui_locales").flat_map(|(_, tags)| tags.split(' '));
    let language = Language::asked_for(&locales.map(str::to_owned).collect::<Vec<_>>());
    // `p` names the policy, to us alone.
    let own = pairs.into_iter().filter(|(name, _)| name != "p");
    let correlation = correlation_id(&*site.entropy)?;
    let now = site.clock.now();
    let parameters = Parameters::new(own).map_err(|problem| Fault::problem(&problem, &correlation, now))?;
    match AuthorizationRequest::read(&parameters, |id| site.clients.find(&address.tenant.id, id)) {
        Ok(request) => store(site, address, request, now).await,
        Err(Refused { problem, return_to: None }) => Err(Fault::problem(&problem, &correlation, now)),
        Err(Refused { problem, return_to: Some(return_to) }) => {
            deliver::to_application(&return_to, return_to.error(&problem, &correlation, now), language.tag)
        }
    }
}

async fn store(
    site: &Site,
    address: &Address,
    request: AuthorizationRequest,
    now: Timestamp,
) -> Result<Response, Fault> {
    let handle = Handle::random(&*site.entropy)?;
    let (tenant, policy) = (address.tenant.id.clone(), address.policy().to_owned());
    let asked = serde_json::to_vec(&Asked { tenant, policy, request }).expect("texts always serialize");
    site.store.requests.put_request(&handle, &asked, now + REQUEST_LIFE).await?;
    Ok(redirect(StatusCode::SEE_OTHER, &journey_path(address, &handle)))
}

/// Where a journey is shown.
pub(crate) fn journey_path(address: &Address, handle: &Handle) -> String {
    format!("{}/journey/{}", address.base(), handle.expose())
}

/// `GET …/journey/{handle}`: begins the journey of a stored request, or shows where it stands.
pub(crate) async fn journey(
    State(site): State<Arc<Site>>,
    address: Address,
    client: ClientAddress,
    Path(path): Path<JourneyPath>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let handle = Handle::parse(&path.handle).ok_or_else(Fault::gone)?;
    let browser = match Browser::known(&headers, address.transport()) {
        Some(browser) => browser,
        // In a hidden frame of another site there are no cookies: that nobody is signed in is answer enough.
        None if waits_silently(&site, &address, &handle).await? => {
            Browser::meet(&headers, address.transport(), &*site.entropy)?
        }
        None => return introduce(&site, &address, &headers, &handle, query.contains_key(INTRODUCED)),
    };
    let visitor = Visitor { site: &site, address: &address, headers: &headers, browser };
    match site.store.journeys.peek(&handle, visitor.browser.handle(), site.clock.now()).await? {
        Peek::Here(_) => visitor.show(&handle, false).await,
        Peek::OtherBrowser => Err(Fault::other_browser()),
        Peek::Gone => {
            let asked = asked(&site, &address, &handle).await?.ok_or_else(Fault::gone)?;
            visitor.begin(&handle, asked, client).await
        }
    }
}

/// The stored request, if it was made to that policy.
async fn asked(site: &Site, address: &Address, handle: &Handle) -> Result<Option<AuthorizationRequest>, Fault> {
    let Some(stored) = site.store.requests.read_request(handle, site.clock.now()).await? else { return Ok(None) };
    let asked: Asked = serde_json::from_slice(&stored).map_err(Fault::internal)?;
    let here = asked.tenant == address.tenant.id && asked.policy.eq_ignore_ascii_case(address.policy());
    Ok(here.then_some(asked.request))
}

async fn waits_silently(site: &Site, address: &Address, handle: &Handle) -> Result<bool, Fault> {
    Ok(asked(site, address, handle).await?.is_some_and(|request| request.is_silent()))
}

/// Gives a new browser its cookie before anything is bound to it, so that an answer that gets lost loses nothing.
fn introduce(
    site: &Site,
    address: &Address,
    headers: &HeaderMap,
    handle: &Handle,
    introduced: bool,
) -> Result<Response, Fault> {
    if introduced {
        return Err(Fault::no_cookies());
    }
    let browser = Browser::meet(headers, address.transport(), &*site.entropy)?;
    let again = format!("{}?{INTRODUCED}", journey_path(address, handle));
    let mut response = redirect(StatusCode::SEE_OTHER, &again);
    browser.remember(headers, response.headers_mut());
    Ok(response)
}

/// The part of the path after the policy.
#[derive(Debug, Deserialize)]
pub(crate) struct JourneyPath {
    handle: String,
}

impl Visitor<'_> {
    async fn begin(
        &self,
        handle: &Handle,
        mut request: AuthorizationRequest,
        client: ClientAddress,
    ) -> Result<Response, Fault> {
        let id = correlation_id(&*self.site.entropy)?;
        let session = match self.session(&request).await? {
            Brought::Counts(session) => session,
            Brought::TooOld if request.is_silent() => {
                let problem = Problem::from(Code::SessionTooOld);
                let error = request.return_to.error(&problem, &id, self.site.clock.now());
                let language = facts::language(self.headers, &request.ui_locales.join(" "));
                return deliver::to_application(&request.return_to, error, language.tag);
            }
            Brought::TooOld => None,
        };
        let start = Start {
            journey: id.clone(),
            seed: seed(&*self.site.entropy)?,
            entry: Entry::Default,
            tenant: facts::tenant(self.address),
            request: facts::request(&request, self.headers),
            context: facts::context(self.address, client, &id),
            session,
        };
        // The journey keeps these.
        request.id_token_hint = None;
        request.parameters = Vec::new();
        let about = About::new(self.address, request);
        let place = self.first_place(&start);
        let keep = Parking::fresh(about, handle.clone());
        let (mut drive, stop) = match Drive::begin(self.site, place, keep, start).await {
            Err(DriveError::Beaten) => return self.show(handle, false).await,
            driven => driven?,
        };
        count(&self.site.metrics.journeys_begun);
        note(&mut drive, stop);
        self.answer(handle, drive).await
    }

    fn first_place(&self, start: &Start) -> Place {
        Place {
            program: Arc::clone(&self.address.program),
            tenant: start.tenant.id.clone(),
            domain: start.tenant.name.clone(),
            browser: self.browser.handle().clone(),
            journey: start.journey.clone(),
            language: choose_language(self.address.program.policy(), &start.request.languages),
            client: start.request.client_id.clone(),
            issuer: self.address.issuer(&self.address.program),
            nonce: start.request.nonce.clone(),
            now: self.site.clock.now(),
        }
    }

    /// The session that counts for a request.
    async fn session(&self, request: &AuthorizationRequest) -> Result<Brought, Fault> {
        let Some(sso) = self.sso(&request.client_id).filter(|_| !request.forces_login()) else {
            return Ok(Brought::Counts(None));
        };
        let now = self.site.clock.now();
        let Some(found) = sso.read(self.headers, now).await? else { return Ok(Brought::Counts(None)) };
        let too_old = request.max_age.is_some_and(|most| found.age(now).is_none_or(|age| age >= u64::from(most)));
        Ok(if too_old { Brought::TooOld } else { Brought::Counts(Some(found.session().clone())) })
    }

    /// The sessions that the policy shares for an application.
    pub(crate) fn sso(&self, client: &str) -> Option<Sso<'_>> {
        let behaviors = &self.address.program.policy().relying_party.as_ref()?.behaviors;
        let (tenant, policy) = (&self.address.tenant.id, self.address.policy());
        Sso::of(&*self.site.store.sessions, behaviors, tenant, policy, client, self.address.transport())
    }
}

/// The session that a browser brought.
enum Brought {
    /// None, or one that counts.
    Counts(Option<Session>),
    /// `max_age` allows it no more.
    TooOld,
}

/// What a journey draws from.
pub(crate) fn seed(entropy: &dyn Entropy) -> Result<Secret, Fault> {
    let mut bytes = [0; SEED_BYTES];
    entropy.fill(&mut bytes)?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(bytes)))
}
