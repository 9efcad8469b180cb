//! JSON inside a `<script>`: what JSON allows and HTML or old JavaScript would misread is written as an escape.

use serde::Serialize;

/// One line of JSON that cannot end its script element.
pub(crate) fn inline_json(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).expect("maps with text keys always serialize");
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            // These occur only inside strings, where an escape means the same.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::inline_json;

    #[test]
    fn nothing_ends_the_script() {
        let hostile = "</script><!--&\u{2028}\u{2029}";
        let json = inline_json(&hostile);
        assert_eq!(json, r#""\u003c/script\u003e\u003c!--\u0026\u2028\u2029""#);
        let back: String = serde_json::from_str(&json).expect("still JSON");
        assert_eq!(back, hostile);
    }
}
