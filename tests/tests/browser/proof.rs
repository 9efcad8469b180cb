//! The inspection finds what it is for, so that its silence about our pages means something.

use journeyman_tests::browser::{Browser, JavaScript, Width};
use url::Url;

/// A page of that content, sound but for it.
async fn page(name: &'static str, content: &str) -> Browser {
    let browser = Browser::open(name, JavaScript::On, Width::Desk).await;
    let page = format!("data:text/html,<!doctype html><html lang=en><title>T</title><main><h1>T</h1>{content}</main>");
    browser.visit(Url::parse(&page).expect("an address with a page in it")).await;
    browser
}

#[tokio::test(flavor = "multi_thread")]
#[should_panic(expected = "Phone, Light: label: input")]
async fn a_field_without_a_label_is_found() {
    page("proof-label", "<input>").await.inspect("page").await;
}

#[tokio::test(flavor = "multi_thread")]
#[should_panic(expected = "Phone, Light: the page does not fit")]
async fn a_page_that_is_too_wide_is_found() {
    let content = "<meta name=viewport content=width=device-width><div style=width:400px>wide</div>";
    page("proof-width", content).await.inspect("page").await;
}

#[tokio::test(flavor = "multi_thread")]
#[should_panic(expected = "the focus cannot be seen")]
async fn a_focus_that_cannot_be_seen_is_found() {
    page("proof-focus", "<button style=outline:none>Go</button>").await.tab().await;
}
