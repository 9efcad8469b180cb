//! A compiled policy: every profile that its journeys can reach is checked and ready to run.
//!
//! Immutable and shared by all journeys; a reload makes a new one. What no journey reaches is not bound: a base file may
//! hold profiles that a tenant never uses.

use std::collections::VecDeque;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use jiff::Timestamp;
use journeyman_claims::{DataType, Name, transformations};
use journeyman_policy::diagnostic::{Diagnostic, Sink};
use journeyman_policy::model::{
    ClaimUse, DisplayClaim, Journey, Policy, RelyingParty, TechnicalProfile, UserInputType,
};
use journeyman_policy::source::Span;

use crate::claim_types;
use crate::codes;
use crate::contracts;
use crate::effect::Secret;
use crate::places;
use crate::providers::{self, Bound, IssuerSettings, SelfAsserted};
use crate::resolver;
use crate::rules::{self, Rules};
use crate::run::fields;
use crate::step_types;
use crate::texts::{self, Texts};
use crate::uses;

/// A policy that can run.
#[derive(Debug)]
pub struct Program {
    policy: Arc<Policy>,
    digest: String,
    bound: IndexMap<Name, Bound>,
    rules: IndexMap<Name, Rules>,
    digest_keys: Vec<(Name, Span)>,
}

