//! 数据: the schema, computed columns, and demands on the data.

use heng_model::{
    Effect, ExprId, Field, FieldId, Type,
    name::normal_name,
    program::{DataDemand, Demand},
    schema::{Column, Shape, Table, Traits},
};

use super::{
    Context, Lowering,
    fields::effect_word,
    scope::{ScopeId, ScopeKind},
};
use crate::{
    ast::{Attr, Count, DataLine, Decl, Def, Name, Require, TypeName},
    wording,
};

/// A computed column that waits for everything to have a name.
pub struct Formula<'a> {
    table: FieldId,
    column: u16,
    scope: ScopeId,
    def: &'a Def,
    progress: Progress,
}

/// How far a formula has come.
#[derive(Clone, Copy)]
enum Progress {
    Waiting,
    Doing,
    Done,
}

/// A demand on the data that waits likewise.
pub struct RawDemand<'a> {
    table: Option<FieldId>,
    scope: ScopeId,
    require: &'a Require,
}

impl<'a> Lowering<'a> {
    /// Declares the data of a group; `path` holds the names around it.
    pub(super) fn declare_data(&mut self, lines: &'a [DataLine], path: &[Name], root: ScopeId) {
        let keys: Vec<String> = path.iter().map(|name| name.key.clone()).collect();
        let scope = if keys.is_empty() { root } else { self.open_scope(Some(root), ScopeKind::Group(keys)) };
        for line in lines {
            match line {
                DataLine::Decl(decl) => self.declare_field(decl, path, scope),
                DataLine::Group(name, lines) => {
                    let mut inner = path.to_vec();
                    inner.push(name.clone());
                    self.declare_data(lines, &inner, root);
                }
                DataLine::Def(def) => self.declare_let(root, def, false),
                DataLine::Require(require) => self.demands.push(RawDemand { table: None, scope, require }),
            }
        }
    }

    fn declare_field(&mut self, decl: &'a Decl, path: &[Name], root: ScopeId) {
        let names: Vec<&Name> = path.iter().chain([&decl.name]).collect();
        let keys: Vec<&str> = names.iter().map(|name| name.key.as_str()).collect();
        if let Some(earlier) = self.find_field(&keys).and_then(|id| self.program.schema.field(id)) {
            let earlier = crate::place::span(earlier.at);
            self.diagnostics.push(wording::defined_twice(&decl.name.shown, decl.name.span, earlier));
            return;
        }
        let (traits, alias) = self.traits(decl, false);
        let id = FieldId(u32::try_from(self.program.schema.fields.len()).unwrap_or(u32::MAX));
        let shape = match &decl.ty.it {
            TypeName::Table(limits, _) => Shape::Table(table_limits(limits)),
            _ => Shape::Scalar(self.scalar_type(&decl.ty)),
        };
        let path = names.iter().map(|name| name.shown.as_str().into()).collect();
        let at = self.at(decl.name.span);
        self.field_index.insert(keys.join("\u{1}"), id);
        self.program.schema.fields.push(Field { path, alias, shape, traits, at });
        self.read_fields.push(false);
        if let TypeName::Table(_, lines) = &decl.ty.it {
            self.declare_columns(id, lines, root);
        }
    }

    fn declare_columns(&mut self, table: FieldId, lines: &'a [DataLine], root: ScopeId) {
        let scope = self.open_scope(Some(root), ScopeKind::Rows(table));
        for line in lines {
            match line {
                DataLine::Decl(decl) => {
                    if matches!(decl.ty.it, TypeName::Table(..)) {
                        self.diagnostics.push(wording::group_in_table(&decl.name.shown, decl.name.span));
                        continue;
                    }
                    let ty = self.scalar_type(&decl.ty);
                    let (traits, alias) = self.traits(decl, true);
                    let key = decl.attrs.iter().any(|attr| attr.it == Attr::Key);
                    let column = Column {
                        name: decl.name.shown.as_str().into(),
                        alias,
                        ty,
                        formula: None,
                        traits,
                        at: self.at(decl.name.span),
                    };
                    self.add_column(table, column, &decl.name, key);
                }
                DataLine::Def(def) => {
                    for attr in &def.attrs {
                        self.diagnostics.push(wording::misplaced_attr(attr.span));
                    }
                    let at = self.at(def.name.span);
                    let column = Column {
                        name: def.name.shown.as_str().into(),
                        alias: None,
                        ty: Type::Never,
                        formula: Some(ExprId(u32::MAX)),
                        traits: Traits::default(),
                        at,
                    };
                    if let Some(column) = self.add_column(table, column, &def.name, false) {
                        self.formulas.push(Formula { table, column, scope, def, progress: Progress::Waiting });
                    }
                }
                DataLine::Require(require) => self.demands.push(RawDemand { table: Some(table), scope, require }),
                DataLine::Group(name, _) => self.diagnostics.push(wording::group_in_table(&name.shown, name.span)),
            }
        }
    }

