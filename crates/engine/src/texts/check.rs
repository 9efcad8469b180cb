//! What is wrong with the localized texts of a policy, and what is missing from them.

use indexmap::{IndexMap, IndexSet};
use journeyman_claims::Name;
use journeyman_policy::diagnostic::Sink;
use journeyman_policy::model::{ContentDefinition, LocalizedReference, LocalizedString, Policy};
use journeyman_policy::source::Spanned;

use super::ElementType;
use super::languages::neutral;
use crate::codes;

/// Reports it. Texts are looked at whether or not a page shows them, as the service does.
pub(crate) fn check(policy: &Policy, sink: &mut Sink) {
    check_strings(policy, sink);
    for definition in policy.content_definitions.values() {
        if policy.complete && definition.data_uri.is_none() {
            sink.report(codes::no_data_uri(definition));
        }
        check_order(definition, sink);
    }
    check_addresses(policy, sink);
    check_languages(policy, sink);
}

fn check_strings(policy: &Policy, sink: &mut Sink) {
    // One finding a name: each language has texts for it.
    let mut strangers = IndexMap::new();
    for string in policy.localization.resources.values().flat_map(|resources| &resources.strings) {
        let Some(kind) = ElementType::find(&string.element_type.value) else {
            sink.report(codes::unknown_element_type(string));
            continue;
        };
        if kind.has(&string.string_id.value) == Some(false) {
            sink.report(codes::unknown_string(string, kind));
        } else if let Err(stranger) = kind.names(policy, string) {
            let name = stranger.name.as_ref().map(|name| name.to_ascii_lowercase());
            let (_, _, others) = strangers.entry((stranger.what, name)).or_insert((string, stranger, 0));
            *others += 1;
        }
    }
    for (string, stranger, count) in strangers.values() {
        sink.report(codes::text_of_nothing(string, stranger, *count));
    }
}

/// The service takes the first reference that fits, and `en` fits `en-US`.
fn check_order(definition: &ContentDefinition, sink: &mut Sink) {
    for (at, hidden) in definition.localized.iter().enumerate() {
        let tag = &hidden.language.value;
        let hides = |before: &&LocalizedReference| {
            tag.contains('-') && before.language.value.eq_ignore_ascii_case(neutral(tag))
        };
        if let Some(before) = definition.localized[..at].iter().find(hides) {
            sink.report(codes::hidden_language(definition, hidden, before));
        }
    }
}

/// Templates that lie at another address for each language: one finding for all of them.
fn check_addresses(policy: &Policy, sink: &mut Sink) {
    let addresses = policy.content_definitions.values().filter_map(|definition| definition.load_uri.as_ref());
    let by_language = |address: &&Spanned<String>| address.value.to_ascii_lowercase().contains("{culture:");
    let found: Vec<_> = addresses.filter(by_language).map(|address| address.span).collect();
    if let Some((first, others)) = found.split_first() {
        sink.report(codes::language_in_address(*first, others));
    }
}

fn check_languages(policy: &Policy, sink: &mut Sink) {
    let localization = &policy.localization;
    if !localization.enabled {
        return;
    }
    let is_default = |tag: &str| {
        let default = localization.default_language.as_ref().map_or("en", |language| &language.value);
        neutral(tag).eq_ignore_ascii_case(neutral(default))
    };
    let supported = |tag: &str| localization.supported.iter().any(|known| known.value.eq_ignore_ascii_case(tag));
    if let Some(default) = &localization.default_language
        && !localization.supported.is_empty()
        && !localization.and_built_in
        && !supported(&default.value)
        && !supported(neutral(&default.value))
    {
        sink.report(codes::default_language(default, &localization.supported));
    }
    // What a policy says in its elements and metadata is in its default language.
    for language in localization.supported.iter().filter(|language| !is_default(&language.value)) {
        let lacks = |definition: &&ContentDefinition| {
            !definition.localized.is_empty() && !definition.localized.iter().any(|own| serves(own, &language.value))
        };
        let lacking: Vec<_> = policy.content_definitions.values().filter(lacks).collect();
        if !lacking.is_empty() {
            sink.report(codes::language_without_texts(language, &lacking));
        }
    }
    for (resources, (reference, strings)) in missing(policy, is_default) {
        sink.report(codes::missing_texts(&policy.localization.resources[resources], reference, &strings));
    }
}

