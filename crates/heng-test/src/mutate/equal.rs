//! Mutants that cannot be noticed, because they are the same rule in other words. Only what can be
//! proven counts: a 分档 that gives the same row value wherever its subjects may stand, and another
//! way to count parts of a step where there are no parts.

use std::collections::BTreeSet;

use heng_model::{
    Number, Program, Quantity, State, Type, Value,
    expr::{BandCell, Bands, ExprId, ExprKind, FoldOp, Tally, TallyCount},
    program::{Body, Demand, Otherwise},
    schema::Interval,
};

use super::{Edit, Mutant};

/// How many places of the subjects are looked at for one 分档; more is not tried.
const MOST_PLACES: usize = 4_096;

/// Whether the mutant scores everything as `program` does.
pub(super) fn is_equal(program: &Program, mutant: &Mutant) -> bool {
    let Edit::Expr(id, kind) = &mutant.edit else { return false };
    let Some(before) = program.expr(*id) else { return false };
    match (&before.kind, kind) {
        (ExprKind::Bands(before), ExprKind::Bands(after)) => same_bands((program, before), (program, after)),
        (ExprKind::Tally(before), ExprKind::Tally(after)) => same_tally(program, before, after),
        (ExprKind::Literal(_), ExprKind::Literal(_)) => {
            let wrong = mutant.apply(program);
            only_in_bands(program, &wrong, *id)
        }
        _ => false,
    }
}

/// Whether an expression is read as an end of a band and nowhere else, and each such 分档 is the same.
fn only_in_bands(program: &Program, wrong: &Program, id: ExprId) -> bool {
    let names = names_of(program, id);
    let mut used = false;
    for (before, after) in program.exprs.iter().zip(&wrong.exprs) {
        if !before.kind.parts().iter().any(|part| names.contains(part)) {
            continue;
        }
        let (ExprKind::Bands(before), ExprKind::Bands(after)) = (&before.kind, &after.kind) else { return false };
        let mut elsewhere = before.subjects.iter().copied().chain(before.rows.iter().map(|row| row.value));
        if elsewhere.any(|part| names.contains(&part)) || !same_bands((program, before), (wrong, after)) {
            return false;
        }
        used = true;
    }
    used && !read_outside(program, &names)
}

/// The expression, and every mention of a name that stands for it.
fn names_of(program: &Program, id: ExprId) -> BTreeSet<ExprId> {
    let mut names = BTreeSet::from([id]);
    loop {
        let before = names.len();
        for (mention, expr) in (0_u32..).map(ExprId).zip(&program.exprs) {
            if let ExprKind::Let(name) = expr.kind
                && program.definition(name).is_some_and(|definition| names.contains(&definition.value))
            {
                names.insert(mention);
            }
        }
        if names.len() == before {
            return names;
        }
    }
}

/// Whether bodies, formulas of columns, the grade or demands on the data read one of the expressions themselves.
fn read_outside(program: &Program, names: &BTreeSet<ExprId>) -> bool {
    let of_body = |body: &Body| {
        let cases = body.cases.iter().flat_map(|case| [case.when, case.then]);
        let demands = body.demands.iter().flat_map(|demand| of_demand(demand).into_iter().flatten());
        cases.chain(demands).chain([body.result]).any(|id| names.contains(&id))
    };
    let columns = program.schema.iter().filter_map(|(_, field)| field.table()).flat_map(|table| &table.columns);
    let demands = program.demands.iter().flat_map(|demand| of_demand(&demand.demand).into_iter().flatten());
    let of_pack = columns.filter_map(|column| column.formula).chain(program.grade).chain(demands);
    program.bodies.iter().any(of_body) || of_pack.into_iter().any(|id| names.contains(&id))
}

fn of_demand(demand: &Demand) -> [Option<ExprId>; 2] {
    let value = match demand.otherwise {
        Otherwise::Value(value) => Some(value),
        Otherwise::Verdict(_) | Otherwise::Note => None,
    };
    [Some(demand.need), value]
}

/// Whether two tallies differ only in how they count parts of a step that cannot occur.
fn same_tally(program: &Program, before: &Tally, after: &Tally) -> bool {
    before.rows.len() == after.rows.len()
        && before.rows.iter().zip(&after.rows).all(|(a, b)| a.count == b.count || without_parts(program, &a.count))
}

/// Whether the count is a whole number of steps, whatever the data: whole things, one by one.
fn without_parts(program: &Program, count: &TallyCount) -> bool {
    match count {
        TallyCount::Per { items, step, .. } => {
            is_whole(program, *items) && constant(program, *step) == Some(Value::Number(Number::ONE))
        }
        TallyCount::When(_) => true,
        TallyCount::Beyond { .. } => false,
    }
}

/// Whether a value can only be rows or a whole number. Readers refuse half a thing.
fn is_whole(program: &Program, id: ExprId) -> bool {
    let Some(expr) = program.expr(id) else { return false };
    match &expr.kind {
        ExprKind::Where(over, _) => is_whole(program, *over),
        ExprKind::Fold(fold) => fold.op == FoldOp::Count,
        ExprKind::Field(field) => match program.schema.field(*field).map(|field| (field.table(), field.scalar())) {
            Some((Some(_), _)) => true,
            Some((None, Some(ty))) => ty == Type::Quantity(Quantity::Count),
            _ => false,
        },
        ExprKind::Column { table, column, .. } => {
            let computed = program.schema.column(*table, *column).is_none_or(|column| column.formula.is_some());
            !computed && expr.ty.quantity() == Some(Quantity::Count)
        }
        _ => false,
    }
}

