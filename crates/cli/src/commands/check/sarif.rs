//! Findings as SARIF 2.1.0, which code hosts show beside the lines of a change.

use std::collections::{BTreeMap, HashMap};

use journeyman_policy::PolicySet;
use journeyman_policy::diagnostic::{Code, Diagnostic, Edit, Fix, Label, Severity};
use journeyman_policy::source::{FileId, Sources, Span};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::{Failure, report};

/// What a path may not hold as it is when it becomes an address.
const IN_PATHS: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');
/// The name under which code hosts look for what makes a finding the same one in the next run.
const FINGERPRINT: &str = "primaryLocationLineHash";

/// One run of the checker. A mistake that several policies have is one result.
pub(super) fn report(set: &PolicySet, findings: &[Diagnostic]) -> Result<String, Failure> {
    let codes: BTreeMap<_, _> = findings.iter().map(|found| (found.code.id, found.code)).collect();
    let rules: Vec<Value> = codes.values().map(|code| rule(code)).collect();
    let indices: HashMap<_, _> = codes.keys().zip(0..).map(|(id, at)| (*id, at)).collect();
    let mut seen = HashMap::new();
    let results = report::distinct(findings).into_iter().map(|found| {
        let mut result = result(&set.sources, found);
        result.insert("ruleIndex".into(), json!(indices.get(found.code.id).copied().unwrap_or(0_usize)));
        result
            .insert("partialFingerprints".into(), json!({ FINGERPRINT: fingerprint(&set.sources, found, &mut seen) }));
        Value::Object(result)
    });
    let results: Vec<Value> = results.collect();
    let driver = json!({ "name": "journeyman", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let report = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    serde_json::to_string_pretty(&report).map_err(|error| Failure::Output(error.into()))
}

fn rule(code: &Code) -> Value {
    let first = code.explanation.split("\n\n").next().filter(|text| !text.is_empty()).unwrap_or(code.summary);
    let help = if code.explanation.is_empty() { code.summary } else { code.explanation };
    json!({
        "id": code.id,
        "name": name(code.summary),
        "shortDescription": { "text": code.summary },
        "fullDescription": { "text": first },
        "help": { "text": help, "markdown": help },
        "defaultConfiguration": { "level": level(code.severity) },
    })
}

/// Rules have names in one word.
fn name(summary: &str) -> String {
    let words = summary.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect::<String>())
        .collect()
}

fn result(sources: &Sources, found: &Diagnostic) -> Map<String, Value> {
    let text = match &found.help {
        Some(help) => format!("{}\n{help}", found.message),
        None => found.message.clone(),
    };
    let related: Vec<Value> = found.also.iter().zip(1..).map(|(label, id)| related(sources, label, id)).collect();
    let fixes: Vec<Value> = found.fix.iter().map(|fix| fix_of(sources, fix)).collect();
    let mut result = Map::new();
    result.insert("ruleId".into(), json!(found.code.id));
    result.insert("level".into(), json!(level(found.severity)));
    result.insert("message".into(), json!({ "text": text }));
    result.insert("locations".into(), json!([{ "physicalLocation": place(sources, found.primary.span) }]));
    result.insert("relatedLocations".into(), json!(related));
    if !fixes.is_empty() {
        result.insert("fixes".into(), json!(fixes));
    }
    result
}

/// The same while lines are put in or taken out elsewhere: what is said of which file, and which of several it is.
fn fingerprint(sources: &Sources, found: &Diagnostic, seen: &mut HashMap<String, usize>) -> String {
    let mut hash = Sha256::new();
    for part in [found.code.id, &*sources.file(found.primary.span.file).name, &found.message] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest: String = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let count = seen.entry(digest.clone()).or_default();
    *count += 1;
    format!("{digest}:{count}")
}

fn related(sources: &Sources, label: &Label, id: usize) -> Value {
    json!({ "id": id, "physicalLocation": place(sources, label.span), "message": { "text": label.text } })
}

fn fix_of(sources: &Sources, fix: &Fix) -> Value {
    let mut files: BTreeMap<FileId, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(edit.span.file).or_default().push(replacement(sources, edit));
    }
    let changes: Vec<Value> = files
        .into_iter()
        .map(|(file, edits)| json!({ "artifactLocation": { "uri": address(sources, file) }, "replacements": edits }))
        .collect();
    json!({ "description": { "text": fix.what }, "artifactChanges": changes })
}

fn replacement(sources: &Sources, edit: &Edit) -> Value {
    json!({ "deletedRegion": region(sources, edit.span), "insertedContent": { "text": edit.replacement } })
}

fn place(sources: &Sources, span: Span) -> Value {
    json!({ "artifactLocation": { "uri": address(sources, span.file) }, "region": region(sources, span) })
}

fn address(sources: &Sources, file: FileId) -> String {
    let path = sources.file(file).name.replace('\\', "/");
    utf8_percent_encode(&path, IN_PATHS).to_string()
}

fn region(sources: &Sources, span: Span) -> Value {
    let (line, column) = sources.position(span);
    let (end_line, end_column) = sources.position(Span { start: span.end, ..span });
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
