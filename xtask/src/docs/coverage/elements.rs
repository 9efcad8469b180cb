//! Elements and attributes of the language, by the grammar's own table.

use journeyman_policy::schema::{Attribute, Element, Usage, elements};

use super::{Area, listed};
use crate::docs::table::{code, table};

const ELEMENTS: &str = "\
## Elements

Every element in the order of a file, with where it stands. An attribute without a word of its own fares like its element.
`check` reports what is *understood* but not run, and keeps silent about what has no effect.

";

/// The section.
pub(super) fn text() -> String {
    let mut text = String::from(ELEMENTS);
    let rows = elements().into_iter().map(|(element, parents)| row(element, &parents));
    text += &table(["element", "in", "attributes", ""], rows);
    text
}

fn row(element: &Element, parents: &[&str]) -> [String; 4] {
    [
        code(element.name),
        listed(parents.iter().map(|parent| code(parent))),
        listed(element.attributes.iter().map(|one| attribute(one, element.usage))),
        usage(element.usage),
    ]
}

/// An attribute, with a word where it fares otherwise than its element.
fn attribute(attribute: &Attribute, element: Usage) -> String {
    let name = code(attribute.name);
    if attribute.usage == element { name } else { format!("{name} ({})", usage(attribute.usage)) }
}

fn usage(usage: Usage) -> String {
    match usage {
        Usage::Read => "read".to_owned(),
        Usage::Ignored(why) => format!("no effect: {why}"),
        Usage::NotRun(what) => format!("*understood*: {what}"),
    }
}

/// How many elements are read.
pub(super) fn area() -> Area {
    count("elements", elements().into_iter().map(|(element, _)| element.usage))
}

/// How many attributes are read.
pub(super) fn attribute_area() -> Area {
    let elements = elements().into_iter();
    count("attributes", elements.flat_map(|(element, _)| element.attributes.iter().map(|attribute| attribute.usage)))
}

fn count(name: &'static str, all: impl Iterator<Item = Usage>) -> Area {
    all.fold(Area { name, runs: 0, understood: 0, nothing: 0 }, |mut area, usage| {
        match usage {
            Usage::Read => area.runs += 1,
            Usage::Ignored(_) => area.nothing += 1,
            Usage::NotRun(_) => area.understood += 1,
        }
        area
    })
}
