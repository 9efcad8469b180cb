//! The parameters of a request, whether they came in a query or in a form: bounded, and each at most once.

use std::fmt;

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::codes::Code;
use crate::problem::Problem;

const MOST: usize = 100;
const LONGEST_NAME: usize = 200;
/// Long enough for a hint with a certificate chain in its header.
const LONGEST_VALUE: usize = 16 * 1024;
const LONGEST_IN_ALL: usize = 48 * 1024;

/// Parameters by name, in the order in which they came.
///
/// One without a value counts as absent. One that came twice is remembered as such and has no value, so that no two
/// readers can disagree about which of them counts.
pub struct Parameters {
    values: IndexMap<String, String>,
    repeated: Vec<String>,
}

impl Parameters {
    /// Collects decoded pairs; refuses what is too much to be looked at.
    pub fn new<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Result<Self, Problem> {
        let mut parameters = Self { values: IndexMap::new(), repeated: Vec::new() };
        let mut size = 0;
        for (count, (name, value)) in pairs.into_iter().enumerate() {
            let (name, value) = (name.into(), value.into());
            size += name.len() + value.len();
            if count >= MOST || size > LONGEST_IN_ALL {
                return Err(wrong("list", "it is too long"));
            }
            if name.len() > LONGEST_NAME || value.len() > LONGEST_VALUE {
                return Err(wrong(&name, "it is too long"));
            }
            parameters.add(name, value);
        }
        Ok(parameters)
    }

    fn add(&mut self, name: String, value: String) {
        if self.repeated.contains(&name) {
            return;
        }
        match self.values.entry(name) {
            Entry::Vacant(free) => {
                free.insert(value);
            }
            Entry::Occupied(taken) => {
                let (name, _) = taken.shift_remove_entry();
                self.repeated.push(name);
            }
        }
    }

    /// The value of a parameter that came once and is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value as text of its own.
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// Refuses when that parameter came more than once.
    pub(crate) fn once(&self, name: &str) -> Result<Option<&str>, Problem> {
        if self.repeated.iter().any(|repeated| repeated == name) { Err(twice(name)) } else { Ok(self.get(name)) }
    }

    /// The value of a parameter that must be there.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Problem> {
        self.once(name)?.ok_or_else(|| Problem::from(Code::ParameterMissing).with("name", name))
    }

    /// Refuses when any parameter came more than once.
    pub(crate) fn each_once(&self) -> Result<(), Problem> {
        self.repeated.first().map_or(Ok(()), |name| Err(twice(name)))
    }

    /// Names and values, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for Parameters {
    /// Names only: values are codes, tokens, secrets and what people typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.values.keys()).entries(&self.repeated).finish()
    }
}

/// A parameter that cannot be used, and why.
pub(crate) fn wrong(name: &str, reason: &str) -> Problem {
    Problem::from(Code::ParameterWrong).with("name", name).with("reason", reason)
}

fn twice(name: &str) -> Problem {
    wrong(name, "it was sent more than once")
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_IN_ALL, LONGEST_NAME, LONGEST_VALUE, MOST, Parameters};

    #[test]
    fn a_repeated_parameter_has_no_value() {
        let parameters = Parameters::new([("a", "1"), ("b", "2"), ("a", "1"), ("a", "3"), ("c", "")]).expect("bounded");
        assert_eq!((parameters.get("a"), parameters.get("b"), parameters.get("c")), (None, Some("2"), None));
        assert!(parameters.once("a").is_err() && parameters.once("b").is_ok());
        let problem = parameters.each_once().expect_err("a came three times");
        assert_eq!(problem.to_string(), "AADB2C90136: The parameter a is wrong: it was sent more than once.");
    }

    #[test]
    fn sizes_are_bounded() {
        let text = |length: usize| "x".repeat(length);
        let many = |count: usize| (0..count).map(|n| (format!("p{n}"), "v".to_owned())).collect::<Vec<_>>();
        let cases = [
            ("as many as allowed", many(MOST), true),
            ("one more", many(MOST + 1), false),
            ("longest value", vec![("v".to_owned(), text(LONGEST_VALUE))], true),
            ("a longer value", vec![("v".to_owned(), text(LONGEST_VALUE + 1))], false),
            ("a longer name", vec![(text(LONGEST_NAME + 1), String::new())], false),
            (
                "too much in all",
                (0..=LONGEST_IN_ALL / LONGEST_VALUE).map(|n| (n.to_string(), text(LONGEST_VALUE))).collect(),
                false,
            ),
        ];
        for (what, pairs, fits) in cases {
            assert_eq!(Parameters::new(pairs).is_ok(), fits, "{what}");
        }
    }

    #[test]
    fn values_are_not_printed() {
        let parameters = Parameters::new([("code", "s3cret"), ("x", "one"), ("x", "two")]).expect("bounded");
        assert_eq!(format!("{parameters:?}"), r#"{"code", "x"}"#);
    }
}
