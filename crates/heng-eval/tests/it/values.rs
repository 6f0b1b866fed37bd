//! Arithmetic, order, folds, dates and limits.

use heng_model::{
    ExprId, ExprKind, Number, Quantity, Rounding, Type, Value,
    expr::{Arith, Compare, Fold, FoldOp},
    value::Fault,
};

use crate::build::{Build, PLAIN, calendar, cell, day, n, num, word, yes};

fn arith(operator: Arith, a: &str, b: &str) -> (Build, ExprId) {
    let mut build = Build::new("100");
    let (a, b) = (build.plain(a), build.plain(b));
    let result = build.arith(operator, a, b);
    (build, result)
}

#[test]
fn arithmetic_is_exact() {
    for (operator, a, b, expected) in [
        (Arith::Add, "0.1", "0.2", "0.3"),
        (Arith::Subtract, "0.3", "0.1", "0.2"),
        (Arith::Multiply, "1.1", "1.1", "1.21"),
        (Arith::Divide, "10", "3", "10/3"),
        (Arith::Power, "1.1", "3", "1.331"),
        (Arith::Power, "4", "0.5", "2"),
        (Arith::Power, "8", "-1", "0.125"),
    ] {
        let (build, result) = arith(operator, a, b);
        assert_eq!(build.points(result), n(expected), "{a} {operator:?} {b}");
    }
}

#[test]
fn arithmetic_stops_where_there_is_no_value() {
    for (operator, a, b, fault) in [
        (Arith::Divide, "1", "0", Fault::DivisionByZero),
        (Arith::Power, "0", "-1", Fault::DivisionByZero),
        (Arith::Power, "2", "0.5", Fault::Unrounded),
        (Arith::Power, "-1", "0.5", Fault::Domain),
        (Arith::Power, "10", "99999", Fault::Domain),
        (Arith::Power, "10", "99999999999999999999", Fault::Domain),
    ] {
        let (build, result) = arith(operator, a, b);
        assert_eq!(build.fault(result), fault, "{a} {operator:?} {b}");
    }
}

#[test]
fn numbers_that_grow_beyond_use_stop() {
    let mut build = Build::new("100");
    let body = build.body_of(crate::build::ROOT);
    let mut power = build.plain("1.1");
    for _ in 0..40 {
        let square = build.arith(Arith::Multiply, power, power);
        power = build.define(body, square);
    }
    assert_eq!(build.fault(power), Fault::Domain);
}

#[test]
fn adding_text_to_a_number_is_a_fault() {
    let mut build = Build::new("100");
    let (text, one) = (build.value(word("五")), build.lit("1"));
    let sum = build.arith(Arith::Add, text, one);
    assert_eq!(build.fault(sum), Fault::Domain);
}

#[test]
fn comparisons_of_every_kind() {
    use Compare::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    let number = |relation| [("1", "2"), ("2", "2"), ("3", "2")].map(|(a, b)| compare(num(a), relation, num(b)));
    assert_eq!(number(Equal), [Some(false), Some(true), Some(false)]);
    assert_eq!(number(NotEqual), [Some(true), Some(false), Some(true)]);
    assert_eq!(number(Less), [Some(true), Some(false), Some(false)]);
    assert_eq!(number(AtMost), [Some(true), Some(true), Some(false)]);
    assert_eq!(number(Greater), [Some(false), Some(false), Some(true)]);
    assert_eq!(number(AtLeast), [Some(false), Some(true), Some(true)]);
    assert_eq!(compare(word("产出"), Equal, word("产出")), Some(true));
    assert_eq!(compare(word("产出"), NotEqual, word("效益")), Some(true));
    assert_eq!(compare(yes(true), Equal, yes(false)), Some(false));
    assert_eq!(compare(day(2023, 1, 2), Greater, day(2023, 1, 1)), Some(true));
    assert_eq!(compare(day(2023, 1, 2), Equal, day(2023, 1, 2)), Some(true));
    let list = |words: &[&str]| Value::List(words.iter().map(|text| word(text)).collect());
    assert_eq!(compare(list(&["A", "B"]), Equal, list(&["A", "B"])), Some(true));
    assert_eq!(compare(list(&["A"]), Equal, list(&["A", "B"])), Some(false));
    assert_eq!(compare(word("A"), Less, word("B")), None, "words have no order");
    assert_eq!(compare(word("1"), Equal, num("1")), None, "a word is no number");
}

