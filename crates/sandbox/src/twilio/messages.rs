//! Programmable Messaging: text messages with a body that the caller wrote.

use std::{collections::VecDeque, sync::Arc};

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    code::first_code,
    inbox::{Channel, Message},
    provider::Provider,
    shared::Shared,
    twilio::{Account, Form, TwilioError, is_phone_number, is_sid, new_sid, rfc_2822, segments::segments},
};

/// Messages that can still be fetched.
const KEPT: usize = 500;
/// Characters of a body.
const LONGEST_BODY: usize = 1600;
/// The number that always may send.
const TEST_SENDER: &str = "+15005550006";
/// What is known of, accepted, and without effect here.
const WITHOUT_EFFECT: [&str; 2] = ["StatusCallback", "MediaUrl"];

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/2010-04-01/Accounts/{account}/Messages.json", get(list).post(create))
        .route("/2010-04-01/Accounts/{account}/Messages/{message}", get(fetch).post(update).delete(delete))
}

/// Messages by the time that they were created, newest first.
#[derive(Default)]
pub(crate) struct SentMessages(VecDeque<Sent>);

#[derive(Clone)]
struct Sent {
    sid: String,
    account: String,
    to: String,
    /// Absent until the service has chosen one.
    from: Option<String>,
    service: Option<String>,
    body: String,
    media: usize,
    created: Timestamp,
    /// When the network took it: when it was first looked at, since nothing here takes time.
    delivered: Option<Timestamp>,
}

impl Sent {
    fn uri(&self) -> String {
        format!("/2010-04-01/Accounts/{}/Messages/{}", self.account, self.sid)
    }

    fn status(&self) -> &'static str {
        match (self.delivered, &self.service) {
            (Some(_), _) => "delivered",
            (None, Some(_)) => "accepted",
            (None, None) => "queued",
        }
    }

    fn deliver(&mut self, now: Timestamp) {
        self.delivered.get_or_insert(now);
        self.from.get_or_insert_with(|| TEST_SENDER.to_owned());
    }

    fn answer(&self) -> Value {
        json!({
            "sid": self.sid,
            "account_sid": self.account,
            "messaging_service_sid": self.service,
            "api_version": "2010-04-01",
            "body": self.body,
            "from": self.from,
            "to": self.to,
            "direction": "outbound-api",
            "status": self.status(),
            "num_segments": if self.from.is_some() { segments(&self.body).to_string() } else { "0".to_owned() },
            "num_media": self.media.to_string(),
            "price": null,
            "price_unit": "USD",
            "error_code": null,
            "error_message": null,
            "date_created": rfc_2822(self.created),
            "date_sent": self.delivered.map(rfc_2822),
            "date_updated": rfc_2822(self.delivered.unwrap_or(self.created)),
            "uri": format!("{}.json", self.uri()),
            "subresource_uris": { "media": format!("{}/Media.json", self.uri()) },
        })
    }
}

async fn create(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path(path_account): Path<String>,
    form: Form,
) -> Result<Response, TwilioError> {
    require_own(&account, &path_account, "Messages.json")?;
    let to = recipient(&form)?;
    let (from, service) = sender(&form, &shared)?;
    let body = body(&form)?;
    for parameter in WITHOUT_EFFECT.iter().filter(|name| form.get(name).is_some()) {
        tracing::warn!(parameter, "a text message has a parameter that the sandbox accepts and does not act on");
    }
    let sent = Sent {
        sid: new_sid(if form.count("MediaUrl") > 0 { "MM" } else { "SM" }),
        account: account.sid,
        to: to.to_owned(),
        from: from.map(str::to_owned),
        service: service.map(str::to_owned),
        body: body.to_owned(),
        media: form.count("MediaUrl"),
        created: shared.now(),
        delivered: None,
    };
    let answer = sent.answer();
    shared.deliver(Message {
        id: sent.sid.clone(),
        provider: Provider::TwilioApi,
        channel: Channel::Sms,
        from: from.or(service).unwrap_or_default().to_owned(),
        to: sent.to.clone(),
        subject: None,
        text: Some(sent.body.clone()),
        html: None,
        code: first_code(body).map(str::to_owned),
        received_at: sent.created,
        payment: None,
    });
    let messages = &mut shared.sent().0;
    messages.push_front(sent);
    messages.truncate(KEPT);
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

fn recipient(form: &Form) -> Result<&str, TwilioError> {
    let to = form.get("To").ok_or_else(|| TwilioError::bad(21604, "A 'To' phone number is required."))?;
    let refused = |code, why: &str| Err(TwilioError::bad(code, format!("The 'To' number {to} {why}")));
    match to {
        "+15005550001" => refused(21211, "is not a valid phone number."),
        "+15005550002" => refused(21612, "is not reachable from this sender."),
        "+15005550003" => refused(21408, "is in a region that this account may not send to."),
        "+15005550004" => refused(21610, "has opted out of messages."),
        "+15005550009" => refused(21614, "is not a mobile number."),
        to if is_phone_number(to) => Ok(to),
        _ => refused(21211, "is not a valid phone number."),
    }
}

/// The `From` number, and the messaging service that sends when there is none.
fn sender<'a>(form: &'a Form, shared: &Shared) -> Result<(Option<&'a str>, Option<&'a str>), TwilioError> {
    let service = form.get("MessagingServiceSid");
    if service.is_some_and(|sid| !is_sid(sid, "MG")) {
        return Err(TwilioError::bad(21701, "The messaging service does not exist."));
    }
    if form.get("ScheduleType").is_some() || form.get("SendAt").is_some() {
        return Err(TwilioError::not_in_the_sandbox("messages for a later time"));
    }
    let Some(from) = form.get("From") else {
        return match service {
            Some(_) => Ok((None, service)),
            None => Err(TwilioError::bad(21603, "A 'From' number or a messaging service is required.")),
        };
    };
    let refused = |code, why: &str| Err(TwilioError::bad(code, format!("The 'From' number {from} {why}")));
    match from {
        TEST_SENDER => Ok((Some(from), service)),
        "+15005550007" => refused(21606, "does not belong to this account."),
        "+15005550008" => refused(21611, "has too many messages in its queue."),
        "+15005550001" => refused(21212, "is not valid."),
        from if !is_sender(from) => refused(21212, "is not valid."),
        from if !shared.config.sms_senders.allow(from) => refused(21606, "does not belong to this account."),
        from => Ok((Some(from), service)),
    }
}

