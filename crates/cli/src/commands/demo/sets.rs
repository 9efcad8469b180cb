//! Policy sets by the tenant that their files name: the demo's own, and those of `--policies`.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use journeyman_claims::Name;
use journeyman_policy::model::Policy;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use journeyman_server::config::TenantConfig;
use journeyman_server::policy_files::Disk;
use uuid::Uuid;

use super::{providers, tenant};
use crate::{Failure, environment};

/// Policies of one tenant.
pub(super) struct Tenant {
    name: String,
    id: String,
    /// What is read again by the server.
    folders: Vec<PathBuf>,
    settings: Settings,
    sets: Vec<PolicySet>,
}

/// What is served, and what cannot be.
pub(super) struct Tenants {
    /// The demo's own first.
    pub(super) served: Vec<Tenant>,
    /// A sentence for each set that names no tenant, and for each policy that another file is already.
    pub(super) unserved: Vec<String>,
}

impl Tenants {
    /// Reads them all. A set that names the demo's own tenant takes the place of the demo's own policies: it is a copy
    /// that somebody changes.
    pub(super) fn read(own: &Path, others: &[PathBuf]) -> Result<Self, Failure> {
        let mut tenants = Self { served: Vec::new(), unserved: Vec::new() };
        for folder in others {
            tenants.add(folder)?;
        }
        if !tenants.served.iter().any(Tenant::is_own) {
            tenants.add(own)?;
        }
        tenants.served.sort_by_key(|tenant| !tenant.is_own());
        Ok(tenants)
    }

    /// The bank's.
    pub(super) fn own(&self) -> &Tenant {
        self.served.iter().find(|tenant| tenant.is_own()).expect("the demo's own policies name the demo's own tenant")
    }

    fn add(&mut self, folder: &Path) -> Result<(), Failure> {
        let paths = [folder.to_string_lossy().into_owned()];
        let environment = environment::first(&paths)?;
        let settings = environment::settings(&paths, environment.as_deref(), &[])?;
        let sources = Sources::load(&Disk, &paths).map_err(|error| Failure::Usage(format!("--policies: {error}")))?;
        let set = PolicySet::compile(sources, &settings);
        for (name, written) in names(&set) {
            if !is_domain(&name) {
                let folder = folder.display();
                self.unserved.push(format!("{folder}: its files name the tenant `{written}`, which is no domain name"));
                continue;
            }
            self.unserved.extend(self.repeated(&name, &set));
            let known = self.served.iter_mut().find(|tenant| tenant.name == name);
            match known {
                Some(known) => known.join(folder, &set),
                None => self.served.push(Tenant::new(name, folder, &set, &settings)),
            }
        }
        Ok(())
    }
}

impl Tenants {
    /// What the set repeats: of several policies of one tenant and id the first one is served.
    fn repeated(&self, tenant: &str, set: &PolicySet) -> Vec<String> {
        let before = self.served.iter().filter(|known| known.name == tenant).flat_map(Tenant::sets);
        let before = before.flat_map(|known| addressable(known, tenant)).map(|policy| policy.id.clone());
        let mut ids: HashSet<Name> = before.collect();
        let repeated = addressable(set, tenant).filter(|policy| !ids.insert(policy.id.clone()));
        let said = repeated.map(|policy| {
            let file = &set.sources.file(policy.span.file).name;
            format!("{file}: another file is the policy `{}` of {tenant} already", policy.id)
        });
        said.collect()
    }
}

/// The policies of a set that applications of a tenant can ask for.
fn addressable<'a>(set: &'a PolicySet, tenant: &'a str) -> impl Iterator<Item = &'a Arc<Policy>> {
    let runs = |policy: &&Arc<Policy>| policy.relying_party.is_some();
    set.policies.iter().filter(runs).filter(move |policy| policy.tenant.trim().eq_ignore_ascii_case(tenant))
}

impl Tenant {
    fn new(name: String, folder: &Path, set: &PolicySet, settings: &Settings) -> Self {
        let declared = set.policies.iter().filter(|policy| policy.tenant.eq_ignore_ascii_case(&name));
        let id = declared.filter_map(|policy| Uuid::parse_str(policy.tenant_object_id.as_deref()?).ok()).next();
        let id = id.unwrap_or_else(|| Uuid::new_v5(&Uuid::NAMESPACE_DNS, name.as_bytes()));
        let folders = vec![folder.to_owned()];
        Self { name, id: id.to_string(), folders, settings: settings.clone(), sets: vec![set.clone()] }
    }

    fn join(&mut self, folder: &Path, set: &PolicySet) {
        self.folders.push(folder.to_owned());
        for name in set.settings.names() {
            self.settings.set(name.as_str(), set.settings.get(name.as_str()).unwrap_or_default());
        }
        self.sets.push(set.clone());
    }

