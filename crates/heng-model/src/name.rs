//! Names have one normal form, so that a full-width digit typed with a Chinese input method and the
//! half-width one in last year's file name the same thing: in headlines, in data files and on the
//! command line. The spelling of the declaration is what is printed.

/// The normal form of a name: full-width ASCII (U+FF01 … U+FF5E) folded to half-width, the
/// ideographic blank to a blank, outer blanks cut off and runs of blanks made one. Two names are the
/// same name when their normal forms are equal.
///
/// # Examples
/// ```
/// use heng_model::name::normal_name;
/// assert_eq!(normal_name("　２０２３　 年（Ａ） "), "2023 年(A)");
/// ```
#[must_use]
pub fn normal_name(name: &str) -> String {
    let folded: String = name.chars().map(half_width).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The half-width form of a full-width ASCII character or blank; any other character as it is.
#[must_use]
pub fn half_width(sign: char) -> char {
    match sign {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => u32::from(sign).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(sign),
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_and_blanks_make_no_difference() {
        for (spelled, normal) in [
            ("“三公”经费", "“三公”经费"),
            ("ＧＤＰ　（％）", "GDP (%)"),
            ("\t支出\u{a0}决算数\r\n", "支出 决算数"),
            ("！～", "!~"),
            ("", ""),
        ] {
            assert_eq!(normal_name(spelled), normal);
        }
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own_normal_form(name in "\\PC*") {
            let once = normal_name(&name);
            prop_assert_eq!(normal_name(&once), once);
        }
    }
}
