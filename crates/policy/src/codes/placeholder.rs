//! JM0010: a placeholder such as `{Settings:Tenant}` without a value. What it stands for is not known before deployment.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::nearest::nearest;
use crate::settings::Settings;
use crate::source::Span;

/// A placeholder without a value.
pub const PLACEHOLDER: Code =
    Code { id: "JM0010", severity: Severity::Error, summary: "a placeholder has no value" };

/// Only a warning where the value plays no part in what the policy does.
pub(crate) fn placeholder(at: Span, name: &str, informative: bool, settings: &Settings) -> Diagnostic {
    let wanted = journeyman_claims::Name::new(name);
    let near = nearest(&wanted, settings.names().map(|known| (known, at)));
    let advice = match near {
        Some(near) => format!("there is a value for `{}`", near.name),
        None => format!("give it with `--set {name}=…`, or name an environment of `appsettings.json`"),
    };
    Diagnostic::new(&PLACEHOLDER, Kind::Placeholder, at, format!("the placeholder `{name}` has no value"))
        .severity(if informative { Severity::Warning } else { Severity::Error })
        .help(advice)
        .reference(name)
}
