//! Chains of small files that say anything about a few names: merging them ends, and neither the order of the files nor the
//! case of ids changes what comes of it.

use std::fmt::Write as _;

use journeyman_engine::findings;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};

use super::choices::{Choices, escaped};
use super::xml::points_at_something;

const NAMES: &[&str] = &["a", "b", "c", "A", "email", "{Settings:X}", "{{y}}", "objectId"];
const PROFILES: &[&str] = &["P", "Q", "R", "p", "Example"];
const STEPS: &[&str] = &[
    "ClaimsExchange",
    "SendClaims",
    "CombinedSignInAndSignUp",
    "ClaimsProviderSelection",
    "InvokeSubJourney",
    "GetClaims",
    "Noop",
    "ConsentScreen",
];
const HANDLERS: &[&str] = &[
    "SelfAssertedAttributeProvider",
    "RestfulProvider",
    "ClaimsTransformationProtocolProvider",
    "AzureActiveDirectoryProvider",
    "OneTimePasswordProtocolProvider",
    "PhoneFactorProtocolProvider",
];
const METHODS: &[&str] =
    &["CreateStringClaim", "CopyClaim", "FormatStringClaim", "AddItemToStringCollection", "Nothing"];

/// Builds one to four files from the bytes and compiles them in two orders.
pub fn merge(data: &[u8]) {
    let mut choices = Choices(data);
    let files: Vec<String> = (0..=choices.below(4)).map(|at| file(at, &mut choices)).collect();
    let forward = compile(files.iter().enumerate());
    let backward = compile(files.iter().enumerate().rev());
    let said = |set: &PolicySet| {
        let mut said: Vec<String> = findings(set)
            .iter()
            .inspect(|found| points_at_something(set, found))
            .map(|found| format!("{} {} {:?}", found.code.id, found.message, found.policy))
            .collect();
        said.sort();
        said
    };
    assert_eq!(said(&forward), said(&backward));
    for policy in &forward.policies {
        let again = forward.bundle(policy).compile();
        let same = again.policies.last().expect("the bundle ends in its policy");
        assert_eq!(same.id, policy.id);
        assert_eq!(same.technical_profiles.len(), policy.technical_profiles.len());
    }
}

fn compile<'a>(files: impl Iterator<Item = (usize, &'a String)>) -> PolicySet {
    let mut sources = Sources::default();
    for (at, text) in files {
        sources.add(format!("{at}.xml"), text.as_str());
    }
    let mut settings = Settings::default();
    settings.set("X", "a");
    PolicySet::compile(sources, &settings)
}

fn file(at: usize, choices: &mut Choices<'_>) -> String {
    let mut text = format!(
        "<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" \
         PolicySchemaVersion=\"0.3.0.0\" TenantId=\"t.onmicrosoft.com\" PolicyId=\"B2C_1A_{at}\" \
         PublicPolicyUri=\"http://t/{at}\">"
    );
    // Now and then a base that is not there, or a circle.
    let base = if choices.below(8) == 7 { choices.below(5) } else { at.wrapping_sub(1) };
    if at > 0 || choices.below(8) == 7 {
        put(
            &mut text,
            format_args!(
                "<BasePolicy><TenantId>t.onmicrosoft.com</TenantId><PolicyId>B2C_1A_{base}</PolicyId></BasePolicy>"
            ),
        );
    }
    text += "<BuildingBlocks><ClaimsSchema>";
    for _ in 0..choices.below(4) {
        claim_type(&mut text, choices);
    }
    text += "</ClaimsSchema><ClaimsTransformations>";
    for _ in 0..choices.below(3) {
        transformation(&mut text, choices);
    }
    text += "</ClaimsTransformations></BuildingBlocks><ClaimsProviders><ClaimsProvider><DisplayName>x</DisplayName><TechnicalProfiles>";
    for _ in 0..choices.below(5) {
        profile(&mut text, choices);
    }
    text += "</TechnicalProfiles></ClaimsProvider></ClaimsProviders>";
    for (section, item) in [("UserJourneys", "UserJourney"), ("SubJourneys", "SubJourney")] {
        if choices.below(3) > 0 {
            journey(&mut text, section, item, choices);
        }
    }
    if choices.below(3) > 0 {
        put(
            &mut text,
            format_args!(
                "<RelyingParty><DefaultUserJourney ReferenceId=\"{}\" /><TechnicalProfile Id=\"PolicyProfile\"><Protocol Name=\"OpenIdConnect\" />\
             <OutputClaims><OutputClaim ClaimTypeReferenceId=\"{}\" /></OutputClaims></TechnicalProfile></RelyingParty>",
                choices.of(&["J", "j", "S"]),
                choices.of(NAMES)
            ),
        );
    }
    text + "</TrustFrameworkPolicy>"
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what).expect("a string takes everything");
}

fn claim_type(text: &mut String, choices: &mut Choices<'_>) {
    let kind = choices.of(&["string", "boolean", "int", "stringCollection", "dateTime", "phoneNumber", "strin"]);
    put(
        text,
        format_args!("<ClaimType Id=\"{}\"><DisplayName>{}</DisplayName>", choices.of(NAMES), escaped(&choices.text())),
    );
    if choices.below(4) > 0 {
        put(text, format_args!("<DataType>{kind}</DataType>"));
    }
    if choices.below(3) == 0 {
        put(
            text,
            format_args!(
                "<UserInputType>{}</UserInputType>",
                choices.of(&["TextBox", "Readonly", "CheckboxMultiSelect", "x"])
            ),
        );
    }
    match choices.below(4) {
        0 => put(
            text,
            format_args!(
                "<Restriction MergeBehavior=\"{}\"><Enumeration Text=\"t\" Value=\"{}\" /></Restriction>",
                choices.of(&["Append", "Prepend", "ReplaceAll"]),
                escaped(&choices.text())
            ),
        ),
        1 => put(
            text,
            format_args!("<Restriction><Pattern RegularExpression=\"{}\" /></Restriction>", escaped(&choices.text())),
        ),
        _ => {}
    }
    *text += "</ClaimType>";
}

