//! The columnar evaluator held to the scalar one.

use std::{cell::Cell as Counter, collections::BTreeMap};

use heng_eval::{
    Context, NoScripts,
    columns::{Alone, Column, Desk, Kernel, Scales, Scratch, Single, Values, gather},
    evaluate_quietly, points_of,
};
use heng_model::{Facts, Number, Outcome, Program, Scorecard};
use proptest::test_runner::TestCaseError;

use crate::{
    draw::{cases, run},
    facts::{States, facts},
    rules::{Wish, rules},
    score::{calendar, compile},
};

/// Compares both evaluators on some departments; how many were scored by columns, and how many nodes
/// came from outside.
pub fn same(program: &Program, facts: &[Facts], context: &Context<'_>) -> Result<(usize, usize), String> {
    let scales = Scales::usual(program);
    let kernel = Kernel::new(program, &scales);
    let outside = kernel.outside().len();
    if !kernel.is_of_use() {
        return Ok((0, outside));
    }
    let (mut block, odd) = gather(program, &scales, facts);
    let points: Vec<Vec<Option<Number>>> =
        facts.iter().map(|facts| points_of(program, facts, context, kernel.outside())).collect();
    for (place, node) in kernel.outside().iter().enumerate() {
        let number = |points: &Vec<Option<Number>>| (&points[place].clone()? * &Number::from(1_000_000)).to_i64();
        let values: Vec<Option<i64>> = points.iter().map(number).collect();
        let states = values.iter().map(|value| u8::from(value.is_none())).collect();
        let values = Values::Wide(values.into_iter().map(Option::unwrap_or_default).collect());
        block.outside.push((*node, Column::with_states(values, states)));
    }
    let said_alone = alone(program, facts, context, (&kernel, &scales), &points)?;
    let mut scratch = Scratch::default();
    let Some(done) = kernel.run(&block, &mut scratch) else { return Ok((0, outside)) };
    let mut said = 0;
    for (place, facts) in facts.iter().enumerate() {
        if done.unsaid(place) || odd[place] {
            continue;
        }
        said += 1;
        let card: Scorecard = evaluate_quietly(program, facts, context);
        for (node, score) in program.nodes.iter().zip(&card.nodes) {
            let (num, den, exponent) = done.node(score.node).unwrap();
            let ratio = Number::ratio(i128::from(num.at(place)), i128::from(den.at(place))).unwrap();
            let points = &ratio * &Number::from(10).checked_pow(exponent).unwrap();
            if score.outcome != Outcome::Score(points.clone()) {
                return Err(format!("{}: scalar {:?}, columns {points}", node.name, score.outcome));
            }
        }
        let grade = if program.grade.is_some() { done.grade(place).cloned() } else { None };
        if grade != card.grade {
            return Err(format!("grade: scalar {:?}, columns {grade:?}", card.grade));
        }
    }
    // Alone, only what one department itself makes too large is left; a block answers for all of its own.
    if said_alone < said {
        return Err(format!("{said} departments by columns, only {said_alone} alone"));
    }
    Ok((said, outside))
}

/// Compares the plan over single departments with the scalar evaluator; how many it scored.
fn alone(
    program: &Program,
    facts: &[Facts],
    context: &Context<'_>,
    (kernel, scales): (&Kernel, &Scales),
    points: &[Vec<Option<Number>>],
) -> Result<usize, String> {
    let mut desk = Desk::default();
    let mut said = 0;
    for (facts, points) in facts.iter().zip(points) {
        let outside: Vec<_> = kernel.outside().iter().copied().zip(points.iter().cloned()).collect();
        let single = Single { program, scales, facts, outside: &outside };
        let Some(done) = kernel.run_one(&single, &mut desk) else { continue };
        said += 1;
        let card: Scorecard = evaluate_quietly(program, facts, context);
        for (node, score) in program.nodes.iter().zip(&card.nodes) {
            let points = Alone::node(&done, score.node).unwrap();
            if score.outcome != Outcome::Score(points.clone()) {
                return Err(format!("{}: scalar {:?}, alone {points}", node.name, score.outcome));
            }
        }
        let grade = if program.grade.is_some() { done.grade().cloned() } else { None };
        if grade != card.grade {
            return Err(format!("grade: scalar {:?}, alone {grade:?}", card.grade));
        }
    }
    Ok(said)
}

