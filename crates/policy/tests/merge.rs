//! Inheritance, text in and text out: two or three small files, and what of the merged policy the case is about.

use std::fmt::Write as _;

use journeyman_claims::Name;
use journeyman_policy::model::{ClaimUse, DisplayClaim, Policy, Restriction, Selection, TechnicalProfile};
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};

/// Compiles files of one chain, root first, and answers the leaf.
fn merged(files: &[&str]) -> Policy {
    let mut sources = Sources::default();
    for (at, inside) in files.iter().enumerate() {
        let base = at.checked_sub(1).map(|b| format!("<BasePolicy><PolicyId>P{b}</PolicyId></BasePolicy>"));
        let base = base.unwrap_or_default();
        sources.add(
            format!("{at}.xml"),
            format!(
                "<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" \
                 TenantId=\"contoso\" PolicyId=\"P{at}\">{base}{inside}</TrustFrameworkPolicy>"
            ),
        );
    }
    let set = PolicySet::compile(sources, &Settings::default());
    let leaf = Name::new(&format!("p{}", files.len() - 1));
    Policy::clone(set.policy(&leaf).expect("the leaf is readable"))
}

fn profile(inside: &str) -> String {
    provider(&format!("<TechnicalProfile Id=\"TP\">{inside}</TechnicalProfile>"))
}

fn provider(inside: &str) -> String {
    let profiles = format!("<TechnicalProfiles>{inside}</TechnicalProfiles>");
    format!("<ClaimsProviders><ClaimsProvider>{profiles}</ClaimsProvider></ClaimsProviders>")
}

fn journey(steps: &str) -> String {
    let steps = format!("<OrchestrationSteps>{steps}</OrchestrationSteps>");
    format!("<UserJourneys><UserJourney Id=\"J\">{steps}</UserJourney></UserJourneys>")
}

fn blocks(inside: &str) -> String {
    format!("<BuildingBlocks>{inside}</BuildingBlocks>")
}

fn of<'a>(policy: &'a Policy, id: &str) -> &'a TechnicalProfile {
    policy.technical_profiles.get(&Name::new(id)).expect("the profile is declared")
}

