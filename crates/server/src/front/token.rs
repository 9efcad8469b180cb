//! The token endpoint: codes and refresh tokens become tokens.
//!
//! A code is used up before anything about the request is looked at. A refresh token is looked at first, because the
//! journey that refreshes may refuse; it is used up together with the birth of its successor, and only then do tokens
//! leave.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE,
    AUTHORIZATION, CONTENT_TYPE, HeaderValue, ORIGIN, VARY, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use journeyman_engine::Program;
use journeyman_oidc::{
    Client, Code, CodeGrant, GrantRequest, Granted, Identity, Issuance, IssuedTo, Parameters, Problem, RefreshGrant,
    RefreshToken, RefusedGrant, Secret, TokenAnswer, TokenRequest, client_info,
};
use journeyman_store::{Grant, Handle, Presented, Rotation};
use serde::de::DeserializeOwned;

use crate::front::address::Address;
use crate::front::client_address::ClientAddress;
use crate::front::fault::{Fault, correlation_id};
use crate::front::health::count;
use crate::front::issuance::{Kept, refresh_lives, signing_keys};
use crate::front::refresh;
use crate::front::site::Site;

/// Why no tokens are given out.
pub(crate) enum Refusal {
    /// The client is told why.
    Grant(RefusedGrant),
    /// Our fault, or an address that leads nowhere.
    Fault(Fault),
}

impl From<RefusedGrant> for Refusal {
    fn from(refused: RefusedGrant) -> Self {
        Self::Grant(refused)
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self::Grant(problem.into())
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Problem::from(code).into()
    }
}

impl<E: Into<Fault>> From<E> for Refusal {
    fn from(fault: E) -> Self {
        Self::Fault(fault.into())
    }
}

/// A token request whose client has proved who it is.
pub(crate) struct Exchange<'a> {
    pub(crate) site: &'a Site,
    pub(crate) address: &'a Address,
    pub(crate) caller: ClientAddress,
    client: &'a Client,
    request: &'a TokenRequest,
    pub(crate) now: Timestamp,
}

