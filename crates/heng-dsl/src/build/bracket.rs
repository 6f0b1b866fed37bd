//! Brackets around operands and arguments: one that opens round closes round. In a range the two ends may differ,
//! since there the shape says whether the end is included.

use pest::iterators::Pair;

use super::Builder;
use crate::{parse::Rule, wording};

impl Builder<'_> {
    /// Reports a bracket that closes another shape than was opened; full and half width are one shape.
    pub(super) fn brackets(&mut self, pair: &Pair<'_, Rule>) {
        let parts = || pair.clone().into_inner();
        let open = parts().find(|part| part.as_rule() == Rule::lparen);
        let close = parts().filter(|part| part.as_rule() == Rule::rparen).last();
        let (Some(open), Some(close)) = (open, close) else { return };
        let (wrong, other, round) = match (open.as_str(), close.as_str()) {
            ("(", "]") => (close, open, ")"),
            ("[", ")") => (open, close, "("),
            _ => return,
        };
        let found = wording::mixed_brackets(self.span(&wrong), self.span(&other), round);
        self.diagnostics.push(found);
    }
}
