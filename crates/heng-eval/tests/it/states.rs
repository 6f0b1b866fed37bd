//! The table of states (semantics §1), row by row.

use heng_model::{
    Effect, ExprId, ExprKind, NodeId, Outcome, State, Type, Value, Verdict,
    expr::{
        Arith, BandCell, Compare, Each, Fold, FoldOp, Function, Logic, Share, Side, StepRounding, TallyCount, Test,
    },
    program::Otherwise,
    schema::{Bound, Interval},
    scorecard::Cause,
    value::{DatumRef, Fault},
};

use crate::build::{Build, PLAIN, ROOT, causes, cell, datum, day, fault_of, n, num, of, open, score, state, word, yes};

/// A number that was not handed in.
fn missing(build: &mut Build) -> ExprId {
    build.read(PLAIN, state(State::Missing, None))
}

/// A condition that reads a number that was not handed in.
fn unknown(build: &mut Build) -> ExprId {
    let datum = missing(build);
    build.at_least(datum, "1")
}

/// The outcome of an indicator of 100 points where the pack gives 缺报 an effect.
fn under(mut build: Build, effect: Effect, result: ExprId) -> Outcome {
    build.declare(ROOT, State::Missing, effect);
    build.outcome(result)
}

const REVIEW: Effect = Effect::Verdict(Verdict::Review);

fn review() -> Outcome {
    open("0", "100", Verdict::Review)
}

#[test]
fn a_state_test_answers_and_does_not_spread() {
    for (given, tested, holds) in [
        (state(State::Missing, None), State::Missing, true),
        (state(State::NoEvidence, Some(num("5"))), State::NoEvidence, true),
        (state(State::NoEvidence, Some(num("5"))), State::Missing, false),
        (cell(num("5")), State::Missing, false),
    ] {
        let mut build = Build::new("100");
        let datum = build.read(PLAIN, given);
        let test = build.is(Test::State(tested), datum);
        assert_eq!(build.holds(test), holds);
    }
}

#[test]
fn a_state_test_sees_a_state_that_counts_as_it_is_elsewhere() {
    let mut build = Build::new("100");
    build.declare(ROOT, State::Late, Effect::AsIs);
    let datum = build.read(PLAIN, state(State::Late, Some(num("5"))));
    let test = build.is(Test::State(State::Late), datum);
    assert!(build.holds(test));
}

#[test]
fn a_state_test_looks_through_operators_and_definitions() {
    let mut build = Build::new("100");
    let body = build.body_of(ROOT);
    let (a, b) = (missing(&mut build), build.lit("2"));
    let quotient = build.arith(Arith::Divide, a, b);
    let named = build.define(body, quotient);
    let test = build.is(Test::State(State::Missing), named);
    assert!(build.holds(test));
}

#[test]
fn empty_means_no_value_no_rows_or_no_text() {
    let cases: [(Type, _, bool); 6] = [
        (PLAIN, state(State::Missing, None), true),
        (PLAIN, state(State::None, None), true),
        (PLAIN, state(State::NotApplicable, None), false),
        (PLAIN, state(State::Disputed, Some(num("0"))), false),
        (Type::Text, cell(word(" ")), true),
        (Type::Text, cell(word("有")), false),
    ];
    for (ty, given, empty) in cases {
        for test in [Test::Empty, Test::NotEmpty] {
            let mut build = Build::new("100");
            let datum = build.read(ty.clone(), given.clone());
            let asked = build.is(test, datum);
            assert_eq!(build.holds(asked), empty == (test == Test::Empty), "{given:?}");
        }
    }
}

#[test]
fn a_table_declared_none_is_empty_and_a_missing_one_is_missing() {
    for (given, test, holds) in [
        (State::None, Test::Empty, true),
        (State::None, Test::State(State::None), true),
        (State::None, Test::State(State::Missing), false),
        (State::Missing, Test::State(State::Missing), true),
    ] {
        let mut build = Build::new("100");
        let table = build.table_in(&[PLAIN], Some(given), Vec::new());
        let rows = build.field(table);
        let asked = build.is(test, rows);
        assert_eq!(build.holds(asked), holds, "{given:?} {test:?}");
    }
}

