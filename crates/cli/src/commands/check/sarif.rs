//! Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.

use std::collections::BTreeMap;

use journeyman_policy::PolicySet;
use journeyman_policy::diagnostic::{Diagnostic, Label, Severity};
use journeyman_policy::source::{Sources, Span};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use crate::Failure;
use crate::draw;

/// What a path may not hold as it is when it becomes an address.
const IN_PATHS: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// One run of the checker. A mistake that several policies have is one result.
pub(super) fn report(set: &PolicySet, findings: &[Diagnostic]) -> Result<String, Failure> {
    let codes: BTreeMap<_, _> = findings.iter().map(|found| (found.code.id, found.code)).collect();
    let rules: Vec<Value> = codes
        .values()
        .map(|code| {
            json!({
                "id": code.id,
                "shortDescription": { "text": code.summary },
                "defaultConfiguration": { "level": level(code.severity) },
            })
        })
        .collect();
    let results: Vec<Value> = draw::distinct(findings).into_iter().map(|found| result(&set.sources, found)).collect();
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "journeyman", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&report).map_err(|error| Failure::Output(error.into()))
}

fn result(sources: &Sources, found: &Diagnostic) -> Value {
    let text = match &found.help {
        Some(help) => format!("{}\n{help}", found.message),
        None => found.message.clone(),
    };
    let related: Vec<Value> = found.also.iter().map(|label| related(sources, label)).collect();
    json!({
        "ruleId": found.code.id,
        "level": level(found.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": place(sources, found.primary.span) }],
        "relatedLocations": related,
    })
}

fn related(sources: &Sources, label: &Label) -> Value {
    json!({ "physicalLocation": place(sources, label.span), "message": { "text": label.text } })
}

fn place(sources: &Sources, span: Span) -> Value {
    let (line, column) = sources.position(span);
    let (end_line, end_column) = sources.position(Span { start: span.end, ..span });
    let path = sources.file(span.file).name.replace('\\', "/");
    json!({
        "artifactLocation": { "uri": utf8_percent_encode(&path, IN_PATHS).to_string() },
        "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
