//! Comparing a use of a method with what the method declares, before it ever runs.

use std::fmt;

use super::{Role, Transformation};
use crate::value::DataType;

/// What is wrong with the way in which a policy uses a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault<'a> {
    /// An input claim that the method needs is not named.
    MissingInput(&'static str),
    /// The method takes no such input claim.
    UnexpectedInput(&'a str),
    /// The input claim has a type that the method does not take.
    InputType {
        /// `TransformationClaimType`.
        role: &'a str,
        /// The claim's type.
        found: DataType,
        /// The types that the method takes.
        wanted: &'static [DataType],
    },
    /// A parameter that the method needs is not given.
    MissingParameter(&'static str),
    /// An output claim that the method sets is not named.
    MissingOutput(&'static str),
    /// The method sets no such output claim.
    UnexpectedOutput(&'a str),
    /// The output claim has a type that the method does not set.
    OutputType {
        /// `TransformationClaimType`.
        role: &'a str,
        /// The claim's type.
        found: DataType,
        /// The types that the method sets.
        wanted: &'static [DataType],
    },
}

impl Transformation {
    /// What is wrong with a use of the method: its input claims by `TransformationClaimType` with their types, the ids
    /// of its parameters, and its output claims. Parameters that the method does not know have no effect.
    pub fn faults<'a>(
        &self,
        inputs: &[(&'a str, DataType)],
        parameters: &[&str],
        outputs: &[(&'a str, DataType)],
    ) -> Vec<Fault<'a>> {
        let mut faults: Vec<_> = missing(self.inputs, inputs).map(Fault::MissingInput).collect();
        faults.extend(inputs.iter().filter_map(|&(role, found)| match expected(self.inputs, role) {
            None => Some(Fault::UnexpectedInput(role)),
            Some(wanted) => (!fits(found, wanted)).then_some(Fault::InputType { role, found, wanted }),
        }));
        let given = |name: &str| parameters.iter().any(|id| id.eq_ignore_ascii_case(name));
        let needed = self.parameters.iter().filter(|parameter| parameter.required && !given(parameter.name));
        faults.extend(needed.map(|parameter| Fault::MissingParameter(parameter.name)));
        faults.extend(missing(self.outputs, outputs).map(Fault::MissingOutput));
        faults.extend(outputs.iter().filter_map(|&(role, found)| match expected(self.outputs, role) {
            None => Some(Fault::UnexpectedOutput(role)),
            Some(wanted) => (!fits(found, wanted)).then_some(Fault::OutputType { role, found, wanted }),
        }));
        faults
    }
}

fn missing(declared: &'static [Role], used: &[(&str, DataType)]) -> impl Iterator<Item = &'static str> {
    let needed = declared.iter().filter(|role| role.required);
    needed.map(|role| role.name).filter(|name| !used.iter().any(|(used, _)| used.eq_ignore_ascii_case(name)))
}

/// The types that a claim may have in a role; none: there is no such role.
fn expected(declared: &'static [Role], role: &str) -> Option<&'static [DataType]> {
    let named = declared.iter().find(|declared| !declared.many && declared.name.eq_ignore_ascii_case(role));
    named.or_else(|| declared.iter().find(|declared| declared.many)).map(|declared| declared.types)
}

fn fits(found: DataType, wanted: &[DataType]) -> bool {
    wanted.is_empty() || wanted.contains(&found)
}

impl fmt::Display for Fault<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let types = |types: &[DataType]| types.iter().map(|t| t.as_str()).collect::<Vec<_>>().join(" or ");
        match self {
            Self::MissingInput(role) => write!(f, "the input claim `{role}` is missing"),
            Self::UnexpectedInput(role) => write!(f, "the method takes no input claim `{role}`"),
            Self::InputType { role, found, wanted } => {
                write!(f, "the input claim `{role}` is of type {found}, the method takes {}", types(wanted))
            }
            Self::MissingParameter(id) => write!(f, "the parameter `{id}` is missing"),
            Self::MissingOutput(role) => write!(f, "the output claim `{role}` is missing"),
            Self::UnexpectedOutput(role) => write!(f, "the method sets no output claim `{role}`"),
            Self::OutputType { role, found, wanted } => {
                write!(f, "the output claim `{role}` is of type {found}, the method sets {}", types(wanted))
            }
        }
    }
}
