//! One profile against its provider's declaration: metadata, keys and claims.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity, Sink};
use journeyman_policy::model::{ClaimUse, DisplayClaim, Policy, TechnicalProfile};
use journeyman_policy::source::{Span, Spanned};
use journeyman_policy::{author_placeholder, has_placeholder};

use super::{
    ALL, Bound, COMMON_MESSAGES, COMMON_METADATA, Declaration, List, MetadataKey, Place, RELYING_PARTY, ValueKind,
};
use crate::codes;

/// The declaration that a profile is bound by, if its provider is known.
pub fn provider_of(profile: &TechnicalProfile) -> Option<&'static Declaration> {
    ALL.iter().copied().find(|known| known.covers(profile))
}

/// Checks one profile and makes it ready to run.
pub(crate) fn bind(policy: &Policy, profile: &TechnicalProfile, sink: &mut Sink) -> Bound {
    let Some(declaration) = provider_of(profile) else {
        return unknown(profile, sink);
    };
    let mut binding = Binding { policy, profile, declaration, sink };
    binding.check();
    (declaration.bind)(&mut binding)
}

/// Looks at a profile that no journey reaches: what it lacks may come from a policy that builds on this one, but a wrong
/// value is a wrong value.
pub(crate) fn check_unreached(policy: &Policy, profile: &TechnicalProfile, sink: &mut Sink) {
    let mut found = Sink::default();
    match provider_of(profile) {
        Some(declaration) => {
            let mut binding = Binding { policy, profile, declaration, sink: &mut found };
            for key in declaration.metadata.iter().chain(COMMON_METADATA) {
                let written = profile.metadata.get(&Name::new(key.name));
                if let Some(value) = written.filter(|value| !value.value.trim().is_empty()) {
                    binding.check_value(key, value);
                }
            }
        }
        None if profile.protocol.is_some() => {
            unknown(profile, &mut found);
        }
        None => {}
    }
    sink.extend(found.into_found().into_iter().map(|finding| finding.severity(Severity::Warning)));
}

/// Checks the profile of the relying party.
pub(crate) fn check_relying_party(policy: &Policy, profile: &TechnicalProfile, sink: &mut Sink) {
    if let Some(declaration) = RELYING_PARTY.iter().copied().find(|known| known.covers(profile)) {
        let mut binding = Binding { policy, profile, declaration, sink };
        binding.check();
        (declaration.bind)(&mut binding);
        check_subject(policy, profile, sink);
    }
}

/// The subject goes by the outgoing name of a claim; in SAML only by an explicit one.
fn check_subject(policy: &Policy, profile: &TechnicalProfile, sink: &mut Sink) {
    let Some(naming) = &profile.subject_naming else { return };
    let speaks_saml = profile.protocol.as_ref().is_some_and(|p| p.value.name.eq_ignore_ascii_case("SAML2"));
    let (named, claims) = (naming.claim.value.trim(), &profile.output_claims);
    let is_named = |claim: &&ClaimUse| {
        let explicit = claim.partner.is_some() || !speaks_saml;
        explicit && outside_name(policy, profile, claim).eq_ignore_ascii_case(named)
    };
    if !claims.iter().any(|claim| is_named(&claim)) {
        let meant = claims.iter().find(|claim| claim.claim.value == Name::new(named));
        sink.report(codes::subject_partner(naming.claim.span, named, meant));
    }
}

fn unknown(profile: &TechnicalProfile, sink: &mut Sink) -> Bound {
    match &profile.protocol {
        None => {
            if !profile.includes_unknown {
                sink.report(codes::no_protocol(&profile.id, profile.span));
            }
            Bound::Unsupported(format!("the technical profile `{}` has no protocol", profile.id))
        }
        Some(protocol) => {
            let named = protocol.value.handler.as_deref().unwrap_or(&protocol.value.name);
            sink.report(codes::unknown_handler(&profile.id, protocol.span, named));
            Bound::Unsupported(format!("the provider `{named}` is not known"))
        }
    }
}

