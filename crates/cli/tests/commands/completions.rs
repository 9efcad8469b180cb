//! `journeyman completions`: every shell gets a script that knows the commands.

use crate::support::{code, folder, journeyman, said};

#[test]
fn every_shell_learns_the_commands() {
    let root = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = journeyman(root.path(), &["completions", shell]);
        assert_eq!(code(&output), 0, "{shell}");
        let script = said(&output);
        for word in ["journeyman", "explain", "completions", "dry-run"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(code(&journeyman(root.path(), &["completions", "tcsh"])), 2);
}
