//! The readable text of a mail that came as HTML alone.

/// Columns at which tables and paragraphs are broken.
const WIDTH: usize = 100;

/// The text of the HTML, without addresses of links.
pub(crate) fn text_of(html: &str) -> String {
    let decorator = html2text::render::TrivialDecorator::new();
    html2text::config::with_decorator(decorator)
        .string_from_read(html.as_bytes(), WIDTH)
        .map(|text| text.trim().to_owned())
        .unwrap_or_else(|error| {
            tracing::debug!(%error, "a mail's HTML could not be read");
            String::new()
        })
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn styles_and_tags_are_not_text() {
        let html = "<html><head><style>p { color: #123456 }</style><title>Mail</title></head>\
                    <body><p>Your code:</p><p><b>482913</b> &amp; nothing else</p></body></html>";
        let text = text_of(html);
        assert!(text.contains("482913 & nothing else"), "{text}");
        assert!(!text.contains("123456") && !text.contains('<'), "{text}");
    }
}
