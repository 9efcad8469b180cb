//! The claims that a page shows and asks for, and what may be typed into them.

use journeyman_claims::{Bag, ClaimValue, DataType, Name};
use journeyman_policy::model::{
    ClaimType, ClaimUse, DisplayClaim, DisplayControl, EnumerationItem, Restriction, TechnicalProfile, UserInputType,
};

use crate::effect::{MASKED, UNFIT};
use crate::journey::PageState;
use crate::page::PageKind;
use crate::program::Program;
use crate::run::Run;
use crate::texts::{Texts, fill};

/// `PartnerClaimType` of a claim with the built-in e-mail verification.
const VERIFIED_EMAIL: &str = "Verified.Email";

/// Longest text that a field takes.
const LONGEST: usize = 4096;

/// One thing that a page shows.
#[derive(Clone, Copy)]
pub(crate) enum Rendered<'p> {
    /// A claim.
    Claim(&'p ClaimUse, &'p ClaimType),
    /// A display control.
    Control(&'p DisplayControl),
}

/// What a page of a profile shows, in order: its display claims, or else its output claims that are asked for and that
/// no validation profile outputs.
pub(crate) fn rendered<'p>(program: &'p Program, profile: &'p TechnicalProfile, kind: PageKind) -> Vec<Rendered<'p>> {
    let policy = program.policy();
    if !profile.display_claims.is_empty() {
        let items = profile.display_claims.iter().filter_map(|item| match item {
            DisplayClaim::Claim(claim) => asked(program, claim),
            DisplayClaim::Control(id) => policy.display_controls.get(&id.value).map(Rendered::Control),
        });
        return items.collect();
    }
    let produced = |claim: &Name| {
        let validating = profile.validations.iter().filter_map(|v| program.profile(&v.profile.value));
        validating.flat_map(|p| &p.output_claims).any(|o| o.claim.value == *claim)
    };
    let outputs = profile.output_claims.iter().filter(|o| !produced(&o.claim.value));
    let asked: Vec<_> = outputs.filter_map(|o| asked(program, o)).collect();
    if kind == PageKind::Combined { identifier_and_password(&asked) } else { asked }
}

fn asked<'p>(program: &'p Program, claim: &'p ClaimUse) -> Option<Rendered<'p>> {
    let claim_type = program.policy().claim_types.get(&claim.claim.value)?;
    claim_type.input_type.as_ref().map(|_| Rendered::Claim(claim, claim_type))
}

/// The form of a combined page: the first claim that is no password, and the first that is one.
fn identifier_and_password<'p>(asked: &[Rendered<'p>]) -> Vec<Rendered<'p>> {
    let is_password = |r: &&Rendered<'p>| matches!(r, Rendered::Claim(_, c) if is_password(c));
    let identifier = asked.iter().find(|r| !is_password(r));
    identifier.into_iter().chain(asked.iter().find(is_password)).copied().collect()
}

/// Whether a claim is typed into a password box.
pub(crate) fn is_password(claim: &ClaimType) -> bool {
    claim.input_type.as_ref().is_some_and(|i| i.value == UserInputType::Password)
}

/// Whether a page shows a claim without asking for it.
pub(crate) fn is_shown_only(claim: &ClaimType) -> bool {
    use UserInputType::{Button, Paragraph, Readonly};
    claim.input_type.as_ref().is_some_and(|i| matches!(i.value, Readonly | Paragraph | Button))
}

/// Whether a claim has the built-in e-mail verification on this page.
pub(crate) fn verifies_email(program: &Program, profile: &TechnicalProfile, claim: &ClaimUse) -> bool {
    let partner = claim.partner.as_ref().is_some_and(|p| p.value.eq_ignore_ascii_case(VERIFIED_EMAIL));
    // A display claim has no partner name of its own as often as not: the output claim says it.
    let output = profile.output_claims.iter().find(|o| o.claim.value == claim.claim.value);
    let by_output =
        output.and_then(|o| o.partner.as_ref()).is_some_and(|p| p.value.eq_ignore_ascii_case(VERIFIED_EMAIL));
    (partner || by_output) && program.page(&profile.id).is_some_and(|page| page.enforce_email_verification)
}

/// Whether a control verifies what is typed into it.
pub(crate) fn is_verification(control: &DisplayControl) -> bool {
    control.control_type.value.eq_ignore_ascii_case("VerificationControl")
}

/// Whether a claim of a control is its code box.
pub(crate) fn is_code(claim: &ClaimUse) -> bool {
    claim.control_claim_type.as_ref().is_some_and(|t| t.value.eq_ignore_ascii_case("VerificationCode"))
}

/// The claims of a control that a page shows.
pub(crate) fn control_claims<'p>(
    program: &'p Program,
    control: &'p DisplayControl,
) -> impl Iterator<Item = (&'p ClaimUse, &'p ClaimType)> {
    control.display_claims.iter().filter_map(|item| match item {
        DisplayClaim::Claim(claim) => match asked(program, claim)? {
            Rendered::Claim(claim, claim_type) => Some((claim, claim_type)),
            Rendered::Control(_) => None,
        },
        DisplayClaim::Control(_) => None,
    })
}

/// The list that a claim offers, in the language of the texts.
pub(crate) fn options(program: &Program, texts: Texts<'_>, claim: &Name) -> Vec<EnumerationItem> {
    if let Some(collection) = texts.collection(claim) {
        return collection.items.clone();
    }
    match program.policy().claim_types.get(claim).and_then(|c| c.restriction.as_ref()) {
        Some(Restriction::Enumeration(items)) => items.clone(),
        _ => Vec::new(),
    }
}

