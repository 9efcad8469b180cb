//! `journeyman check --fix`: files in, files out; what is not meant keeps its bytes.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{code, complained, folder, journeyman, policy, said};

/// Two ids with blanks, in a file with a byte order mark, Windows line ends, tabs and comments.
fn padded() -> String {
    let claims = "\t<BuildingBlocks>\n\t\t<ClaimsSchema> <!-- ids -->\n\
                  \t\t\t<ClaimType   Id=\"email \"><DataType>string</DataType></ClaimType>\n\
                  \t\t\t<ClaimType Id='\tphone' ><DataType>string</DataType></ClaimType>\n\n\t\t</ClaimsSchema>\n\t</BuildingBlocks>";
    format!("\u{feff}{}", policy("B2C_1A_Base", None, claims).replace('\n', "\r\n"))
}

fn clean() -> String {
    padded().replace("\"email \"", "\"email\"").replace("'\tphone'", "'phone'")
}

fn read(root: &Path, name: &str) -> String {
    fs::read_to_string(root.join(name)).expect("the file is there")
}

#[test]
fn what_is_fixed_is_told_and_everything_else_keeps_its_bytes() {
    let root = folder(&[("Base.xml", padded())]);
    let output = journeyman(root.path(), &["check", "--fix", "."]);
    let expected = "\
fixed Base.xml:4: write `email` (JM0012)
fixed Base.xml:5: write `phone` (JM0012)

nothing wrong in 1 policy
";
    assert_eq!((said(&output).as_str(), code(&output)), (expected, 0));
    assert_eq!(read(root.path(), "Base.xml"), clean());
    let names: Vec<_> = fs::read_dir(root.path()).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["Base.xml"]);
}

#[test]
fn a_second_time_changes_nothing() {
    let root = folder(&[("Base.xml", padded())]);
    journeyman(root.path(), &["check", "--fix", "."]);
    let output = journeyman(root.path(), &["check", "--fix", "."]);
    assert_eq!(said(&output), "nothing wrong in 1 policy\n");
    assert_eq!(read(root.path(), "Base.xml"), clean());
}

#[test]
fn a_dry_run_prints_a_diff_and_changes_nothing() {
    let root = folder(&[("a/Base.xml", padded())]);
    let output = journeyman(root.path(), &["check", "--fix", "--dry-run", "a"]);
    let diff = said(&output);
    assert!(diff.starts_with("--- a/a/Base.xml\n+++ b/a/Base.xml\n@@ -1,"), "{diff}");
    let changed: Vec<_> = diff.lines().skip(2).filter(|line| line.starts_with(['-', '+'])).collect();
    assert_eq!(changed.len(), 4, "{diff}");
    assert!(changed[0].starts_with("-\t\t\t<ClaimType   Id=\"email \">"), "{diff}");
    assert_eq!(read(root.path(), "a/Base.xml"), padded());
    assert_eq!(code(&output), 0);
    assert_eq!(code(&journeyman(root.path(), &["check", "--dry-run", "a"])), 2);
}

#[test]
fn what_a_placeholder_stands_for_is_not_written_into_the_file() {
    let claims = |id: &str| {
        format!(
            "<BuildingBlocks><ClaimsSchema><ClaimType Id=\"{id}\"><DataType>string</DataType></ClaimType></ClaimsSchema></BuildingBlocks>"
        )
    };
    let text = policy("B2C_1A_Base", None, &claims("{Settings:Claim}"));
    let root = folder(&[("Base.xml", text.clone())]);
    journeyman(root.path(), &["check", "--fix", ".", "--set", "Claim=email "]);
    assert_eq!(read(root.path(), "Base.xml"), text);
}

#[test]
fn an_element_is_renamed_in_both_tags_and_what_contradicts_itself_stays() {
    let claims = |name: &str, attributes: &str| {
        format!(
            "<BuildingBlocks><ClaimsSchema><{name} {attributes}><DataType>string</DataType></{name} ></ClaimsSchema></BuildingBlocks>"
        )
    };
    let root = folder(&[("Base.xml", policy("B2C_1A_Base", None, &claims("ClaimTyp", "Id=\"a\"")))]);
    assert_eq!(code(&journeyman(root.path(), &["check", "--fix", "."])), 0);
    assert_eq!(read(root.path(), "Base.xml"), policy("B2C_1A_Base", None, &claims("ClaimType", "Id=\"a\"")));
    let twice = policy("B2C_1A_Base", None, &claims("ClaimType", "id=\"a\" iD=\"a\""));
    let root = folder(&[("Base.xml", twice.clone())]);
    assert_eq!(code(&journeyman(root.path(), &["check", "--fix", "."])), 1);
    assert_eq!(read(root.path(), "Base.xml"), twice);
}

