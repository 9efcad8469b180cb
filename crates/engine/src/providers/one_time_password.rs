//! One-time password provider: makes a code for an identifier, later compares what the person typed.
//!
//! It never delivers a code; a profile after it does. Counting and comparing are one atomic operation of the store.

use serde_json::json;

use crate::codes;
use crate::effect::{CodeCall, CodeRefusal, CodeReply, CodeSettings, Effect, Repeat, Reply, Secret};
use crate::providers::{
    Binding, Bound, BoundProfile, Call, Declaration, Failure, MetadataKey, Outcome, Produced, ValueKind, always,
};

/// What it accepts.
pub(super) const DECLARATION: Declaration = Declaration {
    title: "One-time password",
    protocols: &["Proprietary"],
    handler: Some("OneTimePasswordProtocolProvider"),
    metadata: &[
        MetadataKey {
            name: "Operation",
            value: ValueKind::OneOf(&["GenerateCode", "VerifyCode"]),
            required: true,
            default: None,
            summary: "make a code, or check one",
        },
        MetadataKey {
            name: "CodeExpirationInSeconds",
            value: ValueKind::Integer { min: 60, max: 1200 },
            required: false,
            default: Some("600"),
            summary: "life of a code, begun anew whenever one is handed out; also how long a lock-out lasts",
        },
        MetadataKey {
            name: "CodeLength",
            value: ValueKind::Integer { min: 1, max: 64 },
            required: false,
            default: Some("6"),
            summary: "characters in a code",
        },
        MetadataKey {
            name: "CharacterSet",
            value: ValueKind::Text,
            required: false,
            default: Some("0-9"),
            summary: "what a code is made of: the inside of a character class, at least ten characters",
        },
        MetadataKey {
            name: "NumRetryAttempts",
            value: ValueKind::Integer { min: 1, max: 1000 },
            required: false,
            default: Some("5"),
            summary: "checks in all, the first included",
        },
        MetadataKey {
            name: "NumCodeGenerationAttempts",
            value: ValueKind::Integer { min: 1, max: 1000 },
            required: false,
            default: Some("10"),
            summary: "codes that may be asked for, per identifier",
        },
        MetadataKey {
            name: "ReuseSameCode",
            value: ValueKind::Boolean,
            required: false,
            default: Some("false"),
            summary: "hand the living code out again instead of making a new one",
        },
    ],
    keys: &[],
    open_metadata: false,
    runs: true,
    applies: always,
    bind,
};

/// Fewest different characters that a code may be made of.
const LEAST_CHARACTERS: usize = 10;

fn bind(binding: &mut Binding<'_>) -> Bound {
    binding.require_input("identifier");
    if binding.text("Operation").is_some_and(|o| o.eq_ignore_ascii_case("VerifyCode")) {
        binding.require_input("otpToVerify");
        return Bound::Steps(Box::new(VerifyCode));
    }
    binding.require_output("otpGenerated");
    let class = binding.text("CharacterSet").unwrap_or_default();
    let characters = expand(class);
    if characters.chars().count() < LEAST_CHARACTERS {
        let span = binding.profile.metadata.get(&journeyman_claims::Name::new("CharacterSet")).map(|v| v.span);
        let finding = codes::short_character_set(&binding.profile.id, span.unwrap_or(binding.profile.span), class);
        binding.report(finding);
        return Bound::Unsupported("its CharacterSet has fewer than ten different characters".to_owned());
    }
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
