//! Applying fixes.

use std::ops::Range;

use crate::{
    diagnostic::{Edit, Fix},
    excerpt::clamp,
    source::FileId,
};

/// A text after fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The text with the fixes in it.
    pub text: String,
    /// The fixes left out because they overlap an earlier one: indices into what was asked for.
    pub skipped: Vec<usize>,
}

/// Applies the edits of `fixes` that lie in `file`, whose text is `text`, first come first served.
/// A fix is applied whole or not at all.
///
/// Two insertions at one place overlap: which of them should come first is not known.
#[must_use]
pub fn apply_fixes(text: &str, file: FileId, fixes: &[&Fix]) -> Fixed {
    let mut taken: Vec<(Range<usize>, &str)> = Vec::new();
    let mut skipped = Vec::new();
    for (index, fix) in fixes.iter().enumerate() {
        let here = fix.edits.iter().filter(|edit| edit.span.file == file);
        let edits: Vec<_> = here.map(|edit: &Edit| (clamp(text, edit.span), edit.replacement.as_str())).collect();
        let before = taken.len();
        for edit in edits {
            if taken.iter().any(|(range, _)| overlap(range, &edit.0)) {
                taken.truncate(before);
                skipped.push(index);
                break;
            }
            taken.push(edit);
        }
    }
    taken.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in taken {
        out.push_str(text.get(at..range.start).unwrap_or(""));
        out.push_str(replacement);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    Fixed { text: out, skipped }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a == b || (a.start < b.end && b.start < a.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{source::Span, text::Text};

    fn fix(edits: &[(u32, u32, &str)]) -> Fix {
        let edit = |(start, end, replacement): &(u32, u32, &str)| Edit {
            span: Span { file: FileId(0), start: *start, end: *end },
            replacement: (*replacement).to_owned(),
        };
        Fix { title: Text::same("t"), edits: edits.iter().map(edit).collect(), safe: true }
    }

    fn apply(text: &str, fixes: &[Fix]) -> (String, Vec<usize>) {
        let fixed = apply_fixes(text, FileId(0), &fixes.iter().collect::<Vec<_>>());
        (fixed.text, fixed.skipped)
    }

    #[test]
    fn edits_apart_are_all_applied() {
        let fixes = [fix(&[(9, 12, "丁")]), fix(&[(0, 3, ""), (12, 12, "！")])];
        assert_eq!(apply("甲乙丙戊", &fixes), ("乙丙丁！".to_owned(), vec![]));
    }

    #[test]
    fn a_fix_that_overlaps_an_earlier_one_is_skipped_whole() {
        let fixes = [fix(&[(0, 6, "甲")]), fix(&[(9, 12, "丁"), (3, 6, "乙")]), fix(&[(6, 9, "丙")])];
        assert_eq!(apply("一二三四", &fixes), ("甲丙四".to_owned(), vec![1]));
    }

    #[test]
    fn two_insertions_at_one_place_overlap() {
        let fixes = [fix(&[(3, 3, "、")]), fix(&[(3, 3, "，")])];
        assert_eq!(apply("甲乙", &fixes), ("甲、乙".to_owned(), vec![1]));
    }

    #[test]
    fn spans_outside_or_inside_a_character_do_no_harm() {
        let fixes = [fix(&[(1, 2, "乙")]), fix(&[(90, 99, "丙")])];
        assert_eq!(apply("甲", &fixes), ("乙丙".to_owned(), vec![]));
    }
}
