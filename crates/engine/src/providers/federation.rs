//! Identity providers, and what issues or answers in their protocols: understood, not run yet.

use journeyman_policy::model::TechnicalProfile;

use crate::providers::declaration::{issues, metadata_is};
use crate::providers::understood::UNDERSTOOD;
use crate::providers::{Declaration, KeyId, KeyKind, KnownClaim, MetadataKey, Place, ValueKind};

const CLIENT_ID: MetadataKey = MetadataKey::text("client_id", "the application at the provider").needed();
const PROVIDER_NAME: MetadataKey = MetadataKey::text("ProviderName", "name of the provider");
const AUDIENCE: MetadataKey =
    MetadataKey::text("IdTokenAudience", "whom ID tokens must be for, instead of `client_id`");
const RESPONSE_MODE: MetadataKey = MetadataKey::new(
    "response_mode",
    ValueKind::OneOf(&["query", "form_post", "fragment"]),
    "how the provider answers",
)
.or("form_post");
const RESPONSE_TYPES: MetadataKey =
    MetadataKey::text("response_types", "`code`, `id_token`, `token`, or several with a blank between");
const SCOPE: MetadataKey = MetadataKey::text("scope", "what is asked for");
const BINDING: MetadataKey =
    MetadataKey::new("HttpBinding", ValueKind::OneOf(&["GET", "POST"]), "verb of the token endpoint").or("POST");
const POLICY_IN_REDIRECT: MetadataKey =
    MetadataKey::flag("UsePolicyInRedirectUri", "false", "the redirect URI names the policy");
const LOGOUT: MetadataKey = MetadataKey::flag("SingleLogoutEnabled", "true", "signing out reaches the provider");
const CLIENT_AUTHENTICATION: MetadataKey = MetadataKey::new(
    "token_endpoint_auth_method",
    ValueKind::OneOf(&["client_secret_post", "client_secret_basic", "private_key_jwt"]),
    "how the token endpoint knows the client",
)
.or("client_secret_post");
const SIGNING_ALGORITHM: MetadataKey = MetadataKey::new(
    "token_signing_algorithm",
    ValueKind::OneOf(&["RS256", "RS512"]),
    "how a client assertion is signed",
)
.or("RS256");
const JSON_PATHS: MetadataKey =
    MetadataKey::flag("ResolveJsonPathsInJsonTokens", "false", "partner names of output claims are paths");
const ISSUER_PREFIXES: MetadataKey =
    MetadataKey::text("ValidTokenIssuerPrefixes", "what the issuer of a token may begin with, commas between");
const BY_ISSUER: MetadataKey =
    MetadataKey::flag("DiscoverMetadataByTokenIssuer", "false", "the configuration is that of the token's issuer");

const ASSERTION_KEY: KeyId = KeyId::new("assertion_signing_key", KeyKind::Rsa, "signs client assertions")
    .needed_when("`token_endpoint_auth_method` is `private_key_jwt`", asserts);

fn asserts(profile: &TechnicalProfile) -> bool {
    metadata_is(profile, "token_endpoint_auth_method", &["private_key_jwt"])
}

fn wants_code(profile: &TechnicalProfile) -> bool {
    let types = profile.metadata("response_types").unwrap_or_default();
    !asserts(profile) && types.split_whitespace().any(|one| one.eq_ignore_ascii_case("code"))
}

