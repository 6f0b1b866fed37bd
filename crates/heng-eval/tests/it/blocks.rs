//! The five scoring blocks.

use heng_model::{
    Cell, ExprId, ExprKind, FieldId, Number, Outcome, Type, Verdict,
    expr::{Arith, BandCell, Each, Linear, Share, Side, StepRounding, Tally, TallyCount},
    program::Otherwise,
    scorecard::Cause,
    value::{Fault, RatingFault},
};

use crate::build::{Build, PLAIN, RATIO, ROOT, causes, cell, day, fault_of, n, num, of, open, score, word, yes};

// 分档.

#[test]
fn the_ends_of_bands_are_exact() {
    let rows = [("[90,)", "5"), ("[80,90)", "4"), ("(70,80)", "3"), ("[70,70]", "2"), ("(,70)", "0")];
    for (given, points) in [
        ("90", "5"),
        ("89.99999999999999999999999999", "4"),
        ("80", "4"),
        ("79.99999999999999999999999999", "3"),
        ("70.00000000000000000000000001", "3"),
        ("70", "2"),
        ("69.99999999999999999999999999", "0"),
    ] {
        let mut build = Build::new("100");
        let subject = build.plain(given);
        let bands = build.bands(subject, &rows);
        assert_eq!(build.points(bands), n(points), "{given}");
    }
}

#[test]
fn a_third_times_three_still_reaches_its_threshold() {
    for whole in ["10", "0.1", "2366.79", "99999999999999.99"] {
        let mut build = Build::new("100");
        let (a, three, one, nought) = (build.plain(whole), build.lit("3"), build.lit("1"), build.lit("0"));
        let third = build.arith(Arith::Divide, a, three);
        let again = build.arith(Arith::Multiply, third, three);
        let reached = build.at_least(again, whole);
        let bands = build.bands_of(&[], vec![(BandCell::When(reached), one), (BandCell::Other, nought)]);
        assert_eq!(build.points(bands), Number::ONE, "{whole}");
    }
}

#[test]
fn the_first_row_that_fits_decides() {
    let mut build = Build::new("100");
    let subject = build.plain("95");
    let bands = build.bands(subject, &[("[80,)", "4"), ("[90,)", "5")]);
    assert_eq!(build.points(bands), n("4"));
}

#[test]
fn no_row_that_fits_is_a_fault() {
    let mut build = Build::new("100");
    let subject = build.plain("75");
    let bands = build.bands(subject, &[("(75,)", "4"), ("[60,75)", "2")]);
    assert_eq!(build.fault(bands), Fault::NoBand);
}

#[test]
fn words_lists_dates_and_yes_or_no_are_subjects_too() {
    let mut build = Build::new("100");
    let (kind, when, done) = (
        build.read(Type::Word(None), cell(word("工程"))),
        build.read(Type::Date, cell(day(2022, 7, 1))),
        build.read(Type::Bool, cell(yes(true))),
    );
    let words = ["货物", "服务", "工程"].map(|text| build.value(word(text)));
    let (start, yes_) = (build.value(day(2022, 7, 1)), build.value(yes(true)));
    let (one, two) = (build.lit("1"), build.lit("2"));
    let from =
        heng_model::schema::Interval { low: Some(heng_model::schema::Bound { at: start, closed: true }), high: None };
    let fits = vec![BandCell::OneOf(vec![words[2]]), BandCell::Range(from), BandCell::OneOf(vec![yes_])];
    let other = vec![BandCell::OneOf(words[..2].to_vec()), BandCell::Other, BandCell::Other];
    let grid = build.grid(&[kind, when, done], vec![(other, one), (fits, two)]);
    assert_eq!(build.points(grid), n("2"));
}

#[test]
fn a_value_on_the_line_between_the_ends() {
    for (given, points) in [("0.1", "4"), ("0.2", "2"), ("0.3", "0"), ("0.25", "1")] {
        let mut build = Build::new("100");
        let subject = build.plain(given);
        let (low, high, from, to) = (build.lit("0.1"), build.lit("0.3"), build.lit("4"), build.lit("0"));
        let line = build.expr(ExprKind::Linear(Linear { subject, low, high, from, to }));
        assert_eq!(build.points(line), n(points), "{given}");
    }
}

#[test]
fn a_line_between_equal_ends_is_a_fault() {
    let mut build = Build::new("100");
    let (subject, end, from, to) = (build.plain("1"), build.lit("1"), build.lit("4"), build.lit("0"));
    let line = build.expr(ExprKind::Linear(Linear { subject, low: end, high: end, from, to }));
    assert_eq!(build.fault(line), Fault::DivisionByZero);
}