/// `POST …/oauth2/v2.0/token`
pub(crate) async fn redeem(
    State(site): State<Arc<Site>>,
    address: Result<Address, Fault>,
    caller: ClientAddress,
    headers: HeaderMap,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Response {
    // What is no form has no parameters, and is told so as any other request that lacks them.
    let form = form.map(|Form(form)| form).unwrap_or_default();
    let tenant = address.as_ref().ok().map(|address| address.tenant.id.clone());
    let answered = match address {
        Ok(address) => exchange(&site, &address, caller, &headers, form).await,
        Err(fault) => Err(fault.into()),
    };
    let mut response = match answered {
        Ok(answer) => {
            count(&site.metrics.tokens_answered);
            ([(CONTENT_TYPE, "application/json")], answer.to_json()).into_response()
        }
        Err(refusal) => refused(&site, refusal),
    };
    if let Some(tenant) = tenant {
        allow_origin(&site, &tenant, headers.get(ORIGIN), response.headers_mut());
    }
    response
}

/// Reads a token request, finds out who asks, and gives out what it is good for.
pub(crate) async fn exchange(
    site: &Site,
    address: &Address,
    caller: ClientAddress,
    headers: &HeaderMap,
    form: Vec<(String, String)>,
) -> Result<TokenAnswer, Refusal> {
    let parameters = Parameters::new(form)?;
    let authorization = headers.get(AUTHORIZATION).map(|header| header.to_str().unwrap_or_default());
    let request = TokenRequest::read(&parameters, authorization)?;
    let client = site.clients.find(&address.tenant.id, &request.credentials.client_id);
    request.authenticate(client)?;
    let client = client.ok_or(Code::ClientUnknown)?;
    let exchange = Exchange { site, address, caller, client, request: &request, now: site.clock.now() };
    match &request.grant {
        GrantRequest::Code { code, .. } => exchange.code(code).await,
        GrantRequest::Refresh { token } => exchange.refresh(token).await,
    }
}

impl Exchange<'_> {
    async fn code(&self, code: &Secret) -> Result<TokenAnswer, Refusal> {
        let handle = Handle::parse(code.expose()).ok_or(Code::GrantUnusable)?;
        let grant = good(self.site.store.grants.take_code(&handle, self.now).await?)?;
        let code: CodeGrant = payload(&grant)?;
        let granted = code.redeem(issued_to(&grant), self.asking(&grant)?, self.request)?;
        let kept = Kept::from_value(code.kept.clone())?;
        let program = self.program(&grant).await?;
        let settings = program.issuer(&kept.issuer).ok_or_else(|| lost_issuer(&kept))?;
        let refresh = RefreshGrant::first(&code, self.client, refresh_lives(settings), self.now);
        let refresh_token = match &refresh {
            Some(refresh) => Some(self.first_refresh_token(&grant, refresh, &program, &kept).await?),
            None => None,
        };
        self.tokens(&program, &kept, &code.identity, code.nonce.as_deref(), &granted, refresh_token.as_ref()).await
    }

    async fn first_refresh_token(
        &self,
        code: &Grant,
        refresh: &RefreshGrant,
        program: &Program,
        kept: &Kept,
    ) -> Result<RefreshToken, Refusal> {
        let handle = Handle::random(&*self.site.entropy)?;
        let grant = self.successor(code, refresh, program, kept)?;
        if !self.site.store.grants.put_refresh(&handle, &grant).await? {
            return Err(Code::GrantRevoked.into());
        }
        Ok(RefreshToken { token: Secret::new(handle.expose()), expires_at: grant.expires_at })
    }

    async fn refresh(&self, token: &Secret) -> Result<TokenAnswer, Refusal> {
        let old = Handle::parse(token.expose()).ok_or(Code::GrantUnusable)?;
        let grant = good(self.site.store.grants.present_refresh(&old, self.now).await?)?;
        let mut refresh: RefreshGrant = payload(&grant)?;
        let granted = refresh.redeem(issued_to(&grant), self.asking(&grant)?, self.request, self.now)?;
        let kept = Kept::from_value(refresh.kept.clone())?;
        let program = self.program(&grant).await?;
        refresh.identity = refresh::identity(self, &program, &grant, &refresh, &kept).await?;

        let successor = self.successor(&grant, &refresh, &program, &kept)?;
        let new = Handle::random(&*self.site.entropy)?;
        let next = RefreshToken { token: Secret::new(new.expose()), expires_at: successor.expires_at };
        let nonce = refresh.nonce.as_deref();
        let answer = self.tokens(&program, &kept, &refresh.identity, nonce, &granted, Some(&next)).await?;
        match self.site.store.grants.rotate_refresh(&old, &new, &successor, self.now).await? {
            Rotation::Rotated => Ok(answer),
            Rotation::Replayed => Err(Code::GrantRevoked.into()),
            Rotation::Refused => Err(Code::GrantUnusable.into()),
        }
    }

    /// The grant of a refresh token that follows from another one.
    fn successor(
        &self,
        before: &Grant,
        refresh: &RefreshGrant,
        program: &Program,
        kept: &Kept,
    ) -> Result<Grant, Refusal> {
        let settings = program.issuer(&kept.issuer).ok_or_else(|| lost_issuer(kept))?;
        Ok(Grant {
            issued_at: self.now,
            expires_at: refresh.expires_at(refresh_lives(settings), self.now),
            payload: serde_json::to_vec(refresh).expect("claims and texts always serialize"),
            ..before.clone()
        })
    }

    async fn tokens(
        &self,
        program: &Program,
        kept: &Kept,
        identity: &Identity,
        nonce: Option<&str>,
        granted: &Granted,
        refresh_token: Option<&RefreshToken>,
    ) -> Result<TokenAnswer, Refusal> {
        let settings = program.issuer(&kept.issuer).ok_or_else(|| lost_issuer(kept))?;
        let keys = signing_keys(self.site, &self.address.tenant.id, settings, self.now).await?;
        let issuance = Issuance {
            key: keys.current(self.now)?,
            terms: &self.address.terms(program, settings),
            identity,
            client_id: &self.client.id,
            nonce,
            granted,
            now: self.now,
        };
        let tokens = issuance.back_channel().map_err(Fault::internal)?;
        let person = kept.person.as_deref().filter(|_| self.request.client_info);
        let info = person.map(|person| client_info(person, self.address.policy(), &self.address.tenant.id));
        Ok(issuance.answer(&tokens, refresh_token, info.as_deref()))
    }

    /// Who asks, where. A grant of another tenant is none here.
    fn asking(&self, grant: &Grant) -> Result<IssuedTo<'_>, Refusal> {
        if grant.tenant != self.address.tenant.id {
            return Err(Code::GrantUnusable.into());
        }
        Ok(IssuedTo { client: &self.client.id, policy: self.address.policy() })
    }

    /// The version of the policy that the sign-in ran on.
    async fn program(&self, grant: &Grant) -> Result<Arc<Program>, Fault> {
        self.site.tenants.program(&grant.program).await.map_err(Fault::internal)
    }

    /// The client's id.
    pub(crate) fn client_id(&self) -> &str {
        &self.client.id
    }
}

