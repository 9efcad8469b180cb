//! Does `check` see a mistake? Public policies that are clean are broken in one place each, a thousand times.
//!
//! Measured: how many of the mistakes it finds, how many of them where they were made, and what it says of the policies as they
//! were published. The generator is in `generate.rs`; what survives must be explained in [`SURVIVORS`].

mod generate;

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;

use journeyman_policy::PolicySet;
use journeyman_policy::diagnostic::{Diagnostic, Kind, Severity};

use crate::manifest::{Entry, Manifest, compile};
use generate::{Chain, Chance, Mutant};

/// Anybody may try others; this one is what continuous integration runs.
const SEED: u64 = 20_261_124;
const POLICIES: usize = 40;
const MUTANTS: usize = 1000;

/// Why a mistake of this kind, with these words in its description, may go unseen.
const SURVIVORS: &[(&str, &str, &str)] = &[(
    "swap order",
    "the first and the last step of journey RedeemRefreshToken change places",
    "the policy does not start that journey: of those, only what can be chosen is looked at",
)];

/// A clean policy: by the manifest's word, not by ours.
struct Subject {
    /// Leaf first.
    files: Vec<(String, String)>,
    /// What is said of it as it was published.
    before: HashSet<(String, String, String)>,
    /// Errors among these, but for what is not run yet and what only an author can fill in.
    alarms: Vec<String>,
    /// How many warnings there are.
    warnings: usize,
}

impl Subject {
    fn new(manifest: &Manifest, entry: &Entry) -> Self {
        let files: Vec<_> = entry.chain.iter().map(|file| (file.clone(), manifest.text(file))).collect();
        let (set, found) = compile(files.iter().map(|(name, text)| (name.as_str(), text.clone())));
        let before = found.iter().map(|one| key(&set, one)).collect();
        let excused = |one: &Diagnostic| matches!(one.kind, Kind::Unsupported | Kind::Placeholder);
        let alarms = found.iter().filter(|one| one.severity == Severity::Error && !excused(one));
        let alarms = alarms.map(|one| format!("{} {} [{}]", one.code.id, one.message, entry.file)).collect();
        let warnings = found.iter().filter(|one| one.severity == Severity::Warning).count();
        Self { files, before, alarms, warnings }
    }

    /// What is said of the mutant that was not said before, errors first.
    fn new_findings(&self, mutant: &Mutant) -> (PolicySet, Vec<Diagnostic>) {
        let text = |at: usize, own: &String| if at == mutant.file { mutant.text.clone() } else { own.clone() };
        let files = self.files.iter().enumerate().map(|(at, (name, own))| (name.as_str(), text(at, own)));
        let (set, found) = compile(files);
        let mut new: Vec<Diagnostic> = found
            .into_iter()
            .filter(|one| one.severity != Severity::Note && !self.before.contains(&key(&set, one)))
            .collect();
        new.sort_by_key(|one| std::cmp::Reverse(one.severity));
        (set, new)
    }
}

/// A finding without its place, which a mutation before it moves.
fn key(set: &PolicySet, one: &Diagnostic) -> (String, String, String) {
    (one.code.id.to_owned(), one.message.clone(), set.sources.file(one.primary.span.file).name.to_string())
}

fn subjects(manifest: &Manifest, chance: &mut Chance) -> Vec<Subject> {
    let odd =
        |file: &String| manifest.files.iter().any(|one| one.file == *file && complaint(one.schema_error.as_deref()));
    let clean = |entry: &&Entry| entry.resolves() && entry.note.is_none() && !entry.chain.iter().any(odd);
    let mut entries: Vec<_> = manifest.policies.iter().filter(clean).collect();
    let mut chosen = Vec::new();
    while chosen.len() < POLICIES {
        chosen.push(Subject::new(manifest, entries.swap_remove(chance.below(entries.len()))));
    }
    chosen
}

/// Tenants and their ids are for the author to fill in.
fn complaint(said: Option<&str>) -> bool {
    said.is_some_and(|said| !said.contains("TenantId") && !said.contains("TenantObjectId"))
}

/// How one mutant fared.
struct Trial {
    kind: &'static str,
    caught: bool,
    placed: bool,
    line: String,
}

fn trial(subject: &Subject, mutant: &Mutant) -> Trial {
    let (set, new) = subject.new_findings(mutant);
    let first = new.first();
    let placed = first.is_some_and(|one| is_placed(&set, one, subject, mutant));
    let said = first.map_or_else(
        || "nothing".to_owned(),
        |one| {
            let (line, column) = set.sources.position(one.primary.span);
            let file = &set.sources.file(one.primary.span.file).name;
            format!("{} {} at {file}:{line}:{column}", one.code.id, one.message)
        },
    );
    let line = format!("{}: {} [{}]\n      {said}", mutant.kind, mutant.what, subject.files[mutant.file].0);
    Trial { kind: mutant.kind, caught: first.is_some(), placed, line }
}

