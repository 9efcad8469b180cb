//! Every string that a policy may word and that has, or could have, a text without one: declared once, and worded in the
//! files of `languages/`, which are tables of the same ids.

/// One string.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// `UxElement`, `ErrorMessage`, … as in `LocalizedString@ElementType`.
    pub element_type: &'static str,
    /// The control or claim that it belongs to, where that is fixed.
    pub element_id: Option<&'static str>,
    /// `LocalizedString@StringId`.
    pub id: &'static str,
    /// Where it appears.
    pub places: &'static [Place],
    /// A person can meet it today; the others are declared for policies and for scripts of custom templates.
    pub shown: bool,
    /// What `{0}`, `{1}`, … stand for, where a text has them.
    pub arguments: &'static [&'static str],
    /// Where its text comes from.
    pub wording: Wording,
}

/// Where the text of a string comes from that no policy words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The files of `languages/`.
    Translated,
    /// It is the same in every language.
    Same(&'static str),
    /// It has none: nothing is shown.
    Absent,
}

/// Pages, controls and profiles with strings of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Sign-up or sign-in.
    SignIn,
    /// A page that asks for claims.
    SelfAsserted,
    /// A page that only offers identity providers.
    Selection,
    /// The phone factor page.
    PhoneFactor,
    /// A display control that verifies.
    Verification,
    /// The pages of authenticator apps.
    Authenticator,
    /// The display control against robots.
    Captcha,
    /// Messages of directory and sign-in profiles.
    Account,
    /// Messages of REST profiles.
    Rest,
    /// Messages of one-time-password profiles.
    OneTimePassword,
    /// Messages of Azure multifactor profiles.
    Multifactor,
    /// Messages of the directory's own password reset.
    SelfServiceReset,
    /// Messages of claims transformations.
    Transformation,
    /// Sentences of ours that any page of a journey may need.
    Journey,
    /// Pages of the server itself.
    Server,
    /// The mail with a code.
    Mail,
}

impl Place {
    /// A few words, for the reference.
    pub fn described(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in page",
            Self::SelfAsserted => "self-asserted page",
            Self::Selection => "page that offers identity providers",
            Self::PhoneFactor => "phone factor page",
            Self::Verification => "verification control",
            Self::Authenticator => "authenticator app page",
            Self::Captcha => "CAPTCHA control",
            Self::Account => "directory and sign-in profiles",
            Self::Rest => "REST profiles",
            Self::OneTimePassword => "one-time password profiles",
            Self::Multifactor => "multifactor profiles",
            Self::SelfServiceReset => "password reset of the directory",
            Self::Transformation => "claims transformations",
            Self::Journey => "any page",
            Self::Server => "pages of the server",
            Self::Mail => "mail with a code",
        }
    }
}

impl BuiltIn {
    const fn new(element_type: &'static str, id: &'static str, places: &'static [Place]) -> Self {
        let wording = Wording::Translated;
        Self { element_type, element_id: None, id, places, shown: false, arguments: &[], wording }
    }

    const fn shown(mut self) -> Self {
        self.shown = true;
        self
    }

    const fn of(mut self, element_id: &'static str) -> Self {
        self.element_id = Some(element_id);
        self
    }

    const fn filled(mut self, arguments: &'static [&'static str]) -> Self {
        self.arguments = arguments;
        self
    }

    const fn same(mut self, text: &'static str) -> Self {
        self.wording = Wording::Same(text);
        self
    }

    const fn absent(mut self) -> Self {
        self.wording = Wording::Absent;
        self
    }

    /// Whether it is the string of these three names, compared without case.
    pub fn is(&self, element_type: &str, element_id: Option<&str>, id: &str) -> bool {
        self.id.eq_ignore_ascii_case(id)
            && self.element_type.eq_ignore_ascii_case(element_type)
            && self.element_id.is_none_or(|own| element_id.is_some_and(|other| other.eq_ignore_ascii_case(own)))
    }
}

const fn ux(id: &'static str, places: &'static [Place]) -> BuiltIn {
    BuiltIn::new("UxElement", id, places)
}

