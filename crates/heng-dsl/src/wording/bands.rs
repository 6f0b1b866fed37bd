//! What can be wrong with the rows of a 分档, and with what they leave open.

use heng_diag::{Diagnostic, Span, Text};

use super::text;

pub fn band_gap(span: Span, stretch: &str, witness: &str, single: bool) -> Diagnostic {
    let title = if single {
        text(format!("分档有空当：正好 {witness} 时没有得分"), format!("the rows leave a gap: exactly {witness} belongs to none"))
    } else {
        text(
            format!("分档有空当：{stretch} 没有得分，例如 {witness}"),
            format!("the rows leave a gap: {stretch} belongs to none, for example {witness}"),
        )
    };
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
        .note(text("各行从上往下看，先合的先用；上面的行已经占去它的全部取值", "rows are read from the top and the first fit counts; those above take all its values"))
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

pub fn word_twice(span: Span, first: Span, word: &str) -> Diagnostic {
    Diagnostic::error("band/word-twice", span, text(format!("“{word}”有两行"), format!("{word:?} has two rows")))
        .other(first, text("第一行", "the first row"))
        .help(text("只留一行", "keep one"))
}

pub fn word_missing(span: Span, words: &str) -> Diagnostic {
    Diagnostic::error("band/word-missing", span, text(format!("没有这些选项的行：{words}"), format!("no row for: {words}")))
        .help(text("补上这些行，或者加 其他：…", "add these rows, or else: …"))
}