#[test]
fn a_required_table_that_was_not_handed_in_is_not_known_to_be_empty() {
    for (optional, test, outcome) in [
        (false, Test::Empty, review()),
        (false, Test::NotEmpty, review()),
        (true, Test::Empty, score("100")),
        (true, Test::NotEmpty, score("0")),
    ] {
        let mut build = Build::new("100");
        let table = build.table_in(&[PLAIN], Some(State::Missing), Vec::new());
        build.traits(table).optional = optional;
        let (rows, full, nought) = (build.field(table), build.full(), build.lit("0"));
        let asked = build.is(test, rows);
        let node = build.indicator("100", nought);
        let body = build.body_of(node);
        build.case(body, asked, full);
        build.declare(ROOT, State::Missing, REVIEW);
        assert_eq!(of(&build.run(), node).outcome, outcome, "{optional} {test:?}");
    }
}

#[test]
fn an_operator_over_a_state_yields_the_state_with_its_datum() {
    type Make = fn(&mut Build) -> ExprId;
    let operators: [Make; 9] = [
        |b| {
            let (x, y) = (missing(b), b.lit("1"));
            b.arith(Arith::Add, y, x)
        },
        |b| {
            let x = missing(b);
            b.expr(ExprKind::Negate(x))
        },
        |b| {
            let (condition, one) = (unknown(b), b.lit("1"));
            b.bands_of(&[], vec![(BandCell::When(condition), one)])
        },
        |b| {
            let (x, low, one) = (missing(b), b.lit("0"), b.lit("1"));
            let range = Interval { low: Some(Bound { at: low, closed: true }), high: None };
            let condition = b.condition(ExprKind::InRange(x, range));
            b.bands_of(&[], vec![(BandCell::When(condition), one)])
        },
        |b| {
            let date = b.read(Type::Date, state(State::Missing, None));
            let (start, limit, one) = (b.value(day(2023, 1, 1)), b.lit("3"), b.lit("1"));
            let condition = b.within(date, start, limit);
            b.bands_of(&[], vec![(BandCell::When(condition), one)])
        },
        |b| {
            let x = missing(b);
            b.expr(ExprKind::Call(Function::Absolute, vec![x]))
        },
        |b| {
            let (x, bound) = (missing(b), b.lit("5"));
            b.at_most(x, bound)
        },
        |b| {
            let value = missing(b);
            let (mode, unit) = (heng_model::Rounding::HalfUp, n("1"));
            b.expr(ExprKind::Round { value, places: 2, mode, unit })
        },
        |b| {
            let (subject, low, high, from, to) = (missing(b), b.lit("0"), b.lit("1"), b.lit("0"), b.lit("5"));
            b.expr(ExprKind::Linear(heng_model::expr::Linear { subject, low, high, from, to }))
        },
    ];
    for (position, make) in operators.into_iter().enumerate() {
        let mut build = Build::new("100");
        build.declare(ROOT, State::Missing, REVIEW);
        let result = make(&mut build);
        let node = build.indicator("100", result);
        let card = build.run();
        assert_eq!(of(&card, node).outcome, review(), "{position}");
        assert_eq!(causes(of(&card, node)), [Cause::State(State::Missing, datum(0))], "{position}");
    }
}

#[test]
fn conditions_are_three_valued() {
    for (operator, known, state_first, decided) in [
        (Logic::And, false, false, Some(false)),
        (Logic::And, false, true, Some(false)),
        (Logic::And, true, true, None),
        (Logic::Or, true, false, Some(true)),
        (Logic::Or, true, true, Some(true)),
        (Logic::Or, false, true, None),
    ] {
        let mut build = Build::new("100");
        build.declare(ROOT, State::Missing, REVIEW);
        let (known, unknown) = (build.read(Type::Bool, cell(yes(known))), unknown(&mut build));
        let parts = if state_first { [unknown, known] } else { [known, unknown] };
        let condition = build.logic(operator, &parts);
        match decided {
            Some(holds) => assert_eq!(build.holds(condition), holds),
            None => {
                let one = build.lit("1");
                let bands = build.bands_of(&[], vec![(BandCell::When(condition), one)]);
                assert_eq!(build.outcome(bands), review());
            }
        }
    }
}

#[test]
fn a_denied_state_is_the_state() {
    let mut build = Build::new("100");
    let (condition, one, other) = (unknown(&mut build), build.lit("1"), build.lit("2"));
    let denied = build.not(condition);
    let bands = build.bands_of(&[], vec![(BandCell::When(denied), one), (BandCell::Other, other)]);
    assert_eq!(under(build, REVIEW, bands), review());
}

