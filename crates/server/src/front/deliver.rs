//! The end of a journey: the application gets its code and tokens, or an error that it understands.
//!
//! An ending is parked before it is delivered, so a crash in between loses nothing. It is delivered again for a few
//! seconds: a browser that sent two clicks shows the answer to the second one only. Every delivery has a code of its own.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use journeyman_engine::event::{Issue, Refusal, RefusalCode};
use journeyman_engine::texts::Language;
use journeyman_oidc::{
    AuthorizationAnswer, Code, CodeGrant, Delivery, Issuance, Problem, ResponseMode, ReturnTo, Secret, client_info,
};
use journeyman_pages::{Link, Unsupported, render_form_post, render_unsupported};
use journeyman_store::{AuditEvent, Grant, Handle};
use serde_json::json;

use crate::driver::Drive;
use crate::driver::visit::Ending;
use crate::front::answer::{Frame, html, nonce, redirect};
use crate::front::fault::Fault;
use crate::front::health::count;
use crate::front::issuance::{Kept, identity, signing_keys};
use crate::front::visitor::Visitor;

/// How long an ending is delivered again to a browser that asks twice.
const AGAIN: SignedDuration = SignedDuration::from_secs(10);
/// Life of an authorization code.
const CODE_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// Answers the application of a journey that is over.
pub(crate) async fn deliver<'a>(visitor: &Visitor<'a>, mut drive: Drive<'a>) -> Result<Response, Fault> {
    let now = visitor.site.clock.now();
    if is_fetched(visitor.headers) {
        drive.park().await?;
        return move_on();
    }
    if drive.keep.about.answered_at.is_some_and(|first| now.duration_since(first) > AGAIN) {
        drive.park().await?;
        return Err(gone(&drive.keep.about.request.return_to));
    }
    let mut cookies = HeaderMap::new();
    let mut response = match drive.keep.about.ending.clone() {
        Some(Ending::Issue(issue)) => match tokens(visitor, &drive, &issue, &mut cookies, now).await? {
            Ok(delivery) => {
                to_application(&drive.keep.about.request.return_to, delivery, drive.motion.journey.language())?
            }
            Err(problem) => refuse(&drive, &problem, now)?,
        },
        Some(Ending::Refuse(refusal)) => refused(&drive, &refusal, now)?,
        None => return Err(Fault::internal(format_args!("a journey that is not over was to be delivered"))),
    };
    if drive.keep.about.answered_at.is_none() {
        note(visitor, &drive).await?;
        drive.keep.about.answered_at = Some(now);
    }
    drive.park_again().await?;
    visitor.browser.remember(visitor.headers, response.headers_mut());
    response.headers_mut().extend(cookies);
    Ok(response)
}

/// The journey is over and answered for; the way on is the application.
fn gone(return_to: &ReturnTo) -> Fault {
    let origin = return_to.redirect_uri().form_action_source();
    match origin.starts_with("http") {
        true => Fault::gone().leading_to_application(origin),
        false => Fault::gone(),
    }
}

/// A script asks for the page anew: it cannot follow the answer to the application, only the browser itself can.
fn is_fetched(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-dest").is_some_and(|destination| destination == "empty")
}

/// A page without a form makes the script load it as a navigation, which gets the answer.
fn move_on() -> Result<Response, Fault> {
    let nonce = nonce()?;
    Ok(html(StatusCode::OK, "<!DOCTYPE html>\n<title>Go on</title>\n".to_owned(), &nonce, &Frame::default()))
}

