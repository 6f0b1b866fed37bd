//! Groups: sums and 折算, bonuses, open ranges, gates, the total, the grade, demands on the data.

use heng_model::{
    Effect, ExprId, ExprKind, NodeId, Number, Outcome, State, Type, Verdict,
    expr::{BandCell, FoldOp},
    program::{DataDemand, Inapplicable, Otherwise},
    scorecard::Cause,
    value::Fault,
};

use crate::build::{Build, PLAIN, ROOT, causes, cell, fault_of, n, num, of, open, score, state, yes};

fn points(build: &mut Build, text: &str) -> ExprId {
    build.lit(text)
}

fn inapplicable(build: &mut Build) -> ExprId {
    build.verdict(Verdict::NotApplicable)
}

fn review(build: &mut Build) -> ExprId {
    build.verdict(Verdict::Review)
}

#[test]
fn rescaling_happens_at_the_direct_parent() {
    // 40 = 10 + 30 n/a, 60: the group of 40 is rescaled to 8 ÷ 10 × 40, the total is the plain sum.
    let mut build = Build::new("100");
    build.rescale(Inapplicable::Rescale);
    let group = build.group_of(ROOT, "40");
    let (eight, none, fifty) = (points(&mut build, "8"), inapplicable(&mut build), points(&mut build, "50"));
    build.indicator_of(group, "10", eight);
    let out = build.indicator_of(group, "30", none);
    build.indicator("60", fifty);
    let card = build.run();
    assert_eq!(of(&card, out).outcome, Outcome::NotApplicable);
    assert_eq!(causes(of(&card, out)), [Cause::Verdict(none)]);
    assert_eq!(of(&card, group).outcome, score("32"));
    assert_eq!(of(&card, ROOT).outcome, score("82"), "not 58 ÷ 70 × 100");
}

#[test]
fn rescaling_is_exact() {
    let mut build = Build::new("10");
    build.rescale(Inapplicable::Rescale);
    let (one, none) = (points(&mut build, "1"), inapplicable(&mut build));
    build.indicator("3", one);
    build.indicator("7", none);
    assert_eq!(of(&build.run(), ROOT).outcome, Outcome::Score(Number::ratio(10, 3).unwrap()));
}

#[test]
fn other_policies_for_what_does_not_apply() {
    for (policy, outcome) in [
        (Some(Inapplicable::Full), score("92")),
        (Some(Inapplicable::Zero), score("52")),
        (Some(Inapplicable::Stop), open("0", "100", Verdict::Stop)),
        (None, open("0", "100", Verdict::Stop)),
    ] {
        let mut build = Build::new("100");
        build.node(ROOT).inapplicable = policy;
        let (some, none) = (points(&mut build, "52"), inapplicable(&mut build));
        build.indicator("60", some);
        let out = build.indicator("40", none);
        let card = build.run();
        assert_eq!(of(&card, ROOT).outcome, outcome, "{policy:?}");
        if matches!(outcome, Outcome::Open { .. }) {
            assert_eq!(causes(of(&card, ROOT)), [Cause::Child(out)]);
        }
    }
}

#[test]
fn a_parent_of_nothing_that_applies_does_not_apply() {
    let mut build = Build::new("100");
    build.rescale(Inapplicable::Rescale);
    let group = build.group_of(ROOT, "40");
    let (none, some) = (inapplicable(&mut build), points(&mut build, "30"));
    build.indicator_of(group, "30", none);
    build.indicator_of(group, "10", none);
    build.indicator("60", some);
    let card = build.run();
    assert_eq!(of(&card, group).outcome, Outcome::NotApplicable);
    assert_eq!(of(&card, ROOT).outcome, score("50"));
}