// 计分, 扣分.

fn beyond(build: &mut Build, amount: &str, side: Side, limit: &str, step: &str, partial: StepRounding) -> TallyCount {
    TallyCount::Beyond { amount: build.plain(amount), side, limit: build.lit(limit), step: build.lit(step), partial }
}

#[test]
fn parts_of_steps_count_as_the_rule_says() {
    // 3.2 个百分点 over, 0.5分 each, from 5分.
    for (partial, points) in [(StepRounding::Whole, "3.5"), (StepRounding::ProRata, "3.4"), (StepRounding::Up, "3")] {
        let mut build = Build::new("5");
        let count = beyond(&mut build, "1.032", Side::Above, "1", "0.01", partial);
        let tally = build.tally(true, &[(count, "0.5")]);
        let node = build.indicator("5", tally);
        assert_eq!(of(&build.run(), node).outcome, score(points), "{partial:?}");
    }
}

#[test]
fn whole_steps_are_whole() {
    let mut build = Build::new("5");
    let count = beyond(&mut build, "1.03", Side::Above, "1", "0.01", StepRounding::Whole);
    let tally = build.tally(true, &[(count, "0.5")]);
    let node = build.indicator("5", tally);
    assert_eq!(of(&build.run(), node).outcome, score("3.5"), "exactly three steps");
}

#[test]
fn each_side_counts_on_its_own_side() {
    for (side, amount, points) in [
        (Side::Above, "0.9", "10"),
        (Side::Above, "1", "10"),
        (Side::Below, "0.9", "8"),
        (Side::Below, "1.1", "10"),
        (Side::Away, "0.9", "8"),
        (Side::Away, "1.1", "8"),
        (Side::Away, "1", "10"),
    ] {
        let mut build = Build::new("10");
        let count = beyond(&mut build, amount, side, "1", "0.05", StepRounding::Whole);
        let tally = build.tally(true, &[(count, "1")]);
        let node = build.indicator("10", tally);
        assert_eq!(of(&build.run(), node).outcome, score(points), "{side:?} {amount}");
    }
}

#[test]
fn days_late_count_like_any_amount() {
    let mut build = Build::new("10");
    let (amount, limit, step) = (build.value(day(2023, 3, 11)), build.value(day(2023, 3, 1)), build.lit("3"));
    let partial = StepRounding::Whole;
    let tally = build.tally(true, &[(TallyCount::Beyond { amount, side: Side::Above, limit, step, partial }, "1")]);
    let node = build.indicator("10", tally);
    assert_eq!(of(&build.run(), node).outcome, score("7"));
}

#[test]
fn a_step_of_nought_is_a_fault_where_it_is_needed() {
    let mut build = Build::new("10");
    let count = beyond(&mut build, "2", Side::Above, "1", "0", StepRounding::Whole);
    let tally = build.tally(true, &[(count, "1")]);
    assert_eq!(build.fault(tally), Fault::DivisionByZero);
}

fn table_of(build: &mut Build, count: usize) -> ExprId {
    let table = build.table(&[PLAIN], vec![vec![cell(num("1"))]; count]);
    build.field(table)
}

#[test]
fn rows_and_numbers_count_per_step() {
    for (count, step, points) in [(0, "1", "3"), (2, "1", "1"), (5, "1", "0"), (5, "2", "1")] {
        let mut build = Build::new("3");
        let rows = table_of(&mut build, count);
        let per = build.per(rows, step);
        let tally = build.tally(true, &[(per, "1")]);
        let node = build.indicator("3", tally);
        assert_eq!(of(&build.run(), node).outcome, score(points), "{count} {step}");
    }
    let mut build = Build::new("3");
    let times = build.plain("2");
    let per = build.per(times, "1");
    let tally = build.tally(true, &[(per, "0.5")]);
    let node = build.indicator("3", tally);
    assert_eq!(of(&build.run(), node).outcome, score("2"));
}

