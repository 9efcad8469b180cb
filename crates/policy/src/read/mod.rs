//! A file's XML to its [`Document`]: tolerant of order and of the slips that published policies contain.

mod blocks;
mod journeys;
mod profiles;
mod relying_party;

use indexmap::IndexMap;
use journeyman_claims::Name;

use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::document::{Document, Layers, MergeBehavior};
use crate::merge::Layer;
use crate::model::{DeploymentMode, Precondition, PreconditionTest, Ref};
use crate::schema;
use crate::settings::Settings;
use crate::source::{FileId, Spanned};
use crate::xml::{self, NAMESPACE, Node, Reader, child, children, items};

/// Reads one file. Nothing comes back when it is not XML, not a policy, or has no id.
pub(crate) fn document(file: FileId, text: &str, settings: &Settings, sink: &mut Sink) -> Option<Document> {
    let xml = match xml::parse(file, text) {
        Ok(xml) => xml,
        Err(malformed) => {
            sink.report(*malformed);
            return None;
        }
    };
    let root = xml.root_element();
    let mut reader = Reader { file, settings, sink };
    if !is_policy(&mut reader, root) {
        return None;
    }
    schema::walk(&mut reader, root);
    recorder(&mut reader, root);
    Some(Document {
        file,
        span: reader.span(root),
        id: reader.need_reference(root, "PolicyId")?,
        tenant: reader.attr(root, "TenantId"),
        tenant_object_id: reader.attr(root, "TenantObjectId").map(|id| id.value),
        public_policy_uri: reader.attr(root, "PublicPolicyUri").map(|uri| uri.value),
        deployment_mode: deployment_mode(&mut reader, root),
        journey_recorder: reader.attr(root, "UserJourneyRecorderEndpoint"),
        base: base(&mut reader, root),
        base_tenant: child(root, "BasePolicy").and_then(|base| reader.child_text(base, "TenantId")),
        layers: layers(&mut reader, root),
        relying_party: child(root, "RelyingParty").map(|node| relying_party::read(&mut reader, node)),
    })
}

/// The root's name decides; a namespace that is off is only worth a warning, since nothing else can be meant.
fn is_policy(reader: &mut Reader<'_>, root: Node<'_>) -> bool {
    let (name, namespace) = (root.tag_name().name(), root.tag_name().namespace());
    let at = reader.span(root);
    if name != "TrustFrameworkPolicy" {
        reader.sink.report(codes::not_a_policy::not_a_policy(at, name, namespace == Some(NAMESPACE)));
        return false;
    }
    if namespace != Some(NAMESPACE) {
        reader.sink.report(codes::namespace::namespace(at, namespace));
    }
    true
}

fn deployment_mode(reader: &mut Reader<'_>, root: Node<'_>) -> DeploymentMode {
    const MODES: &[(&str, DeploymentMode)] = &[
        ("Production", DeploymentMode::Production),
        ("Development", DeploymentMode::Development),
        ("Debugging", DeploymentMode::Debugging),
    ];
    reader.attr(root, "DeploymentMode").and_then(|mode| reader.choice(&mode, MODES)).unwrap_or_default()
}

/// What bases say of it does not count: the policy that applications call decides.
fn recorder(reader: &mut Reader<'_>, root: Node<'_>) {
    let (endpoint, mode) = (reader.attr(root, "UserJourneyRecorderEndpoint"), reader.attr(root, "DeploymentMode"));
    if let (Some(endpoint), Some(mode), Some(_)) = (endpoint, mode, child(root, "RelyingParty"))
        && mode.value.trim().eq_ignore_ascii_case("Development")
    {
        reader.sink.report(codes::recorder_on::recorder_on(endpoint.span, &mode));
    }
}

fn base(reader: &mut Reader<'_>, root: Node<'_>) -> Option<Ref> {
    reader.child_text(child(root, "BasePolicy")?, "PolicyId").and_then(xml::trimmed)
}

fn layers(reader: &mut Reader<'_>, root: Node<'_>) -> Layers {
    let mut layers = Layers::default();
    for node in children(root, "BuildingBlocks") {
        blocks::read(reader, node, &mut layers);
    }
    let grouped = children(root, "ClaimsProviders").flat_map(|group| children(group, "ClaimsProvider"));
    for provider in grouped.chain(children(root, "ClaimsProvider")) {
        let domain = provider_domain(reader, provider);
        for node in items(provider, "TechnicalProfiles", "TechnicalProfile") {
            if let Some((id, profile)) = profiles::read(reader, node, domain.clone()) {
                declare(&mut layers.technical_profiles, id, profile);
            }
        }
    }
    for node in items(root, "UserJourneys", "UserJourney") {
        if let Some((id, journey)) = journeys::user_journey(reader, node) {
            declare(&mut layers.user_journeys, id, journey);
        }
    }
    for node in items(root, "SubJourneys", "SubJourney") {
        if let Some((id, journey)) = journeys::sub_journey(reader, node) {
            declare(&mut layers.sub_journeys, id, journey);
        }
    }
    layers
}

