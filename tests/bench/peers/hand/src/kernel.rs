//! The loops: one for each indicator, over a block of departments that fits the nearest store.
//!
//! All is exact. An amount below 2^52 is the same number as a double, and so are the products here; a quotient of two
//! whole numbers below 2^53, cut to a whole number, is that of the exact quotient. Half up is therefore
//! `floor((2n + d) ÷ 2d)`.

use peer::marks::GROUPS;

use crate::columns::{Columns, Scores};

/// Departments in a block.
const BLOCK: usize = 1024;
/// 2^52: a double at or above it has no place after the point.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// Scores all departments.
pub fn score(columns: &Columns, scores: &mut Scores) {
    let count = columns.ids.len();
    for from in (0..count).step_by(BLOCK) {
        let block = Block { columns, from, to: (from + BLOCK).min(count) };
        block.amounts(scores);
        block.small(scores);
        block.answers(scores);
        block.table(scores);
        block.sums(scores);
    }
}

struct Block<'a> {
    columns: &'a Columns,
    from: usize,
    to: usize,
}

/// An amount as a double.
#[inline(always)]
fn wide(amount: i64) -> f64 {
    f64::from_bits(amount as u64 | WHOLE.to_bits()) - WHOLE
}

/// The whole part of what is not negative.
#[inline(always)]
fn whole(number: f64) -> i32 {
    let near = (number + WHOLE) - WHOLE;
    let down = near - if near > number { 1.0 } else { 0.0 };
    (down + WHOLE).to_bits() as i32
}

/// `upper ÷ lower`, half up once it is cut.
#[inline(always)]
fn half_up(upper: f64, lower: f64) -> f64 {
    (2.0 * upper + lower) / (2.0 * lower)
}

#[inline(always)]
fn either(holds: bool, yes: f64, no: f64) -> f64 {
    if holds { yes } else { no }
}

/// `left ÷ right` at or above a limit in hundredths.
#[inline(always)]
fn above(left: f64, right: f64, steps: [(f64, f64); 4]) -> f64 {
    steps.iter().rev().fold(0.0, |other, (limit, points)| either(100.0 * left >= limit * right, *points, other))
}

#[inline(always)]
fn below<const N: usize>(left: f64, right: f64, steps: [(f64, f64); N]) -> f64 {
    steps.iter().rev().fold(0.0, |other, (limit, points)| either(100.0 * left <= limit * right, *points, other))
}

