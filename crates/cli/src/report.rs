//! Everything that was found, for people: each mistake once, what follows from another left out, what repeats itself in a
//! line, and a sum at the end.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, IsTerminal};

use anstream::ColorChoice;
use journeyman_claims::Name;
use journeyman_draw::Style;
use journeyman_policy::PolicySet;
use journeyman_policy::codes::{
    ambiguous_base, bad_value, base_cycle, built_in_base, malformed_xml, missing_attribute, missing_base,
    unknown_element,
};
use journeyman_policy::diagnostic::{Code, Diagnostic, Label, Severity};
use journeyman_policy::model::Policy;
use journeyman_policy::source::{FileId, Sources};

/// Names listed where there may be dozens.
const LISTED: usize = 8;
/// Mistakes of one code that are drawn; of the others only the place and the message are told.
const DRAWN_OF_A_CODE: usize = 5;
/// Mistakes of one code that are told in a line each.
const TOLD_OF_A_CODE: usize = 15;
/// Lines wider than this are hard to read even where they fit.
const WIDEST: usize = 140;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What fits in a head: no notes, and what repeats itself is told in a line.
    Some,
    /// Everything.
    All,
}

/// Colours and width of standard output: colours only on a terminal, unless the environment says otherwise
/// (`NO_COLOR`, `CLICOLOR_FORCE`).
pub(crate) fn style() -> Style {
    let out = io::stdout();
    let width = if out.is_terminal() { terminal_size::terminal_size().map(|(width, _)| width.0.into()) } else { None };
    Style {
        colour: anstream::AutoStream::choice(&out) != ColorChoice::Never,
        width: width.unwrap_or(Style::PLAIN.width).min(WIDEST),
    }
}

/// What was found, and what to do next.
pub(crate) struct Report<'a> {
    set: &'a PolicySet,
    mistakes: Vec<Mistake<'a>>,
}

/// A finding, without regard to the policy that it was met in.
struct Mistake<'a> {
    found: &'a Diagnostic,
    policies: Vec<&'a str>,
    /// The same name, unresolved in other places.
    again: Vec<&'a Diagnostic>,
    /// References that lead nowhere because a base policy is missing.
    consequences: Vec<&'a str>,
}

impl<'a> Report<'a> {
    /// Puts findings together.
    pub(crate) fn new(set: &'a PolicySet, findings: &'a [Diagnostic]) -> Self {
        let mut mistakes = mistakes(set, findings);
        mistakes.sort_by_key(|mistake| (Reverse(mistake.found.severity), Reverse(is_a_cause(mistake.found))));
        Self { set, mistakes }
    }

    /// Every mistake, errors first, and a line that sums it up.
    pub(crate) fn text(&self, style: Style, detail: Detail) -> String {
        let mut text = String::new();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut told: Vec<(&Code, Vec<&Mistake<'_>>)> = Vec::new();
        for mistake in self.mistakes.iter().filter(|mistake| is_shown(mistake, detail)) {
            let count = seen.entry(mistake.found.code.id).or_default();
            *count += 1;
            if *count <= DRAWN_OF_A_CODE || detail == Detail::All {
                text += &journeyman_draw::finding(
                    mistake.found,
                    &mistake.notes(&self.set.sources),
                    &self.set.sources,
                    style,
                );
                text += "\n\n";
            } else if let Some((_, others)) = told.iter_mut().find(|(code, _)| *code == mistake.found.code) {
                others.push(mistake);
            } else {
                told.push((mistake.found.code, vec![mistake]));
            }
        }
        for (code, mistakes) in told {
            text += &in_lines(code, &mistakes, &self.set.sources, style);
        }
        writeln!(text, "{}", self.sum()).expect("a string takes everything");
        text
    }

    fn sum(&self) -> String {
        let count = |severity| self.mistakes.iter().filter(|mistake| mistake.found.severity == severity).count();
        let counts = [(Severity::Error, "error"), (Severity::Warning, "warning")].map(|(s, noun)| (count(s), noun));
        let some: Vec<_> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| plural(*n, noun)).collect();
        let found = if some.is_empty() { "nothing wrong".to_owned() } else { some.join(", ") };
        let policies = self.set.policies.len();
        format!("{found} in {policies} {}", if policies == 1 { "policy" } else { "policies" })
    }