/// One line for the log, one for the audit, and a count. A session that answers for somebody is not worth an audit line:
/// nobody did anything.
async fn note(visitor: &Visitor<'_>, drive: &Drive<'_>) -> Result<(), Fault> {
    let (correlation_id, policy) = (drive.motion.journey.id(), drive.keep.about.policy.as_str());
    match &drive.keep.about.ending {
        Some(Ending::Refuse(refusal)) => {
            count(&visitor.site.metrics.journeys_refused);
            let (code, detail) = (&refusal.code, refusal.detail.as_str());
            tracing::info!(correlation_id, policy, ?code, detail, "a journey was refused");
        }
        _ => {
            count(&visitor.site.metrics.journeys_issued);
            tracing::info!(correlation_id, policy, "a journey issued");
        }
    }
    if drive.is_parked() {
        visitor.site.store.audit.append(&audit(drive, visitor.site.clock.now())).await?;
    }
    Ok(())
}

/// What the audit keeps: who, with what, by which policy, how it ended; no secret.
fn audit(drive: &Drive<'_>, at: Timestamp) -> AuditEvent {
    let about = &drive.keep.about;
    let mut detail = json!({"policy": about.policy, "client": about.request.client_id});
    let kind = match &about.ending {
        Some(Ending::Issue(issue)) => {
            detail["person"] = json!(issue.person);
            detail["methods"] = json!(issue.methods);
            detail["by_hint"] = json!(issue.used_hint);
            "journey-issued"
        }
        Some(Ending::Refuse(refusal)) => {
            detail["code"] = json!(refusal.code);
            "journey-refused"
        }
        None => "journey",
    };
    let correlation = drive.motion.journey.id().to_owned();
    AuditEvent { at, kind: kind.to_owned(), tenant: about.tenant.clone(), correlation, detail }
}

/// Code and tokens. What must not happen twice happens before anything leaves: the hint is consumed, then the rest.
async fn tokens(
    visitor: &Visitor<'_>,
    drive: &Drive<'_>,
    issue: &Issue,
    cookies: &mut HeaderMap,
    now: Timestamp,
) -> Result<Result<Delivery, Problem>, Fault> {
    if let Some(hint) = drive.motion.journey.request().id_token_hint.as_ref().filter(|_| issue.used_hint)
        && !visitor.site.world.consume_hint(&drive.motion.place, hint).await?
    {
        return Ok(Err(Code::HintInvalid.into()));
    }
    let answer = match answer(visitor, drive, issue, now).await? {
        Ok(answer) => answer,
        Err(problem) => return Ok(Err(problem)),
    };
    if let Some(session) = &issue.session
        && let Some(sso) = visitor.sso(&drive.keep.about.request.client_id)
    {
        let remember_me = drive.keep.about.remember_me;
        sso.keep(session.clone(), remember_me, visitor.headers, cookies, &*visitor.site.entropy, now).await?;
    }
    Ok(Ok(drive.keep.about.request.return_to.success(&answer)))
}

async fn answer(
    visitor: &Visitor<'_>,
    drive: &Drive<'_>,
    issue: &Issue,
    now: Timestamp,
) -> Result<Result<AuthorizationAnswer, Problem>, Fault> {
    let (request, program) = (&drive.keep.about.request, drive.motion.program());
    let identity = match identity(issue) {
        Ok(identity) => identity,
        Err(problem) => return Ok(Err(problem)),
    };
    let Some(settings) = program.issuer(&issue.issuer) else {
        return Err(Fault::internal(format_args!("{} issues nothing", issue.issuer)));
    };
    let kept = Kept::of(program, issue);
    let mut answer = AuthorizationAnswer::default();
    if request.response_type.code {
        let code = CodeGrant::new(request, identity.clone(), kept.to_value());
        answer.code = Some(put_code(visitor, drive, &code, now).await?);
    }
    if request.response_type.has_token() {
        let keys = signing_keys(visitor.site, &visitor.address.tenant.id, settings, now).await?;
        let issuance = Issuance {
            key: keys.current(now).map_err(Fault::internal)?,
            terms: &visitor.address.terms(program, settings),
            identity: &identity,
            client_id: &request.client_id,
            nonce: request.nonce.as_deref(),
            granted: &request.granted,
            now,
        };
        let tokens = issuance.front_channel(request.response_type, answer.code.as_ref()).map_err(Fault::internal)?;
        answer.id_token = tokens.id_token;
        answer.scope = tokens.access_token.is_some().then(|| request.granted.to_scope());
        answer.access_token = tokens.access_token.map(|access| (access.token, access.lifetime));
    }
    let person = kept.person.as_deref().filter(|_| request.client_info);
    answer.client_info = person.map(|person| client_info(person, &drive.keep.about.policy, &drive.keep.about.tenant));
    Ok(Ok(answer))
}

