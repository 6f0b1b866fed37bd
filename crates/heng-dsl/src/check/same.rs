//! Whether two expressions say the same, wherever they are written.

use heng_model::{ExprId, ExprKind, Program};

use super::parts::parts;

/// Structural equality; a definition equals what it stands for.
pub fn same(program: &Program, a: ExprId, b: ExprId) -> bool {
    equal(program, a, b, 0)
}

fn equal(program: &Program, a: ExprId, b: ExprId, depth: u32) -> bool {
    if a == b {
        return true;
    }
    let (Some(x), Some(y)) = (program.expr(a), program.expr(b)) else { return false };
    if depth > 32 {
        return false;
    }
    match (&x.kind, &y.kind) {
        (ExprKind::Let(one), ExprKind::Let(other)) if one == other => true,
        (ExprKind::Let(item), _) => {
            program.definition(*item).is_some_and(|item| equal(program, item.value, b, depth + 1))
        }
        (_, ExprKind::Let(item)) => {
            program.definition(*item).is_some_and(|item| equal(program, a, item.value, depth + 1))
        }
        (ExprKind::Literal(one), ExprKind::Literal(other)) => one == other,
        (ExprKind::Arith(one, ..), ExprKind::Arith(other, ..)) if one != other => false,
        (ExprKind::Compare(one, ..), ExprKind::Compare(other, ..)) if one != other => false,
        (ExprKind::Fold(one), ExprKind::Fold(other)) if one.op != other.op => false,
        (one, other) => {
            let (left, right) = (parts(one), parts(other));
            let shape = std::mem::discriminant(one) == std::mem::discriminant(other) && left.len() == right.len();
            let leaf = left.is_empty() && one == other;
            shape
                && (leaf
                    || (!left.is_empty() && left.iter().zip(&right).all(|(a, b)| equal(program, *a, *b, depth + 1))))
        }
    }
}
