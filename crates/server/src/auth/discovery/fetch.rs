//! Asks an issuer for its keys: two small documents, from addresses that are checked first. It keeps nothing and does
//! not know what is done with the keys.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, Response, StatusCode, Url};
use serde::Deserialize;

/// Both documents must be there by then.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of the longest document.
pub(in crate::auth) const MAX_BYTES: usize = 64 * 1024;

pub(super) struct Fetcher {
    client: Client,
    /// Whether the issuer is on this machine.
    local: bool,
}

/// The part of the issuer's description that matters here.
#[derive(Deserialize)]
struct Description {
    issuer: String,
    jwks_uri: String,
}

impl Fetcher {
    pub(super) fn new(issuer: &str, certificates: Option<Vec<Certificate>>) -> Result<Self, String> {
        let url = Url::parse(issuer).map_err(|error| error.to_string())?;
        let (local, plain) = (loopback(&url), url.scheme() == "http");
        let builder = Client::builder()
            .user_agent(concat!("phoihop/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .timeout(TIMEOUT)
            .no_proxy();
        let builder = match certificates {
            Some(certificates) => builder.tls_certs_merge(certificates),
            // Nothing to verify, so nothing fails on a machine without certificates.
            None if plain => builder.tls_certs_only([]),
            None => builder,
        };
        let client = builder.build().map_err(|error| error.to_string())?;
        Ok(Self { client, local })
    }

    /// The issuer's set of keys as it stands there.
    pub(super) async fn keys(&self, issuer: &str) -> Result<Vec<u8>, &'static str> {
        tokio::time::timeout(TIMEOUT, self.both(issuer)).await.unwrap_or(Err("it took too long"))
    }

    async fn both(&self, issuer: &str) -> Result<Vec<u8>, &'static str> {
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let address = Url::parse(&address).ok().ok_or("its address is none")?;
        let description = self.get(address).await?;
        let description: Description =
            serde_json::from_slice(&description).ok().ok_or("its description is not what it should be")?;
        // Otherwise somebody else's description, and keys, could be passed off as the issuer's.
        if description.issuer != issuer {
            return Err("its description names another issuer");
        }
        let keys = Url::parse(&description.jwks_uri).ok().filter(|url| self.allows(url));
        self.get(keys.ok_or("the address of its keys is not one that may be asked")?).await
    }

    /// Keys come encrypted, unless issuer and keys are both on this machine; nobody from outside may point inside.
    fn allows(&self, url: &Url) -> bool {
        if self.local { secure(url) } else { url.scheme() == "https" && !here(url) }
    }

    async fn get(&self, url: Url) -> Result<Vec<u8>, &'static str> {
        let response = self.client.get(url).send().await.ok().ok_or("it does not answer")?;
        if response.status() != StatusCode::OK {
            return Err("its answer is not 200");
        }
        bounded(response).await
    }
}

/// Stops reading when there is too much, whatever the length was said to be.
async fn bounded(mut response: Response) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.ok().ok_or("its answer broke off")? {
        if bytes.len() + chunk.len() > MAX_BYTES {
            return Err("its answer is too long");
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Whether what comes from there can be trusted: it is encrypted, or never leaves this machine.
pub(in crate::auth) fn secure(url: &Url) -> bool {
    match url.scheme() {
        "https" => true,
        "http" => loopback(url),
        _ => false,
    }
}

fn loopback(url: &Url) -> bool {
    let host = host(url);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether it may well be this machine: other ways of writing so are not taken for secure, but neither for elsewhere.
fn here(url: &Url) -> bool {
    let host = host(url);
    let name = host.trim_end_matches('.');
    let mapped = host.parse::<IpAddr>().map(|address| address.to_canonical());
    name == "localhost"
        || name.ends_with(".localhost")
        || mapped.is_ok_and(|address| address.is_loopback() || address.is_unspecified())
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_asked() {
        let may = |issuer: &str, keys: &str| Fetcher::new(issuer, None).unwrap().allows(&Url::parse(keys).unwrap());
        let (far, near) = ("https://sso.example.vn", "http://127.0.0.1:8088");
        for keys in ["https://keys.example.vn/k", "https://sso.example.vn:8443/k"] {
            assert!(may(far, keys) && may(near, keys), "{keys}");
        }
        for keys in ["http://127.0.0.1:8088/k", "http://127.9.9.9/k", "http://[::1]/k", "https://localhost/k"] {
            assert!(!may(far, keys) && may(near, keys), "{keys}");
        }
        let nowhere =
            ["http://sso.example.vn/k", "http://0.0.0.0/k", "http://localhost./k", "ftp://127.0.0.1/k", "file:///k"];
        for keys in nowhere {
            assert!(!may(far, keys) && !may(near, keys), "{keys}");
        }
        for keys in
            ["https://0.0.0.0/k", "https://[::ffff:127.0.0.1]/k", "https://a.localhost/k", "https://localhost./k"]
        {
            assert!(!may(far, keys), "{keys}");
        }
    }
}
