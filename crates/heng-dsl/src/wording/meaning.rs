//! What can be wrong with names, the tree and the pack.

use heng_diag::{Diagnostic, Severity, Span};
use heng_model::{Number, Type};

use super::{text, type_words};
use crate::keywords::{FIELDS, WORDS};

pub fn no_pack() -> Diagnostic {
    Diagnostic::general("pack/none", Severity::Error, text("没有 规则包", "there is no pack"))
        .help(text("文件开头写：规则包 名称 { 评价年度：2023 … }", "begin the file with: pack Name { year: 2023 … }"))
}

pub fn second_pack(span: Span, first: Span) -> Diagnostic {
    Diagnostic::error("pack/second", span, text("有两个 规则包", "there are two packs"))
        .other(first, text("第一个在这里", "the first is here"))
        .help(text("一套文件只有一个 规则包；它不能放在别的块里", "a set of files has one pack, at the top level"))
}

pub fn no_indicators(span: Span) -> Diagnostic {
    Diagnostic::error("pack/no-indicators", span, text("规则包里没有指标", "the pack has no indicators"))
        .help(text("写 一级指标 名称 分值 { … }", "write indicator Name 50 points { … }"))
}

pub fn no_year(span: Span) -> Diagnostic {
    Diagnostic::error("pack/year", span, text("没有写 评价年度", "the evaluated year is not given"))
        .help(text("在 规则包 里加一行，例如 评价年度：2023", "add a line to the pack, for example year: 2023"))
}

pub fn bad_year(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error("pack/year", span, text(format!("“{found}”不是年度"), format!("{found:?} is not a year")))
        .help(text("写四位数，例如 2023", "write four digits, for example 2023"))
}

pub fn bad_points(found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "pack/points",
        span,
        text(format!("“{found}”不是分数"), format!("{found:?} is not a number of points")),
    )
    .help(text("例如 100分", "for example 100 points"))
}

pub fn circular(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "name/circle",
        span,
        text(format!("{name} 绕着圈子引用自己"), format!("{name} is defined by itself")),
    )
    .help(text("把其中一个定义改成不再引用另一个", "make one of the definitions stop reading the other"))
}

pub fn defined_twice(name: &str, span: Span, earlier: Span) -> Diagnostic {
    Diagnostic::error("name/twice", span, text(format!("{name} 写了两次"), format!("{name} is declared twice")))
        .other(earlier, text("第一次在这里", "first declared here"))
        .help(text("改名，或删去其中一个", "rename or delete one of them"))
}

pub fn unknown_name(name: &str, span: Span, suggestion: Option<String>, declared: Option<(u32, Type)>) -> Diagnostic {
    let title = text(format!("没有这个名称：{name}"), format!("unknown name: {name}"));
    let diagnostic = Diagnostic::error("name/unknown", span, title);
    let Some(suggestion) = suggestion else {
        return diagnostic.help(text(
            "名称要先在 数据、参数 或本指标里写出来",
            "declare it in data, params or this indicator first",
        ));
    };
    let (zh, en) = match &declared {
        Some((line, ty)) => {
            let words = type_words(ty);
            (format!("（第 {line} 行，{}）", words.zh), format!(" (line {line}, {})", words.en))
        }
        None => (String::new(), String::new()),
    };
    let diagnostic = match lookalikes(name, &suggestion).as_str() {
        "" => diagnostic,
        signs => diagnostic.note(text(
            format!("样子相近的字：{signs} 是别的文字里的字"),
            format!("it only looks the same: {signs} belongs to another script"),
        )),
    };
    diagnostic.help(text(format!("是不是 {suggestion}{zh}？"), format!("did you mean {suggestion}{en}?"))).fix(
        text(format!("改成 {suggestion}"), format!("write {suggestion}")),
        span,
        suggestion,
    )
}

/// The characters of a name that are of a script nobody writes rules in, Greek, Cyrillic, the signs of radicals
/// and the doubled ones of old code pages, where the name that was meant has them not.
fn lookalikes(name: &str, meant: &str) -> String {
    let foreign = |sign: &char| {
        matches!(sign, '\u{370}'..='\u{52F}' | '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}')
            && !meant.contains(*sign)
    };
    let mut found: Vec<String> = Vec::new();
    for sign in name.chars().filter(foreign) {
        let shown = format!("“{sign}” (U+{:04X})", u32::from(sign));
        if !found.contains(&shown) {
            found.push(shown);
        }
    }
    found.join("、")
}

