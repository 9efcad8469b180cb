//! `BuildUri`: the address that is shown to an authenticator app as a picture.

use url::form_urlencoded;

use super::parts::expressions;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "BuildUri",
    summary: "a URI from scheme, host, path and the items of its query",
    inputs: &[Role::required("path", STRING), Role::many("query.name", STRING)],
    parameters: &[
        Parameter::required("scheme", DataType::String),
        Parameter::required("host", DataType::String),
        Parameter::many("query.name", DataType::String),
    ],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let part = |id: &str| call.need_parameter(id).map(|text| expressions::resolve(text, env));
    let (scheme, host) = (part("scheme")?, part("host")?);
    let path = call.need_text("path")?;
    let mut query = form_urlencoded::Serializer::new(String::new());
    for input in &call.inputs {
        if let Some(name) = query_item(input.role) {
            query.append_pair(name, &call.need_text(input.role)?);
        }
    }
    for (id, text) in &call.parameters {
        if let Some(name) = query_item(id) {
            query.append_pair(name, &expressions::resolve(text, env));
        }
    }
    let (path, query) = (path_text(&path), query.finish());
    let separator = if query.is_empty() { "" } else { "?" };
    Ok(Outputs::of("outputClaim", format!("{scheme}://{host}/{path}{separator}{query}")))
}

fn query_item(name: &str) -> Option<&str> {
    let (prefix, rest) = name.split_at_checked("query.".len())?;
    (prefix.eq_ignore_ascii_case("query.") && !rest.is_empty()).then_some(rest)
}

/// What may not stand in a path is escaped. An escape that is there already, as in the label `Contoso%3A bob`, stays.
fn path_text(path: &str) -> String {
    let mut out = String::new();
    for (at, c) in path.char_indices() {
        let is_escape = || {
            let digits = path.as_bytes().get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        if c.is_ascii_alphanumeric() || "-._~:@!$&'()*+,;=/".contains(c) || (c == '%' && is_escape()) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            out.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    out
}