#[test]
fn only_the_row_of_its_word_fits_a_subject_in_a_state() {
    let rows = |build: &mut Build, with_row: bool| {
        let (low, word, other) = (build.lit("1"), build.lit("2"), build.lit("3"));
        let mut rows = vec![(build.cell("[0,)"), low), (BandCell::Other, other)];
        if with_row {
            rows.push((BandCell::State(State::Missing), word));
        }
        rows
    };
    let mut build = Build::new("100");
    let subject = missing(&mut build);
    let rows_with = rows(&mut build, true);
    let bands = build.bands_of(&[subject], rows_with);
    assert_eq!(under(build, REVIEW, bands), score("2"));

    let mut build = Build::new("100");
    let subject = missing(&mut build);
    let rows_without = rows(&mut build, false);
    let bands = build.bands_of(&[subject], rows_without);
    assert_eq!(under(build, REVIEW, bands), review(), "其他 is no home for a state");
}

#[test]
fn a_row_for_a_state_comes_before_the_packs_effect() {
    let make = |row: bool| {
        let mut build = Build::new("100");
        build.declare(ROOT, State::Late, Effect::AsIs);
        let subject = build.read(PLAIN, state(State::Late, Some(num("5"))));
        let (late, value) = (build.lit("1"), build.lit("7"));
        let mut rows = vec![(build.cell("[0,)"), value)];
        if row {
            rows.push((BandCell::State(State::Late), late));
        }
        let bands = build.bands_of(&[subject], rows);
        build.points(bands)
    };
    assert_eq!(make(true), n("1"));
    assert_eq!(make(false), n("7"));
}

#[test]
fn a_state_row_that_another_subject_blocks_lets_the_value_count() {
    let mut build = Build::new("100");
    build.declare(ROOT, State::Late, Effect::AsIs);
    let late = build.read(PLAIN, state(State::Late, Some(num("5"))));
    let other = build.plain("1");
    let (one, two) = (build.lit("1"), build.lit("2"));
    let (high, any) = (build.cell("[9,)"), build.cell("[5,5]"));
    let rows = vec![(vec![BandCell::State(State::Late), high], one), (vec![any, BandCell::Other], two)];
    let bands = build.grid(&[late, other], rows);
    assert_eq!(build.points(bands), n("2"));
}

#[test]
fn rows_above_a_condition_row_decide_first() {
    for (above, outcome) in [(true, score("9")), (false, review())] {
        let mut build = Build::new("100");
        let first = build.read(Type::Bool, cell(yes(above)));
        let second = unknown(&mut build);
        let (nine, one, nought) = (build.lit("9"), build.lit("1"), build.lit("0"));
        let rows = vec![(BandCell::When(first), nine), (BandCell::When(second), one), (BandCell::Other, nought)];
        let bands = build.bands_of(&[], rows);
        assert_eq!(under(build, REVIEW, bands), outcome);
    }
}

#[test]
fn a_state_in_a_row_of_a_tally_is_that_rows_affair() {
    for (effect, outcome) in [
        (Effect::Zero, score("2")),
        (Effect::NotMet, score("2")),
        (Effect::Full, score("5")),
        (REVIEW, review()),
        (Effect::Verdict(Verdict::NotApplicable), Outcome::NotApplicable),
    ] {
        let mut build = Build::new("100");
        let (met, unmet, unknown) =
            (build.read(Type::Bool, cell(yes(true))), build.read(Type::Bool, cell(yes(false))), unknown(&mut build));
        let rows = [(TallyCount::When(met), "2"), (TallyCount::When(unmet), "7"), (TallyCount::When(unknown), "3")];
        let tally = build.tally(false, &rows);
        assert_eq!(under(build, effect, tally), outcome, "{effect:?}");
    }
}

#[test]
fn a_row_that_counts_by_effect_is_noted() {
    let mut build = Build::new("100");
    build.declare(ROOT, State::Missing, Effect::Zero);
    let condition = unknown(&mut build);
    let tally = build.tally(false, &[(TallyCount::When(condition), "3")]);
    let node = build.indicator("100", tally);
    let card = build.run();
    assert_eq!(of(&card, node).outcome, score("0"));
    assert_eq!(of(&card, node).findings[0].verdict, None);
    assert_eq!(causes(of(&card, node)), [Cause::State(State::Missing, datum(0))]);
}

