//! A policy file that uses the whole language, made from the table: for tests of everything that reads policies.

use std::fmt::Write as _;

use super::{Attribute, Child, Content, Element, POLICY, Type};
use crate::xml::NAMESPACE;

/// A file with every element and attribute, in order. Of things that exclude one another, and of fixed words, it has the
/// first, the second, and so on; what may be there several times is there twice, the second time as short as it can be.
pub fn sample(alternative: usize) -> String {
    let mut sample = Sample { alternative, text: String::new(), names: 0 };
    sample.write(&POLICY, false, 0);
    sample.text.replacen("<TrustFrameworkPolicy", &format!("<TrustFrameworkPolicy xmlns=\"{NAMESPACE}\""), 1)
}

struct Sample {
    alternative: usize,
    text: String,
    names: usize,
}

impl Sample {
    fn write(&mut self, element: &Element, short: bool, depth: usize) {
        let indent = "  ".repeat(depth);
        self.put(&format!("{indent}<{}", element.name));
        for attribute in element.attributes {
            if self.has(element, attribute, short) {
                let value = self.value(&attribute.value);
                self.put(&format!(" {}=\"{value}\"", attribute.name));
            }
        }
        match &element.content {
            Content::Nothing | Content::Anything => self.put(" />\n"),
            Content::Text(value) => {
                let value = self.value(value);
                self.put(&format!(">{value}</{}>\n", element.name));
            }
            Content::Sequence(children) => {
                self.put(">\n");
                children.iter().for_each(|child| self.child(child, short, depth));
                self.put(&format!("{indent}</{}>\n", element.name));
            }
            Content::Choice(children) => {
                self.put(">\n");
                self.child(&children[self.alternative % children.len()], short, depth);
                self.put(&format!("{indent}</{}>\n", element.name));
            }
        }
    }

    fn child(&mut self, child: &Child, short: bool, depth: usize) {
        if child.required || !short {
            self.write(child.element, short, depth + 1);
        }
        if child.repeated && !short {
            self.write(child.element, true, depth + 1);
        }
    }

    fn has(&self, element: &Element, attribute: &Attribute, short: bool) -> bool {
        let choice = element.one_of;
        match choice.iter().position(|name| *name == attribute.name) {
            Some(at) => at == self.alternative % choice.len(),
            None => attribute.required || !short,
        }
    }

    /// Texts and numbers are all different.
    fn value(&mut self, value: &Type) -> String {
        self.names += 1;
        match value {
            Type::Text => format!("text{}", self.names),
            Type::Number => self.names.to_string(),
            Type::Boolean | Type::Words(_) => {
                let words = value.words();
                words[self.alternative % words.len()].to_owned()
            }
            Type::Form(form) => form.example.to_owned(),
        }
    }

    fn put(&mut self, text: &str) {
        self.text.write_str(text).expect("a string takes everything");
    }
}
