//! The tenants that are served: their policies read, compiled, and found by name.
//!
//! A reload compiles everything anew and swaps it whole. Sources are kept in the store by digest, so that a journey
//! finishes on the version that it began with: [`Tenants::program`] finds that version, or compiles it again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use indexmap::IndexMap;
use journeyman_claims::Name;
use journeyman_engine::Program;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity, Sink};
use journeyman_policy::example::Example;
use journeyman_policy::model::Policy;
use journeyman_policy::source::{LoadError, Sources};
use journeyman_policy::{Bundle, PolicySet, Settings};
use journeyman_store::{Store, StoreError};

use crate::clock::Clock;
use crate::config::{Config, TenantConfig};
use crate::{policy_files, policy_keys};

/// Versions kept compiled that are no longer served.
const OLD_VERSIONS: usize = 32;

/// A policy key that a served policy reaches has no value.
pub const NO_KEY_VALUE: Code = Code {
    id: "JM2001",
    severity: Severity::Error,
    summary: "a policy key has no value in this configuration",
    explanation: "A technical profile that a served policy reaches signs, encrypts or authenticates with a policy key, \
and the configuration has no value under the key's name. The service keeps such keys beside the policies; here they are the \
operator's, so `check` cannot know them, and the server says so when it starts. The policy is not served until the key is \
there: a sign-in would end with an error as soon as it needs the key.\n\n\
Add the name to `[policy_keys]` of the configuration: a value from a file or from the environment, or a key that the server \
generates and keeps.",
    service: &["Tenant \"{tenant}\" does not have CryptographicKey referenced by storageReferenceId \"{name}\"."],
    fails: Example::None,
    passes: Example::None,
};

/// Why the tenants cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum TenantsError {
    /// The policies of a tenant cannot be read.
    #[error("the policies of tenant `{tenant}` cannot be read: {source}")]
    Read {
        /// The tenant's name.
        tenant: String,
        /// What and why.
        source: LoadError,
    },
    /// The store does not take or give sources.
    #[error("the policies cannot be kept in the store")]
    Store(#[from] StoreError),
    /// Policies that are served now would be lost; they go on being served as they are.
    #[error("nothing was reloaded, because these policies have errors now: {}", .policies.join(", "))]
    WouldLose {
        /// The policies, as `tenant/policy`.
        policies: Vec<String>,
    },
}

/// Why a version of a policy cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProgramError {
    /// Nobody stored it, or it was forgotten.
    #[error("version {digest} of a policy is not in the store")]
    Unknown {
        /// Names the version.
        digest: String,
    },
    /// What is stored is not what the digest names.
    #[error("version {digest} of a policy is damaged in the store")]
    Damaged {
        /// Names the version.
        digest: String,
    },
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// All that is served, and what was.
#[derive(Debug)]
pub(crate) struct Tenants {
    config: Arc<Config>,
    store: Store,
    clock: Clock,
    served: RwLock<Arc<Served>>,
    /// Versions that journeys still name, the one used last at the end.
    old: Mutex<VecDeque<Arc<Program>>>,
}

/// The tenants as they are served at one moment.
#[derive(Debug)]
pub struct Served {
    /// In the order of the configuration.
    pub tenants: Vec<Arc<Tenant>>,
}

/// A tenant and its policies.
#[derive(Debug)]
pub struct Tenant {
    /// Its domain.
    pub name: String,
    /// Its GUID.
    pub id: String,
    /// Policies that applications can call, in the order of the files.
    pub programs: IndexMap<Name, Arc<Program>>,
    /// Policies that they cannot, because they have errors.
    pub refused: Vec<Name>,
    /// The files, and what was read from them.
    pub set: PolicySet,
    /// Everything there is to say of the policies.
    pub findings: Vec<Diagnostic>,
}

impl Served {
    /// A tenant by name or id, in any case.
    pub fn tenant(&self, name_or_id: &str) -> Option<&Arc<Tenant>> {
        self.tenants
            .iter()
            .find(|tenant| tenant.name.eq_ignore_ascii_case(name_or_id) || tenant.id.eq_ignore_ascii_case(name_or_id))
    }
}

impl Tenant {
    /// A policy that applications can call, by id in any case.
    pub fn program(&self, policy: &str) -> Option<&Arc<Program>> {
        self.programs.get(&Name::new(policy))
    }
}

impl Tenants {
    /// Reads and compiles the policies of all tenants, and stores their sources.
    pub(crate) async fn load(config: Arc<Config>, store: Store, clock: Clock) -> Result<Self, TenantsError> {
        let served = Arc::new(compile_all(&config)?);
        let tenants = Self { config, store, clock, served: RwLock::new(served), old: Mutex::default() };
        tenants.keep_sources().await?;
        Ok(tenants)
    }

