//! Whether everything in a stored program leads somewhere inside it. A program that comes from the
//! compiler does; one that comes from a file may have been tampered with.

use heng_model::{
    ExprId, Field, FieldId, Node, NodeId, Program, Type, Value,
    expr::{ExprKind, SourceRef},
    program::{Body, BodyId, Demand, LetId, MethodCode, MethodId, Otherwise, ScriptId},
    schema::{ChoiceId, Shape},
    value::DatumRef,
};

/// What leads nowhere: the kind of place, and its number.
pub(super) type Broken = (&'static str, u64);

type Checked = Result<(), Broken>;

/// What the compiler writes where there is nothing to refer to: the rows of a parameter that takes any
/// table, and the result of a body that nothing computes, such as a script's.
const NOTHING: u32 = u32::MAX;

/// How deep expressions may stand in each other.
const MOST_DEPTH: usize = 256;

/// Checks every reference, the shape of the tree, and that no expression stands in itself.
pub(super) fn check(program: &Program) -> Checked {
    let check = References { program };
    check.schema()?;
    check.tree()?;
    check.bodies()?;
    for expr in &program.exprs {
        check.at(expr.at)?;
        check.ty(&expr.ty)?;
        check.kind(&expr.kind)?;
    }
    check.depth()
}

struct References<'p> {
    program: &'p Program,
}

fn inside(kind: &'static str, id: impl Into<u64>, len: usize) -> Checked {
    let id = id.into();
    if id < len as u64 { Ok(()) } else { Err((kind, id)) }
}

fn all<T>(items: impl IntoIterator<Item = T>, check: impl FnMut(T) -> Checked) -> Checked {
    items.into_iter().try_for_each(check)
}

