//! `journeyman demo`: engine, bank and sandbox in one process, on an embedded database and one clock.

mod data;
mod providers;
mod sets;
mod tenant;

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use jiff::SignedDuration;
use journeyman_bank::{Bank, BankConfig};
use journeyman_engine::effect::Secret;
use journeyman_oidc as oidc;
use journeyman_pages::HomeLink;
use journeyman_sandbox::{DEMO_SENDGRID_KEY, DEMO_SERVICE_SID, Sandbox, SandboxConfig, VerifyService};
use journeyman_server::config::{
    ClientConfig, Database, Delivery, HintConfig, KeyEncryption, Limits, Messages, MissingPolicyKeys, OutboundConfig,
};
use journeyman_server::{Clock, Config, Extras, Server};
use tokio::net::TcpListener;
use url::Url;

use crate::Failure;
use crate::report::{self, Detail, Report};
use crate::running::{self, Servers, StopRequests};
use data::Data;
use sets::Tenants;

/// The bank's registration with the engine.
const BANK_CLIENT: &str = "journeyman-bank";
/// What people call it.
const BANK_NAME: &str = "Marigold Bank";
/// The value of secrets that no stand-in asks for.
const OTHER_SECRETS: &str = "sandbox-secret-not-a-secret";
/// The longest life of a hint that the demo accepts.
const HINT_LIFE: SignedDuration = SignedDuration::from_mins(5);

/// Arguments of `demo`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Port of the engine; the bank has the next one, the inbox the one after that
    #[arg(long, value_name = "N", default_value_t = 4000, value_parser = clap::value_parser!(u16).range(1..=65533))]
    port: u16,
    /// Where data is kept between runs
    #[arg(long, value_name = "DIR", default_value = "journeyman-data")]
    data: PathBuf,
    /// Policy sets of yours, each served under the tenant that its files name
    #[arg(long, value_name = "DIR")]
    policies: Vec<PathBuf>,
}

/// Runs until it is asked to stop.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    // Refused policies are drawn below, with their places.
    running::log("warn,journeyman_server::tenants=off");
    running::block_on(demo(args, out))
}

async fn demo(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    let places = Places::from(args.port);
    // First of all, so that nothing is written where nothing can run.
    let doors = places.open().await?;
    let data = Data::open(&args.data)?;
    let tenants = Tenants::read(&data.tenant()?, &args.policies)?;
    let clock = Clock::system();
    let bank_secret = format!("{:032x}", rand::random::<u128>());

    let sandbox = sandbox(&places, &clock);
    let bank = bank(&places, &data, &tenants, &bank_secret, &clock);
    let config = config(&places, &data, &tenants, &bank_secret)?;
    let extras = Extras { links: places.links(), ..Extras::default() };
    let server = Server::start_with(config, clock, extras).await.map_err(failed)?;
    let bank = Bank::start(bank).await.map_err(failed)?;

    report(&server, &tenants, out)?;
    let mut stop = StopRequests::listen();
    let mut servers = Servers::new();
    for listener in doors.engine {
        let (server, stopping) = (server.clone(), servers.stopping());
        servers.run(async move { server.serve(listener, stopping).await });
    }
    serve(&mut servers, doors.bank, &bank.router());
    serve(&mut servers, doors.inbox, &sandbox.router());
    welcome(&places, &data, out)?;
    servers
        .until_asked(async {
            stop.next().await;
            sandbox.close();
        })
        .await
}

fn failed(error: impl std::error::Error) -> Failure {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    Failure::Failed(text)
}

fn secret(text: impl Into<String>) -> Secret {
    Secret::new(text)
}

fn serve(servers: &mut Servers, listeners: Vec<TcpListener>, router: &Router) {
    for listener in listeners {
        let serving = axum::serve(listener, router.clone()).with_graceful_shutdown(servers.stopping());
        servers.run(serving.into_future());
    }
}

/// Where everything is reached.
struct Places {
    port: u16,
    engine: Url,
    bank: Url,
    inbox: Url,
}

/// The listeners of each.
struct Doors {
    engine: Vec<TcpListener>,
    bank: Vec<TcpListener>,
    inbox: Vec<TcpListener>,
}

impl Places {
    /// The bank has another host name on purpose: cookies and SameSite behave as between sites.
    fn from(port: u16) -> Self {
        let url = |host: &str, port: u16| {
            Url::parse(&format!("http://{host}:{port}")).expect("an address of a host and a port parses")
        };
        Self {
            port,
            engine: url("localhost", port),
            bank: url("127.0.0.1", port + 1),
            inbox: url("localhost", port + 2),
        }
    }

    async fn open(&self) -> Result<Doors, Failure> {
        let taken = |failure| match failure {
            Failure::Failed(why) => Failure::Failed(format!(
                "{why}; the demo needs {}, {} and {}: choose three others with --port N",
                self.port,
                self.port + 1,
                self.port + 2
            )),
            other => other,
        };
        Ok(Doors {
            engine: running::listen(self.port, true).await.map_err(taken)?,
            bank: running::listen(self.port + 1, false).await.map_err(taken)?,
            inbox: running::listen(self.port + 2, true).await.map_err(taken)?,
        })
    }

