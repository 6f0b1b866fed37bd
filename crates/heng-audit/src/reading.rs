//! What is said of files that cannot be read, or not wholly, in Chinese and English side by side.

use heng_diag::{Diagnostic, Severity, Text};

fn error(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Diagnostic {
    Diagnostic::general(code, Severity::Error, Text::new(zh, en))
}

/// A file beyond the limit.
#[must_use]
pub fn too_large(name: &str, most: u64) -> Diagnostic {
    let most = most >> 20;
    error("read/size", format!("文件太大，超过 {most} MB"), format!("the file is too large, over {most} MB"))
        .located(name)
        .help(Text::new("看是不是给错了文件；图片很多的先压缩图片", "is it the right file? make its pictures smaller"))
}

pub(crate) fn unfolds(most: u64) -> Diagnostic {
    let most = most >> 20;
    error(
        "read/size",
        format!("文件展开以后超过 {most} MB，不再读下去"),
        format!("the file unfolds to more than {most} MB and is not read on"),
    )
    .help(Text::new("一份报告远不到这么大；这可能是压缩炸弹", "a report is far smaller; this may be a zip bomb"))
}

pub(crate) fn kind() -> Diagnostic {
    error("read/kind", "不是能读的文件", "not a kind of file that can be read")
        .help(Text::new("能读 docx、xlsx、pdf、html、txt、md", "docx, xlsx, pdf, html, txt and md can be read"))
}

pub(crate) fn old_or_encrypted() -> Diagnostic {
    error(
        "read/encrypted",
        "文件加了密码，或者是旧格式（.doc、.xls）",
        "the file has a password, or is of an old format (.doc, .xls)",
    )
    .help(Text::new("去掉密码，另存为 .docx 或 .xlsx", "remove the password, save it as .docx or .xlsx"))
}

pub(crate) fn locked() -> Diagnostic {
    error("read/encrypted", "文件加了密码", "the file has a password")
        .help(Text::new("去掉密码再试", "remove the password and try again"))
}

pub(crate) fn broken(reason: &str) -> Diagnostic {
    error("read/broken", "文件坏了，读不了", "the file is damaged and cannot be read")
        .note(Text::new(format!("读取时说：{reason}"), format!("the reader says: {reason}")))
        .help(Text::new("用原来的程序打开，另存一份", "open it in its program and save it again"))
}

pub(crate) fn encoding() -> Diagnostic {
    error("read/encoding", "文字不是 UTF-8 编码", "the text is not UTF-8")
        .help(Text::new("多半是 GBK；用编辑器另存为 UTF-8", "probably GBK; save it as UTF-8"))
}

pub(crate) fn empty() -> Diagnostic {
    error("read/empty", "文件里没有文字", "the file holds no text").help(Text::new(
        "扫描的图片先识别成文字，或用原来的 Word 文件",
        "recognise the text of scans first, or use the Word file",
    ))
}

pub(crate) fn entity() -> Diagnostic {
    error("read/entity", "文件里定义了 XML 实体，不读", "the file defines XML entities and is not read").help(
        Text::new("Word、Excel、WPS 都不写实体；用它们另存一份", "no office program writes them; save it again in one"),
    )
}

pub(crate) fn macros() -> Diagnostic {
    Diagnostic::general(
        "read/macro",
        Severity::Hint,
        Text::new("文件里有宏；没有运行", "the file holds macros; they were not run"),
    )
    .help(Text::new("报送的文件不该带宏，另存为 .docx 或 .xlsx", "save it as .docx or .xlsx without them"))
}

pub(crate) fn links() -> Diagnostic {
    Diagnostic::general(
        "read/link",
        Severity::Hint,
        Text::new("文件引用了外面的内容；没有去取", "the file refers to content elsewhere; it was not fetched"),
    )
    .help(Text::new("报送前断开链接，把值留下", "break the links before handing it in, keep the values"))
}

pub(crate) fn no_value(count: usize, first: &str) -> Diagnostic {
    let title = Text::new(
        format!("{count} 个公式没有存下结果，如 {first}"),
        format!("{count} formulas have no stored result, such as {first}"),
    );
    Diagnostic::general("read/no-value", Severity::Warning, title)
        .help(Text::new("用 Excel 或 WPS 打开，保存一次", "open it in Excel or WPS and save it"))
}

pub(crate) fn has_comments() -> Diagnostic {
    error("read/comments", "文件里已经有批注，不再加", "the document has comments already; none are added")
        .help(Text::new("先处理完原来的批注，另存一份没有批注的", "settle the comments and save a copy without them"))
}