#[test]
fn skipping_what_does_not_apply_is_no_rescaling() {
    let mut build = Build::new("100");
    build.rescale(Inapplicable::Rescale);
    let children = build.children();
    let sum = build.fold_with(FoldOp::Sum, children, None, &[State::NotApplicable], None);
    let body = build.body_of(ROOT);
    build.program.bodies[body.0 as usize].result = sum;
    let (some, none) = (points(&mut build, "30"), inapplicable(&mut build));
    build.indicator("60", some);
    build.indicator("40", none);
    assert_eq!(of(&build.run(), ROOT).outcome, score("30"));
}

#[test]
fn other_folds_take_the_children_that_apply() {
    for (op, least, outcome) in [
        (FoldOp::Min, None, score("4")),
        (FoldOp::Max, None, score("8")),
        (FoldOp::Mean, None, score("6")),
        (FoldOp::Median, None, score("6")),
        (FoldOp::Count, None, score("2")),
        (FoldOp::Mean, Some(2), score("6")),
        (FoldOp::Mean, Some(3), open("0", "10", Verdict::Stop)),
    ] {
        let mut build = Build::new("10");
        let children = build.children();
        let fold = build.fold_with(op, children, None, &[], least);
        let group = build.indicator("10", fold);
        let (four, eight, none) = (points(&mut build, "4"), points(&mut build, "8"), inapplicable(&mut build));
        for result in [four, none, eight] {
            build.indicator_of(group, "10", result);
        }
        assert_eq!(of(&build.run(), group).outcome, outcome, "{op:?}");
    }
}

#[test]
fn other_folds_do_with_the_rest_what_the_group_says() {
    for (policy, outcome) in [
        (Inapplicable::Rescale, score("6")),
        (Inapplicable::Zero, score("4")),
        (Inapplicable::Full, score("22/3")),
        (Inapplicable::Stop, open("0", "10", Verdict::Stop)),
    ] {
        let mut build = Build::new("10");
        build.rescale(policy);
        let children = build.children();
        let mean = build.fold_with(FoldOp::Mean, children, None, &[], None);
        let body = build.body_of(ROOT);
        build.program.bodies[body.0 as usize].result = mean;
        let (four, eight, none) = (points(&mut build, "4"), points(&mut build, "8"), inapplicable(&mut build));
        for result in [four, none, eight] {
            build.indicator("10", result);
        }
        assert_eq!(of(&build.run(), ROOT).outcome, outcome, "{policy:?}");
    }
}

#[test]
fn a_group_of_which_nothing_applies_does_not_apply() {
    for policy in [Inapplicable::Rescale, Inapplicable::Full, Inapplicable::Zero, Inapplicable::Stop] {
        let mut build = Build::new("10");
        build.rescale(policy);
        let (none, bonus) = (inapplicable(&mut build), points(&mut build, "9"));
        build.indicator("10", none);
        build.bonus_of(ROOT, "3", bonus);
        assert_eq!(of(&build.run(), ROOT).outcome, Outcome::NotApplicable, "{policy:?}, with an open bonus");
    }
}

#[test]
fn bonuses_add_outside_the_points() {
    let mut build = Build::new("100");
    build.rescale(Inapplicable::Rescale);
    let (some, none, two, minus) =
        (points(&mut build, "40"), inapplicable(&mut build), points(&mut build, "2"), points(&mut build, "-5"));
    build.indicator("50", some);
    build.indicator("50", none);
    let plus = build.bonus_of(ROOT, "3", two);
    let malus = build.bonus_of(ROOT, "-5", minus);
    let card = build.run();
    assert_eq!((&of(&card, plus).outcome, &of(&card, malus).outcome), (&score("2"), &score("-5")));
    assert_eq!(of(&card, ROOT).outcome, score("77"), "40 ÷ 50 × 100 + 2 − 5: no rescaling of bonuses");
}

