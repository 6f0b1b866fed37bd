//! Scores as they were written, read again and put in order: ranking, distributions by group and by region, self-scores
//! against what was computed. Scoring does not know of it, and it does not score.

pub mod book;
pub mod page;

use heng_model::{NodeId, Number, Program};

use crate::{rows::Rejected, rows::Sheet, totals::places};

/// Which columns of the scores are what.
#[derive(Clone, Debug, Default)]
pub struct Columns<'a> {
    /// How many columns name the department; the scores follow.
    pub keys: usize,
    /// The column by which departments are put together, such as 地区.
    pub by: Option<&'a str>,
    /// The column of the score that the department gave itself.
    pub own: Option<&'a str>,
}

/// A department.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name.
    pub key: String,
    /// Its place by total: equal totals share a place, the next is left out.
    pub place: Option<usize>,
    /// The total and the points of each group; none where they are open.
    pub points: Vec<Option<Number>>,
    /// The grade.
    pub grade: String,
    /// The status.
    pub status: String,
    /// The region.
    pub by: String,
    /// The score it gave itself; none where it gave none.
    pub own: Option<Number>,
}

impl Row {
    /// The total; none while it is open.
    #[must_use]
    pub fn total(&self) -> Option<&Number> {
        self.points.first()?.as_ref()
    }

    /// What was computed less what it gave itself.
    #[must_use]
    pub fn off(&self) -> Option<Number> {
        Some(self.total()? - self.own.as_ref()?)
    }
}

/// The total or a group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its full marks.
    pub full: Number,
}

/// All departments.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The title of the rules.
    pub title: String,
    /// The total, then the groups below it.
    pub groups: Vec<Group>,
    /// The departments: by place, then those that are open.
    pub rows: Vec<Row>,
    /// The name of the column by which departments are put together.
    pub by: Option<String>,
    /// Whether departments gave themselves scores.
    pub has_own: bool,
    /// The rows set aside.
    pub rejects: Vec<Rejected>,
}

/// How numbers lie: least, lower quartile, median, upper quartile, most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many there are.
    pub count: usize,
    /// Their mean.
    pub mean: Number,
    /// The five numbers.
    pub five: [Number; 5],
}

impl Spread {
    /// How these numbers lie; none where there are none. A quartile is one of the numbers, the lower of two.
    #[must_use]
    pub fn of(mut numbers: Vec<Number>) -> Option<Spread> {
        numbers.sort();
        let last = numbers.len().checked_sub(1)?;
        let at = |quarter: usize| numbers.get(last * quarter / 4).cloned();
        let five = [at(0)?, at(1)?, at(2)?, at(3)?, at(4)?];
        let mean = numbers.iter().cloned().sum::<Number>().checked_div(&Number::from(numbers.len()))?;
        Some(Spread { count: numbers.len(), mean, five })
    }
}

