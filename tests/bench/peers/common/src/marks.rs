//! What comes out for a department, and how it is written.

use std::io::{self, Write};

/// Points in hundredths: 27 indicators, 8 groups, the two top ones, the total. And the grade, as a place in [`GRADES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Points.
    pub points: [i64; 38],
    /// Grade.
    pub grade: u8,
}

/// The grades, best first.
pub const GRADES: [&str; 4] = ["优", "良", "中", "差"];

/// The first and last indicator of each group, from nought.
pub const GROUPS: [(usize, usize); 8] = [(0, 2), (2, 5), (5, 11), (11, 15), (15, 18), (18, 21), (21, 24), (24, 27)];

impl Default for Marks {
    fn default() -> Marks {
        Marks { points: [0; 38], grade: 0 }
    }
}

impl Marks {
    /// The grade of this name.
    pub fn graded(&mut self, name: &str) {
        self.grade = GRADES.iter().position(|grade| *grade == name).expect("a grade") as u8;
    }
}

/// Writes the line of one department.
pub fn line(out: &mut impl Write, id: u64, marks: &Marks) -> io::Result<()> {
    let mut text = [0u8; 512];
    let mut length = 0;
    let mut put = |bytes: &[u8]| {
        text[length..length + bytes.len()].copy_from_slice(bytes);
        length += bytes.len();
    };
    put(b"D");
    let mut digits = [b'0'; 7];
    let mut rest = id;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    put(&digits);
    for points in marks.points {
        let [hundreds, tens, ones] =
            [points / 10_000, points / 1000 % 10, points / 100 % 10].map(|digit| b'0' + digit as u8);
        let cents = [b'.', b'0' + (points / 10 % 10) as u8, b'0' + (points % 10) as u8];
        match points {
            10_000.. => put(&[b',', hundreds, tens, ones]),
            1_000.. => put(&[b',', tens, ones]),
            _ => put(&[b',', ones]),
        }
        put(&cents);
    }
    put(b",");
    put(GRADES[usize::from(marks.grade)].as_bytes());
    put(b"\n");
    out.write_all(&text[..length])
}
