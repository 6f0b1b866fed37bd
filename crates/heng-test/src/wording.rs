//! Wording of suites that cannot be read, Chinese and English side by side.

use heng_diag::{Diagnostic, Severity, Text};

fn at(code: &'static str, name: &str, line: u32, title: Text) -> Diagnostic {
    let place = if line == 0 { name.to_owned() } else { format!("{name}:{line}") };
    Diagnostic::general(code, Severity::Error, title).located(place)
}

pub(crate) fn not_utf8(name: &str) -> Diagnostic {
    at("test/file", name, 0, Text::new("不是 UTF-8 编码", "it is not UTF-8"))
        .help(Text::new("用编辑器另存为 UTF-8", "save it as UTF-8 in an editor"))
}

pub(crate) fn unknown_ending(name: &str) -> Diagnostic {
    at("test/file", name, 0, Text::new("看不出是哪种用例文件", "this is no file of cases"))
        .help(Text::new("用例写在 .cases、.toml、.csv 或 .xlsx 里", "cases are kept in .cases, .toml, .csv or .xlsx"))
}

pub(crate) fn bad_toml(name: &str, line: u32, reason: &str) -> Diagnostic {
    let title = Text::new(format!("用例读不懂：{reason}"), format!("the cases cannot be read: {reason}"));
    at("test/file", name, line, title).help(Text::new(
        "写作 [[case]]，里面有 name、facts、scores、total、grade",
        "write [[case]] with name, facts, scores, total, grade",
    ))
}

pub(crate) fn bad_rows(name: &str, reason: &str) -> Diagnostic {
    let title = Text::new(format!("表格读不了：{reason}"), format!("the table cannot be read: {reason}"));
    at("test/file", name, 0, title)
        .help(Text::new("第一行写栏名，每行一个用例", "the first row names the columns, each row is a case"))
}

pub(crate) fn no_rows(name: &str) -> Diagnostic {
    bad_rows(name, "0 行 / 0 rows")
}

pub(crate) fn nothing_expected(name: &str) -> Diagnostic {
    at("test/empty", name, 1, Text::new("没有一栏写期望什么", "no column says what must come out"))
        .help(Text::new("加一栏，例如 期望 总分", "add a column such as: expect total"))
}

pub(crate) fn no_cases(name: &str) -> Diagnostic {
    at("test/empty", name, 0, Text::new("文件里没有用例", "there are no cases in it"))
        .help(Text::new("写作 用例 名称 { … 期望 { … } }", "write test NAME { … expect { … } }"))
}

pub(crate) fn not_closed(name: &str) -> Diagnostic {
    at("test/line", name, 0, Text::new("到文件结尾还有括号没有关", "a brace is still open at the end"))
        .help(Text::new("补上 }", "add }"))
}

pub(crate) fn bad_line(name: &str, line: u32, text: &str) -> Diagnostic {
    let title = Text::new(format!("这一行读不懂：{text}"), format!("this line cannot be read: {text}"));
    at("test/line", name, line, title).help(Text::new(
        "用例里写 数据名：值，期望 { 里写 指标：分；每个 { 和 } 在行末或单独一行",
        "a case holds `datum: value`, expect { holds `indicator: points`; braces end their line",
    ))
}

pub(crate) fn bad_property(name: &str, line: u32, text: &str) -> Diagnostic {
    let title = Text::new(format!("这条性质读不懂：{text}"), format!("this property cannot be read: {text}"));
    at("test/line", name, line, title).help(Text::new(
        "写作 数据 越大，指标 不减（不增）；指标 在 0分 到 满分；数据、数据 同乘，指标 不变；表 调换行序，指标 不变；金额 换单位，指标 不变",
        "write: datum rises, indicator never falls (never rises) · indicator within 0 to full · datum, datum scaled together, indicator stays · table reordered, indicator stays · amount in other units, indicator stays",
    ))
}

pub(crate) fn no_indicator(name: &str, line: u32, wanted: &str) -> Diagnostic {
    let title = Text::new(format!("规则包里没有指标 {wanted}"), format!("the pack has no indicator {wanted}"));
    at("test/name", name, line, title).help(Text::new(
        "写指标的名称或编号；同名的写编号；整张表写 总分",
        "write the name or id of an indicator, the id where two share a name, or total",
    ))
}

pub(crate) fn no_datum(name: &str, line: u32, wanted: &str) -> Diagnostic {
    let title = Text::new(format!("规则包里没有数据 {wanted}"), format!("the pack has no datum {wanted}"));
    at("test/name", name, line, title).help(Text::new(
        "照“数据”里的写法，组里的写 组.数",
        "write it as data { } does; group.datum for one of a group",
    ))
}

pub(crate) fn unfit_datum(name: &str, line: u32, wanted: &str) -> Diagnostic {
    let title = Text::new(format!("{wanted} 不能这样变"), format!("{wanted} cannot change in this way"));
    at("test/name", name, line, title).help(Text::new(
        "越大 要数或日期，同乘 要数，调换行序 要一张表，换单位 要一个金额；算出来的栏不行",
        "rises takes numbers and dates, scaled together numbers, reordered a table, in other units an amount of money; no computed column",
    ))
}
