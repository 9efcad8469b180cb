//! `journeyman serve`: a real server, strict. A policy that cannot be served stops it from starting.

use std::io::Write;
use std::path::PathBuf;

use journeyman_server::{Clock, Config, Server, StartError};

use crate::Failure;
use crate::report::{self, Detail, Report};
use crate::running::{self, ReloadRequests, Servers, StopRequests};

/// Arguments of `serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The configuration
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

/// Serves until it is asked to stop. On Unix, SIGHUP compiles the policies anew.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    if !args.config.is_file() {
        return Err(Failure::Usage(format!("there is no file {}", args.config.display())));
    }
    running::log("info");
    let config = Config::load(&args.config).map_err(|error| Failure::Failed(error.to_string()))?;
    running::block_on(serve(config, out))
}

async fn serve(config: Config, out: &mut impl Write) -> Result<(), Failure> {
    let address = config.listen;
    let urls: Vec<_> = config.public_urls.iter().map(|url| url.as_str().trim_end_matches('/').to_owned()).collect();
    let server = Server::start(config, Clock::system()).await.map_err(|error| Failure::Failed(error.to_string()))?;
    refuse_errors(&server, out)?;
    let listener = server.listen().await.map_err(|error| match error {
        StartError::Listen { address, reason } => Failure::Failed(running::cannot_listen(address, &reason)),
        error => Failure::Failed(error.to_string()),
    })?;
    let (mut stop, reload) = (StopRequests::listen(), ReloadRequests::listen());
    let mut servers = Servers::new();
    let (serving, stopping) = (server.clone(), servers.stopping());
    servers.run(async move { serving.serve(listener, stopping).await });
    writeln!(out, "listening on {address} for {}", urls.join(", "))?;
    out.flush()?;
    tokio::select! {
        ended = servers.until_asked(stop.next()) => ended,
        () = reload_when_asked(&server, reload) => Ok(()),
    }
}

/// Says everything about tenants with a policy that cannot be served.
fn refuse_errors(server: &Server, out: &mut impl Write) -> Result<(), Failure> {
    let served = server.served();
    let mut refused = served.tenants.iter().filter(|tenant| !tenant.refused.is_empty()).peekable();
    if refused.peek().is_none() {
        return Ok(());
    }
    for tenant in refused {
        let names: Vec<_> = tenant.refused.iter().map(|policy| format!("`{policy}`")).collect();
        writeln!(out, "{}", Report::new(&tenant.set, &tenant.findings).text(report::style(), Detail::Some))?;
        writeln!(out, "tenant {}: {} cannot be served", tenant.name, names.join(", "))?;
    }
    Err(Failure::Refused)
}

/// Never done. What is wrong is logged by the server; then all stays as it was.
async fn reload_when_asked(server: &Server, mut requests: ReloadRequests) {
    loop {
        requests.next().await;
        match server.reload().await {
            Ok(_) => tracing::info!("policies reloaded"),
            Err(error) => tracing::error!(%error, "policies not reloaded"),
        }
    }
}