impl Program {
    /// Binds what the relying party's journeys reach. A policy without a relying party reaches nothing.
    ///
    /// `digest` names the sources and settings that the policy was compiled from; parked journeys carry it.
    pub fn compile(policy: Arc<Policy>, digest: String) -> (Self, Vec<Diagnostic>) {
        let mut sink = Sink::default();
        let mut bound = IndexMap::new();
        let reached = Reached::from(&policy, &mut sink);
        for id in &reached.profiles {
            if let Some(profile) = policy.technical_profiles.get(id) {
                bound.insert(id.clone(), providers::bind(&policy, profile, &mut sink));
            }
        }
        contracts::check(&policy, &reached.journeys, &mut sink);
        resolver::check(&policy, bound.keys().filter_map(|id| policy.technical_profiles.get(id)), &mut sink);
        texts::check(&policy, &mut sink);
        uses::check(&policy, &mut sink);
        claim_types::check(&policy, &mut sink);
        for profile in policy.technical_profiles.values().filter(|profile| !reached.profiles.contains(&profile.id)) {
            providers::check_unreached(&policy, profile, &mut sink);
        }
        if let Some(relying_party) = &policy.relying_party {
            providers::check_relying_party(&policy, &relying_party.profile, &mut sink);
        }
        let rules = rules::compile(&policy, &mut sink);
        let digest_keys = digest_keys(&policy, bound.keys());
        let program = Self { policy, digest, bound, rules, digest_keys };
        places::check(&program.policy, &reached, &mut sink);
        crate::check::check(&program, &mut sink);
        let id = program.policy.id.clone();
        let mut found = sink.into_found();
        for finding in &mut found {
            finding.policy.get_or_insert_with(|| id.clone());
        }
        (program, found)
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Names the sources and settings.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// How an issuer profile issues tokens.
    pub fn issuer(&self, profile: &Name) -> Option<&IssuerSettings> {
        match self.bound.get(profile)? {
            Bound::Issuer(settings) => Some(settings),
            _ => None,
        }
    }

    /// The issuers that the journeys reach: their signing keys are what the policy publishes.
    pub fn issuers(&self) -> impl Iterator<Item = &IssuerSettings> {
        self.bound.values().filter_map(|bound| match bound {
            Bound::Issuer(settings) => Some(settings),
            _ => None,
        })
    }

    /// Policy keys that the reached profiles refer to, with the profile's provider deciding what kind they are.
    pub fn key_references(&self) -> impl Iterator<Item = (&Name, &TechnicalProfile)> {
        let profiles = self.bound.keys().filter_map(|id| self.policy.technical_profiles.get(id));
        profiles.flat_map(|profile| profile.keys.values().map(move |key| (&key.value, profile)))
    }

    /// Policy keys that the reached profiles' transformations make digests with, where the policy writes them.
    pub fn digest_keys(&self) -> impl Iterator<Item = (Name, Span)> {
        self.digest_keys.iter().cloned()
    }

    pub(crate) fn needs_digests(&self) -> bool {
        !self.digest_keys.is_empty()
    }

    /// Outgoing names of the relying party's output claims, in order.
    pub fn claims_supported(&self) -> Vec<String> {
        let Some(relying_party) = &self.policy.relying_party else { return Vec::new() };
        let profile = &relying_party.profile;
        profile.output_claims.iter().map(|c| self.outside_name(profile, c).to_owned()).collect()
    }

    /// What a recording keeps of a typed value: all of it, unless a page asks for the claim as a password or a code.
    pub(crate) fn mask(&self, claim: &Name, typed: &Secret, now: Timestamp) -> Secret {
        let is_password = self.is_password(claim);
        if typed.expose().trim().is_empty() || !(is_password || self.is_code(claim)) {
            return typed.clone();
        }
        // Rules of passwords are checked by an effect, whose answer is recorded.
        let fault = || self.fault(claim, typed.expose().trim(), None, "en", journeyman_claims::value::day(now));
        if is_password || fault().is_none() { Secret::masked() } else { Secret::unfit() }
    }

    fn is_password(&self, claim: &Name) -> bool {
        let input = self.policy.claim_types.get(claim).and_then(|found| found.input_type.as_ref());
        input.is_some_and(|input| input.value == UserInputType::Password)
    }

    fn is_code(&self, claim: &Name) -> bool {
        let shown = self.policy.display_controls.values().flat_map(|control| &control.display_claims);
        let is_it = |shown: &ClaimUse| shown.claim.value == *claim && fields::is_code(shown);
        shown.into_iter().any(|shown| matches!(shown, DisplayClaim::Claim(shown) if is_it(shown)))
    }

    /// The rule of its claim type that a typed value breaks, worded for the person who typed it. Texts are those of a
    /// content definition, where one is given, in the language of that tag.
    pub fn fault(
        &self,
        claim: &Name,
        value: &str,
        content: Option<&Name>,
        language: &str,
        today: jiff::civil::Date,
    ) -> Option<String> {
        let claim_type = self.policy.claim_types.get(claim)?;
        self.rules.get(claim)?.fault(claim_type, value, Texts::new(&self.policy, content, language), today)
    }

    /// What a page says when two fields that must be equal are not.
    pub fn mismatch(&self, content: Option<&Name>, language: &str) -> String {
        Texts::new(&self.policy, content, language).ux("error_passwordEntryMismatch").to_owned()
    }

    pub(crate) fn rules(&self, claim: &Name) -> Option<&Rules> {
        self.rules.get(claim)
    }

    pub(crate) fn bound(&self, profile: &Name) -> Option<&Bound> {
        self.bound.get(profile)
    }

    pub(crate) fn page(&self, profile: &Name) -> Option<&SelfAsserted> {
        match self.bound.get(profile)? {
            Bound::Page(page) => Some(page),
            _ => None,
        }
    }

    pub(crate) fn profile(&self, id: &Name) -> Option<&TechnicalProfile> {
        self.policy.technical_profiles.get(id)
    }

    /// The profiles that the journeys reach.
    pub(crate) fn profiles(&self) -> impl Iterator<Item = &TechnicalProfile> {
        self.bound.keys().filter_map(|id| self.policy.technical_profiles.get(id))
    }

    pub(crate) fn relying_party(&self) -> Option<&RelyingParty> {
        self.policy.relying_party.as_ref()
    }

    /// A claim's type; a claim without one is a string.
    pub(crate) fn data_type(&self, claim: &Name) -> DataType {
        let declared = self.policy.claim_types.get(claim).and_then(|c| c.data_type.as_ref());
        declared.map_or(DataType::String, |d| d.value)
    }

    /// What a claim is called outside: by the profile, by the claim type for the profile's protocol, or by its id.
    pub(crate) fn outside_name<'a>(&'a self, profile: &'a TechnicalProfile, claim: &'a ClaimUse) -> &'a str {
        providers::outside_name(&self.policy, profile, claim)
    }
}

