//! How the children were weighed.

use heng_model::{
    Value, Verdict,
    expr::{WeightRow, Weights},
    scorecard::{Role, Step},
};

use crate::{reason::child_of, teller::Teller, wording};

impl Teller<'_> {
    /// `“丙”不适用；甲 8分（满分10分）占60%，乙 18分（满分20分）占40%`.
    pub fn how_weights(&self, table: &Weights, step: &Step) -> String {
        let inapplicable = |part: &&Step| matches!(part.value, Value::Verdict(Verdict::NotApplicable, _));
        let out: Vec<&str> = step
            .parts
            .iter()
            .filter(inapplicable)
            .filter_map(child_of)
            .map(|child| self.phrase.node_name(child))
            .collect();
        let mut clauses = Vec::new();
        if !out.is_empty() {
            clauses.push(wording::left_out(self.lang, &out.join(self.word(wording::LISTED))));
        }
        match self.weighing_row(table, step) {
            Some((row, part)) => clauses.push(self.weighed(table, row, part)),
            None => clauses.push(self.phrase.step_value(step)),
        }
        clauses.join(self.word(wording::SEMICOLON))
    }

    /// The row that was taken, and its step.
    pub fn weighing_row<'b, 's>(&self, table: &'b Weights, step: &'s Step) -> Option<(&'b WeightRow, &'s Step)> {
        step.parts.iter().find_map(|part| match part.role {
            Role::Band(position) => Some((table.rows.get(position as usize)?, part)),
            _ => None,
        })
    }

    fn weighed(&self, table: &Weights, row: &WeightRow, step: &Step) -> String {
        let mut parts = Vec::new();
        for (child, weight) in row.children.iter().zip(&row.weights) {
            let value = step.parts.iter().find(|part| child_of(part) == Some(*child));
            let value = value.map(|part| self.phrase.step_value(part)).unwrap_or_default();
            let full = table
                .of
                .is_none()
                .then(|| self.sheet.program.node(*child))
                .flatten()
                .map(|child| self.phrase.number(&child.full, heng_model::Quantity::Points));
            let weight = self.phrase.expr(*weight);
            parts.push(wording::weighs(self.lang, self.phrase.node_name(*child), &value, full.as_deref(), &weight));
        }
        parts.join(self.word(wording::COMMA))
    }
}
