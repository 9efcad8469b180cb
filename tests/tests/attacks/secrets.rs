//! D15: what must never be read where others read: logs, addresses, sources of pages.

use journeyman_tests::app::{App, TENANT};
use journeyman_tests::client::Dialect;
use journeyman_tests::demo::{Demo, Options};
use journeyman_tests::person::Customer;

use crate::scene::payment;

#[tokio::test]
async fn looking_for_secrets_in_logs_addresses_and_pages() {
    let environment = vec![("RUST_LOG".to_owned(), "trace".to_owned())];
    let demo = Demo::start_with(Options { environment, ..Options::default() }).await;
    for dialect in Dialect::ALL {
        let mut ann = Customer::new(&demo.sites(), dialect, &format!("{dialect:?}"));
        ann.sign_up().await.expect("Hello, ");
        let handover = ann.send_money(&payment()).await;
        let hint = handover.attribute("#auto input[name=id_token_hint]", "value").expect("a hint");
        let page = ann.hand_over(&handover).await;
        let page = ann.approve(&page).await;
        ann.confirm(&page).await.expect("Your money is on its way");
        ann.bank("claims").await;

        let app = App::at(&demo.engine(), TENANT);
        let page = ann.browser.open(app.authorize("B2C_1A_PSD2_SUSI", &[])).await;
        let tokens = app.redeem("B2C_1A_PSD2_SUSI", &page.parameter("code").expect("a code")).await;
        let refreshed = app.refresh("B2C_1A_PSD2_SUSI", tokens.text("refresh_token")).await;

        let mut secrets = vec![ann.person.password.clone(), hint.clone()];
        for message in demo.messages().await {
            secrets.extend(message.code);
        }
        for tokens in [&tokens, &refreshed] {
            secrets.extend(["id_token", "access_token", "refresh_token"].map(|name| tokens.text(name).to_owned()));
        }
        let log = demo.log();
        assert!(log.contains("a journey issued"), "the log tells what happens");
        let pages: String = ann.browser.sources().iter().filter(|source| !source.contains(&hint)).cloned().collect();
        let handovers = ann.browser.sources().iter().filter(|source| source.contains(&hint)).count();
        assert_eq!(handovers, 1, "the form that posts the hint holds it, no other page");
        let addresses: String = ann.browser.history().iter().map(|url| format!("{url}\n")).collect();
        for (place, text) in [("a log", &log), ("a page", &pages), ("an address", &addresses)] {
            for secret in &secrets {
                let found = text.lines().find(|line| line.contains(secret.as_str()));
                assert!(found.is_none(), "{place} holds a secret: {found:?}");
            }
        }
    }
}
