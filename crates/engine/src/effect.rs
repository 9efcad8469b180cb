//! What a journey asks of the world, as data, and what the world answers.
//!
//! The interpreter never calls out. It yields a [`Request`]; one driver carries it out and feeds the [`Reply`] back. A
//! request says whether it may be carried out twice, so that the driver knows what to do after a crash.

use std::fmt;

use indexmap::IndexMap;
use journeyman_claims::{ClaimValue, Name};
use serde::{Deserialize, Serialize};

/// A password, one-time code, token or message text. It can be sent and parked (the store encrypts what is parked), but
/// never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text. Whoever calls this is responsible for where it goes.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What a recording keeps instead.
    pub fn masked() -> Self {
        Self(MASKED.to_owned())
    }

    /// What a recording keeps instead of one that broke a rule of its claim.
    pub(crate) fn unfit() -> Self {
        Self(UNFIT.to_owned())
    }
}

/// Stands in a recording for a secret.
pub(crate) const MASKED: &str = "•••";
/// Stands in a recording for a typed secret that the page did not accept.
pub(crate) const UNFIT: &str = "•••?";

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// One request of a journey to the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Unique over all journeys and stable over a crash: the store recognises a write that it has done already.
    pub intent: String,
    /// Whether it may be carried out again when the answer was lost.
    pub repeat: Repeat,
    /// What to do.
    pub effect: Effect,
}

/// Whether an effect may be carried out a second time after a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repeat {
    /// Reading, or a store operation that recognises its intent.
    Harmless,
    /// A message or a call to somebody else's service: after a crash it counts as [`Reply::Interrupted`].
    AtMostOnce,
}

/// What a journey can ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Effect {
    /// Check typed secrets against the rules of their claims ([`crate::Program::fault`] knows them), so that the
    /// interpreter never looks at them.
    InspectSecrets(Vec<SecretField>),
    /// Read or change the directory.
    Directory(DirectoryCall),
    /// Check a local account's password.
    CheckPassword {
        /// Any sign-in name of the account, or its user principal name.
        username: String,
        /// What was typed.
        password: Secret,
    },
    /// Make or check a one-time code.
    Code(CodeCall),
    /// Count an attempt of a person.
    Limit(LimitCall),
    /// Call a service.
    Http(HttpCall),
    /// Check an `id_token_hint`.
    VerifyHint(HintCheck),
    /// Make a digest with a policy key, for a claims transformation.
    Digest(DigestCall),
    /// Send a verification code through the operator's own mail delivery.
    SendCodeMail {
        /// Destination.
        to: String,
        /// The code.
        code: Secret,
        /// Language tag of the message.
        language: String,
    },
}

/// The world's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// To [`Effect::InspectSecrets`]: the rules broken, none if all is well.
    Inspected(Vec<SecretFault>),
    /// To [`Effect::Directory`].
    Directory(DirectoryReply),
    /// To [`Effect::CheckPassword`].
    Password(PasswordReply),
    /// To [`Effect::Code`].
    Code(CodeReply),
    /// To [`Effect::Limit`].
    Limit(LimitReply),
    /// To [`Effect::Http`].
    Http(HttpReply),
    /// To [`Effect::VerifyHint`].
    Hint(HintReply),
    /// To [`Effect::Digest`]: nothing where the policy key has no value.
    Digest(Option<String>),
    /// To [`Effect::SendCodeMail`]: whether the message was handed over.
    Mail(bool),
    /// An at-most-once effect was begun before a crash; nobody knows whether it happened.
    Interrupted,
    /// The world could not do it (a database that is down); the journey ends with an error, nobody gets in.
    Failed,
}

impl Reply {
    /// The same answer without its secrets, as a recording keeps it.
    pub fn masked(&self) -> Self {
        match self {
            Self::Code(CodeReply::Generated(_)) => Self::Code(CodeReply::Generated(Secret::masked())),
            other => other.clone(),
        }
    }
}

/// A secret that was typed into a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecretField {
    /// The claim that it is for; its restriction and predicates hold the rules.
    pub claim: Name,
    /// What was typed.
    pub value: Secret,
    /// Another field of the page that must be equal, such as `reenterPassword`.
    pub same_as: Option<Name>,
    /// The content definition whose localized texts word a broken rule.
    pub content: Option<Name>,
}

