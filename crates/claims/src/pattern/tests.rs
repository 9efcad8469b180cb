//! Patterns of the kinds that policies use, and the places where the flavours differ.

use proptest::prelude::*;

use super::*;

#[test]
fn finds_what_dotnet_finds() {
    for (pattern, text, found) in [
        ("^[0-9]{4,16}$", "64854114520", true),
        ("^[0-9]{4,16}$", "64854114520\n", true),
        ("^[0-9]{4,16}$", "64854114520\n\n", false),
        (r"^a\Z", "a\n", true),
        (r"^a\z", "a\n", false),
        ("(?m)^b$", "a\nb\nc", true),
        ("^b$", "a\nb\nc", false),
        ("[0-9]{4}", "xx1234yy", true),
        (r"^(?=([^,]+)).+(?=(\1))", "a@b.com,c@d.com", false),
        (r"^(?=([^,]+)).+(?=(\1))", "a@b.com,a@b.com", true),
        (r"^(?=.*[a-z])(?=.*\d).{8,}$", "abcdefg1", true),
        (r"^(?=.*[a-z])(?=.*\d).{8,}$", "abcdefgh", false),
        ("[@#$%^&*[{}]", "a[b", true),
        ("[[:digit:]]", "x:]", true),
        ("[[:digit:]]", "7]", false),
        ("[]a]", "]", true),
        ("[^]a]", "]", false),
        ("^[a-z-[aeiou]]+$", "xyz", true),
        ("^[a-z-[aeiou]]+$", "xya", false),
        ("^[^a-z-[0-9]]$", "5", false),
        ("^[^a-z-[0-9]]$", "A", true),
        ("^[a&&b]+$", "a&b", true),
        ("^[a~~b]+$", "a~b", true),
        (r"^[\w-.]+$", "a-b.c", true),
        (r"^[\d-z]+$", "1-z", true),
        ("^[+--]$", ",", true),
        (r"^\w$", "é", true),
        (r"^\w$", "\u{200d}", false),
        (r"^[^\W_]$", "_", false),
        (r"^[^\W_]$", "x", true),
        (r"^\W$", "!", true),
        (r"^\d$", "٣", true),
        (r"^\u0041\x42\t$", "AB\t", true),
        (r"^\uD83D\uDE00$", "😀", true),
        (r"\<a\>", "<a>", true),
        (r"^\cA$", "\u{1}", true),
        (r"^[\b]$", "\u{8}", true),
        ("a{,5}", "a{,5}", true),
        ("^{a}$", "{a}", true),
        ("^a]$", "a]", true),
        ("(?'q'['\"]).*\\k<q>", "say 'yes'", true),
        ("(?<q>['\"]).*\\k'q'", "say 'yes\"", false),
        ("(?x) a b # then a comment\n c", "abc", true),
        ("(?x:a b) c", "ab c", true),
        ("(?#nothing)a", "a", true),
        ("(?i)É", "é", true),
        ("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\\10", "abcdefghijj", true),
        ("(a)\\10", "a\u{8}", true),
        ("(a)\\101", "aA", true),
        ("(a)\\81", "a81", true),
        (r"(?<n>b)(a)\1", "baa", true),
        (r"(?<n>b)(a)\2", "bab", true),
        (r"^(?<q>')?x(?(q)'|;)$", "'x'", true),
        (r"^(?<q>')?x(?(q)'|;)$", "'x;", false),
        (r"^(')?x(?(1)'|;)$", "x;", true),
        (r"^(')?(?<n>x)(?(1)'|;)$", "'x'", true),
        (r"(?n)^(a)(?<b>b)\1$", "abb", true),
        (r"(?n:(a))(b)\1", "abb", true),
        (r"^\p{IsGreek}+$", "αβ", true),
        (r"^\P{IsGreek}+$", "aβ", false),
        (r"^[\p{IsCyrillic}\p{Nd}-]+$", "да-1", true),
        (r"^[^\p{IsBasicLatin}]$", "é", true),
        (r"^\p{Lu}\p{Ll}$", "Éa", true),
        ("(?<=a+)b", "aab", true),
        ("(?<!a+)b", "aab", false),
        ("a{2,3}?", "aa", true),
        ("^*a", "a", true),
        (r"(?<n>b)\1", "bb", true),
        ("(?>a*)b", "aaab", true),
    ] {
        let compiled = Pattern::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"));
        assert_eq!(compiled.is_match(text), Ok(found), "{pattern} in {text:?}");
    }
}

