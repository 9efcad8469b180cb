//! What a provider accepts, as data: bound against, and printed in the reference.
//!
//! Every provider of the language is declared, also those that are not run yet, so that a mistake in a profile is found
//! whether or not it could run.

use std::borrow::Cow;

use journeyman_policy::model::TechnicalProfile;

use super::{Binding, Bound};

/// What one provider accepts.
#[derive(Debug)]
pub struct Declaration {
    /// What people call it.
    pub title: &'static str,
    /// `Protocol@Name` in any case.
    pub protocols: &'static [&'static str],
    /// The last part of the handler's type name, where the protocol is `Proprietary`.
    pub handler: Option<&'static str>,
    /// Metadata that it reads.
    pub metadata: &'static [MetadataKey],
    /// Texts for what goes wrong in it. They are metadata of the page that shows them.
    pub messages: &'static [Message],
    /// Whether such a text counts on the profile itself, too.
    pub own_messages: bool,
    /// Whether metadata keys of a policy's own are to be expected.
    pub open_metadata: bool,
    /// Cryptographic keys that it reads.
    pub keys: &'static [KeyId],
    /// Claims that have a meaning to it, by their outside names.
    pub claims: &'static [KnownClaim],
    /// Where a profile of it may be used.
    pub places: &'static [Place],
    /// Whether the engine runs it yet.
    pub runs: bool,
    /// Whether a given profile is its business, beyond protocol and handler.
    pub(super) applies: fn(&TechnicalProfile) -> bool,
    /// Checks what no table says, and makes a profile ready to run.
    pub(super) bind: fn(&mut Binding<'_>) -> Bound,
}

impl Declaration {
    /// What a declaration says where it says nothing: the base of every other, which names the rest.
    pub(super) const EMPTY: Self = Self {
        title: "",
        protocols: &[],
        handler: None,
        metadata: &[],
        messages: &[],
        own_messages: true,
        open_metadata: false,
        keys: &[],
        claims: &[],
        places: &[],
        runs: true,
        applies: |_| true,
        bind: |_| Bound::Unsupported(String::new()),
    };

    /// Whether a profile is its business.
    pub fn covers(&self, profile: &TechnicalProfile) -> bool {
        let Some(protocol) = &profile.protocol else { return false };
        let protocol = &protocol.value;
        let named = self.protocols.iter().any(|p| p.eq_ignore_ascii_case(&protocol.name));
        let handled = match self.handler {
            None => true,
            Some(wanted) => protocol
                .handler
                .as_deref()
                .is_some_and(|h| h.rsplit('.').next().is_some_and(|class| class.trim().eq_ignore_ascii_case(wanted))),
        };
        named && handled && (self.applies)(profile)
    }

    /// The metadata key of that name, its own or every provider's.
    pub(super) fn key(&self, name: &str) -> Option<&'static MetadataKey> {
        let mut known = self.metadata.iter().chain(super::COMMON_METADATA);
        known.find(|key| key.name.eq_ignore_ascii_case(name))
    }
}

/// When something must be there.
#[derive(Debug, Clone, Copy)]
pub enum Need {
    /// It may be left out.
    Optional,
    /// Always.
    Always,
    /// In some profiles: which, in words and as a test.
    When(&'static str, fn(&TechnicalProfile) -> bool),
    /// In some profiles, which the provider tells for itself.
    Told(&'static str),
}

impl Need {
    /// Whether a profile must have it.
    pub fn of(self, profile: &TechnicalProfile) -> bool {
        match self {
            Self::Optional | Self::Told(_) => false,
            Self::Always => true,
            Self::When(_, holds) => holds(profile),
        }
    }
}

/// A metadata key.
#[derive(Debug, Clone, Copy)]
pub struct MetadataKey {
    /// The key.
    pub name: &'static str,
    /// What it may hold.
    pub value: ValueKind,
    /// Whether it must be there.
    pub need: Need,
    /// What holds when it is absent.
    pub default: Option<&'static str>,
    /// Whether the engine does what it says.
    pub runs: bool,
    /// What it does.
    pub summary: &'static str,
    /// Names that people give it which nobody reads.
    pub mistaken: &'static [&'static str],
}

impl MetadataKey {
    /// A key that may be left out.
    pub(super) const fn new(name: &'static str, value: ValueKind, summary: &'static str) -> Self {
        Self { name, value, need: Need::Optional, default: None, runs: true, summary, mistaken: &[] }
    }

