//! The effective policy as one file that could be uploaded in place of its chain, each part with its origin in a comment.

use std::fmt::Write as _;

use journeyman_policy::model::{
    Behaviors, ClaimType, ClaimUse, ClaimsTransformation, ContentDefinition, DeploymentMode, DisplayClaim,
    DisplayControl, EnabledFor, Journey, JourneyKind, Localization, LocalizedResources, Mask, OrchestrationStep,
    Policy, Precondition, PreconditionTest, Predicate, PredicateValidation, Ref, RelyingParty, Restriction, Selection,
    SsoScope, TechnicalProfile, Validation,
};
use journeyman_policy::source::{Sources, Span};

use super::places::Places;

/// Writes the policy in the schema's order.
pub(super) fn write(sources: &Sources, policy: &Policy) -> String {
    let mut writer = Writer {
        text: String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"),
        depth: 0,
        places: Places::new(sources),
    };
    let files: Vec<_> = policy.chain.iter().map(|file| sources.file(*file).name.to_string()).collect();
    writer.comment(&format!("merged from {}", files.join(", ")));
    let mut root = vec![
        ("xmlns", "http://schemas.microsoft.com/online/cpim/schemas/2013/06".to_owned()),
        ("PolicySchemaVersion", "0.3.0.0".to_owned()),
        ("TenantId", policy.tenant.clone()),
    ];
    root.extend(policy.tenant_object_id.clone().map(|id| ("TenantObjectId", id)));
    root.push(("PolicyId", policy.id.to_string()));
    let uri = policy.public_policy_uri.clone().unwrap_or_else(|| format!("http://{}/{}", policy.tenant, policy.id));
    root.push(("PublicPolicyUri", uri));
    if policy.deployment_mode != DeploymentMode::Production {
        root.push(("DeploymentMode", format!("{:?}", policy.deployment_mode)));
    }
    writer.inside("TrustFrameworkPolicy", &root, |writer| {
        writer.building_blocks(policy);
        writer.list("ClaimsProviders", policy.technical_profiles.values(), |writer, profile| {
            writer.from(profile.span);
            writer.inside("ClaimsProvider", &[], |writer| {
                writer.leaf("DisplayName", &[], profile.display_name.as_deref().unwrap_or(profile.id.as_str()));
                writer.inside("TechnicalProfiles", &[], |writer| writer.technical_profile(profile));
            });
        });
        writer.list("UserJourneys", policy.user_journeys.values(), Writer::journey);
        writer.list("SubJourneys", policy.sub_journeys.values(), Writer::journey);
        if let Some(party) = &policy.relying_party {
            writer.relying_party(party);
        }
    });
    writer.text
}

type Attributes<'a> = [(&'a str, String)];

struct Writer<'a> {
    text: String,
    depth: usize,
    places: Places<'a>,
}

