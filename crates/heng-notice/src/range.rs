//! Ranges in the words of notices: 80%以上不满90%, 80%（含）-90%, ≥80%且<90%.

use crate::{
    amount::Amount,
    pattern::{part, parts, patterns},
};

/// An end of a range; whether the number itself belongs to it may be unsaid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) at: Amount,
    pub(crate) closed: Option<bool>,
}

/// A range of a figure.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) struct Range {
    pub(crate) low: Option<End>,
    pub(crate) high: Option<End>,
}

const OVER: &str = "≥|>|大于等于|大于或等于|不低于|不少于|不小于|达到|达|高于|超过|超出|大于|多于|至少";
const UNDER: &str =
    "≤|<|小于等于|小于或等于|不超过|不高于|不大于|不多于|低于|不足|不满|未达到|未达|达不到|小于|少于|至多";

patterns! {
    BRACKETS = r"(?:在|为)?([\[(]){A},{A}([\])])";
    BETWEEN = r"(?:在|介于|处于|达到)?{A}{E}(?:-|~|至|到){A}{E}(?:之间|区间)?(?:\((含|不含)(\d+(?:\.\d+)?)%?(?:,(含|不含)(\d+(?:\.\d+)?)%?)?\))?";
    ONE_SIDE = r"(?:在|处于|达到|达)?{A}{E}[及或]?(以上|以下|以内){E}";
    UP_TO = r"(?:在|处于|达到|达)?{A}{E}[及]?以上{E}(?:,|、|且|但|至|到)?(不满|不足|不到|低于|小于|未达到|未达)?{A}{E}(以下)?{E}";
    SANDWICH = r"{A}(≤|<)(?:[\p{Han}A-Za-z]{0,20})(≤|<){A}";
    EXACT = r"(为|=|等于)?{A}";
}
static OPERATOR: crate::pattern::Pattern =
    std::sync::LazyLock::new(|| crate::pattern::compile(&format!("({OVER}|{UNDER}){{A}}([及]?以上|[及]?以下)?{{E}}")));
static OPERATORS: crate::pattern::Pattern = std::sync::LazyLock::new(|| {
    crate::pattern::compile(&format!("({OVER}){{A}}{{E}}(?:,|、|且|但|并且|并)?({UNDER}|至|到|-){{A}}{{E}}"))
});

/// Reads a range; none where the text is none, or says two things about an end.
pub(crate) fn range(text: &str) -> Option<Range> {
    let text = &named_ends(text);
    exact(text)
        .or_else(|| brackets(text))
        .or_else(|| operator(text))
        .or_else(|| one_side(text))
        .or_else(|| between(text))
        .or_else(|| operators(text))
        .or_else(|| up_to(text))
        .or_else(|| sandwich(text))
}

static NAMED: crate::pattern::Pattern = std::sync::LazyLock::new(|| {
    regex::Regex::new(r"(\d+(?:\.\d+)?)([%元分天]?)(及?(?:以上|以下|以内)?)\((不?含)(\d+(?:\.\d+)?)[%元分天]?\)").ok()
});

/// 90%以上（含90%）: a mark that names the number before it needs no number; one that names another keeps it.
fn named_ends(text: &str) -> String {
    let Some(named) = &*NAMED else { return text.to_owned() };
    let shorten = |found: &regex::Captures<'_>| {
        let [number, unit, word, mark, other] = [1, 2, 3, 4, 5].map(|index| part(found, index));
        if number == other { format!("{number}{unit}{word}({mark})") } else { part(found, 0).to_owned() }
    };
    named.replace_all(text, shorten).into_owned()
}

fn exact(text: &str) -> Option<Range> {
    let found = parts(&EXACT, text)?;
    let end = End { at: Amount::new(part(&found, 2), part(&found, 3))?, closed: Some(true) };
    Some(Range { low: Some(end.clone()), high: Some(end) })
}

fn two(a: Amount, b: Amount, closed: (Option<bool>, Option<bool>)) -> Range {
    let a = a.with_unit_of(&b);
    Range { low: Some(End { at: a, closed: closed.0 }), high: Some(End { at: b, closed: closed.1 }) }
}

