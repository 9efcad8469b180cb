//! What `check` has to say of a policy, as data. Drawing it is the command line's business.
//!
//! A policy author's mistake is never an `Err`: stages return what they understood and add to a list of these, so that
//! one run reports everything. Labels may lie in several files of one inheritance chain.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use journeyman_claims::Name;
use serde::Serialize;

use crate::example::Example;
use crate::source::Span;

/// How bad it is. Only errors make `check` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something worth knowing.
    Note,
    /// It runs, but probably not as meant.
    Warning,
    /// It cannot run.
    Error,
}

/// One kind of finding: declared once, next to the function that reports it, and listed in [`crate::codes::ALL`].
#[derive(Debug)]
pub struct Code {
    /// `JM` and four digits; never reused for another meaning.
    pub id: &'static str,
    /// The level, unless a finding says otherwise.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub summary: &'static str,
    /// What it means, why it matters, and what to do: Markdown without headings, for `explain` and the reference.
    pub explanation: &'static str,
    /// What the vendor's service says of the same mistake, variable parts in braces, so that a search for its message finds
    /// this one.
    pub service: &'static [&'static str],
    /// A policy that has the mistake.
    pub fails: Example,
    /// The same policy without it.
    pub passes: Example,
}

/// Ids are unique; explanations are long, and findings are compared all the time.
impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

/// What sort of thing a finding is about: the `kind` of `check --format json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the variants are the policy language's own nouns")]
pub enum Kind {
    Claim,
    Transformation,
    Profile,
    Content,
    Localization,
    Journey,
    Subjourney,
    Step,
    Exchange,
    Control,
    Predicate,
    PredicateValidation,
    Policy,
    Key,
    Metadata,
    /// Understood, but not run yet.
    Unsupported,
    /// A placeholder such as `{Settings:X}` without a value.
    Placeholder,
    /// The file is not XML, or not a policy.
    Syntax,
}

/// A place, and what to say there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words; may be empty.
    pub text: String,
}

/// A change of the files that puts a mistake right. Only where there is one right answer: it is applied unasked. A guess
/// belongs into the help.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What it does, as a command: "write `true`", "move `Protocol` before `Metadata`".
    pub what: String,
    /// All of them belong together; none overlaps another.
    pub edits: Vec<Edit>,
}

/// One place of a file that changes. Spans are those of the file on disk, so that everything around stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What goes; empty where something is only put in.
    pub span: Span,
    /// What comes in its place, as it stands in the file: special characters are escaped already.
    pub replacement: String,
}

impl Edit {
    /// Puts a text in the place of another.
    pub fn replace(span: Span, replacement: impl Into<String>) -> Self {
        Self { span, replacement: replacement.into() }
    }

    /// Takes a text away.
    pub fn delete(span: Span) -> Self {
        Self::replace(span, "")
    }

    /// Puts a text in before a place.
    pub fn insert(before: Span, text: impl Into<String>) -> Self {
        Self::replace(Span { end: before.start, ..before }, text)
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Its kind, with the stable id.
    pub code: &'static Code,
    /// How bad this one is.
    pub severity: Severity,
    /// One sentence: lower case, no full stop, the author's words in backticks.
    pub message: String,
    /// Where the mistake is.
    pub primary: Label,
    /// Other places that matter: the declaration, the overridden value.
    pub also: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// How a program can put it right.
    pub fix: Option<Fix>,
    /// The policy that was being compiled.
    pub policy: Option<Name>,
    /// What it is about.
    pub kind: Kind,
    /// The name that could not be resolved, for findings about references.
    pub reference: Option<String>,
}

impl Diagnostic {
    /// A finding at the code's own level, without further labels.
    pub fn new(code: &'static Code, kind: Kind, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            primary: Label { span, text: String::new() },
            also: Vec::new(),
            help: None,
            fix: None,
            policy: None,
            kind,
            reference: None,
        }
    }

    /// Says something at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.also.push(Label { span, text: text.into() });
        self
    }

    /// Adds advice.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds the change that puts it right: see [`Fix`] for when there is one.
    #[must_use]
    pub fn fix(mut self, what: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        self.fix = Some(Fix { what: what.into(), edits: edits.into_iter().collect() });
        self
    }

    /// Changes the level of this one.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Names the unresolved reference.
    #[must_use]
    pub fn reference(mut self, name: impl Into<String>) -> Self {
        self.reference = Some(name.into());
        self
    }
}

/// Collects findings; stages take it by mutable reference.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
    seen: HashSet<Diagnostic>,
}

impl Sink {
    /// Adds a finding unless the same one, at the same place, is there already: bases are shared between policies.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        if self.seen.insert(diagnostic.clone()) {
            self.found.push(diagnostic);
        }
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity == Severity::Error)
    }

    /// The findings so far.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Takes over another stage's findings.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in others {
            self.report(diagnostic);
        }
    }

    /// All findings, in the order reported.
    pub fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }
}
