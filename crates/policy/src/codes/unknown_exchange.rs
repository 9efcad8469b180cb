//! JM0112: a choice for which no claims exchange stands where it would run.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// A selection without its exchange.
pub const UNKNOWN_EXCHANGE: Code =
    Code { id: "JM0112", severity: Severity::Warning, summary: "a selection names no claims exchange of its step" };

pub(crate) fn unknown_exchange(at: &Ref, wanted_in: &str, near: Option<Near>) -> Diagnostic {
    let message = format!("no claims exchange `{}` in {wanted_in}", at.value);
    let found = Diagnostic::new(&UNKNOWN_EXCHANGE, Kind::Exchange, at.span, message)
        .label("whoever chooses this gets an error")
        .reference(at.value.as_str());
    match near {
        Some(near) => found
            .also(near.span, format!("`{}` is here", near.name))
            .help(format!("did you mean `{}`?", near.name)),
        None => found,
    }
}
