//! Verify v2: codes that the provider makes, sends and checks. A wrong code is answered with 2xx and `pending`.

mod request;
mod service;
mod verification;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use jiff::Timestamp;
use serde_json::{Value, json};

use self::{
    request::{Check, Start},
    service::{Service, Services},
    verification::{Purpose, Refusal, Status, Verification, Verifications},
};
use crate::{
    config::SandboxConfig,
    inbox::{Channel, Message},
    provider::Provider,
    shared::Shared,
    twilio::{Account, Form, TwilioError, iso_8601},
};

/// The state of the stand-in.
pub(crate) struct Verify {
    services: Services,
    verifications: Verifications,
}

impl Verify {
    pub(crate) fn new(config: &SandboxConfig, now: Timestamp) -> Self {
        Self {
            services: Services::new(config, now),
            verifications: Verifications::new(config.verify_limits, config.psd2_mismatch),
        }
    }
}

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/v2/Services", post(create_service))
        .route("/v2/Services/{service}", get(fetch_service).post(update_service).delete(delete_service))
        .route("/v2/Services/{service}/Verifications", post(start))
        .route("/v2/Services/{service}/Verifications/{verification}", get(fetch).post(update))
        .route("/v2/Services/{service}/VerificationCheck", post(check))
}

async fn create_service(
    account: Account,
    State(shared): State<Arc<Shared>>,
    form: Form,
) -> Result<Response, TwilioError> {
    let created = Service::create(&form, shared.now())?;
    let answer = created.answer(&account.sid, &base(&shared));
    shared.verify().services.add(created)?;
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

async fn fetch_service(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path(sid): Path<String>,
) -> Result<Json<Value>, TwilioError> {
    Ok(Json(shared.verify().services.get(&sid)?.answer(&account.sid, &base(&shared))))
}

async fn update_service(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path(sid): Path<String>,
    form: Form,
) -> Result<Json<Value>, TwilioError> {
    let verify = &mut shared.verify();
    let updated = verify.services.get(&sid)?.updated(&form, shared.now())?;
    let answer = updated.answer(&account.sid, &base(&shared));
    verify.services.replace(updated);
    Ok(Json(answer))
}

async fn delete_service(
    _: Account,
    State(shared): State<Arc<Shared>>,
    Path(sid): Path<String>,
) -> Result<StatusCode, TwilioError> {
    let verify = &mut shared.verify();
    verify.services.get(&sid)?;
    verify.services.remove(&sid);
    verify.verifications.forget_service(&sid);
    Ok(StatusCode::NO_CONTENT)
}

async fn start(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path(sid): Path<String>,
    form: Form,
) -> Result<Response, TwilioError> {
    let now = shared.now();
    let (message, answer) = {
        let verify = &mut *shared.verify();
        let service = verify.services.get(&sid)?;
        let request = Start::read(&form, service, &shared.config)?;
        let purpose = Purpose { service: sid.clone(), to: request.to.clone(), payment: request.payment.clone() };
        let code = request.custom_code.clone();
        let started = verify
            .verifications
            .start(purpose, request.channel, code, service.settings.code_length, now)
            .map_err(|refusal| as_error(refusal, &format!("/Services/{sid}/Verifications")))?;
        let answer = answer(&started, &account, &base(&shared));
        (as_message(&started, &request, service, shared.config.verify_limits.validity, now), answer)
    };
    shared.deliver(message);
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

fn as_message(
    started: &Verification,
    request: &Start,
    service: &Service,
    validity: jiff::SignedDuration,
    now: Timestamp,
) -> Message {
    let name = &service.settings.friendly_name;
    let email = request.channel == "email";
    Message {
        // One verification is sent several times, and each time is a message of its own.
        id: started.last_attempt().to_owned(),
        provider: Provider::TwilioVerify,
        channel: if email { Channel::Email } else { Channel::Sms },
        from: if email { "verify@sandbox.invalid".to_owned() } else { name.clone() },
        to: started.purpose.to.clone(),
        subject: email.then(|| format!("Your {name} code")),
        text: Some(request.text(&started.code, service, validity)),
        html: None,
        code: Some(started.code.clone()),
        received_at: now,
        payment: started.purpose.payment.clone(),
    }
}

async fn check(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path(sid): Path<String>,
    form: Form,
) -> Result<Json<Value>, TwilioError> {
    let verify = &mut *shared.verify();
    let service = verify.services.get(&sid)?;
    let Check { code, target, payment } = Check::read(&form, service)?;
    let checked = verify
        .verifications
        .check(&sid, &target, payment.as_ref(), &code, shared.now())
        .map_err(|refusal| as_error(refusal, &format!("/Services/{sid}/VerificationCheck")))?;
    Ok(Json(check_answer(&checked, &account)))
}

async fn fetch(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path((sid, target)): Path<(String, String)>,
) -> Result<Json<Value>, TwilioError> {
    let verify = &mut *shared.verify();
    verify.services.get(&sid)?;
    let found = verify
        .verifications
        .find(&sid, &target, shared.now())
        .map_err(|refusal| as_error(refusal, &format!("/Services/{sid}/Verifications/{target}")))?;
    Ok(Json(answer(found, &account, &base(&shared))))
}

async fn update(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path((sid, target)): Path<(String, String)>,
    form: Form,
) -> Result<Json<Value>, TwilioError> {
    let status = match form.get("Status") {
        Some("canceled") => Status::Canceled,
        Some("approved") => Status::Approved,
        _ => return Err(TwilioError::invalid("Status")),
    };
    let verify = &mut *shared.verify();
    verify.services.get(&sid)?;
    let closed = verify
        .verifications
        .close(&sid, &target, status, shared.now())
        .map_err(|refusal| as_error(refusal, &format!("/Services/{sid}/Verifications/{target}")))?;
    Ok(Json(answer(&closed, &account, &base(&shared))))
}

fn as_error(refusal: Refusal, resource: &str) -> TwilioError {
    let too_many = |code, message| TwilioError::with_status(StatusCode::TOO_MANY_REQUESTS, code, message);
    match refusal {
        Refusal::NotFound => TwilioError::not_found(resource),
        Refusal::ChecksUsedUp => too_many(60202, "Max check attempts reached"),
        Refusal::SendsUsedUp => too_many(60203, "Max send attempts reached"),
    }
}

/// Where the addresses in answers begin.
fn base(shared: &Shared) -> String {
    let origin = shared.config.public_url.as_str().trim_end_matches('/');
    format!("{origin}{}/v2/Services", Provider::TwilioVerify.base_path())
}

/// A verification as start, fetch and update answer it.
fn answer(verification: &Verification, account: &Account, base: &str) -> Value {
    let attempts: Vec<Value> = verification
        .sends
        .iter()
        .map(|send| {
            json!({
                "time": iso_8601(send.at),
                "channel": send.channel.to_ascii_uppercase(),
                "attempt_sid": send.sid,
            })
        })
        .collect();
    let mut body = common(verification, account);
    body["lookup"] = json!({});
    body["send_code_attempts"] = json!(attempts);
    body["sna"] = Value::Null;
    body["url"] = json!(format!("{base}/{}/Verifications/{}", verification.purpose.service, verification.sid));
    body
}

fn check_answer(verification: &Verification, account: &Account) -> Value {
    let mut body = common(verification, account);
    body["sna_attempts_error_codes"] = json!([]);
    body
}

fn common(verification: &Verification, account: &Account) -> Value {
    let payment = verification.purpose.payment.as_ref();
    json!({
        "sid": verification.sid,
        "service_sid": verification.purpose.service,
        "account_sid": account.sid,
        "to": verification.purpose.to,
        "channel": verification.channel(),
        "status": verification.status.name(),
        "valid": verification.status == Status::Approved,
        "amount": payment.map(|payment| &payment.amount),
        "payee": payment.map(|payment| &payment.payee),
        "date_created": iso_8601(verification.created),
        "date_updated": iso_8601(verification.updated),
    })
}
