//! What inheritance promises of any chain, tried on chains made up at random.

use journeyman_policy::effective::xml;
use journeyman_policy::model::Policy;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use serde_json::Value;

/// A list of elements around some of its items.
fn list(name: &'static str, items: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    vec(items, 0..4).prop_map(move |items| wrapped(name, "", &items.concat()))
}

fn wrapped(name: &str, attributes: &str, inside: &str) -> String {
    format!("<{name}{attributes}>{inside}</{name}>")
}

/// One of very few ids, so that layers meet.
fn id() -> impl Strategy<Value = &'static str> {
    select(&["one", "Two", "thRee"][..])
}

fn word() -> impl Strategy<Value = &'static str> {
    select(&["x", "y", "z w"][..])
}

/// Some of these strings, in their order.
fn some(parts: Vec<BoxedStrategy<String>>) -> impl Strategy<Value = String> {
    parts.into_iter().map(of).collect::<Vec<_>>().prop_map(|parts| parts.into_iter().flatten().collect())
}

fn attribute(name: &'static str, value: impl Strategy<Value = &'static str> + 'static) -> BoxedStrategy<String> {
    value.prop_map(move |value| format!(" {name}='{value}'")).boxed()
}

fn text(name: &'static str) -> BoxedStrategy<String> {
    word().prop_map(move |text| wrapped(name, "", text)).boxed()
}

fn flag() -> impl Strategy<Value = &'static str> {
    select(&["true", "false"][..])
}

fn merge_behavior() -> BoxedStrategy<String> {
    attribute("MergeBehavior", select(&["Append", "Prepend", "ReplaceAll"][..]))
}

/// An element with an id, some other attributes, and some parts.
fn element(
    name: &'static str,
    key: &'static str,
    attributes: Vec<BoxedStrategy<String>>,
    parts: Vec<BoxedStrategy<String>>,
) -> BoxedStrategy<String> {
    (id(), some(attributes), some(parts))
        .prop_map(move |(id, attributes, inside)| wrapped(name, &format!(" {key}='{id}'{attributes}"), &inside))
        .boxed()
}

fn with_behavior(name: &'static str, items: BoxedStrategy<String>) -> BoxedStrategy<String> {
    let attributes = some(vec![merge_behavior()]);
    (attributes, vec(items, 1..3)).prop_map(move |(behavior, items)| wrapped(name, &behavior, &items.concat())).boxed()
}

fn claim_type() -> BoxedStrategy<String> {
    let enumeration = word().prop_map(|word| format!("<Enumeration Text='{word}' Value='{word}'/>")).boxed();
    let pattern = word().prop_map(|word| format!("<Restriction><Pattern RegularExpression='{word}'/></Restriction>"));
    let restriction = Union::new([with_behavior("Restriction", enumeration), pattern.boxed()]).boxed();
    let data_type = select(&["string", "int"][..]).prop_map(|kind| wrapped("DataType", "", kind)).boxed();
    let parts = vec![text("DisplayName"), data_type, text("AdminHelpText"), text("UserHelpText"), restriction];
    element("ClaimType", "Id", vec![], parts)
}

fn content_definition() -> BoxedStrategy<String> {
    let reference = (select(&["en", "de", "FR"][..]), id()).prop_map(|(language, id)| {
        format!("<LocalizedResourcesReference Language='{language}' LocalizedResourcesReferenceId='{id}'/>")
    });
    let references = with_behavior("LocalizedResourcesReferences", reference.boxed());
    element("ContentDefinition", "Id", vec![], vec![text("LoadUri"), text("DataUri"), metadata(), references])
}

fn metadata() -> BoxedStrategy<String> {
    let item = (id(), word()).prop_map(|(key, text)| format!("<Item Key='{key}'>{text}</Item>"));
    list("Metadata", item).boxed()
}

fn localization() -> BoxedStrategy<String> {
    let language = select(&["en", "de", "fr"][..]).prop_map(|tag| wrapped("SupportedLanguage", "", tag)).boxed();
    let string = (id(), word()).prop_map(|(id, text)| {
        format!("<LocalizedString ElementType='UxElement' StringId='{id}'>{text}</LocalizedString>")
    });
    let resources = element("LocalizedResources", "Id", vec![], vec![list("LocalizedStrings", string).boxed()]);
    let parts = some(vec![with_behavior("SupportedLanguages", language), resources]);
    parts.prop_map(|inside| wrapped("Localization", " Enabled='true'", &inside)).boxed()
}