/// A rule that a typed secret broke.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretFault {
    /// The claim.
    pub claim: Name,
    /// What to tell the person; absent where the two fields differ, which the page words itself.
    pub message: Option<String>,
}

/// How a user is found: one attribute and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryKey {
    /// The directory's own name: `objectId`, `signInNames.emailAddress`, `userPrincipalName`, `alternativeSecurityId`, …
    pub attribute: String,
    /// What it must be.
    pub value: String,
}

/// A directory operation; attributes by the directory's own names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DirectoryCall {
    /// Read all attributes of a user.
    Read {
        /// Who.
        key: DirectoryKey,
    },
    /// Create or update in one atomic step.
    Write {
        /// Who.
        key: DirectoryKey,
        /// What to store.
        attributes: IndexMap<String, ClaimValue>,
        /// Of these an existing value stays.
        keep: Vec<String>,
        /// A new password.
        password: Option<Secret>,
        /// Refuse when there is no such user.
        must_exist: bool,
        /// Refuse when there is one.
        must_not_exist: bool,
    },
    /// Remove attributes of a user.
    DeleteAttributes {
        /// Who.
        key: DirectoryKey,
        /// What to remove.
        attributes: Vec<String>,
    },
    /// Remove a user.
    DeleteUser {
        /// Who.
        key: DirectoryKey,
    },
}

/// The directory's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DirectoryReply {
    /// The user as it stands now, after a read or write. `created` is true when this very call (or the same intent
    /// before a crash) created it.
    User {
        /// Attributes by the directory's own names, `objectId` among them; never a password.
        attributes: IndexMap<String, ClaimValue>,
        /// Whether it is new.
        created: bool,
    },
    /// There is no such user.
    NotFound,
    /// There is one already, or a sign-in name belongs to somebody else.
    AlreadyExists,
    /// Removed.
    Deleted,
    /// The directory refuses a value: the attribute, and why in words for the log.
    Refused {
        /// Which attribute.
        attribute: String,
        /// Why.
        reason: String,
    },
}

/// What a password check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PasswordReply {
    /// It is right.
    Correct {
        /// Attributes of the account, as a directory read gives them.
        attributes: IndexMap<String, ClaimValue>,
    },
    /// It is wrong, or there is no such account: `known` says which, for policies that word it differently. It took as
    /// long either way.
    Wrong {
        /// Whether the account exists.
        known: bool,
    },
    /// Too many wrong ones.
    Locked,
    /// The account is disabled.
    Disabled,
    /// The password must be changed first.
    Expired,
}

/// A one-time code operation. Codes belong to a scope (a journey) and an identifier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CodeCall {
    /// Make a code, or hand out the living one again.
    Generate {
        /// The journey.
        scope: String,
        /// Who it is for.
        identifier: String,
        /// The profile's settings.
        settings: CodeSettings,
    },
    /// Reserve an attempt, then compare, in one atomic step.
    Verify {
        /// The journey.
        scope: String,
        /// Who it was for.
        identifier: String,
        /// What was typed.
        code: Secret,
    },
}

/// The seven settings of a one-time-password profile, `Operation` aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeSettings {
    /// `CodeExpirationInSeconds`: life of a code and length of the lock-out.
    pub expiration_seconds: u32,
    /// `CodeLength`.
    pub length: u32,
    /// `CharacterSet`, expanded: each character that a code may hold, once.
    pub characters: String,
    /// `NumRetryAttempts`: tries in all.
    pub retry_attempts: u32,
    /// `NumCodeGenerationAttempts`: codes in all, per identifier.
    pub generation_attempts: u32,
    /// `ReuseSameCode`.
    pub reuse_same_code: bool,
}

/// What became of a code operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CodeReply {
    /// The code to deliver.
    Generated(Secret),
    /// It matched, for the first time.
    Verified,
    /// It was refused.
    Refused(CodeRefusal),
}

/// Why a code operation was refused; each is a message key of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeRefusal {
    /// Expired, or never made for that identifier.
    SessionDoesNotExist,
    /// All attempts are used up.
    MaxRetryAttempted,
    /// All codes are used up.
    MaxNumberOfCodeGenerated,
    /// Wrong, and it was the last attempt.
    InvalidCode,
    /// Wrong, and another try is allowed.
    VerificationFailedRetryAllowed,
    /// Two operations met.
    SessionConflict,
}

