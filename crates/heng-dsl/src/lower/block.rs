//! Score blocks: 分档, 计分, 扣分, 逐项, 评定, and rows picked with 凡.

use heng_diag::Span;
use heng_model::{
    ExprId, ExprKind, Field, FieldId, Quantity, Type,
    expr::{BandCell, BandRow, Bands, Citation, Each, Share, Side, StepRounding, Tally, TallyCount, TallyRow},
    schema::{Rating, Shape, Traits},
};

use super::{
    Context, Lowering,
    expr::{comparable, join, state_of},
    scope::ScopeKind,
    tree::is_result,
};
use crate::{
    ast::{self, At, Attr, Binary, CellPart, Expr, Line, Range, Row},
    wording,
};

impl<'a> Lowering<'a> {
    /// 表 凡 条件.
    pub(super) fn filter(&mut self, table: &'a Expr, condition: &'a Expr, span: Span, cx: &Context) -> ExprId {
        let rows = self.expr(table, &cx.free());
        let ty = self.ty(rows);
        let (kind, ty) = match ty {
            Type::Rows(field) => (ScopeKind::Rows(field), ty),
            // The children for which a condition holds stand for their points.
            Type::Children => (ScopeKind::Children, Type::List(Box::new(Type::POINTS))),
            Type::Never => return rows,
            ty => return self.fail(wording::table_wanted(table.span, &ty)),
        };
        let scope = self.open_scope(Some(cx.scope), kind);
        let condition = self.condition(condition, &Context::in_scope(scope));
        self.push(ExprKind::Where(rows, condition), ty, span)
    }

    pub(super) fn bands(&mut self, subjects: &'a [Expr], rows: &'a [Row], span: Span, cx: &Context) -> ExprId {
        let subject_ids: Vec<ExprId> = subjects.iter().map(|subject| self.expr(subject, &cx.free())).collect();
        if rows.is_empty() {
            return self.fail(wording::no_rows(span));
        }
        let mut lowered = Vec::new();
        let mut ty: Option<Type> = None;
        for row in rows {
            if row.cells.is_empty() {
                lowered.push(self.unread_row(row));
                continue;
            }
            if row.cells.len() != subjects.len().max(1) && !self.takes_lists(&subject_ids) {
                self.diagnostics.push(wording::cell_count(row.span, subjects.len().max(1), row.cells.len()));
                continue;
            }
            if let Some(step) = &row.step {
                self.diagnostics.push(wording::step_outside_tally(step.span));
            }
            let written = row;
            let (row, value_ty) = self.band_row(row, &subject_ids, cx);
            ty = match ty {
                None => Some(value_ty),
                Some(known) => join(&known, &value_ty).or_else(|| {
                    let span =
                        self.program.expr(row.value).map(|value| crate::place::span(value.at)).unwrap_or_default();
                    self.diagnostics.push(wording::rows_disagree(span, &known, &value_ty));
                    Some(Type::Never)
                }),
            };
            lowered.extend(per_state(written, &row));
            lowered.push(row);
        }
        let bands = Bands { subjects: subject_ids, rows: lowered };
        self.push(ExprKind::Bands(bands), ty.unwrap_or(Type::Never), span)
    }

    /// A row that could not be read and was reported; nothing is concluded from its absence.
    fn unread_row(&mut self, row: &Row) -> BandRow {
        let broken = self.broken(row.span);
        BandRow { cells: vec![BandCell::When(broken)], value: broken, cite: Citation::default(), at: self.at(row.span) }
    }

    fn band_row(&mut self, row: &'a Row, subjects: &[ExprId], cx: &Context) -> (BandRow, Type) {
        let mut cells = Vec::new();
        for (index, cell) in row.cells.iter().enumerate() {
            let ty = subjects.get(index).map(|subject| self.ty(*subject));
            cells.push(match (subjects, ty) {
                ([_], _) if self.takes_lists(subjects) => continue,
                (_, ty) => self.band_cell(cell, subjects.get(index).copied(), ty, cx),
            });
        }
        if let Some(Type::List(inner)) = subjects.first().filter(|_| cells.is_empty()).map(|subject| self.ty(*subject))
        {
            cells.push(self.list_cell(row, subjects.first().copied(), &inner, cx));
        }
        let band = match (subjects, cells.as_slice()) {
            ([subject], [BandCell::Range(range)]) => {
                range.low.as_ref().zip(range.high.as_ref()).map(|(low, high)| (*subject, low.at, high.at))
            }
            _ => None,
        };
        let value = self.expr(&row.value, &Context { band, ..cx.clone() });
        let (cite, rest) = self.citation(&row.attrs);
        for attr in rest {
            self.diagnostics.push(wording::misplaced_attr(attr.span));
        }
        let ty = self.ty(value);
        (BandRow { cells, value, cite, at: self.at(row.span) }, ty)
    }

