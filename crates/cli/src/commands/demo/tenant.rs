//! The demo's own policies, which are part of the binary so that it works from any folder.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The tenant that they name.
pub(super) const NAME: &str = "psd2demo.onmicrosoft.com";

macro_rules! files {
    ($($name:literal)+) => {
        &[$(($name, include_str!(concat!("../../../../../demo/tenant/", $name))),)+]
    };
}

const FILES: &[(&str, &str)] = files! {
    "PasswordReset.xml"
    "ProfileEdit.xml"
    "SignUpOrSignIn.xml"
    "StepUp.xml"
    "StepUpExtensions.xml"
    "TrustFrameworkBase.xml"
    "TrustFrameworkExtensions.xml"
    "TrustFrameworkLocalization.xml"
};

/// Lays the files down in a folder of the data, to be read there by the engine as any others, and by people. What an
/// earlier version left is replaced.
pub(super) fn lay_down(data: &Path) -> io::Result<PathBuf> {
    let folder = data.join("demo-tenant");
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "xml") {
            fs::remove_file(path)?;
        }
    }
    for (name, text) in FILES {
        fs::write(folder.join(name), text)?;
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_tenant_is_part_of_the_binary() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/tenant");
        let entries = fs::read_dir(folder).expect("the tenant's folder").flatten().map(|entry| entry.file_name());
        let mut names: Vec<_> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
        names.retain(|name| name.ends_with(".xml"));
        names.sort();
        assert_eq!(names, FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }

    #[test]
    fn what_an_earlier_version_left_is_gone() {
        let data = tempfile::tempdir().expect("a temporary folder");
        let folder = lay_down(data.path()).expect("it can be written");
        fs::write(folder.join("Old.xml"), "").expect("a file can be written");
        lay_down(data.path()).expect("it can be written again");
        assert!(!folder.join("Old.xml").exists() && folder.join("StepUp.xml").exists());
    }
}
