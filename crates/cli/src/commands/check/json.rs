//! Findings for programs: names and meanings of fields stay; fields may be added.

use std::collections::{HashMap, HashSet};

use journeyman_claims::Name;
use journeyman_policy::PolicySet;
use journeyman_policy::diagnostic::{Diagnostic, Edit, Fix, Kind, Label, Severity};
use journeyman_policy::model::Policy;
use journeyman_policy::source::{FileId, Sources, Span};
use serde::Serialize;

use crate::Failure;

#[derive(Debug, Serialize)]
struct Report<'a> {
    policies: Vec<PolicyLine<'a>>,
    diagnostics: Vec<DiagnosticLine<'a>>,
}

#[derive(Debug, Serialize)]
struct PolicyLine<'a> {
    id: &'a str,
    file: &'a str,
    ok: bool,
}

#[derive(Debug, Serialize)]
struct DiagnosticLine<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    /// What is said at that place.
    label: Option<&'a str>,
    policy: Option<&'a str>,
    kind: Kind,
    reference: Option<&'a str>,
    /// Other places that matter.
    related: Vec<LabelLine<'a>>,
    fix: Option<FixLine<'a>>,
}

#[derive(Debug, Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Debug, Serialize)]
struct LabelLine<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    label: &'a str,
}

#[derive(Debug, Serialize)]
struct FixLine<'a> {
    what: &'a str,
    edits: Vec<EditLine<'a>>,
}

#[derive(Debug, Serialize)]
struct EditLine<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    replacement: &'a str,
}

/// Every finding, and every policy with whether it has an error.
pub(super) fn report(set: &PolicySet, findings: &[Diagnostic]) -> Result<String, Failure> {
    let refused = refused(set, findings);
    let policies = set.policies.iter().zip(&refused).map(|(policy, refused)| PolicyLine {
        id: policy.id.as_str(),
        file: &set.sources.file(policy.span.file).name,
        ok: !refused,
    });
    let report = Report {
        policies: policies.collect(),
        diagnostics: findings.iter().map(|found| diagnostic(&set.sources, found)).collect(),
    };
    serde_json::to_string_pretty(&report).map_err(|error| Failure::Output(error.into()))
}

/// Which policies have an error: [`PolicySet::concerns`] for all policies at once, which matters for hundreds of them.
fn refused(set: &PolicySet, findings: &[Diagnostic]) -> Vec<bool> {
    let own: HashSet<(&Name, FileId)> = set.policies.iter().filter_map(|p| Some((&p.id, *p.chain.last()?))).collect();
    let mut errors: HashMap<FileId, Vec<&Diagnostic>> = HashMap::new();
    for found in findings.iter().filter(|found| found.severity == Severity::Error) {
        errors.entry(found.primary.span.file).or_default().push(found);
    }
    let concerns = |found: &Diagnostic, policy: &Policy| match &found.policy {
        Some(of) => *of == policy.id || own.contains(&(of, found.primary.span.file)),
        None => true,
    };
    let has_error = |policy: &Policy| {
        policy.chain.iter().filter_map(|file| errors.get(file)).flatten().any(|found| concerns(found, policy))
    };
    set.policies.iter().map(|policy| has_error(policy)).collect()
}

fn diagnostic<'a>(sources: &'a Sources, found: &'a Diagnostic) -> DiagnosticLine<'a> {
    DiagnosticLine {
        code: found.code.id,
        severity: found.severity,
        message: &found.message,
        help: found.help.as_deref(),
        place: place(sources, found.primary.span),
        label: Some(&*found.primary.text).filter(|text| !text.is_empty()),
        policy: found.policy.as_ref().map(Name::as_str),
        kind: found.kind,
        reference: found.reference.as_deref(),
        related: found.also.iter().map(|label| related(sources, label)).collect(),
        fix: found.fix.as_ref().map(|fix| fix_line(sources, fix)),
    }
}

fn related<'a>(sources: &'a Sources, label: &'a Label) -> LabelLine<'a> {
    LabelLine { place: place(sources, label.span), label: &label.text }
}

fn fix_line<'a>(sources: &'a Sources, fix: &'a Fix) -> FixLine<'a> {
    let edit = |edit: &'a Edit| EditLine { place: place(sources, edit.span), replacement: &edit.replacement };
    FixLine { what: &fix.what, edits: fix.edits.iter().map(edit).collect() }
}

fn place(sources: &Sources, span: Span) -> Place<'_> {
    let (line, column) = sources.position(span);
    let (end_line, end_column) = sources.position(Span { start: span.end, ..span });
    Place { file: &sources.file(span.file).name, line, column, end_line, end_column }
}
