//! Findings about technical profiles and steps: `JM1…`. Those about the language itself are in the policy crate.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::source::Span;

use crate::providers::{MetadataKey, PROFILE, ValueKind};

const fn error(id: &'static str, summary: &'static str) -> Code {
    Code { id, severity: Severity::Error, summary }
}

const fn warning(id: &'static str, summary: &'static str) -> Code {
    Code { id, severity: Severity::Warning, summary }
}

/// A profile whose provider nobody knows.
pub const UNKNOWN_HANDLER: Code = error("JM1001", "a technical profile names a provider that does not exist");
/// A profile without protocol.
pub const NO_PROTOCOL: Code = warning("JM1002", "a technical profile has no protocol, in no file of the chain");
/// A provider that is not run yet.
pub const NOT_RUN_YET: Code = error("JM1003", "understood, but not run yet");
/// Required metadata is missing.
pub const MISSING_METADATA: Code = error("JM1004", "required metadata is missing");
/// A metadata value is not allowed.
pub const BAD_METADATA: Code = error("JM1005", "a metadata value is not allowed");
/// A metadata number is out of range.
pub const RANGE_METADATA: Code = warning("JM1006", "a metadata number is out of range");
/// A metadata key is not known.
pub const UNKNOWN_METADATA: Code = warning("JM1007", "a metadata key has no effect");
/// A claim that the provider needs is missing.
pub const MISSING_CLAIM: Code = error("JM1008", "a claim that the provider needs is missing");
/// A cryptographic key is missing.
pub const MISSING_KEY: Code = error("JM1009", "a cryptographic key that the provider needs is missing");
/// A code would be made of too few characters.
pub const SHORT_CHARACTER_SET: Code = error("JM1010", "a one-time code is made of too few different characters");
/// A directory profile has no single key.
pub const DIRECTORY_KEY: Code = error("JM1011", "a directory operation needs exactly one input claim");
/// A metadata value names a content definition that does not exist.
pub const UNKNOWN_CONTENT: Code = error("JM1012", "metadata refers to a content definition that is not declared");
/// A hint with a shared secret lacks what to compare.
pub const HINT_NEEDS: Code = error("JM1013", "an id_token_hint with a shared secret needs an issuer and an audience");
/// A transformation method that nobody knows.
pub const UNKNOWN_METHOD: Code = error("JM1014", "a claims transformation names a method that does not exist");
/// A step whose kind is not run yet.
pub const STEP_NOT_RUN: Code = error("JM1015", "an orchestration step of this type is understood, but not run yet");
/// A profile that cannot run where it is used.
pub const WRONG_PLACE: Code = error("JM1016", "a technical profile cannot run where it is used");

/// A pattern that cannot be used.
pub const BAD_PATTERN: Code = error("JM1017", "a regular expression cannot be used");
/// A predicate that cannot be used.
pub const BAD_PREDICATE: Code = error("JM1018", "a predicate cannot be used");

/// A transformation is used in a way that its method does not allow.
pub const MISUSED_METHOD: Code = error("JM1019", "a claims transformation does not fit its method");

/// A journey that wants to be authorized first.
pub const AUTHORIZATION_NOT_RUN: Code = error("JM1020", "authorization of a journey is understood, but not run yet");

/// Every code of this crate, for `explain` and the index.
pub const ALL: &[&Code] = &[
    &UNKNOWN_HANDLER,
    &NO_PROTOCOL,
    &NOT_RUN_YET,
    &MISSING_METADATA,
    &BAD_METADATA,
    &RANGE_METADATA,
    &UNKNOWN_METADATA,
    &MISSING_CLAIM,
    &MISSING_KEY,
    &SHORT_CHARACTER_SET,
    &DIRECTORY_KEY,
    &UNKNOWN_CONTENT,
    &HINT_NEEDS,
    &UNKNOWN_METHOD,
    &STEP_NOT_RUN,
    &WRONG_PLACE,
    &BAD_PATTERN,
    &BAD_PREDICATE,
    &MISUSED_METHOD,
    &AUTHORIZATION_NOT_RUN,
];

