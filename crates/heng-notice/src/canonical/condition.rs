//! Conditions, rows, amounts and ranges.

use heng_diag::Pair;

use super::{
    Reader,
    template::{closed, parts},
};

/// Comparisons: how they are said, of amounts and of dates, and their signs. What holds another word
/// stands before it.
const COMPARISONS: [(Pair, &str); 11] = [
    (Pair("{}不早于{}", "{} is not before {}"), "≥"),
    (Pair("{}不晚于{}", "{} is not after {}"), "≤"),
    (Pair("{}早于{}", "{} is before {}"), "<"),
    (Pair("{}晚于{}", "{} is after {}"), ">"),
    (Pair("{}不超过{}", "{} is at most {}"), "≤"),
    (Pair("{}不低于{}", "{} is at least {}"), "≥"),
    (Pair("{}超过{}", "{} is above {}"), ">"),
    (Pair("{}低于{}", "{} is below {}"), "<"),
    (Pair("{}不满{}", "{} is below {}"), "<"),
    (Pair("{}不为{}", "{} is not {}"), "≠"),
    (Pair("{}为{}", "{} is {}"), "="),
];

/// States: how they are said of a subject before them, and their words.
const STATES: [(Pair, &str); 6] = [
    (Pair("{}缺报", "{} is missing"), "缺报"),
    (Pair("{}申报为“无”", "{} is declared none"), "无"),
    (Pair("{}不适用", "{} does not apply"), "不适用"),
    (Pair("{}无佐证", "{} has no evidence"), "无佐证"),
    (Pair("{}迟报", "{} is late"), "迟报"),
    (Pair("{}有争议", "{} is disputed"), "有争议"),
];

/// Ranges: how they are said, and brackets or sign; `a` and `b` stand for the ends.
const RANGES: [(Pair, &str); 8] = [
    (Pair("{}以上{}以下", "at least {} and at most {}"), "[a, b]"),
    (Pair("{}以上不满{}", "at least {} and below {}"), "[a, b)"),
    (Pair("超过{}至{}", "above {} and at most {}"), "(a, b]"),
    (Pair("超过{}不满{}", "above {} and below {}"), "(a, b)"),
    (Pair("{}以上", "at least {}"), "≥ a"),
    (Pair("超过{}", "above {}"), "> a"),
    (Pair("{}以下", "at most {}"), "≤ a"),
    (Pair("不满{}", "below {}"), "< a"),
];

