//! The folder that keeps what the demo knows between runs. Only the user who started it may look inside.

use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::{fmt::Write as _, fs};

use crate::Failure;

/// The folder.
#[derive(Debug)]
pub(super) struct Data {
    folder: PathBuf,
}

impl Data {
    /// Makes the folder if it is not there.
    pub(super) fn open(folder: &Path) -> Result<Self, Failure> {
        let folder = std::path::absolute(folder).map_err(|error| failed(folder, &error))?;
        make_private(&folder).map_err(|error| failed(&folder, &error))?;
        Ok(Self { folder })
    }

    /// Its absolute path.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of the engine's database.
    pub(super) fn database(&self) -> String {
        format!("sqlite://{}", self.folder.join("journeyman.db").display())
    }

    /// The key that seals secrets in the database; made at first.
    pub(super) fn key(&self) -> Result<[u8; 32], Failure> {
        let path = self.folder.join("key-encryption-key");
        read_key(&path).map_err(|error| failed(&path, &error))
    }

    /// The demo's own policies, as files.
    pub(super) fn tenant(&self) -> Result<PathBuf, Failure> {
        super::tenant::lay_down(&self.folder).map_err(|error| failed(&self.folder, &error))
    }
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::Failed(format!("{} cannot be used: {error}", path.display()))
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn read_key(path: &Path) -> io::Result<[u8; 32]> {
    match fs::read_to_string(path) {
        Ok(text) => from_hex(text.trim()).ok_or_else(|| io::Error::new(ErrorKind::InvalidData, "it holds no key")),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key: [u8; 32] = rand::random();
            write_key(path, &key)?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

fn write_key(path: &Path, key: &[u8; 32]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut text = String::with_capacity(2 * key.len() + 1);
    for byte in key {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
    }
    text.push('\n');
    options.open(path)?.write_all(text.as_bytes())
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    let whole = text.len() == 2 * key.len() && text.is_ascii();
    for (at, byte) in key.iter_mut().enumerate().filter(|_| whole) {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    whole.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_stays_and_is_private() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let data = Data::open(&root.path().join("deep/data")).expect("it can be made");
        let key = data.key().expect("a key");
        assert_eq!(data.key().ok(), Some(key));
        #[cfg(unix)]
        for (path, mode) in [("", 0o700), ("key-encryption-key", 0o600)] {
            use std::os::unix::fs::PermissionsExt as _;
            let found = fs::metadata(data.folder().join(path)).expect("it is there").permissions().mode();
            assert_eq!(found & 0o777, mode, "{path}");
        }
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        let root = tempfile::tempdir().expect("a temporary folder");
        for text in ["", "00", &"g".repeat(64), &"é".repeat(32)] {
            fs::write(root.path().join("key-encryption-key"), text).expect("a file can be written");
            let data = Data::open(root.path()).expect("it is there");
            assert!(matches!(data.key(), Err(Failure::Failed(why)) if why.contains("holds no key")), "{text}");
        }
    }
}