    fn add_column(&mut self, table: FieldId, column: Column, name: &Name, key: bool) -> Option<u16> {
        let columns = match self.program.schema.fields.get_mut(table.0 as usize).map(|field| &mut field.shape) {
            Some(Shape::Table(shape)) => shape,
            _ => return None,
        };
        if let Some(earlier) = columns.columns.iter().find(|earlier| normal_name(&earlier.name) == name.key) {
            let earlier = crate::place::span(earlier.at);
            self.diagnostics.push(wording::defined_twice(&name.shown, name.span, earlier));
            return None;
        }
        let index = u16::try_from(columns.columns.len()).ok()?;
        if key {
            columns.key = Some(index);
        }
        columns.columns.push(column);
        Some(index)
    }

    fn traits(&mut self, decl: &Decl, column: bool) -> (Traits, Option<heng_model::Name>) {
        let mut traits = Traits::default();
        let mut alias = None;
        for attr in &decl.attrs {
            match &attr.it {
                Attr::Optional => traits.optional = true,
                Attr::MayNotApply => traits.may_not_apply = true,
                Attr::ReportOnly => traits.report_only = true,
                Attr::Note(text) | Attr::Reason(text) => traits.note = Some(text.as_str().into()),
                Attr::Source(text) | Attr::Basis(text) => traits.source = Some(text.as_str().into()),
                Attr::Alias(text) => alias = Some(text.as_str().into()),
                Attr::MissingAs(name) => match effect_word(&name.key) {
                    Some(effect) => traits.when_missing = Some(effect),
                    None => {
                        let words = "不符合、不适用、待核、退回、停止、满分";
                        self.diagnostics.push(wording::unknown_word("缺报视为", &name.shown, name.span, words));
                    }
                },
                Attr::Required => {}
                Attr::Key if column => {}
                Attr::Key | Attr::Status(_) | Attr::Reviewed(_) | Attr::Whole | Attr::ProRata | Attr::PartAsWhole => {
                    self.diagnostics.push(wording::misplaced_attr(attr.span));
                }
            }
        }
        if let TypeName::Scalar(name, Some(range)) = &decl.ty.it {
            let (domain, found) = self.literal_range(range);
            let wanted = super::types::quantity_word(&name.key);
            if let (Some(found), Some(wanted)) = (found, wanted)
                && !found.fits(wanted)
            {
                self.diagnostics.push(wording::domain_unit(range.span));
            }
            traits.domain = Some(domain);
        }
        if traits.when_missing == Some(Effect::AsIs) {
            traits.when_missing = None;
            self.diagnostics.push(wording::as_is_without_value("缺报", decl.span));
        }
        (traits, alias)
    }

    pub(super) fn find_field(&self, keys: &[&str]) -> Option<FieldId> {
        self.field_index.get(&keys.join("\u{1}")).copied()
    }

    pub(super) fn lower_formulas(&mut self) {
        for index in 0..self.formulas.len() {
            self.lower_formula(index);
        }
    }

    /// Lowers the formula of one column, when another one reads it first.
    pub(super) fn force_formula(&mut self, table: FieldId, column: u16) {
        let index = self.formulas.iter().position(|formula| formula.table == table && formula.column == column);
        if let Some(index) = index {
            self.lower_formula(index);
        }
    }

    fn lower_formula(&mut self, index: usize) {
        let Some(formula) = self.formulas.get_mut(index) else { return };
        let (table, column, scope, def) = (formula.table, formula.column, formula.scope, formula.def);
        match std::mem::replace(&mut formula.progress, Progress::Doing) {
            Progress::Waiting => {}
            Progress::Doing => {
                self.diagnostics.push(wording::circular(&def.name.shown, def.name.span));
                return;
            }
            Progress::Done => {
                formula.progress = Progress::Done;
                return;
            }
        }
        let value = self.expr(&def.value, &Context::in_scope(scope));
        let ty = self.ty(value);
        if let Some(Shape::Table(shape)) =
            self.program.schema.fields.get_mut(table.0 as usize).map(|field| &mut field.shape)
            && let Some(column) = shape.columns.get_mut(usize::from(column))
        {
            column.formula = Some(value);
            column.ty = ty;
        }
        if let Some(formula) = self.formulas.get_mut(index) {
            formula.progress = Progress::Done;
        }
    }

    pub(super) fn lower_demands(&mut self) {
        for index in 0..self.demands.len() {
            let Some(RawDemand { table, scope, require }) = self.demands.get(index) else { continue };
            let (table, scope, require) = (*table, *scope, *require);
            let demand: Demand = self.demand(require, scope, &Type::POINTS);
            self.program.demands.push(DataDemand { table, demand });
        }
    }
}

fn table_limits(limits: &[(Count, u32)]) -> Table {
    let mut table = Table { columns: Vec::new(), least_rows: 0, most_rows: None, key: None };
    for (word, count) in limits {
        match word {
            Count::Exactly => {
                table.least_rows = *count;
                table.most_rows = Some(*count);
            }
            Count::Least => table.least_rows = *count,
            Count::Most => table.most_rows = Some(*count),
        }
    }
    table
}