    /// What `check` can do further; nothing where nothing was found.
    pub(crate) fn hints(&self, detail: Detail) -> String {
        let of = |test: fn(&Mistake<'_>) -> bool| self.mistakes.iter().filter(|mistake| test(mistake)).count();
        let mut hints = Vec::new();
        match of(|mistake| mistake.found.fix.is_some()) {
            0 => {}
            fixable => hints.push(format!("`--fix` puts {fixable} right")),
        }
        match of(|mistake| mistake.found.severity == Severity::Note) {
            notes if notes > 0 && detail == Detail::Some => {
                hints.push(format!("`--verbose` shows {}", plural(notes, "note")));
            }
            _ => {}
        }
        if let Some(first) = self.mistakes.iter().find(|mistake| is_shown(mistake, detail)) {
            hints.push(format!("`journeyman explain {}` says more", first.found.code.id));
        }
        if hints.is_empty() { String::new() } else { format!("{}\n", hints.join("; ")) }
    }
}

fn is_shown(mistake: &Mistake<'_>, detail: Detail) -> bool {
    detail == Detail::All || mistake.found.severity != Severity::Note
}

/// Whether any of them is an error.
pub(crate) fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|found| found.severity == Severity::Error)
}

/// Whether other errors may follow from it: what is not read as it was meant declares nothing.
fn is_a_cause(found: &Diagnostic) -> bool {
    /// The first code that is not about the grammar, or about which files make up a policy.
    const OTHERS: &str = "JM0100";
    found.severity == Severity::Error && found.code.id < OTHERS
}

/// What makes two findings the same mistake, whatever policy they were met in.
type Key<'a> = (&'static str, &'a Label, &'a str, &'a [Label]);

fn key(found: &Diagnostic) -> Key<'_> {
    (found.code.id, &found.primary, &found.message, &found.also)
}

/// Each mistake once, however many policies have it, and as bad as it is in the worst of them.
pub(crate) fn distinct(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut known: HashMap<Key<'_>, usize> = HashMap::new();
    let mut distinct: Vec<&Diagnostic> = Vec::new();
    for found in findings {
        let at = *known.entry(key(found)).or_insert(distinct.len());
        match distinct.get_mut(at) {
            Some(one) if found.severity > one.severity => *one = found,
            Some(_) => {}
            None => distinct.push(found),
        }
    }
    distinct
}

fn mistakes<'a>(set: &'a PolicySet, findings: &'a [Diagnostic]) -> Vec<Mistake<'a>> {
    let causes = Causes::new(set, findings);
    let worst: HashMap<Key<'a>, &'a Diagnostic> =
        distinct(findings).into_iter().map(|found| (key(found), found)).collect();
    let mut mistakes: Vec<Mistake<'a>> = Vec::new();
    let mut known: HashMap<Key<'a>, usize> = HashMap::new();
    let mut unresolved: HashMap<(&str, &str), usize> = HashMap::new();
    let mut consequences = Vec::new();
    for found in findings {
        if let Some(cause) = causes.of(found) {
            consequences.extend(found.reference.as_deref().map(|name| (cause, name)));
            continue;
        }
        let policy = found.policy.as_ref().map(Name::as_str);
        if let Some(at) = known.get(&key(found)) {
            mistakes[*at].policies.extend(policy);
            continue;
        }
        let mut found = worst[&key(found)];
        known.insert(key(found), mistakes.len());
        if found.reference.is_some() {
            let first = *unresolved.entry((found.code.id, &*found.message)).or_insert(mistakes.len());
            if let Some(mistake) = mistakes.get_mut(first) {
                // Its policies are those of the first.
                known.insert(key(found), first);
                if found.severity > mistake.found.severity {
                    std::mem::swap(&mut mistake.found, &mut found);
                }
                mistake.again.push(found);
                continue;
            }
        }
        let policies = policy.into_iter().collect();
        mistakes.push(Mistake { found, policies, again: Vec::new(), consequences: Vec::new() });
    }
    for (cause, name) in consequences {
        if let Some(at) = known.get(&key(cause)) {
            mistakes[*at].consequences.push(name);
        }
    }
    mistakes
}

