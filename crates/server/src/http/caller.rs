//! Who sends a request, and from where.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, header};
use domain::Actor;

use crate::App;
use crate::auth::AuthError;
use crate::gate::Holder;
use crate::listen::Place;
use crate::settings::Class;

/// The other end of a connection. Its place among the connections is free again when the last copy is dropped, also
/// where a connection goes on as a websocket.
#[derive(Clone, Debug)]
pub struct Peer {
    /// Its address.
    pub address: SocketAddr,
    /// Its place.
    pub place: Arc<Place>,
}

/// Where proxies say for whom they ask.
const FORWARDED: &str = "x-forwarded-for";

/// Whoever sends a request.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    /// Who it is, if they said so.
    pub(super) actor: Option<Actor>,
    /// The second since 1970 when that ends.
    pub(super) expires_at: Option<i64>,
    /// Whose counts the request goes on.
    pub(super) holder: Holder,
    /// What was shown, to be looked at again while something lasts.
    pub(super) headers: HeaderMap,
    /// The other end of the connection.
    pub(super) peer: Option<Peer>,
}

impl Caller {
    /// Finds out who sends these headers.
    pub(super) async fn of(app: &App, headers: &HeaderMap, peer: Option<&Peer>) -> Result<Self, AuthError> {
        let identity = app.auth.identify(headers, &app.store).await?;
        let address = origin(headers, peer.map(|peer| peer.address.ip()), &app.gate.settings().http.trusted_proxies);
        let expires_at = identity.as_ref().map(|identity| identity.expires_at);
        let actor = identity.map(|identity| identity.actor);
        let mut shown = HeaderMap::new();
        for name in [header::AUTHORIZATION, HeaderName::from_static(FORWARDED)] {
            for value in headers.get_all(&name) {
                shown.append(name.clone(), value.clone());
            }
        }
        let holder = Holder::of(actor.as_ref(), address);
        Ok(Self { actor, expires_at, holder, headers: shown, peer: peer.cloned() })
    }

    /// Their limits.
    pub(super) fn class<'a>(&self, app: &'a App) -> &'a Class {
        app.gate.class(self.actor.as_ref())
    }
}

/// Where a request comes from: the nearest address that is no proxy of ours. What stands before it in the header may be
/// anything.
fn origin(headers: &HeaderMap, peer: Option<IpAddr>, proxies: &[ipnet::IpNet]) -> IpAddr {
    let mut address = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let trusted = |address: &IpAddr| proxies.iter().any(|proxy| proxy.contains(&address.to_canonical()));
    let forwarded: Vec<&str> = headers
        .get_all(FORWARDED)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for before in forwarded.into_iter().rev() {
        let (true, Some(before)) = (trusted(&address), read(before.trim())) else { break };
        address = before;
    }
    address
}

/// An address, with or without a port.
fn read(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip());
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().or_else(|_error| with_port()).ok().or_else(bracketed)
}

/// Whether a web page may ask, by its origin: those of the service itself, and those that the operator names.
pub(super) fn origin_allowed(app: &App, headers: &HeaderMap) -> bool {
    // Whoever is no browser sends none.
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let origin = origin.to_str().unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let own =
        ["http://", "https://"].iter().any(|scheme| origin.strip_prefix(scheme) == Some(host)) && !host.is_empty();
    own || app.gate.settings().http.origins.iter().any(|one| one == origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_tells_where_a_request_comes_from() {
        let peer = |address: &str| address.parse::<SocketAddr>().unwrap().ip();
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        let of = |from: &str, said: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for one in said {
                headers.append("x-forwarded-for", one.parse().unwrap());
            }
            origin(&headers, Some(peer(from)), &proxies).to_string()
        };
        assert_eq!(of("192.0.2.1:1", &[]), "192.0.2.1");
        assert_eq!(of("192.0.2.1:1", &["198.51.100.7"]), "192.0.2.1", "anybody can say that");
        assert_eq!(of("10.0.0.1:1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(of("10.0.0.1:1", &["203.0.113.9, 198.51.100.7", "10.0.0.2"]), "198.51.100.7");
        assert_eq!(of("10.0.0.1:1", &["198.51.100.7:4711"]), "198.51.100.7");
        assert_eq!(of("10.0.0.1:1", &["[2001:db8::7]"]), "2001:db8::7");
        assert_eq!(of("10.0.0.1:1", &["nonsense"]), "10.0.0.1");
    }
}
