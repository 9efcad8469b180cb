//! Regular expressions as policies write them: in .NET's flavour, with look-around and backreferences, searched with a
//! limit, so that no value that a person types can hold a node up.

mod dotnet;
mod names;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use fancy_regex::{Captures, CompileError, Error, Match, Regex, RegexBuilder};

/// Steps back that one search may take. A search that needs more is an error, which callers treat as no match.
const BACKTRACK_LIMIT: usize = 200_000;
/// Instructions of a pattern's backtracking part.
const PROGRAM_LIMIT: usize = 50_000;
/// Bytes of a pattern's automata.
const AUTOMATON_LIMIT: usize = 10 << 20;
/// Characters of a pattern.
const SOURCE_LIMIT: usize = 10_000;
/// Bytes of a text that is searched.
const TEXT_LIMIT: usize = 1 << 18;

/// What is wrong with a pattern, or with one search. Says nothing of the searched text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// The pattern is malformed.
    #[error("the pattern is malformed: {0}")]
    Malformed(String),
    /// .NET has it, this engine does not.
    #[error("the pattern uses {0}, which is not supported")]
    Unsupported(&'static str),
    /// The pattern is too large.
    #[error("the pattern is too large")]
    TooLarge,
    /// The text is too long, or the search took too many steps.
    #[error("the search exceeded its limit")]
    LimitExceeded,
}

/// A compiled pattern. Cheap to clone.
#[derive(Clone)]
pub struct Pattern {
    source: Arc<str>,
    regex: Regex,
    before_line_feed: Option<Arc<BeforeLineFeed>>,
    /// The library's number of each group, in the order of .NET's numbers: it counts from left to right, .NET counts those
    /// with a name last.
    numbers: Arc<[usize]>,
}

/// The pattern for texts that end in a line feed, before which `$` matches too.
///
/// Apart, because a plain end-of-text anchor keeps simple patterns in linear time and few texts end in a line feed.
struct BeforeLineFeed {
    translated: String,
    regex: OnceLock<Result<Regex, PatternError>>,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// The pattern is malformed, too large, or uses what is not supported: balancing groups, groups that are named by
    /// numbers, conditions that are expressions.
    pub fn new(source: &str) -> Result<Self, PatternError> {
        if source.chars().count() > SOURCE_LIMIT {
            return Err(PatternError::TooLarge);
        }
        let translated = dotnet::translate(source)?;
        let before_line_feed = translated
            .before_line_feed
            .map(|translated| Arc::new(BeforeLineFeed { translated, regex: OnceLock::new() }));
        let numbers = translated.numbers.into();
        Ok(Self { source: source.into(), regex: compile(&translated.pattern)?, before_line_feed, numbers })
    }

    /// The pattern as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the pattern occurs anywhere in a text.
    ///
    /// # Errors
    /// The search exceeded its limit.
    pub fn is_match(&self, text: &str) -> Result<bool, PatternError> {
        self.regex_for(text)?.is_match(text).map_err(|_| PatternError::LimitExceeded)
    }

