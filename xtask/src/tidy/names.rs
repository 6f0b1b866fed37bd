//! No code knows an indicator, a province or a pack's year: what a rule means stands in the rule file alone.

use std::collections::BTreeSet;

use super::{Offence, reach::shipped};
use crate::{code::Code, tree::Tree};

/// Words with which a headline of a pack or an indicator begins.
const HEADLINES: [&str; 12] = [
    "规则包",
    "指标",
    "一级指标",
    "二级指标",
    "三级指标",
    "四级指标",
    "五级指标",
    "六级指标",
    "加分指标",
    "pack",
    "indicator",
    "bonus",
];

/// From this many characters on, a name is caught inside a longer text too. Shorter ones (产出,
/// 效益) are words of the language as well, and are caught only where they are the whole text.
const TELLING: usize = 4;

const PROVINCES: [&str; 34] = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "香港",
    "澳门",
    "台湾",
];

/// Looks at every string of every crate, and at the code for years; tests left out.
pub fn check(tree: &Tree) -> Vec<Offence> {
    let (names, years) = (headline_names(tree), years(tree));
    let mut found = Vec::new();
    for (path, text) in shipped(tree) {
        let code = Code::read(text);
        for (at, literal) in &code.strings {
            let province = PROVINCES.iter().find(|name| literal.contains(*name)).map(|name| (*name, "is a province"));
            let name =
                names.iter().find(|name| knows(literal, name)).map(|name| (name.as_str(), "is named in a rule file"));
            found.extend(province.or(name).map(|(name, what)| {
                Offence::new(path, code.line(*at), format!("“{name}” {what}: code knows no indicator and no region"))
            }));
        }
        // A message may show a date as an example: wording decides nothing.
        if !path.contains("/wording") {
            found.extend(years_in(&code, &years).map(|(at, year)| {
                Offence::new(path, code.line(at), format!("{year} is the year of a pack: code knows no year"))
            }));
        }
    }
    found
}

/// The years that rule files are for, by their names.
fn years(tree: &Tree) -> BTreeSet<String> {
    let rules = tree.ending(".heng").filter(|(path, _)| path.starts_with("rules/"));
    let stems = rules.filter_map(|(path, _)| path.rsplit('/').next()?.strip_suffix(".heng"));
    stems.map(str::to_owned).collect()
}

/// Where code or a string of it has a year as a word of its own.
fn years_in<'a>(code: &'a Code, years: &'a BTreeSet<String>) -> impl Iterator<Item = (usize, &'a str)> {
    let texts = code.strings.iter().map(|(at, literal)| (*at, literal.as_str()));
    let each = texts.chain([(0, code.plain.as_str())]).flat_map(|text| years.iter().map(move |year| (text, year)));
    each.flat_map(|((start, text), year)| {
        let alone = |(at, _): &(usize, &str)| {
            let (before, after) = (text.get(..*at), text.get(at + year.len()..));
            let glued = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
            !glued(before.and_then(|text| text.chars().next_back()))
                && !glued(after.and_then(|text| text.chars().next()))
        };
        text.match_indices(year.as_str()).filter(alone).map(move |(at, year)| (start + at, year))
    })
}

fn knows(literal: &str, name: &str) -> bool {
    if name.chars().count() < TELLING { literal == name } else { literal.contains(name) }
}

/// The names in the headlines of all rule files.
fn headline_names(tree: &Tree) -> BTreeSet<String> {
    let rules = tree.ending(".heng").filter(|(path, _)| path.starts_with("rules/"));
    rules.flat_map(|(_, text)| text.lines()).filter_map(headline_name).collect()
}

/// The name in one headline: what stands between its first word and its points or its brace.
fn headline_name(line: &str) -> Option<String> {
    let rest = HEADLINES.iter().find_map(|word| line.trim().strip_prefix(word))?;
    if rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '：' | '_')) {
        return None;
    }
    let head = rest.split(['{', '｛']).next().unwrap_or(rest);
    let name = without_points(head.trim()).trim_matches(['「', '」', '"']);
    (name.chars().count() > 1).then(|| name.to_owned())
}

/// `产出 50分` and `outputs +3 points` without their points.
fn without_points(head: &str) -> &str {
    let Some(number) = ["分", "points", "point"].iter().find_map(|unit| head.strip_suffix(unit)) else { return head };
    let name = number.trim_end().trim_end_matches(|c: char| c.is_numeric() || matches!(c, '.' | '．'));
    if name.len() == number.trim_end().len() {
        head
    } else {
        name.trim_end_matches(['+', '-', '−', '＋', '－']).trim_end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = "规则包 坡头区部门整体支出绩效自评 {\n    三级指标 “三公”经费控制情况 1分 {\n    一级指标 产出 50分 { 待编 }\n加分指标 工作表彰 +3分 {\n说明：x\n}\n";

    fn found(code: &str) -> Vec<usize> {
        let tree = Tree::of(&[("rules/potou/2023.heng", RULES), ("crates/heng-dsl/src/a.rs", code)]);
        check(&tree).into_iter().map(|offence| offence.line).collect()
    }

    #[test]
    fn headlines_give_the_names() {
        let names =
            headline_names(&Tree::of(&[("rules/potou/2023.heng", RULES), ("examples/a.heng", "指标 别的名字 1分 {")]));
        assert_eq!(
            names.into_iter().collect::<Vec<_>>(),
            ["“三公”经费控制情况", "产出", "坡头区部门整体支出绩效自评", "工作表彰"]
        );
    }

    #[test]
    fn points_are_no_part_of_a_name() {
        let name = |line: &str| headline_name(line).unwrap_or_default();
        assert_eq!(name("三级指标“三公”经费控制情况１分｛"), "“三公”经费控制情况");
        assert_eq!(name("bonus Public praise +3 points {"), "Public praise");
        assert_eq!(name("二级指标 得分 { 待编 }"), "得分");
        assert_eq!(
            (headline_name("指标解释：略"), headline_name("指标：表 {"), headline_name("说明：x")),
            (None, None, None)
        );
    }

    #[test]
    fn an_indicator_in_code_is_caught() {
        assert_eq!(found("\nlet a = \"看“三公”经费控制情况\";\nlet b = \"产出\";"), [2, 3]);
        assert_eq!(found("if name == \"工作表彰\" {}"), [1]);
    }

    #[test]
    fn a_province_in_code_is_caught() {
        assert_eq!(found("const REGION: &str = \"广东省\";"), [1]);
    }

    #[test]
    fn a_year_of_a_pack_in_code_is_caught() {
        assert_eq!(found("let a = 1;\nif year == 2023 {}"), [2]);
        assert_eq!(found("\nlet a = \"since 2023\";"), [2]);
        assert!(found("let a = 12023; let b = \"x2023\"; // 2023").is_empty());
        let wording = [("rules/potou/2023.heng", RULES), ("crates/heng-dsl/src/wording/a.rs", "let a = \"2023\";")];
        assert!(check(&Tree::of(&wording)).is_empty());
    }

    #[test]
    fn short_words_in_longer_texts_comments_and_tests_pass() {
        assert!(
            found("let a = \"产出表\"; // 广东 工作表彰\n#[cfg(test)]\nmod tests { const A: &str = \"工作表彰\"; }")
                .is_empty()
        );
    }
}
