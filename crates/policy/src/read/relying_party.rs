//! `RelyingParty`: the entry journey, its endpoints, how sessions and pages behave, and what applications get.

use journeyman_claims::Name;

use super::{profiles, text_or_empty};
use crate::document::RelyingPartyLayer;
use crate::model::{Behaviors, JourneyInsights, SsoScope};
use crate::source::Spanned;
use crate::xml::{Node, Reader, child, items, trimmed};

pub(super) fn read(reader: &mut Reader<'_>, node: Node<'_>) -> RelyingPartyLayer {
    let profile = child(node, "TechnicalProfile");
    let behaviors = child(node, "UserJourneyBehaviors");
    RelyingPartyLayer {
        span: reader.span(node),
        default_journey: child(node, "DefaultUserJourney").and_then(|node| reader.need_reference(node, "ReferenceId")),
        endpoints: items(node, "Endpoints", "Endpoint")
            .filter_map(|item| {
                Some((reader.attr(item, "Id")?, reader.attr(item, "UserJourneyReferenceId").and_then(trimmed)?))
            })
            .collect(),
        behaviors: behaviors.map(|node| read_behaviors(reader, node)).unwrap_or_default(),
        profile_id: profile
            .and_then(|node| reader.reference(node, "Id"))
            .map_or_else(|| Name::new("PolicyProfile"), |id| id.value),
        // Without a profile the element itself stands in: its other children mean nothing to a profile.
        profile: profiles::parts(reader, profile.unwrap_or(node), None),
    }
}

fn read_behaviors(reader: &mut Reader<'_>, node: Node<'_>) -> Behaviors {
    let mut behaviors = Behaviors::default();
    if let Some(sso) = child(node, "SingleSignOn") {
        single_sign_on(reader, sso, &mut behaviors);
    }
    if let Some(expiry) = reader.child_text(node, "SessionExpiryType") {
        behaviors.absolute_expiry =
            reader.choice(&expiry, &[("Rolling", false), ("Absolute", true)]).unwrap_or_default();
    }
    if let Some(seconds) = reader.child_text(node, "SessionExpiryInSeconds") {
        behaviors.session_seconds = reader.number(&seconds).unwrap_or(behaviors.session_seconds);
    }
    behaviors.content_parameters = items(node, "ContentDefinitionParameters", "Parameter")
        .filter_map(|item| {
            let name = reader.attr(item, "Name")?.value;
            let text = text_or_empty(reader, item);
            Some((name, Spanned::new(text.value.trim().to_owned(), text.span)))
        })
        .collect();
    behaviors.framing = child(node, "JourneyFraming").and_then(|node| framing(reader, node));
    if let Some(scripts) = reader.child_text(node, "ScriptExecution") {
        behaviors.allow_scripts = reader.choice(&scripts, &[("Allow", true), ("Disallow", false)]).unwrap_or_default();
    }
    behaviors.journey_insights = child(node, "JourneyInsights").map(|node| JourneyInsights {
        span: reader.span(node),
        instrumentation_key: reader.attr(node, "InstrumentationKey").map(|key| key.value).unwrap_or_default(),
        developer_mode: reader.flag(node, "DeveloperMode").unwrap_or_default(),
        client_enabled: reader.flag(node, "ClientEnabled").unwrap_or_default(),
        server_enabled: reader.flag(node, "ServerEnabled").unwrap_or_default(),
    });
    behaviors
}

fn single_sign_on(reader: &mut Reader<'_>, node: Node<'_>, behaviors: &mut Behaviors) {
    const SCOPES: &[(&str, SsoScope)] = &[
        ("Suppressed", SsoScope::Suppressed),
        ("TrustFramework", SsoScope::TrustFramework),
        ("Tenant", SsoScope::Tenant),
        ("Application", SsoScope::Application),
        ("Policy", SsoScope::Policy),
    ];
    if let Some(scope) = reader.attr(node, "Scope").and_then(|scope| reader.choice(&scope, SCOPES)) {
        behaviors.sso_scope = scope;
    }
    let days = reader.attr(node, "KeepAliveInDays").and_then(|days| reader.number(&days));
    behaviors.keep_alive_days = days.unwrap_or_default();
    behaviors.enforce_id_token_hint_on_logout = reader.flag(node, "EnforceIdTokenHintOnLogout").unwrap_or_default();
}

fn framing(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Vec<String>> {
    let sources = reader.attr(node, "Sources")?;
    let enabled = reader.flag(node, "Enabled").unwrap_or_default();
    enabled.then(|| sources.value.split_whitespace().map(str::to_owned).collect())
}
