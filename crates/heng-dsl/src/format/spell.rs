//! How a token is written in Chinese and in English. Every token knows both, so turning a file into
//! the other language and back is nothing but choosing, and a line is as wide as its wider spelling
//! whatever language it stands in.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use heng_diag::Lang;

use crate::{
    keywords::{FIELDS, KEYWORDS, SYNONYMS, WORDS, unit as unit_named},
    parse::Rule,
};

/// A token in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling<'a> {
    /// Chinese.
    pub zh: Cow<'a, str>,
    /// English.
    pub en: Cow<'a, str>,
    /// The language a word stands in; none for signs, which follow the file.
    pub own: Option<Lang>,
}

/// The names of the language that are no keywords, by where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// 名称：类型.
    Type,
    /// f（…）.
    Function,
    /// The left side of a definition that gives a score.
    Result,
    /// An operand.
    Operand,
    /// What a line leads to.
    Outcome,
    /// What 否则 leads to.
    Otherwise,
    /// 状态.
    Status,
    /// What a state leads to.
    Effect,
}

impl Role {
    fn words(self) -> &'static [&'static str] {
        match self {
            Role::Type => &[
                "金额",
                "比率",
                "百分点",
                "分",
                "数",
                "个数",
                "日期",
                "天数",
                "工作日数",
                "年度",
                "是否",
                "文本",
                "等级",
            ],
            Role::Function => &[
                "合计",
                "平均",
                "加权平均",
                "几何平均",
                "调和平均",
                "最小",
                "最大",
                "中位数",
                "占比",
                "个数",
                "存在",
                "列",
                "名次",
                "百分位",
                "标准分",
                "同组个数",
                "同组平均",
                "同组中位数",
                "同组最大",
                "同组最小",
                "取大",
                "取小",
                "绝对值",
                "天数",
                "工作日数",
                "年",
                "开方",
                "升序",
                "连写",
                "累计",
                "累进取整",
                "内插分位数",
                "就近分位数",
                "取第",
                "等级",
            ],
            Role::Result => &["得分", "总分", "结果", "等级", "构成"],
            Role::Operand => &["满分", "得分", "总分", "等级", "下级", "评价年度", "是", "否"],
            Role::Outcome => &["满分", "总分", "评价年度", "是", "否", "不适用", "待核", "退回", "停止"],
            Role::Otherwise => &["满分", "总分", "不适用", "待核", "退回", "停止", "提示"],
            Role::Status => &["已核实", "二手", "未核实", "演示"],
            Role::Effect => &["满分", "折算", "照计", "不符合", "不适用", "待核", "退回", "停止"],
        }
    }
}

impl<'a> Spelling<'a> {
    /// The same in both languages.
    pub fn same(text: impl Into<Cow<'a, str>>) -> Spelling<'a> {
        let text = text.into();
        Spelling { zh: text.clone(), en: text, own: None }
    }

    /// A sign.
    pub fn sign(zh: impl Into<Cow<'a, str>>, en: impl Into<Cow<'a, str>>) -> Spelling<'a> {
        Spelling { zh: zh.into(), en: en.into(), own: None }
    }

