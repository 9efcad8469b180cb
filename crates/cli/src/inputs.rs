//! What every command that reads policies takes: paths, and values for placeholders.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use journeyman_policy::source::{LoadError, Loader, Place, Sources};
use journeyman_policy::{PolicySet, Settings};

use crate::{Failure, environment};
use journeyman_server::policy_files::Disk;

/// Policies and the values of their placeholders.
#[derive(Debug, clap::Args)]
pub(crate) struct Inputs {
    /// Policy files, which are one set, or folders of policy files
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// Take values of placeholders from this environment of appsettings.json
    #[arg(long, value_name = "NAME")]
    pub(crate) environment: Option<String>,
    /// Value of the placeholder {Settings:NAME} or {{NAME}}
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) set: Vec<String>,
}

impl Inputs {
    /// Reads and compiles everything.
    pub(crate) fn compile(&self) -> Result<PolicySet, Failure> {
        let settings = self.settings()?;
        Ok(PolicySet::compile(self.sources()?, &settings))
    }

    /// The values of the placeholders.
    pub(crate) fn settings(&self) -> Result<Settings, Failure> {
        environment::settings(&self.paths, self.environment.as_deref(), &self.set)
    }

    /// The files.
    pub(crate) fn sources(&self) -> Result<Sources, Failure> {
        Sources::load(&Once::default(), &self.paths).map_err(|error| Failure::Usage(error.to_string()))
    }
}

/// The disk, where a file has one name however many paths lead to it: the one that it was found by first.
#[derive(Default)]
struct Once {
    names: RefCell<HashMap<PathBuf, String>>,
}

impl Loader for Once {
    fn find(&self, path: &str) -> Result<Vec<Place>, LoadError> {
        let mut places = Disk.find(path)?;
        let mut names = self.names.borrow_mut();
        for place in &mut places {
            if let Ok(file) = fs::canonicalize(&place.name) {
                place.name.clone_from(names.entry(file).or_insert_with(|| place.name.clone()));
            }
        }
        Ok(places)
    }

    fn read(&self, name: &str) -> Result<String, LoadError> {
        Disk.read(name)
    }
}

/// Reads `NAME=VALUE`.
pub(crate) fn pair<'a>(option: &str, text: &'a str) -> Result<(&'a str, &'a str), Failure> {
    text.split_once('=')
        .filter(|(name, _)| !name.trim().is_empty())
        .ok_or_else(|| Failure::Usage(format!("`{option} {text}` is not of the form NAME=VALUE")))
}
