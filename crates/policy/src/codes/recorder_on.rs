//! JM0225: a policy writes down what people enter.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::source::{Span, Spanned};

/// The journey recorder in a policy that applications call.
pub const RECORDER_ON: Code = Code {
    id: "JM0225",
    severity: Severity::Warning,
    summary: "the journey recorder is on",
    explanation: "A policy in the mode `Development` with a `UserJourneyRecorderEndpoint` sends what happens in each journey to \
Application Insights: the claims of every step, and with them names, addresses and what services answered. That is what it is \
for while a policy is written. In production it puts people's data into a log that many may read.\n\n\
Remove both attributes before people use the policy. Without `DeploymentMode=\"Development\"` the recorder is off.",
    service: &[],
    fails: recorder_example!(
        "DeploymentMode=\"Development\" UserJourneyRecorderEndpoint=\"urn:journeyrecorder:applicationinsights\""
    ),
    passes: recorder_example!(""),
};

pub(crate) fn recorder_on(endpoint: Span, mode: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(
        &RECORDER_ON,
        Kind::Policy,
        endpoint,
        "the journey recorder writes down the claims of every journey",
    )
    .label("sends them to Application Insights")
    .also(mode.span, "is off in the mode `Production`")
    .help("remove `UserJourneyRecorderEndpoint` and `DeploymentMode` before people use the policy")
}

#[cfg(test)]
mod tests {
    use super::RECORDER_ON;
    use crate::testing::drawn;

    #[test]
    fn in_development() {
        assert_eq!(
            drawn(&RECORDER_ON),
            r#"warning: the journey recorder writes down the claims of every journey
0.xml:3:61
|   DeploymentMode="Development" UserJourneyRecorderEndpoint="urn:journeyrecorder:applicationinsights">
|                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ sends them to Application Insights
0.xml:3:19
|   DeploymentMode="Development" UserJourneyRecorderEndpoint="urn:journeyrecorder:applicationinsights">
|                   ^^^^^^^^^^^ is off in the mode `Production`
help: remove `UserJourneyRecorderEndpoint` and `DeploymentMode` before people use the policy
"#
        );
    }
}
