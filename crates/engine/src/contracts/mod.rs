//! Page contracts: which page a content definition stands for, in which version, and whether that page can do what is asked
//! of it.
//!
//! The engine has one page of each kind and goes by the version only where its behaviour differs; the service has them all
//! and refuses what it does not have.

mod check;

use journeyman_policy::model::ContentDefinition;
use journeyman_policy::source::Span;

pub(crate) use self::check::check;

/// A kind of page.
#[derive(Debug)]
pub struct Contract {
    /// Its name in the address.
    pub page: &'static str,
    /// The versions that exist: major, minor, newest patch known. The last line is the one that still grows.
    pub lines: &'static [(u32, u32, u32)],
    /// Its name before there were contracts, where that was another one.
    pub before: Option<&'static str>,
}

/// Every page that the service has.
///
/// Versions are those of the vendor's change log, and the newest that published policies use.
pub const CONTRACTS: &[Contract] = &[
    Contract { page: "selfasserted", lines: &[(1, 0, 0), (1, 1, 0), (1, 2, 0), (2, 0, 0), (2, 1, 31)], before: None },
    Contract { page: "unifiedssp", lines: &[(1, 0, 0), (1, 1, 0), (1, 2, 0), (2, 0, 0), (2, 1, 19)], before: None },
    Contract { page: "unifiedssd", lines: &[(1, 0, 0), (1, 1, 0), (1, 2, 4)], before: None },
    Contract { page: "multifactor", lines: &[(1, 0, 0), (1, 1, 0), (1, 2, 12)], before: None },
    Contract { page: "providerselection", lines: &[(1, 0, 0), (1, 1, 0), (1, 2, 4)], before: Some("idpselection") },
    Contract { page: "globalexception", lines: &[(1, 0, 0), (1, 1, 0), (1, 2, 5)], before: None },
    Contract { page: "claimsconsent", lines: &[(1, 0, 0), (1, 1, 0), (1, 2, 4)], before: None },
];

/// What stands before the name of a page.
const ELEMENTS: &str = "urn:com:microsoft:aad:b2c:elements:";

/// Pages older than this had no contract yet.
const FIRST_WITH_CONTRACT_ONLY: Version = (1, 2, 0);

type Version = (u32, u32, u32);

/// The parts of a `DataUri`.
#[derive(Clone, Copy, Debug)]
struct Address<'a> {
    /// Whether it says `contract:`.
    contract: bool,
    /// Name of the page.
    page: Part<'a>,
    /// As written; empty where there is none.
    version: Part<'a>,
}

/// A piece of an address, and its place.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    text: &'a str,
    span: Span,
}

/// How a definition's address reads.
enum Reading<'a> {
    /// It has none, or one that only a deployment knows.
    None,
    /// It does not begin as addresses of pages do.
    Foreign(Part<'a>),
    Address(Address<'a>),
}

impl<'a> Reading<'a> {
    fn of(definition: &'a ContentDefinition) -> Self {
        let Some(uri) = &definition.data_uri else { return Self::None };
        let whole = Part { text: uri.value.trim(), span: uri.span };
        if whole.text.contains(['{', '@']) {
            return Self::None;
        }
        let Some(rest) = whole.text.get(..ELEMENTS.len()).filter(|head| head.eq_ignore_ascii_case(ELEMENTS)) else {
            return Self::Foreign(whole);
        };
        let mut rest = whole.after(rest.len());
        let mut next = || {
            let (part, after) = rest.until_colon();
            rest = after;
            part
        };
        let first = next();
        let contract = first.text.eq_ignore_ascii_case("contract");
        Self::Address(Address { contract, page: if contract { next() } else { first }, version: next() })
    }
}

impl<'a> Part<'a> {
    /// What follows the first bytes. Where the file writes a text with escapes, nobody knows where its pieces stand: the
    /// whole is shown.
    fn after(&self, bytes: usize) -> Self {
        self.piece(bytes.min(self.text.len()), self.text.len())
    }

    /// What stands before the first colon, and what behind it.
    fn until_colon(&self) -> (Self, Self) {
        let colon = self.text.find(':').unwrap_or(self.text.len());
        (self.piece(0, colon), self.after(colon + 1))
    }

    fn piece(&self, start: usize, end: usize) -> Self {
        let text = &self.text[start..end];
        let is_literal = (self.span.end - self.span.start) as usize == self.text.len();
        let place = |offset: usize| Some(self.span.start + u32::try_from(offset).ok()?);
        match (place(start), place(end), is_literal) {
            (Some(start), Some(end), true) => Self { text, span: Span { start, end, ..self.span } },
            _ => Self { text, span: self.span },
        }
    }
}

impl Address<'_> {
    /// The page that it means, under its name of today.
    fn known(&self) -> Option<&'static Contract> {
        let page = |contract: &Contract| {
            let old = contract.before.filter(|_| !self.contract);
            contract.page.eq_ignore_ascii_case(self.page.text)
                || old.is_some_and(|old| old.eq_ignore_ascii_case(self.page.text))
        };
        CONTRACTS.iter().find(|contract| page(contract))
    }

    fn version(&self) -> Option<Version> {
        version(self.version.text)
    }
}

fn version(text: &str) -> Option<Version> {
    let mut numbers = text.split('.').map(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next(), numbers.next(), numbers.next()) {
        (Some(major), Some(minor), Some(patch), None) => Some((major?, minor?, patch?)),
        _ => None,
    }
}

fn written((major, minor, patch): Version) -> String {
    format!("{major}.{minor}.{patch}")
}

/// Whether a page has a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offer {
    Yes,
    /// Of the line that still grows, but newer than any that is known.
    Newer,
    No,
}

impl Contract {
    /// The newest version that is known.
    pub fn newest(&self) -> String {
        written(self.lines[self.lines.len() - 1])
    }

    /// Every version that is known, oldest first, as one text.
    pub fn versions(&self) -> String {
        let line = |(major, minor, newest): &Version| match newest {
            0 => written((*major, *minor, 0)),
            _ => format!("{} to {}", written((*major, *minor, 0)), written((*major, *minor, *newest))),
        };
        self.lines.iter().map(line).collect::<Vec<_>>().join(", ")
    }

    fn offers(&self, (major, minor, patch): Version) -> Offer {
        let grows = self.lines.last().is_some_and(|line| (line.0, line.1) == (major, minor));
        match self.lines.iter().find(|line| (line.0, line.1) == (major, minor)) {
            Some((_, _, newest)) if patch <= *newest => Offer::Yes,
            Some(_) if grows => Offer::Newer,
            _ => Offer::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CONTRACTS, Offer, version};

    #[test]
    fn versions_are_three_numbers() {
        assert_eq!(version("2.1.10"), Some((2, 1, 10)));
        for wrong in ["", "2.1", "2.1.0.1", "2.x.0", "v2.1.0"] {
            assert_eq!(version(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_line_that_grows_may_be_ahead_of_what_is_known() {
        let page = CONTRACTS.iter().find(|contract| contract.page == "unifiedssd").expect("it is listed");
        assert_eq!(page.offers((1, 2, 4)), Offer::Yes);
        assert_eq!(page.offers((1, 2, 5)), Offer::Newer);
        assert_eq!(page.offers((1, 1, 1)), Offer::No);
        assert_eq!(page.offers((2, 1, 4)), Offer::No);
        assert_eq!(page.versions(), "1.0.0, 1.1.0, 1.2.0 to 1.2.4");
    }
}