/// Base policies that are missing: what is not found because of them is not told one by one.
struct Causes<'a> {
    by_file: HashMap<FileId, &'a Diagnostic>,
    policies: HashMap<&'a Name, Vec<&'a Policy>>,
}

impl<'a> Causes<'a> {
    const CHAIN: &'static [&'static Code] = &[
        &missing_base::MISSING_BASE,
        &base_cycle::BASE_CYCLE,
        &ambiguous_base::AMBIGUOUS_BASE,
        &built_in_base::BUILT_IN_BASE,
    ];

    fn new(set: &'a PolicySet, findings: &'a [Diagnostic]) -> Self {
        let sources = &set.sources;
        let broken =
            findings.iter().filter(|found| Self::CHAIN.contains(&found.code) || hides_declarations(found, sources));
        let by_file =
            broken.map(|found| (found.primary.span.file, unreadable_base(found, findings, sources).unwrap_or(found)));
        let mut policies: HashMap<&Name, Vec<&Policy>> = HashMap::new();
        for policy in &set.policies {
            policies.entry(&policy.id).or_default().push(policy);
        }
        Self { by_file: by_file.collect(), policies }
    }

    /// The missing base that an unresolved reference is a mere consequence of; of a base that is there, but cannot be
    /// read, why it cannot.
    fn of(&self, found: &Diagnostic) -> Option<&'a Diagnostic> {
        if *found.code == missing_base::MISSING_BASE {
            let cause = self.by_file.get(&found.primary.span.file).copied();
            return cause.filter(|cause| *cause.code == malformed_xml::MALFORMED_XML);
        }
        let follows =
            found.reference.is_some() && found.severity == Severity::Error && !Self::CHAIN.contains(&found.code);
        let id = found.policy.as_ref().filter(|_| follows && !self.by_file.is_empty())?;
        let own = |policy: &&&Policy| policy.chain.contains(&found.primary.span.file);
        let mut chains = self.policies.get(id)?.iter().filter(own).map(|policy| &policy.chain);
        chains.find_map(|chain| chain.iter().find_map(|file| self.by_file.get(file).copied()))
    }
}

/// Elements that declare something, or hold what does, or say what a file builds on.
const DECLARING: &[&str] = &[
    "BasePolicy",
    "BuildingBlocks",
    "ClaimsSchema",
    "ClaimType",
    "Predicates",
    "Predicate",
    "PredicateValidations",
    "PredicateValidation",
    "ClaimsTransformations",
    "ClaimsTransformation",
    "ContentDefinitions",
    "ContentDefinition",
    "Localization",
    "LocalizedResources",
    "DisplayControls",
    "DisplayControl",
    "ClaimsProviders",
    "ClaimsProvider",
    "TechnicalProfiles",
    "TechnicalProfile",
    "UserJourneys",
    "UserJourney",
    "SubJourneys",
    "SubJourney",
];