impl CodeRefusal {
    /// The message key that policies declare and localize.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::SessionDoesNotExist => "UserMessageIfSessionDoesNotExist",
            Self::MaxRetryAttempted => "UserMessageIfMaxRetryAttempted",
            Self::MaxNumberOfCodeGenerated => "UserMessageIfMaxNumberOfCodeGenerated",
            Self::InvalidCode => "UserMessageIfInvalidCode",
            Self::VerificationFailedRetryAllowed => "UserMessageIfVerificationFailedRetryAllowed",
            Self::SessionConflict => "UserMessageIfSessionConflict",
        }
    }
}

/// Counting across browsers and journeys, beside the language's own counters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LimitCall {
    /// Reserve one attempt.
    Attempt {
        /// A person (`user:{objectId}`) or an identifier (`to:{address}`).
        subject: String,
        /// What is attempted.
        purpose: LimitPurpose,
    },
    /// The reserved attempt succeeded: forget the failures.
    Succeeded {
        /// As reserved.
        subject: String,
        /// As reserved.
        purpose: LimitPurpose,
    },
}

/// What is counted apart from what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LimitPurpose {
    /// Codes that approve what a signed hint asked for.
    Approval,
    /// Any other code.
    Verification,
    /// Passwords.
    Password,
    /// Messages sent to a destination or on behalf of a person.
    Message,
}

/// Whether the attempt may go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LimitReply {
    /// Yes; so many failures are left after this one.
    Allowed {
        /// Attempts left if this one fails.
        remaining: u32,
    },
    /// No, for so many seconds.
    Blocked {
        /// Seconds until the next attempt is allowed.
        seconds: u64,
    },
}

/// A call to a service. Policy keys go by name; the driver puts their values in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HttpCall {
    /// `GET` or `POST`.
    pub method: HttpMethod,
    /// Absolute.
    pub url: String,
    /// Headers that the policy asks for.
    pub headers: Vec<(String, Secret)>,
    /// How the caller proves who it is.
    pub authentication: HttpAuthentication,
    /// Content type and text.
    pub body: Option<(String, Secret)>,
    /// Seconds until it counts as timed out.
    pub timeout_seconds: u32,
}

/// The two methods that the language uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "HTTP's own names")]
pub enum HttpMethod {
    Get,
    Post,
}

/// `AuthenticationType`; names are those of policy keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HttpAuthentication {
    /// None.
    None,
    /// Basic.
    Basic {
        /// Key that holds the user name.
        username: Name,
        /// Key that holds the password.
        password: Name,
    },
    /// Bearer with a stored token.
    BearerKey(Name),
    /// Bearer with a token from a claim.
    Bearer(Secret),
    /// A header with a stored secret.
    ApiKey {
        /// Header name.
        header: String,
        /// Key that holds the value.
        key: Name,
    },
    /// Mutual TLS.
    ClientCertificate(Name),
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HttpReply {
    /// An answer, whatever its status.
    Answered {
        /// HTTP status.
        status: u16,
        /// The body as text; at most the driver's limit.
        body: String,
    },
    /// No answer.
    Failed(HttpFailure),
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HttpFailure {
    /// The name does not resolve.
    Dns,
    /// No connection.
    Connect,
    /// No answer in time.
    Timeout,
    /// The service failed so often that it is not asked for a while.
    CircuitOpen,
    /// The address is private, or the body too large.
    Refused,
    /// A policy key that the call needs has no value.
    MissingKey,
}

/// A digest to make: [`journeyman_claims::transformations::keyed_digest`] with the text of a policy key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestCall {
    /// The policy key.
    pub key: Name,
    /// What makes equal texts differ.
    pub salt: Secret,
    /// The text.
    pub plaintext: Secret,
}

/// An `id_token_hint` to check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HintCheck {
    /// The token as it came.
    pub token: Secret,
    /// Where its keys are published.
    pub metadata: Option<String>,
    /// Or the policy key with the shared secret.
    pub secret_key: Option<Name>,
    /// The issuer to insist on; absent: the one of the metadata.
    pub issuer: Option<String>,
    /// The audience to insist on; absent: this engine's issuer, or the client that asks.
    pub audience: Option<String>,
}

/// What the check found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum HintReply {
    /// Its claims, as JSON.
    Accepted(serde_json::Map<String, serde_json::Value>),
    /// Refused, with the AADB2C number.
    Refused(u32),
}
