//! Definitions, methods and scripts.

use std::sync::Mutex;

use heng_eval::{ScriptAnswer, ScriptArgument, ScriptCall, Scripts};
use heng_model::{
    Effect, ExprId, ExprKind, Name, Outcome, State, Type, Value, Verdict,
    expr::{Arith, BandCell, Compare, FoldOp, Test},
    program::{MethodCode, MethodId, Script, ScriptId},
    schema::{Bound, Interval},
    scorecard::Cause,
    value::Fault,
};

use crate::build::{
    Build, PLAIN, ROOT, calendar, causes, cell, day, fault_of, n, num, of, open, score, state, word, yes,
};

// Definitions.

#[test]
fn definitions_of_groups_are_seen_in_their_indicators() {
    let mut build = Build::new("100");
    let group = build.group_of(ROOT, "100");
    let body = build.body_of(group);
    let full = build.full();
    let named = build.define(body, full);
    let tenth = build.lit("0.1");
    let result = build.arith(Arith::Multiply, named, tenth);
    let node = build.indicator_of(group, "10", result);
    assert_eq!(of(&build.run(), node).outcome, score("10"), "满分 is that of the group that defines it");
}

#[test]
fn a_definition_forgets_the_rows_around_its_reader() {
    let mut build = Build::new("100");
    let table = build.table(&[PLAIN], ["1", "2"].map(|text| vec![cell(num(text))]).to_vec());
    let (rows, column) = (build.field(table), build.column(table, 0));
    let total = build.fold(FoldOp::Sum, rows, Some(column));
    let body = build.body_of(ROOT);
    let named = build.define(body, total);
    let share = build.arith(Arith::Divide, column, named);
    let sum = build.fold(FoldOp::Sum, rows, Some(share));
    assert_eq!(build.points(sum), n("1"));

    let mut build = Build::new("100");
    let table = build.table(&[PLAIN], vec![vec![cell(num("1"))]]);
    let (rows, column) = (build.field(table), build.column(table, 0));
    let body = build.body_of(ROOT);
    let stray = build.define(body, column);
    let sum = build.fold(FoldOp::Sum, rows, Some(stray));
    assert_eq!(build.fault(sum), Fault::Domain, "no row of the reader leaks into a definition");
}

#[test]
fn a_definition_is_computed_once_and_only_when_read() {
    let mut build = Build::new("100");
    let script = build.script();
    let method = build.method(&[], PLAIN, MethodCode::Script(script));
    let call = build.typed(ExprKind::Method(method, Vec::new()), PLAIN);
    let body = build.body_of(ROOT);
    let named = build.define(body, call);
    build.define(body, call);
    let sum = build.arith(Arith::Add, named, named);
    let node = build.indicator("100", sum);
    let host = Fake::answering(num("4"));
    let card = build.run_with(&host);
    assert_eq!(of(&card, node).outcome, score("8"));
    assert_eq!(host.calls(), 2, "once with and once without a trace");
}

#[test]
fn definitions_that_go_round_in_a_circle_stop() {
    let mut build = Build::new("100");
    let body = build.body_of(ROOT);
    let placeholder = build.lit("0");
    let (a, b) = (build.define(body, placeholder), build.define(body, placeholder));
    build.program.lets[0].value = b;
    build.program.lets[1].value = a;
    assert_eq!(build.fault(a), Fault::Domain);
}

#[test]
fn a_computed_column_is_computed_where_it_is_read() {
    let mut build = Build::new("100");
    let table = build.table(
        &[PLAIN, PLAIN],
        ["1", "2", "3"].map(|text| vec![cell(num(text)), state(State::Missing, None)]).to_vec(),
    );
    let (own, two) = (build.column(table, 0), build.lit("2"));
    let doubled = build.arith(Arith::Multiply, own, two);
    build.column_of(table, 1).formula = Some(doubled);
    let (rows, column) = (build.field(table), build.column(table, 1));
    let sum = build.fold(FoldOp::Sum, rows, Some(column));
    assert_eq!(build.points(sum), n("12"));
}

