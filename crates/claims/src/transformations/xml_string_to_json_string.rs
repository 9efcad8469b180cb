//! `XmlStringToJsonString`: an XML document as JSON.

use roxmltree::{Document, Node, NodeType, ParsingOptions};
use serde_json::{Map, Value};

use super::prelude::*;

pub(super) const DECLARATION: Transformation = Transformation {
    method: "XmlStringToJsonString",
    summary: "an XML document as JSON: members for elements, @name for attributes, arrays for repeated elements",
    inputs: &[Role::required("xml", STRING)],
    parameters: &[],
    outputs: &[Role::required("json", STRING)],
    apply,
};

/// Elements inside elements.
const DEEPEST: usize = 64;
/// Elements, attributes and texts of a document.
const MOST_NODES: u32 = 10_000;

fn apply(call: &Call<'_>, _: &Env<'_>) -> Applied {
    let xml = call.need_text("xml")?;
    // No document type: no entity of the sender's own is ever expanded or fetched.
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&xml, options);
    let document = document.map_err(|_| TransformError::runtime("input claim `xml` is no XML"))?;
    let root = document.root_element();
    let mut json = Map::new();
    json.insert(name(root), element(root, DEEPEST)?);
    Ok(Outputs::of("json", Value::Object(json).to_string()))
}

/// An empty element is null, one with only text is text, every other is an object.
fn element(node: Node<'_, '_>, depth: usize) -> Result<Value, TransformError> {
    let depth = depth.checked_sub(1).ok_or_else(|| TransformError::runtime("the XML is nested too deeply"))?;
    let mut members = Map::new();
    for attribute in node.attributes() {
        members.insert(format!("@{}", attribute.name()), Value::from(attribute.value()));
    }
    let mut text = String::new();
    for child in node.children() {
        match child.node_type() {
            NodeType::Element => add(&mut members, name(child), element(child, depth)?),
            NodeType::Text => text.push_str(child.text().filter(|text| !text.trim().is_empty()).unwrap_or_default()),
            _ => {}
        }
    }
    Ok(match (members.is_empty(), text.is_empty()) {
        (true, true) => Value::Null,
        (true, false) => Value::from(text),
        (false, true) => Value::Object(members),
        (false, false) => {
            add(&mut members, "#text".to_owned(), Value::from(text));
            Value::Object(members)
        }
    })
}

/// Sets a member; what comes a second time makes an array of both.
fn add(members: &mut Map<String, Value>, name: String, value: Value) {
    match members.get_mut(&name) {
        None => {
            members.insert(name, value);
        }
        Some(Value::Array(all)) => all.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

/// The name of an element as the document writes it.
fn name(node: Node<'_, '_>) -> String {
    let tag = node.tag_name();
    let prefix = tag.namespace().and_then(|uri| node.lookup_prefix(uri)).filter(|prefix| !prefix.is_empty());
    prefix.map_or_else(|| tag.name().to_owned(), |prefix| format!("{prefix}:{}", tag.name()))
}
