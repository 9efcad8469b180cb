//! Predicates: the rules that a claim's value must keep, such as those of a good password.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::pattern::{Pattern, PatternError};
use crate::{DataType, Name, text};

/// One rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// `IsLengthRange`: the number of UTF-16 code units is within bounds.
    IsLengthRange {
        /// The least.
        minimum: usize,
        /// The most.
        maximum: usize,
    },
    /// `MatchesRegex`: a pattern occurs.
    MatchesRegex(Pattern),
    /// `IncludesCharacters`: at least one character of a set occurs.
    IncludesCharacters(CharacterSet),
    /// `IsDateRange`: the day is within bounds.
    IsDateRange {
        /// The first.
        minimum: Option<Day>,
        /// The last.
        maximum: Option<Day>,
    },
}

/// A bound of a date range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// A fixed day.
    Fixed(Date),
    /// The day on which the rule is applied.
    Today,
}

/// Why a predicate cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PredicateError {
    /// No such method.
    #[error("predicate method `{0}` is unknown")]
    UnknownMethod(String),
    /// A parameter that the method needs is missing.
    #[error("parameter `{0}` is missing")]
    MissingParameter(&'static str),
    /// Nothing is left between the bounds.
    #[error("nothing lies between `Minimum` and `Maximum`")]
    Empty,
    /// A parameter's value has the wrong form.
    #[error("parameter `{id}` is not {wanted}")]
    MalformedParameter {
        /// The parameter.
        id: &'static str,
        /// What it should be.
        wanted: &'static str,
    },
    /// The pattern cannot be used.
    #[error(transparent)]
    Pattern(#[from] PatternError),
}

impl Rule {
    /// The methods, as policies write them, each with the parameters that it reads.
    pub const METHODS: &[(&str, &[&str])] = &[
        ("IsLengthRange", &["Minimum", "Maximum"]),
        ("MatchesRegex", &["RegularExpression"]),
        ("IncludesCharacters", &["CharacterSet"]),
        ("IsDateRange", &["Minimum", "Maximum"]),
    ];

    /// The parameters that a method reads.
    pub fn reads(method: &str) -> Option<&'static [&'static str]> {
        let known = Self::METHODS.iter().find(|(known, _)| known.eq_ignore_ascii_case(method.trim()));
        known.map(|(_, parameters)| *parameters)
    }

    /// Reads a rule from its method and parameters; both are found whatever their case. A range needs one bound.
    ///
    /// # Errors
    /// The method is unknown, or a parameter is missing or malformed.
    pub fn new<'a>(
        method: &str,
        parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, PredicateError> {
        let parameters: Vec<_> = parameters.into_iter().collect();
        let get = |id: &str| parameters.iter().find(|(name, _)| name.eq_ignore_ascii_case(id)).map(|(_, value)| *value);
        let need = |id: &'static str| get(id).ok_or(PredicateError::MissingParameter(id));
        let bounded = || get("Maximum").map_or_else(|| need("Minimum").map(drop), |_| Ok(()));
        match method.trim().to_ascii_lowercase().as_str() {
            "islengthrange" => {
                bounded()?;
                let minimum = length("Minimum", get("Minimum"))?.unwrap_or(0);
                let maximum = length("Maximum", get("Maximum"))?.unwrap_or(usize::MAX);
                if minimum > maximum {
                    Err(PredicateError::Empty)
                } else {
                    Ok(Self::IsLengthRange { minimum, maximum })
                }
            }
            "matchesregex" => Ok(Self::MatchesRegex(Pattern::new(need("RegularExpression")?)?)),
            "includescharacters" => Ok(Self::IncludesCharacters(CharacterSet::new(need("CharacterSet")?))),
            "isdaterange" => {
                bounded()?;
                let (minimum, maximum) = (day("Minimum", get("Minimum"))?, day("Maximum", get("Maximum"))?);
                match (minimum, maximum) {
                    (Some(Day::Fixed(first)), Some(Day::Fixed(last))) if first > last => Err(PredicateError::Empty),
                    _ => Ok(Self::IsDateRange { minimum, maximum }),
                }
            }
            _ => Err(PredicateError::UnknownMethod(method.to_owned())),
        }
    }

    /// Whether a value keeps the rule. A search that exceeds its limit does not.
    pub fn holds(&self, value: &str, today: Date) -> bool {
        match self {
            Self::IsLengthRange { minimum, maximum } => (*minimum..=*maximum).contains(&text::utf16_len(value)),
            Self::MatchesRegex(pattern) => pattern.is_match(value).unwrap_or(false),
            Self::IncludesCharacters(set) => value.chars().any(|c| set.contains(c)),
            Self::IsDateRange { minimum, maximum } => {
                let Ok(crate::ClaimValue::Date(date)) = crate::ClaimValue::parse(value, DataType::Date) else {
                    return false;
                };
                minimum.is_none_or(|day| day.on(today) <= date) && maximum.is_none_or(|day| date <= day.on(today))
            }
        }
    }
}