const fn control(id: &'static str) -> BuiltIn {
    BuiltIn::new("DisplayControl", id, &[Place::Verification]).shown()
}

const fn captcha(id: &'static str) -> BuiltIn {
    BuiltIn::new("DisplayControl", id, &[Place::Captcha])
}

const fn authenticator(control: &'static str, id: &'static str) -> BuiltIn {
    BuiltIn::new("DisplayControl", id, &[Place::Authenticator]).of(control)
}

const fn claim(id: &'static str) -> BuiltIn {
    BuiltIn::new("ClaimType", "DisplayName", &[Place::Authenticator]).of(id)
}

const fn error(id: &'static str, places: &'static [Place]) -> BuiltIn {
    BuiltIn::new("ErrorMessage", id, places)
}

const fn own(id: &'static str, places: &'static [Place]) -> BuiltIn {
    BuiltIn::new("Journeyman", id, places).shown()
}

const SIGN_IN: &[Place] = &[Place::SignIn];
const ASSERTED: &[Place] = &[Place::SelfAsserted];
const BOTH: &[Place] = &[Place::SignIn, Place::SelfAsserted];
const PHONE: &[Place] = &[Place::PhoneFactor];
const ACCOUNT: &[Place] = &[Place::Account];
const CODE: &[Place] = &[Place::OneTimePassword];
const FACTOR: &[Place] = &[Place::Multifactor];
const RESET: &[Place] = &[Place::SelfServiceReset];
const TRANSFORMATION: &[Place] = &[Place::Transformation];
const JOURNEY: &[Place] = &[Place::Journey];
const SERVER: &[Place] = &[Place::Server];
const MAIL: &[Place] = &[Place::Mail];

/// What `{0}` is in sentences about one field.
const FIELD: &[&str] = &["name of the field"];

