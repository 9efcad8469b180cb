//! The accessibility rules of axe-core, run in the page that the browser shows.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::{Browser, target};

/// Pinned, so that a new rule comes with a change of ours and not by itself.
const VERSION: &str = "4.14.1";
/// Everything that WCAG 2.0, 2.1 and 2.2 ask for at levels A and AA, as far as a program can tell.
const RULES: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/// What to do where it cannot be had.
const ADVICE: &str = "the accessibility tests fetch it once, with npm; on Debian: apt-get install npm";

/// Runs after the source of axe-core. The last argument is what takes the answer.
const RUN: &str = "
    const [rules, done] = arguments;
    axe.run(document, { runOnly: rules, resultTypes: ['violations'] }).then(
        found => done(found.violations.flatMap(rule => rule.nodes.map(node =>
            `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\\s+/g, ' ')}`))),
        error => done([String(error)]));";

impl Browser {
    /// What the rules have to say against the page as it is now.
    pub(super) async fn violations(&self) -> Vec<String> {
        let script = format!("{};{RUN}", source().await);
        let answer = self.web.execute_async(script, vec![json!(RULES)]).await;
        let answer = answer.unwrap_or_else(|error| panic!("axe-core does not run: {error}"));
        let violations: Result<Vec<String>, _> = serde_json::from_value(answer.json().clone());
        violations.unwrap_or_else(|_| panic!("axe-core answered {}", Value::to_string(answer.json())))
    }
}

/// The source, fetched by whoever needs it first.
async fn source() -> &'static str {
    static SOURCE: OnceCell<String> = OnceCell::const_new();
    SOURCE.get_or_init(async || fetch(&target().join(format!("axe-core-{VERSION}")))).await
}

fn fetch(folder: &Path) -> String {
    let file = folder.join("node_modules/axe-core/axe.min.js");
    if !file.is_file() {
        install(folder);
    }
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("axe-core: {error}; {ADVICE}"))
}

/// Into a folder of one's own first: several tests may do the same at once, and the first one is as good as any.
fn install(folder: &Path) {
    let parent = folder.parent().expect("it is a folder of the target folder");
    let own = tempfile::tempdir_in(parent).expect("the target folder can be written");
    let mut npm = Command::new("npm");
    npm.args(["install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix"]);
    npm.arg(own.path()).arg(format!("axe-core@{VERSION}"));
    let output = npm.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("npm: {error}; {ADVICE}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "npm could not fetch axe-core {VERSION}: {said}");
    // Fails where another test was faster.
    let _ = std::fs::rename(own.path(), folder);
}