#[test]
fn a_deduction_is_never_made_or_dropped_on_a_guess() {
    for (effect, outcome) in [
        (Effect::Zero, score("0")),
        (Effect::Full, score("100")),
        (REVIEW, review()),
        (Effect::NotMet, open("0", "100", Verdict::Stop)),
    ] {
        let mut build = Build::new("100");
        let condition = unknown(&mut build);
        let tally = build.tally(true, &[(TallyCount::When(condition), "3")]);
        assert_eq!(under(build, effect, tally), outcome, "{effect:?}");
    }
}

#[test]
fn a_deduction_is_not_dropped_by_the_datums_own_not_met() {
    let mut build = Build::new("100");
    let field = build.datum(PLAIN, state(State::Missing, None));
    build.traits(field).when_missing = Some(Effect::NotMet);
    build.declare(ROOT, State::Missing, REVIEW);
    let datum = build.field(field);
    let condition = build.at_least(datum, "1");
    let tally = build.tally(true, &[(TallyCount::When(condition), "3")]);
    assert_eq!(build.outcome(tally), review());
}

#[test]
fn a_state_in_an_amount_of_a_deduction_goes_to_the_block() {
    for counted in ["beyond", "per"] {
        let mut build = Build::new("100");
        let (amount, limit, step) = (missing(&mut build), build.lit("1"), build.lit("1"));
        let partial = StepRounding::Whole;
        let count = match counted {
            "beyond" => TallyCount::Beyond { amount, side: Side::Above, limit, step, partial },
            _ => TallyCount::Per { items: amount, step, partial },
        };
        let tally = build.tally(true, &[(count, "3")]);
        assert_eq!(under(build, REVIEW, tally), review(), "{counted}");
    }
}

/// Four rows: met, not met, missing, met.
fn four_rows(build: &mut Build) -> (ExprId, ExprId) {
    let rows = ["5", "0", "", "6"]
        .map(|text| vec![if text.is_empty() { state(State::Missing, None) } else { cell(num(text)) }, cell(num("1"))]);
    let table = build.table(&[PLAIN, PLAIN], rows.to_vec());
    let (rows, column) = (build.field(table), build.column(table, 0));
    let condition = build.at_least(column, "1");
    (rows, condition)
}

#[test]
fn a_state_in_a_share_is_that_rows_affair() {
    for (effect, outcome) in [
        (Effect::Zero, score("50")),
        (Effect::NotMet, score("50")),
        (Effect::Full, score("75")),
        (Effect::Verdict(Verdict::NotApplicable), Outcome::Score(heng_model::Number::ratio(200, 3).unwrap())),
        (REVIEW, review()),
        (Effect::Verdict(Verdict::Stop), open("0", "100", Verdict::Stop)),
    ] {
        let mut build = Build::new("100");
        let (rows, condition) = four_rows(&mut build);
        let filtered = build.filter(rows, condition);
        let share = build.fold(FoldOp::Share, filtered, None);
        let result = build.times_full(share);
        assert_eq!(under(build, effect, result), outcome, "{effect:?}");
    }
}

#[test]
fn a_state_in_a_filter_elsewhere_leaves_the_row_out_only_if_not_met() {
    for (effect, outcome) in
        [(Effect::NotMet, score("2")), (Effect::Zero, score("0")), (Effect::Full, score("100")), (REVIEW, review())]
    {
        let mut build = Build::new("100");
        let (rows, condition) = four_rows(&mut build);
        let filtered = build.filter(rows, condition);
        let count = build.fold(FoldOp::Count, filtered, None);
        assert_eq!(under(build, effect, count), outcome, "{effect:?}");
    }
}

#[test]
fn the_term_of_a_fold_goes_to_the_block_unless_skipped() {
    for (skip, least, outcome) in [
        (&[][..], None, review()),
        (&[State::Missing][..], None, score("11")),
        (&[State::Missing][..], Some(3), score("11")),
        (&[State::Missing][..], Some(4), open("0", "100", Verdict::Stop)),
        (&[State::Disputed][..], None, review()),
    ] {
        let mut build = Build::new("100");
        let (rows, _) = four_rows(&mut build);
        let term = build.column(heng_model::FieldId(0), 0);
        let sum = build.fold_with(FoldOp::Sum, rows, Some(term), skip, least);
        assert_eq!(under(build, REVIEW, sum), outcome, "{skip:?}");
    }
}

