//! The languages of the built-in texts: a file each, read once.

use std::sync::LazyLock;

use crate::texts::strings::{BUILT_IN, BuiltIn, Wording};

/// Tag and file of each language; the first one is what the others fall back to.
const FILES: &[(&str, &str)] = &[
    ("en", include_str!("languages/en.txt")),
    ("de", include_str!("languages/de.txt")),
    ("fr", include_str!("languages/fr.txt")),
    ("es", include_str!("languages/es.txt")),
    ("it", include_str!("languages/it.txt")),
    ("pt", include_str!("languages/pt.txt")),
    ("nl", include_str!("languages/nl.txt")),
    ("pl", include_str!("languages/pl.txt")),
    ("ja", include_str!("languages/ja.txt")),
    ("zh-Hans", include_str!("languages/zh-Hans.txt")),
    ("ar", include_str!("languages/ar.txt")),
];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| FILES.iter().map(|file| Language::read(*file)).collect());

/// The built-in texts of one language.
#[derive(Debug)]
pub struct Language {
    /// The tag.
    pub tag: &'static str,
    /// In the order of [`BUILT_IN`].
    texts: Vec<Option<&'static str>>,
}

impl Language {
    /// Every language, English first.
    pub fn all() -> &'static [Self] {
        &LANGUAGES
    }

    /// The language of a tag, whatever its region or script; but who reads traditional Chinese is not given the simplified.
    pub fn find(tag: &str) -> Option<&'static Self> {
        let wanted = neutral(tag);
        let simplified = |part: &str| ["zh", "hans", "cn", "sg", "my"].iter().any(|one| one.eq_ignore_ascii_case(part));
        if wanted.eq_ignore_ascii_case("zh") && !tag.split('-').all(simplified) {
            return None;
        }
        Self::all().iter().find(|language| neutral(language.tag).eq_ignore_ascii_case(wanted))
    }

    /// The language of a tag, else English.
    pub fn of(tag: &str) -> &'static Self {
        Self::find(tag).unwrap_or(&Self::all()[0])
    }

    /// The text of a string: of this language, else English; none for a string that there is not.
    pub fn text(&self, element_type: &str, element_id: Option<&str>, string_id: &str) -> Option<&'static str> {
        let at = BUILT_IN.iter().position(|string| string.is(element_type, element_id, string_id))?;
        self.at(at)
    }

    /// The first of the languages asked for that there are texts in, else English.
    pub fn asked_for(tags: &[String]) -> &'static Self {
        tags.iter().find_map(|tag| Self::find(tag)).unwrap_or(&Self::all()[0])
    }

    /// A sentence of ours, beyond the policy language's; nothing where there is none of that id.
    pub fn own(&self, id: &str) -> &'static str {
        self.text("Journeyman", None, id).unwrap_or_default()
    }

    /// The strings that a condition holds for, with their texts; none that has no text.
    pub(crate) fn texts(
        &self,
        wanted: impl Fn(&BuiltIn) -> bool,
    ) -> impl Iterator<Item = (&'static str, &'static str)> {
        let strings = BUILT_IN.iter().enumerate().filter(move |(_, string)| wanted(string));
        strings.filter_map(|(at, string)| Some((string.id, self.at(at)?)))
    }

    fn at(&self, at: usize) -> Option<&'static str> {
        match BUILT_IN[at].wording {
            Wording::Translated => self.texts[at].or(Self::all()[0].texts[at]),
            Wording::Same(text) => Some(text),
            Wording::Absent => None,
        }
    }

    fn read((tag, file): (&'static str, &'static str)) -> Self {
        let mut texts = vec![None; BUILT_IN.len()];
        for (string, text) in file.lines().filter_map(entry) {
            texts[string] = Some(text);
        }
        Self { tag, texts }
    }
}

