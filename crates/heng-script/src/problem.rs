//! What is wrong with a script file before it runs.

use heng_diag::{Diagnostic, FileId, Span, Text};
use heng_model::{Name, expr::SourceRef};
use rhai::Position;

/// Something wrong with a script file, or with the declaration that asks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptProblem {
    /// `script/…`.
    pub code: &'static str,
    /// The script file, relative to the pack.
    pub file: Name,
    /// The line in it, from 1.
    pub line: u32,
    /// The character in the line, from 1.
    pub column: u32,
    /// The byte in the file at which that character starts.
    pub offset: u32,
    /// What is wrong and what to do.
    pub message: Text,
    /// The method in the rule file that asks for the script, when the two do not agree.
    pub declared: Option<SourceRef>,
}

impl ScriptProblem {
    /// A problem at a place in `text`.
    pub(crate) fn at(code: &'static str, file: &Name, text: &str, position: Position, message: Text) -> ScriptProblem {
        let (line, column) = line_column(position);
        let offset = offset(text, line, column);
        ScriptProblem { code, file: file.clone(), line, column, offset, message, declared: None }
    }

    /// A problem between a file and the rule file that asks for it.
    pub(crate) fn declared(code: &'static str, file: &Name, at: SourceRef, message: Text) -> ScriptProblem {
        let declared = Some(at);
        ScriptProblem { code, file: file.clone(), line: 1, column: 1, offset: 0, message, declared }
    }

    /// The problem as an error in the script file, under which the sources know it.
    #[must_use]
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        let span = Span { file, start: self.offset, end: self.offset.saturating_add(1) };
        Diagnostic::error(self.code, span, self.message.clone())
    }
}

/// Line and column of a position, both from 1.
pub(crate) fn line_column(position: Position) -> (u32, u32) {
    let number = |part: Option<usize>| part.and_then(|part| u32::try_from(part).ok()).unwrap_or(1).max(1);
    (number(position.line()), number(position.position()))
}

/// The byte at which a character of a line starts; the end of the line if it is shorter.
fn offset(text: &str, line: u32, column: u32) -> u32 {
    let before: usize = text.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
    let rest = text.get(before..).unwrap_or("");
    let line = rest.split(['\r', '\n']).next().unwrap_or("");
    let within = line.char_indices().nth(column as usize - 1).map_or(line.len(), |(at, _)| at);
    u32::try_from(before + within).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_become_bytes() {
        let text = "// 注释\r\nfn 甲() { 乙 }\n";
        let at = |line, column| text.split_at(offset(text, line, column) as usize).1.chars().next();
        assert_eq!(at(2, 4), Some('甲'));
        assert_eq!(at(2, 10), Some('乙'));
        assert_eq!(at(1, 90), Some('\r'));
        assert_eq!(offset(text, 9, 1) as usize, text.len());
    }
}
