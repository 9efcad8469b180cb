//! JM1060: the directory has no such attribute.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::{Code, Diagnostic, Kind, Severity};
use journeyman_policy::example::Example;
use journeyman_policy::source::Span;

/// The directory has no such attribute.
pub const UNKNOWN_ATTRIBUTE: Code = Code {
    id: "JM1060",
    severity: Severity::Warning,
    summary: "a directory profile names an attribute that the directory does not have",
    explanation: "A profile of the directory finds a user by one attribute, reads and writes others. The outside name of each \
claim, which is its `PartnerClaimType` or else its id, is the attribute's name. This one is neither an attribute of the \
directory nor an extension attribute, whose name begins with `extension_`. The service refuses the upload for an output \
claim. Here the policy runs, but the claim never gets a value, a write of it is refused, and no user is ever found by it.\n\n\
Often the profile was copied from one of an identity provider, where the same thing has another name: `upn` is \
`userPrincipalName` in the directory, `given_name` is `givenName`. Give the claim the attribute's name as its \
`PartnerClaimType`. A claim that only carries a constant needs a `DefaultValue` and `AlwaysUseDefaultValue=\"true\"`.",
    service: &[
        "Output Claim '{claims}' is not supported in Azure Active Directory Provider technical profile '{profile}' of policy \
         '{policy}'. If it is a claim with default value, add AlwaysUseDefaultValue=\"true\" to the output claim mapping.",
    ],
    fails: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Read a user</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="signInNames.emailAddress" /></InputClaims>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="objectId" />
    <OutputClaim ClaimTypeReferenceId="displayName" PartnerClaimType="name" />
  </OutputClaims>
</TechnicalProfile>"#,
    ),
    passes: Example::Profile(
        r#"<TechnicalProfile Id="Example">
  <DisplayName>Read a user</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.AzureActiveDirectoryProvider" />
  <Metadata><Item Key="Operation">Read</Item></Metadata>
  <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="signInNames.emailAddress" /></InputClaims>
  <OutputClaims>
    <OutputClaim ClaimTypeReferenceId="objectId" />
    <OutputClaim ClaimTypeReferenceId="displayName" />
  </OutputClaims>
</TechnicalProfile>"#,
    ),
};

/// `does` says what the profile would do with it, `known` are the attributes that can be meant.
pub(crate) fn unknown_attribute(profile: &Name, at: Span, name: &str, does: &str, known: &[&str]) -> Diagnostic {
    let message = format!("the directory has no attribute `{name}` for `{profile}` to {does}");
    let finding = Diagnostic::new(&UNKNOWN_ATTRIBUTE, Kind::Claim, at, message)
        .label(match does {
            "read" => "it never gets a value",
            "find a user by" => "no user is ever found",
            _ => "the directory refuses it",
        })
        .reference(name);
    match same_thing(name).or_else(|| journeyman_policy::nearest_word(name, known)) {
        Some(near) => finding.help(format!("did you mean `PartnerClaimType=\"{near}\"`?")),
        None if does == "read" => finding
            .help("a claim that only carries a constant needs a `DefaultValue`, and `AlwaysUseDefaultValue=\"true\"`"),
        None => finding,
    }
}

/// What identity providers call otherwise.
fn same_thing(name: &str) -> Option<&'static str> {
    const NAMES: &[(&str, &str)] = &[
        ("oid", "objectId"),
        ("sub", "objectId"),
        ("upn", "userPrincipalName"),
        ("name", "displayName"),
        ("given_name", "givenName"),
        ("family_name", "surname"),
        ("email", "signInNames.emailAddress"),
    ];
    NAMES.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(name)).map(|(_, ours)| *ours)
}
