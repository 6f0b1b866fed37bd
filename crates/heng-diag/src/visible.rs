//! Characters that a terminal acts on, or that nobody can see, written out. A rule file may hold a
//! byte-order mark, a zero-width space inside a name, or an escape sequence meant for the reader's
//! terminal; what is printed must show them and do nothing.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether `c` has no ink of its own, or would make a terminal do something.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Appends `c` as it may be shown: tabs stay, everything invisible becomes `<U+FEFF>`.
pub(crate) fn push_visible(out: &mut String, c: char) {
    if c == '\t' || !is_invisible(c) {
        out.push(c);
    } else {
        // Writing to a string cannot fail.
        let _ = write!(out, "<U+{:04X}>", u32::from(c));
    }
}

/// `text` as it may be shown on a terminal; line breaks and tabs stay.
///
/// # Examples
/// ```
/// assert_eq!(heng_diag::visible("甲\u{200b}乙"), "甲<U+200B>乙");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| c == '\n' || c == '\t' || !is_invisible(c);
    if text.chars().all(harmless) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' => out.push('\n'),
            '\r' if chars.peek() == Some(&'\n') => {}
            _ => push_visible(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// `text` on one line: line breaks become blanks.
#[must_use]
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        if !out.is_empty() {
            out.push(' ');
        }
        line.chars().for_each(|c| push_visible(&mut out, c));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        assert_eq!(visible("\u{feff}甲\u{202e}乙\u{1b}[31m"), "<U+FEFF>甲<U+202E>乙<U+001B>[31m");
        assert_eq!(visible("甲\r\n乙\r丙"), "甲\n乙<U+000D>丙");
        assert_eq!(one_line("甲\n乙"), "甲 乙");
        assert!(matches!(visible("一\t二\u{3000}“三”😀"), Cow::Borrowed(_)));
    }
}
