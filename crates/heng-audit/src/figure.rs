//! Figures: an amount, a count, a percentage or points, with what stands before it.

use std::ops::Range;

use heng_model::Number;
use serde::Serialize;

use crate::document::{Document, Kind};
use crate::pattern::patterns;

/// What a figure measures; only figures of one family can be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Money; the value is in yuan.
    Money,
    /// Parts of a hundred; the value is the number before the sign.
    Percent,
    /// Points of a score.
    Points,
    /// So many of something, with its measure word.
    Count(String),
}

/// A figure of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What it measures.
    pub family: Family,
    /// Its value, in the unit of its family.
    pub value: Number,
    /// Half a unit of the last printed place: the value meant lies within this of the value printed.
    pub half: Number,
    /// Number and unit as printed.
    pub printed: String,
    /// One of the printed unit, in the unit of the family.
    #[serde(skip)]
    pub unit: Number,
    /// The unit as printed.
    #[serde(skip)]
    pub unit_word: String,
    /// What it is the figure of, in the words before it.
    pub label: String,
    /// Whose figure it is, where its label does not say: of “公务接待费预算 5 万元，实际支出 4 万元” the second is
    /// of the 公务接待费.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The year it is of, where that is said.
    pub period: Option<i64>,
    /// Its bytes in the document's text.
    pub span: Range<usize>,
    /// The block it stands in.
    pub block: usize,
    /// The sentence of the document it stands in.
    pub sentence: usize,
}

patterns! {
    FIGURE = r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*(亿元|万元|千元|百元|元|万?(?:人次|户次|车次|批次|平方公里|平方米|立方米|公里|千米|公顷|课时|学时|小时|余?亩|吨|株|米)|万(?:人|户|名|件|家|个|册|份|次)|亿|万|%|个百分点|百分点|分(?:值)?|个工作日|[名人个家项件辆次户所场期份篇处台套条座栋幢宗例批册幅起盏]|名额)?";
    BRACKETED = r"[（(][^（()）]{1,2}[）)]";
    YEAR = r"(20\d{2})\s*年";
    TAIL = r"(?:数额|金额|总额|数)?(?:分别)?(?:共计|合计|总计|共有|约为|约|为|是|达到|达|共|了|有|计|:|：|\s)+$";
    OWNER = r"^(?:我部|我局|我委|我办|我镇|我单位|本单位|本部门|本年度|我中心|全年|年度|当年|本年|部门|的|,|，|\s|和|及|与)+";
}

/// The unit of a word: its family and what one of it is.
fn unit(word: &str) -> Option<(Family, i64)> {
    Some(match word {
        "亿元" | "亿" => (Family::Money, 100_000_000),
        "万元" | "万" => (Family::Money, 10_000),
        "千元" => (Family::Money, 1000),
        "百元" => (Family::Money, 100),
        "元" => (Family::Money, 1),
        "%" | "个百分点" | "百分点" => (Family::Percent, 1),
        "分" | "分值" => (Family::Points, 1),
        "名" | "人" => (Family::Count("人".to_owned()), 1),
        "" => return None,
        other if other.starts_with('万') => (Family::Count(person(other.trim_start_matches('万')).to_owned()), 10_000),
        other => (Family::Count(other.to_owned()), 1),
    })
}

/// 名 and 人 count the same.
fn person(word: &str) -> &str {
    if word == "名" { "人" } else { word }
}

/// The value of printed digits in a unit, and half a unit of its last place. An amount that is printed to
/// the fen, and a count, cannot be finer: it is exact.
pub(crate) fn measure(digits: &str, family: &Family, one: i64) -> Option<(Number, Number)> {
    let plain = digits.replace(',', "");
    let value = &Number::parse_decimal(&plain)? * &Number::from(one);
    let places = plain.split_once('.').map_or(0, |(_, rest)| u32::try_from(rest.len()).unwrap_or(0));
    let half = &Number::scaled(5, places + 1) * &Number::from(one);
    let exact = match family {
        Family::Money => half < Number::scaled(1, 2),
        Family::Count(_) => one == 1 && places == 0,
        Family::Points => true,
        Family::Percent => false,
    };
    Some((value, if exact { Number::ZERO } else { half }))
}

impl Figure {
    /// The label with the subject.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}", self.subject, self.label)
    }
}

/// Every figure of the paragraphs, in reading order.
pub(crate) fn figures(document: &Document) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut sentence = 0;
    for (block, part) in document.blocks.iter().enumerate() {
        if part.kind != Kind::Paragraph {
            continue;
        }
        let text = document.block_text(part);
        let mut start = 0;
        for piece in text.split_inclusive(['。', '！', '？', '!', '?']) {
            sentence += 1;
            in_sentence(piece, part.span.start + start, block, sentence, &mut found);
            start += piece.len();
        }
    }
    found
}

