//! Policies with one thing changed, by chance from a seed.
//!
//! Nothing here knows the grammar: what a change breaks, or does not, is for others to say.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::ops::Range;

use roxmltree::{Document, Node};

/// A text, and where it comes from.
pub(crate) struct Mutant {
    pub(crate) what: String,
    pub(crate) text: String,
}

/// Numbers that follow from a seed (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll() % limit as u64).unwrap_or(0)
    }

    fn of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        (!items.is_empty()).then(|| &items[self.below(items.len())])
    }
}

pub(crate) fn is_xml(text: &str) -> bool {
    Document::parse(text).is_ok()
}

/// A change of a text: from later places to earlier ones.
type Edits = Vec<(Range<usize>, String)>;

/// What can be done to an element.
type Change = for<'a> fn(&'a Document<'a>, Node<'a, 'a>, &mut Dice) -> Option<Edits>;

const CHANGES: &[(&str, Change)] = &[
    ("deleted", deleted),
    ("repeated", repeated),
    ("swapped with the next", swapped),
    ("moved", moved),
    ("misspelt", misspelt),
    ("given a wrong attribute", attribute_misspelt),
    ("robbed of an attribute", attribute_removed),
    ("given a bad value", bad_value),
    ("given another's value", another_value),
    ("given a bad text", bad_text),
    ("followed by a word", word_behind),
    ("emptied", emptied),
];

/// One change at one place; nothing where that change does not fit the place.
pub(crate) fn mutate(name: &str, text: &str, dice: &mut Dice) -> Option<Mutant> {
    let xml = Document::parse(text).ok()?;
    let nodes: Vec<Node<'_, '_>> = xml.descendants().filter(Node::is_element).skip(1).collect();
    let node = *dice.of(&nodes)?;
    let (what, change) = dice.of(CHANGES)?;
    let edits = change(&xml, node, dice)?;
    let mut text = text.to_owned();
    for (range, with) in edits {
        text.replace_range(range, &with);
    }
    let line = xml.text_pos_at(node.range().start).row;
    is_xml(&text).then(|| Mutant { what: format!("{name}:{line}: `{}` {what}", node.tag_name().name()), text })
}

fn whole<'a>(xml: &'a Document<'a>, node: Node<'a, 'a>) -> &'a str {
    &xml.input_text()[node.range()]
}

fn deleted<'a>(_: &'a Document<'a>, node: Node<'a, 'a>, _: &mut Dice) -> Option<Edits> {
    Some(vec![(node.range(), String::new())])
}

fn repeated<'a>(xml: &'a Document<'a>, node: Node<'a, 'a>, _: &mut Dice) -> Option<Edits> {
    let end = node.range().end;
    Some(vec![(end..end, whole(xml, node).to_owned())])
}

fn swapped<'a>(xml: &'a Document<'a>, node: Node<'a, 'a>, _: &mut Dice) -> Option<Edits> {
    let next = node.next_sibling_element()?;
    Some(vec![(next.range(), whole(xml, node).to_owned()), (node.range(), whole(xml, next).to_owned())])
}

fn moved<'a>(xml: &'a Document<'a>, node: Node<'a, 'a>, dice: &mut Dice) -> Option<Edits> {
    let elsewhere: Vec<_> =
        xml.descendants().filter(|n| n.is_element() && !n.range().contains(&node.range().start)).collect();
    let to =
        dice.of(&elsewhere).filter(|to| to.range().start > node.range().end || to.range().end < node.range().start)?;
    let place = if dice.below(2) == 0 { to.range().start } else { to.range().end };
    let mut edits = vec![(node.range(), String::new()), (place..place, whole(xml, node).to_owned())];
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    Some(edits)
}

/// A word with two letters changed about, one doubled, one in the other case, or one missing.
fn slip(word: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = 1 + dice.below(letters.len().saturating_sub(2).max(1)).min(letters.len() - 1);
    let at = at.min(letters.len() - 1);
    match dice.below(4) {
        0 => letters.swap(at - 1.min(at), at),
        1 => letters.insert(at, letters[at]),
        2 => {
            letters[at] = if letters[at].is_lowercase() {
                letters[at].to_ascii_uppercase()
            } else {
                letters[at].to_ascii_lowercase()
            }
        }
        _ => drop(letters.remove(at)),
    }
    letters.into_iter().collect()
}

