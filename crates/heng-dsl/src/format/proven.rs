//! 用例 and 性质 in the other language: their words and signs, scores, and the values of data that the file
//! declares as numbers, dates or 是否. Names, paths, texts and comments stay.

use heng_diag::Lang;
use heng_model::name::normal_name;

use super::{spell, survey::Survey};
use crate::keywords::unit;

type Pair = (&'static str, &'static str);

/// Words with a colon behind them, in a case and among properties.
const GIVES: [Pair; 2] = [("数据", "base"), ("依据", "clause")];
/// Words with a colon behind them, in 期望.
const EXPECTS: [Pair; 4] = [("总分", "total"), ("等级", "grade"), ("提示", "says"), ("拒收", "refused")];
/// What comes out where no score does.
const OUTCOMES: [Pair; 5] =
    [("不适用", "not_applicable"), ("待编", "todo"), ("待核", "review"), ("退回", "return"), ("停止", "stop")];
/// Values that are words.
const VALUES: [Pair; 8] = [
    ("是", "yes"),
    ("否", "no"),
    ("缺报", "missing"),
    ("无", "none"),
    ("不适用", "not_applicable"),
    ("无佐证", "no_evidence"),
    ("迟报", "late"),
    ("有争议", "disputed"),
];
/// What happens to data, and what the score does then.
const CHANGES: [Pair; 4] =
    [("越大", "rises"), ("同乘", "scaled together"), ("调换行序", "reordered"), ("换单位", "in other units")];
const EFFECTS: [Pair; 3] = [("不减", "never falls"), ("不增", "never rises"), ("不变", "stays")];

/// Where a line stands.
enum Place {
    Top,
    Case,
    Expect,
    Properties,
    Table(Option<Vec<String>>),
}

/// A block, line by line, in `to`.
pub fn turned(text: &str, survey: &Survey, to: Lang) -> String {
    let mut turner = Turner { survey, to, place: Place::Top };
    let lines: Vec<String> = text.lines().map(|line| turner.line(line)).collect();
    lines.join("\n")
}

struct Turner<'s> {
    survey: &'s Survey,
    to: Lang,
    place: Place,
}

