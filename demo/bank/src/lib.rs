//! The payment app of the demo: a bank that leaves sign-in and payment approval to an identity provider.
//!
//! It is an ordinary relying party. It knows the engine by HTTP only: one OpenID Connect metadata document a policy,
//! read with the `openidconnect` library, as an application of one's own would. What it adds is what a payment needs:
//! a record of every payment kept on the server, a signed hint that carries that record to the step-up policy, and a
//! comparison of every field that comes back with what was stored, before the payment may be executed, once.
//!
//! # What the policies have to know
//!
//! The bank is a confidential client (code flow, PKCE, `state`, `nonce`, `scope=openid offline_access`,
//! `response_mode=query`, secret in the body of the token request). It reads
//! `/tfp/{tenant id}/{policy}/v2.0/.well-known/openid-configuration`, with the policy in lower case, and insists on the
//! issuer `{engine}/tfp/{tenant id}/{policy}/v2.0/`: the policies' token issuer has `IssuanceClaimPattern` =
//! `AuthorityWithTfp`.
//!
//! **The hint** goes to the step-up policy as `id_token_hint`, in the body of a `POST` to the authorization endpoint. It is
//! signed with RS256 by a key published under `/.well-known/openid-configuration`, and good for five minutes.
//!
//! | claim | value |
//! |---|---|
//! | `iss` | the bank's public URL, without a trailing slash unless configured otherwise |
//! | `aud` | the issuer of the step-up policy, as above |
//! | `sub` | the `sub` of the sign-in token: who has to approve |
//! | `jti`, `iat`, `nbf`, `exp` | a new id for every hint; whole seconds |
//! | `nonce` | the `nonce` of the authorization request that carries the hint |
//! | `transactionId` | the id of the stored payment |
//! | `amount` | amount and currency as people read them, `50.00 GBP`: what page and message show |
//! | `currency` | ISO 4217 code, `GBP` |
//! | `payee` | the payee's name |
//! | `accountnumber` | the payee's account number, without spaces |
//!
//! **The step-up token** (an ID token) has to carry, unchanged and under the same names, `transactionId`, `amount`,
//! `currency`, `payee` and `accountnumber`; the hint's `jti` as `hintId`; the same `sub`; and `auth_time`, `iat`, and `acr`
//! or `tfp` with the policy's id. Anything absent or different, and the payment is refused.
//!
//! **The other tokens** (sign-up or sign-in, profile edit, password reset) have to carry `sub`, and `acr` or `tfp`. The menu
//! shows `name`, or else `given_name`, or else `email`. The Claims page shows everything.

mod approval;
mod authorizations;
mod bank;
mod config;
mod database;
mod hint;
mod hint_keys;
mod http_client;
mod instruction;
mod money;
mod pages;
mod payments;
mod problem;
mod random;
mod relying_party;
mod routes;
mod sessions;
mod token_claims;
mod visitor;

pub use bank::{Bank, StartError};
pub use config::{BankConfig, Clock, HintCertificate, Policies};
pub use hint_keys::HintKeyError;