#[test]
fn too_few_values_are_a_fault() {
    let mut build = Build::new("100");
    let (rows, _) = four_rows(&mut build);
    let term = build.column(heng_model::FieldId(0), 0);
    let mean = build.fold_with(FoldOp::Mean, rows, Some(term), &[State::Missing], Some(4));
    assert_eq!(build.fault(mean), Fault::TooFew);
}

#[test]
fn skipping_comes_before_counting_as_it_is() {
    let mut build = Build::new("100");
    build.declare(ROOT, State::Late, Effect::AsIs);
    let late = vec![state(State::Late, Some(num("7")))];
    let table = build.table(&[PLAIN], vec![vec![cell(num("1"))], late]);
    let (rows, term) = (build.field(table), build.column(table, 0));
    let all = build.fold(FoldOp::Sum, rows, Some(term));
    let some = build.fold_with(FoldOp::Sum, rows, Some(term), &[State::Late], None);
    let (eight, one) = (build.indicator("10", all), build.indicator("10", some));
    let card = build.run();
    assert_eq!((&of(&card, eight).outcome, &of(&card, one).outcome), (&score("8"), &score("1")));
}

/// 逐项 over three rows, 均分: full marks, half marks, and a row that reads a missing cell.
fn each_with_state(build: &mut Build) -> ExprId {
    let rows = [cell(num("1")), cell(num("0.5")), state(State::Missing, None)];
    let table = build.table(&[PLAIN], rows.map(|cell| vec![cell]).to_vec());
    let (rows, share) = (build.field(table), build.column(table, 0));
    let result = build.times_full(share);
    let body = build.body(result);
    build.expr(ExprKind::Each(Each { rows, share: Share::Even, body }))
}

#[test]
fn a_state_in_a_row_of_each_is_that_rows_affair() {
    for (effect, outcome) in [
        (Effect::Zero, score("45")),
        (Effect::Full, score("75")),
        (Effect::Verdict(Verdict::NotApplicable), score("67.5")),
        (REVIEW, open("0", "90", Verdict::Review)),
    ] {
        let mut build = Build::new("90");
        build.declare(ROOT, State::Missing, effect);
        let each = each_with_state(&mut build);
        let node = build.indicator("90", each);
        assert_eq!(of(&build.run(), node).outcome, outcome, "{effect:?}");
    }
}

#[test]
fn each_over_no_rows_needs_a_person() {
    let mut build = Build::new("100");
    let table = build.table_in(&[PLAIN], Some(State::None), Vec::new());
    let (rows, result) = (build.field(table), build.lit("1"));
    let body = build.body(result);
    let each = build.expr(ExprKind::Each(Each { rows, share: Share::Even, body }));
    assert_eq!(build.outcome(each), review());
}

#[test]
fn each_whose_rows_all_do_not_apply_does_not_apply() {
    let mut build = Build::new("100");
    let table = build.table(&[PLAIN], vec![vec![cell(num("1"))]; 3]);
    let (rows, result) = (build.field(table), build.verdict(Verdict::NotApplicable));
    let body = build.body(result);
    let each = build.expr(ExprKind::Each(Each { rows, share: Share::Even, body }));
    assert_eq!(build.outcome(each), Outcome::NotApplicable);
}

#[test]
fn the_gravest_open_row_opens_each_and_all_are_told() {
    let mut build = Build::new("100");
    let table = build.table(&[PLAIN], ["1", "2", "3"].map(|text| vec![cell(num(text))]).to_vec());
    let (rows, column) = (build.field(table), build.column(table, 0));
    let (review, stop, one) = (build.verdict(Verdict::Review), build.verdict(Verdict::Stop), build.lit("1"));
    let cells = ["[1,1]", "[2,2]", "[3,3]"].map(|text| build.cell(text));
    let bands = build.bands_of(&[column], cells.into_iter().zip([review, stop, one]).collect());
    let body = build.body(bands);
    let each = build.expr(ExprKind::Each(Each { rows, share: Share::Even, body }));
    let node = build.indicator("100", each);
    let card = build.run();
    assert_eq!(of(&card, node).outcome, open("0", "100", Verdict::Stop));
    assert_eq!(causes(of(&card, node)), [Cause::Verdict(review), Cause::Verdict(stop)]);
}

