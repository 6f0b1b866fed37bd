//! What is said about functions of the peers.

use heng_diag::{Diagnostic, Severity, Span};
use heng_model::Type;

use super::{text, type_words};

pub fn peer_options(name: &str, span: Span, rank: bool) -> Diagnostic {
    let (title, help) = if rank {
        (
            text(
                format!("{name} 要写明从哪头排起、并列怎么算"),
                format!("{name} must say which end comes first and what ties do"),
            ),
            text(
                "例如 名次（x，从高到低，并列占位）：并列占位 是 1、2、2、4，并列不占位 是 1、2、2、3，并列平均 是 1、2.5、2.5、4",
                "for example rank(x, highest_first, ties_skip): ties_skip gives 1, 2, 2, 4; ties_dense 1, 2, 2, 3; ties_mean 1, 2.5, 2.5, 4",
            ),
        )
    } else {
        (
            text(format!("{name} 用不上这些选项"), format!("{name} does not take these options")),
            text(
                format!("只写要比较的数，和 同组 按 哪一项：{name}（x，同组 按 地区）"),
                format!("give the number that is compared, and by what units are grouped: {name}(x, peers by region)"),
            ),
        )
    };
    Diagnostic::error("peer/options", span, title).help(help)
}

pub fn peer_place(name: &str, span: Span, method: bool) -> Diagnostic {
    let (zh, en) = if method { ("方法", "a method") } else { ("逐行计算", "what is computed row by row") };
    Diagnostic::error(
        "peer/place",
        span,
        text(format!("{name} 不能写在{zh}里"), format!("{name} cannot stand in {en}")),
    )
    .help(text(
        "每个单位要给出一个数：写在指标里，或先在指标里起个名字",
        "every unit gives one number: write it in the indicator, or name it there first",
    ))
}

pub fn peer_key(span: Span, found: &Type) -> Diagnostic {
    let words = type_words(found);
    Diagnostic::error(
        "unit/mismatch",
        span,
        text(
            format!("同组 按 的要是一个词、数或日期，不是 {}", words.zh),
            format!("units are grouped by a word, a number or a date, not by {}", words.en),
        ),
    )
}

pub fn needs_run(span: Span, places: usize) -> Diagnostic {
    Diagnostic::at(
        "peer/run",
        Severity::Hint,
        span,
        text("这套规则要把各单位放在一起评", "these rules score units among each other"),
    )
    .label(text(format!("共 {places} 处要和同组比"), format!("{places} place(s) ask the peers")))
    .help(text(
        "用 heng batch 评全部单位；单独评一个单位时，这里停止",
        "score all units with heng batch; where one unit is scored alone, this stops",
    ))
}
