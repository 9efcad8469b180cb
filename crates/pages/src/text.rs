//! The texts of a page, by the string ids of the policy language, and the direction in which they run.

use journeyman_engine::page::PageModel;
use journeyman_engine::texts::Language;

/// The page's own text, else the engine's, else nothing.
pub(crate) fn text<'a>(page: &'a PageModel, id: &str) -> &'a str {
    let language = Language::of(&page.language);
    let built_in = || {
        let text = |kind| language.text(kind, None, id);
        ["UxElement", "DisplayControl"].into_iter().find_map(text).unwrap_or_default()
    };
    page.texts.get(id).map_or_else(built_in, String::as_str)
}

/// A sentence of ours in that language.
pub(crate) fn own(language: &str, id: &str) -> &'static str {
    Language::of(language).own(id)
}

/// `rtl` for languages written from right to left, else `ltr`.
pub(crate) fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 13] = ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"];
    const SCRIPTS: [&str; 6] = ["adlm", "arab", "hebr", "nkoo", "syrc", "thaa"];
    let language = language.to_ascii_lowercase();
    let mut parts = language.split(['-', '_']);
    let primary = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4) {
        Some(script) if SCRIPTS.contains(&script) => "rtl",
        Some(_) => "ltr",
        None if RIGHT_TO_LEFT.contains(&primary) => "rtl",
        None => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::direction;

    #[test]
    fn the_script_of_a_tag_wins_over_its_language() {
        for (tag, expected) in
            [("en", "ltr"), ("ar-EG", "rtl"), ("he", "rtl"), ("uz-Arab", "rtl"), ("sd-Deva", "ltr"), ("", "ltr")]
        {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }
}
