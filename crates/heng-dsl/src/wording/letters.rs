//! Letters.

use heng_diag::{Diagnostic, Span};

use super::text;

pub fn no_letter_order(span: Span) -> Diagnostic {
    let title = text("没有写等级次序", "the order of the letters is not said");
    Diagnostic::error("grade/no-order", span, title)
        .note(text(
            "下级的等级要从好到差排，才能查表、取最差",
            "letters are sorted from best to worst to be looked up or compared",
        ))
        .help(text("在规则包里加一行，例如 等级次序：A、B、C、D", "add a line to the pack, such as grades: A, B, C, D"))
}

pub fn no_letter(name: &str, span: Span) -> Diagnostic {
    let title = text(format!("{name} 没有等级"), format!("{name} has no grade"));
    Diagnostic::error("grade/no-letter", span, title)
        .note(text("这里要用它的等级", "its grade is read here"))
        .help(text(format!("在 {name} 里写 等级 = …"), format!("write grade = … in {name}")))
}

pub fn letter_of_what(span: Span) -> Diagnostic {
    let title = text("等级（…）里要写 下级 或一个指标的名称", "grade(…) takes children or the name of an indicator");
    Diagnostic::error("grade/no-letter", span, title)
        .help(text("例如 等级（下级）、等级（甲）", "for example grade(children), grade(X)"))
}

pub fn letters_gap(span: Span, letters: &str, count: usize) -> Diagnostic {
    let title = text(
        format!("分档有空当：下级是 {letters} 时没有等级"),
        format!("the rows leave a gap: the letters {letters} belong to none"),
    );
    let found = Diagnostic::error("band/gap", span, title);
    let found = match count {
        1 => found,
        _ => found.note(text(
            format!("下级可能的等级里，有 {count} 种没有对应的行"),
            format!("of the letters that the children can have, {count} combinations belong to no row"),
        )),
    };
    found.help(text(
        format!("补一行，例如 {letters}：…，或者加 其他：…；每行从好到差写"),
        format!("add a row such as {letters}: …, or else: …; letters in a row stand from best to worst"),
    ))
}

pub fn letters_unknown(span: Span) -> Diagnostic {
    let title = text("下级可能有哪些等级，算不出来", "which letters the children can have is not known");
    Diagnostic::error("band/gap", span, title)
        .note(text("或者种数太多，不能逐一核对", "or there are too many to look at each"))
        .help(text("加一行 其他：…", "add a row else: …"))
}
