//! 同组: what a value of one unit is among the values of all units that are scored together. Such a
//! value exists only where many units are scored in one run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ExprId, NodeId, Number, Program, Value, expr::ExprKind};

/// 名次, 百分位, 标准分, 同组平均 …
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// What is asked of the peers.
    pub op: PeerOp,
    /// The value that every unit gives. It is read as the indicator reads it in which it is written.
    pub value: ExprId,
    /// 同组 按: units with the same key are peers; without one, all units are.
    pub group: Option<ExprId>,
    /// The indicator in which it is written; the pack's for what belongs to no indicator.
    pub node: NodeId,
}

/// What is asked of the peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeerOp {
    /// 名次: the place of the own value, from 1.
    Rank(Order, Ties),
    /// 百分位: the share of the other peers whose value is smaller.
    Percentile,
    /// 标准分: how many standard deviations (of all peers) the own value lies above their mean.
    Standard,
    /// 同组个数: how many peers have a value.
    Count,
    /// 同组平均.
    Mean,
    /// 同组中位数.
    Median,
    /// 同组最大.
    Max,
    /// 同组最小.
    Min,
}

/// Which value has the first place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// 从高到低: the largest.
    HighestFirst,
    /// 从低到高: the smallest.
    LowestFirst,
}

/// What equal values do to the places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// 并列占位: 1, 2, 2, 4. Equal values share the best of their places and take up all of them.
    Skip,
    /// 并列不占位: 1, 2, 2, 3. The next value has the next place.
    Dense,
    /// 并列平均: 1, 2.5, 2.5, 4. Equal values share the mean of their places.
    Mean,
}

impl PeerOp {
    /// Whether the own value is looked at, and not only those of the peers.
    #[must_use]
    pub fn reads_own(self) -> bool {
        matches!(self, PeerOp::Rank(..) | PeerOp::Percentile | PeerOp::Standard)
    }
}

impl Program {
    /// The places where peers are asked, in the order of expressions.
    pub fn peers(&self) -> impl Iterator<Item = (ExprId, &Peer)> {
        (0u32..).map(ExprId).zip(&self.exprs).filter_map(|(id, expr)| match &expr.kind {
            ExprKind::Peer(peer) => Some((id, peer)),
            _ => None,
        })
    }

    /// Whether the pack can be scored only where many units are scored in one run.
    #[must_use]
    pub fn needs_peers(&self) -> bool {
        self.peers().next().is_some()
    }
}

/// What one unit gives to a place where peers are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The key of its group: the empty key where there are no groups. Without a key the unit belongs
    /// to no group.
    pub group: Option<String>,
    /// Its value, where it has one.
    pub value: Option<Number>,
}

/// The key of a group: what the expression behind 同组 按 came to.
#[must_use]
pub fn group_key(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Date(date) => Some(date.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// The values of all units of a run, for every place where peers are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peers {
    places: BTreeMap<u32, BTreeMap<String, Group>>,
}

/// The values of one group, equal ones counted once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The distinct values in ascending order, with how many units have each.
    values: Vec<(Number, u64)>,
    /// Units without a value.
    left_out: u64,
    /// How many units have a smaller value than each of the distinct ones.
    #[serde(skip)]
    below: Vec<u64>,
    #[serde(skip)]
    sum: Number,
    #[serde(skip)]
    squares: Number,
}

/// Where a value stands in its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Units with a smaller value.
    pub below: u64,
    /// Units with the same value, the unit itself among them.
    pub same: u64,
    /// Units with a larger value.
    pub above: u64,
    /// Distinct values that are smaller.
    pub steps_below: u64,
    /// Distinct values that are larger.
    pub steps_above: u64,
}

impl Peers {
    /// Takes in what a unit gives; [`Peers::seal`] makes it readable.
    pub fn add(&mut self, place: ExprId, given: Given) {
        let Some(key) = given.group else { return };
        let group = self.places.entry(place.0).or_default().entry(key).or_default();
        match given.value {
            Some(value) => group.values.push((value, 1)),
            None => group.left_out += 1,
        }
    }

    /// Sorts what was taken in.
    pub fn seal(&mut self) {
        self.places.values_mut().flat_map(BTreeMap::values_mut).for_each(Group::seal);
    }

    /// Takes in the places of another layer.
    pub fn absorb(&mut self, other: Peers) {
        self.places.extend(other.places);
    }

    /// The group of a key at a place.
    #[must_use]
    pub fn group(&self, place: ExprId, key: &str) -> Option<&Group> {
        self.places.get(&place.0)?.get(key)
    }
}

impl Group {
    fn seal(&mut self) {
        self.values.sort();
        self.values.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        let mut below = 0;
        self.below.clear();
        for (_, count) in &self.values {
            self.below.push(below);
            below += count;
        }
        let times = |(value, count): &(Number, u64)| value * &Number::from(*count);
        self.sum = self.values.iter().map(times).sum();
        self.squares = self.values.iter().map(|(value, count)| value * &times(&(value.clone(), *count))).sum();
    }

    /// How many units have a value.
    #[must_use]
    pub fn counted(&self) -> u64 {
        self.values.iter().map(|(_, count)| count).sum()
    }

