//! What a person sees. Carets must stand under the characters they mean, whatever the characters.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says what it expects by failing"
)]

use heng_diag::{Diagnostic, Edit, FileId, Fix, Format, Lang, Severity, Sources, Span, Text, render, render_all};

const TEXT: Format = Format::Text { color: false, width: 100 };

/// The span of the `nth` (from 0) `needle` in a text.
fn find(text: &str, needle: &str, nth: usize) -> Span {
    let start = text.match_indices(needle).nth(nth).unwrap().0;
    span(start, start + needle.len())
}

fn span(start: usize, end: usize) -> Span {
    Span { file: FileId(0), start: u32::try_from(start).unwrap(), end: u32::try_from(end).unwrap() }
}

fn one_file(text: &str) -> Sources {
    let mut sources = Sources::new();
    sources.add("规则/2023.heng", text);
    sources
}

/// Renders an error without further words at `needle`.
fn mark(text: &str, needle: &str) -> String {
    render(&Diagnostic::error("test/mark", find(text, needle, 0), Text::same("标记")), &one_file(text), Lang::Zh, TEXT)
}

/// Under every marked stretch the carets are as wide as the text above them, and start with it.
fn assert_aligned(shown: &str, needle: &str) {
    use unicode_width::UnicodeWidthStr as _;
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines.iter().position(|line| line.contains('^')).unwrap();
    let (source, carets) = (lines[at - 1], lines[at]);
    let before = source.split_once(needle).unwrap_or_else(|| panic!("{needle} not in {source}")).0;
    assert_eq!(before.width(), carets.find('^').unwrap(), "{shown}");
    assert_eq!(needle.width(), carets.matches('^').count(), "{shown}");
}

