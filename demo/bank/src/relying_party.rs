//! The OpenID Connect side: one provider a policy, discovered when first needed, and tokens that are verified in full.
//!
//! Every policy has an issuer, endpoints and keys of its own. A token counts only if the issuer, the policy, the
//! audience, the nonce, the times and an RS256 signature by a published key are those of the policy that was asked.

use std::{collections::HashMap, fmt, sync::Arc, time::SystemTime};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use openidconnect::{
    AccessToken, AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, Client, ClientId,
    ClientSecret, CsrfToken, DiscoveryError, EmptyAdditionalClaims, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, RefreshToken, RequestTokenError, Scope, SignatureVerificationError,
    StandardErrorResponse, TokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreIdToken, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreResponseType, CoreRevocableToken,
        CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
    },
};
use serde::{Deserialize, Serialize};
use tokio::sync::RwLock;
use url::Url;

use crate::{
    approval::CLOCK_SKEW,
    authorizations::Purpose,
    config::BankConfig,
    http_client::{HttpClient, HttpError},
    problem::{Failure, Problem},
    random,
    sessions::IDLE_LIMIT,
    token_claims::TokenClaims,
};

/// How long discovered metadata and keys are used before they are read again; an unknown key reads them at once.
const METADATA_LIFETIME: SignedDuration = SignedDuration::from_hours(1);

/// What the engine's token endpoint answers. B2C leaves `access_token` out when no resource was asked for, which the
/// library's own type does not accept; the bank needs nothing but the ID token.
#[derive(Deserialize, Serialize)]
struct Tokens {
    id_token: Option<CoreIdToken>,
    #[serde(skip, default = "no_access_token")]
    access_token: AccessToken,
    #[serde(skip, default = "bearer")]
    token_type: CoreTokenType,
}

fn no_access_token() -> AccessToken {
    AccessToken::new(String::new())
}

fn bearer() -> CoreTokenType {
    CoreTokenType::Bearer
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(…)")
    }
}

impl OAuth2TokenResponse for Tokens {
    type TokenType = CoreTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }
    fn token_type(&self) -> &CoreTokenType {
        &self.token_type
    }
    fn expires_in(&self) -> Option<std::time::Duration> {
        None
    }
    fn refresh_token(&self) -> Option<&RefreshToken> {
        None
    }
    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

impl TokenResponse<EmptyAdditionalClaims, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>
    for Tokens
{
    fn id_token(&self) -> Option<&CoreIdToken> {
        self.id_token.as_ref()
    }
}

type EngineClient = Client<
    EmptyAdditionalClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

struct Provider {
    metadata: ProviderMetadataWithLogout,
    read_at: Timestamp,
}

/// A request to send a person with, and what must be remembered about it.
pub(crate) struct AuthorizationRequest {
    pub(crate) url: Url,
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
}

/// A token that passed every check.
pub(crate) struct VerifiedToken {
    pub(crate) claims: TokenClaims,
    /// The signed form, for signing out.
    pub(crate) signed: String,
}

/// The bank as a client of the engine.
pub(crate) struct RelyingParty {
    config: Arc<BankConfig>,
    http: HttpClient,
    redirect_uri: RedirectUrl,
    post_logout_redirect_uri: PostLogoutRedirectUrl,
    providers: RwLock<HashMap<Purpose, Arc<Provider>>>,
}

impl RelyingParty {
    /// A client that has not talked to the engine yet.
    pub(crate) fn new(config: Arc<BankConfig>, http: HttpClient) -> Result<Self, url::ParseError> {
        Ok(Self {
            redirect_uri: RedirectUrl::new(config.redirect_uri())?,
            post_logout_redirect_uri: PostLogoutRedirectUrl::new(config.post_logout_redirect_uri())?,
            config,
            http,
            providers: RwLock::default(),
        })
    }

    /// The policy for a purpose.
    pub(crate) fn policy(&self, purpose: Purpose) -> &str {
        let policies = &self.config.policies;
        match purpose {
            Purpose::SignIn => &policies.sign_up_sign_in,
            Purpose::StepUp => &policies.step_up,
            Purpose::ProfileEdit => &policies.profile_edit,
            Purpose::PasswordReset => &policies.password_reset,
        }
    }