fn in_sentence(text: &str, offset: usize, block: usize, sentence: usize, found: &mut Vec<Figure>) {
    let sentence_period = period(text);
    let mut free = 0;
    for captured in FIGURE.captures_iter(text) {
        let (Some(whole), Some(digits)) = (captured.get(0), captured.get(1)) else { continue };
        let word = captured.get(2).map_or("", |unit| unit.as_str());
        let before = text.get(..whole.start()).unwrap_or("");
        let after = text.get(whole.end()..).unwrap_or("");
        let Some((family, one)) = unit(word) else { continue };
        if !stands_alone(before, after, word, digits.as_str()) {
            continue;
        }
        let Some((value, half)) = measure(digits.as_str(), &family, one) else { continue };
        let lead = text.get(free..whole.start()).unwrap_or("");
        let plain = BRACKETED.replace_all(lead, "");
        let lead: &str = &plain;
        let own =
            lead.rsplit(['，', ',', '。', '；', ';', '：', ':', '、', '（', '(', '）', ')']).next().unwrap_or(lead);
        found.push(Figure {
            family,
            value,
            half,
            printed: whole.as_str().to_owned(),
            unit: Number::from(one),
            unit_word: word.to_owned(),
            label: label(own),
            subject: String::new(),
            period: period(own).or(sentence_period),
            span: offset + whole.start()..offset + whole.end(),
            block,
            sentence,
        });
        free = whole.end();
    }
}

/// Whether digits are a figure, and not part of a date, a clause, a document number, a code or a word.
fn stands_alone(before: &str, after: &str, word: &str, digits: &str) -> bool {
    let previous = before.chars().next_back();
    let next = after.chars().next();
    let joined = previous.is_some_and(|c| {
        c.is_ascii_alphanumeric() || matches!(c, '〔' | '[' | '第' | '.' | '/' | '-' | '—' | '–' | '~')
    });
    if joined
        && !previous.is_some_and(|c| {
            matches!(c, '-' | '—' | '–' | '~') && before.chars().rev().nth(1).is_some_and(|c| !c.is_ascii_digit())
        })
    {
        return false;
    }
    let follows: &[char] = match word {
        "分" => &['之', '别', '类', '管', '钟', '布', '配', '解', '析', '部', '期', '级', '项'],
        "万" | "亿" => &[
            '人', '户', '亩', '吨', '平', '人', '名', '次', '册', '株', '头', '千', '立', '公', '字', '件', '份', '家',
            '个', '多', '余', '美', '欧', '港', '英', '日', '韩',
        ],
        "个" => &['月', '工', '小', '百'],
        "人" | "名" => &['均', '才', '民', '单', '义', '录', '称'],
        "次" => &['年', '月', '日'],
        "批" => &['准', '复', '示', '文', '量'],
        "起" if previous.is_some() && word == "起" && before.ends_with(['年', '月', '日']) => return false,
        "米" | "万米" => &['粉', '面'],
        "期" | "条" | "项" if previous == Some('第') => return false,
        _ => &[],
    };
    !(next.is_some_and(|c| follows.contains(&c)) || word == "个工作日" || digits.len() > 20)
}

fn period(text: &str) -> Option<i64> {
    YEAR.captures(text).and_then(|captured| captured.get(1)?.as_str().parse().ok())
}

/// The words of a label without what every label may carry.
fn label(text: &str) -> String {
    let plain = YEAR.replace_all(text, "").replace(['“', '”', '"', ' '], "");
    let mut plain = plain.strip_prefix("其中").unwrap_or(&plain).to_owned();
    if let Some(tail) = TAIL.find(&plain) {
        plain.truncate(tail.start());
    }
    OWNER.replace(&plain, "").into_owned()
}

/// A number as it would be printed in a unit, with at most this many decimals.
pub(crate) fn shown(value: &Number, unit: &Number, places: u32) -> String {
    let number = value.checked_div(unit).unwrap_or(Number::ZERO);
    let rounded = number.round(places, heng_model::Rounding::HalfUp);
    rounded.decimal_text().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let mut document = Document::new("a");
        document.paragraph(text, 0);
        figures(&document).into_iter().map(|figure| (figure.label, figure.printed)).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn figures_have_their_labels() {
        assert_eq!(
            found("2023年本部门收入预算2366.79万元，收入决算４，８５３．０６万元，其中：其他收入16.27 万元。"),
            pairs(&[("收入预算", "2366.79万元"), ("收入决算", "4,853.06万元"), ("其他收入", "16.27 万元")])
        );
    }

    #[test]
    fn dates_numbers_of_documents_and_clauses_are_no_figures() {
        let text = "根据湛坡财〔2024〕194号，2024年10月15日，电话0759-3950001，第3条，2.1节，三分之1，编号A12个，3个月";
        assert_eq!(found(text), []);
    }
}
