//! The content security policy of a page.

/// What a page may load besides its own inline script and styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resources {
    /// Nothing: pages without a custom template.
    None,
    /// Pictures, fonts and styles over https, as custom templates refer to them. Scripts of a template run by the nonce
    /// that the splice gives them.
    Template,
}

/// Value of the `Content-Security-Policy` header.
///
/// `form_targets` are origins beside our own that a form may end at: that of the validated redirect URI, because
/// browsers apply `form-action` to the redirects after a post as well. `frame_ancestors` are the origins that may embed
/// the page; none denies framing. Entries that are not plain origins are dropped, so nothing can add a directive.
pub fn content_security_policy(
    nonce: &str,
    form_targets: &[&str],
    frame_ancestors: &[&str],
    resources: Resources,
) -> String {
    let sources = |first: &str, origins: &[&str]| {
        let mut list = first.to_owned();
        for origin in origins.iter().filter(|origin| is_origin(origin)) {
            list.push(' ');
            list.push_str(origin);
        }
        list
    };
    let frames = if frame_ancestors.iter().any(|origin| is_origin(origin)) {
        sources("", frame_ancestors)
    } else {
        " 'none'".into()
    };
    let loading = match resources {
        Resources::None => format!("style-src 'nonce-{nonce}'; img-src 'self' data:"),
        // A nonce would switch 'unsafe-inline' off, and templates have style attributes.
        Resources::Template => {
            "style-src 'unsafe-inline' https:; img-src 'self' data: https:; font-src https:".to_owned()
        }
    };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; {loading}; connect-src 'self'; base-uri 'none'; \
         form-action {}; frame-ancestors{frames}",
        sources("'self'", form_targets),
    )
}

/// Scheme and authority, or a bare scheme as native apps have it; nothing that could end the directive.
fn is_origin(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let scheme_fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let rest_fits = rest.is_empty()
        || rest.strip_prefix("//").is_some_and(|host| {
            !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-._~:[]*".contains(c))
        });
    scheme_fits && rest_fits
}

#[cfg(test)]
mod tests {
    use super::{Resources, content_security_policy};

    #[test]
    fn form_targets_and_frames_are_named() {
        let policy = content_security_policy("abc", &["https://app.example", "com.app:"], &[], Resources::None);
        assert!(policy.contains("form-action 'self' https://app.example com.app:;"), "{policy}");
        assert!(policy.contains("script-src 'nonce-abc';"), "{policy}");
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
        let framed = content_security_policy("abc", &[], &["https://shop.example"], Resources::Template);
        assert!(framed.ends_with("frame-ancestors https://shop.example"), "{framed}");
    }

    #[test]
    fn an_origin_cannot_add_a_directive() {
        let hostile =
            ["https://a.example; script-src *", "https://a.example 'unsafe-inline'", "javascript:alert(1)", "*"];
        let policy = content_security_policy("abc", &hostile, &hostile, Resources::None);
        assert!(policy.contains("form-action 'self'; frame-ancestors 'none'"), "{policy}");
    }
}