impl Block<'_> {
    /// An indicator of two amounts.
    #[inline(always)]
    fn pair(&self, scores: &mut Scores, column: usize, [left, right]: [usize; 2], points: impl Fn(f64, f64) -> f64) {
        let left = &self.columns.amounts[left][self.from..self.to];
        let right = &self.columns.amounts[right][self.from..self.to];
        let out = &mut scores.points[column][self.from..self.to];
        for ((out, left), right) in out.iter_mut().zip(left).zip(right) {
            *out = whole(points(wide(*left), wide(*right)));
        }
    }

    fn amounts(&self, scores: &mut Scores) {
        self.pair(scores, 3, [9, 10], |a, p| {
            either(a <= p, 300.0, either(p == 0.0, 0.0, half_up(300.0 * (3.0 * p - 2.0 * a).max(0.0), p.max(1.0))))
        });
        self.pair(scores, 4, [12, 11], |a, p| either(a >= p, 300.0, half_up(300.0 * a, p.max(1.0))));
        self.pair(scores, 5, [1, 0], |a, p| either(a >= p, 400.0, half_up(400.0 * a, p)));
        self.pair(scores, 6, [2, 0], |a, p| below(a, p, [(5.0, 200.0), (10.0, 160.0), (20.0, 100.0), (30.0, 50.0)]));
        self.pair(scores, 7, [4, 3], |a, p| above(a, p, [(95.0, 200.0), (90.0, 160.0), (80.0, 120.0), (60.0, 60.0)]));
        self.pair(scores, 8, [5, 0], |a, p| {
            let between = half_up((100.0 * (3.0 * p - 10.0 * a)).max(0.0), p);
            either(10.0 * a <= p, 200.0, either(10.0 * a >= 3.0 * p, 0.0, between))
        });
        self.pair(scores, 9, [7, 6], |a, p| either(a <= p, 200.0, half_up(200.0 * (5.0 * p - 4.0 * a).max(0.0), p)));
        self.pair(scores, 10, [9, 8], |a, p| {
            let share = below(a, p, [(105.0, 100.0), (110.0, 50.0)]);
            either(a <= p, 200.0, either(p == 0.0, 0.0, share))
        });
        self.pair(scores, 17, [14, 13], |a, p| {
            above(a, p, [(95.0, 300.0), (90.0, 240.0), (80.0, 180.0), (60.0, 90.0)])
        });
        self.pair(scores, 18, [16, 15], |a, p| either(a >= p, 300.0, half_up(300.0 * a, p.max(1.0))));
        self.pair(scores, 25, [18, 17], |a, p| either(a <= p, 400.0, half_up(400.0 * (3.0 * p - 2.0 * a).max(0.0), p)));
        self.pair(scores, 26, [19, 19], |s, _| {
            either(s >= 9000.0, 800.0, either(s >= 6000.0, half_up(800.0 * s, 9000.0), 0.0))
        });
    }

    /// An indicator of two counts or days.
    #[inline(always)]
    fn two(&self, scores: &mut Scores, column: usize, [left, right]: [&[i32]; 2], points: impl Fn(i32, i32) -> i32) {
        let (left, right) = (&left[self.from..self.to], &right[self.from..self.to]);
        let out = &mut scores.points[column][self.from..self.to];
        for ((out, left), right) in out.iter_mut().zip(left).zip(right) {
            *out = points(*left, *right);
        }
    }

    fn small(&self, scores: &mut Scores) {
        let (counts, dates) = (&self.columns.counts, &self.columns.dates);
        self.two(scores, 2, [&counts[0], &counts[1]], |quota, staff| {
            let (q, a) = (f64::from(quota), f64::from(staff));
            whole(either(a <= q, 300.0, half_up(300.0 * (6.0 * q - 5.0 * a).max(0.0), q)))
        });
        self.two(scores, 12, [&counts[2], &counts[2]], |found, _| (400 - 50 * found).max(0));
        self.two(scores, 13, [&dates[3], &dates[2]], |published, approved| match published - approved - 20 {
            _ if published == 0 => 0,
            late => (300 - 10 * late.max(0)).max(0),
        });
        self.two(scores, 16, [&counts[3], &counts[7]], |found, complaints| {
            let points = (300 - 50 * found).max(0);
            if complaints > 5 { points.min(150) } else { points }
        });
        self.two(scores, 19, [&dates[5], &dates[4]], |filed, signed| match filed - signed {
            _ if filed == 0 => 0,
            ..=7 => 400,
            8..=15 => 300,
            16..=30 => 200,
            waited => (200 - 5 * (waited - 30)).max(0),
        });
        self.two(scores, 20, [&counts[4], &counts[7]], |found, complaints| (300 - 50 * found - 20 * complaints).max(0));
        self.two(scores, 22, [&counts[6], &counts[5]], |passed, made| {
            let (a, p) = (f64::from(passed), f64::from(made));
            // Nought of nought is above every limit.
            above(a, p, [(98.0, 400.0), (95.0, 320.0), (90.0, 240.0), (80.0, 120.0)]) as i32
        });
        self.two(scores, 23, [&dates[7], &dates[6]], |finished, due| {
            let late = finished - due;
            let linear = whole(half_up(100.0 * (240.0 - 4.0 * f64::from(late.clamp(0, 60))), 60.0));
            match late {
                _ if finished == 0 => 0,
                ..=0 => 400,
                1..=30 => linear,
                31..=90 => 100,
                _ => 0,
            }
        });
    }

    /// An indicator of up to four answers.
    #[inline(always)]
    fn four(&self, scores: &mut Scores, column: usize, first: usize, points: impl Fn([u8; 4]) -> i32) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|next| &self.columns.flags[first + next][self.from..self.to]);
        let out = &mut scores.points[column][self.from..self.to];
        for ((((out, a), b), c), d) in out.iter_mut().zip(a).zip(b).zip(c).zip(d) {
            *out = points([*a, *b, *c, *d]);
        }
    }

    fn answers(&self, scores: &mut Scores) {
        self.four(scores, 0, 0, |[a, b, c, d]| 100 * i32::from(a + b + c + d));
        self.four(scores, 1, 4, |[a, b, c, d]| match (a & b & c & d, a & b & (c | d), a | b | c | d) {
            (1, _, _) => 400,
            (_, 1, _) => 250,
            (_, _, 1) => 100,
            _ => 0,
        });
        self.four(scores, 11, 8, |[a, b, c, d]| 40 * i32::from(a + b + c + d));
        let last = &self.columns.flags[12][self.from..self.to];
        let out = scores.points[11][self.from..self.to].iter_mut();
        out.zip(last).for_each(|(out, last)| *out += 40 * i32::from(*last));
        self.four(scores, 15, 13, |[a, b, c, d]| match (a & b & (c | d), (a & b) | c | d) {
            (1, _) => 200,
            (_, 1) => 100,
            _ => 0,
        });
        const OPENNESS: [i32; 4] = [200, 160, 100, 0];
        const LOOKUP: [i32; 16] = [800, 640, 480, 200, 800, 680, 520, 240, 800, 700, 560, 300, 800, 600, 400, 100];
        let [kind, openness, effect] = [0, 2, 3].map(|column| &self.columns.words[column][self.from..self.to]);
        let out = scores.points[14][self.from..self.to].iter_mut();
        out.zip(openness).for_each(|(out, grade)| *out = OPENNESS[usize::from(*grade & 3)]);
        let out = scores.points[24][self.from..self.to].iter_mut();
        out.zip(kind)
            .zip(effect)
            .for_each(|((out, kind), effect)| *out = LOOKUP[usize::from((kind * 4 + effect) & 15)]);
    }

    fn table(&self, scores: &mut Scores) {
        let all = self.columns;
        let last = all.starts.get(self.to).map_or(all.targets.len(), |start| *start as usize);
        let first = all.starts[self.from] as usize;
        let mut rates = [0i32; BLOCK * 12];
        let rates = &mut rates[..last - first];
        for ((rate, target), actual) in rates.iter_mut().zip(&all.targets[first..last]).zip(&all.actuals[first..last]) {
            let (target, actual) = (wide(*target), wide(*actual));
            *rate = whole(half_up(10_000.0 * actual.min(target), target));
        }
        let out = &mut scores.points[21][self.from..self.to];
        let ends = (self.from + 1..=self.to)
            .map(|next| all.starts.get(next).map_or(all.targets.len(), |start| *start as usize));
        let mut from = 0;
        for (out, end) in out.iter_mut().zip(ends) {
            let rows = &rates[from..end - first];
            let sum: i32 = rows.iter().sum();
            *out = whole(half_up(f64::from(12 * sum), 100.0 * rows.len() as f64));
            from = end - first;
        }
    }

    fn sums(&self, scores: &mut Scores) {
        let (indicators, sums) = scores.points.split_at_mut(27);
        let (groups, top) = sums.split_at_mut(8);
        for (group, (first, last)) in groups.iter_mut().zip(GROUPS) {
            add(&mut group[self.from..self.to], indicators[first..last].iter().map(|one| &one[self.from..self.to]));
        }
        let [inputs, results, total] = top else { return };
        let (inputs, results) = (&mut inputs[self.from..self.to], &mut results[self.from..self.to]);
        add(inputs, groups[..6].iter().map(|one| &one[self.from..self.to]));
        add(results, groups[6..].iter().map(|one| &one[self.from..self.to]));
        let total = &mut total[self.from..self.to];
        add(total, [&*inputs, &*results].into_iter());
        let grades = &mut scores.grades[self.from..self.to];
        for (grade, total) in grades.iter_mut().zip(&*total) {
            *grade = u8::from(*total < 9000) + u8::from(*total < 8000) + u8::from(*total < 6000);
        }
    }
}

#[inline(always)]
fn add<'a>(sum: &mut [i32], mut parts: impl Iterator<Item = &'a [i32]>) {
    if let Some(first) = parts.next() {
        sum.copy_from_slice(first);
    }
    for part in parts {
        sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
    }
}
