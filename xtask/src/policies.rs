//! What the published policies use that the engine does not run yet: counted over the corpus, for the reference.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use journeyman_engine::codes::NOT_RUN_YET;
use journeyman_engine::findings;
use journeyman_policy::diagnostic::{Diagnostic, Kind};
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use serde_json::Value;

use crate::docs::table;

/// Prints the table of the policies that resolve.
pub(crate) fn print(root: &Path) -> ExitCode {
    let beside = root.join("../shared");
    let corpus = std::env::var_os("JOURNEYMAN_SHARED").map_or(beside, Into::into).join("corpus");
    let Some(manifest) = manifest(&corpus) else {
        println!("there is no corpus at {} (set JOURNEYMAN_SHARED)", corpus.display());
        return ExitCode::FAILURE;
    };
    let mut uses = Uses::default();
    for policy in manifest["policies"].as_array().into_iter().flatten().filter(|policy| resolves(policy)) {
        uses.add(&policy["file"], &unsupported(&corpus, policy));
    }
    println!("{}", uses.text());
    ExitCode::SUCCESS
}

fn manifest(corpus: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(corpus.join("manifest.json")).ok()?).ok()
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn resolves(policy: &Value) -> bool {
    policy["missing_base"].is_null() && texts(&policy["unresolved"]).next().is_none()
}

/// What a policy uses that is understood, but not run.
fn unsupported(corpus: &Path, policy: &Value) -> Vec<String> {
    let mut sources = Sources::default();
    for name in texts(&policy["chain"]) {
        let text = fs::read(corpus.join(name)).unwrap_or_default();
        sources.add(name, String::from_utf8_lossy(&text).into_owned());
    }
    let set = PolicySet::compile(sources, &Settings::default());
    findings(&set).iter().filter(|found| found.kind == Kind::Unsupported).map(named).collect()
}

/// What a finding is about, whatever the author called it.
fn named(found: &Diagnostic) -> String {
    let what = found.message.strip_suffix(" is understood, but not run yet");
    what.filter(|_| found.code == &NOT_RUN_YET).unwrap_or(found.code.summary).to_owned()
}

#[derive(Default)]
struct Uses {
    policies: usize,
    clean: usize,
    /// By what is used: how often, and by which policies.
    counts: BTreeMap<String, (usize, BTreeSet<String>)>,
}

impl Uses {
    fn add(&mut self, policy: &Value, uses: &[String]) {
        self.policies += 1;
        self.clean += usize::from(uses.is_empty());
        for what in uses {
            let (count, policies) = self.counts.entry(what.clone()).or_default();
            *count += 1;
            policies.insert(policy.to_string());
        }
    }

    fn text(&self) -> String {
        let mut rows: Vec<_> = self.counts.iter().map(|(what, (count, by))| (by.len(), *count, what)).collect();
        rows.sort_by(|a, b| b.cmp(a));
        let rows = rows.into_iter().map(|(by, count, what)| [what.clone(), by.to_string(), count.to_string()]);
        let table = table::table(["not run yet", "policies", "uses"], rows);
        format!("{} policies resolve; {} of them use nothing that does not run.\n\n{table}", self.policies, self.clean)
    }
}
