//! The commands, a file each.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod serve;
pub(crate) mod show;

use std::sync::Arc;

use journeyman_claims::Name;
use journeyman_policy::PolicySet;
use journeyman_policy::model::Policy;

use crate::Failure;

/// The policy of that id, which folders may repeat: then the user must say which.
pub(crate) fn find_policy<'a>(set: &'a PolicySet, id: &str) -> Result<&'a Arc<Policy>, Failure> {
    let wanted = Name::new(id);
    let found: Vec<&Arc<Policy>> = set.policies.iter().filter(|policy| policy.id == wanted).collect();
    match found[..] {
        [policy] => Ok(policy),
        [] => {
            let known: Vec<_> = set.policies.iter().map(|policy| policy.id.as_str()).collect();
            Err(Failure::Usage(format!("there is no policy `{id}`, only: {}", known.join(", "))))
        }
        _ => {
            let files: Vec<_> = found.iter().map(|policy| &*set.sources.file(policy.span.file).name).collect();
            Err(Failure::Usage(format!("several files are the policy `{id}`, name one folder: {}", files.join(", "))))
        }
    }
}
