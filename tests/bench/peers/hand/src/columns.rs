//! Departments by columns, read straight out of the text.

use peer::{marks::Marks, read::Sink};

/// A column for every datum.
#[derive(Default)]
pub struct Columns {
    /// Numbers of the departments.
    pub ids: Vec<u64>,
    /// Hundredths.
    pub amounts: [Vec<i64>; 20],
    /// Counts.
    pub counts: [Vec<i32>; 11],
    /// Days since 1970; nought is absent.
    pub dates: [Vec<i32>; 8],
    /// Answers, 0 or 1.
    pub flags: [Vec<u8>; 17],
    /// Type, region, openness, social effect.
    pub words: [Vec<u8>; 4],
    /// Where the rows of each department begin, and where the last ones end.
    pub starts: Vec<u32>,
    /// Targets of all tables.
    pub targets: Vec<i64>,
    /// Actual amounts of all tables.
    pub actuals: Vec<i64>,
}

impl Sink for Columns {
    fn start(&mut self, number: u64) {
        self.ids.push(number);
        self.starts.push(self.targets.len() as u32);
    }
    fn word(&mut self, at: usize, index: usize) {
        self.words[at].push(index as u8);
    }
    fn amount(&mut self, at: usize, value: i64) {
        self.amounts[at].push(value);
    }
    fn count(&mut self, at: usize, value: i64) {
        self.counts[at].push(value as i32);
    }
    fn date(&mut self, at: usize, value: i64) {
        self.dates[at].push(value as i32);
    }
    fn flag(&mut self, at: usize, value: bool) {
        self.flags[at].push(u8::from(value));
    }
    fn pair(&mut self, [target, actual]: [i64; 2]) {
        self.targets.push(target);
        self.actuals.push(actual);
    }
    fn end(&mut self) {}
}

/// A column for everything that comes out.
pub struct Scores {
    /// Hundredths of points.
    pub points: [Vec<i32>; 38],
    /// Grades.
    pub grades: Vec<u8>,
}

impl Scores {
    /// Columns for so many departments.
    pub fn new(count: usize) -> Scores {
        Scores { points: std::array::from_fn(|_| vec![0; count]), grades: vec![0; count] }
    }

    /// The scores of one department.
    pub fn of(&self, place: usize) -> Marks {
        let points = std::array::from_fn(|column| i64::from(self.points[column][place]));
        Marks { points, grade: self.grades[place] }
    }
}