#[test]
fn a_bonus_keeps_to_its_cap() {
    for (cap, given, bad) in
        [("3", "3.5", true), ("3", "-1", true), ("-5", "1", true), ("-5", "-6", true), ("-5", "-5", false)]
    {
        let mut build = Build::new("100");
        let given_points = points(&mut build, given);
        let bonus = build.bonus_of(ROOT, cap, given_points);
        let card = build.run();
        if bad {
            assert_eq!(fault_of(of(&card, bonus)), Fault::OutOfRange(n(given)));
        } else {
            assert_eq!(of(&card, bonus).outcome, score(given));
        }
    }
}

#[test]
fn a_bonus_that_does_not_apply_counts_nothing() {
    let mut build = Build::new("100");
    let (some, none) = (points(&mut build, "40"), inapplicable(&mut build));
    build.indicator("100", some);
    build.bonus_of(ROOT, "3", none);
    assert_eq!(of(&build.run(), ROOT).outcome, score("40"));
}

#[test]
fn a_total_beyond_full_marks_is_a_fault_unless_it_says_otherwise() {
    for capped in [false, true] {
        let mut build = Build::new("100");
        let (all, two) = (points(&mut build, "100"), points(&mut build, "2"));
        build.indicator("100", all);
        build.bonus_of(ROOT, "3", two);
        if capped {
            let (sum, full) = (build.sum_of_children(), build.full());
            let limited = build.at_most(sum, full);
            let body = build.body_of(ROOT);
            build.program.bodies[body.0 as usize].result = limited;
        }
        let card = build.run();
        if capped {
            assert_eq!(of(&card, ROOT).outcome, score("100"));
        } else {
            assert_eq!(fault_of(of(&card, ROOT)), Fault::OutOfRange(n("102")));
        }
    }
}

#[test]
fn open_children_leave_a_range() {
    let mut build = Build::new("100");
    build.rescale(Inapplicable::Rescale);
    let group = build.group_of(ROOT, "40");
    let (eight, undecided, fifty) = (points(&mut build, "8"), review(&mut build), points(&mut build, "50"));
    build.indicator_of(group, "10", eight);
    let child = build.indicator_of(group, "30", undecided);
    build.indicator("60", fifty);
    let card = build.run();
    assert_eq!(of(&card, child).outcome, open("0", "30", Verdict::Review));
    assert_eq!(of(&card, group).outcome, open("8", "38", Verdict::Review));
    assert_eq!(causes(of(&card, group)), [Cause::Child(child)]);
    assert_eq!(of(&card, ROOT).outcome, open("58", "88", Verdict::Review));
    assert_eq!(causes(of(&card, ROOT)), [Cause::Child(group)]);
    assert_eq!(card.grade, None);
}

#[test]
fn an_open_range_is_rescaled_too() {
    let mut build = Build::new("100");
    build.rescale(Inapplicable::Rescale);
    let (ten, undecided, none) = (points(&mut build, "10"), review(&mut build), inapplicable(&mut build));
    build.indicator("30", ten);
    build.indicator("20", undecided);
    build.indicator("50", none);
    assert_eq!(of(&build.run(), ROOT).outcome, open("20", "60", Verdict::Review));
}

#[test]
fn a_range_keeps_within_a_limit_and_full_marks() {
    for limited in [false, true] {
        let mut build = Build::new("100");
        let (ninety, undecided) = (points(&mut build, "90"), review(&mut build));
        build.indicator("90", ninety);
        build.indicator("10", undecided);
        build.bonus_of(ROOT, "5", undecided);
        build.bonus_of(ROOT, "-7", undecided);
        if limited {
            let (sum, cap) = (build.sum_of_children(), build.lit("95"));
            let limit = build.at_most(sum, cap);
            let body = build.body_of(ROOT);
            build.program.bodies[body.0 as usize].result = limit;
        }
        let most = if limited { "95" } else { "100" };
        assert_eq!(of(&build.run(), ROOT).outcome, open("83", most, Verdict::Review));
    }
}

