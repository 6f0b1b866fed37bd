//! 权重表 as a sentence.

use heng_model::{
    expr::{WeightRow, Weights},
    program::NodeKind,
};

use super::Sayer;
use crate::wording;

impl Sayer<'_, '_> {
    pub(super) fn weights(&mut self, table: &Weights) -> String {
        let lang = self.phrase.lang;
        let what = table.of.map(|of| self.amount(of));
        let mut clauses = vec![wording::weighed(lang, what.as_deref())];
        clauses.extend(table.rows.iter().map(|row| self.weight_row(row)).collect::<Vec<_>>());
        if let Some(other) = table.other {
            let result = self.result(other);
            clauses.push(wording::clause(lang, self.word(wording::ANY_OTHER_CASE), &result));
        }
        clauses.join(self.word(wording::SEMICOLON))
    }

    fn weight_row(&mut self, row: &WeightRow) -> String {
        let lang = self.phrase.lang;
        let listed = self.word(wording::LISTED);
        let names: Vec<&str> = row.children.iter().map(|child| self.phrase.node_name(*child)).collect();
        let left = wording::applying(lang, (!self.is_whole(row)).then(|| names.join(listed)).as_deref());
        let weights = row.weights.iter().map(|weight| self.written(*weight)).collect::<Vec<_>>();
        let parts = names.iter().zip(&weights).map(|(name, weight)| wording::weighs(lang, name, weight));
        let parts: Vec<_> = parts.collect();
        wording::clause(lang, &left, &parts.join(listed))
    }

    /// Whether a row names all children.
    fn is_whole(&self, row: &WeightRow) -> bool {
        let program = self.phrase.program;
        let first = row.children.first().and_then(|child| program.node(*child));
        let siblings = first.and_then(|child| program.node(child.parent?)).map(|parent| parent.children.as_slice());
        let indicator = |id: &&heng_model::NodeId| program.node(**id).is_some_and(|it| it.kind == NodeKind::Indicator);
        siblings.unwrap_or_default().iter().filter(indicator).all(|child| row.children.contains(child))
    }
}
