//! Findings for people: drawn by miette, one report a mistake, however many policies it is in.

use std::fmt;
use std::fmt::Write as _;
use std::io::IsTerminal;

use journeyman_policy::PolicySet;
use journeyman_policy::codes::{ambiguous_base, base_cycle, missing_base};
use journeyman_policy::diagnostic::{Code, Diagnostic, Label, Severity};
use journeyman_policy::model::Policy;
use journeyman_policy::source::{FileId, Sources};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

/// How much the terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// Colours too.
    Colour,
    /// Nothing but text.
    Plain,
}

impl Style {
    /// Colours only on a terminal, and only if nobody said no (see no-color.org).
    pub(crate) fn of_stdout() -> Self {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if std::io::stdout().is_terminal() && !refused { Self::Colour } else { Self::Plain }
    }
}

/// Columns that a report may fill.
const WIDTH: usize = 110;
/// Names listed where there may be dozens.
const LISTED: usize = 8;
/// Lines that two places of a file may be apart to be drawn as one piece, with what lies between them.
const TOGETHER: usize = 10;

/// Everything, and a line that sums it up.
pub(crate) fn report(set: &PolicySet, findings: &[Diagnostic], style: Style) -> String {
    let mistakes = mistakes(set, findings);
    let theme = match style {
        Style::Colour => GraphicalTheme::unicode(),
        Style::Plain => GraphicalTheme::unicode_nocolor(),
    };
    let handler =
        GraphicalReportHandler::new_themed(theme).with_width(WIDTH).with_links(false).without_syntax_highlighting();
    let mut text = String::new();
    for mistake in &mistakes {
        let drawn = Drawn::new(mistake, &set.sources);
        handler.render_report(&mut text, &drawn).expect("writing to a string cannot fail");
        text.push('\n');
    }
    writeln!(text, "{}", summary(&mistakes, set.policies.len())).expect("writing to a string cannot fail");
    text
}

/// Whether any of them is an error.
pub(crate) fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|found| found.severity == Severity::Error)
}

/// A finding, without regard to the policy that it was met in.
struct Mistake<'a> {
    found: &'a Diagnostic,
    policies: Vec<&'a str>,
    /// References that lead nowhere because a base policy is missing.
    consequences: Vec<&'a Diagnostic>,
}

fn mistakes<'a>(set: &PolicySet, findings: &'a [Diagnostic]) -> Vec<Mistake<'a>> {
    let mut mistakes: Vec<Mistake<'a>> = Vec::new();
    let mut consequences = Vec::new();
    for found in findings {
        if let Some(cause) = cause(set, findings, found) {
            consequences.push((cause, found));
            continue;
        }
        let policy = found.policy.as_ref().map(|id| id.as_str());
        match mistakes.iter_mut().find(|known| same(known.found, found)) {
            Some(known) => known.policies.extend(policy),
            None => mistakes.push(Mistake { found, policies: policy.into_iter().collect(), consequences: Vec::new() }),
        }
    }
    for (cause, found) in consequences {
        if let Some(mistake) = mistakes.iter_mut().find(|known| same(known.found, cause)) {
            mistake.consequences.push(found);
        }
    }
    mistakes
}

/// Each mistake once, however many policies have it.
pub(crate) fn distinct(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut distinct: Vec<&Diagnostic> = Vec::new();
    for found in findings {
        if !distinct.iter().any(|known| same(known, found)) {
            distinct.push(found);
        }
    }
    distinct
}

fn same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.code == b.code && a.primary == b.primary && a.message == b.message && a.also == b.also
}

/// The missing base that an unresolved reference is a mere consequence of.
fn cause<'a>(set: &PolicySet, findings: &'a [Diagnostic], found: &Diagnostic) -> Option<&'a Diagnostic> {
    const CHAIN: &[&Code] = &[&missing_base::MISSING_BASE, &base_cycle::BASE_CYCLE, &ambiguous_base::AMBIGUOUS_BASE];
    let consequence = found.reference.is_some() && !CHAIN.contains(&found.code) && found.severity == Severity::Error;
    let policy: &Policy = found.policy.as_ref().filter(|_| consequence).and_then(|id| set.policy(id))?;
    findings.iter().find(|other| CHAIN.contains(&other.code) && policy.chain.contains(&other.primary.span.file))
}

