//! Texts that people see: which language a journey speaks, and where each text comes from.
//!
//! Order: the localized resources of the page's content definition for the journey's language, for the language without
//! its region, for the default language; then what the policy declares in metadata or on the element; then the built-in
//! English text of [`BUILT_IN`].

use journeyman_claims::Name;
use journeyman_policy::model::{ContentDefinition, LocalizedCollection, LocalizedResources, Policy};

/// Built-in English texts by element type and string id.
pub const BUILT_IN: &[(&str, &str, &str)] = &[
    ("UxElement", "button_continue", "Continue"),
    ("UxElement", "button_cancel", "Cancel"),
    ("UxElement", "button_signin", "Sign in"),
    ("UxElement", "heading", ""),
    ("UxElement", "local_intro_generic", "Sign in with your {0}"),
    ("UxElement", "local_intro_email", "Sign in with your e-mail address"),
    ("UxElement", "social_intro", "Or choose another way"),
    ("UxElement", "divider_title", "or"),
    ("UxElement", "createaccount_intro", "No account yet?"),
    ("UxElement", "createaccount_one_link", "Sign up now"),
    ("UxElement", "createaccount_link", "Sign up now"),
    ("UxElement", "forgotpassword_link", "Forgot your password?"),
    ("UxElement", "remember_me", "Keep me signed in"),
    ("UxElement", "required_field", "Fill in this field."),
    ("UxElement", "required_field_descriptive", "{0} is required."),
    ("UxElement", "invalid_email", "Enter a valid e-mail address."),
    ("UxElement", "unknown_error", "We could not finish this. Try again."),
    ("UxElement", "error_passwordEntryMismatch", "The two passwords are not the same. Enter them again."),
    ("UxElement", "error_fieldIncorrect", "Some fields need your attention. Check them and try again."),
    ("UxElement", "error_requiredFieldMissing", "A required field is empty. Fill it in and try again."),
    ("UxElement", "helplink_text", "What is this?"),
    ("UxElement", "preloader_alt", "Please wait"),
    ("UxElement", "alert_no", "No"),
    ("UxElement", "day", "Day"),
    ("UxElement", "month", "Month"),
    ("UxElement", "year", "Year"),
    (
        "UxElement",
        "months",
        "January, February, March, April, May, June, July, August, September, October, November, December",
    ),
    ("UxElement", "verifying_blurb", "One moment, please."),
    ("UxElement", "ver_incorrect_format", "This is not in the expected format."),
    ("UxElement", "ver_but_send", "Send verification code"),
    ("UxElement", "ver_but_verify", "Verify code"),
    ("UxElement", "ver_but_resend", "Send new code"),
    ("UxElement", "ver_but_edit", "Change e-mail"),
    ("UxElement", "ver_but_default", "Default"),
    ("UxElement", "ver_input", "Verification code"),
    ("UxElement", "ver_intro_msg", "Your e-mail address must be verified. Send a code to it."),
    ("UxElement", "ver_info_msg", "We sent a verification code to this address. Enter it below."),
    ("UxElement", "ver_success_msg", "The e-mail address is verified. You can go on."),
    ("UxElement", "ver_fail_retry", "That code is not right. Try again."),
    ("UxElement", "ver_fail_no_retry", "Too many wrong codes. Send a new code."),
    ("UxElement", "ver_fail_code_expired", "That code has expired. Send a new code."),
    ("UxElement", "ver_fail_throttled", "Too many codes were requested for this address. Wait a while and try again."),
    ("UxElement", "ver_fail_server", "The message could not be sent. Try again in a moment."),
    ("DisplayControl", "but_send_code", "Send verification code"),
    ("DisplayControl", "but_verify_code", "Verify code"),
    ("DisplayControl", "but_send_new_code", "Send new code"),
    ("DisplayControl", "but_change_claims", "Change"),
    ("DisplayControl", "intro_msg", "Verification is needed. Send a code to go on."),
    ("DisplayControl", "success_send_code_msg", "A verification code is on its way. Enter it below."),
    ("DisplayControl", "failure_send_code_msg", "The verification code could not be sent. Try again in a moment."),
    ("DisplayControl", "success_verify_code_msg", "Verified. You can go on."),
    ("DisplayControl", "failure_verify_code_msg", "That code could not be verified. Try again."),
    ("ErrorMessage", "UserMessageIfSessionDoesNotExist", "The code has expired, or none was sent. Send a new code."),
    ("ErrorMessage", "UserMessageIfMaxRetryAttempted", "Too many wrong codes. Wait a while, then send a new code."),
    (
        "ErrorMessage",
        "UserMessageIfMaxNumberOfCodeGenerated",
        "Too many codes were requested. Wait a while and try again.",
    ),
    ("ErrorMessage", "UserMessageIfInvalidCode", "That code is not right."),
    ("ErrorMessage", "UserMessageIfVerificationFailedRetryAllowed", "That code is not right. Try again."),
    ("ErrorMessage", "UserMessageIfSessionConflict", "The code could not be checked. Try again in a moment."),
    ("ErrorMessage", "UserMessageIfVerificationControlClaimsNotVerified", "Verify your details before you go on."),
    (
        "ErrorMessage",
        "UserMessageIfClaimsPrincipalAlreadyExists",
        "There is an account with these details already. Sign in, or use others.",
    ),
    ("ErrorMessage", "UserMessageIfClaimsPrincipalDoesNotExist", "We found no account with these details."),
    ("ErrorMessage", "UserMessageIfInvalidPassword", "The sign-in name or the password is not right."),
    ("ErrorMessage", "UserMessageIfOldPasswordUsed", "That is an old password. Enter your current one."),
    ("ErrorMessage", "UserMessageIfUserAccountDisabled", "This account is blocked. Contact support."),
    (
        "ErrorMessage",
        "UserMessageIfUserAccountLocked",
        "This account is locked for a while because of too many attempts. Try again later.",
    ),
    ("ErrorMessage", "AADRequestsThrottled", "There are too many requests at the moment. Wait a while and try again."),
    ("ErrorMessage", "DefaultMessage", "The sign-in name or the password is not right."),
    (
        "ErrorMessage",
        "DefaultUserMessageIfRequestFailed",
        "A service that we need did not answer as it should. Try again in a moment.",
    ),
    (
        "ErrorMessage",
        "UserMessageIfCircuitOpen",
        "A service that we need cannot be reached at the moment. Try again later.",
    ),
    (
        "ErrorMessage",
        "UserMessageIfDnsResolutionFailed",
        "A service that we need cannot be found at the moment. Try again later.",
    ),
    (
        "ErrorMessage",
        "UserMessageIfRequestTimeout",
        "A service that we need took too long to answer. Try again in a moment.",
    ),
    (
        "ErrorMessage",
        "UserMessageIfClaimsTransformationBooleanValueIsNotEqual",
        "We could not confirm what you entered.",
    ),
    ("ErrorMessage", "UserMessageIfClaimsTransformationStringsAreNotEqual", "What you entered does not match."),
    (
        "ErrorMessage",
        "UserMessageIfClaimsTransformationInvalidPhoneNumber",
        "Enter a valid phone number with its country code.",
    ),
    ("ErrorMessage", "DateTimeGreaterThan", "The first date must be before the second."),
    ("ErrorMessage", "LookupNotFound", "We found nothing for what you entered."),
    // Texts of the engine's own, beyond the language's.
    ("Journeyman", "limit_blocked", "Too many attempts. For your safety this is blocked. Try again in {0}."),
    ("Journeyman", "limit_last", "One attempt is left."),
    ("Journeyman", "limit_reached", "There are no attempts left. For your safety this is blocked for a while."),
    ("Journeyman", "limit_for_good", "Too many attempts. For your safety this is blocked. Contact support."),
    ("Journeyman", "cancelled", "You cancelled before it was finished."),
    ("Journeyman", "forgot_password", "You asked for a new password."),
    (
        "Journeyman",
        "interrupted_send",
        "A message may have been sent before we were interrupted. If none arrives, send a new code.",
    ),
    ("Journeyman", "interrupted", "We were interrupted and cannot tell whether this was done. Try again."),
    ("Journeyman", "minutes", "{0} minutes"),
    ("Journeyman", "minute", "a minute"),
    ("Journeyman", "invalid_phone", "Enter a phone number with its country code, such as +44 7700 900123."),
    ("Journeyman", "invalid_value", "This value cannot be used here."),
    ("Journeyman", "title_combined", "Sign in"),
    ("Journeyman", "title_selection", "Choose how to go on"),
    ("Journeyman", "title_selfasserted", "Your details"),
];

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

    /// A list that the policy localizes.
    pub(crate) fn collection(&self, claim: &Name) -> Option<&'a LocalizedCollection> {
        self.resources().find_map(|r| r.collections.iter().find(|c| c.claim.value == *claim))
    }

    /// A text of the page: localized, else built in, else empty.
    pub(crate) fn ux(&self, string_id: &str) -> &'a str {
        self.localized("UxElement", None, string_id).or_else(|| built_in("UxElement", string_id)).unwrap_or_default()
    }

    /// A text of a display control.
    pub(crate) fn control(&self, control: &str, string_id: &str) -> &'a str {
        self.localized("DisplayControl", Some(control), string_id)
            .or_else(|| built_in("DisplayControl", string_id))
            .unwrap_or_default()
    }

    /// A text of the engine's own; a policy may localize it under the element type `Journeyman`.
    pub(crate) fn own(&self, string_id: &str) -> &'a str {
        self.localized("Journeyman", None, string_id).or_else(|| built_in("Journeyman", string_id)).unwrap_or_default()
    }

    /// A localized error message.
    pub(crate) fn error(&self, key: &str) -> Option<&'a str> {
        self.localized("ErrorMessage", None, key)
    }

    /// Texts of the page that the policy localizes, by string id; the first one found wins.
    pub(crate) fn ux_elements(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut seen = std::collections::HashSet::new();
        let strings =
            self.resources().flat_map(|r| &r.strings).filter(|s| s.element_type.eq_ignore_ascii_case("UxElement"));
        strings
            .filter(move |s| s.element_id.is_none() && seen.insert(s.string_id.to_ascii_lowercase()))
            .map(|s| (s.string_id.as_str(), s.text.as_str()))
    }

    /// An error message: localized, else built in.
    pub(crate) fn error_or_built_in(&self, key: &str) -> &'a str {
        self.error(key).or_else(|| built_in("ErrorMessage", key)).unwrap_or_default()
    }

    fn resources(&self) -> impl Iterator<Item = &'a LocalizedResources> + use<'a> {
        let policy = self.policy;
        let language = self.language;
        let short = language.split('-').next().unwrap_or(language);
        let fallback = policy.localization.default_language.as_deref().unwrap_or("en");
        let references = self.content.map(|c| c.localized.as_slice()).unwrap_or_default();
        let enabled = policy.localization.enabled;
        [language, short, fallback]
            .into_iter()
            .flat_map(move |wanted| references.iter().filter(move |r| r.language.eq_ignore_ascii_case(wanted)))
            .filter(move |_| enabled)
            .filter_map(move |r| policy.localization.resources.get(&r.resources.value))
    }
}

