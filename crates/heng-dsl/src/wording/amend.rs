//! What can be wrong with amendments.

use heng_diag::{Diagnostic, Severity, Span, Text};

use super::text;
use crate::diff::ChangeKind;

pub fn amend_line(span: Span, spaced: Option<&str>) -> Diagnostic {
    let found = Diagnostic::error("amend/line", span, text("修订里的这一行看不懂", "this line of the amendment cannot be read"))
        .note(text("一处修订要么整个生效，要么不生效", "a change is applied whole or not at all"))
        .help(text(
            "可以写：改 甲.分值：10分 → 8分；增 到 甲 { … }；删 甲；替换 甲 { … }；移 甲 到 乙；改名 甲 → 乙",
            "write: change X.points: 10 points -> 8 points; add to X { … }; drop X; replace X { … }; move X to Y; rename X -> Y",
        ));
    match spaced {
        Some(name) => found.help(text(
            format!("几个词的名称写在「」里：「{name}」"),
            format!("a name of several words stands in 「」: 「{name}」"),
        )),
        None => found,
    }
}

pub fn amend_stale(found: &str, span: Span, place: Span) -> Diagnostic {
    let title = text(
        format!("修订落空：上年这里写的是 {found}"),
        format!("the change does not fit: last year's file says {found}"),
    );
    Diagnostic::error("amend/stale", span, title)
        .other(place, text("上年在这里", "last year's, here"))
        .note(text(
            "箭头左边的旧值与上年不同，改的可能不是通知说的那一处",
            "the old value left of the arrow is not the one in the file, so this may not be the place the notice means",
        ))
        .help(text(
            "对照通知，改正旧值或换成要改的那一项",
            "check with the notice, and mend the old value or the address",
        ))
}

pub fn amend_orphan(name: &str, span: Span) -> Diagnostic {
    let title = text(format!("要修订的没有找到：{name}"), format!("nothing to amend here: {name}"));
    Diagnostic::error("amend/orphan", span, title)
        .help(text(
            "名称照上年的写；已改名、已删的用新名称或删去这一行；带引号的名称写在「」里",
            "write the name as last year's file has it; what was renamed goes by its new name; put a name with quotes in it in 「」",
        ))
}

pub fn amend_ambiguous(name: &str, span: Span) -> Diagnostic {
    let title = text(format!("叫 {name} 的不止一处"), format!("{name} stands in more than one place"));
    Diagnostic::error("amend/ambiguous", span, title).help(text(
        "写上它的上级：上级.名称；数据、参数写 数据.名称、参数.名称",
        "name what it stands in: parent.name, data.name, params.name",
    ))
}

pub fn amend_conflict(span: Span, earlier: Span) -> Diagnostic {
    Diagnostic::error("amend/conflict", span, text("同一处修订了两次", "one thing is amended twice"))
        .other(earlier, text("前一次在这里", "first here"))
        .help(text("合成一行，或删去一行", "make one line of the two, or delete one"))
}

pub fn amend_misfit(span: Span) -> Diagnostic {
    Diagnostic::error("amend/misfit", span, text("这样修订不适合这一处", "this cannot be done to it")).help(text(
        "改 用于分值、栏目、参数、档；整个指标用 替换；增 到 用于有大括号的",
        "change is for points, fields, parameters and rows; replace is for an indicator; add to is for what has braces",
    ))
}

pub fn amend_taken(name: &str, span: Span) -> Diagnostic {
    let title = text(format!("已经有叫 {name} 的"), format!("{name} is taken"));
    Diagnostic::error("amend/taken", span, title)
        .help(text("换一个名称，否则两样东西会混成一样", "choose another name, or two things would become one"))
}

/// What a change is, in a word.
pub fn change_words(kind: ChangeKind) -> Text {
    let (zh, en) = match kind {
        ChangeKind::Pack => ("名称", "name"),
        ChangeKind::Added => ("新增", "added"),
        ChangeKind::Removed => ("删去", "removed"),
        ChangeKind::Renamed => ("改名", "renamed"),
        ChangeKind::Moved => ("移动", "moved"),
        ChangeKind::Points => ("分值", "points"),
        ChangeKind::Threshold => ("界限", "threshold"),
        ChangeKind::RowPoints => ("得分", "points for"),
        ChangeKind::Step => ("每", "per"),
        ChangeKind::Formula => ("评分标准", "criterion"),
        ChangeKind::Field => ("栏目", "field"),
        ChangeKind::Parameter => ("参数", "parameter"),
        ChangeKind::Data => ("所需数据", "data needed"),
        ChangeKind::Method => ("方法", "method"),
        ChangeKind::Whole => ("整份规则都不同", "all of it is different"),
    };
    text(zh, en)
}

pub fn variant_twice(name: &str, span: Span, earlier: Span) -> Diagnostic {
    let title = text(format!("变体 {name} 写了两次"), format!("the variant {name} stands twice"));
    Diagnostic::error("variant/twice", span, title)
        .other(earlier, text("前一次在这里", "first here"))
        .help(text("合成一个；下一年的文件里可以整个重写", "make one of the two; next year's file may write it anew"))
}

pub fn variant_unknown(name: &str, names: &[&str]) -> Diagnostic {
    let title = text(format!("没有变体 {name}"), format!("there is no variant {name}"));
    let found = Diagnostic::general("variant/unknown", Severity::Error, title);
    if names.is_empty() {
        return found.help(text("这份规则没有变体", "these rules have no variants"));
    }
    let (zh, en) = (names.join("、"), names.join(", "));
    found.help(text(format!("有：{zh}"), format!("there are: {en}")))
}

pub fn in_variant(name: &str) -> Text {
    text(format!("这是变体 {name} 里的"), format!("this is so in the variant {name}"))
}
