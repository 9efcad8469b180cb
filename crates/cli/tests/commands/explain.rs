//! `journeyman explain`: pages by code, by the service's answer, and the list.

use crate::support::{code, complained, folder, journeyman, said};

#[test]
fn a_page_says_what_it_means_and_shows_both_examples() {
    let output = journeyman(folder(&[]).path(), &["explain", "jm0012"]);
    let text = said(&output);
    assert_eq!(code(&output), 0);
    assert!(text.starts_with("warning[JM0012]: an id begins or ends with a blank\n\nAn `Id` has a blank"), "{text}");
    let fails = text.find("\nThis fails:\n").expect("an example that fails");
    let drawn = text.find("= fix: write `email`").expect("the finding is drawn");
    let passes = text.find("\nThis passes:\n").expect("an example that passes");
    assert!(fails < drawn && drawn < passes, "{text}");
    assert!(text.contains("\n        <ClaimType Id=\"email \">"), "{text}");
}

#[test]
fn the_list_has_every_code_once_in_order() {
    let root = folder(&[]);
    let text = said(&journeyman(root.path(), &["explain", "--list"]));
    assert_eq!(text, said(&journeyman(root.path(), &["explain"])));
    let ids: Vec<_> = text.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    assert!(["JM0101", "JM1007", "JM2001"].iter().all(|id| ids.contains(id)), "{ids:?}");
}

#[test]
fn what_is_unknown_is_a_wrong_command_that_names_the_nearest() {
    let root = folder(&[]);
    let output = journeyman(root.path(), &["explain", "JM0099"]);
    assert_eq!(code(&output), 2);
    assert!(complained(&output).contains("there is no code JM0099, the nearest is JM0101"), "{}", complained(&output));
    let output = journeyman(root.path(), &["explain", "the moon is full"]);
    assert_eq!(code(&output), 2);
    assert!(complained(&output).contains("no code is about `the moon is full`"), "{}", complained(&output));
}
