//! Which expressions and bodies of a program decide scores, and for which row of the table each was
//! written.

use std::collections::{BTreeMap, BTreeSet};

use heng_model::{
    NodeId, Program,
    expr::{ExprId, ExprKind, Share},
    program::{BodyId, MethodCode, MethodId, Otherwise},
};

/// Everything that can be reached from the table, in the order of the walk.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    /// The expressions.
    pub exprs: Vec<ExprId>,
    /// The bodies.
    pub bodies: Vec<BodyId>,
    /// For which node an expression was first reached; none for grades and demands on the data.
    pub owner: BTreeMap<ExprId, Option<NodeId>>,
    /// For which node a body was first reached.
    pub body_owner: BTreeMap<BodyId, Option<NodeId>>,
    methods: BTreeSet<MethodId>,
}

impl Reach {
    /// Walks the program.
    pub fn of(program: &Program) -> Reach {
        let mut reach = Reach::default();
        for (id, node) in program.tree() {
            if let Some(body) = node.body {
                reach.body(program, body, Some(id));
            }
        }
        if let Some(grade) = program.grade {
            reach.expr(program, grade, None);
        }
        for demand in &program.demands {
            reach.expr(program, demand.demand.need, None);
        }
        reach
    }

    fn body(&mut self, program: &Program, id: BodyId, owner: Option<NodeId>) {
        if self.body_owner.contains_key(&id) {
            return;
        }
        self.body_owner.insert(id, owner);
        self.bodies.push(id);
        let Some(body) = program.body(id) else { return };
        for case in &body.cases {
            self.expr(program, case.when, owner);
            self.expr(program, case.then, owner);
        }
        for demand in &body.demands {
            self.expr(program, demand.need, owner);
            if let Otherwise::Value(value) = demand.otherwise {
                self.expr(program, value, owner);
            }
        }
        self.expr(program, body.result, owner);
    }

    fn expr(&mut self, program: &Program, id: ExprId, owner: Option<NodeId>) {
        if self.owner.contains_key(&id) {
            return;
        }
        self.owner.insert(id, owner);
        self.exprs.push(id);
        let Some(expr) = program.expr(id) else { return };
        match &expr.kind {
            ExprKind::Let(name) => {
                if let Some(definition) = program.definition(*name) {
                    self.expr(program, definition.value, owner);
                }
            }
            ExprKind::Method(method, _) => self.method(program, *method, owner),
            ExprKind::Each(each) => {
                if let Share::Column(share) | Share::Weighted(share) = &each.share {
                    self.expr(program, *share, owner);
                }
                self.body(program, each.body, owner);
            }
            _ => {}
        }
        for part in expr.kind.parts() {
            self.expr(program, part, owner);
        }
    }

    fn method(&mut self, program: &Program, id: MethodId, owner: Option<NodeId>) {
        if self.methods.insert(id)
            && let Some(MethodCode::Body(body)) = program.method(id).map(|method| method.code)
        {
            self.body(program, body, owner);
        }
    }
}
