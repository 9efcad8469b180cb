//! The effective policy for programs: its elements as objects, every node with the file and line that it comes from.

use serde_json::{Map, Value, json};

use super::places::Places;
use super::{Element, Origin};
use crate::PolicySet;
use crate::model::Policy;

/// A policy of the set. Nothing for one of another set.
pub fn json(set: &PolicySet, policy: &Policy) -> Option<Value> {
    let root = super::root(set, policy)?;
    let places = Places::new(&set.sources, &policy.chain);
    let files: Vec<_> = places.files().map(|(_, name)| name).collect();
    Some(json!({ "id": policy.id, "tenant": policy.tenant, "files": files, "policy": element(&places, &root) }))
}

fn element(places: &Places<'_>, element: &Element) -> Value {
    let mut object = Map::new();
    object.insert("element".to_owned(), element.name.clone().into());
    object.extend(place(places, &element.origin));
    if !element.also.is_empty() {
        let also = element.also.iter().map(|origin| Value::Object(place(places, origin).collect()));
        object.insert("also".to_owned(), also.collect());
    }
    if !element.attributes.is_empty() {
        let attribute = |value: &str, origin| Value::Object(valued(places, value, origin));
        let attributes = element.attributes.iter();
        let attributes = attributes.map(|it| (it.name.clone(), attribute(&it.value, &it.origin)));
        object.insert("attributes".to_owned(), Value::Object(attributes.collect()));
    }
    if let Some((text, origin)) = element.text.as_ref().filter(|(text, _)| !text.is_empty()) {
        object.insert("text".to_owned(), Value::Object(valued(places, text, origin)));
    }
    if !element.children.is_empty() {
        let children = element.children.iter().map(|child| self::element(places, child));
        object.insert("children".to_owned(), children.collect());
    }
    Value::Object(object)
}

fn valued(places: &Places<'_>, value: &str, origin: &Origin) -> Map<String, Value> {
    std::iter::once(("value".to_owned(), value.into())).chain(place(places, origin)).collect()
}

/// `file`, `line`, and `included`: the technical profile that brought it in.
fn place(places: &Places<'_>, origin: &Origin) -> impl Iterator<Item = (String, Value)> {
    let (file, line) = places.line(origin.span);
    let included = origin.included.as_ref().map(|profile| ("included".to_owned(), profile.as_str().into()));
    [("file".to_owned(), file.into()), ("line".to_owned(), line.into())].into_iter().chain(included)
}
