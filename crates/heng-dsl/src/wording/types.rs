//! What can be wrong with units, types and blocks.

use heng_diag::{Diagnostic, Severity, Span};
use heng_model::{Quantity, Type, expr::Arith};

use super::{text, type_words};

fn mismatch(span: Span, zh: String, en: String) -> Diagnostic {
    Diagnostic::error("unit/mismatch", span, text(zh, en))
}

pub fn unit_mismatch(sign: Span, a: (Span, &Type), b: (Span, &Type), op: Arith) -> Diagnostic {
    let (wa, wb) = (type_words(a.1), type_words(b.1));
    let (zh, en) = match op {
        Arith::Add => ("相加", "add"),
        Arith::Subtract => ("相减", "subtract"),
        Arith::Multiply => ("相乘", "multiply"),
        Arith::Divide => ("相除", "divide"),
        Arith::Power => ("乘方", "raise to a power"),
    };
    let diagnostic = mismatch(
        sign,
        format!("单位不合：{} 和 {} 不能{zh}", wa.zh, wb.zh),
        format!("units do not fit: cannot {en} {} and {}", wa.en, wb.en),
    )
    .other(a.0, wa)
    .other(b.0, wb);
    if *a.1 == Type::Date || *b.1 == Type::Date {
        return diagnostic.help(text("日期只能加减 天 或 个自然日", "only days can be added to a date"));
    }
    diagnostic.help(text("换成同一种单位的数据", "use data of one unit"))
}

pub fn cannot_compare(span: Span, a: (Span, &Type), b: (Span, &Type)) -> Diagnostic {
    let (wa, wb) = (type_words(a.1), type_words(b.1));
    let diagnostic = mismatch(
        span,
        format!("{} 和 {} 不能比较", wa.zh, wb.zh),
        format!("{} and {} cannot be compared", wa.en, wb.en),
    )
    .other(a.0, wa)
    .other(b.0, wb);
    if *b.1 == Type::Quantity(Quantity::Plain) {
        return diagnostic.help(text("在数字后面写上单位，例如 0元、5分、30天", "write the unit behind the number"));
    }
    diagnostic.help(text("两边要是同一种单位", "both sides must have one unit"))
}

pub fn wrong_type(span: Span, wanted: &Type, found: &Type) -> Diagnostic {
    let (w, f) = (type_words(wanted), type_words(found));
    mismatch(span, format!("这里要 {}，不是 {}", w.zh, f.zh), format!("{} is needed here, not {}", w.en, f.en))
}

pub fn wrong_end(span: Span, subject: &Type, found: &Type) -> Diagnostic {
    let (s, f) = (type_words(subject), type_words(found));
    mismatch(
        span,
        format!("这一档比较的是 {}，端点却是 {}", s.zh, f.zh),
        format!("this row compares {}, its end is {}", s.en, f.en),
    )
    .help(text(
        "端点的单位要和被比较的量一样，例如比率写 90%",
        "the end needs the unit of what is compared, such as 90%",
    ))
}

pub fn points_wanted(span: Span, found: &Type) -> Diagnostic {
    let words = type_words(found);
    let diagnostic = mismatch(
        span,
        format!("得分要是 分，这里是 {}", words.zh),
        format!("a score must be points; this is {}", words.en),
    );
    match found {
        Type::Quantity(Quantity::Ratio) => {
            diagnostic.help(text("比率要乘以满分：满分 × …", "multiply the ratio with the points: full * …"))
        }
        Type::Bool => limit_help(diagnostic, found),
        _ => diagnostic.help(text("数字后面写 分，例如 5分", "write points behind the number, for example 5 points")),
    }
}

pub fn condition_wanted(span: Span, found: &Type) -> Diagnostic {
    let words = type_words(found);
    mismatch(
        span,
        format!("这里要一个条件，不是 {}", words.zh),
        format!("a condition is needed here, not {}", words.en),
    )
    .help(text(
        "写成比较，例如 x > 0元；表写 x 不为空",
        "write a comparison, for example x > 0 yuan; of a table: x not_empty",
    ))
}

