//! Braces. A table of 24 rows closes with `} } }`, and a Word user forgets one. The grammar can
//! recover from anything inside balanced braces, so they are balanced first.
//!
//! A headline shows where a brace belongs: a 三级指标 cannot stand inside a 三级指标, so the one before
//! it was not closed; and it cannot stand directly in a 一级指标, so the 二级指标 before it was closed
//! too early. Indentation shows it too: what is indented as far as a block's first line no longer
//! belongs to the block, and what is indented further belongs to a block that ought to have been
//! opened. Of all explanations the one with the fewest mistakes is taken.
//!
//! This is the one place that knows what a comment, a quote and the text of a field are. What stands
//! in them is muted, so that the grammar meets only braces that belong to blocks.

mod line;

use heng_diag::{Diagnostic, FileId, Span};

use crate::{
    fold::{Changes, Folded},
    wording,
};
use line::{Line, Mark};

/// A brace that is put in: on the line before, or at the start of a line that goes on behind it.
const AFTER: &str = " } \n";
const BEFORE: &str = " } ";

/// How deep brackets may nest; deeper is refused, since reading recurses.
const DEEPEST: usize = 64;

/// The text with its braces in balance, or `None` when it cannot be read at all.
pub fn balance(folded: &Folded, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Folded> {
    let span = |start: usize, end: usize| Span { file, start: folded.original(start), end: folded.original(end) };
    let scan = |mode: Mode| {
        let mut scan = Scan { mode, ..Scan::default() };
        scan.run(&folded.text).map(|()| scan)
    };
    let best = match scan(PLAIN) {
        Ok(plain) if plain.mistakes() == 0 => plain,
        Ok(plain) => GUESSES.into_iter().filter_map(|mode| scan(mode).ok()).min_by_key(Scan::mistakes).unwrap_or(plain),
        Err(at) => {
            diagnostics.push(wording::too_deep(span(at, at + 1), DEEPEST));
            return None;
        }
    };
    for finding in &best.findings {
        diagnostics.push(match *finding {
            Finding::NotClosed { head: (start, end), at } => wording::missing_brace(span(start, end), span(at, at)),
            Finding::NotOpened { head: (start, end) } => wording::missing_open(span(start, end)),
            Finding::Stray { at } => wording::stray_brace(span(at, at + 1)),
        });
    }
    Some(folded.with(best.changes))
}

/// What an explanation goes by.
#[derive(Clone, Copy, Default)]
struct Mode {
    /// A headline that names a level closes what cannot hold it.
    levels: bool,
    /// A block that was closed too early, as the level of the next headline shows, is opened again.
    reopen: bool,
    /// A line closes what is indented as far as itself or further, and a brace behind words closes
    /// only what its own line opened.
    closes: bool,
    /// A line that is indented further than the one before stands in a block.
    opens: bool,
}

/// What is right when nothing is wrong.
const PLAIN: Mode = Mode { levels: true, reopen: false, closes: false, opens: false };

/// Of explanations with as few mistakes the first is taken: indentation points to the better place.
const GUESSES: [Mode; 9] = [
    Mode { levels: true, reopen: true, closes: true, opens: true },
    Mode { levels: true, reopen: false, closes: true, opens: true },
    Mode { levels: true, reopen: true, closes: true, opens: false },
    Mode { levels: true, reopen: false, closes: true, opens: false },
    Mode { levels: true, reopen: true, closes: false, opens: false },
    PLAIN,
    Mode { levels: false, reopen: false, closes: true, opens: true },
    Mode { levels: false, reopen: false, closes: true, opens: false },
    Mode { levels: false, reopen: false, closes: false, opens: false },
];

/// A mistake with braces; places are bytes of the folded text.
#[derive(Clone, Copy)]
enum Finding {
    /// The block of a headline is never closed; a brace is put in.
    NotClosed { head: (usize, usize), at: usize },
    /// A headline has no brace.
    NotOpened { head: (usize, usize) },
    /// A brace closes nothing, or closes a block too early.
    Stray { at: usize },
}

/// An open brace and what its line says it opens.
#[derive(Clone)]
struct Open {
    at: usize,
    line_start: usize,
    indent: usize,
    level: Option<u8>,
    /// Whether it is a block of the tree, whose lines may be fields.
    tree: bool,
    /// Whether it stands in 数据.
    data: bool,
}

#[derive(Default)]
struct Scan {
    mode: Mode,
    open: Vec<Open>,
    /// The last block with a level that was closed, and where.
    closed: Option<(Open, usize)>,
    changes: Changes,
    findings: Vec<Finding>,
    /// Braces at the top that close nothing; the grammar reports them.
    strays: usize,
    /// Headlines that stand where their level does not belong.
    misplaced: usize,
    brackets: usize,
    /// The brace that follows on a line of its own belongs to the headline before it.
    brace_follows: bool,
}

impl Scan {
    fn mistakes(&self) -> usize {
        self.findings.len() + self.strays + self.misplaced
    }

    /// Scans a whole text; the error is the place that nests too deep.
    fn run(&mut self, text: &str) -> Result<(), usize> {
        let mut start = 0;
        let mut lines = text.split_inclusive('\n').peekable();
        while let Some(content) = lines.next() {
            let inner = self.open.last();
            let line = Line::read(content, inner.is_some_and(|open| open.tree), inner.is_some_and(|open| open.data));
            self.dedent(&line, start);
            self.headline(&line, start);
            self.line(&line, start)?;
            if self.mode.opens && self.brackets == 0 && line.may_open() {
                let next = lines.clone().find_map(line::indent_of);
                self.indented(&line, start, next.unwrap_or(0));
            }
            start += content.len();
        }
        while let Some(open) = self.open.pop() {
            self.missing(&open, text.len(), AFTER);
        }
        Ok(())
    }

    /// A headline that names a level closes every block of the same or a lower level.
    fn headline(&mut self, line: &Line<'_>, start: usize) {
        let Some(head) = &line.head else { return };
        let outer = self.open.iter().position(|open| match (open.level, head.level) {
            // No indicator stands in data, parameters or a method.
            (Some(0), _) if head.tree && !open.tree => true,
            (Some(outer), Some(level)) if level > 0 || line.indent <= open.indent => outer >= level,
            _ => false,
        });
        self.close_from(outer.filter(|_| self.mode.levels), start, AFTER);
        if self.mode.reopen {
            self.open_again(head.level);
        }
        let outer = self.open.iter().filter(|open| open.tree && open.level != Some(0)).count();
        let held = self.open.iter().any(|open| !open.tree);
        let at_home = head.level.is_none_or(|level| usize::from(level.saturating_sub(1)) == outer);
        self.misplaced += usize::from(!at_home || held);
        if !head.opens {
            self.open_at_end(line, start);
            self.brace_follows = true;
        }
    }

    /// A headline two levels below what is open: the block between was closed too early.
    fn open_again(&mut self, level: Option<u8>) {
        let Some(level) = level.filter(|level| *level >= 2) else { return };
        let outer = self.open.last().map(|open| open.level);
        let too_far = outer.is_none_or(|outer| outer.is_some_and(|outer| outer + 1 < level));
        if let Some((block, at)) = self.closed.take_if(|(block, _)| too_far && block.level == Some(level - 1)) {
            self.changes.replaced.push((at, ' '));
            self.findings.push(Finding::Stray { at });
            self.open.push(block);
        }
    }

    /// Closes what is open from `outer` on, which ought to have been closed before `at`.
    fn close_from(&mut self, outer: Option<usize>, at: usize, brace: &'static str) {
        let Some(outer) = outer else { return };
        while self.open.len() > outer {
            if let Some(open) = self.open.pop() {
                self.missing(&open, at, brace);
            }
        }
    }

    /// A line closes what is indented as far as itself or further; one that begins with a closing
    /// brace closes the block that is indented like it, so only what stands inside that.
    fn dedent(&mut self, line: &Line<'_>, start: usize) {
        if !self.mode.closes || !line.has_words {
            return;
        }
        let first = line.marks.first().filter(|(at, _)| *at == line.indent).map(|(_, mark)| *mark);
        let own = first == Some(Mark::BraceEnd) || (first == Some(Mark::Brace) && self.brace_follows);
        let own = own && self.open.iter().any(|open| open.indent == line.indent);
        let past = |open: &Open| if own { open.indent > line.indent } else { open.indent >= line.indent };
        // `，仅报告` goes on behind a brace.
        let brace = if line.goes_on() { BEFORE } else { AFTER };
        self.close_from(self.open.iter().position(past), start, brace);
    }

    /// A line behind which further ones are indented opens a block.
    fn indented(&mut self, line: &Line<'_>, start: usize, next: usize) {
        let opened = self.open.last().is_some_and(|open| open.line_start == start);
        if !opened && next > line.indent {
            self.open_at_end(line, start);
        }
    }

    fn open_at_end(&mut self, line: &Line<'_>, start: usize) {
        let end = start + line.length;
        self.changes.insertions.push((end, " { "));
        self.findings.push(Finding::NotOpened { head: (start + line.indent, end) });
        self.push_open(line, start, end);
    }

    fn missing(&mut self, open: &Open, at: usize, brace: &'static str) {
        self.changes.insertions.push((at, brace));
        self.findings.push(Finding::NotClosed { head: (open.line_start + open.indent, open.at + 1), at });
    }

    fn push_open(&mut self, line: &Line<'_>, start: usize, at: usize) {
        let level = line.head.as_ref().and_then(|head| head.level);
        let tree = line.head.as_ref().is_some_and(|head| head.tree);
        let data = line.head.as_ref().is_some_and(|head| head.data) || self.open.last().is_some_and(|open| open.data);
        self.open.push(Open { at, line_start: start, indent: line.indent, level, tree, data });
    }

    fn line(&mut self, line: &Line<'_>, start: usize) -> Result<(), usize> {
        for (at, mark) in &line.marks {
            let at = start + at;
            match mark {
                Mark::Becomes(character) => self.changes.replaced.push((at, *character)),
                Mark::Bracket => self.brackets += 1,
                Mark::BracketEnd => self.brackets = self.brackets.saturating_sub(1),
                Mark::Brace if self.brace_follows && at == start + line.indent => {
                    self.changes.replaced.push((at, ' '));
                }
                Mark::Brace => self.push_open(line, start, at),
                Mark::BraceEnd => self.closing(line, start, at),
            }
            if self.open.len() > DEEPEST || self.brackets > DEEPEST {
                return Err(at);
            }
        }
        // Only a headline, or blank lines behind it, keep waiting for a brace.
        self.brace_follows &= !line.has_words || line.head.as_ref().is_some_and(|head| !head.opens);
        if self.open.is_empty() {
            self.brackets = 0;
        }
        Ok(())
    }

    fn closing(&mut self, line: &Line<'_>, start: usize, at: usize) {
        let elsewhere = self.open.last().is_some_and(|open| open.line_start != start);
        if self.mode.closes && elsewhere && line.has_words_before(at - start) {
            // The words of a choice stand in braces on one line, so it is known where theirs began.
            if let Some(list) = line.choice_before(at - start) {
                self.changes.insertions.push((start + list, " { "));
                self.findings.push(Finding::NotOpened { head: (start + line.indent, start + list) });
            } else {
                self.changes.replaced.push((at, ' '));
                self.findings.push(Finding::Stray { at });
            }
            return;
        }
        match self.open.pop() {
            Some(open) if open.level.is_some() => self.closed = Some((open, at)),
            Some(_) => {}
            None => self.strays += 1,
        }
    }
}
