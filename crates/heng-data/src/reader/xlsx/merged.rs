//! Cells merged downward: words hold for every row they cover; a number does not, since nobody can say how
//! much of it is whose.

use calamine::Dimensions;
use heng_diag::Diagnostic;

use super::grid::{Filled, Grid};
use crate::wording;

/// How many cells may be filled in a sheet, and with how much text.
const MOST_FILLED: usize = 1_000_000;
const MOST_TEXT: usize = 64 << 20;

impl Grid {
    /// The sheet with words written into every row that their cell covers, below `head_row` and in `columns`;
    /// a number that covers several rows is reported.
    pub(super) fn spread(&self, head_row: u32, columns: &[u32], report: &mut Vec<Diagnostic>) -> Grid {
        let mut spread = self.clone();
        let (mut left, mut text) = (MOST_FILLED, MOST_TEXT);
        let below = |region: &&Dimensions| region.start.0 > head_row && region.end.0 > region.start.0;
        for region in self.merged().iter().filter(below).filter(|region| columns.contains(&region.start.1)) {
            let (row, column) = region.start;
            let Some(cell) = self.cell(row, column) else { continue };
            let each = cell.words().len().max(1);
            let left_here = left.min(text / each);
            let covered: Vec<u32> =
                self.rows_below(row).map(|(at, _)| at).take_while(|at| *at <= region.end.0).take(left_here).collect();
            left -= covered.len();
            text -= covered.len() * each;
            if covered.is_empty() {
                continue;
            }
            if cell.is_number() {
                report.push(self.spot(row, column).mark(wording::merged_number(&cell.words())));
            } else {
                covered.into_iter().for_each(|at| spread.put(at, column, cell));
            }
        }
        spread
    }

    fn cell(&self, row: u32, column: u32) -> Option<&Filled> {
        self.row(row)?.get(&column)
    }
}