fn claims(list_name: &'static str, item: &'static str) -> BoxedStrategy<String> {
    let attributes = || {
        vec![attribute("PartnerClaimType", word()), attribute("DefaultValue", word()), attribute("Required", flag())]
    };
    list(list_name, element(item, "ClaimTypeReferenceId", attributes(), vec![])).boxed()
}

fn references(list_name: &'static str, item: &'static str) -> BoxedStrategy<String> {
    list(list_name, element(item, "ReferenceId", vec![], vec![])).boxed()
}

fn profile(includes: bool) -> BoxedStrategy<String> {
    let mut parts = vec![
        text("Domain"),
        text("DisplayName"),
        metadata(),
        flag().prop_map(|flag| wrapped("IncludeInSso", "", flag)).boxed(),
        references("InputClaimsTransformations", "InputClaimsTransformation"),
        claims("InputClaims", "InputClaim"),
        claims("DisplayClaims", "DisplayClaim"),
        claims("OutputClaims", "OutputClaim"),
        references("ValidationTechnicalProfiles", "ValidationTechnicalProfile"),
    ];
    if includes {
        parts.push(id().prop_map(|id| wrapped("IncludeClaimsFromTechnicalProfile", "", id)).boxed());
        parts.push(element("IncludeTechnicalProfile", "ReferenceId", vec![], vec![]));
    }
    element("TechnicalProfile", "Id", vec![], parts)
}

fn provider(includes: bool) -> BoxedStrategy<String> {
    let profiles = list("TechnicalProfiles", profile(includes));
    (some(vec![text("Domain")]), profiles)
        .prop_map(|(domain, all)| wrapped("ClaimsProvider", "", &(domain + &all)))
        .boxed()
}

fn journey(name: &'static str, more: Vec<BoxedStrategy<String>>) -> BoxedStrategy<String> {
    let precondition = id().prop_map(|id| {
        format!("<Precondition Type='ClaimsExist' ExecuteActionsIf='true'><Value>{id}</Value></Precondition>")
    });
    let exchange = (id(), id())
        .prop_map(|(id, profile)| format!("<ClaimsExchange Id='{id}' TechnicalProfileReferenceId='{profile}'/>"));
    let parts = vec![
        list("Preconditions", precondition).boxed(),
        list("ClaimsProviderSelections", element("ClaimsProviderSelection", "TargetClaimsExchangeId", vec![], vec![]))
            .boxed(),
        list("ClaimsExchanges", exchange).boxed(),
        list("JourneyList", element("Candidate", "SubJourneyReferenceId", vec![], vec![])).boxed(),
    ];
    let types = select(&["ClaimsExchange", "InvokeSubJourney", "CombinedSignInAndSignUp"][..]);
    let attributes = vec![attribute("Type", types), attribute("ContentDefinitionReferenceId", id())];
    let step = (1..5u32, some(attributes), some(parts)).prop_map(|(order, attributes, inside)| {
        wrapped("OrchestrationStep", &format!(" Order='{order}'{attributes}"), &inside)
    });
    element(name, "Id", more, vec![list("OrchestrationSteps", step).boxed()])
}

/// What a file declares.
fn layer(includes: bool) -> BoxedStrategy<String> {
    let blocks = some(vec![
        list("ClaimsSchema", claim_type()).boxed(),
        list("ContentDefinitions", content_definition()).boxed(),
        localization(),
    ]);
    let kinds = attribute("Type", select(&["Call", "Transfer"][..]));
    some(vec![
        blocks.prop_map(|inside| wrapped("BuildingBlocks", "", &inside)).boxed(),
        list("ClaimsProviders", provider(includes)).boxed(),
        list("UserJourneys", journey("UserJourney", vec![attribute("NonInteractive", flag())])).boxed(),
        list("SubJourneys", journey("SubJourney", vec![kinds])).boxed(),
    ])
    .boxed()
}

