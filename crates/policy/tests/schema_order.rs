//! Elements in the wrong order are put right by the fix of their finding, and nothing else of the file changes.

mod mutants;

use journeyman_policy::Settings;
use journeyman_policy::diagnostic::Fix;
use journeyman_policy::schema;
use proptest::prelude::*;

use mutants::Dice;

/// The fix of the first slip of order.
fn fix(text: &str) -> Option<Fix> {
    let found = schema::findings(text, &Settings::default());
    found.into_iter().find(|one| one.code.id == "JM0005").map(|one| one.fix.expect("order has one right answer"))
}

fn applied(text: &str, fix: &Fix) -> String {
    let mut text = text.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.replacement);
    }
    text
}

/// Everything put in order, and how many fixes it took.
fn ordered(text: &str) -> (String, usize) {
    let mut text = text.to_owned();
    for fixes in 0..500 {
        match fix(&text) {
            Some(fix) => text = applied(&text, &fix),
            None => return (text, fixes),
        }
    }
    panic!("it does not come to an end:\n{text}");
}

fn file(inside: &str) -> String {
    format!(
        "<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" \
         PolicySchemaVersion=\"0.3.0.0\" TenantId=\"t\" PolicyId=\"B2C_1A_T\" PublicPolicyUri=\"http://t\">{inside}\
         </TrustFrameworkPolicy>"
    )
}

#[test]
fn an_element_takes_its_comments_along() {
    let mixed = file(
        r#"
  <BuildingBlocks>
    <!-- pages -->
    <ContentDefinitions /> <!-- none yet -->

    <!-- what people are asked -->
    <!-- (two lines) -->
    <Predicates />
    <ClaimsSchema><ClaimType Id="a" /></ClaimsSchema>
    <!-- the end -->
  </BuildingBlocks>
"#,
    );
    let (text, fixes) = ordered(&mixed);
    let right = file(
        r#"
  <BuildingBlocks>
    <ClaimsSchema><ClaimType Id="a" /></ClaimsSchema>

    <!-- what people are asked -->
    <!-- (two lines) -->
    <Predicates />
    <!-- pages -->
    <ContentDefinitions /> <!-- none yet -->
    <!-- the end -->
  </BuildingBlocks>
"#,
    );
    assert_eq!((text, fixes), (right, 1));
}

#[test]
fn what_stands_right_is_not_touched() {
    let mixed = file(
        "<UserJourneys><UserJourney Id='a' /></UserJourneys><BuildingBlocks /><RelyingParty><TechnicalProfile Id='b' /></RelyingParty>",
    );
    let fix = fix(&mixed).expect("two elements are swapped");
    let [edit] = &fix.edits[..] else { panic!("one edit is enough: {fix:?}") };
    assert_eq!(edit.replacement, "<BuildingBlocks /><UserJourneys><UserJourney Id='a' /></UserJourneys>");
    assert_eq!(fix.what, "put the elements of `TrustFrameworkPolicy` in order");
}

#[test]
fn the_order_is_told_with_the_elements_that_are_there() {
    let mixed = file("<RelyingParty><TechnicalProfile Id='b' /><DefaultUserJourney ReferenceId='c' /></RelyingParty>");
    let found = schema::findings(&mixed, &Settings::default());
    let said: Vec<_> =
        found.iter().map(|one| (one.message.as_str(), one.help.as_deref().unwrap_or_default())).collect();
    assert_eq!(
        said,
        [(
            "`DefaultUserJourney` must stand before `TechnicalProfile` in `RelyingParty`",
            "the one right order is `DefaultUserJourney`, `TechnicalProfile`",
        )]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Swapped about at random, a file that uses the whole language comes back to the same elements, in order.
    #[test]
    fn any_order_is_put_right(seed: u64, alternative in 0..2usize, swaps in 1..12usize) {
        let right = schema::sample(alternative);
        let mut dice = Dice::new(seed);
        let mut text = right.clone();
        for _ in 0..swaps {
            text = mutants::swap(&text, &mut dice).unwrap_or(text);
        }
        let (fixed, _) = ordered(&text);
        let lines = |text: &str| {
            let mut lines: Vec<String> = text.split('<').map(|piece| piece.trim().to_owned()).collect();
            lines.sort();
            lines
        };
        prop_assert_eq!(lines(&fixed), lines(&right));
        prop_assert!(fix(&fixed).is_none());
        let errors = |text: &str| {
            let found = schema::findings(text, &Settings::default());
            found.iter().map(|one| one.code.id).collect::<Vec<_>>()
        };
        prop_assert_eq!(errors(&fixed), errors(&right));
    }
}