async fn put_code(visitor: &Visitor<'_>, drive: &Drive<'_>, code: &CodeGrant, now: Timestamp) -> Result<Secret, Fault> {
    let handle = Handle::random(&*visitor.site.entropy)?;
    let grant = Grant {
        family: drive.motion.journey.id().to_owned(),
        tenant: drive.keep.about.tenant.clone(),
        policy: drive.keep.about.policy.clone(),
        client: drive.keep.about.request.client_id.clone(),
        program: drive.motion.program().digest().to_owned(),
        issued_at: now,
        expires_at: now + CODE_LIFE,
        payload: serde_json::to_vec(code).expect("claims and texts always serialize"),
    };
    visitor.site.store.grants.put_code(&handle, &grant).await?;
    Ok(Secret::new(handle.expose()))
}

/// The answer to the application when a journey came to its end without tokens.
fn refused(drive: &Drive<'_>, refusal: &Refusal, now: Timestamp) -> Result<Response, Fault> {
    let problem = match &refusal.code {
        RefusalCode::Catalogue(number) => Problem::numbered(*number, &refusal.message),
        RefusalCode::Custom(code) => Problem::custom(code, &refusal.message),
        RefusalCode::Unsupported => return unsupported(drive, refusal, now),
    };
    refuse(drive, &problem, now)
}

fn refuse(drive: &Drive<'_>, problem: &Problem, now: Timestamp) -> Result<Response, Fault> {
    let return_to = &drive.keep.about.request.return_to;
    let journey = &drive.motion.journey;
    to_application(return_to, return_to.error(problem, journey.id(), now), journey.language())
}

/// The page where a journey came to something that does not run yet, with a way back to the application.
fn unsupported(drive: &Drive<'_>, refusal: &Refusal, now: Timestamp) -> Result<Response, Fault> {
    let return_to = &drive.keep.about.request.return_to;
    let problem = Problem::numbered(Code::PolicyFault.number(), &refusal.message);
    let href = match return_to.error(&problem, drive.motion.journey.id(), now) {
        Delivery::Redirect(address) => address,
        // A link cannot post; the application is where the person came from.
        Delivery::FormPost { action, .. } => action,
    };
    let nonce = nonce()?;
    let language = drive.motion.journey.language();
    let view = Unsupported {
        policy: drive.keep.about.policy.clone(),
        features: vec![refusal.message.clone()],
        correlation_id: drive.motion.journey.id().to_owned(),
        return_link: Some(Link { href, text: Language::of(language).own("back_to_application").to_owned() }),
        language: language.to_owned(),
    };
    Ok(html(StatusCode::NOT_IMPLEMENTED, render_unsupported(&view, &nonce), &nonce, &Frame::default()))
}

/// Sends the browser to the application with an answer.
pub(crate) fn to_application(return_to: &ReturnTo, delivery: Delivery, language: &str) -> Result<Response, Fault> {
    match delivery {
        Delivery::Redirect(location) => Ok(redirect(StatusCode::FOUND, &location)),
        Delivery::FormPost { action, fields } => {
            debug_assert_eq!(return_to.mode(), ResponseMode::FormPost, "only that mode posts");
            let nonce = nonce()?;
            let frame = Frame { form_targets: vec![return_to.redirect_uri().form_action_source()], ..Frame::default() };
            Ok(html(StatusCode::OK, render_form_post(&action, &fields, language, &nonce), &nonce, &frame))
        }
    }
}
