//! Pictures for the documentation: what the service answers to a mistake, and what `check` prints of the same file.
//!
//! The second is the binary's real output, colours and all, turned into SVG: small, sharp, and text that can be searched.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Where the files with the mistakes are. They build on [`BASE`].
const FILES: &str = "docs/examples/mistakes";
const BASE: &str = "TrustFrameworkBase.xml";
/// Where the pictures go.
const PICTURES: &str = "docs/pictures";

/// A file with a mistake, and what the service says of it.
struct Mistake {
    name: &'static str,
    file: &'static str,
    /// Its sentences, glued together as it glues them.
    service: &'static str,
}

const MISTAKES: &[Mistake] = &[
    Mistake {
        name: "two-exchanges",
        file: "TwoExchanges.xml",
        service: "User journey \"SignUp\" in policy \"B2C_1A_SignUp\" of tenant \"contoso.onmicrosoft.com\" has step 2 with 2 claims \
                  exchanges. It must be preceded by a claims provider selection in order to determine which claims exchange \
                  can be used.User journey \"SignUp\" in policy \"B2C_1A_SignUp\" of tenant \"contoso.onmicrosoft.com\" has step 2 \
                  with 2 claims exchanges. It must be preceded by a claims provider selection in order to determine which \
                  claims exchange can be used.",
    },
    Mistake {
        name: "element-order",
        file: "ElementOrder.xml",
        service: "Schema validation error found at line 14 col 6 in policy \"B2C_1A_SignUp\" of tenant \
                  \"contoso.onmicrosoft.com\": The element 'RelyingParty' in namespace \
                  'http://schemas.microsoft.com/online/cpim/schemas/2013/06' has invalid child element 'DefaultUserJourney' \
                  in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06'. List of possible elements \
                  expected: 'TechnicalProfile' in namespace 'http://schemas.microsoft.com/online/cpim/schemas/2013/06'.",
    },
    Mistake {
        name: "undeclared-claim",
        file: "UndeclaredClaim.xml",
        service: "Policy \"B2C_1A_SignUp\" of tenant \"contoso.onmicrosoft.com\" makes a reference to ClaimType with id \
                  \"disployName\" but neither the policy nor any of its base policies contain such an element.",
    },
    Mistake {
        name: "wrong-operand",
        file: "WrongOperand.xml",
        service: "The InputClaims mismatched in ClaimsTransformation with id \"AssertTermsAreAccepted\" with TransformationMethod \
                  \"AssertDateTimeIsGreaterThan\". The following InputClaims were declared in the Policy but were not expected by \
                  the TransformMethod: [DateTime]left. The following InputClaims were expected by the TransformMethod but were \
                  not declared in the Policy: [DateTime]leftOperand. ",
    },
    Mistake {
        name: "page-version",
        file: "PageVersion.xml",
        service: "The specified page contract 'urn:com:microsoft:aad:b2c:elements:contract:selfasserted:2.4.1' has invalid \
                  version '2.4.1'. The available versions are: '[\"1.0.0\",\"1.1.0\",\"1.2.0\",\"2.0.0\",\"2.1.0\",\"2.1.1\",\"2.1.2\",\
                  \"2.1.3\",\"2.1.4\",\"2.1.5\",\"2.1.6\",\"2.1.7\",\"2.1.8\",\"2.1.9\",\"2.1.10\"]'.",
    },
];

