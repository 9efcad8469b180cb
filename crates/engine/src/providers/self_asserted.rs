//! Self-asserted provider: a page that shows and asks for claims, and the profiles that validate what was typed.

use journeyman_claims::Name;

use crate::page::ForgotPassword;
use crate::providers::{Binding, Bound, Declaration, KeyId, MetadataKey, ValueKind, always};

const fn key(
    name: &'static str,
    value: ValueKind,
    default: Option<&'static str>,
    summary: &'static str,
) -> MetadataKey {
    MetadataKey { name, value, required: false, default, summary }
}

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "Self-asserted",
    protocols: &["Proprietary"],
    handler: Some("SelfAssertedAttributeProvider"),
    metadata: &[
        key("ContentDefinitionReferenceId", ValueKind::ContentDefinition, None, "the page"),
        key(
            "setting.operatingMode",
            ValueKind::OneOf(&["Email", "Username"]),
            Some("Email"),
            "how the identifier of a sign-in page is checked and labelled",
        ),
        key(
            "AllowGenerationOfClaimsWithNullValues",
            ValueKind::Boolean,
            Some("false"),
            "a field left empty makes an empty claim",
        ),
        key("EnforceEmailVerification", ValueKind::Boolean, Some("true"), "`Verified.Email` asks for a code"),
        key(
            "setting.retryLimit",
            ValueKind::Integer { min: 1, max: 100 },
            Some("7"),
            "failed submits before the journey ends",
        ),
        key("SignUpTarget", ValueKind::Text, None, "claims exchange of the sign-up link"),
        key("setting.showCancelButton", ValueKind::Boolean, Some("true"), "a button to give up"),
        key("setting.showContinueButton", ValueKind::Boolean, Some("true"), "a button to go on"),
        key("setting.showSignupLink", ValueKind::Boolean, Some("true"), "the sign-up link"),
        key(
            "setting.forgotPasswordLinkLocation",
            ValueKind::OneOf(&["AfterLabel", "AfterInput", "AfterButtons", "None"]),
            Some("AfterLabel"),
            "where the forgotten-password link stands",
        ),
        key(
            "setting.forgotPasswordLinkOverride",
            ValueKind::Text,
            None,
            "claims exchange of the forgotten-password link",
        ),
        key("setting.enableRememberMe", ValueKind::Boolean, Some("false"), "a check box to stay signed in"),
        key(
            "setting.inputVerificationDelayTimeInMilliseconds",
            ValueKind::Integer { min: 0, max: 60_000 },
            Some("2000"),
            "idle time before a field is checked while typing",
        ),
    ],
    keys: &[KeyId { name: "issuer_secret", summary: "declared by starter packs, no effect" }],
    // Messages of validation profiles and legacy texts are declared here.
    open_metadata: true,
    runs: true,
    applies: always,
    bind,
};

/// Where the forgotten-password link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ForgotLink {
    /// There is none.
    None,
    /// Back to the application with AADB2C90118.
    Application(ForgotPassword),
    /// To a claims exchange of the next step.
    Exchange(ForgotPassword, Name),
}

/// A page ready to be shown.
#[derive(Debug)]
pub struct SelfAsserted {
    pub(crate) content_definition: Option<Name>,
    pub(crate) operating_mode: String,
    pub(crate) allow_null: bool,
    pub(crate) enforce_email_verification: bool,
    pub(crate) retry_limit: u32,
    pub(crate) sign_up: Option<Name>,
    pub(crate) show_cancel: bool,
    pub(crate) show_continue: bool,
    pub(crate) forgot: ForgotLink,
    pub(crate) remember_me: bool,
}

fn bind(binding: &mut Binding<'_>) -> Bound {
    let location = match binding.text("setting.forgotPasswordLinkLocation").unwrap_or_default() {
        l if l.eq_ignore_ascii_case("None") => None,
        l if l.eq_ignore_ascii_case("AfterInput") => Some(ForgotPassword::AfterInput),
        l if l.eq_ignore_ascii_case("AfterButtons") => Some(ForgotPassword::AfterButtons),
        _ => Some(ForgotPassword::AfterLabel),
    };
    let forgot = match (location, binding.text("setting.forgotPasswordLinkOverride")) {
        (None, _) => ForgotLink::None,
        (Some(at), None) => ForgotLink::Application(at),
        (Some(at), Some(exchange)) => ForgotLink::Exchange(at, Name::new(exchange)),
    };
    let sign_up = binding.text("SignUpTarget").map(Name::new);
    Bound::Page(SelfAsserted {
        content_definition: binding.text("ContentDefinitionReferenceId").map(Name::new),
        operating_mode: binding.text("setting.operatingMode").unwrap_or("Email").to_owned(),
        allow_null: binding.flag("AllowGenerationOfClaimsWithNullValues"),
        enforce_email_verification: binding.flag("EnforceEmailVerification"),
        retry_limit: binding.integer("setting.retryLimit").and_then(|n| u32::try_from(n).ok()).unwrap_or(1),
        sign_up: sign_up.filter(|_| binding.flag("setting.showSignupLink")),
        show_cancel: binding.flag("setting.showCancelButton"),
        show_continue: binding.flag("setting.showContinueButton"),
        forgot,
        remember_me: binding.flag("setting.enableRememberMe"),
    })
}
