//! What is wrong with the content definitions of a policy, and with what its journeys show on them.

use indexmap::IndexSet;
use journeyman_claims::Name;
use journeyman_policy::diagnostic::Sink;
use journeyman_policy::model::{
    ContentDefinition, DisplayClaim, Journey, OrchestrationStep, Policy, Ref, StepType, TechnicalProfile,
};
use journeyman_policy::source::Span;

use super::{Address, Contract, FIRST_WITH_CONTRACT_ONLY, Offer, Part, Reading, Version, written};
use crate::codes;

/// Reports what is wrong. Definitions are looked at whether or not a journey shows them, as the service does; pages only
/// where one of these journeys gets to them.
pub(crate) fn check(policy: &Policy, journeys: &IndexSet<Name>, sink: &mut Sink) {
    for definition in policy.content_definitions.values() {
        check_address(definition, sink);
        check_template(definition, sink);
    }
    check_scripts(policy, sink);
    for journey in journeys.iter().filter_map(|id| policy.journey(id)) {
        check_journey(policy, journey, sink);
    }
}

fn check_address(definition: &ContentDefinition, sink: &mut Sink) {
    let address = match Reading::of(definition) {
        Reading::None => return,
        Reading::Foreign(whole) => return sink.report(codes::unknown_page(definition, whole.span, whole.text, None)),
        Reading::Address(address) => address,
    };
    let Some(page) = address.known() else {
        return sink.report(codes::unknown_page(definition, address.page.span, address.page.text, near(&address)));
    };
    let newest = page.newest();
    let Some(version) = address.version() else {
        let at = if address.version.text.is_empty() { address.page.span } else { address.version.span };
        return sink.report(codes::page_version(at, page.page, address.version.text, &page.versions(), &newest));
    };
    match page.offers(version) {
        Offer::No => {
            let (at, text) = (address.version.span, address.version.text);
            sink.report(codes::page_version(at, page.page, text, &page.versions(), &newest));
        }
        Offer::Newer => sink.report(codes::page_version_newer(address.version.span, page.page, &newest)),
        Offer::Yes if !address.contract && version >= FIRST_WITH_CONTRACT_ONLY => {
            sink.report(codes::no_contract(definition, address.page.span, page.page));
        }
        Offer::Yes => {}
    }
}

/// The page that an unknown name was meant to be.
fn near(address: &Address<'_>) -> Option<&'static str> {
    let renamed = super::CONTRACTS
        .iter()
        .find(|contract| contract.before.is_some_and(|before| before.eq_ignore_ascii_case(address.page.text)));
    let pages: Vec<_> = super::CONTRACTS.iter().map(|contract| contract.page).collect();
    renamed.map(|contract| contract.page).or_else(|| journeyman_policy::nearest_word(address.page.text, &pages))
}

/// Where a template is fetched from. Resolvers and placeholders are filled in later: nothing can be said of those.
fn check_template(definition: &ContentDefinition, sink: &mut Sink) {
    let Some(template) = &definition.load_uri else { return };
    let written = template.value.trim();
    let scheme = written.get(..8).unwrap_or_default();
    if !(written.starts_with("~/") || scheme.eq_ignore_ascii_case("https://") || written.contains('{')) {
        sink.report(codes::template_address(template.span, written));
    }
}

/// Scripts need a contract everywhere, whether a page is ever shown or not.
fn check_scripts(policy: &Policy, sink: &mut Sink) {
    let Some(party) = policy.relying_party.as_ref().filter(|party| party.behaviors.allow_scripts) else { return };
    let old: Vec<(&Name, Span)> = policy.content_definitions.values().filter_map(without_contract).collect();
    if let Some((first, others)) = old.split_first() {
        sink.report(codes::scripts_need_contract(*first, others, party.span));
    }
}

fn without_contract(definition: &ContentDefinition) -> Option<(&Name, Span)> {
    let Reading::Address(address) = Reading::of(definition) else { return None };
    // A newer one only lacks the word, which is said of it already.
    let is_old = !address.contract && address.version().is_some_and(|version| version < FIRST_WITH_CONTRACT_ONLY);
    let uri = definition.data_uri.as_ref()?;
    (is_old && address.known().is_some()).then_some((&definition.id, uri.span))
}

fn check_journey(policy: &Policy, journey: &Journey, sink: &mut Sink) {
    for step in &journey.steps {
        if let Some(page) = step.content_definition.as_ref().and_then(|content| Shown::of(policy, content)) {
            check_step(policy, step, &page, sink);
        }
        for exchange in &step.exchanges {
            if let Some(profile) = policy.technical_profiles.get(&exchange.profile.value) {
                check_profile(policy, step, profile, sink);
            }
        }
    }
}

/// A page that something is shown on.
struct Shown<'a> {
    definition: &'a ContentDefinition,
    contract: &'static Contract,
    version: Part<'a>,
    number: Version,
    /// What names the definition.
    reference: Span,
}