/// A number, a short code, or a name of up to eleven letters and digits.
fn is_sender(text: &str) -> bool {
    let short_code = (3..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let name = (1..=11).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ')
        && text.bytes().any(|b| b.is_ascii_alphabetic());
    is_phone_number(text) || short_code || name
}

fn body(form: &Form) -> Result<&str, TwilioError> {
    if form.get("ContentSid").is_some() {
        return Err(TwilioError::not_in_the_sandbox("content templates"));
    }
    match form.get("Body") {
        Some(body) if body.chars().count() > LONGEST_BODY => {
            Err(TwilioError::bad(21617, format!("The message body has more than {LONGEST_BODY} characters.")))
        }
        Some(body) => Ok(body),
        None if form.count("MediaUrl") > 0 => Ok(""),
        None => Err(TwilioError::bad(21602, "A message body is required.")),
    }
}

fn require_own(account: &Account, path_account: &str, resource: &str) -> Result<(), TwilioError> {
    if account.sid == path_account {
        return Ok(());
    }
    tracing::warn!("the account in the path of a Messages call is not the one that authenticated");
    Err(TwilioError::not_found(&format!("/2010-04-01/Accounts/{path_account}/{resource}")))
}

/// Runs `act` on the message that the path names.
fn with_message<T>(
    shared: &Shared,
    account: &Account,
    (path_account, file): &(String, String),
    act: impl FnOnce(&mut VecDeque<Sent>, usize) -> T,
) -> Result<T, TwilioError> {
    let resource = format!("Messages/{file}");
    require_own(account, path_account, &resource)?;
    let messages = &mut shared.sent().0;
    let named = |sent: &Sent| file.strip_suffix(".json") == Some(sent.sid.as_str());
    let index = messages
        .iter()
        .position(named)
        .ok_or_else(|| TwilioError::not_found(&format!("/2010-04-01/Accounts/{path_account}/{resource}")))?;
    Ok(act(messages, index))
}

async fn fetch(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path(path): Path<(String, String)>,
) -> Result<Json<Value>, TwilioError> {
    let now = shared.now();
    with_message(&shared, &account, &path, |messages, index| {
        messages[index].deliver(now);
        Json(messages[index].answer())
    })
}

/// An empty `Body` takes the text out; nothing is ever scheduled, so nothing can be cancelled.
async fn update(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path(path): Path<(String, String)>,
    form: Form,
) -> Result<Json<Value>, TwilioError> {
    if form.sent("Status").is_some() {
        return Err(TwilioError::bad(30409, "The message is not scheduled and cannot be cancelled."));
    }
    if form.sent("Body") != Some("") {
        return Err(TwilioError::bad(20001, "Only an empty 'Body' can be set."));
    }
    with_message(&shared, &account, &path, |messages, index| {
        messages[index].body.clear();
        Json(messages[index].answer())
    })
}

async fn delete(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path(path): Path<(String, String)>,
) -> Result<StatusCode, TwilioError> {
    with_message(&shared, &account, &path, |messages, index| _ = messages.remove(index))?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listing {
    to: Option<String>,
    from: Option<String>,
    page_size: Option<usize>,
    page: Option<usize>,
}

async fn list(
    account: Account,
    State(shared): State<Arc<Shared>>,
    Path(path_account): Path<String>,
    Query(wanted): Query<Listing>,
) -> Result<Json<Value>, TwilioError> {
    require_own(&account, &path_account, "Messages.json")?;
    let size = wanted.page_size.unwrap_or(50).clamp(1, 1000);
    let page = wanted.page.unwrap_or(0).min(KEPT);
    let now = shared.now();
    let mut sent = shared.sent();
    sent.0.iter_mut().for_each(|message| message.deliver(now));
    let matches = |message: &&Sent| {
        wanted.to.as_ref().is_none_or(|to| *to == message.to)
            && wanted.from.as_ref().is_none_or(|from| Some(from) == message.from.as_ref())
    };
    let mut rest = sent.0.iter().filter(matches).skip(page * size);
    let messages: Vec<Value> = rest.by_ref().take(size).map(Sent::answer).collect();
    let more = rest.next().is_some();
    let uri = |page: usize| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(wanted.to.iter().map(|to| ("To", to)));
        query.extend_pairs(wanted.from.iter().map(|from| ("From", from)));
        query.append_pair("PageSize", &size.to_string()).append_pair("Page", &page.to_string());
        format!("/2010-04-01/Accounts/{path_account}/Messages.json?{}", query.finish())
    };
    Ok(Json(json!({
        "messages": messages,
        "page": page,
        "page_size": size,
        "start": page * size,
        "end": (page * size + messages.len()).saturating_sub(1),
        "uri": uri(page),
        "first_page_uri": uri(0),
        "next_page_uri": more.then(|| uri(page + 1)),
        "previous_page_uri": page.checked_sub(1).map(uri),
    })))
}