    /// The exact issuer of a purpose's policy.
    pub(crate) fn issuer(&self, purpose: Purpose) -> String {
        format!(
            "{}/tfp/{}/{}/v2.0/",
            self.config.engine_url.as_str().trim_end_matches('/'),
            self.config.tenant_id,
            self.policy(purpose).to_ascii_lowercase()
        )
    }

    /// A new request for a purpose: code flow with PKCE, state and nonce. `fresh_login` asks for the password again. The
    /// engine's own session signs nobody in here after a pause that would have ended ours.
    pub(crate) async fn request(&self, purpose: Purpose, fresh_login: bool) -> Result<AuthorizationRequest, Failure> {
        let provider = self.provider(purpose).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client(&provider);
        let mut request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                || CsrfToken::new(random::token()),
                || Nonce::new(random::token()),
            )
            .add_scope(Scope::new("offline_access".to_owned()))
            .add_extra_param("response_mode", "query")
            .set_pkce_challenge(challenge);
        if purpose == Purpose::SignIn {
            request = request.set_max_age(IDLE_LIMIT.unsigned_abs());
        }
        if fresh_login {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        let (url, state, nonce) = request.url();
        Ok(AuthorizationRequest {
            url,
            state: state.into_secret(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
        })
    }

    /// Redeems a code at the policy's token endpoint and verifies the ID token that comes with it.
    pub(crate) async fn redeem(
        &self,
        purpose: Purpose,
        code: String,
        verifier: String,
        nonce: &str,
    ) -> Result<VerifiedToken, Failure> {
        let provider = self.provider(purpose).await?;
        let tokens = self
            .client(&provider)
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| Failure::because(Problem::EngineUnavailable, error))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier))
            .request_async(&self.http)
            .await
            .map_err(token_failure)?;
        let token = tokens.id_token().ok_or_else(|| Failure::because(Problem::TokenRefused, "no ID token"))?;
        let nonce = Nonce::new(nonce.to_owned());
        match self.verify(&provider, purpose, token, &nonce) {
            Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) => {
                // The engine may have begun to sign with a new key since the metadata was read.
                let renewed = self.discover(purpose).await?;
                self.verify(&renewed, purpose, token, &nonce)
            }
            result => result,
        }
        .map_err(|error| {
            let problem = match error {
                ClaimsVerificationError::Expired(_) => Problem::Expired,
                _ => Problem::TokenRefused,
            };
            Failure::because(problem, reason(&error))
        })
    }

    /// Where to send the browser so that the engine's session ends as well; `None` if the policy offers no such place.
    pub(crate) async fn sign_out_url(&self, id_token: &str) -> Option<Url> {
        let provider = self.provider(Purpose::SignIn).await.ok()?;
        let end = provider.metadata.additional_metadata().end_session_endpoint.as_ref()?;
        let mut url = end.url().clone();
        // By protocol the token is in this one address; it names a session that ends with the request.
        url.query_pairs_mut()
            .append_pair("id_token_hint", id_token)
            .append_pair("client_id", &self.config.client_id)
            .append_pair("post_logout_redirect_uri", &self.post_logout_redirect_uri);
        Some(url)
    }

    fn verify(
        &self,
        provider: &Provider,
        purpose: Purpose,
        token: &CoreIdToken,
        nonce: &Nonce,
    ) -> Result<VerifiedToken, ClaimsVerificationError> {
        let now = (self.config.clock)();
        let clock = SystemTime::try_from(now).expect("a clock of this era fits");
        let client = self.client(provider);
        let verifier = client
            .id_token_verifier()
            // Not what the metadata says: an engine that was made to announce HS256 or none gains nothing.
            .set_allowed_algs([CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256])
            .set_time_fn(move || clock.into());
        token.claims(&verifier, nonce)?;
        let signed = token.to_string();
        let claims = payload(&signed)?;
        if !claims.issued_by_policy(self.policy(purpose)) {
            return Err(ClaimsVerificationError::InvalidAuthContext("another policy's token".to_owned()));
        }
        let starts = claims.seconds("nbf").or_else(|| claims.seconds("iat")).unwrap_or(i64::MAX);
        if starts > (now + CLOCK_SKEW).as_second() {
            return Err(ClaimsVerificationError::Other("not valid yet".to_owned()));
        }
        Ok(VerifiedToken { claims, signed })
    }

    fn client(&self, provider: &Provider) -> EngineClient {
        Client::from_provider_metadata(
            provider.metadata.clone(),
            ClientId::new(self.config.client_id.clone()),
            Some(ClientSecret::new(self.config.client_secret.clone())),
        )
        .set_auth_type(AuthType::RequestBody)
        .set_redirect_uri(self.redirect_uri.clone())
    }

    async fn provider(&self, purpose: Purpose) -> Result<Arc<Provider>, Failure> {
        let now = (self.config.clock)();
        let known = self.providers.read().await.get(&purpose).cloned();
        match known {
            Some(provider) if provider.read_at > now - METADATA_LIFETIME => Ok(provider),
            // Metadata that is merely old is better than none while the engine restarts.
            Some(old) => Ok(self.discover(purpose).await.unwrap_or(old)),
            None => self.discover(purpose).await,
        }
    }

    async fn discover(&self, purpose: Purpose) -> Result<Arc<Provider>, Failure> {
        let issuer = IssuerUrl::new(self.issuer(purpose))
            .map_err(|error| Failure::because(Problem::EngineUnavailable, error))?;
        let metadata =
            ProviderMetadataWithLogout::discover_async(issuer, &self.http).await.map_err(discovery_failure)?;
        self.refuse_foreign_endpoints(&metadata)?;
        let provider = Arc::new(Provider { metadata, read_at: (self.config.clock)() });
        self.providers.write().await.insert(purpose, provider.clone());
        Ok(provider)
    }

    /// The secret, the code and the hint go to the engine's own origin or nowhere.
    fn refuse_foreign_endpoints(&self, metadata: &ProviderMetadataWithLogout) -> Result<(), Failure> {
        let engine = self.config.engine_url.origin();
        let end_session = metadata.additional_metadata().end_session_endpoint.as_ref().map(|end| end.url());
        let own = metadata.authorization_endpoint().url().origin() == engine
            && metadata.token_endpoint().is_some_and(|token| token.url().origin() == engine)
            && metadata.jwks_uri().url().origin() == engine
            && end_session.is_none_or(|end| end.origin() == engine);
        if own {
            Ok(())
        } else {
            Err(Failure::because(Problem::EngineUnavailable, "metadata names a foreign endpoint"))
        }
    }
}