    /// The named groups of the first occurrence with what they matched; none without an occurrence.
    ///
    /// # Errors
    /// The search exceeded its limit.
    pub fn named_groups<'t>(&self, text: &'t str) -> Result<Option<NamedGroups<'t>>, PatternError> {
        let regex = self.regex_for(text)?;
        let found = regex.captures(text).map_err(|_| PatternError::LimitExceeded)?;
        let names = regex.capture_names().flatten().filter(|name| !name.starts_with(dotnet::UNNAMED));
        Ok(found.map(|found| names.map(|name| (name.to_owned(), found.name(name).map(|m| m.as_str()))).collect()))
    }

    /// The text with every occurrence replaced. In the replacement `$1`, `${name}`, `$$`, `$&` (the match), `` $` `` and `$'`
    /// (what stands before and after it), `$+` (the last group) and `$_` (the whole text) are filled in.
    ///
    /// # Errors
    /// The search exceeded its limit.
    pub fn replace_all<'t>(&self, text: &'t str, replacement: &str) -> Result<Cow<'t, str>, PatternError> {
        let mut replaced = String::new();
        let mut copied = 0;
        for found in self.regex_for(text)?.captures_iter(text) {
            let found = found.map_err(|_| PatternError::LimitExceeded)?;
            let Some(whole) = found.get(0) else { continue };
            replaced.push_str(&text[copied..whole.start()]);
            let found = Found { text, found: &found, numbers: &self.numbers, whole };
            expand(replacement, &found, &mut replaced);
            if replaced.len() > TEXT_LIMIT {
                return Err(PatternError::LimitExceeded);
            }
            copied = whole.end();
        }
        if copied == 0 && replaced.is_empty() {
            return Ok(Cow::Borrowed(text));
        }
        replaced.push_str(&text[copied..]);
        Ok(Cow::Owned(replaced))
    }

    fn regex_for(&self, text: &str) -> Result<&Regex, PatternError> {
        if text.len() > TEXT_LIMIT {
            return Err(PatternError::LimitExceeded);
        }
        match &self.before_line_feed {
            Some(other) if text.ends_with('\n') => {
                other.regex.get_or_init(|| compile(&other.translated)).as_ref().map_err(Clone::clone)
            }
            _ => Ok(&self.regex),
        }
    }
}

/// Group names with what they matched.
pub type NamedGroups<'t> = Vec<(String, Option<&'t str>)>;

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.source).finish()
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

fn compile(translated: &str) -> Result<Regex, PatternError> {
    let built = RegexBuilder::new(translated)
        .backtrack_limit(BACKTRACK_LIMIT)
        .max_prog_size(PROGRAM_LIMIT)
        .delegate_size_limit(AUTOMATON_LIMIT)
        .build();
    built.map_err(|error| match &error {
        Error::CompileError(inner) if is_too_large(inner) => PatternError::TooLarge,
        _ => PatternError::Malformed(error.to_string()),
    })
}

fn is_too_large(error: &CompileError) -> bool {
    match error {
        CompileError::PatternTooComplex => true,
        CompileError::InnerError(automaton) => automaton.size_limit().is_some(),
        _ => false,
    }
}

/// An occurrence that is being replaced.
struct Found<'t, 'a> {
    text: &'t str,
    found: &'a Captures<'t, str>,
    numbers: &'a [usize],
    whole: Match<'t>,
}

impl<'t> Found<'t, '_> {
    /// What a group matched, by .NET's number.
    fn group(&self, number: usize) -> Option<&'t str> {
        let index = if number == 0 { 0 } else { *self.numbers.get(number - 1)? };
        Some(self.found.get(index).map_or("", |group| group.as_str()))
    }
}

/// Fills a replacement in. What names no group stays as it is written.
fn expand(replacement: &str, found: &Found<'_, '_>, out: &mut String) {
    let mut rest = replacement;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (text, used) = reference(after, found).unwrap_or(("$", 0));
        out.push_str(text);
        rest = &after[used..];
    }
    out.push_str(rest);
}

/// What stands for the reference at the start of `after`, and how many bytes of it are the reference.
fn reference<'t>(after: &str, found: &Found<'t, '_>) -> Option<(&'t str, usize)> {
    match after.chars().next()? {
        '$' => return Some(("$", 1)),
        '&' => return Some((found.whole.as_str(), 1)),
        '`' => return Some((&found.text[..found.whole.start()], 1)),
        '\'' => return Some((&found.text[found.whole.end()..], 1)),
        '+' => return Some((found.group(found.numbers.len())?, 1)),
        '_' => return Some((found.text, 1)),
        _ => {}
    }
    if let Some(braced) = after.strip_prefix('{') {
        let name = &braced[..braced.find('}')?];
        let text = match name.parse() {
            Ok(number) => found.group(number)?,
            Err(_) if name.starts_with(dotnet::UNNAMED) => return None,
            // One that took no part in the match is empty, one that does not exist is no reference.
            Err(_) => found.found.name(name)?.as_str(),
        };
        return Some((text, name.len() + 2));
    }
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    Some((found.group(after[..digits].parse().ok()?)?, digits))
}

#[cfg(test)]
mod tests;
