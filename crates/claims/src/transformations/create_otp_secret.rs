//! `CreateOtpSecret`: a key for an authenticator app.

use super::parts::random;
use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "CreateOtpSecret",
    summary: "a random key for time-based codes: 80 bits in base32",
    inputs: &[],
    parameters: &[],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(_: &Call<'_>, env: &Env<'_>) -> Applied {
    Ok(Outputs::of("outputClaim", random::base32(env)))
}
