//! Whether two expressions say the same, wherever they are written.

use std::cell::Cell;

use heng_model::{ExprId, ExprKind, Program, schema::Interval};

/// How many pairs are looked at; beyond, they count as different.
const STEPS: u32 = 256;

/// Structural equality; a definition equals what it stands for. Blocks are the same only as
/// themselves.
pub fn same(program: &Program, a: ExprId, b: ExprId) -> bool {
    equal(program, a, b, &Cell::new(STEPS))
}

fn equal(program: &Program, a: ExprId, b: ExprId, steps: &Cell<u32>) -> bool {
    if a == b {
        return true;
    }
    let (Some(x), Some(y)) = (program.expr(a), program.expr(b)) else { return false };
    let Some(left) = steps.get().checked_sub(1) else { return false };
    steps.set(left);
    match (&x.kind, &y.kind) {
        (ExprKind::Let(one), ExprKind::Let(other)) if one == other => true,
        (ExprKind::Let(item), _) => program.definition(*item).is_some_and(|item| equal(program, item.value, b, steps)),
        (_, ExprKind::Let(item)) => program.definition(*item).is_some_and(|item| equal(program, a, item.value, steps)),
        (one, other) => {
            let (left, right) = (one.parts(), other.parts());
            let leaf = left.is_empty() && one == other;
            let whole = !left.is_empty() && left.len() == right.len() && same_operator(one, other);
            leaf || (whole && left.iter().zip(&right).all(|(a, b)| equal(program, *a, *b, steps)))
        }
    }
}

/// Whether two expressions do the same to their parts.
fn same_operator(one: &ExprKind, other: &ExprKind) -> bool {
    use ExprKind::{Arith, Call, Compare, Fold, InRange, Is, Limit, Logic, Method, Negate, Not, Round, Where, Within};
    match (one, other) {
        (Negate(_), Negate(_)) | (Not(_), Not(_)) | (Where(..), Where(..)) | (Within { .. }, Within { .. }) => true,
        (Arith(one, ..), Arith(other, ..)) => one == other,
        (Compare(one, ..), Compare(other, ..)) => one == other,
        (Logic(one, _), Logic(other, _)) => one == other,
        (Is(one, _), Is(other, _)) => one == other,
        (Call(one, _), Call(other, _)) => one == other,
        (Method(one, _), Method(other, _)) => one == other,
        (InRange(_, one), InRange(_, other)) => closed(one) == closed(other),
        (Limit { most: one, .. }, Limit { most: other, .. }) => one == other,
        (Round { places: a, mode: b, unit: c, .. }, Round { places: x, mode: y, unit: z, .. }) => {
            (a, b, c) == (x, y, z)
        }
        (Fold(one), Fold(other)) => one.op == other.op && one.skip == other.skip && one.at_least == other.at_least,
        _ => false,
    }
}

/// Which ends there are, and whether they are included.
fn closed(range: &Interval<ExprId>) -> [Option<bool>; 2] {
    [&range.low, &range.high].map(|end| end.as_ref().map(|end| end.closed))
}