#[test]
fn a_deduction_stops_at_nought_or_where_it_says() {
    // Four rows at 1分 each, from 满分 3分 unless said; shifted by 3分 so that a minus can be seen.
    for (from, to, points) in [
        (None, None, "3"),
        (None, Some("1"), "4"),
        (None, Some("-0.5"), "2.5"),
        (Some("5"), None, "4"),
        (Some("2.5"), Some("-2"), "1.5"),
        (Some("1"), Some("-2"), "1"),
    ] {
        let mut build = Build::new("3");
        let rows = table_of(&mut build, 4);
        let per = build.per(rows, "1");
        let deduction = build.tally(true, &[(per, "1")]);
        let ends = [from, to].map(|end| end.map(|text| build.lit(text)));
        if let ExprKind::Tally(Tally { from, to, .. }) = &mut build.program.exprs[deduction.0 as usize].kind {
            [*from, *to] = ends;
        }
        let three = build.lit("3");
        let shifted = build.arith(Arith::Add, deduction, three);
        let node = build.indicator("3", shifted);
        let card = build.run();
        let given = match &of(&card, node).outcome {
            Outcome::Score(points) => points.clone(),
            _ => match fault_of(of(&card, node)) {
                Fault::OutOfRange(points) => points,
                fault => panic!("{fault:?}"),
            },
        };
        assert_eq!(given, n(points), "{from:?} {to:?}");
    }
}

#[test]
fn a_malus_starts_at_nought_and_stops_at_its_cap() {
    for (count, points) in [(0, "0"), (2, "-2"), (9, "-5")] {
        let mut build = Build::new("100");
        let rows = table_of(&mut build, count);
        let per = build.per(rows, "1");
        let tally = build.tally(true, &[(per, "1")]);
        let malus = build.bonus_of(ROOT, "-5", tally);
        assert_eq!(of(&build.run(), malus).outcome, score(points));
    }
}

#[test]
fn points_for_conditions_add_up_from_nought() {
    let mut build = Build::new("5");
    let rows = [true, false, true].map(|holds| TallyCount::When(build.read(Type::Bool, cell(yes(holds)))));
    let tally = build.tally(false, &rows.into_iter().zip(["2", "2", "1"]).collect::<Vec<_>>());
    let node = build.indicator("5", tally);
    assert_eq!(of(&build.run(), node).outcome, score("3"));
}

#[test]
fn points_beyond_full_marks_are_not_cut_off() {
    let mut build = Build::new("5");
    let rows = table_of(&mut build, 6);
    let per = build.per(rows, "1");
    let tally = build.tally(false, &[(per, "1")]);
    let node = build.indicator("5", tally);
    assert_eq!(fault_of(of(&build.run(), node)), Fault::OutOfRange(n("6")));
}

// 逐项.

type Sharing = fn(ExprId) -> Share;

/// 逐项 over rows of (rate, weight), each scoring 满分 × rate; a rate of − does not apply.
fn each(build: &mut Build, share: Sharing, rows: &[(&str, &str)]) -> ExprId {
    let given =
        rows.iter().map(|(rate, weight)| vec![cell(num(if *rate == "−" { "-1" } else { rate })), cell(num(weight))]);
    let table = build.table(&[RATIO, PLAIN], given.collect());
    let (rows, rate, weight) = (build.field(table), build.column(table, 0), build.column(table, 1));
    let result = build.times_full(rate);
    let body = build.body(result);
    let (nought, none) = (build.lit("0"), build.verdict(Verdict::NotApplicable));
    let below = build.compare(heng_model::expr::Compare::Less, rate, nought);
    build.case(body, below, none);
    build.expr(ExprKind::Each(Each { rows, share: share(weight), body }))
}

#[test]
fn full_marks_are_shared_out_in_five_ways() {
    let rows = [("1", "10"), ("0.5", "20"), ("0.2", "30")];
    let shares: [(Sharing, &str, &str); 5] = [
        (|_| Share::Even, "60", "34"),
        (Share::Column, "60", "26"),
        (Share::Weighted, "30", "13"),
        (|_| Share::Mean, "60", "34"),
        (|_| Share::Sum, "60", "102"),
    ];
    for (position, (share, full, points)) in shares.into_iter().enumerate() {
        let mut build = Build::new(full);
        let each = each(&mut build, share, &rows);
        let node = build.indicator(full, each);
        let card = build.run();
        if points == "102" {
            assert_eq!(fault_of(of(&card, node)), Fault::OutOfRange(n("102")));
        } else {
            assert_eq!(of(&card, node).outcome, score(points), "{position}");
        }
    }
}

#[test]
fn the_share_of_a_row_that_does_not_apply_goes_to_the_others() {
    let rows = [("1", "10"), ("−", "20"), ("0.2", "30")];
    let shares: [(Sharing, &str); 4] =
        [(|_| Share::Even, "36"), (Share::Column, "24"), (Share::Weighted, "24"), (|_| Share::Mean, "36")];
    for (position, (share, points)) in shares.into_iter().enumerate() {
        let mut build = Build::new("60");
        let each = each(&mut build, share, &rows);
        let node = build.indicator("60", each);
        assert_eq!(of(&build.run(), node).outcome, score(points), "{position}");
    }
}