fn claims(claims: &[ClaimUse]) -> String {
    let one = |claim: &ClaimUse| {
        let partner = claim.partner.as_ref().map(|p| format!(">{p}")).unwrap_or_default();
        let default = claim.default.as_ref().map(|d| format!("={d}")).unwrap_or_default();
        let required = if claim.required { "!" } else { "" };
        format!("{}{partner}{default}{required}", claim.claim.value)
    };
    claims.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn names<'a, T: std::fmt::Display + 'a>(items: impl IntoIterator<Item = &'a T>) -> String {
    items.into_iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// `order type exchanges selections sub-journeys` a line.
fn steps(policy: &Policy) -> String {
    let mut text = String::new();
    for step in &policy.user_journeys.get(&Name::new("J")).expect("the journey is declared").steps {
        write!(text, "{} {:?}", step.order, step.step_type.value).expect("a string takes everything");
        if !step.preconditions.is_empty() {
            write!(text, " if{}", step.preconditions.len()).expect("a string takes everything");
        }
        for exchange in &step.exchanges {
            write!(text, " {}:{}", exchange.id, exchange.profile).expect("a string takes everything");
        }
        for selection in &step.selections {
            match selection {
                Selection::Target(id) => write!(text, " ?{id}"),
                Selection::Validation(id) => write!(text, " !{id}"),
            }
            .expect("a string takes everything");
        }
        for candidate in &step.candidates {
            write!(text, " >{candidate}").expect("a string takes everything");
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

#[test]
fn the_simple_parts_of_a_profile_are_the_childs_or_else_inherited() {
    let policy = merged(&[
        &profile(
            "<DisplayName>Base</DisplayName><Protocol Name='Proprietary' Handler='A.B , Version=1'/>\
             <Metadata><Item Key='a'>1</Item><Item Key='b'>2</Item></Metadata>\
             <CryptographicKeys><Key Id='k' StorageReferenceId='B2C_1A_One'/></CryptographicKeys><IncludeInSso>false</IncludeInSso>",
        ),
        &profile(
            "<DisplayName>Child</DisplayName><Metadata><Item Key='B '>3</Item><Item Key='c'> 4 </Item></Metadata>",
        ),
        &profile("<CryptographicKeys><Key Id='K' StorageReferenceId='B2C_1A_Two'/></CryptographicKeys>"),
    ]);
    let profile = of(&policy, "tp");
    assert_eq!(profile.display_name.as_deref(), Some("Child"));
    assert_eq!(profile.protocol.as_ref().and_then(|p| p.value.handler.as_deref()), Some("A.B"));
    let metadata: Vec<_> = profile.metadata.iter().map(|(key, value)| format!("{key}={value}")).collect();
    assert_eq!(metadata, ["a=1", "b=3", "c= 4 "]);
    assert_eq!(profile.metadata("C"), Some("4"));
    assert_eq!(names(profile.keys.values()), "B2C_1A_Two");
    assert_eq!(profile.include_in_sso, Some(false));
}

#[test]
fn claims_are_a_union_in_the_parents_order_and_the_childs_attributes_win() {
    let policy = merged(&[
        &profile(
            "<OutputClaims><OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='x'/>\
             <OutputClaim ClaimTypeReferenceId='b' DefaultValue='1'/></OutputClaims>",
        ),
        &profile(
            "<OutputClaims><OutputClaim ClaimTypeReferenceId='c'/>\
             <OutputClaim ClaimTypeReferenceId='B' Required='True'/></OutputClaims>",
        ),
    ]);
    assert_eq!(claims(&of(&policy, "TP").output_claims), "a>x B=1! c");
}

#[test]
fn one_claim_may_go_out_under_several_names() {
    let twice = "<OutputClaims><OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='x'/>\
                 <OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='y'/>\
                 <OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='y'/></OutputClaims>";
    let child =
        "<OutputClaims><OutputClaim ClaimTypeReferenceId='a' PartnerClaimType='y' DefaultValue='1'/></OutputClaims>";
    assert_eq!(claims(&of(&merged(&[&profile(twice)]), "TP").output_claims), "a>x a>y");
    assert_eq!(claims(&of(&merged(&[&profile(twice), &profile(child)]), "TP").output_claims), "a>x a>y=1");
}

#[test]
fn validations_and_transformations_run_child_first_and_twice_where_listed_twice() {
    let list = |ids: &[&str]| {
        let one = |id: &&str| format!("<ValidationTechnicalProfile ReferenceId='{id}'/>");
        let validations: String = ids.iter().map(one).collect();
        let one = |id: &&str| format!("<OutputClaimsTransformation ReferenceId='{id}'/>");
        let transformations: String = ids.iter().map(one).collect();
        profile(&format!(
            "<OutputClaimsTransformations>{transformations}</OutputClaimsTransformations>\
             <ValidationTechnicalProfiles>{validations}</ValidationTechnicalProfiles>"
        ))
    };
    let policy = merged(&[&list(&["Write"]), &list(&["Rest", "Write"])]);
    let profile = of(&policy, "TP");
    assert_eq!(names(profile.validations.iter().map(|v| &v.profile)), "Rest Write Write");
    assert_eq!(names(&profile.output_transformations), "Rest Write Write");
}

#[test]
fn validations_nested_by_mistake_belong_to_the_outer_list() {
    let nested = "<ValidationTechnicalProfiles><ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId='A'/>\
                  </ValidationTechnicalProfiles></ValidationTechnicalProfiles>";
    let policy = merged(&[&profile(nested)]);
    assert_eq!(names(of(&policy, "TP").validations.iter().map(|v| &v.profile)), "A");
}

#[test]
fn an_extension_of_a_common_profile_reaches_everything_that_includes_it() {
    let policy = merged(&[
        &provider(
            "<TechnicalProfile Id='Common'><Protocol Name='Proprietary' Handler='H'/>\
             <OutputClaims><OutputClaim ClaimTypeReferenceId='a'/></OutputClaims></TechnicalProfile>\
             <TechnicalProfile Id='Middle'><IncludeTechnicalProfile ReferenceId='common'/></TechnicalProfile>\
             <TechnicalProfile Id='Read'><Metadata><Item Key='k'>own</Item></Metadata>\
             <OutputClaims><OutputClaim ClaimTypeReferenceId='b'/></OutputClaims>\
             <IncludeTechnicalProfile ReferenceId='Middle'/></TechnicalProfile>",
        ),
        &provider(
            "<TechnicalProfile Id='Common'><Metadata><Item Key='k'>common</Item><Item Key='ClientId'>id</Item></Metadata>\
             <OutputClaims><OutputClaim ClaimTypeReferenceId='c'/></OutputClaims></TechnicalProfile>",
        ),
    ]);
    let read = of(&policy, "Read");
    assert_eq!(claims(&read.output_claims), "a c b");
    assert_eq!((read.metadata("k"), read.metadata("ClientId")), (Some("own"), Some("id")));
    assert_eq!(read.protocol.as_ref().map(|p| p.value.name.as_str()), Some("Proprietary"));
}

#[test]
fn steps_merge_by_order() {
    let base = journey(
        "<OrchestrationStep Order='1' Type='CombinedSignInAndSignUp'><ClaimsProviderSelections>\
         <ClaimsProviderSelection TargetClaimsExchangeId='SignUp'/><ClaimsProviderSelection ValidationClaimsExchangeId='Local'/>\
         </ClaimsProviderSelections><ClaimsExchanges><ClaimsExchange Id='Local' TechnicalProfileReferenceId='A'/>\
         </ClaimsExchanges></OrchestrationStep>\
         <OrchestrationStep Order='2' Type='ClaimsExchange'><Preconditions><Precondition Type='ClaimsExist' \
         ExecuteActionsIf='true'><Value>objectId</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions>\
         <ClaimsExchanges><ClaimsExchange Id='SignUp' TechnicalProfileReferenceId='B'/></ClaimsExchanges></OrchestrationStep>\
         <OrchestrationStep Order='3' Type='SendClaims' CpimIssuerTechnicalProfileReferenceId='Jwt'/>",
    );
    let child = journey(
        "<OrchestrationStep Order='4' Type='SendClaims'/>\
         <OrchestrationStep Order='3' Type='InvokeSubJourney'><JourneyList><Candidate SubJourneyReferenceId='S'/></JourneyList></OrchestrationStep>\
         <OrchestrationStep Order='1' Type='CombinedSignInAndSignUp'><ClaimsExchanges>\
         <ClaimsExchange Id='local' TechnicalProfileReferenceId='A2'/></ClaimsExchanges></OrchestrationStep>",
    );
    let expected = "1 CombinedSignInAndSignUp local:A2 ?SignUp !Local\n\
                    2 ClaimsExchange if1 SignUp:B\n\
                    3 InvokeSubJourney >S\n\
                    4 SendClaims";
    assert_eq!(steps(&merged(&[&base, &child])), expected);
    let empty = journey("<OrchestrationStep Order='2' Type='ClaimsExchange'><Preconditions/></OrchestrationStep>");
    let skipless = steps(&merged(&[&base, &empty]));
    assert_eq!(skipless.lines().nth(1), Some("2 ClaimsExchange SignUp:B"));
}

#[test]
fn two_steps_of_one_order_stay_in_the_order_of_the_file() {
    let twice = journey(
        "<OrchestrationStep Order='1' Type='GetClaims'/><OrchestrationStep Order='1' Type='ClaimsExchange'/>\
         <OrchestrationStep Order='2' Type='SendClaims'/>",
    );
    let child = journey("<OrchestrationStep Order='1' Type='Noop'/>");
    assert_eq!(steps(&merged(&[&twice])), "1 GetClaims\n1 ClaimsExchange\n2 SendClaims");
    assert_eq!(steps(&merged(&[&twice, &child])), "1 Noop\n1 ClaimsExchange\n2 SendClaims");
}

#[test]
fn a_claim_type_is_extended_part_by_part() {
    let policy = merged(&[
        &blocks(
            "<ClaimsSchema><ClaimType Id='Email'><DisplayName>Mail</DisplayName><DataType>string</DataType></ClaimType></ClaimsSchema>",
        ),
        &blocks(
            "<ClaimsSchema><ClaimType Id='email'><UserInputType>TextBox</UserInputType>\
             <PredicateValidationReference Id='V'/></ClaimType></ClaimsSchema>",
        ),
    ]);
    let claim = policy.claim_types.get(&Name::new("EMAIL")).expect("the claim is declared");
    assert_eq!(claim.id.as_str(), "Email");
    assert_eq!(claim.display_name.as_deref(), Some("Mail"));
    assert!(claim.data_type.is_some() && claim.input_type.is_some() && claim.predicate_validation.is_some());
}

#[test]
fn lists_follow_their_merge_behavior() {
    let claim = |behavior: &str, value: &str| {
        let item = format!("<Enumeration Text='t' Value='{value}'/>");
        let restriction = format!("<Restriction {behavior}>{item}</Restriction>");
        blocks(&format!("<ClaimsSchema><ClaimType Id='c'>{restriction}</ClaimType></ClaimsSchema>"))
    };
    for (behavior, expected) in [
        ("", "child"),
        ("MergeBehavior='ReplaceAll'", "child"),
        ("MergeBehavior='Append'", "base child"),
        ("MergeBehavior='Prepend'", "child base"),
    ] {
        let policy = merged(&[&claim("", "base"), &claim(behavior, "child")]);
        let restriction = policy.claim_types.get(&Name::new("c")).and_then(|claim| claim.restriction.as_ref());
        let Some(Restriction::Enumeration(items)) = restriction else { panic!("a list was declared") };
        assert_eq!(names(items.iter().map(|item| &item.value)), expected, "{behavior}");
    }
}

#[test]
fn content_definitions_keep_what_a_child_leaves_out() {
    let definition = |inside: &str| {
        blocks(&format!(
            "<ContentDefinitions><ContentDefinition Id='api.x'>{inside}</ContentDefinition></ContentDefinitions>"
        ))
    };
    let references = |behavior: &str, languages: &[(&str, &str)]| {
        let one = |(language, id): &(&str, &str)| {
            format!("<LocalizedResourcesReference Language='{language}' LocalizedResourcesReferenceId='{id}'/>")
        };
        let all: String = languages.iter().map(one).collect();
        format!("<LocalizedResourcesReferences {behavior}>{all}</LocalizedResourcesReferences>")
    };
    let base = definition(&format!(
        "<LoadUri>~/base</LoadUri><DataUri>urn:x</DataUri><Metadata><Item Key='DisplayName'>Base</Item></Metadata>{}",
        references("", &[("en", "base.en"), ("de", "base.de")])
    ));
    let child = definition(&format!(
        "<LoadUri>~/child</LoadUri>{}",
        references("MergeBehavior='Prepend'", &[("fr", "child.fr"), ("EN", "child.en")])
    ));
    let policy = merged(&[&base, &child]);
    let definition = policy.content_definitions.get(&Name::new("API.X")).expect("the definition is declared");
    assert_eq!(definition.load_uri.as_ref().map(|uri| uri.value.as_str()), Some("~/child"));
    assert_eq!(definition.data_uri.as_ref().map(|uri| uri.value.as_str()), Some("urn:x"));
    assert_eq!(names(definition.localized.iter().map(|texts| &texts.resources)), "child.fr child.en base.de");
}

#[test]
fn texts_are_a_union_and_the_childs_win() {
    let texts = |strings: &str| {
        let resources =
            format!("<LocalizedResources Id='r'><LocalizedStrings>{strings}</LocalizedStrings></LocalizedResources>");
        blocks(&format!("<Localization Enabled='true'>{resources}</Localization>"))
    };
    let policy = merged(&[
        &texts(
            "<LocalizedString ElementType='UxElement' StringId='a'>base a</LocalizedString>\
             <LocalizedString ElementType='ClaimType' ElementId='email' StringId='DisplayName'>base</LocalizedString>",
        ),
        &texts(
            "<LocalizedString ElementType='uxelement' StringId='A'>child a</LocalizedString>\
             <LocalizedString ElementType='UxElement' StringId='b'>child b</LocalizedString>",
        ),
    ]);
    assert!(policy.localization.enabled);
    let resources = policy.localization.resources.get(&Name::new("R")).expect("the texts are declared");
    assert_eq!(resources.string("UxElement", None, "a"), Some("child a"));
    assert_eq!(resources.string("UxElement", None, "b"), Some("child b"));
    assert_eq!(resources.string("ClaimType", Some("EMAIL"), "DisplayName"), Some("base"));
    assert_eq!(resources.string("ClaimType", None, "DisplayName"), None);
}

#[test]
fn a_control_is_extended_claim_by_claim_and_action_by_action() {
    let control = |inside: &str| {
        let control =
            format!("<DisplayControl Id='c' UserInterfaceControlType='VerificationControl'>{inside}</DisplayControl>");
        blocks(&format!("<DisplayControls>{control}</DisplayControls>"))
    };
    let action = |id: &str, profile: &str| {
        let one = format!("<ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId='{profile}'/>");
        format!("<Action Id='{id}'><ValidationClaimsExchange>{one}</ValidationClaimsExchange></Action>")
    };
    let policy = merged(&[
        &control(&format!(
            "<DisplayClaims><DisplayClaim ClaimTypeReferenceId='a' Required='true'/></DisplayClaims><Actions>{}{}</Actions>",
            action("SendCode", "Base"),
            action("VerifyCode", "Base")
        )),
        &control(&format!(
            "<DisplayClaims><DisplayClaim ClaimTypeReferenceId='A' ControlClaimType='Phone'/><DisplayClaim ClaimTypeReferenceId='b'/>\
             </DisplayClaims><Actions>{}</Actions>",
            action("sendcode", "Child")
        )),
    ]);
    let control = policy.display_controls.get(&Name::new("c")).expect("the control is declared");
    let shown: Vec<_> = control
        .display_claims
        .iter()
        .filter_map(|shown| match shown {
            DisplayClaim::Claim(claim) => Some(claim.clone()),
            DisplayClaim::Control(_) => None,
        })
        .collect();
    assert_eq!(claims(&shown), "A! b");
    assert_eq!(shown[0].control_claim_type.as_ref().map(|kind| kind.value.as_str()), Some("Phone"));
    let runs = |id| control.action(id).map(|action| names(action.validations.iter().map(|v| &v.profile)));
    assert_eq!(runs("SendCode").as_deref(), Some("Child"));
    assert_eq!(runs("VerifyCode").as_deref(), Some("Base"));
}

#[test]
fn the_relying_party_is_the_leafs_and_only_its_journey_is_inherited() {
    let base = "<RelyingParty><DefaultUserJourney ReferenceId='J'/><UserJourneyBehaviors><ScriptExecution>Allow\
                </ScriptExecution></UserJourneyBehaviors><TechnicalProfile Id='PolicyProfile'><OutputClaims>\
                <OutputClaim ClaimTypeReferenceId='base'/></OutputClaims></TechnicalProfile></RelyingParty>";
    let leaf = "<RelyingParty><TechnicalProfile Id='PolicyProfile'><OutputClaims><OutputClaim ClaimTypeReferenceId='leaf'/>\
                </OutputClaims></TechnicalProfile></RelyingParty>";
    let policy = merged(&[base, leaf]);
    let party = policy.relying_party.as_ref().expect("the leaf has one");
    assert_eq!(party.default_journey.as_ref().map(|id| id.value.as_str()), Some("J"));
    assert_eq!(claims(&party.profile.output_claims), "leaf");
    assert!(!party.behaviors.allow_scripts);
    assert!(merged(&[base, ""]).relying_party.is_none());
}

#[test]
fn a_byte_order_mark_windows_lines_and_comments_change_nothing() {
    let text = "\u{feff}<?xml version=\"1.0\"?>\r\n<!-- c -->\r\n<TrustFrameworkPolicy \
                xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" PolicySchemaVersion=\"0.3.0.0\" \
                PolicyId=\"B2C_1A_X\" TenantId=\"t\" PublicPolicyUri=\"http://t\">\r\n\
                <BuildingBlocks><ClaimsSchema><ClaimType Id=\"a\"><DisplayName>One<!-- two --> three</DisplayName>\
                <DataType>string</DataType></ClaimType></ClaimsSchema></BuildingBlocks>\r\n</TrustFrameworkPolicy>";
    let mut sources = Sources::default();
    sources.add("x.xml", text);
    let set = PolicySet::compile(sources, &Settings::default());
    assert!(set.diagnostics.is_empty(), "{:?}", set.diagnostics);
    let policy = set.policy(&Name::new("b2c_1a_x")).expect("the policy is read");
    let claim = policy.claim_types.get(&Name::new("a")).expect("the claim is declared");
    assert_eq!(claim.display_name.as_deref(), Some("One three"));
    assert_eq!(set.sources.position(claim.span), (4, 31));
    assert_eq!(set.sources.text(claim.span), "<ClaimType Id=\"a\">");
}

#[test]
fn a_bundle_compiles_to_the_same_policy_and_its_digest_knows_every_change() {
    let file = |id: &str, base: &str, claim: &str| {
        let base = if base.is_empty() {
            String::new()
        } else {
            format!("<BasePolicy><PolicyId>{base}</PolicyId></BasePolicy>")
        };
        let schema =
            format!("<ClaimsSchema><ClaimType Id=\"{claim}\"><DataType>string</DataType></ClaimType></ClaimsSchema>");
        format!(
            "<TrustFrameworkPolicy PolicyId=\"{id}\" TenantId=\"t\">{base}<BuildingBlocks>{schema}</BuildingBlocks></TrustFrameworkPolicy>"
        )
    };
    let compile = |claim: &str, setting: &str| {
        let mut sources = Sources::default();
        sources.add("leaf.xml", file("B2C_1A_{{stage}}", "B2C_1A_Base", claim));
        sources.add("other.xml", file("B2C_1A_Other", "B2C_1A_Base", "o"));
        sources.add("base.xml", file("B2C_1A_Base", "", "b"));
        let mut settings = Settings::default();
        settings.set("stage", setting);
        PolicySet::compile(sources, &settings)
    };
    let set = compile("a", "Test");
    let policy = set.policy(&Name::new("B2C_1A_Test")).expect("the placeholder is filled");
    let bundle = set.bundle(policy);
    assert_eq!(bundle.sources.len(), 2);
    let stored = serde_json::to_string(&bundle).expect("a bundle is data");
    let again: journeyman_policy::Bundle = serde_json::from_str(&stored).expect("and comes back");
    assert_eq!(again.digest(), set.digest(policy));
    let recompiled = again.compile();
    let last = recompiled.policies.last().expect("the leaf is last");
    assert_eq!((last.id.as_str(), names(last.claim_types.keys())), ("B2C_1A_Test", "b a".to_owned()));
    let digest = |set: &PolicySet| set.policies.first().map(|policy| set.digest(policy));
    assert_ne!(digest(&compile("a2", "Test")), digest(&set));
    assert_ne!(digest(&compile("a", "Prod")), digest(&set));
    assert_eq!(digest(&compile("a", "Test")), digest(&set));
}
