//! Random values, drawn from the surroundings only.

use base64::prelude::{BASE64_STANDARD, Engine};

use super::super::{Call, Env, TransformError};
use super::format;
use super::seeded::Seeded;

const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A GUID of version 4: lower case, hyphens, no braces.
fn guid(env: &Env<'_>) -> String {
    let bits = u128::from((env.random)()) << 64 | u128::from((env.random)());
    uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().hyphenated().to_string()
}

/// A number from zero up to, not including, `bound`; each equally likely.
fn below(env: &Env<'_>, bound: u64) -> u64 {
    // What lies beyond the last whole multiple would favour the low numbers.
    let limit = u64::MAX - u64::MAX % bound.max(1);
    loop {
        let drawn = (env.random)();
        if drawn < limit {
            return drawn % bound.max(1);
        }
    }
}

/// 80 bits as 16 base32 characters, lower case.
pub(crate) fn base32(env: &Env<'_>) -> String {
    let halves = [(env.random)(), (env.random)()];
    let characters = halves.into_iter().flat_map(|bits| (0..8).map(move |at| (bits >> (at * 5)) & 31));
    characters.map(|index| char::from(BASE32[index as usize])).collect()
}

/// What the parameters of `CreateRandomString` ask for: drawn, then formatted, then encoded.
pub(crate) fn text(call: &Call<'_>, env: &Env<'_>) -> Result<String, TransformError> {
    let number_wanted = call.one_of("randomGeneratorType", &[("INTEGER", true), ("GUID", false)])?;
    let drawn = if number_wanted { number(call, env)?.to_string() } else { guid(env) };
    let text = match call.parameter("stringFormat") {
        Some(pattern) => format::format(pattern, &[Some(&drawn)])?.text,
        None => drawn,
    };
    Ok(if call.flag("base64", false)? { BASE64_STANDARD.encode(text) } else { text })
}

fn number(call: &Call<'_>, env: &Env<'_>) -> Result<u64, TransformError> {
    let negative = |_| TransformError::runtime("parameter `maximumNumber` is negative");
    let bound = u32::try_from(call.number("maximumNumber")?.unwrap_or(i32::MAX)).map_err(negative)?;
    Ok(match call.number("seed")? {
        Some(seed) => Seeded::new(seed).below(bound).into(),
        None => below(env, bound.into()),
    })
}