pub(super) const OPENID_CONNECT: Declaration = Declaration {
    title: "OpenID Connect identity provider",
    protocols: &["OpenIdConnect"],
    metadata: &[
        CLIENT_ID,
        MetadataKey::new("METADATA", ValueKind::Url, "the provider's OpenID configuration")
            .needed_when("no `authorization_endpoint`", |profile| profile.metadata("authorization_endpoint").is_none()),
        PROVIDER_NAME,
        MetadataKey::new("authorization_endpoint", ValueKind::Url, "instead of the configuration's"),
        MetadataKey::new("end_session_endpoint", ValueKind::Url, "instead of the configuration's"),
        MetadataKey::text("issuer", "instead of the configuration's"),
        AUDIENCE,
        RESPONSE_TYPES,
        RESPONSE_MODE,
        SCOPE,
        BINDING,
        POLICY_IN_REDIRECT,
        LOGOUT,
        CLIENT_AUTHENTICATION,
        SIGNING_ALGORITHM,
        ISSUER_PREFIXES,
        BY_ISSUER,
        MetadataKey::flag("MarkAsFailureOnStatusCode5xx", "false", "how telemetry counts a failing provider"),
        MetadataKey::flag("ReadBodyClaimsOnIdpRedirect", "false", "claims in the body of the answer are read, too"),
        JSON_PATHS,
        MetadataKey::text("resource", "key of an earlier protocol").without_effect(),
    ],
    open_metadata: true,
    keys: &[
        KeyId::new("client_secret", KeyKind::Secret, "shared with the provider")
            .needed_when("`response_types` has `code`, without a client assertion", wants_code),
        ASSERTION_KEY,
    ],
    claims: &[
        KnownClaim::input("domain_hint", "parameter of the request, as is every other input claim"),
        KnownClaim::input("login_hint", "parameter of the request"),
        KnownClaim::output("{oauth2:access_token}", "the provider's access token"),
        KnownClaim::output("sub", "member of the ID token, as is every other output claim without a default"),
    ],
    places: &[Place::Exchange],
    ..UNDERSTOOD
};

pub(super) const OAUTH2: Declaration = Declaration {
    title: "OAuth 2.0 identity provider",
    protocols: &["OAuth2"],
    metadata: &[
        CLIENT_ID,
        MetadataKey::new("authorization_endpoint", ValueKind::Url, "where the person signs in").needed(),
        MetadataKey::new("AccessTokenEndpoint", ValueKind::Url, "where the code becomes a token").needed(),
        MetadataKey::new("ClaimsEndpoint", ValueKind::Url, "where claims are read with the token")
            .needed_when("the token answer alone does not give the claims", |profile| {
                !issues(profile, "JWT") && profile.metadata("IdTokenAudience").is_none()
            }),
        MetadataKey::new("end_session_endpoint", ValueKind::Url, "where the person signs out"),
        PROVIDER_NAME,
        SCOPE,
        RESPONSE_MODE,
        RESPONSE_TYPES,
        POLICY_IN_REDIRECT,
        BINDING,
        MetadataKey::text("AdditionalRequestQueryParameters", "more parameters of the request, commas between"),
        MetadataKey::new(
            "AccessTokenResponseFormat",
            ValueKind::OneOf(&["Default", "Json", "JsonP"]),
            "form of the token answer",
        ),
        MetadataKey::text("ExtraParamsInAccessTokenEndpointResponse", "members of the token answer to keep"),
        MetadataKey::text("ClaimsEndpointAccessTokenName", "parameter that carries the token").or("access_token"),
        MetadataKey::new(
            "BearerTokenTransmissionMethod",
            ValueKind::OneOf(&["AuthorizationHeader", "QueryString"]),
            "how the token reaches the claims endpoint",
        )
        .or("QueryString"),
        MetadataKey::text("ClaimsEndpointFormatName", "name of a further parameter"),
        MetadataKey::text("ClaimsEndpointFormat", "value of that parameter"),
        MetadataKey::text("ExtraParamsInClaimsEndpointRequest", "members of the token answer to pass on"),
        MetadataKey::text("ClaimsResponseFormat", "`json`"),
        MetadataKey::text("ResponseErrorCodeParamName", "member that tells of an error in a good answer"),
        MetadataKey::text("external_user_identity_claim_id", "no longer used"),
        CLIENT_AUTHENTICATION,
        SIGNING_ALGORITHM,
        LOGOUT,
        AUDIENCE,
        ISSUER_PREFIXES,
        BY_ISSUER,
        JSON_PATHS,
    ],
    open_metadata: true,
    keys: &[
        KeyId::new("client_secret", KeyKind::Secret, "shared with the provider")
            .needed_when("no client assertion", |profile| !asserts(profile)),
        ASSERTION_KEY,
    ],
    claims: &[
        KnownClaim::output("{oauth2:access_token}", "the provider's access token"),
        KnownClaim::output("{oauth2:token_type}", "its type"),
        KnownClaim::output("{oauth2:expires_in}", "its life in seconds"),
        KnownClaim::output("{oauth2:refresh_token}", "the provider's refresh token"),
        KnownClaim::output("id", "member of the claims answer, as is every other output claim without a default"),
    ],
    places: &[Place::Exchange],
    ..UNDERSTOOD
};

