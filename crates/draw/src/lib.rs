//! Findings for people, drawn as rustc draws them: what, where, the lines themselves, and what to do.
//!
//! A crate of its own, so that the command line, the reference pages and the pictures show the same thing. Pure: whoever
//! draws says how wide the terminal is and whether it has colours.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use journeyman_policy::diagnostic::{Diagnostic, Label, Severity};
use journeyman_policy::source::{FileId, Sources};

/// What the place of output can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether it understands colours.
    pub colour: bool,
    /// Columns that fit in a line. Policies have lines of 300: they are cut around the mistake.
    pub width: usize,
}

impl Style {
    /// For files and documents.
    pub const PLAIN: Self = Self { colour: false, width: 100 };
}

/// Lines for places: with the message and the advice, a finding fits on a screen of 24.
const LINES: usize = 18;
/// Lines of one advice or note.
const LINES_OF_A_NOTE: usize = 4;
/// Lines that a place in a file of its own takes: the path, the line, its carets, and what sets them apart.
const LINES_OF_A_FILE: usize = 5;
/// Lines that a place takes beside another in the same file.
const LINES_OF_A_PLACE: usize = 3;
/// Columns beside the source line: `│ `, blanks around the number.
const GUTTER: usize = 3;
/// Columns before the text of a note: the gutter, `= help: `.
const NOTE_INDENT: usize = 14;
/// Columns that are marked at least, however much is said there.
const SHORTEST_MARK: usize = 12;
/// Columns for the signs that a line goes on at both ends.
const DOTS: usize = 6;
/// What an excerpt needs at least to be worth drawing.
const NARROWEST: usize = 40;

/// One finding with what else there is to say of it, a line each.
pub fn finding(found: &Diagnostic, notes: &[String], sources: &Sources, style: Style) -> String {
    let width = style.width.max(NARROWEST);
    let code = width - GUTTER - DOTS - last_line(found, sources).to_string().len();
    let (places, left_out) = places(found, sources, code);
    let aside = !is_said(&found.primary, sources, code);
    let title = level(found.severity).primary_title(one_line(&found.message)).id(found.code.id);
    let snippets = places.iter().map(|place| place.snippet(sources, code));
    let mut group = Group::with_title(title).elements(snippets);
    let wrapped = |text: &str| wrapped(text, width);
    if aside {
        group = group.element(Level::NOTE.message(wrapped(&found.primary.text)));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(wrapped(help)));
    }
    if let Some(fix) = &found.fix {
        group = group.element(Level::HELP.with_name("fix").message(wrapped(&fix.what)));
    }
    if left_out > 0 {
        let places = if left_out == 1 { "place" } else { "places" };
        group = group.element(Level::NOTE.message(format!("{left_out} more {places}")));
    }
    for note in notes {
        group = group.element(Level::NOTE.message(wrapped(note)));
    }
    let drawn = renderer(style).term_width(width - DOTS).render(&[group]);
    // What is cut or empty leaves blanks at the ends of lines.
    drawn.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// How wide a line is, up to which column a label marks it, and how much it says there.
struct Measure {
    line: usize,
    marked_to: usize,
    mark: usize,
    said: usize,
}

impl Measure {
    fn of(label: &Label, sources: &Sources, width: usize) -> Self {
        let text = &sources.file(label.span.file).text;
        let start = label.span.start as usize;
        let columns = |range: std::ops::Range<usize>| text.get(range).map_or(0, |part| part.chars().count());
        let (from, mark) = (line_start(text, start), columns(shown(text, label, width)));
        let said = if label.text.is_empty() { 0 } else { label.text.chars().count() + 1 };
        Self { line: columns(from..line_end(text, start)), marked_to: columns(from..start) + mark, mark, said }
    }

    /// Whether nothing has to be cut.
    fn fits(&self, width: usize) -> bool {
        self.line.max(self.marked_to + self.said) <= width
    }
}

/// Whether there is room for a label beside its mark, if need be in a line that is cut: otherwise it is a note.
fn is_said(label: &Label, sources: &Sources, width: usize) -> bool {
    let measure = Measure::of(label, sources, width);
    measure.fits(width) || (measure.line > width && measure.mark + measure.said + DOTS <= width) || measure.said == 0
}

fn last_line(found: &Diagnostic, sources: &Sources) -> usize {
    let labels = std::iter::once(&found.primary).chain(&found.also);
    labels.map(|label| sources.position(label.span).0).max().unwrap_or_default()
}

/// Paths and ids are not broken; lists of dozens are cut short.
fn wrapped(text: &str, width: usize) -> String {
    let options = textwrap::Options::new(width - NOTE_INDENT)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(text, options);
    let end = if lines.len() > LINES_OF_A_NOTE { " …" } else { "" };
    lines.iter().take(LINES_OF_A_NOTE).map(|line| &**line).collect::<Vec<_>>().join("\n") + end
}