// Methods.

/// 方法 升率（完成，目标）= 分档 { 目标 > 0：完成 ÷ 目标；其他：待核 }
fn rate(build: &mut Build) -> MethodId {
    let (done, goal) = (build.typed(ExprKind::Argument(0), PLAIN), build.typed(ExprKind::Argument(1), PLAIN));
    let (nought, review) = (build.lit("0"), build.verdict(Verdict::Review));
    let positive = build.compare(Compare::Greater, goal, nought);
    let quotient = build.arith(Arith::Divide, done, goal);
    let bands = build.bands_of(&[], vec![(BandCell::When(positive), quotient), (BandCell::Other, review)]);
    let body = build.body(bands);
    build.method(&[(PLAIN, false), (PLAIN, false)], PLAIN, MethodCode::Body(body))
}

fn call(build: &mut Build, method: MethodId, arguments: &[ExprId]) -> ExprId {
    build.expr(ExprKind::Method(method, arguments.to_vec()))
}

#[test]
fn a_method_is_computed_with_its_arguments() {
    for (goal, outcome) in [("4", score("75")), ("0", open("0", "100", Verdict::Review))] {
        let mut build = Build::new("100");
        let method = rate(&mut build);
        let (done, goal) = (build.plain("3"), build.plain(goal));
        let share = call(&mut build, method, &[done, goal]);
        let result = build.times_full(share);
        assert_eq!(build.outcome(result), outcome);
    }
}

#[test]
fn a_method_in_a_method_keeps_its_own_arguments() {
    let mut build = Build::new("100");
    let method = rate(&mut build);
    let (a, b, c) = (build.plain("30"), build.plain("2"), build.plain("5"));
    let inner = call(&mut build, method, &[a, b]);
    let outer = call(&mut build, method, &[inner, c]);
    assert_eq!(build.points(outer), n("3"));
}

#[test]
fn arguments_are_computed_where_the_call_stands() {
    let mut build = Build::new("100");
    let method = rate(&mut build);
    let rows = [("1", "2"), ("3", "4")].map(|(a, b)| vec![cell(num(a)), cell(num(b))]).to_vec();
    let table = build.table(&[PLAIN, PLAIN], rows);
    let (rows, a, b) = (build.field(table), build.column(table, 0), build.column(table, 1));
    let rate = call(&mut build, method, &[a, b]);
    let sum = build.fold(FoldOp::Sum, rows, Some(rate));
    assert_eq!(build.points(sum), n("1.25"));
}

#[test]
fn full_marks_in_a_method_are_the_callers() {
    let mut build = Build::new("100");
    let full = build.full();
    let body = build.body(full);
    let method = build.method(&[], Type::POINTS, MethodCode::Body(body));
    let result = call(&mut build, method, &[]);
    let node = build.indicator("8", result);
    assert_eq!(of(&build.run(), node).outcome, score("8"));
}

#[test]
fn a_method_sees_the_parameters_of_the_pack() {
    let mut build = Build::new("100");
    let seven = build.lit("7");
    let root = build.body_of(ROOT);
    let parameter = build.define(root, seven);
    let body = build.body(parameter);
    let method = build.method(&[], Type::POINTS, MethodCode::Body(body));
    let result = call(&mut build, method, &[]);
    assert_eq!(build.points(result), n("7"));
}

#[test]
fn a_state_spreads_over_a_call_unless_the_parameter_is_optional() {
    for (optional, outcome) in [(false, open("0", "100", Verdict::Review)), (true, score("5"))] {
        let mut build = Build::new("100");
        build.declare(ROOT, State::Missing, Effect::Verdict(Verdict::Review));
        let argument = build.typed(ExprKind::Argument(0), PLAIN);
        let missing = build.is(Test::State(State::Missing), argument);
        let five = build.lit("5");
        let bands = build.bands_of(&[], vec![(BandCell::When(missing), five), (BandCell::Other, argument)]);
        let body = build.body(bands);
        let method = build.method(&[(PLAIN, optional)], PLAIN, MethodCode::Body(body));
        let read = build.read(PLAIN, state(State::Missing, None));
        let result = call(&mut build, method, &[read]);
        assert_eq!(build.outcome(result), outcome, "{optional}");
    }
}

