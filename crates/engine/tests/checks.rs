//! What is said of the journeys of small policies: which claims are set where they are used, by each of the ways in which a
//! claim can be set, and whether what was verified counts. Each case is one way; what is said of other things is left out.

use journeyman_engine::findings;
use journeyman_policy::diagnostic::Diagnostic;
use journeyman_policy::example::Example;
use journeyman_policy::{PolicySet, Settings};

/// A policy whose journey runs these steps, with these profiles and other sections.
#[derive(Default)]
struct Parts<'a> {
    blocks: &'a str,
    profiles: &'a str,
    steps: &'a str,
    sub_journeys: &'a str,
    /// Of the relying party: claims that it takes from a request.
    inputs: &'a str,
}

const PAGE: &str = "Web.TPEngine.Providers.SelfAssertedAttributeProvider";
const REST: &str = "Web.TPEngine.Providers.RestfulProvider";
const CODE: &str = "Web.TPEngine.Providers.OneTimePasswordProtocolProvider";
const DIRECTORY: &str = "Web.TPEngine.Providers.AzureActiveDirectoryProvider";
const TRANSFORMATION: &str = "Web.TPEngine.Providers.ClaimsTransformationProtocolProvider";
const SESSION: &str = "Web.TPEngine.SSO.DefaultSSOSessionProvider";

fn profile(id: &str, handler: &str, inside: &str) -> String {
    let metadata = match handler {
        PAGE => "<Metadata><Item Key=\"ContentDefinitionReferenceId\">api.selfasserted</Item></Metadata>",
        REST => {
            "<Metadata><Item Key=\"ServiceUrl\">https://api.contoso.com/</Item><Item Key=\"AuthenticationType\">None</Item>\
             <Item Key=\"AllowInsecureAuthInProduction\">true</Item><Item Key=\"SendClaimsIn\">Body</Item></Metadata>"
        }
        DIRECTORY => "<Metadata><Item Key=\"Operation\">Read</Item></Metadata>",
        _ => "",
    };
    format!(
        "<TechnicalProfile Id=\"{id}\"><DisplayName>{id}</DisplayName>\
         <Protocol Name=\"Proprietary\" Handler=\"{handler}\" />{metadata}{inside}</TechnicalProfile>"
    )
}

/// A service that must have `email`.
fn needs() -> String {
    profile("Needs", REST, "<InputClaims><InputClaim ClaimTypeReferenceId=\"email\" Required=\"true\" /></InputClaims>")
}

fn outputs(claims: &[&str]) -> String {
    let one = |claim: &&str| format!("<OutputClaim ClaimTypeReferenceId=\"{claim}\" />");
    format!("<OutputClaims>{}</OutputClaims>", claims.iter().map(one).collect::<String>())
}

fn run(order: u32, profile: &str) -> String {
    run_unless(order, profile, "")
}

fn run_unless(order: u32, profile: &str, preconditions: &str) -> String {
    format!(
        "<OrchestrationStep Order=\"{order}\" Type=\"ClaimsExchange\">{preconditions}<ClaimsExchanges>\
         <ClaimsExchange Id=\"{profile}{order}\" TechnicalProfileReferenceId=\"{profile}\" /></ClaimsExchanges></OrchestrationStep>"
    )
}

fn call(order: u32) -> String {
    format!(
        "<OrchestrationStep Order=\"{order}\" Type=\"InvokeSubJourney\"><JourneyList>\
         <Candidate SubJourneyReferenceId=\"Sub\" /></JourneyList></OrchestrationStep>"
    )
}

fn sub_journey(steps: &str) -> String {
    format!(
        "<SubJourneys><SubJourney Id=\"Sub\" Type=\"Call\"><OrchestrationSteps>{steps}</OrchestrationSteps></SubJourney></SubJourneys>"
    )
}

fn precondition(kind: &str, execute_if: bool, values: &[&str]) -> String {
    let values: String = values.iter().map(|value| format!("<Value>{value}</Value>")).collect();
    format!(
        "<Preconditions><Precondition Type=\"{kind}\" ExecuteActionsIf=\"{execute_if}\">{values}\
         <Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions>"
    )
}

