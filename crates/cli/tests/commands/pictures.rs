//! The pictures of the documentation show what the binary prints now: `cargo xtask pictures` draws them.

use std::fs;
use std::path::Path;

use crate::support::{journeyman, said};

/// What a picture says, without its colours and blanks.
fn written(picture: &str) -> String {
    let texts = picture.split("<text ").skip(1).filter_map(|text| text.split_once('>')?.1.split("</text>").next());
    plain(&texts.collect::<String>().replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn they_are_what_check_prints() {
    let docs = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs"));
    let files = ["TwoExchanges", "ElementOrder", "UndeclaredClaim", "WrongOperand", "PageVersion"];
    let pictures = ["two-exchanges", "element-order", "undeclared-claim", "wrong-operand", "page-version"];
    for (file, picture) in files.iter().zip(pictures) {
        let file = format!("{file}.xml");
        let output = journeyman(&docs.join("examples/mistakes"), &["check", &file, "TrustFrameworkBase.xml"]);
        let command = format!("$ journeyman check {file} TrustFrameworkBase.xml");
        let drawn = fs::read_to_string(docs.join(format!("pictures/{picture}-after.svg"))).expect("there is a picture");
        assert_eq!(written(&drawn), plain(&command) + &plain(&said(&output)), "run `cargo xtask pictures`: {picture}");
    }
}
