//! Trying a property: facts of cases, with figures moved to where bands begin and end, until one set of
//! facts breaks it; then the smallest such set. Seeded, so every run tries the same.

use std::{cell::Cell, collections::BTreeSet};

use heng_data::{FactsFile, read_facts};
use heng_diag::Lang;
use heng_eval::{Context, Scripts, evaluate, evaluate_quietly, whatif};
use heng_model::{Facts, NodeId, Number, Outcome, Program, Quantity, Type, Value, facts::Entry, value::DatumRef};
use heng_phrase::Phrase;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::{
    expect::words,
    facts::put,
    goal::{Goal, Kind, Place},
    record::record,
    run::Bench,
};

/// How many sets of facts are tried for one property, over all facts it starts from.
const EXAMPLES: u32 = 60;
/// From how many cases a property starts at most: the first that have the data it moves.
const STARTS: usize = 6;
/// How many data are moved at most, and over how many values each.
const DATA: usize = 24;
const VALUES: usize = 120;
/// How many rows of a table are moved.
const ROWS: usize = 4;
/// The factors of 同乘.
const FACTORS: [(i128, u32); 5] = [(2, 0), (10, 0), (10_000, 0), (5, 1), (1, 1)];

/// Facts that a property is tried from.
#[derive(Clone, Copy, Debug)]
pub struct Start<'a> {
    /// What they are called: the case.
    pub name: &'a str,
    /// The facts.
    pub facts: &'a Facts,
}

/// What trying a property came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// What breaks it, where something does.
    pub counter: Option<Counter>,
    /// From how many facts it was tried.
    pub starts: usize,
    /// Of 同乘: how many times data were multiplied.
    pub scaled: usize,
    /// Of 同乘: how many times that was left out, as a datum would have left what it may be.
    pub outside: usize,
}

impl Proof {
    /// Whether nothing was tried: no facts have the data that the property moves, or these can never be multiplied.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.starts == 0 || (self.scaled == 0 && self.outside > 0)
    }
}

/// Facts under which a property does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// The facts it was found from.
    pub start: String,
    /// What was changed of them: datum and value.
    pub changed: Vec<(String, String)>,
    /// What was scored: one set of facts, or two that ought to agree.
    pub sides: Vec<Side>,
}

/// Scored facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// What this side alone changes: datum and value.
    pub own: Vec<(String, String)>,
    /// The facts as a TOML facts file.
    pub facts: String,
    /// What came out.
    pub found: String,
    /// What must come out.
    pub expected: String,
}

/// Tries a property from each start; the first set of facts that breaks it, made as small as it gets.
#[must_use]
pub fn prove(bench: Bench<'_>, goal: &Goal<'_>, starts: &[Start<'_>]) -> Proof {
    let starts: Vec<&Start<'_>> = starts.iter().filter(|start| goal.is_about(start.facts)).take(STARTS).collect();
    let examples = EXAMPLES.checked_div(u32::try_from(starts.len()).unwrap_or(1)).unwrap_or(0);
    let mut proof = Proof { starts: starts.len(), ..Proof::default() };
    for start in starts {
        let trial = Trial::new(bench, goal, *start);
        proof.counter = trial.run(examples);
        proof.scaled += trial.scaled.get();
        proof.outside += trial.outside.get();
        if proof.counter.is_some() {
            break;
        }
    }
    proof
}

/// One property from one start.
struct Trial<'a> {
    bench: Bench<'a>,
    goal: &'a Goal<'a>,
    start: Start<'a>,
    /// The data that are moved, each with its values: its own first, then the nearest.
    choices: Vec<(DatumRef, Vec<Value>)>,
    /// How many times data were multiplied, and how many times they could not be.
    scaled: Cell<usize>,
    outside: Cell<usize>,
}

