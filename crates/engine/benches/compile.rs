//! What it costs to compile policies: one starter pack, the public corpus, and how cost grows with files and with levels.
//!
//! Everything from the text to what `check` says: parse, inherit, check, bind. The corpus is not part of this repository:
//! without it, or `JOURNEYMAN_SHARED`, the demo's own policies stand in for the starter pack. Run it with
//! `cargo bench -p journeyman-engine`.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::disallowed_methods, reason = "policies are read from a disk before anything is measured")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use divan::Bencher;
use journeyman_engine::findings;
use journeyman_policy::source::Sources;
use journeyman_policy::{PolicySet, Settings};

fn main() {
    // Before the rest leaves memory behind that would be used again.
    memory();
    divan::main();
    on_a_processor();
    growth("files on one base", &[1, 4, 16, 64], leaves);
    growth("levels of inheritance", &[1, 2, 5, 10], levels);
}

#[divan::bench(sample_count = 50)]
fn one_policy(bencher: Bencher<'_, '_>) {
    let sources = starter_pack();
    bencher.bench_local(|| check(black_box(&sources)));
}

#[divan::bench(sample_count = 5)]
fn public_corpus(bencher: Bencher<'_, '_>) {
    let Some(sources) = corpus() else {
        println!("SKIPPED: no corpus of public policies (set JOURNEYMAN_SHARED)");
        return bencher.bench_local(|| ());
    };
    bencher.bench_local(|| check(black_box(&sources)));
}

fn check(sources: &Sources) -> usize {
    findings(&PolicySet::compile(sources.clone(), &Settings::default())).len()
}

/// Prints how the cost of a file changes with their number.
fn growth(what: &str, sizes: &[usize], made: fn(&[(String, String)], usize) -> Sources) {
    let pack = files(&pack_folder());
    println!("\ngrowth with {what}\n{:>6} {:>10} {:>14}", "count", "median", "ns per file");
    for size in sizes {
        let sources = made(&pack, *size);
        let median = median(|| black_box(check(&sources)));
        let each = median.as_nanos() / sources.len() as u128;
        println!("{size:>6} {:>8.2}ms {each:>14}", milliseconds(median));
    }
}

