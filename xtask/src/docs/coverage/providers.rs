//! Providers of technical profiles: what each accepts.

use std::fmt::Write as _;

use journeyman_engine::providers::{
    ALL, Access, COMMON_MESSAGES, COMMON_METADATA, Declaration, KeyId, KeyKind, KnownClaim, Message, MetadataKey, Need,
    RELYING_PARTY, USER_ATTRIBUTES, UserAttribute, ValueKind,
};

use super::{Area, listed, status};
use crate::docs::table::{code, table};

const PROVIDERS: &str = "\
## Technical profiles

A profile is bound to the first provider of this list that fits its protocol, its handler (the last part of the type
name) and, for the protocol `None`, its token formats, keys and metadata.

";

const COMMON: &str = "\
### Metadata of every provider

";

const ATTRIBUTES: &str = "\
### Attributes of a user

What profiles of the directory may find a user by, write and read. Beside these: `signInNames.` and a type of a policy's own,
and `extension_` and a name of a policy's own.

";

/// The section.
pub(super) fn text() -> String {
    let mut text = String::from(PROVIDERS);
    text += &table(["provider", "protocol", "handler", "used as", ""], everyone().map(provider));
    text += "\n";
    text += COMMON;
    text += &metadata(COMMON_METADATA, true);
    text += "\nMessages of claims transformations, in the metadata of the page or of the profile that runs them:\n\n";
    text += &table(["message", "said when"], COMMON_MESSAGES.iter().map(message));
    for declaration in everyone() {
        text += &details(declaration);
    }
    text += "\n";
    text += ATTRIBUTES;
    text +=
        &table(["attribute", "input claim", "persisted claim", "output claim"], USER_ATTRIBUTES.iter().map(attribute));
    text
}

/// How many providers run.
pub(super) fn area() -> Area {
    let runs = everyone().filter(|known| known.runs).count();
    Area { name: "providers", runs, understood: everyone().count() - runs, nothing: 0 }
}

/// How many of their metadata keys run.
pub(super) fn metadata_area() -> Area {
    let keys = || everyone().flat_map(|known| known.metadata.iter().map(|key| state(key, known.runs)));
    let count = |word: &str| keys().filter(|state| *state == word).count();
    Area {
        name: "metadata keys of providers",
        runs: count("runs"),
        understood: count("*understood*"),
        nothing: count("no effect"),
    }
}

/// Every provider, and what relying parties are.
fn everyone() -> impl Iterator<Item = &'static Declaration> {
    ALL.iter().chain(RELYING_PARTY).copied()
}

fn provider(known: &Declaration) -> [String; 5] {
    let protocols: Vec<_> = known.protocols.iter().map(|protocol| code(protocol)).collect();
    let places: Vec<_> = known.places.iter().map(|place| place.word()).collect();
    let handler = known.handler.map(code).unwrap_or_default();
    [known.title.to_owned(), protocols.join(", "), handler, places.join(", "), status(known.runs)]
}

fn attribute(known: &UserAttribute) -> [String; 4] {
    let may = |access| if known.allows.contains(&access) { "yes".to_owned() } else { String::new() };
    [code(known.name), may(Access::Find), may(Access::Write), may(Access::Read)]
}

/// Everything about one provider.
fn details(known: &Declaration) -> String {
    let mut text = format!("\n### {}\n\n", known.title);
    let places: Vec<_> = known.places.iter().map(|place| place.word()).collect();
    match (known.runs, places.is_empty()) {
        (_, true) => text += "Nothing runs it.\n",
        (true, false) => writeln!(text, "Runs as {}.", places.join(", ")).expect("a string takes everything"),
        (false, false) => {
            writeln!(text, "*Understood* as {}.", places.join(", ")).expect("a string takes everything");
        }
    }
    if !known.metadata.is_empty() {
        text += "\n";
        text += &metadata(known.metadata, known.runs);
    }
    text += match (known.metadata.is_empty(), known.open_metadata) {
        (_, true) => "\nOther metadata may stand beside it.\n",
        (false, false) => "\nAny other key has no effect, which `check` says (JM1007).\n",
        (true, false) => "\nIt reads no metadata; a key has no effect, which `check` says (JM1007).\n",
    };
    if !known.messages.is_empty() {
        text += if known.own_messages {
            "\nMessages, in the metadata of the page that shows them or of the profile itself:\n\n"
        } else {
            "\nMessages, in the metadata of the page that shows them:\n\n"
        };
        text += &table(["message", "said when"], known.messages.iter().map(message));
    }
    if !known.keys.is_empty() {
        text += "\n";
        text += &table(["cryptographic key", "kind", "needed", "what for"], known.keys.iter().map(key));
    }
    if !known.claims.is_empty() {
        text += "\n";
        text += &table(["claim", "", "needed", "what it means"], known.claims.iter().map(claim));
    }
    text
}

fn message(known: &Message) -> [String; 2] {
    let mut summary = known.summary.to_owned();
    if !known.formerly.is_empty() {
        write!(summary, "; formerly {}", listed(known.formerly.iter().map(|name| code(name))))
            .expect("a string takes everything");
    }
    [code(known.name), summary]
}

fn key(known: &KeyId) -> [String; 4] {
    let kind = match known.kind {
        KeyKind::Secret => "secret",
        KeyKind::Rsa => "RSA key pair",
        KeyKind::Certificate => "certificate",
    };
    [code(known.name), kind.to_owned(), need(known.need), known.summary.to_owned()]
}

fn claim(known: &KnownClaim) -> [String; 4] {
    [code(known.name), known.list.word().to_owned(), need(known.need), known.summary.to_owned()]
}

fn need(need: Need) -> String {
    match need {
        Need::Optional => String::new(),
        Need::Always => "**always**".to_owned(),
        Need::When(when, _) | Need::Told(when) => when.to_owned(),
    }
}

fn metadata(keys: &[MetadataKey], runs: bool) -> String {
    table(
        ["metadata", "", "value", "needed", "default", "what it does"],
        keys.iter().map(|known| {
            let default = known.default.map(code).unwrap_or_default();
            let status = state(known, runs).to_owned();
            [code(known.name), status, value(known.value), need(known.need), default, known.summary.to_owned()]
        }),
    )
}

fn state(key: &MetadataKey, runs: bool) -> &'static str {
    match (key.runs, runs) {
        (true, true) => "runs",
        (true, false) => "*understood*",
        (false, _) => "no effect",
    }
}

fn value(kind: ValueKind) -> String {
    match kind {
        ValueKind::Text => "text".to_owned(),
        ValueKind::Boolean => "`true` or `false`".to_owned(),
        ValueKind::Integer { min, max: i64::MAX } => format!("from {min}"),
        ValueKind::Integer { min, max } => format!("{min} to {max}"),
        ValueKind::OneOf(allowed) => allowed.iter().map(|one| code(one)).collect::<Vec<_>>().join(", "),
        ValueKind::Url => "URL".to_owned(),
        ValueKind::ContentDefinition => "id of a content definition".to_owned(),
        ValueKind::Claim => "id of a claim".to_owned(),
        ValueKind::Journey => "id of a user journey".to_owned(),
        ValueKind::Exchange => "id of a claims exchange".to_owned(),
    }
}