/// Whether a file does not declare what it was meant to, or does not say what it builds on: a word is misspelt, or missing.
fn hides_declarations(found: &Diagnostic, sources: &Sources) -> bool {
    let tag = sources.text(found.primary.span);
    match found.code {
        code if *code == unknown_element::UNKNOWN_ELEMENT => {
            let meant = |word: &&str| {
                found.help.as_deref().is_some_and(|help| help.contains(&format!("did you mean `{word}`")))
            };
            DECLARING.iter().any(meant)
        }
        code if *code == missing_attribute::MISSING_ATTRIBUTE => {
            tag.starts_with("<BasePolicy") && found.message.contains("`PolicyId`")
        }
        // The tag itself is marked where nothing is inside.
        code if *code == bad_value::BAD_VALUE => tag.starts_with("<PolicyId"),
        _ => false,
    }
}

/// Why the file of a base that seems to be missing cannot be read.
fn unreadable_base<'a>(missing: &Diagnostic, findings: &'a [Diagnostic], sources: &Sources) -> Option<&'a Diagnostic> {
    let wanted = missing.reference.as_deref().filter(|_| *missing.code == missing_base::MISSING_BASE)?;
    let id = format!("policyid=\"{}\"", wanted.to_ascii_lowercase());
    let mut malformed = findings.iter().filter(|found| *found.code == malformed_xml::MALFORMED_XML);
    malformed.find(|found| sources.file(found.primary.span.file).text.to_ascii_lowercase().contains(&id))
}

impl Mistake<'_> {
    /// The other places: lines of the same file, and files.
    fn elsewhere(&self, sources: &Sources) -> String {
        let file = self.found.primary.span.file;
        let (here, there): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            self.again.iter().partition(|found| found.primary.span.file == file);
        let mut lines: Vec<_> = here.iter().map(|found| sources.position(found.primary.span).0.to_string()).collect();
        lines.dedup();
        let mut files: Vec<_> = there.iter().map(|found| found.primary.span.file).collect();
        files.dedup();
        let mut said = Vec::new();
        match lines[..] {
            [] => {}
            [ref line] => said.push(format!("in line {line}")),
            _ => said.push(format!("in lines {}", listed(&lines))),
        }
        match files[..] {
            [] => {}
            [file] => said.push(format!("in {}", sources.file(file).name)),
            _ => said.push(format!("in {} other files", files.len())),
        }
        said.join(", and ")
    }

    /// What there is to say beside the finding itself.
    fn notes(&self, sources: &Sources) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.again.is_empty() {
            notes.push(format!("also {}", self.elsewhere(sources)));
        }
        if !self.consequences.is_empty() {
            let mut names: Vec<_> = self.consequences.iter().map(|name| format!("`{name}`")).collect();
            names.sort_unstable();
            names.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
            notes.push(format!("not found until then: {}", listed(&names)));
        }
        let mut policies = HashSet::new();
        let names: Vec<_> =
            self.policies.iter().filter(|id| policies.insert(**id)).map(|id| format!("`{id}`")).collect();
        if names.len() > 1 {
            notes.push(format!("found in {}", listed(&names)));
        }
        notes
    }
}

/// Mistakes of one code, a line each.
fn in_lines(code: &Code, mistakes: &[&Mistake<'_>], sources: &Sources, style: Style) -> String {
    let (count, severity) = (mistakes.len(), mistakes[0].found.severity);
    let mut text = journeyman_draw::title(severity, code.id, &format!("{count} more: {}", code.summary), style);
    text.push('\n');
    for mistake in mistakes.iter().take(TOLD_OF_A_CODE) {
        let found = mistake.found;
        writeln!(text, "  --> {}: {}", place(found, sources), found.message).expect("a string takes everything");
    }
    if let Some(left) = count.checked_sub(TOLD_OF_A_CODE).filter(|left| *left > 0) {
        writeln!(text, "  and {left} more").expect("a string takes everything");
    }
    text.push('\n');
    text
}

fn place(found: &Diagnostic, sources: &Sources) -> String {
    let (line, column) = sources.position(found.primary.span);
    format!("{}:{line}:{column}", sources.file(found.primary.span.file).name)
}

fn listed(names: &[String]) -> String {
    let shown = names.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