pub fn number_wanted(span: Span, found: &Type) -> Diagnostic {
    let words = type_words(found);
    let diagnostic = mismatch(
        span,
        format!("这里要一个数，不是 {}", words.zh),
        format!("a number is needed here, not {}", words.en),
    );
    limit_help(diagnostic, found)
}

/// `a 不超过 b` without a comma is a comparison; with one it is a limit.
fn limit_help(diagnostic: Diagnostic, found: &Type) -> Diagnostic {
    if *found != Type::Bool {
        return diagnostic;
    }
    diagnostic.help(text(
        "如果是封顶或保底，“不超过”“不低于”前面要有逗号：满分 × 率，不超过 满分",
        "a limit needs a comma before at_most or at_least: full * rate, at_most full",
    ))
}

pub fn wrong_operand(name: &str, span: Span, found: &Type) -> Diagnostic {
    let words = type_words(found);
    mismatch(span, format!("{name} 不能用于 {}", words.zh), format!("{name} cannot take {}", words.en))
}

pub fn table_wanted(span: Span, found: &Type) -> Diagnostic {
    let words = type_words(found);
    mismatch(span, format!("这里要一张表，不是 {}", words.zh), format!("a table is needed here, not {}", words.en))
}

pub fn rows_disagree(span: Span, a: &Type, b: &Type) -> Diagnostic {
    let (wa, wb) = (type_words(a), type_words(b));
    mismatch(
        span,
        format!("各行结果的单位不一样：{} 和 {}", wa.zh, wb.zh),
        format!("the rows give {} and {}", wa.en, wb.en),
    )
    .help(text("同一个块里各行的结果要是同一种单位", "all rows of a block give one unit"))
}

pub fn wrong_argument(span: Span, parameter: &str, wanted: &Type, found: &Type) -> Diagnostic {
    let (w, f) = (type_words(wanted), type_words(found));
    mismatch(
        span,
        format!("参数 {parameter} 要 {}，这里是 {}", w.zh, f.zh),
        format!("the parameter {parameter} is {}, this is {}", w.en, f.en),
    )
}

pub fn untyped_parameter(name: &str, span: Span) -> Diagnostic {
    let title = text(format!("参数 {name} 没有写类型"), format!("the parameter {name} has no type"));
    Diagnostic::error("method/untyped", span, title).help(text(
        "写成 名：类型，例如 率：比率、类别：选项 自 采购项目.类别、批：表",
        "write name: type, for example rate: ratio, kind: choice from projects.kind, rows: table",
    ))
}

pub fn domain_unit(span: Span) -> Diagnostic {
    mismatch(span, "范围的单位和类型不合".into(), "the range has another unit than the type".into())
        .help(text("例如 比率 [0%, 100%]、金额 [0元, 100万元]", "for example ratio [0%, 100%]"))
}

pub fn unknown_type(name: &str, span: Span, nearest: Option<String>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("name/type", span, text(format!("没有这个类型：{name}"), format!("unknown type: {name}")));
    let list = text(
        "类型有：金额 比率 数 个数 分 日期 天数 是否 文本 选项 {…} 表 {…}",
        "types: money ratio number count points date days yes_no text choice {…} table {…}",
    );
    match nearest {
        Some(near) => diagnostic.help(text(format!("是不是 {near}？"), format!("did you mean {near}?"))).fix(
            text(format!("改成 {near}"), format!("write {near}")),
            span,
            near,
        ),
        None => diagnostic.help(list),
    }
}

pub fn not_a_choice(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error("name/choice", span, text(format!("{name} 不是选项"), format!("{name} is not a choice"))).help(
        text("选项 自 后面写一个选项类型的数据，例如 采购项目.类别", "`choice from` names a datum of type choice"),
    )
}