/// Draws all of them.
pub(crate) fn draw(root: &Path) -> ExitCode {
    match MISTAKES.iter().try_for_each(|mistake| pair(root, mistake)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn pair(root: &Path, mistake: &Mistake) -> Result<(), String> {
    let command = format!("journeyman check {} {BASE}", mistake.file);
    let lines = format!("\u{1b}[1m$\u{1b}[0m {command}\n{}", output(root, mistake)?);
    let answer = format!(
        "Unable to upload policy. Reason : Validation failed: 1 validation error(s) found in policy \"B2C_1A_SIGNUP\" of tenant \
         \"contoso.onmicrosoft.com\".{}",
        mistake.service
    );
    for (which, picture) in [("before", portal(&answer)), ("after", terminal(&lines))] {
        let path = format!("{PICTURES}/{}-{which}.svg", mistake.name);
        fs::write(root.join(&path), picture).map_err(|error| format!("{path} cannot be written: {error}"))?;
        println!("{path}");
    }
    Ok(())
}

/// What `check` prints on a terminal.
fn output(root: &Path, mistake: &Mistake) -> Result<String, String> {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--package", "journeyman", "--", "check", mistake.file, BASE]);
    command.current_dir(root.join(FILES)).env("CLICOLOR_FORCE", "1").env_remove("NO_COLOR");
    let output = command.output().map_err(|error| format!("cargo could not be started: {error}"))?;
    String::from_utf8(output.stdout)
        .ok()
        .filter(|text| !text.is_empty())
        .ok_or_else(|| format!("{command:?} printed nothing: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Widths and heights in pixels of the character cell, and of the space around.
const CELL: f64 = 7.8;
const LINE: usize = 18;
const MARGIN: usize = 16;
/// Columns of every picture, so that they look alike side by side.
const COLUMNS: usize = 112;
const MONOSPACE: &str = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace";
const PROPORTIONAL: &str = "'Segoe UI', system-ui, 'DejaVu Sans', sans-serif";

/// A terminal with these lines.
fn terminal(text: &str) -> String {
    let mut inside = String::new();
    for (row, line) in text.trim_end().lines().enumerate() {
        let mut column = 0;
        for run in runs(line) {
            let letters = run.text.chars().count();
            if !run.text.trim().is_empty() {
                let (x, y) = (MARGIN as f64 + column as f64 * CELL, MARGIN + (row + 1) * LINE - 5);
                // Columns stay under one another whatever font there is.
                let length = letters as f64 * CELL;
                writeln!(
                    inside,
                    "<text x=\"{x:.1}\" y=\"{y}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" class=\"{}\">{}</text>",
                    run.class,
                    escaped(run.text)
                )
                .expect("a string takes everything");
            }
            column += letters;
        }
    }
    let style = "text{fill:#d8dee9;white-space:pre}.bold{font-weight:bold;fill:#fff}.red{fill:#ff6b68;font-weight:bold}\
                 .yellow{fill:#e5c07b;font-weight:bold}.blue{fill:#61afef;font-weight:bold}\
                 .green{fill:#98c379;font-weight:bold}.cyan{fill:#56b6c2;font-weight:bold}";
    picture(text.trim_end().lines().count(), "#1e2127", MONOSPACE, style, &inside)
}

/// The notification of a portal with this text.
fn portal(text: &str) -> String {
    let mut inside = String::new();
    // A proportional font has narrower letters.
    let lines = textwrap::wrap(text, COLUMNS + 14);
    for (row, line) in lines.iter().enumerate() {
        let y = MARGIN + (row + 1) * LINE - 5;
        writeln!(inside, "<text x=\"{}\" y=\"{y}\">{}</text>", MARGIN + 8, escaped(line))
            .expect("a string takes everything");
    }
    let height = lines.len() * LINE + 2 * MARGIN;
    writeln!(inside, "<rect width=\"6\" height=\"{height}\" fill=\"#a4262c\"/>").expect("a string takes everything");
    picture(lines.len(), "#fde7e9", PROPORTIONAL, "text{fill:#323130}", &inside)
}

fn picture(lines: usize, background: &str, font: &str, style: &str, inside: &str) -> String {
    let (width, height) = ((COLUMNS as f64 * CELL) as usize + 2 * MARGIN, lines * LINE + 2 * MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"{font}\" font-size=\"13\" xml:space=\"preserve\">\n<style>{style}</style>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"{background}\"/>\n{inside}</svg>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Letters in one colour.
struct Run<'a> {
    class: &'static str,
    text: &'a str,
}

/// A line of a terminal: what stands between the escape sequences, in the colour of the last ones.
fn runs(line: &str) -> Vec<Run<'_>> {
    let (mut class, mut runs) = ("", Vec::new());
    for (at, part) in line.split("\u{1b}[").enumerate() {
        let (sequence, text) = if at == 0 { ("", part) } else { part.split_once('m').unwrap_or(("0", part)) };
        for number in sequence.split(';') {
            class = match number {
                "0" => "",
                "1" if class.is_empty() => "bold",
                "31" | "91" => "red",
                "33" | "93" => "yellow",
                "34" | "94" => "blue",
                "32" | "92" => "green",
                "36" | "96" => "cyan",
                _ => class,
            };
        }
        if !text.is_empty() {
            runs.push(Run { class, text });
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_become_classes() {
        let runs = runs("\u{1b}[1m\u{1b}[91merror\u{1b}[0m\u{1b}[1m: no\u{1b}[0m way");
        let said: Vec<_> = runs.iter().map(|run| (run.class, run.text)).collect();
        assert_eq!(said, [("red", "error"), ("bold", ": no"), ("", " way")]);
    }

    #[test]
    fn a_terminal_keeps_its_columns() {
        let picture = terminal("ab \u{1b}[94m<c>\u{1b}[0m\n\n");
        assert!(picture.contains("<text x=\"39.4\" y=\"29\" textLength=\"23.4\" lengthAdjust=\"spacingAndGlyphs\" class=\"blue\">&lt;c&gt;</text>"), "{picture}");
        assert!(picture.contains("height=\"50\""), "{picture}");
    }
}