    /// A key for any text.
    pub(super) const fn text(name: &'static str, summary: &'static str) -> Self {
        Self::new(name, ValueKind::Text, summary)
    }

    /// A key for `true` or `false`.
    pub(super) const fn flag(name: &'static str, default: &'static str, summary: &'static str) -> Self {
        Self::new(name, ValueKind::Boolean, summary).or(default)
    }

    /// It must be there.
    pub(super) const fn needed(self) -> Self {
        Self { need: Need::Always, ..self }
    }

    /// It must be there in some profiles.
    pub(super) const fn needed_when(self, when: &'static str, holds: fn(&TechnicalProfile) -> bool) -> Self {
        Self { need: Need::When(when, holds), ..self }
    }

    /// It must be there in some profiles, which the provider tells for itself.
    pub(super) const fn told(self, when: &'static str) -> Self {
        Self { need: Need::Told(when), ..self }
    }

    /// What holds when it is absent.
    pub(super) const fn or(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    /// The engine does not do what it says, or nothing is to be done.
    pub(super) const fn without_effect(self) -> Self {
        Self { runs: false, ..self }
    }

    /// Names that people give it which nobody reads.
    pub(super) const fn mistaken_as(self, mistaken: &'static [&'static str]) -> Self {
        Self { mistaken, ..self }
    }
}

/// What a metadata value may hold.
#[derive(Debug, Clone, Copy)]
pub enum ValueKind {
    /// Any text.
    Text,
    /// `true` or `false`, in any case; `1` and `0` pass.
    Boolean,
    /// A whole number in a range; outside of it the nearest bound is used and a warning given.
    Integer {
        /// Least.
        min: i64,
        /// Most.
        max: i64,
    },
    /// One of these, in any case.
    OneOf(&'static [&'static str]),
    /// An absolute URL.
    Url,
    /// The id of a content definition.
    ContentDefinition,
    /// The id of a claim.
    Claim,
    /// The id of a user journey.
    Journey,
    /// The id of a claims exchange.
    Exchange,
}

/// A text for something that goes wrong.
#[derive(Debug, Clone, Copy)]
pub struct Message {
    /// The metadata key, which is also the id of the localized string.
    pub name: &'static str,
    /// When it is shown.
    pub summary: &'static str,
    /// Earlier names, which nobody reads any more.
    pub formerly: &'static [&'static str],
}

impl Message {
    pub(super) const fn new(name: &'static str, summary: &'static str) -> Self {
        Self { name, summary, formerly: &[] }
    }

    pub(super) const fn formerly(self, formerly: &'static [&'static str]) -> Self {
        Self { formerly, ..self }
    }
}

/// A cryptographic key.
#[derive(Debug, Clone, Copy)]
pub struct KeyId {
    /// `Key@Id`.
    pub name: &'static str,
    /// What kind it is.
    pub kind: KeyKind,
    /// Whether it must be there.
    pub need: Need,
    /// What for.
    pub summary: &'static str,
}

impl KeyId {
    pub(super) const fn new(name: &'static str, kind: KeyKind, summary: &'static str) -> Self {
        Self { name, kind, need: Need::Optional, summary }
    }

    pub(super) const fn needed(self) -> Self {
        Self { need: Need::Always, ..self }
    }

    pub(super) const fn needed_when(self, when: &'static str, holds: fn(&TechnicalProfile) -> bool) -> Self {
        Self { need: Need::When(when, holds), ..self }
    }
}

/// The kind of a cryptographic key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// A text.
    Secret,
    /// An RSA key pair.
    Rsa,
    /// A certificate with its private key.
    Certificate,
}

/// A claim that has a meaning to a provider.
#[derive(Debug, Clone, Copy)]
pub struct KnownClaim {
    /// Which list it stands in.
    pub list: List,
    /// `PartnerClaimType`, or the id of a claim without one.
    pub name: &'static str,
    /// Whether it must be there.
    pub need: Need,
    /// What it means.
    pub summary: &'static str,
}

impl KnownClaim {
    pub(super) const fn input(name: &'static str, summary: &'static str) -> Self {
        Self { list: List::Input, name, need: Need::Optional, summary }
    }

