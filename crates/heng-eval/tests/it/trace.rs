//! Traces: what is recorded, where, and how often.

use heng_model::{
    Effect, ExprId, ExprKind, FieldId, NodeId, State, Type, Value,
    expr::{Arith, BandCell, Each, Fold, FoldOp, Share, TallyCount},
    program::{LetId, MethodCode, MethodId},
    scorecard::{Role, Step},
    value::DatumRef,
};

use crate::build::{Build, PLAIN, ROOT, cell, datum, num, of, state, yes};

/// A trace in a few signs: role, value, parts.
fn sketch(steps: &[Step]) -> String {
    let one = |step: &Step| {
        let parts = if step.parts.is_empty() { String::new() } else { format!("[{}]", sketch(&step.parts)) };
        format!("{}={}{parts}", role(&step.role), value(&step.value))
    };
    steps.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn role(role: &Role) -> String {
    let place = |datum: &DatumRef| match datum.cell {
        None => format!("#{}", datum.field.0),
        Some((row, column)) => format!("#{}.{row}.{column}", datum.field.0),
    };
    match role {
        Role::Case(at) => format!("case{at}"),
        Role::CaseResult(at) => format!("then{at}"),
        Role::Demand(at) => format!("need{at}"),
        Role::Result => "result".into(),
        Role::Grade => "grade".into(),
        Role::Operand(at) => at.to_string(),
        Role::Let(LetId(at)) => format!("let{at}"),
        Role::Read(datum) => place(datum),
        Role::Subject(at) => format!("of{at}"),
        Role::Band(at) => format!("band{at}"),
        Role::Asked(at) => format!("asked{at}"),
        Role::Tally(at) => format!("tally{at}"),
        Role::Row(FieldId(table), row) => format!("row{table}.{row}"),
        Role::Child(NodeId(at)) => format!("child{at}"),
        Role::Method(MethodId(at)) => format!("method{at}"),
        Role::Peers(count) => format!("peers{}", count.counted),
        Role::Said(text) => format!("“{text}”"),
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Bool(holds) => if *holds { "yes" } else { "no" }.into(),
        Value::Rows(_, rows) => format!("{rows:?}"),
        Value::State(state, _) => format!("{state:?}"),
        Value::Verdict(verdict, _) => format!("{verdict:?}"),
        other => format!("{other:?}"),
    }
}

fn trace(mut build: Build, result: ExprId) -> String {
    let node = build.indicator("100", result);
    sketch(&of(&build.run(), node).trace)
}

#[test]
fn operands_and_data_are_steps_and_literals_are_not() {
    let mut build = Build::new("100");
    let (a, b, two) = (build.plain("6"), build.plain("3"), build.lit("2"));
    let quotient = build.arith(Arith::Divide, a, b);
    let product = build.arith(Arith::Multiply, two, quotient);
    assert_eq!(trace(build, product), "result=4[1=2[0=6[#0=6] 1=3[#1=3]]]");
}

#[test]
fn full_marks_are_a_step() {
    let mut build = Build::new("100");
    let share = build.plain("0.5");
    let result = build.times_full(share);
    assert_eq!(trace(build, result), "result=50[0=100 1=0.5[#0=0.5]]");
}

#[test]
fn cases_and_demands_are_steps() {
    let mut build = Build::new("100");
    let (no, yes_) = (build.read(Type::Bool, cell(yes(false))), build.read(Type::Bool, cell(yes(true))));
    let result = build.plain("9");
    let node = build.indicator("100", result);
    let body = build.body_of(node);
    build.case(body, no, result);
    build.demand(body, yes_, heng_model::program::Otherwise::Note);
    assert_eq!(sketch(&of(&build.run(), node).trace), "case0=no[#0=no] need0=yes[#1=yes] result=9[#2=9]");
    build.case(body, yes_, result);
    assert_eq!(sketch(&of(&build.run(), node).trace), "case0=no[#0=no] case1=yes[#1=yes] then1=9[#2=9]");
}

#[test]
fn a_definition_shows_its_steps_once_in_every_trace() {
    let mut build = Build::new("100");
    let read = build.plain("6");
    let body = build.body_of(ROOT);
    let (two, three) = (build.lit("2"), build.lit("3"));
    let half = build.arith(Arith::Divide, read, two);
    let named = build.define(body, half);
    let twice = build.arith(Arith::Add, named, named);
    let once = build.arith(Arith::Multiply, named, three);
    let (first, second) = (build.indicator("10", twice), build.indicator("10", once));
    let card = build.run();
    let whole = "let0=3[0=6[#0=6]]";
    assert_eq!(sketch(&of(&card, first).trace), format!("result=6[0=3[{whole}] 1=3[let0=3]]"));
    assert_eq!(sketch(&of(&card, second).trace), format!("result=9[0=3[{whole}]]"));
    assert_eq!([first, second].map(|node| of(&card, node).read.clone()), [vec![datum(0)], vec![datum(0)]]);
}

#[test]
fn data_are_listed_once_in_the_order_of_reading() {
    let mut build = Build::new("100");
    let (a, b) = (build.plain("2"), build.plain("3"));
    let sum = build.arith(Arith::Add, b, a);
    let again = build.arith(Arith::Add, sum, b);
    let node = build.indicator("100", again);
    assert_eq!(of(&build.run(), node).read, [datum(1), datum(0)]);
}

#[test]
fn bands_show_subject_questions_and_the_deciding_row() {
    let mut build = Build::new("100");
    let subject = build.plain("85");
    let bands = build.bands(subject, &[("[90,)", "5"), ("[80,90)", "4")]);
    assert_eq!(trace(build, bands), "result=4[of0=85[#0=85] band1=4]");

    let mut build = Build::new("100");
    let (subject, points) = (build.plain("85"), build.plain("4"));
    let row = (build.cell("[80,)"), points);
    let bands = build.bands_of(&[subject], vec![row]);
    assert_eq!(trace(build, bands), "result=4[of0=85[#0=85] band0=4[#1=4]]");

    let mut build = Build::new("100");
    let (no, one, points) = (build.read(Type::Bool, cell(yes(false))), build.lit("1"), build.plain("7"));
    let bands = build.bands_of(&[], vec![(BandCell::When(no), one), (BandCell::Other, points)]);
    assert_eq!(trace(build, bands), "result=7[asked0=no[#0=no] band1=7[#1=7]]");
}

#[test]
fn a_tally_shows_how_often_each_row_counts() {
    let mut build = Build::new("100");
    let table = build.table(&[PLAIN], vec![vec![cell(num("1"))]; 2]);
    let (rows, no) = (build.field(table), build.read(Type::Bool, cell(yes(false))));
    let per = build.per(rows, "1");
    let tally = build.tally(false, &[(per, "3"), (TallyCount::When(no), "1")]);
    assert_eq!(trace(build, tally), "result=6[tally0=2[0=[0, 1][#0=[0, 1]]] tally1=0[0=no[#1=no]]]");
}

#[test]
fn rows_and_children_are_steps() {
    let mut build = Build::new("100");
    let table = build.table(&[PLAIN], ["1", "5"].map(|text| vec![cell(num(text))]).to_vec());
    let (rows, column) = (build.field(table), build.column(table, 0));
    let condition = build.at_least(column, "5");
    let kept = build.filter(rows, condition);
    let count = build.fold(FoldOp::Count, kept, None);
    build.indicator("100", count);
    let card = build.run();
    assert_eq!(
        sketch(&card.nodes[1].trace),
        "result=1[0=[1][0=[0, 1][#0=[0, 1]] row0.0=no[0=1[#0.0.0=1]] row0.1=yes[0=5[#0.1.0=5]]]]"
    );
    assert_eq!(sketch(&card.nodes[0].trace), "result=1[child1=1]");
}

#[test]
fn each_shows_its_rows_with_what_they_came_to_in_the_end() {
    let mut build = Build::new("90");
    build.declare(ROOT, State::Missing, Effect::Verdict(heng_model::Verdict::NotApplicable));
    let rows = [cell(num("1")), state(State::Missing, None), cell(num("0.5"))];
    let table = build.table(&[PLAIN], rows.map(|cell| vec![cell]).to_vec());
    let (rows, column) = (build.field(table), build.column(table, 0));
    let result = build.times_full(column);
    let body = build.body(result);
    let each = build.expr(ExprKind::Each(Each { rows, share: Share::Even, body }));
    let node = build.indicator("90", each);
    assert_eq!(
        sketch(&of(&build.run(), node).trace),
        "result=67.5[0=[0, 1, 2][#0=[0, 1, 2]] \
         row0.0=45[result=45[0=45 1=1[#0.0.0=1]]] \
         row0.1=NotApplicable[result=Missing[0=30 1=Missing[#0.1.0=Missing]]] \
         row0.2=22.5[result=22.5[0=45 1=0.5[#0.2.0=0.5]]]]"
    );
}

#[test]
fn weights_stand_in_the_steps_of_their_rows() {
    let table = |build: &mut Build| {
        let row = |value, weight| vec![cell(num(value)), cell(num(weight))];
        let table = build.table(&[PLAIN, PLAIN], vec![row("10", "1"), row("20", "3")]);
        (build.field(table), build.column(table, 0), build.column(table, 1))
    };
    let mut build = Build::new("100");
    let (over, term, weight) = table(&mut build);
    let (term, weight, op) = (Some(term), Some(weight), FoldOp::WeightedMean);
    let mean = build.expr(ExprKind::Fold(Fold { op, over, term, weight, skip: Vec::new(), at_least: None }));
    assert_eq!(
        trace(build, mean),
        "result=17.5[0=[0, 1][#0=[0, 1]] \
         row0.0=10[0=10[#0.0.0=10] 1=1[#0.0.1=1]] row0.1=20[0=20[#0.1.0=20] 1=3[#0.1.1=3]]]"
    );
    let mut build = Build::new("100");
    let (rows, column, share) = table(&mut build);
    let body = build.body(column);
    let each = build.expr(ExprKind::Each(Each { rows, share: Share::Column(share), body }));
    assert_eq!(
        trace(build, each),
        "result=30[0=[0, 1][#0=[0, 1]] \
         row0.0=10[0=1[#0.0.1=1] result=10[#0.0.0=10]] row0.1=20[0=3[#0.1.1=3] result=20[#0.1.0=20]]]"
    );
}

#[test]
fn a_method_shows_arguments_and_body() {
    let mut build = Build::new("100");
    let argument = build.typed(ExprKind::Argument(0), PLAIN);
    let two = build.lit("2");
    let doubled = build.arith(Arith::Multiply, argument, two);
    let body = build.body(doubled);
    let method = build.method(&[(PLAIN, false)], PLAIN, MethodCode::Body(body));
    let read = build.plain("4");
    let call = build.expr(ExprKind::Method(method, vec![read]));
    assert_eq!(trace(build, call), "result=8[0=4[#0=4] method0=8[result=8[0=4]]]");
}

#[test]
fn a_computed_cell_shows_its_formula() {
    let mut build = Build::new("100");
    let table = build.table(&[PLAIN, PLAIN], vec![vec![cell(num("3")), state(State::Missing, None)]]);
    let (own, two) = (build.column(table, 0), build.lit("2"));
    let doubled = build.arith(Arith::Multiply, own, two);
    build.column_of(table, 1).formula = Some(doubled);
    let (rows, column) = (build.field(table), build.column(table, 1));
    let sum = build.fold(FoldOp::Sum, rows, Some(column));
    let node = build.indicator("100", sum);
    let card = build.run();
    assert_eq!(sketch(&of(&card, node).trace), "result=6[0=[0][#0=[0]] row0.0=6[#0.0.1=6[0=3[#0.0.0=3]]]]");
    let own = DatumRef { field: table, cell: Some((0, 0)) };
    assert_eq!(of(&card, node).read, [datum(0), own], "a computed cell was not handed in");
}

#[test]
fn a_state_is_seen_where_it_was_read() {
    let mut build = Build::new("100");
    let read = build.read(PLAIN, state(State::Disputed, Some(num("4"))));
    let two = build.lit("2");
    let sum = build.arith(Arith::Add, read, two);
    assert_eq!(trace(build, sum), "result=Disputed[0=Disputed[#0=Disputed]]");
}

#[test]
fn the_same_inputs_give_the_same_card() {
    let mut build = Build::new("100");
    let (a, b) = (build.plain("2"), build.plain("3"));
    let sum = build.arith(Arith::Add, b, a);
    build.indicator("100", sum);
    assert_eq!(build.run(), build.run());
}
