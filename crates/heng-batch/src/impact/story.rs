//! What a reader is shown of an impact, worked out once for text, page and workbook.

use heng_diag::Text;
use heng_model::{Number, Rounding};

use super::{Department, Impact};
use crate::wording::impact as words;

/// How many departments a list shows.
pub const MOST: usize = 10;

/// A part of the change.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is.
    pub name: Text,
    /// What it changes, a line each.
    pub lines: Vec<Text>,
    /// What it adds on average.
    pub mean: Number,
    /// What it does on average when it is made alone.
    pub alone: Option<Number>,
    /// How many departments gain and lose by it.
    pub counts: [usize; 2],
    /// How far off the mean may be.
    pub error: Option<Number>,
}

/// What a reader is shown.
pub struct Story<'i> {
    /// Departments that gain, lose, stay, and those without two scores.
    pub counts: [usize; 4],
    /// The mean change of those with two scores.
    pub mean: Number,
    /// Their means before and after.
    pub means: [Number; 2],
    /// What each change of the rules did, greatest first.
    pub items: Vec<Part>,
    /// What changed no score.
    pub idle: Vec<Text>,
    /// Departments without two scores.
    pub open: Vec<&'i str>,
    /// Departments whose change could not be split.
    pub whole: usize,
    /// On which indicators it falls, greatest first.
    pub leaves: Vec<Part>,
    /// How many went from grade to grade.
    pub grades: Vec<(String, String, usize)>,
    /// How many have another place.
    pub moved: usize,
    /// Those that gain and lose most.
    pub most: [Vec<(&'i Department, Number)>; 2],
    /// Those whose new score lies within the distance of a line, and of which.
    pub near: Vec<(&'i Department, Number)>,
    /// For each line how many stand on or above it, before and after.
    pub lines: Vec<(Number, [usize; 2])>,
}

/// A number with two decimals.
#[must_use]
pub fn shown(number: &Number) -> String {
    number.fixed(2, Rounding::HalfUp)
}

/// A number with two decimals and its sign.
#[must_use]
pub fn signed(number: &Number) -> String {
    let text = shown(number);
    if number.signum() > 0 { format!("+{text}") } else { text }
}

impl<'i> Story<'i> {
    /// Works it out; `distance` says how near a line is near.
    #[must_use]
    pub fn new(impact: &'i Impact, distance: &Number) -> Story<'i> {
        let changes: Vec<(&Department, Number)> =
            impact.departments.iter().filter_map(|one| Some((one, one.change()?))).collect();
        let by = |sign: i32| changes.iter().filter(|(_, change)| change.signum() == sign).count();
        let counts = [by(1), by(-1), by(0), impact.departments.len() - changes.len()];
        let over = |pick: &dyn Fn(&Department) -> Option<Number>| mean(changes.iter().filter_map(|(one, _)| pick(one)));
        let mut gained: Vec<(&Department, Number)> = changes.clone();
        gained.sort_by(|(_, a), (_, b)| b.cmp(a));
        let lost: Vec<_> = gained.iter().rev().filter(|(_, change)| change.is_negative()).take(MOST).cloned().collect();
        let up: Vec<_> = gained.iter().filter(|(_, change)| change.signum() > 0).take(MOST).cloned().collect();
        let (items, idle): (Vec<Part>, Vec<Part>) =
            items(impact, &changes).into_iter().partition(|part| part.counts != [0, 0]);
        let open = impact.departments.iter().filter(|one| one.change().is_none());
        // Where nothing is compared nothing can be said to have no effect.
        let idle = if changes.is_empty() { Vec::new() } else { idle };
        Story {
            idle: idle.into_iter().map(|part| part.name).collect(),
            open: open.map(|one| one.key.as_str()).collect(),
            counts,
            mean: mean(changes.iter().map(|(_, change)| change.clone())),
            means: [over(&|one| one.old.total.clone()), over(&|one| one.new.total.clone())],
            items,
            whole: changes.iter().filter(|(one, _)| one.shares.is_none()).count(),
            leaves: leaves(impact, &changes),
            grades: grades(impact),
            moved: changes.iter().filter(|(one, _)| one.ranks.is_some_and(|(old, new)| old != new)).count(),
            most: [up, lost],
            near: near(impact, distance),
            lines: impact.thresholds.iter().map(|at| (at.clone(), above(&changes, at))).collect(),
        }
    }
}

fn mean(numbers: impl Iterator<Item = Number> + Clone) -> Number {
    let count = numbers.clone().count();
    numbers.sum::<Number>().checked_div(&Number::from(count)).unwrap_or(Number::ZERO)
}

fn counts<'n>(adds: impl Iterator<Item = &'n Number> + Clone) -> [usize; 2] {
    [adds.clone().filter(|n| n.signum() > 0).count(), adds.filter(|n| n.is_negative()).count()]
}

fn sorted(mut parts: Vec<Part>) -> Vec<Part> {
    parts.sort_by_key(|part| std::cmp::Reverse(part.mean.abs()));
    parts
}

/// Every item, also one without effect; and scripts and calendar where they have one.
fn items(impact: &Impact, changes: &[(&Department, Number)]) -> Vec<Part> {
    let split = || changes.iter().filter_map(|(one, _)| one.shares.as_ref());
    let shares = |place: usize| split().filter_map(move |shares| shares.get(place));
    let part = |(place, item): (usize, &super::Item)| Part {
        name: item.title.clone(),
        lines: item.lines.clone(),
        mean: mean(shares(place).cloned()),
        alone: alone(changes, place),
        counts: counts(shares(place)),
        error: impact.errors.get(place).cloned(),
    };
    let mut found: Vec<Part> = impact.items.iter().enumerate().map(part).collect();
    let rest = impact.items.len();
    let by_context = counts(shares(rest));
    if by_context != [0, 0] {
        let (name, mean) = (words::CONTEXT.into(), mean(shares(rest).cloned()));
        found.push(Part { name, lines: Vec::new(), mean, alone: None, counts: by_context, error: None });
    }
    sorted(found)
}

/// The mean of what an item does alone, where it is known for every department that is split.
fn alone(changes: &[(&Department, Number)], place: usize) -> Option<Number> {
    let split = changes.iter().filter(|(one, _)| one.shares.is_some());
    let each: Option<Vec<Number>> = split.map(|(one, _)| one.alone.get(place).cloned().flatten()).collect();
    each.filter(|each| !each.is_empty()).map(|each| mean(each.into_iter()))
}

fn leaves(impact: &Impact, changes: &[(&Department, Number)]) -> Vec<Part> {
    let mut found = Vec::new();
    for (place, leaf) in impact.leaves.iter().enumerate() {
        let adds = || changes.iter().filter_map(|(one, _)| one.leaves.get(place));
        let counts = counts(adds());
        if counts == [0, 0] {
            continue;
        }
        let name = leaf.name.as_ref().map_or_else(|| words::REST.into(), |name| Text::same(name.to_string()));
        found.push(Part { name, lines: Vec::new(), mean: mean(adds().cloned()), alone: None, counts, error: None });
    }
    sorted(found)
}

fn grades(impact: &Impact) -> Vec<(String, String, usize)> {
    let mut found: Vec<(String, String, usize)> = Vec::new();
    for one in &impact.departments {
        let (Some(old), Some(new)) = (&one.old.grade, &one.new.grade) else { continue };
        if old == new {
            continue;
        }
        match found.iter_mut().find(|(from, to, _)| **from == **old && **to == **new) {
            Some((.., count)) => *count += 1,
            None => found.push((old.to_string(), new.to_string(), 1)),
        }
    }
    found.sort_by(|(a, b, m), (c, d, n)| n.cmp(m).then_with(|| (a, b).cmp(&(c, d))));
    found
}

fn above(changes: &[(&Department, Number)], at: &Number) -> [usize; 2] {
    let count = |pick: fn(&Department) -> Option<&Number>| {
        changes.iter().filter(|(one, _)| pick(one).is_some_and(|total| total >= at)).count()
    };
    [count(|one| one.old.total.as_ref()), count(|one| one.new.total.as_ref())]
}

fn near<'i>(impact: &'i Impact, distance: &Number) -> Vec<(&'i Department, Number)> {
    let of = |one: &'i Department| {
        let total = one.new.total.as_ref()?;
        let nearest = impact.nearest(total)?;
        ((nearest - total).abs() <= *distance).then(|| (one, nearest.clone()))
    };
    impact.departments.iter().filter_map(of).collect()
}