    /// Whether the one subject is a list, such as the letters of the children.
    fn takes_lists(&self, subjects: &[ExprId]) -> bool {
        matches!(subjects, [subject] if matches!(self.ty(*subject), Type::List(_)))
    }

    /// A row over a list: as many cells as the list has values; 其他 alone takes any list.
    fn list_cell(&mut self, row: &'a Row, subject: Option<ExprId>, inner: &Type, cx: &Context) -> BandCell {
        if let [cell] = row.cells.as_slice()
            && matches!(cell.parts.as_slice(), [CellPart::Other(_)] | [CellPart::State(_)])
        {
            return self.band_cell(cell, subject, Some(inner.clone()), cx);
        }
        let cells = row.cells.iter().map(|cell| self.band_cell(cell, subject, Some(inner.clone()), cx));
        BandCell::List(cells.collect())
    }

    fn band_cell(
        &mut self,
        cell: &'a ast::Cell,
        subject: Option<ExprId>,
        subject_ty: Option<Type>,
        cx: &Context,
    ) -> BandCell {
        let mut values = Vec::new();
        for part in &cell.parts {
            match (part, &subject_ty) {
                (CellPart::Other(_), _) => return BandCell::Other,
                (CellPart::State(state), _) => {
                    if cell.parts.iter().any(|part| !matches!(part, CellPart::State(_))) {
                        return BandCell::When(self.fail(wording::state_among_values(state.span)));
                    }
                    return BandCell::State(state_of(state.it));
                }
                (CellPart::Range(range), Some(ty)) => match &range.equal {
                    Some((end, true)) => values.push(self.expr(end, &cx.wanting(ty.clone()))),
                    _ if cell.parts.len() == 1 => return self.range_cell(range, subject, ty, cx),
                    _ => self.diagnostics.push(wording::range_among_values(range.span)),
                },
                (CellPart::Range(range), None) => self.diagnostics.push(wording::range_without_subject(range.span)),
                (CellPart::Expr(expr), Some(ty)) => values.push(self.cell_value(expr, ty, cx)),
                (CellPart::Expr(expr), None) => values.push(self.condition(expr, &cx.free())),
            }
        }
        match (subject, values.as_slice()) {
            (None, [condition]) => BandCell::When(*condition),
            (None, []) => BandCell::Other,
            (None, [..]) => {
                let or = ExprKind::Logic(heng_model::expr::Logic::Or, values);
                BandCell::When(self.push(or, Type::Bool, cell.span))
            }
            (Some(_), _) => BandCell::OneOf(values),
        }
    }

    fn range_cell(&mut self, range: &'a Range, subject: Option<ExprId>, ty: &Type, cx: &Context) -> BandCell {
        if let (Some((end, false)), Some(subject)) = (&range.equal, subject) {
            let end = self.expr(end, &cx.wanting(ty.clone()));
            let kind = ExprKind::Compare(heng_model::expr::Compare::NotEqual, subject, end);
            return BandCell::When(self.push(kind, Type::Bool, range.span));
        }
        if matches!(ty, Type::Word(Some(_))) && *ty == self.letter_type() {
            return self.letters_between(range, ty, cx);
        }
        if matches!(ty, Type::Bool | Type::Text | Type::Word(_) | Type::Rows(_)) {
            self.diagnostics.push(wording::wrong_end(range.span, ty, &Type::Quantity(Quantity::Plain)));
        }
        let before = self.diagnostics.len();
        let ends = self.range_of(range, ty, cx);
        // Nothing is concluded from ends that are wrong and were reported.
        if self.diagnostics.len() > before {
            return BandCell::When(self.broken(range.span));
        }
        BandCell::Range(ends)
    }

    fn cell_value(&mut self, expr: &'a Expr, ty: &Type, cx: &Context) -> ExprId {
        let value = self.expr(expr, &cx.wanting(ty.clone()));
        let found = self.ty(value);
        if !comparable(ty, &found) {
            return self.fail(wording::wrong_end(expr.span, ty, &found));
        }
        value
    }