    fn links(&self) -> Vec<HomeLink> {
        let link = |url: &Url, text: &str, description: &str| HomeLink {
            href: url.as_str().to_owned(),
            text: text.to_owned(),
            description: description.to_owned(),
        };
        vec![
            link(&self.bank, "Bank", "An application: sign up, send money, approve the payment."),
            link(&self.inbox, "Inbox", "Text messages and mail as they arrive."),
        ]
    }
}

fn sandbox(places: &Places, clock: &Clock) -> Sandbox {
    let moved = clock.clone();
    let config = SandboxConfig {
        advance_clock: Some(Arc::new(move |by| moved.advance(by))),
        services: vec![VerifyService { psd2_enabled: true, ..VerifyService::named(DEMO_SERVICE_SID, BANK_NAME) }],
        ..SandboxConfig::demo(places.inbox.clone(), clock.as_fn())
    };
    Sandbox::new(config)
}

fn bank(places: &Places, data: &Data, tenants: &Tenants, secret: &str, clock: &Clock) -> BankConfig {
    let own = tenants.own();
    BankConfig {
        public_url: places.bank.clone(),
        engine_url: places.engine.clone(),
        tenant_name: own.name().to_owned(),
        clock: clock.as_fn(),
        inbox_url: Some(places.inbox.clone()),
        ..BankConfig::new(own.id(), BANK_CLIENT, secret, data.folder().join("bank"))
    }
}

fn config(places: &Places, data: &Data, tenants: &Tenants, bank_secret: &str) -> Result<Config, Failure> {
    let sets = tenants.served.iter().flat_map(|tenant| tenant.sets());
    Ok(Config {
        public_urls: vec![places.engine.clone()],
        listen: ([127, 0, 0, 1], places.port).into(),
        trusted_proxies: Vec::new(),
        development: true,
        sandbox: true,
        database: Database { url: data.database() },
        key_encryption: KeyEncryption { current: data.key()?, previous: Vec::new() },
        tenants: tenants.served.iter().map(sets::Tenant::config).collect(),
        clients: vec![client(places, data, tenants, bank_secret)],
        policy_keys: Default::default(),
        missing_policy_keys: MissingPolicyKeys::Invent { secret: secret(OTHER_SECRETS) },
        limits: Limits::default(),
        messages: Some(Messages {
            from: "no-reply@journeyman.example".to_owned(),
            from_name: Some("Journeyman demo".to_owned()),
            delivery: Delivery::SendGrid { api_key: secret(DEMO_SENDGRID_KEY) },
        }),
        outbound: OutboundConfig {
            rewrite: providers::rewrites(sets, &places.inbox, &places.bank),
            ..OutboundConfig::default()
        },
        // The bank writes into a hint which request it is for.
        hints: HintConfig { longest_life: Some(HINT_LIFE), match_nonce: true, ..HintConfig::default() },
    })
}

fn client(places: &Places, data: &Data, tenants: &Tenants, bank_secret: &str) -> ClientConfig {
    let bank = bank(places, data, tenants, bank_secret, &Clock::system());
    let address = |text: String| oidc::RedirectUri::parse(&text).expect("the bank's own addresses are absolute");
    let kind = oidc::ClientKind::Confidential(vec![oidc::Secret::new(bank_secret)]);
    ClientConfig {
        tenant: tenants.own().name().to_owned(),
        name: BANK_NAME.to_owned(),
        client: oidc::Client {
            redirect_uris: vec![address(bank.redirect_uri())],
            logout_redirect_uris: vec![address(bank.post_logout_redirect_uri())],
            ..oidc::Client::new(BANK_CLIENT, kind)
        },
    }
}

/// Says what is wrong with policies, and that the others run.
fn report(server: &Server, tenants: &Tenants, out: &mut impl Write) -> Result<(), Failure> {
    for sentence in &tenants.unserved {
        writeln!(out, "{sentence}; it is not served\n")?;
    }
    for tenant in server.served().tenants.iter().filter(|tenant| report::has_errors(&tenant.findings)) {
        writeln!(out, "{}", Report::new(&tenant.set, &tenant.findings).text(report::style(), Detail::Some))?;
        let refused: Vec<_> = tenant.refused.iter().map(|policy| format!("`{policy}`")).collect();
        match refused[..] {
            [] => writeln!(out, "tenant {}: all policies run, up to what is not run yet\n", tenant.name)?,
            _ => writeln!(out, "tenant {}: the others run, but not {}\n", tenant.name, refused.join(", "))?,
        }
    }
    Ok(())
}

fn welcome(places: &Places, data: &Data, out: &mut impl Write) -> Result<(), Failure> {
    let plain = |url: &Url| url.as_str().trim_end_matches('/').to_owned();
    let (engine, bank, inbox) = (plain(&places.engine), plain(&places.bank), plain(&places.inbox));
    write!(
        out,
        "\
Journeyman is ready. It keeps its data in {}; Ctrl-C stops it.

  engine  {engine}
  bank    {bank}
  inbox   {inbox}

1. At the bank choose Sign up / Sign in, then sign up: the codes sent by mail and text arrive in the inbox.
2. Choose Send Money, fill in the form and continue: the text in the inbox names amount and payee.
3. Enter its code, then Confirm at the bank: the receipt shows what was paid. Try a wrong code, or Cancel, too.
4. At the engine choose Run now on any policy, and read the token that it issues.
",
        data.folder().display()
    )?;
    out.flush()?;
    Ok(())
}
