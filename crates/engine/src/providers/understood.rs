//! Providers that are understood but not run yet: declared and checked like the others. Each says so at check time, and on a
//! clear page where it is reached. Identity providers stand in `federation`.

use journeyman_policy::model::TechnicalProfile;

use crate::codes;
use crate::providers::declaration::{QUIET, issues, metadata_is};
use crate::providers::{
    Binding, Bound, Declaration, KeyId, KeyKind, KnownClaim, Message, MetadataKey, Place, ValueKind,
};

/// What such declarations have in common.
pub(super) const UNDERSTOOD: Declaration = Declaration { runs: false, bind, ..Declaration::EMPTY };

fn bind(binding: &mut Binding<'_>) -> Bound {
    let title = binding.declaration.title;
    binding.report(codes::not_run_yet(&binding.profile.id, binding.profile.span, title));
    Bound::Unsupported(format!("{title} is understood but not run yet"))
}

/// Reads a claim's meaning off the value of `Operation`.
macro_rules! operation {
    ($($value:literal),+) => {
        |profile: &TechnicalProfile| metadata_is(profile, "Operation", &[$($value),+])
    };
}

pub(super) const PHONE_FACTOR: Declaration = Declaration {
    title: "Phone factor",
    protocols: &["Proprietary"],
    handler: Some("PhoneFactorProtocolProvider"),
    metadata: &[
        MetadataKey::new("ContentDefinitionReferenceId", ValueKind::ContentDefinition, "the page").needed(),
        MetadataKey::flag("ManualPhoneNumberEntryAllowed", "false", "a person may type a number"),
        MetadataKey::new(
            "setting.authenticationMode",
            ValueKind::OneOf(&["sms", "phone", "mixed"]),
            "text message, call, or either",
        )
        .or("mixed"),
        MetadataKey::flag("setting.autodial", "false", "send or call at once, where there is one number"),
    ],
    // Messages of assertions in its transformations.
    open_metadata: true,
    keys: &[KeyId::new("issuer_secret", KeyKind::Rsa, "declared by starter packs, no effect")],
    claims: &[
        KnownClaim::input("UserId", "a unique id of the person; every other input is a number to verify").needed(),
        KnownClaim::output("Verified.OfficePhone", "the number that was verified"),
        KnownClaim::output("newPhoneNumberEntered", "whether it was typed here"),
    ],
    places: &[Place::Exchange],
    ..UNDERSTOOD
};

pub(super) const AZURE_MFA: Declaration = Declaration {
    title: "Azure multi-factor authentication",
    protocols: &["Proprietary"],
    handler: Some("AzureMfaProtocolProvider"),
    metadata: &[MetadataKey::new(
        "Operation",
        ValueKind::OneOf(&["OneWaySMS", "Verify", "GetAvailableDevices", "BeginVerifyOTP", "VerifyOTP"]),
        "send a code by text message, check it, look for an authenticator app, check what it shows",
    )
    .needed()],
    messages: &[
        Message::new("UserMessageIfCouldntSendSms", "the text message could not be sent"),
        Message::new("UserMessageIfInvalidFormat", "what was typed is no telephone number"),
        Message::new("UserMessageIfMaxAllowedCodeRetryReached", "too many wrong codes"),
        Message::new("UserMessageIfWrongCodeEntered", "the code is wrong"),
        Message::new("UserMessageIfThrottled", "too many requests"),
        Message::new("UserMessageIfServerError", "the service cannot be used"),
    ],
    claims: &[
        KnownClaim::input("userPrincipalName", "the user").needed_when(
            "`Operation` is `OneWaySMS`, `GetAvailableDevices` or `BeginVerifyOTP`",
            operation!("OneWaySMS", "GetAvailableDevices", "BeginVerifyOTP"),
        ),
        KnownClaim::input("phoneNumber", "the number, at sending and at checking")
            .needed_when("`Operation` is `OneWaySMS` or `Verify`", operation!("OneWaySMS", "Verify")),
        KnownClaim::input("companyName", "who the text message is from"),
        KnownClaim::input("locale", "language of the text message"),
        KnownClaim::input("verificationCode", "what the person typed")
            .needed_when("`Operation` is `Verify`", operation!("Verify")),
        KnownClaim::input("objectId", "id of the user")
            .needed_when("`Operation` is `BeginVerifyOTP`", operation!("BeginVerifyOTP")),
        KnownClaim::input("secretKey", "secret shared with the authenticator app")
            .needed_when("`Operation` is `BeginVerifyOTP`", operation!("BeginVerifyOTP")),
        KnownClaim::input("otpCode", "what the authenticator app shows")
            .needed_when("`Operation` is `VerifyOTP`", operation!("VerifyOTP")),
        KnownClaim::output("numberOfAvailableDevices", "0: no authenticator app")
            .needed_when("`Operation` is `GetAvailableDevices`", operation!("GetAvailableDevices")),
    ],
    places: QUIET,
    ..UNDERSTOOD
};

