//! Technical profiles, and the claims that they and display controls name.

use std::collections::HashMap;

use indexmap::IndexMap;
use journeyman_claims::Name;

use super::blocks;
use crate::codes::duplicate_key::duplicate_key;
use crate::diagnostic::Severity;
use crate::document::{ClaimUseLayer, DisplayClaimLayer, TechnicalProfileLayer};
use crate::include::Inclusions;
use crate::model::{EnabledFor, Protocol, Ref, SubjectNaming, Validation};
use crate::source::Spanned;
use crate::xml::{Node, Reader, child, items, trimmed};

/// A profile with its id.
pub(super) fn read(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    provider_domain: Option<String>,
) -> Option<(Ref, TechnicalProfileLayer)> {
    let id = reader.need_reference(node, "Id")?;
    Some((id, parts(reader, node, provider_domain)))
}

/// Everything of a profile but its id.
pub(super) fn parts(reader: &mut Reader<'_>, node: Node<'_>, provider_domain: Option<String>) -> TechnicalProfileLayer {
    TechnicalProfileLayer {
        span: reader.span(node),
        domain: super::provider_domain(reader, node),
        provider_domain,
        display_name: reader.child_string(node, "DisplayName"),
        description: reader.child_string(node, "Description"),
        protocol: child(node, "Protocol").and_then(|node| protocol(reader, node)),
        input_token_format: reader.child_text(node, "InputTokenFormat"),
        output_token_format: reader.child_text(node, "OutputTokenFormat"),
        metadata: blocks::metadata(reader, node),
        metadata_keys: items(node, "Metadata", "Item")
            .filter_map(|item| reader.reference(item, "Key").map(|key| (key.value, key.span)))
            .collect(),
        keys: keys(reader, node),
        include_in_sso: boolean(reader, node, "IncludeInSso"),
        input_transformations: references(reader, node, "InputClaimsTransformations", "InputClaimsTransformation"),
        input_claims: claims(reader, node, "InputClaims", "InputClaim"),
        display_claims: display_claims(reader, node),
        persisted_claims: claims(reader, node, "PersistedClaims", "PersistedClaim"),
        output_claims: claims(reader, node, "OutputClaims", "OutputClaim"),
        output_transformations: references(reader, node, "OutputClaimsTransformations", "OutputClaimsTransformation"),
        validations: validations(reader, node),
        subject_naming: child(node, "SubjectNamingInfo").and_then(|node| subject_naming(reader, node)),
        inclusions: Inclusions {
            whole: child(node, "IncludeTechnicalProfile").and_then(|node| reader.need_reference(node, "ReferenceId")),
            claims: reader.child_text(node, "IncludeClaimsFromTechnicalProfile").and_then(trimmed),
            unresolved: false,
        },
        session_profile: child(node, "UseTechnicalProfileForSessionManagement")
            .and_then(|node| reader.need_reference(node, "ReferenceId")),
        enabled_for: enabled_for(reader, node),
    }
}

/// The schema lets a cryptographic key be given twice, but the first one is lost without a word.
fn keys(reader: &mut Reader<'_>, node: Node<'_>) -> IndexMap<Name, Ref> {
    let (mut keys, mut first) = (IndexMap::new(), HashMap::new());
    for key in items(node, "CryptographicKeys", "Key") {
        let (Some(id), Some(storage)) =
            (reader.need_reference(key, "Id"), reader.need_reference(key, "StorageReferenceId"))
        else {
            continue;
        };
        let written = Spanned::new(id.value.as_str().to_owned(), id.span);
        if let Some(first) = first.insert(id.value.clone(), id.span) {
            let twice = duplicate_key("key", "technical profile", &written, first);
            reader.sink.report(twice.severity(Severity::Warning));
        }
        keys.insert(id.value, storage);
    }
    keys
}

fn protocol(reader: &mut Reader<'_>, node: Node<'_>) -> Option<Spanned<Protocol>> {
    let name = reader.attr(node, "Name")?;
    // The rest of an assembly's name says nothing here, and its spacing varies.
    let handler = reader.attr(node, "Handler");
    let handler = handler.map(|handler| handler.value.split(',').next().unwrap_or_default().trim().to_owned());
    let protocol = Protocol { name: name.value.trim().to_owned(), handler: handler.filter(|name| !name.is_empty()) };
    Some(Spanned::new(protocol, reader.span(node)))
}