/// Whether a comparison holds; `None` when it is a fault.
fn compare(a: Value, relation: Compare, b: Value) -> Option<bool> {
    let mut build = Build::new("100");
    let (a, b) = (build.value(a), build.value(b));
    let condition = build.compare(relation, a, b);
    let (one, nought) = (build.lit("1"), build.lit("0"));
    let rows = vec![(heng_model::expr::BandCell::When(condition), one), (heng_model::expr::BandCell::Other, nought)];
    let bands = build.bands_of(&[], rows);
    build.outcome(bands).points().map(|points| *points == Number::ONE)
}

#[test]
fn a_fault_in_a_condition_matters_only_where_the_others_do_not_decide() {
    for (known, first, decided) in [("1", true, None), ("0", true, Some(false)), ("0", false, Some(false))] {
        let mut build = Build::new("100");
        let (a, nought) = (build.plain("1"), build.plain("0"));
        let quotient = build.arith(Arith::Divide, a, nought);
        let (faulty, known) = (build.at_least(quotient, "1"), build.plain(known));
        let known = build.at_least(known, "1");
        let parts = if first { [faulty, known] } else { [known, faulty] };
        let both = build.logic(heng_model::expr::Logic::And, &parts);
        match decided {
            Some(holds) => assert_eq!(build.holds(both), holds),
            None => {
                let one = build.lit("1");
                let bands = build.bands_of(&[], vec![(heng_model::expr::BandCell::When(both), one)]);
                assert_eq!(build.fault(bands), Fault::DivisionByZero);
            }
        }
    }
}

#[test]
fn rounding_is_in_the_unit_of_the_rule() {
    for (given, places, mode, unit, expected) in [
        ("2.675", 2, Rounding::HalfUp, "1", "2.68"),
        ("2.665", 2, Rounding::HalfEven, "1", "2.66"),
        ("0.123456", 2, Rounding::HalfUp, "0.01", "0.1235"),
        ("12345678", 2, Rounding::HalfUp, "10000", "12345700"),
        ("2.9", 0, Rounding::Down, "1", "2"),
        ("2.1", 0, Rounding::Up, "1", "3"),
    ] {
        let mut build = Build::new("100");
        let value = build.plain(given);
        let rounded = build.expr(ExprKind::Round { value, places, mode, unit: n(unit) });
        let wanted = build.value(num(expected));
        let equal = build.compare(Compare::Equal, rounded, wanted);
        assert!(build.holds(equal), "{given} {places} {mode:?} {unit}");
    }
    for (places, unit, fault) in [(u32::MAX, "1", Fault::Domain), (2, "0", Fault::DivisionByZero)] {
        let mut build = Build::new("100");
        let value = build.plain("1");
        let rounded = build.expr(ExprKind::Round { value, places, mode: Rounding::HalfUp, unit: n(unit) });
        assert_eq!(build.fault(rounded), fault);
    }
}

#[test]
fn tails_limit_on_either_side() {
    for (most, given, bound, expected) in
        [(true, "5", "3", "3"), (true, "2", "3", "2"), (false, "2", "3", "3"), (false, "5", "3", "5")]
    {
        let mut build = Build::new("100");
        let (value, bound) = (build.plain(given), build.lit(bound));
        let limited = build.expr(ExprKind::Limit { most, value, bound });
        assert_eq!(build.points(limited), n(expected));
    }
}