#[test]
fn columns_give_the_points_of_the_scalar_evaluator() {
    let calendar = calendar();
    let context = Context { calendar: Some(&calendar), scripts: &NoScripts };
    let (all, said, nodes, outside) = (Counter::new(0), Counter::new(0), Counter::new(0), Counter::new(0));
    let test = |rule_supply: &[u16], fact_supply: &[u16]| {
        let text = rules(rule_supply, Wish::default());
        let Ok(program) = compile(&text) else { return Ok(false) };
        // Each department starts elsewhere in the supply; every other one has states.
        let departments: Vec<Facts> = (0..8)
            .map(|shift| {
                let from = fact_supply.len() * shift / 8;
                facts(&program, &fact_supply[from..], States(shift % 2 == 1))
            })
            .collect();
        let (scored, from_outside) = same(&program, &departments, &context)
            .map_err(|difference| TestCaseError::fail(format!("{text}\n{difference}")))?;
        all.set(all.get() + departments.len());
        said.set(said.get() + scored);
        nodes.set(nodes.get() + program.nodes.len());
        outside.set(outside.get() + from_outside);
        Ok(true)
    };
    run(7, cases(300), test);
    let (all, said, nodes, outside) = (all.get(), said.get(), nodes.get(), outside.get());
    println!("{said} of {all} departments by columns; {outside} of {nodes} nodes from outside");
    // A single indicator without a plan, such as a 权重表, keeps its whole pack from being scored by columns.
    assert!(said * 15 >= all, "only {said} of {all} departments were scored by columns");
}

/// Every rule file of the packs and the reference workload, under its name.
fn packs() -> Vec<(String, Program)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let folders = std::fs::read_dir(root.join("rules")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<_> = folders.chain([root.join("tests/bench/rules")]).filter(|path| path.is_dir()).collect();
    folders.sort();
    let mut found = Vec::new();
    for folder in folders {
        for file in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|ending| ending == "heng") {
                let text = std::fs::read_to_string(&file).unwrap();
                // A file that is a part of a pack does not compile alone.
                found.extend(compile(&text).ok().map(|program| (file.display().to_string(), program)));
            }
        }
    }
    found
}

/// The kinds of expressions that keep nodes of the packs from having a plan, with how many nodes each.
fn obstacles(program: &Program, counts: &mut BTreeMap<String, usize>) {
    let kernel = Kernel::new(program, &Scales::usual(program));
    for (node, obstacle) in kernel.outside().iter().zip(kernel.obstacles()) {
        let unwritten = program.node(*node).is_some_and(|node| node.body.is_none());
        let said = obstacle.and_then(|id| program.expr(id)).map(|expr| format!("{:?}", expr.kind)).unwrap_or_default();
        let kind = if unwritten { "Unwritten" } else { said.split(['(', ' ']).next().unwrap_or_default() };
        *counts.entry(kind.to_owned()).or_default() += 1;
    }
}

#[test]
fn columns_agree_on_every_pack_and_on_the_reference_workload() {
    let calendar = calendar();
    let context = Context { calendar: Some(&calendar), scripts: &NoScripts };
    let (mut nodes, mut outside, mut counts) = (0, 0, BTreeMap::new());
    let packs = packs();
    for (name, program) in &packs {
        let departments: Vec<Facts> = (0..120u16)
            .map(|seed| {
                let supply: Vec<u16> =
                    (0..900u32).map(|at| (at * 7919 + u32::from(seed) * 104_729) as u16 ^ seed).collect();
                facts(program, &supply, States(seed % 3 == 1))
            })
            .collect();
        let (said, from_outside) = same(program, &departments, &context).unwrap_or_else(|why| panic!("{name}\n{why}"));
        println!("{name}: {said} of 120 departments; {from_outside} of {} nodes from outside", program.nodes.len());
        nodes += program.nodes.len();
        outside += from_outside;
        obstacles(program, &mut counts);
        if name.ends_with("reference.heng") {
            assert_eq!(from_outside, 0, "the reference workload is computed by columns alone");
            assert!(said > 0);
        }
    }
    println!("{outside} of {nodes} nodes from outside, by what keeps them there: {counts:?}");
    assert_eq!(counts.values().sum::<usize>(), outside);
    // What is not written yet has no rule that could have a plan.
    let unwritten = counts.get("Unwritten").copied().unwrap_or_default();
    let (written, without) = (nodes - unwritten, outside - unwritten);
    println!("{} of {written} nodes with a rule by columns", written - without);
    assert!(without * 100 <= written * 14, "{without} of {written} nodes have no plan");
    assert!(packs.len() >= 8);
}
