//! Which elements stand in which, and in what order: the public schema's shape as one table.
//!
//! The reader does not depend on it, since published policies break the order now and then; it only warns.

use crate::codes;
use crate::xml::{Node, Reader};

/// Warns of elements that do not belong where they are, and of those that stand in the wrong order.
pub(crate) fn walk(reader: &mut Reader<'_>, root: Node<'_>) {
    for node in root.descendants().filter(Node::is_element) {
        if let Some(allowed) = children_of(node) {
            check(reader, node, allowed);
        }
    }
}

fn check(reader: &mut Reader<'_>, parent: Node<'_>, allowed: &[&str]) {
    let parent_name = parent.tag_name().name();
    let mut latest: Option<(usize, Node<'_>)> = None;
    let mut order_reported = false;
    for node in parent.children().filter(Node::is_element) {
        let name = node.tag_name().name();
        let at = reader.span(node);
        let Some(rank) = allowed.iter().position(|known| *known == name) else {
            reader.sink.report(codes::unknown_element::unknown_element(at, name, parent_name, allowed));
            continue;
        };
        match latest {
            Some((later, other)) if rank < later => {
                // The first slip says it all: the rest of the list is only where it is because of it.
                if !order_reported {
                    let other_at = reader.span(other);
                    let later = other.tag_name().name();
                    reader.sink.report(codes::element_order::element_order(at, name, parent_name, later, other_at));
                }
                order_reported = true;
            }
            _ => latest = Some((rank, node)),
        }
    }
}

/// The elements that a parent may hold, in the schema's order; nothing for a parent that holds text, or that is unknown.
#[rustfmt::skip]
fn children_of(parent: Node<'_>) -> Option<&'static [&'static str]> {
    Some(match parent.tag_name().name() {
        "TrustFrameworkPolicy" => &["BasePolicy", "PolicyConstraints", "Contacts", "DocumentReferences", "BuildingBlocks", "ClaimsProviders", "UserJourneys", "SubJourneys", "RelyingParty"],
        "BasePolicy" => &["TenantId", "PolicyId"],
        "BuildingBlocks" => &["ClaimsSchema", "Predicates", "InputValidations", "PredicateValidations", "ClaimsTransformations", "ClientDefinitions", "ContentDefinitions", "Localization", "DisplayControls"],
        "ClaimsSchema" => &["ClaimType"],
        "ClaimType" => &["DisplayName", "DataType", "DefaultPartnerClaimTypes", "Mask", "AdminHelpText", "UserHelpText", "UserInputType", "Restriction", "InputValidationReference", "PredicateValidationReference"],
        "DefaultPartnerClaimTypes" => &["Protocol"],
        "Restriction" => &["Enumeration", "Pattern"],
        "Predicates" => &["Predicate"],
        "Predicate" => &["UserHelpText", "Parameters"],
        "Parameters" | "ContentDefinitionParameters" => &["Parameter"],
        "InputValidations" => &["InputValidation"],
        "InputValidation" => &["PredicateReferences"],
        "PredicateReferences" => &["PredicateReference"],
        "PredicateValidations" => &["PredicateValidation"],
        "PredicateValidation" => &["PredicateGroups"],
        "PredicateGroups" => &["PredicateGroup"],
        "PredicateGroup" => &["UserHelpText", "PredicateReferences"],
        "ClaimsTransformations" => &["ClaimsTransformation"],
        "ClaimsTransformation" => &["InputClaims", "InputParameters", "OutputClaims"],
        "InputClaims" => &["InputClaim"],
        "InputParameters" => &["InputParameter"],
        "OutputClaims" => &["OutputClaim"],
        "ClientDefinitions" => &["ClientDefinition"],
        "ContentDefinitions" => &["ContentDefinition"],
        "ContentDefinition" => &["LoadUri", "RecoveryUri", "DataUri", "Metadata", "LocalizedResourcesReferences"],
        "Metadata" | "Suppressions" => &["Item"],
        "LocalizedResourcesReferences" => &["LocalizedResourcesReference"],
        "Localization" => &["SupportedLanguages", "LocalizedResources"],
        "SupportedLanguages" => &["SupportedLanguage"],
        "LocalizedResources" => &["LocalizedCollections", "LocalizedStrings"],
        "LocalizedCollections" => &["LocalizedCollection"],
        "LocalizedCollection" => &["Item"],
        "LocalizedStrings" => &["LocalizedString"],
        "DisplayControls" => &["DisplayControl"],
        "DisplayControl" => &["InputClaims", "DisplayClaims", "OutputClaims", "Actions"],
        "DisplayClaims" => &["DisplayClaim"],
        "Actions" => &["Action"],
        "Action" if parent.parent_element().is_some_and(|p| p.tag_name().name() == "Actions") => &["ValidationClaimsExchange"],
        "ValidationClaimsExchange" => &["ValidationClaimsExchangeTechnicalProfile"],
        "ValidationClaimsExchangeTechnicalProfile" | "ValidationTechnicalProfile" => &["Preconditions"],
        "Preconditions" => &["Precondition"],
        "Precondition" => &["Value", "Action"],
        "ClaimsProviders" => &["ClaimsProvider"],
        "ClaimsProvider" => &["Domains", "Domain", "DisplayName", "TechnicalProfiles"],
        "Domains" => &["Domain"],
        "TechnicalProfiles" | "InputTokenSources" => &["TechnicalProfile"],
        "TechnicalProfile" => &["Domains", "Domain", "DisplayName", "Description", "Protocol", "InputTokenFormat", "OutputTokenFormat", "AssuranceLevelOfOutputClaims", "RequiredAssuranceLevelsOfInputClaims", "SubjectAuthenticationRequirements", "Metadata", "CryptographicKeys", "Suppressions", "PreferredBinding", "IncludeInSso", "InputTokenSources", "InputClaimsTransformations", "InputClaims", "DisplayClaims", "PersistedClaims", "OutputClaims", "OutputClaimsTransformations", "ValidationTechnicalProfiles", "SubjectNamingInfo", "Extensions", "IncludeClaimsFromTechnicalProfile", "IncludeTechnicalProfile", "UseTechnicalProfileForSessionManagement", "ErrorHandlers", "EnabledForUserJourneys"],
        "CryptographicKeys" => &["Key"],
        "InputClaimsTransformations" => &["InputClaimsTransformation"],
        "PersistedClaims" => &["PersistedClaim"],
        "OutputClaimsTransformations" => &["OutputClaimsTransformation"],
        "ValidationTechnicalProfiles" => &["ValidationTechnicalProfile"],
        "ErrorHandlers" => &["ErrorHandler"],
        "ErrorHandler" => &["ErrorResponseFormat", "ResponseMatch", "Action", "AdditionalRequestParameters"],
        "UserJourneys" => &["UserJourney"],
        "UserJourney" => &["AssuranceLevel", "PreserveOriginalAssertion", "Authorization", "OrchestrationSteps", "ClientDefinition", "CryptographicKeys"],
        "Authorization" => &["AuthorizationTechnicalProfiles"],
        "AuthorizationTechnicalProfiles" => &["AuthorizationTechnicalProfile"],
        "SubJourneys" => &["SubJourney"],
        "SubJourney" => &["OrchestrationSteps"],
        "OrchestrationSteps" => &["OrchestrationStep"],
        "OrchestrationStep" => &["Preconditions", "ClaimsProviderSelections", "ClaimsExchanges", "JourneyList"],
        "ClaimsProviderSelections" => &["ClaimsProviderSelection"],
        "ClaimsExchanges" => &["ClaimsExchange"],
        "JourneyList" => &["Candidate"],
        "RelyingParty" => &["DefaultUserJourney", "Endpoints", "UserJourneyBehaviors", "TechnicalProfile"],
        "Endpoints" => &["Endpoint"],
        "UserJourneyBehaviors" => &["SingleSignOn", "SessionExpiryType", "SessionExpiryInSeconds", "AzureApplicationInsights", "JourneyInsights", "ContentDefinitionParameters", "JourneyFraming", "ScriptExecution", "OnError"],
        _ => return None,
    })
}
