//! Values of placeholders: from `appsettings.json`, as the editor extension of B2C users has it, and from `--set`.

use std::path::Path;

use journeyman_policy::Settings;
use journeyman_server::policy_files;

use crate::Failure;
use crate::inputs::pair;

/// The values for policies at these paths. What is set by hand goes before what the file says.
pub(crate) fn settings(paths: &[String], environment: Option<&str>, set: &[String]) -> Result<Settings, Failure> {
    let mut settings = match environment {
        Some(name) => policy_files::environment(start(paths), name).map_err(wrong)?,
        None => Settings::default(),
    };
    for text in set {
        let (name, value) = pair("--set", text)?;
        settings.set(name, value);
    }
    Ok(settings)
}

/// The name of the first environment of the nearest `appsettings.json`, if there is one.
pub(crate) fn first(paths: &[String]) -> Result<Option<String>, Failure> {
    policy_files::first_environment(start(paths)).map_err(wrong)
}

fn start(paths: &[String]) -> &Path {
    paths.first().map_or(Path::new("."), Path::new)
}

fn wrong(error: journeyman_policy::source::LoadError) -> Failure {
    Failure::Usage(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const FILE: &str = "appsettings.json";

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