/// A built-in English text.
pub fn built_in(element_type: &str, string_id: &str) -> Option<&'static str> {
    let found = BUILT_IN.iter().find(|(kind, id, _)| *kind == element_type && id.eq_ignore_ascii_case(string_id));
    found.map(|(_, _, text)| *text)
}

/// The language of a journey: the first one asked for that the policy offers, else its default.
pub(crate) fn choose_language(policy: &Policy, wanted: &[String]) -> String {
    let localization = &policy.localization;
    let default = localization.default_language.clone().unwrap_or_else(|| "en".to_owned());
    if !localization.enabled {
        return default;
    }
    let offers = |tag: &str| localization.supported.iter().find(|s| s.eq_ignore_ascii_case(tag)).cloned();
    let found = wanted.iter().find_map(|tag| offers(tag).or_else(|| offers(tag.split('-').next().unwrap_or(tag))));
    found.unwrap_or(default)
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
    use std::collections::HashSet;

    use super::{BUILT_IN, fill};

    #[test]
    fn every_built_in_text_is_declared_once() {
        let mut seen = HashSet::new();
        for (kind, id, _) in BUILT_IN {
            assert!(seen.insert((kind, id)), "{kind} {id} twice");
        }
    }

    #[test]
    fn arguments_are_filled_in() {
        assert_eq!(fill("{0} of {1}", &["a", "b"]), "a of b");
    }
}