impl Writer<'_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        let indent = "  ".repeat(self.depth);
        write!(self.text, "{indent}<{name}").expect("writing to a string cannot fail");
        for (key, value) in attributes {
            write!(self.text, " {key}=\"{}\"", escaped(value)).expect("writing to a string cannot fail");
        }
    }

    fn empty(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.text.push_str(" />\n");
    }

    fn leaf(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) {
        self.start(name, attributes);
        writeln!(self.text, ">{}</{name}>", escaped(text)).expect("writing to a string cannot fail");
    }

    fn maybe(&mut self, name: &str, text: Option<&str>) {
        text.into_iter().for_each(|text| self.leaf(name, &[], text));
    }

    fn inside(&mut self, name: &str, attributes: &Attributes<'_>, write: impl FnOnce(&mut Self)) {
        self.start(name, attributes);
        self.text.push_str(">\n");
        self.depth += 1;
        write(self);
        self.depth -= 1;
        writeln!(self.text, "{}</{name}>", "  ".repeat(self.depth)).expect("writing to a string cannot fail");
    }

    /// A container, unless it would be empty.
    fn list<T>(&mut self, name: &str, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.inside(name, &[], |writer| items.for_each(|item| write(writer, item)));
        }
    }

    fn references(&mut self, list: &str, item: &str, references: &[Ref]) {
        self.list(list, references, |writer, to| writer.empty(item, &[("ReferenceId", to.value.to_string())]));
    }

    /// A comment cannot hold two hyphens, nor end with one.
    fn comment(&mut self, text: &str) {
        let indent = "  ".repeat(self.depth);
        writeln!(self.text, "{indent}<!-- {} -->", text.replace("--", "- -")).expect("writing to a string cannot fail");
    }

    fn from(&mut self, span: Span) {
        let place = self.places.line(span);
        self.comment(&place);
    }

    fn building_blocks(&mut self, policy: &Policy) {
        self.inside("BuildingBlocks", &[], |writer| {
            writer.list("ClaimsSchema", policy.claim_types.values(), Writer::claim_type);
            writer.list("Predicates", policy.predicates.values(), Writer::predicate);
            writer.list("PredicateValidations", policy.predicate_validations.values(), Writer::predicate_validation);
            writer.list("ClaimsTransformations", policy.transformations.values(), Writer::transformation);
            writer.list("ContentDefinitions", policy.content_definitions.values(), Writer::content_definition);
            writer.localization(&policy.localization);
            writer.list("DisplayControls", policy.display_controls.values(), Writer::display_control);
        });
    }

    fn claim_type(&mut self, claim: &ClaimType) {
        self.from(claim.span);
        self.inside("ClaimType", &[("Id", claim.id.to_string())], |writer| {
            writer.maybe("DisplayName", claim.display_name.as_deref());
            if let Some(data_type) = &claim.data_type {
                writer.leaf("DataType", &[], &data_type.value.to_string());
            }
            writer.list("DefaultPartnerClaimTypes", &claim.default_partner_names, |writer, name| {
                let attributes = [("Name", name.protocol.clone()), ("PartnerClaimType", name.partner.clone())];
                writer.empty("Protocol", &attributes);
            });
            match &claim.mask {
                Some(Mask::Simple(mask)) => writer.leaf("Mask", &[("Type", "Simple".to_owned())], mask),
                Some(Mask::Regex { pattern, replacement }) => {
                    let attributes = [("Type", "Regex".to_owned()), ("Regex", pattern.value.clone())];
                    writer.leaf("Mask", &attributes, replacement);
                }
                None => {}
            }
            writer.maybe("AdminHelpText", claim.admin_help_text.as_deref());
            writer.maybe("UserHelpText", claim.user_help_text.as_deref());
            if let Some(input) = &claim.input_type {
                writer.leaf("UserInputType", &[], &format!("{:?}", input.value));
            }
            if let Some(restriction) = &claim.restriction {
                writer.inside("Restriction", &[], |writer| writer.restriction(restriction));
            }
            if let Some(validation) = &claim.predicate_validation {
                writer.empty("PredicateValidationReference", &[("Id", validation.value.to_string())]);
            }
        });
    }

    fn restriction(&mut self, restriction: &Restriction) {
        match restriction {
            Restriction::Enumeration(items) => {
                for item in items {
                    let mut attributes = vec![("Text", item.text.clone()), ("Value", item.value.clone())];
                    attributes.extend(item.select_by_default.then(|| ("SelectByDefault", "true".to_owned())));
                    self.empty("Enumeration", &attributes);
                }
            }
            Restriction::Pattern { expression, help_text } => {
                let mut attributes = vec![("RegularExpression", expression.value.clone())];
                attributes.extend(help_text.clone().map(|text| ("HelpText", text)));
                self.empty("Pattern", &attributes);
            }
        }
    }

    fn predicate(&mut self, predicate: &Predicate) {
        self.from(predicate.span);
        let mut attributes = vec![("Id", predicate.id.to_string()), ("Method", predicate.method.value.clone())];
        attributes.extend(predicate.help_text.clone().map(|text| ("HelpText", text)));
        self.inside("Predicate", &attributes, |writer| {
            writer.list("Parameters", &predicate.parameters, |writer, (id, value)| {
                writer.leaf("Parameter", &[("Id", id.to_string())], &value.value);
            });
        });
    }

    fn predicate_validation(&mut self, validation: &PredicateValidation) {
        self.from(validation.span);
        self.inside("PredicateValidation", &[("Id", validation.id.to_string())], |writer| {
            writer.list("PredicateGroups", &validation.groups, |writer, group| {
                let id: Vec<_> = group.id.iter().map(|id| ("Id", id.to_string())).collect();
                writer.inside("PredicateGroup", &id, |writer| {
                    writer.maybe("UserHelpText", group.user_help_text.as_deref());
                    let least: Vec<_> = group.match_at_least.iter().map(|n| ("MatchAtLeast", n.to_string())).collect();
                    writer.inside("PredicateReferences", &least, |writer| {
                        for predicate in &group.predicates {
                            writer.empty("PredicateReference", &[("Id", predicate.value.to_string())]);
                        }
                    });
                });
            });
        });
    }

    fn transformation(&mut self, transformation: &ClaimsTransformation) {
        self.from(transformation.span);
        let method = transformation.method.value.clone();
        let attributes = [("Id", transformation.id.to_string()), ("TransformationMethod", method)];
        self.inside("ClaimsTransformation", &attributes, |writer| {
            let role = |claim: &journeyman_policy::model::TransformationClaim| {
                [
                    ("ClaimTypeReferenceId", claim.claim.value.to_string()),
                    ("TransformationClaimType", claim.role.clone()),
                ]
            };
            writer
                .list("InputClaims", &transformation.inputs, |writer, claim| writer.empty("InputClaim", &role(claim)));
            writer.list("InputParameters", &transformation.parameters, |writer, parameter| {
                let data_type = parameter.data_type.map_or_else(|| "string".to_owned(), |kind| kind.to_string());
                let value = parameter.value.value.clone();
                let attributes = [("Id", parameter.id.clone()), ("DataType", data_type), ("Value", value)];
                writer.empty("InputParameter", &attributes);
            });
            writer.list("OutputClaims", &transformation.outputs, |writer, claim| {
                writer.empty("OutputClaim", &role(claim))
            });
        });
    }

    fn content_definition(&mut self, definition: &ContentDefinition) {
        self.from(definition.span);
        self.inside("ContentDefinition", &[("Id", definition.id.to_string())], |writer| {
            writer.maybe("LoadUri", definition.load_uri.as_ref().map(|uri| uri.value.as_str()));
            writer.maybe("RecoveryUri", definition.recovery_uri.as_deref());
            writer.maybe("DataUri", definition.data_uri.as_ref().map(|uri| uri.value.as_str()));
            writer.list("Metadata", &definition.metadata, |writer, (key, value)| {
                writer.leaf("Item", &[("Key", key.to_string())], &value.value);
            });
            writer.list("LocalizedResourcesReferences", &definition.localized, |writer, texts| {
                let id = texts.resources.value.to_string();
                let attributes = [("Language", texts.language.value.clone()), ("LocalizedResourcesReferenceId", id)];
                writer.empty("LocalizedResourcesReference", &attributes);
            });
        });
    }

    fn localization(&mut self, localization: &Localization) {
        if !localization.enabled && localization.supported.is_empty() && localization.resources.is_empty() {
            return;
        }
        self.inside("Localization", &[("Enabled", localization.enabled.to_string())], |writer| {
            if !localization.supported.is_empty() {
                let default = localization.default_language.iter().map(|tag| ("DefaultLanguage", tag.value.clone()));
                let behavior = if localization.and_built_in { "Append" } else { "ReplaceAll" };
                let attributes: Vec<_> = default.chain([("MergeBehavior", behavior.to_owned())]).collect();
                writer.inside("SupportedLanguages", &attributes, |writer| {
                    localization.supported.iter().for_each(|tag| writer.leaf("SupportedLanguage", &[], &tag.value));
                });
            }
            localization.resources.values().for_each(|resources| writer.localized_resources(resources));
        });
    }

    fn localized_resources(&mut self, resources: &LocalizedResources) {
        self.from(resources.span);
        self.inside("LocalizedResources", &[("Id", resources.id.to_string())], |writer| {
            writer.list("LocalizedCollections", &resources.collections, |writer, collection| {
                let attributes = [
                    ("ElementType", "ClaimType".to_owned()),
                    ("ElementId", collection.claim.value.to_string()),
                    ("TargetCollection", "Restriction".to_owned()),
                ];
                writer.inside("LocalizedCollection", &attributes, |writer| {
                    for item in &collection.items {
                        let mut attributes = vec![("Text", item.text.clone()), ("Value", item.value.clone())];
                        attributes.extend(item.select_by_default.then(|| ("SelectByDefault", "true".to_owned())));
                        writer.empty("Item", &attributes);
                    }
                });
            });
            writer.list("LocalizedStrings", &resources.strings, |writer, string| {
                let mut attributes = vec![("ElementType", string.element_type.value.clone())];
                attributes.extend(string.element_id.clone().map(|id| ("ElementId", id.value)));
                attributes.push(("StringId", string.string_id.value.clone()));
                writer.leaf("LocalizedString", &attributes, &string.text);
            });
        });
    }

    fn display_control(&mut self, control: &DisplayControl) {
        self.from(control.span);
        let kind = control.control_type.value.clone();
        let attributes = [("Id", control.id.to_string()), ("UserInterfaceControlType", kind)];
        self.inside("DisplayControl", &attributes, |writer| {
            writer.claims("InputClaims", "InputClaim", &control.input_claims);
            writer.display_claims(&control.display_claims);
            writer.claims("OutputClaims", "OutputClaim", &control.output_claims);
            writer.list("Actions", &control.actions, |writer, action| {
                writer.inside("Action", &[("Id", action.id.value.to_string())], |writer| {
                    writer.list("ValidationClaimsExchange", &action.validations, |writer, validation| {
                        let name = "ValidationClaimsExchangeTechnicalProfile";
                        writer.validation(name, "TechnicalProfileReferenceId", validation);
                    });
                });
            });
        });
    }

    fn claims(&mut self, list: &str, item: &str, claims: &[ClaimUse]) {
        self.list(list, claims, |writer, claim| writer.empty(item, &claim_attributes(claim)));
    }

    fn display_claims(&mut self, claims: &[DisplayClaim]) {
        self.list("DisplayClaims", claims, |writer, claim| match claim {
            DisplayClaim::Claim(claim) => writer.empty("DisplayClaim", &claim_attributes(claim)),
            DisplayClaim::Control(control) => {
                writer.empty("DisplayClaim", &[("DisplayControlReferenceId", control.value.to_string())]);
            }
        });
    }

    fn validation(&mut self, name: &str, attribute: &str, validation: &Validation) {
        let mut attributes = vec![(attribute, validation.profile.value.to_string())];
        attributes.extend((!validation.continue_on_success).then(|| ("ContinueOnSuccess", "false".to_owned())));
        attributes.extend(validation.continue_on_error.then(|| ("ContinueOnError", "true".to_owned())));
        if validation.preconditions.is_empty() {
            return self.empty(name, &attributes);
        }
        self.inside(name, &attributes, |writer| {
            writer.preconditions(&validation.preconditions, "SkipThisValidationTechnicalProfile");
        });
    }

    fn preconditions(&mut self, preconditions: &[Precondition], action: &str) {
        self.list("Preconditions", preconditions, |writer, precondition| {
            let (kind, claim, literal) = match &precondition.test {
                PreconditionTest::ClaimsExist(claim) => ("ClaimsExist", claim, None),
                PreconditionTest::ClaimEquals(claim, literal) => ("ClaimEquals", claim, Some(literal)),
            };
            let execute = precondition.execute_if.to_string();
            writer.inside("Precondition", &[("Type", kind.to_owned()), ("ExecuteActionsIf", execute)], |writer| {
                writer.leaf("Value", &[], claim.value.as_str());
                writer.maybe("Value", literal.map(String::as_str));
                writer.leaf("Action", &[], action);
            });
        });
    }

    /// What is included is there already, so nothing is included any more.
    fn technical_profile(&mut self, profile: &TechnicalProfile) {
        self.inside("TechnicalProfile", &[("Id", profile.id.to_string())], |writer| {
            writer.maybe("Domain", profile.domain.as_deref());
            writer.maybe("DisplayName", profile.display_name.as_deref());
            writer.maybe("Description", profile.description.as_deref());
            if let Some(protocol) = &profile.protocol {
                let mut attributes = vec![("Name", protocol.value.name.clone())];
                attributes.extend(protocol.value.handler.clone().map(|handler| ("Handler", handler)));
                writer.empty("Protocol", &attributes);
            }
            writer.maybe("InputTokenFormat", profile.input_token_format.as_ref().map(|format| format.value.as_str()));
            writer.maybe("OutputTokenFormat", profile.output_token_format.as_ref().map(|format| format.value.as_str()));
            writer.list("Metadata", &profile.metadata, |writer, (key, value)| {
                writer.leaf("Item", &[("Key", key.to_string())], &value.value);
            });
            writer.list("CryptographicKeys", &profile.keys, |writer, (id, storage)| {
                let storage = storage.value.to_string();
                writer.empty("Key", &[("Id", id.to_string()), ("StorageReferenceId", storage)]);
            });
            if let Some(include) = profile.include_in_sso {
                writer.leaf("IncludeInSso", &[], &include.to_string());
            }
            writer.profile_claims(profile);
        });
    }

    fn profile_claims(&mut self, profile: &TechnicalProfile) {
        self.references("InputClaimsTransformations", "InputClaimsTransformation", &profile.input_transformations);
        self.claims("InputClaims", "InputClaim", &profile.input_claims);
        self.display_claims(&profile.display_claims);
        self.claims("PersistedClaims", "PersistedClaim", &profile.persisted_claims);
        self.claims("OutputClaims", "OutputClaim", &profile.output_claims);
        self.references("OutputClaimsTransformations", "OutputClaimsTransformation", &profile.output_transformations);
        self.list("ValidationTechnicalProfiles", &profile.validations, |writer, validation| {
            writer.validation("ValidationTechnicalProfile", "ReferenceId", validation);
        });
        if let Some(naming) = &profile.subject_naming {
            let mut attributes = vec![("ClaimType", naming.claim.value.clone())];
            attributes.extend(naming.format.clone().map(|format| ("Format", format)));
            attributes.extend(naming.exclude_as_claim.then(|| ("ExcludeAsClaim", "true".to_owned())));
            self.empty("SubjectNamingInfo", &attributes);
        }
        if let Some(session) = &profile.session_profile {
            self.empty("UseTechnicalProfileForSessionManagement", &[("ReferenceId", session.value.to_string())]);
        }
        if profile.enabled_for != EnabledFor::Always {
            self.leaf("EnabledForUserJourneys", &[], &format!("{:?}", profile.enabled_for));
        }
    }

    fn journey(&mut self, journey: &Journey) {
        self.from(journey.span);
        let mut attributes = vec![("Id", journey.id.to_string())];
        if journey.kind != JourneyKind::User {
            attributes.push(("Type", format!("{:?}", journey.kind)));
        }
        let issuer = journey.default_issuer.iter();
        attributes.extend(issuer.map(|id| ("DefaultCpimIssuerTechnicalProfileReferenceId", id.value.to_string())));
        attributes.extend(journey.non_interactive.then(|| ("NonInteractive", "true".to_owned())));
        let name = if journey.kind == JourneyKind::User { "UserJourney" } else { "SubJourney" };
        self.inside(name, &attributes, |writer| {
            if !journey.authorization.is_empty() {
                writer.inside("Authorization", &[], |writer| {
                    let (list, item) = ("AuthorizationTechnicalProfiles", "AuthorizationTechnicalProfile");
                    writer.references(list, item, &journey.authorization);
                });
            }
            writer.list("OrchestrationSteps", &journey.steps, Writer::step);
        });
    }

    fn step(&mut self, step: &OrchestrationStep) {
        self.from(step.span);
        let mut attributes = vec![("Order", step.order.to_string()), ("Type", format!("{:?}", step.step_type.value))];
        let content = step.content_definition.iter();
        attributes.extend(content.map(|id| ("ContentDefinitionReferenceId", id.value.to_string())));
        let issuer = step.issuer.iter();
        attributes.extend(issuer.map(|id| ("CpimIssuerTechnicalProfileReferenceId", id.value.to_string())));
        self.inside("OrchestrationStep", &attributes, |writer| {
            writer.preconditions(&step.preconditions, "SkipThisOrchestrationStep");
            if !step.selections.is_empty() {
                let show = step.show_single_provider.then(|| ("DisplayOption", "ShowSingleProvider".to_owned()));
                let show: Vec<_> = show.into_iter().collect();
                writer.inside("ClaimsProviderSelections", &show, |writer| {
                    step.selections.iter().for_each(|selection| writer.selection(selection));
                });
            }
            writer.list("ClaimsExchanges", &step.exchanges, |writer, exchange| {
                let profile = exchange.profile.value.to_string();
                let attributes = [("Id", exchange.id.value.to_string()), ("TechnicalProfileReferenceId", profile)];
                writer.empty("ClaimsExchange", &attributes);
            });
            writer.list("JourneyList", &step.candidates, |writer, candidate| {
                writer.empty("Candidate", &[("SubJourneyReferenceId", candidate.value.to_string())]);
            });
        });
    }

    fn selection(&mut self, selection: &Selection) {
        let attribute = match selection {
            Selection::Target(id) => ("TargetClaimsExchangeId", id.value.to_string()),
            Selection::Validation(id) => ("ValidationClaimsExchangeId", id.value.to_string()),
        };
        self.empty("ClaimsProviderSelection", &[attribute]);
    }

    fn relying_party(&mut self, party: &RelyingParty) {
        self.from(party.span);
        self.inside("RelyingParty", &[], |writer| {
            if let Some(journey) = &party.default_journey {
                writer.empty("DefaultUserJourney", &[("ReferenceId", journey.value.to_string())]);
            }
            writer.list("Endpoints", &party.endpoints, |writer, (id, journey)| {
                let journey = journey.value.to_string();
                writer.empty("Endpoint", &[("Id", id.value.clone()), ("UserJourneyReferenceId", journey)]);
            });
            writer.inside("UserJourneyBehaviors", &[], |writer| writer.behaviors(&party.behaviors));
            writer.technical_profile(&party.profile);
        });
    }

    fn behaviors(&mut self, behaviors: &Behaviors) {
        let default = Behaviors::default();
        let mut attributes = vec![("Scope", scope(behaviors.sso_scope).to_owned())];
        if behaviors.keep_alive_days != default.keep_alive_days {
            attributes.push(("KeepAliveInDays", behaviors.keep_alive_days.to_string()));
        }
        if behaviors.enforce_id_token_hint_on_logout {
            attributes.push(("EnforceIdTokenHintOnLogout", "true".to_owned()));
        }
        self.empty("SingleSignOn", &attributes);
        self.leaf("SessionExpiryType", &[], if behaviors.absolute_expiry { "Absolute" } else { "Rolling" });
        self.leaf("SessionExpiryInSeconds", &[], &behaviors.session_seconds.to_string());
        self.list("ContentDefinitionParameters", &behaviors.content_parameters, |writer, (name, value)| {
            writer.leaf("Parameter", &[("Name", name.clone())], &value.value);
        });
        if let Some(sources) = &behaviors.framing {
            self.empty("JourneyFraming", &[("Enabled", "true".to_owned()), ("Sources", sources.join(" "))]);
        }
        self.leaf("ScriptExecution", &[], if behaviors.allow_scripts { "Allow" } else { "Disallow" });
    }
}

