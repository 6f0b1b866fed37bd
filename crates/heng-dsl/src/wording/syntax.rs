//! What can be wrong with the text itself.

use heng_diag::{Diagnostic, Edit, Fix, Span};

use super::text;
use crate::{keywords, parse::Rule};

pub fn unreadable(span: Span) -> Diagnostic {
    Diagnostic::error(
        "syntax/unreadable",
        span,
        text("这个文件从这里起读不下去", "the file cannot be read from here on"),
    )
    .help(text("看看这里前面的括号和引号是否成对", "check that brackets and quotes before this place are closed"))
}

pub fn missing_brace(head: Span, place: Span) -> Diagnostic {
    Diagnostic::error("syntax/brace", head, text("少一个 }", "a } is missing"))
        .label(text("这里打开的 { 没有关上", "the { opened here is never closed"))
        .fix(text("在下一个同级标题之前补上 }", "close it before the next headline of the same level"), place, "}\n")
}

pub fn missing_open(head: Span) -> Diagnostic {
    Diagnostic::error("syntax/brace", head, text("少一个 {", "a { is missing"))
        .label(text("这一行后面没有 {", "no { stands behind this line"))
        .fix(text("补上 {", "add the {"), head.tail(), " {")
}

/// Characters that nobody can see, on one line; each with what stands there instead.
pub fn invisible(first: Span, characters: &str, edits: Vec<Edit>) -> Diagnostic {
    let count = edits.len();
    let title = text(
        format!("有看不见的字符：{characters}（这一行 {count} 个）"),
        format!("characters that cannot be seen: {characters} ({count} on this line)"),
    );
    let fix = Fix { title: text("删去", "delete them"), edits, safe: true };
    let mut found = Diagnostic::error("text/invisible", first, title)
        .note(text(
            "它们多半是从网页或 Word 里粘贴来的；看起来一样的名称会因此不一样",
            "most come with text pasted from a web page or Word; names that look alike differ by them",
        ))
        .help(text("删去它们", "delete them"));
    found.fixes.push(fix);
    found
}

pub fn stray_brace(span: Span) -> Diagnostic {
    Diagnostic::error("syntax/stray-brace", span, text("多一个 }", "one } too many"))
        .help(text("没有 { 与它对应，请删去", "no { belongs to it: delete it"))
        .suggest(text("删去", "delete it"), span, "")
}

pub fn too_deep(span: Span, deepest: usize) -> Diagnostic {
    let title = text(format!("括号套得太深（超过 {deepest} 层）"), format!("brackets nest deeper than {deepest}"));
    Diagnostic::error("syntax/too-deep", span, title)
        .help(text("用“名 = 式”把里面的部分单独写出来", "give the inner parts names with `name = …`"))
}

pub fn too_far(span: Span, deepest: u32) -> Diagnostic {
    let title = text(
        format!("定义一个引用一个，套得太深（超过 {deepest} 层）"),
        format!("definitions that read each other go deeper than {deepest}"),
    );
    Diagnostic::error("syntax/too-deep", span, title).help(text(
        "减少中间步骤，或者把数据写成表，用 合计",
        "use fewer steps, or put the data into a table and use sum",
    ))
}

pub fn too_long(span: Span, longest: usize) -> Diagnostic {
    let title = text(
        format!("这个式子太长（超过 {longest} 项）"),
        format!("this expression is too long (more than {longest} parts)"),
    );
    Diagnostic::error("syntax/too-deep", span, title).help(text(
        "用“名 = 式”把各部分单独写出来，或者把数据写成表，用 合计",
        "give its parts names with `name = …`, or put the data into a table and use sum",
    ))
}

