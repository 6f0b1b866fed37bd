//! What is said about the values of peers.

use std::path::Path;

use heng_diag::{Diagnostic, Severity, Text};

use super::general;

/// `--peers` for rules that score every unit by itself.
pub fn no_peers_asked() -> Diagnostic {
    let title = Text::new("这套规则没有一处要和同组比", "nothing in these rules asks the peers");
    Diagnostic::general("peer/none", Severity::Error, title).help(Text::new("不要写 --peers", "leave --peers away"))
}

/// A file of peers that cannot be used.
pub fn bad_peers(path: &Path, zh: &str, en: &str) -> Diagnostic {
    let title = Text::new(format!("同组的数用不了：{zh}"), format!("the values of the peers cannot be used: {en}"));
    general("peer/file", path, title).help(Text::new(
        "用同一套规则重新写出：heng batch 规则 数据.csv --out 得分.csv --peers 同组.json",
        "write it again with the same rules: heng batch RULES DATA.csv --out SCORES.csv --peers PEERS.json",
    ))
}