impl Overview {
    /// Reads scores that `heng batch` wrote of these rules.
    #[must_use]
    pub fn new(program: &Program, scores: &Sheet, columns: &Columns<'_>, rejects: Vec<Rejected>) -> Overview {
        let nodes: Vec<(NodeId, &heng_model::program::Node)> = program.tree().collect();
        let shown: Vec<usize> = (0..nodes.len())
            .filter(|at| nodes.get(*at).is_some_and(|(id, node)| id.0 == 0 || node.parent == Some(NodeId(0))))
            .collect();
        let group =
            |at: &usize| nodes.get(*at).map(|(_, node)| Group { name: node.name.to_string(), full: node.full.clone() });
        let groups = shown.iter().filter_map(group).collect();
        let position = |name: Option<&str>| {
            name.and_then(|name| scores.heads.iter().take(columns.keys).position(|head| head.trim() == name))
        };
        let (by, own) = (position(columns.by), position(columns.own));
        let row = |cells: &Vec<String>| {
            let cell = |at: usize| cells.get(at).map_or("", String::as_str);
            let end = columns.keys + nodes.len();
            let names = (0..columns.keys).filter(|at| Some(*at) != own && Some(*at) != by);
            Row {
                key: names.map(cell).collect::<Vec<_>>().join(" "),
                place: None,
                points: shown.iter().map(|at| number(cell(columns.keys + at))).collect(),
                grade: cell(end).to_owned(),
                status: cell(end + 1).to_owned(),
                by: by.map(cell).unwrap_or_default().trim().to_owned(),
                own: own.and_then(|own| number(cell(own))),
            }
        };
        let mut rows: Vec<Row> = scores.rows.iter().map(|one| row(&one.cells)).collect();
        let totals: Vec<Option<Number>> = rows.iter().map(|row| row.total().cloned()).collect();
        for (row, place) in rows.iter_mut().zip(places(&totals)) {
            row.place = place;
        }
        // Those of one place stay in the order of the file.
        rows.sort_by_key(|row| row.place.unwrap_or(usize::MAX));
        let title = program.root().map(|root| root.name.to_string()).unwrap_or_default();
        let by = by.and_then(|by| scores.heads.get(by)).cloned();
        Overview { title, groups, rows, by, has_own: own.is_some(), rejects }
    }

    /// How the points of a group lie, over the departments that `which` lets through.
    pub fn spread(&self, group: usize, which: impl Fn(&Row) -> bool) -> Option<Spread> {
        let rows = self.rows.iter().filter(|row| which(row));
        Spread::of(rows.filter_map(|row| row.points.get(group)?.clone()).collect())
    }

    /// The regions, in the order in which they are first met by name.
    #[must_use]
    pub fn regions(&self) -> Vec<&str> {
        let mut regions: Vec<&str> = self.rows.iter().map(|row| row.by.as_str()).collect();
        regions.sort_unstable();
        regions.dedup();
        if self.by.is_some() { regions } else { Vec::new() }
    }

    /// The grades with how many have them, those of the best first.
    #[must_use]
    pub fn grades(&self) -> Vec<(&str, usize)> {
        let mut found: Vec<(&str, usize)> = Vec::new();
        for row in self.rows.iter().filter(|row| !row.grade.is_empty()) {
            match found.iter_mut().find(|(grade, _)| *grade == row.grade) {
                Some((_, count)) => *count += 1,
                None => found.push((&row.grade, 1)),
            }
        }
        found
    }

    /// The totals in ten stretches of full marks: how many lie in each; full marks belong to the last.
    #[must_use]
    pub fn tenths(&self) -> Vec<usize> {
        let mut counts = vec![0usize; 10];
        let full = self.groups.first().map_or(&Number::ONE, |group| &group.full);
        for total in self.rows.iter().filter_map(Row::total) {
            let tenth =
                (total * &Number::from(10)).checked_div(full).and_then(|share| share.floor().to_i64()).unwrap_or(0);
            let at = usize::try_from(tenth.clamp(0, 9)).unwrap_or(0);
            counts.get_mut(at).into_iter().for_each(|count| *count += 1);
        }
        counts
    }

    /// Those whose own score is not what was computed, the farthest off first.
    #[must_use]
    pub fn off(&self) -> Vec<(&Row, Number)> {
        let mut found: Vec<(&Row, Number)> =
            self.rows.iter().filter_map(|row| Some((row, row.off()?))).filter(|(_, off)| !off.is_zero()).collect();
        found.sort_by_key(|(_, off)| std::cmp::Reverse(off.abs()));
        found
    }
}

/// A score as it was written; `≈` stands before one that is no short decimal.
fn number(text: &str) -> Option<Number> {
    Number::parse_decimal(text.trim().trim_start_matches('≈').trim_end_matches('分'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_numbers() {
        let spread = Spread::of([5, 1, 4, 2, 3].map(Number::from).to_vec()).unwrap();
        assert_eq!(spread.five, [1, 2, 3, 4, 5].map(Number::from));
        assert_eq!((spread.count, spread.mean), (5, Number::from(3)));
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