/// What the two take of one processor: on a busy machine the figures above are also those of others' work.
fn on_a_processor() {
    let pack = starter_pack();
    println!("\non a processor\none policy     {:>9.2} ms", milliseconds(median(|| check(&pack))));
    if let Some(sources) = corpus() {
        println!("public corpus  {:>9.2} ms", milliseconds(median(|| check(&sources))));
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The median of some samples, each of as many runs as the system's clock of processors needs to be exact.
fn median<T>(work: impl Fn() -> T) -> Duration {
    const LEAST: Duration = Duration::from_millis(40);
    let once = Instant::now();
    black_box(work());
    let runs = u32::try_from(LEAST.as_nanos() / once.elapsed().as_nanos().max(1)).unwrap_or(1) + 1;
    let mut times: Vec<Duration> = (0..7).map(|_| sample(runs, &work)).collect();
    times.sort();
    times[times.len() / 2]
}

fn sample<T>(runs: u32, work: impl Fn() -> T) -> Duration {
    let (wall, cpu) = (Instant::now(), on_cpu());
    (0..runs).for_each(|_| drop(black_box(work())));
    // Others' work beside it is left out where the system tells.
    cpu.zip(on_cpu()).map_or_else(|| wall.elapsed(), |(start, end)| end.saturating_sub(start)) / runs
}

/// How long this thread has run on a processor.
fn on_cpu() -> Option<Duration> {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    schedule.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Prints what compiled policies hold in memory: how much larger the process is with many copies of a set.
fn memory() {
    const COPIES: usize = 40;
    let sources = starter_pack();
    let texts: usize = sources.iter().map(|(_, file)| file.text.len()).sum();
    let compile = || PolicySet::compile(sources.clone(), &Settings::default());
    let warm = compile();
    let Some(before) = resident() else { return println!("\nmemory: only measured on Linux") };
    let sets: Vec<PolicySet> = (0..COPIES).map(|_| compile()).collect();
    let held = resident().unwrap_or(before).saturating_sub(before) / COPIES;
    let policies = warm.policies.len();
    let each = held / policies;
    println!("\nmemory: {policies} files of {} kB hold {held} kB compiled, {each} kB a policy", texts / 1024);
    drop((warm, sets));
}

/// Resident memory of this process in kilobytes.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// The chain of one policy of the starter pack, or all of the demo's.
fn starter_pack() -> Sources {
    let files = files(&pack_folder());
    let mut sources = Sources::default();
    for (name, text) in files.iter().filter(|(name, _)| !name.contains("Profile") && !name.contains("Password")) {
        sources.add(name.as_str(), text.as_str());
    }
    sources
}

/// Extensions, root and texts of a pack under so many relying parties.
fn leaves(pack: &[(String, String)], count: usize) -> Sources {
    let mut sources = Sources::default();
    for (name, text) in pack.iter().filter(|(name, _)| name.contains("TrustFramework")) {
        sources.add(name.as_str(), text.as_str());
    }
    let (_, leaf) = pack.iter().find(|(name, _)| name.starts_with("SignUp")).expect("a pack has a sign-up policy");
    for number in 0..count {
        sources.add(format!("leaf{number}.xml"), with_id(leaf, &format!("B2C_1A_Leaf{number}")));
    }
    sources
}

/// A relying party over so many extension files, each declaring a few claims and extending a profile, over the root.
fn levels(pack: &[(String, String)], count: usize) -> Sources {
    let mut sources = Sources::default();
    let (name, root) = pack.iter().find(|(name, _)| name.contains("Base")).expect("a pack has a root");
    sources.add(name.as_str(), root.as_str());
    let mut base = id_of(root);
    for level in 0..count {
        let id = format!("B2C_1A_Level{level}");
        sources.add(format!("level{level}.xml"), extension(&id, &base));
        base = id;
    }
    sources
}

fn extension(id: &str, base: &str) -> String {
    let mut claims = String::new();
    for number in 0..200 {
        write!(
            claims,
            "<ClaimType Id=\"{id}c{number}\"><DisplayName>c</DisplayName><DataType>string</DataType></ClaimType>"
        )
        .expect("a string takes everything");
    }
    let tenant = "yourtenant.onmicrosoft.com";
    format!(
        "<TrustFrameworkPolicy xmlns=\"http://schemas.microsoft.com/online/cpim/schemas/2013/06\" PolicySchemaVersion=\"0.3.0.0\" \
         TenantId=\"{tenant}\" PolicyId=\"{id}\" PublicPolicyUri=\"http://{tenant}/{id}\"><BasePolicy><TenantId>{tenant}</TenantId>\
         <PolicyId>{base}</PolicyId></BasePolicy><BuildingBlocks><ClaimsSchema>{claims}</ClaimsSchema></BuildingBlocks>\
         </TrustFrameworkPolicy>"
    )
}

fn id_of(policy: &str) -> String {
    let id = policy.split_once(" PolicyId=\"").and_then(|(_, rest)| rest.split_once('"'));
    id.map_or_else(String::new, |(id, _)| id.to_owned())
}

fn with_id(policy: &str, id: &str) -> String {
    policy.replacen(&format!(" PolicyId=\"{}\"", id_of(policy)), &format!(" PolicyId=\"{id}\""), 1)
}

fn shared() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("JOURNEYMAN_SHARED").map_or(beside, PathBuf::from)
}

fn pack_folder() -> PathBuf {
    let public = shared().join("corpus/starterpack/SocialAndLocalAccounts");
    if public.is_dir() { public } else { Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/tenant") }
}

/// Names and texts of the policies of a folder.
fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).expect("the folder is there").flatten();
    let mut files: Vec<(String, String)> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "xml"))
        .map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), read(&path)))
        .collect();
    files.sort();
    files
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).expect("the file is there")).into_owned()
}

/// Every file of the public corpus, each in its own folder.
fn corpus() -> Option<Sources> {
    let root = shared().join("corpus");
    let manifest = std::fs::read_to_string(root.join("manifest.json")).ok()?;
    let manifest: serde_json::Value = serde_json::from_str(&manifest).ok()?;
    let mut sources = Sources::default();
    for name in manifest["files"].as_array()?.iter().filter_map(|file| file["file"].as_str()) {
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        sources.add_in(format!("/{folder}"), name, read(&root.join(name)));
    }
    Some(sources)
}
