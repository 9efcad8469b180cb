//! `journeyman.toml`: how a configuration is written, and how its secrets are fetched.
//!
//! The file is read first, then `JOURNEYMAN_…` variables over it (`__` goes one level down: `JOURNEYMAN_DATABASE__URL`).
//! Secrets are never in the file: it says which file or variable holds them. Paths are relative to the file.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use figment::error::Kind;
use figment::providers::{Env, Format, Toml};
use figment::value::{Dict, Value};
use figment::{Figment, Provider};
use indexmap::IndexMap;
use ipnet::IpNet;
use jiff::SignedDuration;
use journeyman_claims::Name;
use journeyman_engine::effect::Secret;
use journeyman_oidc::{self as oidc, Api, Client, ClientKind, FrontChannel, RedirectUri};
use journeyman_policy::{Settings, nearest_word};
use journeyman_store::{KEY_LENGTH, LimitRules};
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

use super::{
    ClientConfig, Config, ConfigError, Database, Delivery, HintConfig, KeyEncryption, Limits, Messages,
    MissingPolicyKeys, OutboundConfig, PolicyKey, Rewrite, Smtp, SmtpSecurity, TenantConfig,
};

const PREFIX: &str = "JOURNEYMAN_";
/// Variables with the prefix that are not keys of the file: for the command line, the log and tests.
const NOT_KEYS: &[&str] = &["config", "log", "shared"];
const SECONDS_PER_DAY: u64 = 86_400;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    public_urls: Vec<Url>,
    #[serde(default = "File::listen")]
    listen: SocketAddr,
    #[serde(default)]
    trusted_proxies: Vec<IpNet>,
    #[serde(default)]
    development: bool,
    #[serde(default)]
    sandbox: bool,
    key_encryption_key: Source,
    #[serde(default)]
    previous_key_encryption_keys: Vec<Source>,
    database: DatabaseTable,
    #[serde(default)]
    tenant: Vec<TenantTable>,
    #[serde(default)]
    client: Vec<ClientTable>,
    #[serde(default)]
    policy_keys: BTreeMap<String, PolicyKeyTable>,
    #[serde(default)]
    limits: LimitsTable,
    messages: Option<MessagesTable>,
    #[serde(default)]
    outbound: OutboundTable,
    #[serde(default)]
    hints: HintsTable,
}

impl File {
    fn listen() -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], 4000))
    }
}

