//! Where a text stands: every node of a policy and every diagnostic points into a source file by a span of bytes.
//!
//! Files arrive through a [`Loader`], so that nothing in this crate touches a disk and a test needs none.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// One file among the [`Sources`] of a compilation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file that the range lies in.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A value and the place that it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T: fmt::Display> fmt::Display for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// One policy file: the name that people know it by, and its text.
///
/// The text is kept as it was read, byte order mark and line ends included, so that spans fit the file on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// A path relative to where the user stands, or a made-up name in tests.
    pub name: Arc<str>,
    /// Where a base policy is sought: nearby folders first. Files given one by one share the empty folder.
    pub folder: Arc<str>,
    /// The whole file.
    pub text: Arc<str>,
}

/// A policy file that a [`Loader`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What to read, and what people are shown.
    pub name: String,
    /// See [`SourceFile::folder`].
    pub folder: String,
}

/// Where policy files come from: a disk, or a table in a test.
pub trait Loader {
    /// A file's own place, or every `.xml` file in a folder and the folders below, sorted.
    ///
    /// # Errors
    ///
    /// When there is nothing at that path, or it cannot be listed.
    fn find(&self, path: &str) -> Result<Vec<Place>, LoadError>;

    /// The text of a file that [`Loader::find`] named. What is not UTF-8 is replaced, never refused: the parser says where.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    fn read(&self, name: &str) -> Result<String, LoadError>;
}

/// A file or folder that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadError {
    /// The path.
    pub path: String,
    /// Why, in a few words.
    pub reason: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for LoadError {}

/// A [`Loader`] over a table of names and texts; names are paths with `/`.
#[derive(Clone, Debug, Default)]
pub struct MemoryLoader {
    /// Text by path.
    pub files: std::collections::BTreeMap<String, String>,
}

impl Loader for MemoryLoader {
    fn find(&self, path: &str) -> Result<Vec<Place>, LoadError> {
        if self.files.contains_key(path) {
            return Ok(vec![Place { name: path.into(), folder: String::new() }]);
        }
        let inside = |name: &&String| {
            name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')) && name.ends_with(".xml")
        };
        let places = self.files.keys().filter(inside).map(|name| Place {
            name: name.clone(),
            folder: name.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.into()),
        });
        Ok(places.collect())
    }

    fn read(&self, name: &str) -> Result<String, LoadError> {
        let missing = || LoadError { path: name.into(), reason: "no such file".into() };
        self.files.get(name).cloned().ok_or_else(missing)
    }
}

/// All files of one compilation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file given by name and answers its id. All such files are one set.
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> FileId {
        self.add_in("", name, text)
    }

    /// Adds a file that was found in a folder (an absolute path with `/`) and answers its id.
    pub fn add_in(
        &mut self,
        folder: impl Into<Arc<str>>,
        name: impl Into<Arc<str>>,
        text: impl Into<Arc<str>>,
    ) -> FileId {
        let id = u32::try_from(self.files.len()).expect("fewer than four billion policy files");
        self.files.push(SourceFile { name: name.into(), folder: folder.into(), text: text.into() });
        FileId(id)
    }

    /// Reads the policy files at some paths, files and folders mixed, in the order given.
    ///
    /// # Errors
    ///
    /// When the loader cannot list or read one of them, or a folder holds none.
    pub fn load(loader: &dyn Loader, paths: &[String]) -> Result<Self, LoadError> {
        let mut sources = Self::default();
        for path in paths {
            let found = loader.find(path)?;
            if found.is_empty() {
                return Err(LoadError { path: path.clone(), reason: "holds no .xml file".into() });
            }
            for place in found {
                if sources.files.iter().any(|file| *file.name == *place.name) {
                    continue;
                }
                let text = loader.read(&place.name)?;
                sources.add_in(place.folder, place.name, text);
            }
        }
        Ok(sources)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file of that id. Ids come only from [`Sources::add`] of the same value.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Every file with its id, in the order added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// Line and column of a span's first character, both counted from 1; columns count characters.
    pub fn position(&self, span: Span) -> (usize, usize) {
        let text = &self.file(span.file).text;
        let before = text.get(..span.start as usize).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
        (line, column)
    }
}
