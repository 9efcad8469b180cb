//! `GenerateJson`: a JSON document from dotted paths.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "GenerateJson",
    summary: "a JSON document; the names of claims and parameters are the paths of its members",
    inputs: &[Role::many("path", ANY)],
    parameters: &[Parameter::many("path", DataType::String)],
    outputs: &[Role::required("outputClaim", STRING)],
    apply,
};

fn apply(call: &Call<'_>, env: &Env<'_>) -> Applied {
    let mut root = None;
    for input in &call.inputs {
        insert_at(&mut root, input.role, input.value.as_ref().map(ClaimValue::to_json))?;
    }
    for (path, text) in &call.parameters {
        insert_at(&mut root, path, Some(constant(path, text, env)?))?;
    }
    let json = root.map(Node::into_json).transpose()?.flatten();
    Ok(Outputs::of("outputClaim", json.map_or_else(|| "{}".to_owned(), |json| json.to_string())))
}

/// Segments of a path.
const DEEPEST: usize = 64;

/// A parameter's value in the JSON type that its data type stands for.
fn constant(path: &str, text: &str, env: &Env<'_>) -> Result<Value, TransformError> {
    let declared = env.surroundings.parameter_type(path).unwrap_or(DataType::String);
    let wrong = |_| TransformError::runtime(format!("parameter `{path}` is no {declared}"));
    ClaimValue::parse(text, declared).map(|value| value.to_json()).map_err(wrong)
}

/// A document while it grows. A claim without a value has a leaf too: its member is left out in the end, and as an
/// element of an array it is null, so that the elements after it keep their places.
enum Node {
    Leaf(Option<Value>),
    Object(IndexMap<String, Option<Node>>),
    Array(BTreeMap<usize, Option<Node>>),
}

fn insert_at(root: &mut Option<Node>, path: &str, value: Option<Value>) -> Result<(), TransformError> {
    let segments: Vec<_> = path.split('.').collect();
    if segments.len() <= DEEPEST && insert(root, &segments, value) {
        Ok(())
    } else {
        Err(TransformError::runtime(format!("the path `{path}` is too deep or contradicts another")))
    }
}

/// Whether the place was free and of the right kind.
fn insert(place: &mut Option<Node>, segments: &[&str], value: Option<Value>) -> bool {
    let Some((segment, rest)) = segments.split_first() else {
        let free = place.is_none();
        *place = Some(Node::Leaf(value));
        return free;
    };
    match (place.get_or_insert_with(|| Node::containing(segment)), index(segment)) {
        (Node::Object(members), None) => insert(members.entry((*segment).to_owned()).or_default(), rest, value),
        (Node::Array(elements), Some(index)) => insert(elements.entry(index).or_default(), rest, value),
        _ => false,
    }
}

/// A segment of digits is the index of an array.
fn index(segment: &str) -> Option<usize> {
    let is_index = !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_digit());
    is_index.then(|| segment.parse().unwrap_or(usize::MAX))
}

impl Node {
    /// What holds a segment.
    fn containing(segment: &str) -> Self {
        if index(segment).is_some() { Self::Array(BTreeMap::new()) } else { Self::Object(IndexMap::new()) }
    }

    fn into_json(self) -> Result<Option<Value>, TransformError> {
        match self {
            Self::Leaf(value) => Ok(value),
            Self::Object(members) => {
                let mut object = Map::new();
                for (name, member) in members {
                    if let Some(value) = member.map(Self::into_json).transpose()?.flatten() {
                        object.insert(name, value);
                    }
                }
                Ok(Some(Value::Object(object)))
            }
            Self::Array(elements) => {
                if !elements.keys().copied().eq(0..elements.len()) {
                    return Err(TransformError::runtime("the indexes of an array leave a gap"));
                }
                let values = elements.into_values().map(|element| {
                    let value = element.map(Self::into_json).transpose()?.flatten();
                    Ok(value.unwrap_or_default())
                });
                values.collect::<Result<_, _>>().map(|values| Some(Value::Array(values)))
            }
        }
    }
}
