//! OpenID Connect as plain data and pure functions: what an application may ask for, and what it is answered.
//!
//! Nothing here reads a clock, a file or a socket; `now` and everything random are parameters. The one exception is
//! [`KeyMaterial::generate`]: a private key cannot be made without randomness, and cryptography brings its own.
//!
//! An authorization request is [`Parameters`] → [`AuthorizationRequest`] → (a journey) → [`Issuance`] → [`Delivery`]; a
//! token request is [`Parameters`] → [`TokenRequest`] → [`CodeGrant`] or [`RefreshGrant`] → [`Issuance`] →
//! [`TokenAnswer`]. Whatever goes wrong is a [`Problem`] with its AADB2C number; [`Refused`] says whether the application
//! may be told, or only the person.

mod authorize;
mod client;
mod codes;
mod digest;
mod discovery;
mod grant;
mod hint;
mod jws;
mod keys;
mod logout;
mod metadata;
mod parameters;
mod pkce;
mod problem;
mod redirect_uri;
mod response;
mod scope;
mod secret;
mod token;

pub use authorize::{AuthorizationRequest, MaxAge, Prompt, Refused, ResponseType};
pub use client::{Api, Client, ClientKind, FrontChannel};
pub use codes::Code;
pub use discovery::{Discovery, Endpoints, IssuerForm, UrlStyle, issuer};
pub use grant::{
    CodeGrant, Credentials, GrantRequest, IssuedTo, RefreshGrant, RefreshLives, RefusedGrant, TokenRequest,
};
pub use hint::{Hint, HintExpectation, HintKeys, HintRefusal};
pub use jws::VerificationKeys;
pub use keys::{CertificateRequest, KeyError, KeyMaterial, PublicJwk, SigningKey, SigningKeys};
pub use logout::{LogoutDestination, LogoutRequest};
pub use metadata::{MetadataError, ProviderMetadata};
pub use parameters::Parameters;
pub use pkce::{Challenge, ChallengeMethod};
pub use problem::{OAuthError, Problem};
pub use redirect_uri::{RedirectUri, RedirectUriFault};
pub use response::{AuthorizationAnswer, Delivery, ResponseMode, ReturnTo};
pub use scope::{Granted, Resource};
pub use secret::Secret;
pub use token::{AccessToken, Identity, Issuance, RefreshToken, Terms, TokenAnswer, Tokens, client_info};