/// The leaf of these layers, root first, given to the compiler in some order.
fn compiled(layers: &[&str], order: &[usize]) -> (PolicySet, usize) {
    let mut sources = Sources::default();
    for at in order {
        let base = at.checked_sub(1).map(|base| format!("<BasePolicy><PolicyId>P{base}</PolicyId></BasePolicy>"));
        let namespace = "http://schemas.microsoft.com/online/cpim/schemas/2013/06";
        let root = format!("<TrustFrameworkPolicy xmlns='{namespace}' TenantId='t' PolicyId='P{at}'>");
        sources.add(
            format!("{at}.xml"),
            format!("{root}{}{}</TrustFrameworkPolicy>", base.unwrap_or_default(), layers[*at]),
        );
    }
    let leaf = order.iter().position(|at| *at == layers.len() - 1).expect("the leaf is among them");
    (PolicySet::compile(sources, &Settings::default()), leaf)
}

fn meaning_of(layers: &[&str]) -> Value {
    let order: Vec<usize> = (0..layers.len()).collect();
    let (set, leaf) = compiled(layers, &order);
    meaning(&set.policies[leaf])
}

/// A policy as data, without its name and its places.
fn meaning(policy: &Policy) -> Value {
    let mut value = serde_json::to_value(policy).expect("a policy is data");
    forget(&mut value, &["span", "chain", "public_policy_uri"]);
    value["id"] = Value::Null;
    value
}

fn forget(value: &mut Value, keys: &[&str]) {
    match value {
        Value::Object(object) => {
            keys.iter().for_each(|key| drop(object.remove(*key)));
            object.values_mut().for_each(|inside| forget(inside, keys));
        }
        Value::Array(items) => items.iter_mut().for_each(|inside| forget(inside, keys)),
        _ => {}
    }
}

/// The root element of what is shown of a leaf, inside.
fn shown(layers: &[&str]) -> String {
    let order: Vec<usize> = (0..layers.len()).collect();
    let (set, leaf) = compiled(layers, &order);
    let text = xml(&set, &set.policies[leaf]).expect("the policy is of the set");
    let start = text.find("<TrustFrameworkPolicy").expect("the root is there");
    let inside = &text[start..];
    let from = inside.find('>').expect("it is closed") + 1;
    inside[from..].trim_end().strip_suffix("</TrustFrameworkPolicy>").unwrap_or_default().to_owned()
}

/// A third of what is usual, or of `PROPTEST_CASES`: each case compiles several files.
fn few() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 3, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn what_is_shown_is_the_policy(a in layer(true), b in layer(true), c in layer(true)) {
        prop_assert_eq!(meaning_of(&[&shown(&[&a, &b, &c])]), meaning_of(&[&a, &b, &c]));
    }

    /// Inclusions are the exception: they wait for the whole chain.
    #[test]
    fn what_bases_come_to_is_as_good_a_base(a in layer(false), b in layer(false), c in layer(false)) {
        prop_assert_eq!(meaning_of(&[&shown(&[&a, &b]), &c]), meaning_of(&[&a, &b, &c]));
    }

    #[test]
    fn an_empty_layer_changes_nothing(a in layer(true), b in layer(true), at in 0..3usize) {
        let mut layers = vec![a.as_str(), b.as_str()];
        layers.insert(at, "<BuildingBlocks></BuildingBlocks>");
        prop_assert_eq!(meaning_of(&layers), meaning_of(&[&a, &b]));
    }

    /// What adds up, adds up: lists that are run, steps that a file has twice, and lists whose `MergeBehavior` says so.
    #[test]
    fn a_layer_over_itself_changes_nothing_but_what_adds_up(a in layer(true)) {
        let adds_up = ["input_transformations", "validations", "restriction", "localized", "supported"];
        let (mut once, mut twice) = (meaning_of(&[&a]), meaning_of(&[&a, &a]));
        forget(&mut once, &adds_up);
        forget(&mut twice, &adds_up);
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn the_case_of_ids_plays_no_part(a in layer(true), b in layer(true)) {
        let shouted = ["one", "Two", "thRee"].iter().fold(b.clone(), |text, id| text.replace(&format!("'{id}'"), &format!("'{}'", id.to_uppercase())));
        let folded = |layers: &[&str]| meaning_of(layers).to_string().to_lowercase();
        prop_assert_eq!(folded(&[&a, &shouted]), folded(&[&a, &b]));
    }

    #[test]
    fn the_order_of_the_files_plays_no_part(
        a in layer(true), b in layer(true), c in layer(true), order in Just(vec![0usize, 1, 2]).prop_shuffle(),
    ) {
        let (set, leaf) = compiled(&[&a, &b, &c], &order);
        prop_assert_eq!(meaning(&set.policies[leaf]), meaning_of(&[&a, &b, &c]));
    }
}