pub fn unknown_function(name: &str, span: Span, suggestion: Option<String>) -> Diagnostic {
    let title = text(format!("没有这个方法或函数：{name}"), format!("unknown method or function: {name}"));
    let diagnostic = Diagnostic::error("name/function", span, title);
    match suggestion {
        Some(near) => diagnostic.help(text(format!("是不是 {near}？"), format!("did you mean {near}?"))).fix(
            text(format!("改成 {near}"), format!("write {near}")),
            span,
            near,
        ),
        None => diagnostic
            .help(text("用 方法 … 声明它，或改用已有的函数", "declare it with `method …` or use a built-in function")),
    }
}

/// The words are those of the Chinese language; each has its English.
pub fn unknown_word(field: &str, word: &str, span: Span, words: &str) -> Diagnostic {
    let title = text(format!("{field}：不认识“{word}”"), format!("{}: unknown word {word:?}", english(field)));
    let in_english: Vec<&str> = words.split('、').map(english).collect();
    Diagnostic::error("name/word", span, title)
        .help(text(format!("可以写：{words}"), format!("one of: {}", in_english.join(", "))))
}

pub fn misplaced_field(key: &str, span: Span) -> Diagnostic {
    Diagnostic::error("tree/field", span, text(format!("{key} 不能写在这里"), format!("{key} cannot stand here"))).help(
        text("地区、评价年度、满分、取整方式等只写在 规则包 里", "region, year, full, steps … belong into the pack"),
    )
}

pub fn misplaced_attr(span: Span) -> Diagnostic {
    Diagnostic::error("tree/attribute", span, text("这个属性不能写在这里", "this attribute cannot stand here"))
        .help(text("删去它；按整、按比例只用于“每”的行", "delete it; whole and pro_rata belong to rows with `per`"))
}

pub fn group_in_table(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "data/group-in-table",
        span,
        text(format!("表里不能再分组：{name}"), format!("a table holds no groups: {name}")),
    )
    .help(text("把组里的列直接写在表里", "put the group's columns into the table"))
}

pub fn wrong_level(span: Span, level: u8) -> Diagnostic {
    let numeral = ["零", "一", "二", "三", "四", "五", "六"].get(usize::from(level)).copied().unwrap_or("多");
    let title = text(format!("这里应当是 {numeral}级指标"), format!("this indicator stands at level {level}"));
    Diagnostic::error("tree/level", span, title)
        .help(text(
            "级别由它写在谁里面决定；检查上面的 }",
            "the level follows from what it stands in; check the } above",
        ))
        .fix(text(format!("写成 {numeral}级指标"), format!("name level {level}")), span, format!("{numeral}级指标"))
}

pub fn no_points(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("tree/points", span, text(format!("{name} 没有写分值"), format!("{name} has no points")))
        .help(text("在名称后面写分值，例如 5分", "write the points behind the name, for example 5 points"))
}

pub fn negative_points(span: Span) -> Diagnostic {
    Diagnostic::error("tree/negative", span, text("指标的分值不能是负数", "an indicator's points cannot be negative"))
        .help(text("减分项写成 加分指标 名称 −5分", "a deduction outside the sum is written as a bonus of −5 points"))
}

pub fn no_score(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "tree/no-score",
        span,
        text(format!("{name} 没有写怎样得分"), format!("{name} does not say how it is scored")),
    )
    .help(text(
        "写 得分 = …，或一个 分档/计分/扣分/逐项 块，或 待编",
        "write score = …, or a bands/points_for/deduct/each block, or todo",
    ))
}

pub fn two_scores(name: &str, second: Span, first: Span) -> Diagnostic {
    Diagnostic::error("tree/two-scores", second, text(format!("{name} 有两个得分"), format!("{name} is scored twice")))
        .other(first, text("第一个在这里", "the first is here"))
        .help(text("只留一个；中间结果用“名 = 式”", "keep one; name steps with `name = …`"))
}

