//! Where a request came from: the peer, or what a trusted proxy says.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;

use crate::front::site::Site;

/// The address of whoever sent a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl ClientAddress {
    /// `peer` is who connected.
    pub(crate) fn of(peer: Option<SocketAddr>, headers: &HeaderMap, trusted: &[IpNet]) -> Self {
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
        let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
        if !is_trusted(&peer) {
            return Self(peer);
        }
        // The last entry is what the nearest proxy saw: entries before the first one that we do not trust are hearsay.
        let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
        let mut seen = lines.iter().flat_map(|line| line.split(',')).map(|entry| entry.trim().parse::<IpAddr>());
        let mut nearest = peer;
        while let Some(Ok(address)) = seen.next_back() {
            nearest = address.to_canonical();
            if !is_trusted(&nearest) {
                break;
            }
        }
        Self(nearest)
    }
}

impl FromRequestParts<Arc<Site>> for ClientAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| *peer);
        Ok(Self::of(peer, &parts.headers, &site.config.trusted_proxies))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::ClientAddress;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let trusted = ["10.0.0.0/8".parse().expect("a network")];
        let cases = [
            ("203.0.113.9:1", "198.51.100.1", "203.0.113.9"),
            ("10.0.0.1:1", "198.51.100.1", "198.51.100.1"),
            ("10.0.0.1:1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
            ("10.0.0.1:1", "198.51.100.1, 10.0.0.7", "198.51.100.1"),
            ("10.0.0.1:1", "6.6.6.6, nonsense", "10.0.0.1"),
            ("[::ffff:10.0.0.1]:1", "2001:db8::1", "2001:db8::1"),
        ];
        for (peer, forwarded, expected) in cases {
            let headers = HeaderMap::from_iter([(
                "x-forwarded-for".parse().expect("a name"),
                forwarded.parse().expect("a value"),
            )]);
            let found = ClientAddress::of(peer.parse().ok(), &headers, &trusted);
            assert_eq!(found.0.to_string(), expected, "{peer} {forwarded}");
        }
    }
}
