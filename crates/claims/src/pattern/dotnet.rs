//! Rewrites a .NET pattern into the one that this engine's library understands.
//!
//! The two flavours agree on most. They differ in what `$` means before a last line feed, in character classes (nested
//! brackets, set operators, subtraction), in which characters `\w` covers, in the numbers of mixed named and unnamed
//! groups, in escapes, and in what a stray brace is.

use super::{PatternError, names};

/// The characters of `\w`, without the brackets.
const WORD: &str = r"\p{L}\p{Mn}\p{Nd}\p{Pc}";

/// How the names begin that groups without one get beside named ones: the library refuses numbers once a group has a name.
pub(super) const UNNAMED: &str = "__unnamed";

pub(super) struct Translated {
    /// For texts that do not end in a line feed.
    pub(super) pattern: String,
    /// For texts that do, if it makes a difference.
    pub(super) before_line_feed: Option<String>,
    /// The library's number of each group, in the order of .NET's numbers.
    pub(super) numbers: Vec<usize>,
}

pub(super) fn translate(source: &str) -> Result<Translated, PatternError> {
    // The first pass finds the groups: a reference may stand before the group that it means.
    let first = Translator::new(source, None, r"\z").run()?;
    let groups = first.groups;
    let pattern = Translator::new(source, Some(&groups), r"\z").run()?;
    let before_line_feed =
        if pattern.has_end { Some(Translator::new(source, Some(&groups), r"(?=\n?\z)").run()?.out) } else { None };
    Ok(Translated { pattern: pattern.out, before_line_feed, numbers: numbers(&groups).collect() })
}

/// Groups by .NET's numbers: first those without a name from left to right, then those with one. Counted from one.
fn numbers(groups: &[Option<String>]) -> impl Iterator<Item = usize> {
    let with = |named: bool| groups.iter().enumerate().filter(move |(_, group)| group.is_some() == named);
    with(false).chain(with(true)).map(|(at, _)| at + 1)
}

#[derive(Clone, Copy, Default)]
struct Options {
    multi_line: bool,
    extended: bool,
    explicit: bool,
}

/// What came before: whether a quantifier may follow it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Atom,
    Quantifier,
    Lazy,
}

struct Translator<'a> {
    rest: std::str::Chars<'a>,
    known_groups: Option<&'a [Option<String>]>,
    end: &'static str,
    options: Options,
    outer_options: Vec<Options>,
    groups: Vec<Option<String>>,
    has_end: bool,
    last: Last,
    out: String,
}

/// What one element of a character class stands for.
enum Member {
    One(char),
    Set(String),
}

impl<'a> Translator<'a> {
    fn new(source: &'a str, known_groups: Option<&'a [Option<String>]>, end: &'static str) -> Self {
        Self {
            rest: source.chars(),
            known_groups,
            end,
            options: Options::default(),
            outer_options: Vec::new(),
            groups: Vec::new(),
            has_end: false,
            last: Last::Nothing,
            out: String::new(),
        }
    }

    fn run(mut self) -> Result<Self, PatternError> {
        while let Some(c) = self.rest.next() {
            match c {
                '#' if self.options.extended => {
                    while self.rest.next().is_some_and(|c| c != '\n') {}
                    continue;
                }
                _ if self.options.extended && c.is_whitespace() => continue,
                '*' | '+' | '?' => {
                    self.quantifier(&c.to_string())?;
                    continue;
                }
                '{' => {
                    if !self.counted()? {
                        self.atom('{');
                    }
                    continue;
                }
                '(' => {
                    self.last = Last::Nothing;
                    self.group()?;
                    continue;
                }
                '|' => {
                    self.out.push(c);
                    self.last = Last::Nothing;
                    continue;
                }
                '\\' => self.escape()?,
                '[' => {
                    let class = self.class()?;
                    self.out.push_str(&class);
                }
                ')' => {
                    self.options = self.outer_options.pop().ok_or_else(|| malformed("a parenthesis too many"))?;
                    self.out.push(')');
                }
                '$' if !self.options.multi_line => self.end_of_text(),
                '}' | ']' => self.literal(c),
                _ => self.out.push(c),
            }
            self.last = Last::Atom;
        }
        if self.outer_options.is_empty() { Ok(self) } else { Err(malformed("a parenthesis is not closed")) }
    }

    fn atom(&mut self, c: char) {
        self.literal(c);
        self.last = Last::Atom;
    }