/// The policy keys of the `Hash`es that these profiles run.
fn digest_keys<'a>(policy: &Policy, profiles: impl Iterator<Item = &'a Name>) -> Vec<(Name, Span)> {
    let profiles = profiles.filter_map(|id| policy.technical_profiles.get(id));
    let used: IndexSet<&Name> = profiles
        .flat_map(|profile| profile.input_transformations.iter().chain(&profile.output_transformations))
        .map(|reference| &reference.value)
        .collect();
    let used = used.into_iter().filter_map(|id| policy.transformations.get(id));
    let hashes =
        used.filter(|used| transformations::find(&used.method.value).is_some_and(|method| method.method == "Hash"));
    let parameters = hashes.flat_map(|used| &used.parameters);
    let keys = parameters.filter(|parameter| parameter.id.eq_ignore_ascii_case("randomizerSecret"));
    keys.map(|parameter| (Name::new(&parameter.value.value), parameter.value.span)).collect()
}

/// What the journeys of a relying party can get to.
#[derive(Default)]
pub(crate) struct Reached {
    pub(crate) journeys: IndexSet<Name>,
    pub(crate) profiles: IndexSet<Name>,
}

impl Reached {
    fn from(policy: &Policy, sink: &mut Sink) -> Self {
        let mut reached = Self::default();
        let mut waiting: VecDeque<Name> = policy.started().iter().map(|journey| journey.id.clone()).collect();
        while let Some(id) = waiting.pop_front() {
            let Some(journey) = policy.journey(&id) else { continue };
            if reached.journeys.insert(id) {
                reached.journey(journey, &mut waiting, sink);
            }
        }
        let mut at = 0;
        while let Some(id) = reached.profiles.get_index(at).cloned() {
            at += 1;
            if let Some(profile) = policy.technical_profiles.get(&id) {
                reached.profile(policy, profile);
            }
        }
        reached
    }

    fn journey(&mut self, journey: &Journey, waiting: &mut VecDeque<Name>, sink: &mut Sink) {
        self.profiles.extend(journey.default_issuer.iter().chain(&journey.authorization).map(|r| r.value.clone()));
        if let Some(first) = journey.authorization.first() {
            sink.report(codes::authorization_not_run(&journey.id, first.span, &first.value));
        }
        for step in &journey.steps {
            let exchanges = step.exchanges.iter().map(|e| &e.profile);
            self.profiles.extend(exchanges.chain(&step.issuer).map(|r| r.value.clone()));
            waiting.extend(step.candidates.iter().map(|c| c.value.clone()));
            if !step_types::is_run(step.step_type.value) {
                let named = format!("{:?}", step.step_type.value);
                sink.report(codes::step_not_run(&journey.id, step.order, step.step_type.span, &named));
            }
        }
    }

    fn profile(&mut self, policy: &Policy, profile: &TechnicalProfile) {
        self.profiles.extend(profile.validations.iter().map(|v| v.profile.value.clone()));
        self.profiles.extend(profile.session_profile.iter().map(|r| r.value.clone()));
        for display in &profile.display_claims {
            let DisplayClaim::Control(reference) = display else { continue };
            let Some(control) = policy.display_controls.get(&reference.value) else { continue };
            let validations = control.actions.iter().flat_map(|a| &a.validations);
            self.profiles.extend(validations.map(|v| v.profile.value.clone()));
        }
    }
}
