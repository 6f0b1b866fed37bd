//! stub
use crate::Phrase;
use heng_model::{ExprId, NodeId};
impl Phrase<'_> {
    /// The rule of an indicator as a notice would say it.
    #[must_use]
    pub fn criterion(&self, node: NodeId) -> String {
        self.program
            .node(node)
            .and_then(|node| node.body)
            .and_then(|body| self.program.body(body))
            .map_or_else(String::new, |body| self.expr(body.result))
    }
    pub(crate) fn condition(&self, id: ExprId) -> String {
        self.expr(id)
    }
}