/// What is said of the flow of claims and of verification, each with its level.
fn said(parts: &Parts<'_>) -> Vec<String> {
    let Parts { blocks, profiles, steps, sub_journeys, inputs } = parts;
    let last = steps.matches("<OrchestrationStep ").count() + 1;
    let leaf = format!(
        "<BuildingBlocks>{blocks}</BuildingBlocks><ClaimsProviders><ClaimsProvider><DisplayName>All</DisplayName>\
         <TechnicalProfiles>{profiles}</TechnicalProfiles></ClaimsProvider></ClaimsProviders>\
         <UserJourneys><UserJourney Id=\"Mine\"><OrchestrationSteps>{steps}\
         <OrchestrationStep Order=\"{last}\" Type=\"SendClaims\" CpimIssuerTechnicalProfileReferenceId=\"Issuer\" />\
         </OrchestrationSteps></UserJourney></UserJourneys>{sub_journeys}\
         <RelyingParty><DefaultUserJourney ReferenceId=\"Mine\" /><TechnicalProfile Id=\"PolicyProfile\">\
         <DisplayName>P</DisplayName><Protocol Name=\"OpenIdConnect\" />{inputs}<OutputClaims>\
         <OutputClaim ClaimTypeReferenceId=\"objectId\" PartnerClaimType=\"sub\" DefaultValue=\"\" /></OutputClaims>\
         <SubjectNamingInfo ClaimType=\"sub\" /></TechnicalProfile></RelyingParty>"
    );
    let found = on_base(&leaf);
    let ours = found.iter().filter(|one| ("JM1080"..="JM1099").contains(&one.code.id));
    ours.map(|one| format!("{} {:?}: {}", one.code.id, one.severity, one.message)).collect()
}

/// The level and code only.
fn codes(parts: &Parts<'_>) -> Vec<String> {
    said(parts).iter().filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
}