impl<'a> Trial<'a> {
    fn new(bench: Bench<'a>, goal: &'a Goal<'a>, start: Start<'a>) -> Trial<'a> {
        let mut trial = Trial { bench, goal, start, choices: Vec::new(), scaled: Cell::new(0), outside: Cell::new(0) };
        trial.choices = trial.read().into_iter().filter_map(|datum| trial.values(datum)).take(DATA).collect();
        trial
    }

    fn context(&self) -> Context<'a> {
        let scripts: &dyn Scripts = self.bench.scripts;
        Context { calendar: self.bench.calendar, scripts }
    }

    /// The data that the indicator and all below it read, but for the one that the claim moves.
    fn read(&self) -> BTreeSet<DatumRef> {
        let program = self.bench.program;
        let card = evaluate(program, self.start.facts, &self.context());
        let below =
            |id: NodeId| std::iter::successors(Some(id), |id| program.node(*id)?.parent).any(|id| id == self.goal.node);
        let read = card.nodes.iter().filter(|score| below(score.node)).flat_map(|score| score.read.iter().copied());
        let moved = |datum: &DatumRef| match &self.goal.kind {
            Kind::Monotone { place, .. } => place_of(*datum) == *place,
            _ => false,
        };
        read.filter(|datum| !moved(datum)).collect()
    }

    /// The values that a datum is given.
    fn values(&self, datum: DatumRef) -> Option<(DatumRef, Vec<Value>)> {
        let program = self.bench.program;
        let now = self.start.facts.cell(datum)?.value.clone()?;
        let mut values = vec![now.clone()];
        match &now {
            Value::Bool(yes) => values.push(Value::Bool(!yes)),
            Value::Number(_) | Value::Date(_) => {
                let all = whatif::worth_trying(program, self.start.facts, &self.context(), self.goal.node, datum);
                let at = all.iter().position(|value| *value == now).unwrap_or(0);
                let far = |index: &usize| index.abs_diff(at);
                let mut order: Vec<usize> = (0..all.len()).filter(|index| *index != at).collect();
                order.sort_by_key(far);
                values.extend(order.into_iter().filter_map(|index| all.get(index).cloned()).take(VALUES));
            }
            _ => {}
        }
        (values.len() > 1).then_some((datum, values))
    }

    fn run(&self, examples: u32) -> Option<Counter> {
        let still = vec![0; self.choices.len()];
        let found = if self.broken(&still).is_some() { Some(still) } else { self.search(examples) };
        let picks = found?;
        let sides = self.broken(&picks)?;
        let phrase = Phrase::new(self.bench.program, Lang::Zh);
        let changed = self.picked(&picks).map(|(datum, value)| self.said(&phrase, datum, value)).collect();
        Some(Counter { start: self.start.name.to_owned(), changed, sides })
    }

    /// Random picks, most data left as they are; broken ones are shrunk toward the start.
    fn search(&self, examples: u32) -> Option<Vec<usize>> {
        let config = Config { cases: examples, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
        let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
        let mut runner = TestRunner::new_with_rng(config, seed);
        // Below twice the number of values, a pick leaves the datum alone.
        let spans: Vec<std::ops::Range<usize>> = self.choices.iter().map(|(_, values)| 0..values.len() * 3).collect();
        let picks = |raw: &[usize]| -> Vec<usize> {
            let of = |(raw, (_, values)): (&usize, &(DatumRef, Vec<Value>))| raw.saturating_sub(values.len() * 2);
            raw.iter().zip(&self.choices).map(of).collect()
        };
        let tried = runner.run(&spans, |raw| match self.broken(&picks(&raw)) {
            Some(_) => Err(TestCaseError::fail("broken")),
            None => Ok(()),
        });
        match tried {
            Err(TestError::Fail(_, raw)) => Some(picks(&raw)),
            _ => None,
        }
    }

    /// The data that picks change.
    fn picked(&self, picks: &[usize]) -> impl Iterator<Item = (DatumRef, &Value)> {
        let pairs = self.choices.iter().zip(picks.to_vec());
        pairs.filter(|(_, pick)| *pick > 0).filter_map(|((datum, values), pick)| Some((*datum, values.get(pick)?)))
    }

    fn said(&self, phrase: &Phrase<'_>, datum: DatumRef, value: &Value) -> (String, String) {
        let ty = phrase.datum_type(datum).unwrap_or(Type::Never);
        (phrase.datum(datum, self.start.facts), phrase.value(value, &ty))
    }

    /// Whether the property is broken under the facts that picks give.
    fn broken(&self, picks: &[usize]) -> Option<Vec<Side>> {
        let mut facts = self.start.facts.clone();
        for (datum, value) in self.picked(picks) {
            facts = whatif::with(&facts, datum, value.clone());
        }
        self.admitted(&facts).then(|| self.check(&facts)).flatten()
    }

    /// Whether the pack's own demands on the data hold.
    fn admitted(&self, facts: &Facts) -> bool {
        let program = self.bench.program;
        program.demands.is_empty()
            || evaluate_quietly(program, facts, &self.context()).findings.iter().all(|found| found.verdict.is_none())
    }

    fn check(&self, facts: &Facts) -> Option<Vec<Side>> {
        match &self.goal.kind {
            Kind::Monotone { place, rising } => {
                cells(facts, *place).into_iter().find_map(|datum| self.turns(facts, datum, *rising))
            }
            Kind::Within { low, high } => {
                let outcome = self.outcome(facts)?;
                let points = outcome.points()?;
                let expected = match points {
                    points if points < low => format!("≥ {low}"),
                    points if points > high => format!("≤ {high}"),
                    _ => return None,
                };
                Some(vec![self.side(facts, Vec::new(), &outcome, expected)])
            }
            Kind::Scaled(places) => FACTORS.iter().find_map(|(mantissa, scale)| {
                let factor = Number::scaled(*mantissa, *scale);
                let Some((changed, own)) = scaled(self.bench.program, facts, places, &factor) else {
                    self.outside.update(|so_far| so_far.saturating_add(1));
                    return None;
                };
                self.scaled.update(|so_far| so_far.saturating_add(1));
                self.agree(facts, &changed, own)
            }),
            Kind::Reordered(field) => reordered(facts, *field).into_iter().find_map(|changed| {
                let path = self.bench.program.schema.field(*field)?.dotted();
                self.agree(facts, &changed, vec![(path, "调换行序 / reordered".to_owned())])
            }),
            Kind::Rewritten(field) => self.rewritten(facts, *field),
        }
    }

    fn turns(&self, facts: &Facts, datum: DatumRef, rising: bool) -> Option<Vec<Side>> {
        let program = self.bench.program;
        let turn = whatif::turn(program, facts, &self.context(), self.goal.node, datum, rising)?;
        let phrase = Phrase::new(program, Lang::Zh);
        let side = |value: &Value, points: &Number, expected: String| {
            let with = whatif::with(facts, datum, value.clone());
            let own = vec![self.said(&phrase, datum, value)];
            self.admitted(&with).then(|| self.side(&with, own, &Outcome::Score(points.clone()), expected))
        };
        let sign = if rising { '≥' } else { '≤' };
        Some(vec![
            side(&turn.low, &turn.low_points, turn.low_points.to_string())?,
            side(&turn.high, &turn.high_points, format!("{sign} {}", turn.low_points))?,
        ])
    }

    /// The two sides of facts that ought to score alike; none where they do.
    fn agree(&self, facts: &Facts, changed: &Facts, own: Vec<(String, String)>) -> Option<Vec<Side>> {
        let (before, after) = (self.outcome(facts)?, self.outcome(changed)?);
        if before == after || !self.admitted(changed) {
            return None;
        }
        let expected = words(&before);
        Some(vec![self.side(facts, Vec::new(), &before, expected.clone()), self.side(changed, own, &after, expected)])
    }

    fn rewritten(&self, facts: &Facts, field: heng_model::FieldId) -> Option<Vec<Side>> {
        let program = self.bench.program;
        let Value::Number(number) = facts.cell(DatumRef::field(field))?.value.clone()? else { return None };
        let path: Vec<String> = program.schema.field(field)?.path.iter().map(ToString::to_string).collect();
        spellings(&number).into_iter().find_map(|text| {
            let mut table = toml::Table::new();
            put(&mut table, &path, text.clone().into());
            let bytes = toml::to_string(&table).unwrap_or_default().into_bytes();
            let read = read_facts(&program.schema, &[FactsFile { name: "case.toml".to_owned(), bytes }]);
            let mut changed = facts.clone();
            changed.set(field, read.facts.entry(field)?.clone());
            self.agree(facts, &changed, vec![(path.join("."), text)])
        })
    }

    fn outcome(&self, facts: &Facts) -> Option<Outcome> {
        let card = evaluate_quietly(self.bench.program, facts, &self.context());
        card.nodes.get(self.goal.node.0 as usize).map(|score| score.outcome.clone())
    }

    fn side(&self, facts: &Facts, own: Vec<(String, String)>, outcome: &Outcome, expected: String) -> Side {
        Side { own, facts: record(self.bench.program, facts), found: words(outcome), expected }
    }
}