    pub(super) fn tally(&mut self, tally: &'a ast::Tally, span: Span, cx: &Context) -> ExprId {
        if tally.rows.is_empty() {
            return self.fail(wording::no_rows(span));
        }
        let from = tally.from.as_ref().map(|from| self.expr(from, &cx.free()));
        let to = tally.to.as_ref().map(|to| self.expr(to, &cx.free()));
        let mut rows = Vec::new();
        let mut ty: Option<Type> = None;
        for row in &tally.rows {
            let Some(lowered) = self.tally_row(row, cx) else { continue };
            let found = self.ty(lowered.points);
            ty = match ty {
                None => Some(found),
                Some(known) => join(&known, &found).or_else(|| {
                    self.diagnostics.push(wording::rows_disagree(row.value.span, &known, &found));
                    Some(Type::Never)
                }),
            };
            rows.push(lowered);
        }
        let tally = Tally { deduct: tally.deduct, from, to, rows };
        self.push(ExprKind::Tally(tally), ty.unwrap_or(Type::Never), span)
    }

    fn tally_row(&mut self, row: &'a Row, cx: &Context) -> Option<TallyRow> {
        let [cell] = row.cells.as_slice() else {
            if row.cells.is_empty() {
                return None;
            }
            self.diagnostics.push(wording::cell_count(row.span, 1, row.cells.len()));
            return None;
        };
        let [CellPart::Expr(what)] = cell.parts.as_slice() else {
            self.diagnostics.push(wording::condition_cell_wanted(cell.span));
            return None;
        };
        let (cite, rest) = self.citation(&row.attrs);
        let partial = self.partial(&rest);
        let count = match &row.step {
            None => TallyCount::When(self.condition(what, &cx.free())),
            Some(step) => self.counted(what, step, partial, row.span, cx)?,
        };
        let points = self.expr(&row.value, &cx.free());
        Some(TallyRow { count, points, cite, at: self.at(row.span) })
    }

    fn partial(&mut self, attrs: &[&At<Attr>]) -> Option<StepRounding> {
        let mut partial = self.steps;
        for attr in attrs {
            match attr.it {
                Attr::Whole => partial = Some(StepRounding::Whole),
                Attr::ProRata => partial = Some(StepRounding::ProRata),
                Attr::PartAsWhole => partial = Some(StepRounding::Up),
                _ => self.diagnostics.push(wording::misplaced_attr(attr.span)),
            }
        }
        partial
    }

    /// 量 超过 限，每 步 or 表 凡 条件，每 1项.
    fn counted(
        &mut self,
        what: &'a Expr,
        step: &'a Expr,
        partial: Option<StepRounding>,
        span: Span,
        cx: &Context,
    ) -> Option<TallyCount> {
        let cx = cx.free();
        let step_id = self.expr(step, &cx);
        if let ast::ExprKind::Binary(op, amount, limit) = &what.it
            && let Some(side) = side_of(op.it)
        {
            let (amount_id, limit_id) = (self.expr(amount, &cx), self.expr(limit, &cx));
            let (ta, tl, ts) = (self.ty(amount_id), self.ty(limit_id), self.ty(step_id));
            if !comparable(&ta, &tl) || !comparable(&ta, &ts) {
                self.diagnostics.push(wording::cannot_compare(
                    what.span.to(step.span),
                    (amount.span, &ta),
                    (step.span, &ts),
                ));
            }
            let partial = partial.unwrap_or_else(|| {
                self.diagnostics.push(wording::no_step_rounding(span));
                StepRounding::Whole
            });
            return Some(TallyCount::Beyond { amount: amount_id, side, limit: limit_id, step: step_id, partial });
        }
        let items = self.expr(what, &cx);
        match self.ty(items) {
            Type::Bool => {
                self.diagnostics.push(wording::step_on_condition(what.span));
                None
            }
            Type::Rows(_) | Type::Quantity(_) | Type::Never => {
                let partial = partial.unwrap_or(StepRounding::Whole);
                Some(TallyCount::Per { items, step: step_id, partial })
            }
            found => {
                self.diagnostics.push(wording::number_wanted(what.span, &found));
                None
            }
        }
    }

