//! Finds codes by what the service answered: a whole message with names filled in, several glued together, or a few words.

use journeyman_policy::diagnostic::Code;

/// A message is about the words that it has, without the names that are filled in: `{…}` of a template.
struct Template {
    /// The words between the names.
    pieces: Vec<Vec<String>>,
}

/// Fewer words of a template than these say nothing.
const FEWEST: usize = 3;

/// But a long one alone is the name of an attribute, or a numbered error.
const LONG: usize = "aadb2c90000".len();

/// A code as somebody may type it: `JM0101`, `jm101`, `101`.
pub(super) fn code(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    let digits = text.strip_prefix("JM").unwrap_or(&text);
    let is_code = (1..=4).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    is_code.then(|| format!("JM{digits:0>4}"))
}

/// The codes that a text is about. Where the service's messages decide nothing, our own words do.
pub(super) fn by_text(text: &str, codes: &[&'static Code]) -> Vec<&'static Code> {
    let asked = words(text);
    let which = |test: &dyn Fn(&Code) -> bool| codes.iter().copied().filter(|code| test(code)).collect::<Vec<_>>();
    let templates = |code: &Code| code.service.iter().map(|text| Template::new(text)).collect::<Vec<_>>();
    let said = which(&|code| templates(code).iter().any(|template| template.is_in(&asked)));
    if !said.is_empty() {
        return said;
    }
    let partly = which(&|code| templates(code).iter().any(|template| template.has(&asked)));
    if !partly.is_empty() {
        return partly;
    }
    let longest = |code: &Code| code.service.iter().map(|template| in_common(&fixed(template), &fixed(text))).max();
    if let Some(best) = codes.iter().filter_map(|code| longest(code)).max().filter(|best| *best >= FEWEST) {
        return which(&|code| longest(code) == Some(best));
    }
    which(&|code| {
        let own = words(&format!("{} {} {}", code.summary, code.explanation, code.service.join(" ")));
        !asked.is_empty() && asked.iter().all(|word| own.contains(word))
    })
}

impl Template {
    fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        for (at, part) in text.split('{').enumerate() {
            let fixed = if at == 0 { part } else { part.split_once('}').map_or(part, |(_, rest)| rest) };
            pieces.push(words(fixed));
        }
        pieces.retain(|piece| !piece.is_empty());
        Self { pieces }
    }

    /// Whether all its words are in a text, in this order, with anything for the names.
    fn is_in(&self, text: &[String]) -> bool {
        let mut rest = text;
        let all = self.pieces.iter().all(|piece| match position(rest, piece) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        });
        let says_something = |word: &String| word.len() >= LONG;
        let words = || self.pieces.iter().flatten();
        all && (words().count() >= FEWEST || words().any(says_something))
    }

    /// Whether it has these words, one after the other.
    fn has(&self, asked: &[String]) -> bool {
        !asked.is_empty() && position(&self.pieces.concat(), asked).is_some()
    }
}

/// The words that are the service's own: neither what is between quotes or braces, nor numbers.
fn fixed(text: &str) -> Vec<String> {
    let mut own = String::new();
    let mut until = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let ends = || !text[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
        match until {
            Some(end) if c == end && (c != '\'' || ends()) => until = None,
            Some(_) => {}
            None => {
                // An apostrophe is no quote.
                until = match c {
                    '"' => Some('"'),
                    '{' => Some('}'),
                    '\'' if !before.is_alphanumeric() => Some('\''),
                    _ => None,
                };
                own.push(if until.is_some() { ' ' } else { c });
            }
        }
        before = c;
    }
    let is_number = |word: &String| word.chars().all(|c| c.is_ascii_digit());
    words(&own).into_iter().filter(|word| !is_number(word)).collect()
}

/// How many words, one after the other, two texts have in common at most.
fn in_common(one: &[String], other: &[String]) -> usize {
    let mut longest = 0;
    let mut ending = vec![0; other.len() + 1];
    for word in one {
        for at in (0..other.len()).rev() {
            ending[at + 1] = if other[at] == *word { ending[at] + 1 } else { 0 };
            longest = longest.max(ending[at + 1]);
        }
    }
    longest
}

fn position(words: &[String], wanted: &[String]) -> Option<usize> {
    words.windows(wanted.len()).position(|window| window == wanted)
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use journeyman_policy::diagnostic::Severity;
    use journeyman_policy::example::Example;

    use super::*;

    const fn about(id: &'static str, summary: &'static str, service: &'static [&'static str]) -> Code {
        let (fails, passes) = (Example::None, Example::None);
        Code { id, severity: Severity::Error, summary, explanation: "", service, fails, passes }
    }

    const CLAIM: Code = about(
        "JM0101",
        "reference to a claim type that is not declared",
        &[
            "Policy \"{id}\" of tenant \"{t}\" makes a reference to ClaimType with id \"{x}\" but neither the policy nor any of its base policies contain such an element.",
        ],
    );
    const STEP: Code = about(
        "JM0208",
        "claims exchanges without a selection",
        &[
            "User journey \"{j}\" has step {n} with {k} claims exchanges. It must be preceded by a claims provider selection.",
        ],
    );

    fn found(text: &str) -> Vec<&'static str> {
        by_text(text, &[&CLAIM, &STEP]).iter().map(|code| code.id).collect()
    }

    #[test]
    fn codes_are_taken_in_any_shape() {
        for text in ["JM0101", "jm0101", "JM101", "101", " 0101 "] {
            assert_eq!(code(text).as_deref(), Some("JM0101"), "{text}");
        }
        assert_eq!(code("step 3"), None);
        assert_eq!(code("JM01011"), None);
    }

    #[test]
    fn a_whole_answer_names_every_mistake_in_it() {
        let claim = "Policy \"B2C_1A_x\" of tenant \"contoso.onmicrosoft.com\" makes a reference to ClaimType with id \"schoolId\" but neither the policy nor any of its base policies contain such an element.";
        let step = "User journey \"SignUp\" has step 3 with 2 claims exchanges. It must be preceded by a claims provider selection.";
        assert_eq!(found(claim), ["JM0101"]);
        assert_eq!(
            found(&format!("Validation failed: 2 validation error(s) found.{claim}{step}")),
            ["JM0101", "JM0208"]
        );
    }

    #[test]
    fn a_fragment_finds_its_code_with_any_values_and_other_words_around() {
        assert_eq!(found("error: User journey \"my own\" has step 3 with 2 claims exch..."), ["JM0208"]);
        assert_eq!(found("the portal says: makes a reference to ClaimType 'don't' but"), ["JM0101"]);
    }

    #[test]
    fn a_few_words_do_too_of_the_service_or_our_own() {
        assert_eq!(found("must be preceded by a claims provider selection"), ["JM0208"]);
        assert_eq!(found("claims exchanges without selection"), ["JM0208"]);
        assert_eq!(found("something else"), [] as [&str; 0]);
    }
}
