//! What of the policy language runs: printed from the declarations that binding and `check` go by.

use std::fmt::Write as _;

use journeyman_claims::DataType;
use journeyman_claims::transformations::{self, Parameter, Role, Transformation};
use journeyman_engine::providers::{
    self, Access, Declaration, KeyId, KeyKind, KnownClaim, Message, MetadataKey, Need, USER_ATTRIBUTES, UserAttribute,
    ValueKind,
};
use journeyman_engine::{RESOLVERS, STEP_TYPES};

use super::table::{code, table};

const HEAD: &str = "\
<!-- Printed by `cargo xtask docs` from the tables in the code: change those. -->

# What runs

Three words are used with care. **Runs**: it does what the language says. **Understood**: it is read, inherited and
checked; `journeyman check` reports it as an error of the kind `unsupported`, `serve` refuses the policy unless
`allow_unsupported` names it, and a journey that reaches it ends at a page that says so. **No effect**: the language has
it, and there is nothing to do, or nothing is done yet; what it says tells which.

Names of handlers, metadata keys, methods and claims are compared without regard to case.

";

const PROVIDERS: &str = "\
## Technical profiles

A profile is bound to the first provider of this list that fits its protocol, its handler (the last part of the type
name) and, for the protocol `None`, its token formats, keys and metadata.

";

const ATTRIBUTES: &str = "\
### Attributes of a user

What profiles of the directory may find a user by, write and read. Beside these: `signInNames.` and a type of a policy's own,
and `extension_` and a name of a policy's own.

";

const COMMON: &str = "\
### Metadata of every provider

";

const STEPS: &str = "\
## Orchestration steps

";

const TRANSFORMATIONS: &str = "\
## Claims transformations

Claims are given by `TransformationClaimType`. `?` marks what may be left out, `…` what a policy may give any number of
times or under names of its own. A claim without a type here may have any.

";

const RESOLVER_TABLE: &str = "\
## Claim resolvers

Written `{Group:Name}`, alone or inside a longer text. One without a value makes no claim when it stands alone, and
becomes nothing inside a text. Braces around anything else stay as they are.

";

const TYPES: &str = "\
## Data types

";

const REFUSED: &str = "\
## Refused for now

Providers marked *understood* above, and:

";

/// What no table declares.
const ALSO_REFUSED: &[&str] = &[
    "`AuthorizationTechnicalProfiles` of a journey: the journey ends at its first step. `check` does not report it yet.",
    "The `UserInfo` endpoint of a relying party: it answers with status 501, and discovery does not list it.",
    "The password grant (`grant_type=password`) and every grant but `authorization_code` and `refresh_token`.",
    "Display controls of other types than `VerificationControl` are shown with their claims, but have no behaviour of \
     their own: no QR code, no authenticator app.",
];

/// The page.
pub(super) fn text() -> String {
    let mut text = String::from(HEAD);
    text += &summary();
    text += PROVIDERS;
    text += &table(["provider", "protocol", "handler", "used as", ""], everyone().map(provider));
    text += "\n";
    text += COMMON;
    text += &metadata(providers::COMMON_METADATA, true);
    text += "\nMessages of claims transformations, in the metadata of the page or of the profile that runs them:\n\n";
    text += &table(["message", "said when"], providers::COMMON_MESSAGES.iter().map(message));
    for declaration in everyone() {
        text += &details(declaration);
    }
    text += "\n";
    text += ATTRIBUTES;
    text +=
        &table(["attribute", "input claim", "persisted claim", "output claim"], USER_ATTRIBUTES.iter().map(attribute));
    text += "\n";
    text += STEPS;
    text += &table(
        ["type", "", "what it does"],
        STEP_TYPES
            .iter()
            .map(|step| [code(&format!("{:?}", step.step_type)), status(step.runs), step.summary.to_owned()]),
    );
    text += "\n";
    text += TRANSFORMATIONS;
    text += &table(
        ["method", "takes", "parameters", "gives", "what it does"],
        transformations::ALL.iter().map(|t| method(t)),
    );
    text += "\n";
    text += RESOLVER_TABLE;
    text += &table(
        ["resolver", "where", "becomes"],
        RESOLVERS.iter().map(|known| {
            let colon = if known.group.is_empty() { "" } else { ":" };
            let written = format!("{{{}{colon}{}}}", known.group, known.name.unwrap_or("…"));
            [code(&written), known.place.as_str().to_owned(), known.summary.to_owned()]
        }),
    );
    text += "\n";
    text += TYPES;
    let types: Vec<_> = DataType::ALL.iter().map(|data_type| code(data_type.as_str())).collect();
    writeln!(text, "{}.\n", types.join(", ")).expect("a string takes everything");
    text += REFUSED;
    text += &refused();
    text
}

fn status(runs: bool) -> String {
    if runs { "runs".to_owned() } else { "*understood*".to_owned() }
}

/// Every provider, and what relying parties are.
fn everyone() -> impl Iterator<Item = &'static Declaration> {
    providers::ALL.iter().chain(providers::RELYING_PARTY).copied()
}

/// How much of each area runs.
fn summary() -> String {
    let keys = || everyone().flat_map(|known| known.metadata.iter().map(|key| state(key, known.runs)));
    let counted = |word: &str| keys().filter(|state| *state == word).count();
    let rows: Vec<(&str, usize, usize, usize)> = vec![
        ("providers", everyone().filter(|known| known.runs).count(), everyone().filter(|known| !known.runs).count(), 0),
        ("metadata keys of providers", counted("runs"), counted("*understood*"), counted("no effect")),
        steps_summary(),
        ("claims transformations", transformations::ALL.len(), 0, 0),
        ("claim resolvers", RESOLVERS.len(), 0, 0),
        ("data types", DataType::ALL.len(), 0, 0),
    ];
    let number = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let mut text = table(
        ["", "runs", "understood", "no effect"],
        rows.into_iter().map(|(area, runs, understood, nothing)| {
            [area.to_owned(), number(runs), number(understood), number(nothing)]
        }),
    );
    text += "\nWhat published policies use of this is in [public-policies.md](public-policies.md).\n\n";
    text
}

fn steps_summary() -> (&'static str, usize, usize, usize) {
    let runs = STEP_TYPES.iter().filter(|step| step.runs).count();
    ("step types", runs, STEP_TYPES.len() - runs, 0)
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

fn method(known: &Transformation) -> [String; 5] {
    [
        code(known.method),
        listed(known.inputs.iter().map(role)),
        listed(known.parameters.iter().map(parameter)),
        listed(known.outputs.iter().map(role)),
        known.summary.to_owned(),
    ]
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

fn role(role: &Role) -> String {
    let types: Vec<_> = role.types.iter().map(|data_type| data_type.as_str()).collect();
    item(role.name, &types.join(" or "), role.required, role.many)
}

fn parameter(parameter: &Parameter) -> String {
    item(parameter.name, parameter.data_type.as_str(), parameter.required, parameter.many)
}

fn item(name: &str, types: &str, required: bool, many: bool) -> String {
    let mark = match (many, required) {
        (true, _) => "…",
        (false, true) => "",
        (false, false) => "?",
    };
    if types.is_empty() { format!("`{name}`{mark}") } else { format!("`{name}`{mark} {types}") }
}

fn refused() -> String {
    let steps = STEP_TYPES.iter().filter(|step| !step.runs).map(|step| code(&format!("{:?}", step.step_type)));
    let mut text = format!("- Steps of the types {}.\n", listed(steps));
    for what in ALSO_REFUSED {
        writeln!(text, "- {what}").expect("a string takes everything");
    }
    text
}
