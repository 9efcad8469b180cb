//! Numbers the steps of a journey anew, where nobody else counts on their numbers.
//!
//! A file that builds on another overrides its steps by number, so this is offered only for journeys that no other file
//! above or below has.

use std::collections::HashSet;

use crate::chain::Chain;
use crate::codes::{duplicate_step, step_gap};
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::document::{Document, JourneyLayer, StepLayer};
use crate::source::{Sources, Span};

/// Adds the fix to the first finding about the numbers of a journey's steps: it puts all of them right.
pub(crate) fn offer(documents: &[Document], chains: &[Chain], sources: &Sources, found: &mut [Diagnostic]) {
    let mut offered = HashSet::new();
    let codes = [&step_gap::STEP_GAP, &duplicate_step::DUPLICATE_STEP];
    for finding in found.iter_mut().filter(|finding| finding.fix.is_none() && codes.contains(&finding.code)) {
        let journey = only_journey(documents, chains, finding.primary.span).filter(|one| offered.insert(one.span));
        finding.fix = journey.and_then(|journey| fix(journey, sources));
    }
}

/// The journey that has a step at that place, unless a file of the same chain has one of the same id.
fn only_journey<'a>(documents: &'a [Document], chains: &[Chain], at: Span) -> Option<&'a JourneyLayer> {
    let journeys = |document: &'a Document| document.layers.user_journeys.iter().chain(&document.layers.sub_journeys);
    let is_here = |step: &StepLayer| step.span.file == at.file && (step.span.start..step.span.end).contains(&at.start);
    let (own, id, journey) = documents.iter().enumerate().find_map(|(own, document)| {
        let (id, journey) = journeys(document).find(|(_, journey)| journey.steps.iter().any(is_here))?;
        Some((own, id, journey))
    })?;
    let mut related = chains.iter().filter(|chain| chain.documents.contains(&own)).flat_map(|chain| &chain.documents);
    let is_shared = related.any(|other| *other != own && journeys(&documents[*other]).any(|(known, _)| known == id));
    (!is_shared).then_some(journey)
}

/// Nothing where a number is not written as one, but as a placeholder, or a step has none: which one it should have is
/// the author's to say.
fn fix(journey: &JourneyLayer, sources: &Sources) -> Option<Fix> {
    if !journey.numbered {
        return None;
    }
    let mut edits = Vec::new();
    for (step, number) in journey.steps.iter().zip(1..) {
        let written = order(step, sources)?;
        if step.order != number {
            edits.push(Edit::replace(written, number.to_string()));
        }
    }
    Some(Fix { what: format!("number the steps 1 to {}", journey.steps.len()), edits })
}

/// Where the number of a step stands.
fn order(step: &StepLayer, sources: &Sources) -> Option<Span> {
    const NAME: &str = "Order";
    let tag = sources.text(step.span);
    tag.match_indices(NAME).find_map(|(at, _)| {
        let value = tag[at + NAME.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
        let (value, _) = value[1..].split_once(quote)?;
        let is_whole = tag[..at].ends_with(char::is_whitespace) && value.trim().parse() == Ok(step.order);
        let start = step.span.start + u32::try_from(value.as_ptr().addr() - tag.as_ptr().addr()).ok()?;
        is_whole.then(|| Span { start, end: start + value.len() as u32, ..step.span })
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Edit;
    use crate::testing::{compile, file};

    fn journey(orders: &[&str]) -> String {
        let steps: String =
            orders.iter().map(|order| format!("<OrchestrationStep Type=\"Noop\" {order} />\n")).collect();
        format!(
            "<UserJourneys><UserJourney Id=\"J\"><OrchestrationSteps>\n{steps}</OrchestrationSteps></UserJourney>\
             </UserJourneys><RelyingParty><DefaultUserJourney ReferenceId=\"J\" /></RelyingParty>"
        )
    }

    /// What is offered: the number written, and the new one.
    fn offered(texts: &[&str]) -> Vec<(String, String)> {
        let set = compile(texts);
        let mut fixes: Vec<_> = set.diagnostics.iter().filter_map(|found| found.fix.clone()).collect();
        fixes.dedup();
        let told = |edit: &Edit| (set.sources.text(edit.span).to_owned(), edit.replacement.clone());
        fixes.iter().flat_map(|fix| &fix.edits).map(told).collect()
    }

    #[test]
    fn gaps_are_closed_and_doubles_parted_in_the_order_of_the_steps() {
        let gap = file("B2C_1A_T", None, &journey(&["Order=\"1\"", "Order = '3'", "Order=\"7\""]));
        assert_eq!(offered(&[&gap]), [("3".to_owned(), "2".to_owned()), ("7".to_owned(), "3".to_owned())]);
        let double = file("B2C_1A_T", None, &journey(&["Order=\"1\"", "Order=\"1\"", "Order=\"2\""]));
        assert_eq!(offered(&[&double]), [("1".to_owned(), "2".to_owned()), ("2".to_owned(), "3".to_owned())]);
    }

    #[test]
    fn numbers_that_another_file_counts_on_stay() {
        let base = file("B2C_1A_Base", None, &journey(&["Order=\"1\"", "Order=\"3\""]));
        let leaf = file("B2C_1A_Leaf", Some("B2C_1A_Base"), &journey(&["Order=\"3\""]));
        assert_eq!(offered(&[&base, &leaf]), []);
    }

    #[test]
    fn nothing_is_renumbered_around_a_step_without_a_number() {
        for second in ["Order=\"x\"", ""] {
            let text = file("B2C_1A_T", None, &journey(&["Order=\"1\"", second, "Order=\"3\"", "Order=\"3\""]));
            assert_eq!(offered(&[&text]), []);
            let codes: Vec<_> = compile(&[&text]).diagnostics.iter().map(|found| found.code.id).collect();
            assert!(!codes.contains(&"JM0205"), "{codes:?}");
        }
    }

    #[test]
    fn a_number_used_twice_is_told_once() {
        let text = file("B2C_1A_T", None, &journey(&["Order=\"1\"", "Order=\"1\"", "Order=\"3\""]));
        let set = compile(&[&text]);
        let codes: Vec<_> =
            set.diagnostics.iter().map(|found| found.code.id).filter(|id| id.starts_with("JM02")).collect();
        assert!(codes.contains(&"JM0206") && !codes.contains(&"JM0205"), "{codes:?}");
    }

    #[test]
    fn a_number_that_is_a_placeholder_stays() {
        let mut sources = crate::source::Sources::default();
        sources.add("0.xml", file("B2C_1A_T", None, &journey(&["Order=\"1\"", "Order=\"{Settings:Last}\""])));
        let mut settings = crate::Settings::default();
        settings.set("Last", "3");
        let set = crate::PolicySet::compile(sources, &settings);
        assert!(set.diagnostics.iter().all(|found| found.fix.is_none()), "{:?}", set.diagnostics);
    }
}
