//! JM0010: a placeholder such as `{Settings:Tenant}` without a value. What it stands for is not known before deployment.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::nearest::nearest;
use crate::settings::Settings;
use crate::source::Span;

/// A placeholder without a value.
pub const PLACEHOLDER: Code = Code {
    id: "JM0010",
    severity: Severity::Error,
    summary: "a placeholder has no value",
    explanation: "The file holds a placeholder that something must replace before the policy is used: `{Settings:Name}`, as deployment tools and \
the editor's extension write it, or `{{name}}`. There is no value for it, so what the policy will say is not known. Where the \
value changes nothing that runs, as in a tenant's name, this is only a warning.\n\n\
Give the value with `--set Name=…`, or put it into `appsettings.json` and name the environment with `--environment`.",
    service: &[
        "No B2C policies found in <no value here>",
        "settings:tenant is neither a valid DNS name, nor a valid external domain",
    ],
    fails: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="{Settings:ClaimId}"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
    passes: Example::Elements(&[r#"<BuildingBlocks>
  <ClaimsSchema>
    <ClaimType Id="email"><DisplayName>E-mail address</DisplayName><DataType>string</DataType></ClaimType>
  </ClaimsSchema>
</BuildingBlocks>"#]),
};

/// Only a warning where the value plays no part in what the policy does.
pub(crate) fn placeholder(at: Span, name: &str, informative: bool, settings: &Settings) -> Diagnostic {
    let wanted = journeyman_claims::Name::new(name);
    let near = nearest(&wanted, settings.names().map(|known| (known, at)));
    let advice = match near {
        Some(near) => format!("there is a value for `{}`", near.name),
        None => format!("give it with `--set {name}=…`, or name an environment of `appsettings.json`"),
    };
    Diagnostic::new(&PLACEHOLDER, Kind::Placeholder, at, format!("the placeholder `{name}` has no value"))
        .severity(if informative { Severity::Warning } else { Severity::Error })
        .help(advice)
        .reference(name)
}

#[cfg(test)]
mod tests {
    use super::PLACEHOLDER;
    use crate::testing::found;

    #[test]
    fn in_metadata_an_error() {
        let said = found(
            &PLACEHOLDER,
            r#"<ClaimsProviders><ClaimsProvider><TechnicalProfiles>
<TechnicalProfile Id="TP">
<Metadata><Item Key="client_id">{Settings:AppId}</Item></Metadata>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#,
        );
        assert_eq!(
            said,
            r#"error: the placeholder `AppId` has no value
0.xml:4:33
| <Metadata><Item Key="client_id">{Settings:AppId}</Item></Metadata>
|                                 ^^^^^^^^^^^^^^^^
help: give it with `--set AppId=…`, or name an environment of `appsettings.json`
"#
        );
    }

    #[test]
    fn in_a_page_address_a_warning() {
        let said = found(
            &PLACEHOLDER,
            r#"<BuildingBlocks><ContentDefinitions><ContentDefinition Id="a"><LoadUri>{Settings:Host}/a</LoadUri></ContentDefinition></ContentDefinitions></BuildingBlocks>"#,
        );
        assert_eq!(
            said,
            r#"warning: the placeholder `Host` has no value
0.xml:2:72
| <BuildingBlocks><ContentDefinitions><ContentDefinition Id="a"><LoadUri>{Settings:Host}/a</LoadUri></ContentDefinition></ContentDefinitions></BuildingBlocks>
|                                                                        ^^^^^^^^^^^^^^^^^
help: give it with `--set Host=…`, or name an environment of `appsettings.json`
"#
        );
    }
}
