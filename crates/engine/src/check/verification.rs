//! Whether what a person verified counts: a code that is sent is checked, its check decides, and what it was sent for is
//! what is used afterwards.

use journeyman_claims::Name;
use journeyman_policy::diagnostic::Sink;
use journeyman_policy::model::{
    ClaimUse, ControlAction, DisplayClaim, DisplayControl, Journey, Ref, TechnicalProfile, Validation,
};
use journeyman_policy::nearest_word;

use super::claims::controls;
use crate::codes;
use crate::page::PageKind;
use crate::program::Program;
use crate::providers::Bound;
use crate::run::fields::{Rendered, control_claims, is_code, is_password, is_shown_only, is_verification, rendered};

const SEND: &str = "SendCode";
const VERIFY: &str = "VerifyCode";

/// What a claim can be to a control.
const CONTROL_CLAIM_TYPES: &[&str] = &["VerificationCode", "Email", "Phone", "CountryCode", "QrCodeContent"];

/// Checks the pages that the journeys reach, and what goes into the token.
pub(super) fn check(program: &Program, sink: &mut Sink) {
    program.policy().display_controls.values().for_each(|control| words(control, sink));
    for page in program.profiles().filter(|profile| matches!(program.bound(&profile.id), Some(Bound::Page(_)))) {
        ignored(program, &page.validations, sink);
        for control in controls(program, page).filter(|control| is_verification(control)) {
            unchecked(control, sink);
            control.actions.iter().for_each(|action| ignored(program, &action.validations, sink));
            lost(program, page, control, sink);
            changed_on_the_page(program, page, control, sink);
        }
    }
    program.policy().started().into_iter().for_each(|journey| changed_on_the_way(program, journey, sink));
    code_in_token(program, sink);
}

/// Words that nothing knows.
fn words(control: &DisplayControl, sink: &mut Sink) {
    for (action, near) in misspelt(control) {
        sink.report(codes::misspelt_action(&control.id, &action.id, near));
    }
    let said = control.display_claims.iter().filter_map(|claim| match claim {
        DisplayClaim::Claim(claim) => claim.control_claim_type.as_ref(),
        DisplayClaim::Control(_) => None,
    });
    let known = |word: &str| CONTROL_CLAIM_TYPES.iter().any(|known| known.eq_ignore_ascii_case(word.trim()));
    for said in said.filter(|said| !known(&said.value)) {
        sink.report(codes::unknown_claim_type(&control.id, said, CONTROL_CLAIM_TYPES));
    }
}

/// Actions that are nearly one that the control does not have. Any others are accepted.
fn misspelt(control: &DisplayControl) -> impl Iterator<Item = (&ControlAction, &'static str)> {
    let lacking: Vec<_> = [SEND, VERIFY].into_iter().filter(|known| control.action(known).is_none()).collect();
    let unknown = |action: &&ControlAction| [SEND, VERIFY].iter().all(|known| action.id.value != Name::new(known));
    let actions = control.actions.iter().filter(|_| is_verification(control)).filter(unknown);
    actions.filter_map(move |action| Some((action, nearest_word(action.id.value.as_str(), &lacking)?)))
}

/// A code that is sent and never asked for.
fn unchecked(control: &DisplayControl, sink: &mut Sink) {
    let sends = control.action(SEND).filter(|action| !action.validations.is_empty());
    let verifies = control.action(VERIFY).is_some_and(|action| !action.validations.is_empty());
    // One that is misspelt is reported as that.
    let meant = misspelt(control).any(|(_, near)| near == VERIFY);
    if let (Some(send), false) = (sends, verifies || meant) {
        sink.report(codes::code_not_checked(control, send));
    }
}

/// The handlers whose profiles check a code, when this is their operation.
fn checks_code(profile: &TechnicalProfile) -> bool {
    let operation = profile
        .metadata("Operation")
        .is_some_and(|it| ["VerifyCode", "Verify"].iter().any(|o| o.eq_ignore_ascii_case(it)));
    operation && makes_or_checks_codes(profile)
}

fn makes_code(profile: &TechnicalProfile) -> bool {
    profile.metadata("Operation").is_some_and(|it| it.eq_ignore_ascii_case("GenerateCode"))
        && makes_or_checks_codes(profile)
}

fn makes_or_checks_codes(profile: &TechnicalProfile) -> bool {
    let handler = profile.protocol.as_ref().and_then(|protocol| protocol.value.handler.as_deref()).unwrap_or_default();
    let handler = handler.to_ascii_lowercase();
    ["onetimepassword", "azuremfa", "aadsspr"].iter().any(|known| handler.contains(known))
}

/// A wrong code that changes nothing.
fn ignored(program: &Program, validations: &[Validation], sink: &mut Sink) {
    for validation in validations.iter().filter(|validation| validation.continue_on_error) {
        if let Some(profile) = program.profile(&validation.profile.value).filter(|profile| checks_code(profile)) {
            sink.report(codes::code_ignored(validation, profile));
        }
    }
}