#[test]
fn three_even_shares_make_the_whole() {
    let mut build = Build::new("10");
    let each = each(&mut build, |_| Share::Even, &[("1", "1"); 3]);
    let node = build.indicator("10", each);
    assert_eq!(of(&build.run(), node).outcome, score("10"));
}

#[test]
fn weights_of_nought_are_a_fault() {
    let mut build = Build::new("10");
    let each = each(&mut build, Share::Weighted, &[("1", "0"); 3]);
    assert_eq!(build.fault(each), Fault::DivisionByZero);
}

#[test]
fn a_demand_in_a_row_names_the_row() {
    let mut build = Build::new("90");
    let table = build.table(&[PLAIN], ["5", "0", "7"].map(|text| vec![cell(num(text))]).to_vec());
    let (rows, column, full) = (build.field(table), build.column(table, 0), build.full());
    let need = build.at_least(column, "1");
    let body = build.body(full);
    build.demand(body, need, Otherwise::Verdict(Verdict::Return));
    let each = build.expr(ExprKind::Each(Each { rows, share: Share::Even, body }));
    let node = build.indicator("90", each);
    let card = build.run();
    assert_eq!(of(&card, node).outcome, open("0", "90", Verdict::Return));
    assert_eq!(causes(of(&card, node)), [Cause::Demand(need, None, Some((table, 1)))]);
}

#[test]
fn rows_in_rows_reach_outward() {
    // For each outer row: how many inner rows are at most as large.
    let mut build = Build::new("100");
    let outer = build.table(&[PLAIN], ["1", "2", "3"].map(|text| vec![cell(num(text))]).to_vec());
    let inner = build.table(&[PLAIN], ["1", "1", "2", "5"].map(|text| vec![cell(num(text))]).to_vec());
    let (outer_rows, inner_rows) = (build.field(outer), build.field(inner));
    let (own, around) = (build.column(inner, 0), build.outer_column(outer, 0, 1));
    let condition = build.compare(heng_model::expr::Compare::AtMost, own, around);
    let kept = build.filter(inner_rows, condition);
    let count = build.fold(heng_model::expr::FoldOp::Count, kept, None);
    let body = build.body(count);
    let each = build.expr(ExprKind::Each(Each { rows: outer_rows, share: Share::Sum, body }));
    assert_eq!(build.points(each), n("8"));
}

#[test]
fn definitions_in_a_row_belong_to_the_row() {
    let mut build = Build::new("100");
    let table = build.table(&[PLAIN], ["1", "2", "3"].map(|text| vec![cell(num(text))]).to_vec());
    let (rows, column) = (build.field(table), build.column(table, 0));
    let placeholder = build.lit("0");
    let body = build.body(placeholder);
    let named = build.define(body, column);
    build.program.bodies[body.0 as usize].result = build.arith(Arith::Multiply, named, named);
    let each = build.expr(ExprKind::Each(Each { rows, share: Share::Sum, body }));
    assert_eq!(build.points(each), n("14"));
}

// 评定.

fn judged(value: &str, reason: Option<&str>, evidence: Option<&str>) -> Cell {
    Cell { reason: reason.map(Into::into), evidence: evidence.map(Into::into), ..cell(num(value)) }
}

fn rated(given: Cell) -> (Build, ExprId) {
    let mut build = Build::new("100");
    let field: FieldId = build.rating("0.6", "0.8", given);
    let rated = build.typed(ExprKind::Rated(field), RATIO);
    let result = build.times_full(rated);
    (build, result)
}

#[test]
fn a_judgement_needs_reason_and_evidence_and_keeps_to_its_band() {
    let (build, result) = rated(judged("0.6", Some("完成大半"), Some("验收单")));
    assert_eq!(build.points(result), n("60"));
    for (given, fault) in [
        (judged("0.6", None, Some("验收单")), RatingFault::NoReason),
        (judged("0.6", Some(" "), Some("验收单")), RatingFault::NoReason),
        (judged("0.6", Some("完成大半"), None), RatingFault::NoEvidence),
        (judged("0.8", Some("完成大半"), Some("验收单")), RatingFault::OutsideBand),
        (judged("0.59", Some("完成大半"), Some("验收单")), RatingFault::OutsideBand),
    ] {
        let (build, result) = rated(given);
        assert_eq!(build.fault(result), Fault::Rating(fault));
    }
}

#[test]
fn a_judgement_not_made_is_missing() {
    let (build, result) = rated(Cell::missing());
    assert!(matches!(build.fault(result), Fault::Undeclared(heng_model::State::Missing, _)));
}