impl Reader<'_> {
    /// A condition as a rule file writes it.
    pub(super) fn condition(&self, text: &str) -> Option<String> {
        let text = text.trim();
        self.left.set(self.left.get().checked_sub(1)?);
        self.single(text)
            .or_else(|| self.joined(text, Pair("且", " and "), " 且 "))
            .or_else(|| self.joined(text, Pair("或", " or "), " 或 "))
    }

    /// Conditions joined by one word: the first is as short as can be.
    fn joined(&self, text: &str, word: Pair, sign: &str) -> Option<String> {
        let word = self.word(word);
        let mut from = 0;
        while let Some(found) = text.get(from..)?.find(word) {
            let at = from + found;
            from = at + word.len();
            let (left, right) = (text.get(..at)?, text.get(from..)?);
            if !closed(left) {
                continue;
            }
            if let Some(left) = self.part(left)
                && let Some(right) = self
                    .part(right)
                    .or_else(|| self.joined(right, Pair("且", " and "), sign).filter(|_| sign == " 且 "))
                    .or_else(|| self.joined(right, Pair("或", " or "), sign).filter(|_| sign == " 或 "))
            {
                return Some(format!("{left}{sign}{right}"));
            }
        }
        None
    }

    /// A part of a joined condition: single, or in brackets.
    fn part(&self, text: &str) -> Option<String> {
        let text = text.trim();
        let inner = self.fits(text, Pair("（{}）", "({})"), |holes| match holes {
            [inner] => Some(format!("（{}）", self.condition(inner)?)),
            _ => None,
        });
        inner.or_else(|| self.single(text))
    }

    fn single(&self, text: &str) -> Option<String> {
        let one = |template: Pair, make: &dyn Fn(&str) -> Option<String>| {
            self.fits(text, template, |holes| match holes {
                [one] => make(one),
                _ => None,
            })
        };
        one(Pair("没有{}", "there are no {}"), &|rows| Some(format!("非 存在（{}）", self.rows(rows)?)))
            .or_else(|| one(Pair("有{}", "there are {}"), &|rows| Some(format!("存在（{}）", self.rows(rows)?))))
            .or_else(|| {
                one(Pair("并非（{}）", "not ({})"), &|inner| Some(format!("非（{}）", self.condition(inner)?)))
            })
            .or_else(|| one(Pair("{}不为空", "{} is not empty"), &|a| Some(format!("{} 不为空", self.operand(a)?))))
            .or_else(|| one(Pair("{}为空", "{} is empty"), &|a| Some(format!("{} 为空", self.operand(a)?))))
            .or_else(|| one(Pair("{}为否", "{} is no"), &|a| Some(format!("非 {}", self.operand(a)?))))
            .or_else(|| {
                STATES
                    .iter()
                    .find_map(|(template, state)| one(*template, &|a| Some(format!("{} {state}", self.operand(a)?))))
            })
            .or_else(|| self.checked(text))
            .or_else(|| self.within(text))
            .or_else(|| self.in_range(text))
            .or_else(|| self.comparison(text))
            .or_else(|| self.path(text))
    }

    /// A check by a script and what it is handed.
    fn checked(&self, text: &str) -> Option<String> {
        const WAYS: [(Pair, &str); 2] = [
            (Pair("脚本检查“{}”（{}）通过", "script check {} ({}) passes"), ""),
            (Pair("脚本检查“{}”（{}）未通过", "script check {} ({}) fails"), "非 "),
        ];
        WAYS.into_iter().find_map(|(said, not)| {
            self.fits(text, said, |holes| {
                let [check, handed] = holes else { return None };
                if !self.mask.is_name(check) {
                    return None;
                }
                let handed = parts(handed, self.word(Pair("，", ", ")))
                    .into_iter()
                    .map(|one| self.amount(one).or_else(|| self.rows(one)).or_else(|| self.condition(one)));
                Some(format!("{not}{check}（{}）", handed.collect::<Option<Vec<String>>>()?.join("，")))
            })
        })
    }

    fn within(&self, text: &str) -> Option<String> {
        self.fits(text, Pair("{}在{}起{}内", "{} is within {} from {}"), |holes| {
            let [date, a, b] = holes else { return None };
            let (start, limit) = if self.lang == heng_diag::Lang::Zh { (a, b) } else { (b, a) };
            Some(format!("{} 在 {} 起 {} 内", self.operand(date)?, self.operand(start)?, self.operand(limit)?))
        })
    }

    fn in_range(&self, text: &str) -> Option<String> {
        let above = [
            (Pair("{}超过{}至{}", "{} is above {} and at most {}"), ']'),
            (Pair("{}超过{}不满{}", "{} is above {} and below {}"), ')'),
        ];
        let above = above.into_iter().find_map(|(said, close)| {
            self.fits(text, said, |holes| match holes {
                [subject, a, b] => {
                    let (subject, a, b) = (self.operand(subject)?, self.operand(a)?, self.operand(b)?);
                    Some(format!("{subject} 在 ({a}, {b}{close}"))
                }
                _ => None,
            })
        });
        above.or_else(|| self.between(text))
    }

    fn between(&self, text: &str) -> Option<String> {
        self.fits(text, Pair("{}在{}", "{} is {}"), |holes| {
            let [subject, range] = holes else { return None };
            let (subject, range) = (self.operand(subject)?, self.range(range)?);
            let word = if range.starts_with(['[', '(']) { " 在" } else { "" };
            Some(format!("{subject}{word} {range}"))
        })
    }

    fn comparison(&self, text: &str) -> Option<String> {
        COMPARISONS.iter().find_map(|(template, sign)| {
            self.fits(text, *template, |holes| match holes {
                [a, b] => Some(format!("{} {sign} {}", self.operand(a)?, self.operand(b)?)),
                _ => None,
            })
        })
    }

    /// A datum or definition that is yes or no, or a condition as a rule file writes it.
    fn path(&self, text: &str) -> Option<String> {
        let plain = !text.contains('（') || self.calls(text);
        plain.then(|| self.expression(text)).flatten()
    }

    /// Whether a text is the call of a method of the pack, or of a function.
    fn calls(&self, text: &str) -> bool {
        text.split('（').next().is_some_and(|name| self.expression(name).is_some())
    }

    /// An amount as an operand.
    fn operand(&self, text: &str) -> Option<String> {
        self.amount(text)
    }

    /// An amount: a share, a count, a parameter with its value, a word, or as it is written.
    pub(super) fn amount(&self, text: &str) -> Option<String> {
        let text = text.trim();
        let share = self.fits(text, Pair("{}占全部{}的比例", "the share of {} among all {}"), |holes| match holes
        {
            [rows, _] => Some(format!("占比（{}）", self.rows(rows)?)),
            _ => None,
        });
        let count = || {
            self.fits(text, Pair("{}的个数", "the number of {}"), |holes| match holes {
                [rows] => Some(format!("个数（{}）", self.rows(rows)?)),
                _ => None,
            })
        };
        let parameter = || {
            self.fits(text, Pair("{}（{}）", "{} ({})"), |holes| match holes {
                [name, _] if self.mask.is_parameter(name) => Some((*name).to_owned()),
                _ => None,
            })
        };
        let plain = ![" 且 ", " 或 ", " and ", " or "].iter().any(|word| parts(text, word).len() > 1);
        share.or_else(count).or_else(parameter).or_else(|| self.value(text).filter(|_| plain))
    }

    /// Rows: a table, or those of it for which a condition holds.
    pub(super) fn rows(&self, text: &str) -> Option<String> {
        let text = text.trim();
        if self.mask.is_name(text) {
            return Some(text.to_owned());
        }
        let of = |table: &str, condition: &str| {
            let (table, condition) = (self.rows(table)?, self.condition(condition)?);
            let table = if table.contains(' ') { format!("（{table}）") } else { table };
            Some(format!("{table} 凡 {condition}"))
        };
        let found = self.fits(text, Pair("{}的{}", "{} where {}"), |holes| match (holes, self.lang) {
            ([condition, table], heng_diag::Lang::Zh) => of(table, condition),
            ([table, condition], heng_diag::Lang::En) => of(table, condition),
            _ => None,
        });
        found.or_else(|| self.expression(text))
    }

    /// A range as the cell of a row.
    pub(super) fn range(&self, text: &str) -> Option<String> {
        let text = text.trim();
        RANGES.iter().find_map(|(template, made)| {
            self.fits(text, *template, |holes| {
                let ends: Option<Vec<String>> = holes.iter().map(|end| self.amount(end)).collect();
                match ends?.as_slice() {
                    [a] => Some(made.replace('a', a)),
                    [a, b] => {
                        let (open, close) = made.split_once("a, b")?;
                        Some(format!("{open}{a}, {b}{close}"))
                    }
                    _ => None,
                }
            })
        })
    }

    /// A cell of a 分档: a range, words, a state, or the rest. `first` where the subject stands before it.
    pub(super) fn cell(&self, text: &str, first: bool) -> Option<String> {
        let text = text.trim();
        let lead = if first { Pair("在", "is ") } else { Pair("", "") };
        let ranged = text.strip_prefix(self.word(lead)).and_then(|text| self.range(text));
        let ranged = ranged.or_else(|| if self.lang == heng_diag::Lang::Zh { self.range(text) } else { None });
        ranged.or_else(|| self.words(text, first)).or_else(|| self.state(text, first))
    }

    fn words(&self, text: &str, first: bool) -> Option<String> {
        let lead = if first { Pair("为", "is ") } else { Pair("为", "") };
        let words = text.strip_prefix(self.word(lead))?;
        let words: Option<Vec<String>> =
            parts(words, self.word(Pair("或", " or "))).into_iter().map(|word| self.amount(word)).collect();
        words.filter(|words| !words.is_empty()).map(|words| words.join("、"))
    }

    fn state(&self, text: &str, first: bool) -> Option<String> {
        const LATER: [Pair; 6] = [
            Pair("缺报", "missing"),
            Pair("申报为“无”", "declared none"),
            Pair("不适用", "not applicable"),
            Pair("无佐证", "without evidence"),
            Pair("迟报", "late"),
            Pair("有争议", "disputed"),
        ];
        STATES.iter().zip(LATER).find_map(|((said, state), later)| {
            let said = if first { self.word(*said).trim_start_matches("{}").trim() } else { self.word(later) };
            (said == text).then(|| (*state).to_owned())
        })
    }
}
