//! The departments of a file, read in one pass. The file is known to be one of ours: no quotes, two places after the
//! point of every amount.

use crate::department::{Department, INFO, SOCIAL, TYPES};

/// Where what is read goes.
pub trait Sink {
    /// A department begins.
    fn start(&mut self, number: u64);
    /// Type, region, openness, social effect, as indices.
    fn word(&mut self, at: usize, index: usize);
    /// An amount, in hundredths.
    fn amount(&mut self, at: usize, value: i64);
    /// A count.
    fn count(&mut self, at: usize, value: i64);
    /// Days since 1970; nought is absent.
    fn date(&mut self, at: usize, value: i64);
    /// An answer.
    fn flag(&mut self, at: usize, value: bool);
    /// Target and actual amount.
    fn pair(&mut self, pair: [i64; 2]);
    /// The department ends.
    fn end(&mut self);
}

/// Reads a whole file but its first line.
pub fn all(text: &[u8], sink: &mut impl Sink) {
    let body = text.iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| at + 1);
    let mut cursor = Cursor { text, at: body };
    while cursor.at < text.len() {
        cursor.row(sink);
    }
}

/// All departments of a file.
pub fn departments(text: &[u8]) -> Vec<Department> {
    let mut list = List::default();
    all(text, &mut list);
    list.0
}

struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn row(&mut self, sink: &mut impl Sink) {
        let id = self.field();
        sink.start(id[1..].iter().fold(0, |sum, byte| sum * 10 + u64::from(byte - b'0')));
        self.field();
        sink.word(0, place(&TYPES, self.field()));
        let region = self.field();
        sink.word(1, usize::from(region[1] - b'0') * 10 + usize::from(region[2] - b'0'));
        sink.word(2, place(&INFO, self.field()));
        sink.word(3, place(&SOCIAL, self.field()));
        (0..20).for_each(|at| sink.amount(at, self.number()));
        (0..11).for_each(|at| sink.count(at, self.number()));
        (0..8).for_each(|at| sink.date(at, self.day()));
        (0..17).for_each(|at| {
            let answer = self.field();
            sink.flag(at, answer[0] == b't');
        });
        loop {
            let target = self.number();
            let actual = self.number();
            sink.pair([target, actual]);
            if self.text[self.at - 1] == b'\n' {
                break;
            }
        }
        sink.end();
    }

    fn field(&mut self) -> &'a [u8] {
        let from = self.at;
        while !matches!(self.text[self.at], b',' | b'\n') {
            self.at += 1;
        }
        self.at += 1;
        &self.text[from..self.at - 1]
    }

    /// The digits up to the next sign that is neither digit nor point.
    fn number(&mut self) -> i64 {
        let mut sum = 0i64;
        loop {
            let byte = self.text[self.at];
            self.at += 1;
            match byte {
                b'0'..=b'9' => sum = sum * 10 + i64::from(byte - b'0'),
                b'.' => {}
                _ => return sum,
            }
        }
    }

    fn day(&mut self) -> i64 {
        if self.text[self.at] == b',' {
            self.at += 1;
            return 0;
        }
        let [year, month, day] = [self.number(), self.number(), self.number()];
        days(year, month, day)
    }
}

/// Days since 1970 of a day of the calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let shifted = (month + 9) % 12;
    365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + day - 1 - 719_468
}

fn place(words: &[&str], word: &[u8]) -> usize {
    words.iter().position(|known| known.as_bytes() == word).expect("a known word")
}

#[derive(Default)]
struct List(Vec<Department>);

impl List {
    fn last(&mut self) -> &mut Department {
        self.0.last_mut().expect("a department was begun")
    }
}

impl Sink for List {
    fn start(&mut self, number: u64) {
        self.0.push(Department { number, ..Department::default() });
    }
    fn word(&mut self, at: usize, index: usize) {
        self.last().words[at] = index;
    }
    fn amount(&mut self, at: usize, value: i64) {
        self.last().amounts[at] = value;
    }
    fn count(&mut self, at: usize, value: i64) {
        self.last().counts[at] = value;
    }
    fn date(&mut self, at: usize, value: i64) {
        self.last().dates[at] = value;
    }
    fn flag(&mut self, at: usize, value: bool) {
        self.last().flags[at] = value;
    }
    fn pair(&mut self, pair: [i64; 2]) {
        self.last().sub.push(pair);
    }
    fn end(&mut self) {}
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_of_the_calendar() {
        assert_eq!(super::days(1970, 1, 1), 0);
        assert_eq!(super::days(2025, 1, 1), 20_089);
        assert_eq!(super::days(2024, 2, 29), 19_782);
    }
}
