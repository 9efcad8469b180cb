//! Self-asserted provider: a page that shows and asks for claims, and the profiles that validate what was typed.

use journeyman_claims::Name;

use crate::page::ForgotPassword;
use crate::providers::{Binding, Bound, Declaration, KeyId, KeyKind, KnownClaim, MetadataKey, Place, ValueKind};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "Self-asserted",
    protocols: &["Proprietary"],
    handler: Some("SelfAssertedAttributeProvider"),
    metadata: &[
        MetadataKey::new(
            "ContentDefinitionReferenceId",
            ValueKind::ContentDefinition,
            "the page; needed where the orchestration step names none",
        ),
        MetadataKey::new(
            "setting.operatingMode",
            ValueKind::OneOf(&["Email", "Username"]),
            "how the identifier of a sign-in page is checked and labelled",
        )
        .or("Email"),
        MetadataKey::flag("AllowGenerationOfClaimsWithNullValues", "false", "a field left empty makes an empty claim"),
        MetadataKey::flag("EnforceEmailVerification", "true", "`Verified.Email` asks for a code"),
        MetadataKey::new(
            "setting.retryLimit",
            ValueKind::Integer { min: 1, max: 100 },
            "failed submits before the journey ends",
        )
        .or("7"),
        MetadataKey::new("SignUpTarget", ValueKind::Exchange, "claims exchange of the sign-up link"),
        MetadataKey::flag("setting.showCancelButton", "true", "a button to give up"),
        MetadataKey::flag("setting.showContinueButton", "true", "a button to go on"),
        MetadataKey::flag("setting.showSignupLink", "true", "the sign-up link"),
        MetadataKey::new(
            "setting.forgotPasswordLinkLocation",
            ValueKind::OneOf(&["AfterLabel", "AfterInput", "AfterButtons", "None"]),
            "where the forgotten-password link stands",
        )
        .or("AfterLabel"),
        MetadataKey::new(
            "setting.forgotPasswordLinkOverride",
            ValueKind::Exchange,
            "claims exchange of the forgotten-password link",
        ),
        MetadataKey::flag("setting.enableRememberMe", "false", "a check box to stay signed in"),
        MetadataKey::new(
            "setting.inputVerificationDelayTimeInMilliseconds",
            ValueKind::Integer { min: 0, max: 60_000 },
            "idle time before a field is checked while typing",
        )
        .or("2000")
        .without_effect(),
        MetadataKey::flag(
            "setting.bottomUnderFormClaimsProviderSelections",
            "false",
            "other ways to sign in stand under the form",
        )
        .without_effect(),
        MetadataKey::text("ClaimsProviderSelectionDisplayType", "`TextLink`: other ways to sign in are links")
            .without_effect(),
        MetadataKey::text("IpAddressClaimReferenceId", "the claim that gets the person's address").without_effect(),
        MetadataKey::text("LocalAccountType", "no longer used").without_effect(),
        MetadataKey::text("LocalAccountProfile", "no longer used").without_effect(),
        MetadataKey::text("TokenLifeTimeInSeconds", "no longer used").without_effect(),
    ],
    // Texts such as `language.button_continue` stand here, and those of validation profiles.
    open_metadata: true,
    keys: &[KeyId::new("issuer_secret", KeyKind::Rsa, "declared by starter packs, no effect")],
    claims: &[
        KnownClaim::output("Verified.Email", "the page asks for a code that it sends to this address"),
        KnownClaim::output("executed-SelfAsserted-Input", "by custom only: tells that the page was submitted"),
    ],
    places: &[Place::Exchange],
    bind,
    ..Declaration::EMPTY
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
