//! What every facts format is first turned into: names, words and numbers as they were written, each
//! with its place. From here on there is one path, whatever the format was.

use heng_diag::{Diagnostic, Label, Span, Text};
use heng_model::{Date, Name, facts::Place};

use crate::wording;

/// Where something is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// A stretch of a text file; `pointer` is the path in a JSON document.
    Text { file: Name, span: Span, line: u32, pointer: Option<Name> },
    /// A cell of a workbook.
    Cell { file: Name, sheet: Name, cell: Name },
}

impl Spot {
    /// The file, as it was named to the reader.
    pub(crate) fn file(&self) -> &Name {
        match self {
            Spot::Text { file, .. } | Spot::Cell { file, .. } => file,
        }
    }

    /// The place for an origin.
    pub(crate) fn place(&self) -> Place {
        match self {
            Spot::Text { pointer: Some(pointer), .. } => Place::Pointer(pointer.clone()),
            Spot::Text { line, .. } => Place::Line(*line),
            Spot::Cell { sheet, cell, .. } => Place::Cell { sheet: sheet.clone(), cell: cell.clone() },
        }
    }

    /// The place in words: `事实.toml:12` or `数据.xlsx [收支!B12]`.
    pub(crate) fn words(&self) -> String {
        match self {
            Spot::Text { file, line, .. } => format!("{file}:{line}"),
            Spot::Cell { file, sheet, cell } => format!("{file} [{sheet}!{cell}]"),
        }
    }

    /// The diagnostic with this as its primary place.
    pub(crate) fn mark(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        match self {
            Spot::Text { span, .. } => diagnostic.primary = Some(Label { span: *span, text: Text::same("") }),
            Spot::Cell { .. } => diagnostic.location = Some(self.words()),
        }
        diagnostic
    }

    /// The diagnostic with this as a further place, where the same thing was given before.
    pub(crate) fn mark_first(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self {
            Spot::Text { span, .. } => diagnostic.other(*span, wording::given_before()),
            Spot::Cell { .. } => diagnostic.note(wording::given_before_in(&self.words())),
        }
    }
}

/// A name with what stands under it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The name as it is written.
    pub(crate) name: String,
    /// Where the name stands.
    pub(crate) at: Spot,
    /// What it names.
    pub(crate) node: Node,
}

/// A value, a table or a list, with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// What it is.
    pub(crate) kind: Kind,
    /// Where it stands.
    pub(crate) at: Spot,
}

/// The shapes a format knows.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// Nothing: an empty cell, an empty text, `null`.
    Blank,
    /// A single value.
    Scalar(Scalar),
    /// Names and what they stand for.
    Table(Vec<Entry>),
    /// A list.
    List(Vec<Node>),
}

/// A single value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scalar {
    /// Text.
    Text(String),
    /// A number in the digits of its source; never through a binary fraction.
    Number(String),
    /// Yes or no.
    Bool(bool),
    /// A date of the format's own.
    Date(Date),
    /// An error of the workbook, such as `#DIV/0!`.
    Fault(String),
}

impl Scalar {
    /// How a message quotes it.
    pub(crate) fn words(&self) -> String {
        match self {
            Scalar::Text(text) | Scalar::Number(text) | Scalar::Fault(text) => text.clone(),
            Scalar::Bool(yes) => yes.to_string(),
            Scalar::Date(date) => date.to_string(),
        }
    }

    /// How many bytes of text it holds.
    pub(crate) fn text_len(&self) -> usize {
        match self {
            Scalar::Text(text) | Scalar::Number(text) | Scalar::Fault(text) => text.len(),
            Scalar::Bool(_) | Scalar::Date(_) => 0,
        }
    }
}

impl Node {
    /// A text, or nothing where it is blank.
    pub(crate) fn text(text: &str, at: Spot) -> Node {
        let kind = match text.trim().is_empty() {
            true => Kind::Blank,
            false => Kind::Scalar(Scalar::Text(text.to_owned())),
        };
        Node { kind, at }
    }
}
