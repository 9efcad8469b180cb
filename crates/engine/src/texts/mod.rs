//! Texts that people see: which language a journey speaks, and where each text comes from.
//!
//! Order: the localized resources of the page's content definition for the journey's language, then for the language
//! without its region; then what the policy declares in metadata or on the element; then the built-in text in the
//! journey's language. Where there are no built-in texts in that language, the resources for the policy's default language
//! come before all that, and the last resort is English.

mod check;
mod element_types;
mod languages;
mod strings;

pub(crate) use check::check;
pub(crate) use element_types::{ElementType, Stranger};

pub use languages::Language;
use languages::{neutral, plain};
pub use strings::{BUILT_IN, BuiltIn, Place, Wording};

use journeyman_claims::Name;
use journeyman_policy::model::{ContentDefinition, LocalizedCollection, LocalizedResources, Policy};

const ENGLISH: &str = "en";

/// Where texts of one page, or of none, are found.
#[derive(Clone, Copy)]
pub(crate) struct Texts<'a> {
    policy: &'a Policy,
    content: Option<&'a ContentDefinition>,
    language: &'a str,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(policy: &'a Policy, content: Option<&Name>, language: &'a str) -> Self {
        let content = content.and_then(|id| policy.content_definitions.get(id));
        Self { policy, content, language }
    }

    /// A text that the policy localizes.
    pub(crate) fn localized(&self, element_type: &str, element_id: Option<&str>, string_id: &str) -> Option<&'a str> {
        self.resources().find_map(|r| r.string(element_type, element_id, string_id))
    }

    /// A text for a claims transformation: in the journey's language or not at all.
    pub(crate) fn chosen(&self, element_type: &str, string_id: &str) -> Option<String> {
        let own = [self.language, neutral(self.language)];
        own.into_iter()
            .flat_map(|language| self.resources_of(language))
            .find_map(|resources| resources.string(element_type, None, string_id))
            .map(str::to_owned)
    }

    /// A list that the policy localizes.
    pub(crate) fn collection(&self, claim: &Name) -> Option<&'a LocalizedCollection> {
        self.resources().find_map(|r| r.collections.iter().find(|c| c.claim.value == *claim))
    }

    /// A text of the page: localized, else built in, else empty.
    pub(crate) fn ux(&self, string_id: &str) -> &'a str {
        self.or_built_in("UxElement", None, string_id)
    }

    /// A text of a display control. Those of the first page contract with controls were the page's.
    pub(crate) fn control(&self, control: &str, string_id: &str) -> &'a str {
        const OF_THE_PAGE: [(&str, &str); 7] = [
            ("but_send_code", "verification_control_but_send_code"),
            ("but_verify_code", "verification_control_but_verify_code"),
            ("but_send_new_code", "verification_control_but_send_new_code"),
            ("but_change_claims", "verification_control_but_change_claims"),
            ("success_send_code_msg", "verification_control_code_sent"),
            ("failure_send_code_msg", "verification_control_fail_send_code"),
            ("failure_verify_code_msg", "verification_control_fail_verify_code"),
        ];
        let old = OF_THE_PAGE.iter().find(|(id, _)| id.eq_ignore_ascii_case(string_id));
        self.localized("DisplayControl", Some(control), string_id)
            .or_else(|| self.localized("UxElement", None, old?.1))
            .or_else(|| self.built_in().text("DisplayControl", Some(control), string_id))
            .unwrap_or_default()
    }

    /// A text of the engine's own; a policy may localize it under the element type `Journeyman`.
    pub(crate) fn own(&self, string_id: &str) -> &'a str {
        self.or_built_in("Journeyman", None, string_id)
    }

    /// A localized error message.
    pub(crate) fn error(&self, key: &str) -> Option<&'a str> {
        self.localized("ErrorMessage", None, key)
    }

    /// Texts of the page that the policy localizes, by string id; the first one found wins.
    pub(crate) fn ux_elements(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut seen = std::collections::HashSet::new();
        let strings = self
            .resources()
            .flat_map(|r| &r.strings)
            .filter(|s| s.element_type.value.eq_ignore_ascii_case("UxElement"));
        strings
            .filter(move |s| s.element_id.is_none() && seen.insert(s.string_id.value.to_ascii_lowercase()))
            .map(|s| (s.string_id.value.as_str(), s.text.as_str()))
    }

    /// An error message: localized, else built in.
    pub(crate) fn error_or_built_in(&self, key: &str) -> &'a str {
        self.or_built_in("ErrorMessage", None, key)
    }

    /// A label as it stands within a sentence: in small letters, but for German, which writes nouns with capitals.
    pub(crate) fn within_sentence(&self, label: &str) -> String {
        if neutral(self.language).eq_ignore_ascii_case("de") { label.to_owned() } else { label.to_lowercase() }
    }

    /// The built-in texts in the journey's language.
    pub(crate) fn built_in(&self) -> &'static Language {
        Language::of(self.language)
    }

    fn or_built_in(&self, element_type: &str, element_id: Option<&str>, string_id: &str) -> &'a str {
        self.localized(element_type, element_id, string_id)
            .or_else(|| self.built_in().text(element_type, element_id, string_id))
            .unwrap_or_default()
    }

    fn resources(&self) -> impl Iterator<Item = &'a LocalizedResources> + use<'a> {
        let this = *self;
        // Two languages on one page serve nobody: another one only helps out where the page would be English otherwise.
        let default = || self.policy.localization.default_language.as_ref().map_or(ENGLISH, |language| &language.value);
        let fallback = Language::find(self.language).is_none().then(default);
        [self.language, neutral(self.language)]
            .into_iter()
            .chain(fallback)
            .flat_map(move |language| this.resources_of(language))
    }

    fn resources_of<'l>(&self, language: &'l str) -> impl Iterator<Item = &'a LocalizedResources> + use<'a, 'l> {
        let localization = &self.policy.localization;
        let references: &'a [_] = self.content.map(|content| content.localized.as_slice()).unwrap_or_default();
        references
            .iter()
            .filter(|_| localization.enabled)
            .filter(move |reference| reference.language.value.eq_ignore_ascii_case(language))
            .filter_map(|reference| localization.resources.get(&reference.resources.value))
    }
}

/// The language of a journey: the first one asked for that is on offer, as it is or without its region, else the policy's
/// default. On offer is what the policy supports, and the languages of the built-in texts where it leaves them.
pub fn choose_language(policy: &Policy, wanted: &[String]) -> String {
    let localization = &policy.localization;
    let (supported, built_in) = if localization.enabled {
        (localization.supported.as_slice(), localization.and_built_in)
    } else {
        (&[][..], true)
    };
    let listed = |tag: &str| supported.iter().map(|s| &s.value).find(|s| s.eq_ignore_ascii_case(tag)).cloned();
    let offers = |tag: &String| {
        let known = || Language::find(tag).filter(|_| built_in).map(|_| plain(tag).to_owned());
        listed(tag).or_else(known).or_else(|| listed(neutral(tag)))
    };
    let default = || localization.default_language.as_ref().filter(|_| localization.enabled).map(|l| l.value.clone());
    wanted.iter().find_map(offers).or_else(default).unwrap_or_else(|| ENGLISH.to_owned())
}

/// Fills `{0}`, `{1}`, … of a text.
pub(crate) fn fill(text: &str, arguments: &[impl AsRef<str>]) -> String {
    arguments
        .iter()
        .enumerate()
        .fold(text.to_owned(), |text, (at, value)| text.replace(&format!("{{{at}}}"), value.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn arguments_are_filled_in() {
        assert_eq!(fill("{0} of {1}", &["a", "b"]), "a of b");
    }
}
