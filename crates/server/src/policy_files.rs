//! Policy files and placeholder values on a disk: for the server, and for commands that only look at them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf, absolute};

use journeyman_policy::Settings;
use journeyman_policy::source::{LoadError, Loader, Place};
use serde::Deserialize;

/// The name that the editor extension of B2C users gives its file.
const APP_SETTINGS: &str = "appsettings.json";
/// No policy file is larger; the service that the language comes from takes 1 MiB.
const LARGEST_FILE: u64 = 4 << 20;

/// Reads policy files; paths are relative to where the user stands.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl Loader for Disk {
    fn find(&self, path: &str) -> Result<Vec<Place>, LoadError> {
        let kind = fs::metadata(path).map_err(|error| failed(path, &error))?;
        if kind.is_file() {
            return Ok(vec![Place { name: path.to_owned(), folder: String::new() }]);
        }
        let mut places = Vec::new();
        walk(Path::new(path), &mut places)?;
        Ok(places)
    }

    fn read(&self, name: &str) -> Result<String, LoadError> {
        let size = fs::metadata(name).map_err(|error| failed(name, &error))?.len();
        if size > LARGEST_FILE {
            return Err(LoadError { path: name.to_owned(), reason: format!("larger than {LARGEST_FILE} bytes") });
        }
        let bytes = fs::read(name).map_err(|error| failed(name, &error))?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }
}

/// Every `.xml` file, those of a folder before those below it. Hidden folders are nobody's policies.
fn walk(folder: &Path, places: &mut Vec<Place>) -> Result<(), LoadError> {
    let shown = folder.to_string_lossy();
    let listed = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut paths: Vec<PathBuf> =
        listed.map_err(|error| failed(&shown, &error))?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
    let whole = plain(&absolute(folder).map_err(|error| failed(&shown, &error))?);
    for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("xml"))) {
        places.push(Place { name: relative(file), folder: whole.clone() });
    }
    for folder in folders.iter().filter(|folder| !is_hidden(folder)) {
        walk(folder, places)?;
    }
    Ok(())
}

/// As the user would write it: without a leading `./`.
fn relative(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// An absolute path with `/` and without `..`: folders are only compared with one another.
fn plain(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::RootDir | Component::CurDir => {}
            Component::Prefix(_) | Component::Normal(_) => parts.push(part.as_os_str().to_string_lossy().into_owned()),
        }
    }
    format!("/{}", parts.join("/"))
}

fn failed(path: &str, error: &std::io::Error) -> LoadError {
    let reason = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    };
    LoadError { path: path.to_owned(), reason }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AppSettings {
    #[serde(default)]
    environments: Vec<Environment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Environment {
    name: String,
    #[serde(default)]
    tenant: Option<String>,
    #[serde(default)]
    policy_settings: serde_json::Map<String, serde_json::Value>,
}

/// The values that an environment of the nearest `appsettings.json` gives to placeholders of the policies there.
///
/// # Errors
/// There is no such file beside the policies or above, it cannot be read, or it has no such environment.
pub fn environment(policies: &Path, wanted: &str) -> Result<Settings, LoadError> {
    let missing = || LoadError {
        path: policies.to_string_lossy().into_owned(),
        reason: format!("there is no {APP_SETTINGS} beside the policies or in a folder above"),
    };
    read_environment(&app_settings(policies)?.ok_or_else(missing)?, wanted)
}

/// The name of the first environment of the nearest `appsettings.json`, if there is one.
///
/// # Errors
/// The file cannot be read.
pub fn first_environment(policies: &Path) -> Result<Option<String>, LoadError> {
    let Some(file) = app_settings(policies)? else { return Ok(None) };
    Ok(read(&file)?.environments.into_iter().next().map(|environment| environment.name))
}

/// The nearest such file: beside the policies, or in a folder above.
fn app_settings(policies: &Path) -> Result<Option<PathBuf>, LoadError> {
    let start = absolute(policies).map_err(|error| failed(&policies.to_string_lossy(), &error))?;
    Ok(start.ancestors().map(|folder| folder.join(APP_SETTINGS)).find(|file| file.is_file()))
}

fn read(file: &Path) -> Result<AppSettings, LoadError> {
    let path = file.to_string_lossy();
    let text = fs::read_to_string(file).map_err(|error| failed(&path, &error))?;
    serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| LoadError { path: path.into_owned(), reason: error.to_string() })
}

fn read_environment(file: &Path, wanted: &str) -> Result<Settings, LoadError> {
    let read = read(file)?;
    let found = read.environments.iter().find(|environment| environment.name.eq_ignore_ascii_case(wanted));
    let Some(found) = found else {
        let known: Vec<_> = read.environments.iter().map(|known| known.name.as_str()).collect();
        let reason = format!("has no environment `{wanted}`, only: {}", known.join(", "));
        return Err(LoadError { path: file.to_string_lossy().into_owned(), reason });
    };
    let mut settings = Settings::default();
    settings.set("Environment", &found.name);
    if let Some(tenant) = &found.tenant {
        settings.set("Tenant", tenant);
    }
    for (name, value) in &found.policy_settings {
        settings.set(name, value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
            fs::write(path, text).expect("a file can be written");
        }
        root
    }

    #[test]
    fn policies_are_found_in_order_and_hidden_folders_left_out() {
        let root = tree(&[("b.xml", ""), ("a.XML", ""), ("note.txt", ""), ("sub/c.xml", ""), (".git/d.xml", "")]);
        let found = Disk.find(&root.path().to_string_lossy()).expect("the folder is there");
        let names: Vec<_> = found.iter().filter_map(|place| place.name.rsplit('/').next()).collect();
        assert_eq!(names, ["a.XML", "b.xml", "c.xml"]);
        assert!(found[2].folder.ends_with("/sub"), "{}", found[2].folder);
        assert!(Disk.find("/no/such/place").is_err_and(|error| error.reason.contains("no such file")));
        assert_eq!(plain(Path::new("/a/./b/../c")), "/a/c");
    }

    #[test]
    fn an_environment_is_found_above_the_policies() {
        let text = r#"{"Environments":[{"Name":"Dev","Tenant":"dev.example","PolicySettings":{"AppId":"1","N":5}}]}"#;
        let root = tree(&[(APP_SETTINGS, text), ("policies/deep/a.xml", "")]);
        let at = root.path().join("policies/deep");
        let settings = environment(&at, "dev").expect("the environment is there");
        assert_eq!((settings.get("tenant"), settings.get("N")), (Some("dev.example"), Some("5")));
        let error = environment(&at, "Prod").expect_err("there is no such environment");
        assert!(error.reason.ends_with("only: Dev"), "{error}");
    }
}
