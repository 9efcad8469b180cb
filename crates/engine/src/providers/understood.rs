//! Providers that are understood but not run yet. Each says so at check time, and on a clear page where it is reached.

use journeyman_policy::model::TechnicalProfile;

use crate::codes;
use crate::providers::{Binding, Bound, Declaration, always};

const fn declare(
    title: &'static str,
    protocols: &'static [&'static str],
    handler: Option<&'static str>,
    applies: fn(&TechnicalProfile) -> bool,
) -> Declaration {
    Declaration { title, protocols, handler, metadata: &[], keys: &[], open_metadata: true, runs: false, applies, bind }
}

fn bind(binding: &mut Binding<'_>) -> Bound {
    let title = binding.declaration.title;
    binding.report(codes::not_run_yet(&binding.profile.id, binding.profile.span, title));
    Bound::Unsupported(format!("{title} is understood but not run yet"))
}

fn format_is(profile: &TechnicalProfile, output: bool, wanted: &str) -> bool {
    let format = if output { &profile.output_token_format } else { &profile.input_token_format };
    format.as_ref().is_some_and(|f| f.value.eq_ignore_ascii_case(wanted))
}

pub(super) const PHONE_FACTOR: Declaration =
    declare("Phone factor", &["Proprietary"], Some("PhoneFactorProtocolProvider"), always);
pub(super) const AZURE_MFA: Declaration =
    declare("Azure multi-factor authentication", &["Proprietary"], Some("AzureMfaProtocolProvider"), always);
pub(super) const AAD_SSPR: Declaration =
    declare("Self-service password reset e-mail", &["Proprietary"], Some("AadSsprProtocolProvider"), always);
pub(super) const INSIGHTS: Declaration =
    declare("Application Insights", &["Proprietary"], Some("AzureApplicationInsightsProvider"), always);
pub(super) const CONTEXT: Declaration =
    declare("User journey context", &["Proprietary"], Some("UserJourneyContextProvider"), always);
pub(super) const CONDITIONAL_ACCESS: Declaration =
    declare("Conditional Access", &["Proprietary"], Some("ConditionalAccessProtocolProvider"), always);
pub(super) const USER_INFO: Declaration = declare("UserInfo", &["None"], None, |profile| {
    format_is(profile, true, "JSON") || format_is(profile, false, "JWT")
});
pub(super) const OAUTH2_ERROR: Declaration =
    declare("OAuth2 error issuer", &["OAuth2"], None, |profile| format_is(profile, true, "OAuth2Error"));
pub(super) const SAML: Declaration = declare("SAML 2.0", &["SAML2"], None, always);
pub(super) const OPENID_CONNECT: Declaration =
    declare("OpenID Connect identity provider", &["OpenIdConnect"], None, always);
pub(super) const OAUTH2: Declaration = declare("OAuth 2.0 identity provider", &["OAuth2"], None, always);
pub(super) const OAUTH1: Declaration = declare("OAuth 1.0 identity provider", &["OAuth1"], None, always);
pub(super) const WS_FEDERATION: Declaration = declare("WS-Federation", &["WsFed", "WsTrust", "UProve11"], None, always);
/// Starter packs declare a profile of the engine itself that nothing ever runs.
pub(super) const PLACEHOLDER: Declaration = Declaration {
    bind: |binding| Bound::Unsupported(format!("the technical profile `{}` only holds a name", binding.profile.id)),
    ..declare("Placeholder", &["None"], None, always)
};