#[test]
fn refuses_what_it_cannot_run() {
    for pattern in [
        "(",
        ")",
        "[a",
        "a\\",
        "(?<a-b>x)",
        "(?(1)a|b)",
        "(?(a)a|b)",
        "(?<1>a)",
        "(?<a>x)|(?<a>y)",
        r"\p{IsKlingon}",
        r"\p{Greek}",
        r"\p{lu}",
        "a++",
        "a**",
        "a{2}{3}",
        "a*??",
        "*a",
        "a|*",
        "(+a)",
        r"[a-\d]",
        r"\x{41}",
        r"\h",
        "(?P<a>x)",
        "(?|a)",
        "(?(?=a)a|b)",
        r"\2",
        r"(?<a>x)\k<b>",
        "(*a)",
        r"\q",
        "[z-a]",
        r"\uD83D",
    ] {
        assert!(Pattern::new(pattern).is_err(), "{pattern}");
    }
    assert_eq!(Pattern::new(&"a".repeat(20_000)).err(), Some(PatternError::TooLarge));
    assert!(Pattern::new(&"(".repeat(5_000)).is_err());
    assert!(Pattern::new(&format!("{}a{}", "(".repeat(4_000), ")".repeat(4_000))).is_err());
    assert_eq!(Pattern::new("(?:(?:a{1000}){1000}){1000}").err(), Some(PatternError::TooLarge));
}

#[test]
fn a_runaway_search_ends() {
    let pattern = Pattern::new(r"^(?:(a+)\1?)+$").expect("a valid pattern");
    assert_eq!(pattern.is_match(&format!("{}!", "a".repeat(5_000))), Err(PatternError::LimitExceeded));
}

#[test]
fn replaces_as_dotnet_does() {
    for (pattern, text, replacement, wanted) in [
        ("(?<=.).(?=.*@)", "emily@contoso.com", "*", "e****@contoso.com"),
        ("(a)(b)?", "xaby", "[$2$1]", "x[ba]y"),
        ("(?<n>a)", "a", "${n}${n}$$", "aa$"),
        ("a", "a", "<$&>", "<a>"),
        ("a", "a", "$x$9", "$x$9"),
        ("b", "abc", "[$`|$'|$_]", "a[a|c|abc]c"),
        ("(a)(b)(?<n>c)?", "abc", "$+", "c"),
        ("(?<n>a)(b)", "ab", "$1$2", "ba"),
        ("(?<n>a)(b)", "ab", "${1}${n}${0}$10", "baab$10"),
        ("b", "aaa", "x", "aaa"),
        ("^", "a", "-", "-a"),
    ] {
        let compiled = Pattern::new(pattern).expect("a valid pattern");
        assert_eq!(compiled.replace_all(text, replacement).as_deref(), Ok(wanted), "{pattern}");
    }
}

#[test]
fn named_groups_are_found() {
    let pattern = Pattern::new("(?<alias>.*)@(?<host>x)?(.*)$").expect("a valid pattern");
    let groups = pattern.named_groups("emily@contoso.com").expect("within limits").expect("it matches");
    assert_eq!(groups, [("alias".to_owned(), Some("emily")), ("host".to_owned(), None)]);
    assert_eq!(pattern.named_groups("emily"), Ok(None));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_panics(source in r"[\\\[\]\(\)\{\}\^\$\|\?\*\+\-&~<>'=!:#a-c0-9,.xukpPwWdDsSbZ\n ]{0,24}", text in ".{0,24}\n?") {
        if let Ok(pattern) = Pattern::new(&source) {
            let _ = pattern.is_match(&text);
            let _ = pattern.replace_all(&text, "$1${x}$&");
        }
    }

    #[test]
    fn escaped_text_finds_itself(text in ".{1,20}") {
        let source: String = text.chars().flat_map(|c| {
            let escape = c.is_ascii_punctuation().then_some('\\');
            escape.into_iter().chain([c])
        }).collect();
        let pattern = Pattern::new(&format!("^{source}$")).expect("an escaped text is a pattern");
        prop_assert_eq!(pattern.is_match(&text), Ok(true));
    }
}