    /// How many units have none.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Where `value` stands; none when no unit has it.
    #[must_use]
    pub fn standing(&self, value: &Number) -> Option<Standing> {
        let place = self.values.binary_search_by(|(known, _)| known.cmp(value)).ok()?;
        let (below, same) = (*self.below.get(place)?, self.values.get(place)?.1);
        Some(Standing {
            below,
            same,
            above: self.counted() - below - same,
            steps_below: place as u64,
            steps_above: (self.values.len() - place - 1) as u64,
        })
    }

    /// The mean of the values; none where there are none.
    #[must_use]
    pub fn mean(&self) -> Option<Number> {
        self.sum.checked_div(&Number::from(self.counted()))
    }

    /// The variance of the values, over all of them.
    #[must_use]
    pub fn variance(&self) -> Option<Number> {
        let mean = self.mean()?;
        let squares = self.squares.checked_div(&Number::from(self.counted()))?;
        Some(&squares - &(&mean * &mean))
    }

    /// The value in the middle; of an even number the mean of the two.
    #[must_use]
    pub fn median(&self) -> Option<Number> {
        let count = self.counted();
        let (low, high) = (self.at(count.checked_sub(1)? / 2)?, self.at(count / 2)?);
        (low + high).checked_div(&Number::from(2))
    }

    /// The n-th value from below, from 0.
    fn at(&self, place: u64) -> Option<&Number> {
        let run = self.below.partition_point(|below| *below <= place).checked_sub(1)?;
        self.values.get(run).map(|(value, _)| value)
    }

    /// The smallest value.
    #[must_use]
    pub fn min(&self) -> Option<&Number> {
        self.values.first().map(|(value, _)| value)
    }

    /// The largest value.
    #[must_use]
    pub fn max(&self) -> Option<&Number> {
        self.values.last().map(|(value, _)| value)
    }
}

impl Standing {
    /// The place among the units.
    #[must_use]
    pub fn rank(&self, order: Order, ties: Ties) -> Number {
        let (before, steps) = match order {
            Order::HighestFirst => (self.above, self.steps_above),
            Order::LowestFirst => (self.below, self.steps_below),
        };
        match ties {
            Ties::Skip => Number::from(before + 1),
            Ties::Dense => Number::from(steps + 1),
            Ties::Mean => &Number::from(before + 1) + &(&Number::from(self.same - 1) * &Number::scaled(5, 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(values: &[i64], left_out: u64) -> Group {
        let mut peers = Peers::default();
        let given = |value| Given { group: Some(String::new()), value };
        values.iter().for_each(|value| peers.add(ExprId(7), given(Some(Number::from(*value)))));
        (0..left_out).for_each(|_| peers.add(ExprId(7), given(None)));
        peers.add(ExprId(7), Given { group: None, value: Some(Number::from(99)) });
        peers.seal();
        peers.group(ExprId(7), "").unwrap().clone()
    }

    #[test]
    fn ties() {
        let group = group(&[70, 90, 80, 80], 1);
        let rank = |value: i64, order, ties| group.standing(&Number::from(value)).unwrap().rank(order, ties);
        let half = Number::scaled(25, 1);
        for (value, order, ties, wanted) in [
            (90, Order::HighestFirst, Ties::Skip, Number::ONE),
            (80, Order::HighestFirst, Ties::Skip, Number::from(2)),
            (70, Order::HighestFirst, Ties::Skip, Number::from(4)),
            (70, Order::HighestFirst, Ties::Dense, Number::from(3)),
            (80, Order::HighestFirst, Ties::Mean, half.clone()),
            (70, Order::LowestFirst, Ties::Skip, Number::ONE),
            (80, Order::LowestFirst, Ties::Mean, half),
            (90, Order::LowestFirst, Ties::Skip, Number::from(4)),
            (90, Order::LowestFirst, Ties::Dense, Number::from(3)),
        ] {
            assert_eq!(rank(value, order, ties), wanted, "{value} {order:?} {ties:?}");
        }
        assert_eq!((group.counted(), group.left_out()), (4, 1));
        assert_eq!(group.standing(&Number::from(99)), None);
    }

    #[test]
    fn middle_and_spread() {
        let odd = group(&[1, 1, 4], 0);
        assert_eq!(odd.median(), Some(Number::ONE));
        assert_eq!((odd.mean(), odd.variance()), (Some(Number::from(2)), Some(Number::from(2))));
        assert_eq!(group(&[1, 1, 4, 6], 0).median(), Some(Number::scaled(25, 1)));
        assert_eq!((odd.min(), odd.max()), (Some(&Number::ONE), Some(&Number::from(4))));
        let none = group(&[], 2);
        assert_eq!((none.median(), none.mean(), none.min()), (None, None, None));
    }

    #[test]
    fn peers_that_were_stored_are_the_same() {
        let mut peers = Peers::default();
        for value in [3, 1, 2, 2] {
            peers.add(ExprId(1), Given { group: Some("东".to_owned()), value: Some(Number::from(value)) });
        }
        peers.seal();
        let text = serde_json::to_string(&peers).unwrap();
        let mut back: Peers = serde_json::from_str(&text).unwrap();
        back.seal();
        assert_eq!(back, peers);
    }
}
