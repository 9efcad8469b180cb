//! Policy files on a disk.

use std::fs;
use std::path::{Path, PathBuf, absolute};

use journeyman_policy::source::{LoadError, Loader, Place};

/// Reads paths relative to where the user stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Disk;

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
        let bytes = fs::read(name).map_err(|error| failed(name, &error))?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }
}

/// Every `.xml` file, the files of a folder before those below it; hidden folders are nobody's policies.
fn walk(folder: &Path, places: &mut Vec<Place>) -> Result<(), LoadError> {
    let shown = folder.to_string_lossy();
    let entries = fs::read_dir(folder).map_err(|error| failed(&shown, &error))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
    let whole = absolute(folder).map_err(|error| failed(&shown, &error))?;
    let whole = without_dots(&whole);
    for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("xml"))) {
        places.push(Place { name: relative(file), folder: whole.clone() });
    }
    for folder in folders.iter().filter(|folder| !hidden(folder)) {
        walk(folder, places)?;
    }
    Ok(())
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// As the user would write it: without a leading `./`.
fn relative(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).to_string_lossy().into_owned()
}

/// An absolute path with `/`, its `..` resolved by name alone: folders are only compared with one another.
fn without_dots(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()) {
        if part == ".." {
            parts.pop();
        } else if part != "/" && part != "\\" {
            parts.push(part);
        }
    }
    format!("/{}", parts.join("/"))
}

fn failed(path: &str, error: &std::io::Error) -> LoadError {
    let reason = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => error.to_string(),
    };
    LoadError { path: path.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_compared_by_whole_paths() {
        assert_eq!(without_dots(Path::new("/a/./b/../c")), "/a/c");
        assert_eq!(relative(Path::new("./a/b.xml")), "a/b.xml");
    }

    #[test]
    fn only_xml_files_are_found_and_hidden_folders_are_left_out() {
        let root = tempfile::tempdir().expect("a temporary folder");
        for path in ["b.xml", "a.XML", "note.txt", "sub/c.xml", ".git/d.xml"] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
            fs::write(path, "x").expect("a file can be written");
        }
        let found = Disk.find(&root.path().to_string_lossy()).expect("the folder is there");
        let names: Vec<_> = found.iter().map(|place| place.name.rsplit('/').next().unwrap_or_default()).collect();
        assert_eq!(names, ["a.XML", "b.xml", "c.xml"]);
        assert!(found[2].folder.ends_with("/sub"));
        assert!(Disk.find("/no/such/place").is_err_and(|error| error.reason.contains("no such file")));
    }
}
