//! What a sentence says as a rule file writes it: passed on, if it can be an expression at all.

use std::{collections::BTreeSet, sync::LazyLock};

use heng_diag::{Lang, Pair};

use super::{Reader, template::closed};

/// Words of expressions that are no keywords: units, calendar.
const UNITS: [&str; 37] = [
    "at",
    "most",
    "least",
    "percentage_points",
    "percentage_point",
    "working_day",
    "calendar_days",
    "calendar_day",
    "元",
    "万元",
    "亿元",
    "分",
    "天",
    "年",
    "月",
    "日",
    "项",
    "个",
    "个百分点",
    "个工作日",
    "个自然日",
    "起",
    "次",
    "人",
    "件",
    "户",
    "家",
    "points",
    "point",
    "days",
    "day",
    "yuan",
    "wan_yuan",
    "yi_yuan",
    "working_days",
    "items",
    "item",
];

/// Units in prose, and as a rule file writes them.
const PROSE: [(&str, &str); 8] = [
    (" percentage points", "个百分点"),
    (" percentage point", "个百分点"),
    (" working days", "个工作日"),
    (" working day", "个工作日"),
    (" calendar days", "个自然日"),
    (" calendar day", "个自然日"),
    (" million yuan", "百万元"),
    (" full marks", " full"),
];

static WORDS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let keywords = heng_dsl::KEYWORDS.iter().flat_map(|keyword| [keyword.zh, keyword.en]);
    keywords
        .flat_map(|keyword| keyword.split(' '))
        .chain(UNITS)
        .chain(heng_dsl::WORDS.iter().flat_map(|(zh, en)| [*zh, *en]))
        .collect()
});

impl Reader<'_> {
    /// An expression as it is written; none where words stand in it that are neither names nor the language's.
    pub(super) fn expression(&self, text: &str) -> Option<String> {
        let text = text.trim();
        let mut written = format!(" {text}");
        if self.lang == Lang::En {
            PROSE.iter().for_each(|(prose, rule)| written = written.replace(prose, rule));
        }
        let written = written.trim().to_owned();
        let keyword = crate::KEYWORDS.iter().any(|word| word.zh == written || word.en == written);
        (!written.is_empty() && !keyword && closed(&written) && self.only_known(&written)).then_some(written)
    }

    /// Points, limits and other plain values; 满分 in words.
    pub(super) fn value(&self, text: &str) -> Option<String> {
        if self.is(text, Pair("满分", "full marks")) {
            return Some("满分".to_owned());
        }
        self.expression(text)
    }

    fn only_known(&self, text: &str) -> bool {
        if text.starts_with(['=', '，', ',', '；', ';', '：', ':']) {
            return false;
        }
        let (mut rest, mut before, mut something) = (text, None, false);
        while let Some(sign) = rest.chars().next() {
            let skip = if self.mask.is_sign(sign) || sign.is_ascii_digit() {
                something = true;
                sign.len_utf8()
            } else if let Some(inner) = rest.strip_prefix('“') {
                something = true;
                match inner.find('”') {
                    Some(end) => '“'.len_utf8() + end + '”'.len_utf8(),
                    None => return false,
                }
            } else if sign.is_alphabetic() {
                something = true;
                match word(rest).filter(|long| self.stands_alone(rest, *long, before)) {
                    Some(long) => long,
                    None => return false,
                }
            } else if "；;。…?≈：:".contains(sign) && !text.contains('{') {
                return false;
            } else {
                sign.len_utf8()
            };
            before = rest.get(..skip).and_then(|text| text.chars().next_back());
            rest = rest.get(skip..).unwrap_or_default();
        }
        something
    }

    /// Whether a word of the language stands where an expression has one: set off from names and other words,
    /// or behind a number as its unit.
    fn stands_alone(&self, text: &str, long: usize, before: Option<char>) -> bool {
        let after = text.get(long..).and_then(|rest| rest.chars().next());
        let letter = |sign: char| self.mask.is_sign(sign) || sign.is_alphabetic();
        let number = before.is_some_and(|sign| sign.is_ascii_digit() || sign == '位');
        let unit = number && text.get(..long).is_some_and(|word| word == "位" || UNITS.contains(&word));
        let rounds = text.starts_with("保留");
        unit || (!before.is_some_and(letter)
            && !after.is_some_and(|sign| letter(sign) || (sign.is_ascii_digit() && !rounds)))
    }
}

/// How long the word of the language is with which a text starts: whole in Latin letters, the longest in Chinese.
fn word(text: &str) -> Option<usize> {
    let run: usize =
        text.chars().take_while(|sign| sign.is_ascii_alphanumeric() || *sign == '_').map(char::len_utf8).sum();
    if run > 0 {
        return text.get(..run).filter(|word| WORDS.contains(word)).map(str::len);
    }
    WORDS.iter().filter(|word| !word.is_ascii() && text.starts_with(**word)).map(|word| word.len()).max()
}
