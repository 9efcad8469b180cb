//! Markdown tables.

use std::fmt::Write as _;

/// A table under its headings. What would end a cell is escaped.
pub(crate) fn table<const N: usize>(headings: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut text = line(&headings.map(str::to_owned));
    text += &line(&[(); N].map(|()| "---".to_owned()));
    for row in rows {
        text += &line(&row);
    }
    text
}

fn line(cells: &[String]) -> String {
    let mut text = String::from("|");
    for cell in cells {
        write!(text, " {} |", cell.replace('|', "\\|").replace('\n', " ")).expect("a string takes everything");
    }
    text.push('\n');
    text
}

/// A name as policies write it.
pub(crate) fn code(name: &str) -> String {
    format!("`{name}`")
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn cells_end_where_they_should() {
        assert_eq!(table(["a", "b"], [["x|y".into(), "z".into()]]), "| a | b |\n| --- | --- |\n| x\\|y | z |\n");
    }
}
