//! What a transformation can see besides its claims, where no journey runs: what the command line says, and the policy.

use std::cell::RefCell;

use jiff::Timestamp;
use journeyman_claims::transformations::{Env, Surroundings, TransformError};
use journeyman_claims::value::day;
use journeyman_claims::{Bag, DataType, Name};
use journeyman_engine::Program;
use journeyman_policy::model::{ClaimsTransformation, LocalizedResources, Restriction};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// A transformation, and everything that it is given.
pub(super) struct Given<'a> {
    pub(super) program: &'a Program,
    pub(super) transformation: &'a ClaimsTransformation,
    pub(super) now: Timestamp,
    pub(super) tenant: &'a str,
    pub(super) profile: &'a str,
    pub(super) language: &'a str,
    /// Policy keys: name and value.
    pub(super) keys: Vec<(&'a str, &'a str)>,
}

impl Given<'_> {
    /// Runs it. The same seed draws the same.
    pub(super) fn evaluate(&self, bag: &mut Bag, seed: u64) -> Result<(), TransformError> {
        let draws = RefCell::new(StdRng::seed_from_u64(seed));
        let random = || draws.borrow_mut().next_u64();
        let env = Env { now: self.now, random: &random, surroundings: self };
        journeyman_engine::evaluate(self.program, self.transformation, bag, &env)
    }

    /// Texts in the language, then in the language without its region. Those of the profile's content definition; where
    /// no profile is given, of any: no page is shown that would decide.
    fn resources(&self) -> impl Iterator<Item = &LocalizedResources> {
        let policy = self.program.policy();
        let profile = policy.technical_profiles.get(&Name::new(self.profile));
        let own = profile.and_then(|profile| profile.metadata("ContentDefinitionReferenceId")).map(Name::new);
        let short = self.language.split('-').next().unwrap_or(self.language);
        [self.language, short].into_iter().flat_map(move |language| {
            let own = own.clone();
            let contents = policy.content_definitions.values();
            let contents = contents.filter(move |content| own.as_ref().is_none_or(|own| content.id == *own));
            let references = contents.flat_map(|content| &content.localized);
            references
                .filter(move |reference| reference.language.value.eq_ignore_ascii_case(language))
                .filter_map(|reference| policy.localization.resources.get(&reference.resources.value))
        })
    }

    fn text(&self, element_type: &str, string_id: &str) -> Option<String> {
        self.resources().find_map(|resources| resources.string(element_type, None, string_id)).map(str::to_owned)
    }
}

impl Surroundings for Given<'_> {
    fn tenant(&self) -> &str {
        self.tenant
    }

    fn technical_profile(&self) -> &str {
        self.profile
    }

    fn language(&self) -> &str {
        self.language
    }

    fn localized(&self, string_id: &str) -> Option<String> {
        self.text("GetLocalizedStringsTransformationClaimType", string_id)
    }

    fn localized_format(&self, string_id: &str) -> Option<String> {
        self.text("FormatLocalizedStringTransformationClaimType", string_id)
    }

    fn options(&self, claim: &Name) -> Vec<(String, String)> {
        let mut localized = self.resources().flat_map(|resources| &resources.collections);
        let restriction = self.program.policy().claim_types.get(claim).and_then(|claim| claim.restriction.as_ref());
        let items = match (localized.find(|collection| collection.claim.value == *claim), restriction) {
            (Some(collection), _) => collection.items.as_slice(),
            (None, Some(Restriction::Enumeration(items))) => items,
            _ => &[],
        };
        items.iter().map(|item| (item.text.clone(), item.value.clone())).collect()
    }

    fn accepts(&self, claim: &Name, text: &str) -> bool {
        self.program.fault(claim, text, None, self.language, day(self.now)).is_none()
    }

    fn parameter_type(&self, id: &str) -> Option<DataType> {
        let mut parameters = self.transformation.parameters.iter();
        parameters.find(|parameter| parameter.id.eq_ignore_ascii_case(id)).and_then(|parameter| parameter.data_type)
    }

    /// With or without the prefix that the portal gives a key's name.
    fn policy_key(&self, name: &str) -> Option<String> {
        let bare = |name: &str| {
            let name = name.to_ascii_lowercase();
            name.strip_prefix("b2c_1a_").map_or(name.clone(), str::to_owned)
        };
        self.keys.iter().find(|(known, _)| bare(known) == bare(name)).map(|(_, value)| (*value).to_owned())
    }
}