pub fn literal_wanted(span: Span) -> Diagnostic {
    Diagnostic::error("range/literal", span, text("这里的端点要写成数字", "the ends of this range must be numbers"))
}

pub fn empty_range(span: Span) -> Diagnostic {
    Diagnostic::error("range/empty", span, text("这个范围里没有任何值", "no value lies in this range"))
        .help(text("小的写在前面：[0%, 100%]", "the smaller end comes first: [0%, 100%]"))
}

pub fn two_ends(span: Span) -> Diagnostic {
    Diagnostic::error("range/twice", span, text("同一头写了两个端点", "one side of the range has two ends"))
        .help(text("大于的和小于的各写一个：≥ 60% 且 < 70%", "write one lower and one upper end: >= 60% and < 70%"))
}

pub fn open_end(span: Span) -> Diagnostic {
    Diagnostic::error(
        "band/open-end",
        span,
        text("端点没有说明算不算在内", "the ends do not say whether they are included"),
    )
    .help(text("写成 [60%, 70%)，或 60%（含）至 70%（不含）", "write [60%, 70%), or 60% (incl) through 70% (excl)"))
}

pub fn no_members(span: Span) -> Diagnostic {
    Diagnostic::error("name/member", span, text("“.”前面要是一个组的名称", "a group's name must stand before the dot"))
}

pub fn away_outside_deduct(span: Span) -> Diagnostic {
    Diagnostic::error("block/away", span, text("偏离 只用在“每”的行里", "away_from only stands in rows with `per`"))
        .help(text(
            "例如 扣分 { 执行率 偏离 100%，每 5个百分点：2分 }",
            "for example deduct { rate away_from 100%, per 5 pp: 2 points }",
        ))
}

pub fn linear_outside_band(span: Span) -> Diagnostic {
    Diagnostic::error(
        "block/linear",
        span,
        text("线性 只用在两端都写明的档里", "linear only stands in a row with both ends"),
    )
    .help(text("例如 (10%, 30%]：线性 满分 到 0分", "for example (10%, 30%]: linear full to 0 points"))
}

pub fn argument_count(name: &str, span: Span, wanted: usize, found: usize) -> Diagnostic {
    let title = text(
        format!("{name} 要 {wanted} 个参数，这里写了 {found} 个"),
        format!("{name} takes {wanted} arguments, {found} are given"),
    );
    Diagnostic::error("call/arguments", span, title)
}

pub fn bad_fold(name: &str, span: Span, over: &Type, terms: usize) -> Diagnostic {
    let words = type_words(over);
    let title = text(
        format!("{name} 的写法不对：第一个参数是 {}", words.zh),
        format!("{name} cannot be used like this: its first argument is {}", words.en),
    );
    let help = match terms {
        0 => text(format!("写成 {name}（表 凡 条件）"), format!("write {name}(table where condition)")),
        1 => text(
            format!("写成 {name}（表，列）或 {name}（下级）"),
            format!("write {name}(table, column) or {name}(children)"),
        ),
        _ => text(format!("写成 {name}（表，列，权重列）"), format!("write {name}(table, column, weights)")),
    };
    Diagnostic::error("call/fold", span, title).help(help)
}

pub fn share_without_where(span: Span) -> Diagnostic {
    Diagnostic::error("call/share", span, text("占比 要说明哪些行算数", "share must say which rows count"))
        .help(text("写成 占比（表 凡 条件）", "write share(table where condition)"))
}

pub fn no_rows(span: Span) -> Diagnostic {
    Diagnostic::error("block/empty", span, text("这个块里没有一行", "this block has no rows"))
}