#[test]
fn a_state_in_a_case_or_demand_goes_to_the_indicator() {
    for line in ["case", "demand"] {
        for (effect, outcome) in [
            (Effect::Zero, score("0")),
            (Effect::Full, score("100")),
            (REVIEW, review()),
            (Effect::NotMet, open("0", "100", Verdict::Stop)),
        ] {
            let mut build = Build::new("100");
            build.declare(ROOT, State::Missing, effect);
            let (condition, result) = (unknown(&mut build), build.lit("5"));
            let node = build.indicator("100", result);
            let body = build.body_of(node);
            match line {
                "case" => build.case(body, condition, result),
                _ => build.demand(body, condition, Otherwise::Verdict(Verdict::Return)),
            }
            assert_eq!(of(&build.run(), node).outcome, outcome, "{line} {effect:?}");
        }
    }
}

#[test]
fn the_score_of_an_indicator_takes_its_effect() {
    for (effect, outcome) in [
        (Effect::Zero, score("0")),
        (Effect::Full, score("100")),
        (Effect::Verdict(Verdict::NotApplicable), Outcome::NotApplicable),
        (REVIEW, review()),
        (Effect::Verdict(Verdict::Return), open("0", "100", Verdict::Return)),
        (Effect::Verdict(Verdict::Stop), open("0", "100", Verdict::Stop)),
    ] {
        let mut build = Build::new("100");
        let datum = missing(&mut build);
        assert_eq!(under(build, effect, datum), outcome, "{effect:?}");
    }
}

#[test]
fn an_undeclared_effect_stops_and_names_the_datum() {
    let mut build = Build::new("100");
    let datum_read = missing(&mut build);
    assert_eq!(build.fault(datum_read), Fault::Undeclared(State::Missing, datum(0)));
}

#[test]
fn the_nearest_place_declares() {
    // Pack, group, indicator, datum: each nearer one wins.
    for (nearest, expected) in [(1, "0"), (2, "40"), (3, "0"), (4, "40")] {
        let mut build = Build::new("40");
        let field = build.datum(PLAIN, state(State::Missing, None));
        let read = build.field(field);
        let group = build.group_of(ROOT, "40");
        let node = build.indicator_of(group, "40", read);
        let effects = [Effect::Zero, Effect::Full, Effect::Zero, Effect::Full];
        for (place, effect) in [ROOT, group, node].into_iter().zip(effects).take(nearest) {
            build.declare(place, State::Missing, effect);
        }
        if nearest == 4 {
            build.traits(field).when_missing = Some(Effect::Full);
        }
        assert_eq!(of(&build.run(), node).outcome, score(expected), "{nearest}");
    }
}

#[test]
fn values_beside_a_state_count_where_the_reader_says_so() {
    // Two indicators read one definition of their group; one counts late figures, one does not.
    let mut build = Build::new("20");
    let read = build.read(PLAIN, state(State::Late, Some(num("7"))));
    let group = build.group_of(ROOT, "20");
    let body = build.body_of(group);
    let named = build.define(body, read);
    let counts = build.indicator_of(group, "10", named);
    let refuses = build.indicator_of(group, "10", named);
    build.declare(counts, State::Late, Effect::AsIs);
    build.declare(refuses, State::Late, Effect::Zero);
    let card = build.run();
    assert_eq!(of(&card, counts).outcome, score("7"));
    assert_eq!(of(&card, refuses).outcome, score("0"));
    assert_eq!(causes(of(&card, counts)), [Cause::State(State::Late, datum(0))], "counting it is told, too");
}

#[test]
fn as_is_makes_no_number_of_a_missing_one() {
    let mut build = Build::new("100");
    let read = missing(&mut build);
    build.declare(ROOT, State::Missing, Effect::AsIs);
    assert_eq!(build.fault(read), Fault::Undeclared(State::Missing, datum(0)));
}

/// A missing datum that declares 缺报视为不符合.
fn not_met(build: &mut Build, ty: Type) -> ExprId {
    let field = build.datum(ty, state(State::Missing, None));
    build.traits(field).when_missing = Some(Effect::NotMet);
    build.field(field)
}

#[test]
fn not_met_of_a_datum_makes_the_comparison_fail_and_its_denial_too() {
    let conditions: [fn(&mut Build) -> ExprId; 5] = [
        |b| {
            let datum = not_met(b, PLAIN);
            b.at_least(datum, "1")
        },
        |b| {
            let datum = not_met(b, PLAIN);
            let condition = b.at_least(datum, "1");
            b.not(condition)
        },
        |b| not_met(b, Type::Bool),
        |b| {
            let datum = not_met(b, Type::Bool);
            b.not(datum)
        },
        |b| {
            let datum = not_met(b, Type::Bool);
            let no = b.value(yes(false));
            b.compare(Compare::Equal, datum, no)
        },
    ];
    for (position, make) in conditions.into_iter().enumerate() {
        let mut build = Build::new("100");
        let condition = make(&mut build);
        assert!(!build.holds(condition), "{position}");
    }
}

