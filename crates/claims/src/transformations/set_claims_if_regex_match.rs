//! `SetClaimsIfRegexMatch`: tests a text against a pattern.

use super::prelude::*;
use crate::pattern::{Pattern, PatternError};

pub(super) const DECLARATION: Transformation = Transformation {
    method: "SetClaimsIfRegexMatch",
    summary: "whether a pattern occurs in a claim; a constant if so; what its named groups matched",
    inputs: &[Role::required("claimToMatch", STRING)],
    parameters: &[
        Parameter::required("matchTo", DataType::String).reading(Reads::Pattern),
        Parameter::optional("outputClaimIfMatched", DataType::String),
        Parameter::optional("extractGroups", DataType::Boolean),
    ],
    outputs: &[
        Role::optional("outputClaim", STRING),
        Role::optional("regexCompareResultClaim", BOOLEAN),
        Role::many("group", STRING),
    ],
    apply,
};

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let fails = |error: PatternError| TransformError::runtime(format!("parameter `matchTo`: {error}"));
    let pattern = Pattern::new(call.need_parameter("matchTo")?).map_err(fails)?;
    let text = call.text("claimToMatch");
    let groups = text.as_deref().map_or(Ok(None), |text| pattern.named_groups(text)).map_err(fails)?;
    let constant = groups.as_ref().and_then(|_| call.parameter("outputClaimIfMatched"));
    let mut outputs =
        Outputs::maybe("outputClaim", constant).with("regexCompareResultClaim", Some(groups.is_some().into()));
    if call.flag("extractGroups", false)? {
        let own = |role: &str| outputs.get(role).is_none();
        let wanted: Vec<_> = call.outputs.iter().map(|output| output.role).filter(|role| own(role)).collect();
        for role in wanted {
            let group = groups.iter().flatten().find(|(name, _)| name.eq_ignore_ascii_case(role));
            outputs = outputs.with(role, group.and_then(|(_, found)| *found).map(Into::into));
        }
    }
    Ok(outputs)
}