#[test]
fn a_claim_is_set_by_everything_that_can_set_it() {
    let needs = needs();
    let asks = profile("Asks", PAGE, &outputs(&["email"]));
    let tells = profile("Tells", REST, &outputs(&["email"]));
    let validated = profile(
        "Asks",
        PAGE,
        &(outputs(&["displayName", "objectId"])
            + "<ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId=\"Needs\" /></ValidationTechnicalProfiles>"),
    );
    let session = profile(
        "Keeps",
        SESSION,
        "<PersistedClaims><PersistedClaim ClaimTypeReferenceId=\"email\" /></PersistedClaims>",
    ) + &profile(
        "Asks",
        PAGE,
        &(outputs(&["displayName"]) + "<UseTechnicalProfileForSessionManagement ReferenceId=\"Keeps\" />"),
    );
    let made = "<ClaimsTransformations><ClaimsTransformation Id=\"Make\" TransformationMethod=\"CreateStringClaim\">\
        <InputParameters><InputParameter Id=\"value\" DataType=\"string\" Value=\"a@b.c\" /></InputParameters><OutputClaims>\
        <OutputClaim ClaimTypeReferenceId=\"email\" TransformationClaimType=\"createdClaim\" /></OutputClaims>\
        </ClaimsTransformation></ClaimsTransformations>";
    let makes = profile(
        "Makes",
        TRANSFORMATION,
        "<OutputClaimsTransformations><OutputClaimsTransformation ReferenceId=\"Make\" /></OutputClaimsTransformations>",
    );
    let taken = "<InputClaims><InputClaim ClaimTypeReferenceId=\"email\" /></InputClaims>";
    let two = |first: &str| run(1, first) + &run(2, "Needs");
    let cases: &[(&str, Parts<'_>, &[&str])] = &[
        ("typed", Parts { profiles: &(asks.clone() + &needs), steps: &two("Asks"), ..Parts::default() }, &[]),
        ("answered", Parts { profiles: &(tells.clone() + &needs), steps: &two("Tells"), ..Parts::default() }, &[]),
        ("remembered", Parts { profiles: &(session + &needs), steps: &two("Asks"), ..Parts::default() }, &[]),
        ("made", Parts { blocks: made, profiles: &(makes + &needs), steps: &two("Makes"), ..Parts::default() }, &[]),
        ("requested", Parts { profiles: &needs, steps: &run(1, "Needs"), inputs: taken, ..Parts::default() }, &[]),
        (
            "set in a sub journey",
            Parts {
                profiles: &(tells.clone() + &needs),
                steps: &(call(1) + &run(2, "Needs")),
                sub_journeys: &sub_journey(&run(1, "Tells")),
                ..Parts::default()
            },
            &[],
        ),
        (
            "set before a sub journey",
            Parts {
                profiles: &(tells.clone() + &needs),
                steps: &(run(1, "Tells") + &call(2)),
                sub_journeys: &sub_journey(&run(1, "Needs")),
                ..Parts::default()
            },
            &[],
        ),
        (
            "set by one of two callers",
            Parts {
                profiles: &(tells.clone() + &needs),
                steps: &(call(1) + &run(2, "Tells") + &call(3)),
                sub_journeys: &sub_journey(&run(1, "Needs")),
                ..Parts::default()
            },
            &[],
        ),
        ("by nothing", Parts { profiles: &needs, steps: &run(1, "Needs"), ..Parts::default() }, &["JM1080 Error"]),
        (
            "too late",
            Parts { profiles: &(tells + &needs), steps: &(run(1, "Needs") + &run(2, "Tells")), ..Parts::default() },
            &["JM1080 Warning"],
        ),
        (
            "needed by what validates a page",
            Parts { profiles: &(validated + &needs), steps: &run(1, "Asks"), ..Parts::default() },
            &["JM1080 Warning"],
        ),
    ];
    for (name, parts, expected) in cases {
        assert_eq!(codes(parts), *expected, "{name}: {:#?}", said(parts));
    }
}

#[test]
fn what_is_not_resolved_may_set_anything() {
    let parts = Parts { profiles: &needs(), steps: &(run(1, "Nowhere") + &run(2, "Needs")), ..Parts::default() };
    assert_eq!(said(&parts), [""; 0]);
}

#[test]
fn nothing_is_said_of_what_is_behind_a_step_that_never_runs() {
    let never = precondition("ClaimsExist", false, &["objectId"]);
    let parts = Parts { profiles: &needs(), steps: &run_unless(1, "Needs", &never), ..Parts::default() };
    assert_eq!(said(&parts), ["JM1083 Warning: step 1 of `Mine` is always skipped: nothing before sets `objectId`"]);
}

#[test]
fn a_text_must_be_one_that_the_claim_can_have() {
    let page = |output: &str| profile("Asks", PAGE, &format!("<OutputClaims>{output}</OutputClaims>"));
    let fixed = page(
        "<OutputClaim ClaimTypeReferenceId=\"displayName\" /><OutputClaim ClaimTypeReferenceId=\"objectId\" DefaultValue=\"local\" />",
    );
    let typed = page("<OutputClaim ClaimTypeReferenceId=\"displayName\" DefaultValue=\"local\" />");
    let cases: &[(&str, &str, &str, &str, &[&str])] = &[
        ("the text", &fixed, "objectId", "local", &[]),
        ("a slip", &fixed, "objectId", "Local", &["JM1084 Warning"]),
        ("another", &fixed, "objectId", "federated", &["JM1084 Note"]),
        ("whatever was typed", &typed, "displayName", "social", &[]),
    ];
    for (name, profiles, claim, text, expected) in cases {
        let steps = run(1, "Asks") + &run_unless(2, "Asks", &precondition("ClaimEquals", true, &[claim, text]));
        let parts = Parts { profiles, steps: &steps, ..Parts::default() };
        assert_eq!(codes(&parts), *expected, "{name}: {:#?}", said(&parts));
    }
}

#[test]
fn the_directory_is_asked_for_somebody() {
    let reads = profile(
        "Reads",
        DIRECTORY,
        "<InputClaims><InputClaim ClaimTypeReferenceId=\"objectId\" /></InputClaims><OutputClaims><OutputClaim ClaimTypeReferenceId=\"displayName\" /></OutputClaims>",
    );
    let parts = Parts { profiles: &reads, steps: &run(1, "Reads"), ..Parts::default() };
    let expected = "JM1082 Warning: the claim `objectId` never has a value in step 1 of `Mine`, where it is the key that the directory \
                    is asked for";
    assert_eq!(said(&parts), [expected]);
}

#[test]
fn what_a_code_was_sent_for_stays_until_it_is_checked() {
    let validating = |profiles: &[&str]| {
        let one = |id: &&str| format!("<ValidationTechnicalProfile ReferenceId=\"{id}\" />");
        let all: String = profiles.iter().map(one).collect();
        format!("<ValidationTechnicalProfiles>{all}</ValidationTechnicalProfiles>")
    };
    let code = |id: &str, operation: &str, inside: &str| {
        profile(id, CODE, &format!("<Metadata><Item Key=\"Operation\">{operation}</Item></Metadata>{inside}"))
    };
    let to = "<InputClaim ClaimTypeReferenceId=\"email\" PartnerClaimType=\"identifier\" />";
    let make = code(
        "Make",
        "GenerateCode",
        &format!(
            "<InputClaims>{to}</InputClaims><OutputClaims><OutputClaim ClaimTypeReferenceId=\"otp\" PartnerClaimType=\"otpGenerated\" /></OutputClaims>"
        ),
    );
    let check = code(
        "Check",
        "VerifyCode",
        &format!(
            "<InputClaims>{to}<InputClaim ClaimTypeReferenceId=\"otp\" PartnerClaimType=\"otpToVerify\" /></InputClaims>"
        ),
    );
    let send = profile(
        "Send",
        REST,
        "<InputClaims><InputClaim ClaimTypeReferenceId=\"otp\" /><InputClaim ClaimTypeReferenceId=\"displayName\" /></InputClaims>",
    );
    let first = profile("First", PAGE, &(outputs(&["email", "displayName"]) + &validating(&["Make", "Send"])));
    let services = make + &check + &send + &first;
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("only the code is asked for", &["otp"], &[]),
        ("the payee can be changed", &["otp", "displayName"], &["JM1091 Warning"]),
    ];
    for (name, asked, expected) in cases {
        let second = profile("Second", PAGE, &(outputs(asked) + &validating(&["Check"])));
        let parts = Parts {
            profiles: &(services.clone() + &second),
            steps: &(run(1, "First") + &run(2, "Second")),
            ..Parts::default()
        };
        assert_eq!(codes(&parts), *expected, "{name}: {:#?}", said(&parts));
    }
}