pub fn cell_count(span: Span, wanted: usize, found: usize) -> Diagnostic {
    let title = text(
        format!("这一行要 {wanted} 格，写了 {found} 格"),
        format!("this row needs {wanted} cells, it has {found}"),
    );
    Diagnostic::error("block/cells", span, title)
        .help(text("“，”换到下一个被比较的量，“、”是“或者”", "a comma goes to the next subject, 、 means or"))
}

pub fn step_outside_tally(span: Span) -> Diagnostic {
    Diagnostic::error(
        "block/step",
        span,
        text("“每”只用在 计分 和 扣分 里", "`per` only stands in points_for and deduct"),
    )
}

pub fn step_on_condition(span: Span) -> Diagnostic {
    Diagnostic::error(
        "block/step",
        span,
        text(
            "“每”前面要是一张表、一个数，或者 量 超过/低于/偏离 限",
            "before `per` stands a table, a number, or amount above/below/away_from limit",
        ),
    )
    .help(text("不分档的比较（≥ ≤）不能按“每”累计，请写 超过 或 低于", "write above or below, not >= or <="))
}

pub fn range_among_values(span: Span) -> Diagnostic {
    Diagnostic::error(
        "block/range",
        span,
        text("范围不能和别的值用“、”并列", "a range cannot stand beside other values"),
    )
    .help(text("每个范围写一行", "give each range its own row"))
}

pub fn state_among_values(span: Span) -> Diagnostic {
    Diagnostic::error(
        "block/state",
        span,
        text("状态不能和别的值写在一格里", "a state cannot share a cell with other values"),
    )
    .help(text(
        "状态另写一行，例如 缺报、无佐证：0分",
        "give states a row of their own, for example missing、no_evidence: 0 points",
    ))
}

pub fn range_without_subject(span: Span) -> Diagnostic {
    Diagnostic::error(
        "block/subject",
        span,
        text("没有说明拿什么和这一档比较", "nothing is named to compare with this row"),
    )
    .help(text("写成 分档 量 { … }", "write bands quantity { … }"))
}

pub fn condition_cell_wanted(span: Span) -> Diagnostic {
    Diagnostic::error(
        "block/condition",
        span,
        text("计分 和 扣分 的每一行要以条件开头", "rows of points_for and deduct begin with a condition"),
    )
    .help(text("区间写成条件，例如 支出率 ≥ 90%：1分", "write a condition, for example rate >= 90%: 1 point"))
}

pub fn no_step_rounding(span: Span) -> Diagnostic {
    Diagnostic::error(
        "step/rounding",
        span,
        text("没有说明不满一个“每”时怎样算", "it is not said what a part of a step counts"),
    )
    .note(text(
        "超过 3.2 个百分点、每 1 个百分点扣 0.5分 时：按整扣 1.5分，按比例扣 1.6分",
        "3.2 points over at 0.5 a point: whole steps take off 1.5, pro rata 1.6",
    ))
    .help(text(
        "写在行末（，按整 / ，按比例），或在规则包里写一次 取整方式：按整",
        "say it on the row (, whole / , pro_rata) or once in the pack (steps: whole)",
    ))
}

pub fn unrounded(span: Span, severity: Severity) -> Diagnostic {
    let found = if severity == Severity::Error {
        let title =
            text("对数或标准分除不尽，没有写保留几位", "a logarithm or z-score never ends and no places are stated");
        Diagnostic::error("number/unrounded", span, title)
    } else {
        let title = text("方根可能除不尽，没有写保留几位", "a root may never end and no places are stated");
        Diagnostic::warning("number/unrounded", span, title)
    };
    found
        .note(text(
            "方根、对数、几何平均多半不是有限小数；保留几位由规则定，保留的每一位都算得准",
            "roots, logarithms and geometric means are hardly ever short decimals; the rule says how many places count, and each of them is exact",
        ))
        .help(text(
            "在算式外面加括号写明，例如（ln（甲） ÷ ln（乙），保留6位）",
            "put the formula in brackets and say how many, for example (ln(a) / ln(b), round 6 places)",
        ))
}
