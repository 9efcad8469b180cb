//! The operator's own mail delivery, for the built-in e-mail verification: SendGrid's API, or a mail server.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, header};
use journeyman_engine::effect::Secret;
use journeyman_engine::texts::Language;
use lettre::message::{Mailbox, header::ContentType};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use reqwest::Method;
use serde_json::json;
use url::Url;

use crate::config::{Delivery, Messages, Smtp, SmtpSecurity};
use crate::outbound::{Outbound, Outgoing};

const SENDGRID: &str = "https://api.sendgrid.com/v3/mail/send";
const TIMEOUT: Duration = Duration::from_secs(10);

/// Why mail cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The sender's address is not one.
    #[error("`messages.from` is not an e-mail address")]
    Sender(#[from] lettre::address::AddressError),
    /// The mail server's settings cannot be used.
    #[error("the mail server cannot be used")]
    Smtp(#[from] lettre::transport::smtp::Error),
}

/// Sends mail.
pub(crate) struct Mail {
    from: Mailbox,
    way: Way,
}

enum Way {
    SendGrid { api_key: Secret, outbound: Arc<Outbound> },
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mail")
    }
}

/// A code to send.
#[derive(Debug)]
pub(crate) struct CodeMail<'a> {
    pub(crate) to: &'a str,
    pub(crate) code: &'a Secret,
    /// Whose account it is about: the tenant's domain.
    pub(crate) tenant: &'a str,
    /// The language of the journey.
    pub(crate) language: &'a str,
}

impl CodeMail<'_> {
    fn subject(&self) -> String {
        Language::of(self.language).own("mail_subject").replace("{0}", self.tenant)
    }

    /// The code stands alone on its line: people copy it, and mail programs find it.
    fn text(&self) -> String {
        let language = Language::of(self.language);
        let (code, unasked) = (language.own("mail_code"), language.own("mail_unasked"));
        format!("{code}\r\n\r\n{}\r\n\r\n{unasked}\r\n", self.code.expose())
    }
}

impl Mail {
    /// Prepares the configured way; nothing is connected yet.
    pub(crate) fn new(messages: &Messages, outbound: Arc<Outbound>) -> Result<Self, MailError> {
        let from = Mailbox::new(messages.from_name.clone(), messages.from.parse()?);
        let way = match &messages.delivery {
            Delivery::SendGrid { api_key } => Way::SendGrid { api_key: api_key.clone(), outbound },
            Delivery::Smtp(smtp) => Way::Smtp(transport(smtp)?),
        };
        Ok(Self { from, way })
    }

    /// Hands a code over. False, with a line in the log, if it was not taken.
    pub(crate) async fn send(&self, mail: &CodeMail<'_>) -> bool {
        // Whatever is no plain address could carry a header of its own.
        let Ok(to) = mail.to.trim().parse() else {
            tracing::warn!("a message was not sent: its destination is not an e-mail address");
            return false;
        };
        match &self.way {
            Way::SendGrid { api_key, outbound } => self.by_sendgrid(outbound, api_key, &to, mail).await,
            Way::Smtp(transport) => self.by_smtp(transport, to, mail).await,
        }
    }

    async fn by_sendgrid(
        &self,
        outbound: &Outbound,
        api_key: &Secret,
        to: &lettre::Address,
        mail: &CodeMail<'_>,
    ) -> bool {
        let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {}", api_key.expose())) else {
            tracing::error!("the API key of SendGrid cannot be put into a header");
            return false;
        };
        bearer.set_sensitive(true);
        let mut from = json!({ "email": self.from.email.to_string() });
        if let Some(name) = &self.from.name {
            from["name"] = json!(name);
        }
        let body = json!({
            "personalizations": [{ "to": [{ "email": to.to_string() }] }],
            "from": from,
            "subject": mail.subject(),
            "content": [{ "type": "text/plain", "value": mail.text() }],
        });
        let body = Secret::new(body.to_string());
        let url = Url::parse(SENDGRID).expect("the address is written above");
        let call = Outgoing {
            method: Method::POST,
            headers: HeaderMap::from_iter([(header::AUTHORIZATION, bearer)]),
            body: Some(("application/json", &body)),
            ..Outgoing::get(&url, TIMEOUT)
        };
        match outbound.call(call).await {
            Ok(answer) if answer.is_success() => true,
            Ok(answer) => {
                tracing::error!(status = answer.status, "SendGrid did not take a message");
                false
            }
            // The way out said why.
            Err(_) => false,
        }
    }

    async fn by_smtp(
        &self,
        transport: &AsyncSmtpTransport<Tokio1Executor>,
        to: lettre::Address,
        mail: &CodeMail<'_>,
    ) -> bool {
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject())
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text());
        let sent = match message {
            Ok(message) => transport.send(message).await.map(drop).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        // Errors of the library name the server's answer, which may name the destination, but never the text.
        sent.inspect_err(|error| tracing::error!(error, "the mail server did not take a message")).is_ok()
    }
}