fn serves(reference: &LocalizedReference, language: &str) -> bool {
    let own = &reference.language.value;
    own.eq_ignore_ascii_case(language) || own.eq_ignore_ascii_case(neutral(language))
}

/// What other languages of the same pages have: by resources, with the reference that says which language they are for.
fn missing(
    policy: &Policy,
    is_default: impl Fn(&str) -> bool,
) -> IndexMap<&Name, (&LocalizedReference, IndexSet<String>)> {
    let mut missing = IndexMap::new();
    for definition in policy.content_definitions.values() {
        let strings = |reference: &LocalizedReference| -> IndexSet<String> {
            let resources = policy.localization.resources.get(&reference.resources.value);
            resources.into_iter().flat_map(|resources| &resources.strings).map(key).collect()
        };
        let whole: IndexSet<String> = definition.localized.iter().flat_map(&strings).collect();
        for reference in definition.localized.iter().filter(|reference| !is_default(&reference.language.value)) {
            let serving = definition.localized.iter().filter(|other| serves(other, &reference.language.value));
            let own: IndexSet<String> = serving.flat_map(&strings).collect();
            let lacking = whole.difference(&own).cloned();
            if policy.localization.resources.contains_key(&reference.resources.value) {
                let (_, all) = missing.entry(&reference.resources.value).or_insert((reference, IndexSet::new()));
                all.extend(lacking);
            }
        }
    }
    missing.retain(|_, (_, strings)| !strings.is_empty());
    missing
}

/// A string as a reader names it: `button_continue`, `email DisplayName`.
fn key(string: &LocalizedString) -> String {
    let id = &string.string_id.value;
    string.element_id.as_ref().map_or_else(|| id.clone(), |element| format!("{element} {id}"))
}

#[cfg(test)]
mod tests {
    use journeyman_policy::source::Sources;
    use journeyman_policy::{PolicySet, Settings};

    use crate::codes;
    use crate::findings;

    /// What is said of a policy with these content definitions and this localization.
    fn said(definitions: &str, localization: &str) -> Vec<String> {
        let text = format!(
            "<BuildingBlocks><ContentDefinitions>{definitions}</ContentDefinitions>{localization}</BuildingBlocks>\
             <ClaimsProviders><ClaimsProvider><TechnicalProfiles>\
             <TechnicalProfile Id=\"Example\"><DisplayName>Who are you?</DisplayName>\
             <Protocol Name=\"Proprietary\" Handler=\"Web.TPEngine.Providers.SelfAssertedAttributeProvider\" />\
             <Metadata><Item Key=\"ContentDefinitionReferenceId\">api.selfasserted</Item></Metadata>\
             <OutputClaims><OutputClaim ClaimTypeReferenceId=\"displayName\" /></OutputClaims></TechnicalProfile>\
             </TechnicalProfiles></ClaimsProvider></ClaimsProviders>"
        );
        let sources: Sources = journeyman_policy::example::Example::Leaf(text.leak()).sources();
        let found = findings(&PolicySet::compile(sources, &Settings::default()));
        let help = |help: &Option<String>| help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
        found.iter().map(|one| format!("{}: {}{}", one.code.id, one.message, help(&one.help))).collect()
    }

    fn strings(text: &str) -> Vec<String> {
        said(
            "",
            &format!(
                "<Localization Enabled=\"true\"><LocalizedResources Id=\"a\"><LocalizedStrings>{text}</LocalizedStrings></LocalizedResources></Localization>"
            ),
        )
    }

