//! SendGrid's `mail/send`: accepted with 202 and no body, or refused with a list of what is wrong.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    code::first_code,
    credentials::is_bearer,
    inbox::{Channel, Message},
    part::{Part, is_email},
    plain,
    provider::Provider,
    shared::Shared,
    template,
};

/// The provider's limits.
const MOST_PERSONALIZATIONS: usize = 1000;
const MOST_RECIPIENTS: usize = 1000;
const MOST_CATEGORIES: usize = 10;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/v3/mail/send", post(send))
}

/// What SendGrid answers instead of accepting.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SendGridError {
    status: StatusCode,
    problems: Vec<Problem>,
}

/// A sentence, and the property that it is about.
#[derive(Debug, PartialEq, Eq)]
struct Problem {
    message: String,
    field: Option<String>,
}

impl SendGridError {
    pub(crate) fn new(status: StatusCode, message: &str) -> Self {
        Self { status, problems: vec![Problem { message: message.to_owned(), field: None }] }
    }
}

impl IntoResponse for SendGridError {
    fn into_response(self) -> Response {
        let errors: Vec<Value> = self
            .problems
            .into_iter()
            .map(|problem| json!({"message": problem.message, "field": problem.field}))
            .collect();
        (self.status, Json(json!({ "errors": errors, "id": Uuid::new_v4() }))).into_response()
    }
}

async fn send(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Result<Response, SendGridError> {
    if !is_bearer(&headers, &shared.config.sendgrid_key) {
        let message = "The provided authorization grant is invalid, expired, or revoked";
        return Err(SendGridError::new(StatusCode::UNAUTHORIZED, message));
    }
    let request: Value =
        serde_json::from_slice(&body).map_err(|_| SendGridError::new(StatusCode::BAD_REQUEST, "Bad Request"))?;
    let request = Part::root(&request);
    let problems = problems(&request);
    if !problems.is_empty() {
        return Err(SendGridError { status: StatusCode::BAD_REQUEST, problems });
    }
    let sender = sender(&request);
    if !shared.config.mail_senders.allow(sender) {
        let message = "The from address does not match a verified Sender Identity".to_owned();
        let problem = Problem { message, field: Some("from".to_owned()) };
        return Err(SendGridError { status: StatusCode::FORBIDDEN, problems: vec![problem] });
    }
    if is_dry_run(&request) {
        return Ok(StatusCode::OK.into_response());
    }
    messages(&request, sender, &shared).into_iter().for_each(|message| shared.deliver(message));
    let id = Uuid::new_v4().simple().to_string();
    let id = HeaderValue::try_from(id).expect("hexadecimal digits are a header value");
    Ok((StatusCode::ACCEPTED, [("x-message-id", id)]).into_response())
}

fn sender<'a>(request: &Part<'a>) -> &'a str {
    request.get("from").and_then(|from| from.text("email")).unwrap_or_default()
}

fn is_dry_run(request: &Part<'_>) -> bool {
    let setting = request.value.pointer("/mail_settings/sandbox_mode/enable");
    setting.and_then(Value::as_bool).unwrap_or_default()
}

/// Everything that the provider would refuse, as far as it reads.
fn problems(request: &Part<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut add =
        |field: String, message: &str| found.push(Problem { message: message.to_owned(), field: Some(field) });
    let personalizations = request.list("personalizations");
    let templated = request.text("template_id").is_some();
    match personalizations.len() {
        0 => add("personalizations".into(), "The personalizations field is required and must have at least one item"),
        count if count > MOST_PERSONALIZATIONS => add("personalizations".into(), "At most 1000 personalizations"),
        _ => {}
    }
    for personalization in &personalizations {
        if personalization.list("to").is_empty() {
            add(personalization.path_to("to"), "The to array is required for all personalization objects");
        }
        for address in recipients(personalization) {
            check_address(&address, &mut add);
        }
        let subject = personalization.text("subject").or_else(|| request.text("subject"));
        if !templated && subject.is_none_or(str::is_empty) {
            add("subject".into(), "The subject is required, for every personalization or for the message");
        }
    }
    if personalizations.iter().map(|part| recipients(part).len()).sum::<usize>() > MOST_RECIPIENTS {
        add("personalizations".into(), "At most 1000 recipients");
    }
    match request.get("from") {
        Some(from) => check_address(&from, &mut add),
        None => add("from.email".into(), "The from object must be provided for every email send"),
    }
    check_content(request, templated, &mut add);
    check_rest(request, &mut add);
    found
}