fn provider_domain(reader: &mut Reader<'_>, node: Node<'_>) -> Option<String> {
    let listed = child(node, "Domains").and_then(|domains| reader.child_string(domains, "Domain"));
    listed.or_else(|| reader.child_string(node, "Domain"))
}

/// Adds an item of this file. One that is there already, which the grammar's walk has reported, is merged as if it came
/// from a child.
fn declare<L: Layer>(into: &mut IndexMap<Name, L>, id: Ref, item: L) {
    match into.get_mut(&id.value) {
        Some(first) => first.lay(item),
        None => {
            into.insert(id.value, item);
        }
    }
}

/// `MergeBehavior`, with the language's default.
fn merge_behavior(reader: &mut Reader<'_>, node: Node<'_>) -> MergeBehavior {
    const BEHAVIORS: &[(&str, MergeBehavior)] = &[
        ("Append", MergeBehavior::Append),
        ("Prepend", MergeBehavior::Prepend),
        ("ReplaceAll", MergeBehavior::ReplaceAll),
    ];
    reader.attr(node, "MergeBehavior").and_then(|value| reader.choice(&value, BEHAVIORS)).unwrap_or_default()
}

/// What a precondition can do; each in its place.
const ACTIONS: [&str; 2] = [SKIP_STEP, SKIP_VALIDATION];
const SKIP_STEP: &str = "SkipThisOrchestrationStep";
const SKIP_VALIDATION: &str = "SkipThisValidationTechnicalProfile";

/// All `Precondition`s of a step or validation, whose place has this one action; nothing when there is no `Preconditions` at
/// all.
fn preconditions(reader: &mut Reader<'_>, node: Node<'_>, action: &str) -> Option<Vec<Precondition>> {
    child(node, "Preconditions")?;
    Some(items(node, "Preconditions", "Precondition").filter_map(|item| precondition(reader, item, action)).collect())
}

fn precondition(reader: &mut Reader<'_>, node: Node<'_>, action: &str) -> Option<Precondition> {
    for action_node in children(node, "Action") {
        let Some(written) = reader.text(action_node) else { continue };
        let known = ACTIONS.iter().any(|known| written.value.trim().eq_ignore_ascii_case(known));
        if known && !written.value.trim().eq_ignore_ascii_case(action) {
            let found = codes::wrong_action::wrong_action(&written, action);
            let fix = found.fix.filter(|_| xml::is_as_written(action_node, written.span, &written.value));
            reader.sink.report(Diagnostic { fix, ..found });
        }
    }
    let kind = reader.attr(node, "Type")?;
    let exists = reader.choice(&kind, &[("ClaimsExist", true), ("ClaimEquals", false)])?;
    let execute_if = reader.flag(node, "ExecuteActionsIf").unwrap_or(true);
    let span = reader.span(node);
    let values: Vec<Spanned<String>> = children(node, "Value").map(|value| text_or_empty(reader, value)).collect();
    if values.is_empty() {
        return None;
    }
    let mut values = values.into_iter();
    let wanted = if exists { 1 } else { 2 };
    let (Some(claim), literal) = (values.next().and_then(xml::trimmed), values.next()) else {
        reader.sink.report(codes::precondition_values::precondition_values(&kind, span, wanted));
        return None;
    };
    let beyond = if exists { literal.clone() } else { values.next() };
    if let Some(extra) = beyond {
        let found = codes::extra_precondition_value::extra_precondition_value(&kind, extra.span, wanted);
        reader.sink.report(found);
    }
    let test = match (exists, literal) {
        (true, _) => PreconditionTest::ClaimsExist(claim),
        (false, Some(literal)) => PreconditionTest::ClaimEquals(claim, literal),
        (false, None) => {
            reader.sink.report(codes::precondition_values::precondition_values(&kind, span, wanted));
            return None;
        }
    };
    Some(Precondition { test, execute_if, span })
}

fn text_or_empty(reader: &mut Reader<'_>, node: Node<'_>) -> Spanned<String> {
    let span = reader.span(node);
    reader.text(node).unwrap_or_else(|| Spanned::new(String::new(), span))
}
