//! Indicators, groups, the total, the grade.
//!
//! A group over open children is computed twice: once as if every open child came to its least, once
//! as if to its most.

use heng_model::{
    Effect, ExprId, ExprKind, Name, Node, NodeId, Verdict,
    expr::{Fold, FoldOp},
    program::{Body, BodyId, Inapplicable, NodeKind, Otherwise},
};
use num_rational::BigRational;
use num_traits::Signed;

use crate::{
    Answer, Beyond, Outcome,
    fold::aggregate,
    fraction::{count, fraction, quotient, whole},
    place::{Place, World},
    value::{FAULT, Halt, Plain, Yield},
};

type Range = (BigRational, BigRational);

/// Scores one department.
pub fn answer(world: &World<'_>) -> Result<Answer, Beyond> {
    if world.program.demands.iter().any(|asked| asked.demand.otherwise != Otherwise::Note) {
        return Err(Beyond);
    }
    let outcomes = world.program.tree().map(|(id, _)| world.outcome(id)).collect::<Result<Vec<_>, Beyond>>()?;
    let grade = match (outcomes.first(), world.program.grade) {
        (Some(Outcome::Score(total)), Some(grade)) => world.grade(total, grade)?,
        (Some(Outcome::Graded(_)), Some(grade)) => world.grade(&whole(0), grade)?,
        _ => None,
    };
    let letters = world.program.tree().map(|(id, _)| world.letter(id)).collect::<Result<Vec<_>, Beyond>>()?;
    let profiles = world.program.tree().map(|(id, _)| world.profile(id)).collect::<Result<Vec<_>, Beyond>>()?;
    Ok(Answer { outcomes, letters, profiles, grade })
}

impl<'a> World<'a> {
    /// What a node came to.
    pub fn outcome(&self, id: NodeId) -> Result<Outcome, Beyond> {
        let node = self.program.node(id).ok_or(Beyond)?;
        let Some(body_id) = node.body else { return Ok(Outcome::Unwritten) };
        let place = Place::of_node(*self, id, fraction(&node.full));
        let (place, body) = (&place, self.program.body(body_id).ok_or(Beyond)?);
        match place.gates(body) {
            Ok(None) => {}
            Ok(Some(Plain::Text(letter))) if node.pointless => return Ok(Outcome::Graded(Some(letter))),
            Ok(Some(value)) => return self.settled(id, value.number()),
            Err(halt) if node.pointless => return self.unlettered(id, halt),
            Err(halt) => return self.settled(id, Err(halt)),
        }
        let open = self.gravest_child(node)?;
        if node.pointless {
            return self.lettered(id, place, body.result);
        }
        let Some(verdict) = open else { return self.settled(id, place.number(body.result)) };
        let ends = (place.number(body.result), place.hoping().number(body.result));
        let (floor, ceiling) = self.range(node);
        Ok(match ends {
            (Err(Halt::Verdict(Verdict::NotApplicable)), _) => Outcome::NotApplicable,
            (Ok(least), Ok(most)) if self.rises(body.result) => Outcome::Open {
                least: least.max(floor.clone()).min(ceiling.clone()),
                most: most.max(floor).min(ceiling),
                verdict,
            },
            (Err(Halt::Verdict(other)), _) => {
                Outcome::Open { least: floor, most: ceiling, verdict: verdict.max(other) }
            }
            _ => Outcome::Open { least: floor, most: ceiling, verdict },
        })
    }

    /// Whether more points of a child never make fewer: the sum of the children, that within fixed
    /// limits, that rounded. Over anything else an open child leaves all points possible.
    fn rises(&self, id: ExprId) -> bool {
        let kind = |id: ExprId| self.program.expr(id).map(|expr| &expr.kind);
        match kind(id) {
            Some(ExprKind::Fold(fold)) => fold.op == FoldOp::Sum && matches!(kind(fold.over), Some(ExprKind::Children)),
            Some(ExprKind::Limit { value, bound, .. }) => {
                matches!(kind(*bound), Some(ExprKind::Literal(_) | ExprKind::FullMarks)) && self.rises(*value)
            }
            Some(ExprKind::Round { value, .. }) => self.rises(*value),
            _ => false,
        }
    }

