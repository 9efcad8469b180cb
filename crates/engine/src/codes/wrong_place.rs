//! JM1016: a profile that cannot run where it is used.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

use crate::providers::{Declaration, PROFILE, Place};

/// A profile that cannot run where it is used.
pub const WRONG_PLACE: Code = Code {
    id: "JM1016",
    severity: Severity::Error,
    summary: "a technical profile cannot run where it is used",
    explanation: "",
    service: &[],
    fails: Example::None,
    passes: Example::None,
};

/// `provider` says where its profiles can run.
pub(crate) fn wrong_place(profile: &Name, at: Span, place: &str, provider: &Declaration) -> Diagnostic {
    let message = format!("technical profile `{profile}` cannot run as {place}");
    let allowed: Vec<_> = provider.places.iter().map(|place| place.word()).collect();
    Diagnostic::new(&WRONG_PLACE, PROFILE, at, message).label(why(provider)).help(format!(
        "a profile of the {} provider runs as {}",
        provider.title,
        allowed.join(", or ")
    ))
}

fn why(provider: &Declaration) -> &'static str {
    let can = |place| provider.places.contains(&place);
    match () {
        () if can(Place::Validation) => "what it works on was typed into a page, which a step does not have",
        () if can(Place::Exchange) => "it needs the browser for itself",
        () if can(Place::Issuer) => "it only issues what ends a journey",
        () if can(Place::Session) => "it only keeps sessions",
        () if can(Place::Hint) => "it only reads the hint of a request",
        () => "it is for something else",
    }
}