    fn is_own(&self) -> bool {
        self.name == tenant::NAME
    }

    /// Its domain.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Its GUID: the one that the files name, or one that follows from the name.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Its policies.
    pub(super) fn sets(&self) -> impl Iterator<Item = &PolicySet> {
        self.sets.iter()
    }

    /// As the server takes it.
    pub(super) fn config(&self) -> TenantConfig {
        TenantConfig {
            name: self.name.clone(),
            id: self.id.clone(),
            policies: self.folders.clone(),
            environment: None,
            settings: self.settings.clone(),
            allow_unsupported: Vec::new(),
            policy_keys: self.sets.iter().flat_map(providers::keys).collect(),
        }
    }
}

/// The tenants that the files of a set name: in lower case, and as one of them writes it.
fn names(set: &PolicySet) -> BTreeMap<String, &str> {
    let written = set.policies.iter().map(|policy| policy.tenant.trim());
    written.map(|name| (name.to_ascii_lowercase(), name)).collect()
}

fn is_domain(name: &str) -> bool {
    name.contains('.') && matches!(url::Host::parse(name), Ok(url::Host::Domain(_)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().expect("a temporary folder");
        for (name, tenant) in files {
            let text = format!(
                "<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" \
                 PolicySchemaVersion=\"0.3.0.0\" TenantId=\"{tenant}\" PolicyId=\"B2C_1A_{}\" PublicPolicyUri=\"http://t\" />",
                name.trim_end_matches(".xml")
            );
            fs::write(root.path().join(name), text).expect("a file can be written");
        }
        root
    }

    fn read(others: &[&tempfile::TempDir]) -> Tenants {
        let own = folder(&[("Own.xml", tenant::NAME)]);
        let others: Vec<_> = others.iter().map(|root| root.path().to_owned()).collect();
        Tenants::read(own.path(), &others).expect("they can be read")
    }

    fn names_of(tenants: &Tenants) -> Vec<&str> {
        tenants.served.iter().map(|tenant| tenant.name.as_str()).collect()
    }

    #[test]
    fn each_set_is_served_under_the_tenant_that_it_names() {
        let (a, b) = (folder(&[("A.xml", "Yours.onmicrosoft.com")]), folder(&[("B.xml", "yours.onmicrosoft.com")]));
        let tenants = read(&[&a, &b]);
        assert_eq!(names_of(&tenants), [tenant::NAME, "yours.onmicrosoft.com"]);
        assert_eq!(tenants.served[1].folders, [a.path(), b.path()]);
        assert!(Uuid::parse_str(tenants.served[1].id()).is_ok());
    }

    #[test]
    fn a_changed_copy_takes_the_place_of_the_demos_own() {
        let copy = folder(&[("Own.xml", tenant::NAME)]);
        let tenants = read(&[&copy]);
        assert_eq!(tenants.served[0].folders, [copy.path()]);
        assert_eq!(tenants.served.len(), 1);
    }

    #[test]
    fn a_set_that_names_no_tenant_is_told_of() {
        let root = folder(&[("A.xml", "{Settings:Tenant}")]);
        let tenants = read(&[&root]);
        assert_eq!(names_of(&tenants), [tenant::NAME]);
        assert!(tenants.unserved[0].contains("name the tenant `{Settings:Tenant}`"), "{:?}", tenants.unserved);
    }

    #[test]
    fn a_policy_that_another_file_is_already_is_told_of() {
        let leaf = |name: &str| {
            let root = folder(&[(name, "yours.onmicrosoft.com")]);
            let file = root.path().join(name);
            let text = fs::read_to_string(&file).expect("it was written");
            let inside =
                "><RelyingParty><DefaultUserJourney ReferenceId=\"J\" /></RelyingParty></TrustFrameworkPolicy>";
            fs::write(&file, text.replace(" />", inside)).expect("a file can be written");
            root
        };
        let (first, second, other) = (leaf("A.xml"), leaf("A.xml"), leaf("B.xml"));
        assert_eq!(read(&[&first, &other]).unserved, [""; 0]);
        let told = read(&[&first, &second]).unserved;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("A.xml: another file is the policy `B2C_1A_A` of yours.onmicrosoft.com"), "{told:?}");
    }

    #[test]
    fn the_first_environment_fills_placeholders() {
        let root = folder(&[("A.xml", "{Settings:Tenant}")]);
        let text = r#"{"Environments":[{"Name":"Dev","Tenant":"dev.example.com","PolicySettings":{}}]}"#;
        fs::write(root.path().join("appsettings.json"), text).expect("a file can be written");
        assert_eq!(names_of(&read(&[&root])), [tenant::NAME, "dev.example.com"]);
    }
}