/// The language of a tag, without region or script.
pub(crate) fn neutral(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A tag as it may be used: language, script and region as they are, anything beyond that cut off.
pub(crate) fn plain(tag: &str) -> &str {
    let is_plain = |part: &str| match part.len() {
        2 | 4 => part.chars().all(|c| c.is_ascii_alphabetic()),
        3 => part.chars().all(|c| c.is_ascii_digit()),
        _ => false,
    };
    let extras = tag.split('-').skip(1).all(is_plain) && tag.split('-').count() <= 3;
    if extras { tag } else { neutral(tag) }
}

/// A line `ElementType [ElementId] StringId: text`: the place in [`BUILT_IN`] and the text.
fn entry(line: &'static str) -> Option<(usize, &'static str)> {
    let (names, text) = line.split_once(": ")?;
    let names: Vec<_> = names.split(' ').collect();
    let (element_type, element_id, id) = match names[..] {
        [element_type, id] => (element_type, None, id),
        [element_type, element_id, id] => (element_type, Some(element_id), id),
        _ => return None,
    };
    let at = BUILT_IN
        .iter()
        .position(|string| string.element_type == element_type && string.element_id == element_id && string.id == id);
    Some((at?, text))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FILES, Language, entry};
    use crate::texts::strings::{BUILT_IN, Wording};

    /// `{0}`, `{1}`, … of a text.
    fn placeholders(text: &str) -> BTreeSet<String> {
        text.match_indices('{')
            .map(|(at, _)| text[at..].split_inclusive('}').next().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn every_string_is_declared_once() {
        let mut seen = BTreeSet::new();
        for string in BUILT_IN {
            let names = (string.element_type, string.element_id, string.id.to_lowercase());
            assert!(seen.insert(names), "{} {:?} {} twice", string.element_type, string.element_id, string.id);
        }
    }

    #[test]
    fn every_language_has_every_string_once_and_no_other() {
        let due = |at: usize| BUILT_IN[at].wording == Wording::Translated;
        for (tag, file) in FILES {
            let lines: Vec<_> = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
            let mut order = Vec::new();
            for line in lines {
                let (at, text) = entry(line).unwrap_or_else(|| panic!("{tag}: no such string: {line}"));
                assert!(due(at), "{tag}: not to be translated: {line}");
                assert!(!text.is_empty() && text.trim() == text, "{tag}: blanks: {line}");
                order.push(at);
            }
            let expected: Vec<_> = (0..BUILT_IN.len()).filter(|at| due(*at)).collect();
            let missing: Vec<_> = expected.iter().filter(|at| !order.contains(at)).map(|at| BUILT_IN[*at].id).collect();
            assert!(missing.is_empty(), "{tag}: no text for {missing:?}");
            assert_eq!(order, expected, "{tag}: out of order or twice");
        }
    }

    #[test]
    fn texts_have_the_placeholders_that_english_has() {
        for (at, string) in BUILT_IN.iter().enumerate() {
            let english = Language::all()[0].texts[at].map(placeholders);
            for language in Language::all() {
                let own = language.texts[at].map(placeholders);
                assert_eq!(own, english, "{} {} {}", language.tag, string.element_type, string.id);
            }
            let most = english.unwrap_or_default().len();
            assert!(most <= string.arguments.len(), "{}: what does the last placeholder stand for?", string.id);
        }
    }

    #[test]
    fn no_language_repeats_an_english_sentence() {
        for (at, string) in BUILT_IN.iter().enumerate() {
            let english = Language::all()[0].texts[at].filter(|text| text.split(' ').count() > 2);
            for language in &Language::all()[1..] {
                assert!(english.is_none() || language.texts[at] != english, "{} {}", language.tag, string.id);
            }
        }
    }

    #[test]
    fn there_are_twelve_months() {
        for language in Language::all() {
            let months = language.text("UxElement", None, "months").unwrap_or_default();
            let months: std::collections::BTreeSet<_> = months.split(", ").collect();
            assert_eq!(months.len(), 12, "{}: {months:?}", language.tag);
        }
    }

    #[test]
    fn a_region_or_an_unknown_language_has_the_nearest_there_is() {
        assert_eq!(Language::of("en-GB").tag, "en");
        assert_eq!(Language::of("PT-br").tag, "pt");
        assert_eq!(Language::of("zh-CN").tag, "zh-Hans");
        assert_eq!(Language::of("tlh").tag, "en");
        assert!(Language::find("tlh").is_none());
    }
}
