//! The rule file of an imported pack. What the language does not take is put under 待编 with its text.

use std::collections::BTreeMap;

use heng_diag::Lang;
use heng_dsl::{FormatOptions, compile, format};
use heng_model::Number;

use super::{Known, Rule, tree::Group};
use crate::{Guess, combine::name, text::one_line, wording};

/// What stands at the head of the pack.
#[derive(Clone, Copy)]
pub(super) struct Head<'a> {
    pub(super) title: &'a str,
    pub(super) year: u16,
    pub(super) sum: &'a Number,
    pub(super) around: &'a [String],
    pub(super) lang: Lang,
}

const LEVELS: [&str; 5] = ["一级指标", "二级指标", "三级指标", "四级指标", "五级指标"];

/// Writes the pack; a block that does not compile goes back to 待编, and its indicator is named.
pub(super) fn pack(
    groups: &[Group],
    rules: &mut BTreeMap<usize, Rule>,
    data: &BTreeMap<String, Known>,
    head: &Head<'_>,
) -> String {
    for rule in rules.values_mut() {
        if !compiles_alone(rule, head) {
            rule.reading = None;
            rule.unfit = true;
            rule.note.get_or_insert_with(|| wording::not_compiled().get(head.lang).to_owned());
        }
    }
    let used = |known: &&Known| {
        let reads = |rule: &Rule| {
            rule.reading.as_ref().is_some_and(|reading| reading.data.iter().any(|datum| datum.name == known.datum.name))
        };
        rules.values().any(reads)
    };
    let used: Vec<&Known> = data.values().filter(used).collect();
    let text = written(groups, rules, &used, head);
    let to = (head.lang == Lang::En).then_some(Lang::En);
    format(&text, &FormatOptions { to }).text
}

/// Whether a block compiles in a pack of its own.
fn compiles_alone(rule: &Rule, head: &Head<'_>) -> bool {
    let Some(reading) = &rule.reading else { return true };
    let known: Vec<_> = reading.data.iter().map(|datum| Known { datum: datum.clone(), by: String::new() }).collect();
    let mut text = opening(&Head { sum: &rule.points, around: &[], title: "x", ..*head });
    let points = rule.points.decimal_text().unwrap_or_default();
    text.push_str(&format!("一级指标 x {points}分 {{\n{}\n}}\n", reading.lines.join("\n")));
    text.push_str(&data_block(&known.iter().collect::<Vec<_>>(), head.lang));
    compile(&[("x".to_owned(), text)]).program.is_some()
}

fn written(groups: &[Group], rules: &BTreeMap<usize, Rule>, data: &[&Known], head: &Head<'_>) -> String {
    let mut out = opening(head);
    for group in groups {
        write_group(group, 0, rules, head.lang, &mut out);
    }
    out.push_str(&data_block(data, head.lang));
    out
}

fn opening(head: &Head<'_>) -> String {
    let mut note = wording::imported_note().get(head.lang).to_owned();
    for line in head.around {
        note.push_str(if head.lang == Lang::En { "; " } else { "；" });
        note.push_str(&one_line(line));
    }
    let confirm = wording::CONFIRM.get(head.lang);
    let (title, sum) = (headline(head.title), head.sum.decimal_text().unwrap_or_default());
    format!(
        "规则包 {title} {{\n评价年度：{}\n状态：未核实\n说明：{note}\n满分：{sum}分\n取整方式：按整  # {confirm}\n\n\
         缺报：停止  # {confirm}\n无佐证：待核\n迟报：待核\n有争议：待核\n不适用：折算  # {confirm}\n}}\n\n",
        head.year
    )
}

/// A name in a headline, on one line.
pub(super) fn headline(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() { "？".to_owned() } else { text }
}

fn write_group(group: &Group, level: usize, rules: &BTreeMap<usize, Rule>, lang: Lang, out: &mut String) {
    let points = group.points.as_ref().and_then(Number::decimal_text).unwrap_or_default();
    let keyword = LEVELS.get(level).copied().unwrap_or("指标");
    out.push_str(&format!("{keyword} {} {points}分 {{\n", group.name));
    if group.doubtful {
        out.push_str(&format!("# {}\n", wording::points_doubtful().get(lang)));
    }
    for child in &group.children {
        write_group(child, level + 1, rules, lang, out);
    }
    match rules.get(&group.id) {
        Some(rule) if group.children.is_empty() => write_rule(rule, lang, out),
        _ => write_notes(&group.note, out),
    }
    out.push_str("}\n\n");
}

fn write_notes(notes: &[String], out: &mut String) {
    if !notes.is_empty() {
        out.push_str(&format!("说明：{}\n", one_line(&notes.join("；"))));
    }
}

fn write_rule(rule: &Rule, lang: Lang, out: &mut String) {
    let leaf = &rule.leaf;
    for (field, text) in [("指标解释", &leaf.meaning), ("佐证", &leaf.evidence)] {
        if !text.is_empty() {
            out.push_str(&format!("{field}：{}\n", one_line(text)));
        }
    }
    let mut notes = leaf.other.clone();
    if !leaf.criterion.is_empty() {
        notes.insert(0, format!("{}{}", wording::original().get(lang), leaf.criterion));
    }
    write_notes(&notes, out);
    match &rule.reading {
        Some(reading) => out.push_str(&format!("{}\n", reading.lines.join("\n"))),
        None => {
            if let Some(note) = &rule.note {
                out.push_str(&format!("# {}\n", one_line(note)));
            }
            out.push_str("待编\n");
        }
    }
}

fn data_block(data: &[&Known], lang: Lang) -> String {
    if data.is_empty() {
        return String::new();
    }
    let mut out = "\n数据 {\n".to_owned();
    for known in data {
        out.push_str(&declaration(known, lang));
    }
    out.push_str("}\n");
    out
}

fn declaration(known: &Known, lang: Lang) -> String {
    let (own, note) = (name(&known.datum.name), wording::CONFIRM.get(lang));
    let ty = match &known.datum.guess {
        Guess::Ratio | Guess::Bounded(false, false) => "比率",
        Guess::Bounded(true, false) => "比率 ≥ 0%",
        Guess::Bounded(false, true) => "比率 ≤ 100%",
        Guess::Bounded(true, true) => "比率 [0%, 100%]",
        Guess::Money => "金额",
        Guess::Days => "天数",
        Guess::WorkingDays => "工作日数",
        Guess::Count => "个数",
        Guess::Plain => "数",
        Guess::YesNo => "是否",
        Guess::Table => {
            let item = heng_diag::pick(lang, "事项".to_owned(), "item".to_owned());
            return format!("{own}：表 {{\n{item}：文本，键，说明“{note}”\n}}\n");
        }
        Guess::Choice(words) => {
            let words: Vec<_> = words.iter().map(|word| name(word)).collect();
            return format!("{own}：选项 {{{}}}，说明“{note}”\n", words.join("，"));
        }
    };
    format!("{own}：{ty}，说明“{note}”\n")
}
