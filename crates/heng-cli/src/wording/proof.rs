//! Wording of properties, Chinese and English side by side.

use std::path::Path;

use heng_diag::{Diagnostic, Lang, Text};
use heng_test::Counter;

use super::general;

/// A property among cases.
pub fn property(text: &str) -> Text {
    Text::new(format!("性质 {text}"), format!("property {text}"))
}

/// What facts of a property's own are called.
pub fn property_base() -> &'static str {
    "数据 / base"
}

pub fn nothing_to_start_from(path: &Path) -> Diagnostic {
    let title = Text::new("性质没有可以从它变起的数据", "the properties have no facts to start from");
    general("test/start", path, title).help(Text::new(
        "写一个用例，或在 性质 { } 里写 数据：example/facts.toml",
        "write a case, or base: example/facts.toml inside properties { }",
    ))
}

/// Under which facts a property does not hold, one set a line.
pub fn some_not_scaled(scaled: usize, outside: usize) -> Text {
    Text::new(
        format!("同乘试了 {scaled} 次；另有 {outside} 次乘了就出了规定的范围，没有试"),
        format!("scaled {scaled} times; {outside} times not, as a datum would leave what it may be"),
    )
}

pub fn never_tried(outside: usize) -> Text {
    if outside > 0 {
        return Text::new(
            format!("    一次也没有试成：{outside} 次乘了就出了规定的范围；补一个数小一些的用例"),
            format!("    never tried: {outside} times a datum would leave what it may be; add a case of smaller data"),
        );
    }
    Text::new(
        "    没有试：没有一个用例有这些数（调换行序要两行以上）；补一个有的用例",
        "    not tried: no case has these data (reordered wants two rows or more); add one that has",
    )
}

pub fn broken(counter: &Counter) -> Text {
    let listed = |pairs: &[(String, String)], lang: Lang| {
        let between = if lang == Lang::Zh { "，" } else { ", " };
        pairs.iter().map(|(datum, value)| format!("{datum} = {value}")).collect::<Vec<_>>().join(between)
    };
    let said = |lang: Lang| {
        let zh = lang == Lang::Zh;
        let start = &counter.start;
        let mut lines = vec![match (zh, counter.changed.is_empty()) {
            (true, true) => format!("    数据照 {start}"),
            (true, false) => format!("    数据照 {start}，改 {}", listed(&counter.changed, lang)),
            (false, true) => format!("    facts of {start}"),
            (false, false) => format!("    facts of {start} with {}", listed(&counter.changed, lang)),
        }];
        for side in &counter.sides {
            let own = match (side.own.is_empty(), zh) {
                (false, _) => listed(&side.own, lang),
                (true, true) => "照此".to_owned(),
                (true, false) => "as they are".to_owned(),
            };
            let met = side.expected == side.found;
            let due = match (met, zh) {
                (true, _) => String::new(),
                (false, true) => format!("，应为 {}", side.expected),
                (false, false) => format!(", expected {}", side.expected),
            };
            lines.push(format!("      {own} → {}{due}", side.found));
        }
        lines.join("\n")
    };
    Text::new(said(Lang::Zh), said(Lang::En))
}