#[test]
fn the_result_of_a_method_keeps_to_its_range() {
    let mut build = Build::new("100");
    let nine = build.lit("9");
    let body = build.body(nine);
    let method = build.method(&[], PLAIN, MethodCode::Body(body));
    build.program.methods[0].range = Some(up_to("8"));
    let result = call(&mut build, method, &[]);
    assert_eq!(build.fault(result), Fault::OutOfRange(n("9")));
}

#[test]
fn a_method_that_calls_itself_stops() {
    let mut build = Build::new("100");
    let placeholder = build.lit("0");
    let body = build.body(placeholder);
    let method = build.method(&[], PLAIN, MethodCode::Body(body));
    let again = call(&mut build, method, &[]);
    build.program.bodies[body.0 as usize].result = again;
    assert_eq!(build.fault(again), Fault::Domain);
}

#[test]
fn a_wrong_number_of_arguments_is_a_fault() {
    let mut build = Build::new("100");
    let method = rate(&mut build);
    let one = build.plain("1");
    let result = call(&mut build, method, &[one]);
    assert_eq!(build.fault(result), Fault::Domain);
}

fn up_to(most: &str) -> Interval<heng_model::Number> {
    Interval { low: Some(Bound { at: n("0"), closed: true }), high: Some(Bound { at: n(most), closed: true }) }
}

// Scripts.

impl Build {
    fn script(&mut self) -> ScriptId {
        let id = ScriptId(u32::try_from(self.program.scripts.len()).unwrap());
        let at = Default::default();
        let (file, function) = ("checks/台账.rhai".into(), "采购台账一致".into());
        self.program.scripts.push(Script { file, function, check: false, at });
        id
    }
}

/// A host that gives one answer and remembers what it was asked.
struct Fake {
    answer: Result<ScriptAnswer, Name>,
    asked: Mutex<Vec<Vec<ScriptArgument>>>,
}

impl Fake {
    fn with(answer: Result<ScriptAnswer, Name>) -> Fake {
        Fake { answer, asked: Mutex::default() }
    }

    fn answering(value: Value) -> Fake {
        Fake::with(Ok(ScriptAnswer { value, findings: Vec::new() }))
    }