impl Day {
    fn on(self, today: Date) -> Date {
        match self {
            Self::Fixed(date) => date,
            Self::Today => today,
        }
    }
}

fn length(id: &'static str, value: Option<&str>) -> Result<Option<usize>, PredicateError> {
    let wrong = PredicateError::MalformedParameter { id, wanted: "a length" };
    value.map(|text| text.trim().parse().map_err(|_| wrong)).transpose()
}

fn day(id: &'static str, value: Option<&str>) -> Result<Option<Day>, PredicateError> {
    let wrong = PredicateError::MalformedParameter { id, wanted: "a day (`yyyy-mm-dd`) or `Today`" };
    value
        .map(|text| match text.trim() {
            text if text.eq_ignore_ascii_case("today") => Ok(Day::Today),
            text => text.parse().map(Day::Fixed).map_err(|_| wrong),
        })
        .transpose()
}

/// A set of characters: ranges such as `a-z` and single characters. Not the inside of a pattern's brackets: brackets
/// stand for themselves here, a backslash makes the next character ordinary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharacterSet {
    ranges: Vec<RangeInclusive<char>>,
}

impl CharacterSet {
    /// Reads a set. A hyphen at either end, or one that would make a range run backwards, is a hyphen.
    pub fn new(text: &str) -> Self {
        let mut items = Vec::new();
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            let escaped = (c == '\\').then(|| rest.next()).flatten();
            items.push((escaped.unwrap_or(c), escaped.is_some()));
        }
        let mut ranges = Vec::new();
        let mut at = 0;
        while let Some(&(low, _)) = items.get(at) {
            match (items.get(at + 1), items.get(at + 2)) {
                (Some(('-', false)), Some(&(high, _))) if low <= high => {
                    ranges.push(low..=high);
                    at += 3;
                }
                _ => {
                    ranges.push(low..=low);
                    at += 1;
                }
            }
        }
        Self { ranges }
    }

    /// Whether a character is in the set.
    pub fn contains(&self, c: char) -> bool {
        self.ranges.iter().any(|range| range.contains(&c))
    }

    /// The set's ranges, for a page that checks while a person types.
    pub fn ranges(&self) -> &[RangeInclusive<char>] {
        &self.ranges
    }
}

/// A rule with what is said when it is not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Predicate {
    /// The predicate's id; translations are found by it.
    pub id: Name,
    /// The rule.
    pub rule: Rule,
    /// What the value must be, for the person who types it.
    pub help_text: Option<String>,
}

/// Predicates of which some or all must hold.
#[derive(Clone, Debug, PartialEq)]
pub struct PredicateGroup {
    /// The group's id; translations are found by it.
    pub id: Option<Name>,
    /// What is said before the list of unmet predicates.
    pub help_text: Option<String>,
    /// How many must hold; none: all.
    pub match_at_least: Option<usize>,
    /// The predicates.
    pub predicates: Vec<Predicate>,
}

/// Groups that must all hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PredicateValidation {
    /// The groups.
    pub groups: Vec<PredicateGroup>,
}

/// A group that a value does not satisfy.
#[derive(Clone, Debug, PartialEq)]
pub struct Unmet<'a> {
    /// The group's place in the validation.
    pub index: usize,
    /// The group.
    pub group: &'a PredicateGroup,
    /// Its predicates that do not hold.
    pub predicates: Vec<&'a Predicate>,
}

impl PredicateValidation {
    /// The groups that a value does not satisfy; none: the value is valid. `today` is what `Today` means.
    pub fn unmet(&self, value: &str, today: Date) -> Vec<Unmet<'_>> {
        let unmet = self.groups.iter().enumerate().map(|(index, group)| {
            let predicates = group.predicates.iter().filter(|p| !p.rule.holds(value, today)).collect();
            Unmet { index, group, predicates }
        });
        unmet.filter(|unmet| !unmet.is_satisfied()).collect()
    }

    /// Whether a value satisfies every group.
    pub fn holds(&self, value: &str, today: Date) -> bool {
        self.unmet(value, today).is_empty()
    }
}