fn transformation(text: &mut String, choices: &mut Choices<'_>) {
    put(
        text,
        format_args!(
            "<ClaimsTransformation Id=\"{}\" TransformationMethod=\"{}\"><InputClaims>",
            choices.of(PROFILES),
            choices.of(METHODS)
        ),
    );
    for _ in 0..choices.below(3) {
        put(
            text,
            format_args!(
                "<InputClaim ClaimTypeReferenceId=\"{}\" TransformationClaimType=\"{}\" />",
                choices.of(NAMES),
                choices.of(&["inputClaim", "item", "collection", "x"])
            ),
        );
    }
    put(
        text,
        format_args!(
            "</InputClaims><InputParameters><InputParameter Id=\"{}\" DataType=\"string\" Value=\"{}\" /></InputParameters>\
         <OutputClaims><OutputClaim ClaimTypeReferenceId=\"{}\" TransformationClaimType=\"{}\" /></OutputClaims></ClaimsTransformation>",
            choices.of(&["value", "stringFormat", "x"]),
            escaped(&choices.text()),
            choices.of(NAMES),
            choices.of(&["createdClaim", "outputClaim", "collection"])
        ),
    );
}

fn profile(text: &mut String, choices: &mut Choices<'_>) {
    put(text, format_args!("<TechnicalProfile Id=\"{}\">", choices.of(PROFILES)));
    if choices.below(3) > 0 {
        put(
            text,
            format_args!(
                "<Protocol Name=\"Proprietary\" Handler=\"Web.TPEngine.Providers.{}, X\" />",
                choices.of(HANDLERS)
            ),
        );
    }
    put(
        text,
        format_args!(
            "<Metadata><Item Key=\"{}\">{}</Item></Metadata>",
            choices.of(&["Operation", "ServiceUrl", "ContentDefinitionReferenceId", "CharacterSet", "x"]),
            escaped(&choices.text())
        ),
    );
    for (section, item) in [
        ("InputClaims", "InputClaim"),
        ("DisplayClaims", "DisplayClaim"),
        ("PersistedClaims", "PersistedClaim"),
        ("OutputClaims", "OutputClaim"),
    ] {
        if choices.below(3) == 0 {
            put(
                text,
                format_args!(
                    "<{section}><{item} ClaimTypeReferenceId=\"{}\" DefaultValue=\"{}\" Required=\"{}\" /></{section}>",
                    choices.of(NAMES),
                    escaped(&choices.text()),
                    choices.of(&["true", "false", "1", "maybe"])
                ),
            );
        }
    }
    if choices.below(3) == 0 {
        put(
            text,
            format_args!(
                "<OutputClaimsTransformations><OutputClaimsTransformation ReferenceId=\"{}\" /></OutputClaimsTransformations>",
                choices.of(PROFILES)
            ),
        );
    }
    if choices.below(3) == 0 {
        put(
            text,
            format_args!(
                "<ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId=\"{}\" /></ValidationTechnicalProfiles>",
                choices.of(PROFILES)
            ),
        );
    }
    if choices.below(3) == 0 {
        put(text, format_args!("<IncludeTechnicalProfile ReferenceId=\"{}\" />", choices.of(PROFILES)));
    }
    *text += "</TechnicalProfile>";
}

fn journey(text: &mut String, section: &str, item: &str, choices: &mut Choices<'_>) {
    put(
        text,
        format_args!(
            "<{section}><{item} Id=\"{}\" Type=\"{}\"><OrchestrationSteps>",
            choices.of(&["J", "S", "j"]),
            choices.of(&["Call", "Transfer"])
        ),
    );
    for _ in 0..choices.below(6) {
        put(
            text,
            format_args!(
                "<OrchestrationStep Order=\"{}\" Type=\"{}\" CpimIssuerTechnicalProfileReferenceId=\"{}\">",
                choices.below(7),
                choices.of(STEPS),
                choices.of(PROFILES)
            ),
        );
        if choices.below(2) == 0 {
            put(
                text,
                format_args!(
                    "<Preconditions><Precondition Type=\"{}\" ExecuteActionsIf=\"true\"><Value>{}</Value><Value>{}</Value>\
                 <Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions>",
                    choices.of(&["ClaimsExist", "ClaimEquals"]),
                    choices.of(NAMES),
                    choices.of(&["True", "a", "1"])
                ),
            );
        }
        match choices.below(3) {
            0 => put(
                text,
                format_args!(
                    "<ClaimsProviderSelections><ClaimsProviderSelection TargetClaimsExchangeId=\"{}\" /></ClaimsProviderSelections>",
                    choices.of(PROFILES)
                ),
            ),
            1 => put(
                text,
                format_args!(
                    "<JourneyList><Candidate SubJourneyReferenceId=\"{}\" /></JourneyList>",
                    choices.of(&["S", "J", "x"])
                ),
            ),
            _ => {}
        }
        if choices.below(2) == 0 {
            put(
                text,
                format_args!(
                    "<ClaimsExchanges><ClaimsExchange Id=\"{}\" TechnicalProfileReferenceId=\"{}\" /></ClaimsExchanges>",
                    choices.of(PROFILES),
                    choices.of(PROFILES)
                ),
            );
        }
        *text += "</OrchestrationStep>";
    }
    put(text, format_args!("</OrchestrationSteps></{item}></{section}>"));
}