pub(crate) fn unknown_handler(profile: &Name, at: Span, handler: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_HANDLER, Kind::Unsupported, at, format!("`{handler}` is not a provider of the language"))
        .label(format!("`{profile}` cannot run"))
        .help("only the type name before the first comma of `Handler` counts")
}

pub(crate) fn no_protocol(profile: &Name, at: Span) -> Diagnostic {
    Diagnostic::new(&NO_PROTOCOL, PROFILE, at, format!("technical profile `{profile}` has no protocol"))
        .label("a journey that reaches it ends with an error")
        .help("declare its `Protocol` here, or include a profile that has one")
}

pub(crate) fn not_run_yet(profile: &Name, at: Span, title: &str) -> Diagnostic {
    Diagnostic::new(&NOT_RUN_YET, Kind::Unsupported, at, format!("{title} is understood, but not run yet"))
        .label(format!("`{profile}` shows an error page where a journey reaches it"))
        .reference(profile.as_str())
}

pub(crate) fn missing_metadata(profile: &Name, at: Span, key: &MetadataKey) -> Diagnostic {
    Diagnostic::new(
        &MISSING_METADATA,
        Kind::Metadata,
        at,
        format!("technical profile `{profile}` has no `{}`", key.name),
    )
    .help(format!("add `<Item Key=\"{}\">…</Item>`: {}", key.name, key.summary))
}

pub(crate) fn bad_metadata(
    profile: &Name,
    at: Span,
    key: &str,
    value: &str,
    expected: &str,
    kind: ValueKind,
) -> Diagnostic {
    let number = matches!(kind, ValueKind::Integer { .. });
    let code = if number { &RANGE_METADATA } else { &BAD_METADATA };
    let finding =
        Diagnostic::new(code, Kind::Metadata, at, format!("`{value}` is not allowed for `{key}` of `{profile}`"))
            .label(format!("expected {expected}"));
    if number {
        finding.help("the nearest allowed number is used, or the default when it is no number")
    } else {
        finding
    }
}

pub(crate) fn unknown_metadata(profile: &Name, at: Span, key: &Name, provider: &str, known: &[&str]) -> Diagnostic {
    let nearest = journeyman_policy::nearest_word(key.as_str(), known);
    let finding =
        Diagnostic::new(&UNKNOWN_METADATA, Kind::Metadata, at, format!("`{key}` of `{profile}` has no effect"))
            .label(format!("the {provider} provider does not read it"));
    match nearest {
        Some(name) => finding.help(format!("did you mean `{name}`?")),
        None => finding,
    }
}

pub(crate) fn missing_claim(profile: &Name, at: Span, direction: &str, partner: &str) -> Diagnostic {
    Diagnostic::new(
        &MISSING_CLAIM,
        PROFILE,
        at,
        format!("technical profile `{profile}` has no {direction} claim `{partner}`"),
    )
    .help(format!("give one of its {direction} claims `PartnerClaimType=\"{partner}\"`"))
}

pub(crate) fn missing_key(profile: &Name, at: Span, key: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_KEY, Kind::Key, at, format!("technical profile `{profile}` has no key `{key}`"))
        .help(format!("add `<Key Id=\"{key}\" StorageReferenceId=\"B2C_1A_…\" />` to its `CryptographicKeys`"))
}

pub(crate) fn short_character_set(profile: &Name, at: Span, class: &str) -> Diagnostic {
    Diagnostic::new(
        &SHORT_CHARACTER_SET,
        Kind::Metadata,
        at,
        format!("the character set `{class}` of `{profile}` has fewer than ten different characters"),
    )
    .help("write the inside of a character class, such as `0-9` or `a-zA-Z0-9`")
}

pub(crate) fn directory_key_count(profile: &Name, at: Span, count: usize) -> Diagnostic {
    Diagnostic::new(
        &DIRECTORY_KEY,
        PROFILE,
        at,
        format!(
            "technical profile `{profile}` has {count} input claims, but a directory operation finds a user by exactly one"
        ),
    )
}

