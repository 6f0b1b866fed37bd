//! Seeded bugs: a program is changed in one small way, and engine on the changed one must differ from
//! oracle on the true one for some facts. A construct whose bug nothing shows is not tested at all.

use std::collections::BTreeMap;

use heng_model::{
    ExprKind, Number, Program, Rounding,
    expr::{Arith, BandCell, Compare, FoldOp, Function, Logic, Share, Side, StepRounding, TallyCount, Test},
    program::{Inapplicable, Otherwise},
    state::{Effect, State},
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::{
    agree::same,
    facts::{States, facts},
    rules::{Wish, rules},
    score::{compile, engine},
};

/// Changes a program in one way; whether there was anything to change.
type Bug = fn(&mut Program) -> bool;

/// Whether any of the changes changed something; all of them are made.
fn changed(changes: impl Iterator<Item = bool>) -> bool {
    changes.filter(|changed| *changed).count() > 0
}

/// Changes every expression that `change` knows.
fn exprs(program: &mut Program, change: impl Fn(&mut ExprKind) -> bool) -> bool {
    changed(program.exprs.iter_mut().map(|expr| change(&mut expr.kind)))
}

fn ends(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Bands(bands) = kind else { return false };
        let cells = bands.rows.iter_mut().flat_map(|row| &mut row.cells);
        cells.fold(false, |any, cell| {
            let BandCell::Range(range) = cell else { return any };
            range.low.iter_mut().chain(&mut range.high).for_each(|end| end.closed = !end.closed);
            true
        })
    })
}

fn comparisons(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Compare(compare, ..) = kind else { return false };
        *compare = match compare {
            Compare::AtLeast => Compare::Greater,
            Compare::AtMost => Compare::Less,
            Compare::Greater => Compare::AtLeast,
            Compare::Less => Compare::AtMost,
            Compare::Equal => Compare::NotEqual,
            Compare::NotEqual => Compare::Equal,
        };
        true
    })
}

fn intervals(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::InRange(_, range) = kind else { return false };
        range.low.iter_mut().chain(&mut range.high).for_each(|end| end.closed = !end.closed);
        true
    })
}

fn logic(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Logic(logic, _) = kind else { return false };
        *logic = if *logic == Logic::And { Logic::Or } else { Logic::And };
        true
    })
}

fn negations(program: &mut Program) -> bool {
    let kinds: Vec<ExprKind> = program.exprs.iter().map(|expr| expr.kind.clone()).collect();
    exprs(program, |kind| {
        let ExprKind::Not(inner) = kind else { return false };
        *kind = kinds[inner.0 as usize].clone();
        true
    })
}

fn modes(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Round { mode, .. } = kind else { return false };
        *mode = match mode {
            Rounding::HalfUp => Rounding::HalfEven,
            Rounding::HalfEven => Rounding::HalfUp,
            Rounding::Up => Rounding::HalfUp,
            _ => Rounding::Up,
        };
        true
    })
}

fn places(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Round { places, .. } = kind else { return false };
        *places += 1;
        true
    })
}

fn limits(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Limit { most, .. } = kind else { return false };
        *most = !*most;
        true
    })
}

fn tallies(program: &mut Program, change: impl Fn(&mut TallyCount) -> bool) -> bool {
    exprs(program, |kind| {
        let ExprKind::Tally(tally) = kind else { return false };
        changed(tally.rows.iter_mut().map(|row| change(&mut row.count)))
    })
}

fn steps(program: &mut Program) -> bool {
    tallies(program, |count| match count {
        TallyCount::Beyond { partial, .. } | TallyCount::Per { partial, .. } => {
            *partial = match partial {
                StepRounding::Whole => StepRounding::Up,
                StepRounding::Up => StepRounding::ProRata,
                StepRounding::ProRata => StepRounding::Whole,
            };
            true
        }
        TallyCount::When(_) => false,
    })
}

fn sides(program: &mut Program) -> bool {
    tallies(program, |count| {
        let TallyCount::Beyond { side, .. } = count else { return false };
        *side = match side {
            Side::Above => Side::Away,
            Side::Away => Side::Below,
            Side::Below => Side::Above,
        };
        true
    })
}

fn directions(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Tally(tally) = kind else { return false };
        tally.deduct = !tally.deduct;
        true
    })
}

fn folds(program: &mut Program, from: FoldOp, to: FoldOp) -> bool {
    exprs(program, |kind| match kind {
        ExprKind::Fold(fold) if fold.op == from => {
            fold.op = to;
            true
        }
        _ => false,
    })
}