    pub(super) const fn output(name: &'static str, summary: &'static str) -> Self {
        Self { list: List::Output, ..Self::input(name, summary) }
    }

    pub(super) const fn needed(self) -> Self {
        Self { need: Need::Always, ..self }
    }

    pub(super) const fn needed_when(self, when: &'static str, holds: fn(&TechnicalProfile) -> bool) -> Self {
        Self { need: Need::When(when, holds), ..self }
    }
}

/// A list of claims of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// `InputClaims`.
    Input,
    /// `OutputClaims`.
    Output,
}

impl List {
    /// As a finding words it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Output => "output",
        }
    }
}

/// Where a profile may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `ClaimsExchange` of an orchestration step.
    Exchange,
    /// `ValidationTechnicalProfile` of a page.
    Validation,
    /// `ValidationClaimsExchangeTechnicalProfile` of a display control's action.
    Action,
    /// `CpimIssuerTechnicalProfileReferenceId` of a step `SendClaims`.
    Issuer,
    /// `CpimIssuerTechnicalProfileReferenceId` of a step `GetClaims`.
    Hint,
    /// `UseTechnicalProfileForSessionManagement`.
    Session,
    /// `AuthorizationTechnicalProfile` of a journey.
    Authorization,
    /// The relying party's own.
    RelyingParty,
}

impl Place {
    /// As a finding words it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exchange => "a claims exchange",
            Self::Validation => "a validation profile",
            Self::Action => "a step of a display control's action",
            Self::Issuer => "an issuer",
            Self::Hint => "a reader of hints",
            Self::Session => "a session provider",
            Self::Authorization => "an authorization profile",
            Self::RelyingParty => "the relying party's profile",
        }
    }
}

/// Where a profile may be used that runs without the browser.
pub(super) const QUIET: &[Place] = &[Place::Exchange, Place::Validation, Place::Action];

/// Whether a metadata item has one of these values, in any case.
pub(super) fn metadata_is(profile: &TechnicalProfile, key: &str, values: &[&str]) -> bool {
    profile.metadata(key).is_some_and(|found| values.iter().any(|value| value.eq_ignore_ascii_case(found)))
}

/// Whether a profile's token format is that one, in any case.
pub(super) fn issues(profile: &TechnicalProfile, format: &str) -> bool {
    profile.output_token_format.as_ref().is_some_and(|f| f.value.eq_ignore_ascii_case(format))
}

/// A provider in a sentence: "self-asserted page provider", but "OAuth 2.0 identity provider".
pub(crate) fn provider_named(title: &str) -> Cow<'_, str> {
    if title.ends_with("provider") { title.into() } else { format!("{title} provider").into() }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::{ALL, COMMON_METADATA, Declaration, MetadataKey, RELYING_PARTY, ValueKind};

    fn everyone() -> impl Iterator<Item = &'static Declaration> {
        ALL.iter().chain(RELYING_PARTY).copied()
    }

    #[test]
    fn no_provider_declares_a_name_twice() {
        for known in everyone() {
            let metadata = known.metadata.iter().chain(COMMON_METADATA).map(|key| key.name);
            let names = metadata.chain(known.messages.iter().map(|message| message.name));
            let mut seen = HashSet::new();
            for name in names {
                assert!(seen.insert(name.to_lowercase()), "{}: {name}", known.title);
            }
        }
    }

    fn allows(key: &MetadataKey, value: &str) -> bool {
        match key.value {
            ValueKind::Boolean => ["true", "false"].contains(&value),
            ValueKind::Integer { min, max } => value.parse::<i64>().is_ok_and(|number| (min..=max).contains(&number)),
            ValueKind::OneOf(allowed) => allowed.contains(&value),
            _ => true,
        }
    }

    #[test]
    fn a_default_is_one_of_the_allowed_values() {
        for key in everyone().flat_map(|known| known.metadata).chain(COMMON_METADATA) {
            if let Some(default) = key.default {
                assert!(allows(key, default), "{}: {default}", key.name);
            }
        }
    }

    #[test]
    fn titles_are_told_apart() {
        let titles: HashSet<_> = everyone().map(|known| known.title).collect();
        assert_eq!(titles.len(), everyone().count());
    }
}
