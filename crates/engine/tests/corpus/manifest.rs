//! The corpus of public policies and its manifest, which an independent resolver made.
//!
//! The corpus is not part of this repository; without it the tests say so and pass.

use std::path::{Path, PathBuf};

use journeyman_engine::findings;
use journeyman_policy::diagnostic::Diagnostic;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use serde::Deserialize;

/// What the manifest says.
#[derive(Debug, Deserialize)]
pub(crate) struct Manifest {
    pub(crate) policies: Vec<Entry>,
    pub(crate) files: Vec<File>,
    #[serde(skip)]
    root: PathBuf,
}

/// A policy that applications call.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    pub(crate) file: String,
    /// Leaf first.
    pub(crate) chain: Vec<String>,
    pub(crate) missing_base: Option<String>,
    /// `kind:name`.
    pub(crate) unresolved: Vec<String>,
    pub(crate) note: Option<String>,
}

/// A file, and the first complaint of another tool that knows the schema.
#[derive(Debug, Deserialize)]
pub(crate) struct File {
    pub(crate) file: String,
    pub(crate) schema_error: Option<String>,
}

impl Entry {
    /// Whether everything that it refers to is there.
    pub(crate) fn resolves(&self) -> bool {
        self.missing_base.is_none() && self.unresolved.is_empty()
    }
}

impl Manifest {
    /// The manifest, if the corpus is at hand.
    pub(crate) fn read() -> Option<Self> {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
        let root = std::env::var_os("JOURNEYMAN_SHARED").map_or_else(beside, PathBuf::from).join("corpus");
        let Ok(text) = std::fs::read_to_string(root.join("manifest.json")) else {
            println!("SKIPPED: no corpus of public policies at {} (set JOURNEYMAN_SHARED)", root.display());
            return None;
        };
        let manifest: Self = serde_json::from_str(&text).expect("the manifest is as this test knows it");
        Some(Self { root, ..manifest })
    }

    /// The text of a file of the corpus, as `check` reads it.
    pub(crate) fn text(&self, file: &str) -> String {
        String::from_utf8_lossy(&std::fs::read(self.root.join(file)).expect("a file of the manifest")).into_owned()
    }

    /// A policy's chain as one set.
    pub(crate) fn compile(&self, entry: &Entry) -> (PolicySet, Vec<Diagnostic>) {
        compile(entry.chain.iter().map(|file| (file.as_str(), self.text(file))))
    }
}

/// Files given by name, and everything that is wrong with them.
pub(crate) fn compile<'a>(files: impl Iterator<Item = (&'a str, String)>) -> (PolicySet, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    for (name, text) in files {
        sources.add(name, text);
    }
    let set = PolicySet::compile(sources, &Settings::default());
    let found = findings(&set);
    (set, found)
}