fn brackets(text: &str) -> Option<Range> {
    let found = parts(&BRACKETS, text)?;
    let (a, b) = (Amount::new(part(&found, 2), part(&found, 3))?, Amount::new(part(&found, 4), part(&found, 5))?);
    Some(two(a, b, (Some(part(&found, 1) == "["), Some(part(&found, 6) == "]"))))
}

fn edge(text: &str) -> Option<bool> {
    match text {
        "含" => Some(true),
        "不含" => Some(false),
        _ => None,
    }
}

/// Where one end is marked, the other is the opposite; where none is, both stay unsaid.
fn both(low: Option<bool>, high: Option<bool>) -> (Option<bool>, Option<bool>) {
    match (low, high) {
        (Some(low), None) => (Some(low), Some(!low)),
        (None, Some(high)) => (Some(!high), Some(high)),
        ends => ends,
    }
}

fn between(text: &str) -> Option<Range> {
    let found = parts(&BETWEEN, text)?;
    let (a, b) = (Amount::new(part(&found, 1), part(&found, 2))?, Amount::new(part(&found, 4), part(&found, 5))?);
    let (mut low, mut high) = (edge(part(&found, 3)), edge(part(&found, 6)));
    for (mark, number) in [(7, 8), (9, 10)] {
        let Some(mark) = edge(part(&found, mark)) else { continue };
        let number = part(&found, number);
        let end = if number == a.text { &mut low } else { &mut high };
        if (number != a.text && number != b.text) || end.is_some_and(|said| said != mark) {
            return None;
        }
        *end = Some(mark);
    }
    Some(two(a, b, both(low, high)))
}

/// The words decide; a mark in brackets may only agree, or open what 以上 and 以下 close.
fn marked(words: bool, marks: &[&str]) -> Option<bool> {
    let mut closed = words;
    for mark in marks.iter().filter_map(|mark| edge(mark)) {
        if mark && !words {
            return None;
        }
        closed = mark;
    }
    Some(closed)
}

fn one_side(text: &str) -> Option<Range> {
    let found = parts(&ONE_SIDE, text)?;
    let at = Amount::new(part(&found, 1), part(&found, 2))?;
    let closed = Some(marked(true, &[part(&found, 3), part(&found, 5)])?);
    let end = Some(End { at, closed });
    Some(match part(&found, 4) {
        "以上" => Range { low: end, high: None },
        _ => Range { low: None, high: end },
    })
}

/// Whether an operator is a lower end, and whether its number belongs to it.
fn operator_of(word: &str) -> (bool, bool) {
    let over = OVER.split('|').any(|other| other == word);
    let open = matches!(
        word,
        ">" | "高于"
            | "超过"
            | "超出"
            | "大于"
            | "多于"
            | "<"
            | "低于"
            | "不足"
            | "不满"
            | "未达到"
            | "未达"
            | "达不到"
            | "小于"
            | "少于"
            | "不到"
    );
    (over, !open)
}

fn operator(text: &str) -> Option<Range> {
    let found = parts(&OPERATOR, text)?;
    let at = Amount::new(part(&found, 2), part(&found, 3))?;
    let (over, closed) = operator_of(part(&found, 1));
    match part(&found, 4) {
        "" => {}
        // 达到90%以上 says once more what 达到 says; 超过10%以上 says two things about 10%.
        tail if tail.ends_with("以上") == over && closed => {}
        _ => return None,
    }
    let end = Some(End { at, closed: Some(marked(closed, &[part(&found, 5)])?) });
    Some(if over { Range { low: end, high: None } } else { Range { low: None, high: end } })
}

