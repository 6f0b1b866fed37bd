//! Every department of a sheet scored, in memory: what ranking, sensitivity and calibration start from.

use heng_data::Refused;
use heng_diag::Diagnostic;
use heng_model::{Facts, Name, Number};

use crate::{
    peers::among,
    rows::{Rejected, Row, Sheet},
    run::Rules,
    side::by_side,
    table::Table,
};

/// A department with its facts.
#[derive(Clone, Debug)]
pub struct Read {
    /// Its key.
    pub key: String,
    /// Its facts.
    pub facts: Facts,
}

/// What a department came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// The points of every node, in the order of the program; none where they are open.
    pub points: Vec<Option<Number>>,
    /// The grade.
    pub grade: Option<Name>,
}

impl Scored {
    /// The total; none while it is open.
    #[must_use]
    pub fn total(&self) -> Option<&Number> {
        self.points.first()?.as_ref()
    }
}

/// Reads the facts of every row; what cannot be read is set aside.
///
/// # Errors
/// Findings about the heads.
pub fn read(rules: Rules<'_>, sheet: &Sheet, keys: &[String]) -> Result<(Vec<Read>, Vec<Rejected>), Vec<Diagnostic>> {
    let table = Table::new(&rules.program.schema, sheet.heads.clone(), keys)?;
    let (mut found, mut rejects) = (Vec::new(), sheet.rejects.clone());
    for Row { row, cells } in &sheet.rows {
        match table.layout.facts(&Name::from(""), 0, cells) {
            Ok(facts) => found.push(Read { key: table.key(cells), facts }),
            Err(refused) => {
                rejects.extend(refused.iter().map(|one: &Refused| Rejected::of(*row, one, &sheet.heads)));
            }
        }
    }
    rejects.sort_by_key(|one| one.row);
    Ok((found, rejects))
}

/// Scores departments, in their order; among each other, where the rules ask for it.
#[must_use]
pub fn score(rules: Rules<'_>, departments: &[Read], threads: usize) -> Vec<Scored> {
    let units: Vec<&Facts> = departments.iter().map(|read| &read.facts).collect();
    let peers = among(rules, &units, threads);
    let rules = Rules { peers: peers.as_ref(), ..rules };
    let one = |read: &Read| {
        let card = rules.score(&read.facts);
        let points = card.nodes.iter().map(|score| score.outcome.points().cloned()).collect();
        Scored { points, grade: card.grade }
    };
    by_side(departments, threads, one)
}

/// The place of each total, from 1: equal totals share a place and the next is left out; none where the total is
/// open.
#[must_use]
pub fn places(totals: &[Option<Number>]) -> Vec<Option<usize>> {
    let mut sorted: Vec<&Number> = totals.iter().flatten().collect();
    sorted.sort_by(|a, b| b.cmp(a));
    let place = |total: &Option<Number>| {
        let total = total.as_ref()?;
        Some(sorted.partition_point(|other| *other > total) + 1)
    };
    totals.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_totals_share_a_place_and_the_next_is_left_out() {
        let totals = [Some(90), Some(95), None, Some(90), Some(80)].map(|total| total.map(Number::from));
        assert_eq!(places(&totals), [Some(2), Some(1), None, Some(2), Some(4)]);
    }
}