/// Every string, in the order of the reference.
pub const BUILT_IN: &[BuiltIn] = &[
    // Several pages.
    ux("heading", &[Place::SignIn, Place::SelfAsserted, Place::Selection]).shown().absent(),
    ux("intro", &[Place::SignIn, Place::SelfAsserted, Place::Selection]).shown().absent(),
    ux("button_cancel", &[Place::SelfAsserted, Place::Selection, Place::PhoneFactor]).shown(),
    ux("cancel_message", &[Place::SignIn, Place::SelfAsserted, Place::PhoneFactor]),
    ux("unknown_error", &[Place::SignIn, Place::SelfAsserted, Place::Selection]).shown(),
    ux("preloader_alt", BOTH),
    ux("verifying_blurb", &[Place::SignIn, Place::SelfAsserted, Place::Selection]).shown(),
    ux("required_field", BOTH).shown(),
    ux("required_field_descriptive", BOTH).shown().filled(FIELD),
    ux("ver_incorrect_format", BOTH).shown(),
    ux("error_fieldIncorrect", BOTH).shown(),
    ux("disclaimer_msg_intro", BOTH).shown().absent(),
    ux("disclaimer_link_1_text", BOTH).shown().absent(),
    ux("disclaimer_link_1_url", BOTH).shown().absent(),
    ux("disclaimer_link_2_text", BOTH).shown().absent(),
    ux("disclaimer_link_2_url", BOTH).shown().absent(),
    // Sign-up or sign-in.
    ux("forgotpassword_link", SIGN_IN).shown(),
    ux("createaccount_intro", SIGN_IN).shown(),
    ux("createaccount_link", SIGN_IN).shown(),
    ux("createaccount_one_link", SIGN_IN).shown(),
    ux("createaccount_two_links", SIGN_IN).filled(&["first way to sign up", "second way"]),
    ux("createaccount_three_links", SIGN_IN).filled(&["first way to sign up", "second way", "third way"]),
    ux("button_signin", SIGN_IN).shown(),
    ux("social_intro", SIGN_IN),
    ux("remember_me", SIGN_IN).shown(),
    ux("divider_title", SIGN_IN).shown(),
    ux("local_intro_generic", SIGN_IN).shown().filled(FIELD),
    ux("requiredField_generic", SIGN_IN).shown().filled(FIELD),
    ux("invalid_generic", SIGN_IN).shown().filled(FIELD),
    ux("local_intro_email", SIGN_IN),
    ux("logonIdentifier_email", SIGN_IN),
    ux("requiredField_email", SIGN_IN),
    ux("invalid_email", BOTH).shown(),
    ux("email_pattern", SIGN_IN).same(r"^[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)*$"),
    ux("local_intro_username", SIGN_IN),
    ux("logonIdentifier_username", SIGN_IN),
    ux("requiredField_username", SIGN_IN),
    ux("password", SIGN_IN),
    ux("requiredField_password", SIGN_IN).shown(),
    ux("invalid_password", SIGN_IN),
    // Pages that ask for claims.
    ux("initial_intro", ASSERTED).shown().absent(),
    ux("user_details_intro", ASSERTED).shown().absent(),
    ux("button_continue", &[Place::SelfAsserted, Place::Authenticator, Place::Server]).shown(),
    ux("helplink_text", ASSERTED),
    ux("error_requiredFieldMissing", ASSERTED),
    ux("error_passwordEntryMismatch", ASSERTED).shown(),
    ux("day", ASSERTED).shown(),
    ux("month", ASSERTED).shown(),
    ux("year", ASSERTED).shown(),
    ux("months", ASSERTED).shown(),
    ux("alert_title", ASSERTED),
    ux("alert_message", ASSERTED),
    ux("alert_yes", ASSERTED),
    ux("alert_no", ASSERTED),
    ux("ver_but_default", ASSERTED),
    ux("ver_but_send", ASSERTED).shown(),
    ux("ver_but_resend", ASSERTED).shown(),
    ux("ver_but_verify", ASSERTED).shown(),
    ux("ver_but_edit", ASSERTED).shown(),
    ux("ver_input", ASSERTED).shown(),
    ux("ver_intro_msg", ASSERTED),
    ux("ver_sent", ASSERTED),
    ux("ver_info_msg", ASSERTED).shown(),
    ux("ver_success_msg", ASSERTED).shown(),
    ux("ver_fail_retry", ASSERTED).shown(),
    ux("ver_fail_no_retry", ASSERTED).shown(),
    ux("ver_fail_code_expired", ASSERTED).shown(),
    ux("ver_fail_throttled", ASSERTED).shown(),
    ux("ver_fail_server", ASSERTED).shown(),
    // The phone factor page.
    ux("button_verify", PHONE),
    ux("button_send_code", PHONE),
    ux("button_verify_code", PHONE),
    ux("button_retry", PHONE),
    ux("text_button_send_second_code", PHONE),
    ux("enter_code_text_intro", PHONE),
    ux("alternative_text", PHONE),
    ux("country_code_label", PHONE),
    ux("country_code_input_placeholder_text", PHONE),
    ux("number_label", PHONE),
    ux("local_number_input_placeholder_text", PHONE),
    ux("verification_code_input_placeholder_text", PHONE),
    ux("code_pattern", PHONE).same(r"\d{6}"),
    ux("number_pattern", PHONE).same(r"^\+(?:[0-9][ -]?){6,14}[0-9]$"),
    ux("requiredField_code", PHONE),
    ux("invalid_code", PHONE),
    ux("requiredField_countryCode", PHONE),
    ux("requiredField_number", PHONE),
    ux("invalid_number", PHONE),
    ux("intro_mixed", PHONE),
    ux("intro_mixed_p", PHONE),
    ux("intro_phone", PHONE),
    ux("intro_phone_p", PHONE),
    ux("intro_sms", PHONE),
    ux("intro_sms_p", PHONE),
    ux("intro_entry_mixed", PHONE),
    ux("intro_entry_phone", PHONE),
    ux("intro_entry_sms", PHONE),
    ux("error_tryagain", PHONE),
    ux("error_incorrect_code", PHONE),
    ux("error_sms_throttled", PHONE),
    ux("error_phone_throttled", PHONE),
    ux("error_throttled", PHONE),
    ux("error_448", PHONE),
    ux("error_449", PHONE),
    // A JSON object of country names, which browsers know in every language.
    ux("countryList", PHONE).absent(),
    // The verification control, and its strings of page contract 2.0.0.
    control("intro_msg"),
    control("but_send_code"),
    control("but_verify_code"),
    control("but_send_new_code"),
    control("but_change_claims"),
    control("success_send_code_msg"),
    control("failure_send_code_msg"),
    control("success_verify_code_msg"),
    control("failure_verify_code_msg"),
    ux("verification_control_but_send_code", &[Place::Verification]).shown().absent(),
    ux("verification_control_but_verify_code", &[Place::Verification]).shown().absent(),
    ux("verification_control_but_send_new_code", &[Place::Verification]).shown().absent(),
    ux("verification_control_but_change_claims", &[Place::Verification]).shown().absent(),
    ux("verification_control_code_sent", &[Place::Verification]).shown().absent(),
    ux("verification_control_fail_send_code", &[Place::Verification]).shown().absent(),
    ux("verification_control_fail_verify_code", &[Place::Verification]).shown().absent(),
    // A page has them; a published policy words them for its control.
    control("disclaimer_msg_intro").absent(),
    control("disclaimer_link_1_text").absent(),
    control("disclaimer_link_1_url").absent(),
    control("disclaimer_link_2_text").absent(),
    control("disclaimer_link_2_url").absent(),
    // Authenticator apps.
    authenticator("authenticatorAppIconControl", "title_text"),
    authenticator("authenticatorAppIconControl", "instruction_text"),
    authenticator("totpQrCodeControl", "title_text"),
    authenticator("totpQrCodeControl", "info_msg"),
    authenticator("totpQrCodeControl", "link_text"),
    authenticator("authenticatorInfoControl", "title_text"),
    authenticator("authenticatorInfoControl", "account_name"),
    authenticator("authenticatorInfoControl", "display_prefix"),
    authenticator("authenticatorInfoControl", "collapse_text"),
    claim("QrCodeScanInstruction"),
    claim("QrCodeVerifyInstruction"),
    claim("otpCode"),
    // The control against robots.
    captcha("newCaptcha_arialabel"),
    captcha("switchCaptchaType_title").filled(&["the other kind"]),
    captcha("captchatype_visual_help"),
    captcha("captchatype_audio_title"),
    captcha("captchatype_audio_help"),
    captcha("charsnotmatch_error"),
    captcha("api_error"),
    // Accounts.
    error("UserMessageIfInvalidPassword", ACCOUNT).shown(),
    error("UserMessageIfPasswordExpired", ACCOUNT),
    error("UserMessageIfClaimsPrincipalDoesNotExist", ACCOUNT).shown(),
    error("UserMessageIfClaimsPrincipalAlreadyExists", ACCOUNT).shown(),
    error("UserMessageIfOldPasswordUsed", ACCOUNT).shown(),
    error("DefaultMessage", ACCOUNT).shown(),
    error("UserMessageIfUserAccountDisabled", ACCOUNT).shown(),
    error("UserMessageIfUserAccountLocked", ACCOUNT).shown(),
    error("AADRequestsThrottled", ACCOUNT).shown(),
    error("ServiceThrottled", ACCOUNT),
    error("ResourceOwnerFlowInvalidCredentials", ACCOUNT),
    // Pages that ask for claims.
    error("UserMessageIfClaimNotVerified", ASSERTED).filled(FIELD),
    error("UserMessageIfIncorrectPattern", ASSERTED).filled(FIELD),
    error("UserMessageIfMissingRequiredElement", ASSERTED).filled(FIELD),
    error("UserMessageIfValidationError", ASSERTED).filled(&["name of the technical profile"]),
    error("UserMessageIfInvalidInput", ASSERTED).filled(FIELD),
    error("UserMessageIfVerificationControlClaimsNotVerified", &[Place::Verification]).shown(),
    // REST.
    error("DefaultUserMessageIfRequestFailed", &[Place::Rest]).shown().filled(&["address of the service"]),
    error("UserMessageIfCircuitOpen", &[Place::Rest]).shown().filled(&["reason", "address of the service"]),
    error("UserMessageIfDnsResolutionFailed", &[Place::Rest]).shown().filled(&["address of the service"]),
    error("UserMessageIfRequestTimeout", &[Place::Rest]).shown().filled(&["seconds", "address of the service"]),
    // Codes.
    error("UserMessageIfSessionDoesNotExist", CODE).shown(),
    error("UserMessageIfMaxRetryAttempted", CODE).shown(),
    error("UserMessageIfMaxNumberOfCodeGenerated", CODE).shown(),
    error("UserMessageIfInvalidCode", CODE).shown(),
    error("UserMessageIfVerificationFailedRetryAllowed", &[Place::OneTimePassword, Place::SelfServiceReset]).shown(),
    error("UserMessageIfSessionConflict", CODE).shown(),
    error("UserMessageIfChallengeExpired", RESET),
    error("UserMessageIfInternalError", RESET),
    error("UserMessageIfVerificationFailedNoRetry", RESET),
    error("UserMessageIfThrottled", &[Place::Multifactor, Place::SelfServiceReset]),
    error("UserMessageIfCouldntSendSms", FACTOR),
    error("UserMessageIfInvalidFormat", FACTOR),
    error("UserMessageIfMaxAllowedCodeRetryReached", FACTOR),
    error("UserMessageIfServerError", FACTOR),
    error("UserMessageIfWrongCodeEntered", FACTOR),
    // Transformations.
    error("UserMessageIfClaimsTransformationBooleanValueIsNotEqual", TRANSFORMATION).shown(),
    error("UserMessageIfClaimsTransformationStringsAreNotEqual", TRANSFORMATION).shown(),
    error("UserMessageIfClaimsTransformationInvalidPhoneNumber", TRANSFORMATION).shown(),
    error("UserMessageIfPhoneNumberParseFailure", TRANSFORMATION).shown(),
    error("DateTimeGreaterThan", TRANSFORMATION).shown(),
    error("LookupNotFound", TRANSFORMATION).shown(),
    error("AssertNumberError", TRANSFORMATION).shown(),
    // Ours, beyond the language's; a policy may word those of journeys under the element type `Journeyman`.
    own("title_combined", JOURNEY),
    own("title_selection", JOURNEY),
    own("title_selfasserted", JOURNEY),
    own("limit_blocked", JOURNEY).filled(&["how long"]),
    own("limit_last", JOURNEY),
    own("limit_reached", JOURNEY),
    own("limit_for_good", JOURNEY),
    own("minutes", JOURNEY).filled(&["number, at least two"]),
    own("minute", JOURNEY),
    own("cancelled", JOURNEY),
    own("forgot_password", JOURNEY),
    own("interrupted_send", JOURNEY),
    own("interrupted", JOURNEY),
    own("invalid_phone", JOURNEY),
    own("invalid_value", JOURNEY),
    own("fault_title", SERVER),
    own("fault_internal", SERVER),
    own("fault_unreadable", SERVER),
    own("nothing_title", SERVER),
    own("nothing_page", SERVER),
    own("nothing_policy", SERVER),
    own("nothing_named", SERVER),
    own("nothing_link", SERVER),
    own("ended_title", SERVER),
    own("ended", SERVER),
    own("other_browser_title", SERVER),
    own("other_browser", SERVER),
    own("no_cookies_title", SERVER),
    own("no_cookies", SERVER),
    own("refused_title", SERVER),
    own("refused_forged", SERVER),
    own("refused_method", SERVER),
    own("throttled_title", SERVER),
    own("throttled", SERVER),
    own("cannot_start_title", SERVER),
    own("cannot_sign_out_title", SERVER),
    own("bad_request", SERVER),
    own("signed_out_title", SERVER),
    own("signed_out", SERVER),
    own("returning_title", SERVER),
    own("returning", SERVER),
    own("unsupported_title", SERVER),
    own("unsupported", SERVER).filled(&["name of the policy"]),
    own("to_application", SERVER),
    own("back_to_application", SERVER),
    own("detail_code", SERVER),
    own("detail_correlation", SERVER),
    own("detail_time", SERVER),
    own("detail_developers", SERVER),
    own("mail_subject", MAIL).filled(&["domain name of the tenant"]),
    own("mail_code", MAIL),
    own("mail_unasked", MAIL),
];
