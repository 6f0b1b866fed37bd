//! Whether two files of scores say the same. They are read line by line, so that this process stays small: what a child
//! is said to have used of memory is never less than what its parent held.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

use peer::rules::{names, sums};

/// Lines of one form: number, 38 points, grade.
pub struct Lines {
    lines: io::Lines<BufReader<File>>,
    order: Vec<usize>,
}

/// How a file of scores is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// As the peers write it.
    Bare,
    /// As heng writes it: a head names the columns.
    Heng,
    /// As LibreOffice writes the workbook: a head names the columns.
    Book,
}

impl Lines {
    /// Opens a file.
    pub fn open(path: &Path, layout: Layout) -> io::Result<Lines> {
        let mut lines = BufReader::with_capacity(1 << 16, File::open(path)?).lines();
        let mut order = Vec::new();
        if layout != Layout::Bare {
            let head = lines.next().transpose()?.unwrap_or_default();
            let heads: Vec<&str> = head.split(',').collect();
            let mut wanted = vec!["dept_id".to_owned()];
            wanted.extend(names());
            wanted.extend(sums().into_iter().map(|(name, _)| name));
            wanted.push("grade".to_owned());
            for name in wanted {
                let name = match (layout, name.as_str()) {
                    (Layout::Heng, "total") => "基准",
                    (Layout::Heng, "grade") => "等级",
                    (_, name) => name,
                };
                order.push(
                    heads.iter().position(|head| *head == name).ok_or_else(|| io::Error::other(name.to_owned()))?,
                );
            }
        }
        Ok(Lines { lines, order })
    }

    fn next(&mut self) -> io::Result<Option<String>> {
        let Some(line) = self.lines.next().transpose()? else { return Ok(None) };
        if self.order.is_empty() {
            return Ok(Some(line));
        }
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |at: &usize| plain(cells.get(*at).copied().unwrap_or_default());
        Ok(Some(self.order.iter().map(cell).collect::<Vec<_>>().join(",")))
    }
}

/// Points with two places, however a spreadsheet wrote them.
fn plain(cell: &str) -> String {
    let cell = cell.trim_matches('"');
    if !cell.starts_with(|sign: char| sign.is_ascii_digit()) {
        return cell.to_owned();
    }
    let (whole, places) = cell.split_once('.').unwrap_or((cell, ""));
    format!("{whole}.{places:0<2}")
}

/// How many lines of two files there are, and how many differ.
pub fn compare(left: Lines, right: Lines) -> io::Result<(usize, usize)> {
    let (mut left, mut right) = (left, right);
    let (mut count, mut different) = (0, 0);
    loop {
        match (left.next()?, right.next()?) {
            (None, None) => return Ok((count, different)),
            (one, other) => {
                count += 1;
                different += usize::from(one != other);
            }
        }
    }
}