    #[test]
    fn ids_belong_to_their_element_type_and_names_are_declared() {
        for (element, expected) in [
            (r#"ElementType="UxElement" StringId="button_continue""#, ""),
            (r#"ElementType="UxElement" StringId="verification_control_but_send_code""#, ""),
            (r#"ElementType="ErrorMessage" StringId="LookupNotFound""#, ""),
            (r#"ElementType="ClaimType" ElementId="EMAIL" StringId="displayname""#, ""),
            (
                r#"ElementType="UxElement" StringId="buton_continue""#,
                "JM1050: `UxElement` has no string `buton_continue` (did you mean `button_continue`?)",
            ),
            (
                r#"ElementType="UxElement" StringId="but_send_code""#,
                "JM1050: `UxElement` has no string `but_send_code` (it is one of `DisplayControl`)",
            ),
            (
                r#"ElementType="ClaimType" ElementId="emial" StringId="DisplayName""#,
                "JM1045: a text is for the claim type `emial`, which is not declared (did you mean `email`?)",
            ),
            (
                r#"ElementType="ClaimsProvider" StringId="ExampleExchnge""#,
                "JM1045: a text is for the claims exchange `ExampleExchnge`, which is not declared (did you mean `ExampleExchange`?)",
            ),
            (
                r#"ElementType="ClaimType" StringId="DisplayName""#,
                "JM1045: a text does not say which claim type it is for (add `ElementId`)",
            ),
            (
                r#"ElementType="Predicates" ElementId="x" StringId="HelpText""#,
                "JM1050: there are no texts of the element type `Predicates` (did you mean `Predicate`?)",
            ),
        ] {
            let expected: Vec<&str> = Some(expected).filter(|text| !text.is_empty()).into_iter().collect();
            assert_eq!(strings(&format!("<LocalizedString {element}>Text</LocalizedString>")), expected, "{element}");
        }
    }

    const PAGE: &str = r#"<ContentDefinition Id="api.selfasserted"><LocalizedResourcesReferences MergeBehavior="Prepend">
<LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="en" />
<LocalizedResourcesReference Language="de" LocalizedResourcesReferenceId="de" />
</LocalizedResourcesReferences></ContentDefinition>"#;

    fn resources(language: &str, ids: &[&str]) -> String {
        let strings = ids
            .iter()
            .map(|id| format!("<LocalizedString ElementType=\"UxElement\" StringId=\"{id}\">{id}</LocalizedString>"));
        let strings: String = strings.collect();
        format!(
            "<LocalizedResources Id=\"{language}\"><LocalizedStrings>{strings}</LocalizedStrings></LocalizedResources>"
        )
    }

    #[test]
    fn a_language_lacks_what_another_one_has() {
        let localization = format!(
            "<Localization Enabled=\"true\"><SupportedLanguages DefaultLanguage=\"en\" MergeBehavior=\"ReplaceAll\">\
             <SupportedLanguage>en</SupportedLanguage><SupportedLanguage>de-AT</SupportedLanguage>\
             <SupportedLanguage>fr</SupportedLanguage></SupportedLanguages>{}{}</Localization>",
            resources("en", &["heading", "day", "month"]),
            resources("de", &["heading", "year"]),
        );
        assert_eq!(
            said(PAGE, &localization),
            [
                "JM1046: `fr` is supported, but `api.selfasserted` has no texts in it \
                 (refer to localized resources for `fr`, or take the language away)",
                "JM1047: the texts in `de` lack 2 that other languages have: `day`, `month`",
            ]
        );
    }

    #[test]
    fn the_default_language_is_one_of_those_that_are_supported() {
        let localization = |default: &str, behavior: &str| {
            format!(
                "<Localization Enabled=\"true\"><SupportedLanguages DefaultLanguage=\"{default}\" MergeBehavior=\"{behavior}\">\
                 <SupportedLanguage>en</SupportedLanguage></SupportedLanguages></Localization>"
            )
        };
        assert_eq!(said("", &localization("en", "ReplaceAll")), [""; 0]);
        assert_eq!(said("", &localization("en-US", "ReplaceAll")), [""; 0]);
        assert_eq!(said("", &localization("de", "Append")), [""; 0]);
        let found = said("", &localization("de", "ReplaceAll"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(codes::DEFAULT_LANGUAGE.id), "{found:?}");
    }
}
