//! Wording of imports whose files are not there, Chinese and English side by side.

use std::path::{Path, PathBuf};

use heng_diag::{Diagnostic, Severity, Text};

use crate::{pack::shown, registry::Origin};

fn import(code: &'static str, title: Text) -> Diagnostic {
    Diagnostic::general(code, Severity::Error, title)
}

pub fn use_not_found(from: &str, path: &Path) -> Diagnostic {
    let title = Text::new(format!("找不到要引用的 {from}"), format!("what is imported is not found: {from}"));
    import("use/not-found", title)
        .note(Text::new(format!("找过：{}", shown(path)), format!("looked for {}", shown(path))))
        .help(Text::new("路径从写引用的文件所在的文件夹算起", "the path starts at the folder of the file that imports"))
}

pub fn use_outside(from: &str) -> Diagnostic {
    let title = Text::new(format!("{from} 不在规则包里"), format!("{from} lies outside the pack"));
    import("use/outside", title).help(Text::new(
        "文件放在规则包的文件夹里，写相对路径；别的规则包写 “名称@版本”",
        "keep the file in the folder of the pack and name it relatively; another pack is \"id@version\"",
    ))
}

pub fn use_no_pack(id: &str, places: &[(Origin, PathBuf)]) -> Diagnostic {
    let looked: Vec<String> = places.iter().map(|(_, place)| format!("  {}", shown(place))).collect();
    let looked = looked.join("\n");
    import("use/pack", Text::new(format!("找不到规则包 {id}"), format!("the pack {id} is not found")))
        .note(Text::new(format!("找过：\n{looked}"), format!("looked in:\n{looked}")))
        .help(Text::new(
            "heng pack list 列出找得到的规则包；同一个规则包的文件要写上 .heng",
            "heng pack list lists the packs there are; a file of the same pack is named with its .heng",
        ))
}

pub fn use_version(id: &str, version: &str, there: &[String]) -> Diagnostic {
    let title = Text::new(format!("规则包 {id} 没有版本 {version}"), format!("the pack {id} has no version {version}"));
    let list = there.join("、");
    import("use/version", title).help(Text::new(format!("有的版本：{list}"), format!("there are: {list}")))
}

pub fn use_exports(id: &str, folder: &Path) -> Diagnostic {
    let title = Text::new(format!("规则包 {id} 没有导出任何文件"), format!("the pack {id} exports no file"));
    let manifest = shown(&folder.join("pack.toml"));
    import("use/exports", title).help(Text::new(
        format!("在 {manifest} 里写 exports = [\"共用.heng\"]"),
        format!("write exports = [\"shared.heng\"] in {manifest}"),
    ))
}

pub fn use_unread() -> Diagnostic {
    import("use/not-found", Text::new("要引用的文件读不了", "what is imported cannot be read"))
}

/// What stands in for the table when the files of a pack are checked that others import.
pub fn export_frame() -> &'static str {
    "规则包 导出 {\n    评价年度：2024\n    缺报：停止\n    无佐证：停止\n    迟报：停止\n    有争议：停止\n}\n"
}
