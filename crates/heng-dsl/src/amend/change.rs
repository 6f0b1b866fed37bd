//! A change: what it is made to, and what is done. Amendments are read into changes, and the
//! comparison of two years finds them, so that what is printed can be applied.

use std::ops::Range;

use heng_diag::FileId;

/// A step of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A name or the word of a field, in normal form.
    Name(String),
    /// 规则包, 数据, 参数, 方法.
    Top(Top),
    /// 分值.
    Points,
    /// 评分标准.
    Criterion,
    /// 分档[…], 计分[…], 扣分[…].
    Row {
        /// 分档, 计分 or 扣分.
        block: String,
        /// The words of its cells.
        cells: String,
        /// Which part of it.
        part: RowPart,
    },
}

/// What stands at the top of a file and has no name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Top {
    /// 规则包.
    Pack,
    /// 数据.
    Data,
    /// 参数.
    Params,
    /// 方法.
    Method,
}

/// A part of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowPart {
    /// What decides it.
    Cells,
    /// What it gives.
    Points,
    /// What stands behind 每.
    Step,
}

/// Where something is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the end of what is named.
    In,
    /// Behind it.
    After,
    /// Before it.
    Before,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    /// 改: the words that stand there, and the new text.
    Change {
        /// The words that must stand there, in Chinese.
        old: String,
        /// The new text.
        new: Text,
    },
    /// 增.
    Insert(Place, Text),
    /// 删.
    Drop,
    /// 替换.
    Replace(Text),
    /// 移.
    Move(Place, Vec<Step>),
    /// 改名.
    Rename(Text),
    /// A field of the pack, given anew.
    Set(Text),
}

/// A text with the place it was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub text: String,
    /// The file and the first byte; nought where it was found by comparing.
    pub file: FileId,
    /// The first byte.
    pub from: usize,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is changed.
    pub target: Vec<Step>,
    /// What is done.
    pub verb: Verb,
    /// Where it is written.
    pub file: FileId,
    /// Where in the file.
    pub span: Range<usize>,
    /// 理由.
    pub reason: Option<String>,
}