pub(super) const OAUTH1: Declaration = Declaration {
    title: "OAuth 1.0 identity provider",
    protocols: &["OAuth1"],
    metadata: &[
        CLIENT_ID,
        MetadataKey::new("request_token_endpoint", ValueKind::Url, "where a request begins").needed(),
        MetadataKey::new("authorization_endpoint", ValueKind::Url, "where the person signs in").needed(),
        MetadataKey::new("access_token_endpoint", ValueKind::Url, "where the answer becomes a token").needed(),
        MetadataKey::new("ClaimsEndpoint", ValueKind::Url, "where claims are read"),
        MetadataKey::text("ClaimsResponseFormat", "`json`"),
        PROVIDER_NAME,
    ],
    open_metadata: true,
    keys: &[KeyId::new("client_secret", KeyKind::Secret, "shared with the provider").needed()],
    places: &[Place::Exchange],
    ..UNDERSTOOD
};

const SIGNATURE_ALGORITHM: MetadataKey = MetadataKey::new(
    "XmlSignatureAlgorithm",
    ValueKind::OneOf(&["Sha1", "Sha256", "Sha384", "Sha512"]),
    "how messages are signed",
);
const MILLISECONDS: MetadataKey =
    MetadataKey::flag("RemoveMillisecondsFromDateTime", "false", "times have whole seconds");

pub(super) const SAML: Declaration = Declaration {
    title: "SAML 2.0 identity provider",
    protocols: &["SAML2"],
    metadata: &[
        MetadataKey::text("PartnerEntity", "URL of the provider's metadata, or the metadata").needed(),
        MetadataKey::flag("WantsSignedRequests", "true", "requests are signed"),
        SIGNATURE_ALGORITHM.or("Sha1"),
        MetadataKey::flag("WantsSignedAssertions", "true", "assertions must be signed"),
        MetadataKey::flag("ResponsesSigned", "true", "answers must be signed"),
        MetadataKey::flag("WantsEncryptedAssertions", "false", "assertions must be encrypted"),
        MetadataKey::text("NameIdPolicyFormat", "format of the name asked for"),
        MetadataKey::new("NameIdPolicyAllowCreate", ValueKind::Boolean, "the provider may make a new name"),
        MetadataKey::text("AuthenticationRequestExtensions", "XML to put into requests"),
        MetadataKey::text("IncludeAuthnContextClassReferences", "how the person should sign in: URIs, commas between"),
        MetadataKey::new("IncludeKeyInfo", ValueKind::Boolean, "requests carry the public key"),
        MetadataKey::flag("ForceAuthN", "false", "the person must sign in anew"),
        MetadataKey::new("IdpInitiatedProfileEnabled", ValueKind::Boolean, "the provider may begin"),
        PROVIDER_NAME,
        MetadataKey::text("IssuerUri", "how requests name their sender"),
        LOGOUT,
        MILLISECONDS,
    ],
    open_metadata: true,
    keys: &[
        KeyId::new("SamlMessageSigning", KeyKind::Certificate, "signs requests").needed(),
        KeyId::new("SamlAssertionDecryption", KeyKind::Certificate, "decrypts assertions")
            .needed_when("`WantsEncryptedAssertions` is `true`", |profile| {
                profile.flag("WantsEncryptedAssertions") == Some(true)
            }),
        KeyId::new("MetadataSigning", KeyKind::Certificate, "signs our metadata"),
        KeyId::new("SamlAssertionSigning", KeyKind::Certificate, "seen in policies, no known effect"),
    ],
    claims: &[
        KnownClaim::input("subject", "name of the person in the request"),
        KnownClaim::output("assertionSubjectName", "name of the person in the answer, where nothing qualifies it"),
    ],
    places: &[Place::Exchange],
    ..UNDERSTOOD
};

