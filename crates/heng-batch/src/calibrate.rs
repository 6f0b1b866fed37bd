//! Which line gives a stated share: so many of all departments shall stand on or above it.

use heng_model::Number;

/// A share that is asked for, and the lines that come nearest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The grade, as it was asked for.
    pub name: String,
    /// The share on or above the line, grades above it counted in.
    pub share: Number,
    /// The highest line that reaches the share, and how many reach it.
    pub least: Option<(Number, usize)>,
    /// The lowest line that does not go beyond the share, and how many reach it.
    pub most: Option<(Number, usize)>,
    /// The line in whole points that comes nearest, the lower of two.
    pub whole: Option<(Number, usize)>,
}

/// Finds the lines for shares that come one below the other: 优 20%, 良 50% puts the line of 良 where 70 % stand above it.
#[must_use]
pub fn lines(totals: &[Number], wanted: &[(String, Number)]) -> Vec<Line> {
    let mut sorted: Vec<&Number> = totals.iter().collect();
    sorted.sort();
    let count = Number::from(sorted.len());
    let above = |at: &Number| sorted.len() - sorted.partition_point(|total| *total < at);
    let mut share = Number::ZERO;
    let mut found = Vec::new();
    for (name, part) in wanted {
        share = &share + part;
        let aim = &share * &count;
        let mut steps: Vec<(Number, usize)> = sorted.iter().map(|at| ((*at).clone(), above(at))).collect();
        steps.dedup();
        let least = steps.iter().rev().find(|(_, on)| Number::from(*on) >= aim).cloned();
        let most = steps.iter().find(|(_, on)| Number::from(*on) <= aim).cloned();
        found.push(Line { name: name.clone(), share: share.clone(), least, most, whole: whole(&steps, &aim, &above) });
    }
    found
}

fn whole(steps: &[(Number, usize)], aim: &Number, above: &dyn Fn(&Number) -> usize) -> Option<(Number, usize)> {
    let (low, high) = (steps.first()?.0.floor().to_i64()?, steps.last()?.0.ceil().to_i64()?);
    let off = |at: i64| (&Number::from(above(&Number::from(at))) - aim).abs();
    let best = (low..=high).min_by(|a, b| off(*a).cmp(&off(*b)))?;
    Some((Number::from(best), above(&Number::from(best))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_are_on_one_side_or_the_other_and_never_split() {
        let totals: Vec<Number> = [95, 90, 90, 90, 80, 70, 60, 60, 50, 40].map(Number::from).to_vec();
        let part = |per_cent| Number::ratio(per_cent, 100).unwrap();
        let found = lines(&totals, &[("优".to_owned(), part(20)), ("良".to_owned(), part(30))]);
        assert_eq!(found[0].least, Some((Number::from(90), 4)));
        assert_eq!(found[0].most, Some((Number::from(95), 1)));
        assert_eq!(found[0].whole, Some((Number::from(91), 1)));
        assert_eq!(found[1].share, part(50));
        assert_eq!(found[1].least, Some((Number::from(80), 5)));
        assert_eq!(found[1].most, Some((Number::from(80), 5)));
        assert!(lines(&[], &[("优".to_owned(), part(20))])[0].least.is_none());
    }
}
