//! Spans as people write them: `file:line:column`.

use std::collections::HashMap;

use journeyman_policy::model::Policy;
use journeyman_policy::source::{FileId, Sources, Span};
use serde_json::Value;

use crate::Failure;

/// Finds lines quickly: a policy has thousands of spans.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    line_starts: HashMap<FileId, Vec<usize>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        let starts = |text: &str| std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { sources, line_starts: sources.iter().map(|(id, file)| (id, starts(&file.text))).collect() }
    }

    /// `file:line`.
    pub(super) fn line(&self, span: Span) -> String {
        let starts = &self.line_starts[&span.file];
        let line = starts.partition_point(|start| *start <= span.start as usize);
        format!("{}:{line}", self.sources.file(span.file).name)
    }
}

/// The policy as JSON; wherever a part has a span, the place stands instead.
pub(super) fn json(sources: &Sources, policy: &Policy) -> Result<String, Failure> {
    let places = Places::new(sources);
    let mut value = serde_json::to_value(policy).map_err(|error| Failure::Output(error.into()))?;
    put_places(&places, &mut value);
    if let Some(chain) = value.get_mut("chain") {
        *chain = policy.chain.iter().map(|file| Value::from(&*sources.file(*file).name)).collect();
    }
    serde_json::to_string_pretty(&value).map_err(|error| Failure::Output(error.into()))
}

fn put_places(places: &Places<'_>, value: &mut Value) {
    match value {
        Value::Object(object) if object.len() == 3 => {
            let number = |key| object.get(key).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok());
            match (number("file"), number("start"), number("end")) {
                (Some(file), Some(start), Some(end)) => {
                    *value = Value::from(places.line(Span { file: FileId(file), start, end }));
                }
                _ => object.values_mut().for_each(|inside| put_places(places, inside)),
            }
        }
        Value::Object(object) => object.values_mut().for_each(|inside| put_places(places, inside)),
        Value::Array(items) => items.iter_mut().for_each(|inside| put_places(places, inside)),
        _ => {}
    }
}