fn summary(mistakes: &[Mistake<'_>], policies: usize) -> String {
    let count = |severity| mistakes.iter().filter(|mistake| mistake.found.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let found = match (errors, warnings) {
        (0, 0) => "nothing wrong".to_owned(),
        (0, _) => plural(warnings, "warning"),
        (_, 0) => plural(errors, "error"),
        _ => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    };
    let policies = if policies == 1 { "1 policy".to_owned() } else { format!("{policies} policies") };
    format!("{found} in {policies}")
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// What miette wants to know: one source a report, so that labels in other files become reports of their own. Those far away
/// in the same file do too: miette would draw everything between, and the mistake last.
struct Drawn {
    code: Option<&'static str>,
    message: String,
    severity: miette::Severity,
    help: Option<String>,
    source: NamedSource<String>,
    labels: Vec<LabeledSpan>,
    related: Vec<Drawn>,
}

impl Drawn {
    fn new(mistake: &Mistake<'_>, sources: &Sources) -> Self {
        let found = mistake.found;
        let own = found.primary.span.file;
        let mut labels = vec![primary(&found.primary)];
        let (near, elsewhere): (Vec<_>, Vec<_>) =
            found.also.iter().partition(|label| are_together(&found.primary, label, sources));
        labels.extend(near.into_iter().map(labelled));
        Self {
            code: Some(found.code.id),
            message: found.message.clone(),
            severity: match found.severity {
                Severity::Error => miette::Severity::Error,
                Severity::Warning => miette::Severity::Warning,
                Severity::Note => miette::Severity::Advice,
            },
            help: help(mistake),
            source: source(own, sources),
            labels,
            related: elsewhere.into_iter().map(|label| Self::elsewhere(label, sources)).collect(),
        }
    }

    fn elsewhere(label: &Label, sources: &Sources) -> Self {
        Self {
            code: None,
            message: label.text.clone(),
            severity: miette::Severity::Advice,
            help: None,
            source: source(label.span.file, sources),
            labels: vec![primary(&Label { span: label.span, text: String::new() })],
            related: Vec::new(),
        }
    }
}

/// The advice, what follows from the mistake, and which policies have it if several do.
fn help(mistake: &Mistake<'_>) -> Option<String> {
    let mut lines: Vec<String> = mistake.found.help.iter().cloned().collect();
    if !mistake.consequences.is_empty() {
        let mut names: Vec<_> = mistake.consequences.iter().filter_map(|found| found.reference.as_deref()).collect();
        names.sort_unstable();
        names.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
        lines.push(format!("not found until then: {}", listed(&names)));
    }
    if mistake.policies.len() > 1 {
        lines.push(format!("found in {}", listed(&mistake.policies)));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn listed(names: &[&str]) -> String {
    let shown: Vec<_> = names.iter().take(LISTED).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(LISTED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn are_together(a: &Label, b: &Label, sources: &Sources) -> bool {
    let line = |label: &Label| sources.position(label.span).0;
    a.span.file == b.span.file && line(a).abs_diff(line(b)) <= TOGETHER
}

fn source(file: FileId, sources: &Sources) -> NamedSource<String> {
    let file = sources.file(file);
    NamedSource::new(&file.name, file.text.to_string())
}

fn primary(label: &Label) -> LabeledSpan {
    LabeledSpan::new_primary_with_span(text(label), range(label))
}

fn labelled(label: &Label) -> LabeledSpan {
    LabeledSpan::new_with_span(text(label), range(label))
}

fn text(label: &Label) -> Option<String> {
    (!label.text.is_empty()).then(|| label.text.clone())
}

fn range(label: &Label) -> std::ops::Range<usize> {
    label.span.start as usize..label.span.end as usize
}

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        (!self.related.is_empty()).then(|| {
            let related = self.related.iter().map(|report| report as &dyn miette::Diagnostic);
            Box::new(related) as Box<dyn Iterator<Item = &dyn miette::Diagnostic>>
        })
    }
}
