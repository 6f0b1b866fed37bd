//! The expressions an expression is made of, in the order in which they are written.

use heng_model::{
    ExprId, ExprKind,
    expr::{BandCell, Share, TallyCount},
    schema::Interval,
};

/// The direct parts; bodies of 逐项 and definitions are not followed.
pub fn parts(kind: &ExprKind) -> Vec<ExprId> {
    match kind {
        ExprKind::Literal(_)
        | ExprKind::Field(_)
        | ExprKind::Column { .. }
        | ExprKind::Let(_)
        | ExprKind::Argument(_)
        | ExprKind::FullMarks
        | ExprKind::Total
        | ExprKind::ScoreOf(_)
        | ExprKind::Children
        | ExprKind::Rated(_)
        | ExprKind::Verdict(_) => Vec::new(),
        ExprKind::Negate(of) | ExprKind::Not(of) | ExprKind::Is(_, of) => vec![*of],
        ExprKind::Arith(_, a, b) | ExprKind::Compare(_, a, b) | ExprKind::Where(a, b) => vec![*a, *b],
        ExprKind::Logic(_, parts) | ExprKind::Call(_, parts) | ExprKind::Method(_, parts) => parts.clone(),
        ExprKind::InRange(value, range) => [*value].into_iter().chain(ends(range)).collect(),
        ExprKind::Within { date, start, limit } => vec![*date, *start, *limit],
        ExprKind::Fold(fold) => [fold.over].into_iter().chain(fold.term).chain(fold.weight).collect(),
        ExprKind::Bands(bands) => {
            let rows = bands.rows.iter().flat_map(|row| row.cells.iter().flat_map(cell).chain([row.value]));
            bands.subjects.iter().copied().chain(rows).collect()
        }
        ExprKind::Tally(tally) => {
            let rows = tally.rows.iter().flat_map(|row| count(&row.count).into_iter().chain([row.points]));
            tally.from.into_iter().chain(tally.to).chain(rows).collect()
        }
        ExprKind::Each(each) => match each.share {
            Share::Column(column) | Share::Weighted(column) => vec![each.rows, column],
            Share::Even | Share::Mean | Share::Sum => vec![each.rows],
        },
        ExprKind::Linear(linear) => vec![linear.subject, linear.low, linear.high, linear.from, linear.to],
        ExprKind::Limit { value, bound, .. } => vec![*value, *bound],
        ExprKind::Round { value, .. } => vec![*value],
    }
}

fn ends(range: &Interval<ExprId>) -> impl Iterator<Item = ExprId> {
    [&range.low, &range.high].into_iter().flatten().map(|end| end.at).collect::<Vec<_>>().into_iter()
}

fn cell(cell: &BandCell) -> Vec<ExprId> {
    match cell {
        BandCell::Other | BandCell::State(_) => Vec::new(),
        BandCell::Range(range) => ends(range).collect(),
        BandCell::OneOf(values) => values.clone(),
        BandCell::When(condition) => vec![*condition],
    }
}

fn count(count: &TallyCount) -> Vec<ExprId> {
    match count {
        TallyCount::When(condition) => vec![*condition],
        TallyCount::Beyond { amount, limit, step, .. } => vec![*amount, *limit, *step],
        TallyCount::Per { items, step, .. } => vec![*items, *step],
    }
}
