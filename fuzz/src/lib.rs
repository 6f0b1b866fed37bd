//! What the fuzz targets share: a sample of the language, and the meaning of a text.

#[path = "../../crates/heng-dsl/tests/support/programs.rs"]
mod programs;

use serde_json::Value;

/// A file in which every kind of line stands once or more, with blanks between words.
pub const SAMPLE: &str = include_str!("../sample.heng");

/// What a text means: its program without places; none where it does not compile.
pub fn meaning(text: &str) -> Option<Value> {
    let compiled = heng_dsl::compile(&[("fuzz.heng".to_owned(), text.to_owned())]);
    compiled.program.as_ref().map(programs::placeless)
}

/// The sample with more names declared: pieces of its own words, chosen by the bytes.
pub fn with_names(choice: &[u8]) -> String {
    const PIECES: [&str; 16] = [
        "当年", "年初", "预算", "预算数", "调整", "数合", "合同", "同日期", "每次", "内部", "分档数", "其他项", "不适",
        "在建", "且慢", "保留额",
    ];
    let piece = |byte: &u8| {
        let (first, second) = (usize::from(byte & 15), usize::from(byte >> 4));
        if first == second { PIECES[first].to_owned() } else { format!("{}{}", PIECES[first], PIECES[second]) }
    };
    let mut names: Vec<String> = choice.iter().map(piece).collect();
    names.sort();
    names.dedup();
    let lines: String = names.iter().map(|name| format!("    {name}：金额\n")).collect();
    SAMPLE.replacen("数据 {\n", &format!("数据 {{\n{lines}"), 1)
}

/// The text without the blanks that the bits choose; the first of a line stay.
pub fn squeezed(text: &str, choice: &[u8]) -> String {
    let mut bits = choice.iter().flat_map(|byte| (0..8).map(move |bit| byte >> bit & 1 == 1));
    let mut out = String::new();
    for line in text.lines() {
        let rest = line.trim_start();
        out.push_str(&line[..line.len() - rest.len()]);
        out.extend(rest.chars().filter(|sign| *sign != ' ' || !bits.next().unwrap_or(false)));
        out.push('\n');
    }
    out
}
