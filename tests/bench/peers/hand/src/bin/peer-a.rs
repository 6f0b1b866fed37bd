//! A: structs and decimals, as one writes it by hand without a thought of columns.

use peer::{
    Department, Marks,
    marks::GROUPS,
    stage::{Engine, run},
};
use rust_decimal::{Decimal, RoundingStrategy::MidpointAwayFromZero};

struct Facts {
    department: Department,
    amounts: [Decimal; 20],
    sub: Vec<[Decimal; 2]>,
}

struct ByHand;

impl Engine for ByHand {
    type Facts = Facts;

    fn new() -> ByHand {
        ByHand
    }

    fn facts(&self, department: &Department) -> Facts {
        let amount = |cents: i64| Decimal::new(cents, 2);
        Facts {
            department: department.clone(),
            amounts: department.amounts.map(amount),
            sub: department.sub.iter().map(|pair| pair.map(amount)).collect(),
        }
    }

    fn score(&mut self, facts: &Facts) -> Marks {
        let mut points = [Decimal::ZERO; 38];
        inputs(facts, &mut points);
        spending(facts, &mut points);
        management(facts, &mut points);
        results(facts, &mut points);
        for (group, (first, last)) in GROUPS.into_iter().enumerate() {
            points[27 + group] = points[first..last].iter().sum();
        }
        points[35] = points[27..33].iter().sum();
        points[36] = points[33] + points[34];
        points[37] = points[35] + points[36];
        let grade = [90, 80, 60].iter().filter(|from| points[37] < n(**from)).count() as u8;
        let cents = |points: Decimal| (points * n(100)).mantissa() / 10i128.pow((points * n(100)).scale());
        Marks { points: points.map(|points| cents(points) as i64), grade }
    }
}

fn n(number: i64) -> Decimal {
    Decimal::from(number)
}

fn tenths(number: i64) -> Decimal {
    Decimal::new(number, 1)
}

fn half_up(number: Decimal, places: u32) -> Decimal {
    number.round_dp_with_strategy(places, MidpointAwayFromZero)
}

fn yes(flags: &[bool]) -> Decimal {
    n(flags.iter().filter(|flag| **flag).count() as i64)
}

/// `full × (many × base − few × spent) ÷ base`, not below nought.
fn falling(full: i64, [many, few]: [i64; 2], base: Decimal, spent: Decimal) -> Decimal {
    half_up((n(full) * (n(many) * base - n(few) * spent) / base).max(Decimal::ZERO), 2)
}

/// The tenths of points of the first limit in hundredths that is reached.
fn above(share: Decimal, steps: [(i64, i64); 4]) -> Decimal {
    steps
        .iter()
        .find(|(limit, _)| share >= Decimal::new(*limit, 2))
        .map_or(Decimal::ZERO, |(_, points)| tenths(*points))
}

fn below(share: Decimal, steps: &[(i64, i64)]) -> Decimal {
    steps
        .iter()
        .find(|(limit, _)| share <= Decimal::new(*limit, 2))
        .map_or(Decimal::ZERO, |(_, points)| tenths(*points))
}

fn inputs(facts: &Facts, points: &mut [Decimal; 38]) {
    let Facts { department: Department { flags, counts, .. }, amounts, .. } = facts;
    points[0] = yes(&flags[0..4]);
    points[1] = match flags[4..8] {
        [true, true, true, true] => n(4),
        [true, true, true, _] | [true, true, _, true] => tenths(25),
        [false, false, false, false] => n(0),
        _ => n(1),
    };
    let (quota, staff) = (n(counts[0]), n(counts[1]));
    points[2] = if staff <= quota { n(3) } else { falling(3, [6, 5], quota, staff) };
    let (travelled, before) = (amounts[9], amounts[10]);
    points[3] = if travelled <= before {
        n(3)
    } else if before.is_zero() {
        n(0)
    } else {
        falling(3, [3, 2], before, travelled)
    };
    let (projects, key) = (amounts[11], amounts[12]);
    points[4] = if key >= projects { n(3) } else { half_up(n(3) * key / projects, 2) };
}

