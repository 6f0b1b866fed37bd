//! 权重表: the children weighed by the row that names those that apply.

use heng_model::{
    ExprId, NodeId, Number, Value,
    expr::{WeightRow, Weights},
    scorecard::Role,
    value::Fault,
};

use crate::{
    arith,
    engine::{Engine, ordinal},
    frame::Scope,
    halt::{Eval, Site},
    letters::child_scope,
};

impl Engine<'_> {
    /// Computes a 权重表.
    pub fn weights(&mut self, table: &Weights, scope: &Scope, site: Site) -> Eval {
        let applying = self.applying(scope.frame.node, site)?;
        let found = table.rows.iter().enumerate().find(|(_, row)| names(row, &applying));
        match (found, table.other) {
            (Some((position, row)), _) => {
                let site = Site { id: site.id, at: row.at };
                self.recorded(Role::Band(ordinal(position)), None, |engine| engine.weigh(table.of, row, scope, site))
            }
            (None, Some(other)) => self.part(Role::Band(ordinal(table.rows.len())), other, &scope.settling(false)),
            (None, None) => Err(site.fault(Fault::NoWeights)),
        }
    }

    /// The sum of what the row weighs.
    fn weigh(&mut self, of: Option<ExprId>, row: &WeightRow, scope: &Scope, site: Site) -> Eval {
        let mut sum = Number::ZERO;
        for (position, (child, weight)) in row.children.iter().zip(&row.weights).enumerate() {
            let weight = self.number(position, *weight, scope, site)?;
            let (value, whole) = match of {
                None => (self.share_of_child(*child, site)?, Some(&scope.frame.full)),
                Some(of) => match self.part(Role::Child(*child), of, &child_scope(scope, *child))? {
                    Value::Number(value) => (value, None),
                    _ => return Err(site.misfit()),
                },
            };
            let part = &weight * &value;
            sum = &sum + &whole.map_or(part.clone(), |whole| &part * whole);
        }
        self.sized(sum, site)
    }

    /// The share of its full marks that a child reached.
    fn share_of_child(&mut self, child: NodeId, site: Site) -> Eval<Number> {
        let points = self.points(child);
        self.show(Role::Child(child), None, &Ok(Value::Number(points.clone())), Vec::new());
        let full = self.program.node(child).map(|node| node.full.clone()).ok_or_else(|| site.misfit())?;
        arith::divide(&points, &full).map_err(|fault| site.fault(fault))
    }
}

/// Whether a row names exactly these children.
fn names(row: &WeightRow, applying: &[NodeId]) -> bool {
    row.children.len() == applying.len() && applying.iter().all(|child| row.children.contains(child))
}
