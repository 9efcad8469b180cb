//! Policy keys: the secrets and key pairs that policies name by `B2C_1A_…`.
//!
//! A name is the same with and without that prefix, in any case. Where its value comes from is configured. What a
//! generated one is follows from how policies use it: a key that signs is an RSA key, rotated if that is configured,
//! anything else a random text. Encryption keys are never asked for: codes and refresh tokens are random handles.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use journeyman_claims::Name;
use journeyman_engine::effect::Secret;
use journeyman_oidc::{KeyError, KeyMaterial, SigningKey, SigningKeys};
use journeyman_store::{Entropy, KeySet, Store, StoreError, StoredKey, SystemEntropy};

use crate::config::{Config, MissingPolicyKeys, PolicyKey};

/// The prefix that a key's name may have or lack.
const PREFIX: &str = "b2c_1a_";
/// How long keys count before the store is asked whether another node made a new one.
const FRESH: SignedDuration = SignedDuration::from_mins(5);
/// A new key is published so long before it signs: by then applications have read it.
const LEAD: SignedDuration = SignedDuration::from_hours(24);
/// A key is published so long after it signed last: the life of the longest token, and of what applications remember.
const AFTERMATH: SignedDuration = SignedDuration::from_hours(48);
const SECRET_BYTES: usize = 32;

/// Why a policy key cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeyFault {
    /// Nobody configured it.
    #[error("policy key `{0}` has no value")]
    Missing(Name),
    /// Its value is not what it is used as.
    #[error("policy key `{name}` cannot be used: {reason}")]
    Unusable {
        /// The key.
        name: Name,
        /// Why; never the value.
        reason: KeyError,
    },
    /// It is generated, but it is used as what nobody can generate.
    #[error("policy key `{0}` must be configured: a certificate that others trust cannot be generated")]
    NotGenerated(Name),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where the value of a key comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'a> {
    /// It is configured.
    Value(&'a Secret),
    /// The engine makes it.
    Generated { rotate_after: Option<SignedDuration> },
    /// Nobody configured it: as a secret it has this value, as a key pair it is generated.
    Invented(&'a Secret),
}

/// Where the value of a key comes from for a tenant; `None` for one that policies may not use.
pub(crate) fn configured<'a>(config: &'a Config, tenant: &str, name: &Name) -> Option<Origin<'a>> {
    let own = config.tenant(tenant).map(|tenant| &tenant.policy_keys);
    let mut keys = own.into_iter().flatten().chain(&config.policy_keys);
    match (keys.find(|(known, _)| bare(known) == bare(name)), &config.missing_policy_keys) {
        (Some((_, PolicyKey::Value(text))), _) => Some(Origin::Value(text)),
        (Some((_, PolicyKey::Generated { rotate_after })), _) => {
            Some(Origin::Generated { rotate_after: *rotate_after })
        }
        (None, MissingPolicyKeys::Invent { secret }) => Some(Origin::Invented(secret)),
        (None, MissingPolicyKeys::Refuse) => None,
    }
}

/// The name without its prefix, in lower case.
fn bare(name: &Name) -> &str {
    name.folded().strip_prefix(PREFIX).unwrap_or(name.folded())
}

/// Finds the values of policy keys, and makes those that are generated.
#[derive(Debug)]
pub(crate) struct PolicyKeys {
    config: Arc<Config>,
    store: Store,
    signing: RwLock<HashMap<String, Kept<Arc<SigningKeys>>>>,
    secrets: RwLock<HashMap<String, Secret>>,
    /// One key at a time is made: that takes a while, and everybody waits for the same.
    making: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Kept<T> {
    value: T,
    until: Timestamp,
}

impl PolicyKeys {
    /// The keys of a configuration.
    pub(crate) fn new(config: Arc<Config>, store: Store) -> Self {
        let (signing, secrets) = Default::default();
        Self { config, store, signing, secrets, making: tokio::sync::Mutex::default() }
    }

    /// The text of a secret.
    ///
    /// # Errors
    ///
    /// Nobody configured it, or the store does not answer.
    pub(crate) async fn secret(&self, tenant: &str, name: &Name, now: Timestamp) -> Result<Secret, KeyFault> {
        match configured(&self.config, tenant, name) {
            Some(Origin::Value(text) | Origin::Invented(text)) => Ok(text.clone()),
            Some(Origin::Generated { .. }) => self.generated_secret(&set_name(tenant, name, "secret"), now).await,
            None => Err(KeyFault::Missing(name.clone())),
        }
    }

    /// A private key with its certificate, in PEM.
    ///
    /// # Errors
    ///
    /// Nobody configured it.
    pub(crate) fn identity(&self, tenant: &str, name: &Name) -> Result<Secret, KeyFault> {
        match configured(&self.config, tenant, name) {
            Some(Origin::Value(pem)) => Ok(pem.clone()),
            Some(_) => Err(KeyFault::NotGenerated(name.clone())),
            None => Err(KeyFault::Missing(name.clone())),
        }
    }

