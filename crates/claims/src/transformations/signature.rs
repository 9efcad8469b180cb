//! Comparing a use of a method with what the method declares, before it ever runs.

use std::fmt;

use super::parts::format;
use super::{Parameter, Reads, Role, Transformation};
use crate::pattern::Pattern;
use crate::value::{ClaimValue, DataType};

/// How a policy uses a method.
#[derive(Clone, Debug, Default)]
pub struct Usage<'a> {
    /// `TransformationClaimType` of each input claim, and the claim's type where it is known.
    pub inputs: Vec<(&'a str, Option<DataType>)>,
    /// Each parameter.
    pub parameters: Vec<(&'a str, Given<'a>)>,
    /// `TransformationClaimType` of each output claim, and the claim's type where it is known.
    pub outputs: Vec<(&'a str, Option<DataType>)>,
}

/// What a policy gives for a parameter.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The text, where it is known already.
    pub text: Option<&'a str>,
    /// `DataType`, as the policy writes it.
    pub data_type: Option<DataType>,
}

/// The three lists of a transformation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// `InputClaims`.
    Input,
    /// `InputParameters`.
    Parameter,
    /// `OutputClaims`.
    Output,
}

impl Part {
    /// What one of them is called.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input claim",
            Self::Parameter => "parameter",
            Self::Output => "output claim",
        }
    }
}

/// What is wrong with the way in which a policy uses a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault<'a> {
    /// The method needs something that is not there.
    Missing {
        /// Of which list.
        part: Part,
        /// Its name.
        name: &'static str,
        /// The types that it may have; none: any.
        types: &'static [DataType],
    },
    /// The method knows no such name.
    Unexpected {
        /// Of which list.
        part: Part,
        /// Its place in the list.
        at: usize,
        /// The name.
        name: &'a str,
        /// What is missing, where there is nothing else that it could be meant for.
        meant: Option<&'static str>,
    },
    /// The claim has a type that the method does not take or give.
    Type {
        /// Of which list.
        part: Part,
        /// Its place in the list.
        at: usize,
        /// `TransformationClaimType`.
        name: &'a str,
        /// The claim's type.
        found: DataType,
        /// The types that it may have.
        wanted: Vec<DataType>,
    },
    /// The method cannot read the text of a parameter.
    Value {
        /// Its place in the list.
        at: usize,
        /// The parameter's id.
        name: &'a str,
        /// What it must be, or what is wrong with it.
        why: String,
    },
}

impl Fault<'_> {
    /// Whether the transformation runs all the same: a parameter that the method does not know has no effect.
    pub fn is_harmless(&self) -> bool {
        matches!(self, Self::Unexpected { part: Part::Parameter, meant: None, .. })
    }

    /// The list and the place in it, for what is there and wrong.
    pub fn place(&self) -> Option<(Part, usize)> {
        match self {
            Self::Missing { .. } => None,
            Self::Unexpected { part, at, .. } | Self::Type { part, at, .. } => Some((*part, *at)),
            Self::Value { at, .. } => Some((Part::Parameter, *at)),
        }
    }
}

impl Transformation {
    /// What is wrong with a use of the method.
    pub fn faults<'a>(&self, usage: &Usage<'a>) -> Vec<Fault<'a>> {
        let mut faults = names(Part::Input, &self.inputs.iter().map(Known::from).collect::<Vec<_>>(), &usage.inputs);
        faults.extend(types(Part::Input, self.inputs, &usage.inputs, &[]));
        let known: Vec<_> = self.parameters.iter().map(Known::from).collect();
        faults.extend(names(Part::Parameter, &known, &usage.parameters));
        faults.extend(self.values(&usage.parameters));
        faults.extend(names(Part::Output, &self.outputs.iter().map(Known::from).collect::<Vec<_>>(), &usage.outputs));
        faults.extend(types(Part::Output, self.outputs, &usage.outputs, &usage.inputs));
        faults
    }

    /// The names that a list of this method may have; those that a policy chooses are not among them.
    pub fn names(&self, part: Part) -> Vec<&'static str> {
        let roles = |roles: &'static [Role]| roles.iter().filter(|role| !role.many).map(|role| role.name).collect();
        match part {
            Part::Input => roles(self.inputs),
            Part::Output => roles(self.outputs),
            Part::Parameter => self.parameters.iter().filter(|known| !known.many).map(|known| known.name).collect(),
        }
    }

    fn values<'a>(&self, given: &[(&'a str, Given<'a>)]) -> Vec<Fault<'a>> {
        let wrong = |(at, &(name, given)): (usize, &(&'a str, Given<'a>))| {
            let known = self.parameters.iter().find(|known| !known.many && known.name.eq_ignore_ascii_case(name))?;
            known.fault(given).map(|why| Fault::Value { at, name, why })
        };
        given.iter().enumerate().filter_map(wrong).collect()
    }
}

