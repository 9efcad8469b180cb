//! Step types: what each does, and whether it is run yet. One table, for `check` and for the reference.

use journeyman_policy::model::StepType;

/// What there is to say about a step type.
#[derive(Debug)]
pub struct StepDeclaration {
    /// `OrchestrationStep@Type`.
    pub step_type: StepType,
    /// What it does.
    pub summary: &'static str,
    /// Whether the engine runs it yet.
    pub runs: bool,
}

const fn runs(step_type: StepType, summary: &'static str) -> StepDeclaration {
    StepDeclaration { step_type, summary, runs: true }
}

const fn understood(step_type: StepType, summary: &'static str) -> StepDeclaration {
    StepDeclaration { step_type, summary, runs: false }
}

/// Every step type, in the order of the language's reference.
pub const STEP_TYPES: &[StepDeclaration] = &[
    runs(StepType::ClaimsProviderSelection, "a page that offers ways to go on; the next step runs what was chosen"),
    runs(StepType::CombinedSignInAndSignUp, "a page with a sign-in form, other ways to go on, and a sign-up link"),
    runs(StepType::ClaimsExchange, "runs a technical profile; of several, the one that was chosen before"),
    runs(StepType::GetClaims, "reads the signed hint that came with the request"),
    runs(StepType::InvokeSubJourney, "runs a sub journey, and comes back if its type is `Call`"),
    runs(StepType::SendClaims, "answers the application with tokens"),
    understood(StepType::ConsentScreen, "a page that asks for consent"),
    understood(StepType::ReviewScreen, "a page that shows claims for review"),
    understood(StepType::UserDialog, "a dialog of the service's own"),
    runs(StepType::Noop, "nothing"),
];

/// Whether steps of that type are run. One that the table does not have is not.
pub(crate) fn is_run(step_type: StepType) -> bool {
    STEP_TYPES.iter().any(|known| known.step_type == step_type && known.runs)
}