pub(super) const SAML_ISSUER: Declaration = Declaration {
    title: "SAML token issuer",
    protocols: &["SAML2", "None"],
    metadata: &[
        MetadataKey::text("IssuerUri", "how answers name their sender"),
        SIGNATURE_ALGORITHM.or("Sha256"),
        MetadataKey::new(
            "TokenNotBeforeSkewInSeconds",
            ValueKind::Integer { min: 0, max: 3600 },
            "how far back an assertion is valid",
        )
        .or("0"),
        MetadataKey::new(
            "TokenLifeTimeInSeconds",
            ValueKind::Integer { min: 1, max: i64::MAX },
            "life of an assertion",
        )
        .or("300"),
        MILLISECONDS,
    ],
    keys: &[
        KeyId::new("SamlAssertionSigning", KeyKind::Certificate, "signs assertions"),
        KeyId::new("SamlMessageSigning", KeyKind::Certificate, "signs answers").needed(),
        KeyId::new("MetadataSigning", KeyKind::Certificate, "signs our metadata"),
    ],
    places: &[Place::Issuer],
    applies: |profile| issues(profile, "SAML2") || issues(profile, "SAML11"),
    ..UNDERSTOOD
};

pub(super) const WS_FEDERATION: Declaration = Declaration {
    title: "WS-Federation",
    protocols: &["WsFed", "WsTrust", "UProve11"],
    open_metadata: true,
    places: &[Place::Exchange, Place::Validation],
    ..UNDERSTOOD
};

/// The profile of a relying party that speaks SAML.
pub(super) const SAML_RELYING_PARTY: Declaration = Declaration {
    title: "SAML relying party",
    protocols: &["SAML2"],
    metadata: &[
        MetadataKey::flag("IdpInitiatedProfileEnabled", "false", "sign-on may begin here"),
        SIGNATURE_ALGORITHM,
        MetadataKey::new(
            "DataEncryptionMethod",
            ValueKind::OneOf(&["Aes256", "Aes192", "Aes128", "Sha512"]),
            "how assertions are encrypted",
        )
        .or("Aes256"),
        MetadataKey::new("KeyEncryptionMethod", ValueKind::OneOf(&["Rsa15", "RsaOaep"]), "how their key is")
            .or("Rsa15"),
        MetadataKey::flag("UseDetachedKeys", "false", "that key stands beside the data"),
        MetadataKey::flag("WantsEncryptedAssertions", "false", "assertions are encrypted"),
        MetadataKey::flag("WantsSignedResponses", "true", "answers are signed"),
        MILLISECONDS,
        MetadataKey::new(
            "RequestContextMaximumLengthInBytes",
            ValueKind::Integer { min: 0, max: 2048 },
            "most bytes of `RelayState`",
        )
        .or("1000"),
        MetadataKey::text("PartnerEntity", "URL of the application's metadata, or the metadata"),
        MetadataKey::text("IssuerUri", "how answers name their sender"),
        MetadataKey::new(
            "TokenLifeTimeInSeconds",
            ValueKind::Integer { min: 1, max: i64::MAX },
            "life of an assertion",
        ),
        MetadataKey::new(
            "TokenNotBeforeSkewInSeconds",
            ValueKind::Integer { min: 0, max: 3600 },
            "how far back an assertion is valid",
        ),
    ],
    places: &[Place::RelyingParty],
    ..UNDERSTOOD
};