fn issued_to(grant: &Grant) -> IssuedTo<'_> {
    IssuedTo { client: &grant.client, policy: &grant.policy }
}

fn good(presented: Presented) -> Result<Grant, Refusal> {
    match presented {
        Presented::Good(grant) => Ok(grant),
        Presented::Expired => Err(Code::GrantExpired.into()),
        Presented::Revoked => Err(Code::GrantRevoked.into()),
        Presented::Replayed | Presented::Unknown => Err(Code::GrantUnusable.into()),
    }
}

fn payload<T: DeserializeOwned>(grant: &Grant) -> Result<T, Fault> {
    serde_json::from_slice(&grant.payload).map_err(Fault::internal)
}

fn lost_issuer(kept: &Kept) -> Fault {
    Fault::internal(format_args!("{} issues nothing", kept.issuer))
}

fn refused(site: &Site, refusal: Refusal) -> Response {
    let correlation = correlation_id(&*site.entropy).unwrap_or_default();
    let (problem, status, challenge) = match refusal {
        Refusal::Grant(refused) => (refused.problem.clone(), refused.status(), refused.www_authenticate()),
        Refusal::Fault(fault) => (fault.to_problem(), fault.status().as_u16(), None),
    };
    tracing::info!(correlation_id = correlation, %problem, "a token request was refused");
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let body = problem.to_json(&correlation, site.clock.now());
    let mut response = (status, [(CONTENT_TYPE, "application/json")], body).into_response();
    if let Some(challenge) = challenge {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    }
    response
}

/// Any other method.
pub(crate) async fn post_only(State(site): State<Arc<Site>>) -> Response {
    let mut response = refused(&site, Code::PostOnly.into());
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

/// `OPTIONS …/oauth2/v2.0/token`: whether a page of that origin may ask.
pub(crate) async fn preflight(State(site): State<Arc<Site>>, address: Address, headers: HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let answer = response.headers_mut();
    if allow_origin(&site, &address.tenant.id, headers.get(ORIGIN), answer) {
        answer.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
        answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type"));
        answer.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    response
}

/// Lets pages of an origin read the answer, if an application that runs in browsers is registered there.
fn allow_origin(site: &Site, tenant: &str, origin: Option<&HeaderValue>, answer: &mut HeaderMap) -> bool {
    let Some(origin) = origin else { return false };
    let text = origin.to_str().unwrap_or_default();
    let registered = site.clients.of(tenant).any(|client| client.allows_origin(text));
    if registered {
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        answer.insert(VARY, HeaderValue::from_static("origin"));
    }
    registered
}

/// `…/openid/v2.0/userinfo`: understood, not run yet.
pub(crate) async fn userinfo(address: Address) -> Response {
    let declared = address.program.policy().relying_party.as_ref().and_then(|rp| rp.endpoint("UserInfo"));
    if declared.is_none() {
        return Fault::not_found("nothing_page").into_response();
    }
    let message = "The UserInfo endpoint of this policy is understood, but not run yet.";
    Fault::new(StatusCode::NOT_IMPLEMENTED, "Not supported yet", message).into_response()
}
