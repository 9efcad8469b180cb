//! A set of files compiled together: every file merged with its chain, and everything there is to say of them.

use std::collections::HashSet;
use std::sync::Arc;

use journeyman_claims::Name;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::chain::{self, Chain};
use crate::check;
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::document::{Document, Layers};
use crate::merge::Layer;
use crate::model::Policy;
use crate::settings::Settings;
use crate::source::Sources;
use crate::{finish, include, read, renumber};

/// The policies of some files.
#[derive(Clone, Debug)]
pub struct PolicySet {
    /// The files.
    pub sources: Sources,
    /// The values that placeholders were filled with.
    pub settings: Settings,
    /// One a readable file, in the order of the files: leaf or not, each merged with its chain.
    pub policies: Vec<Arc<Policy>>,
    /// What is wrong, in the order of the files. The same mistake is listed once for each policy that has it.
    pub diagnostics: Vec<Diagnostic>,
}

impl PolicySet {
    /// Compiles the files. Whatever is wrong with them is in the diagnostics.
    ///
    /// References and journeys are checked in the policies that run: those with a relying party, and those that no other
    /// file builds on. A base may leave to its children what it does not declare itself.
    pub fn compile(sources: Sources, settings: &Settings) -> Self {
        let mut sink = Sink::default();
        let documents = documents(&sources, settings, &mut sink);
        let chains = chain::resolve(&documents, &sources, &mut sink);
        check::tenants::check(&documents, &chains, &sources, &mut sink);
        let built_on: HashSet<usize> =
            chains.iter().flat_map(|chain| chain.documents.iter().rev().skip(1).copied()).collect();
        let mut merged = Merged { documents: &documents, layers: vec![None; documents.len()] };
        let mut policies = Vec::with_capacity(documents.len());
        for (at, chain) in chains.iter().enumerate() {
            let runs = documents[at].relying_party.is_some() || !built_on.contains(&at);
            let (policy, found) = merged.policy(chain, runs);
            policies.push(Arc::new(policy));
            sink.extend(found);
        }
        let mut diagnostics = sink.into_found();
        renumber::offer(&documents, &chains, &sources, &mut diagnostics);
        diagnostics.sort_by_key(|found| (found.primary.span.file, found.primary.span.start));
        Self { sources, settings: settings.clone(), policies, diagnostics }
    }

    /// A policy by id, without regard to case; the first one, where folders repeat an id.
    pub fn policy(&self, id: &Name) -> Option<&Arc<Policy>> {
        self.policies.iter().find(|policy| policy.id == *id)
    }

    /// The policies that applications may call.
    pub fn relying_parties(&self) -> impl Iterator<Item = &Arc<Policy>> {
        self.policies.iter().filter(|policy| policy.relying_party.is_some())
    }

    /// Whether a finding is about this policy: its own, or what a file that it builds on says by itself.
    pub fn concerns(&self, found: &Diagnostic, policy: &Policy) -> bool {
        let file = found.primary.span.file;
        // Policies are in the order of their files.
        let own = self.policies.binary_search_by_key(&Some(&file), |policy| policy.chain.last());
        let files_own = |of: &Name| own.is_ok_and(|at| self.policies[at].id == *of);
        policy.chain.contains(&file) && found.policy.as_ref().is_none_or(|of| *of == policy.id || files_own(of))
    }

    /// What is wrong with one policy.
    pub fn findings<'a>(&'a self, policy: &'a Policy) -> impl Iterator<Item = &'a Diagnostic> {
        self.diagnostics.iter().filter(|found| self.concerns(found, policy))
    }

    /// Whether a policy has no error, neither of its own nor in a file that it builds on.
    pub fn is_ok(&self, policy: &Policy) -> bool {
        self.findings(policy).all(|found| found.severity != Severity::Error)
    }

    /// The files and settings of one policy alone: enough to compile it again elsewhere.
    pub fn bundle(&self, policy: &Policy) -> Bundle {
        let mut sources = Sources::default();
        for file in &policy.chain {
            let file = self.sources.file(*file);
            sources.add(Arc::clone(&file.name), Arc::clone(&file.text));
        }
        Bundle { sources, settings: self.settings.clone() }
    }

    /// [`Bundle::digest`] of that policy's bundle.
    pub fn digest(&self, policy: &Policy) -> String {
        self.bundle(policy).digest()
    }
}

/// What a policy was compiled from, to be stored and compiled again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// The chain, root first, leaf last.
    pub sources: Sources,
    /// The values of the placeholders.
    pub settings: Settings,
}

impl Bundle {
    /// SHA-256 in hexadecimal over the texts of the chain and the settings; the files' names do not count.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (_, file) in self.sources.iter() {
            hash.update((file.text.len() as u64).to_be_bytes());
            hash.update(file.text.as_bytes());
        }
        hash.update(self.settings.canonical().as_bytes());
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Compiles it again. The policy is the last of the set.
    pub fn compile(self) -> PolicySet {
        let settings = self.settings;
        PolicySet::compile(self.sources, &settings)
    }
}

fn documents(sources: &Sources, settings: &Settings, sink: &mut Sink) -> Vec<Document> {
    let mut documents = Vec::new();
    for (file, source) in sources.iter() {
        let mut own = Sink::default();
        let document = read::document(file, &source.text, settings, &mut own);
        let id = document.as_ref().map(|document| document.id.value.clone());
        sink.extend(own.into_found().into_iter().map(|found| Diagnostic { policy: id.clone(), ..found }));
        documents.extend(document);
    }
    documents
}

/// Merged layers by document: a base that many files share is merged once.
struct Merged<'a> {
    documents: &'a [Document],
    layers: Vec<Option<Arc<Layers>>>,
}

impl Merged<'_> {
    /// The policy of a chain, and what is wrong with it if it is one that runs.
    fn policy(&mut self, chain: &Chain, runs: bool) -> (Policy, Vec<Diagnostic>) {
        let documents: Vec<&Document> = chain.documents.iter().map(|at| &self.documents[*at]).collect();
        // Of a leaf nobody else has the merged layers.
        let mut layers = Arc::unwrap_or_clone(self.merge(chain));
        let mut sink = Sink::default();
        include::apply(&mut layers.technical_profiles, &mut sink);
        let policy = finish::policy(&documents, chain.complete, layers, &mut sink);
        if !runs {
            return (policy, Vec::new());
        }
        check::policy(&policy, &mut sink);
        let named = |found| Diagnostic { policy: Some(policy.id.clone()), ..found };
        let found = sink.into_found().into_iter().map(named).collect();
        (policy, found)
    }

    fn merge(&mut self, chain: &Chain) -> Arc<Layers> {
        let mut below: Option<Arc<Layers>> = None;
        for (depth, at) in chain.documents.iter().enumerate() {
            // A file in a circle has another chain as its own: only chains from a root may be shared.
            let known = self.layers[*at].as_ref().filter(|_| chain.complete);
            let merged = match (known, below) {
                (Some(known), _) => Arc::clone(known),
                (None, None) => Arc::new(self.documents[*at].layers.clone()),
                (None, Some(below)) => {
                    let mut layers = Layers::clone(&below);
                    layers.lay(self.documents[*at].layers.clone());
                    Arc::new(layers)
                }
            };
            if chain.complete && depth + 1 < chain.documents.len() {
                self.layers[*at] = Some(Arc::clone(&merged));
            }
            below = Some(merged);
        }
        below.expect("a chain has at least its leaf")
    }
}
