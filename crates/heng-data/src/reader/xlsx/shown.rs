//! How a number format shows a number: a percent sign or a unit that only the format writes belongs
//! to the figure as much as its digits, and a format that scales shows another figure than is held.

use calamine::Style;

use crate::number;
use heng_model::{Quantity, normal_name};

/// What a number format adds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    /// The figure is shown as a percentage.
    pub(super) percent: bool,
    /// The unit that the format writes after the digits.
    pub(super) unit: Option<String>,
    /// The format, when it shows the figure divided by a power of ten.
    pub(super) scaled: Option<String>,
}

impl Shown {
    pub(super) fn of(style: &Style) -> Shown {
        style.number_format.as_ref().map_or_else(Shown::default, |format| Shown::of_code(&format.format_code))
    }

    fn of_code(code: &str) -> Shown {
        let (digits, literals) = split(code);
        let unit = Some(normal_name(&literals)).filter(|unit| {
            [Quantity::Money, Quantity::Count, Quantity::Points]
                .into_iter()
                .any(|quantity| !unit.is_empty() && number::scale(quantity, unit).is_some())
        });
        let scaled = digits.contains('!') || digits.trim_end().ends_with(',');
        Shown { percent: digits.contains('%'), unit, scaled: scaled.then(|| code.to_owned()) }
    }
}

/// The digit places of the format's first section, and the text it writes beside them.
fn split(code: &str) -> (String, String) {
    let (mut digits, mut literals) = (String::new(), String::new());
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => break,
            '"' => literals.extend(signs.by_ref().take_while(|c| *c != '"')),
            '[' => signs.by_ref().take_while(|c| *c != ']').for_each(drop),
            '\\' => literals.extend(signs.next()),
            '_' | '*' => drop(signs.next()),
            other if other.is_ascii() => digits.push(other),
            other => literals.push(other),
        }
    }
    (digits, literals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str) -> (bool, Option<String>, bool) {
        let shown = Shown::of_code(code);
        (shown.percent, shown.unit, shown.scaled.is_some())
    }

    #[test]
    fn a_format_says_what_it_adds() {
        assert_eq!(shown("General"), (false, None, false));
        assert_eq!(shown("0.00%"), (true, None, false));
        assert_eq!(shown("0\"%\""), (false, None, false));
        assert_eq!(shown("#,##0.00_ ;[Red]-#,##0.00 "), (false, None, false));
        assert_eq!(shown("#,##0.00\"万元\""), (false, Some("万元".into()), false));
        assert_eq!(shown("0.00万元"), (false, Some("万元".into()), false));
        assert_eq!(shown("0!.0000\"万元\""), (false, Some("万元".into()), true));
        assert_eq!(shown("#,##0,"), (false, None, true));
    }
}
