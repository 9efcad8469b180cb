//! For tests: policies from a few lines of XML, and findings drawn as plain text.

use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic, Label};
use crate::source::Sources;
use crate::{PolicySet, Settings};

/// A policy file around some of its elements.
pub(crate) fn file(id: &str, base_id: Option<&str>, inside: &str) -> String {
    let tenant = "contoso.onmicrosoft.com";
    let base = |base| format!("<BasePolicy><TenantId>{tenant}</TenantId><PolicyId>{base}</PolicyId></BasePolicy>\n");
    let base = base_id.map(base).unwrap_or_default();
    let namespace = crate::xml::NAMESPACE;
    format!(
        "<TrustFrameworkPolicy xmlns=\"{namespace}\" PolicySchemaVersion=\"0.3.0.0\" TenantId=\"{tenant}\" \
         PolicyId=\"{id}\" PublicPolicyUri=\"http://{tenant}/{id}\">\n{base}{inside}\n</TrustFrameworkPolicy>"
    )
}

/// Compiles texts as the files `0.xml`, `1.xml` and so on.
pub(crate) fn compile(texts: &[&str]) -> PolicySet {
    let mut sources = Sources::default();
    for (at, text) in texts.iter().enumerate() {
        sources.add(format!("{at}.xml"), *text);
    }
    PolicySet::compile(sources, &Settings::default())
}

/// The findings of one kind in a policy with these elements.
pub(crate) fn found(code: &Code, inside: &str) -> String {
    found_in(code, &[&file("B2C_1A_T", None, inside)])
}

/// The findings of one kind in these files.
pub(crate) fn found_in(code: &Code, texts: &[&str]) -> String {
    let set = compile(texts);
    set.diagnostics.iter().filter(|found| found.code == code).map(|found| draw(found, &set.sources)).collect()
}

/// The findings of a code in its own failing example.
pub(crate) fn drawn(code: &Code) -> String {
    let set = PolicySet::compile(code.fails.sources(), &Settings::default());
    set.diagnostics.iter().filter(|found| found.code == code).map(|found| draw(found, &set.sources)).collect()
}

/// A finding as text: the message, each labelled line with its carets, the advice.
pub(crate) fn draw(found: &Diagnostic, sources: &Sources) -> String {
    let severity = format!("{:?}", found.severity).to_lowercase();
    let mut text = format!("{severity}: {}\n", found.message);
    for label in std::iter::once(&found.primary).chain(&found.also) {
        draw_label(label, sources, &mut text);
    }
    if let Some(help) = &found.help {
        writeln!(text, "help: {help}").expect("a string takes everything");
    }
    text
}

fn draw_label(label: &Label, sources: &Sources, text: &mut String) {
    let file = sources.file(label.span.file);
    let (line, column) = sources.position(label.span);
    let whole = file.text.lines().nth(line - 1).unwrap_or_default();
    let carets = "^".repeat(sources.text(label.span).lines().next().unwrap_or_default().chars().count().max(1));
    let indent = " ".repeat(column - 1);
    let note = if label.text.is_empty() { String::new() } else { format!(" {}", label.text) };
    writeln!(text, "{}:{line}:{column}\n| {whole}\n| {indent}{carets}{note}", file.name)
        .expect("a string takes everything");
}