#[test]
fn the_whole_of_a_diagnostic_in_both_languages() {
    let text = "一级指标 管理效率 50分 {\n    二级指标 采购管理 10分 {\n        三级指标 采购政策效能 1分 { 待编 }\n    }\n}\n";
    let sources = one_file(text);
    let diagnostic = Diagnostic::error(
        "weight/sum",
        find(text, "采购管理 10分", 0),
        Text::new("分值对不上", "the points do not add up"),
    )
    .label(Text::new("下级合计 9分，少 1分", "the children come to 9 points, 1 short"))
    .other(find(text, "采购政策效能 1分", 0), Text::new("最后一项", "the last one"))
    .note(Text::new(
        "合计为 2 + 1 + 2 + 2 + 1 + 1\n没有不适用的情形",
        "the sum is 2 + 1 + 2 + 2 + 1 + 1\nnothing is inapplicable",
    ))
    .help(Text::new("对照通知的评分表", "compare the notice's table"))
    .suggest(Text::new("采购政策效能改为 2分", "make it 2 points"), find(text, "1分", 0), "2分")
    .fix(Text::new("加上上级", "add the parent"), find(text, "采购管理", 0).tail(), "（二）");
    insta::assert_snapshot!(render(&diagnostic, &sources, Lang::Zh, TEXT), @r"
    错误[weight/sum] 分值对不上
     --> 规则/2023.heng:2:10
      |
    2 |     二级指标 采购管理 10分 {
      |              ^^^^^^^^^^^^^ 下级合计 9分，少 1分
    3 |         三级指标 采购政策效能 1分 { 待编 }
      |                  ---------------- 最后一项
      |
      = 说明：合计为 2 + 1 + 2 + 2 + 1 + 1
              没有不适用的情形
      = 建议：对照通知的评分表
    可改：采购政策效能改为 2分
      |
    3 -         三级指标 采购政策效能 1分 { 待编 }
    3 +         三级指标 采购政策效能 2分 { 待编 }
      |
    可改：加上上级 [可自动改]
      |
    2 |     二级指标 采购管理（二） 10分 {
      |                      ++++++
    ");
    insta::assert_snapshot!(render(&diagnostic, &sources, Lang::En, TEXT), @r"
    error[weight/sum]: the points do not add up
     --> 规则/2023.heng:2:10
      |
    2 |     二级指标 采购管理 10分 {
      |              ^^^^^^^^^^^^^ the children come to 9 points, 1 short
    3 |         三级指标 采购政策效能 1分 { 待编 }
      |                  ---------------- the last one
      |
      = note: the sum is 2 + 1 + 2 + 2 + 1 + 1
              nothing is inapplicable
      = help: compare the notice's table
    fix: make it 2 points
      |
    3 -         三级指标 采购政策效能 1分 { 待编 }
    3 +         三级指标 采购政策效能 2分 { 待编 }
      |
    fix: add the parent [automatic]
      |
    2 |     二级指标 采购管理（二） 10分 {
      |                      ++++++
    ");
}

#[test]
fn carets_stand_under_full_width_text() {
    for (text, needle) in [
        ("权重：30％，满分：１０分", "满分"),
        ("说明“区财政局批复”的数", "批复"),
        ("\t\t当 执行率 ≥ 95%：满分", "执行率"),
        ("甲\u{3000}乙\u{3000}丙", "丙"),
        ("好😀坏 权重", "权重"),
        ("e\u{301}é 权重", "权重"),
        ("ａｂｃ 权重 ＝ 5", "＝"),
    ] {
        assert_aligned(&mark(text, needle), needle);
    }
    insta::assert_snapshot!(mark("\t当\u{3000}“执行率”😀 ≥ ９５％：满分", "９５％"), @r"
    错误[test/mark] 标记
     --> 规则/2023.heng:1:13
      |
    1 |     当　“执行率”😀 ≥ ９５％：满分
      |                      ^^^^^^
    ");
}

#[test]
fn a_span_over_several_lines() {
    let text = "分档 率 {\n    ≥ 90%：5分\n    ≥ 80%：4分\n    其他：0分\n}\n";
    let diagnostic = Diagnostic::warning("band/gap", span(0, text.len()), Text::same("分档有空当"))
        .label(Text::same("这里"))
        .other(find(text, "≥ 80%", 0), Text::same("上一档"));
    insta::assert_snapshot!(render(&diagnostic, &one_file(text), Lang::Zh, TEXT), @r"
    警告[band/gap] 分档有空当
     --> 规则/2023.heng:1:1
      |
    1 | / 分档 率 {
    2 | |     ≥ 90%：5分
    3 | |     ≥ 80%：4分
      | |     ----- 上一档
    4 | |     其他：0分
    5 | | }
      | |_^ 这里
    ");
}

#[test]
fn labels_in_another_file_and_far_apart() {
    let mut sources = Sources::new();
    let first = "甲：1\n\n\n\n\n\n\n\n\n\n\n\n乙：2\n";
    let file = sources.add("a.heng", first);
    let other = sources.add("b.heng", "丙\n丁：3\n");
    let diagnostic = Diagnostic::error("name/twice", Span { file, ..find(first, "乙", 0) }, Text::same("重名"))
        .label(Text::same("第二次"))
        .other(Span { file, ..find(first, "甲", 0) }, Text::same("第一次"))
        .other(Span { file: other, start: 4, end: 7 }, Text::same("还有"));
    insta::assert_snapshot!(render(&diagnostic, &sources, Lang::Zh, TEXT), @r"
    错误[name/twice] 重名
      --> a.heng:13:1
       |
     1 | 甲：1
       | -- 第一次
    ...
    13 | 乙：2
       | ^^ 第二次
      ::: b.heng:2:1
       |
     2 | 丁：3
       | -- 还有
    ");
}

#[test]
fn line_breaks_of_windows_are_no_characters() {
    let text = "甲：1\r\n乙：2\r\n";
    insta::assert_snapshot!(mark(text, "乙：2"), @r"
    错误[test/mark] 标记
     --> 规则/2023.heng:2:1
      |
    2 | 乙：2
      | ^^^^^
    ");
    // A span that takes in the line break marks the line alone.
    insta::assert_snapshot!(mark(text, "甲：1\r\n"), @r"
    错误[test/mark] 标记
     --> 规则/2023.heng:1:1
      |
    1 | 甲：1
      | ^^^^^
    ");
}

#[test]
fn the_end_of_a_file() {
    let at_end = |text: &str| {
        let place = span(text.len(), text.len());
        render(&Diagnostic::error("syntax/brace", place, Text::same("少一个 }")), &one_file(text), Lang::Zh, TEXT)
    };
    insta::assert_snapshot!(at_end(""), @r"
    错误[syntax/brace] 少一个 }
     --> 规则/2023.heng:1:1
      |
    1 |
      | ^
    ");
    insta::assert_snapshot!(at_end("指标 甲 {\n"), @r"
    错误[syntax/brace] 少一个 }
     --> 规则/2023.heng:2:1
      |
    2 |
      | ^
    ");
    insta::assert_snapshot!(at_end("指标 甲 {"), @r"
    错误[syntax/brace] 少一个 }
     --> 规则/2023.heng:1:7
      |
    1 | 指标 甲 {
      |          ^
    ");
    insta::assert_snapshot!(at_end("指标 甲 {\r\n\r\n"), @r"
    错误[syntax/brace] 少一个 }
     --> 规则/2023.heng:3:1
      |
    3 |
      | ^
    ");
}

#[test]
fn without_a_place() {
    let sources = Sources::new();
    let cell = Diagnostic::general("data/type", Severity::Error, Text::same("不是日期"))
        .located("数据.xlsx 采购合同!C5")
        .note(Text::same("读到 2023.2.30"));
    insta::assert_snapshot!(render(&cell, &sources, Lang::Zh, TEXT), @r"
    错误[data/type] 不是日期
     --> 数据.xlsx 采购合同!C5
      = 说明：读到 2023.2.30
    ");
    let bare = Diagnostic::general("cli/usage", Severity::Hint, Text::new("没有规则包", "no pack"))
        .help(Text::same("heng new"));
    insta::assert_snapshot!(render(&bare, &sources, Lang::Zh, TEXT), @r"
    提示[cli/usage] 没有规则包
      = 建议：heng new
    ");
    insta::assert_snapshot!(render(&cell, &sources, Lang::En, Format::Short), @"数据.xlsx 采购合同!C5: error[data/type]: 不是日期");
}

#[test]
fn invisible_characters_are_written_out() {
    let text = "\u{feff}指标 预\u{200b}算\u{202e} 3分 \u{1b}[31m{\n";
    let diagnostic = Diagnostic::error(
        "name/invisible",
        find(text, "预\u{200b}算\u{202e}", 0),
        Text::same("名称里有看不见的字\u{7}"),
    )
    .label(Text::same("\u{2066}这里"))
    .note(Text::same("甲\u{200d}乙"))
    .fix(Text::same("去掉\u{200b}"), find(text, "\u{200b}", 0), "\u{0}");
    let shown = render(&diagnostic, &one_file(text), Lang::Zh, TEXT);
    insta::assert_snapshot!(shown, @r"
    错误[name/invisible] 名称里有看不见的字<U+0007>
     --> 规则/2023.heng:1:5
      |
    1 | <U+FEFF>指标 预<U+200B>算<U+202E> 3分 <U+001B>[31m{
      |              ^^^^^^^^^^^^^^^^^^^^ <U+2066>这里
      |
      = 说明：甲<U+200D>乙
    可改：去掉<U+200B> [可自动改]
      |
    1 - <U+FEFF>指标 预<U+200B>算<U+202E> 3分 <U+001B>[31m{
    1 + <U+FEFF>指标 预<U+0000>算<U+202E> 3分 <U+001B>[31m{
      |
    ");
    assert!(shown.chars().all(|c| c == '\n' || !heng_diag::is_invisible(c)));
    let json = render(&diagnostic, &one_file(text), Lang::Zh, Format::Json);
    assert!(json.contains("去掉\\u200b"));
    assert!(json.chars().all(|c| c == '\n' || !heng_diag::is_invisible(c)));
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["fixes"][0]["title"]["zh"], "去掉\u{200b}");
}

#[test]
fn a_line_of_a_megabyte_is_cut_around_the_places() {
    let text = format!("{}坏了{}也坏{}\n", "好".repeat(400_000), "中".repeat(200_000), "好".repeat(400_000));
    let diagnostic = Diagnostic::error("test/long", find(&text, "坏了", 0), Text::same("长行"))
        .label(Text::same("这里"))
        .other(find(&text, "也坏", 0), Text::same("那里"))
        .suggest(Text::same("换掉"), find(&text, "坏了", 0), "好了");
    let shown = render(&diagnostic, &one_file(&text), Lang::Zh, Format::Text { color: false, width: 60 });
    insta::assert_snapshot!(shown, @r"
    错误[test/long] 长行
     --> 规则/2023.heng:1:400001
      |
    1 | ... 好坏了中中中中中中中中…中中中中中中中中也坏好好...
      |       ^^^^ 这里                              ---- 那里
    可改：换掉
      |
    1 - …好好好好好好好好坏了中中中中中中中中…
    1 + …好好好好好好好好好了中中中中中中中中…
      |
    ");
    let whole = Diagnostic::error("test/long", span(0, text.len()), Text::same("长行"));
    assert!(render(&whole, &one_file(&text), Lang::Zh, TEXT).len() < 1_500);
}

#[test]
fn fixes_show_what_changes() {
    let text = "分档 率 {\n    > 75%：3分\n    其他：0分\n}\n";
    let at = find(text, "> 75%", 0);
    let row = find(text, "    其他：0分\n", 0);
    let edit = |span, replacement: &str| Edit { span, replacement: replacement.to_owned() };
    let both = Fix {
        title: Text::same("两处"),
        edits: vec![edit(at, "≥ 75%"), edit(find(text, "0分", 0), "1分")],
        safe: false,
    };
    let mut diagnostic = Diagnostic::error("band/gap", at, Text::same("分档有空当"))
        .fix(Text::same("含端点"), at, "≥ 75%")
        .fix(Text::same("加一行"), row.head(), "    = 75%：2分\n")
        .fix(Text::same("删一行"), row, "");
    diagnostic.fixes.push(both);
    insta::assert_snapshot!(render(&diagnostic, &one_file(text), Lang::Zh, TEXT), @r"
    错误[band/gap] 分档有空当
     --> 规则/2023.heng:2:5
      |
    2 |     > 75%：3分
      |     ^^^^^
    可改：含端点 [可自动改]
      |
    2 -     > 75%：3分
    2 +     ≥ 75%：3分
      |
    可改：加一行 [可自动改]
      |
    3 +     = 75%：2分
      |
    可改：删一行 [可自动改]
      |
    3 -     其他：0分
      |
    可改：两处
      |
    2 ~     ≥ 75%：3分
    3 ~     其他：1分
      |
    ");
}

#[test]
fn many_with_a_closing_line() {
    let text = "甲：1\n";
    let sources = one_file(text);
    let all = [
        Diagnostic::error("a/b", find(text, "甲", 0), Text::new("一", "one")),
        Diagnostic::error("a/c", find(text, "1", 0), Text::new("二\n行", "two\nlines")),
        Diagnostic::warning("a/d", span(999, 2), Text::new("三", "three")),
    ];
    insta::assert_snapshot!(render_all(&all, &sources, Lang::Zh, TEXT), @r"
    错误[a/b] 一
     --> 规则/2023.heng:1:1
      |
    1 | 甲：1
      | ^^

    错误[a/c] 二 行
     --> 规则/2023.heng:1:3
      |
    1 | 甲：1
      |     ^

    警告[a/d] 三
     --> 规则/2023.heng:2:1
      |
    2 |
      | ^

    2 个错误，1 个警告
    ");
    insta::assert_snapshot!(render_all(&all, &sources, Lang::En, Format::Short), @r"
    规则/2023.heng:1:1: error[a/b]: one
    规则/2023.heng:1:3: error[a/c]: two lines
    规则/2023.heng:2:1: warning[a/d]: three
    ");
    assert!(render_all(&all, &sources, Lang::En, TEXT).ends_with("\n2 errors, 1 warning\n"));
    assert_eq!(render_all(&[], &sources, Lang::Zh, TEXT), "");
    insta::assert_snapshot!(render_all(&all[1..2], &sources, Lang::Zh, Format::Json), @r#"
    {
      "heng": "diagnostics/1",
      "errors": 1,
      "warnings": 0,
      "hints": 0,
      "diagnostics": [
        {
          "code": "a/c",
          "severity": "error",
          "title": {
            "zh": "二\n行",
            "en": "two\nlines"
          },
          "file": "规则/2023.heng",
          "line": 1,
          "column": 3,
          "end_line": 1,
          "end_column": 4,
          "start": 6,
          "end": 7,
          "others": [],
          "notes": [],
          "helps": [],
          "fixes": []
        }
      ]
    }
    "#);
}

#[test]
fn colours_only_when_asked() {
    let text = "甲：1\n";
    let diagnostic = Diagnostic::error("a/b", find(text, "1", 0), Text::same("一")).note(Text::same("二"));
    let plain = render(&diagnostic, &one_file(text), Lang::Zh, TEXT);
    let colored = render(&diagnostic, &one_file(text), Lang::Zh, Format::Text { color: true, width: 100 });
    assert!(!plain.contains('\u{1b}'));
    assert!(colored.starts_with('\u{1b}'));
    let mut stripped = String::new();
    let mut inside = false;
    for c in colored.chars() {
        match c {
            '\u{1b}' => inside = true,
            'm' if inside => inside = false,
            _ if inside => {}
            _ => stripped.push(c),
        }
    }
    assert_eq!(stripped.lines().map(str::trim_end).collect::<Vec<_>>(), plain.lines().collect::<Vec<_>>());
}
