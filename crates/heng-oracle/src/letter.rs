//! Letters of indicators: read one by one, as a sorted list, or child by child.

use heng_model::{
    ExprId, ExprKind, FieldId, Name, NodeId, Verdict,
    expr::{BandCell, Fold, FoldOp},
    program::{Inapplicable, NodeKind},
};

use num_rational::BigRational;

use crate::{
    Beyond, Outcome,
    fold::aggregate,
    fraction::{count, fraction, quotient, whole},
    place::{Place, World},
    value::{FAULT, Halt, Plain, Yield},
};

/// Stands for the table of the children, whose rows are their ids.
pub const CHILDREN: FieldId = FieldId(u32::MAX);

impl World<'_> {
    /// The letter of a node, where it has one and is decided.
    pub fn letter(&self, id: NodeId) -> Result<Option<Name>, Beyond> {
        let node = self.program.node(id).ok_or(Beyond)?;
        // A group without a letter of its own may be given one by a 当 line.
        if node.grade.is_none() && !node.pointless {
            return Ok(None);
        }
        match (self.outcome(id)?, node.grade) {
            (Outcome::Graded(letter), _) => Ok(letter),
            (Outcome::Score(_), Some(grade)) => match Place::of_node(*self, id, fraction(&node.full)).eval(grade) {
                Ok(Plain::Text(letter)) => Ok(Some(letter)),
                Err(Halt::Beyond) => Err(Beyond),
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// The parts of a profile; none where a node is none.
    pub fn profile(&self, id: NodeId) -> Result<Vec<BigRational>, Beyond> {
        let node = self.program.node(id).ok_or(Beyond)?;
        let body = node.body.and_then(|body| self.program.body(body)).filter(|_| node.pointless);
        let Some(body) = body.filter(|_| matches!(self.outcome(id), Ok(Outcome::Graded(None)))) else {
            return Ok(Vec::new());
        };
        if self.program.expr(body.result).ok_or(Beyond)?.kind == ExprKind::Children {
            return Ok(Vec::new());
        }
        match Place::of_node(*self, id, whole(0)).eval(body.result) {
            Ok(Plain::List(parts)) => parts.into_iter().map(|part| part.number().map_err(|_| Beyond)).collect(),
            _ => Err(Beyond),
        }
    }

    /// What a node without points comes to.
    pub fn lettered(&self, id: NodeId, place: &Place<'_>, result: ExprId) -> Result<Outcome, Beyond> {
        if self.program.expr(result).ok_or(Beyond)?.kind == ExprKind::Children {
            return match place.applying_children() {
                Ok(_) => Ok(Outcome::Graded(None)),
                Err(Halt::Verdict(Verdict::NotApplicable)) => Ok(Outcome::NotApplicable),
                Err(halt) => self.unlettered(id, halt),
            };
        }
        match place.eval(result) {
            Ok(Plain::Text(letter)) => Ok(Outcome::Graded(Some(letter))),
            Ok(Plain::List(_)) => Ok(Outcome::Graded(None)),
            Ok(_) => self.unlettered(id, FAULT),
            Err(halt) => self.unlettered(id, halt),
        }
    }

    /// No letter, and why.
    pub fn unlettered(&self, id: NodeId, halt: Halt) -> Result<Outcome, Beyond> {
        let verdict = match halt {
            Halt::Beyond => return Err(Beyond),
            Halt::Verdict(verdict) => verdict,
            Halt::State(state, datum) => {
                let place = Place::of_node(*self, id, whole(0));
                place.verdict_effect(state, datum).unwrap_or(Verdict::Stop)
            }
        };
        Ok(match verdict {
            Verdict::NotApplicable => Outcome::NotApplicable,
            verdict => Outcome::Open { least: whole(0), most: whole(0), verdict },
        })
    }
}

impl Place<'_> {
    /// The children that apply, bonuses apart; an open one stops.
    pub fn applying_children(&self) -> Yield<Vec<NodeId>> {
        let node = self.world.program.node(self.node).ok_or(Halt::Beyond)?;
        let (mut applying, mut left_out, mut open) = (Vec::new(), false, None);
        for id in &node.children {
            let kind = self.world.program.node(*id).ok_or(Halt::Beyond)?.kind;
            match self.world.outcome(*id).map_err(|Beyond| Halt::Beyond)? {
                Outcome::Score(_) | Outcome::Graded(_) if kind == NodeKind::Indicator => applying.push(*id),
                Outcome::NotApplicable if kind == NodeKind::Indicator => left_out = true,
                Outcome::Open { verdict, .. } => open = open.max(Some(verdict)),
                Outcome::Unwritten => open = open.max(Some(Verdict::Stop)),
                Outcome::Score(_) | Outcome::Graded(_) | Outcome::NotApplicable => {}
            }
        }
        match (left_out, open) {
            (true, None) if applying.is_empty() => Err(Halt::Verdict(Verdict::NotApplicable)),
            (true, _) if node.inapplicable == Some(Inapplicable::Stop) => Err(FAULT),
            (_, Some(verdict)) => Err(Halt::Verdict(verdict)),
            _ => Ok(applying),
        }
    }

    /// 等级（指标）.
    pub fn grade_of(&self, id: NodeId) -> Yield<Plain> {
        match self.world.letter(id).map_err(|Beyond| Halt::Beyond)? {
            Some(letter) => Ok(Plain::Text(letter)),
            // The reason why it is not decided is that of its points.
            None => self.score_of(id).and(Err(FAULT)),
        }
    }

    /// 等级（下级）, the best first.
    pub fn letters(&self) -> Yield<Plain> {
        let mut letters = Vec::new();
        for child in self.applying_children()? {
            letters.push(self.grade_of(child)?);
        }
        let order = self.world.program.letters();
        let place = |letter: &Plain| match letter {
            Plain::Text(letter) => order.iter().position(|known| known == letter),
            _ => None,
        };
        if letters.iter().any(|letter| place(letter).is_none()) {
            return Err(FAULT);
        }
        letters.sort_by_key(place);
        Ok(Plain::List(letters))
    }

    /// The child that is being looked at.
    pub fn child(&self, up: u8) -> Yield<NodeId> {
        let index = self.rows.len().checked_sub(usize::from(up) + 1).ok_or(Halt::Beyond)?;
        match self.rows.get(index) {
            Some((CHILDREN, id)) => Ok(NodeId(*id)),
            _ => Err(Halt::Beyond),
        }
    }

    /// 下级 凡 条件: the points of those for which it holds.
    pub fn chosen_children(&self, condition: ExprId) -> Yield<Plain> {
        let mut kept = Vec::new();
        for child in self.applying_children()? {
            if self.in_row((CHILDREN, child.0)).asked(condition)? {
                kept.push(match self.world.outcome(child) {
                    Ok(Outcome::Score(points)) => Plain::Number(points),
                    _ => Plain::Number(whole(0)),
                });
            }
        }
        Ok(Plain::List(kept))
    }

    /// 占比（下级 凡 条件）.
    pub fn share_of_children(&self, condition: ExprId) -> Yield<Plain> {
        let all = self.applying_children()?.len();
        let Plain::List(kept) = self.chosen_children(condition)? else { return Err(Halt::Beyond) };
        quotient(&count(kept.len()), &count(all)).map(Plain::Number).ok_or(FAULT)
    }

    /// f（下级，式）.
    pub fn fold_each_child(&self, fold: &Fold, term: ExprId) -> Yield<Plain> {
        let (mut values, mut weights) = (Vec::new(), Vec::new());
        for child in self.applying_children()? {
            let inside = self.in_row((CHILDREN, child.0));
            values.push(inside.eval(term)?);
            if let Some(weight) = fold.weight {
                weights.push(inside.number(weight)?);
            }
        }
        if fold.at_least.is_some_and(|least| values.len() < least as usize) {
            return Err(FAULT);
        }
        if let Some(Plain::Text(_)) = values.first() {
            return self.extreme_letter(fold.op, values);
        }
        if fold.op == FoldOp::List {
            return Ok(Plain::List(values));
        }
        let values = values.into_iter().map(Plain::number).collect::<Yield<Vec<_>>>()?;
        aggregate(fold.op, values, &weights).map(Plain::Number)
    }

    /// The best letter or the worst.
    pub fn extreme_letter(&self, op: FoldOp, letters: Vec<Plain>) -> Yield<Plain> {
        let order = self.world.program.letters();
        let held = |known: &&Name| letters.contains(&Plain::Text((*known).clone()));
        let found = match op {
            FoldOp::Max => order.iter().find(held),
            FoldOp::Min => order.iter().rev().find(held),
            FoldOp::List => return Ok(Plain::List(letters)),
            _ => return Err(Halt::Beyond),
        };
        found.cloned().map(Plain::Text).ok_or(FAULT)
    }

    /// How two letters compare: the better one is the greater.
    pub fn letter_order(&self, left: &Plain, right: &Plain) -> Option<std::cmp::Ordering> {
        let (Plain::Text(left), Plain::Text(right)) = (left, right) else { return None };
        let order = self.world.program.letters();
        let place = |letter: &Name| order.iter().position(|known| known == letter);
        Some(place(right)?.cmp(&place(left)?))
    }

    /// Whether a list fits the cells of a row.
    pub fn list_fits(&self, cells: &[BandCell], list: &[Plain]) -> Yield<bool> {
        if cells.len() != list.len() {
            return Ok(false);
        }
        for (cell, value) in cells.iter().zip(list) {
            let fits = match cell {
                BandCell::Other => true,
                BandCell::OneOf(words) => {
                    let mut found = false;
                    for word in words {
                        found |= self.eval(*word)? == *value;
                    }
                    found
                }
                _ => return Err(Halt::Beyond),
            };
            if !fits {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
