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

pub(crate) fn kind() -> Diagnostic {
    error("read/kind", "不是能读的文件", "not a kind of file that can be read")
        .help(Text::new("能读 docx、xlsx、pdf、html、txt、md", "docx, xlsx, pdf, html, txt and md can be read"))
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

pub(crate) fn has_comments() -> Diagnostic {
    error("read/comments", "文件里已经有批注，不再加", "the document has comments already; none are added")
        .help(Text::new("先处理完原来的批注，另存一份没有批注的", "settle the comments and save a copy without them"))
}
