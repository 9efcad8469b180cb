//! What a whole flow costs beside the one thing that it cannot do without: the password's hash, or the token's signature.
//!
//! Everything runs in this process and is counted in its CPU time, the client's part included, so that the ratio says how
//! much of a core is left for what nobody can save. The limit is measured in the same run. Run it with
//! `cargo bench -p journeyman-server`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(dead_code, reason = "the test support serves the tests first")]

#[path = "../tests/front/app.rs"]
mod app;
#[path = "../tests/front/browser.rs"]
mod browser;
#[path = "../tests/front/site.rs"]
mod site;

use std::fs;
use std::time::{Duration, Instant};

use app::{authorize, redeem, refresh};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use browser::Browser;
use journeyman_server::{Clock, Extras, Server};

const MEMBER: &str = "B2C_1A_Member";
const PASSWORD: &str = "Correct-horse-1";
const SIGN_INS: u32 = 60;
const FLOWS: u32 = 1500;

#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut config = site::config();
    config.public_urls = vec!["https://localhost:4000".parse().expect("a URL")];
    config.development = false;
    config.sandbox = false;
    config.outbound = Default::default();
    config.database.url = format!("sqlite://{}", folder.path().join("bench.db").display());
    let server = Server::start_with(config, Clock::system(), Extras::default()).await.expect("the server starts");

    let hash = each(SIGN_INS, hashes(SIGN_INS));
    let signature = each(FLOWS, signatures(FLOWS));
    println!("limits: a hash {}, a signature {}", shown(hash), shown(signature));

    let mut browser = Browser::new(&server);
    join(&mut browser).await;
    let started = Meter::start();
    for _ in 0..SIGN_INS {
        sign_in(&mut browser).await;
    }
    report("password sign-in, whole code flow", hash, &started, SIGN_INS, "of the hash rate; the budget is 90 %");

    let started = Meter::start();
    for _ in 0..FLOWS {
        session_flow(&mut browser, "openid").await;
    }
    report("code flow on a session, ID token", signature, &started, FLOWS, "of the signing rate; the budget is 70 %");

    let scope = "openid offline_access web";
    let mut token = session_flow(&mut browser, scope).await;
    let started = Meter::start();
    for _ in 0..FLOWS {
        let answer = refresh(&mut browser, MEMBER, &token).await.json();
        token = answer["refresh_token"].as_str().expect("a new refresh token").to_owned();
    }
    let two = signature * 2;
    report("refresh through the policy's journey, two tokens", two, &started, FLOWS, "of the signing rate");
}

async fn join(browser: &mut Browser) {
    let door = browser.open(&authorize(MEMBER, &[])).await.page();
    let page = browser.link(&door, "unified", &[("local", "signup")]).await.page();
    let fields = [("loginName", "ann"), ("password", PASSWORD), ("nickname", "Ann")];
    assert_eq!(browser.submit(&page, &fields).await["status"], "200");
    browser.confirmed(&page).await;
}

/// Signs in as a browser that was never here.
async fn sign_in(browser: &mut Browser) {
    browser.cookies.clear();
    let page = browser.open(&authorize(MEMBER, &[("scope", "openid")])).await.page();
    let accepted = browser.submit(&page, &[("loginName", "ann"), ("password", PASSWORD)]).await;
    assert_eq!(accepted["status"], "200", "{accepted}");
    let end = browser.confirmed(&page).await;
    let answer = redeem(browser, MEMBER, &end.to_app()["code"]).await.json();
    assert!(answer["id_token"].is_string(), "{answer}");
}

async fn session_flow(browser: &mut Browser, scope: &str) -> String {
    let end = browser.open(&authorize(MEMBER, &[("scope", scope)])).await;
    let answer = redeem(browser, MEMBER, &end.to_app()["code"]).await.json();
    assert!(answer["id_token"].is_string(), "{answer}");
    answer["refresh_token"].as_str().unwrap_or_default().to_owned()
}

/// CPU time of so many hashes with the parameters of accounts, their memory reused.
fn hashes(count: u32) -> Duration {
    let params = Params::new(19 * 1024, 2, 1, None).expect("OWASP's parameters");
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut memory = vec![Block::default(); argon2.params().block_count()];
    let started = Meter::start();
    for _ in 0..count {
        let mut out = [0; 32];
        argon2
            .hash_password_into_with_memory(PASSWORD.as_bytes(), b"sixteen bytes ok", &mut out, &mut memory)
            .expect("a hash");
        std::hint::black_box(out);
    }
    started.cpu()
}

/// CPU time of so many RSA-2048 signatures with one loaded key.
fn signatures(count: u32) -> Duration {
    let key = RsaKeyPair::generate(KeySize::Rsa2048).expect("a key");
    let random = SystemRandom::new();
    let mut signature = vec![0; key.public_modulus_len()];
    let started = Meter::start();
    for _ in 0..count {
        key.sign(&RSA_PKCS1_SHA256, &random, b"header.payload", &mut signature).expect("a signature");
        std::hint::black_box(&signature);
    }
    started.cpu()
}

fn each(count: u32, whole: Duration) -> Duration {
    whole / count
}

fn report(what: &str, limit: Duration, started: &Meter, count: u32, budget: &str) {
    let (cpu, wall) = (started.cpu() / count, started.wall() / count);
    let share = 100.0 * limit.as_secs_f64() / cpu.as_secs_f64();
    println!("{what}: {} of CPU, {} from start to end: {share:.0} % {budget}", shown(cpu), shown(wall));
}

fn shown(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1000.0)
}

/// CPU and wall-clock time since its start.
struct Meter {
    wall: Instant,
    cpu: Duration,
}

impl Meter {
    fn start() -> Self {
        Self { wall: Instant::now(), cpu: process_cpu() }
    }

    fn cpu(&self) -> Duration {
        process_cpu() - self.cpu
    }

    fn wall(&self) -> Duration {
        self.wall.elapsed()
    }
}

/// User and system time of all threads of this process, in the kernel's ticks of 10 ms.
fn process_cpu() -> Duration {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux tells CPU times there");
    let after_name = stat.rsplit(')').next().expect("the name ends with a parenthesis");
    let fields: Vec<u64> = after_name.split_whitespace().map(|field| field.parse().unwrap_or(0)).collect();
    Duration::from_millis(10 * (fields[11] + fields[12]))
}