fn transport(smtp: &Smtp) -> Result<AsyncSmtpTransport<Tokio1Executor>, lettre::transport::smtp::Error> {
    let builder = match smtp.security {
        SmtpSecurity::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&smtp.host)?,
        SmtpSecurity::StartTls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&smtp.host)?,
        SmtpSecurity::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host),
    };
    let builder = builder.port(smtp.port).timeout(Some(TIMEOUT));
    Ok(match &smtp.credentials {
        Some((name, password)) => {
            builder.credentials(Credentials::new(name.clone(), password.expose().to_owned())).build()
        }
        None => builder.build(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use axum::http::{HeaderMap, StatusCode};
    use axum::routing::post;
    use axum::{Json, Router};
    use serde_json::Value;
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;

    use super::{CodeMail, Delivery, Language, Mail, Messages, Outbound, Secret, Smtp, SmtpSecurity};
    use crate::clock::Clock;
    use crate::config::Rewrite;
    use crate::testing;

    fn mail<'a>(to: &'a str, code: &'a Secret) -> CodeMail<'a> {
        CodeMail { to, code, tenant: "contoso.onmicrosoft.com", language: "de-CH" }
    }

    fn messages(delivery: Delivery) -> Messages {
        Messages { from: "no-reply@contoso.example".to_owned(), from_name: Some("Contoso".to_owned()), delivery }
    }

    #[tokio::test]
    async fn sendgrid_gets_a_message_as_its_interface_says() {
        let seen: Arc<Mutex<Option<(HeaderMap, Value)>>> = Arc::default();
        let inbox = Arc::clone(&seen);
        let take = move |headers: HeaderMap, Json(body): Json<Value>| {
            *inbox.lock().expect("nobody panicked") = Some((headers, body));
            async { StatusCode::ACCEPTED }
        };
        let address = testing::serve(Router::new().route("/sendgrid/v3/mail/send", post(take))).await;
        let mut config = testing::config();
        let url = |text: &str| text.parse().expect("a URL");
        config.outbound.rewrite =
            vec![Rewrite { from: url("https://api.sendgrid.com/"), to: url(&format!("http://{address}/sendgrid")) }];
        let outbound = Arc::new(Outbound::new(&config, Clock::system()).expect("it can be set up"));
        let delivery = Delivery::SendGrid { api_key: Secret::new("SG.key") };
        let sender = Mail::new(&messages(delivery), outbound).expect("an address");
        let code = Secret::new("123456");
        assert!(sender.send(&mail("a@b.example", &code)).await);
        let (headers, body) = seen.lock().expect("nobody panicked").take().expect("it arrived");
        assert_eq!(headers["authorization"], "Bearer SG.key");
        assert_eq!(body["personalizations"][0]["to"][0]["email"], "a@b.example");
        assert_eq!(body["from"]["email"], "no-reply@contoso.example");
        assert_eq!(body["subject"], Language::of("de").own("mail_subject").replace("{0}", "contoso.onmicrosoft.com"));
        assert!(body["content"][0]["value"].as_str().expect("a text").contains("\r\n123456\r\n"));
        assert!(!sender.send(&mail("a@b.example\r\nBcc: x@y.example", &code)).await);
        assert!(seen.lock().expect("nobody panicked").is_none());
    }

    /// A mail server that takes one message, and returns what it was told.
    async fn mail_server(listener: TcpListener) -> Vec<String> {
        let (stream, _) = listener.accept().await.expect("a client");
        let (reading, mut writing) = stream.into_split();
        let mut lines = BufReader::new(reading).lines();
        let mut told = Vec::new();
        let mut in_text = false;
        writing.write_all(b"220 here\r\n").await.expect("it listens");
        while let Ok(Some(line)) = lines.next_line().await {
            let answer: &[u8] = match line.as_str() {
                "." => {
                    in_text = false;
                    b"250 taken\r\n"
                }
                _ if in_text => b"",
                "DATA" => {
                    in_text = true;
                    b"354 go on\r\n"
                }
                "QUIT" => break,
                _ => b"250 yes\r\n",
            };
            told.push(line);
            writing.write_all(answer).await.expect("it listens");
            if told.last().is_some_and(|line| line == ".") {
                break;
            }
        }
        told
    }

    #[tokio::test]
    async fn a_mail_server_gets_a_message() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let server = tokio::spawn(mail_server(listener));
        let smtp = Smtp { host: "127.0.0.1".to_owned(), port, security: SmtpSecurity::None, credentials: None };
        let outbound = Arc::new(Outbound::new(&testing::config(), Clock::system()).expect("it can be set up"));
        let sender = Mail::new(&messages(Delivery::Smtp(smtp)), outbound).expect("an address");
        let code = Secret::new("123456");
        assert!(sender.send(&mail("a@b.example", &code)).await);
        let told = server.await.expect("it took one");
        assert!(told.iter().any(|line| line == "RCPT TO:<a@b.example>"), "{told:?}");
        assert!(told.iter().any(|line| line == "123456"), "{told:?}");
    }

    #[tokio::test]
    async fn a_mail_server_that_is_not_there_is_a_failure() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        drop(listener);
        let smtp = Smtp { host: "127.0.0.1".to_owned(), port, security: SmtpSecurity::None, credentials: None };
        let outbound = Arc::new(Outbound::new(&testing::config(), Clock::system()).expect("it can be set up"));
        let sender = Mail::new(&messages(Delivery::Smtp(smtp)), outbound).expect("an address");
        assert!(!sender.send(&mail("a@b.example", &Secret::new("123456"))).await);
    }
}