fn place_of(datum: DatumRef) -> Place {
    (datum.field, datum.cell.map(|(_, column)| column))
}

/// The cells of a place: the datum, or the column in the first rows.
fn cells(facts: &Facts, (field, column): Place) -> Vec<DatumRef> {
    let Some(column) = column else { return vec![DatumRef::field(field)] };
    let rows = facts.table(field).map_or(0, |table| table.rows.len().min(ROWS));
    (0_u32..).take(rows).map(|row| DatumRef { field, cell: Some((row, column)) }).collect()
}

/// All data of the places multiplied; none where one has no value, or would leave what it may be.
fn scaled(
    program: &Program,
    facts: &Facts,
    places: &[Place],
    factor: &Number,
) -> Option<(Facts, Vec<(String, String)>)> {
    let phrase = Phrase::new(program, Lang::Zh);
    let (mut changed, mut own) = (facts.clone(), Vec::new());
    for (field, column) in places {
        let rows = facts.table(*field).map_or(1, |table| table.rows.len());
        for row in (0_u32..).take(rows) {
            let datum = DatumRef { field: *field, cell: column.map(|column| (row, column)) };
            let ty = phrase.datum_type(datum)?;
            let Some(Value::Number(number)) = facts.cell(datum)?.value.clone() else { return None };
            let value = &number * factor;
            let whole = matches!(ty, Type::Quantity(Quantity::Count | Quantity::Year | Quantity::Days));
            if !program.schema.domain(datum).contains(&value) || (whole && value.floor() != value) {
                return None;
            }
            own.push((phrase.datum(datum, facts), phrase.value(&Value::Number(value.clone()), &ty)));
            changed = whatif::with(&changed, datum, Value::Number(value));
        }
    }
    Some((changed, own))
}

/// The facts with the rows of a table from the last to the first, and with the first row last.
fn reordered(facts: &Facts, field: heng_model::FieldId) -> Vec<Facts> {
    let Some(table) = facts.table(field).filter(|table| table.rows.len() > 1) else { return Vec::new() };
    let (mut reversed, mut turned) = (table.clone(), table.clone());
    reversed.rows.reverse();
    turned.rows.rotate_left(1);
    let put = |table| {
        let mut changed = facts.clone();
        changed.set(field, Entry::Table(table));
        changed
    };
    vec![put(reversed), put(turned)]
}

/// An amount in each unit.
fn spellings(number: &Number) -> Vec<String> {
    let units: [(i128, &str); 3] = [(1, "元"), (10_000, "万元"), (100_000_000, "亿元")];
    let spelled = |(size, unit): (i128, &str)| {
        let text = number.checked_div(&Number::scaled(size, 0))?.decimal_text()?;
        Some(format!("{text}{unit}"))
    };
    units.into_iter().filter_map(spelled).collect()
}
