//! `BuildingBlocks`: claim types, predicates, transformations, content, texts and display controls.

use indexmap::IndexMap;
use journeyman_claims::DataType;

use super::{declare, merge_behavior, preconditions, profiles, text_or_empty};
use crate::codes;
use crate::document::{
    ClaimTypeLayer, ContentDefinitionLayer, DisplayControlLayer, Layers, LocalizationLayer, MergeBehavior,
};
use crate::model::{
    ClaimType, ClaimsTransformation, ContentDefinition, ControlAction, DefaultPartnerName, EnumerationItem,
    LocalizedCollection, LocalizedReference, LocalizedResources, LocalizedString, Mask, Predicate, PredicateGroup,
    PredicateValidation, Ref, Restriction, TransformationClaim, TransformationParameter, UserInputType, Validation,
};
use crate::source::Spanned;
use crate::xml::{Node, Reader, child, children, items, trimmed};

pub(super) fn read(reader: &mut Reader<'_>, node: Node<'_>, into: &mut Layers) {
    for item in items(node, "ClaimsSchema", "ClaimType") {
        if let Some((id, claim_type)) = claim_type(reader, item) {
            declare(&mut into.claim_types, id, claim_type);
        }
    }
    for item in items(node, "Predicates", "Predicate") {
        if let Some((id, predicate)) = predicate(reader, item) {
            declare(&mut into.predicates, id, predicate);
        }
    }
    // The legacy name, with the groups directly inside, means the same.
    let validations = items(node, "InputValidations", "InputValidation");
    for item in validations.chain(items(node, "PredicateValidations", "PredicateValidation")) {
        if let Some((id, validation)) = predicate_validation(reader, item) {
            declare(&mut into.predicate_validations, id, validation);
        }
    }
    for item in items(node, "ClaimsTransformations", "ClaimsTransformation") {
        if let Some((id, transformation)) = transformation(reader, item) {
            declare(&mut into.transformations, id, transformation);
        }
    }
    for item in items(node, "ContentDefinitions", "ContentDefinition") {
        if let Some((id, definition)) = content_definition(reader, item) {
            declare(&mut into.content_definitions, id, definition);
        }
    }
    for item in children(node, "Localization") {
        localization(reader, item, &mut into.localization);
    }
    for item in items(node, "DisplayControls", "DisplayControl") {
        if let Some((id, control)) = display_control(reader, item) {
            declare(&mut into.display_controls, id, control);
        }
    }
}

fn claim_type(reader: &mut Reader<'_>, node: Node<'_>) -> Option<(Ref, ClaimTypeLayer)> {
    let id = reader.need_reference(node, "Id")?;
    let restriction = child(node, "Restriction");
    let behavior = restriction.map_or(MergeBehavior::ReplaceAll, |node| merge_behavior(reader, node));
    let validation = child(node, "PredicateValidationReference").or_else(|| child(node, "InputValidationReference"));
    let claim_type = ClaimType {
        id: id.value.clone(),
        span: reader.span(node),
        display_name: reader.child_string(node, "DisplayName"),
        data_type: data_type(reader, node),
        says_data_type: child(node, "DataType").is_some(),
        default_partner_names: items(node, "DefaultPartnerClaimTypes", "Protocol")
            .filter_map(|protocol| {
                let name = reader.attr(protocol, "Name")?.value;
                Some(DefaultPartnerName { protocol: name, partner: reader.attr(protocol, "PartnerClaimType")?.value })
            })
            .collect(),
        mask: child(node, "Mask").and_then(|mask| read_mask(reader, mask)),
        user_help_text: reader.child_string(node, "UserHelpText"),
        admin_help_text: reader.child_string(node, "AdminHelpText"),
        input_type: input_type(reader, node),
        restriction: restriction.and_then(|node| read_restriction(reader, node)),
        predicate_validation: validation.and_then(|node| reader.need_reference(node, "Id")),
    };
    Some((id, ClaimTypeLayer { claim_type, restriction: behavior }))
}

