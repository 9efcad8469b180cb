//! One-time password provider: makes a code for an identifier, later compares what the person typed.
//!
//! It never delivers a code; a profile after it does. Counting and comparing are one atomic operation of the store.

use journeyman_policy::model::TechnicalProfile;
use serde_json::json;

use crate::codes;
use crate::effect::{CodeCall, CodeRefusal, CodeReply, CodeSettings, Effect, Repeat, Reply, Secret};
use crate::providers::declaration::metadata_is;
use crate::providers::{
    Binding, Bound, BoundProfile, Call, Declaration, Failure, KnownClaim, Message, MetadataKey, Outcome, Place,
    Produced, ValueKind,
};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "One-time password",
    protocols: &["Proprietary"],
    handler: Some("OneTimePasswordProtocolProvider"),
    metadata: &[
        MetadataKey::new("Operation", ValueKind::OneOf(&["GenerateCode", "VerifyCode"]), "make a code, or check one")
            .needed(),
        MetadataKey::new(
            "CodeExpirationInSeconds",
            ValueKind::Integer { min: 60, max: 1200 },
            "life of a code, begun anew whenever one is handed out; also how long a lock-out lasts",
        )
        .or("600"),
        MetadataKey::new("CodeLength", ValueKind::Integer { min: 1, max: 64 }, "characters in a code").or("6"),
        MetadataKey::text(
            "CharacterSet",
            "what a code is made of: the inside of a character class, at least ten characters",
        )
        .or("0-9"),
        MetadataKey::new(
            "NumRetryAttempts",
            ValueKind::Integer { min: 1, max: 1000 },
            "checks in all, the first included",
        )
        .or("5")
        .mistaken_as(&["MaxNumAttempts"]),
        MetadataKey::new(
            "NumCodeGenerationAttempts",
            ValueKind::Integer { min: 1, max: 1000 },
            "codes that may be asked for, per identifier",
        )
        .or("10"),
        MetadataKey::flag("ReuseSameCode", "false", "hand the living code out again instead of making a new one"),
    ],
    messages: &[
        Message::new("UserMessageIfSessionDoesNotExist", "the code expired, or none was made for that identifier")
            .formerly(&["UserMessage.VerificationHasExpired"]),
        Message::new("UserMessageIfMaxRetryAttempted", "too many wrong codes")
            .formerly(&["UserMessage.MaxRetryAttemped", "UserMessage.MaxRetryAttempted"]),
        Message::new("UserMessageIfMaxNumberOfCodeGenerated", "too many codes were asked for"),
        Message::new("UserMessageIfInvalidCode", "the code is wrong").formerly(&["UserMessage.InvalidCode"]),
        Message::new(
            "UserMessageIfVerificationFailedRetryAllowed",
            "the code is wrong, and another may be tried; without it the text above",
        ),
        Message::new("UserMessageIfSessionConflict", "the code cannot be checked")
            .formerly(&["UserMessage.ServerError"]),
    ],
    own_messages: false,
    claims: &[
        KnownClaim::input("identifier", "who the code is for, at making and at checking").needed(),
        KnownClaim::input("otpToVerify", "what the person typed").needed_when("`Operation` is `VerifyCode`", verifies),
        KnownClaim::output("otpGenerated", "the code, for a profile that delivers it")
            .needed_when("`Operation` is `GenerateCode`", generates),
    ],
    places: &[Place::Validation, Place::Action],
    bind,
    ..Declaration::EMPTY
};

fn verifies(profile: &TechnicalProfile) -> bool {
    metadata_is(profile, "Operation", &["VerifyCode"])
}

fn generates(profile: &TechnicalProfile) -> bool {
    metadata_is(profile, "Operation", &["GenerateCode"])
}

/// Fewest different characters that a code may be made of.
const LEAST_CHARACTERS: usize = 10;

fn bind(binding: &mut Binding<'_>) -> Bound {
    if verifies(binding.profile) {
        return Bound::Steps(Box::new(VerifyCode));
    }
    let class = binding.text("CharacterSet").unwrap_or_default();
    let characters = expand(class);
    if characters.chars().count() < LEAST_CHARACTERS {
        let span = binding.profile.metadata.get(&journeyman_claims::Name::new("CharacterSet")).map(|v| v.span);
        let finding = codes::short_character_set(&binding.profile.id, span.unwrap_or(binding.profile.span), class);
        binding.report(finding);
        return Bound::Unsupported("its CharacterSet has fewer than ten different characters".to_owned());
    }
    check_strength(binding);
    let number = |key| binding.integer(key).and_then(|n| u32::try_from(n).ok()).unwrap_or(1);
    Bound::Steps(Box::new(GenerateCode {
        settings: CodeSettings {
            expiration_seconds: number("CodeExpirationInSeconds"),
            length: number("CodeLength"),
            characters,
            retry_attempts: number("NumRetryAttempts"),
            generation_attempts: number("NumCodeGenerationAttempts"),
            reuse_same_code: binding.flag("ReuseSameCode"),
        },
    }))
}