/// What a person typed to be verified, and what nothing reads afterwards.
fn lost(program: &Program, page: &TechnicalProfile, control: &DisplayControl, sink: &mut Sink) {
    if control.action(VERIFY).is_none() {
        return;
    }
    let shown: Vec<_> = control_claims(program, control).filter(|(claim, _)| !is_code(claim)).collect();
    // Where the destination is only shown, it is known already: what is typed beside it chooses among several.
    if shown.iter().any(|(_, kind)| is_shown_only(kind)) {
        return;
    }
    let asked: Vec<&ClaimUse> = shown.into_iter().map(|(claim, _)| claim).collect();
    let kept = |claim: &Name| page.output_claims.iter().any(|output| output.claim.value == *claim);
    let outputs = control.output_claims.iter().map(|output| &output.claim.value);
    let mut names = asked.iter().map(|claim| &claim.claim.value).chain(outputs);
    let Some(first) = asked.first() else { return };
    if !names.any(|claim| kept(claim) || reads(program, page, claim)) {
        sink.report(codes::verified_not_kept(page, control, first));
    }
}

/// Whether a page's validation or transformations look at a claim.
fn reads(program: &Program, page: &TechnicalProfile, claim: &Name) -> bool {
    let validating = page.validations.iter().filter_map(|it| program.profile(&it.profile.value));
    let takes = |profile: &TechnicalProfile| {
        profile.input_claims.iter().chain(&profile.persisted_claims).any(|it| it.claim.value == *claim)
            || transforms(program, &profile.input_transformations, claim)
            || transforms(program, &profile.output_transformations, claim)
    };
    validating.into_iter().any(takes) || transforms(program, &page.output_transformations, claim)
}

fn transforms(program: &Program, references: &[Ref], claim: &Name) -> bool {
    let used = references.iter().filter_map(|it| program.policy().transformations.get(&it.value));
    used.into_iter().any(|it| it.inputs.iter().any(|input| input.claim.value == *claim))
}

/// What goes out with a code: the input claims of the services that send it, but for the code itself and the address.
fn sent_with_code<'p>(
    program: &'p Program,
    validations: &'p [Validation],
) -> Vec<(&'p TechnicalProfile, &'p ClaimUse)> {
    let profiles: Vec<&TechnicalProfile> =
        validations.iter().filter_map(|it| program.profile(&it.profile.value)).collect();
    let made = |claim: &Name| {
        let makers = profiles.iter().filter(|profile| makes_code(profile));
        let of_codes = makers.flat_map(|maker| maker.input_claims.iter().chain(&maker.output_claims));
        of_codes.into_iter().any(|it| it.claim.value == *claim)
    };
    let services = profiles.iter().filter(|profile| !makes_or_checks_codes(profile));
    let inputs = services.flat_map(|service| service.input_claims.iter().map(move |input| (*service, input)));
    inputs.filter(|(_, input)| !input.always_use_default && !made(&input.claim.value)).collect()
}

/// The claims that a person can change on a page, outside of its controls.
fn editable<'p>(program: &'p Program, page: &'p TechnicalProfile) -> impl Iterator<Item = &'p ClaimUse> {
    rendered(program, page, PageKind::SelfAsserted).into_iter().filter_map(|item| match item {
        Rendered::Claim(claim, kind) if !is_shown_only(kind) && !is_password(kind) => Some(claim),
        _ => None,
    })
}

/// Fields beside a control that a message of the control tells of: they can still be changed when the code is typed.
fn changed_on_the_page(program: &Program, page: &TechnicalProfile, control: &DisplayControl, sink: &mut Sink) {
    let Some(send) = control.action(SEND) else { return };
    let within = |claim: &Name| {
        control.display_claims.iter().any(|it| matches!(it, DisplayClaim::Claim(it) if it.claim.value == *claim))
    };
    let sent = sent_with_code(program, &send.validations);
    for field in editable(program, page).filter(|field| !within(&field.claim.value)) {
        if let Some((service, input)) = sent.iter().find(|(_, input)| input.claim.value == field.claim.value) {
            sink.report(codes::changed_after_send(&field.claim, service, input, None));
        }
    }
}

/// A code that one page sends and a later one checks: in between, nothing that was sent with it may change.
fn changed_on_the_way(program: &Program, journey: &Journey, sink: &mut Sink) {
    let mut sent: Vec<(&TechnicalProfile, &ClaimUse)> = Vec::new();
    for step in &journey.steps {
        for page in step.exchanges.iter().filter_map(|it| program.profile(&it.profile.value)) {
            let checked = page.validations.iter().filter_map(|it| program.profile(&it.profile.value)).any(checks_code);
            if checked {
                for field in editable(program, page) {
                    if let Some((service, input)) = sent.iter().find(|(_, it)| it.claim.value == field.claim.value) {
                        sink.report(codes::changed_after_send(&field.claim, service, input, Some(step)));
                    }
                }
            }
            let makes = page.validations.iter().filter_map(|it| program.profile(&it.profile.value)).any(makes_code);
            if makes {
                sent = sent_with_code(program, &page.validations);
            }
        }
    }
}

/// The token goes through the browser: a code in it proves nothing to anybody.
fn code_in_token(program: &Program, sink: &mut Sink) {
    let Some(party) = program.relying_party() else { return };
    let makers = program.profiles().filter(|profile| makes_code(profile));
    let made = makers.flat_map(|maker| maker.output_claims.iter().map(move |output| (&maker.id, output)));
    let made: Vec<_> = made.collect();
    for output in &party.profile.output_claims {
        if let Some((maker, code)) = made.iter().find(|(_, code)| code.claim.value == output.claim.value) {
            sink.report(codes::code_in_token(output, maker, code));
        }
    }
}
