//! Coarse throttling by address: keeps one machine from taking the whole server. What protects an account is counted in
//! the store.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::front::client_address::ClientAddress;
use crate::front::fault::Fault;
use crate::front::site::Site;

/// Requests a second that one address may keep up.
const SUSTAINED: NonZeroU32 = NonZeroU32::new(50).expect("not zero");
/// Requests that it may send at once.
const BURST: NonZeroU32 = NonZeroU32::new(1_000).expect("not zero");

/// Requests by address. Those of this machine are not counted.
#[derive(Debug)]
pub(crate) struct Throttle {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
}

impl Throttle {
    pub(crate) fn new() -> Self {
        Self { limiter: RateLimiter::keyed(Quota::per_second(SUSTAINED).allow_burst(BURST)) }
    }

    fn allows(&self, address: IpAddr) -> bool {
        address.is_loopback() || address.is_unspecified() || self.limiter.check_key(&network(address)).is_ok()
    }

    /// Forgets addresses that have been quiet.
    pub(crate) fn tidy(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

/// A machine has a whole IPv6 network to choose addresses from.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(whole) => {
            let [a, b, c, d, ..] = whole.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

/// Refuses requests of an address that sends too many.
pub(crate) async fn layer(
    State(site): State<Arc<Site>>,
    client: ClientAddress,
    request: Request,
    next: Next,
) -> Response {
    if site.throttle.allows(client.0) {
        return next.run(request).await;
    }
    let status = StatusCode::TOO_MANY_REQUESTS;
    let mut response = Fault::own(status, "throttled_title", "throttled").into_response();
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
    response
}

#[cfg(test)]
mod tests {
    use super::{BURST, Throttle};

    #[test]
    fn an_address_is_stopped_after_its_burst_and_others_are_not() {
        let throttle = Throttle::new();
        let (noisy, neighbour) = ("2001:db8::1".parse().expect("ip"), "2001:db8::2".parse().expect("ip"));
        let allowed = (0..BURST.get() + 200).filter(|_| throttle.allows(noisy)).count();
        assert!((BURST.get() as usize..BURST.get() as usize + 200).contains(&allowed), "{allowed}");
        assert!(!throttle.allows(neighbour), "an IPv6 network counts as one");
        assert!(throttle.allows("203.0.113.9".parse().expect("ip")));
        assert!((0..5_000).all(|_| throttle.allows("127.0.0.1".parse().expect("ip"))));
    }
}
