//! 名次, 百分位, 标准分, 同组平均 …: every unit is asked anew for its value, and the values are
//! counted one by one.

use heng_model::{
    Facts, NodeId,
    peer::{Order, Peer, PeerOp, Ties},
};
use num_rational::BigRational;
use num_traits::Zero;

use crate::{
    endless,
    fold::aggregate,
    fraction::{count, fraction, quotient, whole},
    place::{Place, World},
    value::{FAULT, Halt, Plain, Yield},
};

impl<'a> Place<'a> {
    /// What a value is among those of the peers.
    pub fn peer(&self, peer: &Peer) -> Yield<Plain> {
        let units = self.world.peers.ok_or(FAULT)?;
        let key = self.home(peer, self.world.facts).key(peer)?;
        let own = match peer.op {
            PeerOp::Rank(..) | PeerOp::Percentile | PeerOp::Standard => {
                Some(self.home(peer, self.world.facts).number(peer.value)?)
            }
            _ => None,
        };
        let mut values = Vec::new();
        for unit in units {
            let there = self.home(peer, unit);
            match there.key(peer) {
                Ok(other) if other == key => {}
                Err(Halt::Beyond) => return Err(Halt::Beyond),
                _ => continue,
            }
            match there.number(peer.value) {
                Ok(value) => values.push(value),
                Err(Halt::Beyond) => return Err(Halt::Beyond),
                Err(_) => {}
            }
        }
        asked(peer.op, own, values).map(Plain::Number)
    }

    /// The indicator in which a peer function is written, for the facts of a unit.
    fn home(&self, peer: &Peer, facts: &'a Facts) -> Place<'a> {
        let world = World { facts, ..self.world };
        let full = world.program.node(peer.node).map_or_else(|| whole(0), |node| fraction(&node.full));
        let place = Place::of_node(world, peer.node, full);
        match peer.node {
            NodeId(0) => Place { total: place.score_of(NodeId(0)).and_then(Plain::number).ok(), ..place },
            _ => place,
        }
    }

    fn key(&self, peer: &Peer) -> Yield<Option<Plain>> {
        peer.group.map(|group| self.eval(group)).transpose()
    }
}

/// What is asked of the values.
fn asked(op: PeerOp, own: Option<BigRational>, values: Vec<BigRational>) -> Yield<BigRational> {
    let how_many = |holds: &dyn Fn(&BigRational) -> bool| values.iter().filter(|value| holds(value)).count();
    match (op, own) {
        (PeerOp::Rank(order, ties), Some(own)) => {
            let better = |value: &BigRational| match order {
                Order::HighestFirst => *value > own,
                Order::LowestFirst => *value < own,
            };
            let before = how_many(&better);
            Ok(match ties {
                Ties::Skip => count(before + 1),
                Ties::Dense => {
                    let mut distinct: Vec<&BigRational> = values.iter().filter(|value| better(value)).collect();
                    distinct.sort();
                    distinct.dedup();
                    count(distinct.len() + 1)
                }
                Ties::Mean => {
                    let same = how_many(&|value| *value == own);
                    (count(before + 1) + count(before + same)) / whole(2)
                }
            })
        }
        (PeerOp::Percentile, Some(own)) => {
            let others = values.len().checked_sub(1).ok_or(FAULT)?;
            quotient(&count(how_many(&|value| *value < own)), &count(others)).ok_or(FAULT)
        }
        (PeerOp::Standard, Some(own)) => {
            let mean = aggregate(heng_model::expr::FoldOp::Mean, values.clone(), &[])?;
            let squares: BigRational = values.iter().map(|value| (value - &mean) * (value - &mean)).sum();
            let variance = squares / count(values.len());
            if variance.is_zero() {
                return Err(FAULT);
            }
            quotient(&(own - mean), &endless::root(&variance, 2).ok_or(FAULT)?).ok_or(FAULT)
        }
        (PeerOp::Count, _) => Ok(count(values.len())),
        (PeerOp::Mean, _) => aggregate(heng_model::expr::FoldOp::Mean, values, &[]),
        (PeerOp::Median, _) => aggregate(heng_model::expr::FoldOp::Median, values, &[]),
        (PeerOp::Max, _) => values.into_iter().max().ok_or(FAULT),
        (PeerOp::Min, _) => values.into_iter().min().ok_or(FAULT),
        (_, None) => Err(Halt::Beyond),
    }
}