/// Whether the finding points into the changed element, or at an element that names it.
fn is_placed(set: &PolicySet, one: &Diagnostic, subject: &Subject, mutant: &Mutant) -> bool {
    let file = set.sources.file(one.primary.span.file);
    let span = one.primary.span.start as usize..one.primary.span.end as usize;
    let own = *file.name == subject.files[mutant.file].0;
    (own && touches(&span, &mutant.element)) || (!mutant.name.is_empty() && names(&file.text, &span, &mutant.name))
}

fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether the tag or text around a span is, or has as an attribute, this id.
fn names(text: &str, span: &Range<usize>, id: &str) -> bool {
    let start = text[..span.start].rfind(['<', '>']).unwrap_or(0);
    let end = text[span.end..].find(['<', '>']).map_or(text.len(), |at| span.end + at);
    let around = text[start..end].to_lowercase();
    around.split(['"', '\'', '<', '>', '{', '}', ':']).any(|word| word.trim() == id.trim().to_lowercase())
}

#[test]
fn mistakes_are_found_where_they_were_made() {
    let Some(manifest) = Manifest::read() else { return };
    let seed = std::env::var("JOURNEYMAN_MUTATION_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    let mut chance = Chance(seed);
    let subjects = subjects(&manifest, &mut chance);
    let texts: Vec<Vec<String>> = subjects
        .iter()
        .map(|one| one.files.iter().map(|(_, text)| text.trim_start_matches('\u{feff}').to_owned()).collect())
        .collect();
    let chains: Vec<Chain<'_>> = texts.iter().map(|texts| Chain::new(texts)).collect();
    let mutants: Vec<(usize, Mutant)> = std::iter::repeat_with(|| {
        let at = chance.below(subjects.len());
        (at, chains[at].mutant(&mut chance))
    })
    .take(MUTANTS)
    .collect();
    let trials = on_all_cores(&mutants, |(at, mutant)| trial(&subjects[*at], mutant));
    let report = report(seed, &subjects, &trials);
    println!("{report}");
    let unexplained: Vec<_> =
        trials.iter().filter(|one| !one.caught && reason(one).is_none()).map(|one| &one.line).collect();
    let alarms: Vec<_> = subjects.iter().flat_map(|one| &one.alarms).collect();
    assert!(alarms.is_empty(), "false alarms: {alarms:#?}");
    assert!(unexplained.is_empty(), "survivors without a reason: {unexplained:#?}");
    assert!(share(&trials, |one| one.caught) >= 98.0, "fewer than 98 % are caught");
    assert!(share(trials.iter().filter(|one| one.caught), |one| one.placed) >= 95.0, "fewer than 95 % are placed");
}

/// Results in the order of the items.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let size = items.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            items.chunks(size).map(|chunk| scope.spawn(|| chunk.iter().map(&work).collect::<Vec<R>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a trial does not panic")).collect()
    })
}

fn reason(trial: &Trial) -> Option<&'static str> {
    SURVIVORS.iter().find(|(kind, words, _)| trial.kind == *kind && trial.line.contains(words)).map(|(.., why)| *why)
}

fn share<'a>(trials: impl IntoIterator<Item = &'a Trial>, is: impl Fn(&Trial) -> bool) -> f64 {
    let (mut all, mut those) = (0_u32, 0_u32);
    for trial in trials {
        all += 1;
        those += u32::from(is(trial));
    }
    f64::from(those) * 100.0 / f64::from(all.max(1))
}

fn report(seed: u64, subjects: &[Subject], trials: &[Trial]) -> String {
    let mut text = format!("{} mutants of {} policies, seed {seed}\n", trials.len(), subjects.len());
    let mut kinds: BTreeMap<&str, Vec<&Trial>> = BTreeMap::new();
    for trial in trials {
        kinds.entry(trial.kind).or_default().push(trial);
    }
    for (kind, of) in kinds.iter().map(|(kind, of)| (*kind, of.clone())).chain([("all", trials.iter().collect())]) {
        let caught = share(of.iter().copied(), |one| one.caught);
        let placed = share(of.iter().copied().filter(|one| one.caught), |one| one.placed);
        writeln!(text, "  {kind:<24} {:>5} caught {caught:>5.1} % of them placed {placed:>5.1} %", of.len())
            .expect("a string");
    }
    let alarms: usize = subjects.iter().map(|one| one.alarms.len()).sum();
    let warned: usize = subjects.iter().map(|one| one.warnings).sum();
    writeln!(text, "  errors on the policies as published: {alarms}; warnings: {warned}\nsurvivors:")
        .expect("a string");
    for one in trials.iter().filter(|one| !one.caught) {
        writeln!(text, "  {}\n      because: {}", one.line, reason(one).unwrap_or("?")).expect("a string");
    }
    text += "found elsewhere:\n";
    for one in trials.iter().filter(|one| one.caught && !one.placed) {
        writeln!(text, "  {}", one.line).expect("a string");
    }
    text
}
