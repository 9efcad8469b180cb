//! Journeyman from outside: the real binary, run as a person runs it, and those who use it, with a browser and without.

pub mod app;
pub mod browser;
pub mod client;
pub mod demo;
pub mod inside;
pub mod person;
pub mod sandbox;

/// A client for plain HTTP on this machine. It follows no redirect, and does not read the system's certificates, which
/// takes longer than most tests.
fn plain_http() -> reqwest::Client {
    let client = reqwest::Client::builder().tls_certs_only([]).redirect(reqwest::redirect::Policy::none());
    client.build().expect("a client without special wishes can be built")
}

/// Counts rows in a database that somebody else uses.
async fn count(file: &std::path::Path, question: &'static str) -> u64 {
    use sqlx::ConnectOptions;
    let file = sqlx::sqlite::SqliteConnectOptions::new().filename(file).read_only(true);
    let mut database = file.connect().await.expect("the file can be read");
    let count: i64 = sqlx::query_scalar(question).fetch_one(&mut database).await.expect("it has that table");
    count.try_into().expect("a count is not negative")
}
