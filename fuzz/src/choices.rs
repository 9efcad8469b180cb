//! Decisions taken from the fuzzer's bytes; when they run out, always the first choice.

/// Reads decisions.
pub struct Choices<'a>(pub &'a [u8]);

impl Choices<'_> {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                usize::from(*first) % bound.max(1)
            }
            None => 0,
        }
    }

    /// One of several.
    pub fn of<T: Copy>(&mut self, options: &[T]) -> T {
        options[self.below(options.len())]
    }

    /// A few bytes as text, to be used where anything may stand.
    pub fn text(&mut self) -> String {
        let length = self.below(24).min(self.0.len());
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(taken).chars().filter(|c| !c.is_control()).collect()
    }
}

/// As it must be written inside an attribute or an element.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