#[test]
fn not_met_of_a_column_makes_a_late_notice_late() {
    let mut build = Build::new("100");
    let rows = vec![
        vec![cell(day(2023, 3, 1)), cell(day(2023, 3, 2))],
        vec![cell(day(2023, 3, 1)), state(State::Missing, None)],
    ];
    let table = build.table(&[Type::Date, Type::Date], rows);
    build.column_of(table, 1).traits.when_missing = Some(Effect::NotMet);
    let (rows, start, end) = (build.field(table), build.column(table, 0), build.column(table, 1));
    let limit = build.limit_of("2", heng_model::Quantity::CalendarDays);
    let condition = build.within(end, start, limit);
    let kept = build.filter(rows, condition);
    let share = build.fold(FoldOp::Share, kept, None);
    let result = build.times_full(share);
    let node = build.indicator("100", result);
    let card = build.run();
    assert_eq!(of(&card, node).outcome, score("50"));
    let cell = DatumRef { field: table, cell: Some((1, 1)) };
    assert_eq!(causes(of(&card, node)), [Cause::State(State::Missing, cell)]);
}

#[test]
fn a_missing_table_is_missing_and_an_empty_one_counts_nought() {
    for (given, outcome) in [(State::Missing, review()), (State::None, score("0"))] {
        let mut build = Build::new("100");
        let table = build.table_in(&[PLAIN], Some(given), Vec::new());
        let (rows, term) = (build.field(table), build.column(table, 0));
        let sum = build.fold(FoldOp::Sum, rows, Some(term));
        assert_eq!(under(build, REVIEW, sum), outcome);
    }
}

#[test]
fn a_share_of_nothing_is_a_fault() {
    let mut build = Build::new("100");
    let table = build.table_in(&[PLAIN], Some(State::None), Vec::new());
    let (rows, column) = (build.field(table), build.column(table, 0));
    let condition = build.at_least(column, "1");
    let kept = build.filter(rows, condition);
    let share = build.fold(FoldOp::Share, kept, None);
    assert_eq!(build.fault(share), Fault::DivisionByZero);
}

#[test]
fn a_table_in_a_state_is_read_like_a_datum() {
    for (effect, outcome) in [(Effect::AsIs, score("1")), (REVIEW, review())] {
        let mut build = Build::new("100");
        build.declare(ROOT, State::NoEvidence, effect);
        let table = build.table_in(&[PLAIN], Some(State::NoEvidence), vec![vec![cell(num("1"))]]);
        let rows = build.field(table);
        let count = build.fold(FoldOp::Count, rows, None);
        assert_eq!(build.outcome(count), outcome);
    }
}

#[test]
fn data_that_facts_do_not_know_are_missing() {
    let mut build = Build::new("100");
    let read = build.typed(ExprKind::Field(heng_model::FieldId(99)), PLAIN);
    let node = build.indicator("100", read);
    let card = build.run();
    assert_eq!(fault_of(of(&card, node)), Fault::Undeclared(State::Missing, datum(99)));
    assert_eq!(of(&card, NodeId(0)).outcome, open("0", "100", Verdict::Stop));
}

#[test]
fn weights_are_skipped_with_their_values() {
    let mut build = Build::new("100");
    let rows = vec![vec![cell(num("10")), cell(num("1"))], vec![cell(num("40")), state(State::Missing, None)]];
    let table = build.table(&[PLAIN, PLAIN], rows);
    let (over, term, weight) = (build.field(table), build.column(table, 0), build.column(table, 1));
    let fold = Fold {
        op: FoldOp::WeightedMean,
        over,
        term: Some(term),
        weight: Some(weight),
        skip: vec![State::Missing],
        at_least: None,
    };
    let mean = build.expr(ExprKind::Fold(fold));
    assert_eq!(build.points(mean), n("10"));
}

#[test]
fn a_value_is_not_a_verdict() {
    let mut build = Build::new("100");
    let text = build.value(Value::Text("五".into()));
    assert_eq!(build.fault(text), Fault::Domain);
}