impl Parameter {
    /// Why the method cannot read what a policy gives.
    fn fault(&self, given: Given<'_>) -> Option<String> {
        if matches!(self.reads, Reads::TextFlag) && given.data_type.is_some_and(|named| named != DataType::String) {
            return Some("its `DataType` must be `string`".to_owned());
        }
        let text = given.text?;
        match self.reads {
            Reads::TextFlag => {
                let wrong = ClaimValue::parse(text, DataType::Boolean).is_err();
                wrong.then(|| "it must be `true` or `false`".to_owned())
            }
            Reads::Words(words) if words.iter().any(|word| word.eq_ignore_ascii_case(text.trim())) => None,
            Reads::Words(words) => {
                let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
                Some(format!("it must be {}", words.join(" or ")))
            }
            Reads::Pattern => Pattern::new(text).err().map(|why| why.to_string()),
            Reads::Format(arguments) => format::fault(text, arguments),
            Reads::Typed => {
                let wrong = ClaimValue::parse(text, self.data_type).is_err();
                wrong.then(|| format!("it must be of type {}", self.data_type))
            }
        }
    }
}

/// A name that a list may have.
struct Known {
    name: &'static str,
    types: &'static [DataType],
    required: bool,
    either: bool,
    many: bool,
}

impl From<&'static Role> for Known {
    fn from(role: &'static Role) -> Self {
        Self { name: role.name, types: role.types, required: role.required, either: role.either, many: role.many }
    }
}

impl From<&'static Parameter> for Known {
    fn from(parameter: &'static Parameter) -> Self {
        let Parameter { name, required, many, .. } = *parameter;
        Self { name, types: &[], required, either: false, many }
    }
}

/// Names that are missing, and names that nobody knows. As many of one as of the other are taken for each other.
fn names<'a, T>(part: Part, known: &[Known], used: &[(&'a str, T)]) -> Vec<Fault<'a>> {
    let is_used = |name: &str| used.iter().any(|(used, _)| used.eq_ignore_ascii_case(name));
    let mut missing: Vec<_> = known.iter().filter(|known| known.required && !is_used(known.name)).collect();
    if !known.iter().any(|known| known.either && is_used(known.name)) {
        missing.extend(known.iter().find(|known| known.either));
    }
    let open = known.iter().any(|known| known.many);
    let is_known = |name: &str| open || known.iter().any(|known| known.name.eq_ignore_ascii_case(name));
    let unknown: Vec<_> = used.iter().enumerate().filter(|(_, (name, _))| !is_known(name)).collect();
    let paired = unknown.len() == missing.len();
    let unexpected = unknown.iter().enumerate().map(|(nth, (at, (name, _)))| {
        let meant = if paired { missing.get(nth).map(|known| known.name) } else { None };
        Fault::Unexpected { part, at: *at, name, meant }
    });
    let unexpected: Vec<_> = unexpected.collect();
    let missing = missing.iter().filter(|_| !paired);
    let missing = missing.map(|known| Fault::Missing { part, name: known.name, types: known.types });
    missing.chain(unexpected).collect()
}

/// Claims of types that do not fit. What must have the type of an input claim is compared with that.
fn types<'a>(
    part: Part,
    roles: &'static [Role],
    used: &[(&'a str, Option<DataType>)],
    inputs: &[(&str, Option<DataType>)],
) -> Vec<Fault<'a>> {
    let mut faults = Vec::new();
    for (at, &(name, found)) in used.iter().enumerate() {
        let (Some(role), Some(found)) = (expected(roles, name), found) else { continue };
        let like = role.like.and_then(|like| inputs.iter().find(|(input, _)| input.eq_ignore_ascii_case(like)));
        let wanted = match like {
            Some((_, data_type)) => data_type.iter().copied().collect(),
            None => role.types.to_vec(),
        };
        if !wanted.is_empty() && !wanted.contains(&found) {
            faults.push(Fault::Type { part, at, name, found, wanted });
        }
    }
    faults
}

/// What a method says of a role, by name or as one of those that a policy names itself.
fn expected(declared: &'static [Role], role: &str) -> Option<&'static Role> {
    let named = declared.iter().find(|declared| !declared.many && declared.name.eq_ignore_ascii_case(role));
    named.or_else(|| declared.iter().find(|declared| declared.many))
}

impl fmt::Display for Fault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { part, name, .. } => write!(f, "the {} `{name}` is missing", part.as_str()),
            Self::Unexpected { part, name, meant: Some(meant), .. } => {
                write!(f, "the method has no {} `{name}`, and `{meant}` is missing", part.as_str())
            }
            Self::Unexpected { part, name, .. } => write!(f, "the method has no {} `{name}`", part.as_str()),
            Self::Type { part, name, found, wanted, .. } => {
                write!(f, "the {} `{name}` is of type {found}, it must be {}", part.as_str(), one_of(wanted))
            }
            Self::Value { name, why, .. } => write!(f, "the parameter `{name}` cannot be used: {why}"),
        }
    }
}

/// Types in words.
pub fn one_of(types: &[DataType]) -> String {
    match types {
        [all @ .., last] if !all.is_empty() => {
            let all: Vec<_> = all.iter().map(|one| one.as_str()).collect();
            format!("{} or {last}", all.join(", "))
        }
        [only] => only.to_string(),
        _ => "any type".to_owned(),
    }
}
