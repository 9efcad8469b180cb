//! Localization: which language a journey speaks, and where each text of a page comes from.

use journeyman_engine::page::{PageItem, PageModel};
use journeyman_engine::{Env, page_of};

use crate::build::{Parts, SELF_ASSERTED, TRANSFORMATION, exchange, policy, profile};
use crate::play::Play;

const CLAIMS: &str = r#"<ClaimType Id="drink"><DisplayName>Drink</DisplayName><DataType>string</DataType>
<UserHelpText>What would you like?</UserHelpText><UserInputType>DropdownSingleSelect</UserInputType>
<Restriction><Enumeration Text="Tea" Value="tea" SelectByDefault="true" /><Enumeration Text="Coffee" Value="coffee" /></Restriction></ClaimType>
<ClaimType Id="title"><DisplayName>Title</DisplayName><DataType>string</DataType></ClaimType>
<ClaimType Id="taste"><DisplayName>Taste</DisplayName><DataType>string</DataType><Restriction>
<Enumeration Text="1" Value="weak" /><Enumeration Text="2" Value="strong" /></Restriction></ClaimType>"#;

/// Two transformations: texts into claims, and a code through a list.
const TRANSFORMATIONS: &str = r#"<ClaimsTransformation Id="Texts" TransformationMethod="GetLocalizedStringsTransformation">
<OutputClaims><OutputClaim ClaimTypeReferenceId="title" TransformationClaimType="mail_title" /></OutputClaims></ClaimsTransformation>
<ClaimsTransformation Id="Mapped" TransformationMethod="GetMappedValueFromLocalizedCollection">
<InputClaims><InputClaim ClaimTypeReferenceId="who" TransformationClaimType="mapFromClaim" /></InputClaims>
<OutputClaims><OutputClaim ClaimTypeReferenceId="taste" TransformationClaimType="restrictionValueClaim" /></OutputClaims></ClaimsTransformation>"#;

const REFERENCES: &str = r#"<LocalizedResourcesReferences MergeBehavior="Prepend">
<LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="texts.en" />
<LocalizedResourcesReference Language="fr" LocalizedResourcesReferenceId="texts.fr" />
<LocalizedResourcesReference Language="fr-CA" LocalizedResourcesReferenceId="texts.fr-CA" />
</LocalizedResourcesReferences>"#;

const RESOURCES: &str = r#"<LocalizedResources Id="texts.en"><LocalizedStrings>
<LocalizedString ElementType="UxElement" StringId="heading">en heading</LocalizedString>
<LocalizedString ElementType="UxElement" StringId="button_cancel">en cancel</LocalizedString>
<LocalizedString ElementType="GetLocalizedStringsTransformationClaimType" StringId="mail_title">en mail</LocalizedString>
</LocalizedStrings></LocalizedResources>
<LocalizedResources Id="texts.fr"><LocalizedCollections>
<LocalizedCollection ElementType="ClaimType" ElementId="drink" TargetCollection="Restriction">
<Item Text="Café" Value="coffee" SelectByDefault="true" /><Item Text="Thé" Value="tea" /></LocalizedCollection>
<LocalizedCollection ElementType="ClaimType" ElementId="taste" TargetCollection="Restriction">
<Item Text="1" Value="fort" /></LocalizedCollection>
</LocalizedCollections><LocalizedStrings>
<LocalizedString ElementType="UxElement" StringId="heading">fr heading</LocalizedString>
<LocalizedString ElementType="ClaimType" ElementId="drink" StringId="DisplayName">fr drink</LocalizedString>
<LocalizedString ElementType="GetLocalizedStringsTransformationClaimType" StringId="mail_title">fr mail</LocalizedString>
</LocalizedStrings></LocalizedResources>
<LocalizedResources Id="texts.fr-CA"><LocalizedStrings>
<LocalizedString ElementType="UxElement" StringId="heading">fr-CA heading</LocalizedString>
</LocalizedStrings></LocalizedResources>"#;

/// A policy with that opening of its `Localization`, asked in those languages.
fn asked(opening: &str, languages: &[&str]) -> Play {
    let profiles = profile(
        "Page",
        SELF_ASSERTED,
        &[("ContentDefinitionReferenceId", "api.page")],
        "<OutputClaims><OutputClaim ClaimTypeReferenceId=\"drink\" Required=\"true\" /><OutputClaim ClaimTypeReferenceId=\"who\" /></OutputClaims>",
    ) + &profile(
        "Strings",
        TRANSFORMATION,
        &[("ContentDefinitionReferenceId", "api.page")],
        "<OutputClaims><OutputClaim ClaimTypeReferenceId=\"title\" /><OutputClaim ClaimTypeReferenceId=\"taste\" /></OutputClaims>\
         <OutputClaimsTransformations><OutputClaimsTransformation ReferenceId=\"Texts\" />\
         <OutputClaimsTransformation ReferenceId=\"Mapped\" /></OutputClaimsTransformations>",
    );
    let mut play = policy(&Parts {
        claims: CLAIMS,
        transformations: TRANSFORMATIONS,
        content: REFERENCES,
        blocks: &format!("<Localization {opening}{RESOURCES}</Localization>"),
        profiles: &profiles,
        steps: &(exchange(1, "Page", "") + &exchange(2, "Strings", "")),
        outputs: "<OutputClaim ClaimTypeReferenceId=\"title\" /><OutputClaim ClaimTypeReferenceId=\"taste\" />",
        ..Parts::default()
    });
    play.request.languages = languages.iter().map(|tag| (*tag).to_owned()).collect();
    play
}

