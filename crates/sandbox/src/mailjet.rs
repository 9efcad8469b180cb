//! Mailjet's send v3.1: a list of messages, each accepted or refused by itself.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    code::first_code,
    credentials::is_basic,
    inbox::{Channel, Message},
    part::{Part, is_email},
    plain,
    provider::Provider,
    shared::Shared,
    template,
};

/// The provider's limits.
const MOST_MESSAGES: usize = 50;
const MOST_RECIPIENTS: usize = 50;
const LONGEST_SUBJECT: usize = 255;

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/v3.1/send", post(send))
}

/// What Mailjet says is wrong, with a message or with the call.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct MailjetError {
    status: StatusCode,
    code: &'static str,
    message: String,
    related_to: Vec<String>,
}

impl MailjetError {
    fn new(code: &'static str, message: &str, related_to: &[String]) -> Self {
        let status = match code {
            "mj-0001" => StatusCode::UNAUTHORIZED,
            "send-0008" => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        };
        Self { status, code, message: message.to_owned(), related_to: related_to.to_vec() }
    }

    /// An error that is about HTTP alone.
    pub(crate) fn whole_call(status: StatusCode, message: &str) -> Self {
        let code = match status {
            StatusCode::UNAUTHORIZED => "mj-0001",
            StatusCode::PAYLOAD_TOO_LARGE => "mj-0011",
            _ => "mj-0002",
        };
        let status = if code == "mj-0011" { StatusCode::BAD_REQUEST } else { status };
        Self { status, code, message: message.to_owned(), related_to: Vec::new() }
    }

    fn body(&self) -> Value {
        let mut body = json!({
            "ErrorIdentifier": Uuid::new_v4(),
            "ErrorCode": self.code,
            "StatusCode": self.status.as_u16(),
            "ErrorMessage": self.message,
        });
        if !self.related_to.is_empty() {
            body["ErrorRelatedTo"] = json!(self.related_to);
        }
        body
    }
}

impl IntoResponse for MailjetError {
    fn into_response(self) -> Response {
        (self.status, Json(self.body())).into_response()
    }
}