/// Sub journeys that call the next two, or one another: what each may set is worked out once, however many ways lead to it.
#[test]
fn sub_journeys_that_call_many_others_are_followed_once() {
    let calls = |targets: &[usize]| -> String {
        let one = |(at, target): (usize, &usize)| {
            let order = at + 1;
            format!(
                "<OrchestrationStep Order=\"{order}\" Type=\"InvokeSubJourney\"><JourneyList>\
                 <Candidate SubJourneyReferenceId=\"S{target}\" /></JourneyList></OrchestrationStep>"
            )
        };
        targets.iter().enumerate().map(one).collect()
    };
    let ladder = (0..60).map(|at| if at < 59 { vec![at + 1, at + 1] } else { Vec::new() });
    let all = (0..12).map(|_| (0..12).collect::<Vec<_>>());
    let chain = (0..3000).map(|at| if at < 2999 { vec![at + 1] } else { Vec::new() });
    for shape in [ladder.collect::<Vec<_>>(), all.collect(), chain.collect()] {
        let one = |(at, targets): (usize, &Vec<usize>)| {
            format!(
                "<SubJourney Id=\"S{at}\" Type=\"Call\"><OrchestrationSteps>{}</OrchestrationSteps></SubJourney>",
                if targets.is_empty() { run(1, "Needs") } else { calls(targets) }
            )
        };
        let sub_journeys: String = shape.iter().enumerate().map(one).collect();
        let sub_journeys = format!("<SubJourneys>{sub_journeys}</SubJourneys>");
        let first = call(1).replace("\"Sub\"", "\"S0\"");
        let text = said(&Parts { profiles: &needs(), steps: &first, sub_journeys: &sub_journeys, ..Parts::default() });
        assert_eq!(text.iter().any(|one| one.contains("email")), shape.len() != 12, "{text:?}");
    }
}

