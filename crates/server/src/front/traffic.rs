//! What pages send: submits, display controls and the links that go on, as clients of B2C send them too.
//!
//! A script is told in JSON how its post went and then asks for `confirmed`; a plain form is sent on to the current page.

use std::sync::Arc;

use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use journeyman_claims::Name;
use journeyman_engine::event::PageInput;
use journeyman_pages::form;
use serde::Deserialize;

use crate::front::address::Address;
use crate::front::answer::{json, redirect};
use crate::front::authorize::journey_path;
use crate::front::browser::Browser;
use crate::front::facts;
use crate::front::fault::Fault;
use crate::front::site::Site;
use crate::front::transaction::Transaction;
use crate::front::visitor::{Acted, Seen, Visitor};

type Pairs = Vec<(String, String)>;

/// The header by which scripts send the CSRF value.
const CSRF_HEADER: &str = "x-csrf-token";

/// Which display control, and what to do with it.
#[derive(Debug, Deserialize)]
pub(crate) struct ControlPath {
    control: String,
    action: String,
}

/// Which page's link was followed, and which link.
#[derive(Debug, Deserialize)]
pub(crate) struct LinkPath {
    link: String,
}

/// `POST …/SelfAsserted`
pub(crate) async fn submit(
    State(site): State<Arc<Site>>,
    address: Address,
    Query(query): Query<Pairs>,
    headers: HeaderMap,
    Form(body): Form<Pairs>,
) -> Response {
    let input = form::page_input(&query, &body);
    Post { site: &site, address: &address, headers: &headers, query: &query, body: &body }.answer(input).await
}

/// `POST …/SelfAsserted/DisplayControlAction/vbeta/{control}/{action}`
pub(crate) async fn control(
    State(site): State<Arc<Site>>,
    address: Address,
    Path(path): Path<ControlPath>,
    Query(query): Query<Pairs>,
    headers: HeaderMap,
    Form(body): Form<Pairs>,
) -> Response {
    let input = form::action_input(&path.control, &path.action, &body);
    Post { site: &site, address: &address, headers: &headers, query: &query, body: &body }.answer(Some(input)).await
}

/// `GET …/api/{api}/{link}`: `confirmed`, `unified`, `forgotPassword`, `error`.
pub(crate) async fn link(
    State(site): State<Arc<Site>>,
    address: Address,
    Path(path): Path<LinkPath>,
    Query(query): Query<Pairs>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let browser = Browser::known(&headers, address.transport()).ok_or_else(Fault::other_browser)?;
    if !browser.is_csrf(find(&query, "csrf_token").unwrap_or_default()) {
        return Err(Fault::forged());
    }
    let at = transaction(&query)?;
    let visitor = Visitor { site: &site, address: &address, headers: &headers, browser };
    let Some(input) = followed(&path.link, &query)? else {
        return visitor.show(&at.journey, form::remember_me(&query)).await;
    };
    match visitor.act(&at, input, false).await? {
        Acted::Done(drive) => visitor.answer(&at.journey, drive).await,
        Acted::Beaten(_) => visitor.show(&at.journey, false).await,
    }
}

/// What a link does; `None` for the one that only goes on.
fn followed(link: &str, query: &[(String, String)]) -> Result<Option<PageInput>, Fault> {
    let input = match link {
        "confirmed" => return Ok(None),
        "forgotPassword" => PageInput::ForgotPassword,
        "error" => PageInput::Cancel,
        "unified" => match (find(query, "claimsexchange"), find(query, "local")) {
            (Some(exchange), _) => PageInput::Choose(Name::new(exchange)),
            (None, Some(_)) => PageInput::SignUp,
            (None, None) => return Err(Fault::malformed()),
        },
        _ => return Err(Fault::not_found("nothing_link")),
    };
    Ok(Some(input))
}

/// A post from a page.
struct Post<'a> {
    site: &'a Site,
    address: &'a Address,
    headers: &'a HeaderMap,
    query: &'a [(String, String)],
    body: &'a [(String, String)],
}

impl Post<'_> {
    /// A script sends the CSRF value as a header, a plain form as a field.
    async fn answer(&self, input: Option<PageInput>) -> Response {
        let by_script = self.headers.get(CSRF_HEADER);
        let presented = match by_script {
            Some(header) => header.to_str().unwrap_or_default(),
            None => form::csrf_token(self.body).unwrap_or_default(),
        };
        match (self.carry_out(input, presented).await, by_script) {
            (Ok((at, seen)), Some(_)) => json(StatusCode::OK, &seen.answer(&at.page)),
            (Ok((at, _)), None) => redirect(StatusCode::SEE_OTHER, &journey_path(self.address, &at.journey)),
            (Err(fault), Some(_)) => json(fault.status(), &fault.to_answer(facts::language(self.headers, ""))),
            (Err(fault), None) => fault.into_response(),
        }
    }

    async fn carry_out(&self, input: Option<PageInput>, csrf: &str) -> Result<(Transaction, Seen), Fault> {
        let browser = Browser::known(self.headers, self.address.transport()).ok_or_else(Fault::other_browser)?;
        if !browser.is_csrf(csrf) {
            return Err(Fault::forged());
        }
        let at = transaction(self.query)?;
        let input = input.ok_or_else(Fault::malformed)?;
        let visitor = Visitor { site: self.site, address: self.address, headers: self.headers, browser };
        let seen = match visitor.act(&at, input, form::remember_me(self.body)).await? {
            Acted::Done(mut drive) => {
                drive.park().await?;
                Seen::after(&drive)
            }
            Acted::Beaten(seen) => seen,
        };
        Ok((at, seen))
    }
}

fn transaction(query: &[(String, String)]) -> Result<Transaction, Fault> {
    find(query, "tx").and_then(Transaction::parse).ok_or_else(Fault::malformed)
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
