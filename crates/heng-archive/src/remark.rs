//! What a file carries that no reader of figures touches, in Chinese and English side by side.

use heng_diag::{Diagnostic, Severity, Text};

/// Something in a file that was left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Remark {
    /// Macros; they were not run.
    Macros,
    /// References to content elsewhere; it was not fetched.
    Links,
    /// Files and controls inside the file; they were not opened.
    Embedded,
}

impl Remark {
    /// What is said of it, yet without the name of the file.
    #[must_use]
    pub fn diagnostic(self) -> Diagnostic {
        let hint = |code, title, help| Diagnostic::general(code, Severity::Hint, title).help(help);
        match self {
            Remark::Macros => hint(
                "read/macro",
                Text::new("文件里有宏；没有运行", "the file holds macros; they were not run"),
                Text::new("报送的文件不该带宏，另存为 .docx 或 .xlsx", "save it as .docx or .xlsx without them"),
            ),
            Remark::Links => hint(
                "read/link",
                Text::new("文件引用了外面的内容；没有去取", "the file refers to content elsewhere; it was not fetched"),
                Text::new("报送前断开链接，把值留下", "break the links before handing it in, keep the values"),
            ),
            Remark::Embedded => hint(
                "read/embedded",
                Text::new(
                    "文件里嵌了别的文件或控件；没有打开，里面的数没有读",
                    "the file holds other files or controls; they were not opened, their figures not read",
                ),
                Text::new(
                    "要核对的表直接放在文件里，或另交一份",
                    "put the table into the file itself, or hand it in beside",
                ),
            ),
        }
    }
}