    /// The text in a language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

type Pair = (&'static str, &'static str);

/// Every spelling of every keyword, by rule and text.
static SPELLINGS: LazyLock<BTreeMap<(Rule, &str), Pair>> = LazyLock::new(|| {
    let rules: BTreeMap<String, Rule> = Rule::all_rules().iter().map(|rule| (format!("{rule:?}"), *rule)).collect();
    let keywords = KEYWORDS.iter().map(|keyword| (keyword.rule, keyword.zh, keyword.en));
    let fields = FIELDS.iter().map(|(zh, en)| ("field_key", *zh, *en));
    let mut spellings = BTreeMap::new();
    for (name, zh, en) in keywords.chain(fields).chain(SYNONYMS.iter().copied()) {
        let Some(rule) = rules.get(name) else { continue };
        // Two words and the two signs of 等于 are taken for one.
        let other = match en {
            "at_most" => "at most",
            "at_least" => "at least",
            "=" => "==",
            _ => en,
        };
        spellings.extend([zh, en, other].map(|text| ((*rule, text), (zh, en))));
    }
    spellings
});

/// The rules that are words with two spellings.
static WORD_RULES: LazyLock<BTreeSet<Rule>> =
    LazyLock::new(|| SPELLINGS.keys().map(|(rule, _)| *rule).chain([Rule::unit, Rule::kw_indicator]).collect());

/// Whether a rule is a word with two spellings.
pub fn is_word(rule: Rule) -> bool {
    WORD_RULES.contains(&rule)
}

/// A keyword as the grammar found it.
pub fn keyword(rule: Rule, text: &str) -> Option<Spelling<'static>> {
    let (zh, en) = *SPELLINGS.get(&(rule, text))?;
    let sign = !text.starts_with(char::is_alphabetic);
    Some(Spelling { zh: zh.into(), en: en.into(), own: (!sign).then(|| language(text)) })
}

/// The language of a word.
pub fn language(word: &str) -> Lang {
    if word.starts_with(|c: char| c.is_ascii_alphabetic()) { Lang::En } else { Lang::Zh }
}

/// A name of the language, if the word is one where it stands.
pub fn word(role: Role, text: &str) -> Option<Spelling<'static>> {
    let known = |(zh, en): &&Pair| (text == *zh || text == *en) && role.words().contains(zh);
    let (zh, en) = *WORDS.iter().find(known)?;
    Some(Spelling { zh: zh.into(), en: en.into(), own: Some(language(text)) })
}

/// A unit behind a number.
pub fn unit<'a>(text: &'a str, number: &str) -> Spelling<'a> {
    match unit_named(text) {
        None => Spelling::same(text),
        Some((zh, one, many)) => {
            let en = if number == "1" { one } else { many };
            let en = if text == "pp" { text } else { en };
            Spelling { zh: zh.into(), en: en.into(), own: Some(language(text)) }
        }
    }
}

/// A part of what an amendment names.
pub fn part(zh: &'static str, en: &'static str, text: &str) -> Spelling<'static> {
    Spelling { zh: zh.into(), en: en.into(), own: Some(language(text)) }
}

/// The points of a headline, from their folded text.
pub fn points(folded: &str) -> Spelling<'static> {
    let number: String = folded.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let (zh_sign, en_sign) = match folded.chars().next() {
        Some('-') => ("−", "-"),
        Some('+') => ("+", "+"),
        _ => ("", ""),
    };
    let own = if folded.ends_with('分') { Lang::Zh } else { Lang::En };
    let unit = if number == "1" { "point" } else { "points" };
    Spelling {
        zh: format!("{zh_sign}{number}分").into(),
        en: format!("{en_sign}{number} {unit}").into(),
        own: Some(own),
    }
}

/// A date: 2023年7月1日 in Chinese, 2023-07-01 in English.
pub fn date(folded: &str) -> Spelling<'static> {
    let mut parts = folded.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return Spelling::same(folded.to_owned());
    };
    let short = |part: &str| part.strip_prefix('0').unwrap_or(part).to_owned();
    let zh = format!("{year}年{}月{}日", short(month), short(day));
    Spelling::sign(zh, format!("{year}-{month:0>2}-{day:0>2}"))
}

/// A text in quotes. A text that has quotes in it keeps its own.
pub fn quoted(original: &str) -> Spelling<'_> {
    let quotes = ['“', '”', '"', '＂'];
    match original.strip_prefix(quotes).and_then(|rest| rest.strip_suffix(quotes)) {
        Some(text) if !text.contains(quotes) => Spelling::sign(format!("“{text}”"), format!("\"{text}\"")),
        _ => Spelling::same(original),
    }
}

