//! `journeyman explain`: what a code means, what the service says of the same mistake, and an example with and without it.
//!
//! Whoever has no code yet, but the service's answer, pastes that: the codes are found by it.

mod markdown;
mod search;

use std::fmt::Write as _;
use std::io::Write;

use journeyman_draw::Style;
use journeyman_engine::findings;
use journeyman_policy::diagnostic::{Code, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::{PolicySet, Settings, spelling};

use crate::{Failure, report};

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A code such as JM0101, or what the service answered; nothing lists all codes
    #[arg(value_name = "CODE OR TEXT")]
    words: Vec<String>,
    /// List all codes
    #[arg(long, conflicts_with = "words")]
    list: bool,
}

/// Lines of text are no longer than this, however wide the terminal is.
const WIDEST: usize = 100;

/// Prints the page of a code, or the codes that a text could be about.
pub(crate) fn run(args: &Args, out: &mut impl Write) -> Result<(), Failure> {
    let style = report::style();
    let style = Style { width: style.width.min(WIDEST), ..style };
    match args.words.join(" ").trim() {
        "" => Ok(write!(out, "{}", list(&all()))?),
        text => match search::code(text) {
            Some(id) => Ok(write!(out, "{}", page(by_id(&id)?, style))?),
            None => found(text, style, out),
        },
    }
}

/// Every code there is, by id.
fn all() -> Vec<&'static Code> {
    let codes = journeyman_policy::codes::ALL.iter().chain(journeyman_engine::codes::ALL).copied();
    codes.chain([&journeyman_server::NO_KEY_VALUE]).collect()
}

fn by_id(id: &str) -> Result<&'static Code, Failure> {
    let codes = all();
    codes.iter().find(|code| code.id == id).copied().ok_or_else(|| {
        let number = |id: &str| id.trim_start_matches("JM").parse().unwrap_or(0_u32);
        let nearest = codes.iter().min_by_key(|code| number(code.id).abs_diff(number(id)));
        let advice = nearest.map_or_else(String::new, |code| format!(", the nearest is {}: {}", code.id, code.summary));
        Failure::Usage(format!("there is no code {id}{advice}"))
    })
}

fn found(text: &str, style: Style, out: &mut impl Write) -> Result<(), Failure> {
    match search::by_text(text, &all())[..] {
        [] => Err(Failure::Usage(format!("no code is about `{text}`; `journeyman explain --list` has all of them"))),
        [code] => Ok(write!(out, "{}", page(code, style))?),
        ref codes => Ok(write!(out, "{}", list(codes))?),
    }
}

fn list(codes: &[&Code]) -> String {
    codes.iter().fold(String::new(), |text, code| format!("{text}{}  {:<7}  {}\n", code.id, level(code), code.summary))
}

fn level(code: &Code) -> &'static str {
    match code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn page(code: &Code, style: Style) -> String {
    let mut page = journeyman_draw::title(code.severity, code.id, code.summary, style);
    page.push_str("\n\n");
    page += &markdown::plain(code.explanation, style.width);
    if !code.service.is_empty() {
        page += "\nThe service says:\n\n";
        for text in code.service {
            page += &markdown::indented(text, style.width);
        }
    }
    if code.fails != Example::None {
        page += "\nThis fails:\n\n";
        page += &example(&code.fails);
        if let Some(drawn) = finding(code, style) {
            writeln!(page, "\n{drawn}").expect("a string takes everything");
        }
    }
    if code.passes != Example::None {
        page += "\nThis passes:\n\n";
        page += &example(&code.passes);
    }
    page
}

/// The texts as they are, four columns in.
fn example(example: &Example) -> String {
    let lines =
        |text: &&str| text.lines().fold(String::new(), |all, line| all + format!("    {line}").trim_end() + "\n");
    example.shown().iter().map(lines).collect::<Vec<_>>().join("\n")
}

/// What `check` says of the failing example.
fn finding(code: &Code, style: Style) -> Option<String> {
    let set = PolicySet::compile(code.fails.sources(), &Settings::default());
    let mut findings = findings(&set);
    findings.extend(spelling(&set));
    let found = findings.iter().find(|found| found.code.id == code.id)?;
    Some(journeyman_draw::finding(found, &[], &set.sources, style))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A template with names filled in.
    fn filled(template: &str) -> String {
        let parts = template.split('{').enumerate();
        let text = parts.map(|(at, part)| match part.split_once('}') {
            Some((_, rest)) if at > 0 => format!("B2C_1A_Name{rest}"),
            _ => part.to_owned(),
        });
        text.collect()
    }

    #[test]
    fn every_message_of_the_service_finds_its_code() {
        let codes = all();
        for code in &codes {
            for template in code.service {
                let answer = format!("Validation failed: 1 validation error(s) found.{}", filled(template));
                let found = search::by_text(&answer, &codes);
                let said: Vec<_> = found.iter().map(|code| code.id).collect();
                assert!(found.contains(code), "{}: {answer}: {said:?}", code.id);
            }
        }
    }

    #[test]
    fn what_the_portal_cuts_and_what_people_copy_of_an_answer_finds_its_code() {
        let codes = all();
        for (id, text) in [
            ("JM1081", r#"Claim type "surname" is the output claim of the relying party"#),
            ("JM2001", r#"Tenant "t" does not have CryptographicKey"#),
            ("JM1005", r#"defines an invalid value "" for the metadata item "client_id.""#),
            ("JM1100", "The specified page contract 'urn:x' has invalid version '2.1.4'."),
            ("JM1103", "The element specified by id 'urn:x' cannot be found in the element factory cache."),
            ("JM0006", "invalid child element 'Predicates'"),
            ("JM0206", "duplicate key sequence '3'"),
            ("JM0205", r#"foo was expected to have step with order "3" but it was not found"#),
            (
                "JM1080",
                r#"Claim type "a" is the input claim of technical profile "b" in step "3" of user journey "c" but it is not an out..."#,
            ),
        ] {
            let found: Vec<_> = search::by_text(text, &codes).iter().map(|code| code.id).collect();
            assert!(found.contains(&id) && found.len() <= 3, "{text}: {found:?}");
        }
    }

    #[test]
    fn every_explanation_fits_a_terminal() {
        for code in all() {
            let page = markdown::plain(code.explanation, 80);
            let wide = page.lines().filter(|line| !line.starts_with("    ") && line.chars().count() > 80);
            assert_eq!(wide.collect::<Vec<_>>(), [] as [&str; 0], "{}", code.id);
        }
    }
}
