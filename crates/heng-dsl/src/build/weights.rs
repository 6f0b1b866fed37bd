//! 权重表.

use pest::iterators::Pair;

use super::{Builder, operands};
use crate::{
    ast::{ExprKind, WeightRow},
    parse::Rule,
};

impl Builder<'_> {
    pub(super) fn weights(&mut self, pair: Pair<'_, Rule>) -> ExprKind {
        let (mut of, mut rows) = (None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expr => of = Some(self.expr(part)),
                Rule::weight_rows => rows = self.weight_rows(part),
                _ => {}
            }
        }
        ExprKind::Weights(of, rows)
    }

    /// The rows; one that could not be read keeps its place, without weights.
    fn weight_rows(&mut self, pair: Pair<'_, Rule>) -> Vec<WeightRow> {
        let mut rows: Vec<WeightRow> = Vec::new();
        for part in pair.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::weight_row => rows.push(self.weight_row(part)),
                Rule::bad_line => {
                    self.bad(part, Rule::weight_item);
                    rows.push(WeightRow { children: None, weights: Vec::new(), attrs: Vec::new(), span });
                }
                Rule::bad_tail => {
                    let single = self.leftover(part, rows.last().map(|row| row.span));
                    if let Some(row) = rows.last_mut().filter(|_| single) {
                        row.weights.clear();
                    }
                }
                _ => {}
            }
        }
        rows
    }

    fn weight_row(&mut self, pair: Pair<'_, Rule>) -> WeightRow {
        let span = self.span(&pair);
        let mut row = WeightRow { children: None, weights: Vec::new(), attrs: Vec::new(), span };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::weight_names => {
                    let names: Vec<_> = part.into_inner().filter(|part| part.as_rule() == Rule::name).collect();
                    let names: Vec<_> = names.iter().map(|name| self.name(name)).collect();
                    row.children = Some(names).filter(|names| !names.is_empty());
                }
                Rule::weight_list => row.weights = operands(part).map(|weight| self.expr(weight)).collect(),
                Rule::attr => row.attrs.extend(self.attr(part)),
                _ => {}
            }
        }
        row
    }
}
