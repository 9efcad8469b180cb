//! Every row of the table of upload errors: the smallest policy that has the mistake, and what must be said of it. Once, at the
//! right place, with a way out, and nothing beside it.

mod cases;
mod pages;
mod quirks;

use journeyman_engine::findings;
use journeyman_engine::upload_errors::{RUN_TIME, Row, SILENT, UPLOAD, Verdict};
use journeyman_policy::diagnostic::{Diagnostic, Severity};
use journeyman_policy::example::{BASE, Example};
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};

use self::cases::CASES;

/// A policy with the mistake. `«` and `»` stand around what must be pointed at.
#[derive(Clone, Copy)]
enum Policy {
    /// Whole files.
    Files(&'static [&'static str]),
    /// The insides of root elements, on top of the standard base.
    Elements(&'static [&'static str]),
    /// The inside of a relying party's root element, on top of the standard base.
    Leaf(&'static str),
    /// The technical profile that the standard journey runs.
    Profile(&'static str),
    /// The steps of a journey; the profile `Example` is there.
    Steps(&'static str),
}

/// What a row says of its smallest policy.
struct Case {
    row: &'static str,
    policy: Policy,
    /// The code that must be said; none where nothing may be.
    code: Option<&'static str>,
    severity: Severity,
    /// A word of the advice.
    advice: &'static str,
    /// Other codes that cannot be helped.
    beside: &'static [&'static str],
}

/// A self-asserted page with nothing to complain of.
const EXAMPLE: &str = r#"<ClaimsProviders><ClaimsProvider><DisplayName>Page</DisplayName><TechnicalProfiles>
<TechnicalProfile Id="Example">
  <DisplayName>Who are you?</DisplayName>
  <Protocol Name="Proprietary" Handler="Web.TPEngine.Providers.SelfAssertedAttributeProvider" />
  <Metadata><Item Key="ContentDefinitionReferenceId">api.selfasserted</Item></Metadata>
  <OutputClaims><OutputClaim ClaimTypeReferenceId="displayName" /></OutputClaims>
</TechnicalProfile>
</TechnicalProfiles></ClaimsProvider></ClaimsProviders>"#;

/// What an application gets by the journey `Own`.
const RELYING_PARTY: &str = r#"<RelyingParty><DefaultUserJourney ReferenceId="Own" /><TechnicalProfile Id="PolicyProfile">
<DisplayName>Policy profile</DisplayName><Protocol Name="OpenIdConnect" />
<OutputClaims><OutputClaim ClaimTypeReferenceId="objectId" PartnerClaimType="sub" DefaultValue="" /></OutputClaims>
<SubjectNamingInfo ClaimType="sub" /></TechnicalProfile></RelyingParty>"#;

impl Policy {
    fn sources(self) -> Sources {
        // Examples are constants, so what is put together here lives as long.
        let keep = |text: String| -> &'static str { text.replace("$EXAMPLE", EXAMPLE).leak() };
        let all = |texts: Vec<&'static str>| -> &'static [&'static str] { texts.leak() };
        let example = match self {
            Self::Files(texts) => Example::Files(all(texts.iter().map(|text| keep((*text).to_owned())).collect())),
            Self::Elements(texts) => {
                let own = texts.iter().map(|text| keep((*text).to_owned()));
                Example::Elements(all(std::iter::once(BASE).chain(own).collect()))
            }
            Self::Leaf(text) => Example::Leaf(keep(text.to_owned())),
            Self::Profile(text) => Example::Profile(keep(text.to_owned())),
            Self::Steps(text) => {
                let journey = format!(
                    "{EXAMPLE}\n<UserJourneys><UserJourney Id=\"Own\"><OrchestrationSteps>\n{text}\n\
                     </OrchestrationSteps></UserJourney></UserJourneys>\n{RELYING_PARTY}"
                );
                Example::Elements(all(vec![BASE, keep(journey)]))
            }
        };
        example.sources()
    }
}

/// The files without marks, and what the marks stand around: file, start, end.
fn unmarked(marked: &Sources) -> (Sources, Option<(usize, usize, usize)>) {
    let mut sources = Sources::default();
    let mut place = None;
    for (at, (_, file)) in marked.iter().enumerate() {
        if let (Some(start), Some(end)) = (file.text.find('«'), file.text.find('»')) {
            place = Some((at, start, end - '«'.len_utf8()));
        }
        sources.add(&*file.name, file.text.replace(['«', '»'], ""));
    }
    (sources, place)
}

fn said(set: &PolicySet, found: &[Diagnostic]) -> String {
    let line = |one: &Diagnostic| {
        let (line, column) = set.sources.position(one.primary.span);
        format!(
            "    {} {:?}: {} [{}:{line}:{column} {}] ({}) help: {}\n",
            one.code.id,
            one.severity,
            one.message,
            set.sources.file(one.primary.span.file).name,
            set.sources.text(one.primary.span),
            one.primary.text,
            one.help.as_deref().unwrap_or_default()
        )
    };
    found.iter().map(line).collect()
}

/// What is not as the case wants it.
fn fault(case: &Case) -> Option<String> {
    let (sources, place) = unmarked(&case.policy.sources());
    let set = PolicySet::compile(sources, &Settings::default());
    let found = findings(&set);
    let of_code: Vec<_> = found.iter().filter(|one| case.code == Some(one.code.id)).collect();
    let others = found.iter().any(|one| case.code != Some(one.code.id) && !case.beside.contains(&one.code.id));
    let wrong = match (case.code, &of_code[..]) {
        (None, _) if others => "nothing should be said",
        (None, _) => return None,
        (Some(_), []) => "it is not said",
        (Some(_), [_, _, ..]) => "it is said more than once",
        (Some(_), [one]) => {
            let span = one.primary.span;
            let file = set.sources.iter().position(|(id, _)| id == span.file);
            let at = file.map(|file| (file, span.start as usize, span.end as usize));
            let help = one.help.as_deref().unwrap_or_default();
            if at != place {
                "it points elsewhere"
            } else if one.severity != case.severity {
                "it has another severity"
            } else if !help.contains(case.advice) {
                "the advice is another"
            } else if others {
                "something else is said too"
            } else {
                return None;
            }
        }
    };
    Some(format!("{} ({}): {wrong}\n{}", case.row, case.code.unwrap_or("nothing"), said(&set, &found)))
}

#[test]
fn every_row_is_said_once_at_its_place() {
    let faults: Vec<_> = CASES.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} rows:\n{}", faults.len(), faults.join("\n"));
}

fn rows() -> impl Iterator<Item = &'static Row> {
    UPLOAD.iter().chain(SILENT)
}