fn scope(scope: SsoScope) -> &'static str {
    match scope {
        SsoScope::Suppressed => "Suppressed",
        SsoScope::TrustFramework => "TrustFramework",
        SsoScope::Tenant => "Tenant",
        SsoScope::Application => "Application",
        SsoScope::Policy => "Policy",
    }
}

fn claim_attributes(claim: &ClaimUse) -> Vec<(&'static str, String)> {
    let mut attributes = vec![("ClaimTypeReferenceId", claim.claim.value.to_string())];
    attributes.extend(claim.control_claim_type.as_ref().map(|kind| ("ControlClaimType", kind.value.clone())));
    attributes.extend(claim.partner.as_ref().map(|partner| ("PartnerClaimType", partner.value.clone())));
    attributes.extend(claim.required.then(|| ("Required", "true".to_owned())));
    attributes.extend(claim.default.as_ref().map(|default| ("DefaultValue", default.value.clone())));
    attributes.extend((!claim.overwrite_if_exists).then(|| ("OverwriteIfExists", "false".to_owned())));
    attributes.extend(claim.always_use_default.then(|| ("AlwaysUseDefaultValue", "true".to_owned())));
    attributes
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' => safe.push_str("&#10;"),
            '\r' => safe.push_str("&#13;"),
            '\t' => safe.push_str("&#9;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use journeyman_policy::{PolicySet, Settings};

    use super::*;

    const POLICY: &str = r#"<TrustFrameworkPolicy xmlns="http://schemas.microsoft.com/online/cpim/schemas/2013/06" PolicySchemaVersion="0.3.0.0"
        TenantId="t" PolicyId="B2C_1A_All" PublicPolicyUri="http://t/B2C_1A_All" DeploymentMode="Development">
      <BuildingBlocks>
        <ClaimsSchema>
          <ClaimType Id="email"><DisplayName>a &lt; "b" &amp; c</DisplayName><DataType>string</DataType>
            <DefaultPartnerClaimTypes><Protocol Name="OpenIdConnect" PartnerClaimType="mail" /></DefaultPartnerClaimTypes>
            <Mask Type="Regex" Regex="(?&lt;=.).">*</Mask><UserHelpText>h</UserHelpText><UserInputType>TextBox</UserInputType>
            <Restriction><Pattern RegularExpression="^a$" HelpText="no" /></Restriction>
            <PredicateValidationReference Id="V" /></ClaimType>
          <ClaimType Id="choice"><DataType>stringCollection</DataType>
            <Restriction><Enumeration Text="One" Value="1" SelectByDefault="true" /></Restriction></ClaimType>
        </ClaimsSchema>
        <Predicates><Predicate Id="L" Method="IsLengthRange" HelpText="x">
          <Parameters><Parameter Id="Minimum">8</Parameter></Parameters></Predicate></Predicates>
        <PredicateValidations><PredicateValidation Id="V"><PredicateGroups><PredicateGroup Id="g"><UserHelpText>u</UserHelpText>
          <PredicateReferences MatchAtLeast="1"><PredicateReference Id="L" /></PredicateReferences>
        </PredicateGroup></PredicateGroups></PredicateValidation></PredicateValidations>
        <ClaimsTransformations><ClaimsTransformation Id="T" TransformationMethod="FormatStringClaim">
          <InputClaims><InputClaim ClaimTypeReferenceId="email" TransformationClaimType="inputClaim" /></InputClaims>
          <InputParameters><InputParameter Id="stringFormat" DataType="string" Value="{0}&#10;x" /></InputParameters>
          <OutputClaims><OutputClaim ClaimTypeReferenceId="email" TransformationClaimType="outputClaim" /></OutputClaims>
        </ClaimsTransformation></ClaimsTransformations>
        <ContentDefinitions><ContentDefinition Id="api.x"><LoadUri>~/a.cshtml</LoadUri><DataUri>urn:com:x</DataUri>
          <Metadata><Item Key="DisplayName">d</Item></Metadata><LocalizedResourcesReferences>
          <LocalizedResourcesReference Language="en" LocalizedResourcesReferenceId="r" /></LocalizedResourcesReferences>
        </ContentDefinition></ContentDefinitions>
        <Localization Enabled="true"><SupportedLanguages DefaultLanguage="en"><SupportedLanguage>en</SupportedLanguage></SupportedLanguages>
          <LocalizedResources Id="r"><LocalizedCollections><LocalizedCollection ElementType="ClaimType" ElementId="choice" TargetCollection="Restriction">
            <Item Text="Un" Value="1" /></LocalizedCollection></LocalizedCollections>
            <LocalizedStrings><LocalizedString ElementType="ClaimType" ElementId="email" StringId="DisplayName">E</LocalizedString></LocalizedStrings>
          </LocalizedResources></Localization>
        <DisplayControls><DisplayControl Id="c" UserInterfaceControlType="VerificationControl">
          <DisplayClaims><DisplayClaim ClaimTypeReferenceId="email" ControlClaimType="Email" Required="true" /></DisplayClaims>
          <Actions><Action Id="SendCode"><ValidationClaimsExchange>
            <ValidationClaimsExchangeTechnicalProfile TechnicalProfileReferenceId="P"><Preconditions>
              <Precondition Type="ClaimEquals" ExecuteActionsIf="false"><Value>email</Value><Value>x</Value>
              <Action>SkipThisValidationTechnicalProfile</Action></Precondition></Preconditions>
            </ValidationClaimsExchangeTechnicalProfile></ValidationClaimsExchange></Action></Actions>
        </DisplayControl></DisplayControls>
      </BuildingBlocks>
      <ClaimsProviders><ClaimsProvider><Domain>d.com</Domain><TechnicalProfiles>
        <TechnicalProfile Id="P"><DisplayName>p</DisplayName><Protocol Name="Proprietary" Handler="H" /><OutputTokenFormat>JWT</OutputTokenFormat>
          <Metadata><Item Key="k"> v </Item></Metadata>
          <CryptographicKeys><Key Id="k" StorageReferenceId="B2C_1A_K" /></CryptographicKeys><IncludeInSso>false</IncludeInSso>
          <InputClaimsTransformations><InputClaimsTransformation ReferenceId="T" /></InputClaimsTransformations>
          <InputClaims><InputClaim ClaimTypeReferenceId="email" PartnerClaimType="m" DefaultValue="" AlwaysUseDefaultValue="true" /></InputClaims>
          <DisplayClaims><DisplayClaim DisplayControlReferenceId="c" /></DisplayClaims>
          <PersistedClaims><PersistedClaim ClaimTypeReferenceId="email" OverwriteIfExists="false" /></PersistedClaims>
          <OutputClaims><OutputClaim ClaimTypeReferenceId="email" Required="true" /></OutputClaims>
          <ValidationTechnicalProfiles><ValidationTechnicalProfile ReferenceId="P" ContinueOnError="true" ContinueOnSuccess="false" /></ValidationTechnicalProfiles>
          <UseTechnicalProfileForSessionManagement ReferenceId="P" /><EnabledForUserJourneys>Never</EnabledForUserJourneys>
        </TechnicalProfile></TechnicalProfiles></ClaimsProvider></ClaimsProviders>
      <UserJourneys><UserJourney Id="J" DefaultCpimIssuerTechnicalProfileReferenceId="P" NonInteractive="true">
        <Authorization><AuthorizationTechnicalProfiles><AuthorizationTechnicalProfile ReferenceId="P" /></AuthorizationTechnicalProfiles></Authorization>
        <OrchestrationSteps>
          <OrchestrationStep Order="1" Type="ClaimsProviderSelection" ContentDefinitionReferenceId="api.x">
            <Preconditions><Precondition Type="ClaimsExist" ExecuteActionsIf="true"><Value>email</Value><Action>SkipThisOrchestrationStep</Action></Precondition></Preconditions>
            <ClaimsProviderSelections DisplayOption="ShowSingleProvider"><ClaimsProviderSelection TargetClaimsExchangeId="E" />
            <ClaimsProviderSelection ValidationClaimsExchangeId="V" /></ClaimsProviderSelections>
            <ClaimsExchanges><ClaimsExchange Id="V" TechnicalProfileReferenceId="P" /></ClaimsExchanges></OrchestrationStep>
          <OrchestrationStep Order="2" Type="ClaimsExchange"><ClaimsExchanges><ClaimsExchange Id="E" TechnicalProfileReferenceId="P" /></ClaimsExchanges></OrchestrationStep>
          <OrchestrationStep Order="3" Type="InvokeSubJourney"><JourneyList><Candidate SubJourneyReferenceId="S" /></JourneyList></OrchestrationStep>
        </OrchestrationSteps></UserJourney></UserJourneys>
      <SubJourneys><SubJourney Id="S" Type="Transfer"><OrchestrationSteps>
        <OrchestrationStep Order="1" Type="SendClaims" CpimIssuerTechnicalProfileReferenceId="P" /></OrchestrationSteps></SubJourney></SubJourneys>
      <RelyingParty><DefaultUserJourney ReferenceId="J" /><Endpoints><Endpoint Id="Token" UserJourneyReferenceId="J" /></Endpoints>
        <UserJourneyBehaviors><SingleSignOn Scope="Policy" KeepAliveInDays="7" EnforceIdTokenHintOnLogout="true" /><SessionExpiryType>Absolute</SessionExpiryType>
          <SessionExpiryInSeconds>900</SessionExpiryInSeconds><ContentDefinitionParameters><Parameter Name="a">b</Parameter></ContentDefinitionParameters>
          <JourneyFraming Enabled="true" Sources="https://a https://b" /><ScriptExecution>Allow</ScriptExecution></UserJourneyBehaviors>
        <TechnicalProfile Id="PolicyProfile"><Protocol Name="OpenIdConnect" /><OutputClaims><OutputClaim ClaimTypeReferenceId="email" PartnerClaimType="sub" /></OutputClaims>
          <SubjectNamingInfo ClaimType="sub" Format="f" ExcludeAsClaim="true" /></TechnicalProfile></RelyingParty>
    </TrustFrameworkPolicy>"#;

    /// The policy of one text as data without places.
    fn meaning(text: &str) -> (serde_json::Value, Vec<String>) {
        let mut sources = Sources::default();
        sources.add("p.xml", text);
        let set = PolicySet::compile(sources, &Settings::default());
        let mut value = serde_json::to_value(&*set.policies[0]).expect("a policy is data");
        drop_spans(&mut value);
        (value, set.diagnostics.iter().map(|found| found.message.clone()).collect())
    }

    fn drop_spans(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Object(object) => {
                object.remove("span");
                object.remove("id_span");
                object.values_mut().for_each(drop_spans);
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(drop_spans),
            _ => {}
        }
    }

    fn written(text: &str) -> String {
        let mut sources = Sources::default();
        sources.add("p.xml", text);
        let set = PolicySet::compile(sources, &Settings::default());
        write(&set.sources, &set.policies[0])
    }

    #[test]
    fn what_is_written_means_what_was_read() {
        let (meant, found) = meaning(POLICY);
        assert_eq!(found, Vec::<String>::new());
        let (again, found) = meaning(&written(POLICY));
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(again, meant);
    }

    #[test]
    fn the_public_policies_survive_too() {
        let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
        let root =
            std::env::var_os("JOURNEYMAN_SHARED").map_or(beside, Into::into).join("corpus/starterpack/LocalAccounts");
        let Ok(entries) = std::fs::read_dir(&root) else {
            let _ = std::io::Write::write_all(&mut std::io::stderr(), b"SKIPPED: no corpus of public policies\n");
            return;
        };
        let mut sources = Sources::default();
        for path in
            entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "xml"))
        {
            sources.add(path.to_string_lossy(), std::fs::read_to_string(&path).expect("a policy is text"));
        }
        let set = PolicySet::compile(sources, &Settings::default());
        assert!(set.policies.len() > 3);
        for policy in &set.policies {
            let once = write(&set.sources, policy);
            let (meant, _) = meaning(&once);
            assert_eq!(meaning(&written(&once)).0, meant, "{}", policy.id);
            let mut original = serde_json::to_value(&**policy).expect("a policy is data");
            drop_spans(&mut original);
            for part in ["claim_types", "transformations", "user_journeys", "relying_party", "localization"] {
                assert_eq!(meant[part], original[part], "{} of {}", part, policy.id);
            }
        }
    }
}
