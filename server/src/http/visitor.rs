//! Where a request comes from, also behind a reverse proxy.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, header};
use workflows::auth::Visitor;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The proxies whose word about addresses is believed.
#[derive(Clone, Default)]
pub struct Proxies(Arc<[IpAddr]>);

impl FromIterator<IpAddr> for Proxies {
    fn from_iter<I: IntoIterator<Item = IpAddr>>(addresses: I) -> Self {
        Self(addresses.into_iter().map(|address| address.to_canonical()).collect())
    }
}

/// Puts the [`Visitor`] into the request's extensions.
pub async fn note(State(proxies): State<Proxies>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let address = proxies.address_of(peer, request.headers());
    let user_agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let user_agent = user_agent.unwrap_or_default().to_owned();
    request.extensions_mut().insert(Visitor { address, user_agent });
    next.run(request).await
}

impl Proxies {
    /// Proxies append the address that they were called from, so the list is read from its end: the first that is no
    /// proxy of ours is who asks. What stands before it was written by somebody we do not know.
    fn address_of(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let forwarded = headers.get_all(X_FORWARDED_FOR).into_iter().filter_map(|line| line.to_str().ok());
        let forwarded: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
        let mut address = peer.to_canonical();
        for text in forwarded.into_iter().rev() {
            if !self.0.contains(&address) {
                break;
            }
            let Ok(before) = text.parse::<IpAddr>() else { break };
            address = before.to_canonical();
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address_of(peer: &str, forwarded: &str) -> String {
        let proxies: Proxies = ["127.0.0.1", "10.0.0.2"].map(|address| address.parse().unwrap()).into_iter().collect();
        let mut headers = HeaderMap::new();
        headers.insert(X_FORWARDED_FOR, forwarded.parse().unwrap());
        proxies.address_of(peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn a_proxy_of_ours_is_believed() {
        assert_eq!(address_of("127.0.0.1", "203.0.113.9"), "203.0.113.9");
        assert_eq!(address_of("127.0.0.1", "203.0.113.9, 10.0.0.2"), "203.0.113.9");
        assert_eq!(address_of("::ffff:127.0.0.1", "203.0.113.9"), "203.0.113.9");
    }

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        assert_eq!(address_of("198.51.100.7", "203.0.113.9"), "198.51.100.7");
        assert_eq!(address_of("127.0.0.1", "1.2.3.4, 198.51.100.7"), "198.51.100.7");
        assert_eq!(address_of("127.0.0.1", "nonsense"), "127.0.0.1");
    }
}
