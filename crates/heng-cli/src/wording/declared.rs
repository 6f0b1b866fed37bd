//! Wording of what pack.toml declares and the pack does not hold, Chinese and English side by side.

use std::path::Path;

use heng_diag::{Diagnostic, Severity, Text};

use crate::pack::shown;

/// The kinds of files that pack.toml declares.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Scripts of checks and methods.
    Script,
    /// Templates of reports.
    Template,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Kind::Script => "pack/scripts",
            Kind::Template => "pack/templates",
        }
    }

    /// What they are called, one of them in either language, and the key of pack.toml.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Kind::Script => ("脚本", "script", "scripts"),
            Kind::Template => ("模板", "template", "templates"),
        }
    }
}

fn of_file(manifest: &Path, kind: Kind, title: Text) -> Diagnostic {
    Diagnostic::general(kind.code(), Severity::Error, title).located(shown(manifest))
}

pub fn declared_missing(manifest: &Path, kind: Kind, file: &str) -> Diagnostic {
    let (zh, en, key) = kind.words();
    let title = Text::new(
        format!("{key} 里写了 {file}，没有这个{zh}"),
        format!("{key} names {file}, and there is no such {en}"),
    );
    of_file(manifest, kind, title).help(Text::new(
        "补上文件，或从 pack.toml 删去；路径从规则包的文件夹算起",
        "add the file, or take it out of pack.toml; paths start at the folder of the pack",
    ))
}

pub fn declared_outside(manifest: &Path, kind: Kind, file: &str) -> Diagnostic {
    let (zh, en, key) = kind.words();
    let title = Text::new(
        format!("{key} 里写的{zh} {file} 不在规则包里"),
        format!("{key} names {file}, a {en} outside the pack"),
    );
    of_file(manifest, kind, title).help(Text::new(
        "放进规则包的文件夹，写相对路径，不写 ..",
        "keep it in the folder of the pack and name it relatively, without ..",
    ))
}

pub fn undeclared_file(manifest: &Path, kind: Kind, file: &str) -> Diagnostic {
    let (zh, en, key) = kind.words();
    let title = Text::new(format!("{zh} {file} 没有写在 {key} 里"), format!("the {en} {file} is not named in {key}"));
    of_file(manifest, kind, title).help(Text::new(
        format!("在 pack.toml 的 {key} 里加上 \"{file}\"；不要的，删去文件"),
        format!("add \"{file}\" to {key} of pack.toml; a file that is not wanted, delete"),
    ))
}

/// `defined`: the rules of a year define it, where others cannot import it.
pub fn declared_method(manifest: &Path, name: &str, defined: bool) -> Diagnostic {
    let title = if defined {
        Text::new(
            format!("methods 里写的 {name} 别人引用不到"),
            format!("methods names {name}, which others cannot import"),
        )
    } else {
        Text::new(
            format!("methods 里写了 {name}，没有定义这个方法"),
            format!("methods names {name}, and no such method is defined"),
        )
    };
    let found = Diagnostic::general("pack/methods", Severity::Error, title).located(shown(manifest));
    found.help(Text::new(
        "方法要写在 exports 的规则文件里，或是 scripts 里脚本的公开函数；名称一字不差",
        "a method stands in a rule file of exports, or is a public function of a script of scripts, by exactly this name",
    ))
}

pub fn undeclared_method(manifest: &Path, name: &str, file: &str) -> Diagnostic {
    let title = Text::new(
        format!("{file} 里的方法 {name} 别人引用得到，没有写在 methods 里"),
        format!("others can import the method {name} of {file}, and methods does not name it"),
    );
    Diagnostic::general("pack/methods", Severity::Warning, title).located(shown(manifest)).help(Text::new(
        format!("给别人用的，在 pack.toml 的 methods 里加上 \"{name}\"；不给的，移到别的文件"),
        format!("add \"{name}\" to methods of pack.toml; one that is not for others, move to another file"),
    ))
}
