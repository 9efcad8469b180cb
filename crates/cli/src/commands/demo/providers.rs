//! Policies call the real providers; here is what turns those calls to the sandbox, and gives policies its credentials.
//!
//! Both follow from the policies themselves: which provider a REST profile calls, and which policy keys it does so with.

use std::collections::BTreeMap;

use journeyman_claims::Name;
use journeyman_policy::PolicySet;
use journeyman_policy::model::TechnicalProfile;
use journeyman_sandbox::{
    DEMO_ACCOUNT_SID, DEMO_AUTH_TOKEN, DEMO_MAILJET_KEY, DEMO_MAILJET_SECRET, DEMO_SENDGRID_KEY, DEMO_SERVICE_SID,
};
use journeyman_server::config::{PolicyKey, Rewrite};
use url::Url;

use super::secret;

/// A provider that the sandbox stands in for.
struct Provider {
    /// Where the real one is.
    origin: &'static str,
    /// Path of the stand-in.
    stand_in: &'static str,
    /// What stands before an id of the customer's in its paths, and the sandbox's id.
    owner: Option<(&'static str, &'static str)>,
    /// Credentials, by the id that a profile gives the key.
    credentials: &'static [(&'static str, &'static str)],
}

const USER_NAME: &str = "BasicAuthenticationUsername";
const PASSWORD: &str = "BasicAuthenticationPassword";
const TOKEN: &str = "BearerAuthenticationToken";

const PROVIDERS: &[Provider] = &[
    Provider {
        origin: "https://verify.twilio.com/",
        stand_in: "twilio-verify",
        owner: Some(("/v2/Services/", DEMO_SERVICE_SID)),
        credentials: &[(USER_NAME, DEMO_ACCOUNT_SID), (PASSWORD, DEMO_AUTH_TOKEN)],
    },
    Provider {
        origin: "https://api.twilio.com/",
        stand_in: "twilio-api",
        owner: Some(("/2010-04-01/Accounts/", DEMO_ACCOUNT_SID)),
        credentials: &[(USER_NAME, DEMO_ACCOUNT_SID), (PASSWORD, DEMO_AUTH_TOKEN)],
    },
    Provider {
        origin: "https://api.sendgrid.com/",
        stand_in: "sendgrid",
        owner: None,
        credentials: &[(TOKEN, DEMO_SENDGRID_KEY)],
    },
    Provider {
        origin: "https://api.mailjet.com/",
        stand_in: "mailjet",
        owner: None,
        credentials: &[(USER_NAME, DEMO_MAILJET_KEY), (PASSWORD, DEMO_MAILJET_SECRET)],
    },
];

/// Where the walkthrough's policies look for the bank.
const BANK: &str = "https://psd2demo.azurewebsites.net/";

/// Turns calls of these policies to the providers to the sandbox, and those to the bank to the bank.
///
/// Whoever wrote a policy put an id of theirs, or a placeholder for one, into the provider's paths: it becomes the
/// sandbox's.
pub(super) fn rewrites<'a>(sets: impl Iterator<Item = &'a PolicySet>, sandbox: &Url, bank: &Url) -> Vec<Rewrite> {
    let mut rewrites = vec![Rewrite { from: constant(BANK), to: bank.clone() }];
    for provider in PROVIDERS {
        rewrites.push(Rewrite { from: constant(provider.origin), to: provider.below(sandbox, "") });
    }
    for (provider, called) in sets.flat_map(calls) {
        let Some((before, own)) = provider.owner else { continue };
        let id = called.path().strip_prefix(before).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        let mut from = constant(provider.origin);
        from.set_path(&format!("{before}{id}"));
        if !id.is_empty() && id != own && !rewrites.iter().any(|known| known.from == from) {
            rewrites.push(Rewrite { from, to: provider.below(sandbox, &format!("{before}{own}")) });
        }
    }
    rewrites
}

/// Policy keys with the sandbox's credentials, by the names under which the policies know them.
pub(super) fn keys(set: &PolicySet) -> BTreeMap<Name, PolicyKey> {
    let mut keys = BTreeMap::new();
    for profile in profiles(set) {
        let Some((provider, _)) = call(profile) else { continue };
        for (id, value) in provider.credentials {
            if let Some(reference) = profile.keys.get(&Name::new(id)) {
                keys.entry(reference.value.clone()).or_insert_with(|| PolicyKey::Value(secret(*value)));
            }
        }
    }
    keys
}