fn misspelt<'a>(xml: &'a Document<'a>, node: Node<'a, 'a>, dice: &mut Dice) -> Option<Edits> {
    let name = node.tag_name().name();
    let other = slip(name, dice);
    let (range, text) = (node.range(), whole(xml, node));
    let open = (range.start + 1..range.start + 1 + name.len(), other.clone());
    let close = text.rfind(&format!("</{name}")).map(|at| range.start + at + 2);
    let close = close.map(|at| (at..at + name.len(), other));
    Some(close.into_iter().chain([open]).collect())
}

fn attribute_misspelt<'a>(_: &'a Document<'a>, node: Node<'a, 'a>, dice: &mut Dice) -> Option<Edits> {
    let attributes: Vec<_> = node.attributes().collect();
    let attribute = dice.of(&attributes)?;
    Some(vec![(attribute.range_qname(), slip(attribute.name(), dice))])
}

fn attribute_removed<'a>(_: &'a Document<'a>, node: Node<'a, 'a>, dice: &mut Dice) -> Option<Edits> {
    let attributes: Vec<_> = node.attributes().collect();
    Some(vec![(dice.of(&attributes)?.range(), String::new())])
}

const BAD: &[&str] = &["", "x", "yes", "1.5", "99999999999", "a b", " true ", "&lt;"];

fn bad_value<'a>(_: &'a Document<'a>, node: Node<'a, 'a>, dice: &mut Dice) -> Option<Edits> {
    let attributes: Vec<_> = node.attributes().collect();
    let attribute = dice.of(&attributes)?;
    let value = attribute.value();
    let bad = match dice.below(4) {
        0 if value.len() > 1 && value.is_ascii() && !value.contains(['&', '<']) => slip(value, dice),
        1 if value.is_ascii() && !value.contains(['&', '<', '"']) => value.to_ascii_uppercase(),
        _ => (*dice.of(BAD)?).to_owned(),
    };
    Some(vec![(attribute.range_value(), bad)])
}

/// The value of the same attribute of another element of that name: of ids, a duplicate.
fn another_value<'a>(xml: &'a Document<'a>, node: Node<'a, 'a>, dice: &mut Dice) -> Option<Edits> {
    let attributes: Vec<_> = node.attributes().collect();
    let attribute = dice.of(&attributes)?;
    let same = |other: &Node<'_, '_>| *other != node && other.tag_name() == node.tag_name();
    let others: Vec<_> = xml.descendants().filter(same).filter_map(|n| n.attribute_node(attribute.name())).collect();
    let value = xml.input_text()[dice.of(&others)?.range_value()].to_owned();
    Some(vec![(attribute.range_value(), value)])
}

fn bad_text<'a>(_: &'a Document<'a>, node: Node<'a, 'a>, dice: &mut Dice) -> Option<Edits> {
    let piece = node.children().find(Node::is_text)?;
    let text = piece.text().filter(|text| !text.trim().is_empty() && text.is_ascii() && !text.contains(['&', '<']))?;
    let bad = match dice.below(4) {
        0 if text.len() > 1 => slip(text, dice),
        1 => text.to_ascii_uppercase(),
        _ => (*dice.of(BAD)?).to_owned(),
    };
    Some(vec![(piece.range(), bad)])
}

fn word_behind<'a>(_: &'a Document<'a>, node: Node<'a, 'a>, _: &mut Dice) -> Option<Edits> {
    let end = node.range().end;
    Some(vec![(end..end, " stray ".to_owned())])
}

fn emptied<'a>(_: &'a Document<'a>, node: Node<'a, 'a>, _: &mut Dice) -> Option<Edits> {
    let (first, last) = (node.first_child()?, node.last_child()?);
    Some(vec![(first.range().start..last.range().end, String::new())])
}

