//! What a file may hold beyond what the grammar of the engine says: functions only, with few
//! parameters, called with few arguments, and no assignment into a part of a value. The engine measures a variable when it is assigned to as a
//! whole; it does not measure a map again when one of its entries is set, so such a map could grow
//! without end.

use heng_diag::Text;
use rhai::{AST, ASTNode, Expr, Position, Stmt};

use crate::{limits, wording};

/// The first thing in the file that may not be there.
pub(crate) fn forbidden(ast: &AST) -> Option<(Position, Text)> {
    if let Some(statement) = ast.statements().iter().find(|statement| !matches!(statement, Stmt::Noop(..))) {
        return Some((statement.position(), wording::functions_only()));
    }
    if ast.iter_functions().any(|function| function.params.len() > limits::PARAMETERS) {
        return Some((Position::NONE, wording::too_many_parameters()));
    }
    let mut found = None;
    ast.walk(&mut |path: &[ASTNode]| {
        found = path.last().and_then(check);
        found.is_none()
    });
    found
}

fn check(node: &ASTNode) -> Option<(Position, Text)> {
    // To find a function, the engine tries out its arguments in every combination of kinds.
    if let ASTNode::Expr(Expr::FnCall(call, at) | Expr::MethodCall(call, at)) | ASTNode::Stmt(Stmt::FnCall(call, at)) =
        node
    {
        return (call.args.len() > limits::PARAMETERS).then(|| (*at, wording::too_many_arguments()));
    }
    let ASTNode::Stmt(Stmt::Assignment(assignment)) = node else {
        return None;
    };
    let target = &assignment.1.lhs;
    match target {
        Expr::Variable(..) => None,
        _ => Some((target.start_position(), wording::assignment_into())),
    }
}