impl<'a> Shown<'a> {
    fn of(policy: &'a Policy, content: &Ref) -> Option<Self> {
        let definition = policy.content_definitions.get(&content.value)?;
        let Reading::Address(address) = Reading::of(definition) else { return None };
        let (contract, number) = (address.known()?, address.version()?);
        Some(Self { definition, contract, version: address.version, number, reference: content.span })
    }

    fn needs(&self, least: Version, what: &str, at: Span, sink: &mut Sink) {
        if self.number < least && self.contract.offers(least) != Offer::No {
            let least = written(least);
            let page = self.contract.page;
            sink.report(codes::page_too_old(self.definition, self.version.span, page, &least, what, at));
        }
    }

    fn is(&self, pages: &[&str]) -> bool {
        pages.contains(&self.contract.page)
    }

    fn must_be(&self, pages: &[&str], what: &str, sink: &mut Sink) {
        if !self.is(pages) {
            let address = self.definition.data_uri.as_ref().map(|uri| uri.span);
            sink.report(codes::page_does_not_fit(
                self.reference,
                &self.definition.id,
                self.contract.page,
                pages[0],
                what,
                address,
            ));
        }
    }
}

const COMBINED: &[&str] = &["unifiedssp", "unifiedssd", "providerselection", "selfasserted"];
const SELECTION: &[&str] = &["providerselection", "unifiedssp", "unifiedssd"];

fn check_step(policy: &Policy, step: &OrchestrationStep, page: &Shown<'_>, sink: &mut Sink) {
    match step.step_type.value {
        StepType::ClaimsProviderSelection => page.must_be(SELECTION, "a choice of providers", sink),
        StepType::CombinedSignInAndSignUp => {
            page.must_be(COMBINED, "a sign-in page", sink);
            let profiles = step.exchanges.iter().filter_map(|e| policy.technical_profiles.get(&e.profile.value));
            for profile in profiles.filter(|_| page.is(&["unifiedssp"])) {
                check_sign_in(profile, page, sink);
            }
        }
        _ => {}
    }
}

fn check_sign_in(profile: &TechnicalProfile, page: &Shown<'_>, sink: &mut Sink) {
    let item = |key: &str| profile.metadata.get(&Name::new(key)).filter(|value| !value.value.trim().is_empty());
    if let Some(value) =
        item("setting.enableRememberMe").filter(|_| profile.flag("setting.enableRememberMe") == Some(true))
    {
        page.needs((1, 1, 0), "the box to stay signed in", value.span, sink);
    }
    if let Some(value) = item("setting.forgotPasswordLinkOverride") {
        page.needs((2, 1, 2), "a forgotten-password link that leads to a claims exchange", value.span, sink);
    }
}

fn check_profile(policy: &Policy, step: &OrchestrationStep, profile: &TechnicalProfile, sink: &mut Sink) {
    let key = Name::new("ContentDefinitionReferenceId");
    let Some(content) = profile.metadata.get(&key) else { return };
    let reference = Ref::new(Name::new(content.value.trim()), content.span);
    let Some(page) = Shown::of(policy, &reference) else { return };
    let handler = profile.protocol.as_ref().and_then(|protocol| protocol.value.handler.as_deref()).unwrap_or_default();
    match handler.rsplit('.').next().map(str::trim) {
        Some("PhoneFactorProtocolProvider") => page.must_be(&["multifactor"], "the verification of a phone", sink),
        Some("SelfAssertedAttributeProvider") if step.step_type.value == StepType::ClaimsExchange => {
            page.must_be(&["selfasserted"], "a self-asserted profile", sink);
            if page.is(&["selfasserted"]) {
                check_controls(policy, profile, &page, sink);
            }
        }
        _ => {}
    }
}

const AUTHENTICATOR_CONTROLS: &[&str] = &["QrCodeControl", "AuthenticatorAppIconControl", "AuthenticatorInfoControl"];

fn check_controls(policy: &Policy, profile: &TechnicalProfile, page: &Shown<'_>, sink: &mut Sink) {
    let controls = profile.display_claims.iter().filter_map(|shown| match shown {
        DisplayClaim::Control(control) => Some(control),
        DisplayClaim::Claim(_) => None,
    });
    for control in controls {
        let Some(declared) = policy.display_controls.get(&control.value) else { continue };
        let kind = declared.control_type.value.trim();
        let is_authenticator = AUTHENTICATOR_CONTROLS.iter().any(|control| control.eq_ignore_ascii_case(kind));
        let least = if is_authenticator { (2, 1, 9) } else { (2, 0, 0) };
        page.needs(least, &format!("the display control `{}`", control.value), control.span, sink);
    }
}