#[test]
fn other_aggregations_over_open_children_are_wide_open() {
    let mut build = Build::new("10");
    let children = build.children();
    let min = build.fold(FoldOp::Min, children, None);
    let group = build.indicator("10", min);
    let (four, undecided) = (points(&mut build, "4"), review(&mut build));
    build.indicator_of(group, "10", four);
    build.indicator_of(group, "10", undecided);
    assert_eq!(of(&build.run(), group).outcome, open("0", "10", Verdict::Review));
}

#[test]
fn the_gravest_child_names_the_verdict() {
    let mut build = Build::new("30");
    let (review, back) = (review(&mut build), build.verdict(Verdict::Return));
    for result in [review, back, review] {
        build.indicator("10", result);
    }
    assert_eq!(of(&build.run(), ROOT).outcome, open("0", "30", Verdict::Return));
}

#[test]
fn an_unwritten_child_leaves_its_points_open() {
    let mut build = Build::new("100");
    let some = points(&mut build, "30");
    build.indicator("60", some);
    let stub = build.unwritten_of(ROOT, "40");
    let card = build.run();
    assert_eq!(of(&card, stub).outcome, Outcome::Unwritten);
    assert_eq!(of(&card, ROOT).outcome, open("30", "70", Verdict::Stop));
    assert_eq!(causes(of(&card, ROOT)), [Cause::Child(stub)]);
}

#[test]
fn a_gate_stands_for_the_group_and_marks_what_it_overrides() {
    let mut build = Build::new("100");
    let group = build.group_of(ROOT, "40");
    let body = build.body_of(group);
    let (bad, nought, thirty, fifty) = (
        build.read(Type::Bool, cell(yes(true))),
        points(&mut build, "0"),
        points(&mut build, "30"),
        points(&mut build, "50"),
    );
    build.case(body, bad, nought);
    let inner = build.group_of(group, "40");
    let child = build.indicator_of(inner, "40", thirty);
    let beside = build.indicator("60", fifty);
    let card = build.run();
    assert_eq!(of(&card, group).outcome, score("0"));
    assert_eq!(of(&card, child).outcome, score("30"), "still computed and shown");
    assert_eq!([inner, child].map(|node| of(&card, node).vetoed_by), [Some(group); 2]);
    assert_eq!([ROOT, group, beside].map(|node| of(&card, node).vetoed_by), [None; 3]);
    assert_eq!(of(&card, ROOT).outcome, score("50"));
}

#[test]
fn a_gate_on_the_pack_decides_over_open_children() {
    let mut build = Build::new("100");
    let body = build.body_of(ROOT);
    let (bad, nought, undecided) =
        (build.read(Type::Bool, cell(yes(true))), points(&mut build, "0"), review(&mut build));
    build.case(body, bad, nought);
    let child = build.indicator("100", undecided);
    let card = build.run();
    assert_eq!(of(&card, ROOT).outcome, score("0"));
    assert_eq!(of(&card, child).vetoed_by, Some(ROOT));
}

#[test]
fn a_gate_that_does_not_hold_or_is_undecided_marks_nothing() {
    for given in [cell(yes(false)), state(State::Missing, None)] {
        let mut build = Build::new("100");
        let body = build.body_of(ROOT);
        let (bad, nought, all) = (build.read(Type::Bool, given), points(&mut build, "0"), points(&mut build, "100"));
        build.case(body, bad, nought);
        let child = build.indicator("100", all);
        assert_eq!(of(&build.run(), child).vetoed_by, None);
    }
}

#[test]
fn a_demand_on_a_group_overrides_only_where_it_decides() {
    for (verdict, vetoes, outcome) in [
        (None, true, score("0")),
        (Some(Verdict::NotApplicable), true, Outcome::NotApplicable),
        (Some(Verdict::Return), false, open("0", "40", Verdict::Return)),
    ] {
        let mut build = Build::new("40");
        build.rescale(Inapplicable::Rescale);
        let group = build.group_of(ROOT, "40");
        let (need, nought, thirty) =
            (build.read(Type::Bool, cell(yes(false))), points(&mut build, "0"), points(&mut build, "30"));
        let body = build.body_of(group);
        build.demand(body, need, verdict.map_or(Otherwise::Value(nought), Otherwise::Verdict));
        let child = build.indicator_of(group, "40", thirty);
        let card = build.run();
        assert_eq!(of(&card, group).outcome, outcome);
        assert_eq!(of(&card, child).vetoed_by, vetoes.then_some(group), "{verdict:?}");
    }
}

