//! The properties of a pack, tried; and what breaks them, as cases to be kept.

use heng_diag::{Lang, Sources};
use heng_test::{Counter, Goal, Prepared, Property, Start, TestCase, kept, prepare, prove};

use super::{Done, bench, facts_of};
use crate::{
    exit::Exit,
    failure::Failure,
    pack::shown,
    side::{by_side, threads},
    suites::Loaded,
    wording,
};

/// Facts of a case, with what they are called.
type Facts<'a> = (String, Prepared<'a>);

/// Tries the properties of every suite whose text `wanted` lets through. What breaks one goes to `saved`
/// as a case.
pub fn run(
    loaded: &[Loaded],
    wanted: &dyn Fn(&str) -> bool,
    lang: Lang,
    saved: &mut String,
) -> Result<Vec<Done>, Failure> {
    let mut done = Vec::new();
    for suite in loaded {
        let properties: Vec<&Property> = suite.suite.properties.iter().filter(|it| wanted(&it.text)).collect();
        if properties.is_empty() {
            continue;
        }
        let goals = goals(suite, &properties)?;
        let base = TestCase { base: suite.suite.property_base.clone(), ..TestCase::default() };
        let starts = starts(suite, loaded, &base)?;
        let facts: Vec<Start<'_>> = starts.iter().map(|(name, ready)| Start { name, facts: &ready.facts }).collect();
        let bench = bench(&suite.pack);
        for (goal, proof) in goals.iter().zip(by_side(&goals, threads(None), |goal| prove(bench, goal, &facts))) {
            let counter = proof.counter.as_ref();
            let mut wrong: Vec<String> =
                counter.iter().map(|counter| wording::broken(counter).get(lang).to_owned()).collect();
            if let Some(counter) = counter {
                saved.push_str(&cases(goal, counter));
            } else if proof.is_idle() {
                wrong.push(wording::never_tried(proof.outside).get(lang).to_owned());
            }
            let note = (proof.outside > 0 && !proof.is_idle())
                .then(|| wording::some_not_scaled(proof.scaled, proof.outside).get(lang).to_owned());
            let name = wording::property(&goal.property.text).get(lang).to_owned();
            done.push(Done { suite: shown(&suite.file), name, line: goal.property.line, wrong, note });
        }
    }
    Ok(done)
}

fn goals<'a>(suite: &Loaded, properties: &[&'a Property]) -> Result<Vec<Goal<'a>>, Failure> {
    let (mut goals, mut diagnostics) = (Vec::new(), Vec::new());
    for property in properties {
        match Goal::of(&shown(&suite.file), property, &suite.pack.program) {
            Ok(goal) => goals.push(goal),
            Err(found) => diagnostics.push(*found),
        }
    }
    let failure = |diagnostics| Failure { exit: Exit::Usage, diagnostics, sources: Sources::new() };
    if diagnostics.is_empty() { Ok(goals) } else { Err(failure(diagnostics)) }
}

/// The facts that the properties of a suite start from: those it names, else those of all cases of the
/// pack that are not refused.
fn starts<'a>(suite: &Loaded, loaded: &'a [Loaded], base: &'a TestCase) -> Result<Vec<Facts<'a>>, Failure> {
    let mut starts = Vec::new();
    let mut take = |owner: &Loaded, name: String, case: &'a TestCase| -> Result<(), Failure> {
        let ready = prepare(case, &facts_of(owner, case)?, &suite.pack.program);
        if ready.refusal().is_none() {
            starts.push((name, ready));
        }
        Ok(())
    };
    if base.base.is_empty() {
        let same = |other: &&Loaded| other.rules == suite.rules;
        for (owner, case) in
            loaded.iter().filter(same).flat_map(|owner| owner.suite.cases.iter().map(move |case| (owner, case)))
        {
            take(owner, case.name.clone(), case)?;
        }
    } else {
        take(suite, wording::property_base().to_owned(), base)?;
    }
    if starts.is_empty() {
        return Err(Failure::general(Exit::Usage, wording::nothing_to_start_from(&suite.file)));
    }
    Ok(starts)
}

/// What breaks a property, as TOML: a case for each set of facts, with what must come out.
fn cases(goal: &Goal<'_>, counter: &Counter) -> String {
    let case = |(number, side): (usize, &heng_test::Side)| {
        let mark = if counter.sides.len() > 1 { format!("（{number}）") } else { String::new() };
        kept::case(&format!("{}{mark}", goal.property.text), &side.facts, goal.indicator(), &side.expected)
    };
    (1..).zip(&counter.sides).map(case).collect()
}