#[test]
fn every_row_has_a_case_that_agrees_with_it() {
    for row in rows().filter(|row| row.verdict != Verdict::NotInFiles) {
        let case = CASES.iter().find(|case| case.row == row.id);
        let case = case.unwrap_or_else(|| panic!("{}: no case", row.id));
        let severity = match row.verdict {
            Verdict::Error => Some(Severity::Error),
            Verdict::Warning => Some(Severity::Warning),
            Verdict::Note => Some(Severity::Note),
            Verdict::Accepted | Verdict::NotInFiles => None,
        };
        assert_eq!(case.code, row.codes.first().copied(), "{}", row.id);
        assert_eq!(case.code.map(|_| case.severity), severity, "{}", row.id);
    }
    for case in CASES {
        assert!(rows().any(|row| row.id == case.row), "{}: no such row", case.row);
    }
}

#[test]
fn every_code_of_the_tables_is_declared() {
    let declared = |id: &str| {
        let mut all = journeyman_policy::codes::ALL.iter().chain(journeyman_engine::codes::ALL);
        // The server's own, which this crate does not know.
        id == "JM2001" || all.any(|code| code.id == id)
    };
    let of_rows = rows().flat_map(|row| row.codes.iter().map(|id| (row.id, *id)));
    let of_run_time = RUN_TIME.iter().flat_map(|met| met.foreseen.iter().map(|id| (met.id, *id)));
    let missing: Vec<_> = of_rows.chain(of_run_time).filter(|(_, id)| !declared(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn rows_are_in_order_and_never_twice() {
    for table in [UPLOAD, SILENT] {
        let ids: Vec<_> = table.iter().map(|row| row.id).collect();
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    }
}