#[test]
fn an_undecided_gate_is_no_plain_sum() {
    // The gate asks another indicator that is open: the sum alone would claim too much.
    let mut build = Build::new("100");
    let (undecided, nought, all) = (review(&mut build), points(&mut build, "0"), points(&mut build, "40"));
    let asked = build.indicator("60", undecided);
    let group = build.group_of(ROOT, "40");
    build.indicator_of(group, "40", all);
    let read = build.expr(ExprKind::ScoreOf(asked));
    let condition = build.at_least(read, "30");
    let body = build.body_of(group);
    build.case(body, condition, nought);
    let card = build.run();
    assert_eq!(of(&card, group).outcome, open("0", "40", Verdict::Review));
    assert_eq!(causes(of(&card, group)), [Cause::Child(asked)]);
}

#[test]
fn cases_are_asked_from_the_top_and_name_their_verdict() {
    let mut build = Build::new("100");
    let result = points(&mut build, "9");
    let node = build.indicator("100", result);
    let body = build.body_of(node);
    let (no, yes_, other) = (
        build.read(Type::Bool, cell(yes(false))),
        build.read(Type::Bool, cell(yes(true))),
        build.read(Type::Bool, state(State::Missing, None)),
    );
    let (seven, undecided) = (points(&mut build, "7"), review(&mut build));
    build.case(body, no, seven);
    build.case(body, yes_, undecided);
    build.case(body, other, seven);
    let line = build.program.bodies[body.0 as usize].cases[1].at;
    let card = build.run();
    assert_eq!(of(&card, node).outcome, open("0", "100", Verdict::Review));
    assert_eq!(causes(of(&card, node)), [Cause::Case(yes_)]);
    assert_eq!(of(&card, node).findings[0].at, line);
}

#[test]
fn demands_follow_the_cases() {
    let no = cell(yes(false));
    for (otherwise, outcome, verdict) in [
        (Some(Verdict::Return), open("0", "100", Verdict::Return), Some(Verdict::Return)),
        (Some(Verdict::NotApplicable), Outcome::NotApplicable, Some(Verdict::NotApplicable)),
        (None, score("9"), None),
    ] {
        let mut build = Build::new("100");
        let (need, result) = (build.read(Type::Bool, no.clone()), points(&mut build, "9"));
        let node = build.indicator("100", result);
        let body = build.body_of(node);
        build.demand(body, need, otherwise.map_or(Otherwise::Note, Otherwise::Verdict));
        let card = build.run();
        assert_eq!(of(&card, node).outcome, outcome);
        assert_eq!(causes(of(&card, node)), [Cause::Demand(need, None, None)]);
        assert_eq!(of(&card, node).findings[0].verdict, verdict);
    }
}

#[test]
fn a_demand_may_give_points() {
    let mut build = Build::new("100");
    let (need, result, nought) =
        (build.read(Type::Bool, cell(yes(false))), points(&mut build, "9"), points(&mut build, "0"));
    let node = build.indicator("100", result);
    let body = build.body_of(node);
    build.demand(body, need, Otherwise::Value(nought));
    let card = build.run();
    assert_eq!(of(&card, node).outcome, score("0"));
    assert_eq!(causes(of(&card, node)), [Cause::Demand(need, None, None)]);
}

