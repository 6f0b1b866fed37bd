//! Why a file is not read, in Chinese and English side by side.

use heng_diag::{Diagnostic, Severity, Text};

/// Why a file is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It is no archive, or a damaged one.
    Damaged,
    /// It has a password.
    Locked,
    /// It is of Word 97–2003.
    OldDocument,
    /// It is of Excel 97–2003.
    OldWorkbook,
    /// It is a container of that time, of another program or damaged.
    OldOrLocked,
    /// It is an archive, but neither docx nor xlsx.
    Foreign,
    /// It unfolds to more than this many bytes.
    TooLarge(u64),
    /// It has more than this many parts.
    TooManyParts(usize),
    /// It has more than this many filled cells.
    TooManyCells(usize),
    /// Its XML defines entities or a document type.
    Entities,
}

impl Broken {
    /// What is said of it, yet without the name of the file.
    #[must_use]
    pub fn diagnostic(self) -> Diagnostic {
        let error = |code, title| Diagnostic::general(code, Severity::Error, title);
        let (code, title) = self.title();
        error(code, title).help(self.help())
    }

    fn title(self) -> (&'static str, Text) {
        match self {
            Broken::Damaged => ("read/broken", Text::new("文件坏了，读不了", "the file is damaged and cannot be read")),
            Broken::Locked => ("read/encrypted", Text::new("文件加了密码", "the file has a password")),
            Broken::OldDocument => {
                ("read/old-format", Text::new("是旧格式的 Word 文件（.doc）", "the file is of the old format .doc"))
            }
            Broken::OldWorkbook => {
                ("read/old-format", Text::new("是旧格式的 Excel 文件（.xls）", "the file is of the old format .xls"))
            }
            Broken::OldOrLocked => (
                "read/old-format",
                Text::new("是旧格式的办公文件，或者加了密", "the file is of an old office format, or has a password"),
            ),
            Broken::Foreign => {
                ("read/kind", Text::new("是压缩包，但不是 docx 或 xlsx", "an archive, but neither docx nor xlsx"))
            }
            Broken::TooLarge(most) => ("read/size", too_large(most)),
            Broken::TooManyParts(most) => (
                "read/size",
                Text::new(
                    format!("文件里的部件超过 {most} 个，不再读下去"),
                    format!("the file has more than {most} parts and is not read on"),
                ),
            ),
            Broken::TooManyCells(most) => (
                "read/size",
                Text::new(
                    format!("表格太大，超过 {most} 个单元格，不再读下去"),
                    format!("the sheet has more than {most} cells and is not read on"),
                ),
            ),
            Broken::Entities => (
                "read/entity",
                Text::new("文件里定义了 XML 实体，不读", "the file defines XML entities and is not read"),
            ),
        }
    }

    fn help(self) -> Text {
        match self {
            Broken::Damaged => Text::new("用原来的程序打开，另存一份", "open it in its program and save it again"),
            Broken::Locked => {
                Text::new("用办公软件打开，去掉密码，再存一次", "open it, remove the password and save it again")
            }
            Broken::OldDocument => Text::new("另存为 .docx 再给", "save it as .docx"),
            Broken::OldWorkbook => Text::new("另存为 .xlsx 再给", "save it as .xlsx"),
            Broken::OldOrLocked => Text::new(
                "用办公软件打开，去掉密码，另存为 .docx 或 .xlsx",
                "open it, remove the password, save it as .docx or .xlsx",
            ),
            Broken::Foreign => Text::new(
                "能读 docx、docm、xlsx、xlsm；odt、ods、xlsb、WPS 的文件先另存为 docx 或 xlsx",
                "docx, docm, xlsx and xlsm can be read; save odt, ods and xlsb as one of them",
            ),
            Broken::TooLarge(_) | Broken::TooManyParts(_) => {
                Text::new("一份报告远不到这么大；这可能是压缩炸弹", "a report is far smaller; this may be a zip bomb")
            }
            Broken::TooManyCells(_) => Text::new(
                "删去空白的行列和不相干的表，或分成几个文件",
                "delete empty rows and columns and other sheets, or split the file",
            ),
            Broken::Entities => Text::new(
                "Word、Excel、WPS 都不写实体；用它们另存一份",
                "no office program writes them; save it again in one",
            ),
        }
    }
}

fn too_large(most: u64) -> Text {
    let most = most >> 20;
    Text::new(
        format!("文件展开以后超过 {most} MB，不再读下去"),
        format!("the file unfolds to more than {most} MB and is not read on"),
    )
}
