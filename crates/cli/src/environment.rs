//! Values of placeholders: from `appsettings.json`, as the editor extension of B2C users has it, and from `--set`.

use std::fs;
use std::path::{Path, PathBuf};

use journeyman_policy::Settings;
use serde::Deserialize;

use crate::Failure;
use crate::inputs::pair;

const FILE: &str = "appsettings.json";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AppSettings {
    #[serde(default)]
    environments: Vec<Environment>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Environment {
    name: String,
    #[serde(default)]
    tenant: Option<String>,
    #[serde(default)]
    policy_settings: serde_json::Map<String, serde_json::Value>,
}

/// The values for policies at these paths. What is set by hand goes before what the file says.
pub(crate) fn settings(paths: &[String], environment: Option<&str>, set: &[String]) -> Result<Settings, Failure> {
    let mut settings = Settings::default();
    if let Some(name) = environment {
        let missing = || Failure::Usage(format!("there is no {FILE} beside the policies or in a folder above"));
        from_file(&file(paths)?.ok_or_else(missing)?, name, &mut settings)?;
    }
    for text in set {
        let (name, value) = pair("--set", text)?;
        settings.set(name, value);
    }
    Ok(settings)
}

/// The name of the first environment of the nearest file, if there is one.
pub(crate) fn first(paths: &[String]) -> Result<Option<String>, Failure> {
    match file(paths)? {
        Some(file) => Ok(read(&file)?.environments.into_iter().next().map(|environment| environment.name)),
        None => Ok(None),
    }
}

/// The nearest such file: beside the policies, or in a folder above.
fn file(paths: &[String]) -> Result<Option<PathBuf>, Failure> {
    let start = paths.first().map(Path::new).unwrap_or(Path::new("."));
    let start = std::path::absolute(start).map_err(Failure::Output)?;
    Ok(start.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file()))
}

fn read(file: &Path) -> Result<AppSettings, Failure> {
    let wrong = |reason: String| Failure::Usage(format!("{}: {reason}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| wrong(error.to_string()))
}

fn from_file(file: &Path, wanted: &str, settings: &mut Settings) -> Result<(), Failure> {
    let shown = file.display();
    let read = read(file)?;
    let found = read.environments.iter().find(|environment| environment.name.eq_ignore_ascii_case(wanted));
    let Some(environment) = found else {
        let known: Vec<_> = read.environments.iter().map(|known| known.name.as_str()).collect();
        let message = format!("{shown} has no environment `{wanted}`, only: {}", known.join(", "));
        return Err(Failure::Usage(message));
    };
    settings.set("Environment", &environment.name);
    if let Some(tenant) = &environment.tenant {
        settings.set("Tenant", tenant);
    }
    for (name, value) in &environment.policy_settings {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        settings.set(name, value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policies_with(text: &str) -> (tempfile::TempDir, Vec<String>) {
        let root = tempfile::tempdir().expect("a temporary folder");
        let policies = root.path().join("policies");
        fs::create_dir(&policies).expect("a folder can be made");
        fs::write(root.path().join(FILE), text).expect("a file can be written");
        (root, vec![policies.to_string_lossy().into_owned()])
    }

    const TWO: &str = r#"{"Environments":[
        {"Name":"Dev","Tenant":"dev.onmicrosoft.com","PolicySettings":{"AppId":"1","Minutes":5}},
        {"Name":"Prod","Tenant":"prod.onmicrosoft.com","PolicySettings":{"AppId":"2"}}]}"#;

    #[test]
    fn an_environment_is_found_above_the_policies_and_by_hand_goes_first() {
        let (_root, paths) = policies_with(TWO);
        let settings = settings(&paths, Some("dev"), &["AppId=3=4".into()]).expect("the environment is there");
        assert_eq!(settings.get("tenant"), Some("dev.onmicrosoft.com"));
        assert_eq!(settings.get("AppId"), Some("3=4"));
        assert_eq!(settings.get("Minutes"), Some("5"));
    }

    #[test]
    fn without_an_environment_the_file_plays_no_part() {
        let (_root, paths) = policies_with(TWO);
        assert_eq!(
            settings(&paths, None, &[]).ok().and_then(|settings| settings.get("AppId").map(str::to_owned)),
            None
        );
    }

    #[test]
    fn what_is_not_there_is_named() {
        let (_root, paths) = policies_with(TWO);
        let said = |result| match result {
            Err(Failure::Usage(message)) => message,
            _ => String::new(),
        };
        assert!(said(settings(&paths, Some("Test"), &[])).ends_with("has no environment `Test`, only: Dev, Prod"));
        assert!(said(settings(&paths, None, &["AppId".into()])).contains("NAME=VALUE"));
    }
}