#[test]
fn what_is_left_is_reported_and_to_programs_on_a_channel_of_its_own() {
    let text = policy("B2C_1A_Base", Some("B2C_1A_None"), "").replace("\"t\"", "\"t\" DeploymentMode=\"x\"");
    let root = folder(&[("Base.xml", padded()), ("Other.xml", text)]);
    let output = journeyman(root.path(), &["check", "--fix", ".", "--format", "json"]);
    assert!(complained(&output).contains("fixed Base.xml:4: write `email` (JM0012)\n"), "{}", complained(&output));
    let read: Value = serde_json::from_str(&said(&output)).expect("it is JSON");
    assert!(!read["diagnostics"].as_array().expect("a list").is_empty());
    assert_eq!(code(&output), 1);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let root = folder(&[("outside/Base.xml", padded()), ("in/Other.xml", policy("B2C_1A_Other", None, ""))]);
    std::os::unix::fs::symlink(root.path().join("outside/Base.xml"), root.path().join("in/Base.xml")).expect("a link");
    let output = journeyman(root.path(), &["check", "--fix", "in"]);
    assert_eq!(code(&output), 1);
    assert!(complained(&output).contains("in/Base.xml stays as it is: it is a link"), "{}", complained(&output));
    assert_eq!(read(root.path(), "outside/Base.xml"), padded());
}

#[cfg(unix)]
#[test]
fn who_may_read_a_file_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let root = folder(&[("Base.xml", padded())]);
    let file = root.path().join("Base.xml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions can be set");
    journeyman(root.path(), &["check", "--fix", "."]);
    assert_eq!(fs::metadata(&file).expect("the file is there").permissions().mode() & 0o777, 0o640);
}

/// The folder of public policies, if it is at hand.
#[expect(clippy::print_stdout, reason = "a test that is skipped says so")]
fn public_policies() -> Option<PathBuf> {
    let beside = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared"));
    let corpus = std::env::var_os("JOURNEYMAN_SHARED").map_or_else(beside, PathBuf::from).join("corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    println!("skipped: there are no public policies at {}", corpus.display());
    None
}

/// Every policy file below a folder, by its path from there.
fn files(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let (mut files, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("xml")) {
                let inside = path.strip_prefix(root).expect("it is below").to_owned();
                files.push((inside, fs::read(&path).expect("a file")));
            }
        }
    }
    files
}

/// A copy that may be written.
fn copied(files: &[(PathBuf, Vec<u8>)], changed: impl Fn(&[u8]) -> Vec<u8>) -> tempfile::TempDir {
    let root = folder(&[]);
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder can be made");
        fs::write(path, changed(bytes)).expect("a file can be written");
    }
    root
}

/// The errors: file, code, message.
fn errors(report: &Value) -> HashSet<[&str; 3]> {
    let errors = report["diagnostics"].as_array().expect("a list").iter().filter(|found| found["severity"] == "error");
    errors.map(|found| ["file", "code", "message"].map(|field| found[field].as_str().unwrap_or_default())).collect()
}

#[test]
fn no_public_policy_is_worse_after_it_and_nothing_that_it_can_fix_is_left() {
    let Some(corpus) = public_policies() else { return };
    let root = copied(&files(&corpus), <[u8]>::to_vec);
    let report = |arguments: &[&str]| -> Value {
        serde_json::from_str(&said(&journeyman(root.path(), arguments))).expect("it is JSON")
    };
    let before = report(&["check", ".", "--format", "json"]);
    let after = report(&["check", ".", "--format", "json", "--fix"]);
    let (before, now) = (errors(&before), errors(&after));
    assert!(now.is_subset(&before), "{:?}", now.difference(&before));
    let left = after["diagnostics"].as_array().expect("a list").iter().filter(|found| !found["fix"].is_null());
    assert_eq!(left.collect::<Vec<_>>(), [] as [&Value; 0]);
}

/// Swaps the lines of a display name and the protocol after it, which is the wrong order. Not below a comment: it would go
/// along with what it stands before.
fn in_wrong_order(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    for at in 2..lines.len() {
        let is_name =
            lines[at - 1].trim().starts_with("<DisplayName>") && lines[at - 1].trim().ends_with("</DisplayName>");
        let is_told_of = lines[at - 2].trim().ends_with("-->");
        if is_name && !is_told_of && lines[at].trim().starts_with("<Protocol ") && lines[at].trim().ends_with("/>") {
            lines.swap(at - 1, at);
        }
    }
    lines.concat().into_bytes()
}

#[test]
fn elements_that_were_put_in_the_wrong_order_are_put_back() {
    let Some(corpus) = public_policies() else { return };
    let originals = files(&corpus.join("starterpack"));
    let root = copied(&originals, in_wrong_order);
    assert_eq!(code(&journeyman(root.path(), &["check", "."])), 1);
    journeyman(root.path(), &["check", ".", "--fix"]);
    let (mut changed, mut fixed) = (0, files(root.path()));
    fixed.sort();
    let mut originals = originals;
    originals.sort();
    for ((path, original), (_, now)) in originals.iter().zip(&fixed) {
        assert_eq!(String::from_utf8_lossy(now), String::from_utf8_lossy(original), "{}", path.display());
        changed += usize::from(in_wrong_order(original) != *original);
    }
    assert!(changed > 10, "{changed}");
}