fn fold(op: FoldOp, given: &[&str]) -> (Build, ExprId) {
    let mut build = Build::new("100");
    let table = build.table(&[PLAIN], given.iter().map(|text| vec![cell(num(text))]).collect());
    let (rows, column) = (build.field(table), build.column(table, 0));
    let result = build.fold(op, rows, Some(column));
    (build, result)
}

#[test]
fn folds_of_numbers() {
    for (op, given, expected) in [
        (FoldOp::Sum, &["1", "2", "6"][..], "9"),
        (FoldOp::Sum, &[], "0"),
        (FoldOp::Mean, &["1", "2", "6"], "3"),
        (FoldOp::Min, &["3", "1", "2"], "1"),
        (FoldOp::Max, &["3", "1", "2"], "3"),
        (FoldOp::Count, &["3", "1"], "2"),
        (FoldOp::Median, &["9", "1", "2"], "2"),
        (FoldOp::Median, &["9", "1", "2", "4"], "3"),
        (FoldOp::HarmonicMean, &["2", "6"], "3"),
        (FoldOp::GeometricMean, &["2", "8"], "4"),
        (FoldOp::GeometricMean, &["0.5", "4", "4"], "2"),
    ] {
        let (build, result) = fold(op, given);
        assert_eq!(build.points(result), n(expected), "{op:?}");
    }
}

#[test]
fn folds_that_have_no_value() {
    for (op, given, fault) in [
        (FoldOp::Mean, &[][..], Fault::TooFew),
        (FoldOp::Min, &[], Fault::TooFew),
        (FoldOp::Median, &[], Fault::TooFew),
        (FoldOp::GeometricMean, &[], Fault::TooFew),
        (FoldOp::GeometricMean, &["2", "3"], Fault::Unrounded),
        (FoldOp::GeometricMean, &["-2", "-8"], Fault::Domain),
        (FoldOp::HarmonicMean, &["2", "0"], Fault::DivisionByZero),
    ] {
        let (build, result) = fold(op, given);
        assert_eq!(build.fault(result), fault, "{op:?}");
    }
}

#[test]
fn a_weighted_mean() {
    for (rows, expected) in [
        (&[("10", "1"), ("40", "2")][..], Ok("30")),
        (&[("10", "0")], Err(Fault::DivisionByZero)),
        (&[], Err(Fault::TooFew)),
    ] {
        let mut build = Build::new("100");
        let cells = rows.iter().map(|(value, weight)| vec![cell(num(value)), cell(num(weight))]);
        let table = build.table(&[PLAIN, PLAIN], cells.collect());
        let (over, term, weight) = (build.field(table), build.column(table, 0), build.column(table, 1));
        let (term, weight) = (Some(term), Some(weight));
        let fold = Fold { op: FoldOp::WeightedMean, over, term, weight, skip: Vec::new(), at_least: None };
        let mean = build.expr(ExprKind::Fold(fold));
        match expected {
            Ok(points) => assert_eq!(build.points(mean), n(points)),
            Err(fault) => assert_eq!(build.fault(mean), fault),
        }
    }
}

#[test]
fn rows_that_meet_a_condition() {
    let given = ["1", "5", "7", "5"];
    for (op, expected) in [(FoldOp::Count, "3"), (FoldOp::Share, "0.75")] {
        let mut build = Build::new("100");
        let table = build.table(&[PLAIN], given.map(|text| vec![cell(num(text))]).to_vec());
        let (rows, column) = (build.field(table), build.column(table, 0));
        let condition = build.at_least(column, "5");
        let kept = build.filter(rows, condition);
        let body = build.body_of(crate::build::ROOT);
        let named = build.define(body, kept);
        let direct = build.fold(op, kept, None);
        let through_a_name = build.fold(op, named, None);
        let both = build.arith(Arith::Add, direct, through_a_name);
        assert_eq!(build.points(both), &n(expected) + &n(expected), "{op:?}");
    }
    for (least, holds) in [("7", true), ("8", false)] {
        let mut build = Build::new("100");
        let table = build.table(&[PLAIN], given.map(|text| vec![cell(num(text))]).to_vec());
        let (rows, column) = (build.field(table), build.column(table, 0));
        let condition = build.at_least(column, least);
        let kept = build.filter(rows, condition);
        let exists = build.fold(FoldOp::Exists, kept, None);
        assert_eq!(build.holds(exists), holds);
    }
}

