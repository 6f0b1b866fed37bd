//! Expressions into operations. This follows the scalar evaluator form by form; where a state, a verdict
//! or a fault would leave an expression, its value is marked as unsaid instead.

use std::{collections::HashMap, rc::Rc, sync::OnceLock};

use heng_model::{
    ExprKind, FieldId, Node, NodeId, Number, Program, Quantity, State, Type, Value as Plain,
    expr::{Arith, Compare, ExprId, Function, Logic, Test},
    program::{BodyId, NodeKind, Otherwise},
    schema::{Bound, Interval, Shape},
};

use super::{
    code::Code,
    data::encode_state,
    plan::{Int, Level, Mask, Op, Plan, Reg, Relation, Source},
    value::{Fraction, Kind, Planned, Unknown, Value},
};

/// How the columns of the fields are scaled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scales {
    /// By field: the power of ten behind a number, 0 for what is no number; none for a field that has no
    /// column.
    pub fields: Vec<Option<i32>>,
    /// By table field: the same for its columns.
    pub tables: Vec<Vec<Option<i32>>>,
    /// The power of ten behind points that are handed in from outside.
    pub outside: i32,
}

/// The points of a node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NodePlan {
    pub points: Fraction,
    pub unsaid: Mask,
}

/// A program as a plan over columns.
#[derive(Clone, Debug)]
pub struct Kernel {
    pub(crate) plan: Plan,
    /// The steps for one department, written when one is first asked for; none where there is no use for them.
    code: OnceLock<Option<Code>>,
    pub(crate) nodes: Vec<Fraction>,
    pub(crate) grade: Option<(Int, Vec<heng_model::Name>)>,
    /// Where a department as a whole is left to the scalar evaluator.
    pub(crate) unsaid: Mask,
    outside: Vec<NodeId>,
    obstacles: Vec<Option<ExprId>>,
    whole: bool,
}

/// Where a body stands, while it is planned.
pub(crate) struct Frame {
    pub body: Option<BodyId>,
    pub outer: Option<Rc<Frame>>,
    pub node: NodeId,
    pub full: Value,
    pub row: Option<FieldId>,
    pub arguments: Option<Vec<(ExprId, Place)>>,
}

#[derive(Clone)]
pub(crate) struct Place {
    pub frame: Rc<Frame>,
    pub row: Option<FieldId>,
}

impl Place {
    pub fn level(&self) -> Level {
        self.row.map_or(Level::Departments, Level::Rows)
    }

    pub fn in_row(&self, table: FieldId) -> Planned<Place> {
        // A row inside a row is left to the scalar evaluator.
        if self.row.is_some() { Err(Unknown) } else { Ok(Place { row: Some(table), ..self.clone() }) }
    }
}

pub(crate) struct Lower<'a> {
    pub program: &'a Program,
    pub plan: Plan,
    scales: &'a Scales,
    nodes: HashMap<NodeId, Option<NodePlan>>,
    outside: Vec<NodeId>,
    /// By node of `outside`: the innermost expression without a plan.
    obstacles: Vec<Option<ExprId>>,
    obstacle: Option<ExprId>,
    known: HashMap<(ExprId, usize, Option<FieldId>), Planned>,
    /// Frames are kept, so that their addresses tell them apart.
    frames: Vec<Rc<Frame>>,
    depth: u32,
}

/// How deep expressions may stand in each other.
const DEPTH: u32 = 128;

impl Kernel {
    /// Plans a program. Never fails: what has no plan is left to the scalar evaluator.
    #[must_use]
    pub fn new(program: &Program, scales: &Scales) -> Kernel {
        let mut lower = Lower {
            program,
            plan: Plan::default(),
            scales,
            nodes: HashMap::new(),
            outside: Vec::new(),
            obstacles: Vec::new(),
            obstacle: None,
            known: HashMap::new(),
            frames: Vec::new(),
            depth: 0,
        };
        let planned: Option<Vec<NodePlan>> = program.tree().map(|(id, _)| lower.node(id).ok()).collect();
        // Letters are left to the scalar evaluator.
        let whole = planned.is_some() && !program.nodes.iter().any(|node| node.pointless || node.grade.is_some());
        let nodes = planned.unwrap_or_default();
        let mut unsaid =
            nodes.iter().fold(Mask::Const(!whole), |all, node| lower.or(all, node.unsaid, Level::Departments));
        let nodes: Vec<Fraction> = nodes.into_iter().map(|node| node.points).collect();
        let demands = lower.demands().unwrap_or(Mask::Const(true));
        unsaid = lower.or(unsaid, demands, Level::Departments);
        let grade = program.grade.map(|grade| lower.grade(grade));
        let grade = match grade {
            Some(Ok((word, words, mask))) => {
                unsaid = lower.or(unsaid, mask, Level::Departments);
                Some((word, words.to_vec()))
            }
            Some(Err(Unknown)) => {
                unsaid = Mask::Const(true);
                None
            }
            None => None,
        };
        let whole = whole && unsaid != Mask::Const(true);
        let Lower { plan, outside, obstacles, .. } = lower;
        Kernel { plan, code: OnceLock::new(), nodes, grade, unsaid, outside, obstacles, whole }.pruned()
    }