    pub(super) fn each(
        &mut self,
        rows: &'a Expr,
        share: &'a At<ast::Share>,
        lines: &'a [Line],
        span: Span,
        cx: &Context,
    ) -> ExprId {
        let rows_id = self.expr(rows, &cx.free());
        let ty = self.ty(rows_id);
        let Type::Rows(table) = ty else {
            return if ty == Type::Never { rows_id } else { self.fail(wording::table_wanted(rows.span, &ty)) };
        };
        let row_scope = self.open_scope(Some(cx.scope), ScopeKind::Rows(table));
        let row_cx = Context::in_scope(row_scope);
        let share = match &share.it {
            ast::Share::Even => Share::Even,
            ast::Share::Mean => Share::Mean,
            ast::Share::Sum => Share::Sum,
            ast::Share::Column(column) => Share::Column(self.expr(column, &row_cx)),
            ast::Share::Weighted(column) => Share::Weighted(self.expr(column, &row_cx)),
        };
        let (body, scope) = self.open_body(Some(row_scope), self.current_node);
        for line in lines {
            if let Line::Def(def) = line
                && !is_result(&def.name.key)
            {
                self.declare_let(scope, def, false);
            }
        }
        let result = self.row_result(lines, scope, span);
        self.fill_body(body, scope, lines, result, &Type::POINTS);
        self.push(ExprKind::Each(Each { rows: rows_id, share, body }), Type::POINTS, span)
    }

    fn row_result(&mut self, lines: &'a [Line], scope: super::ScopeId, span: Span) -> ExprId {
        let cx = Context::in_scope(scope).wanting(Type::POINTS);
        let (mut results, mut lost) = (Vec::new(), None);
        for line in lines {
            match line {
                Line::Def(def) if is_result(&def.name.key) => results.push((self.expr(&def.value, &cx), def.span)),
                Line::Score(score) => results.push((self.expr(score, &cx), score.span)),
                Line::Field(field) => self.diagnostics.push(wording::misplaced_field(field.key, field.span)),
                Line::Block(block) => self.diagnostics.push(wording::not_in_method(block.keyword)),
                Line::Todo(todo) => self.diagnostics.push(wording::not_in_method(*todo)),
                Line::Lost { span, .. } => lost = Some(*span),
                Line::Case(_) | Line::Require(_) | Line::Def(_) => {}
            }
        }
        let result = self.only_result("逐项", span, &results, lost);
        if results.len() == 1 { self.points_wanted(result) } else { result }
    }

    /// 评定: declares the datum in which the judgement is handed in.
    pub(super) fn rated(&mut self, range: &'a Range, span: Span) -> ExprId {
        let (band, quantity) = self.literal_range(range);
        let quantity = match quantity {
            Some(Quantity::Points) => Quantity::Points,
            Some(Quantity::Plain) => Quantity::Plain,
            _ => Quantity::Ratio,
        };
        let Some(node) = self.current_node.and_then(|node| self.program.node(node)) else {
            return self.fail(wording::rating_outside_indicator(span));
        };
        let own = self.current_let.clone().unwrap_or_else(|| "评定".to_owned());
        let path: Vec<heng_model::Name> = vec![node.name.clone(), own.as_str().into()];
        if self.program.schema.find(&path).is_some() {
            return self.fail(wording::two_ratings(span));
        }
        let id = FieldId(u32::try_from(self.program.schema.fields.len()).unwrap_or(u32::MAX));
        let shape = Shape::Rating(Rating { quantity, band });
        let at = self.at(span);
        self.program.schema.fields.push(Field { path, alias: None, shape, traits: Traits::default(), at });
        self.read_fields.push(true);
        self.push(ExprKind::Rated(id), Type::Quantity(quantity), span)
    }
}

/// 缺报、无佐证：… is one row per state; these are the rows of all but the first.
fn per_state(written: &Row, row: &BandRow) -> Vec<BandRow> {
    let mut rows = Vec::new();
    for (index, cell) in written.cells.iter().enumerate() {
        let states = cell.parts.iter().filter_map(|part| match part {
            CellPart::State(state) => Some(state_of(state.it)),
            _ => None,
        });
        for state in states.skip(1) {
            let mut other = row.clone();
            if let Some(slot) = other.cells.get_mut(index) {
                *slot = BandCell::State(state);
            }
            rows.push(other);
        }
    }
    rows
}

fn side_of(op: Binary) -> Option<Side> {
    match op {
        Binary::Greater => Some(Side::Above),
        Binary::Less => Some(Side::Below),
        Binary::Away => Some(Side::Away),
        _ => None,
    }
}