    /// Takes a quantifier over. The library knows more of them than .NET, which refuses one after another.
    fn quantifier(&mut self, written: &str) -> Result<(), PatternError> {
        self.last = match (self.last, written) {
            (Last::Nothing, _) => return Err(malformed("a quantifier follows nothing")),
            (Last::Atom, _) => Last::Quantifier,
            (Last::Quantifier, "?") => Last::Lazy,
            _ => return Err(malformed("a quantifier follows another")),
        };
        self.out.push_str(written);
        Ok(())
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    /// Consumes `prefix` if it comes next.
    fn take(&mut self, prefix: &str) -> bool {
        match self.rest.as_str().strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest.chars();
                true
            }
            None => false,
        }
    }

    /// Consumes what comes before the next `end`, and `end`.
    fn take_until(&mut self, end: char) -> Result<&'a str, PatternError> {
        let (inside, rest) =
            self.rest.as_str().split_once(end).ok_or_else(|| malformed("a group, name or class is not closed"))?;
        self.rest = rest.chars();
        Ok(inside)
    }

    fn end_of_text(&mut self) {
        self.has_end = true;
        self.out.push_str(self.end);
    }

    fn literal(&mut self, c: char) {
        if r"\.+*?()|[]{}^$".contains(c) {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    /// Takes a quantifier in braces over, whose opening brace was read. Any other brace is an ordinary character.
    fn counted(&mut self) -> Result<bool, PatternError> {
        let text = self.rest.as_str();
        let quantifier = text.split_once('}').map(|(inside, _)| inside).filter(|inside| {
            let (low, high) = inside.split_once(',').unwrap_or((inside, ""));
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            !low.is_empty() && digits(low) && digits(high)
        });
        let Some(inside) = quantifier else { return Ok(false) };
        self.quantifier(&format!("{{{inside}}}"))?;
        self.rest = text[inside.len() + 1..].chars();
        Ok(true)
    }

    fn open(&mut self, text: &str) {
        self.outer_options.push(self.options);
        self.out.push_str(text);
    }

    fn group(&mut self) -> Result<(), PatternError> {
        if self.peek() == Some('*') {
            return Err(malformed("a quantifier follows nothing"));
        }
        if !self.take("?") {
            if self.options.explicit {
                self.open("(?:");
                return Ok(());
            }
            self.groups.push(None);
            let beside_names = self.known_groups.is_some_and(|groups| groups.iter().any(Option::is_some));
            let open = if beside_names { format!("(?<{UNNAMED}{}>", self.groups.len()) } else { "(".to_owned() };
            self.open(&open);
            return Ok(());
        }
        for lookaround in ["?:", "?=", "?!", "?>", "?<=", "?<!"] {
            if self.take(&lookaround[1..]) {
                self.open(&format!("({lookaround}"));
                return Ok(());
            }
        }
        if self.take("#") {
            self.take_until(')')?;
            return Ok(());
        }
        if self.take("<") {
            return self.named_group('>');
        }
        if self.take("'") {
            return self.named_group('\'');
        }
        if self.take("(") {
            return self.condition();
        }
        self.inline_options()
    }

    /// `(?(1)yes|no)` or `(?(name)yes|no)`: which of the two follows depends on whether a group took part.
    fn condition(&mut self) -> Result<(), PatternError> {
        let written = self.take_until(')')?;
        let Some(groups) = self.known_groups else {
            self.open("(?:");
            return Ok(());
        };
        let by_name = groups.iter().position(|group| group.as_deref() == Some(written)).map(|at| at + 1);
        let by_number = || written.parse::<usize>().ok()?.checked_sub(1).and_then(|at| numbers(groups).nth(at));
        match by_name.or_else(by_number) {
            Some(index) if groups.iter().any(Option::is_some) => {
                let name = groups[index - 1].clone().unwrap_or_else(|| format!("{UNNAMED}{index}"));
                self.open(&format!("(?(<{name}>)"));
                Ok(())
            }
            Some(index) => {
                self.open(&format!("(?({index})"));
                Ok(())
            }
            None if written.bytes().all(|b| b.is_ascii_digit()) => Err(malformed("a condition names an unknown group")),
            None => Err(PatternError::Unsupported("a condition that is an expression")),
        }
    }

    fn named_group(&mut self, end: char) -> Result<(), PatternError> {
        let name = self.take_until(end)?;
        if name.contains('-') {
            return Err(PatternError::Unsupported("a balancing group"));
        }
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(PatternError::Unsupported("a group with a number for a name"));
        }
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return Err(malformed("a group has no proper name"));
        }
        if name.starts_with(UNNAMED) || self.groups.iter().flatten().any(|known| known == name) {
            return Err(PatternError::Unsupported("two groups of one name"));
        }
        self.groups.push(Some(name.to_owned()));
        self.open(&format!("(?<{name}>"));
        Ok(())
    }

    /// `(?im-sx)` for the rest of the group, or `(?im-sx:…)` for a group of its own.
    fn inline_options(&mut self) -> Result<(), PatternError> {
        let (mut on, mut off) = (String::new(), String::new());
        let mut wanted = true;
        let mut options = self.options;
        loop {
            match self.rest.next().map(|c| c.to_ascii_lowercase()) {
                Some('-') => wanted = false,
                Some('x') => options.extended = wanted,
                Some('n') => options.explicit = wanted,
                Some(c @ ('i' | 'm' | 's')) => {
                    if c == 'm' {
                        options.multi_line = wanted;
                    }
                    if wanted { on.push(c) } else { off.push(c) }
                }
                Some(end @ (')' | ':')) => {
                    let minus = if off.is_empty() { "" } else { "-" };
                    let flags = format!("{on}{minus}{off}");
                    if end == ':' {
                        self.open(&format!("(?{flags}:"));
                    } else if !flags.is_empty() {
                        self.out.push_str(&format!("(?{flags})"));
                    }
                    self.options = options;
                    return Ok(());
                }
                _ => return Err(malformed("a group begins in an unknown way")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), PatternError> {
        match self.rest.next().ok_or_else(|| malformed("a backslash at the end"))? {
            'Z' => self.end_of_text(),
            c @ ('b' | 'B' | 'A' | 'z' | 'G') => self.out.extend(['\\', c]),
            'k' => {
                let end = if self.take("<") {
                    '>'
                } else if self.take("'") {
                    '\''
                } else {
                    return Err(malformed("a reference has no name"));
                };
                let name = self.take_until(end)?;
                self.reference_by_name(name)?;
            }
            c @ '1'..='9' => self.reference_by_number(c)?,
            c => match self.common_escape(c)? {
                Member::One(c) => self.literal(c),
                Member::Set(set) if set.starts_with('[') || !set.contains(WORD) => self.out.push_str(&set),
                Member::Set(set) => self.out.push_str(&format!("[{set}]")),
            },
        }
        Ok(())
    }

    /// Escapes that mean the same inside a class and outside.
    fn common_escape(&mut self, c: char) -> Result<Member, PatternError> {
        let one = |c: char| Ok(Member::One(c));
        match c {
            'd' | 'D' | 's' | 'S' => Ok(Member::Set(format!("\\{c}"))),
            'w' => Ok(Member::Set(WORD.into())),
            'W' => Ok(Member::Set(format!("[^{WORD}]"))),
            'p' | 'P' => {
                if !self.take("{") {
                    return Err(malformed("a category has no name"));
                }
                let name = self.take_until('}')?;
                let class = names::class(name, c == 'P');
                class.map(Member::Set).ok_or_else(|| malformed(&format!("the category `{name}` is unknown")))
            }
            'a' => one('\u{7}'),
            'e' => one('\u{1b}'),
            'f' => one('\u{c}'),
            'n' => one('\n'),
            'r' => one('\r'),
            't' => one('\t'),
            'v' => one('\u{b}'),
            'c' => {
                let control = self.rest.next().filter(|c| ('@'..='_').contains(&c.to_ascii_uppercase()));
                let control = control.ok_or_else(|| malformed("an unknown control character"))?;
                one(char::from(control.to_ascii_uppercase() as u8 - b'@'))
            }
            'x' => {
                let code = self.hexadecimal(2)?;
                one(char::from_u32(code).ok_or_else(|| malformed("an unknown character"))?)
            }
            'u' => self.utf16_escape().map(Member::One),
            '0' => {
                let digits = self.rest.as_str().bytes().take(2).take_while(|b| (b'0'..=b'7').contains(b)).count();
                let (octal, rest) = self.rest.as_str().split_at(digits);
                self.rest = rest.chars();
                let code = u32::from_str_radix(octal, 8).unwrap_or(0);
                one(char::from_u32(code).unwrap_or('\0'))
            }
            c if c.is_ascii_alphanumeric() => Err(malformed(&format!("the escape \\{c} is unknown"))),
            c => one(c),
        }
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<u32, PatternError> {
        let wrong = || malformed("a character code is not hexadecimal");
        let text = self.rest.as_str().get(..digits).filter(|t| t.bytes().all(|b| b.is_ascii_hexdigit()));
        let text = text.ok_or_else(wrong)?;
        self.rest = self.rest.as_str()[digits..].chars();
        u32::from_str_radix(text, 16).map_err(|_| wrong())
    }

    /// One code unit, or two that make a character.
    fn utf16_escape(&mut self) -> Result<char, PatternError> {
        let first = self.hexadecimal(4)?;
        let code = if (0xD800..0xDC00).contains(&first) && self.take("\\u") {
            let second = self.hexadecimal(4)?;
            0x10000 + ((first - 0xD800) << 10) + second.wrapping_sub(0xDC00).min(0x3FF)
        } else {
            first
        };
        char::from_u32(code).ok_or(PatternError::Unsupported("half a surrogate pair"))
    }

    fn reference_by_name(&mut self, name: &str) -> Result<(), PatternError> {
        if let Ok(number) = name.parse::<usize>() {
            return self.reference(number);
        }
        match self.known_groups {
            Some(groups) if !groups.iter().flatten().any(|group| group == name) => {
                Err(malformed("a reference names an unknown group"))
            }
            _ => {
                self.out.push_str(&format!("(?:\\k<{name}>)"));
                Ok(())
            }
        }
    }

    /// A group's number. One digit always is; more of them are a character code in octal where there is no such group.
    fn reference_by_number(&mut self, first: char) -> Result<(), PatternError> {
        let rest = self.rest.as_str();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: usize = format!("{first}{}", &rest[..digits]).parse().unwrap_or(usize::MAX);
        let count = self.known_groups.map_or(0, <[_]>::len);
        if digits == 0 || number <= count {
            self.rest = rest[digits..].chars();
            return self.reference(number);
        }
        if first > '7' {
            self.literal(first);
            return Ok(());
        }
        let octal = rest.bytes().take(2).take_while(|b| (b'0'..=b'7').contains(b)).count();
        let code = u32::from_str_radix(&format!("{first}{}", &rest[..octal]), 8).unwrap_or(0) & 0xFF;
        self.rest = rest[octal..].chars();
        self.literal(char::from_u32(code).unwrap_or('\0'));
        Ok(())
    }

    /// Unnamed groups have the first numbers, named ones the numbers after them.
    fn reference(&mut self, number: usize) -> Result<(), PatternError> {
        let Some(groups) = self.known_groups else { return Ok(()) };
        let index = number.checked_sub(1).and_then(|at| numbers(groups).nth(at));
        let index = index.ok_or_else(|| malformed("a reference names an unknown group"))?;
        match &groups[index - 1] {
            Some(name) => self.out.push_str(&format!("(?:\\k<{name}>)")),
            None if groups.iter().any(Option::is_some) => {
                self.out.push_str(&format!("(?:\\k<{UNNAMED}{index}>)"));
            }
            None => self.out.push_str(&format!("(?:\\{index})")),
        }
        Ok(())
    }

    /// The class whose opening bracket was read, brackets included.
    fn class(&mut self) -> Result<String, PatternError> {
        let mut class = String::from(if self.take("^") { "[^" } else { "[" });
        let mut first = true;
        loop {
            let c = self.rest.next().ok_or_else(|| malformed("a class is not closed"))?;
            match c {
                ']' if !first => {
                    class.push(']');
                    return Ok(class);
                }
                '-' if !first && self.take("[") => return self.subtraction(class),
                _ => {
                    let member = self.member(c)?;
                    self.member_or_range(member, &mut class)?;
                }
            }
            first = false;
        }
    }

    fn subtraction(&mut self, mut class: String) -> Result<String, PatternError> {
        class.push(']');
        let less = self.class()?;
        if !self.take("]") {
            return Err(malformed("a subtraction is not the last of its class"));
        }
        Ok(format!("[{class}--{less}]"))
    }

    fn member(&mut self, c: char) -> Result<Member, PatternError> {
        if c != '\\' {
            return Ok(Member::One(c));
        }
        match self.rest.next().ok_or_else(|| malformed("a backslash at the end"))? {
            'b' => Ok(Member::One('\u{8}')),
            c => self.common_escape(c),
        }
    }

    fn member_or_range(&mut self, low: Member, class: &mut String) -> Result<(), PatternError> {
        let low = match low {
            Member::Set(set) => {
                class.push_str(&set);
                return Ok(());
            }
            Member::One(low) => low,
        };
        let mut ahead = self.rest.clone();
        let is_range = ahead.next() == Some('-') && !matches!(ahead.next(), None | Some(']' | '['));
        push_member(class, low);
        if !is_range {
            return Ok(());
        }
        self.rest.next();
        let high = self.rest.next().ok_or_else(|| malformed("a class is not closed"))?;
        match self.member(high)? {
            Member::One(high) if low > high => Err(malformed("a range runs backwards")),
            Member::One(high) => {
                class.push('-');
                push_member(class, high);
                Ok(())
            }
            Member::Set(_) => Err(malformed("a range ends in a class")),
        }
    }
}

/// Punctuation is escaped: much of it is an operator in the other flavour.
fn push_member(class: &mut String, c: char) {
    if c.is_ascii_punctuation() && c != '<' && c != '>' {
        class.push('\\');
    }
    class.push(c);
}

fn malformed(what: &str) -> PatternError {
    PatternError::Malformed(what.to_owned())
}
