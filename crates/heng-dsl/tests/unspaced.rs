//! A whole pack with every space between words left out means the same.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

#[path = "support/programs.rs"]
mod programs;

use heng_dsl::compile;
use programs::{difference, placeless};

/// Takes the blanks out of every line that is neither headline, field nor quotation.
fn unspaced(text: &str) -> String {
    let fields = [
        "地区",
        "评价年度",
        "通知",
        "状态",
        "说明",
        "满分",
        "取整方式",
        "不适用",
        "缺报",
        "无",
        "无佐证",
        "迟报",
        "有争议",
        "来源",
        "依据",
        "佐证",
        "日历",
        "声明",
        "指标解释",
    ];
    let keep = |line: &str| {
        let line = line.trim();
        let headline = ["规则包", "一级", "二级", "三级", "#"].iter().any(|word| line.starts_with(word));
        headline || line.contains('“') || line.split_once('：').is_some_and(|(word, _)| fields.contains(&word))
    };
    let squeeze = |line: &str| {
        let indent = line.len() - line.trim_start().len();
        let (blank, rest) = line.split_at(indent);
        format!("{blank}{}", rest.replace(' ', ""))
    };
    text.lines().map(|line| if keep(line) { line.to_owned() } else { squeeze(line) }).collect::<Vec<_>>().join("\n")
}

#[test]
fn spaces_between_words_may_be_left_out() {
    let text = include_str!("../../../rules/guangdong-dept-overall/2023.heng");
    let squeezed = unspaced(text);
    assert!(squeezed.contains("当调整预算数=0元：不适用"));
    let (spaced, squeezed) = (compile(&[("a".into(), text.into())]), compile(&[("a".into(), squeezed)]));
    assert!(squeezed.diagnostics.is_empty(), "{:#?}", squeezed.diagnostics);
    let (spaced, squeezed) = (placeless(&spaced.program.unwrap()), placeless(&squeezed.program.unwrap()));
    assert_eq!(difference(&spaced, &squeezed), None);
}
