//! JM0026: more than the service takes, though not more than we do.

use crate::diagnostic::{Code, Diagnostic, Kind, Severity};
use crate::example::Example;
use crate::model::Ref;
use crate::source::Span;

/// A file too large, or a chain too long, for the service.
pub const OVER_SERVICE_LIMITS: Code = Code {
    id: "JM0026",
    severity: Severity::Warning,
    summary: "more than the service takes",
    explanation: "The service takes files of up to 1,024 kB and chains of up to ten policies. A larger file, or a policy \
with more than nine bases below it, runs here, where nothing depends on either, but cannot be uploaded there.\n\n\
What makes files large are nearly always texts: put each group of languages into a file of its own, one over the other. \
A long chain becomes shorter when files that are only ever used together are made one; `show` prints the policy that they \
come to.",
    service: &[],
    fails: Example::Elements(&["", "", "", "", "", "", "", "", "", "", ""]),
    passes: Example::Elements(&["", "", "", "", "", "", "", "", "", ""]),
};

/// Bytes of a file.
pub(crate) const LARGEST_FILE: usize = 1024 * 1024;

/// Files of a chain.
pub(crate) const LONGEST_CHAIN: usize = 10;

pub(crate) fn chain_too_long(base: &Ref) -> Diagnostic {
    let message = format!("the service takes no chain of more than {LONGEST_CHAIN} policies");
    Diagnostic::new(&OVER_SERVICE_LIMITS, Kind::Policy, base.span, message)
        .label(format!("with this base it is {}", LONGEST_CHAIN + 1))
        .help("make one of two files that are only used together; here the length makes no difference")
}

pub(crate) fn file_too_large(root: Span, bytes: usize) -> Diagnostic {
    let message = format!("the service takes no file of more than 1,024 kB, and this one has {}", bytes.div_ceil(1024));
    Diagnostic::new(&OVER_SERVICE_LIMITS, Kind::Policy, root, message)
        .help("move texts to a file of their own between this one and its base; here the size makes no difference")
}

#[cfg(test)]
mod tests {
    use super::{LARGEST_FILE, OVER_SERVICE_LIMITS};
    use crate::testing::{file, found_in};

    #[test]
    fn the_eleventh_policy_of_a_chain_is_told_and_not_what_builds_on_it() {
        let files: Vec<String> = (0..13)
            .map(|at| file(&format!("P{at}"), (at > 0).then(|| format!("P{}", at - 1)).as_deref(), ""))
            .collect();
        let texts: Vec<&str> = files.iter().map(String::as_str).collect();
        assert_eq!(found_in(&OVER_SERVICE_LIMITS, &texts[..10]), "");
        assert_eq!(
            found_in(&OVER_SERVICE_LIMITS, &texts),
            "warning: the service takes no chain of more than 10 policies\n\
             10.xml:2:67\n\
             | <BasePolicy><TenantId>contoso.onmicrosoft.com</TenantId><PolicyId>P9</PolicyId></BasePolicy>\n\
             |                                                                   ^^ with this base it is 11\n\
             help: make one of two files that are only used together; here the length makes no difference\n"
        );
    }

    #[test]
    fn so_is_a_megabyte_of_texts() {
        let large = file("P", None, &format!("<!--{}-->", " ".repeat(LARGEST_FILE)));
        let said = found_in(&OVER_SERVICE_LIMITS, &[&large]);
        assert!(
            said.starts_with("warning: the service takes no file of more than 1,024 kB, and this one has 1025\n"),
            "{said}"
        );
    }
}
