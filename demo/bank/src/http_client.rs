//! The HTTP client through which the OpenID Connect library reaches the engine: no redirects, bounded time and size.

use std::{future::Future, pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use url::{Host, Url};

/// Metadata, keys and token answers are a few kilobytes; more is a mistake or an attack.
const LARGEST_ANSWER: usize = 256 * 1024;

/// The client of the back channel.
pub(crate) struct HttpClient(reqwest::Client);

/// Why the engine could not be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpError {
    /// It did not answer.
    #[error("the engine did not answer")]
    Transport(#[from] reqwest::Error),
    /// It answered too much.
    #[error("the engine's answer is too large")]
    TooLarge,
    /// The answer could not be handed on.
    #[error("the engine's answer is malformed")]
    Malformed(#[from] http::Error),
}

impl HttpClient {
    /// A client for one host, that follows no redirect and gives up after ten seconds.
    pub(crate) fn new(engine: &Url) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(10));
        // A proxy of the environment does not know what listens on this machine.
        let client = if is_this_machine(engine) { client.no_proxy() } else { client };
        client.build().map(Self)
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut response = self.0.execute(request.try_into()?).await?;
        let mut answer = http::Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(answer.body(body)?)
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl<'c> AsyncHttpClient<'c> for HttpClient {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}