/// The value of an expression that is one whatever the data: a literal, or a name for one.
fn constant(program: &Program, id: ExprId) -> Option<Value> {
    match &program.expr(id)?.kind {
        ExprKind::Literal(value) => Some(value.clone()),
        ExprKind::Let(name) => constant(program, program.definition(*name)?.value),
        _ => None,
    }
}

/// Where a subject may stand, as far as the rows can tell places apart.
#[derive(Clone, PartialEq)]
enum Place {
    At(Number),
    Word(Value),
    /// A word that no row names.
    OtherWord,
    In(State),
}

type Side<'a> = (&'a Program, &'a Bands);

/// Whether two 分档 over the same subjects give the same value wherever the subjects stand.
fn same_bands(before: Side<'_>, after: Side<'_>) -> bool {
    if before.1.subjects.is_empty() || before.1.subjects != after.1.subjects {
        return false;
    }
    let Some(columns) = (0..before.1.subjects.len())
        .map(|column| places(&[before, after], column))
        .collect::<Option<Vec<Vec<Place>>>>()
    else {
        return false;
    };
    if columns.iter().map(Vec::len).product::<usize>() > MOST_PLACES {
        return false;
    }
    let mut all: Vec<Vec<&Place>> = vec![Vec::new()];
    for column in &columns {
        all = all.iter().flat_map(|row| column.iter().map(|place| [row.as_slice(), &[place]].concat())).collect();
    }
    all.iter().all(|place| same_value(before, after, chosen(before, place), chosen(after, place)))
}

fn same_value(before: Side<'_>, after: Side<'_>, a: Option<usize>, b: Option<usize>) -> bool {
    let value = |side: Side<'_>, row: Option<usize>| row.and_then(|row| side.1.rows.get(row)).map(|row| row.value);
    match (value(before, a), value(after, b)) {
        (None, None) => true,
        (Some(a), Some(b)) if a == b => true,
        (Some(a), Some(b)) => constant(before.0, a).is_some_and(|value| constant(after.0, b).as_ref() == Some(&value)),
        _ => false,
    }
}

/// The row that is taken at a place.
fn chosen((program, bands): Side<'_>, place: &[&Place]) -> Option<usize> {
    bands.rows.iter().position(|row| {
        !row.cells.is_empty() && row.cells.iter().zip(place).all(|(cell, place)| fits(program, cell, place))
    })
}

fn fits(program: &Program, cell: &BandCell, place: &Place) -> bool {
    match (cell, place) {
        (BandCell::State(state), Place::In(other)) => state == other,
        (BandCell::State(_), _) | (_, Place::In(_)) => false,
        (BandCell::Other, _) => true,
        (BandCell::Range(range), Place::At(number)) => lies_in(program, range, number),
        (BandCell::OneOf(words), Place::Word(value)) => has(program, words, value),
        (BandCell::OneOf(words), Place::At(number)) => has(program, words, &Value::Number(number.clone())),
        _ => false,
    }
}

fn has(program: &Program, words: &[ExprId], value: &Value) -> bool {
    words.iter().any(|word| constant(program, *word).as_ref() == Some(value))
}

fn lies_in(program: &Program, range: &Interval<ExprId>, number: &Number) -> bool {
    let end = |id: ExprId| {
        constant(program, id).and_then(|value| if let Value::Number(end) = value { Some(end) } else { None })
    };
    let low = range
        .low
        .as_ref()
        .is_none_or(|low| end(low.at).is_some_and(|at| if low.closed { *number >= at } else { *number > at }));
    let high = range
        .high
        .as_ref()
        .is_none_or(|high| end(high.at).is_some_and(|at| if high.closed { *number <= at } else { *number < at }));
    low && high
}

/// The places of a subject between which the rows of both sides tell; none where that is not known.
fn places(sides: &[Side<'_>], column: usize) -> Option<Vec<Place>> {
    let (mut numbers, mut rest): (Vec<Number>, Vec<Place>) = (Vec::new(), Vec::new());
    for (program, bands) in sides {
        for row in &bands.rows {
            match row.cells.get(column)? {
                BandCell::Other => {}
                BandCell::State(state) => rest.push(Place::In(*state)),
                BandCell::When(_) | BandCell::List(_) => return None,
                BandCell::Range(range) => {
                    for end in [&range.low, &range.high].into_iter().flatten() {
                        let Value::Number(number) = constant(program, end.at)? else { return None };
                        numbers.push(number);
                    }
                }
                BandCell::OneOf(words) => {
                    for word in words {
                        match constant(program, *word)? {
                            Value::Number(number) => numbers.push(number),
                            word => rest.push(Place::Word(word)),
                        }
                    }
                }
            }
        }
    }
    let (program, bands) = sides.first()?;
    let whole = bands.subjects.get(column).is_some_and(|subject| is_whole(program, *subject));
    rest.push(Place::OtherWord);
    rest.dedup();
    rest.extend(told_apart(numbers, whole).into_iter().map(Place::At));
    Some(rest)
}

/// Each number, one between any two neighbours, and one beyond either end.
fn told_apart(mut numbers: Vec<Number>, whole: bool) -> Vec<Number> {
    numbers.sort();
    numbers.dedup();
    let mut places: Vec<Number> = Vec::new();
    let mut before: Option<&Number> = None;
    for number in &numbers {
        match before {
            None => places.push(number - &Number::ONE),
            Some(before) if whole => places.push(&before.floor() + &Number::ONE),
            Some(before) => places.extend((before + number).checked_div(&Number::from(2))),
        }
        places.push(number.clone());
        before = Some(number);
    }
    places.extend(before.map(|last| last + &Number::ONE));
    if numbers.is_empty() {
        places.push(Number::ZERO);
    }
    places.retain(|place| !whole || *place == place.floor());
    places
}
