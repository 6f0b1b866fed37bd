//! What can be meant and seldom is: points that zigzag, too much on one row, what is of another year.

use heng_diag::{Diagnostic, Severity, Span};

use super::text;

pub fn band_zigzag(span: Span, before: Span) -> Diagnostic {
    let title = text("各档的得分忽高忽低", "the points of the rows go up and down");
    Diagnostic::warning("band/zigzag", span, title)
        .other(before, text("这一行之后又转了方向", "after this row they turn once more"))
        .note(text(
            "数值从小到大，得分可以一直升、一直降，或只转一次；转两次的，多半是两行写反了",
            "along the values points may rise, fall, or turn once; two turns are mostly two rows exchanged",
        ))
        .help(text("对照评分表核对各行的得分", "check the points of the rows against the table"))
}

pub fn grid_gap(span: Span, fields: &[String], count: usize) -> Diagnostic {
    let place = fields.join("，");
    let title = text(format!("分档有空当：{place} 没有得分"), format!("the rows leave a gap: {place} belongs to none"));
    let found = Diagnostic::error("band/gap", span, title);
    let found = match count {
        1 => found,
        _ => found.note(text(
            format!("按各行的端点划成的格子里，有 {count} 格没有得分"),
            format!("of the fields that the ends of the rows make, {count} belong to none"),
        )),
    };
    found.help(text(
        "补一行，或者加 其他：…，或者在数据里写明取值范围",
        "add a row, or else: …, or declare the data's ranges",
    ))
}

pub fn concentration(name: &str, parent: &str, share: &str, most: i64, span: Span) -> Diagnostic {
    let title = text(
        format!("{name} 占 {parent} 的 {share}%，超过 {most}%"),
        format!("{name} has {share}% of the points of {parent}, more than {most}%"),
    );
    Diagnostic::at("weight/concentration", Severity::Hint, span, title)
        .note(text("一项数据出错，大半分数跟着错", "one wrong figure then decides most of the points"))
        .help(text("评分表就是这样写的，就不用改", "if the notice's table says so, leave it"))
}

pub fn stale_due(span: Span, due: &str, year: i16) -> Diagnostic {
    let title = text(
        format!("填报截止 {due} 在评价年度 {year} 结束之前"),
        format!("the day of handing in, {due}, comes before the evaluated year {year} ends"),
    );
    Diagnostic::warning("stale/date", span, title).help(text("是不是上一年留下的日期？", "is it last year's date?"))
}

pub fn stale_title(span: Span, other: i16, year: i16) -> Diagnostic {
    let title = text(
        format!("标题写的是 {other} 年度，评价年度是 {year}"),
        format!("the title names {other}, the evaluated year is {year}"),
    );
    Diagnostic::warning("stale/date", span, title).help(text("改标题，或改评价年度", "correct the title or the year"))
}

pub fn stale_text(name: &str, said: &str, year: i16, span: Span) -> Diagnostic {
    let title = text(
        format!("{name} 的说明里写的是 {said}，评价年度是 {year}"),
        format!("the words of {name} speak of {said}, the evaluated year is {year}"),
    );
    let help = text("是上一年留下的就改；出处写在 来源、依据 里", "correct it, or name a source under source or basis");
    Diagnostic::warning("stale/date", span, title).help(help)
}

pub fn stale_year(said: i64, year: i16, span: Span) -> Diagnostic {
    let title = text(
        format!("式里写的是 {said} 年，评价年度是 {year}"),
        format!("the formula names {said}, the evaluated year is {year}"),
    );
    let help =
        text("写 评价年度 或 评价年度 − 1年，年年不用改", "write year, or year - 1 year, which stands every year");
    Diagnostic::warning("stale/date", span, title).help(help)
}

pub fn stale_parameter(name: &str, date: &str, year: i16, span: Span) -> Diagnostic {
    let title = text(
        format!("参数 {name} 是 {date}，在评价年度 {year} 之前"),
        format!("the parameter {name} is {date}, before the evaluated year {year}"),
    );
    let help = text(
        "改成今年的日期；确实不变的，写上今年的 复核",
        "correct the date; if it does stand, give it a reviewed date of this year",
    );
    Diagnostic::warning("stale/date", span, title).help(help)
}

pub fn stale_review(name: &str, reviewed: &str, year: i16, span: Span) -> Diagnostic {
    let title = text(
        format!("参数 {name} 上次复核是 {reviewed}，早于评价年度 {year}"),
        format!("the parameter {name} was last reviewed on {reviewed}, before the evaluated year {year}"),
    );
    Diagnostic::warning("stale/review", span, title).help(text(
        "对照今年的文件核对，然后改 复核 的日期",
        "check it against this year's papers, then correct reviewed",
    ))
}

pub fn source_expired(source: &str, until: &str, year: i16, span: Span) -> Diagnostic {
    let title = text(
        format!("依据已过有效期：{source}（{until}，评价年度 {year}）"),
        format!("the source has run out: {source} ({until}, evaluated year {year})"),
    );
    Diagnostic::warning("stale/source", span, title).help(text("换成现行的文件", "name the paper that holds now"))
}

pub fn source_superseded(source: &str, span: Span) -> Diagnostic {
    let title = text(format!("依据已经废止：{source}"), format!("the source holds no longer: {source}"));
    Diagnostic::warning("stale/source", span, title).help(text("换成现行的文件", "name the paper that holds now"))
}
