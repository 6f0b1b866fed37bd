//! Scopes: where a name is looked up. Scopes form a chain from a row or a method's arguments out to
//! the pack; a name means the innermost thing that carries it.

use heng_diag::Span;
use heng_model::{
    FieldId, NodeId,
    program::{Body, BodyId, Let, LetId, MethodId},
};

use super::{LetSlot, Lowering, grade::profiles};
use crate::{ast, keywords, wording};

/// Index of a [`Scope`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopeId(usize);

/// The scope of the pack: the first that is opened.
pub fn root() -> ScopeId {
    ScopeId(0)
}

/// A scope and the one around it.
pub struct Scope<'a> {
    pub parent: Option<ScopeId>,
    pub kind: ScopeKind<'a>,
}

/// What a scope holds.
pub enum ScopeKind<'a> {
    /// The definitions of a body.
    Body { body: BodyId, lets: Vec<(String, LetId, Span)>, node: Option<NodeId> },
    /// The columns of a row.
    Rows(FieldId),
    /// A child of the indicator.
    Children,
    /// The data of a group, by the names around them.
    Group(Vec<String>),
    /// The parameters of a method.
    Method(MethodId, &'a ast::Method),
}

/// What a name turned out to be inside the scopes.
pub enum Found {
    Let(LetId),
    Column { table: FieldId, column: u16, up: u8 },
    Argument(MethodId, u16),
    Field(FieldId),
}

impl<'a> Lowering<'a> {
    pub(super) fn open_scope(&mut self, parent: Option<ScopeId>, kind: ScopeKind<'a>) -> ScopeId {
        self.scopes.push(Scope { parent, kind });
        ScopeId(self.scopes.len() - 1)
    }

    /// The scope behind an id.
    pub(super) fn scope(&self, scope: ScopeId) -> Option<&Scope<'a>> {
        self.scopes.get(scope.0)
    }

    /// What the scope holds; an empty row scope for an id that is none.
    pub(super) fn scopes_kind(&self, scope: ScopeId) -> &ScopeKind<'a> {
        self.scopes.get(scope.0).map_or(&ScopeKind::Rows(FieldId(u32::MAX)), |scope| &scope.kind)
    }

    /// A body whose result is filled in later, with a scope for its definitions.
    /// The scope around a scope.
    pub(super) fn scope_parent(&self, scope: ScopeId) -> Option<ScopeId> {
        self.scopes.get(scope.0).and_then(|scope| scope.parent)
    }

    pub(super) fn open_body(&mut self, parent: Option<ScopeId>, node: Option<NodeId>) -> (BodyId, ScopeId) {
        let body = BodyId(u32::try_from(self.program.bodies.len()).unwrap_or(u32::MAX));
        let result = heng_model::ExprId(u32::MAX);
        self.program.bodies.push(Body { cases: Vec::new(), demands: Vec::new(), lets: Vec::new(), result });
        let scope = self.open_scope(parent, ScopeKind::Body { body, lets: Vec::new(), node });
        (body, scope)
    }

    /// Declares a definition in the body of `scope`.
    pub(super) fn declare_let(&mut self, scope: ScopeId, def: &'a ast::Def, parameter: bool) {
        let at = self.at(def.span);
        let (cite, rest) = self.citation(&def.attrs);
        for attr in rest {
            self.diagnostics.push(wording::misplaced_attr(attr.span));
        }
        let id = LetId(u32::try_from(self.program.lets.len()).unwrap_or(u32::MAX));
        let Some(Scope { kind: ScopeKind::Body { body, lets, node }, .. }) = self.scopes.get_mut(scope.0) else {
            return;
        };
        if let Some((.., earlier)) = lets.iter().find(|(name, ..)| *name == def.name.key) {
            let earlier = *earlier;
            self.diagnostics.push(wording::defined_twice(&def.name.shown, def.name.span, earlier));
            return;
        }
        lets.push((def.name.key.clone(), id, def.name.span));
        let (body, node) = (*body, *node);
        if let Some(body) = self.program.bodies.get_mut(body.0 as usize) {
            body.lets.push(id);
        }
        let value = heng_model::ExprId(u32::MAX);
        // 构成 names its own definition: in either language the program is the same.
        let shown = if profiles(def) { keywords::canonical(&def.name.key) } else { &def.name.shown };
        let name = shown.into();
        self.program.lets.push(Let { name, value, body, parameter, cite, at });
        self.lets.push(LetSlot::Waiting { scope, value: &def.value, node });
        self.read_lets.push(false);
    }

    /// Looks a name up in the scopes from `scope` outward.
    pub(super) fn find_in_scopes(&self, scope: ScopeId, key: &str) -> Option<Found> {
        let mut up = 0u8;
        let mut at = Some(scope);
        while let Some(Scope { parent, kind }) = at.and_then(|id| self.scopes.get(id.0)) {
            match kind {
                ScopeKind::Body { lets, .. } => {
                    if let Some((_, id, _)) = lets.iter().find(|(name, ..)| name == key) {
                        return Some(Found::Let(*id));
                    }
                }
                ScopeKind::Rows(table) => {
                    if let Some(column) = self.column_index(*table, key) {
                        return Some(Found::Column { table: *table, column, up });
                    }
                    up = up.saturating_add(1);
                }
                ScopeKind::Children => up = up.saturating_add(1),
                ScopeKind::Group(path) => {
                    let keys: Vec<&str> = path.iter().map(String::as_str).chain([key]).collect();
                    if let Some(field) = self.find_field(&keys) {
                        return Some(Found::Field(field));
                    }
                }
                ScopeKind::Method(id, method) => {
                    if let Some(index) = method.params.iter().position(|param| param.name.key == key) {
                        return Some(Found::Argument(*id, u16::try_from(index).unwrap_or(u16::MAX)));
                    }
                }
            }
            at = *parent;
        }
        None
    }

    /// Every name that can be seen from `scope`, for suggestions.
    pub(super) fn visible_names(&self, scope: ScopeId) -> Vec<String> {
        let mut names = Vec::new();
        let mut at = Some(scope);
        while let Some(Scope { parent, kind }) = at.and_then(|id| self.scopes.get(id.0)) {
            match kind {
                ScopeKind::Body { lets, .. } => names.extend(lets.iter().map(|(name, ..)| name.clone())),
                ScopeKind::Rows(table) => {
                    let columns = self.program.schema.field(*table).and_then(heng_model::Field::table);
                    names.extend(columns.iter().flat_map(|table| &table.columns).map(|column| column.name.to_string()));
                }
                ScopeKind::Group(_) | ScopeKind::Children => {}
                ScopeKind::Method(_, method) => {
                    names.extend(method.params.iter().map(|param| param.name.shown.clone()))
                }
            }
            at = *parent;
        }
        names.extend(self.program.schema.fields.iter().map(heng_model::Field::dotted));
        names.extend(self.node_names.iter().map(|(name, _)| name.clone()));
        names
    }

    fn column_index(&self, table: FieldId, key: &str) -> Option<u16> {
        let columns = &self.program.schema.field(table)?.table()?.columns;
        let index = columns.iter().position(|column| heng_model::name::normal_name(&column.name) == key)?;
        u16::try_from(index).ok()
    }
}
