//! What can be wrong with imports.

use heng_diag::{Diagnostic, Span, Text};

use super::text;

pub fn use_line(span: Span) -> Diagnostic {
    Diagnostic::error("use/line", span, text("这一行引用读不懂", "this import cannot be read")).help(use_help())
}

/// How an import is written.
pub fn use_help() -> Text {
    text(
        "写：引用 “共用.heng”，或 引用 名称、名称 自 “共用.heng”；别的规则包写 “名称@版本”",
        "write: use \"shared.heng\", or use name、name from \"shared.heng\"; another pack is \"id@version\"",
    )
}

pub fn use_not_found(from: &str) -> Text {
    text(format!("找不到要引用的 {from}"), format!("what is imported is not found: {from}"))
}

pub fn use_circle(from: &str, span: Span) -> Diagnostic {
    let title = text(format!("引用绕了圈子：{from}"), format!("the imports run in a circle: {from}"));
    Diagnostic::error("use/circle", span, title)
        .help(text("把两个文件都要用的放进第三个文件", "put what both files need into a third one"))
}

pub fn use_whole(from: &str, span: Span, pack: Span) -> Diagnostic {
    let title = text(
        format!("{from} 自己是一张评分表，不能整个引用"),
        format!("{from} is a scoring table of its own and cannot be imported whole"),
    );
    Diagnostic::error("use/whole", span, title).other(pack, text("它有规则包", "it has a pack block")).help(text(
        "写出要哪几个：引用 名称 自 “…”；要在它的基础上改，用 修订",
        "name what is wanted: use name from \"…\"; to change it, write an amendment",
    ))
}

pub fn use_name(name: &str, from: &str, span: Span, nearest: Option<&str>, names: &[String]) -> Diagnostic {
    let title = text(format!("{from} 里没有 {name}"), format!("{from} has no {name}"));
    let found = Diagnostic::error("use/name", span, title).note(text(
        "可以按名称引用的是参数、方法、数据；别的规则包只给出它导出的文件里的",
        "what can be imported by name is parameters, methods and data; another pack gives those of the files that it exports",
    ));
    if let Some(nearest) = nearest {
        let title = text(format!("改成 {nearest}"), format!("write {nearest}"));
        return found
            .help(text(format!("是不是 {nearest}？"), format!("did you mean {nearest}?")))
            .suggest(title, span, nearest);
    }
    let shown: Vec<&str> = names.iter().take(8).map(String::as_str).collect();
    if shown.is_empty() {
        return found;
    }
    let (zh, en) = (shown.join("、"), shown.join(", "));
    found.help(text(format!("有：{zh}"), format!("there are: {en}")))
}