/// What NIST SP 800-63B asks of codes that are sent to a person: the key, the most or least, and how a finding says it.
fn check_strength(binding: &mut Binding<'_>) {
    let id = &binding.profile.id;
    let number = |key| binding.integer(key).unwrap_or_default();
    let mut found = Vec::new();
    let (life, length, tries) = (number("CodeExpirationInSeconds"), number("CodeLength"), number("NumRetryAttempts"));
    if life > 600 {
        let (why, help) = ("NIST SP 800-63B: at most 600 seconds", "write 600 or less");
        found.push(("CodeExpirationInSeconds", format!("live for {life} seconds"), why, help));
    }
    if length < 6 {
        let (why, help) = ("NIST SP 800-63B: at least 6 digits", "write 6 or more");
        found.push(("CodeLength", format!("have only {length} characters"), why, help));
    }
    if tries > 5 {
        let (why, help) = ("more than 5 guesses at one code", "write 5 or less");
        found.push(("NumRetryAttempts", format!("may be tried {tries} times"), why, help));
    }
    if binding.flag("ReuseSameCode") {
        let (why, help) = ("each request begins the life of the same code anew", "write `false`");
        found.push(("ReuseSameCode", "are handed out again and again".to_owned(), why, help));
    }
    for (key, what, why, help) in found {
        binding.report(codes::weak_code(id, binding.place(key), &what, why, help));
    }
}

/// Expands the inside of a character class such as `a-z0-9`: each character once, in order of first mention. A backslash
/// takes the next character as it is, `\d` and `\w` mean what they mean in a class.
fn expand(class: &str) -> String {
    let mut out = String::new();
    let mut add = |c: char| {
        if !out.contains(c) {
            out.push(c);
        }
    };
    let mut rest = class.chars().peekable();
    while let Some(c) = rest.next() {
        let first = match (c, rest.peek().copied()) {
            ('\\', Some('d')) => {
                rest.next();
                ('0'..='9').for_each(&mut add);
                continue;
            }
            ('\\', Some('w')) => {
                rest.next();
                ('a'..='z').chain('A'..='Z').chain('0'..='9').chain(['_']).for_each(&mut add);
                continue;
            }
            ('\\', Some(escaped)) => {
                rest.next();
                escaped
            }
            (plain, _) => plain,
        };
        let mut ahead = rest.clone();
        match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) if last >= first && last != '\\' => {
                (first..=last).take(256).for_each(&mut add);
                rest = ahead;
            }
            _ => add(first),
        }
    }
    out
}

fn identifier(call: &Call<'_>) -> Result<String, Failure> {
    let value = call.input("identifier").map(|i| i.value.to_text()).unwrap_or_default();
    let value = value.trim();
    if value.is_empty() {
        return Err(refused(CodeRefusal::SessionDoesNotExist, "the input claim `identifier` has no value"));
    }
    // Addresses are compared without case; a phone number has none.
    Ok(value.to_lowercase())
}

fn refused(why: CodeRefusal, detail: &str) -> Failure {
    let mut failure = Failure::keyed(why.message_key(), 90_159, detail);
    if why == CodeRefusal::VerificationFailedRetryAllowed {
        failure.keys.push(CodeRefusal::InvalidCode.message_key());
    }
    failure
}

#[derive(Debug)]
struct GenerateCode {
    settings: CodeSettings,
}

impl BoundProfile for GenerateCode {
    fn start(&self, call: &Call<'_>) -> Result<Outcome, Failure> {
        let effect = CodeCall::Generate {
            scope: call.scope.to_owned(),
            identifier: identifier(call)?,
            settings: self.settings.clone(),
        };
        Ok(Outcome::Ask(Effect::Code(effect), Repeat::Harmless))
    }

    fn resume(&self, _: &Call<'_>, reply: Reply) -> Result<Outcome, Failure> {
        match reply {
            Reply::Code(CodeReply::Generated(code)) => Ok(Outcome::Done(Produced {
                values: json!({ "otpGenerated": code.expose() }),
                secret: true,
                ..Produced::default()
            })),
            Reply::Code(CodeReply::Refused(why)) => Err(refused(why, "no further code is given out")),
            other => Err(Failure::unexpected(&other)),
        }
    }
}

#[derive(Debug)]
struct VerifyCode;

impl BoundProfile for VerifyCode {
    fn start(&self, call: &Call<'_>) -> Result<Outcome, Failure> {
        let typed = call.input("otpToVerify").map(|i| i.value.to_text()).unwrap_or_default();
        let effect = CodeCall::Verify {
            scope: call.scope.to_owned(),
            identifier: identifier(call)?,
            code: Secret::new(typed.trim()),
        };
        Ok(Outcome::Ask(Effect::Code(effect), Repeat::Harmless))
    }

    fn resume(&self, _: &Call<'_>, reply: Reply) -> Result<Outcome, Failure> {
        match reply {
            Reply::Code(CodeReply::Verified) => Ok(Outcome::Done(Produced::nothing())),
            Reply::Code(CodeReply::Refused(why)) => Err(refused(why, "the code was refused")),
            other => Err(Failure::unexpected(&other)),
        }
    }

    fn proves(&self) -> Option<&'static str> {
        Some("otp")
    }
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn character_sets_expand() {
        assert_eq!(expand("0-9"), "0123456789");
        assert_eq!(expand("a-c0-2"), "abc012");
        assert_eq!(expand(r"\d"), "0123456789");
        assert_eq!(expand("aab-"), "ab-");
        assert_eq!(expand(r"\-x"), "-x");
        assert_eq!(expand("z-a"), "z-a");
    }
}
