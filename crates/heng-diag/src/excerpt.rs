//! The part of a source file that a diagnostic shows: whole lines around its spans, with invisible
//! characters written out and overlong lines cut down to what stands around the spans.

use std::ops::Range;

use crate::{
    source::{SourceFile, Span},
    visible::push_visible,
};

/// Lines of a file, ready to be shown, with the shown places of the spans asked for.
pub(crate) struct Excerpt {
    /// The lines.
    pub text: String,
    /// The number of the first line.
    pub first_line: usize,
    /// Original offsets and the offsets in `text` they became, in order.
    marks: Vec<(usize, usize)>,
}

/// `span` as a byte range of `text`, clamped to its length and to whole characters.
pub(crate) fn clamp(text: &str, span: Span) -> Range<usize> {
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary((span.end as usize).min(text.len()));
    start..end.max(start)
}

/// `range` without the line breaks at its end, so that a label on a line does not run into the next.
pub(crate) fn without_break(text: &str, range: Range<usize>) -> Range<usize> {
    let covered = text.get(range.clone()).unwrap_or("");
    let kept = covered.trim_end_matches(['\r', '\n']).len();
    range.start..range.start + kept
}

impl Excerpt {
    /// The lines of `file` that `ranges` touch; lines wider than `width` characters are cut. The
    /// ranges lie on character boundaries.
    pub fn new(file: &SourceFile, ranges: &[Range<usize>], width: usize) -> Excerpt {
        let text = file.text.as_str();
        let mut offsets: Vec<usize> = ranges.iter().flat_map(|range| [range.start, range.end]).collect();
        offsets.sort_unstable();
        offsets.dedup();
        let first = offsets.first().copied().unwrap_or(0);
        let last = offsets.last().copied().unwrap_or(0);
        let start = text.get(..first).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let end = text.get(last..).and_then(|after| after.find('\n')).map_or(text.len(), |at| last + at);
        let first_line = file.line(u32::try_from(start).unwrap_or(u32::MAX)) as usize;
        let mut excerpt = Excerpt { text: String::new(), first_line, marks: Vec::with_capacity(offsets.len()) };
        excerpt.fill(text.get(start..end).unwrap_or(""), start, &offsets, width);
        excerpt
    }

    /// Where `range` lies in the shown text.
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.mark(range.start)..self.mark(range.end)
    }

    fn mark(&self, offset: usize) -> usize {
        let found = self.marks.binary_search_by_key(&offset, |(original, _)| *original);
        found.ok().and_then(|at| self.marks.get(at)).map_or(0, |(_, shown)| *shown)
    }

    fn fill(&mut self, text: &str, base: usize, offsets: &[usize], width: usize) {
        let mut at = base;
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.text.push('\n');
            }
            self.push_line(line, at, offsets, width);
            at += line.len() + 1;
        }
        // A last line without characters is shown all the same.
        if self.text.is_empty() || self.text.ends_with('\n') {
            self.text.push(' ');
        }
    }

    fn push_line(&mut self, line: &str, base: usize, offsets: &[usize], width: usize) {
        let shown = line.strip_suffix('\r').unwrap_or(line);
        let here = |offset: &&usize| (base..=base + line.len()).contains(*offset);
        let marks: Vec<usize> = offsets.iter().filter(here).copied().collect();
        let keep = Windows::around(shown, base, &marks, width);
        let mut pending = marks.iter().copied().peekable();
        let mut skipping = false;
        for (index, (at, c)) in shown.char_indices().enumerate() {
            while pending.next_if(|mark| *mark <= base + at).is_some_and(|mark| self.note(mark)) {}
            if keep.holds(index) {
                push_visible(&mut self.text, c);
            } else if !skipping {
                self.text.push('…');
            }
            skipping = !keep.holds(index);
        }
        pending.for_each(|mark| {
            self.note(mark);
        });
    }

    fn note(&mut self, offset: usize) -> bool {
        self.marks.push((offset, self.text.len()));
        true
    }
}

/// Which characters of a line are shown: all, or those near a mark.
struct Windows(Option<Vec<Range<usize>>>);

impl Windows {
    fn around(line: &str, base: usize, marks: &[usize], width: usize) -> Windows {
        // Bytes are at least as many as characters, so most lines are not counted.
        if line.len() <= width || line.chars().count() <= width {
            return Windows(None);
        }
        let reach = (width / 8).max(8);
        let position = |mark: &usize| line.get(..mark - base).map_or(usize::MAX, |before| before.chars().count());
        let window = |at: usize| at.saturating_sub(reach)..at.saturating_add(reach);
        let mut windows: Vec<Range<usize>> = marks.iter().map(position).map(window).collect();
        if windows.is_empty() {
            windows.push(0..width);
        }
        Windows(Some(windows))
    }

    fn holds(&self, index: usize) -> bool {
        self.0.as_ref().is_none_or(|windows| windows.iter().any(|window| window.contains(&index)))
    }
}
