//! Custom HTML templates: the page goes into the template's `#api`, and what a template may not bring stays out.
//!
//! Removed always: frames, plugins, `base`, refreshes, event handler attributes (the content security policy would not
//! run them), `javascript:` addresses, the tags of foreign forms, scripts outside the head. Scripts in the head stay where
//! the policy allows them, and get the page's nonce.

use std::cell::Cell;
use std::rc::Rc;

use lol_html::html_content::{ContentType, Element};
use lol_html::{HandlerResult, RewriteStrSettings, element, rewrite_str};

/// What goes into a template.
pub(crate) struct Splice<'a> {
    /// Children of `#api`.
    pub(crate) inner: &'a str,
    /// Attributes of `#api`.
    pub(crate) attributes: Vec<(&'static str, String)>,
    /// Goes first into the head, so that the template's scripts find the globals.
    pub(crate) head: &'a str,
    pub(crate) language: &'a str,
    pub(crate) direction: &'static str,
    pub(crate) nonce: &'a str,
    pub(crate) allow_scripts: bool,
}

/// Why a template cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateFault {
    /// It has no element with the id `api`.
    NoApiElement,
    /// It is not HTML that can be rewritten.
    Malformed,
}

/// Tells whether a template can be used, for whoever fetched it. A page whose template cannot be used has our own looks.
pub fn check_template(html: &str) -> Result<(), TemplateFault> {
    let empty = Splice {
        inner: "",
        attributes: Vec::new(),
        head: "",
        language: "",
        direction: "ltr",
        nonce: "",
        allow_scripts: false,
    };
    empty.into_template(html).map(|_| ())
}

const FORBIDDEN: &str = "iframe, frame, frameset, object, embed, applet, portal, base, meta[http-equiv=refresh i]";
/// Attributes that hold an address, or animate one.
const ADDRESSES: [&str; 9] = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "to", "values"];

impl Splice<'_> {
    /// The template with the page in it.
    pub(crate) fn into_template(self, html: &str) -> Result<String, TemplateFault> {
        let head_done = Rc::new(Cell::new(false));
        let in_body = Rc::new(Cell::new(false));
        let api_done = Rc::new(Cell::new(false));
        let handlers = vec![
            element!("html", |el| {
                el.set_attribute("lang", self.language)?;
                el.set_attribute("dir", self.direction)?;
                Ok(())
            }),
            element!("head", |el| {
                if !head_done.replace(true) {
                    el.prepend(self.head, ContentType::Html);
                }
                Ok(())
            }),
            element!("body", |_el| {
                in_body.set(true);
                Ok(())
            }),
            element!("*", sanitize),
            element!(FORBIDDEN, |el| {
                el.remove();
                Ok(())
            }),
            element!("form", |el| {
                el.remove_and_keep_content();
                Ok(())
            }),
            element!("script", |el| {
                if self.allow_scripts && !in_body.get() && !api_done.get() {
                    el.set_attribute("nonce", self.nonce)?;
                } else {
                    el.remove();
                }
                Ok(())
            }),
            element!("#api", |el| {
                if api_done.replace(true) {
                    el.remove();
                    return Ok(());
                }
                if !head_done.replace(true) {
                    el.before(self.head, ContentType::Html);
                }
                for (name, value) in &self.attributes {
                    el.set_attribute(name, value)?;
                }
                el.set_inner_content(self.inner, ContentType::Html);
                Ok(())
            }),
        ];
        let settings =
            handlers.into_iter().fold(RewriteStrSettings::new(), RewriteStrSettings::append_element_content_handler);
        let page = rewrite_str(html, settings).map_err(|_| TemplateFault::Malformed)?;
        if api_done.get() { Ok(page) } else { Err(TemplateFault::NoApiElement) }
    }
}

/// Takes attributes away that would run something.
fn sanitize(el: &mut Element<'_, '_>) -> HandlerResult {
    let running: Vec<String> = el
        .attributes()
        .iter()
        .filter(|attribute| {
            let name = attribute.name();
            name.starts_with("on")
                || name == "srcdoc"
                || (ADDRESSES.contains(&name.as_str()) && runs_script(&attribute.value()))
        })
        .map(|attribute| attribute.name())
        .collect();
    for name in running {
        el.remove_attribute(&name);
    }
    Ok(())
}

/// Recognises `javascript:` and its like through the white space, control characters and references that browsers skip.
fn runs_script(address: &str) -> bool {
    // A reference could spell any letter: an address that has one before its colon is not worth keeping.
    let scheme: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(24).collect();
    let scheme = scheme.to_ascii_lowercase();
    let head = scheme.split(['/', '?', '#']).next().unwrap_or_default();
    ["javascript:", "vbscript:", "data:text/html", "data:image/svg"].iter().any(|bad| scheme.starts_with(bad))
        || (head.contains('&') && (scheme.contains(':') || scheme.contains("&#") || scheme.contains("&colon")))
        || scheme.starts_with("&#")
}

#[cfg(test)]
mod tests {
    use super::{Splice, TemplateFault, check_template};

    fn splice(html: &str, allow_scripts: bool) -> String {
        let splice = Splice {
            inner: "<h1>Sign in</h1>",
            attributes: vec![("data-name", "Unified".into())],
            head: "<script nonce=\"n\">var SETTINGS = {};</script>",
            language: "de",
            direction: "ltr",
            nonce: "n",
            allow_scripts,
        };
        splice.into_template(html).expect("a template")
    }

    #[test]
    fn the_page_replaces_what_api_holds() {
        let page =
            splice("<html><head><title>T</title></head><body><div id=\"api\">old<b>x</b></div></body></html>", false);
        assert_eq!(
            page,
            "<html lang=\"de\" dir=\"ltr\"><head><script nonce=\"n\">var SETTINGS = {};</script><title>T</title></head>\
             <body><div id=\"api\" data-name=\"Unified\"><h1>Sign in</h1></div></body></html>"
        );
    }

    #[test]
    fn a_template_without_a_head_gets_the_globals_before_api() {
        let page = splice("<div id=api></div>", false);
        assert!(page.starts_with("<script nonce=\"n\">var SETTINGS"), "{page}");
    }

    #[test]
    fn what_runs_is_removed() {
        let page = splice(
            "<html><head><script>bad()</script><base href=//x><meta http-equiv=Refresh content=0></head>\
             <body onload=bad()><a href=' java\tscript:bad()'>a</a><a href='&#106;avascript:bad()'>b</a>\
             <form action=//x><input></form><iframe src=//x></iframe><svg><a xlink:href=javascript:bad()>c</a></svg>\
             <img src=x onerror=bad()><div id=api></div><div id=api>again</div><script>bad()</script></body></html>",
            false,
        );
        for trace in ["bad()", "<base", "http-equiv", "<form", "iframe", "again", "avascript"] {
            assert!(!page.contains(trace), "{trace} in {page}");
        }
        assert!(page.contains("<input>"), "a form's content stays: {page}");
    }

    #[test]
    fn allowed_scripts_stay_in_the_head_only() {
        let page = splice(
            "<html><head><script src=\"https://cdn.example/a.js\"></script></head><body><script>b()</script><div id=api></div></body></html>",
            true,
        );
        assert!(page.contains("<script src=\"https://cdn.example/a.js\" nonce=\"n\"></script>"), "{page}");
        assert!(!page.contains("b()"), "{page}");
    }

    #[test]
    fn a_template_needs_api() {
        assert_eq!(check_template("<html><body></body></html>"), Err(TemplateFault::NoApiElement));
        assert_eq!(check_template("<div id='api'></div>"), Ok(()));
    }
}
