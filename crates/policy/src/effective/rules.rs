//! What inheritance does to each element, as a table.

/// When an element of a child and one of its parent, of the same name in the same place, are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Same {
    /// There is at most one in a place.
    Only,
    /// The same id in this attribute. Written twice in one file, the later lies over the earlier.
    Id(&'static str),
    /// The same values in these attributes.
    Listed(&'static [&'static str]),
    /// The same text.
    Text,
    /// The same claim or display control, if need be told apart by the outside name.
    Claim,
    /// The same exchange, whichever attribute names it.
    Exchange,
    /// The same number; of several steps with one number the first is the first's, and so on.
    Order,
    /// Never: all of them stay.
    Never,
}

/// What becomes of two that are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Both {
    /// The child's takes the place of the parent's.
    Replaced,
    /// The child's attributes and children lie over the parent's, one by one.
    Parts,
    /// A list with the child's items before the parent's.
    ChildFirst,
    /// A list as `MergeBehavior` says.
    ByMergeBehavior,
}

/// An element that is not listed has a single place, and the child's replaces the parent's.
pub(super) fn rule(element: &str) -> (Same, Both) {
    RULES
        .iter()
        .find(|(name, ..)| *name == element)
        .map_or((Same::Only, Both::Replaced), |(_, same, both)| (*same, *both))
}

#[rustfmt::skip]
const RULES: &[(&str, Same, Both)] = &[
    ("TrustFrameworkPolicy",        Same::Only, Both::Parts),
    ("BuildingBlocks",              Same::Only, Both::Parts),
    ("ClaimsSchema",                Same::Only, Both::Parts),
    ("ClaimType",                   Same::Id("Id"), Both::Parts),
    ("Restriction",                 Same::Only, Both::ByMergeBehavior),
    ("Enumeration",                 Same::Never, Both::Replaced),
    ("Predicates",                  Same::Only, Both::Parts),
    ("Predicate",                   Same::Id("Id"), Both::Replaced),
    ("InputValidations",            Same::Only, Both::Parts),
    ("InputValidation",             Same::Id("Id"), Both::Replaced),
    ("PredicateValidations",        Same::Only, Both::Parts),
    ("PredicateValidation",         Same::Id("Id"), Both::Replaced),
    ("ClaimsTransformations",       Same::Only, Both::Parts),
    ("ClaimsTransformation",        Same::Id("Id"), Both::Replaced),
    ("ClientDefinitions",           Same::Only, Both::Parts),
    ("ClientDefinition",            Same::Id("Id"), Both::Replaced),
    ("ContentDefinitions",          Same::Only, Both::Parts),
    ("ContentDefinition",           Same::Id("Id"), Both::Parts),
    ("Metadata",                    Same::Only, Both::Parts),
    ("Item",                        Same::Id("Key"), Both::Replaced),
    ("LocalizedResourcesReferences", Same::Only, Both::ByMergeBehavior),
    ("LocalizedResourcesReference", Same::Listed(&["Language"]), Both::Replaced),
    ("Localization",                Same::Only, Both::Parts),
    ("SupportedLanguages",          Same::Only, Both::ByMergeBehavior),
    ("SupportedLanguage",           Same::Text, Both::Replaced),
    ("LocalizedResources",          Same::Id("Id"), Both::Parts),
    ("LocalizedStrings",            Same::Only, Both::Parts),
    ("LocalizedString",             Same::Listed(&["ElementType", "ElementId", "StringId"]), Both::Replaced),
    ("LocalizedCollections",        Same::Only, Both::Parts),
    ("LocalizedCollection",         Same::Listed(&["ElementId"]), Both::Replaced),
    ("DisplayControls",             Same::Only, Both::Parts),
    ("DisplayControl",              Same::Id("Id"), Both::Parts),
    ("Actions",                     Same::Only, Both::Parts),
    ("Action",                      Same::Listed(&["Id"]), Both::Replaced),
    ("ClaimsProviders",             Same::Only, Both::Parts),
    ("ClaimsProvider",              Same::Never, Both::Parts),
    ("TechnicalProfiles",           Same::Only, Both::Parts),
    ("TechnicalProfile",            Same::Id("Id"), Both::Parts),
    ("CryptographicKeys",           Same::Only, Both::Parts),
    ("Key",                         Same::Id("Id"), Both::Replaced),
    ("InputClaimsTransformations",  Same::Only, Both::ChildFirst),
    ("InputClaims",                 Same::Only, Both::Parts),
    ("InputClaim",                  Same::Claim, Both::Parts),
    ("DisplayClaims",               Same::Only, Both::Parts),
    ("DisplayClaim",                Same::Claim, Both::Parts),
    ("PersistedClaims",             Same::Only, Both::Parts),
    ("PersistedClaim",              Same::Claim, Both::Parts),
    ("OutputClaims",                Same::Only, Both::Parts),
    ("OutputClaim",                 Same::Claim, Both::Parts),
    ("OutputClaimsTransformations", Same::Only, Both::ChildFirst),
    ("ValidationTechnicalProfiles", Same::Only, Both::ChildFirst),
    ("ErrorHandlers",               Same::Only, Both::ChildFirst),
    ("UserJourneys",                Same::Only, Both::Parts),
    ("UserJourney",                 Same::Id("Id"), Both::Parts),
    ("SubJourneys",                 Same::Only, Both::Parts),
    ("SubJourney",                  Same::Id("Id"), Both::Parts),
    ("OrchestrationSteps",          Same::Only, Both::Parts),
    ("OrchestrationStep",           Same::Order, Both::Parts),
    ("ClaimsProviderSelections",    Same::Only, Both::Parts),
    ("ClaimsProviderSelection",     Same::Exchange, Both::Replaced),
    ("ClaimsExchanges",             Same::Only, Both::Parts),
    ("ClaimsExchange",              Same::Listed(&["Id"]), Both::Replaced),
    ("JourneyList",                 Same::Only, Both::Parts),
    ("Candidate",                   Same::Listed(&["SubJourneyReferenceId"]), Both::Replaced),
];
