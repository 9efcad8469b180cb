//! The few texts that a page needs even when its model brings none: English, by the string ids of the policy language.

use journeyman_engine::page::PageModel;

const FALLBACKS: &[(&str, &str)] = &[
    ("alert_no", "No"),
    ("button_cancel", "Cancel"),
    ("button_continue", "Continue"),
    ("button_signin", "Sign in"),
    ("but_change_claims", "Change"),
    ("but_send_code", "Send verification code"),
    ("but_send_new_code", "Send new code"),
    ("but_verify_code", "Verify code"),
    ("createaccount_intro", "Don't have an account?"),
    ("createaccount_one_link", "Sign up now"),
    ("day", "Day"),
    ("divider_title", "or"),
    ("error_fieldIncorrect", "One or more fields are filled out incorrectly. Please check your entries and try again."),
    ("error_passwordEntryMismatch", "The two passwords are not the same."),
    ("forgotpassword_link", "Forgot your password?"),
    ("month", "Month"),
    ("months", "January, February, March, April, May, June, July, August, September, October, November, December"),
    ("remember_me", "Keep me signed in"),
    ("required_field", "This information is required."),
    ("unknown_error", "The service cannot be reached. Check your connection and try again."),
    ("ver_but_edit", "Change e-mail"),
    ("ver_but_resend", "Send new code"),
    ("ver_but_send", "Send verification code"),
    ("ver_but_verify", "Verify code"),
    ("ver_incorrect_format", "This is not in the expected format."),
    ("ver_input", "Verification code"),
    ("verifying_blurb", "Please wait while we process your information."),
    ("year", "Year"),
];

/// The page's own text, else ours, else nothing.
pub(crate) fn text<'a>(page: &'a PageModel, id: &str) -> &'a str {
    page.texts.get(id).map_or_else(|| fallback(id), String::as_str)
}

/// Our text for a string id.
pub(crate) fn fallback(id: &str) -> &'static str {
    FALLBACKS.iter().find(|(known, _)| *known == id).map_or("", |(_, text)| text)
}

/// `rtl` for languages written from right to left, else `ltr`.
pub(crate) fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 13] = ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"];
    const SCRIPTS: [&str; 6] = ["adlm", "arab", "hebr", "nkoo", "syrc", "thaa"];
    let language = language.to_ascii_lowercase();
    let mut parts = language.split(['-', '_']);
    let primary = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4) {
        Some(script) if SCRIPTS.contains(&script) => "rtl",
        Some(_) => "ltr",
        None if RIGHT_TO_LEFT.contains(&primary) => "rtl",
        None => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn the_script_of_a_tag_wins_over_its_language() {
        for (tag, expected) in
            [("en", "ltr"), ("ar-EG", "rtl"), ("he", "rtl"), ("uz-Arab", "rtl"), ("sd-Deva", "ltr"), ("", "ltr")]
        {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }
}
