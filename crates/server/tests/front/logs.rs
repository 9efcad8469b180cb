//! What must not be in logs is not, however much is logged.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::app::{authorize, redeem, refresh};
use crate::browser::Browser;
use crate::site;

const MEMBER: &str = "B2C_1A_Member";

/// Collects what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn secrets_are_in_no_log() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_ansi(false).with_writer(log.clone()).finish();
    let _logging = tracing::subscriber::set_default(subscriber);

    let mut browser = Browser::new(&site::start().await);
    let mut secrets = vec!["Correct-horse-1".to_owned(), "Wrong-horse-2".to_owned(), site::WEB_SECRET.to_owned()];
    let door = browser.open(&authorize(MEMBER, &[("id_token_hint", "the.hint.itself")])).await.page();
    let page = browser.link(&door, "unified", &[("local", "signup")]).await.page();
    let fields = [("loginName", "ann"), ("password", "Correct-horse-1"), ("nickname", "Ann")];
    assert_eq!(browser.submit(&page, &fields).await["status"], "200");
    let end = browser.confirmed(&page).await.to_app();
    let tokens = redeem(&mut browser, MEMBER, &end["code"]).await.json();
    let token = tokens["refresh_token"].as_str().expect("a refresh token").to_owned();
    refresh(&mut browser, MEMBER, &token).await;
    let page = browser.open(&authorize(MEMBER, &[("prompt", "login")])).await.page();
    assert_eq!(browser.submit(&page, &[("loginName", "ann"), ("password", "Wrong-horse-2")]).await["status"], "400");

    secrets.extend([end["code"].clone(), token, page.csrf, page.tx, "the.hint.itself".to_owned()]);
    secrets.extend(["id_token", "access_token"].map(|name| tokens[name].as_str().expect("a token").to_owned()));
    secrets.extend(browser.cookies.values().cloned());
    let written = String::from_utf8(log.0.lock().expect("nobody panicked").clone()).expect("text");
    assert!(written.contains("a journey issued"), "{written}");
    for secret in secrets {
        assert!(!written.contains(&secret), "{secret} is logged");
    }
}