impl Impact {
    /// The line that lies nearest to a score.
    #[must_use]
    pub fn nearest(&self, total: &Number) -> Option<&Number> {
        self.thresholds.iter().min_by_key(|at| (*at - total).abs())
    }

    /// The changes by size: those below nought, those without any, those above; each stretch with its name
    /// and how many departments changed by so much.
    #[must_use]
    pub fn spread(&self) -> Vec<(String, i32, usize)> {
        let changes: Vec<Number> = self.departments.iter().filter_map(Department::change).collect();
        let most = changes.iter().map(Number::abs).max().unwrap_or(Number::ZERO).ceil().to_i64().unwrap_or(i64::MAX);
        let step = [1, 2, 5, 10, 20].into_iter().find(|step| most <= step * 6).unwrap_or(50);
        // A stretch takes its far end in and its near end not.
        let place = |change: &Number| {
            let steps = change.abs().checked_div(&Number::from(step)).unwrap_or(Number::ZERO).ceil();
            steps.to_i64().unwrap_or(0) * i64::from(change.signum())
        };
        let places: Vec<i64> = changes.iter().map(place).collect();
        let (Some(low), Some(high)) = (places.iter().min(), places.iter().max()) else { return Vec::new() };
        let name = |place: i64| match place {
            0 => "0".to_owned(),
            1 => format!("0…+{step}"),
            2.. => format!("+{}…+{}", (place - 1) * step, place * step),
            -1 => format!("−{step}…0"),
            _ => format!("−{}…−{}", -place * step, (-place - 1) * step),
        };
        let sign = |place: i64| i32::try_from(place.signum()).unwrap_or(0);
        let count = |place: i64| places.iter().filter(|other| **other == place).count();
        (*low..=*high).map(|place| (name(place), sign(place), count(place))).collect()
    }
}
