//! Every error that an application or a person can be told, by its number.

use journeyman_oidc::Code;

use super::table::{code, table};

const HEAD: &str = "\
<!-- Printed by `cargo xtask docs` from the catalogue in the code: change that. -->

# Errors

What applications find in `error_description`, and people on an error page. A policy can word the sentence itself; the
number and `error` stay. `{name}` stands for a value.

";

/// The page.
pub(super) fn text() -> String {
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.number());
    let rows = codes
        .into_iter()
        .map(|known| [format!("AADB2C{}", known.number()), code(known.error().as_str()), known.text().to_owned()]);
    format!("{HEAD}{}", table(["number", "`error`", "what it says"], rows))
}
