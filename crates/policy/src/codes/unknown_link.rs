//! JM0217: a link of a sign-in page leads to an exchange that is not there.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::OrchestrationStep;
use crate::nearest::Near;
use crate::source::Spanned;

/// A link's exchange that the next step does not have.
pub const UNKNOWN_LINK: Code = Code {
    id: "JM0217",
    severity: Severity::Warning,
    summary: "a link of a sign-in page leads nowhere",
    explanation: "The technical profile behind a combined page names claims exchanges in its metadata: `SignUpTarget` for the \
link to sign up, `setting.forgotPasswordLinkOverride` for the one to reset a password. They are sought in the step after the \
page. Here that step has no such exchange, so whoever clicks the link gets an error.\n\n\
Add the exchange to the next step, or correct the id. To have no link for signing up, set `setting.showSignupLink` to `false`.",
    service: &[],
    fails: link_example!("SignUpExchang"),
    passes: link_example!("SignUpExchange"),
};

pub(crate) fn unknown_link(
    at: &Spanned<String>,
    key: &str,
    step: &OrchestrationStep,
    next: Option<&OrchestrationStep>,
    near: Option<Near>,
) -> Diagnostic {
    let message = format!("no claims exchange `{}` in the step after this page", at.value.trim());
    let found = Diagnostic::new(&UNKNOWN_LINK, Kind::Exchange, at.span, message)
        .label(format!("`{key}` leads nowhere"))
        .also(step.span, "the page is shown here")
        .reference(at.value.trim());
    match (near, next) {
        (Some(near), _) => found.help(format!("did you mean `{}`?", near.name)),
        (None, Some(next)) => found.also(next.span, "the next step"),
        (None, None) => found,
    }
}

#[cfg(test)]
mod tests {
    use super::UNKNOWN_LINK;
    use crate::testing::drawn;

    #[test]
    fn a_slip() {
        assert_eq!(
            drawn(&UNKNOWN_LINK),
            r#"warning: no claims exchange `SignUpExchang` in the step after this page
1.xml:11:36
|           <Item Key="SignUpTarget">SignUpExchang</Item>
|                                    ^^^^^^^^^^^^^ `SignUpTarget` leads nowhere
1.xml:27:7
|       <OrchestrationStep Order="1" Type="CombinedSignInAndSignUp" ContentDefinitionReferenceId="api.selfasserted">
|       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the page is shown here
help: did you mean `SignUpExchange`?
"#
        );
    }
}
