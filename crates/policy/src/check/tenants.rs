//! Whose policies these are: the tenant that every file names, and names again for its base policy.

use crate::chain::Chain;
use crate::codes::{other_tenant, placeholder_tenant};
use crate::diagnostic::{Diagnostic, Sink};
use crate::document::Document;
use crate::settings::has_placeholder;
use crate::source::{Sources, Spanned};

/// Reports tenants that are nobody's, and chains of more than one tenant.
pub(crate) fn check(documents: &[Document], chains: &[Chain], sources: &Sources, sink: &mut Sink) {
    placeholders(documents, sources, sink);
    for chain in chains {
        if let [.., base, leaf] = chain.documents[..] {
            one_tenant(&documents[leaf], &documents[base], sink);
        }
    }
}

/// A starter pack as it was downloaded: one mistake of the folder, whatever the number of its files.
fn placeholders(documents: &[Document], sources: &Sources, sink: &mut Sink) {
    let folder = |document: &Document| &sources.file(document.file).folder;
    let mut seen: Vec<(&Document, &Spanned<String>, usize)> = Vec::new();
    for document in documents {
        let unfilled = |tenant: &&Spanned<String>| is_placeholder(&tenant.value);
        let Some(tenant) = document.tenant.iter().chain(&document.base_tenant).find(unfilled) else { continue };
        let same = |(other, written, _): &&mut (&Document, &Spanned<String>, usize)| {
            folder(other) == folder(document) && written.value.trim().eq_ignore_ascii_case(tenant.value.trim())
        };
        match seen.iter_mut().find(same) {
            Some((_, _, more)) => *more += 1,
            None => seen.push((document, tenant, 0)),
        }
    }
    for (document, tenant, more) in seen {
        report(placeholder_tenant::placeholder_tenant(tenant, more), document, sink);
    }
}

fn one_tenant(leaf: &Document, base: &Document, sink: &mut Sink) {
    let real = |tenant: &&Spanned<String>| !is_placeholder(&tenant.value) && !has_placeholder(&tenant.value);
    let Some(own) = leaf.tenant.as_ref().filter(real) else { return };
    let is_own = |tenant: &Spanned<String>| tenant.value.trim().eq_ignore_ascii_case(own.value.trim());
    if let Some(named) = leaf.base_tenant.as_ref().filter(real).filter(|named| !is_own(named)) {
        report(other_tenant::other_tenant(named, own), leaf, sink);
    } else if let Some(of_base) = base.tenant.as_ref().filter(real).filter(|of_base| !is_own(of_base)) {
        report(other_tenant::other_tenant(own, of_base), leaf, sink);
    }
}

fn report(finding: Diagnostic, document: &Document, sink: &mut Sink) {
    sink.report(Diagnostic { policy: Some(document.id.value.clone()), ..finding });
}

/// Whether this is what a starter pack or a sample has where the reader's own tenant belongs.
fn is_placeholder(tenant: &str) -> bool {
    const NAMES: &[&str] = &["yourtenant", "yourtenantname", "tenantname", "yourb2ctenant"];
    let label = tenant.trim().split('.').next().unwrap_or_default();
    let letters: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_marked = tenant.contains(['{', '<', '[', '@']) && !has_placeholder(tenant);
    is_marked || NAMES.iter().any(|name| name.eq_ignore_ascii_case(&letters))
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn what_samples_have_where_a_tenant_belongs() {
        for placeholder in [
            "yourtenant.onmicrosoft.com",
            "your-tenant.onmicrosoft.com",
            "your_tenant.onmicrosoft.com",
            "tenant-name.onmicrosoft.com",
            "{your_tenant_name}.onmicrosoft.com",
            "<yourtenant>.onmicrosoft.com",
        ] {
            assert!(is_placeholder(placeholder), "{placeholder}");
        }
        // What has a value elsewhere is not left over: whether it has one is checked where it is filled in.
        for tenant in ["contoso.onmicrosoft.com", "tenant.example", "{Settings:Tenant}.onmicrosoft.com", "{{tenant}}"] {
            assert!(!is_placeholder(tenant), "{tenant}");
        }
    }
}
