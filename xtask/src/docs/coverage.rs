//! What of the policy language runs: printed from the declarations that binding and `check` go by.

use std::fmt::Write as _;

use journeyman_claims::DataType;
use journeyman_claims::transformations::{self, Parameter, Role, Transformation};
use journeyman_engine::providers::{self, Declaration, KeyId, MetadataKey, ValueKind};
use journeyman_engine::{RESOLVERS, STEP_TYPES};

use super::table::{code, table};

const HEAD: &str = "\
<!-- Printed by `cargo xtask docs` from the tables in the code: change those. -->

# What runs

Three words are used with care. **Runs**: it does what the language says. **Understood**: it is read, inherited and
checked; `journeyman check` reports it as an error of the kind `unsupported`, `serve` refuses the policy unless
`allow_unsupported` names it, and a journey that reaches it ends at a page that says so. **Unknown**: the language does
not have it.

Names of handlers, metadata keys, methods and claims are compared without regard to case.

";

const PROVIDERS: &str = "\
## Technical profiles

A profile is bound to the first provider of this list that fits its protocol, its handler (the last part of the type
name) and, for the protocol `None`, its token formats, keys and metadata.

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
    text += PROVIDERS;
    text += &table(["provider", "protocol", "handler", ""], providers::ALL.iter().map(|known| provider(known)));
    text += "\n";
    text += COMMON;
    text += &metadata(providers::COMMON_METADATA);
    for declaration in providers::ALL.iter().filter(|known| known.runs) {
        text += &details(declaration);
    }
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

fn provider(known: &Declaration) -> [String; 4] {
    let protocols: Vec<_> = known.protocols.iter().map(|protocol| code(protocol)).collect();
    [known.title.to_owned(), protocols.join(", "), known.handler.map(code).unwrap_or_default(), status(known.runs)]
}

/// Metadata and keys of one provider, if it has any.
fn details(known: &Declaration) -> String {
    if known.metadata.is_empty() && known.keys.is_empty() {
        return String::new();
    }
    let mut text = format!("\n### {}\n\n", known.title);
    if !known.metadata.is_empty() {
        text += &metadata(known.metadata);
    }
    text += match (known.metadata.is_empty(), known.open_metadata) {
        (true, _) => "",
        (false, true) => "\nOther keys are allowed; messages of the profile are among them.\n",
        (false, false) => "\nAny other key has no effect, which `check` says (JM1007).\n",
    };
    if !known.keys.is_empty() {
        text += "\n";
        text += &table(["cryptographic key", "what for"], known.keys.iter().map(key));
    }
    text
}

fn key(known: &KeyId) -> [String; 2] {
    [code(known.name), known.summary.to_owned()]
}

fn metadata(keys: &[MetadataKey]) -> String {
    table(
        ["metadata", "value", "default", "what it does"],
        keys.iter().map(|known| {
            let default = match (known.default, known.required) {
                (Some(default), _) => code(default),
                (None, true) => "**required**".to_owned(),
                (None, false) => String::new(),
            };
            [code(known.name), value(known.value), default, known.summary.to_owned()]
        }),
    )
}

fn value(kind: ValueKind) -> String {
    match kind {
        ValueKind::Text => "text".to_owned(),
        ValueKind::Boolean => "`true` or `false`".to_owned(),
        ValueKind::Integer { min, max } => format!("{min} to {max}"),
        ValueKind::OneOf(allowed) => allowed.iter().map(|one| code(one)).collect::<Vec<_>>().join(", "),
        ValueKind::Url => "URL".to_owned(),
        ValueKind::ContentDefinition => "id of a content definition".to_owned(),
        ValueKind::Claim => "id of a claim".to_owned(),
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