/// Where a secret is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    file: Option<PathBuf>,
    env: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatabaseTable {
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TenantTable {
    name: String,
    id: String,
    policies: PathBuf,
    environment: Option<String>,
    #[serde(default)]
    settings: IndexMap<String, String>,
    #[serde(default)]
    allow_unsupported: Vec<String>,
    #[serde(default)]
    policy_keys: BTreeMap<String, PolicyKeyTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientTable {
    id: String,
    name: Option<String>,
    tenant: Option<String>,
    #[serde(rename = "type")]
    kind: ClientType,
    secret: Option<Source>,
    #[serde(default)]
    redirect_uris: Vec<String>,
    #[serde(default)]
    post_logout_redirect_uris: Vec<String>,
    /// Whether `authorize` may answer with ID tokens and access tokens itself.
    #[serde(default)]
    implicit_id_token: bool,
    #[serde(default)]
    implicit_access_token: bool,
    #[serde(default)]
    api: Vec<ApiTable>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ClientType {
    /// On the person's device.
    Public,
    /// In the browser.
    SinglePage,
    /// On a server.
    Confidential,
}

/// An API that a client may call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApiTable {
    identifier: String,
    audience: String,
    scopes: Vec<String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyKeyTable {
    file: Option<PathBuf>,
    env: Option<String>,
    #[serde(default)]
    generated: bool,
    rotate_days: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitsTable {
    #[serde(default)]
    approval: RulesTable,
    #[serde(default)]
    verification: RulesTable,
    #[serde(default)]
    password: RulesTable,
    #[serde(default)]
    message: RulesTable,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesTable {
    attempts: Option<u32>,
    window_seconds: Option<u64>,
    lock_seconds: Option<u64>,
    grow_after: Option<u32>,
    longest_lock_seconds: Option<u64>,
    in_all: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MessagesTable {
    from: String,
    from_name: Option<String>,
    sendgrid: Option<SendGridTable>,
    smtp: Option<SmtpTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SendGridTable {
    api_key: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SmtpTable {
    host: String,
    port: Option<u16>,
    #[serde(default)]
    security: SecurityName,
    username: Option<String>,
    password: Option<Source>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SecurityName {
    Tls,
    #[default]
    StartTls,
    None,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutboundTable {
    #[serde(default)]
    rewrite: IndexMap<String, Url>,
    #[serde(default)]
    allowed_hosts: Vec<String>,
    #[serde(default)]
    allowed_networks: Vec<IpNet>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct HintsTable {
    leeway_seconds: Option<u64>,
    longest_life_seconds: Option<u64>,
    #[serde(default)]
    match_nonce: bool,
    #[serde(default)]
    key_hosts: Vec<String>,
}

impl Config {
    /// Reads a file, and the environment over it.
    ///
    /// # Errors
    ///
    /// The file, or a secret that it names, cannot be read; a key is unknown or missing; values contradict each other.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        if !path.is_file() {
            return Err(ConfigError { problems: vec![format!("there is no file `{}`", path.display())] });
        }
        let toml = Toml::file_exact(path);
        let holders = holders_of_secrets(&toml);
        let environment = Env::prefixed(PREFIX).filter(move |name| {
            let name = name.as_str().to_lowercase();
            !holders.contains(&name) && !NOT_KEYS.contains(&name.as_str())
        });
        let figment = Figment::from(toml).merge(environment.split("__"));
        let file: File = figment.extract().map_err(|error| worded(error, path))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let config = Reading { folder, problems: Vec::new() }.config(file)?;
        config.check()?;
        Ok(config)
    }
}

/// Variables that the file names as holders of secrets, without the prefix: they are values, not keys.
fn holders_of_secrets(toml: &impl Provider) -> BTreeSet<String> {
    fn walk(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Dict(_, table) => walk_table(table, found),
            Value::Array(_, items) => items.iter().for_each(|item| walk(item, found)),
            _ => {}
        }
    }
    fn walk_table(table: &Dict, found: &mut BTreeSet<String>) {
        for (key, value) in table {
            match value.as_str().and_then(|name| name.strip_prefix(PREFIX)) {
                Some(name) if key == "env" => drop(found.insert(name.to_lowercase())),
                _ => walk(value, found),
            }
        }
    }
    let mut found = BTreeSet::new();
    // A file that cannot be read is reported where it is read for good.
    for table in toml.data().unwrap_or_default().values() {
        walk_table(table, &mut found);
    }
    found
}

fn worded(error: figment::Error, path: &Path) -> ConfigError {
    let problem = |error: figment::Error| {
        let key = error.path.join(".");
        let file = path.display();
        match &error.kind {
            Kind::UnknownField(name, known) => {
                let near = nearest_word(name, known).map(|near| format!("; did you mean `{near}`?"));
                let place =
                    [key.as_str(), name].iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(".");
                // Figment may or may not count the unknown key as part of the path.
                let place = if key.rsplit('.').next() == Some(name) { &key } else { &place };
                let known = || format!("; known here: {}", known.join(", "));
                format!("{file}: unknown key `{place}`{}", near.unwrap_or_else(known))
            }
            Kind::MissingField(name) if key.is_empty() => format!("{file}: `{name}` is missing"),
            Kind::MissingField(name) => format!("{file}: `{key}.{name}` is missing"),
            kind if key.is_empty() => format!("{file}: {kind}"),
            kind => format!("{file}: `{key}`: {kind}"),
        }
    };
    ConfigError { problems: error.into_iter().map(problem).collect() }
}

/// Turns what is written into what is meant, fetching secrets on the way.
struct Reading<'a> {
    folder: &'a Path,
    problems: Vec<String>,
}

impl Reading<'_> {
    fn config(mut self, file: File) -> Result<Config, ConfigError> {
        let tenants: Vec<_> = file.tenant.into_iter().map(|tenant| self.tenant(tenant)).collect();
        let only = tenants.first().filter(|_| tenants.len() == 1).map(|tenant: &TenantConfig| tenant.name.clone());
        let config = Config {
            public_urls: file.public_urls,
            listen: file.listen,
            trusted_proxies: file.trusted_proxies,
            development: file.development,
            sandbox: file.sandbox,
            database: Database { url: file.database.url },
            key_encryption: KeyEncryption {
                current: self.sealing_key("key_encryption_key", &file.key_encryption_key),
                previous: file
                    .previous_key_encryption_keys
                    .iter()
                    .map(|source| self.sealing_key("previous_key_encryption_keys", source))
                    .collect(),
            },
            tenants,
            clients: file.client.into_iter().map(|client| self.client(client, only.as_deref())).collect(),
            policy_keys: self.policy_keys("policy_keys", file.policy_keys),
            missing_policy_keys: MissingPolicyKeys::Refuse,
            limits: limits(&file.limits),
            messages: file.messages.and_then(|messages| self.messages(messages)),
            outbound: self.outbound(file.outbound),
            hints: hints(file.hints),
        };
        if self.problems.is_empty() { Ok(config) } else { Err(ConfigError { problems: self.problems }) }
    }

    fn problem(&mut self, text: String) {
        self.problems.push(text);
    }

    fn path(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }

    /// The text of a secret, without the line end that editors add.
    fn secret(&mut self, key: &str, file: Option<&Path>, env: Option<&str>) -> Option<Secret> {
        let text = match (file, env) {
            (Some(file), None) => {
                let path = self.path(file);
                std::fs::read_to_string(&path).map_err(|error| format!("`{key}`: {}: {error}", path.display()))
            }
            (None, Some(name)) => {
                std::env::var(name).map_err(|_| format!("`{key}`: the environment has no readable variable `{name}`"))
            }
            _ => Err(format!("`{key}` must be either `{{ file = \"…\" }}` or `{{ env = \"…\" }}`")),
        };
        match text.map(Zeroizing::new) {
            Ok(text) => Some(Secret::new(text.trim_end_matches(['\r', '\n']))),
            Err(problem) => {
                self.problem(problem);
                None
            }
        }
    }

    fn source(&mut self, key: &str, source: &Source) -> Option<Secret> {
        self.secret(key, source.file.as_deref(), source.env.as_deref())
    }

    /// Zeros where there is a problem: nothing is sealed with them, since a problem stops the start.
    fn sealing_key(&mut self, key: &str, source: &Source) -> [u8; KEY_LENGTH] {
        let Some(text) = self.source(key, source) else { return [0; KEY_LENGTH] };
        decode_key(text.expose().trim()).unwrap_or_else(|| {
            self.problem(format!("`{key}` must be {KEY_LENGTH} random bytes, in base64 or hexadecimal"));
            [0; KEY_LENGTH]
        })
    }

    fn tenant(&mut self, table: TenantTable) -> TenantConfig {
        let mut settings = Settings::default();
        for (name, value) in table.settings {
            settings.set(&name, value);
        }
        TenantConfig {
            policy_keys: self.policy_keys(&format!("tenant.{}.policy_keys", table.name), table.policy_keys),
            name: table.name,
            id: table.id.to_lowercase(),
            policies: vec![self.path(&table.policies)],
            environment: table.environment,
            settings,
            allow_unsupported: table.allow_unsupported.into_iter().map(Name::from).collect(),
        }
    }

    fn client(&mut self, table: ClientTable, only_tenant: Option<&str>) -> ClientConfig {
        let about = format!("client.{}", table.id);
        let tenant = table.tenant.or_else(|| only_tenant.map(str::to_owned));
        if tenant.is_none() {
            self.problem(format!("`{about}.tenant` is missing: there are several tenants"));
        }
        let client = Client {
            redirect_uris: self.addresses(&about, &table.redirect_uris),
            logout_redirect_uris: self.addresses(&about, &table.post_logout_redirect_uris),
            front_channel: FrontChannel {
                id_token: table.implicit_id_token,
                access_token: table.implicit_access_token,
            },
            apis: table.api.into_iter().map(api).collect(),
            ..Client::new(table.id.clone(), self.client_kind(&about, table.kind, table.secret.as_ref()))
        };
        ClientConfig { tenant: tenant.unwrap_or_default(), name: table.name.unwrap_or(table.id), client }
    }

    fn client_kind(&mut self, about: &str, kind: ClientType, secret: Option<&Source>) -> ClientKind {
        match (kind, secret) {
            (ClientType::Public, None) => ClientKind::Native,
            (ClientType::SinglePage, None) => ClientKind::SinglePage,
            (ClientType::Confidential, Some(source)) => {
                let secret = self.source(&format!("{about}.secret"), source);
                // Without one a problem was noted, and the server does not start.
                ClientKind::Confidential(secret.iter().map(|secret| oidc::Secret::new(secret.expose())).collect())
            }
            (ClientType::Public | ClientType::SinglePage, Some(_)) => {
                self.problem(format!("`{about}`: a public client cannot keep a secret"));
                ClientKind::Native
            }
            (ClientType::Confidential, None) => {
                self.problem(format!("`{about}`: a confidential client needs a `secret`"));
                ClientKind::Confidential(Vec::new())
            }
        }
    }

    fn addresses(&mut self, about: &str, written: &[String]) -> Vec<RedirectUri> {
        let mut addresses = Vec::with_capacity(written.len());
        for text in written {
            match RedirectUri::parse(text) {
                Ok(address) => addresses.push(address),
                Err(fault) => self.problem(format!("`{about}`: `{text}`: {fault}")),
            }
        }
        addresses
    }

    fn policy_keys(&mut self, at: &str, tables: BTreeMap<String, PolicyKeyTable>) -> BTreeMap<Name, PolicyKey> {
        let keys = tables.into_iter().filter_map(|(name, table)| {
            let key = format!("{at}.{name}");
            Some((Name::new(&name), self.policy_key(&key, &table)?))
        });
        keys.collect()
    }

    fn policy_key(&mut self, key: &str, table: &PolicyKeyTable) -> Option<PolicyKey> {
        let kept_elsewhere = table.file.is_some() || table.env.is_some();
        match (table.generated, kept_elsewhere) {
            (true, false) => {
                let days = |days: u64| seconds(days.saturating_mul(SECONDS_PER_DAY));
                Some(PolicyKey::Generated { rotate_after: table.rotate_days.filter(|days| *days > 0).map(days) })
            }
            (false, true) if table.rotate_days.is_none() => {
                self.secret(key, table.file.as_deref(), table.env.as_deref()).map(PolicyKey::Value)
            }
            (false, true) => {
                self.problem(format!("`{key}`: only what is `generated` can be rotated"));
                None
            }
            _ => {
                self.problem(format!("`{key}` must have exactly one of `file`, `env` and `generated = true`"));
                None
            }
        }
    }

    fn messages(&mut self, table: MessagesTable) -> Option<Messages> {
        let delivery = match (table.sendgrid, table.smtp) {
            (Some(sendgrid), None) => {
                Delivery::SendGrid { api_key: self.source("messages.sendgrid.api_key", &sendgrid.api_key)? }
            }
            (None, Some(smtp)) => Delivery::Smtp(self.smtp(smtp)?),
            _ => {
                self.problem("`messages` must have exactly one of `sendgrid` and `smtp`".to_owned());
                return None;
            }
        };
        Some(Messages { from: table.from, from_name: table.from_name, delivery })
    }

    fn smtp(&mut self, table: SmtpTable) -> Option<Smtp> {
        let credentials = match (table.username, table.password) {
            (Some(username), Some(password)) => Some((username, self.source("messages.smtp.password", &password)?)),
            (None, None) => None,
            _ => {
                self.problem("`messages.smtp`: `username` and `password` go together".to_owned());
                return None;
            }
        };
        let (security, port) = match table.security {
            SecurityName::Tls => (SmtpSecurity::Tls, 465),
            SecurityName::StartTls => (SmtpSecurity::StartTls, 587),
            SecurityName::None => (SmtpSecurity::None, 25),
        };
        Some(Smtp { host: table.host, port: table.port.unwrap_or(port), security, credentials })
    }

    fn outbound(&mut self, table: OutboundTable) -> OutboundConfig {
        let mut rewrite = Vec::with_capacity(table.rewrite.len());
        for (from, to) in table.rewrite {
            match Url::parse(&from) {
                Ok(from) => rewrite.push(Rewrite { from, to }),
                Err(error) => self.problem(format!("`outbound.rewrite`: `{from}` is not a URL: {error}")),
            }
        }
        OutboundConfig { rewrite, allowed_hosts: table.allowed_hosts, allowed_networks: table.allowed_networks }
    }
}

fn api(table: ApiTable) -> Api {
    Api { identifier: table.identifier, audience: table.audience, scopes: table.scopes }
}

fn seconds(count: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(count).unwrap_or(i64::MAX))
}

fn limits(table: &LimitsTable) -> Limits {
    let defaults = Limits::default();
    let over = |rules: LimitRules, table: &RulesTable| LimitRules {
        threshold: table.attempts.unwrap_or(rules.threshold),
        window: table.window_seconds.map_or(rules.window, seconds),
        lock: table.lock_seconds.map_or(rules.lock, seconds),
        grow_after: table.grow_after.unwrap_or(rules.grow_after),
        longest_lock: table.longest_lock_seconds.map_or(rules.longest_lock, seconds),
        absolute: table.in_all.or(rules.absolute),
    };
    Limits {
        approval: over(defaults.approval, &table.approval),
        verification: over(defaults.verification, &table.verification),
        password: over(defaults.password, &table.password),
        message: over(defaults.message, &table.message),
    }
}

fn hints(table: HintsTable) -> HintConfig {
    HintConfig {
        leeway: table.leeway_seconds.map_or(HintConfig::default().leeway, seconds),
        longest_life: table.longest_life_seconds.map(seconds),
        match_nonce: table.match_nonce,
        key_hosts: table.key_hosts,
    }
}

/// A key in hexadecimal, or in any of the alphabets of base64.
fn decode_key(text: &str) -> Option<[u8; KEY_LENGTH]> {
    if text.len() == 2 * KEY_LENGTH && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let mut key = [0; KEY_LENGTH];
        for (at, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
        }
        return Some(key);
    }
    let engines = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD];
    engines.iter().find_map(|engine| engine.decode(text).ok()?.try_into().ok())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use journeyman_oidc::ClientKind;

    use super::{Config, ConfigError, Delivery, KEY_LENGTH, PolicyKey, decode_key};

    const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    const WHOLE: &str = r#"
        public_urls = ["https://login.example.com"]
        key_encryption_key = { file = "kek" }

        [database]
        url = "sqlite://journeyman.db"

        [[tenant]]
        name = "contoso.onmicrosoft.com"
        id = "6F9619FF-8B86-D011-B42D-00CF4FC964FF"
        policies = "policies"
        settings = { Region = "eu" }
        allow_unsupported = ["B2C_1A_Odd"]

        [[client]]
        id = "bank"
        type = "confidential"
        secret = { file = "bank-secret" }
        redirect_uris = ["https://bank.example.com/callback"]

        [policy_keys]
        B2C_1A_TokenSigningKeyContainer = { generated = true, rotate_days = 90 }
        B2C_1A_Rest = { file = "bank-secret" }

        [limits.approval]
        attempts = 3

        [messages]
        from = "no-reply@example.com"
        sendgrid = { api_key = { file = "bank-secret" } }

        [outbound]
        allowed_hosts = ["intranet.example.com"]
        allowed_networks = ["10.1.0.0/16"]

        [hints]
        leeway_seconds = 5
    "#;

    fn read(text: &str) -> Result<Config, ConfigError> {
        let root = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| fs::write(root.path().join(name), text).expect("a file can be written");
        write("kek", &format!("{KEY}\n"));
        write("bank-secret", "hush hush hush hush\n");
        write("journeyman.toml", text);
        Config::load(&root.path().join("journeyman.toml"))
    }

    fn problem(text: &str) -> String {
        read(text).expect_err("something is wrong with it").problems.join(" | ")
    }

    #[test]
    fn a_whole_file_means_what_it_says() {
        let config = read(WHOLE).expect("it is in order");
        assert_eq!(config.key_encryption.current[31], 31);
        let tenant = config.tenant("CONTOSO.onmicrosoft.com").expect("the tenant");
        assert_eq!(tenant.id, "6f9619ff-8b86-d011-b42d-00cf4fc964ff");
        assert!(tenant.policies[0].is_absolute(), "relative to the file: {:?}", tenant.policies);
        assert_eq!(tenant.settings.get("region"), Some("eu"));
        assert_eq!(config.clients[0].tenant, "contoso.onmicrosoft.com", "the only one");
        assert!(
            matches!(&config.clients[0].client.kind, ClientKind::Confidential(secrets) if secrets[0].expose() == "hush hush hush hush")
        );
        assert!(
            matches!(&config.policy_keys[&"B2C_1A_REST".into()], PolicyKey::Value(v) if v.expose() == "hush hush hush hush")
        );
        assert!(matches!(
            &config.policy_keys[&"b2c_1a_tokensigningkeycontainer".into()],
            PolicyKey::Generated { rotate_after: Some(after) } if after.as_hours() == 90 * 24
        ));
        assert_eq!((config.limits.approval.threshold, config.limits.password.threshold), (3, 10));
        assert!(matches!(config.messages.expect("mail").delivery, Delivery::SendGrid { .. }));
        assert_eq!(config.hints.leeway.as_secs(), 5);
    }

    #[test]
    fn nothing_secret_is_printed() {
        let config = read(&WHOLE.replace("sqlite://", "sqlite://user:hush@")).expect("it is in order");
        let printed = format!("{config:?}");
        assert!(!printed.contains("hush"), "{printed}");
        assert!(!printed.contains("31"), "{printed}");
    }

    #[test]
    fn unknown_keys_are_refused_with_the_nearest_known_one() {
        for (right, wrong, said) in [
            ("public_urls", "public_url", "unknown key `public_url`; did you mean `public_urls`?"),
            ("policies =", "polices =", "unknown key `tenant.0.polices`; did you mean `policies`?"),
            ("rotate_days", "rotate_dais", "did you mean `rotate_days`?"),
            ("allowed_hosts", "whatever", "unknown key `outbound.whatever`; known here: rewrite, allowed_hosts"),
            ("\"confidential\"", "\"confident\"", "`client.0.type`"),
        ] {
            let said_now = problem(&WHOLE.replace(right, wrong));
            assert!(said_now.contains(said), "{said_now}");
        }
    }

    #[test]
    fn what_is_missing_or_contradicts_itself_is_named() {
        let with = |right: &str, wrong: &str| problem(&WHOLE.replace(right, wrong));
        for (right, wrong, said) in [
            ("key_encryption_key = { file = \"kek\" }", "", "`key_encryption_key` is missing"),
            ("file = \"kek\"", "file = \"bank-secret\"", "`key_encryption_key` must be 32 random bytes"),
            ("file = \"kek\"", "file = \"nowhere\"", "nowhere"),
            ("file = \"kek\"", "env = \"SURELY_NOT_SET\"", "no readable variable `SURELY_NOT_SET`"),
            ("file = \"kek\"", "file = \"kek\", env = \"X\"", "must be either"),
            ("\"confidential\"", "\"public\"", "a public client cannot keep a secret"),
            ("secret = { file = \"bank-secret\" }", "", "a confidential client needs a `secret`"),
            ("https://login", "http://login", "must be https outside of development mode"),
            ("https://bank", "http://bank", "its scheme is not allowed"),
            ("/callback", "/*", "wildcard"),
            ("/callback", "/#a", "fragment"),
            ("attempts = 3", "attempts = 0", "with 0 attempts nobody gets in"),
            ("leeway_seconds = 5", "leeway_seconds = 301", "between 0 and 300"),
            ("6F9619FF-", "6F96", "`id` must be a GUID"),
            ("rotate_days = 90", "file = \"kek\"", "exactly one of"),
            ("[hints]", "[outbound.rewrite]\n\"https://a.example/\" = \"http://b/\"\n[hints]", "`sandbox` or"),
        ] {
            let said_now = with(right, wrong);
            assert!(said_now.contains(said), "{right} → {wrong}: {said_now}");
        }
        let rewriting = "[outbound.rewrite]\n\"https://a.example/\" = \"http://b/\"\n[hints]";
        let on = WHOLE.replace("[hints]", rewriting).replace("public_urls", "sandbox = true\n        public_urls");
        assert_eq!(read(&on).expect("a sandbox may rewrite").outbound.rewrite.len(), 1);
    }

    #[test]
    #[expect(clippy::result_large_err, reason = "the jail's own error type")]
    fn variables_go_over_the_file_and_holders_of_secrets_are_no_keys() {
        figment::Jail::expect_with(|jail| {
            jail.create_file("bank-secret", "hush hush hush hush")?;
            let text = WHOLE.replace("{ file = \"kek\" }", "{ env = \"JOURNEYMAN_KEK\" }");
            jail.create_file("journeyman.toml", &text)?;
            jail.set_env("JOURNEYMAN_KEK", KEY);
            jail.set_env("JOURNEYMAN_DATABASE__URL", "memory:");
            jail.set_env("JOURNEYMAN_LIMITS__PASSWORD__ATTEMPTS", "7");
            jail.set_env("JOURNEYMAN_SHARED", "/somewhere");
            let path = jail.directory().join("journeyman.toml");
            let config = Config::load(&path).map_err(|error| error.to_string())?;
            assert_eq!((config.database.url.as_str(), config.limits.password.threshold), ("memory:", 7));
            assert_eq!(config.key_encryption.current[31], 31);

            jail.set_env("JOURNEYMAN_DATABASE__URI", "memory:");
            let problems = Config::load(&path).expect_err("there is no such key").problems;
            assert!(problems[0].contains("did you mean `url`?"), "{problems:?}");
            Ok(())
        });
    }

    #[test]
    fn a_key_is_read_in_either_writing() {
        let hex: String = (0..32).map(|byte| format!("{byte:02X}")).collect();
        let urlsafe = KEY.trim_end_matches('=');
        for text in [KEY, &hex, urlsafe] {
            assert_eq!(decode_key(text).map(|key| key[31]), Some(31), "{text}");
        }
        for text in ["", "short", &hex[2..], &"é".repeat(KEY_LENGTH), "a passphrase that has 32 letters"] {
            assert_eq!(decode_key(text), None, "{text}");
        }
    }
}
