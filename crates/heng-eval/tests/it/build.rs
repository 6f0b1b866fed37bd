//! Programs and facts by hand, as short as rule files.

use heng_eval::{Context, NoScripts, Scripts, evaluate, evaluate_quietly};
use heng_model::{
    Calendar, Cell, Date, Effect, Expr, ExprId, ExprKind, Facts, Field, FieldId, Name, Node, NodeId, Number, Origin,
    Outcome, Program, Quantity, Schema, Scorecard, State, Type, Value, Verdict,
    expr::{
        Arith, BandCell, BandRow, Bands, Compare, Fold, FoldOp, Logic, SourceRef, StepRounding, Tally, TallyCount,
        TallyRow, Test,
    },
    facts::{Entry, TableFacts},
    program::{
        Body, BodyId, Case, Demand, Inapplicable, Let, LetId, Method, MethodCode, MethodId, NodeKind, Otherwise, Pack,
        Parameter,
    },
    schema::{Bound, Column, Interval, Rating, Shape, Table, Traits},
    scorecard::{Cause, NodeScore},
    state::Effects,
    value::{DatumRef, Fault},
};

pub const ROOT: NodeId = NodeId(0);

/// A program with its facts.
pub struct Build {
    pub program: Program,
    pub facts: Vec<Entry>,
    pub calendar: Option<Calendar>,
    line: u32,
}

pub fn n(text: &str) -> Number {
    text.parse().unwrap()
}

pub fn num(text: &str) -> Value {
    Value::Number(n(text))
}

pub fn word(text: &str) -> Value {
    Value::Text(text.into())
}

pub fn yes(holds: bool) -> Value {
    Value::Bool(holds)
}

pub fn day(year: i16, month: i8, day: i8) -> Value {
    Value::Date(jiff::civil::date(year, month, day))
}

/// A cell with a value.
pub fn cell(value: Value) -> Cell {
    Cell::plain(value, Origin::default())
}

/// A cell in a state, with a value where the state keeps one.
pub fn state(state: State, value: Option<Value>) -> Cell {
    Cell { value, state: Some(state), ..Cell::missing() }
}

pub const RATIO: Type = Type::Quantity(Quantity::Ratio);
pub const PLAIN: Type = Type::Quantity(Quantity::Plain);

impl Build {
    /// A pack of `full` points whose total is the sum of its children.
    pub fn new(full: &str) -> Build {
        let program = Program {
            pack: Pack::default(),
            schema: Schema::default(),
            nodes: Vec::new(),
            bodies: Vec::new(),
            lets: Vec::new(),
            methods: Vec::new(),
            scripts: Vec::new(),
            demands: Vec::new(),
            grade: None,
            exprs: Vec::new(),
            files: Vec::new(),
        };
        let mut build = Build { program, facts: Vec::new(), calendar: None, line: 0 };
        let sum = build.sum_of_children();
        let body = build.body(sum);
        build.push_node(None, "总分", full, NodeKind::Pack, Some(body));
        build
    }

    // Nodes.

    fn push_node(
        &mut self,
        parent: Option<NodeId>,
        name: &str,
        full: &str,
        kind: NodeKind,
        body: Option<BodyId>,
    ) -> NodeId {
        let id = NodeId(self.program.nodes.len() as u32);
        let level = parent.map_or(0, |parent| self.node(parent).level + 1);
        let at = self.place();
        self.program.nodes.push(Node {
            key: name.into(),
            name: name.into(),
            alias: None,
            kind,
            level,
            full: n(full),
            parent,
            children: Vec::new(),
            body,
            grade: None,
            pointless: false,
            inapplicable: None,
            effects: Effects::default(),
            cite: Default::default(),
            evidence: None,
            note: None,
            meaning: None,
            at,
        });
        if let Some(parent) = parent {
            self.node(parent).children.push(id);
        }
        id
    }

    pub fn node(&mut self, id: NodeId) -> &mut Node {
        &mut self.program.nodes[id.0 as usize]
    }

    /// An indicator of the pack with a plain result.
    pub fn indicator(&mut self, full: &str, result: ExprId) -> NodeId {
        self.indicator_of(ROOT, full, result)
    }