/// The first line alone: how bad, which code, and what.
pub fn title(severity: Severity, id: &str, text: &str, style: Style) -> String {
    renderer(style).render(&[Group::with_title(level(severity).primary_title(one_line(text)).id(id))])
}

/// The author's words may go over several lines; a title does not.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn renderer(style: Style) -> Renderer {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    renderer.hyperlink(false)
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// What is drawn in one piece.
struct Place<'a> {
    file: FileId,
    labels: Vec<(AnnotationKind, &'a Label)>,
}

/// The mistake's own place first, then as many of the others as there is room for, and how many are left out.
fn places<'a>(found: &'a Diagnostic, sources: &Sources, width: usize) -> (Vec<Place<'a>>, usize) {
    let own = Place { file: found.primary.span.file, labels: vec![(AnnotationKind::Primary, &found.primary)] };
    let (mut places, mut room) = (vec![own], LINES - LINES_OF_A_FILE);
    for (at, label) in found.also.iter().enumerate() {
        let known = places.iter_mut().find(|place| place.takes(label, sources, width));
        let needed = if known.is_some() { LINES_OF_A_PLACE } else { LINES_OF_A_FILE };
        let Some(left) = room.checked_sub(needed) else { return (places, found.also.len() - at) };
        room = left;
        let labelled = (AnnotationKind::Context, label);
        match known {
            Some(place) => place.labels.push(labelled),
            None => places.push(Place { file: label.span.file, labels: vec![labelled] }),
        }
    }
    (places, 0)
}

impl Place<'_> {
    /// Whether a label is drawn in the same piece. All lines of a piece are cut at the same columns, which suits none of
    /// several: then each is a piece.
    fn takes(&self, label: &Label, sources: &Sources, width: usize) -> bool {
        let line = |label: &Label| sources.position(label.span).0;
        let fits = |label: &Label| Measure::of(label, sources, width).fits(width);
        let all_fit = || fits(label) && self.labels.iter().all(|(_, other)| fits(other));
        self.file == label.span.file && (self.labels.iter().any(|(_, other)| line(other) == line(label)) || all_fit())
    }

    /// Only the lines between the labels: the rest of a large file need not be looked at.
    fn snippet<'s>(&self, sources: &'s Sources, width: usize) -> Snippet<'s, Annotation<'s>> {
        let source = sources.file(self.file);
        let text: &'s str = &source.text;
        let first = self.labels.iter().map(|(_, label)| label.span.start as usize).min().unwrap_or_default();
        let last = self.labels.iter().map(|(_, label)| label.span.end as usize).max().unwrap_or_default();
        let start = line_start(text, first);
        let end = line_end(text, last);
        let line = text[..start].matches('\n').count() + 1;
        let annotations = self.labels.iter().map(|(kind, label)| {
            let span = shown(text, label, width);
            let span = span.start.max(start) - start..span.end.max(start) - start;
            let is_said = *kind == AnnotationKind::Context || is_said(label, sources, width);
            kind.span(span).label((is_said && !label.text.is_empty()).then(|| label.text.clone()))
        });
        Snippet::source(&text[start..end]).line_start(line).path(&*source.name).annotations(annotations)
    }
}

/// The first line of a label, and of that no more than fits beside what is said there: tags are long, or go on for several
/// lines.
fn shown(text: &str, label: &Label, width: usize) -> std::ops::Range<usize> {
    let (start, end) = (label.span.start as usize, label.span.end as usize);
    let whole = text.get(start..end).unwrap_or_default();
    let line = whole.lines().next().unwrap_or_default();
    let indent = text[line_start(text, start)..start].chars().count().min(width / 4);
    let room = width.saturating_sub(indent + label.text.chars().count() + 1);
    let columns = room.clamp(SHORTEST_MARK, width / 2);
    start..start + line.char_indices().nth(columns).map_or(line.len(), |(at, _)| at)
}

/// A byte order mark is no part of the first line: it would count as a column.
fn line_start(text: &str, at: usize) -> usize {
    const MARK: char = '\u{feff}';
    match text.get(..at).and_then(|before| before.rfind('\n')) {
        Some(newline) => newline + 1,
        None if text.starts_with(MARK) => MARK.len_utf8(),
        None => 0,
    }
}

fn line_end(text: &str, at: usize) -> usize {
    let end = text.get(at..).and_then(|after| after.find('\n')).map_or(text.len(), |newline| at + newline);
    if text[..end].ends_with('\r') && end > at { end - 1 } else { end }
}

#[cfg(test)]
mod tests {
    use journeyman_policy::diagnostic::{Code, Edit, Kind};
    use journeyman_policy::example::Example;
    use journeyman_policy::source::Span;

    use super::*;

    const CODE: Code = Code {
        id: "JM0999",
        severity: Severity::Error,
        summary: "a test",
        explanation: "",
        service: &[],
        fails: Example::None,
        passes: Example::None,
    };

    fn sources(texts: &[&str]) -> Sources {
        let mut sources = Sources::default();
        for (at, text) in texts.iter().enumerate() {
            sources.add(format!("{at}.xml"), *text);
        }
        sources
    }

