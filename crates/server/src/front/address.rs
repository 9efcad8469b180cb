//! Where a request is addressed: the tenant and policy that its path or query names, in the form that was asked for.
//!
//! Addresses that are given out are of the same form, on a configured public URL; the `Host` header only chooses among
//! those.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, OriginalUri, Path, Query};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::http::request::Parts;
use journeyman_engine::Program;
use journeyman_oidc::{Endpoints, UrlStyle};
use url::Url;

use crate::config::Config;
use crate::front::browser::Transport;
use crate::front::fault::Fault;
use crate::front::site::Site;
use crate::tenants::Tenant;

/// A tenant and a policy, as addressed.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    /// The tenant.
    pub(crate) tenant: Arc<Tenant>,
    /// The policy as it is served now.
    pub(crate) program: Arc<Program>,
    /// The public URL that the browser uses.
    pub(crate) public: Url,
    /// The tenant as the request wrote it.
    tenant_segment: String,
    /// The policy as the request wrote it.
    policy_segment: String,
    style: UrlStyle,
}

impl Address {
    /// `/{tenant}/{policy}` as asked for, `/tfp` in front if it was there: a path.
    pub(crate) fn base(&self) -> String {
        let tfp = if self.style == UrlStyle::Tfp { "/tfp" } else { "" };
        format!("{tfp}/{}/{}", self.tenant_segment, self.policy_segment)
    }

    /// The policy's id as the policy writes it.
    pub(crate) fn policy(&self) -> &str {
        self.program.policy().id.as_str()
    }

    /// Whether cookies can be protected.
    pub(crate) fn transport(&self) -> Transport {
        if self.public.scheme() == "https" { Transport::Https } else { Transport::Http }
    }

    /// The policy's addresses, in the form that was asked for.
    pub(crate) fn endpoints(&self) -> Endpoints {
        Endpoints::new(self.public.as_str(), self.style, &self.tenant_segment, self.policy())
    }

    /// Finds tenant and policy by what a path or query wrote.
    pub(crate) fn find(site: &Site, headers: &HeaderMap, tenant: &str, policy: &str) -> Result<Self, Fault> {
        let served = site.tenants.served();
        let nothing = || Fault::not_found("nothing_policy");
        let found = served.tenant(tenant).ok_or_else(nothing)?;
        let program = found.program(policy).ok_or_else(nothing)?;
        Ok(Self {
            tenant: Arc::clone(found),
            program: Arc::clone(program),
            public: public_url(&site.config, headers).clone(),
            tenant_segment: tenant.to_owned(),
            policy_segment: policy.to_owned(),
            style: UrlStyle::Path,
        })
    }
}

impl FromRequestParts<Arc<Site>> for Address {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Fault> {
        let unreadable = |_| Fault::malformed();
        let Path(path) =
            Path::<HashMap<String, String>>::from_request_parts(parts, site).await.map_err(|_| Fault::malformed())?;
        let Query(query) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map_err(unreadable)?;
        let tenant = path.get("tenant").map(String::as_str).unwrap_or_default();
        let in_query = query.iter().find(|(name, _)| name == "p").map(|(_, policy)| policy.as_str());
        let in_path = path.get("policy").map(String::as_str);
        let Some(policy) = in_path.or(in_query) else {
            return Err(Fault::not_found("nothing_named"));
        };
        let whole = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
        let address = Self::find(site, &parts.headers, tenant, policy)?;
        let style = match in_path {
            None => UrlStyle::Query,
            Some(_) if whole.path().starts_with("/tfp/") => UrlStyle::Tfp,
            Some(_) => UrlStyle::Path,
        };
        Ok(Self { style, ..address })
    }
}

/// The configured public URL that the request came by; the first one where it names none of them.
pub(crate) fn public_url<'a>(config: &'a Config, headers: &HeaderMap) -> &'a Url {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let named = config.public_urls.iter().find(|url| {
        host.is_some_and(|host| {
            let plain = url.host_str().unwrap_or_default();
            let with_port = format!("{plain}:{}", url.port_or_known_default().unwrap_or_default());
            host.eq_ignore_ascii_case(&with_port) || (url.port().is_none() && host.eq_ignore_ascii_case(plain))
        })
    });
    named.unwrap_or(&config.public_urls[0])
}
