//! Amounts of money as contracts and receipts write them: 壹佰元整.

use heng_model::Number;

const DIGITS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 4] = ["", "万", "亿", "万亿"];

/// `yuan` in capitals, as the rules for filling in notes prescribe (支付结算办法附件一): nothing below
/// 分 is written, 整 closes an amount that ends at 元 or 角.
///
/// # Units
/// 元.
///
/// # Missing
/// None for a negative amount, an amount with parts of a 分, or one of 10¹⁶ 元 and more.
pub(crate) fn capitals(yuan: &Number) -> Option<String> {
    let cents = (yuan * &Number::from(100)).to_i64().filter(|cents| *cents >= 0)?;
    let (whole, rest) = (cents / 100, cents % 100);
    let (jiao, fen) = (rest / 10, rest % 10);
    let mut out = String::new();
    if whole > 0 {
        out.push_str(&integer(whole)?);
        out.push('元');
    }
    if jiao > 0 {
        out.push(digit(jiao)?);
        out.push('角');
    } else if fen > 0 && whole > 0 {
        out.push('零');
    }
    if fen > 0 {
        out.push(digit(fen)?);
        out.push('分');
    } else {
        out.push_str(if out.is_empty() { "零元整" } else { "整" });
    }
    Some(out)
}

fn digit(value: i64) -> Option<char> {
    DIGITS.get(usize::try_from(value).ok()?).copied()
}

/// A whole number, four digits at a time; a gap of zeros is one 零.
fn integer(mut value: i64) -> Option<String> {
    let mut groups = Vec::new();
    while value > 0 {
        groups.push(value % 10_000);
        value /= 10_000;
    }
    let mut out = String::new();
    let mut gap = false;
    for (index, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = true;
            continue;
        }
        if !out.is_empty() && (gap || *group < 1000) {
            out.push('零');
        }
        out.push_str(&four(*group)?);
        let unit = GROUPS.get(index)?;
        // 亿 is written once where the group below it is there to carry it.
        let unit = if index == 3 && groups.get(2).is_some_and(|below| *below > 0) { "万" } else { unit };
        out.push_str(unit);
        gap = false;
    }
    Some(out)
}

fn four(group: i64) -> Option<String> {
    let mut out = String::new();
    let mut gap = false;
    for (place, power) in [(3_usize, 1000), (2, 100), (1, 10), (0, 1)] {
        let value = group / power % 10;
        if value == 0 {
            gap = !out.is_empty();
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        out.push(digit(value)?);
        out.push_str(PLACES.get(place)?);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        capitals(&Number::parse_decimal(text)?)
    }

    #[test]
    fn amounts_read_as_on_a_cheque() {
        let cases = [
            ("0", "零元整"),
            ("0.05", "伍分"),
            ("0.5", "伍角整"),
            ("1", "壹元整"),
            ("10", "壹拾元整"),
            ("1409.5", "壹仟肆佰零玖元伍角整"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
            ("107000.53", "壹拾万柒仟元伍角叁分"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("325.04", "叁佰贰拾伍元零肆分"),
            ("100000000", "壹亿元整"),
            ("100000001", "壹亿零壹元整"),
            ("1000010000", "壹拾亿零壹万元整"),
            ("48498800", "肆仟捌佰肆拾玖万捌仟捌佰元整"),
            ("10000000000000", "壹拾万亿元整"),
            ("1000100000000", "壹万零壹亿元整"),
        ];
        for (number, text) in cases {
            assert_eq!(of(number).as_deref(), Some(text), "{number}");
        }
    }

    #[test]
    fn what_no_cheque_can_carry_is_refused() {
        assert_eq!(of("-1"), None);
        assert_eq!(of("0.005"), None);
        assert_eq!(of("99999999999999999999"), None);
    }
}