pub(super) const AAD_SSPR: Declaration = Declaration {
    title: "Self-service password reset e-mail",
    protocols: &["Proprietary"],
    handler: Some("AadSsprProtocolProvider"),
    metadata: &[
        MetadataKey::new("Operation", ValueKind::OneOf(&["SendCode", "VerifyCode"]), "send a code, or check one")
            .needed(),
        MetadataKey::new("allowTestEmailAddressPassThrough", ValueKind::Boolean, "undocumented"),
    ],
    messages: &[
        Message::new("UserMessageIfInternalError", "the service cannot be used"),
        Message::new("UserMessageIfThrottled", "too many requests"),
        Message::new("UserMessageIfChallengeExpired", "the code expired, or none was sent"),
        Message::new("UserMessageIfVerificationFailedRetryAllowed", "the code is wrong, and another may be tried"),
        Message::new("UserMessageIfVerificationFailedNoRetry", "the code is wrong, and no other may be tried"),
    ],
    claims: &[
        KnownClaim::input("emailAddress", "the address, at sending and at checking").needed(),
        KnownClaim::input("verificationCode", "what the person typed")
            .needed_when("`Operation` is `VerifyCode`", operation!("VerifyCode")),
    ],
    places: QUIET,
    ..UNDERSTOOD
};

pub(super) const INSIGHTS: Declaration = Declaration {
    title: "Application Insights",
    protocols: &["Proprietary"],
    handler: Some("AzureApplicationInsightsProvider"),
    metadata: &[
        MetadataKey::text("InstrumentationKey", "where events go").needed(),
        MetadataKey::flag("DeveloperMode", "false", "send at once"),
        MetadataKey::flag("DisableTelemetry", "false", "send nothing"),
    ],
    claims: &[
        KnownClaim::input("eventName", "name of the event: a claim with a default value").needed(),
        KnownClaim::input("{property:…}", "a property of the event"),
    ],
    places: QUIET,
    ..UNDERSTOOD
};

pub(super) const CONTEXT: Declaration = Declaration {
    title: "User journey context",
    protocols: &["Proprietary"],
    handler: Some("UserJourneyContextProvider"),
    claims: &[
        KnownClaim::output("IP-Address", "address of the person's device"),
        KnownClaim::output("CorrelationId", "id of the request"),
    ],
    places: QUIET,
    ..UNDERSTOOD
};

pub(super) const CONDITIONAL_ACCESS: Declaration = Declaration {
    title: "Conditional Access",
    protocols: &["Proprietary"],
    handler: Some("ConditionalAccessProtocolProvider"),
    metadata: &[MetadataKey::new(
        "OperationType",
        ValueKind::OneOf(&["Evaluation", "Remediation"]),
        "ask what to demand of the person, or tell that it was met",
    )
    .needed()],
    claims: &[
        KnownClaim::input("UserId", "id of the user").needed_when("`OperationType` is `Evaluation`", evaluates),
        KnownClaim::input("AuthenticationMethodsUsed", "`Password`, `OneTimePasscode`")
            .needed_when("`OperationType` is `Evaluation`", evaluates),
        KnownClaim::input("IsFederated", "must be false").needed_when("`OperationType` is `Evaluation`", evaluates),
        KnownClaim::input("IsMfaRegistered", "false turns a demand for a second factor into a block")
            .needed_when("`OperationType` is `Evaluation`", evaluates),
        KnownClaim::input("ChallengesSatisfied", "what the person met")
            .needed_when("`OperationType` is `Remediation`", |p| metadata_is(p, "OperationType", &["Remediation"])),
        KnownClaim::output("Challenges", "`block`, `mfa`, `chg_pwd`"),
        KnownClaim::output("MultiConditionalAccessStatus", "what came out"),
    ],
    places: QUIET,
    ..UNDERSTOOD
};

fn evaluates(profile: &TechnicalProfile) -> bool {
    metadata_is(profile, "OperationType", &["Evaluation"])
}

pub(super) const USER_INFO_ISSUER: Declaration = Declaration {
    title: "UserInfo issuer",
    protocols: &["None"],
    keys: &[KeyId::new("issuer_secret", KeyKind::Rsa, "signs").needed()],
    places: &[Place::Issuer],
    applies: |profile| issues(profile, "JSON"),
    ..UNDERSTOOD
};

pub(super) const USER_INFO_AUTHORIZATION: Declaration = Declaration {
    title: "UserInfo authorization",
    protocols: &["None"],
    metadata: &[
        MetadataKey::text("issuer", "who issued the access token").needed(),
        MetadataKey::text("audience", "whom it is for: a JSON array"),
        MetadataKey::text("IdTokenAudience", "whom it is for"),
        MetadataKey::text("client_assertion_type", "`urn:ietf:params:oauth:client-assertion-type:jwt-bearer`"),
    ],
    keys: &[KeyId::new("issuer_secret", KeyKind::Rsa, "what the access token was signed with").needed()],
    places: &[Place::Authorization],
    applies: |profile| profile.input_token_format.as_ref().is_some_and(|f| f.value.eq_ignore_ascii_case("JWT")),
    ..UNDERSTOOD
};

pub(super) const OAUTH2_ERROR: Declaration = Declaration {
    title: "OAuth2 error issuer",
    protocols: &["OAuth2", "None"],
    keys: &[KeyId::new("issuer_secret", KeyKind::Rsa, "signs").needed()],
    claims: &[
        KnownClaim::input("errorCode", "the code, after `AAD_Custom_`").needed(),
        KnownClaim::input("errorMessage", "the text").needed(),
    ],
    places: &[Place::Issuer],
    applies: |profile| issues(profile, "OAuth2Error"),
    ..UNDERSTOOD
};

/// Starter packs declare a profile of the engine itself that nothing ever runs.
pub(super) const PLACEHOLDER: Declaration = Declaration {
    title: "Placeholder",
    protocols: &["None"],
    metadata: &[MetadataKey::text("url", "the service itself").without_effect()],
    open_metadata: true,
    bind: |binding| Bound::Unsupported(format!("the technical profile `{}` only holds a name", binding.profile.id)),
    ..UNDERSTOOD
};
