//! What texts can be for: the values of `LocalizedString@ElementType`.

use journeyman_claims::Name;
use journeyman_policy::model::{LocalizedString, Policy};

use super::strings::{BUILT_IN, Place};

/// One value of `ElementType`.
#[derive(Debug)]
pub(crate) struct ElementType {
    pub(crate) name: &'static str,
    ids: Ids,
    /// What `ElementId`, or else `StringId`, names.
    names: Option<Named>,
}

/// Which string ids it has.
#[derive(Clone, Copy, Debug)]
enum Ids {
    /// Those of the table of built-in strings.
    BuiltIn,
    These(&'static [&'static str]),
    /// Something of the policy.
    Names,
}

/// What a text names.
#[derive(Clone, Copy, Debug)]
enum Named {
    Claim,
    Exchange,
    Control,
    Predicate,
    PredicateValidation,
    Strings,
    Formats,
}

/// A name that a text is for, and that the policy does not have.
#[derive(Debug)]
pub(crate) struct Stranger {
    /// What should have that name, in words.
    pub(crate) what: &'static str,
    /// The name; absent where the text gives none.
    pub(crate) name: Option<String>,
    /// It is the string id, not the element id, that says it.
    pub(crate) in_string_id: bool,
    /// The name that was meant.
    pub(crate) near: Option<String>,
}

const CLAIM: &[&str] = &["DisplayName", "UserHelpText", "AdminHelpText", "PatternHelpText"];

const ALL: &[ElementType] = &[
    ElementType { name: "UxElement", ids: Ids::BuiltIn, names: None },
    ElementType { name: "ErrorMessage", ids: Ids::BuiltIn, names: None },
    ElementType { name: "DisplayControl", ids: Ids::BuiltIn, names: Some(Named::Control) },
    ElementType { name: "Journeyman", ids: Ids::BuiltIn, names: None },
    ElementType { name: "ClaimType", ids: Ids::These(CLAIM), names: Some(Named::Claim) },
    ElementType { name: "ClaimsProvider", ids: Ids::Names, names: Some(Named::Exchange) },
    ElementType { name: "Predicate", ids: Ids::These(&["HelpText"]), names: Some(Named::Predicate) },
    ElementType { name: "PredicateValidation", ids: Ids::Names, names: Some(Named::PredicateValidation) },
    ElementType { name: "InputValidation", ids: Ids::Names, names: Some(Named::PredicateValidation) },
    ElementType { name: "GetLocalizedStringsTransformationClaimType", ids: Ids::Names, names: Some(Named::Strings) },
    ElementType { name: "FormatLocalizedStringTransformationClaimType", ids: Ids::Names, names: Some(Named::Formats) },
];

impl ElementType {
    pub(crate) fn find(element_type: &str) -> Option<&'static Self> {
        ALL.iter().find(|kind| kind.name.eq_ignore_ascii_case(element_type))
    }

    /// The element type that was meant.
    pub(crate) fn nearest(element_type: &str) -> Option<&'static str> {
        let known: Vec<_> = ALL.iter().map(|kind| kind.name).collect();
        journeyman_policy::nearest_word(element_type, &known)
    }

    /// The other element type that has a string of this id.
    pub(crate) fn of(string_id: &str) -> Option<&'static str> {
        let kinds = ALL.iter().filter(|kind| matches!(kind.ids, Ids::BuiltIn));
        kinds.filter(|kind| kind.has(string_id) == Some(true)).map(|kind| kind.name).next()
    }

    /// Every string id; none where they are names of the policy's.
    pub(crate) fn ids(&self) -> Vec<&'static str> {
        match self.ids {
            Ids::These(ids) => ids.to_vec(),
            Ids::Names => Vec::new(),
            Ids::BuiltIn => {
                let own = BUILT_IN.iter().filter(|string| string.element_type == self.name);
                // Texts of the server are shown where there is no policy.
                let own = own.filter(|s| !s.places.iter().all(|place| matches!(place, Place::Server | Place::Mail)));
                own.map(|string| string.id).collect()
            }
        }
    }

    /// Whether there is such a string; nothing where they are names of the policy's.
    pub(crate) fn has(&self, string_id: &str) -> Option<bool> {
        match self.ids {
            Ids::Names => None,
            // Older names of the messages of one-time passwords are metadata keys too, and `DN` stands in the vendor's
            // table for the second text of a control of authenticator apps.
            _ if string_id.starts_with("UserMessage.") || string_id == "DN" => None,
            _ => Some(self.ids().iter().any(|id| id.eq_ignore_ascii_case(string_id))),
        }
    }

    /// Whether what the text is for is declared.
    pub(crate) fn names(&self, policy: &Policy, string: &LocalizedString) -> Result<(), Stranger> {
        let Some(named) = self.names else { return Ok(()) };
        let in_string_id = matches!(named, Named::Exchange | Named::Strings | Named::Formats);
        let given = if in_string_id { Some(&string.string_id) } else { string.element_id.as_ref() };
        let stranger =
            |near| Stranger { what: named.what(), name: given.map(|name| name.value.clone()), in_string_id, near };
        let Some(given) = given else { return Err(stranger(None)) };
        let declared = named.declared(policy);
        if declared.iter().any(|name| name.eq_ignore_ascii_case(&given.value)) {
            return Ok(());
        }
        // Names are often made of the same words: one with a word more is another name, not a slip.
        let near = journeyman_policy::nearest_word(&given.value, &declared);
        Err(stranger(near.filter(|near| near.len().abs_diff(given.value.len()) <= 2).map(str::to_owned)))
    }
}

impl Named {
    fn what(self) -> &'static str {
        match self {
            Self::Claim => "claim type",
            Self::Exchange => "claims exchange",
            Self::Control => "display control",
            Self::Predicate => "predicate",
            Self::PredicateValidation => "predicate validation",
            Self::Strings => "output of a `GetLocalizedStringsTransformation`",
            Self::Formats => "format of a `FormatLocalizedString` transformation",
        }
    }

    fn declared(self, policy: &Policy) -> Vec<&str> {
        match self {
            Self::Claim => policy.claim_types.keys().map(Name::as_str).collect(),
            Self::Control => policy.display_controls.keys().map(Name::as_str).collect(),
            Self::Predicate => policy.predicates.keys().map(Name::as_str).collect(),
            Self::PredicateValidation => policy.predicate_validations.keys().map(Name::as_str).collect(),
            Self::Exchange => {
                let journeys = policy.user_journeys.values().chain(policy.sub_journeys.values());
                let exchanges = journeys.flat_map(|journey| &journey.steps).flat_map(|step| &step.exchanges);
                exchanges.map(|exchange| exchange.id.value.as_str()).collect()
            }
            Self::Strings => {
                let method = "GetLocalizedStringsTransformation";
                let used = policy.transformations.values().filter(|t| t.method.value.eq_ignore_ascii_case(method));
                used.flat_map(|t| &t.outputs).map(|output| output.role.as_str()).collect()
            }
            Self::Formats => {
                let method = "FormatLocalizedString";
                let used = policy.transformations.values().filter(|t| t.method.value.eq_ignore_ascii_case(method));
                let parameters = used.flat_map(|t| &t.parameters);
                let formats = parameters.filter(|parameter| parameter.id.eq_ignore_ascii_case("stringFormatId"));
                formats.map(|format| format.value.value.as_str()).collect()
            }
        }
    }
}
