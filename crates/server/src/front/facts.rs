//! What a journey is told about the request that began it.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use journeyman_engine::effect::Secret;
use journeyman_engine::event::{ContextFacts, RequestFacts, TenantFacts};
use journeyman_engine::texts::Language;
use journeyman_oidc::{AuthorizationRequest, Prompt};

use crate::front::address::Address;
use crate::front::client_address::ClientAddress;

/// Languages of a browser that are looked at.
const MOST_LANGUAGES: usize = 10;

/// What the application asked for.
pub(crate) fn request(asked: &AuthorizationRequest, headers: &HeaderMap) -> RequestFacts {
    let prompt: Vec<&str> = asked.prompt.iter().copied().map(Prompt::as_str).collect();
    RequestFacts {
        client_id: asked.client_id.clone(),
        redirect_uri: asked.return_to.redirect_uri().as_str().to_owned(),
        scope: asked.scope.clone(),
        nonce: asked.nonce.clone(),
        prompt: (!prompt.is_empty()).then(|| prompt.join(" ")),
        login_hint: asked.login_hint.clone(),
        domain_hint: asked.domain_hint.clone(),
        max_age: asked.max_age.map(u64::from),
        languages: asked.ui_locales.iter().cloned().chain(languages(headers)).collect(),
        acr_values: asked.acr_values.clone(),
        resource: asked.resource.clone(),
        id_token_hint: asked.id_token_hint.as_ref().map(|hint| Secret::new(hint.expose())),
        parameters: asked.parameters.clone(),
    }
}

/// The tenant.
pub(crate) fn tenant(address: &Address) -> TenantFacts {
    TenantFacts { name: address.tenant.name.clone(), id: address.tenant.id.clone() }
}

/// Where the request came from.
pub(crate) fn context(address: &Address, client: ClientAddress, correlation_id: &str) -> ContextFacts {
    ContextFacts {
        correlation_id: correlation_id.to_owned(),
        host_name: address.public.host_str().unwrap_or_default().to_owned(),
        ip_address: client.0.to_string(),
        build: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// The language of pages that belong to no journey: `ui_locales`, else the browser's.
pub(crate) fn language(headers: &HeaderMap, ui_locales: &str) -> &'static Language {
    let asked: Vec<_> = ui_locales.split_whitespace().map(str::to_owned).collect();
    Language::asked_for(&[asked, languages(headers)].concat())
}

/// `Accept-Language`, best first.
fn languages(headers: &HeaderMap) -> Vec<String> {
    let line = headers.get(ACCEPT_LANGUAGE).and_then(|line| line.to_str().ok()).unwrap_or_default();
    let mut weighed: Vec<(f32, &str)> = line
        .split(',')
        .take(MOST_LANGUAGES)
        .filter_map(|entry| {
            let (tag, parameters) = entry.split_once(';').unwrap_or((entry, ""));
            let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse().ok())?;
            let tag = tag.trim();
            let plain =
                !tag.is_empty() && tag.len() <= 35 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            (plain && weight > 0.0).then_some((weight, tag))
        })
        .collect();
    weighed.sort_by(|one, other| other.0.total_cmp(&one.0));
    weighed.into_iter().map(|(_, tag)| tag.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;
    use axum::http::header::ACCEPT_LANGUAGE;

    use super::languages;

    #[test]
    fn languages_come_by_weight() {
        let cases = [
            ("de", vec!["de"]),
            ("en;q=0.5, de-CH, fr;q=0.9", vec!["de-CH", "fr", "en"]),
            ("*, en;q=0", vec![]),
            ("<script>, en;q=x", vec![]),
        ];
        for (line, expected) in cases {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, line.parse().expect("a header"))]);
            assert_eq!(languages(&headers), expected, "{line}");
        }
    }
}
