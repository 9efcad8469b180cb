//! What of the policy language runs: printed from the declarations that binding and `check` go by.

use std::fmt::Write as _;

use journeyman_claims::DataType;
use journeyman_claims::transformations::{self, Parameter, Role, Transformation};
use journeyman_engine::texts::{BUILT_IN, BuiltIn};
use journeyman_engine::{Place, RESOLVERS, STEP_TYPES};

use super::table::{code, table};

mod elements;
mod providers;

const HEAD: &str = "\
<!-- Printed by `cargo xtask docs` from the tables in the code: change those. -->

# What runs

Three words are used with care. **Runs**: it does what the language says. **Understood**: it is read, inherited and
checked; `journeyman check` reports it as an error of the kind `unsupported`, `serve` refuses the policy unless
`allow_unsupported` names it, and a journey that reaches it ends at a page that says so. **No effect**: the language has
it, and there is nothing to do, or nothing is done yet; what it says tells which.

Names of handlers, metadata keys, methods and claims are compared without regard to case.

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

const TEXTS: &str = "\
## Built-in texts

By `ElementType` and `StringId` of `LocalizedString`. Those that run are shown by a page of the engine; the others belong to
what is not run yet.

";

const REFUSED: &str = "\
## Refused for now

Providers marked *understood* above, and:

";

/// What no table declares.
const ALSO_REFUSED: &[&str] = &[
    "`AuthorizationTechnicalProfiles` of a journey: the journey ends at its first step (JM1020).",
    "The `UserInfo` endpoint of a relying party: it answers with status 501, and discovery does not list it.",
    "The password grant (`grant_type=password`) and every grant but `authorization_code` and `refresh_token`.",
    "Display controls of other types than `VerificationControl`: a page shows only their claims, without a QR code, an \
     authenticator app, or a CAPTCHA (JM1003).",
];

/// The page.
pub(super) fn text() -> String {
    let mut text = String::from(HEAD);
    text += &summary();
    text += &providers::text();
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
    text += TEXTS;
    text += &table(["text", "element type", "where", ""], BUILT_IN.iter().map(built_in));
    text += "\n";
    text += &elements::text();
    text += "\n";
    text += REFUSED;
    text += &refused();
    text
}

fn built_in(known: &BuiltIn) -> [String; 4] {
    let element = known.element_id.map(|id| format!(" of {}", code(id))).unwrap_or_default();
    let places = known.places.iter().map(|place| place.described().to_owned());
    [code(known.id), format!("{}{element}", code(known.element_type)), listed(places), status(known.shown)]
}

/// How many parts of one area run, are understood, and have no effect.
struct Area {
    name: &'static str,
    runs: usize,
    understood: usize,
    nothing: usize,
}

/// How much of each area runs.
fn summary() -> String {
    let all = |name, runs| Area { name, runs, understood: 0, nothing: 0 };
    let shown = BUILT_IN.iter().filter(|string| string.shown).count();
    let areas = [
        providers::area(),
        providers::metadata_area(),
        steps_area(),
        all("claims transformations", transformations::ALL.len()),
        resolvers_area(),
        all("data types", DataType::ALL.len()),
        elements::area(),
        elements::attribute_area(),
        Area { name: "built-in texts", runs: shown, understood: BUILT_IN.len() - shown, nothing: 0 },
    ];
    let number = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let mut text = table(
        ["", "runs", "understood", "no effect"],
        areas
            .iter()
            .map(|area| [area.name.to_owned(), number(area.runs), number(area.understood), number(area.nothing)]),
    );
    text += "\nWhat published policies use that does not run yet is counted in [public-policies.md](public-policies.md).\n\n";
    text
}

fn steps_area() -> Area {
    let runs = STEP_TYPES.iter().filter(|step| step.runs).count();
    Area { name: "step types", runs, understood: STEP_TYPES.len() - runs, nothing: 0 }
}

fn resolvers_area() -> Area {
    let runs = RESOLVERS.iter().filter(|known| known.place == Place::Text).count();
    Area { name: "claim resolvers", runs, understood: RESOLVERS.len() - runs, nothing: 0 }
}

/// The word for a part of the language.
fn status(runs: bool) -> String {
    if runs { "runs".to_owned() } else { "*understood*".to_owned() }
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
