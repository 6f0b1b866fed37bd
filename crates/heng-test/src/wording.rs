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
