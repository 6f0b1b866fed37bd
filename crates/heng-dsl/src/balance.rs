//! Braces. A table of 24 rows closes with `} } }`, and a Word user forgets one. The grammar can
//! recover from anything inside balanced braces, so they are balanced first: a headline that cannot
//! stand inside the block before it shows where the missing brace belongs.

use heng_diag::{Diagnostic, FileId, Span};

use crate::{fold::Folded, wording};

/// How deep brackets may nest; deeper is refused, since reading recurses.
const DEEPEST: usize = 64;

/// An open brace and what its line says it opens.
struct Open {
    at: usize,
    line_start: usize,
    level: Option<u8>,
}

/// The text with missing braces put in, or `None` when it cannot be read at all.
pub fn balance(folded: &Folded, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Folded> {
    let mut scan = Scan { folded, file, diagnostics, open: Vec::new(), insertions: Vec::new(), brackets: 0 };
    scan.run()?;
    let insertions: Vec<(usize, &str)> = scan.insertions.iter().map(|at| (*at, " } \n")).collect();
    Some(folded.with_insertions(&insertions))
}

struct Scan<'a> {
    folded: &'a Folded,
    file: FileId,
    diagnostics: &'a mut Vec<Diagnostic>,
    open: Vec<Open>,
    insertions: Vec<usize>,
    brackets: usize,
}

impl Scan<'_> {
    fn run(&mut self) -> Option<()> {
        let text = &self.folded.text;
        let mut line_start = 0;
        for line in text.split_inclusive('\n') {
            self.headline(line, line_start);
            self.line(line, line_start)?;
            line_start += line.len();
        }
        while let Some(open) = self.open.pop() {
            self.missing(&open, text.len());
        }
        Some(())
    }

    /// A headline that names a level closes every block of the same or a lower level.
    fn headline(&mut self, line: &str, start: usize) {
        let Some(level) = level_of(line) else { return };
        while let Some(open) = self.open.pop_if(|open| open.level.is_some_and(|outer| outer >= level)) {
            self.missing(&open, start);
        }
    }

    fn missing(&mut self, open: &Open, at: usize) {
        self.insertions.push(at);
        let head = self.span(open.line_start, open.at + 1);
        let place = self.span(at, at);
        self.diagnostics.push(wording::missing_brace(head, place));
    }

    fn line(&mut self, line: &str, start: usize) -> Option<()> {
        let mut closing: Option<char> = None;
        let mut previous = ' ';
        for (at, character) in line.char_indices() {
            if let Some(end) = closing {
                if character == end {
                    closing = None;
                }
                previous = character;
                continue;
            }
            let slashes = character == '/' && line.get(at + 1..).is_some_and(|rest| rest.starts_with('/'));
            if previous.is_whitespace() && (character == '#' || slashes) {
                break;
            }
            match character {
                '“' => closing = Some('”'),
                '「' => closing = Some('」'),
                '《' => closing = Some('》'),
                '"' => closing = Some('"'),
                '(' | '[' => self.brackets += 1,
                ')' | ']' => self.brackets = self.brackets.saturating_sub(1),
                '{' => self.open.push(Open { at: start + at, line_start: start, level: level_of(line) }),
                '}' => {
                    self.open.pop();
                }
                _ => {}
            }
            if self.open.len() > DEEPEST || self.brackets > DEEPEST {
                self.diagnostics.push(wording::too_deep(self.span(start + at, start + at + 1), DEEPEST));
                return None;
            }
            previous = character;
        }
        if self.open.is_empty() {
            self.brackets = 0;
        }
        Some(())
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: self.folded.original(start), end: self.folded.original(end) }
    }
}

/// The level of a headline: 0 for what stands at the top of a file.
fn level_of(line: &str) -> Option<u8> {
    let words = [
        ("规则包", 0),
        ("数据 {", 0),
        ("数据{", 0),
        ("参数 {", 0),
        ("参数{", 0),
        ("方法 ", 0),
        ("一级指标", 1),
        ("二级指标", 2),
        ("三级指标", 3),
        ("四级指标", 4),
        ("五级指标", 5),
        ("pack ", 0),
        ("data {", 0),
        ("params {", 0),
        ("method ", 0),
    ];
    let line = line.trim_start();
    words.iter().find(|(word, _)| line.starts_with(word)).map(|(_, level)| *level)
}
