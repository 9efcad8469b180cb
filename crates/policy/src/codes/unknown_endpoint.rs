//! JM0220: an endpoint of the relying party that nobody calls.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::nearest::nearest_word;
use crate::source::Spanned;

/// An unknown `Endpoint`.
pub const UNKNOWN_ENDPOINT: Code = Code {
    id: "JM0220",
    severity: Severity::Warning,
    summary: "the relying party names an endpoint that does not exist",
    explanation: "An `Endpoint` of a relying party binds a journey to one of the protocol's endpoints: `Token`, where refresh \
tokens are redeemed, or `UserInfo`. Its journey runs when an application calls that endpoint. One with another id is never \
called, so its journey never runs.\n\n\
Correct the id, or remove the endpoint.",
    service: &[],
    fails: endpoint_example!("Tokens"),
    passes: endpoint_example!("Token"),
};

/// The endpoints that a journey can be bound to.
pub(crate) const ENDPOINTS: &[&str] = &["Token", "UserInfo"];

pub(crate) fn unknown_endpoint(id: &Spanned<String>) -> Diagnostic {
    let message = format!("there is no endpoint `{}`", id.value);
    let found = Diagnostic::new(&UNKNOWN_ENDPOINT, Kind::Journey, id.span, message).label("its journey never runs");
    match nearest_word(&id.value, ENDPOINTS) {
        Some(near) => found.help(format!("did you mean `{near}`?")),
        None => found.help("write `Token` or `UserInfo`"),
    }
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_ENDPOINT;
    use crate::testing::drawn;

    #[test]
    fn a_slip() {
        assert_eq!(
            drawn(&UNKNOWN_ENDPOINT),
            r#"warning: there is no endpoint `Tokens`
1.xml:16:28
|   <Endpoints><Endpoint Id="Tokens" UserJourneyReferenceId="Journey" /></Endpoints>
|                            ^^^^^^ its journey never runs
help: did you mean `Token`?
"#
        );
    }
}