    /// The keys that sign: all that are published, of which one signs now.
    ///
    /// # Errors
    ///
    /// Nobody configured it, it is no RSA key, or the store does not answer.
    pub(crate) async fn signing(
        &self,
        tenant: &str,
        name: &Name,
        now: Timestamp,
    ) -> Result<Arc<SigningKeys>, KeyFault> {
        let set = set_name(tenant, name, "signing");
        if let Some(kept) = self.kept(&set, now) {
            return Ok(kept);
        }
        let unusable = |reason| KeyFault::Unusable { name: name.clone(), reason };
        let _one_at_a_time = self.making.lock().await;
        if let Some(kept) = self.kept(&set, now) {
            return Ok(kept);
        }
        let keys = match configured(&self.config, tenant, name) {
            Some(Origin::Value(pem)) => {
                let material = KeyMaterial::from_pem(pem.expose()).map_err(unusable)?;
                SigningKeys::new([Arc::new(SigningKey::load(&material, None, None).map_err(unusable)?)])
            }
            Some(Origin::Generated { rotate_after }) => {
                load(&self.generated(&set, rotate_after, now).await?.map_err(unusable)?).map_err(unusable)?
            }
            Some(Origin::Invented(_)) => {
                load(&self.generated(&set, None, now).await?.map_err(unusable)?).map_err(unusable)?
            }
            None => return Err(KeyFault::Missing(name.clone())),
        };
        let value = Arc::new(keys);
        let kept = Kept { value: Arc::clone(&value), until: now + FRESH };
        self.signing.write().unwrap_or_else(PoisonError::into_inner).insert(set, kept);
        Ok(value)
    }

    fn kept(&self, set: &str, now: Timestamp) -> Option<Arc<SigningKeys>> {
        let signing = self.signing.read().unwrap_or_else(PoisonError::into_inner);
        signing.get(set).filter(|kept| now < kept.until).map(|kept| Arc::clone(&kept.value))
    }

    /// The set as it stands after making what it needs: the first key, or the next one.
    async fn generated(
        &self,
        set: &str,
        rotate_after: Option<SignedDuration>,
        now: Timestamp,
    ) -> Result<Result<KeySet, KeyError>, StoreError> {
        let stored = self.store.keys.key_set(set).await?;
        let not_before = match (stored.keys.last(), rotate_after) {
            (None, _) => None,
            (Some(last), Some(after)) if begins(last) + after <= now + LEAD => Some(now + LEAD),
            _ => return Ok(Ok(stored)),
        };
        let made = tokio::task::spawn_blocking(|| KeyMaterial::generate(None)).await;
        let material = match made {
            Ok(Ok(material)) => material,
            Ok(Err(error)) => return Ok(Err(error)),
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        };
        tracing::info!(set, kid = material.kid, "a signing key was made");
        let key = StoredKey {
            id: material.kid,
            created_at: now,
            not_before,
            expires_at: None,
            secret: material.pkcs8,
            certificate: material.certificate,
        };
        self.store.keys.add_key(set, stored.generation, &key).await.map(Ok)
    }