/// A profile being checked.
pub struct Binding<'a> {
    /// The whole policy.
    pub policy: &'a Policy,
    /// The profile.
    pub profile: &'a TechnicalProfile,
    /// Its declaration.
    pub declaration: &'static Declaration,
    sink: &'a mut Sink,
}

impl<'a> Binding<'a> {
    /// Reports a finding about this profile.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.sink.report(diagnostic);
    }

    /// A declared metadata value, or its declared default.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        let value = self.profile.metadata(key).filter(|v| !v.is_empty());
        value.or_else(|| self.declaration.key(key).and_then(|d| d.default))
    }

    /// A declared boolean, or its declared default.
    pub fn flag(&self, key: &str) -> bool {
        self.text(key).is_some_and(|v| v.eq_ignore_ascii_case("true") || v == "1")
    }

    /// A declared number within its declared range.
    pub fn integer(&self, key: &str) -> Option<i64> {
        let declared = self.declaration.key(key)?;
        let ValueKind::Integer { min, max } = declared.value else { return None };
        let parsed = self.profile.metadata(key).and_then(|v| v.parse::<i64>().ok());
        parsed.or_else(|| declared.default?.parse().ok()).map(|n| n.clamp(min, max))
    }

    /// Where a metadata value stands; the profile where there is none.
    pub fn place(&self, key: &str) -> Span {
        self.profile.metadata.get(&Name::new(key)).map_or(self.profile.span, |value| value.span)
    }

    fn check(&mut self) {
        for key in self.declaration.metadata.iter().chain(COMMON_METADATA) {
            self.check_key(key);
        }
        for (name, value) in &self.profile.metadata {
            self.check_name(name, value);
        }
        self.check_keys();
        self.check_claims();
        self.check_session();
    }

    fn check_key(&mut self, key: &'static MetadataKey) {
        let needed = key.need.of(self.profile);
        match self.profile.metadata.get(&Name::new(key.name)) {
            None if needed && !self.profile.includes_unknown => {
                let other = self.one_that_has(key.name);
                let finding = codes::missing_metadata(&self.profile.id, self.profile.span, key, other);
                self.report_of(key, finding);
            }
            Some(value) if value.value.trim().is_empty() => {
                let may_be_empty = matches!(key.value, ValueKind::Text | ValueKind::Claim | ValueKind::Exchange);
                if needed || !may_be_empty {
                    self.report_of(key, codes::empty_metadata(&self.profile.id, value.span, key));
                }
            }
            Some(value) => self.check_value(key, value),
            None => {}
        }
    }

    /// A fault of a key that does nothing here is no reason not to run: it is the service that refuses it.
    fn report_of(&mut self, key: &MetadataKey, finding: Diagnostic) {
        let matters = key.runs && self.declaration.runs;
        self.sink.report(if matters { finding } else { finding.severity(Severity::Warning) });
    }

    /// Whether a finding of that kind was made in this policy already.
    pub fn has_said(&self, code: &Code) -> bool {
        self.sink.found().iter().any(|finding| finding.code == code)
    }

    /// A profile of the same provider that has what this one lacks: it may be a copy that lost an inclusion.
    fn one_that_has(&self, key: &str) -> Option<&'a TechnicalProfile> {
        let has = |other: &&TechnicalProfile| other.metadata(key).is_some_and(|value| !value.is_empty());
        self.policy.technical_profiles.values().filter(has).find(|other| self.declaration.covers(other))
    }

    fn check_value(&mut self, key: &MetadataKey, written: &Spanned<String>) {
        let value = written.value.trim();
        if has_placeholder(value) {
            // Nobody knows the value, and the placeholder is a finding of its own.
            return;
        }
        let is_one = |allowed: &[&str], value: &str| allowed.iter().any(|a| a.eq_ignore_ascii_case(value.trim()));
        let wrong = match key.value {
            ValueKind::Text => None,
            ValueKind::Boolean => {
                (!is_one(&["true", "false", "1", "0"], value)).then(|| "`true` or `false`".to_owned())
            }
            ValueKind::Integer { min, max } => {
                let fine = value.parse::<i64>().is_ok_and(|n| (min..=max).contains(&n));
                (!fine).then(|| format!("a whole number from {min} to {max}"))
            }
            ValueKind::OneOf(allowed) => (!is_one(allowed, value)).then(|| list(allowed)),
            ValueKind::Url => {
                let plain = value.replace(['{', '}'], "x");
                url::Url::parse(&plain).is_err().then(|| "an absolute URL".to_owned())
            }
            ValueKind::ContentDefinition | ValueKind::Claim | ValueKind::Journey | ValueKind::Exchange => {
                return self.check_reference(key, value, written.span);
            }
        };
        let left = author_placeholder(value).filter(|_| matches!(key.value, ValueKind::Url));
        if let (Some(left), true) = (left, wrong.is_some()) {
            self.sink.report(codes::author_placeholder(&self.profile.id, written.span, key.name, left));
        } else if let Some(expected) = wrong {
            self.report_of(key, codes::bad_metadata(&self.profile.id, written.span, key, value, &expected));
        }
    }

    fn check_reference(&mut self, key: &MetadataKey, value: &str, at: Span) {
        let (policy, name) = (self.policy, Name::new(value));
        match key.value {
            ValueKind::Claim if !policy.claim_types.contains_key(&name) => {
                let known: Vec<_> = policy.claim_types.values().map(|c| (c.id.as_str(), c.span)).collect();
                self.sink.report(codes::unknown_name(at, key.name, "claim", value, &known));
            }
            ValueKind::Journey if policy.journey(&name).is_none() => {
                let known: Vec<_> = policy.user_journeys.values().map(|j| (j.id.as_str(), j.span)).collect();
                self.sink.report(codes::unknown_name(at, key.name, "journey", value, &known));
            }
            // Content definitions are looked up with all other references of the policy, exchanges at the step whose page
            // has the link.
            _ => {}
        }
    }

    /// A metadata item that may be no key of the provider.
    fn check_name(&mut self, name: &Name, value: &Spanned<String>) {
        let is_name = |known: &str| known.eq_ignore_ascii_case(name.as_str());
        let is_common = COMMON_MESSAGES.iter().any(|message| is_name(message.name));
        if is_common || self.declaration.key(name.as_str()).is_some() {
            return;
        }
        let mut messages = self.declaration.messages.iter();
        match messages.find(|m| is_name(m.name) || m.formerly.iter().any(|former| is_name(former))) {
            None => self.check_unknown(name, self.profile.metadata_keys.get(name).copied().unwrap_or(value.span)),
            Some(message) if is_name(message.name) && self.declaration.own_messages => {}
            Some(message) => {
                let (id, page) = (&self.profile.id, self.host());
                self.sink.report(codes::message_elsewhere(id, value.span, name, message.name, page));
            }
        }
    }

    /// A metadata item that the provider does not read.
    fn check_unknown(&mut self, name: &Name, at: Span) {
        let (profile, declaration) = (&self.profile.id, self.declaration);
        let is_mistake = |key: &&MetadataKey| key.mistaken.iter().any(|m| m.eq_ignore_ascii_case(name.as_str()));
        let mistaken = declaration.metadata.iter().find(is_mistake).map(|key| key.name);
        let owner = owner(name.as_str()).filter(|_| mistaken.is_none());
        let known: Vec<_> = declaration.metadata.iter().map(|key| key.name).collect();
        let near = mistaken.or_else(|| journeyman_policy::nearest_word(name.as_str(), &known));
        // Where a policy may have keys of its own, only a slip of the pen is worth a word.
        let slipped = mistaken.is_some() || (owner.is_none() && is_slip(name.as_str(), near));
        if slipped || !declaration.open_metadata {
            self.sink.report(codes::unknown_metadata(profile, at, name, declaration.title, near, owner));
        }
    }

    /// The page that runs this profile to validate what was typed, and so shows its messages.
    fn host(&self) -> Option<&'a TechnicalProfile> {
        let (policy, id) = (self.policy, &self.profile.id);
        let controls = |page: &TechnicalProfile| {
            let shown = page.display_claims.iter().filter_map(|display| match display {
                DisplayClaim::Control(control) => policy.display_controls.get(&control.value),
                DisplayClaim::Claim(_) => None,
            });
            shown
                .flat_map(|control| &control.actions)
                .flat_map(|action| &action.validations)
                .any(|v| v.profile.value == *id)
        };
        let validates = |page: &TechnicalProfile| page.validations.iter().any(|v| v.profile.value == *id);
        policy.technical_profiles.values().find(|page| validates(page) || controls(page))
    }

    fn check_keys(&mut self) {
        for key in self.declaration.keys {
            if key.need.of(self.profile) && !self.profile.keys.contains_key(&Name::new(key.name)) {
                self.sink.report(codes::missing_key(&self.profile.id, self.profile.span, key.name));
            }
        }
    }

    fn check_claims(&mut self) {
        for known in self.declaration.claims {
            let claims = match known.list {
                List::Input => &self.profile.input_claims,
                List::Output => &self.profile.output_claims,
            };
            if known.need.of(self.profile) && !claims.iter().any(|claim| self.is_called(claim, known.name)) {
                let (id, at) = (&self.profile.id, self.profile.span);
                self.sink.report(codes::missing_claim(id, at, known.list.word(), known.name));
            }
        }
    }

    /// `IncludeInSso` false beside a provider that remembers.
    fn check_session(&mut self) {
        let Some(reference) = &self.profile.session_profile else { return };
        if self.declaration.places.contains(&Place::Validation) {
            // Nobody sees whether it runs again; the published packs say both all over.
            return;
        }
        let provider = self.policy.technical_profiles.get(&reference.value).and_then(provider_of);
        let remembers =
            provider.is_some_and(|known| known.handler.is_some_and(|handler| handler != "NoopSSOSessionProvider"));
        if self.profile.include_in_sso == Some(false) && remembers {
            self.sink.report(codes::session_twice(&self.profile.id, reference.span, &reference.value));
        }
    }

    fn is_called(&self, claim: &ClaimUse, name: &str) -> bool {
        outside_name(self.policy, self.profile, claim).eq_ignore_ascii_case(name)
    }
}

