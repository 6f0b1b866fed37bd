//! Laws that hold whatever the right score is.

use std::collections::BTreeMap;

use heng_eval::{Context, NoScripts, evaluate};
use heng_model::{
    Facts, Number, Outcome, Program, Value,
    facts::{Entry, Origin},
};
use proptest::{prop_assert, prop_assert_eq, test_runner::TestCaseError};

use crate::{
    draw::{Draw, cases, run},
    facts::{States, facts},
    rules::{Wish, rules},
    score::{calendar, compile, engine, oracle},
};

fn outcomes(program: &Program, facts: &Facts) -> BTreeMap<String, Outcome> {
    let calendar = calendar();
    let card = evaluate(program, facts, &Context { calendar: Some(&calendar), scripts: &NoScripts });
    program.nodes.iter().zip(card.nodes).map(|(node, score)| (node.key.to_string(), score.outcome)).collect()
}

fn scaled(outcome: &Outcome, by: &Number) -> Outcome {
    match outcome {
        Outcome::Score(points) => Outcome::Score(points * by),
        Outcome::Open { least, most, verdict } => {
            Outcome::Open { least: least * by, most: most * by, verdict: *verdict }
        }
        other => other.clone(),
    }
}

/// Facts for one program, laid out for another with the same data in another order.
fn moved(facts: &Facts, from: &Program, to: &Program) -> Facts {
    let mut there = Facts::missing(&to.schema);
    for (id, field) in to.schema.iter() {
        let known = from.schema.find(&field.path).and_then(|id| facts.entry(id));
        there.set(id, known.expect("both programs have the same data").clone());
    }
    there
}

#[test]
fn points_that_are_scaled_scale_the_scores() {
    let factor = Number::from(3);
    run(21, cases(60), |rule_supply, fact_supply| {
        let text = |scale| rules(rule_supply, Wish { scale, unrounded: true, ..Wish::default() });
        let (Ok(small), Ok(large)) = (compile(&text(1)), compile(&text(3))) else { return Ok(false) };
        let mut facts = facts(&small, fact_supply, States(true));
        let before = outcomes(&small, &facts);
        scale_points(&small, &mut facts, &factor);
        let after = outcomes(&large, &moved(&facts, &small, &large));
        let expected: BTreeMap<_, _> =
            before.iter().map(|(key, outcome)| (key.clone(), scaled(outcome, &factor))).collect();
        prop_assert_eq!(after, expected, "{}", text(1));
        Ok(true)
    });
}

/// Points that a department hands in are points too.
fn scale_points(program: &Program, facts: &mut Facts, factor: &Number) {
    for (id, field) in program.schema.iter() {
        let Some(Entry::Table(mut table)) = facts.entry(id).cloned() else { continue };
        let columns = &field.table().unwrap().columns;
        for row in &mut table.rows {
            for (cell, column) in row.iter_mut().zip(columns) {
                if column.ty == heng_model::Type::POINTS
                    && let Some(Value::Number(number)) = &mut cell.value
                {
                    *number = &*number * factor;
                }
            }
        }
        facts.set(id, Entry::Table(table));
    }
}

#[test]
fn the_order_of_siblings_changes_nothing_but_the_order() {
    run(22, cases(80), |rule_supply, fact_supply| {
        let text = |reversed| rules(rule_supply, Wish { reversed, ..Wish::default() });
        let (Ok(one), Ok(other)) = (compile(&text(false)), compile(&text(true))) else { return Ok(false) };
        let facts = facts(&one, fact_supply, States(true));
        let there = moved(&facts, &one, &other);
        prop_assert_eq!(outcomes(&one, &facts), outcomes(&other, &there), "{}", text(false));
        Ok(true)
    });
}

#[test]
fn more_of_what_is_better_never_scores_lower() {
    run(23, cases(120), |rule_supply, fact_supply| {
        let text = rules(rule_supply, Wish { rising: true, ..Wish::default() });
        let Ok(program) = compile(&text) else { return Ok(false) };
        let low = facts(&program, fact_supply, States(false));
        let mut high = low.clone();
        let mut draw = Draw::new(rule_supply);
        for (id, _) in program.schema.iter() {
            let Some(Entry::Scalar(mut cell)) = high.entry(id).cloned() else { continue };
            if let Some(Value::Number(number)) = &mut cell.value {
                let more = i128::try_from(draw.below(4)).unwrap() * 50;
                *number = &*number + &Number::scaled(more, 3);
            }
            high.set(id, Entry::Scalar(cell));
        }
        let (before, after) = (outcomes(&program, &low), outcomes(&program, &high));
        for (key, outcome) in &before {
            let (Outcome::Score(less), Outcome::Score(more)) = (outcome, &after[key]) else {
                return Err(TestCaseError::fail(format!("{key} is not decided: {text}")));
            };
            prop_assert!(less <= more, "{key}: {less} falls to {more}\n{text}");
        }
        Ok(true)
    });
}

#[test]
fn departments_with_the_same_figures_score_the_same() {
    run(24, cases(60), |rule_supply, fact_supply| {
        let Ok(program) = compile(&rules(rule_supply, Wish::default())) else { return Ok(false) };
        let facts = facts(&program, fact_supply, States(true));
        let mut twin = facts.clone();
        for (id, _) in program.schema.iter() {
            let Some(mut entry) = twin.entry(id).cloned() else { continue };
            let elsewhere = Origin { file: "别处".into(), assumed: true, ..Origin::default() };
            match &mut entry {
                Entry::Scalar(cell) => cell.origin = elsewhere,
                Entry::Table(table) => table.origin = elsewhere,
            }
            twin.set(id, entry);
        }
        prop_assert_eq!(engine(&program, &facts), engine(&program, &twin));
        prop_assert_eq!(oracle(&program, &facts), oracle(&program, &twin));
        Ok(true)
    });
}
