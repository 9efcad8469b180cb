//! JM0021: the base policy is in none of the files.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::model::Ref;
use crate::nearest::Near;

/// No file has the id that `BasePolicy` names.
pub const MISSING_BASE: Code =
    Code { id: "JM0021", severity: Severity::Error, summary: "the base policy is not among the files" };

pub(crate) fn missing_base(wanted: &Ref, near: Option<Near>) -> Diagnostic {
    let found = Diagnostic::new(&MISSING_BASE, Kind::Policy, wanted.span, format!("no file is the policy `{}`", wanted.value))
        .label("this policy builds on it")
        .reference(wanted.value.as_str());
    match near {
        Some(near) => found
            .also(near.span, format!("`{}` is here", near.name))
            .help(format!("did you mean `{}`? otherwise name the missing file, or its folder, too", near.name)),
        None => found.help("name that file, or its folder, too"),
    }
}
