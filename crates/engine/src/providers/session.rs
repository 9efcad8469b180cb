//! Session providers: what is remembered of a step, so that a later journey need not repeat it.

use serde::{Deserialize, Serialize};

use crate::providers::{Binding, Bound, Declaration, MetadataKey, Place, ValueKind};

/// How a session profile treats the profiles that refer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SessionKind {
    /// Remembers nothing; the profile always runs.
    Noop,
    /// Remembers its persisted claims; the profile is skipped while they are remembered.
    Default,
    /// Remembers which identity provider was used.
    External,
    /// Remembers which applications got tokens.
    Application,
}

const fn declare(
    title: &'static str,
    handler: &'static str,
    metadata: &'static [MetadataKey],
    bind: fn(&mut Binding<'_>) -> Bound,
) -> Declaration {
    Declaration {
        title,
        protocols: &["Proprietary"],
        handler: Some(handler),
        metadata,
        places: &[Place::Session],
        bind,
        ..Declaration::EMPTY
    }
}

/// `NoopSSOSessionProvider`.
pub(super) const NOOP: Declaration =
    declare("No session", "NoopSSOSessionProvider", &[], |_| Bound::Session(SessionKind::Noop));

/// `DefaultSSOSessionProvider`.
pub(super) const DEFAULT: Declaration =
    declare("Session", "DefaultSSOSessionProvider", &[], |_| Bound::Session(SessionKind::Default));

/// `ExternalLoginSSOSessionProvider`.
pub(super) const EXTERNAL: Declaration = declare(
    "Session with an identity provider",
    "ExternalLoginSSOSessionProvider",
    &[MetadataKey::new("AlwaysFetchClaimsFromProvider", ValueKind::Boolean, "no longer used").without_effect()],
    |_| Bound::Session(SessionKind::External),
);

/// `OAuthSSOSessionProvider`.
pub(super) const OAUTH: Declaration =
    declare("Session of OpenID Connect applications", "OAuthSSOSessionProvider", &[], |_| {
        Bound::Session(SessionKind::Application)
    });

/// `SamlSSOSessionProvider`: part of SAML, which is not run yet; as a session it remembers nothing.
pub(super) const SAML: Declaration = declare(
    "Session of SAML parties",
    "SamlSSOSessionProvider",
    &[
        MetadataKey::flag("RegisterServiceProviders", "true", "applications are told when a person signs out")
            .without_effect(),
        MetadataKey::new("IncludeSessionIndex", ValueKind::Boolean, "no longer used").without_effect(),
    ],
    |_| Bound::Session(SessionKind::Noop),
);