fn skips(program: &mut Program) -> bool {
    exprs(program, |kind| match kind {
        ExprKind::Fold(fold) if !fold.skip.is_empty() => {
            fold.skip.clear();
            true
        }
        _ => false,
    })
}

fn shares(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Each(each) = kind else { return false };
        each.share = match &each.share {
            Share::Even => Share::Mean,
            Share::Mean => Share::Even,
            Share::Sum => Share::Mean,
            Share::Column(column) => Share::Weighted(*column),
            Share::Weighted(column) => Share::Column(*column),
        };
        true
    })
}

fn filters(program: &mut Program) -> bool {
    let kinds: Vec<ExprKind> = program.exprs.iter().map(|expr| expr.kind.clone()).collect();
    exprs(program, |kind| {
        let ExprKind::Where(base, _) = kind else { return false };
        *kind = kinds[base.0 as usize].clone();
        true
    })
}

fn lines(program: &mut Program) -> bool {
    program.exprs.iter_mut().fold(false, |any, expr| {
        let ExprKind::Linear(linear) = &mut expr.kind else { return any };
        std::mem::swap(&mut linear.from, &mut linear.to);
        true
    })
}

fn sums(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Arith(op @ (Arith::Add | Arith::Subtract), ..) = kind else { return false };
        *op = if *op == Arith::Add { Arith::Subtract } else { Arith::Add };
        true
    })
}

fn products(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Arith(op @ Arith::Divide, ..) = kind else { return false };
        *op = Arith::Multiply;
        true
    })
}

fn periods(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Within { date, start, .. } = kind else { return false };
        std::mem::swap(date, start);
        true
    })
}

fn tests(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Is(test, _) = kind else { return false };
        *test = match test {
            Test::Empty => Test::NotEmpty,
            Test::NotEmpty => Test::Empty,
            Test::State(State::Missing) => Test::State(State::Late),
            Test::State(_) => Test::State(State::Missing),
        };
        true
    })
}

fn rows_of_states(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Bands(bands) = kind else { return false };
        let before = bands.rows.len();
        bands.rows.retain(|row| !row.cells.iter().any(|cell| matches!(cell, BandCell::State(_))));
        bands.rows.len() < before
    })
}

fn first_rows(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Bands(bands) = kind else { return false };
        bands.rows.remove(0);
        true
    })
}

fn cases(program: &mut Program) -> bool {
    program.bodies.iter_mut().fold(false, |any, body| {
        let had = !body.cases.is_empty();
        body.cases.clear();
        any || had
    })
}

fn demands(program: &mut Program) -> bool {
    program.bodies.iter_mut().flat_map(|body| &mut body.demands).fold(false, |any, demand| {
        let told = demand.otherwise != Otherwise::Note;
        demand.otherwise = Otherwise::Note;
        any || told
    })
}

fn policies(program: &mut Program) -> bool {
    for node in &mut program.nodes {
        node.inapplicable = match node.inapplicable {
            Some(Inapplicable::Rescale) => Some(Inapplicable::Zero),
            _ => Some(Inapplicable::Rescale),
        };
    }
    true
}

fn effects(program: &mut Program) -> bool {
    for node in &mut program.nodes {
        for state in State::ALL {
            match node.effects.of(state) {
                Some(Effect::Zero) => node.effects.declare(state, Effect::Full),
                Some(_) => node.effects.declare(state, Effect::Zero),
                None => {}
            }
        }
    }
    true
}

fn bonuses(program: &mut Program) -> bool {
    let mut any = false;
    for node in &mut program.nodes {
        if node.kind == heng_model::program::NodeKind::Bonus {
            node.kind = heng_model::program::NodeKind::Indicator;
            any = true;
        }
    }
    any
}

fn grades(program: &mut Program) -> bool {
    let had = program.grade.is_some();
    program.grade = None;
    had
}

/// The order of letters, the other way round.
fn orders(program: &mut Program) -> bool {
    let Some(list) = program.pack.letters.and_then(|list| program.schema.choices.get_mut(list.0 as usize)) else {
        return false;
    };
    list.words.reverse();
    true
}

/// Rows over the letters of the children take whatever letters there are.
fn lists(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Bands(bands) = kind else { return false };
        let cells = bands.rows.iter_mut().flat_map(|row| &mut row.cells);
        cells.fold(false, |any, cell| {
            if matches!(cell, BandCell::List(_)) {
                *cell = BandCell::Other;
                return true;
            }
            any
        })
    })
}

/// Letters of single indicators.
fn letters(program: &mut Program) -> bool {
    changed(program.nodes.iter_mut().filter(|node| !node.pointless).map(|node| node.grade.take().is_some()))
}