fn boolean(reader: &mut Reader<'_>, node: Node<'_>, name: &'static str) -> Option<bool> {
    let written = reader.child_text(node, name)?;
    reader.choice(&written, crate::xml::BOOLEANS)
}

fn references(reader: &mut Reader<'_>, node: Node<'_>, list: &'static str, item: &'static str) -> Vec<Ref> {
    items(node, list, item).filter_map(|item| reader.need_reference(item, "ReferenceId")).collect()
}

/// A list of claims. The same claim under the same outside name a second time says nothing new.
pub(super) fn claims(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    list: &'static str,
    item: &'static str,
) -> Vec<ClaimUseLayer> {
    let mut claims: Vec<ClaimUseLayer> = Vec::new();
    for item in items(node, list, item) {
        let Some(claim) = reader.need_reference(item, "ClaimTypeReferenceId") else { continue };
        let new = claim_use(reader, item, claim);
        let partner = |claim: &ClaimUseLayer| claim.partner.as_ref().map(|partner| partner.value.clone());
        if !claims.iter().any(|old| old.claim.value == new.claim.value && partner(old) == partner(&new)) {
            claims.push(new);
        }
    }
    claims
}

fn claim_use(reader: &mut Reader<'_>, node: Node<'_>, claim: Ref) -> ClaimUseLayer {
    ClaimUseLayer {
        claim,
        partner: reader.attr(node, "PartnerClaimType").filter(|partner| !partner.value.trim().is_empty()),
        default: reader.attr(node, "DefaultValue"),
        always_use_default: reader.flag(node, "AlwaysUseDefaultValue"),
        required: reader.flag(node, "Required"),
        overwrite_if_exists: reader.flag(node, "OverwriteIfExists"),
        control_claim_type: reader.attr(node, "ControlClaimType"),
        span: reader.span(node),
    }
}

/// `DisplayClaims`: of a profile, or of a control.
pub(super) fn display_claims(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<DisplayClaimLayer> {
    items(node, "DisplayClaims", "DisplayClaim")
        .filter_map(|item| match reader.reference(item, "DisplayControlReferenceId") {
            Some(control) => Some(DisplayClaimLayer::Control(control)),
            None => {
                let claim = reader.need_reference(item, "ClaimTypeReferenceId")?;
                Some(DisplayClaimLayer::Claim(claim_use(reader, item, claim)))
            }
        })
        .collect()
}

/// Published policies nest a list inside a list by mistake: the inner items belong to the outer one.
fn validations(reader: &mut Reader<'_>, node: Node<'_>) -> Vec<Validation> {
    node.children()
        .filter(|list| list.tag_name().name() == "ValidationTechnicalProfiles")
        .flat_map(|list| list.descendants().filter(|item| item.tag_name().name() == "ValidationTechnicalProfile"))
        .filter_map(|item| blocks::validation(reader, item, "ReferenceId"))
        .collect()
}

fn subject_naming(reader: &mut Reader<'_>, node: Node<'_>) -> Option<SubjectNaming> {
    Some(SubjectNaming {
        claim: reader.attr(node, "ClaimType")?,
        format: reader.attr(node, "Format").map(|format| format.value),
        exclude_as_claim: reader.flag(node, "ExcludeAsClaim").unwrap_or(false),
    })
}

fn enabled_for(reader: &mut Reader<'_>, node: Node<'_>) -> Option<EnabledFor> {
    const VALUES: &[(&str, EnabledFor)] = &[
        ("Always", EnabledFor::Always),
        ("true", EnabledFor::Always),
        ("Never", EnabledFor::Never),
        ("false", EnabledFor::Never),
        ("OnClaimsExistence", EnabledFor::OnClaimsExistence),
        ("OnItemExistenceInStringCollectionClaim", EnabledFor::OnItemExistenceInStringCollectionClaim),
        ("OnItemAbsenceInStringCollectionClaim", EnabledFor::OnItemAbsenceInStringCollectionClaim),
    ];
    let written = reader.child_text(node, "EnabledForUserJourneys")?;
    reader.choice(&written, VALUES)
}