    /// The gravest verdict among the children that are open; 待编 stops like nothing else.
    fn gravest_child(&self, node: &Node) -> Result<Option<Verdict>, Beyond> {
        let mut gravest = None;
        for child in &node.children {
            match self.outcome(*child)? {
                Outcome::Open { verdict, .. } => gravest = gravest.max(Some(verdict)),
                Outcome::Unwritten => gravest = gravest.max(Some(Verdict::Stop)),
                Outcome::Score(_) | Outcome::Graded(_) | Outcome::NotApplicable => {}
            }
        }
        Ok(gravest)
    }

    /// An outcome out of points, or out of the reason why there are none.
    fn settled(&self, id: NodeId, points: Yield<BigRational>) -> Result<Outcome, Beyond> {
        let node = self.program.node(id).ok_or(Beyond)?;
        let (least, most) = self.range(node);
        let open = |verdict| Outcome::Open { least: least.clone(), most: most.clone(), verdict };
        Ok(match points {
            Ok(points) if least <= points && points <= most => Outcome::Score(points),
            Ok(_) => open(Verdict::Stop),
            Err(Halt::Beyond) => return Err(Beyond),
            Err(Halt::Verdict(Verdict::NotApplicable)) => Outcome::NotApplicable,
            Err(Halt::Verdict(verdict)) => open(verdict),
            Err(Halt::State(state, datum)) => {
                match Place::of_node(*self, id, fraction(&node.full)).points_effect(state, datum) {
                    Effect::Zero => Outcome::Score(whole(0)),
                    Effect::Full => Outcome::Score(fraction(&node.full)),
                    Effect::Verdict(Verdict::NotApplicable) => Outcome::NotApplicable,
                    Effect::Verdict(verdict) => open(verdict),
                    Effect::AsIs | Effect::NotMet => open(Verdict::Stop),
                }
            }
        })
    }

    /// Where points may lie: 0 … full marks, a bonus between nought and its cap.
    fn range(&self, node: &Node) -> Range {
        let full = fraction(&node.full);
        (full.clone().min(whole(0)), full.max(whole(0)))
    }

    fn grade(&self, total: &BigRational, grade: ExprId) -> Result<Option<Name>, Beyond> {
        let full = self.program.root().map_or_else(|| whole(0), |root| fraction(&root.full));
        let mut place = Place::of_node(*self, NodeId(0), full);
        place.total = Some(total.clone());
        match place.eval(grade) {
            Ok(Plain::Text(grade)) => Ok(Some(grade)),
            Err(Halt::Beyond) => Err(Beyond),
            _ => Ok(None),
        }
    }
}

