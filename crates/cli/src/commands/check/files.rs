//! Writes fixed files back: whole or not at all, only what was asked about, and only what is still as it was read.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::fix::Fixed;

/// What was written, and what could not be.
pub(super) struct Saved {
    /// A line for each fix.
    pub(super) said: String,
    /// A sentence for each file that stays as it is.
    pub(super) refused: Vec<String>,
}

/// Writes the files that changed.
pub(super) fn save(fixed: &Fixed, paths: &[String]) -> Saved {
    let allowed: Vec<PathBuf> = paths.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let mut saved = Saved { said: String::new(), refused: Vec::new() };
    let mut stays = HashSet::new();
    for (id, before, after) in fixed.files() {
        let name = &fixed.set.sources.file(id).name;
        if let Err(reason) = replace(Path::new(&**name), before, after, &allowed) {
            saved.refused.push(format!("{name} stays as it is: {reason}"));
            stays.insert(id);
        }
    }
    for change in fixed.changes.iter().filter(|change| !stays.contains(&change.file)) {
        writeln!(saved.said, "{}", change.told(&fixed.set.sources)).expect("a string takes everything");
    }
    if !saved.said.is_empty() {
        saved.said.push('\n');
    }
    saved
}

/// The new text stands beside the file before it takes its place, so that a crash leaves the one or the other.
fn replace(name: &Path, before: &str, after: &str, allowed: &[PathBuf]) -> Result<(), String> {
    let said = |error: io::Error| error.to_string();
    let file = fs::canonicalize(name).map_err(said)?;
    if !allowed.iter().any(|path| file.starts_with(path)) {
        return Err("it is a link to a file outside of the paths given".into());
    }
    if fs::read(&file).map_err(said)? != before.as_bytes() {
        return Err("it is not UTF-8, or was changed meanwhile".into());
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut beside =
        tempfile::Builder::new().prefix(".journeyman-").suffix(".tmp").tempfile_in(folder).map_err(said)?;
    beside.write_all(after.as_bytes()).map_err(said)?;
    beside.as_file().set_permissions(fs::metadata(&file).map_err(said)?.permissions()).map_err(said)?;
    beside.as_file().sync_all().map_err(said)?;
    beside.persist(&file).map_err(|error| said(error.error))?;
    Ok(())
}
