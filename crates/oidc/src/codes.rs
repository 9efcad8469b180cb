//! The catalogue of `AADB2C` errors that an application or a person can meet at the protocol endpoints.
//!
//! Numbers and meanings are those that applications look for; the sentences are ours. `{name}` in a sentence stands for
//! a value that [`Problem::with`](crate::Problem::with) fills in; whoever makes a problem of a code fills in all of them.

use crate::problem::OAuthError;

macro_rules! codes {
    ($($name:ident = $number:literal, $error:ident, $text:literal;)*) => {
        /// An error of the catalogue, by what it says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $text] $name,)*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The number after `AADB2C`.
            pub const fn number(self) -> u32 {
                match self { $(Self::$name => $number,)* }
            }

            /// What OAuth calls it.
            pub const fn error(self) -> OAuthError {
                match self { $(Self::$name => OAuthError::$error,)* }
            }

            /// The sentence, with `{name}` where a value belongs.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

impl Code {
    /// The code of a number; `None` for one that is not in the catalogue.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.number() == number)
    }
}

codes! {
    // Requests, applications, parameters.
    RedirectUriMissing = 90004, InvalidRequest, "The request does not say where to send the answer: redirect_uri is missing.";
    RedirectUriMalformed = 90005, InvalidRequest, "The redirect URI '{uri}' is not an absolute address that can be used.";
    RedirectUriNotRegistered = 90006, RedirectUriMismatch, "The redirect URI '{uri}' is not registered for the client '{client}'.";
    NoRedirectUris = 90007, InvalidRequest, "No redirect URI is registered for the client '{client}'.";
    ClientIdMissing = 90008, InvalidRequest, "The request does not name a client: client_id is missing.";
    NonceMissing = 90009, InvalidRequest, "An ID token by this response type needs a nonce, and the request has none.";
    ScopeMissing = 90010, InvalidRequest, "The request asks for nothing: scope is missing.";
    ClientFixedByPolicy = 90011, InvalidRequest, "The policy belongs to another client than '{client}'.";
    ScopeUnsupported = 90012, InvalidRequest, "The scope '{scope}' cannot be asked for here.";
    ResponseTypeUnsupported = 90013, UnsupportedResponseType, "The response type '{value}' is not supported.";
    ResponseModeUnsupported = 90014, InvalidRequest, "The response mode '{value}' is not supported for this response type.";
    MethodUnsupported = 90015, InvalidRequest, "The HTTP method is not supported here.";
    ClientUnknown = 90018, InvalidClient, "The client '{client}' is not registered in this tenant.";
    PostLogoutUriMissing = 90036, InvalidRequest, "The request does not say where to go after signing out.";
    PromptUnknown = 90043, InvalidRequest, "The prompt '{value}' is not understood; none, login, consent and select_account are, and none only alone.";
    ResourceScopeMissing = 90055, InvalidRequest, "The scope '{scope}' must name a resource.";
    ResourceNotAllowed = 90056, InvalidRequest, "The client may not use the resource that the scope '{scope}' names.";
    ImplicitNotAllowed = 90057, UnauthorizedClient, "The client '{client}' may not get this kind of token from the authorization endpoint.";
    PublicClientNotAllowed = 90058, UnauthorizedClient, "The client '{client}' may not act as a public client.";
    PolicyInvalid = 90066, InvalidRequest, "The policy that the request names cannot be used.";
    PostLogoutUriMalformed = 90067, InvalidRequest, "The address to go to after signing out is badly formed or not registered.";
    ClientUnusable = 90068, UnauthorizedClient, "The client '{client}' cannot be used with this service.";
    NoSession = 90077, InteractionRequired, "Nobody is signed in, and the request forbids asking (prompt={value}).";
    GrantLacksScope = 90082, InvalidGrant, "The grant does not cover the scope '{scope}'.";
    ParameterMissing = 90083, InvalidRequest, "The request lacks the parameter {name}.";
    ClientDisabled = 90092, UnauthorizedClient, "The client '{client}' is switched off.";
    IdTokenNotAllowed = 90107, InvalidRequest, "The client cannot get an ID token: openid was not asked for, or is not allowed.";
    OpenIdScopeMissing = 90110, InvalidRequest, "An ID token needs the scope openid.";
    LanguageInvalid = 90112, InvalidRequest, "The language '{value}' is not one that can be read.";
    CodeNeedsScope = 90115, InvalidRequest, "A code needs the scope openid, or one that names the client or a resource.";
    ScopeNotSupported = 90117, InvalidRequest, "The scope '{scope}' is not supported.";
    MaxAgeInvalid = 90120, InvalidRequest, "max_age must be a whole number of seconds in range.";
    SessionTooOld = 90121, InteractionRequired, "The session is older than max_age allows, and the request forbids asking.";
    MarkupInInput = 90122, InvalidRequest, "The parameter {name} contains characters that could be markup.";
    TokenNeedsClientScope = 90123, InvalidRequest, "An access token needs a scope that names the client or a resource.";
    ParameterWrong = 90136, InvalidRequest, "The parameter {name} is wrong: {reason}.";
    SeveralResources = 90146, InvalidRequest, "The scope '{scope}' names more than one resource.";
    VerifierMismatch = 90182, InvalidGrant, "The code_verifier does not belong to the code_challenge.";
    VerifierInvalid = 90183, InvalidGrant, "The code_verifier cannot be used: {reason}.";
    ChallengeMethodUnknown = 90184, InvalidRequest, "code_challenge_method must be S256 or plain, beside a code_challenge.";
    ResourceNotPermitted = 90205, InvalidRequest, "The client has no permission for what it asked of the resource.";
    PostOnly = 90226, InvalidRequest, "Tokens are given out over POST only.";
    ClientNotFound = 90285, InvalidClient, "The client '{client}' was not found.";
    RequiredParameterMissing = 90286, InvalidRequest, "The request lacks a required parameter: {name}.";
    RedirectUriInvalid = 90287, InvalidRequest, "The redirect URI of the request cannot be used.";
    ClientMisconfigured = 90296, UnauthorizedClient, "The client '{client}' is not configured correctly.";
    ScopeCharacter = 99005, InvalidRequest, "The scope contains a character that is not allowed.";
    ChallengeMissing = 99059, InvalidRequest, "A public client needs a code_challenge to get a code.";

    // Grants and tokens.
    ClientSecretMissing = 90079, InvalidRequest, "A confidential client must send its secret.";
    GrantExpired = 90080, InvalidGrant, "The grant has expired.";
    ClientSecretWrong = 90081, InvalidClient, "The client secret is wrong.";
    ClientSecretUnexpected = 90084, InvalidRequest, "A public client must not send a secret.";
    GrantUnusable = 90085, InvalidGrant, "The grant is not known here, or was used before. Please sign in again.";
    GrantTypeUnsupported = 90086, UnsupportedGrantType, "The grant type '{value}' is not supported.";
    GrantOfOtherProtocol = 90087, InvalidGrant, "The grant was issued for another version of the protocol.";
    GrantOfOtherPolicy = 90088, InvalidGrant, "The grant was issued by the policy '{actual}', not by '{expected}'.";
    AccountGone = 90128, InvalidGrant, "The account of the grant no longer exists.";
    GrantRevoked = 90129, InvalidGrant, "The grant was revoked.";
    HintExpired = 90208, InvalidRequest, "The id_token_hint has expired.";
    HintAudience = 90209, InvalidRequest, "The id_token_hint is meant for somebody else.";
    HintInvalid = 90210, InvalidRequest, "The id_token_hint cannot be checked.";
    PasswordGrantRefused = 90225, AccessDenied, "The username or password is not right.";
    HintIssuer = 90232, InvalidRequest, "The id_token_hint comes from an issuer that is not accepted.";
    HintSignature = 90233, InvalidRequest, "The id_token_hint is not signed by its issuer.";
    HintNotYetValid = 90234, InvalidRequest, "The id_token_hint is not valid yet.";
    TokenExpired = 90235, InvalidRequest, "The ID token has expired.";
    TokenNotYetValid = 90236, InvalidRequest, "The ID token is not valid yet.";
    TokenAudience = 90237, InvalidRequest, "The ID token is meant for somebody else.";
    TokenIssuer = 90238, InvalidRequest, "The ID token comes from another issuer.";
    TokenSignature = 90239, InvalidRequest, "The ID token is not signed by this service.";
    TokenMalformed = 90240, InvalidRequest, "The ID token cannot be read.";
    HintMissing = 90272, InvalidRequest, "The request lacks the id_token_hint that is required.";
    GrantOfOtherClient = 90279, InvalidGrant, "The grant was issued to another client.";
    RefreshJourneyMissing = 90288, ServerError, "The journey that refreshes tokens was not found.";
    GrantAndTokenType = 99013, UnsupportedGrantType, "This grant does not give that kind of token.";

    // Journeys, policies and profiles.
    KeyUnusable = 90019, ServerError, "A key container has no key that is valid now.";
    ProfileMissing = 90021, ServerError, "The policy lacks a technical profile that it refers to.";
    MetadataUnavailable = 90022, ServerError, "The metadata of the policy cannot be given.";
    ProfileLacksMetadata = 90023, ServerError, "A technical profile lacks a setting that it needs.";
    ProfileLacksKey = 90025, ServerError, "A technical profile lacks a key that it needs.";
    NoDefaultJourney = 90031, ServerError, "The policy names no journey to begin with.";
    NothingIssued = 90040, ServerError, "The journey ends without issuing anything.";
    NoProvider = 90051, ServerError, "No suitable provider was found.";
    ExchangeFailed = 90075, ServerError, "A service that the sign-in depends on answered with an error.";
    IssuerMissing = 90108, ServerError, "A step lacks the profile that it refers to.";
    BearerMissing = 90194, ServerError, "A claim that a call needs is not available.";
    CertificateUnusable = 90220, ServerError, "A key container has no certificate that is valid now.";
    ExchangeIncomplete = 90255, ServerError, "A claims exchange did not complete.";
    ExchangeUnreadable = 90261, ServerError, "A service that the sign-in depends on gave an answer that cannot be read.";
    AnswerInvalid = 90273, ServerError, "An answer is not valid.";
    ContentMissing = 90277, ServerError, "A step has no page to show.";
    InformationUnverifiable = 90278, InvalidRequest, "The information that was sent cannot be checked.";
    ProviderUnreachable = 90289, ServerError, "An identity provider cannot be reached.";

    // The person.
    StateLost = 90046, InvalidRequest, "What was begun cannot be continued. Please start over.";
    CredentialsRefused = 90052, AccessDenied, "The username or password is not right.";
    UserNotFound = 90053, AccessDenied, "There is no such account.";
    PasswordRefused = 90054, AccessDenied, "The username or password is not right.";
    Cancelled = 90091, AccessDenied, "The person cancelled.";
    AccountDisabled = 90111, AccessDenied, "The account is locked; its administrator can open it.";
    AccountLocked = 90114, AccessDenied, "The account is locked for a while, to keep others out.";
    PasswordForgotten = 90118, AccessDenied, "The person has forgotten the password.";
    StepRetries = 90119, AccessDenied, "A step was tried too often.";
    NoPhone = 90145, AccessDenied, "There is no phone number on file, and none may be entered.";
    MfaRetries = 90151, AccessDenied, "The second factor was tried too often.";
    MfaSilent = 90152, ServerError, "The second factor did not answer.";
    MfaNoSession = 90154, ServerError, "The second factor could not be begun.";
    MfaVerificationFailed = 90155, AccessDenied, "The second factor could not be verified.";
    MfaValidationFailed = 90156, AccessDenied, "The second factor is not valid.";
    PageRetries = 90157, AccessDenied, "A page was tried too often.";
    PageValidationFailed = 90158, AccessDenied, "What was entered could not be validated.";
    PageVerificationFailed = 90159, AccessDenied, "What was entered could not be verified.";
    PageSendFailed = 90161, ServerError, "A verification code could not be sent.";
    StateCookieIncomplete = 90211, InvalidRequest, "The browser did not send back what was begun. Please start over.";
    StateCookieInvalid = 90212, InvalidRequest, "The browser sent back something that was not begun here. Please start over.";

    // The service.
    Unavailable = 90035, TemporarilyUnavailable, "The service is not available for the moment. Please try again.";
    Internal = 90037, ServerError, "Something went wrong on our side. Please contact the administrator of the site.";
    PolicyFault = 90038, ServerError, "The policy cannot be run. Please try again later, or contact the administrator of the site.";
    Unhandled = 90048, ServerError, "Something unexpected went wrong on our side.";
    Throttled = 90229, TemporarilyUnavailable, "There were too many requests. Please wait a moment.";
    TooManyRequests = 90244, TemporarilyUnavailable, "There are too many requests at the moment. Please wait a moment and try again.";
    TenantDisabled = 90245, UnauthorizedClient, "The tenant is switched off.";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Code;

    #[test]
    fn numbers_are_unique_and_lead_back() {
        let mut seen = HashSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.number()), "{} twice", code.number());
            assert_eq!(Code::from_number(code.number()), Some(*code));
            assert!(code.text().ends_with('.'), "{code:?}: a sentence");
        }
        assert_eq!(Code::from_number(1), None);
    }
}
