//! What can be wrong with the rows of a 分档, and with what they leave open.

use heng_diag::{Diagnostic, Span, Text};
use heng_model::Number;

use super::text;

pub fn band_gap(span: Span, stretch: &str, witness: &str, single: bool) -> Diagnostic {
    let title = if single {
        text(
            format!("分档有空当：正好 {witness} 时没有得分"),
            format!("the rows leave a gap: exactly {witness} belongs to none"),
        )
    } else {
        text(
            format!("分档有空当：{stretch} 没有得分，例如 {witness}"),
            format!("the rows leave a gap: {stretch} belongs to none, for example {witness}"),
        )
    };
    let stretch = if single { witness } else { stretch };
    Diagnostic::error("band/gap", span, title).help(text(
        format!("补一行，例如 {stretch}：0分，或者加 其他：…，或者在数据里写明取值范围"),
        format!("add a row such as {stretch}: 0 points, or else: …, or declare the datum's range"),
    ))
}

pub fn include_end() -> Text {
    text("把这一点算在内", "include this value")
}

pub fn exclude_end() -> Text {
    text("不把这一点算在内", "leave this value out")
}

pub fn band_unreachable(span: Span) -> Diagnostic {
    Diagnostic::error("band/unreachable", span, text("这一行永远轮不到", "this row is never reached"))
        .note(text(
            "各行从上往下看，先合的先用；上面的行已经占去它的全部取值",
            "rows are read from the top and the first fit counts; those above take all its values",
        ))
        .help(text("把它移到上面，或改正端点", "move it up or correct its ends"))
}

pub fn band_overlap(span: Span, first: Span, witness: &str, a: &str, b: &str) -> Diagnostic {
    let title = text(
        format!("分档重叠：{witness} 同时落在两档，分别得 {a} 和 {b}"),
        format!("rows overlap: {witness} lies in both, giving {a} and {b}"),
    );
    Diagnostic::error("band/overlap", span, title)
        .other(first, text("另一档", "the other row"))
        .help(text("把其中一个端点改成不含", "leave the end out of one of them"))
}

pub fn band_cut(span: Span, first: Span, stretch: &str, wins: &str) -> Diagnostic {
    let title = text(
        format!("分档重叠：{stretch} 两行都收，作数的是写在上面的“{wins}”"),
        format!("rows overlap: both take {stretch}, and the one above counts: {wins}"),
    );
    Diagnostic::warning("band/overlap", span, title).other(first, text("作数的一行", "the row that counts")).help(text(
        "对照通知，把两行的端点写成同一个数",
        "check with the notice, and let the two rows meet at one number",
    ))
}

pub fn meet(end: &str) -> Text {
    text(format!("端点改成 {end}"), format!("make the end {end}"))
}

pub fn word_twice(span: Span, first: Span, word: &str) -> Diagnostic {
    Diagnostic::error("band/word-twice", span, text(format!("“{word}”有两行"), format!("{word:?} has two rows")))
        .other(first, text("第一行", "the first row"))
        .help(text("只留一行", "keep one"))
}

pub fn word_missing(span: Span, words: &str) -> Diagnostic {
    Diagnostic::error(
        "band/word-missing",
        span,
        text(format!("没有这些选项的行：{words}"), format!("no row for: {words}")),
    )
    .help(text("补上这些行，或者加 其他：…", "add these rows, or else: …"))
}

pub fn zero_divisor(division: &str, span: Span, divisor_span: Span, divisor: &str, zero: &str) -> Diagnostic {
    let title = text(format!("可能除以零：{division}"), format!("possible division by zero: {division}"));
    Diagnostic::error("number/zero-divisor", span, title)
        .other(divisor_span, text("可能是零", "may be nought"))
        .help(text(
            format!("先说明这时怎么办，例如在上面加一行：当 {divisor} = {zero}：不适用"),
            format!("say first what happens then, for example: when {divisor} = {zero}: not_applicable"),
        ))
        .help(text(
            "或者在数据里写明它总大于零，例如 金额 > 0元",
            "or declare that it is always positive, for example money > 0 yuan",
        ))
}

pub fn no_inapplicable(name: &str, parent: &str, span: Span, parent_span: Span) -> Diagnostic {
    let title = text(
        format!("{name} 可能不适用，但上级没有写“不适用：”"),
        format!("{name} can be not applicable, but its parent does not say what then"),
    );
    Diagnostic::error("state/no-effect", span, title)
        .other(parent_span, text(format!("上级 {parent}"), format!("the parent {parent}")))
        .help(text(
            "在规则包或上级里写 不适用：折算（或 满分、0分、停止）",
            "write not_applicable: rescale (or full, 0 points, stop) in the pack or the parent",
        ))
}

pub fn undeclared_states(span: Span, states: &str) -> Diagnostic {
    let title = text(
        format!("规则包没有说明这些状态怎样处理：{states}"),
        format!("the pack does not say what these states do: {states}"),
    );
    Diagnostic::warning("state/undeclared", span, title)
        .note(text(
            "没有说明的状态一出现，指标就算不出来",
            "an indicator that meets an undeclared state cannot be scored",
        ))
        .help(text(
            "例如 缺报：停止 · 无佐证：0分 · 迟报：照计 · 有争议：待核",
            "for example missing: stop · no_evidence: 0 points · late: as_is · disputed: review",
        ))
}

pub fn score_under(name: &str, span: Span, least: &Number, low: Option<&Number>) -> Diagnostic {
    let (zh, en) = match low {
        Some(low) => (format!("，最低可到 {low}分"), format!(", down to {low}")),
        None => (String::new(), String::new()),
    };
    let title = text(
        format!("{name} 的得分可能低于 {least}分{zh}"),
        format!("the score of {name} can fall below {least} points{en}"),
    );
    Diagnostic::warning("score/range", span, title)
        .note(text(
            "超出范围的得分不会被悄悄截断，而是算不出来",
            "a score outside its range is not cut off in silence: the indicator stops",
        ))
        .help(text(
            format!("写 不低于 {least}分，或者在数据里写明范围，例如 金额 ≥ 0元"),
            format!("write at_least {least} points, or declare the data's range, for example money >= 0 yuan"),
        ))
}

pub fn score_over(name: &str, span: Span, most: &Number, high: Option<&Number>) -> Diagnostic {
    let (zh, en) = match high {
        Some(high) => (format!("，最高可到 {high}分"), format!(", up to {high}")),
        None => (String::new(), String::new()),
    };
    let title = text(
        format!("{name} 的得分可能高于 {most}分{zh}"),
        format!("the score of {name} can rise above {most} points{en}"),
    );
    Diagnostic::warning("score/range", span, title)
        .note(text(
            "超出范围的得分不会被悄悄截断，而是算不出来",
            "a score outside its range is not cut off in silence: the indicator stops",
        ))
        .help(text(
            "写 不超过 满分，或者在数据里写明范围，例如 比率 [0%, 100%]",
            "write at_most full, or declare the data's range, for example ratio [0%, 100%]",
        ))
}