/// A line that could not be read, with the likeliest reason.
pub fn bad_line(line: &str, rest: &str, whole: Span, place: Span, wanted: Rule) -> Diagnostic {
    if wanted == Rule::row_item {
        return bad_row(line, rest, whole, place);
    }
    if wanted == Rule::block && crate::import::is_use(line) {
        return super::use_line(whole);
    }
    if let Some((word, _)) = line.split_once([':', '：'])
        && let word = word.trim()
        && !word.is_empty()
        && word.chars().count() <= 8
        && word.chars().all(char::is_alphanumeric)
        && wanted == Rule::body_item
        && !line.starts_with('当')
    {
        let fields = keywords::FIELDS.iter().flat_map(|(zh, en)| [*zh, *en]);
        let nearest = crate::lower::nearest_name(word, fields);
        return unknown_field(word, whole, nearest);
    }
    if wanted == Rule::body_item
        && !line.contains([':', '：', '='])
        && let Some(field) = keywords::field_at_start(line)
    {
        return field_without_colon(field, whole);
    }
    let declared = line.split([':', '：', ' ']).next().unwrap_or("").trim();
    if wanted == Rule::ditem && keywords::is_reserved(declared) {
        return reserved_name(declared, whole);
    }
    let title = text(
        format!("这一行读不懂：“{}”", shortened(line)),
        format!("this line cannot be read: {:?}", shortened(line)),
    );
    let diagnostic = Diagnostic::error("syntax/line", place, title);
    let first = line.split(|c: char| c.is_whitespace() || "{：:(（".contains(c)).next().unwrap_or("");
    let words = keywords::KEYWORDS.iter().flat_map(|keyword| [keyword.zh, keyword.en]);
    let levels = ["一级指标", "二级指标", "三级指标", "四级指标"];
    let diagnostic = match crate::lower::nearest_name(first, words.chain(levels)) {
        Some(word) => diagnostic.help(text(format!("是不是 {word}？"), format!("did you mean {word}?"))),
        None => diagnostic,
    };
    diagnostic.label(text("从这里起读不懂", "not understood from here on")).help(expected(wanted))
}

/// A datum called by a word of the language.
fn reserved_name(word: &str, place: Span) -> Diagnostic {
    let title = text(
        format!("“{word}”是语言自己的词，不能单独作名称"),
        format!("{word:?} is a word of the language and no name"),
    );
    Diagnostic::error("syntax/line", place, title)
        .help(text(format!("换一个名称，或者写成 「{word}」"), format!("choose another name, or write 「{word}」")))
}

fn expected(wanted: Rule) -> heng_diag::Text {
    match wanted {
        Rule::ditem => text("数据 里写：名称：类型，属性", "lines in `data` read: name: type, attributes"),
        Rule::pitem => text("参数 里写：名称 = 值，依据《…》", "lines in `params` read: name = value, basis 《…》"),
        Rule::block => text(
            "文件里只有：规则包、数据、参数、方法、指标、加分指标、引用",
            "a file holds: pack, data, params, method, indicator, bonus, use",
        ),
        _ => text(
            "指标里写：栏目：文字 · 名 = 式 · 当 条件：结果 · 须 条件 · 分档/计分/扣分/逐项 { … }",
            "an indicator holds: field: text · name = value · when …: … · require … · bands/points_for/deduct/each { … }",
        ),
    }
}

fn bad_row(line: &str, rest: &str, whole: Span, place: Span) -> Diagnostic {
    let gives = ["，得", ",得", "得"].iter().find_map(|word| line.rsplit_once(word));
    if let Some((condition, points)) = gives
        && !line.contains([':', '：'])
        && !condition.trim().is_empty()
        && points.trim_start().starts_with(|c: char| c.is_numeric() || c == '满')
    {
        let mended = format!("{}：{}", condition.trim(), points.trim());
        return Diagnostic::error("syntax/colon", whole, text("这里要用冒号", "a colon belongs here"))
            .help(text(
                "左边是条件，右边是得分，中间写“：”",
                "the condition stands left, the points right, with a colon between",
            ))
            .fix(text("改成冒号", "write a colon"), whole, mended);
    }
    let title =
        text(format!("这一行读不懂：“{}”", shortened(line)), format!("this row cannot be read: {:?}", shortened(line)));
    let label = if rest.is_empty() {
        text("这里还少东西", "something is missing here")
    } else {
        text("从这里起读不懂", "not understood from here on")
    };
    Diagnostic::error("syntax/row", place, title).label(label).help(text(
        "每行写：条件：得分，例如 ≥ 90%：5分",
        "a row reads: condition: points, for example >= 90%: 5 points",
    ))
}

/// A name that runs into its type.
pub fn missing_colon(name: Span, place: Span) -> Diagnostic {
    Diagnostic::error("syntax/colon", name, text("这里要用冒号", "a colon belongs here"))
        .help(text("名称和类型之间写“：”", "write a colon between name and type"))
        .fix(text("补上冒号", "add the colon"), place, "：")
}