fn shown(play: &mut Play) -> PageModel {
    play.run("start");
    page_of(play.program(), play.journey(), &Env { now: play.now }).expect("it shows a page")
}

const ENGLISH_AND_FRENCH: &str = r#"Enabled="true"><SupportedLanguages DefaultLanguage="en" MergeBehavior="ReplaceAll">
<SupportedLanguage>en</SupportedLanguage><SupportedLanguage>fr</SupportedLanguage><SupportedLanguage>fr-CA</SupportedLanguage></SupportedLanguages>"#;
const ADDED: &str = r#"Enabled="true"><SupportedLanguages DefaultLanguage="fr" MergeBehavior="Append">
<SupportedLanguage>fr</SupportedLanguage><SupportedLanguage>tlh</SupportedLanguage></SupportedLanguages>"#;

#[test]
fn a_journey_speaks_the_first_language_asked_for_that_is_on_offer() {
    for (opening, languages, expected) in [
        (ENGLISH_AND_FRENCH, &["fr-CA"][..], "fr-CA"),
        (ENGLISH_AND_FRENCH, &["fr-BE", "en"], "fr"),
        (ENGLISH_AND_FRENCH, &["de", "FR"], "fr"),
        (ENGLISH_AND_FRENCH, &["de-AT", "pl"], "en"),
        (ENGLISH_AND_FRENCH, &[], "en"),
        (ADDED, &["tlh"], "tlh"),
        (ADDED, &["de-AT"], "de-AT"),
        (ADDED, &["xh"], "fr"),
        (ADDED, &["de-x-nonsense"], "de"),
        (ADDED, &["zh-TW"], "fr"),
        (ADDED, &["zh-CN"], "zh-CN"),
        ("Enabled=\"true\">", &["ar"], "ar"),
        ("Enabled=\"false\">", &["xh", "ja"], "ja"),
        ("Enabled=\"false\">", &["xh"], "en"),
    ] {
        assert_eq!(shown(&mut asked(opening, languages)).language, expected, "{opening} {languages:?}");
    }
}

#[test]
fn a_text_comes_from_the_nearest_language_that_has_it() {
    let texts = |opening, language| {
        let page = shown(&mut asked(opening, &[language]));
        let Some(PageItem::Field(drink)) = page.items.first() else { panic!("it asks for a drink") };
        let options: Vec<_> = drink.options.iter().map(|option| option.text.as_str()).collect();
        [&page.heading, &page.texts["button_cancel"], &drink.label, &options.join("/"), &page.texts["button_continue"]]
            .map(String::clone)
    };
    for (opening, language, expected) in [
        (ENGLISH_AND_FRENCH, "fr-CA", ["fr-CA heading", "Annuler", "fr drink", "Café/Thé", "Continuer"]),
        (ENGLISH_AND_FRENCH, "fr", ["fr heading", "Annuler", "fr drink", "Café/Thé", "Continuer"]),
        (ENGLISH_AND_FRENCH, "en", ["en heading", "en cancel", "Drink", "Tea/Coffee", "Continue"]),
        (ADDED, "de", ["Ihre Angaben", "Abbrechen", "Drink", "Tea/Coffee", "Weiter"]),
        (ADDED, "tlh", ["fr heading", "Cancel", "fr drink", "Café/Thé", "Continue"]),
        ("Enabled=\"false\">", "de", ["Ihre Angaben", "Abbrechen", "Drink", "Tea/Coffee", "Weiter"]),
    ] {
        assert_eq!(texts(opening, language), expected, "{opening} {language}");
    }
}

#[test]
fn mistakes_are_told_in_the_language_of_the_journey() {
    let seen = asked("Enabled=\"false\">", &["de"]).run("start\nsubmit who=1");
    assert!(seen.contains("ERROR Drink ist erforderlich."), "{seen}");
    let seen = asked("Enabled=\"false\">", &["de"]).run("start\nsubmit drink=milk");
    assert!(seen.contains("kann hier nicht verwendet werden"), "{seen}");
}

#[test]
fn transformations_get_texts_and_lists_of_the_language_and_of_no_other() {
    for (opening, language, expected) in [
        (ENGLISH_AND_FRENCH, "en", "\"title\":\"en mail\",\"taste\":\"weak\""),
        (ENGLISH_AND_FRENCH, "fr-CA", "\"title\":\"fr mail\",\"taste\":\"fort\""),
        // The default language, French, has a list, but a text is not borrowed from it.
        (ADDED, "tlh", "\"taste\":\"fort\""),
    ] {
        let seen = asked(opening, &[language]).run("start\nsubmit drink=tea who=1");
        assert!(seen.contains(expected), "{language}: {seen}");
        assert_eq!(seen.contains("title"), expected.contains("title"), "{language}: {seen}");
    }
}
