//! Braces. A table of 24 rows closes with `} } }`, and a Word user forgets one. The grammar can
//! recover from anything inside balanced braces, so they are balanced first.
//!
//! A headline shows where a brace belongs: a 三级指标 cannot stand inside a 三级指标, so the one before
//! it was not closed; and it cannot stand directly in a 一级指标, so the 二级指标 before it was closed
//! too early. Where headlines name no level, indentation is asked. Of all explanations the one with
//! the fewest mistakes is taken.
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

/// How deep brackets may nest; deeper is refused, since reading recurses.
const DEEPEST: usize = 64;

/// The text with its braces in balance, or `None` when it cannot be read at all.
pub fn balance(folded: &Folded, file: FileId, diagnostics: &mut Vec<Diagnostic>) -> Option<Folded> {
    let span = |start: usize, end: usize| Span { file, start: folded.original(start), end: folded.original(end) };
    let scan = |(levels, reopen, indent)| {
        let mut scan = Scan { levels, reopen, indent, ..Scan::default() };
        scan.run(&folded.text).map(|()| scan)
    };
    // Of explanations with as few mistakes, the one that asks indentation points to the better place.
    let guesses = || {
        let by_levels = [(true, true, true), (true, false, true), (true, true, false), (true, false, false)];
        by_levels.into_iter().chain([(false, false, true), (false, false, false)])
    };
    let best = match scan((true, false, false)) {
        Ok(plain) if plain.mistakes() == 0 => Ok(plain),
        Ok(_) => guesses().map(scan).collect::<Result<Vec<_>, _>>().map(|scans| {
            scans.into_iter().min_by_key(Scan::mistakes).unwrap_or_default()
        }),
        Err(at) => Err(at),
    };
    let best = match best {
        Ok(best) => best,
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
    /// Whether a headline that names a level closes what cannot hold it.
    levels: bool,
    /// Whether a block that was closed too early is opened again.
    reopen: bool,
    /// Whether a headline closes what is indented as far as itself.
    indent: bool,
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
        for content in text.split_inclusive('\n') {
            let inner = self.open.last();
            let line = Line::read(content, inner.is_some_and(|open| open.tree), inner.is_some_and(|open| open.data));
            self.headline(&line, start);
            self.line(&line, start)?;
            start += content.len();
        }
        while let Some(open) = self.open.pop() {
            self.missing(&open, text.len());
        }
        Ok(())
    }

    /// A headline that names a level closes every block of the same or a lower level.
    fn headline(&mut self, line: &Line<'_>, start: usize) {
        let Some(head) = &line.head else { return };
        let outer = self.open.iter().position(|open| match (open.level, head.level) {
            // No indicator stands in data, parameters or a method.
            (Some(0), _) if self.levels && head.tree && !open.tree => true,
            (Some(outer), Some(level)) if self.levels && (level > 0 || line.indent <= open.indent) => outer >= level,
            _ => self.indent && open.indent >= line.indent,
        });
        self.close_from(outer, start);
        if self.reopen {
            self.open_again(head.level);
        }
        let outer = self.open.iter().filter(|open| open.tree && open.level != Some(0)).count();
        let held = self.open.iter().any(|open| !open.tree);
        let at_home = head.level.is_none_or(|level| usize::from(level.saturating_sub(1)) == outer);
        self.misplaced += usize::from(!at_home || held);
        if !head.opens {
            let end = start + line.length;
            self.changes.insertions.push((end, " { "));
            self.findings.push(Finding::NotOpened { head: (start + line.indent, end) });
            self.push_open(line, start, end);
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
    fn close_from(&mut self, outer: Option<usize>, at: usize) {
        let Some(outer) = outer else { return };
        while self.open.len() > outer {
            if let Some(open) = self.open.pop() {
                self.missing(&open, at);
            }
        }
    }

    /// A line that begins with a closing brace belongs to the block that is indented like it; what
    /// stands inside that block ought to be closed already.
    fn closing_line(&mut self, line: &Line<'_>, start: usize) {
        let first = line.marks.first();
        if !self.indent || first != Some(&(line.indent, Mark::BraceEnd)) {
            return;
        }
        let own = self.open.iter().rposition(|open| open.indent == line.indent);
        let outer = own.map(|own| own + 1).filter(|outer| *outer < self.open.len());
        let deeper = outer.is_some_and(|outer| self.open.iter().skip(outer).all(|open| open.indent > line.indent));
        self.close_from(outer.filter(|_| deeper), start);
    }

    fn missing(&mut self, open: &Open, at: usize) {
        self.changes.insertions.push((at, " } \n"));
        self.findings.push(Finding::NotClosed { head: (open.line_start + open.indent, open.at + 1), at });
    }

    fn push_open(&mut self, line: &Line<'_>, start: usize, at: usize) {
        let level = line.head.as_ref().and_then(|head| head.level);
        let tree = line.head.as_ref().is_some_and(|head| head.tree);
        let data = line.head.as_ref().is_some_and(|head| head.data) || self.open.last().is_some_and(|open| open.data);
        self.open.push(Open { at, line_start: start, indent: line.indent, level, tree, data });
    }

    fn line(&mut self, line: &Line<'_>, start: usize) -> Result<(), usize> {
        self.closing_line(line, start);
        for (at, mark) in &line.marks {
            let at = start + at;
            match mark {
                Mark::Becomes(character) => self.changes.replaced.push((at, *character)),
                Mark::Bracket => self.brackets += 1,
                Mark::BracketEnd => self.brackets = self.brackets.saturating_sub(1),
                Mark::Brace if self.brace_follows => {
                    self.changes.replaced.push((at, ' '));
                    self.brace_follows = false;
                }
                Mark::Brace => self.push_open(line, start, at),
                Mark::BraceEnd => match self.open.pop() {
                    Some(open) if open.level.is_some() => self.closed = Some((open, at)),
                    Some(_) => {}
                    None => self.strays += 1,
                },
            }
            if self.open.len() > DEEPEST || self.brackets > DEEPEST {
                return Err(at);
            }
            self.brace_follows &= matches!(mark, Mark::Becomes(_));
        }
        if line.has_words && line.head.is_none() {
            self.brace_follows = false;
        }
        if self.open.is_empty() {
            self.brackets = 0;
        }
        Ok(())
    }
}
