//! `journeyman check --fix`: files in, files out; what is not meant keeps its bytes.

use std::fs;
use std::path::Path;

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
fn what_is_left_is_reported_and_to_programs_on_a_channel_of_its_own() {
    let text = policy("B2C_1A_Base", Some("B2C_1A_None"), "").replace("\"t\"", "\"t\" DeploymentMode=\"x\"");
    let root = folder(&[("Base.xml", padded()), ("Other.xml", text)]);
    let output = journeyman(root.path(), &["check", "--fix", ".", "--format", "json"]);
    assert!(complained(&output).contains("fixed Base.xml:4: write `email` (JM0012)\n"), "{}", complained(&output));
    let read: serde_json::Value = serde_json::from_str(&said(&output)).expect("it is JSON");
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