/// Files that show what chance may not find.
pub(crate) fn by_hand() -> Vec<Mutant> {
    const INSIDE: &[&str] = &[
        "<BuildingBlocks><ClaimsSchema><ClaimType Id='email' /><ClaimType Id='EMAIL' /></ClaimsSchema></BuildingBlocks>",
        "<BuildingBlocks><Localization><LocalizedResources /></Localization></BuildingBlocks>",
        "<BuildingBlocks><Localization><LocalizedResources Id='a' /><LocalizedResources Id='a' /></Localization></BuildingBlocks>",
        "<BuildingBlocks><DisplayControls><DisplayControl Id='a' UserInterfaceControlType='QrCodeControl' />\
         <DisplayControl Id='a' UserInterfaceControlType='QrCodeControl' /></DisplayControls></BuildingBlocks>",
        "<BuildingBlocks><DisplayControls><DisplayControl Id='a' UserInterfaceControlType='QrCodeControl'>\
         <InputClaims><InputClaim /></InputClaims><DisplayClaims><DisplayClaim /></DisplayClaims><OutputClaims>\
         <OutputClaim /></OutputClaims></DisplayControl>\
         </DisplayControls></BuildingBlocks>",
        "<BuildingBlocks><ContentDefinitions><ContentDefinition Id='a'><Metadata><Item Key='k'>1</Item><Item Key='k'>2\
         </Item></Metadata></ContentDefinition></ContentDefinitions></BuildingBlocks>",
        "<DocumentReferences><DocumentReference Id='a'><DisplayName>a</DisplayName><Url>http://{Settings:a}/</Url>\
         </DocumentReference></DocumentReferences>",
        "<RelyingParty />",
        "<RelyingParty><TechnicalProfile Id='a' /><TechnicalProfile Id='b' /></RelyingParty>",
        "<RelyingParty><UserJourneyBehaviors><ContentDefinitionParameters><Parameter Name='a' /><Parameter Name='a' />\
         </ContentDefinitionParameters></UserJourneyBehaviors><TechnicalProfile Id='a' /></RelyingParty>",
        "<RelyingParty><UserJourneyBehaviors><SessionExpiryInSeconds>-1</SessionExpiryInSeconds></UserJourneyBehaviors>\
         <TechnicalProfile Id='a' /></RelyingParty>",
        "<RelyingParty><TechnicalProfile Id='a'><DisplayClaims><DisplayClaim /></DisplayClaims></TechnicalProfile></RelyingParty>",
        "<UserJourneys><UserJourney Id='a'><OrchestrationSteps><OrchestrationStep Order='1' Type='Noop'>\
         <ClaimsProviderSelections><ClaimsProviderSelection /></ClaimsProviderSelections></OrchestrationStep>\
         </OrchestrationSteps></UserJourney></UserJourneys>",
        "<UserJourneys><UserJourney Id='a'><Authorization><AuthorizationTechnicalProfiles>\
         <AuthorizationTechnicalProfile TechnicalProfileReferenceId='b' /></AuthorizationTechnicalProfiles></Authorization>\
         </UserJourney></UserJourneys>",
        "<UserJourneys><UserJourney Id='a'><Authorization><AuthorizationTechnicalProfiles>\
         <AuthorizationTechnicalProfile /></AuthorizationTechnicalProfiles></Authorization></UserJourney></UserJourneys>",
        "<UserJourneys><UserJourney Id='a'><OrchestrationSteps><OrchestrationStep Order='1' Type='Noop' />\
         <OrchestrationStep Order='01' Type='Noop' /></OrchestrationSteps></UserJourney></UserJourneys>",
    ];
    let file = |(at, inside): (usize, &&str)| Mutant {
        what: format!("by hand {at}"),
        text: format!(
            "<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" \
             PolicySchemaVersion=\"0.3.0.0\" TenantId=\"t.onmicrosoft.com\" PolicyId=\"B2C_1A_T\" \
             PublicPolicyUri=\"http://t\">\n{inside}\n</TrustFrameworkPolicy>"
        ),
    };
    let mut files: Vec<Mutant> = INSIDE.iter().enumerate().map(file).collect();
    files.push(Mutant {
        what: "by hand: another recorder".to_owned(),
        text: files[0].text.replacen(" PolicyId=", " UserJourneyRecorderEndpoint=\"https://t/\" PolicyId=", 1),
    });
    files
}

/// Two neighbours change places.
pub(crate) fn swap(text: &str, dice: &mut Dice) -> Option<String> {
    let xml = Document::parse(text).ok()?;
    let nodes: Vec<Node<'_, '_>> = xml.descendants().filter(Node::is_element).skip(1).collect();
    let mut text = text.to_owned();
    for (range, with) in swapped(&xml, *dice.of(&nodes)?, dice)? {
        text.replace_range(range, &with);
    }
    Some(text)
}