    pub fn indicator_of(&mut self, parent: NodeId, full: &str, result: ExprId) -> NodeId {
        let body = self.body(result);
        self.push_node(Some(parent), "指标", full, NodeKind::Indicator, Some(body))
    }

    /// A group whose score is the sum of its children, inheriting the pack's 不适用.
    pub fn group_of(&mut self, parent: NodeId, full: &str) -> NodeId {
        let sum = self.sum_of_children();
        let group = self.indicator_of(parent, full, sum);
        self.node(group).inapplicable = self.node(parent).inapplicable;
        group
    }

    pub fn unwritten_of(&mut self, parent: NodeId, full: &str) -> NodeId {
        self.push_node(Some(parent), "待编", full, NodeKind::Indicator, None)
    }

    pub fn bonus_of(&mut self, parent: NodeId, cap: &str, result: ExprId) -> NodeId {
        let body = self.body(result);
        self.push_node(Some(parent), "加分", cap, NodeKind::Bonus, Some(body))
    }

    pub fn declare(&mut self, node: NodeId, state: State, effect: Effect) {
        self.node(node).effects.declare(state, effect);
    }

    pub fn rescale(&mut self, policy: Inapplicable) {
        self.node(ROOT).inapplicable = Some(policy);
    }

    pub fn body(&mut self, result: ExprId) -> BodyId {
        let id = BodyId(self.program.bodies.len() as u32);
        self.program.bodies.push(Body { cases: Vec::new(), demands: Vec::new(), lets: Vec::new(), result });
        id
    }

    pub fn body_of(&mut self, node: NodeId) -> BodyId {
        self.node(node).body.unwrap()
    }

    pub fn case(&mut self, body: BodyId, when: ExprId, then: ExprId) {
        let at = self.place();
        self.program.bodies[body.0 as usize].cases.push(Case { when, then, at });
    }

    pub fn demand(&mut self, body: BodyId, need: ExprId, otherwise: Otherwise) {
        let demand = self.needed(need, otherwise);
        self.program.bodies[body.0 as usize].demands.push(demand);
    }

    pub fn needed(&mut self, need: ExprId, otherwise: Otherwise) -> Demand {
        Demand { need, message: None, otherwise, at: self.place() }
    }

    pub fn define(&mut self, body: BodyId, value: ExprId) -> ExprId {
        let id = LetId(self.program.lets.len() as u32);
        let at = self.place();
        let name: Name = format!("定义{}", id.0).into();
        self.program.lets.push(Let { name, value, body, parameter: false, cite: Default::default(), at });
        self.program.bodies[body.0 as usize].lets.push(id);
        let ty = self.type_of(value);
        self.typed(ExprKind::Let(id), ty)
    }

    pub fn method(&mut self, parameters: &[(Type, bool)], ty: Type, code: MethodCode) -> MethodId {
        let id = MethodId(self.program.methods.len() as u32);
        let parameter =
            |(ty, optional): &(Type, bool)| Parameter { name: "参".into(), ty: ty.clone(), optional: *optional };
        let parameters = parameters.iter().map(parameter).collect();
        let at = self.place();
        self.program.methods.push(Method { name: "方法".into(), parameters, ty, range: None, code, at });
        id
    }

    // Data.

    fn push_field(&mut self, shape: Shape, entry: Entry) -> FieldId {
        let id = FieldId(self.program.schema.fields.len() as u32);
        let name: Name = format!("数据{}", id.0).into();
        let at = self.place();
        let traits = Traits { optional: true, ..Traits::default() };
        self.program.schema.fields.push(Field { path: vec![name], alias: None, shape, traits, at });
        self.facts.push(entry);
        id
    }

    /// A datum as it was handed in.
    pub fn datum(&mut self, ty: Type, cell: Cell) -> FieldId {
        self.push_field(Shape::Scalar(ty), Entry::Scalar(cell))
    }

    /// A datum, read.
    pub fn read(&mut self, ty: Type, cell: Cell) -> ExprId {
        let id = self.datum(ty.clone(), cell);
        self.typed(ExprKind::Field(id), ty)
    }