/// What a claim is called on a page.
pub(crate) fn label(texts: Texts<'_>, claim: &ClaimType) -> String {
    let localized = texts.localized("ClaimType", Some(claim.id.as_str()), "DisplayName");
    localized.or(claim.display_name.as_deref()).unwrap_or(claim.id.as_str()).to_owned()
}

impl<'p> Run<'p> {
    /// What a control is prefilled with.
    pub(crate) fn control_prefill(&self, page: &PageState, control: &DisplayControl) -> Bag {
        let scope = self.page_scope(page);
        let mut prefill = Bag::new();
        for claim in &control.input_claims {
            if let Some(value) = self.value_of(claim, &scope) {
                prefill.put(claim.claim.value.clone(), value);
            }
        }
        prefill
    }

    /// The claims that the server knows while a page is shown, without anything that was typed.
    pub(crate) fn page_scope(&self, page: &PageState) -> Bag {
        let mut scope = self.journey.bag.clone();
        scope.extend(&page.prefill);
        scope.extend(&page.produced);
        scope
    }

    /// Reads what was typed for a claim; an empty text is no value.
    ///
    /// # Errors
    /// What is wrong with it, for the person.
    pub(crate) fn read_typed(
        &self,
        page: &PageState,
        claim: &ClaimUse,
        claim_type: &ClaimType,
        typed: &str,
    ) -> Result<Option<ClaimValue>, String> {
        let texts = self.texts(page.content_definition.as_ref());
        let typed = if is_password(claim_type) { typed } else { typed.trim() };
        if typed.is_empty() {
            return if claim.required { Err(needed(texts, claim_type)) } else { Ok(None) };
        }
        if typed.chars().count() > LONGEST {
            return Err(texts.own("invalid_value").to_owned());
        }
        if is_password(claim_type) {
            // Whoever holds secrets checks their rules.
            return Ok(Some(ClaimValue::String(typed.to_owned())));
        }
        if self.replaying && typed == MASKED {
            return Ok(Some(ClaimValue::String(typed.to_owned())));
        }
        if self.replaying && typed == UNFIT {
            return Err(texts.own("invalid_value").to_owned());
        }
        // What the policy has to say about a wrong value helps more than what can be said about all of its kind.
        let today = journeyman_claims::value::day(self.env.now);
        let fault = self.program.rules(&claim_type.id).and_then(|r| r.fault(claim_type, typed, texts, today));
        fault.map_or_else(|| self.parse(texts, claim_type, typed).map(Some), Err)
    }

    fn parse(&self, texts: Texts<'_>, claim_type: &ClaimType, typed: &str) -> Result<ClaimValue, String> {
        let invalid = || texts.own("invalid_value").to_owned();
        let data_type = self.program.data_type(&claim_type.id);
        let input = claim_type.input_type.as_ref().map(|i| i.value);
        let listed = options(self.program, texts, &claim_type.id);
        let chosen: Vec<&str> = match input {
            Some(UserInputType::CheckboxMultiSelect) => typed.split(',').map(str::trim).collect(),
            _ => vec![typed],
        };
        if !listed.is_empty() && chosen.iter().any(|c| !listed.iter().any(|item| item.value == *c)) {
            return Err(invalid());
        }
        if input == Some(UserInputType::EmailBox) && !is_email(typed) {
            return Err(texts.ux("invalid_email").to_owned());
        }
        if data_type == DataType::StringCollection {
            return Ok(ClaimValue::StringCollection(chosen.iter().map(|c| (*c).to_owned()).collect()));
        }
        if data_type == DataType::PhoneNumber {
            return journeyman_claims::phone::Phone::parse(typed, None)
                .ok()
                .and_then(|phone| ClaimValue::parse(&phone.to_e164(), data_type).ok())
                .ok_or_else(|| texts.own("invalid_phone").to_owned());
        }
        ClaimValue::parse(typed, data_type).map_err(|_| invalid())
    }
}

/// What is said where something must be filled in. Sign-in pages may have texts of their own for it.
fn needed(texts: Texts<'_>, claim_type: &ClaimType) -> String {
    let own = |id| texts.localized("UxElement", None, id);
    match own("requiredField_password").filter(|_| is_password(claim_type)) {
        Some(text) => text.to_owned(),
        None => {
            let text = own("requiredField_generic").unwrap_or_else(|| texts.ux("required_field_descriptive"));
            fill(text, &[label(texts, claim_type)])
        }
    }
}

/// Whether a text has the form of an e-mail address: whether it exists, a message to it tells.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain =
        |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"');
    let labelled = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-') && !label.starts_with('-')
    };
    (1..=64).contains(&local.len())
        && text.len() <= 254
        && local.chars().all(|c| plain(c) && c != '@')
        && domain.contains('.')
        && domain.split('.').all(labelled)
}

#[cfg(test)]
mod tests {
    use super::is_email;

    #[test]
    fn addresses_have_a_name_and_a_domain() {
        for (text, fits) in [
            ("ada@example.com", true),
            ("a.b+c@mail.example.co.uk", true),
            ("ada@example", false),
            ("ada", false),
            ("@example.com", false),
            ("a b@example.com", false),
            ("a@b@example.com", false),
            ("ada@example..com", false),
            ("<ada@example.com>", false),
        ] {
            assert_eq!(is_email(text), fits, "{text}");
        }
    }
}
