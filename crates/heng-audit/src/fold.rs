//! What is written differently and means the same: full-width digits and letters, blanks, and signs
//! that are parts of numbers. Punctuation of sentences stays as it is.

/// The text in one form, on one line, without blanks at its ends or repeated blanks inside.
pub(crate) fn fold(text: &str) -> String {
    let chars: Vec<char> = text.chars().filter(|c| !heng_diag::is_invisible(*c) || c.is_whitespace()).collect();
    let digit = |at: Option<&char>| at.is_some_and(|c| half(*c).is_ascii_digit());
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let inside = digit(before) && digit(chars.get(at + 1));
        let folded = match half(*c) {
            c if c.is_whitespace() || c.is_control() => ' ',
            '，' | '﹐' if inside && grouped(&chars, at) => ',',
            '．' | '。' if inside && *c == '．' => '.',
            '−' | '－' if digit(chars.get(at + 1)) => '-',
            c => c,
        };
        if folded == ' ' && (out.is_empty() || out.ends_with(' ')) {
            continue;
        }
        out.push(folded);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a full-width comma stands in a chain of three digits each that ends in a point or a unit of
/// money: it parts thousands, and not two numbers.
fn grouped(chars: &[char], at: usize) -> bool {
    let before = chars.get(..at).unwrap_or(&[]).iter().rev().take_while(|c| half(**c).is_ascii_digit()).count();
    let mut rest = chars.get(at..).unwrap_or(&[]);
    while rest.first().is_some_and(|c| matches!(c, '，' | ',' | '﹐')) {
        let digits = rest.iter().skip(1).take_while(|c| half(**c).is_ascii_digit()).count();
        if digits != 3 {
            return false;
        }
        rest = rest.get(4..).unwrap_or(&[]);
    }
    let blank = rest.iter().take_while(|c| c.is_whitespace()).count();
    let next = rest.get(blank).map(|c| half(*c));
    before <= 3 && next.is_none_or(|c| matches!(c, '.' | '．' | '元' | '万' | '亿'))
}

fn half(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => {
            char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c)
        }
        '％' | '﹪' => '%',
        '\u{3000}' | '\u{a0}' => ' ',
        c => c,
    }
}

/// The text without blanks and punctuation, all of it half-width: two texts that a reader takes for the
/// same have the same bones.
#[must_use]
pub fn bones(text: &str) -> String {
    let plain = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let folded = fold(text);
    let kept = folded.chars().map(plain).filter(|c| c.is_alphanumeric() || matches!(c, '.' | '%' | '-'));
    kept.flat_map(char::to_lowercase).collect::<String>().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_half_width_and_sentences_stay() {
        assert_eq!(fold("  收入１，２３４．５０万元，\t其中：基本 支出５％　"), "收入1,234.50万元， 其中：基本 支出5%");
        assert_eq!(fold("分别为100，200，300户"), "分别为100，200，300户");
    }

    #[test]
    fn full_width_and_blanks_are_no_difference() {
        assert_eq!(bones("收入（万元）： 1.5"), bones("收入(万元):１．５。"));
        assert_ne!(bones("收入1.5"), bones("收入15"));
    }
}
