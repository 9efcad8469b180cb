//! What the vendor's service refuses, row by row, and what `check` says of the same.

use journeyman_engine::upload_errors::{Met, RUN_TIME, Row, SILENT, UPLOAD, Verdict};
use journeyman_policy::diagnostic::Code;

use super::table::{code, table};

const HEAD: &str = "\
<!-- Printed by `cargo xtask docs` from the tables in the code: change those. -->

# Upload errors

What Azure AD B2C says when it refuses a policy, and what `journeyman check` says of the same mistake, with the place and the
way out. Search this page for the message that you were given; variable parts stand in braces. `journeyman explain` tells
more of each code.

An **error** cannot run. A **warning** runs here, though the service refuses it or it is hardly meant. Where nothing is said,
working policies do the same. The numbers are only names for the rows; tests hold `check` to every one of them.

";

const SILENT_HEAD: &str = "
## Accepted, and wrong later

The service takes these without a word.

";

const RUN_TIME_HEAD: &str = "
## At run time

What applications and people are told by the service, whether `check` or `serve` says it before, and what this engine answers
with. Numbers are those of `AADB2C…`; [errors](errors.md) has the sentences.

";

/// The page.
pub(super) fn text() -> String {
    let mut text = format!("{HEAD}## Refused\n\n");
    text += &rows(UPLOAD);
    text += SILENT_HEAD;
    text += &rows(SILENT);
    text += RUN_TIME_HEAD;
    text += &table(
        ["", "what happens", "the service says", "said before by", "answered with", "why"],
        RUN_TIME.iter().map(met),
    );
    text
}

fn rows(rows: &[Row]) -> String {
    table(["", "mistake", "`check`", "the service says", "why"], rows.iter().map(row))
}

fn row(row: &Row) -> [String; 5] {
    let codes: Vec<_> = row.codes.iter().map(|id| code(id)).collect();
    let verdict = match row.verdict {
        Verdict::Error => "error",
        Verdict::Warning => "warning",
        Verdict::Note => "note",
        Verdict::Accepted => "nothing",
        Verdict::NotInFiles => "not in files",
    };
    let says = if codes.is_empty() { verdict.to_owned() } else { format!("{verdict}: {}", codes.join(", ")) };
    [row.id.to_owned(), row.mistake.to_owned(), says, messages(row), row.reason.to_owned()]
}

/// The messages of the row's codes, then its own.
fn messages(row: &Row) -> String {
    let of_codes = row.codes.iter().filter_map(|id| find(id)).flat_map(|code| code.service);
    let mut all: Vec<&str> = Vec::new();
    for message in of_codes.chain(row.service) {
        if !all.contains(message) {
            all.push(message);
        }
    }
    quoted(&all)
}

fn find(id: &str) -> Option<&'static Code> {
    let mut all = journeyman_policy::codes::ALL.iter().chain(journeyman_engine::codes::ALL);
    all.find(|code| code.id == id).copied()
}

fn quoted(messages: &[&str]) -> String {
    messages.iter().map(|message| format!("`{message}`")).collect::<Vec<_>>().join("<br>")
}

fn met(met: &Met) -> [String; 6] {
    let foreseen: Vec<_> = met.foreseen.iter().map(|id| code(id)).collect();
    let answered: Vec<_> = met.answered.iter().map(ToString::to_string).collect();
    [
        met.id.to_owned(),
        met.what.to_owned(),
        quoted(met.service),
        foreseen.join(", "),
        answered.join(", "),
        met.reason.to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use journeyman_engine::upload_errors::RUN_TIME;

    #[test]
    fn numbers_that_are_answered_are_in_the_catalogue() {
        for met in RUN_TIME {
            for number in met.answered {
                assert!(journeyman_oidc::Code::from_number(*number).is_some(), "{}: {number}", met.id);
            }
        }
    }
}