/// The claims of a token whose signature has been checked; the library hands out only those it knows.
fn payload(signed: &str) -> Result<TokenClaims, ClaimsVerificationError> {
    signed
        .split('.')
        .nth(1)
        .and_then(|part| URL_SAFE_NO_PAD.decode(part).ok())
        .and_then(|json| serde_json::from_slice(&json).ok())
        .map(TokenClaims)
        .ok_or_else(|| ClaimsVerificationError::Other("unreadable payload".to_owned()))
}

/// What may be logged about a refused token: which check failed, none of its values.
fn reason(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "token expired",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidAuthContext(_) => "policy",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        _ => "token malformed",
    }
}

fn discovery_failure(error: DiscoveryError<HttpError>) -> Failure {
    let cause = match error {
        DiscoveryError::Request(_) => "metadata: no answer",
        DiscoveryError::Response(..) => "metadata: refused",
        DiscoveryError::Validation(_) => "metadata: another issuer",
        _ => "metadata: unreadable",
    };
    Failure::because(Problem::EngineUnavailable, cause)
}

fn token_failure(error: RequestTokenError<HttpError, StandardErrorResponse<CoreErrorResponseType>>) -> Failure {
    match error {
        RequestTokenError::ServerResponse(answer) => {
            let description = answer.error_description().map_or("", String::as_str);
            Failure::because(Problem::from_engine(answer.error().as_ref(), description), "token endpoint refused")
        }
        RequestTokenError::Request(_) => Failure::because(Problem::EngineUnavailable, "token endpoint: no answer"),
        // A token in a form that the library does not even parse, such as an unknown algorithm.
        _ => Failure::because(Problem::TokenRefused, "token endpoint: unreadable answer"),
    }
}
