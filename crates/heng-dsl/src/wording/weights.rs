//! 权重表.

use heng_diag::{Diagnostic, Span};

use super::text;

pub fn weights_place(span: Span) -> Diagnostic {
    let title = text("权重表要写在有下级的指标里", "weights stand in an indicator that has children");
    Diagnostic::error("weights/place", span, title)
        .note(text("它给适用的下级定权重", "they weigh the children that apply"))
        .help(text("写成 得分 = 权重表 { 甲、乙：60%、40% }", "write score = weights { A, B: 60%, 40% }"))
}

pub fn weights_without_points(name: &str, span: Span) -> Diagnostic {
    let title =
        text(format!("{name} 没有分值，不能按得分率加权"), format!("{name} has no points that could be weighed"));
    Diagnostic::error("weights/place", span, title).help(text(
        "给它写上分值，或者写明加权什么，例如 权重表 换成数（等级） { … }",
        "give it points, or say what is weighed, such as weights as_number(grade) { … }",
    ))
}

pub fn weights_no_child(name: &str, span: Span, suggestion: Option<String>) -> Diagnostic {
    let title = text(format!("下级里没有 {name}"), format!("no child is called {name}"));
    let found = Diagnostic::error("weights/child", span, title);
    match suggestion {
        Some(near) => found.help(text(format!("是不是 {near}？"), format!("did you mean {near}?"))),
        None => {
            found.help(text("写直接下级的名称，加分指标除外", "write the names of its own children, bonuses apart"))
        }
    }
}

pub fn weights_count(span: Span, names: usize, weights: usize) -> Diagnostic {
    let title = text(
        format!("这一行有 {names} 个下级、{weights} 个权重"),
        format!("this row has {names} children and {weights} weights"),
    );
    Diagnostic::error("weights/child", span, title)
        .help(text("每个下级写一个权重，用、隔开", "write a weight for each child, parted by commas"))
}

pub fn weights_sum(span: Span, sum: &str, more: bool, gap: &str) -> Diagnostic {
    let (zh, en) = if more { ("多", "too much") } else { ("少", "missing") };
    let title = text(
        format!("这一行的权重合计 {sum}，{zh} {gap}"),
        format!("the weights of this row come to {sum}: {gap} {en}"),
    );
    Diagnostic::error("weights/sum", span, title).help(text("每行权重合计要是 100%", "each row adds up to 100%"))
}

pub fn weights_negative(span: Span) -> Diagnostic {
    let title = text("权重不能是负数", "a weight cannot be negative");
    Diagnostic::error("weights/sum", span, title)
        .help(text("不计入的下级写 0%", "write 0% for a child that counts nothing"))
}

pub fn weights_unknown(span: Span) -> Diagnostic {
    let title = text("权重要是写定的数", "a weight must be a number that is known beforehand");
    Diagnostic::error("weights/sum", span, title)
        .note(text(
            "不看数据就要核对每行合计 100%",
            "whether a row adds up to 100% is checked before any data is there",
        ))
        .help(text("写成百分数，或者写一个参数的名称", "write a percentage or the name of a parameter"))
}

pub fn weights_twice(span: Span, children: &str) -> Diagnostic {
    let title = text(format!("{children} 已经有一行"), format!("{children} has a row already"));
    Diagnostic::error("weights/twice", span, title).help(text(
        "同样的下级只留一行；先后次序不同也算同样",
        "keep one row for the same children, whatever their order",
    ))
}

pub fn weights_gap(span: Span, applying: &str, inapplicable: &str, count: usize) -> Diagnostic {
    let title = if inapplicable.is_empty() {
        text(
            format!("权重表缺一行：{applying} 都适用时"),
            format!("the weights lack a row: where {applying} all apply"),
        )
    } else {
        text(
            format!("权重表缺一行：{inapplicable} 不适用、只有 {applying} 适用时"),
            format!("the weights lack a row: where {inapplicable} do not apply and {applying} do"),
        )
    };
    let found = Diagnostic::error("weights/gap", span, title);
    let found = match count {
        1 => found,
        _ => found.note(text(
            format!("共有 {count} 种适用情形没有对应的行"),
            format!("{count} combinations of children that can apply have no row"),
        )),
    };
    found.help(text(
        format!("补一行，例如 {applying}：…；或者加一行 其他：停止"),
        format!("add a row such as {applying}: …, or else: stop"),
    ))
}

pub fn weights_many(span: Span) -> Diagnostic {
    let title =
        text("下级适用与否的情形太多，不能逐一核对", "there are too many combinations of children to look at each");
    Diagnostic::error("weights/gap", span, title).help(text("加一行 其他：停止", "add a row else: stop"))
}

pub fn weights_unreachable(span: Span) -> Diagnostic {
    let title = text("这一行轮不到", "this row can never be taken");
    Diagnostic::warning("weights/unreachable", span, title)
        .note(text("没有列出的下级总是适用", "a child that it leaves out always applies"))
        .help(text("删去这一行，或者核对哪个下级可以不适用", "delete it, or check which child may not apply"))
}
