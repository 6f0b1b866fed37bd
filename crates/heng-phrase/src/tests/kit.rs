//! Builds small programs by hand, so that what is said of them is tested without a parser.

use heng_model::{
    Date, Expr, ExprId, ExprKind, FieldId, Name, Node, NodeId, Number, Program, Quantity, Schema, State, Type, Value,
    expr::{
        Arith, BandCell, BandRow, Bands, Citation, Compare, Fold, FoldOp, Logic, SourceRef, StepRounding, Tally,
        TallyCount, TallyRow, Test,
    },
    program::{Body, BodyId, Case, Demand, Inapplicable, Let, LetId, NodeKind, Otherwise, Pack},
    schema::{Bound, Column, Field, Interval, Shape, Table, Traits},
    state::Effects,
};

pub fn n(text: &str) -> Number {
    text.parse().unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A program under construction. Each new expression stands on a line of its own.
pub struct Kit {
    pub program: Program,
}

impl Kit {
    pub fn new(title: &str) -> Kit {
        let program = Program {
            pack: Pack { title: title.into(), year: 2023, ..Pack::default() },
            schema: Schema::default(),
            nodes: Vec::new(),
            bodies: Vec::new(),
            lets: Vec::new(),
            methods: Vec::new(),
            scripts: Vec::new(),
            demands: Vec::new(),
            grade: None,
            exprs: Vec::new(),
            files: vec!["2023.heng".into()],
        };
        let mut kit = Kit { program };
        kit.node(None, title, "100", None);
        kit
    }

    /// The place of what comes next.
    pub fn at(&self) -> SourceRef {
        let line = u32::try_from(self.program.exprs.len()).unwrap() + 1;
        SourceRef { file: 0, line, start: 0, end: 0 }
    }

    pub fn e(&mut self, kind: ExprKind, ty: Type) -> ExprId {
        let at = self.at();
        self.program.exprs.push(Expr { kind, ty, at });
        ExprId(u32::try_from(self.program.exprs.len() - 1).unwrap())
    }

    pub fn ty(&self, id: ExprId) -> Type {
        self.program.expr(id).unwrap().ty.clone()
    }

    fn quantity(&self, id: ExprId) -> Quantity {
        self.ty(id).quantity().unwrap()
    }

    // ---- literals and names ----

    pub fn number(&mut self, text: &str, quantity: Quantity) -> ExprId {
        self.e(ExprKind::Literal(Value::Number(n(text))), Type::Quantity(quantity))
    }

    pub fn points(&mut self, text: &str) -> ExprId {
        self.number(text, Quantity::Points)
    }

    pub fn percent(&mut self, text: &str) -> ExprId {
        let number = &n(text) * &Number::scaled(1, 2);
        self.e(ExprKind::Literal(Value::Number(number)), Type::Quantity(Quantity::Ratio))
    }

    pub fn percent_points(&mut self, text: &str) -> ExprId {
        let number = &n(text) * &Number::scaled(1, 2);
        self.e(ExprKind::Literal(Value::Number(number)), Type::Quantity(Quantity::PercentPoint))
    }

    pub fn word(&mut self, text: &str) -> ExprId {
        self.e(ExprKind::Literal(Value::Text(text.into())), Type::Word(None))
    }

    pub fn full(&mut self) -> ExprId {
        self.e(ExprKind::FullMarks, Type::POINTS)
    }

    pub fn declare(&mut self, path: &[&str], shape: Shape) -> FieldId {
        let path = path.iter().map(|name| Name::from(*name)).collect();
        let at = self.at();
        self.program.schema.fields.push(Field { path, alias: None, shape, traits: Traits::default(), at });
        FieldId(u32::try_from(self.program.schema.fields.len() - 1).unwrap())
    }

    pub fn scalar(&mut self, path: &[&str], ty: Type) -> FieldId {
        self.declare(path, Shape::Scalar(ty))
    }

    pub fn money(&mut self, path: &[&str]) -> FieldId {
        self.scalar(path, Type::Quantity(Quantity::Money))
    }

    pub fn table(&mut self, name: &str, key: Option<u16>, columns: &[(&str, Type)]) -> FieldId {
        let at = self.at();
        let column = |(name, ty): &(&str, Type)| Column {
            name: (*name).into(),
            alias: None,
            ty: ty.clone(),
            formula: None,
            traits: Traits::default(),
            at,
        };
        let columns = columns.iter().map(column).collect();
        self.declare(&[name], Shape::Table(Table { columns, least_rows: 0, most_rows: None, key }))
    }

    pub fn field(&mut self, id: FieldId) -> ExprId {
        let ty = self.program.schema.field(id).unwrap().scalar().unwrap_or(Type::Rows(id));
        self.e(ExprKind::Field(id), ty)
    }

    pub fn column(&mut self, table: FieldId, column: u16) -> ExprId {
        let ty = self.program.schema.column(table, column).unwrap().ty.clone();
        self.e(ExprKind::Column { table, column, up: 0 }, ty)
    }

    pub fn define(&mut self, name: &str, value: ExprId, parameter: bool) -> (LetId, ExprId) {
        let at = self.at();
        let body = BodyId(u32::try_from(self.program.bodies.len()).unwrap());
        self.program.lets.push(Let { name: name.into(), value, body, parameter, cite: Citation::default(), at });
        let id = LetId(u32::try_from(self.program.lets.len() - 1).unwrap());
        let ty = self.ty(value);
        (id, self.e(ExprKind::Let(id), ty))
    }

    // ---- operators ----

    pub fn arith(&mut self, op: Arith, a: ExprId, b: ExprId) -> ExprId {
        let (left, right) = (self.quantity(a), self.quantity(b));
        let quantity = match op {
            Arith::Add | Arith::Subtract => left.plus(right).unwrap(),
            Arith::Multiply => left.times(right),
            Arith::Divide => left.over(right),
            Arith::Power => left,
        };
        self.e(ExprKind::Arith(op, a, b), Type::Quantity(quantity))
    }

    pub fn times(&mut self, a: ExprId, b: ExprId) -> ExprId {
        self.arith(Arith::Multiply, a, b)
    }

    pub fn over(&mut self, a: ExprId, b: ExprId) -> ExprId {
        self.arith(Arith::Divide, a, b)
    }

    pub fn minus(&mut self, a: ExprId, b: ExprId) -> ExprId {
        self.arith(Arith::Subtract, a, b)
    }

    pub fn compare(&mut self, op: Compare, a: ExprId, b: ExprId) -> ExprId {
        self.e(ExprKind::Compare(op, a, b), Type::Bool)
    }

    pub fn and(&mut self, parts: &[ExprId]) -> ExprId {
        self.e(ExprKind::Logic(Logic::And, parts.to_vec()), Type::Bool)
    }

    pub fn or(&mut self, parts: &[ExprId]) -> ExprId {
        self.e(ExprKind::Logic(Logic::Or, parts.to_vec()), Type::Bool)
    }

    pub fn is(&mut self, test: Test, of: ExprId) -> ExprId {
        self.e(ExprKind::Is(test, of), Type::Bool)
    }

    pub fn filter(&mut self, table: FieldId, condition: ExprId) -> ExprId {
        let rows = self.field(table);
        self.e(ExprKind::Where(rows, condition), Type::Rows(table))
    }

    pub fn within(&mut self, date: ExprId, start: ExprId, limit: ExprId) -> ExprId {
        self.e(ExprKind::Within { date, start, limit }, Type::Bool)
    }

    pub fn fold(&mut self, op: FoldOp, over: ExprId, term: Option<ExprId>) -> ExprId {
        let ty = match op {
            FoldOp::Share => Type::Quantity(Quantity::Ratio),
            FoldOp::Exists => Type::Bool,
            FoldOp::Count => Type::Quantity(Quantity::Count),
            _ => term.map_or(Type::POINTS, |term| self.ty(term)),
        };
        let fold = Fold { op, over, term, weight: None, skip: Vec::new(), at_least: None };
        self.e(ExprKind::Fold(fold), ty)
    }

    pub fn at_most(&mut self, value: ExprId, bound: ExprId) -> ExprId {
        let ty = self.ty(value);
        self.e(ExprKind::Limit { most: true, value, bound }, ty)
    }

    pub fn rounded(&mut self, value: ExprId, places: u32) -> ExprId {
        let ty = self.ty(value);
        let kind = ExprKind::Round { value, places, mode: heng_model::Rounding::HalfUp, unit: Number::ONE };
        self.e(kind, ty)
    }

    // ---- blocks ----

    pub fn range(low: Option<(ExprId, bool)>, high: Option<(ExprId, bool)>) -> BandCell {
        let bound = |(at, closed)| Bound { at, closed };
        BandCell::Range(Interval { low: low.map(bound), high: high.map(bound) })
    }

    pub fn bands(&mut self, subjects: &[ExprId], rows: Vec<(Vec<BandCell>, ExprId)>) -> ExprId {
        let at = self.at();
        let ty = self.ty(rows.first().unwrap().1);
        let row = |(cells, value)| BandRow { cells, value, cite: Citation::default(), at };
        let rows = rows.into_iter().map(row).collect();
        self.e(ExprKind::Bands(Bands { subjects: subjects.to_vec(), rows }), ty)
    }

    pub fn tally(&mut self, deduct: bool, rows: Vec<(TallyCount, ExprId)>) -> ExprId {
        let at = self.at();
        let ty = self.ty(rows.first().unwrap().1);
        let row = |(count, points)| TallyRow { count, points, cite: Citation::default(), at };
        let rows = rows.into_iter().map(row).collect();
        self.e(ExprKind::Tally(Tally { deduct, from: None, to: None, rows }), ty)
    }

    pub fn per_row(&mut self, items: ExprId) -> TallyCount {
        let step = self.number("1", Quantity::Count);
        TallyCount::Per { items, step, partial: StepRounding::Whole }
    }

    pub fn state(state: State) -> BandCell {
        BandCell::State(state)
    }

    // ---- bodies and nodes ----

    pub fn body(
        &mut self,
        cases: &[(ExprId, ExprId)],
        demands: &[(ExprId, Otherwise)],
        lets: &[LetId],
        result: ExprId,
    ) -> BodyId {
        let at = self.at();
        let cases = cases.iter().map(|(when, then)| Case { when: *when, then: *then, at }).collect();
        let demand =
            |(need, otherwise): &(ExprId, Otherwise)| Demand { need: *need, message: None, otherwise: *otherwise, at };
        let demands = demands.iter().map(demand).collect();
        self.program.bodies.push(Body { cases, demands, lets: lets.to_vec(), result });
        BodyId(u32::try_from(self.program.bodies.len() - 1).unwrap())
    }

    pub fn node(&mut self, parent: Option<NodeId>, name: &str, full: &str, body: Option<BodyId>) -> NodeId {
        let id = NodeId(u32::try_from(self.program.nodes.len()).unwrap());
        let level = parent.and_then(|parent| self.program.node(parent)).map_or(0, |parent| parent.level + 1);
        let at = self.at();
        self.program.nodes.push(Node {
            key: name.into(),
            name: name.into(),
            alias: None,
            kind: if parent.is_some() { NodeKind::Indicator } else { NodeKind::Pack },
            level,
            full: n(full),
            parent,
            children: Vec::new(),
            body,
            grade: None,
            pointless: false,
            inapplicable: Some(Inapplicable::Rescale),
            effects: Effects::default(),
            cite: Citation::default(),
            evidence: None,
            note: None,
            meaning: None,
            at,
        });
        if let Some(parent) = parent {
            self.program.nodes.get_mut(parent.0 as usize).unwrap().children.push(id);
        }
        id
    }

    /// An indicator right under the pack whose score is one expression.
    pub fn scored(&mut self, name: &str, full: &str, result: ExprId) -> NodeId {
        let body = self.body(&[], &[], &[], result);
        self.node(Some(NodeId(0)), name, full, Some(body))
    }
}
