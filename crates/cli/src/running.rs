//! What the commands that go on running share: listening where they say, serving until they are asked to stop, and a log.

use std::future::Future;
use std::io::{ErrorKind, IsTerminal};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing_subscriber::EnvFilter;

use crate::Failure;

/// How long requests that are being answered may take once everything is asked to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Runs a command that waits.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::Output)?;
    runtime.block_on(work)
}

/// Writes the log to standard error: `RUST_LOG` says what, otherwise `default` does.
pub(crate) fn log(default: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
}

/// Listens on this machine alone. With `both`, also by the newer protocol where the machine has it: a browser may try
/// either for `localhost`.
pub(crate) async fn listen(port: u16, both: bool) -> Result<Vec<TcpListener>, Failure> {
    let mut listeners = vec![bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?];
    if both && let Ok(listener) = TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await {
        listeners.push(listener);
    }
    Ok(listeners)
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| Failure::Failed(cannot_listen(address, &error)))
}

/// Why nobody can be heard there, and what to do.
pub(crate) fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> String {
    let port = address.port();
    match error.kind() {
        ErrorKind::AddrInUse => format!("port {port} is taken: something else listens on {address}"),
        ErrorKind::PermissionDenied => format!("port {port} may not be used by this user"),
        _ => format!("cannot listen on {address}: {error}"),
    }
}

/// Servers that run side by side and stop together.
pub(crate) struct Servers {
    stop: watch::Sender<bool>,
    tasks: JoinSet<std::io::Result<()>>,
}

impl Servers {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self { stop: watch::Sender::new(false), tasks: JoinSet::new() }
    }

    /// Done when everything shall stop.
    pub(crate) fn stopping(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stop = self.stop.subscribe();
        async move {
            // An error means that nobody is left who could ask: that is a reason to stop, too.
            let _ = stop.wait_for(|stop| *stop).await;
        }
    }

    /// Runs one.
    pub(crate) fn run(&mut self, server: impl Future<Output = std::io::Result<()>> + Send + 'static) {
        self.tasks.spawn(server);
    }

    /// Waits until somebody asks to stop, or a server ends by itself; then lets all finish what they are doing.
    pub(crate) async fn until_asked(mut self, asked: impl Future<Output = ()>) -> Result<(), Failure> {
        let ended = tokio::select! {
            () = asked => None,
            ended = self.tasks.join_next() => ended,
        };
        self.stop.send_replace(true);
        let finish = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, finish).await.is_err() {
            self.tasks.shutdown().await;
        }
        match ended {
            None | Some(Ok(Ok(()))) => Ok(()),
            Some(Ok(Err(error))) => Err(Failure::Failed(format!("a server stopped: {error}"))),
            Some(Err(panicked)) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }
}

/// Requests to stop, by the user (Ctrl-C) or the system. Whoever says that it is ready listens before, or a request that
/// comes at once would end the process instead.
pub(crate) struct StopRequests {
    #[cfg(unix)]
    interrupts: Signal,
    #[cfg(unix)]
    terminations: Signal,
}

impl StopRequests {
    /// Listens from now on.
    pub(crate) fn listen() -> Self {
        Self {
            #[cfg(unix)]
            interrupts: signal(SignalKind::interrupt()),
            #[cfg(unix)]
            terminations: signal(SignalKind::terminate()),
        }
    }

    /// Done when there is one.
    pub(crate) async fn next(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupts.recv() => {}
            _ = self.terminations.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}

/// Requests to read everything anew: SIGHUP, where there is such a thing.
pub(crate) struct ReloadRequests {
    #[cfg(unix)]
    hangups: Signal,
}

impl ReloadRequests {
    /// Listens from now on.
    pub(crate) fn listen() -> Self {
        Self {
            #[cfg(unix)]
            hangups: signal(SignalKind::hangup()),
        }
    }

    /// Done when there is one.
    pub(crate) async fn next(&mut self) {
        #[cfg(unix)]
        self.hangups.recv().await;
        #[cfg(not(unix))]
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
fn signal(kind: SignalKind) -> Signal {
    tokio::signal::unix::signal(kind).expect("the runtime handles signals, and these may be caught")
}