    fn calls(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

impl Scripts for Fake {
    fn run(&self, call: &ScriptCall<'_>) -> Result<ScriptAnswer, Name> {
        self.asked.lock().unwrap().push(call.arguments.clone());
        self.answer.clone()
    }
}

fn scripted(ty: Type, optional: bool) -> (Build, MethodId) {
    let mut build = Build::new("100");
    let script = build.script();
    let method = build.method(&[(PLAIN, optional)], ty, MethodCode::Script(script));
    (build, method)
}

#[test]
fn a_script_is_handed_values_with_their_types() {
    let (mut build, method) = scripted(PLAIN, false);
    let read = build.plain("7");
    let result = call(&mut build, method, &[read]);
    let node = build.indicator("100", result);
    let host = Fake::answering(num("42"));
    assert_eq!(of(&build.run_with(&host), node).outcome, score("42"));
    assert_eq!(host.asked.lock().unwrap()[0], [ScriptArgument::Value { value: num("7"), ty: PLAIN }]);
}

#[test]
fn a_script_is_handed_rows_with_their_computed_cells_and_states() {
    let mut build = Build::new("100");
    let rows = vec![
        vec![cell(num("1")), state(State::Missing, None)],
        vec![state(State::Late, Some(num("2"))), state(State::Missing, None)],
        vec![cell(num("0")), state(State::Missing, None)],
    ];
    let table = build.table(&[PLAIN, PLAIN], rows);
    let (own, ten) = (build.column(table, 0), build.lit("10"));
    build.column_of(table, 1).formula = Some(build.arith(Arith::Divide, ten, own));
    let script = build.script();
    let method = build.method(&[(Type::Rows(table), false)], Type::Bool, MethodCode::Script(script));
    let rows = build.field(table);
    let asked = build.typed(ExprKind::Method(method, vec![rows]), Type::Bool);
    let one = build.lit("1");
    let bands = build.bands_of(&[], vec![(BandCell::When(asked), one)]);
    let node = build.indicator("100", bands);
    let host = Fake::answering(yes(true));
    let card = build.run_with(&host);
    assert_eq!(of(&card, node).outcome, score("1"));
    assert_eq!(of(&card, node).read.len(), 4, "the table and the cells that were handed in");
    let asked = host.asked.lock().unwrap();
    let [ScriptArgument::Rows(rows)] = asked[0].as_slice() else { panic!("rows") };
    let late = heng_model::value::DatumRef { field: table, cell: Some((1, 0)) };
    let cells: Vec<(u32, &Value, &Value)> =
        rows.iter().map(|row| (row.number, &row.cells[0].1, &row.cells[1].1)).collect();
    let zero = Value::Verdict(Verdict::Stop, Some(Fault::DivisionByZero));
    assert_eq!(
        cells,
        [
            (1, &num("1"), &num("10")),
            (2, &Value::State(State::Late, late), &Value::State(State::Late, late)),
            (3, &num("0"), &zero),
        ]
    );
    assert_eq!(&*rows[0].cells[1].0, "列1");
}

#[test]
fn a_script_is_not_called_over_a_state_unless_it_may_be() {
    for optional in [false, true] {
        let (mut build, method) = scripted(PLAIN, optional);
        let read = build.read(PLAIN, state(State::Missing, None));
        let result = call(&mut build, method, &[read]);
        build.indicator("100", result);
        let host = Fake::answering(num("1"));
        build.run_with(&host);
        assert_eq!(host.calls(), if optional { 2 } else { 0 });
        if optional {
            let value = Value::State(State::Missing, crate::build::datum(0));
            assert_eq!(host.asked.lock().unwrap()[0], [ScriptArgument::Value { value, ty: PLAIN }]);
        }
    }
}

#[test]
fn what_a_script_says_is_found_at_the_indicator() {
    let (mut build, method) = scripted(PLAIN, false);
    let read = build.plain("7");
    let result = call(&mut build, method, &[read]);
    let node = build.indicator("100", result);
    let answer = ScriptAnswer { value: num("1"), findings: vec!["第3行没有合同".into()] };
    let card = build.run_with(&Fake::with(Ok(answer)));
    let message: Name = "第3行没有合同".into();
    assert_eq!(causes(of(&card, node)), [Cause::Script { method, message }]);
    assert_eq!(of(&card, node).findings[0].verdict, None);
}

#[test]
fn a_script_keeps_to_its_range_and_type() {
    for (answer, fault) in
        [(num("8.5"), Fault::OutOfRange(n("8.5"))), (word("八"), Fault::Domain), (yes(true), Fault::Domain)]
    {
        let (mut build, method) = scripted(PLAIN, false);
        build.program.methods[0].range = Some(up_to("8"));
        let read = build.plain("7");
        let result = call(&mut build, method, &[read]);
        let node = build.indicator("100", result);
        assert_eq!(fault_of(of(&build.run_with(&Fake::answering(answer)), node)), fault);
    }
}

#[test]
fn a_script_may_leave_it_to_a_person() {
    let (mut build, method) = scripted(PLAIN, false);
    let read = build.plain("7");
    let result = call(&mut build, method, &[read]);
    let node = build.indicator("100", result);
    let card = build.run_with(&Fake::answering(Value::Verdict(Verdict::Review, None)));
    assert_eq!(of(&card, node).outcome, open("0", "100", Verdict::Review));
}

#[test]
fn a_script_that_fails_stops_the_indicator_with_its_words() {
    let (mut build, method) = scripted(PLAIN, false);
    let read = build.plain("7");
    let result = call(&mut build, method, &[read]);
    let node = build.indicator("100", result);
    let host = Fake::with(Err("checks/台账.rhai 第3行：除数为零".into()));
    assert_eq!(fault_of(of(&build.run_with(&host), node)), Fault::Script("checks/台账.rhai 第3行：除数为零".into()));
    let Fault::Script(text) = fault_of(of(&build.run(), node)) else { panic!("refused") };
    assert!(text.contains("checks/台账.rhai") && text.contains("switched off"), "{text}");
}

// Functions.

fn function(build: &mut Build, function: heng_model::expr::Function, arguments: &[Value]) -> ExprId {
    let arguments = arguments.iter().map(|value| build.value(value.clone())).collect();
    build.expr(ExprKind::Call(function, arguments))
}

#[test]
fn built_in_functions() {
    use heng_model::expr::Function::{
        Absolute, DaysBetween, Largest, Ln, Smallest, SquareRoot, WorkingDaysBetween, YearOf,
    };
    let list = Value::List(vec![num("4"), num("9")]);
    let cases = [
        (Largest, vec![num("3"), list.clone()], "9"),
        (Smallest, vec![num("3"), list], "3"),
        (Absolute, vec![num("-2.5")], "2.5"),
        (DaysBetween, vec![day(2023, 2, 27), day(2023, 3, 1)], "2"),
        (WorkingDaysBetween, vec![day(2023, 1, 20), day(2023, 1, 29)], "2"),
        (YearOf, vec![day(2023, 2, 27)], "2023"),
        (Ln, vec![num("1")], "0"),
        (SquareRoot, vec![num("2.25")], "1.5"),
    ];
    for (name, arguments, expected) in cases {
        let mut build = Build::new("100");
        build.calendar = Some(calendar());
        let result = function(&mut build, name, &arguments);
        let (three_thousand, scale) = (build.lit("3000"), build.lit("100"));
        // Kept within an indicator's points.
        let share = build.arith(Arith::Divide, result, three_thousand);
        let points = build.arith(Arith::Multiply, share, scale);
        let back = n(expected).checked_div(&n("30")).unwrap();
        assert_eq!(build.outcome(points), Outcome::Score(back), "{name:?}");
    }
}

#[test]
fn functions_stop_where_they_have_no_exact_value() {
    use heng_model::expr::Function::{Absolute, Largest, Ln, SquareRoot, WorkingDaysBetween};
    for (name, arguments, fault) in [
        (SquareRoot, vec![num("2")], Fault::Unrounded),
        (SquareRoot, vec![num("-4")], Fault::Domain),
        (Ln, vec![num("2")], Fault::Unrounded),
        (Ln, vec![num("0")], Fault::Domain),
        (Absolute, vec![word("二")], Fault::Domain),
        (Largest, vec![], Fault::TooFew),
        (Largest, vec![num("2"), day(2023, 1, 1)], Fault::Domain),
        (WorkingDaysBetween, vec![day(2023, 1, 1), day(2023, 1, 9)], Fault::NoCalendar(2023)),
    ] {
        let mut build = Build::new("100");
        let result = function(&mut build, name, &arguments);
        assert_eq!(build.fault(result), fault, "{name:?}");
    }
}

#[test]
fn letters_are_sorted_and_joined() {
    use heng_model::expr::Function::{Joined, Sorted};
    let mut build = Build::new("100");
    let letters = ["C", "A", "B"].map(|letter| build.value(word(letter)));
    let sorted = build.expr(ExprKind::Call(Sorted, letters.to_vec()));
    let joined = build.expr(ExprKind::Call(Joined, vec![sorted]));
    let (wanted, one) = (build.value(word("ABC")), build.lit("1"));
    let bands = build.bands_of(&[joined], vec![(BandCell::OneOf(vec![wanted]), one)]);
    assert_eq!(build.points(bands), n("1"));
}