    pub fn plain(&mut self, text: &str) -> ExprId {
        self.read(PLAIN, cell(num(text)))
    }

    pub fn field(&mut self, id: FieldId) -> ExprId {
        let ty = match &self.program.schema.fields[id.0 as usize].shape {
            Shape::Scalar(ty) => ty.clone(),
            Shape::Rating(rating) => Type::Quantity(rating.quantity),
            Shape::Table(_) => Type::Rows(id),
        };
        self.typed(ExprKind::Field(id), ty)
    }

    pub fn rating(&mut self, low: &str, high: &str, cell: Cell) -> FieldId {
        let bound = |at: &str, closed| Some(Bound { at: n(at), closed });
        let band = Interval { low: bound(low, true), high: bound(high, false) };
        self.push_field(Shape::Rating(Rating { quantity: Quantity::Ratio, band }), Entry::Scalar(cell))
    }

    pub fn table(&mut self, columns: &[Type], rows: Vec<Vec<Cell>>) -> FieldId {
        self.table_in(columns, None, rows)
    }

    pub fn table_in(&mut self, columns: &[Type], state: Option<State>, rows: Vec<Vec<Cell>>) -> FieldId {
        let column = |(position, ty): (usize, &Type)| Column {
            name: format!("列{position}").into(),
            alias: None,
            ty: ty.clone(),
            formula: None,
            traits: Traits::default(),
            at: SourceRef::default(),
        };
        let columns = columns.iter().enumerate().map(column).collect();
        let shape = Shape::Table(Table { columns, least_rows: 0, most_rows: None, key: None });
        self.push_field(shape, Entry::Table(TableFacts { state, rows, origin: Origin::default() }))
    }

    pub fn traits(&mut self, field: FieldId) -> &mut Traits {
        &mut self.program.schema.fields[field.0 as usize].traits
    }

    pub fn column_of(&mut self, table: FieldId, column: usize) -> &mut Column {
        match &mut self.program.schema.fields[table.0 as usize].shape {
            Shape::Table(table) => &mut table.columns[column],
            _ => unreachable!("a table"),
        }
    }

    /// A column of the row that is looked at.
    pub fn column(&mut self, table: FieldId, column: u16) -> ExprId {
        self.outer_column(table, column, 0)
    }

    pub fn outer_column(&mut self, table: FieldId, column: u16, up: u8) -> ExprId {
        let ty = self.column_of(table, usize::from(column)).ty.clone();
        self.typed(ExprKind::Column { table, column, up }, ty)
    }

    // Expressions.

    fn place(&mut self) -> SourceRef {
        self.line += 1;
        SourceRef { line: self.line, ..SourceRef::default() }
    }

    pub fn typed(&mut self, kind: ExprKind, ty: Type) -> ExprId {
        let id = ExprId(self.program.exprs.len() as u32);
        let at = self.place();
        self.program.exprs.push(Expr { kind, ty, at });
        id
    }

    pub fn type_of(&self, id: ExprId) -> Type {
        self.program.exprs[id.0 as usize].ty.clone()
    }

    /// Points.
    pub fn expr(&mut self, kind: ExprKind) -> ExprId {
        self.typed(kind, Type::POINTS)
    }

    pub fn condition(&mut self, kind: ExprKind) -> ExprId {
        self.typed(kind, Type::Bool)
    }

    pub fn lit(&mut self, text: &str) -> ExprId {
        self.expr(ExprKind::Literal(num(text)))
    }

    pub fn value(&mut self, value: Value) -> ExprId {
        self.expr(ExprKind::Literal(value))
    }

    pub fn limit_of(&mut self, days: &str, unit: Quantity) -> ExprId {
        self.typed(ExprKind::Literal(num(days)), Type::Quantity(unit))
    }

    pub fn verdict(&mut self, verdict: Verdict) -> ExprId {
        self.typed(ExprKind::Verdict(verdict), Type::Never)
    }

    pub fn full(&mut self) -> ExprId {
        self.expr(ExprKind::FullMarks)
    }

    pub fn arith(&mut self, operator: Arith, a: ExprId, b: ExprId) -> ExprId {
        self.expr(ExprKind::Arith(operator, a, b))
    }