fn recipients<'a>(personalization: &Part<'a>) -> Vec<Part<'a>> {
    ["to", "cc", "bcc"].iter().flat_map(|name| personalization.list(name)).collect()
}

fn check_address(address: &Part<'_>, add: &mut impl FnMut(String, &str)) {
    if !address.text("email").is_some_and(is_email) {
        add(address.path_to("email"), "Does not contain a valid address");
    }
}

fn check_content(request: &Part<'_>, templated: bool, add: &mut impl FnMut(String, &str)) {
    let content = request.list("content");
    if content.is_empty() && !templated {
        add("content".into(), "Content is required unless a template is named");
    }
    for part in &content {
        for name in ["type", "value"] {
            if part.text(name).is_none_or(str::is_empty) {
                add(part.path_to(name), "The content needs a type and a value of at least one character");
            }
        }
    }
    let place = |media_type| content.iter().position(|part| part.text("type") == Some(media_type));
    if let (Some(plain), Some(html)) = (place("text/plain"), place("text/html"))
        && plain > html
    {
        add("content".into(), "The text/plain content must come before the text/html content");
    }
}

fn check_rest(request: &Part<'_>, add: &mut impl FnMut(String, &str)) {
    if request.get("reply_to").is_some() && request.get("reply_to_list").is_some() {
        add("reply_to".into(), "Only one of reply_to and reply_to_list can be given");
    }
    for attachment in request.list("attachments") {
        for name in ["content", "filename"] {
            if attachment.text(name).is_none_or(str::is_empty) {
                add(attachment.path_to(name), "An attachment needs content and a file name");
            }
        }
    }
    let categories = request.list("categories");
    let repeated =
        categories.iter().enumerate().any(|(at, one)| categories[..at].iter().any(|two| two.value == one.value));
    if categories.len() > MOST_CATEGORIES || repeated {
        add("categories".into(), "At most 10 categories, each once");
    }
}

/// One message a recipient.
fn messages(request: &Part<'_>, from: &str, shared: &Shared) -> Vec<Message> {
    let mut messages = Vec::new();
    for personalization in request.list("personalizations") {
        let mail = Mail::of(request, &personalization, shared);
        for address in recipients(&personalization) {
            messages.push(Message {
                id: Uuid::new_v4().to_string(),
                provider: Provider::SendGrid,
                channel: Channel::Email,
                from: from.to_owned(),
                to: address.text("email").unwrap_or_default().to_owned(),
                subject: mail.subject.clone(),
                text: mail.text.clone(),
                html: mail.html.clone(),
                code: mail.code.clone(),
                received_at: shared.now(),
                payment: None,
            });
        }
    }
    messages
}

/// What all recipients of a personalization get.
struct Mail {
    subject: Option<String>,
    text: Option<String>,
    html: Option<String>,
    code: Option<String>,
}

impl Mail {
    fn of(request: &Part<'_>, personalization: &Part<'_>, shared: &Shared) -> Self {
        let none = Map::new();
        let data = personalization
            .object("dynamic_template_data")
            .or_else(|| personalization.object("substitutions"))
            .unwrap_or(&none);
        let subject = personalization.text("subject").or_else(|| request.text("subject")).map(str::to_owned);
        let Some(id) = request.text("template_id") else {
            return Self::written(request, subject);
        };
        // A subject that only the data has is what templates usually show.
        let subject = subject.or_else(|| data.get("subject").and_then(Value::as_str).map(str::to_owned));
        match shared.config.mail_templates.get(id) {
            Some(found) => {
                let html = template::fill(&found.html, data, template::Into::Html);
                let text = plain::text_of(&html);
                let own = found.subject.as_ref().map(|text| template::fill(text, data, template::Into::Text));
                let code = first_code(&text).map(str::to_owned);
                Self { subject: own.or(subject), text: Some(text), html: Some(html), code }
            }
            None => {
                let text = template::data_sheet(id, data);
                let code = template::code_in(data).or_else(|| first_code(&text).map(str::to_owned));
                Self { subject, text: Some(text), html: None, code }
            }
        }
    }

    fn written(request: &Part<'_>, subject: Option<String>) -> Self {
        let content = request.list("content");
        let of_type = |wanted: &str| {
            let part = content.iter().find(|part| part.text("type").is_some_and(|found| found.starts_with(wanted)));
            part.and_then(|part| part.text("value")).map(str::to_owned)
        };
        let (text, html) = (of_type("text/plain"), of_type("text/html"));
        let readable = text.clone().or_else(|| html.as_deref().map(plain::text_of));
        let code = readable.as_deref().and_then(first_code).map(str::to_owned);
        Self { subject, text, html, code }
    }
}