#[test]
fn a_case_comes_before_a_demand_that_would_fail() {
    let mut build = Build::new("100");
    let (yes_, no) = (build.read(Type::Bool, cell(yes(true))), build.read(Type::Bool, cell(yes(false))));
    let (seven, nine) = (points(&mut build, "7"), points(&mut build, "9"));
    let node = build.indicator("100", nine);
    let body = build.body_of(node);
    build.demand(body, no, Otherwise::Verdict(Verdict::Return));
    build.case(body, yes_, seven);
    assert_eq!(of(&build.run(), node).outcome, score("7"));
}

#[test]
fn the_score_of_another_indicator() {
    let mut build = Build::new("100");
    let (six, none, undecided) = (points(&mut build, "6"), inapplicable(&mut build), review(&mut build));
    // The reader stands before what it reads.
    let ids: Vec<NodeId> = (2..8).step_by(2).map(NodeId).collect();
    let readers: Vec<ExprId> = ids.iter().map(|id| build.expr(ExprKind::ScoreOf(*id))).collect();
    for (reader, read) in readers.into_iter().zip([six, none, undecided]) {
        build.indicator("10", reader);
        build.indicator("10", read);
    }
    let card = build.run();
    assert_eq!(card.nodes[1].outcome, score("6"));
    assert_eq!(card.nodes[3].outcome, Outcome::NotApplicable);
    assert_eq!(card.nodes[5].outcome, open("0", "10", Verdict::Review));
}

#[test]
fn scores_that_go_round_in_a_circle_stop() {
    let mut build = Build::new("20");
    let (second, first) = (build.expr(ExprKind::ScoreOf(NodeId(2))), build.expr(ExprKind::ScoreOf(NodeId(1))));
    build.indicator("10", second);
    build.indicator("10", first);
    let card = build.run();
    assert_eq!(fault_of(&card.nodes[1]), Fault::Domain);
    assert!(matches!(card.nodes[2].outcome, Outcome::Open { .. }));

    let mut build = Build::new("10");
    let total = build.expr(ExprKind::Total);
    build.indicator("10", total);
    assert_eq!(fault_of(&build.run().nodes[0]), Fault::Domain);
}

#[test]
fn a_score_outside_its_range_is_a_fault() {
    for given in ["10.001", "-0.001"] {
        let mut build = Build::new("10");
        let result = points(&mut build, given);
        let node = build.indicator("10", result);
        let card = build.run();
        assert_eq!(fault_of(of(&card, node)), Fault::OutOfRange(n(given)));
    }
}

/// A pack with one indicator of 92 points and grades.
fn graded(given: &str) -> Build {
    let mut build = Build::new("100");
    let result = points(&mut build, given);
    build.indicator("100", result);
    let total = build.expr(ExprKind::Total);
    let words = ["优", "良"].map(|text| build.value(crate::build::word(text)));
    let rows = vec![(build.cell("[90,)"), words[0]), (BandCell::Other, words[1])];
    build.program.grade = Some(build.bands_of(&[total], rows));
    build
}

#[test]
fn the_grade_is_taken_on_the_decided_total() {
    for (given, grade) in [("90", "优"), ("89.999", "良")] {
        let card = graded(given).run();
        assert_eq!(card.grade.as_deref(), Some(grade));
        assert_eq!(card.grade_trace.unwrap().value, crate::build::word(grade));
    }
    let mut build = graded("90");
    let stub = build.unwritten_of(ROOT, "10");
    build.node(stub).full = n("0");
    let card = build.run();
    assert_eq!((card.grade, card.grade_trace), (None, None), "open, though the range is a point");
}

#[test]
fn a_grade_that_cannot_be_told_is_a_finding() {
    let mut build = graded("90");
    let read = build.read(PLAIN, state(State::Missing, None));
    let words = [build.value(crate::build::word("优"))];
    let row = (build.cell("[90,)"), words[0]);
    build.program.grade = Some(build.bands_of(&[read], vec![row]));
    let card = build.run();
    assert_eq!(card.grade, None);
    assert!(matches!(card.findings[0].cause, Cause::Fault(Fault::Undeclared(State::Missing, _))));
    assert_eq!(of(&card, ROOT).outcome, score("90"));
}