/// What is said of a leaf over the examples' base.
fn on_base(leaf: &str) -> Vec<Diagnostic> {
    let mut sources = Example::Elements(&[journeyman_policy::example::BASE]).sources();
    sources.add("1.xml", format!(
        "<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" PolicySchemaVersion=\"0.3.0.0\" \
         TenantId=\"contoso.onmicrosoft.com\" PolicyId=\"B2C_1A_1\" PublicPolicyUri=\"http://contoso.onmicrosoft.com/B2C_1A_1\">\
         <BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>B2C_1A_0</PolicyId></BasePolicy>{leaf}\
         </TrustFrameworkPolicy>"
    ));
    findings(&PolicySet::compile(sources, &Settings::default()))
}

/// Every code that is said of a leaf whose relying party starts the base's journey, unless it has another.
fn all_codes(leaf: &str) -> Vec<&'static str> {
    const PARTY: &str = "<RelyingParty><DefaultUserJourney ReferenceId=\"Journey\" /><TechnicalProfile Id=\"PolicyProfile\">\
        <DisplayName>P</DisplayName><Protocol Name=\"OpenIdConnect\" /><OutputClaims>\
        <OutputClaim ClaimTypeReferenceId=\"objectId\" PartnerClaimType=\"sub\" DefaultValue=\"\" /></OutputClaims>\
        <SubjectNamingInfo ClaimType=\"sub\" /></TechnicalProfile></RelyingParty>";
    let party = if leaf.contains("<RelyingParty>") { "" } else { PARTY };
    on_base(&format!("{leaf}{party}")).iter().map(|found| found.code.id).collect()
}

