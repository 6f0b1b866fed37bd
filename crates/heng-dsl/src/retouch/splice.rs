//! Stretches of a text and what takes their place.

use std::ops::Range;

/// A stretch and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    span: Range<usize>,
    text: String,
}

impl Splice {
    pub(super) fn new(span: Range<usize>, text: String) -> Splice {
        Splice { span, text }
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Splices(Vec<Splice>);

impl Splices {
    pub(super) fn push(&mut self, splice: Splice) {
        self.0.push(splice);
    }

    /// The text with all of them made; none where two change one stretch.
    pub(super) fn made(mut self, text: &str) -> Option<String> {
        // Where several things are put at one place they stand in the order in which they came.
        self.0.sort_by_key(|splice| (splice.span.start, splice.span.end));
        let (mut out, mut at) = (String::new(), 0);
        for splice in &self.0 {
            out.push_str(text.get(at..splice.span.start)?);
            out.push_str(&splice.text);
            at = splice.span.end;
        }
        out.push_str(text.get(at..)?);
        Some(out)
    }
}

/// What stands before a place on its line, where that is blank.
pub(super) fn indent(text: &str, at: usize) -> String {
    let before = text.get(..at).and_then(|before| before.rsplit('\n').next()).unwrap_or_default();
    before.chars().take_while(|sign| matches!(sign, ' ' | '\t')).collect()
}

/// A stretch with the whole of its lines and the break behind them, where nothing else stands on them; a comment
/// behind it goes with it.
pub(super) fn lines_of(text: &str, span: &Range<usize>) -> Range<usize> {
    let before = text.get(..span.start).map_or(0, |before| before.trim_end_matches([' ', '\t']).len());
    let starts = before == 0 || text.get(..before).is_some_and(|before| before.ends_with('\n'));
    let rest = text.get(span.end..).unwrap_or_default();
    let line = rest.split_inclusive('\n').next().unwrap_or_default();
    let ends = line.trim().is_empty() || line.trim_start().starts_with(['#', '＃']);
    if starts && ends { before..span.end + line.len() } else { span.clone() }
}

/// A stretch from the start of its first line to the end of its last, without the break; comments behind it on
/// the last line go with it.
pub(super) fn whole_lines(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let rest = text.get(span.end..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let ends = line.trim().is_empty() || line.trim_start().starts_with(['#', '＃']);
    start..if ends { span.end + line.trim_end().len() } else { span.end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splices_are_made_together_or_not_at_all() {
        let made = |splices: &[(Range<usize>, &str)]| {
            let mut all = Splices::default();
            splices.iter().for_each(|(span, text)| all.push(Splice::new(span.clone(), (*text).to_owned())));
            all.made("abcdef")
        };
        assert_eq!(made(&[(4..5, "X"), (1..2, ""), (0..0, "^")]).as_deref(), Some("^acdXf"));
        assert_eq!(made(&[(1..4, "X"), (2..3, "Y")]), None);
    }
}
