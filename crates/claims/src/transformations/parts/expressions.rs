//! Expressions in parameters: `{TechnicalProfileId}` and its like. They are not claim resolvers.

use super::super::Env;

/// The text with every known expression replaced; what is not known stays as it is.
pub(crate) fn resolve(text: &str, env: &Env<'_>) -> String {
    replace(text, env, |value| value.to_owned())
}

/// As [`resolve`], for a pattern that is formatted afterwards: braces in a value stay braces.
pub(crate) fn resolve_in_format(text: &str, env: &Env<'_>) -> String {
    replace(text, env, |value| value.replace('{', "{{").replace('}', "}}"))
}

/// The text without its expressions.
pub(crate) fn without(text: &str) -> String {
    substitute(text, |_| String::new())
}

fn replace(text: &str, env: &Env<'_>, write: fn(&str) -> String) -> String {
    substitute(text, |value| write(value(env)))
}

/// What an expression stands for.
type Value = for<'a> fn(&Env<'a>) -> &'a str;

/// Every expression.
const KNOWN: &[(&str, Value)] = &[
    ("{TechnicalProfileId}", |env| env.surroundings.technical_profile()),
    ("{RelyingPartyTenantId}", |env| env.surroundings.tenant()),
    ("{TrustFrameworkTenantId}", |env| env.surroundings.trust_framework_tenant()),
    ("{AuthenticatorIssuer}", |env| env.surroundings.authenticator_issuer()),
];

fn substitute(text: &str, write: impl Fn(Value) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = match KNOWN.iter().find_map(|(name, value)| from.strip_prefix(name).map(|rest| (*value, rest))) {
            Some((value, rest)) => {
                out.push_str(&write(value));
                rest
            }
            None => {
                out.push('{');
                &from[1..]
            }
        };
    }
    out.push_str(rest);
    out
}