impl References<'_> {
    fn expr(&self, id: ExprId) -> Checked {
        inside("expr", id.0, self.program.exprs.len())
    }

    fn node(&self, id: NodeId) -> Checked {
        inside("node", id.0, self.program.nodes.len())
    }

    fn body(&self, id: BodyId) -> Checked {
        inside("body", id.0, self.program.bodies.len())
    }

    fn definition(&self, id: LetId) -> Checked {
        inside("let", id.0, self.program.lets.len())
    }

    fn method(&self, id: MethodId) -> Checked {
        inside("method", id.0, self.program.methods.len())
    }

    fn script(&self, id: ScriptId) -> Checked {
        inside("script", id.0, self.program.scripts.len())
    }

    fn field(&self, id: FieldId) -> Checked {
        inside("field", id.0, self.program.schema.fields.len())
    }

    fn choice(&self, id: ChoiceId) -> Checked {
        inside("choice", id.0, self.program.schema.choices.len())
    }

    fn column(&self, table: FieldId, column: u16) -> Checked {
        self.program.schema.column(table, column).map(drop).ok_or(("column", u64::from(column)))
    }

    fn at(&self, at: SourceRef) -> Checked {
        if at == SourceRef::default() { Ok(()) } else { inside("file", at.file, self.program.files.len()) }
    }

    fn ty(&self, ty: &Type) -> Checked {
        match ty {
            Type::Word(Some(choice)) => self.choice(*choice),
            Type::Rows(table) if table.0 == NOTHING => Ok(()),
            Type::Rows(table) => self.field(*table),
            Type::List(item) => self.ty(item),
            Type::Quantity(_)
            | Type::Date
            | Type::Bool
            | Type::Text
            | Type::Word(None)
            | Type::Children
            | Type::Never => Ok(()),
        }
    }

    fn datum(&self, datum: DatumRef) -> Checked {
        self.field(datum.field)?;
        datum.cell.map_or(Ok(()), |(_, column)| self.column(datum.field, column))
    }

    fn value(&self, value: &Value) -> Checked {
        match value {
            Value::Rows(table, _) => self.field(*table),
            Value::List(items) => all(items, |item| self.value(item)),
            Value::State(_, datum) => self.datum(*datum),
            Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Text(_) | Value::Verdict(..) => Ok(()),
        }
    }

    fn schema(&self) -> Checked {
        all(&self.program.schema.fields, |field| self.schema_field(field))
    }

    fn schema_field(&self, field: &Field) -> Checked {
        self.at(field.at)?;
        match &field.shape {
            Shape::Scalar(ty) => self.ty(ty),
            Shape::Rating(_) => Ok(()),
            Shape::Table(table) => {
                all(table.key, |key| inside("column", key, table.columns.len()))?;
                all(&table.columns, |column| {
                    self.at(column.at)?;
                    self.ty(&column.ty)?;
                    all(column.formula, |formula| self.expr(formula))
                })
            }
        }
    }

    /// The nodes are a tree in pre-order: each child comes after its parent and knows it, and its
    /// level is one more.
    fn tree(&self) -> Checked {
        if self.program.nodes.is_empty() {
            return Err(("node", 0));
        }
        all(self.program.tree(), |(id, node)| {
            self.at(node.at)?;
            all(node.body, |body| self.body(body))?;
            all(node.grade.filter(|grade| grade.0 != NOTHING), |grade| self.expr(grade))?;
            let broken = ("node", u64::from(id.0));
            if (id.0 == 0) != node.parent.is_none() {
                return Err(broken);
            }
            all(node.parent, |parent| {
                let knows =
                    |parent: &Node| parent.children.contains(&id) && parent.level.checked_add(1) == Some(node.level);
                self.program.node(parent).filter(|found| parent < id && knows(found)).map(drop).ok_or(broken)
            })?;
            let mine = |child: &NodeId| self.program.node(*child).is_some_and(|child| child.parent == Some(id));
            all(&node.children, |child| if mine(child) { Ok(()) } else { Err(broken) })
        })
    }

    fn bodies(&self) -> Checked {
        let program = self.program;
        all(&program.bodies, |body| self.lines(body))?;
        all(&program.lets, |definition| {
            self.at(definition.at)?;
            self.expr(definition.value)?;
            self.body(definition.body)
        })?;
        all(&program.methods, |method| {
            self.at(method.at)?;
            self.ty(&method.ty)?;
            all(&method.parameters, |parameter| self.ty(&parameter.ty))?;
            match method.code {
                MethodCode::Body(body) => self.body(body),
                MethodCode::Script(script) => self.script(script),
            }
        })?;
        all(&program.scripts, |script| self.at(script.at))?;
        all(&program.demands, |demand| {
            all(demand.table, |table| self.field(table))?;
            self.demand(&demand.demand)
        })?;
        all(program.grade, |grade| self.expr(grade))
    }

    fn lines(&self, body: &Body) -> Checked {
        all(&body.cases, |case| {
            self.at(case.at)?;
            self.expr(case.when)?;
            self.expr(case.then)
        })?;
        all(&body.demands, |demand| self.demand(demand))?;
        all(&body.lets, |id| self.definition(*id))?;
        if body.result.0 == NOTHING { Ok(()) } else { self.expr(body.result) }
    }

    fn demand(&self, demand: &Demand) -> Checked {
        self.at(demand.at)?;
        self.expr(demand.need)?;
        match demand.otherwise {
            Otherwise::Value(value) => self.expr(value),
            Otherwise::Verdict(_) | Otherwise::Note => Ok(()),
        }
    }

    fn kind(&self, kind: &ExprKind) -> Checked {
        all(kind.parts(), |id| self.expr(id))?;
        match kind {
            ExprKind::Literal(value) => self.value(value),
            ExprKind::Field(field) | ExprKind::Rated(field) => self.field(*field),
            ExprKind::Column { table, column, .. } => self.column(*table, *column),
            ExprKind::Let(id) => self.definition(*id),
            ExprKind::ScoreOf(node) | ExprKind::GradeOf(node) => self.node(*node),
            ExprKind::Method(method, _) => self.method(*method),
            ExprKind::Each(each) => self.body(each.body),
            ExprKind::Weights(table) => all(&table.rows, |row| {
                self.at(row.at)?;
                all(&row.children, |child| self.node(*child))
            }),
            _ => Ok(()),
        }
    }

    /// Expressions stand in each other, and none in itself. Definitions, methods and bodies are
    /// guarded by the evaluator, which knows which of them it is computing.
    fn depth(&self) -> Checked {
        let mut depths: Vec<Option<usize>> = vec![None; self.program.exprs.len()];
        for start in (0u32..).map(ExprId).take(self.program.exprs.len()) {
            self.depth_of(start, &mut depths)?;
        }
        Ok(())
    }

    /// The depth of an expression; a path longer than the limit is too deep or a circle.
    fn depth_of(&self, start: ExprId, depths: &mut [Option<usize>]) -> Checked {
        let mut path = vec![(start, self.operands_of(start), 0usize)];
        while let Some((id, pending, deepest)) = path.last_mut() {
            let id = *id;
            match pending.pop() {
                Some(operand) => match depths.get(operand.0 as usize).copied().flatten() {
                    Some(known) => *deepest = (*deepest).max(known),
                    None if path.len() > MOST_DEPTH => return Err(("expr", u64::from(start.0))),
                    None => path.push((operand, self.operands_of(operand), 0)),
                },
                None => {
                    let depth = *deepest + 1;
                    if depth > MOST_DEPTH {
                        return Err(("expr", u64::from(id.0)));
                    }
                    if let Some(slot) = depths.get_mut(id.0 as usize) {
                        *slot = Some(depth);
                    }
                    path.pop();
                    if let Some((_, _, above)) = path.last_mut() {
                        *above = (*above).max(depth);
                    }
                }
            }
        }
        Ok(())
    }

    fn operands_of(&self, id: ExprId) -> Vec<ExprId> {
        self.program.expr(id).map(|expr| expr.kind.parts()).unwrap_or_default()
    }
}
