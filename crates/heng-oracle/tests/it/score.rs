//! Both evaluators on one case, in one form that can be compared.

use std::collections::{BTreeMap, BTreeSet};

use heng_eval::{Context, NoScripts, evaluate, evaluate_quietly, peer};
use heng_model::{Calendar, Date, Facts, Number, Outcome, Peers, Program, calendar::CalendarYear};
use num_rational::BigRational;

/// Outcomes and grade as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said(pub Vec<String>, pub Option<String>);

/// A calendar for the years that dates of the generator can reach.
pub fn calendar() -> Calendar {
    let date = |text: &str| text.parse::<Date>().unwrap();
    let mut years: BTreeMap<i16, CalendarYear> = (2022..=2024).map(|year| (year, CalendarYear::default())).collect();
    let spring = years.get_mut(&2023).unwrap();
    spring.holidays = ["2023-01-23", "2023-01-24", "2023-01-25", "2023-01-26", "2023-01-27"].map(date).into();
    spring.workdays = BTreeSet::from([date("2023-01-28"), date("2023-01-29")]);
    Calendar { name: "cn".into(), years }
}

fn fraction(number: &Number) -> BigRational {
    let (numerator, denominator) = number.to_parts();
    BigRational::new(numerator, denominator)
}

/// What the engine says; loud and quiet must say the same.
pub fn engine(program: &Program, facts: &Facts) -> Said {
    let calendar = calendar();
    let context = Context { calendar: Some(&calendar), scripts: &NoScripts };
    let loud = evaluate(program, facts, &context);
    let quiet = evaluate_quietly(program, facts, &context);
    let outcomes = |card: &heng_model::Scorecard| {
        let said = card.nodes.iter().map(|node| {
            let parts = node.profile.iter().map(|(_, part)| fraction(part));
            with_parts(with_letter(say(&node.outcome), node.grade.as_deref()), parts)
        });
        said.collect()
    };
    let said = Said(outcomes(&loud), loud.grade.as_deref().map(str::to_owned));
    assert_eq!(said, Said(outcomes(&quiet), quiet.grade.as_deref().map(str::to_owned)), "loud and quiet differ");
    said
}

fn with_letter(said: String, letter: Option<&str>) -> String {
    letter.map_or(said.clone(), |letter| format!("{said} {letter}"))
}

fn with_parts(said: String, parts: impl Iterator<Item = BigRational>) -> String {
    parts.fold(said, |said, part| format!("{said} | {part}"))
}

fn say(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Score(points) => fraction(points).to_string(),
        Outcome::Graded(letter) => format!("等级 {letter:?}"),
        Outcome::NotApplicable => "不适用".to_owned(),
        Outcome::Open { least, most, verdict } => format!("{} … {} {verdict:?}", fraction(least), fraction(most)),
        Outcome::Unwritten => "待编".to_owned(),
    }
}

/// What the engine says of every unit of a run, gathered layer by layer.
pub fn engine_among(program: &Program, units: &[Facts]) -> Vec<Said> {
    let calendar = calendar();
    let context = Context { calendar: Some(&calendar), scripts: &NoScripts };
    let mut peers = Peers::default();
    for layer in peer::layers(program) {
        let mut found = Peers::default();
        for facts in units {
            let given = peer::given(program, facts, &context, &peers, &layer);
            layer.iter().zip(given).for_each(|(place, given)| found.add(*place, given));
        }
        found.seal();
        peers.absorb(found);
    }
    let said = |facts: &Facts| {
        let card = peer::evaluate_among(program, facts, &context, &peers, true);
        Said(card.nodes.iter().map(|node| say(&node.outcome)).collect(), card.grade.as_deref().map(str::to_owned))
    };
    units.iter().map(said).collect()
}

/// What the oracle says of every unit of a run.
pub fn oracle_among(program: &Program, units: &[Facts]) -> Vec<Said> {
    let answer = |facts: &Facts| heng_oracle::answer_among(program, facts, Some(&calendar()), units);
    units.iter().map(|facts| told(&answer(facts).expect("these rules stay inside the oracle"))).collect()
}

/// What the oracle says.
pub fn oracle(program: &Program, facts: &Facts) -> Said {
    told(&heng_oracle::answer(program, facts, Some(&calendar())).expect("generated rules stay inside the oracle"))
}

fn told(answer: &heng_oracle::Answer) -> Said {
    let say = |outcome: &heng_oracle::Outcome| match outcome {
        heng_oracle::Outcome::Score(points) => points.to_string(),
        heng_oracle::Outcome::Graded(letter) => format!("等级 {letter:?}"),
        heng_oracle::Outcome::NotApplicable => "不适用".to_owned(),
        heng_oracle::Outcome::Open { least, most, verdict } => format!("{least} … {most} {verdict:?}"),
        heng_oracle::Outcome::Unwritten => "待编".to_owned(),
    };
    let nodes = answer.outcomes.iter().zip(&answer.letters).zip(&answer.profiles);
    let nodes = nodes.map(|((outcome, letter), parts)| {
        with_parts(with_letter(say(outcome), letter.as_deref()), parts.iter().cloned())
    });
    Said(nodes.collect(), answer.grade.as_deref().map(str::to_owned))
}

/// The program of a text, or what is wrong with it.
pub fn compile(text: &str) -> Result<Program, String> {
    let compiled = heng_dsl::compile(&[("rules.heng".to_owned(), text.to_owned())]);
    let errors = compiled.diagnostics.iter().filter(|finding| finding.is_error());
    let said: Vec<String> = errors.map(|finding| format!("{} {:?}", finding.code, finding.title)).collect();
    compiled.program.ok_or_else(|| said.join("\n"))
}