pub(crate) fn unknown_content<'a>(at: Span, name: &str, known: impl Iterator<Item = (&'a str, Span)>) -> Diagnostic {
    let known: Vec<_> = known.collect();
    let names: Vec<_> = known.iter().map(|(n, _)| *n).collect();
    let nearest = journeyman_policy::nearest_word(name, &names);
    let finding =
        Diagnostic::new(&UNKNOWN_CONTENT, Kind::Content, at, format!("content definition `{name}` is not declared"))
            .label("not in this policy or any base policy")
            .reference(name);
    match nearest.and_then(|near| known.iter().find(|(n, _)| *n == near)) {
        Some((near, span)) => {
            finding.also(*span, format!("`{near}` is declared here")).help(format!("did you mean `{near}`?"))
        }
        None => finding,
    }
}

pub(crate) fn hint_needs(profile: &Name, at: Span, key: &str) -> Diagnostic {
    Diagnostic::new(&HINT_NEEDS, Kind::Metadata, at, format!("technical profile `{profile}` has no `{key}`"))
        .label("a shared secret alone does not say who signed the hint, and for whom")
}

pub(crate) fn unknown_method(transformation: &Name, at: Span, method: &str, known: &[&str]) -> Diagnostic {
    let nearest = journeyman_policy::nearest_word(method, known);
    let finding =
        Diagnostic::new(&UNKNOWN_METHOD, Kind::Unsupported, at, format!("`{method}` is not a transformation method"))
            .label(format!("`{transformation}` cannot run"));
    match nearest {
        Some(name) => finding.help(format!("did you mean `{name}`?")),
        None => finding,
    }
}

pub(crate) fn step_not_run(journey: &Name, order: u32, at: Span, step: &str) -> Diagnostic {
    Diagnostic::new(
        &STEP_NOT_RUN,
        Kind::Unsupported,
        at,
        format!("step {order} of journey `{journey}` has the type `{step}`, which is understood, but not run yet"),
    )
}

pub(crate) fn wrong_place(profile: &Name, at: Span, place: &str, why: &str) -> Diagnostic {
    Diagnostic::new(&WRONG_PLACE, PROFILE, at, format!("technical profile `{profile}` cannot run as {place}"))
        .label(why)
}

pub(crate) fn bad_pattern(claim: &Name, at: Span, why: &str) -> Diagnostic {
    Diagnostic::new(
        &BAD_PATTERN,
        Kind::Claim,
        at,
        format!("a regular expression of claim type `{claim}` cannot be used"),
    )
    .label(why.to_owned())
    .help("no value passes it, and nothing shows through it")
}

pub(crate) fn bad_predicate(predicate: &Name, at: Span, why: &str) -> Diagnostic {
    Diagnostic::new(&BAD_PREDICATE, Kind::Predicate, at, format!("predicate `{predicate}` cannot be used"))
        .label(why.to_owned())
        .help("no value passes it")
}

pub(crate) fn misused_method(transformation: &Name, at: Span, method: &str, fault: &str) -> Diagnostic {
    let message = format!("claims transformation `{transformation}` does not fit `{method}`");
    Diagnostic::new(&MISUSED_METHOD, Kind::Transformation, at, message).label(fault.to_owned())
}

pub(crate) fn method_not_run(transformation: &Name, at: Span, method: &str) -> Diagnostic {
    let message = format!("the method `{method}` is understood, but not run yet");
    Diagnostic::new(&NOT_RUN_YET, Kind::Unsupported, at, message)
        .label(format!("`{transformation}` fails where a journey reaches it: it needs a policy key"))
        .reference(transformation.as_str())
}

pub(crate) fn authorization_not_run(journey: &Name, at: Span, profile: &Name) -> Diagnostic {
    let message =
        format!("journey `{journey}` runs `{profile}` before its steps, which is understood, but not run yet");
    Diagnostic::new(&AUTHORIZATION_NOT_RUN, Kind::Unsupported, at, message)
        .label("the journey ends with a page that says so")
        .reference(journey.as_str())
}