fn field_without_colon(field: &str, line: Span) -> Diagnostic {
    let end = line.start.saturating_add(u32::try_from(field.len()).unwrap_or(0));
    let title = text(format!("“{field}”后面要用冒号"), format!("a colon belongs behind {field:?}"));
    Diagnostic::error("syntax/field", line, title).fix(
        text("补上冒号", "add the colon"),
        Span { start: end, end, ..line },
        "：",
    )
}

fn unknown_field(word: &str, span: Span, nearest: Option<String>) -> Diagnostic {
    let title = text(format!("没有“{word}”这个栏目"), format!("there is no field {word:?}"));
    let diagnostic = Diagnostic::error("syntax/field", span, title);
    match nearest {
        Some(nearest) => diagnostic.help(text(format!("是不是 {nearest}？"), format!("did you mean {nearest}?"))),
        None => {
            let list = |pick: fn(&(&'static str, &'static str)) -> &'static str| {
                keywords::FIELDS.iter().map(pick).collect::<Vec<_>>().join(" ")
            };
            diagnostic.help(text(
                format!("可用的栏目：{}；条件写“当 …：…”", list(|field| field.0)),
                format!("fields: {}; a condition is written `when …: …`", list(|field| field.1)),
            ))
        }
    }
}

pub fn leftover(rest: &str, span: Span) -> Diagnostic {
    let title = text(format!("这里多出“{}”", shortened(rest)), format!("{:?} is left over here", shortened(rest)));
    let diagnostic = Diagnostic::error("syntax/leftover", span, title);
    let tails = ["不超过", "不低于", "保留", "取整", "舍去", "进一", "否则", "at_most", "at_least", "round", "else"];
    if tails.iter().any(|tail| rest.trim_start().starts_with(tail)) {
        return diagnostic.help(text("前面少一个逗号", "a comma is missing before it")).fix(
            text("补上逗号", "add the comma"),
            span.head(),
            "，",
        );
    }
    let count = |signs: [char; 4]| rest.matches(signs).count();
    let (opened, closed) = (count(['(', '（', '[', '［']), count([')', '）', ']', '］']));
    if opened != closed {
        let more = if opened > closed { ("）", ")") } else { ("（", "(") };
        return diagnostic.help(text(
            format!("括号不成对：这一行少一个 {}", more.0),
            format!("brackets do not pair: a {} is missing on this line", more.1),
        ));
    }
    diagnostic.help(text(
        "一行只写一件事；另一件事换行写，或者用“；”隔开",
        "one thing a line: put the rest on its own line or after a ;",
    ))
}

pub fn two_readings(span: Span, first: &str, second: &str) -> Diagnostic {
    Diagnostic::error("syntax/two-readings", span, text("这一行有两种读法", "this line can be read in two ways"))
        .note(text(format!("一种：{first}"), format!("one: {first}")))
        .note(text(format!("另一种：{second}"), format!("the other: {second}")))
        .help(text("在词与词之间加空格", "put spaces between the words"))
}

pub fn bad_places(span: Span) -> Diagnostic {
    Diagnostic::error(
        "syntax/places",
        span,
        text("保留的位数要是 0 到 12 的整数", "decimals kept must be a whole number from 0 to 12"),
    )
    .help(text("例如 保留2位", "for example round 2 places"))
}

pub fn bad_count(span: Span) -> Diagnostic {
    Diagnostic::error("syntax/count", span, text("这里要一个整数，单位是 项", "a whole number of items belongs here"))
        .help(text("例如 恰 2项、至少 1项", "for example exactly 2 items, at_least 1 item"))
}

pub fn no_such_day(day: &str, span: Span) -> Diagnostic {
    Diagnostic::error("syntax/date", span, text(format!("没有这一天：{day}"), format!("there is no such day: {day}")))
        .help(text("日期写作 2023年12月31日 或 2023-12-31", "write dates as 2023-12-31 or 2023年12月31日"))
}

fn shortened(line: &str) -> String {
    let mut short: String = line.chars().take(40).collect();
    if line.chars().count() > 40 {
        short.push('…');
    }
    short
}

pub fn mixed_brackets(wrong: Span, other: Span, round: &str) -> Diagnostic {
    Diagnostic::error("syntax/bracket", wrong, text("括号一圆一方", "one bracket is round and the other square"))
        .other(other, text("另一半在这里", "its other half, here"))
        .help(text(
            "算式和函数用圆括号；方括号只用在区间里，如 [80%, 90%)",
            "formulas and functions take round ones; square ones stand in ranges alone, as [80%, 90%)",
        ))
        .fix(text("改成圆括号", "make it round"), wrong, round)
}
