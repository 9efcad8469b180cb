//! What the tests of every command share: policy files in a folder, and the binary run there.

use std::path::Path;
use std::process::{Command, Output};

const NAMESPACE: &str = "http://schemas.microsoft.com/online/cpim/schemas/2013/06";

/// A policy file.
pub(crate) fn policy(id: &str, base: Option<&str>, inside: &str) -> String {
    let base = base.map(|base| {
        format!("  <BasePolicy><TenantId>t</TenantId>\n    <PolicyId>{base}</PolicyId>\n  </BasePolicy>\n")
    });
    let base = base.unwrap_or_default();
    format!(
        "<TrustFrameworkPolicy xmlns=\"{NAMESPACE}\" TenantId=\"t\" PolicyId=\"{id}\" PolicySchemaVersion=\"0.3.0.0\" \
         PublicPolicyUri=\"http://t\">\n{base}{inside}\n</TrustFrameworkPolicy>\n"
    )
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, String)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        let path = root.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }
    root
}

/// The binary, run in a folder.
pub(crate) fn journeyman(at: &Path, arguments: &[&str]) -> Output {
    journeyman_with(at, arguments, &[])
}

/// The binary, run in a folder with variables of the environment; none of its own decides about colours.
pub(crate) fn journeyman_with(at: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_journeyman"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.envs(environment.iter().copied());
    command.current_dir(at).args(arguments).output().expect("the binary runs")
}

/// How it ended.
pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("it ends by itself")
}

/// Its standard output.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Its standard error.
pub(crate) fn complained(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