pub fn not_in_method(span: Span) -> Diagnostic {
    Diagnostic::error("tree/not-here", span, text("这里不能写指标或 待编", "no indicator and no todo can stand here"))
        .help(text(
            "方法和逐项里只写 当、须、定义和得分",
            "methods and rows hold cases, demands, definitions and a score",
        ))
}

pub fn script_without_type(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        "script/type",
        span,
        text(format!("脚本方法 {name} 没有写结果类型"), format!("the script method {name} has no result type")),
    )
    .help(text(
        "写成 方法 名（…）：检查，脚本 … 或 ：比率 [0%, 100%]，脚本 …",
        "write method name(…): check, script … or : ratio [0%, 100%], script …",
    ))
}

pub fn as_is_without_value(key: &str, span: Span) -> Diagnostic {
    let title = text(format!("{key} 没有值，不能 照计"), format!("{key} has no value to count as it is"));
    Diagnostic::error("state/as-is", span, title)
        .help(text("照计 只用于 无佐证、迟报、有争议", "as_is is for no_evidence, late and disputed"))
}

pub fn rating_outside_indicator(span: Span) -> Diagnostic {
    Diagnostic::error("rating/place", span, text("评定 只能写在指标里", "a rating can only stand in an indicator"))
        .help(text(
            "在指标里写 名 = 评定 [60%, 80%)，再把它传给方法",
            "write name = rated [60%, 80%) in the indicator and pass it on",
        ))
}

pub fn two_ratings(span: Span) -> Diagnostic {
    Diagnostic::error(
        "rating/unnamed",
        span,
        text("一个指标里有几项评定时，每项都要有名称", "several ratings in one indicator need names"),
    )
    .help(text("写成 名 = 评定 […]", "write name = rated […]"))
}

pub fn weight_sum(name: &str, full: &Number, sum: &Number, span: Span, parts: &[(&str, &Number, Span)]) -> Diagnostic {
    let more = sum > full;
    let gap = (full - sum).abs();
    let list = parts.iter().map(|(_, points, _)| points.to_string()).collect::<Vec<_>>().join(" + ");
    let (zh, en) = if more { ("多", "too many") } else { ("少", "missing") };
    let title = text(
        format!("分值对不上：{name} {full}分，下级合计 {sum}分，{zh} {gap}分"),
        format!("points do not add up: {name} has {full}, its children {sum}: {gap} {en}"),
    );
    let label = text(format!("下级：{list} = {sum}"), format!("children: {list} = {sum}"));
    let mut diagnostic = Diagnostic::error("weight/sum", span, title).label(label);
    if let Some((last, points, place)) = parts.last() {
        let mended = if more { *points - &gap } else { *points + &gap };
        diagnostic = diagnostic.other(*place, text(format!("{last} {points}分"), format!("{last}: {points} points"))).help(text(
            format!("可改：① 某个下级，例如 {last} {points}分 → {mended}分   ② {name} {full}分 → {sum}分（上级随之改变）"),
            format!("either a child, for example {last} {points} → {mended}, or {name} {full} → {sum} (and its parent with it)"),
        ));
    }
    diagnostic
}

pub fn unused_field(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("unused/data", span, text(format!("没有规则读取 {name}"), format!("no rule reads {name}")))
        .help(text("删去它，或者写明 仅报告", "delete it, or mark it report_only"))
}

pub fn unused_name(name: &str, span: Span) -> Diagnostic {
    Diagnostic::warning("unused/name", span, text(format!("没有地方用到 {name}"), format!("nothing uses {name}")))
        .help(text("删去它，或者看看是不是写错了名称", "delete it, or see whether a name is misspelt elsewhere"))
}

/// The English spelling of a field or of a word that it may have.
fn english(word: &str) -> &str {
    match word {
        "0分" => "0 points",
        "视为不符合" => "not_met",
        "缺报视为" => "missing_as",
        _ => {
            let known = WORDS.iter().chain(FIELDS).find(|(zh, _)| *zh == word);
            known.map_or(word, |(_, en)| en)
        }
    }
}
