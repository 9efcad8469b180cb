//! Explanations are Markdown without headings: paragraphs, lists, code. A terminal shows them as they are, but wrapped.

use std::fmt::Write as _;

/// Paragraphs and list items wrapped, code four columns in.
pub(super) fn plain(text: &str, width: usize) -> String {
    let mut shown = String::new();
    let (mut paragraph, mut is_code) = (String::new(), false);
    for line in text.trim().lines() {
        if line.trim_start().starts_with("```") {
            end(&mut shown, &mut paragraph, width);
            is_code = !is_code;
        } else if is_code || line.starts_with("    ") {
            end(&mut shown, &mut paragraph, width);
            let line = if is_code { line } else { &line[4..] };
            writeln!(shown, "{}", format!("    {line}").trim_end()).expect("a string takes everything");
        } else if line.trim().is_empty() {
            end(&mut shown, &mut paragraph, width);
            shown.push('\n');
        } else {
            if is_item(line) {
                end(&mut shown, &mut paragraph, width);
            }
            let space = if paragraph.is_empty() { "" } else { " " };
            write!(paragraph, "{space}{}", line.trim()).expect("a string takes everything");
        }
    }
    end(&mut shown, &mut paragraph, width);
    shown
}

/// A text that is quoted: wrapped, four columns in.
pub(super) fn indented(text: &str, width: usize) -> String {
    let options = textwrap::Options::new(width).initial_indent("    ").subsequent_indent("    ");
    textwrap::fill(text.trim(), options) + "\n"
}

fn is_item(line: &str) -> bool {
    line.starts_with("- ") || line.starts_with("* ")
}

fn end(shown: &mut String, paragraph: &mut String, width: usize) {
    if !paragraph.is_empty() {
        let indent = if is_item(paragraph) { "  " } else { "" };
        let options = textwrap::Options::new(width).subsequent_indent(indent);
        writeln!(shown, "{}", textwrap::fill(paragraph, options)).expect("a string takes everything");
        paragraph.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{indented, plain};

    #[test]
    fn paragraphs_and_items_are_wrapped_and_code_is_not() {
        let text = "One two three\nfour five.\n\n- an item that\n  goes on\n- another\n\n```xml\n<a b=\"c\"> <d/> <e/> <f/>\n```\nEnd.";
        let expected = "One two three\nfour five.\n\n- an item that\n  goes on\n- another\n\n    <a b=\"c\"> <d/> <e/> <f/>\nEnd.\n";
        assert_eq!(plain(text, 16), expected);
    }

    #[test]
    fn a_quotation_is_set_off() {
        assert_eq!(indented("one two three", 12), "    one two\n    three\n");
    }
}