    /// The same without operations that nothing needs.
    fn pruned(mut self) -> Kernel {
        let names = self.plan.prune(self.kept());
        let name = |reg: Reg| names.get(reg.0 as usize).copied().unwrap_or(reg);
        for points in &mut self.nodes {
            (points.num, points.den) = (points.num.renamed(name), points.den.renamed(name));
        }
        self.grade = self.grade.map(|(word, words)| (word.renamed(name), words));
        self.unsaid = self.unsaid.renamed(name);
        self
    }

    /// The steps for one department.
    pub(crate) fn code(&self) -> Option<&Code> {
        let written = || self.whole.then(|| Code::new(&self.plan, self.unsaid, &self.results()).ok()).flatten();
        self.code.get_or_init(written).as_ref()
    }

    /// What is asked for after a run.
    fn results(&self) -> Vec<Int> {
        let points = self.nodes.iter().flat_map(|points| [points.num, points.den]);
        points.chain(self.grade.as_ref().map(|(word, _)| *word)).collect()
    }

    /// The results that are read after the run.
    pub(crate) fn kept(&self) -> Vec<Reg> {
        self.results().into_iter().filter_map(Int::reg).chain(self.unsaid.reg()).collect()
    }

    /// The nodes whose points must be handed in with each block.
    #[must_use]
    pub fn outside(&self) -> &[NodeId] {
        &self.outside
    }

    /// For each node of [`Kernel::outside`] the expression that keeps it from having a plan; none where that is
    /// no single one.
    #[must_use]
    pub fn obstacles(&self) -> &[Option<ExprId>] {
        &self.obstacles
    }

    /// Whether any department can be scored by columns.
    #[must_use]
    pub fn is_of_use(&self) -> bool {
        self.whole
    }
}

