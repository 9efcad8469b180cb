//! The inbox as a page: rendered here, whole, so that it works by reload; a script only fetches it again when told to.

use std::{convert::Infallible, sync::Arc};

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{
        Html, IntoResponse, Redirect, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::{get, post},
};
use futures::{Stream, stream};

use crate::{
    inbox::{Channel, Message},
    plain,
    shared::Shared,
};

/// Messages on the page; all that are kept are in the API.
const SHOWN: usize = 100;
/// Characters of a message on the page.
const LONGEST_TEXT: usize = 4_000;

/// Everything is ours and in files of its own; mails stand in frames.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; \
                           frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A mail is somebody else's HTML: no scripts, no requests, no links that open in the frame.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                           form-action 'none'; frame-ancestors 'self'; sandbox";

pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(inbox))
        .route("/empty", post(empty))
        .route("/events", get(events))
        .route("/mails/{id}", get(mail))
        .route("/inbox.css", get(|| async { asset("text/css; charset=utf-8", include_str!("../assets/inbox.css")) }))
        .route(
            "/inbox.js",
            get(|| async { asset("text/javascript; charset=utf-8", include_str!("../assets/inbox.js")) }),
        )
}

#[derive(Template)]
#[template(path = "inbox.html")]
struct InboxPage {
    messages: Vec<Row>,
    kept: usize,
    shown: usize,
}

/// A message as the page shows it.
struct Row {
    id: String,
    kind: &'static str,
    icon: &'static str,
    to: String,
    from: String,
    provider: &'static str,
    subject: Option<String>,
    text: String,
    /// The text goes on.
    cut: bool,
    has_html: bool,
    code: Option<String>,
    payment: Option<(String, String)>,
    time: String,
    date: String,
    machine_time: String,
}

impl From<&Message> for Row {
    fn from(message: &Message) -> Self {
        let (kind, icon) = match message.channel {
            Channel::Sms => ("Text message", "sms"),
            Channel::Email => ("Mail", "mail"),
        };
        let text = message.text.clone().or_else(|| message.html.as_deref().map(plain::text_of)).unwrap_or_default();
        let end = text.char_indices().nth(LONGEST_TEXT).map(|(index, _)| index);
        Self {
            id: message.id.clone(),
            kind,
            icon,
            to: message.to.clone(),
            from: message.from.clone(),
            provider: message.provider.title(),
            subject: message.subject.clone(),
            text: text[..end.unwrap_or(text.len())].to_owned(),
            cut: end.is_some(),
            has_html: message.html.is_some(),
            code: message.code.clone(),
            payment: message.payment.as_ref().map(|payment| (payment.amount.clone(), payment.payee.clone())),
            time: message.received_at.strftime("%H:%M:%S").to_string(),
            date: message.received_at.strftime("%-d %B %Y").to_string(),
            machine_time: message.received_at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        }
    }
}

async fn inbox(State(shared): State<Arc<Shared>>) -> Response {
    let page = {
        let inbox = shared.inbox();
        let messages: Vec<Row> = inbox.to(None).take(SHOWN).map(Row::from).collect();
        InboxPage { shown: messages.len(), messages, kept: inbox.len() }
    };
    document(PAGE_POLICY, page.render().expect("writing to a string cannot fail"))
}

async fn empty(State(shared): State<Arc<Shared>>) -> Redirect {
    shared.empty_inbox();
    Redirect::to("/")
}

/// The HTML of a mail, to be shown in a frame.
async fn mail(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    let html = shared.inbox().get(&id).and_then(|message| message.html.clone());
    html.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |html| document(MAIL_POLICY, html))
}

fn document(policy: &'static str, html: String) -> Response {
    let headers = [
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, Html(html)).into_response()
}

fn asset(media_type: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (headers, text).into_response()
}

/// Says that the inbox changed. The first event says where it stands, so that a page that lost the connection catches up.
async fn events(State(shared): State<Arc<Shared>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = shared.inbox_changes();
    let stream = stream::unfold((changes, true), |(mut changes, first)| async move {
        if !first {
            changes.changed().await.ok()?;
        }
        let now = *changes.borrow_and_update();
        let event = Event::default().event("inbox").data(now.revision.to_string());
        (!now.closed).then_some((Ok(event), (changes, false)))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
