//! Any pattern is refused or searches any text within its limits, and says the same twice.

use journeyman_claims::pattern::Pattern;

/// Pattern, text and replacement are parted by line feeds that nothing else needs.
pub fn patterns(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(3, '\u{1}');
    let pattern = parts.next().unwrap_or_default();
    let searched = parts.next().unwrap_or_default();
    let replacement = parts.next().unwrap_or("$0-${a}$$");
    let Ok(pattern) = Pattern::new(pattern) else { return };
    let found = pattern.is_match(searched);
    assert_eq!(found, pattern.is_match(searched));
    let replaced = pattern.replace_all(searched, replacement);
    // Without an occurrence nothing is replaced.
    if let (Ok(false), Ok(replaced)) = (&found, &replaced) {
        assert_eq!(replaced, searched);
    }
    let _ = pattern.named_groups(searched);
}