/// The text of a field: a word of the language where the field asks for one, else as it is.
pub fn field_text<'a>(field: &str, text: &'a str) -> Spelling<'a> {
    let found = match field {
        "状态" => word(Role::Status, text),
        "不适用" | "缺报" | "无" | "无佐证" | "迟报" | "有争议" => match text {
            "视为不符合" | "not_met" => Some(twins("视为不符合", "not_met", text)),
            "0分" | "0 points" => Some(twins("0分", "0 points", text)),
            "不符合" => None,
            _ => word(Role::Effect, text),
        },
        "取整方式" => {
            [Rule::at_whole, Rule::at_pro_rata, Rule::at_up].into_iter().find_map(|rule| keyword(rule, text))
        }
        "满分" => full_marks(text),
        "填报截止" | "复核" => whole_date(text),
        _ => None,
    };
    found.unwrap_or_else(|| Spelling::same(text))
}

fn twins(zh: &'static str, en: &'static str, text: &str) -> Spelling<'static> {
    Spelling { zh: zh.into(), en: en.into(), own: Some(if text == zh { Lang::Zh } else { Lang::En }) }
}

fn full_marks(text: &str) -> Option<Spelling<'static>> {
    let (number, own) = match text.strip_suffix('分') {
        Some(number) => (number, Lang::Zh),
        None => (text.strip_suffix(" points")?, Lang::En),
    };
    let plain = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.');
    plain.then(|| Spelling { zh: format!("{number}分").into(), en: format!("{number} points").into(), own: Some(own) })
}

/// A date that is the whole text, in the one form of its language; others stay as they are.
fn whole_date(text: &str) -> Option<Spelling<'static>> {
    let spelling = date(text);
    let own = if spelling.zh == text { Lang::Zh } else { Lang::En };
    (spelling.text(own) == text && spelling.zh != spelling.en).then_some(Spelling { own: Some(own), ..spelling })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(spelling: &Spelling<'_>) -> (String, String) {
        (spelling.zh.to_string(), spelling.en.to_string())
    }

    #[test]
    fn every_word_of_a_role_is_in_the_table() {
        let roles = [
            Role::Type,
            Role::Function,
            Role::Result,
            Role::Operand,
            Role::Outcome,
            Role::Otherwise,
            Role::Status,
            Role::Effect,
        ];
        for role in roles {
            for zh in role.words() {
                let found = word(role, zh).unwrap_or_else(|| panic!("{zh}"));
                assert_eq!(word(role, &found.en).map(|back| back.zh), Some(found.zh.clone()), "{zh}");
            }
        }
    }

    #[test]
    fn a_keyword_and_its_twin_are_each_others() {
        for ((rule, text), (zh, en)) in SPELLINGS.iter() {
            let back = SPELLINGS.get(&(*rule, en)).unwrap();
            assert_eq!(back, &(*zh, *en), "{rule:?} {text}");
        }
    }

    #[test]
    fn amounts_dates_and_quotes() {
        for (found, zh, en) in [
            (points("10 分"), "10分", "10 points"),
            (points("-1point"), "−1分", "-1 point"),
            (date("2022年07月1日"), "2022年7月1日", "2022-07-01"),
            (date("2022-12-31"), "2022年12月31日", "2022-12-31"),
            (quoted("＂甲＂"), "“甲”", "\"甲\""),
            (quoted("“甲\"乙”"), "“甲\"乙”", "“甲\"乙”"),
            (unit("起", "1"), "起", "case"),
            (unit("cases", "3"), "起", "cases"),
            (field_text("无", "not_met"), "视为不符合", "not_met"),
            (field_text("满分", "100分"), "100分", "100 points"),
            (field_text("填报截止", "2024-10-15"), "2024年10月15日", "2024-10-15"),
            (field_text("填报截止", "10月15日"), "10月15日", "10月15日"),
            (field_text("说明", "满分"), "满分", "满分"),
        ] {
            assert_eq!(both(&found), (zh.to_owned(), en.to_owned()));
        }
    }
}