fn profiles(set: &PolicySet) -> impl Iterator<Item = &TechnicalProfile> {
    set.policies.iter().flat_map(|policy| policy.technical_profiles.values())
}

fn calls(set: &PolicySet) -> impl Iterator<Item = (&'static Provider, Url)> {
    profiles(set).filter_map(call)
}

/// The provider that a profile calls, and the address.
fn call(profile: &TechnicalProfile) -> Option<(&'static Provider, Url)> {
    let called = Url::parse(profile.metadata("ServiceUrl")?).ok()?;
    let provider = PROVIDERS.iter().find(|provider| constant(provider.origin).origin() == called.origin())?;
    Some((provider, called))
}

impl Provider {
    fn below(&self, sandbox: &Url, path: &str) -> Url {
        let mut url = sandbox.clone();
        url.set_path(&format!("/{}{path}", self.stand_in));
        url
    }
}

fn constant(url: &str) -> Url {
    Url::parse(url).expect("a constant address parses")
}

#[cfg(test)]
mod tests {
    use journeyman_policy::Settings;
    use journeyman_policy::source::Sources;

    use super::*;

    fn set() -> PolicySet {
        let profile = |id: &str, url: &str, keys: &str| {
            format!(
                "<TechnicalProfile Id=\"{id}\"><Metadata><Item Key=\"ServiceUrl\">{url}</Item></Metadata>\
                 <CryptographicKeys>{keys}</CryptographicKeys></TechnicalProfile>"
            )
        };
        let key = |id: &str, name: &str| format!("<Key Id=\"{id}\" StorageReferenceId=\"{name}\" />");
        let profiles = [
            profile("a", "https://verify.twilio.com/v2/Services/mine/Verifications", &key(USER_NAME, "B2C_1A_User")),
            profile("b", "https://verify.twilio.com/v2/Services/mine/VerificationCheck", &key(PASSWORD, "B2C_1A_Pass")),
            profile("c", "https://api.sendgrid.com/v3/mail/send", &key(TOKEN, "B2C_1A_Mail")),
            profile("d", "https://example.com/", &key(TOKEN, "B2C_1A_Other")),
        ];
        let text = format!(
            "<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" PolicySchemaVersion=\"0.3.0.0\" \
             TenantId=\"t\" PolicyId=\"B2C_1A_X\" PublicPolicyUri=\"http://t\"><ClaimsProviders><ClaimsProvider><TechnicalProfiles>{}</TechnicalProfiles>\
             </ClaimsProvider></ClaimsProviders></TrustFrameworkPolicy>",
            profiles.concat()
        );
        let mut sources = Sources::default();
        sources.add("x.xml", text);
        PolicySet::compile(sources, &Settings::default())
    }

    #[test]
    fn an_id_of_somebody_elses_becomes_the_sandboxs() {
        let rewrites = rewrites([set()].iter(), &constant("http://localhost:4002"), &constant("http://127.0.0.1:4001"));
        let to = |from: &str| {
            let found = rewrites.iter().find(|rewrite| rewrite.from.as_str() == from);
            found.map(|rewrite| rewrite.to.to_string()).unwrap_or_default()
        };
        let service = format!("http://localhost:4002/twilio-verify/v2/Services/{DEMO_SERVICE_SID}");
        assert_eq!(to("https://verify.twilio.com/v2/Services/mine"), service);
        assert_eq!(to("https://verify.twilio.com/"), "http://localhost:4002/twilio-verify");
        assert_eq!(to(BANK), "http://127.0.0.1:4001/");
        assert_eq!(rewrites.len(), PROVIDERS.len() + 2, "one a service");
    }

    #[test]
    fn keys_have_the_credentials_of_the_provider_that_is_called_with_them() {
        let keys = keys(&set());
        let value = |name: &str| match keys.get(&Name::new(name)) {
            Some(PolicyKey::Value(text)) => text.expose().to_owned(),
            _ => String::new(),
        };
        assert_eq!(value("B2C_1A_User"), DEMO_ACCOUNT_SID);
        assert_eq!(value("B2C_1A_Pass"), DEMO_AUTH_TOKEN);
        assert_eq!(value("B2C_1A_Mail"), DEMO_SENDGRID_KEY);
        assert_eq!(keys.len(), 3);
    }
}
