//! Texts of cells as a rule file can hold them.

/// A text on one line, without the signs that end a line or a block in whichever width they are written:
/// braces become 〔〕, a number sign №, two slashes are set apart.
pub(crate) fn line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let safe = |sign| match sign {
        '{' | '｛' => '〔',
        '}' | '｝' => '〕',
        '#' | '＃' => '№',
        '／' => '/',
        sign => sign,
    };
    let mut text: String = text.chars().map(safe).collect();
    while text.contains("//") && !text.contains("://") {
        text = text.replace("//", "/ /");
    }
    text
}
