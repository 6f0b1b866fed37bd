//! A text woven from pieces of several files. Each byte knows the file and place it came from, so
//! that whatever is found in the text of a year is shown where a person wrote it.

use std::ops::Range;

use heng_diag::{FileId, Span};

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// How many bytes.
    length: usize,
    file: FileId,
    /// Where in the file; the whole piece stands for one place where it was not copied byte for byte.
    from: usize,
    copied: bool,
    /// Whether an amendment put it there.
    edited: bool,
}

/// A text that knows where its bytes came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weave {
    /// The text.
    pub text: String,
    pieces: Vec<Piece>,
}

/// Where a new piece comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub from: usize,
}

impl Weave {
    /// Appends a stretch of a file.
    pub fn push(&mut self, text: &str, origin: Origin) {
        self.text.push_str(text);
        self.pieces.push(Piece {
            length: text.len(),
            file: origin.file,
            from: origin.from,
            copied: true,
            edited: false,
        });
    }

    /// Replaces a stretch. `text` is `before`, then what was copied from the origin, then `after`.
    pub fn replace(&mut self, range: Range<usize>, (before, text, after): (&str, &str, &str), origin: Origin) {
        let tail = self.text.get(range.end..).unwrap_or("").to_owned();
        let mut pieces = self.clipped(0..range.start);
        let Origin { file, from } = origin;
        for (part, copied) in [(before, false), (text, true), (after, false)] {
            if !part.is_empty() {
                let from = if copied { from } else { from.saturating_sub(1) };
                pieces.push(Piece { length: part.len(), file, from, copied, edited: true });
            }
        }
        pieces.extend(self.clipped(range.end..self.text.len()));
        self.text.truncate(range.start);
        self.text.extend([before, text, after, tail.as_str()]);
        self.pieces = pieces;
    }

    /// Moves a stretch to a place outside it.
    pub fn shift(&mut self, range: Range<usize>, to: usize) {
        let moved = self.clipped(range.clone());
        let text = self.text.get(range.clone()).unwrap_or("").to_owned();
        let at = if to >= range.end { to - range.len() } else { to };
        let mut rest = self.clipped(0..range.start);
        rest.extend(self.clipped(range.end..self.text.len()));
        self.text.replace_range(range, "");
        self.pieces = rest;
        let mut pieces = self.clipped(0..at);
        let line = |piece: &Piece| Piece { length: 1, copied: false, ..piece.clone() };
        pieces.extend(moved.first().map(line));
        let last = moved.last().map(line);
        pieces.extend(moved);
        pieces.extend(last);
        pieces.extend(self.clipped(at..self.text.len()));
        self.text.insert_str(at, &format!("\n{text}\n"));
        self.pieces = pieces;
    }

    fn clipped(&self, range: Range<usize>) -> Vec<Piece> {
        let mut at = 0;
        let mut found = Vec::new();
        for piece in &self.pieces {
            let (start, end) = (at.max(range.start), (at + piece.length).min(range.end));
            if start < end {
                let from = if piece.copied { piece.from + (start - at) } else { piece.from };
                found.push(Piece { length: end - start, from, ..piece.clone() });
            }
            at += piece.length;
        }
        found
    }

    /// The piece that holds a byte: where it begins in the text, and itself.
    fn piece(&self, at: usize) -> Option<(usize, &Piece)> {
        let mut start = 0;
        for piece in &self.pieces {
            if at < start + piece.length {
                return Some((start, piece));
            }
            start += piece.length;
        }
        self.pieces.last().map(|last| (start - last.length, last))
    }

    fn origin(&self, at: usize) -> (FileId, usize) {
        let Some((start, piece)) = self.piece(at) else { return (FileId(0), 0) };
        let within = if piece.copied { at.saturating_sub(start) } else { 0 };
        (piece.file, piece.from + within)
    }

    /// Where a stretch of the text was written: the stretch of its first file.
    pub fn span(&self, span: Span) -> Span {
        let (start, end) = (span.start as usize, span.end as usize);
        let (file, from) = self.origin(start);
        let (last_file, last) = self.origin(end.saturating_sub(1).max(start));
        let to = if last_file == file && last >= from { last + usize::from(end > start) } else { from };
        Span { file, start: offset(from), end: offset(to) }
    }

    /// Where the newest part of a line was written; of what is longer than a line, its beginning.
    pub fn newest(&self, span: Span) -> Span {
        let (start, end) = (span.start as usize, span.end as usize);
        let line = self.text.get(start..end).is_some_and(|text| !text.contains('\n'));
        if !line {
            return self.span(span);
        }
        let mut at = 0;
        let mut newest: Option<((bool, FileId), usize, usize)> = None;
        for piece in &self.pieces {
            let (low, high) = (at.max(start), (at + piece.length).min(end));
            let rank = (piece.edited, piece.file);
            if low < high && newest.is_none_or(|(newest, ..)| rank > newest) {
                newest = Some((rank, low, high));
            }
            at += piece.length;
        }
        let (low, high) = newest.map_or((start, end), |(_, low, high)| (low, high));
        self.span(Span { start: offset(low), end: offset(high), ..span })
    }
}

fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn woven() -> Weave {
        let mut weave = Weave::default();
        weave.push("甲 10分\n乙 5分\n", Origin { file: FileId(0), from: 0 });
        weave
    }

    fn at(weave: &Weave, needle: &str) -> Span {
        let start = weave.text.find(needle).unwrap();
        weave.newest(Span { file: FileId(0), start: offset(start), end: offset(start + needle.len()) })
    }

    #[test]
    fn what_is_put_in_knows_its_file() {
        let mut weave = woven();
        weave.replace(4..9, ("", "8分", ""), Origin { file: FileId(1), from: 40 });
        assert_eq!(weave.text, "甲 8分\n乙 5分\n");
        assert_eq!(at(&weave, "8分"), Span { file: FileId(1), start: 40, end: 44 });
        assert_eq!(at(&weave, "甲 8分").file, FileId(1));
        assert_eq!(at(&weave, "乙"), Span { file: FileId(0), start: 10, end: 13 });
    }

    #[test]
    fn what_is_moved_keeps_its_place() {
        let mut weave = woven();
        let end = weave.text.len();
        weave.shift(0..9, end);
        assert_eq!(weave.text, "\n乙 5分\n\n甲 10分\n");
        assert_eq!(at(&weave, "甲"), Span { file: FileId(0), start: 0, end: 3 });
    }
}