    /// Where a word stands in a file.
    fn span(sources: &Sources, file: u32, word: &str) -> Span {
        let text = &sources.file(FileId(file)).text;
        let start = text.find(word).expect("the word is there");
        Span { file: FileId(file), start: start as u32, end: (start + word.len()) as u32 }
    }

    fn about(sources: &Sources, word: &str) -> Diagnostic {
        Diagnostic::new(&CODE, Kind::Claim, span(sources, 0, word), format!("`{word}` is wrong"))
    }

    fn drawn(found: &Diagnostic, sources: &Sources, width: usize) -> String {
        finding(found, &[], sources, Style { colour: false, width })
    }

    #[test]
    fn lines_far_apart_and_other_files_are_shown_without_what_is_between() {
        let far = format!("<a>\n{}<b/>\n</a>", "<x/>\n".repeat(50));
        let sources = sources(&[&far, "<c/>"]);
        let found = about(&sources, "<b/>")
            .label("here")
            .also(span(&sources, 0, "<a>"), "after this")
            .also(span(&sources, 1, "c"), "and that")
            .help("write something else")
            .fix("remove `b`", [Edit::delete(span(&sources, 0, "<b/>"))]);
        let expected = "\
error[JM0999]: `<b/>` is wrong
  --> 0.xml:52:1
   |
 1 | <a>
   | --- after this
...
52 | <b/>
   | ^^^^ here
   |
  ::: 1.xml:1:2
   |
 1 | <c/>
   |  - and that
   |
   = help: write something else
   = fix: remove `b`";
        assert_eq!(drawn(&found, &sources, 100), expected);
    }

    #[test]
    fn a_long_line_is_cut_around_the_mistake() {
        let sources = sources(&[&format!("<a>{}<b/>{}</a>", "ü".repeat(200), "y".repeat(200))]);
        let drawn = drawn(&about(&sources, "<b/>").label("here"), &sources, 60);
        assert!(drawn.lines().all(|line| line.chars().count() <= 60), "{drawn}");
        let line = drawn.lines().find(|line| line.contains("<b/>y")).expect("the line is there");
        let carets = drawn.lines().find(|line| line.contains("^^^^ here")).expect("the carets are there");
        let column = |line: &str, what: &str| line.find(what).map(|at| line[..at].chars().count());
        assert_eq!(column(line, "<b/>"), column(carets, "^^^^"), "{drawn}");
    }

    #[test]
    fn what_does_not_fit_beside_the_mark_is_a_note() {
        let sources = sources(&[&format!("{}<b/>", " ".repeat(30))]);
        let drawn = drawn(&about(&sources, "<b/>").label("one two three four five six seven"), &sources, 60);
        assert!(drawn.ends_with(" ^^^^\n  |\n  = note: one two three four five six seven"), "{drawn}");
    }

    #[test]
    fn a_title_is_one_line() {
        let sources = sources(&["<a>\r\n  b\r\n</a>"]);
        let drawn = drawn(&about(&sources, "<a>\r\n  b\r\n</a>"), &sources, 80);
        assert!(drawn.starts_with("error[JM0999]: `<a> b </a>` is wrong\n --> 0.xml:1:1"), "{drawn}");
    }

    #[test]
    fn a_tag_over_several_lines_is_marked_on_its_first() {
        let sources = sources(&["<a\n  b=\"1\"\n  c=\"2\">\n</a>"]);
        let drawn = drawn(&about(&sources, "<a\n  b=\"1\"\n  c=\"2\">"), &sources, 80);
        assert!(drawn.ends_with("1 | <a\n  | ^^"), "{drawn}");
    }

    #[test]
    fn tabs_wide_characters_and_a_byte_order_mark_keep_the_carets_in_place() {
        let sources = sources(&["\u{feff}\t<a>日本<b/></a>\r\n"]);
        let drawn = drawn(&about(&sources, "<b/>"), &sources, 80);
        assert!(drawn.contains("--> 0.xml:1:7"), "{drawn}");
        assert!(drawn.contains("1 |     <a>日本<b/></a>\n  |            ^^^^"), "{drawn}");
    }

    #[test]
    fn a_finding_with_many_places_and_much_advice_fits_on_a_screen() {
        let sources = sources(&["<a/>", "<b/>", "<c/>", "<d/>", "<e/>", "<f/>"]);
        let files = (1..6).zip(["<b/>", "<c/>", "<d/>", "<e/>", "<f/>"]);
        let found = files
            .fold(about(&sources, "<a/>"), |found, (file, word)| found.also(span(&sources, file, word), "this one"));
        let drawn = finding(&found.help("word ".repeat(300)), &["found in `B2C_1A_X`".into()], &sources, Style::PLAIN);
        assert!(drawn.contains("= note: 3 more places"), "{drawn}");
        assert!(drawn.lines().count() <= 24, "{drawn}");
        assert!(drawn.lines().all(|line| line.len() <= 100), "{drawn}");
    }
}
