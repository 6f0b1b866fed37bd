//! Text inside pages, for every crate that writes one.

/// `text` as it stands in a page, between tags or in a quoted attribute.
///
/// # Examples
/// ```
/// assert_eq!(heng_diag::escape_html("a < \"b\" & c"), "a &lt; &quot;b&quot; &amp; c");
/// ```
#[must_use]
pub fn escape_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