async fn send(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Result<Response, MailjetError> {
    let pair = &shared.config.mailjet;
    if !is_basic(&headers, &pair.key, &pair.secret) {
        let message = "API key authentication/authorization failure";
        return Err(MailjetError::whole_call(StatusCode::UNAUTHORIZED, message));
    }
    let request: Value =
        serde_json::from_slice(&body).map_err(|_| MailjetError::new("mj-0002", "Malformed JSON", &[]))?;
    let request = Part::root(&request);
    let messages = request.list("Messages");
    let about = ["Messages".to_owned()];
    match messages.len() {
        0 if request.get("Messages").is_none() => return Err(MailjetError::new("mj-0003", "Missing property", &about)),
        0 => return Err(MailjetError::new("mj-0007", "The array must not be empty", &about)),
        count if count > MOST_MESSAGES => return Err(MailjetError::new("mj-0008", "Too many messages", &about)),
        _ => {}
    }
    let dry_run = request.get("SandboxMode").is_some_and(|mode| *mode.value == Value::Bool(true));
    Ok(answer(messages.iter().map(|message| accept(message, dry_run, &shared)).collect()))
}

/// Good messages are sent even if others of the call are not; the status is an error's when nothing was.
fn answer(results: Vec<Result<Value, Vec<MailjetError>>>) -> Response {
    let refusal = results.iter().find_map(|result| result.as_ref().err()?.first().map(|error| error.status));
    let status = if results.iter().any(Result::is_ok) { StatusCode::OK } else { refusal.unwrap_or(StatusCode::OK) };
    let messages: Vec<Value> = results
        .into_iter()
        .map(|result| {
            result.unwrap_or_else(|errors| {
                let errors: Vec<Value> = errors.iter().map(MailjetError::body).collect();
                json!({ "Status": "error", "Errors": errors })
            })
        })
        .collect();
    (status, Json(json!({ "Messages": messages }))).into_response()
}

fn accept(message: &Part<'_>, dry_run: bool, shared: &Shared) -> Result<Value, Vec<MailjetError>> {
    let errors = errors(message, shared);
    if !errors.is_empty() {
        return Err(errors);
    }
    if !dry_run {
        deliver(message, shared);
    }
    let results = |name: &str| -> Vec<Value> {
        message.list(name).iter().map(|address| result(address.text("Email").unwrap_or_default(), dry_run)).collect()
    };
    Ok(json!({
        "Status": "success",
        "CustomID": message.text("CustomID").unwrap_or_default(),
        "To": results("To"),
        "Cc": results("Cc"),
        "Bcc": results("Bcc"),
    }))
}

/// What a recipient's message is called. Ids are larger than a floating-point number holds, as the provider's are.
fn result(email: &str, dry_run: bool) -> Value {
    if dry_run {
        return json!({ "Email": email, "MessageUUID": "", "MessageID": 0, "MessageHref": "" });
    }
    let id = (1_u64 << 60) | u64::from(rand::random::<u32>());
    let href = format!("https://api.mailjet.com/v3/REST/message/{id}");
    json!({ "Email": email, "MessageUUID": Uuid::new_v4(), "MessageID": id, "MessageHref": href })
}

fn errors(message: &Part<'_>, shared: &Shared) -> Vec<MailjetError> {
    let mut found = Vec::new();
    let mut add = |code, text: &str, about: String| found.push(MailjetError::new(code, text, &[about]));
    match message.get("From").map(|from| (from.path_to("Email"), from.text("Email").unwrap_or_default())) {
        None => add("mj-0003", "Missing mandatory property", "From".into()),
        Some((about, address)) if !is_email(address) => add("mj-0013", "Invalid e-mail address", about),
        Some((about, address)) if !shared.config.mail_senders.allow(address) => {
            add("send-0008", "The sender is not authorised to send with this key", about);
        }
        Some(_) => {}
    }
    if message.get("To").is_none() {
        add("mj-0003", "Missing mandatory property", "To".into());
    } else if message.list("To").is_empty() {
        add("mj-0007", "The array must not be empty", "To".into());
    }
    let recipients = recipients(message);
    for address in recipients.iter().filter(|address| !address.text("Email").is_some_and(is_email)) {
        add("mj-0013", "Invalid e-mail address", address.path_to("Email"));
    }
    if recipients.len() > MOST_RECIPIENTS {
        add("send-0015", "Too many recipients", "To".into());
    }
    check_content(message, &mut add);
    found
}

fn check_content(message: &Part<'_>, add: &mut impl FnMut(&'static str, &str, String)) {
    let template = message.get("TemplateID");
    if template.as_ref().is_some_and(|id| !id.value.is_u64()) {
        add("mj-0004", "Type mismatch: a number is expected", "TemplateID".into());
    }
    if message.get("TemplateLanguage").is_some_and(|language| !language.value.is_boolean()) {
        add("mj-0004", "Type mismatch: a boolean is expected", "TemplateLanguage".into());
    }
    if template.is_none() && message.get("TextPart").is_none() && message.get("HTMLPart").is_none() {
        add("send-0003", "At least one of TextPart, HTMLPart and TemplateID must be given", "TextPart".into());
    }
    if message.text("Subject").is_some_and(|subject| subject.chars().count() > LONGEST_SUBJECT) {
        add("mj-0006", "The value is too long", "Subject".into());
    }
    let error_options = ["TemplateErrorReporting", "TemplateErrorDeliver"];
    let language = message.get("TemplateLanguage").is_some_and(|language| *language.value == Value::Bool(true));
    for option in error_options.iter().filter(|option| message.get(option).is_some() && !language) {
        add("send-0016", "The option needs TemplateLanguage", (*option).to_owned());
    }
}

/// Everybody who gets the message, without repetition.
fn recipients<'a>(message: &Part<'a>) -> Vec<Part<'a>> {
    let mut recipients: Vec<Part<'a>> = Vec::new();
    for address in ["To", "Cc", "Bcc"].iter().flat_map(|name| message.list(name)) {
        if !recipients.iter().any(|known| known.text("Email") == address.text("Email")) {
            recipients.push(address);
        }
    }
    recipients
}

fn deliver(message: &Part<'_>, shared: &Shared) {
    let none = Map::new();
    let data = message.object("Variables").unwrap_or(&none);
    let filled = |text: &str, into| template::fill(text, data, into);
    let mut subject = message.text("Subject").map(|text| filled(text, template::Into::Text));
    let mut text = message.text("TextPart").map(|text| filled(text, template::Into::Text));
    let mut html = message.text("HTMLPart").map(|html| filled(html, template::Into::Html));
    let mut code = None;
    if let Some(id) = message.get("TemplateID").map(|id| id.value.to_string()) {
        match shared.config.mail_templates.get(&id) {
            Some(found) => {
                html = Some(filled(&found.html, template::Into::Html));
                subject = found.subject.as_ref().map(|text| filled(text, template::Into::Text)).or(subject);
            }
            None => {
                text = Some(template::data_sheet(&id, data));
                code = template::code_in(data);
            }
        }
    }
    let readable = text.clone().or_else(|| html.as_deref().map(plain::text_of));
    let code = code.or_else(|| readable.as_deref().and_then(first_code).map(str::to_owned));
    let from = message.get("From").and_then(|from| from.text("Email")).unwrap_or_default();
    for address in recipients(message) {
        shared.deliver(Message {
            id: Uuid::new_v4().to_string(),
            provider: Provider::Mailjet,
            channel: Channel::Email,
            from: from.to_owned(),
            to: address.text("Email").unwrap_or_default().to_owned(),
            subject: subject.clone(),
            text: text.clone(),
            html: html.clone(),
            code: code.clone(),
            received_at: shared.now(),
            payment: None,
        });
    }
}