    pub fn times_full(&mut self, share: ExprId) -> ExprId {
        let full = self.full();
        self.arith(Arith::Multiply, full, share)
    }

    pub fn compare(&mut self, relation: Compare, a: ExprId, b: ExprId) -> ExprId {
        self.condition(ExprKind::Compare(relation, a, b))
    }

    pub fn at_least(&mut self, a: ExprId, b: &str) -> ExprId {
        let b = self.lit(b);
        self.compare(Compare::AtLeast, a, b)
    }

    pub fn logic(&mut self, operator: Logic, parts: &[ExprId]) -> ExprId {
        self.condition(ExprKind::Logic(operator, parts.to_vec()))
    }

    pub fn not(&mut self, of: ExprId) -> ExprId {
        self.condition(ExprKind::Not(of))
    }

    pub fn is(&mut self, test: Test, of: ExprId) -> ExprId {
        self.condition(ExprKind::Is(test, of))
    }

    pub fn within(&mut self, date: ExprId, start: ExprId, limit: ExprId) -> ExprId {
        self.condition(ExprKind::Within { date, start, limit })
    }

    pub fn filter(&mut self, over: ExprId, condition: ExprId) -> ExprId {
        let ty = self.type_of(over);
        self.typed(ExprKind::Where(over, condition), ty)
    }

    pub fn fold(&mut self, op: FoldOp, over: ExprId, term: Option<ExprId>) -> ExprId {
        self.fold_with(op, over, term, &[], None)
    }

    pub fn fold_with(
        &mut self,
        op: FoldOp,
        over: ExprId,
        term: Option<ExprId>,
        skip: &[State],
        at_least: Option<u32>,
    ) -> ExprId {
        self.expr(ExprKind::Fold(Fold { op, over, term, weight: None, skip: skip.to_vec(), at_least }))
    }

    pub fn children(&mut self) -> ExprId {
        self.typed(ExprKind::Children, Type::Children)
    }

    pub fn sum_of_children(&mut self) -> ExprId {
        let children = self.children();
        self.fold(FoldOp::Sum, children, None)
    }

    pub fn at_most(&mut self, value: ExprId, bound: ExprId) -> ExprId {
        self.expr(ExprKind::Limit { most: true, value, bound })
    }

    /// 分档 of one subject with ranges such as `[90,)`, `(10,30]`, or `其他`.
    pub fn bands(&mut self, subject: ExprId, rows: &[(&str, &str)]) -> ExprId {
        let rows = rows.iter().map(|(cell, value)| (self.cell(cell), self.lit(value))).collect();
        self.bands_of(&[subject], rows)
    }

    pub fn cell(&mut self, text: &str) -> BandCell {
        if text == "其他" {
            return BandCell::Other;
        }
        let (low_closed, high_closed) = (text.starts_with('['), text.ends_with(']'));
        let (low, high) = text.trim_matches(['[', '(', ']', ')']).split_once(',').unwrap();
        let mut end = |text: &str, closed| (!text.is_empty()).then(|| Bound { at: self.lit(text), closed });
        let low = end(low, low_closed);
        BandCell::Range(Interval { low, high: end(high, high_closed) })
    }

    pub fn bands_of(&mut self, subjects: &[ExprId], rows: Vec<(BandCell, ExprId)>) -> ExprId {
        self.grid(subjects, rows.into_iter().map(|(cell, value)| (vec![cell], value)).collect())
    }

    pub fn grid(&mut self, subjects: &[ExprId], rows: Vec<(Vec<BandCell>, ExprId)>) -> ExprId {
        let row = |(cells, value)| BandRow { cells, value, cite: Default::default(), at: SourceRef::default() };
        let bands = Bands { subjects: subjects.to_vec(), rows: rows.into_iter().map(row).collect() };
        self.expr(ExprKind::Bands(bands))
    }

    pub fn tally(&mut self, deduct: bool, rows: &[(TallyCount, &str)]) -> ExprId {
        let rows = rows
            .iter()
            .map(|(count, points)| TallyRow {
                count: count.clone(),
                points: self.lit(points),
                cite: Default::default(),
                at: SourceRef::default(),
            })
            .collect();
        self.expr(ExprKind::Tally(Tally { deduct, from: None, to: None, rows }))
    }