    async fn generated_secret(&self, set: &str, now: Timestamp) -> Result<Secret, KeyFault> {
        if let Some(kept) = self.secrets.read().unwrap_or_else(PoisonError::into_inner).get(set) {
            return Ok(kept.clone());
        }
        let mut stored = self.store.keys.key_set(set).await?;
        if stored.keys.is_empty() {
            let mut bytes = [0; SECRET_BYTES];
            SystemEntropy.fill(&mut bytes)?;
            let key = StoredKey {
                id: "1".to_owned(),
                created_at: now,
                not_before: None,
                expires_at: None,
                secret: URL_SAFE_NO_PAD.encode(bytes).into_bytes(),
                certificate: None,
            };
            stored = self.store.keys.add_key(set, stored.generation, &key).await?;
        }
        let malformed =
            || StoreError::Malformed { table: "keys", reason: "a generated secret is not a text".to_owned() };
        let bytes = stored.keys.pop().map(|key| key.secret).unwrap_or_default();
        let secret = String::from_utf8(bytes).ok().filter(|text| !text.is_empty()).map(Secret::new);
        let secret = secret.ok_or_else(malformed)?;
        self.secrets.write().unwrap_or_else(PoisonError::into_inner).insert(set.to_owned(), secret.clone());
        Ok(secret)
    }
}

/// The name of a generated key's set in the store.
fn set_name(tenant: &str, name: &Name, kind: &str) -> String {
    format!("policy/{}/{}/{kind}", tenant.to_lowercase(), bare(name))
}

/// When a stored key began, or begins, to sign.
fn begins(key: &StoredKey) -> Timestamp {
    key.not_before.unwrap_or(key.created_at)
}

/// Loads a set. A key ends some time after its successor begins.
fn load(set: &KeySet) -> Result<SigningKeys, KeyError> {
    let ends = set.keys.iter().skip(1).map(|next| Some(begins(next) + AFTERMATH)).chain([None]);
    let keys = set.keys.iter().zip(ends).map(|(key, ends)| {
        let material =
            KeyMaterial { kid: key.id.clone(), pkcs8: key.secret.clone(), certificate: key.certificate.clone() };
        SigningKey::load(&material, key.not_before, key.expires_at.or(ends)).map(Arc::new)
    });
    Ok(SigningKeys::new(keys.collect::<Result<Vec<_>, _>>()?))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use journeyman_store::{Memory, SystemEntropy};

    use super::*;
    use crate::testing::{self, TENANT};

    fn keys(config: &Config, store: &Store) -> PolicyKeys {
        PolicyKeys::new(Arc::new(config.clone()), store.clone())
    }

    fn store() -> Store {
        Store::on(Memory::new(Arc::new(SystemEntropy)))
    }

    fn with(name: &str, key: PolicyKey) -> Config {
        let mut config = testing::config();
        config.policy_keys.insert(name.into(), key);
        config
    }

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn published(keys: &SigningKeys, now: Timestamp) -> usize {
        let document: serde_json::Value = serde_json::from_str(&keys.jwks(now)).expect("JSON");
        document["keys"].as_array().expect("a list").len()
    }

    #[tokio::test]
    async fn a_secret_is_found_with_and_without_the_prefix() {
        let config = with("B2C_1A_RestSecret", PolicyKey::Value(Secret::new("hush")));
        let keys = keys(&config, &store());
        for name in ["B2C_1A_RestSecret", "restsecret", "b2c_1a_RESTSECRET"] {
            assert_eq!(keys.secret(TENANT, &name.into(), NOW).await.expect("it is configured").expose(), "hush");
        }
        let missing = keys.secret(TENANT, &"B2C_1A_Other".into(), NOW).await;
        assert!(matches!(missing, Err(KeyFault::Missing(_))));
        let no_key = keys.signing(TENANT, &"B2C_1A_RestSecret".into(), NOW).await;
        assert!(matches!(no_key, Err(KeyFault::Unusable { .. })));
    }

    #[tokio::test]
    async fn a_tenants_own_key_goes_first_and_is_its_own() {
        let mut config = with("B2C_1A_X", PolicyKey::Value(Secret::new("everybody's")));
        config.tenants[0].policy_keys.insert("X".into(), PolicyKey::Value(Secret::new("contoso's")));
        let keys = keys(&config, &store());
        let of =
            async |tenant: &str| keys.secret(tenant, &"B2C_1A_X".into(), NOW).await.expect("there").expose().to_owned();
        assert_eq!(of("contoso.onmicrosoft.com").await, "contoso's");
        assert_eq!(of("another.example").await, "everybody's");
    }

    #[tokio::test]
    async fn generated_keys_are_the_same_on_every_node() {
        let config = with("B2C_1A_X", PolicyKey::Generated { rotate_after: None });
        let store = store();
        let (one, other) = (keys(&config, &store), keys(&config, &store));
        let name = Name::new("B2C_1A_X");
        let first = one.secret(TENANT, &name, NOW).await.expect("it is made");
        assert_eq!(other.secret(TENANT, &name, NOW).await.expect("it is there"), first);
        assert_eq!(first.expose().len(), 43);
        let (first, second) = tokio::join!(one.signing(TENANT, &name, NOW), other.signing(TENANT, &name, NOW));
        let kid = |keys: &SigningKeys| keys.current(NOW).expect("it signs").kid().to_owned();
        assert_eq!(kid(&first.expect("it is made")), kid(&second.expect("it is made")));
    }

    #[tokio::test]
    async fn a_rotated_key_is_published_before_it_signs_and_after_it_signed() {
        let days = |count: i64| SignedDuration::from_hours(24 * count);
        let config = with("B2C_1A_X", PolicyKey::Generated { rotate_after: Some(days(90)) });
        let store = store();
        let name = Name::new("B2C_1A_X");
        let at = async |now| keys(&config, &store).signing(TENANT, &name, now).await.expect("it signs");
        let first = at(NOW).await.current(NOW).expect("it signs").kid().to_owned();

        let soon = NOW + days(89);
        let set = at(soon).await;
        assert_eq!(published(&set, soon), 2);
        assert_eq!(set.current(soon).expect("it signs").kid(), first);
        let then = NOW + days(90);
        let set = at(then).await;
        assert_ne!(set.current(then).expect("it signs").kid(), first);
        assert_eq!(published(&set, then), 2);
        let later = then + AFTERMATH;
        assert_eq!(published(&*at(later).await, later), 1);
    }

    #[tokio::test]
    async fn missing_keys_can_be_invented() {
        let mut config = testing::config();
        config.missing_policy_keys = MissingPolicyKeys::Invent { secret: Secret::new("sandbox") };
        let keys = keys(&config, &store());
        let name = Name::new("B2C_1A_Whatever");
        assert_eq!(keys.secret(TENANT, &name, NOW).await.expect("it is invented").expose(), "sandbox");
        assert!(keys.signing(TENANT, &name, NOW).await.expect("it is made").current(NOW).is_ok());
        assert!(matches!(keys.identity(TENANT, &name), Err(KeyFault::NotGenerated(_))));
    }
}
