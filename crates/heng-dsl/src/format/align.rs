//! Blanks that make columns: the points of one-line indicators that follow each other, and comments
//! at the end of lines that follow each other. Widths are display widths; a Chinese character fills
//! two columns.

use unicode_width::UnicodeWidthStr;

use super::layout::{LEVEL, Line};

/// The lines as one text.
pub fn text(mut lines: Vec<Line<'_>>) -> String {
    // The numbers stand under each other, so it is the end of the points that is brought in line.
    let to_points = |line: &Line<'_>| line.text.get(..line.points?.1).map(UnicodeWidthStr::width);
    for (run, widest) in runs(&lines, to_points) {
        for line in lines.get_mut(run).unwrap_or_default() {
            let (blanks, at) = (widest - to_points(line).unwrap_or(widest), line.points.map_or(0, |(start, _)| start));
            line.text.insert_str(at, &" ".repeat(blanks));
        }
    }
    let before_comment = |line: &Line<'_>| line.comment.map(|_| line.text.width());
    let mut columns: Vec<usize> = lines.iter().map(|line| line.text.width()).collect();
    for (run, widest) in runs(&lines, before_comment) {
        columns.get_mut(run).unwrap_or_default().fill(widest);
    }
    let mut out = String::new();
    for (line, column) in lines.iter().zip(columns) {
        if line.blank {
            out.push('\n');
        }
        out.push_str(&" ".repeat(line.indent * LEVEL));
        out.push_str(&line.text);
        if let Some(comment) = line.comment {
            out.push_str(&" ".repeat(column.saturating_sub(line.text.width()) + 2));
            out.push_str(comment);
        }
        out.push('\n');
    }
    out
}

/// Runs of lines that follow each other at one level and have a column, with the widest of it.
fn runs<'a>(lines: &[Line<'a>], column: impl Fn(&Line<'a>) -> Option<usize>) -> Vec<(std::ops::Range<usize>, usize)> {
    let mut runs: Vec<(std::ops::Range<usize>, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    for (index, line) in lines.iter().enumerate() {
        let Some(width) = column(line) else {
            open = None;
            continue;
        };
        match runs.last_mut().filter(|_| open == Some(line.indent) && !line.blank) {
            Some((run, widest)) => {
                run.end = index + 1;
                *widest = width.max(*widest);
            }
            None => runs.push((index..index + 1, width)),
        }
        open = Some(line.indent);
    }
    runs
}
