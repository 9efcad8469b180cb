//! Any file compiles to a policy and findings, and every finding points at something.

use journeyman_engine::findings;
use journeyman_policy::diagnostic::Diagnostic;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};

/// Compiles the bytes as a file, alone and upon itself.
pub fn xml(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut sources = Sources::default();
    sources.add("a.xml", &*text);
    sources.add("b.xml", text.replacen("B2C_1A_0", "B2C_1A_1", 1));
    let mut settings = Settings::default();
    settings.set("Tenant", "contoso.onmicrosoft.com");
    let set = PolicySet::compile(sources, &settings);
    for found in findings(&set) {
        points_at_something(&set, &found);
    }
}

/// Spans lie inside their files and between characters.
pub fn points_at_something(set: &PolicySet, found: &Diagnostic) {
    for label in std::iter::once(&found.primary).chain(&found.also) {
        let text = &set.sources.file(label.span.file).text;
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        assert!(text.get(start..end).is_some(), "{} points at {start}..{end} of {}", found.code.id, text.len());
    }
    assert!(!found.message.is_empty() && !found.message.ends_with('.'), "{}: {}", found.code.id, found.message);
}
