//! Changes as an amendment file.

use crate::{
    amend::change::{Edit, Place, RowPart, Step, Text, Top, Verb},
    diff::Change,
    parse::{HengParser, Rule},
};
use pest::Parser;

/// The changes as a 修订.
pub fn amendment(changes: &[Change], name: &str, based_on: Option<&str>) -> String {
    let mut out = format!("修订 {name} {{\n");
    out.extend(based_on.map(|base| format!("基于：{base}\n")));
    for edit in changes.iter().flat_map(|change| &change.edits) {
        out.push_str(&line(edit));
        out.push('\n');
    }
    out + "}\n"
}

fn line(edit: &Edit) -> String {
    let target = address(&edit.target);
    match &edit.verb {
        Verb::Change { new, .. } => {
            let old = edit.reason.as_deref().unwrap_or("");
            format!("改 {target}：{old} → {}", new.text)
        }
        Verb::Insert(place, text) => format!("增 {} {target} {}", place_word(*place), braces(text)),
        Verb::Drop => format!("删 {target}"),
        Verb::Replace(text) => format!("替换 {target} {}", braces(text)),
        Verb::Move(place, to) => format!("移 {target} {} {}", place_word(*place), address(to)),
        Verb::Rename(new) => format!("改名 {target} → {}", name(&new.text)),
        Verb::Set(text) => text.text.clone(),
    }
}

/// The lines stand in: a headline at the edge would be taken for the next one at the top of the file.
fn braces(text: &Text) -> String {
    let lines: String = text.text.lines().map(|line| format!("    {line}\n")).collect();
    format!("{{\n{lines}}}")
}

fn place_word(place: Place) -> &'static str {
    match place {
        Place::In => "到",
        Place::After => "之后",
        Place::Before => "之前",
    }
}

/// An address as it is written.
pub fn address(steps: &[Step]) -> String {
    let step = |step: &Step| match step {
        Step::Name(text) => name(text),
        Step::Top(Top::Pack) => "规则包".to_owned(),
        Step::Top(Top::Data) => "数据".to_owned(),
        Step::Top(Top::Params) => "参数".to_owned(),
        Step::Top(Top::Method) => "方法".to_owned(),
        Step::Points => "分值".to_owned(),
        Step::Criterion => "评分标准".to_owned(),
        Step::Row { block, cells, part } => {
            let part = match part {
                RowPart::Cells => "",
                RowPart::Points => ".分值",
                RowPart::Step => ".每",
            };
            format!("{block}[{cells}]{part}")
        }
    };
    steps.iter().map(step).collect::<Vec<_>>().join(".")
}

/// A name, quoted where it must be.
pub fn name(text: &str) -> String {
    let whole = |rule| {
        HengParser::parse(rule, text).is_ok_and(|mut pairs| pairs.next().is_some_and(|pair| pair.as_str() == text))
    };
    if whole(Rule::name) || whole(Rule::field_key) { text.to_owned() } else { format!("「{text}」") }
}