impl Lower<'_> {
    pub fn or(&mut self, a: Mask, b: Mask, level: Level) -> Mask {
        self.plan.mask(Op::Or(a, b), level)
    }

    pub fn and(&mut self, a: Mask, b: Mask, level: Level) -> Mask {
        self.plan.mask(Op::And(a, b), level)
    }

    pub fn not(&mut self, a: Mask, level: Level) -> Mask {
        self.plan.mask(Op::Not(a), level)
    }

    /// The points of a node; one that cannot be planned is handed in from outside.
    fn node(&mut self, id: NodeId) -> Planned<NodePlan> {
        if let Some(known) = self.nodes.get(&id) {
            return known.ok_or(Unknown);
        }
        // Whoever asks for it meanwhile goes round in a circle.
        self.nodes.insert(id, None);
        let node = self.program.node(id).ok_or(Unknown)?;
        let before = self.obstacle.take();
        let planned = self.scored(id, node).unwrap_or_else(|Unknown| {
            self.outside.push(id);
            self.obstacles.push(self.obstacle);
            let source = Source::Outside(id);
            let num = self.plan.int(Op::Load(source), Level::Departments);
            let unsaid = self.plan.mask(Op::State(source, u8::MAX - 1), Level::Departments);
            NodePlan { points: Fraction::whole(num, self.scales.outside), unsaid }
        });
        self.obstacle = before;
        self.nodes.insert(id, Some(planned));
        Ok(planned)
    }

    fn scored(&mut self, id: NodeId, node: &Node) -> Planned<NodePlan> {
        let body = node.body.ok_or(Unknown)?;
        let frame = self.frame(id)?;
        let place = Place { frame, row: None };
        let value = self.body(body, &place)?;
        let points = value.number()?;
        let (least, most) = crate::node::bounds(node);
        let level = Level::Departments;
        let below = self.plan.compare(Relation::Less, points, Fraction::constant(&least)?, level)?;
        let above = self.plan.compare(Relation::Less, Fraction::constant(&most)?, points, level)?;
        let outside = self.or(below, above, level);
        let unsaid = self.or(value.unsaid, outside, level);
        Ok(NodePlan { points, unsaid })
    }

    fn constant(number: &Number) -> Planned {
        let kind = Kind::Number(Fraction::constant(number)?);
        Ok(Value { kind, unsaid: Mask::Const(false), level: Level::Departments })
    }

    fn frame(&mut self, id: NodeId) -> Planned<Rc<Frame>> {
        let node = self.program.node(id).ok_or(Unknown)?;
        let outer = match node.parent {
            Some(parent) => Some(self.frame(parent)?),
            None => None,
        };
        let known = self.frames.iter().find(|frame| {
            frame.node == id && frame.row.is_none() && frame.arguments.is_none() && frame.body == node.body
        });
        if let Some(frame) = known {
            return Ok(Rc::clone(frame));
        }
        let full = Self::constant(&node.full)?;
        Ok(self.keep(Frame { body: node.body, outer, node: id, full, row: None, arguments: None }))
    }

    pub fn keep(&mut self, frame: Frame) -> Rc<Frame> {
        let frame = Rc::new(frame);
        self.frames.push(Rc::clone(&frame));
        frame
    }

    pub fn root(&mut self) -> Planned<Rc<Frame>> {
        self.frame(NodeId(0))
    }

    /// Where the pack's demands on the data do not hold.
    fn demands(&mut self) -> Planned<Mask> {
        let mut unsaid = Mask::Const(false);
        for demand in &self.program.demands {
            if demand.demand.otherwise == Otherwise::Note {
                continue;
            }
            let place = Place { frame: self.root()?, row: demand.table };
            let need = self.expr(demand.demand.need, &place)?;
            let level = place.level();
            let holds = need.holds()?;
            let fails = self.not(holds, level);
            let mut bad = self.or(fails, need.unsaid, level);
            if let Some(table) = demand.table {
                bad = self.plan.mask(Op::Any(table, bad), Level::Departments);
            }
            unsaid = self.or(unsaid, bad, Level::Departments);
        }
        Ok(unsaid)
    }

    fn grade(&mut self, grade: ExprId) -> Planned<(Int, Rc<Vec<heng_model::Name>>, Mask)> {
        let place = Place { frame: self.root()?, row: None };
        let value = self.expr(grade, &place)?;
        match value.kind {
            Kind::Word(word, words) => Ok((word, words, value.unsaid)),
            _ => Err(Unknown),
        }
    }

    /// A body: 当 lines, 须 lines, the result.
    pub fn body(&mut self, id: BodyId, place: &Place) -> Planned {
        let body = self.program.body(id).ok_or(Unknown)?;
        let mut value = self.expr(body.result, place)?;
        for demand in body.demands.iter().rev() {
            let otherwise = match demand.otherwise {
                Otherwise::Note => continue,
                Otherwise::Verdict(_) => Value::nothing(place.level()),
                Otherwise::Value(value) => self.expr(value, place)?,
            };
            let need = self.expr(demand.need, place)?;
            value = self.choose(&need, &value, &otherwise, place.level())?;
        }
        for case in body.cases.iter().rev() {
            let when = self.expr(case.when, place)?;
            let then = self.expr(case.then, place)?;
            value = self.choose(&when, &then, &value, place.level())?;
        }
        Ok(value)
    }

    /// `then` where `when` holds, else `rest`.
    pub fn choose(&mut self, when: &Value, then: &Value, rest: &Value, level: Level) -> Planned {
        let holds = self.mask_at(when.holds()?, when.level, level);
        let (then, rest) = (self.at(then, level), self.at(rest, level));
        let kind = match (&then.kind, &rest.kind) {
            (Kind::Nothing, kind) | (kind, Kind::Nothing) => kind.clone(),
            (Kind::Number(a), Kind::Number(b)) => Kind::Number(self.plan.choose(holds, *a, *b, level)?),
            (Kind::Bool(a), Kind::Bool(b)) => {
                let denied = self.not(holds, level);
                let (one, two) = (self.and(holds, *a, level), self.and(denied, *b, level));
                Kind::Bool(self.or(one, two, level))
            }
            (Kind::Date(a), Kind::Date(b)) => Kind::Date(self.plan.int(Op::Choose(holds, *a, *b), level)),
            (Kind::Word(..), Kind::Word(..)) => self.choose_word(holds, &then.kind, &rest.kind, level)?,
            _ => return Err(Unknown),
        };
        let denied = self.not(holds, level);
        let (one, two) = (self.and(holds, then.unsaid, level), self.and(denied, rest.unsaid, level));
        let either = self.or(one, two, level);
        let asked = self.mask_at(when.unsaid, when.level, level);
        let unsaid = self.or(asked, either, level);
        Ok(Value { kind, unsaid, level })
    }

    fn choose_word(&mut self, holds: Mask, then: &Kind, rest: &Kind, level: Level) -> Planned<Kind> {
        let (Kind::Word(a, words), Kind::Word(b, others)) = (then, rest) else { return Err(Unknown) };
        if words == others {
            return Ok(Kind::Word(self.plan.int(Op::Choose(holds, *a, *b), level), Rc::clone(words)));
        }
        // A constant word can be put into another list.
        let (list, moved, fixed, first) = match (a, b) {
            (Int::Const(at), _) => (others, words.get(usize::try_from(*at).map_err(|_| Unknown)?), *b, true),
            (_, Int::Const(at)) => (words, others.get(usize::try_from(*at).map_err(|_| Unknown)?), *a, false),
            _ => return Err(Unknown),
        };
        let moved = moved.ok_or(Unknown)?;
        let mut list = list.to_vec();
        let at = list.iter().position(|word| word == moved).unwrap_or_else(|| {
            list.push(moved.clone());
            list.len() - 1
        });
        let at = Int::Const(i64::try_from(at).map_err(|_| Unknown)?);
        let (a, b) = if first { (at, fixed) } else { (fixed, at) };
        Ok(Kind::Word(self.plan.int(Op::Choose(holds, a, b), level), Rc::new(list)))
    }

    /// A department's value where its rows are looked at.
    pub fn at(&mut self, value: &Value, level: Level) -> Value {
        if value.level == level {
            return value.clone();
        }
        let kind = match &value.kind {
            Kind::Number(f) => {
                let (num, den) = (self.int_at(f.num, level), self.int_at(f.den, level));
                Kind::Number(Fraction { num, den, exponent: f.exponent })
            }
            Kind::Date(day) => Kind::Date(self.int_at(*day, level)),
            Kind::Bool(mask) => Kind::Bool(self.mask_at(*mask, value.level, level)),
            Kind::Word(word, words) => Kind::Word(self.int_at(*word, level), Rc::clone(words)),
            Kind::Rows(..) | Kind::Nothing => value.kind.clone(),
        };
        let unsaid = self.mask_at(value.unsaid, value.level, level);
        Value { kind, unsaid, level }
    }

    fn int_at(&mut self, int: Int, level: Level) -> Int {
        match (int, level) {
            (Int::Reg(reg), Level::Rows(table)) if self.plan.level(reg) != level => {
                self.plan.int(Op::Spread(table, int), level)
            }
            _ => int,
        }
    }

    fn mask_at(&mut self, mask: Mask, from: Level, level: Level) -> Mask {
        match (mask, level) {
            (Mask::Reg(reg), Level::Rows(table)) if from != level && self.plan.level(reg) != level => {
                self.plan.mask(Op::SpreadMask(table, mask), level)
            }
            _ => mask,
        }
    }

    /// An expression at a place, planned once.
    pub fn expr(&mut self, id: ExprId, place: &Place) -> Planned {
        let key = (id, Rc::as_ptr(&place.frame).addr(), place.row);
        if let Some(known) = self.known.get(&key) {
            if known.is_err() {
                self.obstacle.get_or_insert(id);
            }
            return known.clone();
        }
        if self.depth >= DEPTH {
            return Err(Unknown);
        }
        self.depth += 1;
        let planned = self.compute(id, place).map(|value| self.at(&value, place.level()));
        if planned.is_err() {
            self.obstacle.get_or_insert(id);
        }
        self.depth -= 1;
        self.known.insert(key, planned.clone());
        planned
    }

    fn compute(&mut self, id: ExprId, place: &Place) -> Planned {
        let program = self.program;
        let expr = program.expr(id).ok_or(Unknown)?;
        let level = place.level();
        match &expr.kind {
            ExprKind::Literal(value) => literal(value),
            ExprKind::Field(field) => self.field(*field),
            ExprKind::Column { table, column, up: 0 } if place.row == Some(*table) => self.cell(*table, *column),
            ExprKind::Let(id) => {
                let definition = program.definition(*id).ok_or(Unknown)?;
                let mut frame = &place.frame;
                while frame.body != Some(definition.body) {
                    let Some(outer) = &frame.outer else { break };
                    frame = outer;
                }
                let there = Place { frame: Rc::clone(frame), row: frame.row };
                self.expr(definition.value, &there)
            }
            ExprKind::Argument(position) => self.argument(*position, place),
            ExprKind::FullMarks => Ok(place.frame.full.clone()),
            ExprKind::Total => self.score_of(NodeId(0)),
            ExprKind::ScoreOf(node) => self.score_of(*node),
            ExprKind::Negate(of) => {
                let value = self.expr(*of, place)?;
                let kind = Kind::Number(self.plan.subtract(Fraction::ZERO, value.number()?, level)?);
                Ok(Value { kind, ..value })
            }
            ExprKind::Not(of) => {
                let value = self.expr(*of, place)?;
                let kind = Kind::Bool(self.not(value.holds()?, level));
                Ok(Value { kind, ..value })
            }
            ExprKind::Arith(operator, a, b) => self.arith(*operator, *a, *b, place),
            ExprKind::Logic(operator, parts) => self.logic(*operator, parts, place),
            ExprKind::Compare(relation, a, b) => {
                let (a, b) = (self.expr(*a, place)?, self.expr(*b, place)?);
                self.compare(*relation, &a, &b, level)
            }
            ExprKind::InRange(of, range) => {
                let value = self.expr(*of, place)?;
                self.lies_in(&value, range, place)
            }
            ExprKind::Within { date, start, limit } => self.within(*date, *start, *limit, place),
            ExprKind::Is(test, of) => self.is(*test, *of, place),
            ExprKind::Call(function, arguments) => self.function(*function, arguments, place),
            ExprKind::Limit { most, value, bound } => {
                let (value, bound) = (self.expr(*value, place)?, self.expr(*bound, place)?);
                self.extreme(!*most, &value, &bound, level)
            }
            ExprKind::Round { value, places, mode, unit } => {
                let value = self.expr(*value, place)?;
                let unit = Fraction::constant(unit)?;
                if (unit.num, unit.den) != (Int::Const(1), Int::Const(1)) {
                    return Err(Unknown);
                }
                let exponent = unit.exponent - i32::try_from(*places).map_err(|_| Unknown)?;
                let kind = Kind::Number(self.plan.round(value.number()?, exponent, *mode, level)?);
                Ok(Value { kind, ..value })
            }
            ExprKind::Verdict(_) => Ok(Value::nothing(level)),
            ExprKind::Where(over, condition) => self.filter(*over, *condition, place),
            ExprKind::Fold(fold) => self.fold(fold, place),
            ExprKind::Bands(bands) => self.bands(bands, place),
            ExprKind::Tally(tally) => self.tally(tally, place),
            ExprKind::Each(each) => self.each(each, place),
            ExprKind::Method(method, arguments) => self.method(*method, arguments, place),
            ExprKind::Linear(linear) => self.linear(linear, place),
            ExprKind::Rated(_)
            | ExprKind::Peer(_)
            | ExprKind::Children
            | ExprKind::GradeOf(_)
            | ExprKind::Letters
            | ExprKind::Weights(_)
            | ExprKind::ChildScore(_)
            | ExprKind::ChildGrade(_)
            | ExprKind::Column { .. } => Err(Unknown),
        }
    }

    fn argument(&mut self, position: u16, place: &Place) -> Planned {
        let mut frame = &place.frame;
        let (expr, there) = loop {
            if let Some(arguments) = &frame.arguments {
                break arguments.get(usize::from(position)).cloned().ok_or(Unknown)?;
            }
            frame = frame.outer.as_ref().ok_or(Unknown)?;
        };
        self.expr(expr, &there)
    }

    fn score_of(&mut self, node: NodeId) -> Planned {
        let NodePlan { points, unsaid } = self.node(node)?;
        Ok(Value { kind: Kind::Number(points), unsaid, level: Level::Departments })
    }

    fn field(&mut self, id: FieldId) -> Planned {
        let field = self.program.schema.field(id).ok_or(Unknown)?;
        let exponent = self.scales.fields.get(id.0 as usize).copied().flatten().ok_or(Unknown)?;
        let source = Source::Field(id);
        match &field.shape {
            Shape::Scalar(ty) => self.load(source, ty, exponent, Level::Departments),
            Shape::Table(_) => {
                // A table declared 无 has no rows and is read as it is.
                let states = (u8::MAX - 1) & !(1 << encode_state(Some(State::None)));
                let unsaid = self.plan.mask(Op::State(source, states), Level::Departments);
                Ok(Value { kind: Kind::Rows(id, Mask::Const(true)), unsaid, level: Level::Departments })
            }
            Shape::Rating(_) => Err(Unknown),
        }
    }

    fn load(&mut self, source: Source, ty: &Type, exponent: i32, level: Level) -> Planned {
        let unsaid = self.plan.mask(Op::State(source, u8::MAX - 1), level);
        if *ty == Type::Bool {
            return Ok(Value { kind: Kind::Bool(self.plan.mask(Op::Holds(source), level)), unsaid, level });
        }
        let int = self.plan.int(Op::Load(source), level);
        let kind = match ty {
            Type::Quantity(_) => Kind::Number(Fraction::whole(int, exponent)),
            Type::Date => Kind::Date(int),
            Type::Word(Some(choice)) => {
                let list = self.program.schema.choice(*choice).ok_or(Unknown)?;
                Kind::Word(int, Rc::new(list.words.clone()))
            }
            _ => return Err(Unknown),
        };
        Ok(Value { kind, unsaid, level })
    }

    fn cell(&mut self, table: FieldId, column: u16) -> Planned {
        let found = self.program.schema.column(table, column).ok_or(Unknown)?;
        if let Some(formula) = found.formula {
            let there = Place { frame: self.root()?, row: Some(table) };
            return self.expr(formula, &there);
        }
        let scales = self.scales.tables.get(table.0 as usize).ok_or(Unknown)?;
        let exponent = scales.get(usize::from(column)).copied().flatten().ok_or(Unknown)?;
        self.load(Source::Cell(table, column), &found.ty, exponent, Level::Rows(table))
    }

    fn arith(&mut self, operator: Arith, a: ExprId, b: ExprId, place: &Place) -> Planned {
        let level = place.level();
        let (left, right) = (self.expr(a, place)?, self.expr(b, place)?);
        let mut unsaid = self.or(left.unsaid, right.unsaid, level);
        let kind = match (&left.kind, &right.kind) {
            (Kind::Date(a), Kind::Date(b)) if operator == Arith::Subtract => {
                Kind::Number(Fraction::whole(self.plan.int(Op::Subtract(*a, *b), level), 0))
            }
            (Kind::Number(_) | Kind::Nothing, Kind::Number(_) | Kind::Nothing) => {
                let (a, b) = (left.number()?, right.number()?);
                Kind::Number(match operator {
                    Arith::Add => self.plan.add(a, b, level)?,
                    Arith::Subtract => self.plan.subtract(a, b, level)?,
                    Arith::Multiply => self.plan.multiply(a, b, level),
                    Arith::Divide => {
                        let (quotient, zero) = self.plan.divide(a, b, level)?;
                        unsaid = self.or(unsaid, zero, level);
                        quotient
                    }
                    Arith::Power => return Err(Unknown),
                })
            }
            _ => return Err(Unknown),
        };
        Ok(Value { kind, unsaid, level })
    }

    /// 且, 或: what decides makes the others not matter.
    fn logic(&mut self, operator: Logic, parts: &[ExprId], place: &Place) -> Planned {
        let level = place.level();
        let mut all =
            Value { kind: Kind::Bool(Mask::Const(operator == Logic::And)), unsaid: Mask::Const(false), level };
        for part in parts {
            let part = self.expr(*part, place)?;
            all = self.joined(operator, &all, &part, level)?;
        }
        Ok(all)
    }

    pub fn joined(&mut self, operator: Logic, a: &Value, b: &Value, level: Level) -> Planned {
        let (x, y) = (a.holds()?, b.holds()?);
        let and = operator == Logic::And;
        let holds = self.plan.mask(if and { Op::And(x, y) } else { Op::Or(x, y) }, level);
        // Where one says nothing, the other decides: by being false in 且, true in 或. What the first would
        // say does not count then, whatever stands in its place.
        let passes = |lower: &mut Self, mask| if and { mask } else { lower.not(mask, level) };
        let (first, second) = (passes(self, x), passes(self, y));
        let other = self.or(second, b.unsaid, level);
        let (one, two) = (self.and(a.unsaid, other, level), self.and(b.unsaid, first, level));
        let unsaid = self.or(one, two, level);
        Ok(Value { kind: Kind::Bool(holds), unsaid, level })
    }

    pub fn compare(&mut self, relation: Compare, a: &Value, b: &Value, level: Level) -> Planned {
        let unsaid = self.or(a.unsaid, b.unsaid, level);
        let mask = match relation {
            Compare::Equal => self.related(Relation::Equal, a, b, level)?,
            Compare::NotEqual => {
                let equal = self.related(Relation::Equal, a, b, level)?;
                self.not(equal, level)
            }
            Compare::Less => self.related(Relation::Less, a, b, level)?,
            Compare::AtMost => self.related(Relation::AtMost, a, b, level)?,
            Compare::Greater => self.related(Relation::Less, b, a, level)?,
            Compare::AtLeast => self.related(Relation::AtMost, b, a, level)?,
        };
        Ok(Value { kind: Kind::Bool(mask), unsaid, level })
    }

    fn related(&mut self, relation: Relation, a: &Value, b: &Value, level: Level) -> Planned<Mask> {
        match (&a.kind, &b.kind) {
            (Kind::Nothing, _) | (_, Kind::Nothing) => Ok(Mask::Const(false)),
            (Kind::Number(a), Kind::Number(b)) => self.plan.compare(relation, *a, *b, level),
            (Kind::Date(a), Kind::Date(b)) => Ok(self.plan.mask(Op::Compare(relation, *a, *b), level)),
            (Kind::Word(a, words), Kind::Word(b, others)) if relation == Relation::Equal => {
                self.same_word((*a, words), (*b, others), level)
            }
            (Kind::Bool(a), Kind::Bool(b)) if relation == Relation::Equal => {
                let both = self.and(*a, *b, level);
                let one = self.or(*a, *b, level);
                let neither = self.not(one, level);
                Ok(self.or(both, neither, level))
            }
            _ => Err(Unknown),
        }
    }

    fn same_word(
        &mut self,
        (a, words): (Int, &Rc<Vec<heng_model::Name>>),
        (b, others): (Int, &Rc<Vec<heng_model::Name>>),
        level: Level,
    ) -> Planned<Mask> {
        let moved = |at: i64, from: &[heng_model::Name], to: &[heng_model::Name]| {
            let word = from.get(usize::try_from(at).ok()?)?;
            to.iter().position(|other| other == word).and_then(|at| i64::try_from(at).ok())
        };
        let pair = match (a, b) {
            (a, b) if words == others => Some((a, b)),
            (Int::Const(at), b) => moved(at, words, others).map(|at| (Int::Const(at), b)),
            (a, Int::Const(at)) => moved(at, others, words).map(|at| (a, Int::Const(at))),
            _ => return Err(Unknown),
        };
        Ok(pair.map_or(Mask::Const(false), |(a, b)| self.plan.mask(Op::Compare(Relation::Equal, a, b), level)))
    }

    pub fn lies_in(&mut self, value: &Value, range: &Interval<ExprId>, place: &Place) -> Planned {
        let level = place.level();
        let mut inside = Value { kind: Kind::Bool(Mask::Const(true)), unsaid: value.unsaid, level };
        for (end, lower) in [(&range.low, true), (&range.high, false)] {
            let Some(Bound { at, closed }) = end else { continue };
            let end = self.expr(*at, place)?;
            let relation = match (lower, closed) {
                (true, true) => Compare::AtLeast,
                (true, false) => Compare::Greater,
                (false, true) => Compare::AtMost,
                (false, false) => Compare::Less,
            };
            let within = self.compare(relation, value, &end, level)?;
            let holds = self.and(inside.holds()?, within.holds()?, level);
            let unsaid = self.or(inside.unsaid, within.unsaid, level);
            inside = Value { kind: Kind::Bool(holds), unsaid, level };
        }
        Ok(inside)
    }

    fn within(&mut self, date: ExprId, start: ExprId, limit: ExprId, place: &Place) -> Planned {
        let level = place.level();
        let quantity = self.program.expr(limit).and_then(|expr| expr.ty.quantity());
        if matches!(quantity, Some(Quantity::Days | Quantity::WorkingDays)) {
            return Err(Unknown);
        }
        let (day, start, limit) = (self.expr(date, place)?, self.expr(start, place)?, self.expr(limit, place)?);
        let (Kind::Date(day_int), Kind::Date(start_int)) = (&day.kind, &start.kind) else { return Err(Unknown) };
        let Fraction { num: Int::Const(days), den: Int::Const(1), exponent: exponent @ 0.. } = limit.number()? else {
            return Err(Unknown);
        };
        let days = days.checked_mul(super::fraction::power(exponent)?).filter(|days| (0..100_000).contains(days));
        let days = days.ok_or(Unknown)?;
        let end = self.plan.int(Op::Add(*start_int, Int::Const(days)), level);
        let early = self.plan.mask(Op::Compare(Relation::AtMost, *start_int, *day_int), level);
        let late = self.plan.mask(Op::Compare(Relation::AtMost, *day_int, end), level);
        let kind = Kind::Bool(self.and(early, late, level));
        let mut unsaid = self.or(day.unsaid, start.unsaid, level);
        unsaid = self.or(unsaid, limit.unsaid, level);
        Ok(Value { kind, unsaid, level })
    }

    /// A look at a datum's state.
    fn is(&mut self, test: Test, of: ExprId, place: &Place) -> Planned {
        let expr = self.program.expr(of).ok_or(Unknown)?;
        let level = place.level();
        let (source, known) = match &expr.kind {
            ExprKind::Field(field) => {
                let known = self.scales.fields.get(field.0 as usize).copied().flatten().is_some();
                (Source::Field(*field), known && self.program.schema.field(*field).is_some_and(|f| f.table().is_none()))
            }
            ExprKind::Column { table, column, up: 0 } if place.row == Some(*table) => {
                let formula = self.program.schema.column(*table, *column).and_then(|column| column.formula);
                let scales = self.scales.tables.get(table.0 as usize).ok_or(Unknown)?;
                let known = scales.get(usize::from(*column)).copied().flatten().is_some();
                (Source::Cell(*table, *column), known && formula.is_none())
            }
            _ => return Err(Unknown),
        };
        if !known || (!matches!(test, Test::State(_)) && expr.ty == Type::Text) {
            return Err(Unknown);
        }
        let bit = |state: State| 1u8 << encode_state(Some(state));
        let states = match test {
            Test::State(state) => bit(state),
            Test::Empty | Test::NotEmpty => bit(State::Missing) | bit(State::None),
        };
        let from = if matches!(source, Source::Field(_)) { Level::Departments } else { level };
        let mut mask = self.plan.mask(Op::State(source, states), from);
        if test == Test::NotEmpty {
            mask = self.not(mask, from);
        }
        Ok(Value { kind: Kind::Bool(mask), unsaid: Mask::Const(false), level: from })
    }

    pub fn extreme(&mut self, largest: bool, a: &Value, b: &Value, level: Level) -> Planned {
        let unsaid = self.or(a.unsaid, b.unsaid, level);
        let kind = Kind::Number(self.plan.extreme(largest, a.number()?, b.number()?, level)?);
        Ok(Value { kind, unsaid, level })
    }

    fn function(&mut self, function: Function, arguments: &[ExprId], place: &Place) -> Planned {
        let level = place.level();
        let values: Vec<Value> =
            arguments.iter().map(|argument| self.expr(*argument, place)).collect::<Planned<_>>()?;
        match (function, values.as_slice()) {
            (Function::Largest | Function::Smallest, [first, rest @ ..]) => {
                let largest = function == Function::Largest;
                rest.iter().try_fold(first.clone(), |best, value| self.extreme(largest, &best, value, level))
            }
            (Function::Absolute, [value]) => {
                let kind = Kind::Number(self.plan.subtract(Fraction::ZERO, value.number()?, level)?);
                let other = Value { kind, ..value.clone() };
                self.extreme(true, value, &other, level)
            }
            (Function::DaysBetween, [from, to]) => {
                let (Kind::Date(a), Kind::Date(b)) = (&from.kind, &to.kind) else { return Err(Unknown) };
                let kind = Kind::Number(Fraction::whole(self.plan.int(Op::Subtract(*b, *a), level), 0));
                Ok(Value { kind, unsaid: self.or(from.unsaid, to.unsaid, level), level })
            }
            _ => Err(Unknown),
        }
    }

    /// The points of the children and where one of them has none, bonuses apart.
    pub fn children(&mut self, parent: NodeId) -> Planned<(Vec<Fraction>, Vec<Fraction>, Mask)> {
        let node = self.program.node(parent).ok_or(Unknown)?;
        let (mut indicators, mut bonuses, mut unsaid) = (Vec::new(), Vec::new(), Mask::Const(false));
        for id in &node.children {
            let child = self.program.node(*id).ok_or(Unknown)?;
            let planned = self.node(*id)?;
            unsaid = self.or(unsaid, planned.unsaid, Level::Departments);
            if child.kind == NodeKind::Bonus { bonuses.push(planned.points) } else { indicators.push(planned.points) }
        }
        Ok((indicators, bonuses, unsaid))
    }
}

fn literal(value: &Plain) -> Planned {
    let kind = match value {
        Plain::Number(number) => return Lower::constant(number),
        Plain::Bool(yes) => Kind::Bool(Mask::Const(*yes)),
        Plain::Date(day) => Kind::Date(Int::Const(super::data::day_number(*day))),
        Plain::Text(word) => Kind::Word(Int::Const(0), Rc::new(vec![word.clone()])),
        _ => return Err(Unknown),
    };
    Ok(Value { kind, unsaid: Mask::Const(false), level: Level::Departments })
}
