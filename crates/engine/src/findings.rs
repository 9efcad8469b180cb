//! Everything that is wrong with a set of policies: as policies, and as programs where applications may call them, or where no
//! other file of the set builds on them.

use std::collections::HashSet;
use std::sync::Arc;

use journeyman_policy::PolicySet;
use journeyman_policy::diagnostic::Diagnostic;
use journeyman_policy::model::Policy;
use journeyman_policy::source::FileId;

use crate::program::Program;

/// In the order of the files; the same mistake once for each policy that has it.
pub fn findings(set: &PolicySet) -> Vec<Diagnostic> {
    // The programs are not kept, so their name does not matter.
    let built_on: HashSet<FileId> =
        set.policies.iter().flat_map(|policy| policy.chain.iter().rev().skip(1).copied()).collect();
    let runs = |policy: &&Arc<Policy>| policy.relying_party.is_some() || !built_on.contains(&policy.span.file);
    let programs =
        set.policies.iter().filter(runs).flat_map(|policy| Program::compile(policy.clone(), String::new()).1);
    let mut seen = HashSet::new();
    let mut found: Vec<Diagnostic> =
        set.diagnostics.iter().cloned().chain(programs).filter(|finding| seen.insert(finding.clone())).collect();
    found.sort_by_key(|finding| (finding.primary.span.file, finding.primary.span.start));
    found
}