fn operators(text: &str) -> Option<Range> {
    let found = parts(&OPERATORS, text)?;
    let (a, b) = (Amount::new(part(&found, 2), part(&found, 3))?, Amount::new(part(&found, 6), part(&found, 7))?);
    let (_, low) = operator_of(part(&found, 1));
    let high = match part(&found, 5) {
        // 超过10%至30%: what is over the one end reaches up to the other.
        "至" | "到" | "-" if !low => true,
        "至" | "到" | "-" => return None,
        word => operator_of(word).1,
    };
    let (low, high) = (marked(low, &[part(&found, 4)])?, marked(high, &[part(&found, 8)])?);
    Some(two(a, b, (Some(low), Some(high))))
}

fn up_to(text: &str) -> Option<Range> {
    let found = parts(&UP_TO, text)?;
    let (a, b) = (Amount::new(part(&found, 1), part(&found, 2))?, Amount::new(part(&found, 6), part(&found, 7))?);
    let low = marked(true, &[part(&found, 3), part(&found, 4)])?;
    let below = part(&found, 9) == "以下";
    let high = match part(&found, 5) {
        "" if below => marked(true, &[part(&found, 8), part(&found, 10)])?,
        "" => return None,
        _ if below => return None,
        _ => marked(false, &[part(&found, 8), part(&found, 10)])?,
    };
    Some(two(a, b, (Some(low), Some(high))))
}

fn sandwich(text: &str) -> Option<Range> {
    let found = parts(&SANDWICH, text)?;
    let (a, b) = (Amount::new(part(&found, 1), part(&found, 2))?, Amount::new(part(&found, 5), part(&found, 6))?);
    Some(two(a, b, (Some(part(&found, 3) == "≤"), Some(part(&found, 4) == "≤"))))
}

impl Range {
    /// The cell of a 分档 row; none where an end is unclear.
    pub(crate) fn cell(&self) -> Option<String> {
        let sign =
            |end: &End, closed: &'static str, open: &'static str| end.closed.map(|is| if is { closed } else { open });
        Some(match (&self.low, &self.high) {
            (Some(low), Some(high)) if low == high => format!("= {}", low.at.rule()),
            (Some(low), Some(high)) => {
                let (open, close) = (sign(low, "[", "(")?, sign(high, "]", ")")?);
                format!("{open}{}, {}{close}", low.at.rule(), high.at.rule())
            }
            (Some(low), None) => format!("{} {}", sign(low, "≥", ">")?, low.at.rule()),
            (None, Some(high)) => format!("{} {}", sign(high, "≤", "<")?, high.at.rule()),
            (None, None) => return None,
        })
    }

    /// The ends that are there.
    pub(crate) fn ends(&self) -> impl Iterator<Item = &End> {
        self.low.iter().chain(&self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_law_decide_what_belongs_to_a_range() {
        let rows = [
            ("90%以上", "≥ 90%"),
            ("90%(含)以上", "≥ 90%"),
            ("90%以上(不含90%)", "> 90%"),
            ("60%以下", "≤ 60%"),
            ("不足60%", "< 60%"),
            ("低于60%", "< 60%"),
            ("80%以上不满90%", "[80%, 90%)"),
            ("80%(含)-90%", "[80%, 90%)"),
            ("80%-90%(含)", "(80%, 90%]"),
            ("80-90%(含80%)", "[80%, 90%)"),
            ("80%-90%(含80%,不含90%)", "[80%, 90%)"),
            ("[80%,90%)", "[80%, 90%)"),
            ("≥80%且<90%", "[80%, 90%)"),
            ("大于等于80%小于90%", "[80%, 90%)"),
            ("80%≤x<90%", "[80%, 90%)"),
            ("超过10%至30%", "(10%, 30%]"),
            ("达到100%", "≥ 100%"),
            ("100%", "= 100%"),
        ];
        for (text, cell) in rows {
            assert_eq!(range(text).and_then(|range| range.cell()).as_deref(), Some(cell), "{text}");
        }
    }

    #[test]
    fn two_things_about_an_end_are_no_range() {
        for text in ["超过90%(含)", "超过10%以上", "低于60%以下", "80%-90%(含85%)", "90%左右"] {
            assert_eq!(range(text), None, "{text}");
        }
        assert_eq!(range("80%-90%").unwrap().cell(), None);
    }
}