impl Unmet<'_> {
    fn is_satisfied(&self) -> bool {
        let all = self.group.predicates.len();
        all - self.predicates.len() >= self.group.match_at_least.unwrap_or(all)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn rule(method: &str, parameters: &[(&str, &str)]) -> Rule {
        Rule::new(method, parameters.iter().copied()).expect("a valid predicate")
    }

    #[test]
    fn rules() {
        let today = date(2024, 6, 15);
        let length = rule("IsLengthRange", &[("Minimum", "2"), ("Maximum", "4")]);
        let pattern = rule("matchesregex", &[("RegularExpression", "^(?!@)[a-z]+$")]);
        let symbols = rule("IncludesCharacters", &[("CharacterSet", "@#$%^&*\\-_+=[]{}|\\\\:',?/`~\"();!")]);
        let letters = rule("IncludesCharacters", &[("characterSet", "a-cX-Z-")]);
        let dates = rule("IsDateRange", &[("Minimum", "1970-01-01"), ("Maximum", "Today")]);
        let until = rule("IsDateRange", &[("Maximum", "today")]);
        let from = rule("IsDateRange", &[("Minimum", "Today")]);
        for (rule, value, holds) in [
            (&length, "a", false),
            (&length, "a😀b", true),
            (&length, "ab😀😀", false),
            (&pattern, "abc", true),
            (&pattern, "@abc", false),
            (&symbols, "a]", true),
            (&symbols, "a-", true),
            (&symbols, "a\\", true),
            (&symbols, "abc.", false),
            (&letters, "b", true),
            (&letters, "-", true),
            (&letters, "dW", false),
            (&dates, "1970-01-01", true),
            (&dates, "2024-06-15", true),
            (&dates, "2024-06-16", false),
            (&dates, "1969-12-31", false),
            (&dates, "yesterday", false),
            (&until, "2024-06-15", true),
            (&until, "0001-01-01", true),
            (&from, "2024-06-14", false),
            (&from, "9999-12-31", true),
        ] {
            assert_eq!(rule.holds(value, today), holds, "{rule:?} on {value}");
        }
    }

    #[test]
    fn groups_need_all_or_some() {
        let has = |set: &str| Predicate {
            id: set.into(),
            rule: rule("IncludesCharacters", &[("CharacterSet", set)]),
            help_text: Some(format!("one of {set}")),
        };
        let group = |match_at_least, sets: &[&str]| PredicateGroup {
            id: None,
            help_text: None,
            match_at_least,
            predicates: sets.iter().map(|set| has(set)).collect(),
        };
        let validation =
            PredicateValidation { groups: vec![group(None, &["a-z"]), group(Some(2), &["a-z", "A-Z", "0-9"])] };
        let unmet = |value| -> Vec<(usize, usize)> {
            let today = date(2024, 6, 15);
            validation.unmet(value, today).iter().map(|unmet| (unmet.index, unmet.predicates.len())).collect()
        };
        assert_eq!(unmet("aB"), []);
        assert_eq!(unmet("a"), [(1, 2)]);
        assert_eq!(unmet("A1"), [(0, 1)]);
        assert_eq!(unmet(""), [(0, 1), (1, 3)]);
    }

    #[test]
    fn mistakes_are_named() {
        for (method, parameters, message) in [
            ("IsPrime", vec![], "predicate method `IsPrime` is unknown"),
            ("MatchesRegex", vec![], "parameter `RegularExpression` is missing"),
            ("IsLengthRange", vec![("Minimum", "two")], "parameter `Minimum` is not a length"),
            ("MatchesRegex", vec![("RegularExpression", "[")], "the pattern is malformed: a class is not closed"),
            ("IsLengthRange", vec![], "parameter `Minimum` is missing"),
            ("IsLengthRange", vec![("Minimum", "9"), ("Maximum", "8")], "nothing lies between `Minimum` and `Maximum`"),
            ("IsLengthRange", vec![("Maximum", "-1")], "parameter `Maximum` is not a length"),
            ("IncludesCharacters", vec![("Characters", "a-z")], "parameter `CharacterSet` is missing"),
            (
                "IsDateRange",
                vec![("Minimum", "today"), ("Maximum", "31.12.2030")],
                "parameter `Maximum` is not a day (`yyyy-mm-dd`) or `Today`",
            ),
            (
                "IsDateRange",
                vec![("Minimum", "2024-02-02"), ("Maximum", "2024-02-01")],
                "nothing lies between `Minimum` and `Maximum`",
            ),
        ] {
            let error = Rule::new(method, parameters).expect_err("a mistake");
            assert_eq!(error.to_string(), message);
        }
    }
}
