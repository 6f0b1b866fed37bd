//! Whatever a stored program holds, scoring it ends and does not panic; and says the same without a
//! trace.

use heng_eval::{Context, NoScripts, evaluate, evaluate_quietly};
use heng_model::{
    Cell, Effect, ExprId, ExprKind, FieldId, NodeId, Outcome, Quantity, Rounding, State, Type, Value, Verdict,
    expr::{
        Arith, BandCell, BandRow, Bands, Compare, Each, Fold, FoldOp, Function, Linear, Logic, Share, Side, SourceRef,
        StepRounding, Tally, TallyCount, TallyRow, Test,
    },
    program::{BodyId, Inapplicable, LetId, MethodCode, MethodId, NodeKind, Otherwise, ScriptId},
    schema::{Bound, Interval},
};
use proptest::prelude::*;

use crate::build::{Build, PLAIN, ROOT, assert_agrees, calendar, cell, day, num, state, word, yes};

/// Choices read off a tape: a shorter tape is a simpler program.
struct Tape {
    choices: Vec<u16>,
    at: usize,
}

impl Tape {
    fn below(&mut self, bound: usize) -> usize {
        let choice = self.choices.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(choice) % bound.max(1)
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    fn some(&mut self) -> bool {
        self.below(2) == 1
    }

    fn id(&mut self) -> u32 {
        self.below(EXPRS + 2) as u32
    }

    fn expr(&mut self) -> ExprId {
        ExprId(self.id())
    }

    fn maybe(&mut self) -> Option<ExprId> {
        self.some().then(|| self.expr())
    }

    fn several(&mut self) -> Vec<ExprId> {
        (0..self.below(4)).map(|_| self.expr()).collect()
    }
}

/// How many expressions a program holds; ids go two beyond.
const EXPRS: usize = 40;

const VERDICTS: [Verdict; 4] = [Verdict::NotApplicable, Verdict::Review, Verdict::Return, Verdict::Stop];

fn verdict(tape: &mut Tape) -> Verdict {
    tape.pick(&VERDICTS)
}

fn value(tape: &mut Tape) -> Value {
    match tape.below(8) {
        0 => yes(tape.some()),
        1 => day(2023, 1 + tape.below(12) as i8, 1 + tape.below(28) as i8),
        2 => word(tape.pick(&["甲", "乙", ""])),
        3 => Value::List((0..tape.below(3)).map(|_| num("1")).collect()),
        4 => num("1/3"),
        _ => num(tape.pick(&["0", "1", "-1", "0.5", "3", "100", "99999999999999999999999999999999999999"])),
    }
}

fn interval(tape: &mut Tape) -> Interval<ExprId> {
    let mut end = || tape.some().then(|| Bound { at: tape.expr(), closed: tape.some() });
    Interval { low: end(), high: end() }
}

fn at() -> SourceRef {
    SourceRef::default()
}

fn partial(tape: &mut Tape) -> StepRounding {
    tape.pick(&[StepRounding::Whole, StepRounding::ProRata, StepRounding::Up])
}

fn tally(tape: &mut Tape) -> Tally {
    let row = |tape: &mut Tape| {
        let count = match tape.below(3) {
            0 => TallyCount::When(tape.expr()),
            1 => TallyCount::Beyond {
                amount: tape.expr(),
                side: tape.pick(&[Side::Above, Side::Below, Side::Away]),
                limit: tape.expr(),
                step: tape.expr(),
                partial: partial(tape),
            },
            _ => TallyCount::Per { items: tape.expr(), step: tape.expr(), partial: partial(tape) },
        };
        TallyRow { count, points: tape.expr(), cite: Default::default(), at: at() }
    };
    let rows = (0..tape.below(4)).map(|_| row(tape)).collect();
    Tally { deduct: tape.some(), from: tape.maybe(), to: tape.maybe(), rows }
}

fn bands(tape: &mut Tape) -> Bands {
    let subjects = tape.several();
    let cell = |tape: &mut Tape| match tape.below(5) {
        0 => BandCell::Other,
        1 => BandCell::Range(interval(tape)),
        2 => BandCell::OneOf(tape.several()),
        3 => BandCell::State(tape.pick(&State::ALL)),
        _ => BandCell::When(tape.expr()),
    };
    let row = |tape: &mut Tape| BandRow {
        cells: (0..tape.below(3)).map(|_| cell(tape)).collect(),
        value: tape.expr(),
        cite: Default::default(),
        at: at(),
    };
    Bands { subjects, rows: (0..tape.below(4)).map(|_| row(tape)).collect() }
}

fn fold(tape: &mut Tape) -> Fold {
    use FoldOp::{Count, Exists, GeometricMean, HarmonicMean, List, Max, Mean, Median, Min, Share, Sum, WeightedMean};
    let ops = [Sum, Mean, WeightedMean, Min, Max, Count, Share, Exists, GeometricMean, HarmonicMean, Median, List];
    Fold {
        op: tape.pick(&ops),
        over: tape.expr(),
        term: tape.maybe(),
        weight: tape.maybe(),
        skip: (0..tape.below(3)).map(|_| tape.pick(&State::ALL)).collect(),
        at_least: tape.some().then_some(2),
    }
}

fn kind(tape: &mut Tape) -> ExprKind {
    use Function::{
        Absolute, DaysBetween, Joined, Largest, Ln, Smallest, Sorted, SquareRoot, WorkingDaysBetween, YearOf,
    };
    let functions =
        [Largest, Smallest, Absolute, DaysBetween, WorkingDaysBetween, YearOf, Ln, SquareRoot, Sorted, Joined];
    match tape.below(34) {
        0..=3 => ExprKind::Literal(value(tape)),
        4 | 5 => ExprKind::Field(FieldId(tape.below(9) as u32)),
        6 | 7 => ExprKind::Column {
            table: FieldId(6 + tape.below(2) as u32),
            column: tape.below(4) as u16,
            up: tape.below(2) as u8,
        },
        8 => ExprKind::Let(LetId(tape.below(6) as u32)),
        9 => ExprKind::Argument(tape.below(3) as u16),
        10 => ExprKind::FullMarks,
        11 => ExprKind::Total,
        12 => ExprKind::ScoreOf(NodeId(tape.below(9) as u32)),
        13 => ExprKind::Children,
        14 => ExprKind::Negate(tape.expr()),
        15 => ExprKind::Not(tape.expr()),
        16 | 17 => {
            let operators = [Arith::Add, Arith::Subtract, Arith::Multiply, Arith::Divide, Arith::Power];
            ExprKind::Arith(tape.pick(&operators), tape.expr(), tape.expr())
        }
        18 => ExprKind::Logic(tape.pick(&[Logic::And, Logic::Or]), tape.several()),
        19 | 20 => {
            use Compare::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
            let relations = [Equal, NotEqual, Less, AtMost, Greater, AtLeast];
            ExprKind::Compare(tape.pick(&relations), tape.expr(), tape.expr())
        }
        21 => ExprKind::InRange(tape.expr(), interval(tape)),
        22 => ExprKind::Within { date: tape.expr(), start: tape.expr(), limit: tape.expr() },
        23 => {
            let test = match tape.below(3) {
                0 => Test::State(tape.pick(&State::ALL)),
                1 => Test::Empty,
                _ => Test::NotEmpty,
            };
            ExprKind::Is(test, tape.expr())
        }
        24 => ExprKind::Where(tape.expr(), tape.expr()),
        25 | 26 => ExprKind::Fold(fold(tape)),
        27 => ExprKind::Call(tape.pick(&functions), tape.several()),
        28 => ExprKind::Method(MethodId(tape.below(4) as u32), tape.several()),
        29 => ExprKind::Bands(bands(tape)),
        30 => ExprKind::Tally(tally(tape)),
        31 => {
            let shares =
                [Share::Even, Share::Column(tape.expr()), Share::Weighted(tape.expr()), Share::Mean, Share::Sum];
            ExprKind::Each(Each { rows: tape.expr(), share: tape.pick(&shares), body: BodyId(tape.below(14) as u32) })
        }
        32 => match tape.below(3) {
            0 => ExprKind::Rated(FieldId(tape.below(9) as u32)),
            1 => ExprKind::Limit { most: tape.some(), value: tape.expr(), bound: tape.expr() },
            _ => ExprKind::Round {
                value: tape.expr(),
                places: tape.pick(&[0, 2, u32::MAX]),
                mode: Rounding::HalfUp,
                unit: tape.pick(&["1", "0", "-1"]).parse().unwrap(),
            },
        },
        _ => match tape.below(2) {
            0 => ExprKind::Verdict(verdict(tape)),
            _ => ExprKind::Linear(Linear {
                subject: tape.expr(),
                low: tape.expr(),
                high: tape.expr(),
                from: tape.expr(),
                to: tape.expr(),
            }),
        },
    }
}

fn given(tape: &mut Tape) -> Cell {
    match tape.below(4) {
        0 => state(tape.pick(&State::ALL), None),
        1 => state(tape.pick(&State::ALL), Some(value(tape))),
        _ => {
            Cell { reason: Some("理由".into()), evidence: tape.some().then(|| "证明".into()), ..cell(value(tape)) }
        }
    }
}

fn ty(tape: &mut Tape) -> Type {
    tape.pick(&[PLAIN, Type::Bool, Type::Date, Type::Quantity(Quantity::WorkingDays), Type::Quantity(Quantity::Days)])
}

fn effect(tape: &mut Tape) -> Effect {
    let effects = [Effect::AsIs, Effect::Zero, Effect::Full, Effect::NotMet, Effect::Verdict(verdict(tape))];
    tape.pick(&effects)
}

fn data(build: &mut Build, tape: &mut Tape) {
    for _ in 0..5 {
        let ty = ty(tape);
        let given = given(tape);
        let field = build.datum(ty, given);
        build.traits(field).when_missing = tape.some().then(|| effect(tape));
    }
    let judged = given(tape);
    build.rating("0.2", "0.9", judged);
    for _ in 0..2 {
        let columns = [ty(tape), ty(tape), ty(tape)];
        let rows = (0..tape.below(4)).map(|_| (0..3).map(|_| given(tape)).collect()).collect();
        let table = match tape.below(3) {
            0 => build.table_in(&columns, Some(tape.pick(&State::ALL)), rows),
            _ => build.table(&columns, rows),
        };
        build.column_of(table, 2).formula = tape.maybe();
    }
}

/// Six nodes under each other at random, bodies for rows and methods, definitions, demands.
fn program(choices: Vec<u16>) -> Build {
    let mut tape = Tape { choices, at: 0 };
    let tape = &mut tape;
    let mut build = Build::new("100");
    // The sum of the children stays where it is; the rest is random.
    data(&mut build, tape);
    while build.program.exprs.len() < EXPRS {
        let ty = ty(tape);
        let kind = kind(tape);
        build.typed(kind, ty);
    }
    for _ in 0..6 {
        let parent = NodeId(tape.below(build.program.nodes.len()) as u32);
        let result = tape.expr();
        match tape.below(5) {
            0 => build.unwritten_of(parent, "10"),
            1 => build.bonus_of(parent, tape.pick(&["5", "-5"]), result),
            2 => build.group_of(parent, "30"),
            _ => build.indicator_of(parent, "10", result),
        };
    }
    for _ in 0..6 {
        let result = tape.expr();
        let body = build.body(result);
        if tape.some() {
            build.case(body, tape.expr(), tape.expr());
        }
        if tape.some() {
            let otherwise = [Otherwise::Note, Otherwise::Verdict(verdict(tape)), Otherwise::Value(tape.expr())];
            let otherwise = tape.pick(&otherwise);
            build.demand(body, tape.expr(), otherwise);
        }
    }
    for _ in 0..5 {
        let body = BodyId(tape.below(build.program.bodies.len()) as u32);
        build.define(body, tape_expr(tape));
    }
    for _ in 0..3 {
        let code = match tape.below(4) {
            0 => MethodCode::Script(ScriptId(0)),
            _ => MethodCode::Body(BodyId(tape.below(14) as u32)),
        };
        let parameters: Vec<(Type, bool)> = (0..tape.below(3)).map(|_| (PLAIN, tape.some())).collect();
        build.method(&parameters, PLAIN, code);
    }
    disturb(&mut build, tape);
    build
}

/// An expression that the builder can ask for its type.
fn tape_expr(tape: &mut Tape) -> ExprId {
    ExprId(tape.below(EXPRS) as u32)
}

/// Effects, policies, calendars, demands on the data, and ids that lead astray.
fn disturb(build: &mut Build, tape: &mut Tape) {
    let nodes = build.program.nodes.len();
    for _ in 0..4 {
        let node = NodeId(tape.below(nodes) as u32);
        build.declare(node, tape.pick(&State::ALL), effect(tape));
        let policies = [
            None,
            Some(Inapplicable::Rescale),
            Some(Inapplicable::Full),
            Some(Inapplicable::Zero),
            Some(Inapplicable::Stop),
        ];
        build.node(node).inapplicable = tape.pick(&policies);
    }
    if tape.some() {
        build.calendar = Some(calendar());
    }
    let demand = build.needed(tape.expr(), Otherwise::Verdict(verdict(tape)));
    let table = tape.some().then(|| FieldId(5 + tape.below(4) as u32));
    build.program.demands.push(heng_model::program::DataDemand { table, demand });
    build.program.grade = tape.maybe();
    match tape.below(5) {
        0 => build.node(NodeId(tape.below(nodes) as u32)).parent = Some(NodeId(tape.below(nodes + 2) as u32)),
        1 => build.node(NodeId(tape.below(nodes) as u32)).children.push(NodeId(tape.below(nodes + 2) as u32)),
        2 => build.node(NodeId(tape.below(nodes) as u32)).body = Some(BodyId(99)),
        3 => build.node(ROOT).kind = NodeKind::Bonus,
        _ => {}
    }
}

fn lies_in_range(build: &mut Build, outcomes: &[Outcome]) {
    for (id, outcome) in (0u32..).zip(outcomes) {
        let full = build.node(NodeId(id)).full.clone();
        let (least, most) = if full.is_negative() {
            (full, num("0"))
        } else {
            (num("0").as_number().unwrap().clone(), Value::Number(full))
        };
        let most = most.as_number().unwrap().clone();
        let inside = |points: &heng_model::Number| *points >= least && *points <= most;
        match outcome {
            Outcome::Score(points) => assert!(inside(points), "{points}"),
            Outcome::Open { least, most, .. } => assert!(inside(least) && inside(most) && least <= most),
            Outcome::NotApplicable | Outcome::Graded(_) | Outcome::Unwritten => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scoring_never_panics_and_always_ends(choices in prop::collection::vec(any::<u16>(), 100..900)) {
        let mut build = program(choices);
        let facts = build.entries();
        let context = Context { calendar: build.calendar.as_ref(), scripts: &NoScripts };
        let card = evaluate(&build.program, &facts, &context);
        assert_agrees(&card, &evaluate_quietly(&build.program, &facts, &context));
        prop_assert_eq!(card.nodes.len(), build.program.nodes.len());
        let outcomes: Vec<Outcome> = card.nodes.into_iter().map(|node| node.outcome).collect();
        lies_in_range(&mut build, &outcomes);
    }
}

#[test]
fn depth_is_bounded_in_every_form() {
    // One chain per form that can stand in itself, each far deeper than any rule.
    type Wrap = fn(&mut Build, ExprId) -> ExprId;
    let forms: [Wrap; 8] = [
        |b, inner| b.expr(ExprKind::Negate(inner)),
        |b, inner| b.arith(Arith::Add, inner, inner),
        |b, inner| b.bands_of(&[inner], vec![(BandCell::Other, inner)]),
        |b, inner| b.tally(false, &[(TallyCount::Per { items: inner, step: inner, partial: StepRounding::Up }, "1")]),
        |b, inner| {
            let body = b.body(inner);
            let rows = b.field(FieldId(0));
            b.expr(ExprKind::Each(Each { rows, share: Share::Even, body }))
        },
        |b, inner| {
            let body = b.body(inner);
            let method = b.method(&[(PLAIN, false)], PLAIN, MethodCode::Body(body));
            b.expr(ExprKind::Method(method, vec![inner]))
        },
        |b, inner| {
            let rows = b.field(FieldId(0));
            b.fold(FoldOp::Sum, rows, Some(inner))
        },
        |b, inner| {
            let body = b.body_of(ROOT);
            b.define(body, inner)
        },
    ];
    for (position, wrap) in forms.into_iter().enumerate() {
        let mut build = Build::new("100");
        build.table(&[PLAIN], vec![vec![cell(num("1"))]]);
        let mut result = build.plain("1");
        for _ in 0..2000 {
            result = wrap(&mut build, result);
        }
        let node = build.indicator("100", result);
        let card = build.run();
        assert_eq!(
            crate::build::fault_of(crate::build::of(&card, node)),
            heng_model::value::Fault::Domain,
            "{position}"
        );
    }
}

#[test]
fn indicators_that_read_each_other_in_a_long_chain_do_not_overflow() {
    let mut build = Build::new("100");
    let one = build.lit("1");
    build.indicator("1", one);
    for id in (1u32..).take(3000) {
        let read = build.expr(ExprKind::ScoreOf(NodeId(id)));
        build.indicator("1", read);
    }
    build.program.nodes.reverse();
    let last = build.program.nodes.len() as u32 - 1;
    for id in 0..=last {
        build.program.nodes[id as usize].parent = None;
    }
    assert_eq!(build.run().nodes.len(), 3002);
}