fn spending(facts: &Facts, points: &mut [Decimal; 38]) {
    let amounts = &facts.amounts;
    let budget = amounts[0];
    points[5] = if amounts[1] >= budget { n(4) } else { half_up(n(4) * amounts[1] / budget, 2) };
    points[6] = below(amounts[2] / budget, &[(5, 20), (10, 16), (20, 10), (30, 5)]);
    points[7] = above(amounts[4] / amounts[3], [(95, 20), (90, 16), (80, 12), (60, 6)]);
    let carried = amounts[5] / budget;
    points[8] = if carried <= tenths(1) {
        n(2)
    } else if carried >= tenths(3) {
        n(0)
    } else {
        half_up((n(3) * budget - n(10) * amounts[5]) / budget, 2)
    };
    let (public, spent) = (amounts[6], amounts[7]);
    points[9] = if spent <= public { n(2) } else { falling(2, [5, 4], public, spent) };
    let (travel, travelled) = (amounts[8], amounts[9]);
    points[10] = if travelled <= travel {
        n(2)
    } else if travel.is_zero() {
        n(0)
    } else {
        below(travelled / travel, &[(105, 10), (110, 5)])
    };
}

fn management(facts: &Facts, points: &mut [Decimal; 38]) {
    let Facts { department: Department { flags, counts, dates, words, .. }, amounts, .. } = facts;
    points[11] = tenths(4) * yes(&flags[8..13]);
    points[12] = (n(4) - tenths(5) * n(counts[2])).max(n(0));
    points[13] = match dates[3] - dates[2] - 20 {
        _ if dates[3] == 0 => n(0),
        ..=0 => n(3),
        late => (n(3) - tenths(1) * n(late)).max(n(0)),
    };
    points[14] = [n(2), tenths(16), n(1), n(0)][words[2]];
    points[15] = match flags[13..17] {
        [true, true, true, _] | [true, true, _, true] => n(2),
        [true, true, ..] | [_, _, true, _] | [_, _, _, true] => n(1),
        _ => n(0),
    };
    let assets = (n(3) - tenths(5) * n(counts[3])).max(n(0));
    points[16] = if counts[7] > 5 { assets.min(tenths(15)) } else { assets };
    points[17] = above(amounts[14] / amounts[13], [(95, 30), (90, 24), (80, 18), (60, 9)]);
    let (planned, bought) = (amounts[15], amounts[16]);
    points[18] = if bought >= planned { n(3) } else { half_up(n(3) * bought / planned, 2) };
    points[19] = match dates[5] - dates[4] {
        _ if dates[5] == 0 => n(0),
        ..=7 => n(4),
        8..=15 => n(3),
        16..=30 => n(2),
        waited => (n(2) - Decimal::new(5, 2) * n(waited - 30)).max(n(0)),
    };
    points[20] = (n(3) - tenths(5) * n(counts[4]) - tenths(2) * n(counts[7])).max(n(0));
}

fn results(facts: &Facts, points: &mut [Decimal; 38]) {
    let Facts { department: Department { counts, dates, words, .. }, amounts, sub } = facts;
    let rate = |[target, actual]: &[Decimal; 2]| if actual >= target { n(1) } else { half_up(actual / target, 4) };
    let rates: Decimal = sub.iter().map(rate).sum();
    points[21] = half_up(n(12) * rates / n(sub.len() as i64), 2);
    let (made, passed) = (n(counts[5]), n(counts[6]));
    points[22] = if made.is_zero() { n(4) } else { above(passed / made, [(98, 40), (95, 32), (90, 24), (80, 12)]) };
    points[23] = match dates[7] - dates[6] {
        _ if dates[7] == 0 => n(0),
        ..=0 => n(4),
        late @ ..=30 => half_up((n(240) - n(4) * n(late)) / n(60), 2),
        31..=90 => n(1),
        _ => n(0),
    };
    let lookup = [[80, 64, 48, 20], [80, 68, 52, 24], [80, 70, 56, 30], [80, 60, 40, 10]];
    points[24] = tenths(lookup[words[0]][words[3]]);
    let (plan, cost) = (amounts[17], amounts[18]);
    points[25] = if cost <= plan { n(4) } else { falling(4, [3, 2], plan, cost) };
    let survey = amounts[19];
    points[26] = if survey >= n(90) {
        n(8)
    } else if survey >= n(60) {
        half_up(n(8) * survey / n(90), 2)
    } else {
        n(0)
    };
}

fn main() -> std::io::Result<()> {
    run::<ByHand>()
}