#[test]
fn a_failing_demand_on_the_data_opens_the_total_at_its_points() {
    let mut build = graded("92");
    let need = build.read(Type::Bool, cell(yes(false)));
    let demand = build.needed(need, Otherwise::Verdict(Verdict::Return));
    build.program.demands.push(DataDemand { table: None, demand });
    let card = build.run();
    assert_eq!(of(&card, ROOT).outcome, open("92", "92", Verdict::Return));
    assert_eq!(card.grade, None);
    assert_eq!(card.nodes[1].outcome, score("92"));
    assert_eq!(card.findings.len(), 1);
    assert_eq!(card.findings[0].cause, Cause::Demand(need, None, None));
}

#[test]
fn a_note_on_the_data_changes_nothing() {
    let mut build = graded("92");
    let need = build.read(Type::Bool, cell(yes(false)));
    let demand = build.needed(need, Otherwise::Note);
    build.program.demands.push(DataDemand { table: None, demand });
    let card = build.run();
    assert_eq!(of(&card, ROOT).outcome, score("92"));
    assert_eq!(card.grade.as_deref(), Some("优"));
    assert_eq!(card.findings[0].verdict, None);
}

#[test]
fn a_demand_on_a_table_is_asked_of_each_row() {
    let mut build = graded("92");
    let rows = ["1", "0", "2", "0"].map(|text| vec![cell(num(text))]).to_vec();
    let table = build.table(&[PLAIN], rows);
    let column = build.column(table, 0);
    let need = build.at_least(column, "1");
    let demand = build.needed(need, Otherwise::Verdict(Verdict::Return));
    build.program.demands.push(DataDemand { table: Some(table), demand });
    let card = build.run();
    let found: Vec<Cause> = card.findings.iter().map(|finding| finding.cause.clone()).collect();
    let asked = |row| Cause::Demand(need, None, Some((table, row)));
    assert_eq!(found, [asked(1), asked(3)]);
    assert_eq!(of(&card, ROOT).outcome, open("92", "92", Verdict::Return));
}

#[test]
fn a_demand_on_missing_data_does_not_hold_quietly() {
    for (effect, outcome) in [
        (None, open("92", "92", Verdict::Stop)),
        (Some(Effect::Verdict(Verdict::Review)), open("92", "92", Verdict::Review)),
        (Some(Effect::NotMet), open("92", "92", Verdict::Return)),
        (Some(Effect::Zero), open("92", "92", Verdict::Return)),
        (Some(Effect::Verdict(Verdict::NotApplicable)), score("92")),
    ] {
        let mut build = graded("92");
        if let Some(effect) = effect {
            build.declare(ROOT, State::Missing, effect);
        }
        let read = build.read(PLAIN, state(State::Missing, None));
        let need = build.at_least(read, "1");
        let demand = build.needed(need, Otherwise::Verdict(Verdict::Return));
        build.program.demands.push(DataDemand { table: None, demand });
        assert_eq!(of(&build.run(), ROOT).outcome, outcome, "{effect:?}");
    }
}

#[test]
fn a_demand_on_the_data_may_give_the_total() {
    let mut build = graded("92");
    let (need, nought) = (build.read(Type::Bool, cell(yes(false))), points(&mut build, "0"));
    let demand = build.needed(need, Otherwise::Value(nought));
    build.program.demands.push(DataDemand { table: None, demand });
    let card = build.run();
    assert_eq!(of(&card, ROOT).outcome, score("0"));
    assert_eq!(card.nodes[1].vetoed_by, Some(ROOT));
    assert_eq!(card.grade.as_deref(), Some("良"));
}

#[test]
fn an_empty_program_has_an_empty_card() {
    let mut build = Build::new("100");
    build.program.nodes.clear();
    let card = build.run();
    assert!(card.nodes.is_empty() && card.findings.is_empty());
}
