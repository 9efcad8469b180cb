//! Everything that is wrong with a set of policies: as policies, and as programs where applications may call them.

use std::collections::HashSet;

use journeyman_policy::PolicySet;
use journeyman_policy::diagnostic::Diagnostic;

use crate::program::Program;

/// In the order of the files; the same mistake once for each policy that has it.
pub fn findings(set: &PolicySet) -> Vec<Diagnostic> {
    // The programs are not kept, so their name does not matter.
    let programs = set.relying_parties().flat_map(|policy| Program::compile(policy.clone(), String::new()).1);
    let mut seen = HashSet::new();
    let mut found: Vec<Diagnostic> =
        set.diagnostics.iter().cloned().chain(programs).filter(|finding| seen.insert(finding.clone())).collect();
    found.sort_by_key(|finding| (finding.primary.span.file, finding.primary.span.start));
    found
}