fn data_type(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Spanned<DataType>> {
    let written = reader.child_text(node, "DataType")?;
    DataType::parse(&written.value).map(|data_type| Spanned::new(data_type, written.span))
}

fn input_type(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Spanned<UserInputType>> {
    const TYPES: &[(&str, UserInputType)] = &[
        ("TextBox", UserInputType::TextBox),
        ("EmailBox", UserInputType::EmailBox),
        ("Password", UserInputType::Password),
        ("DateTimeDropdown", UserInputType::DateTimeDropdown),
        ("RadioSingleSelect", UserInputType::RadioSingleSelect),
        ("DropdownSingleSelect", UserInputType::DropdownSingleSelect),
        ("CheckboxMultiSelect", UserInputType::CheckboxMultiSelect),
        ("Readonly", UserInputType::Readonly),
        ("Paragraph", UserInputType::Paragraph),
        ("Button", UserInputType::Button),
    ];
    let written = reader.child_text(node, "UserInputType")?;
    reader.choice(&written, TYPES).map(|input| Spanned::new(input, written.span))
}

fn read_mask(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Mask> {
    let kind = reader.attr(node, "Type")?;
    let text = text_or_empty(reader, node).value.trim().to_owned();
    match reader.choice(&kind, &[("Simple", false), ("Regex", true)])? {
        true => match reader.attr(node, "Regex") {
            Some(pattern) => Some(Mask::Regex { pattern, replacement: text }),
            None => {
                let report = codes::missing_attribute::missing_attribute(reader.span(node), "Mask", "Regex");
                reader.sink.report(report);
                None
            }
        },
        false => Some(Mask::Simple(text)),
    }
}

fn read_restriction(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Restriction> {
    if let Some(pattern) = child(node, "Pattern") {
        let expression = reader.attr(pattern, "RegularExpression")?;
        let help_text = reader.attr(pattern, "HelpText").map(|text| text.value);
        return Some(Restriction::Pattern { expression, help_text });
    }
    let items: Vec<_> = children(node, "Enumeration").filter_map(|item| enumeration_item(reader, item)).collect();
    (!items.is_empty()).then_some(Restriction::Enumeration(items))
}

fn enumeration_item(reader: &mut Reader<'_>, node: Node<'_>) -> Option<EnumerationItem> {
    Some(EnumerationItem {
        text: reader.attr(node, "Text")?.value,
        value: reader.attr(node, "Value")?.value,
        select_by_default: reader.flag(node, "SelectByDefault").unwrap_or(false),
    })
}

fn predicate(reader: &mut Reader<'_>, node: Node<'_>) -> Option<(Ref, Predicate)> {
    let id = reader.need_reference(node, "Id")?;
    let method = reader.attr(node, "Method")?;
    let help = reader.attr(node, "HelpText").map(|text| text.value);
    let predicate = Predicate {
        id: id.value.clone(),
        span: reader.span(node),
        method,
        help_text: help.or_else(|| reader.child_string(node, "UserHelpText")),
        parameters: items(node, "Parameters", "Parameter")
            .filter_map(|item| Some((reader.need_reference(item, "Id")?.value, text_or_empty(reader, item))))
            .collect(),
    };
    Some((id, predicate))
}

fn predicate_validation(reader: &mut Reader<'_>, node: Node<'_>) -> Option<(Ref, PredicateValidation)> {
    let id = reader.need_reference(node, "Id")?;
    let grouped = items(node, "PredicateGroups", "PredicateGroup").map(|group| (group, true));
    let legacy = children(node, "PredicateReferences").map(|references| (references, false));
    let groups = grouped.chain(legacy).map(|(group, modern)| predicate_group(reader, group, modern)).collect();
    let span = reader.span(node);
    Some((id.clone(), PredicateValidation { id: id.value, span, groups }))
}

fn predicate_group(reader: &mut Reader<'_>, node: Node<'_>, modern: bool) -> PredicateGroup {
    let references = if modern { child(node, "PredicateReferences") } else { Some(node) };
    let at_least = references.and_then(|node| reader.attr(node, "MatchAtLeast"));
    let help = if modern { reader.child_string(node, "UserHelpText") } else { None };
    PredicateGroup {
        id: reader.reference(node, "Id").map(|id| id.value),
        user_help_text: help.or_else(|| references.and_then(|n| reader.attr(n, "HelpText")).map(|text| text.value)),
        match_at_least: at_least.and_then(|number| reader.number(&number)),
        predicates: references
            .into_iter()
            .flat_map(|node| children(node, "PredicateReference"))
            .filter_map(|node| reader.need_reference(node, "Id"))
            .collect(),
    }
}

fn transformation(reader: &mut Reader<'_>, node: Node<'_>) -> Option<(Ref, ClaimsTransformation)> {
    let id = reader.need_reference(node, "Id")?;
    let method = reader.attr(node, "TransformationMethod")?;
    let transformation = ClaimsTransformation {
        id: id.value.clone(),
        span: reader.span(node),
        method: Spanned::new(method.value.trim().to_owned(), method.span),
        inputs: items(node, "InputClaims", "InputClaim").filter_map(|item| role(reader, item)).collect(),
        parameters: items(node, "InputParameters", "InputParameter")
            .filter_map(|item| parameter(reader, item))
            .collect(),
        outputs: items(node, "OutputClaims", "OutputClaim").filter_map(|item| role(reader, item)).collect(),
    };
    Some((id, transformation))
}

fn role(reader: &mut Reader<'_>, node: Node<'_>) -> Option<TransformationClaim> {
    let claim = reader.need_reference(node, "ClaimTypeReferenceId")?;
    let role = reader.reference(node, "TransformationClaimType");
    let role = role.as_ref().unwrap_or(&claim);
    let (role, role_span) = (role.value.as_str().to_owned(), role.span);
    Some(TransformationClaim { claim, role, role_span, span: reader.span(node) })
}

fn parameter(reader: &mut Reader<'_>, node: Node<'_>) -> Option<TransformationParameter> {
    let id = reader.need_reference(node, "Id")?;
    let written = reader.attr(node, "DataType");
    let data_type = written.as_ref().and_then(|written| DataType::parse(written.value.trim()));
    let value = reader.attr(node, "Value")?;
    Some(TransformationParameter { id: id.value.as_str().to_owned(), id_span: id.span, data_type, value })
}

fn content_definition(reader: &mut Reader<'_>, node: Node<'_>) -> Option<(Ref, ContentDefinitionLayer)> {
    let id = reader.need_reference(node, "Id")?;
    let references = child(node, "LocalizedResourcesReferences");
    let definition = ContentDefinition {
        id: id.value.clone(),
        span: reader.span(node),
        load_uri: reader.child_text(node, "LoadUri"),
        recovery_uri: reader.child_string(node, "RecoveryUri"),
        data_uri: reader.child_text(node, "DataUri"),
        metadata: metadata(reader, node),
        localized: references
            .into_iter()
            .flat_map(|node| children(node, "LocalizedResourcesReference"))
            .filter_map(|node| {
                let language = without_blanks(reader.attr(node, "Language")?);
                let resources = reader.reference(node, "LocalizedResourcesReferenceId")?;
                Some(LocalizedReference { span: reader.span(node), language, resources })
            })
            .collect(),
    };
    let localized = references.map(|node| merge_behavior(reader, node));
    Some((id, ContentDefinitionLayer { definition, localized }))
}

/// `Metadata/Item` by key; keys are trimmed, values are not.
pub(super) fn metadata(reader: &mut Reader<'_>, node: Node<'_>) -> IndexMap<journeyman_claims::Name, Spanned<String>> {
    items(node, "Metadata", "Item")
        .filter_map(|item| Some((reader.need_reference(item, "Key")?.value, text_or_empty(reader, item))))
        .collect()
}

fn localization(reader: &mut Reader<'_>, node: Node<'_>, into: &mut LocalizationLayer) {
    into.enabled = reader.flag(node, "Enabled").or(into.enabled);
    if let Some(languages) = child(node, "SupportedLanguages") {
        into.default_language = reader.attr(languages, "DefaultLanguage").map(without_blanks);
        let listed = children(languages, "SupportedLanguage").filter_map(|node| reader.text(node));
        let listed = listed.map(without_blanks).filter(|tag| !tag.value.is_empty()).collect();
        into.supported = Some((merge_behavior(reader, languages), listed));
    }
    for item in children(node, "LocalizedResources") {
        if let Some(id) = reader.need_reference(item, "Id") {
            let resources = localized_resources(reader, item, &id);
            declare(&mut into.resources, id, resources);
        }
    }
}

fn without_blanks(text: Spanned<String>) -> Spanned<String> {
    Spanned::new(text.value.trim().to_owned(), text.span)
}

fn written(id: Ref) -> Spanned<String> {
    Spanned::new(id.value.as_str().to_owned(), id.span)
}

fn localized_resources(reader: &mut Reader<'_>, node: Node<'_>, id: &Ref) -> LocalizedResources {
    LocalizedResources {
        id: id.value.clone(),
        span: reader.span(node),
        strings: items(node, "LocalizedStrings", "LocalizedString")
            .filter_map(|item| {
                Some(LocalizedString {
                    element_type: written(reader.need_reference(item, "ElementType")?),
                    element_id: reader.reference(item, "ElementId").map(written),
                    string_id: written(reader.need_reference(item, "StringId")?),
                    text: text_or_empty(reader, item).value,
                    span: reader.span(item),
                })
            })
            .collect(),
        collections: items(node, "LocalizedCollections", "LocalizedCollection")
            .filter_map(|item| {
                let claim = reader.need_reference(item, "ElementId")?;
                let items = children(item, "Item").filter_map(|item| enumeration_item(reader, item)).collect();
                Some(LocalizedCollection { claim, items })
            })
            .collect(),
    }
}

fn display_control(reader: &mut Reader<'_>, node: Node<'_>) -> Option<(Ref, DisplayControlLayer)> {
    let id = reader.need_reference(node, "Id")?;
    let control = DisplayControlLayer {
        span: reader.span(node),
        control_type: reader.attr(node, "UserInterfaceControlType"),
        input_claims: profiles::claims(reader, node, "InputClaims", "InputClaim"),
        display_claims: profiles::display_claims(reader, node),
        output_claims: profiles::claims(reader, node, "OutputClaims", "OutputClaim"),
        actions: items(node, "Actions", "Action").filter_map(|item| action(reader, item)).collect(),
    };
    Some((id, control))
}

fn action(reader: &mut Reader<'_>, node: Node<'_>) -> Option<ControlAction> {
    let id = reader.need_reference(node, "Id")?;
    let exchanges = items(node, "ValidationClaimsExchange", "ValidationClaimsExchangeTechnicalProfile");
    let validations = exchanges.filter_map(|item| validation(reader, item, "TechnicalProfileReferenceId")).collect();
    Some(ControlAction { id, validations })
}

/// A validation, which names its profile by this attribute.
pub(super) fn validation(reader: &mut Reader<'_>, node: Node<'_>, attribute: &str) -> Option<Validation> {
    Some(Validation {
        profile: reader.attr(node, attribute).and_then(trimmed)?,
        continue_on_error: reader.flag(node, "ContinueOnError").unwrap_or(false),
        continue_on_success: reader.flag(node, "ContinueOnSuccess").unwrap_or(true),
        preconditions: preconditions(reader, node, super::SKIP_VALIDATION).unwrap_or_default(),
    })
}