impl Place<'_> {
    /// The value of a body: 当, 须, result.
    pub fn run(&self, body: BodyId) -> Yield<Plain> {
        let body = self.world.program.body(body).ok_or(Halt::Beyond)?;
        match self.gates(body)? {
            Some(value) => Ok(value),
            None => self.eval(body.result),
        }
    }

    /// What 当 and 须 lines decide before the result is asked for.
    fn gates(&self, body: &Body) -> Yield<Option<Plain>> {
        match self.cases(body)? {
            Some(value) => Ok(Some(value)),
            None => self.demanded(body),
        }
    }

    fn cases(&self, body: &Body) -> Yield<Option<Plain>> {
        for case in &body.cases {
            if self.asked(case.when)? {
                return self.eval(case.then).map(Some);
            }
        }
        Ok(None)
    }

    fn demanded(&self, body: &Body) -> Yield<Option<Plain>> {
        for demand in &body.demands {
            match demand.otherwise {
                Otherwise::Note => {}
                _ if self.asked(demand.need)? => {}
                Otherwise::Verdict(verdict) => return Err(Halt::Verdict(verdict)),
                Otherwise::Value(value) => return self.eval(value).map(Some),
            }
        }
        Ok(None)
    }

    /// The score of another indicator.
    pub fn score_of(&self, id: NodeId) -> Yield<Plain> {
        match self.world.outcome(id) {
            Ok(Outcome::Score(points)) => Ok(Plain::Number(points)),
            Ok(Outcome::Graded(_)) => Err(FAULT),
            Ok(Outcome::NotApplicable) => Err(Halt::Verdict(Verdict::NotApplicable)),
            Ok(Outcome::Open { verdict, .. }) => Err(Halt::Verdict(verdict)),
            Ok(Outcome::Unwritten) => Err(Halt::Verdict(Verdict::Stop)),
            Err(Beyond) => Err(Halt::Beyond),
        }
    }

    /// The same, with every open child at its most.
    fn hoping(&self) -> Self {
        Place { hope: true, ..self.clone() }
    }

    /// The points of the children that apply, the full marks of those that do not, and the bonuses.
    fn sorted_children(&self, node: &Node) -> Yield<Sorted> {
        let mut sorted = Sorted { applying: vec![], left_out: vec![], bonus: whole(0), lettered: false };
        for id in &node.children {
            let child = self.world.program.node(*id).ok_or(Halt::Beyond)?;
            let points = match self.world.outcome(*id).map_err(|Beyond| Halt::Beyond)? {
                Outcome::Score(points) => Some(points),
                Outcome::Open { least, most, .. } => Some(if self.hope { most } else { least }),
                Outcome::Unwritten => {
                    let (least, most) = self.world.range(child);
                    Some(if self.hope { most } else { least })
                }
                Outcome::NotApplicable => None,
                // Without points there is nothing to add up, and nothing that does not apply.
                Outcome::Graded(_) => {
                    sorted.lettered = true;
                    continue;
                }
            };
            match (points, child.kind) {
                (Some(points), NodeKind::Bonus) => sorted.bonus += points,
                (None, NodeKind::Bonus) => {}
                (Some(points), _) => sorted.applying.push(points),
                (None, _) => sorted.left_out.push(fraction(&child.full)),
            }
        }
        Ok(sorted)
    }

    /// A fold over 下级, with what the group makes of children that do not apply.
    pub fn fold_children(&self, fold: &Fold) -> Yield<BigRational> {
        if fold.op == FoldOp::Count {
            return self.applying_children().map(|children| count(children.len()));
        }
        if !fold.skip.is_empty() || fold.at_least.is_some() {
            return Err(Halt::Beyond);
        }
        let node = self.world.program.node(self.node).ok_or(Halt::Beyond)?;
        let Sorted { mut applying, left_out, bonus, lettered } = self.sorted_children(node)?;
        if applying.is_empty() && !lettered && !left_out.is_empty() {
            return Err(Halt::Verdict(Verdict::NotApplicable));
        }
        let missing: BigRational = left_out.iter().sum();
        let mut factor = whole(1);
        match node.inapplicable {
            _ if left_out.is_empty() => {}
            Some(Inapplicable::Rescale) if fold.op == FoldOp::Sum => {
                let full = fraction(&node.full);
                factor = quotient(&full, &(&full - missing)).filter(|factor| !factor.is_negative()).ok_or(FAULT)?;
            }
            Some(Inapplicable::Rescale) => {}
            Some(Inapplicable::Full) => applying.extend(left_out),
            Some(Inapplicable::Zero) => applying.extend(left_out.iter().map(|_| whole(0))),
            Some(Inapplicable::Stop) | None => return Err(FAULT),
        }
        let points = aggregate(fold.op, applying, &[])?;
        Ok(if fold.op == FoldOp::Sum { points * factor + bonus } else { points })
    }
}

/// Children by what they came to.
struct Sorted {
    applying: Vec<BigRational>,
    left_out: Vec<BigRational>,
    bonus: BigRational,
    lettered: bool,
}