/// What a claim is called outside: by the profile, by the claim type for the profile's protocol, or by its id.
pub(crate) fn outside_name<'a>(policy: &'a Policy, profile: &'a TechnicalProfile, claim: &'a ClaimUse) -> &'a str {
    if let Some(partner) = &claim.partner {
        return &partner.value;
    }
    let protocol = profile.protocol.as_ref().map(|p| p.value.name.as_str()).unwrap_or_default();
    let declared = policy.claim_types.get(&claim.claim.value);
    let by_protocol = declared.into_iter().flat_map(|c| &c.default_partner_names);
    by_protocol
        .into_iter()
        .find(|d| d.protocol.eq_ignore_ascii_case(protocol))
        .map_or(claim.claim.value.as_str(), |d| d.partner.as_str())
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The provider whose key or message that is.
fn owner(name: &str) -> Option<&'static str> {
    let is_name = |known: &str| known.eq_ignore_ascii_case(name);
    let owns =
        |d: &&Declaration| d.metadata.iter().any(|k| is_name(k.name)) || d.messages.iter().any(|m| is_name(m.name));
    ALL.iter().copied().find(owns).map(|declaration| declaration.title)
}

/// Whether a name is so like a known one that it is a slip of the pen: where a policy may have keys of its own, a mere
/// likeness says nothing.
fn is_slip(name: &str, near: Option<&str>) -> bool {
    near.is_some_and(|near| near.len() > 5 && near.len().abs_diff(name.len()) <= 1 && differs_little(name, near))
}

/// Whether two names differ by one letter, or by two that changed places.
fn differs_little(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let front = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let back = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    let longest = one.chars().count().max(other.chars().count());
    front + back + 2 >= longest
}