impl Turner<'_> {
    fn line(&mut self, line: &str) -> String {
        let code = line.split_once(['#', '＃']).map_or(line, |(code, _)| code).trim_end();
        let rest = line.get(code.len()..).unwrap_or("");
        let bare = code.trim_start();
        let indent = code.get(..code.len() - bare.len()).unwrap_or("");
        let said = if bare.is_empty() { None } else { self.code(bare) };
        format!("{indent}{}{rest}", said.as_deref().unwrap_or(bare))
    }

    /// A line without its comment; none where it stays as it is.
    fn code(&mut self, line: &str) -> Option<String> {
        if matches!(line, "}" | "｝") {
            self.place = match self.place {
                Place::Expect | Place::Table(_) => Place::Case,
                _ => Place::Top,
            };
            return Some("}".to_owned());
        }
        match &mut self.place {
            Place::Top => self.head(line),
            Place::Case => self.given(line),
            Place::Properties => self.property(line),
            Place::Expect => {
                let (key, value) = pair(line)?;
                Some(self.joined(&self.word(&EXPECTS, key), &self.outcome(key, value)))
            }
            Place::Table(heads) => {
                let cells: Vec<&str> = line.split(['｜', '|']).map(str::trim).collect();
                let Some(heads) = heads else {
                    *heads = Some(cells.iter().map(|cell| (*cell).to_owned()).collect());
                    return Some(self.row(cells.into_iter().map(str::to_owned)));
                };
                let heads = heads.clone();
                let name = |at: usize| heads.get(at).map_or("", String::as_str);
                Some(self.row(cells.iter().enumerate().map(|(at, cell)| self.value(name(at), cell))))
            }
        }
    }

    fn head(&mut self, line: &str) -> Option<String> {
        let opened = line.strip_suffix(['{', '｛'])?.trim_end();
        if matches!(opened, "性质" | "properties") {
            self.place = Place::Properties;
            return Some(format!("{} {{", self.pick(("性质", "properties"))));
        }
        let name = ["用例", "test"].iter().find_map(|word| opened.strip_prefix(word))?.trim();
        self.place = Place::Case;
        Some(format!("{} {name} {{", self.pick(("用例", "test"))))
    }

    fn given(&mut self, line: &str) -> Option<String> {
        if let Some(opened) = line.strip_suffix(['{', '｛']).map(str::trim_end) {
            if matches!(opened, "期望" | "expect") {
                self.place = Place::Expect;
                return Some(format!("{} {{", self.pick(("期望", "expect"))));
            }
            let (name, word) = opened.split_once(['=', '＝'])?;
            return matches!(word.trim(), "表格" | "table").then(|| {
                self.place = Place::Table(None);
                format!("{} = {} {{", name.trim_end(), self.pick(("表格", "table")))
            });
        }
        let (key, value) = pair(line)?;
        let word = self.word(&GIVES, key);
        let known = GIVES.iter().any(|(zh, en)| key == *zh || key == *en);
        let value = if known { value.to_owned() } else { self.value(key, value) };
        Some(self.joined(&word, &value))
    }

    fn property(&self, line: &str) -> Option<String> {
        if let Some((indicator, bounds)) = [" 在 ", " within "].iter().find_map(|word| line.split_once(word)) {
            let (low, high) = [" 到 ", " to "].iter().find_map(|word| bounds.split_once(word))?;
            let [low, high] = [low, high].map(|bound| match bound.trim() {
                "满分" | "full" => self.pick(("满分", "full")).to_owned(),
                bound => self.number(bound).unwrap_or_else(|| bound.to_owned()),
            });
            let (within, to) = (self.pick(("在", "within")), self.pick(("到", "to")));
            return Some(format!("{} {within} {low} {to} {high}", self.indicator(indicator)));
        }
        let Some((cause, effect)) = line.rsplit_once(['，', ',']) else {
            let (key, value) = pair(line)?;
            return Some(self.joined(&self.word(&GIVES, key), value));
        };
        let (data, change) = self.ending(&CHANGES, cause.trim())?;
        let (indicator, effect) = self.ending(&EFFECTS, effect.trim())?;
        let data: Vec<&str> = data.split(['、', ',', '，']).map(str::trim).collect();
        let data = data.join(self.pick(("、", ", ")));
        Some(format!("{data} {change}{}{} {effect}", self.pick(("，", ", ")), self.indicator(indicator)))
    }

    /// What stands before one of the words at the end, and the word.
    fn ending<'l>(&self, words: &[Pair], text: &'l str) -> Option<(&'l str, &'static str)> {
        words.iter().find_map(|word| {
            let before = text.strip_suffix(word.0).or_else(|| text.strip_suffix(word.1))?;
            before.ends_with(char::is_whitespace).then(|| (before.trim(), self.pick(*word)))
        })
    }

    fn indicator(&self, name: &str) -> String {
        self.word(&[("总分", "total")], name.trim())
    }

    fn outcome(&self, key: &str, value: &str) -> String {
        match key {
            "提示" | "says" | "拒收" | "refused" => value.to_owned(),
            "等级" | "grade" => self.word(&[("无", "none")], value),
            _ => {
                let first = value.split_once(' ').map_or(value, |(first, _)| first);
                match OUTCOMES.iter().find(|(zh, en)| first == *zh || first == *en) {
                    Some(word) => format!("{}{}", self.pick(*word), value.strip_prefix(first).unwrap_or("")),
                    None => self.number(value).unwrap_or_else(|| value.to_owned()),
                }
            }
        }
    }

    /// The value of a datum or of a column, the last part of whose name decides what it is.
    fn value(&self, name: &str, value: &str) -> String {
        let last = name.rsplit(['.', '．']).next().unwrap_or(name).trim().trim_matches(['「', '」']);
        let last = normal_name(last);
        if !self.survey.declared.contains(&last) || self.survey.worded.contains(&last) {
            return value.to_owned();
        }
        let date = spell::date(value);
        if date.zh != date.en && (date.zh == value || date.en == value) {
            return date.text(self.to).to_owned();
        }
        self.number(value).unwrap_or_else(|| self.word(&VALUES, value))
    }

    /// A number with its unit.
    fn number(&self, value: &str) -> Option<String> {
        let signs = |sign: char| {
            sign.is_ascii_digit() || matches!(sign, '.' | ',' | '-' | '+' | '−' | '/' | '≈' | '≥' | '≤' | ' ')
        };
        let word = value.trim_start_matches(signs);
        let number = value.strip_suffix(word)?.trim_end();
        let (zh, one, many) = unit(word).filter(|_| number.contains(|sign: char| sign.is_ascii_digit()))?;
        let en = if number == "1" { one } else { many };
        Some(if self.to == Lang::Zh { format!("{number}{zh}") } else { format!("{number} {en}") })
    }

    fn row(&self, cells: impl Iterator<Item = String>) -> String {
        let cells: Vec<String> = cells.collect();
        cells.join(self.pick(("｜", " | "))).trim_end().to_owned()
    }

    fn joined(&self, key: &str, value: &str) -> String {
        format!("{key}{}{value}", self.pick(("：", ": ")))
    }

    /// A word of the list in the language; another as it is.
    fn word(&self, words: &[Pair], text: &str) -> String {
        let known = words.iter().find(|(zh, en)| text == *zh || text == *en);
        known.map_or(text, |word| self.pick(*word)).to_owned()
    }

    fn pick(&self, (zh, en): Pair) -> &'static str {
        if self.to == Lang::Zh { zh } else { en }
    }
}

/// `key：value`.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(['：', ':'])?;
    Some((key.trim(), value.trim()))
}