    pub fn per(&mut self, items: ExprId, step: &str) -> TallyCount {
        TallyCount::Per { items, step: self.lit(step), partial: StepRounding::Whole }
    }

    // Runs.

    pub fn entries(&self) -> Facts {
        let mut facts = Facts::missing(&self.program.schema);
        for (id, entry) in (0u32..).zip(&self.facts) {
            facts.set(FieldId(id), entry.clone());
        }
        facts
    }

    /// Scores, with and without a trace.
    pub fn run(&self) -> Scorecard {
        self.run_with(&NoScripts)
    }

    pub fn run_with(&self, scripts: &dyn Scripts) -> Scorecard {
        let context = Context { calendar: self.calendar.as_ref(), scripts };
        let facts = self.entries();
        let card = evaluate(&self.program, &facts, &context);
        assert_agrees(&card, &evaluate_quietly(&self.program, &facts, &context));
        card
    }

    /// What a single expression comes to as an indicator of 100 points.
    pub fn outcome(mut self, result: ExprId) -> Outcome {
        let node = self.indicator("100", result);
        self.run().nodes[node.0 as usize].outcome.clone()
    }

    /// The points of a single expression.
    pub fn points(self, result: ExprId) -> Number {
        match self.outcome(result) {
            Outcome::Score(points) => points,
            other => panic!("{other:?}"),
        }
    }

    /// Whether a condition holds.
    pub fn holds(mut self, condition: ExprId) -> bool {
        let (one, nought) = (self.lit("1"), self.lit("0"));
        let bands = self.bands_of(&[], vec![(BandCell::When(condition), one), (BandCell::Other, nought)]);
        self.points(bands) == Number::ONE
    }

    /// The fault that stops a single expression.
    pub fn fault(mut self, result: ExprId) -> Fault {
        let node = self.indicator("100", result);
        fault_of(&self.run().nodes[node.0 as usize])
    }
}

/// Without steps the scores are the same.
pub fn assert_agrees(card: &Scorecard, quiet: &Scorecard) {
    let strip = |score: &NodeScore| NodeScore { trace: Vec::new(), read: Vec::new(), ..score.clone() };
    let loud: Vec<NodeScore> = card.nodes.iter().map(strip).collect();
    assert_eq!(loud, quiet.nodes);
    assert_eq!((&card.grade, &card.findings), (&quiet.grade, &quiet.findings));
}

pub fn of(card: &Scorecard, node: NodeId) -> &NodeScore {
    &card.nodes[node.0 as usize]
}

pub fn score(text: &str) -> Outcome {
    Outcome::Score(n(text))
}

pub fn open(least: &str, most: &str, verdict: Verdict) -> Outcome {
    Outcome::Open { least: n(least), most: n(most), verdict }
}

/// The fault of a node that is stopped, over all its points.
pub fn fault_of(score: &NodeScore) -> Fault {
    assert!(matches!(&score.outcome, Outcome::Open { verdict: Verdict::Stop, .. }), "{:?}", score.outcome);
    let fault = score.findings.iter().find_map(|finding| match &finding.cause {
        Cause::Fault(fault) => Some(fault.clone()),
        _ => None,
    });
    fault.unwrap_or_else(|| panic!("{:?}", score.findings))
}

/// The causes of a node's findings.
pub fn causes(score: &NodeScore) -> Vec<Cause> {
    score.findings.iter().map(|finding| finding.cause.clone()).collect()
}

pub fn datum(field: u32) -> DatumRef {
    DatumRef::field(FieldId(field))
}

/// 2023 with the spring holiday of that year.
pub fn calendar() -> Calendar {
    let date = |month, day| jiff::civil::date(2023, month, day);
    let holidays = (21..=27).map(|day| date(1, day)).collect();
    let workdays: std::collections::BTreeSet<Date> = [date(1, 28), date(1, 29)].into();
    let year = heng_model::calendar::CalendarYear { holidays, workdays };
    Calendar { name: "cn".into(), years: [(2023, year)].into() }
}