/// 等级 of a child for its points.
fn child_letters(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::ChildGrade(up) = kind else { return false };
        *kind = ExprKind::ChildScore(*up);
        true
    })
}

/// One function of lists for another.
fn list_functions(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Call(function, _) = kind else { return false };
        *function = match function {
            Function::QuantileBetween => Function::QuantileNearest,
            Function::QuantileNearest => Function::QuantileBetween,
            _ => return false,
        };
        true
    })
}

/// 累计 and 累进取整 left out.
fn running_totals(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Call(function, parts) = kind else { return false };
        let running = matches!(function, Function::RunningTotals | Function::CumulativeRound);
        if running {
            (*function, *parts) = (Function::Sorted, parts.drain(..1).collect());
        }
        running
    })
}

/// The weights of every row, one child further.
fn weights(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Weights(table) = kind else { return false };
        table.rows.iter_mut().for_each(|row| row.weights.rotate_left(1));
        true
    })
}

/// Rows of weights that name more than one child left out.
fn weight_rows(program: &mut Program) -> bool {
    exprs(program, |kind| {
        let ExprKind::Weights(table) = kind else { return false };
        table.rows.retain(|row| row.children.len() < 2);
        true
    })
}

fn missing_attributes(program: &mut Program) -> bool {
    changed(program.schema.fields.iter_mut().map(|field| field.traits.when_missing.take().is_some()))
}

fn full_marks(program: &mut Program) -> bool {
    program
        .nodes
        .iter_mut()
        .filter(|node| node.children.is_empty())
        .for_each(|node| node.full = &node.full + &Number::ONE);
    true
}

const BUGS: &[(&str, Bug)] = &[
    ("ends of 分档 rows", ends),
    ("comparisons", comparisons),
    ("ends of 在", intervals),
    ("且 and 或", logic),
    ("非", negations),
    ("mode of rounding", modes),
    ("places of rounding", places),
    ("不超过 and 不低于", limits),
    ("rounding of steps", steps),
    ("sides of limits", sides),
    ("计分 and 扣分", directions),
    ("平均 for 合计", |program| folds(program, FoldOp::Sum, FoldOp::Mean)),
    ("最小 for 最大", |program| folds(program, FoldOp::Max, FoldOp::Min)),
    ("最大 for 最小", |program| folds(program, FoldOp::Min, FoldOp::Max)),
    ("中位数 for 平均", |program| folds(program, FoldOp::Mean, FoldOp::Median)),
    ("最大 for 中位数", |program| folds(program, FoldOp::Median, FoldOp::Max)),
    ("平均 for 加权平均", |program| folds(program, FoldOp::WeightedMean, FoldOp::Mean)),
    ("略去", skips),
    ("shares of 逐项", shares),
    ("凡", filters),
    ("线性", lines),
    ("+ and −", sums),
    ("× for ÷", products),
    ("起 … 内", periods),
    ("tests of states", tests),
    ("rows of states", rows_of_states),
    ("the first row", first_rows),
    ("当", cases),
    ("须", demands),
    ("不适用", policies),
    ("effects", effects),
    ("加分指标", bonuses),
    ("等级", grades),
    ("等级次序", orders),
    ("分位数", list_functions),
    ("累计 and 累进取整", running_totals),
    ("rows of letters", lists),
    ("等级 of an indicator", letters),
    ("等级 of a child", child_letters),
    ("权重表", weights),
    ("rows of 权重表", weight_rows),
    ("缺报视为", missing_attributes),
    ("满分", full_marks),
];

#[test]
fn every_seeded_bug_is_seen() {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[9; 32]));
    let supply = proptest::collection::vec(any::<u16>(), 700);
    let mut unseen: BTreeMap<&str, Bug> = BUGS.iter().copied().collect();
    for _ in 0..600 {
        if unseen.is_empty() {
            return;
        }
        let (rule_supply, fact_supply) = (&supply, &supply).new_tree(&mut runner).unwrap().current();
        let text = rules(&rule_supply, Wish::default());
        let Ok(program) = compile(&text) else { continue };
        let facts = facts(&program, &fact_supply, States(true));
        let truth = same(&program, &facts).unwrap_or_else(|difference| panic!("{text}\n{difference}"));
        unseen.retain(|_, bug| {
            let mut mutant = program.clone();
            !(bug(&mut mutant) && engine(&mutant, &facts) != truth)
        });
    }
    assert!(unseen.is_empty(), "no generated case shows a bug in: {:?}", unseen.keys().collect::<Vec<_>>());
}
