//! Texts of tables as a rule file can hold them.

use heng_diag::is_invisible;

/// A text on one line, without the signs that end a line or a block in whichever width they are written:
/// braces become 〔〕, a number sign №; two slashes are set apart, those of an address (https://) excepted.
/// Characters that nobody can see, which a rule file may not hold, are left out.
#[must_use]
pub fn one_line(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut line = String::with_capacity(text.len());
    let mut before = (' ', ' ');
    for sign in text.chars().filter(|sign| !is_invisible(*sign)) {
        let sign = match sign {
            '{' | '｛' => '〔',
            '}' | '｝' => '〕',
            '#' | '＃' => '№',
            '／' => '/',
            sign => sign,
        };
        if sign == '/' && before.1 == '/' && before.0 != ':' {
            line.push(' ');
        }
        line.push(sign);
        before = (before.1, sign);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_are_set_apart_and_addresses_stay_whole() {
        for (text, line) in [
            ("甲 // 乙", "甲 / / 乙"),
            ("甲／／／乙", "甲/ / /乙"),
            ("https://a.b/c", "https://a.b/c"),
            ("见 https://a.b //丙", "见 https://a.b / /丙"),
            ("{甲}\n# 乙", "〔甲〕 № 乙"),
            ("甲\u{1}\u{200b}乙/\u{feff}/丙", "甲乙/ /丙"),
        ] {
            assert_eq!(one_line(text), line);
        }
    }
}