#[test]
fn what_follows_from_a_mistake_is_not_said_beside_it() {
    let include = |id: &str, of: &str| {
        format!(
            "<TechnicalProfile Id=\"{id}\"><DisplayName>x</DisplayName><IncludeTechnicalProfile ReferenceId=\"{of}\" /></TechnicalProfile>"
        )
    };
    let profiles = |inside: &str| {
        format!(
            "<ClaimsProviders><ClaimsProvider><DisplayName>x</DisplayName><TechnicalProfiles>{inside}</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"
        )
    };
    let chain = profiles(&(include("Example", "Second") + &include("Second", "Gone")));
    let circle = profiles(&(include("Example", "Second") + &include("Second", "Third") + &include("Third", "Second")));
    let persisted = profiles(
        "<TechnicalProfile Id=\"Example\"><DisplayName>x</DisplayName>\
         <Protocol Name=\"Proprietary\" Handler=\"Web.TPEngine.Providers.AzureActiveDirectoryProvider\" />\
         <Metadata><Item Key=\"Operation\">Write</Item></Metadata>\
         <InputClaims><InputClaim ClaimTypeReferenceId=\"objectId\" /></InputClaims>\
         <PersistedClaims><PersistedClaim ClaimTypeReferenceId=\"nickname2\" /></PersistedClaims></TechnicalProfile>",
    );
    let party = "<RelyingParty><DefaultUserJourney ReferenceId=\"Jorney\" />\
         <Endpoints><Endpoint Id=\"UserInfo\" UserJourneyReferenceId=\"Journey\" /></Endpoints>\
         <TechnicalProfile Id=\"PolicyProfile\"><DisplayName>x</DisplayName><Protocol Name=\"OpenIdConnect\" />\
         <OutputClaims><OutputClaim ClaimTypeReferenceId=\"email\" /></OutputClaims></TechnicalProfile></RelyingParty>";
    let shows = "<DisplayClaims><DisplayClaim DisplayControlReferenceId=\"c\" /></DisplayClaims>";
    let page = profiles(&profile("Example", PAGE, &format!("{shows}{}", outputs(&["email"]))));
    let code = |attribute: &str, actions: &str| {
        format!(
            "<BuildingBlocks><DisplayControls><DisplayControl Id=\"c\" UserInterfaceControlType=\"VerificationControl\">\
             <DisplayClaims><DisplayClaim ClaimTypeReferenceId=\"email\" ControlClaimType=\"{attribute}\" Required=\"true\" /></DisplayClaims>\
             <OutputClaims><OutputClaim ClaimTypeReferenceId=\"email\" /></OutputClaims><Actions>{actions}</Actions>\
             </DisplayControl></DisplayControls></BuildingBlocks>{page}"
        )
    };
    let action = |id: &str| {
        format!(
            "<Action Id=\"{id}\"><ValidationClaimsExchange><ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId=\"Example\" /></ValidationClaimsExchange></Action>"
        )
    };
    let misspelt = code("Email", &(action("SendCode") + &action("VerfyCode")));
    let others = code("email", &(action("SendCode") + &action("ResendCode") + &action("VerifyCode")));
    let lacking = code("Email", &(action("SendCode") + &action("Other")));
    let unknown = code("Mail", "");
    let cases = [
        ("an inclusion that leads nowhere", chain.as_str(), Some("JM0103"), "JM1002"),
        ("an inclusion in a circle", circle.as_str(), None, "JM1002"),
        ("a claim that is not declared", persisted.as_str(), Some("JM0101"), "JM1060"),
        ("a journey that is not there", party, None, "JM1081"),
        ("an action that is misspelt", misspelt.as_str(), Some("JM1092"), "JM1087"),
        ("an action of another name", others.as_str(), None, "JM1092"),
        ("no action to check the code", lacking.as_str(), Some("JM1087"), "JM1092"),
        ("an unknown use of a claim", unknown.as_str(), Some("JM1092"), "JM1087"),
    ];
    for (what, inside, mistake, follow_up) in cases {
        let said = all_codes(inside);
        assert!(mistake.is_none_or(|mistake| said.contains(&mistake)), "{what}: {said:?}");
        assert!(!said.contains(&follow_up), "{what}: {said:?}");
    }
}

#[test]
fn an_empty_client_id_of_the_password_check_is_told() {
    let password_check = |metadata: &str, claim: &str| {
        let profile = format!(
            "<TechnicalProfile Id=\"Example\"><DisplayName>x</DisplayName><Protocol Name=\"OpenIdConnect\" />\
             <Metadata>{metadata}<Item Key=\"grant_type\">password</Item></Metadata><InputClaims>\
             <InputClaim ClaimTypeReferenceId=\"email\" PartnerClaimType=\"username\" />{claim}</InputClaims></TechnicalProfile>"
        );
        let inside = format!(
            "<ClaimsProviders><ClaimsProvider><DisplayName>x</DisplayName><TechnicalProfiles>{profile}</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"
        );
        all_codes(&inside)
    };
    let claim = "<InputClaim ClaimTypeReferenceId=\"displayName\" PartnerClaimType=\"client_id\" DefaultValue=\"x\" />";
    let empty = "<Item Key=\"client_id\"></Item>";
    assert!(password_check(empty, "").contains(&"JM1005"));
    assert!(password_check(empty, claim).contains(&"JM1005"));
    assert!(password_check("", "").contains(&"JM1004"));
    let said = password_check("", claim);
    assert!(!said.contains(&"JM1004") && !said.contains(&"JM1005"), "{said:?}");
}