#[test]
fn a_list_of_a_column_is_folded_again() {
    let mut build = Build::new("100");
    let table = build.table(&[PLAIN], ["1", "5"].map(|text| vec![cell(num(text))]).to_vec());
    let (rows, column) = (build.field(table), build.column(table, 0));
    let list = build.fold(FoldOp::List, rows, Some(column));
    let sum = build.fold(FoldOp::Sum, list, None);
    assert_eq!(build.points(sum), n("6"));
}

// Dates.

fn in_time(
    given: Value,
    start: Value,
    days: &str,
    unit: Quantity,
    calendar: Option<heng_model::Calendar>,
) -> Result<bool, Fault> {
    let mut build = Build::new("100");
    build.calendar = calendar;
    let (date, start) = (build.read(Type::Date, cell(given)), build.value(start));
    let limit = build.limit_of(days, unit);
    let condition = build.within(date, start, limit);
    let (one, nought) = (build.lit("1"), build.lit("0"));
    let rows = vec![(heng_model::expr::BandCell::When(condition), one), (heng_model::expr::BandCell::Other, nought)];
    let bands = build.bands_of(&[], rows);
    let node = build.indicator("100", bands);
    let card = build.run();
    let score = crate::build::of(&card, node);
    match score.outcome.points() {
        Some(points) => Ok(*points == Number::ONE),
        None => Err(crate::build::fault_of(score)),
    }
}

#[test]
fn limits_end_where_the_law_says() {
    use Quantity::{CalendarDays, Days, WorkingDays};
    let start = || day(2023, 1, 20);
    for (given, days, unit, holds) in [
        (start(), "2", Days, true),
        (day(2023, 1, 28), "2", Days, true),
        (day(2023, 1, 29), "2", Days, false),
        (day(2023, 1, 22), "2", CalendarDays, true),
        (day(2023, 1, 23), "2", CalendarDays, false),
        (day(2023, 1, 29), "2", WorkingDays, true),
        (day(2023, 1, 30), "2", WorkingDays, false),
        (day(2023, 1, 19), "2", Days, false),
        (day(2023, 1, 19), "2", WorkingDays, false),
    ] {
        assert_eq!(in_time(given.clone(), start(), days, unit, Some(calendar())), Ok(holds), "{given:?} {unit:?}");
    }
}

#[test]
fn a_limit_without_a_calendar_is_a_fault_and_never_a_guess() {
    use Quantity::{CalendarDays, Days, WorkingDays};
    let (start, given) = (|| day(2022, 12, 30), || day(2023, 1, 3));
    for (unit, calendar, result) in [
        (Days, None, Err(Fault::NoCalendar(2022))),
        (WorkingDays, None, Err(Fault::NoCalendar(2022))),
        (CalendarDays, None, Ok(true)),
        (WorkingDays, Some(calendar()), Err(Fault::NoCalendar(2022))),
    ] {
        assert_eq!(in_time(given(), start(), "5", unit, calendar), result, "{unit:?}");
    }
    assert_eq!(in_time(day(2022, 12, 29), start(), "5", Days, None), Ok(false), "out of order needs no calendar");
    for days in ["2.5", "-1", "99999999"] {
        let result = in_time(given(), start(), days, CalendarDays, None);
        assert_eq!(result, Err(Fault::Domain), "{days}");
    }
}

#[test]
fn dates_and_days_add_and_subtract() {
    let mut build = Build::new("100");
    build.calendar = Some(calendar());
    let start = build.value(day(2023, 1, 20));
    let two = build.limit_of("2", Quantity::WorkingDays);
    let end = build.arith(Arith::Add, start, two);
    let days = build.arith(Arith::Subtract, end, start);
    assert_eq!(build.points(days), n("9"));
}