    /// What is served now.
    pub(crate) fn served(&self) -> Arc<Served> {
        Arc::clone(&self.served.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads and compiles everything anew, and serves that from now on. A policy that would be lost by it keeps all as
    /// it is.
    pub(crate) async fn reload(&self) -> Result<Arc<Served>, TenantsError> {
        let config = Arc::clone(&self.config);
        let compiled = tokio::task::spawn_blocking(move || compile_all(&config));
        let next = match compiled.await {
            Ok(next) => Arc::new(next?),
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        };
        let policies = lost(&self.served(), &next);
        if !policies.is_empty() {
            return Err(TenantsError::WouldLose { policies });
        }
        // Sources first: a journey must not begin on a version that nobody could find again.
        self.keep(&next).await?;
        *self.served.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&next);
        Ok(next)
    }

    /// Notes in the store that what is served is in use. Unused sources are forgotten after a week: call it daily.
    pub(crate) async fn keep_sources(&self) -> Result<(), TenantsError> {
        self.keep(&self.served()).await
    }

    async fn keep(&self, served: &Served) -> Result<(), TenantsError> {
        for tenant in &served.tenants {
            for program in tenant.programs.values() {
                let bundle = tenant.set.bundle(program.policy());
                let bundle = serde_json::to_vec(&bundle).expect("texts always serialize");
                self.store.programs.put_program(program.digest(), &bundle, self.clock.now()).await?;
            }
        }
        Ok(())
    }

    /// The version of a policy with that digest, whether or not it is still served.
    pub(crate) async fn program(&self, digest: &str) -> Result<Arc<Program>, ProgramError> {
        let served = self.served();
        let mut programs = served.tenants.iter().flat_map(|tenant| tenant.programs.values());
        if let Some(program) = programs.find(|program| program.digest() == digest) {
            return Ok(Arc::clone(program));
        }
        if let Some(program) = self.remembered(digest) {
            return Ok(program);
        }
        let Some(bundle) = self.store.programs.program(digest).await? else {
            return Err(ProgramError::Unknown { digest: digest.to_owned() });
        };
        let wanted = digest.to_owned();
        let program = match tokio::task::spawn_blocking(move || recompile(&bundle, wanted)).await {
            Ok(program) => Arc::new(program?),
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        };
        self.remember(&program);
        Ok(program)
    }

    fn remembered(&self, digest: &str) -> Option<Arc<Program>> {
        let mut old = self.old.lock().unwrap_or_else(PoisonError::into_inner);
        let at = old.iter().position(|program| program.digest() == digest)?;
        let program = old.remove(at)?;
        old.push_back(Arc::clone(&program));
        Some(program)
    }

    fn remember(&self, program: &Arc<Program>) {
        let mut old = self.old.lock().unwrap_or_else(PoisonError::into_inner);
        old.retain(|other| other.digest() != program.digest());
        if old.len() == OLD_VERSIONS {
            old.pop_front();
        }
        old.push_back(Arc::clone(program));
    }
}

/// Policies that are served, and are there but refused in what would follow.
fn lost(now: &Served, next: &Served) -> Vec<String> {
    let mut lost = Vec::new();
    for tenant in &next.tenants {
        let Some(before) = now.tenant(&tenant.id) else { continue };
        let refused = tenant.refused.iter().filter(|policy| before.programs.contains_key(*policy));
        lost.extend(refused.map(|policy| format!("{}/{policy}", tenant.name)));
    }
    lost
}

fn recompile(bundle: &[u8], digest: String) -> Result<Program, ProgramError> {
    let bundle = serde_json::from_slice::<Bundle>(bundle).ok().filter(|bundle| bundle.digest() == digest);
    let set = bundle.map(Bundle::compile);
    match set.as_ref().and_then(|set| set.policies.last()) {
        // What it has to say was said when it was served.
        Some(policy) => Ok(Program::compile(Arc::clone(policy), digest).0),
        None => Err(ProgramError::Damaged { digest }),
    }
}

fn compile_all(config: &Config) -> Result<Served, TenantsError> {
    let compile = |tenant| compile(config, tenant).map(Arc::new);
    Ok(Served { tenants: config.tenants.iter().map(compile).collect::<Result<_, _>>()? })
}

fn compile(config: &Config, tenant: &TenantConfig) -> Result<Tenant, TenantsError> {
    let (sources, settings) =
        read(tenant).map_err(|source| TenantsError::Read { tenant: tenant.name.clone(), source })?;
    let set = PolicySet::compile(sources, &settings);
    let mut compiled = Tenant {
        name: tenant.name.clone(),
        id: tenant.id.clone(),
        programs: IndexMap::new(),
        refused: Vec::new(),
        findings: findings(config, tenant, &set),
        set,
    };
    let mut sink = Sink::default();
    let own = |policy: &&Arc<Policy>| !is_of_another(config, tenant, &compiled.set, policy);
    for policy in compiled.set.relying_parties().filter(own) {
        let (program, mut found) = Program::compile(Arc::clone(policy), compiled.set.digest(policy));
        found.extend(missing_keys(config, tenant, &program));
        let allowed = config.development || tenant.allow_unsupported.contains(&policy.id);
        let stops = |f: &Diagnostic| f.severity == Severity::Error && !(allowed && f.kind == Kind::Unsupported);
        if compiled.set.findings(policy).chain(&found).any(stops) {
            compiled.refused.push(policy.id.clone());
        } else {
            // Where folders repeat an id, the first one counts.
            compiled.programs.entry(policy.id.clone()).or_insert_with(|| Arc::new(program));
        }
        sink.extend(found);
    }
    compiled.findings.extend(sink.into_found());
    report(&compiled);
    Ok(compiled)
}

/// Whether a policy is another tenant's: one folder can hold the policies of several. Where none of a folder names this
/// tenant, its files say nothing about whose they are.
fn is_of_another(config: &Config, tenant: &TenantConfig, set: &PolicySet, policy: &Policy) -> bool {
    let names = |policy: &Policy, tenant: &TenantConfig| {
        [&tenant.name, &tenant.id].iter().any(|name| name.eq_ignore_ascii_case(policy.tenant.trim()))
    };
    !names(policy, tenant)
        && config.tenants.iter().any(|other| names(policy, other))
        && set.policies.iter().any(|policy| names(policy, tenant))
}

/// What there is to say of the files, without what concerns policies of other tenants alone.
fn findings(config: &Config, tenant: &TenantConfig, set: &PolicySet) -> Vec<Diagnostic> {
    let (others, own): (Vec<_>, Vec<_>) =
        set.policies.iter().partition(|policy| is_of_another(config, tenant, set, policy));
    let concerns = |policies: &[&Arc<Policy>], found| policies.iter().any(|policy| set.concerns(found, policy));
    set.diagnostics.iter().filter(|found| concerns(&own, found) || !concerns(&others, found)).cloned().collect()
}

fn read(tenant: &TenantConfig) -> Result<(Sources, Settings), LoadError> {
    let paths: Vec<String> = tenant.policies.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let mut settings = match (&tenant.environment, tenant.policies.first()) {
        (Some(environment), Some(policies)) => policy_files::environment(policies, environment)?,
        _ => Settings::default(),
    };
    for name in tenant.settings.names() {
        settings.set(name.as_str(), tenant.settings.get(name.as_str()).unwrap_or_default());
    }
    Ok((Sources::load(&policy_files::Disk, &paths)?, settings))
}

fn missing_keys(config: &Config, tenant: &TenantConfig, program: &Program) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let no_value = |name: &Name, span| {
        let message = format!("policy key `{name}` has no value");
        let help = format!("add `{name}` to `[policy_keys]` of the configuration");
        let finding = Diagnostic::new(&NO_KEY_VALUE, Kind::Key, span, message).help(help).reference(name.as_str());
        Diagnostic { policy: Some(program.policy().id.clone()), ..finding }
    };
    for (name, span) in program.digest_keys() {
        if policy_keys::configured(config, &tenant.id, &name).is_none() {
            found.push(no_value(&name, span));
        }
    }
    for (name, profile) in program.key_references() {
        if policy_keys::configured(config, &tenant.id, name).is_some() {
            continue;
        }
        let Some(reference) = profile.keys.values().find(|key| key.value == *name) else { continue };
        found.push(no_value(name, reference.span).label(format!("needed by `{}`", profile.id)));
    }
    found
}

/// One line a refused policy: the whole story is for whoever draws the findings.
fn report(tenant: &Tenant) {
    for policy in &tenant.refused {
        let about = |found: &&Diagnostic| found.severity == Severity::Error && found.policy.as_ref() == Some(policy);
        let first = tenant.findings.iter().find(about).map_or("a file that it builds on has errors", |f| &f.message);
        tracing::error!(tenant = tenant.name, %policy, first, "policy refused");
    }
    tracing::info!(tenant = tenant.name, policies = tenant.programs.len(), "tenant compiled");
}

#[cfg(test)]
mod tests;
