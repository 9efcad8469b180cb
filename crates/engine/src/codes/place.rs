//! What findings about the flow of claims say of their place.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::Diagnostic;
use journeyman_policy::model::OrchestrationStep;
use journeyman_policy::source::Span;

/// Where a claim is used that has no value, and what could have given it one.
pub(crate) struct Where<'a> {
    pub(crate) journey: &'a Name,
    pub(crate) step: &'a OrchestrationStep,
    /// Where the step, or what it runs, is named.
    pub(crate) run_at: Span,
    /// The first step after it that sets the claim.
    pub(crate) later: Option<(u32, Span)>,
    /// A technical profile that outputs the claim, wherever it may run.
    pub(crate) elsewhere: Option<(&'a Name, Span)>,
}

impl Where<'_> {
    /// Adds the other places: where the use is run, and where the claim could come from.
    pub(crate) fn explain(&self, found: Diagnostic) -> Diagnostic {
        let found = match self.run_at == found.primary.span {
            true => found,
            false => found.also(self.run_at, format!("runs here, in step {}", self.step.order)),
        };
        match (self.later, self.elsewhere) {
            (Some((order, at)), _) => found.also(at, format!("step {order} sets it, which is too late")),
            (None, Some((profile, at))) => {
                found.also(at, format!("`{profile}` outputs it, but no step before runs that"))
            }
            (None, None) => found,
        }
    }
}
