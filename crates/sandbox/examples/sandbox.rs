//! The sandbox alone, for trying the stand-ins by hand: `cargo run -p journeyman-sandbox --example sandbox -- 4002`.

#![expect(clippy::print_stdout, reason = "an example says where it listens and with which credentials")]

use std::{
    error::Error,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use journeyman_sandbox::{
    DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_MAILJET_KEY, DEMO_MAILJET_SECRET, DEMO_SENDGRID_KEY, DEMO_SERVICE_SID,
    Sandbox, SandboxConfig,
};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::args().nth(1).map_or(Ok(4002), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    let url = format!("http://{}", listener.local_addr()?);

    let ahead = Arc::new(Mutex::new(SignedDuration::ZERO));
    let read = ahead.clone();
    let clock = Arc::new(move || Timestamp::now() + *read.lock().unwrap_or_else(PoisonError::into_inner));
    let mut config = SandboxConfig::demo(url.parse()?, clock);
    config.advance_clock = Some(Arc::new(move |step| *ahead.lock().unwrap_or_else(PoisonError::into_inner) += step));

    println!("Inbox           {url}/");
    println!("Twilio Verify   {url}/twilio-verify   service {DEMO_SERVICE_SID}");
    println!("Twilio Messages {url}/twilio-api      {DEMO_ACCOUNT_SID} / {DEMO_AUTH_TOKEN}");
    println!("SendGrid        {url}/sendgrid        {DEMO_SENDGRID_KEY}");
    println!("Mailjet         {url}/mailjet         {DEMO_MAILJET_KEY} / {DEMO_MAILJET_SECRET}");
    axum::serve(listener, Sandbox::new(config).router()).await?;
    Ok(())
}
