//! Names in expressions. A name means, in this order: a word of the choice list that is asked for;
//! the innermost column, definition, parameter or argument; a datum; a special name of the
//! language; the score of another indicator.

use heng_diag::{Diagnostic, Span};
use heng_model::{ExprId, ExprKind, FieldId, NodeId, Number, Quantity, Type, Value, name::normal_name};

use super::{Context, Lowering, fields::verdict_word, scope::Found};
use crate::{
    ast::{self, Name},
    keywords, wording,
};

/// The longest name to which another is compared; the work grows with the product of the lengths.
const LONGEST: usize = 64;

/// The name nearest to `wanted`, if one is near enough to be a slip of the pen.
pub fn nearest<'b>(wanted: &str, names: impl Iterator<Item = &'b str>) -> Option<String> {
    let length = wanted.chars().count();
    // A name that is much longer or shorter is no slip, however it reads.
    let near = |name: &&str| {
        let other = name.chars().count();
        let longest = length.max(other);
        longest <= LONGEST && length.abs_diff(other) <= (longest / 3).max(1)
    };
    names
        .filter(near)
        .map(|name| (strsim::damerau_levenshtein(wanted, &normal_name(name)), name))
        .filter(|(distance, name)| *distance > 0 && *distance <= (length.max(name.chars().count()) / 3).max(1))
        .min()
        .map(|(_, name)| name.to_owned())
}

impl Lowering<'_> {
    pub(super) fn name(&mut self, name: &Name, cx: &Context) -> ExprId {
        if let Some(word) = self.wanted_word(name, cx) {
            return word;
        }
        if let Some(own) = self.own_result(name, cx) {
            return own;
        }
        if let Some(found) = self.find_in_scopes(cx.scope, &name.key) {
            return self.found(&found, name.span);
        }
        if let Some(field) = self.find_field(&[name.key.as_str()]) {
            return self.field(field, name.span);
        }
        if let Some(special) = self.special(name) {
            return special;
        }
        if let Some(node) = self.node_named(&name.key) {
            return self.push(ExprKind::ScoreOf(node), Type::POINTS, name.span);
        }
        if let Some(letter) = self.program.letters().iter().find(|letter| normal_name(letter) == name.key).cloned() {
            return self.push(ExprKind::Literal(Value::Text(letter)), self.letter_type(), name.span);
        }
        if matches!(cx.want, Some(Type::Word(None) | Type::Text)) {
            return self.word(name, None);
        }
        self.unknown(name, cx)
    }

    /// A word of the choice list that the context asks for.
    fn wanted_word(&mut self, name: &Name, cx: &Context) -> Option<ExprId> {
        let Some(Type::Word(Some(choice))) = cx.want else { return None };
        let list = self.program.schema.choice(choice)?;
        let word = list.words.iter().find(|word| normal_name(word) == name.key)?.clone();
        Some(self.push(ExprKind::Literal(Value::Text(word)), Type::Word(Some(choice)), name.span))
    }

    pub(super) fn word(&mut self, name: &Name, choice: Option<heng_model::schema::ChoiceId>) -> ExprId {
        self.push(ExprKind::Literal(Value::Text(name.shown.as_str().into())), Type::Word(choice), name.span)
    }

    fn found(&mut self, found: &Found, span: Span) -> ExprId {
        match *found {
            Found::Let(id) => {
                if let Some(read) = self.read_lets.get_mut(id.0 as usize) {
                    *read = true;
                }
                let ty = self.force_let(id);
                self.push(ExprKind::Let(id), ty, span)
            }
            Found::Column { table, column, up } => {
                self.mark_read(table);
                let ty = self.column_type(table, column);
                self.push(ExprKind::Column { table, column, up }, ty, span)
            }
            Found::Field(field) => self.field(field, span),
            Found::Argument(method, index) => {
                let parameter =
                    self.program.method(method).and_then(|method| method.parameters.get(usize::from(index)));
                let ty = parameter.map_or(Type::Never, |parameter| parameter.ty.clone());
                self.push(ExprKind::Argument(index), ty, span)
            }
        }
    }

    /// A column's type; a computed column that is still unknown is lowered now.
    fn column_type(&mut self, table: FieldId, column: u16) -> Type {
        let known = |this: &Self| this.program.schema.column(table, column).map(|column| column.ty.clone());
        if known(self) == Some(Type::Never) {
            self.force_formula(table, column);
        }
        known(self).unwrap_or(Type::Never)
    }

    pub(super) fn mark_read(&mut self, field: FieldId) {
        if let Some(read) = self.read_fields.get_mut(field.0 as usize) {
            *read = true;
        }
    }

    fn field(&mut self, field: FieldId, span: Span) -> ExprId {
        self.mark_read(field);
        let ty = self.program.schema.field(field).map_or(Type::Never, |it| it.scalar().unwrap_or(Type::Rows(field)));
        self.push(ExprKind::Field(field), ty, span)
    }

    /// 满分, 总分, 下级, verdicts and the other names that belong to the language.
    fn special(&mut self, name: &Name) -> Option<ExprId> {
        let (kind, ty) = match keywords::canonical(&name.key) {
            "满分" => (ExprKind::FullMarks, Type::POINTS),
            "总分" => (ExprKind::Total, Type::POINTS),
            "下级" => (ExprKind::Children, Type::Children),
            "评价年度" => {
                let year = Number::from(i64::from(self.program.pack.year));
                (ExprKind::Literal(Value::Number(year)), Type::Quantity(Quantity::Year))
            }
            "是" => (ExprKind::Literal(Value::Bool(true)), Type::Bool),
            "否" => (ExprKind::Literal(Value::Bool(false)), Type::Bool),
            word => (ExprKind::Verdict(verdict_word(word)?), Type::Never),
        };
        Some(self.push(kind, ty, name.span))
    }

    /// The one indicator of this name.
    pub(super) fn node_named(&self, key: &str) -> Option<NodeId> {
        match self.node_index.get(key).map(Vec::as_slice) {
            Some([id]) => Some(*id),
            _ => None,
        }
    }

    fn unknown(&mut self, name: &Name, cx: &Context) -> ExprId {
        if self.is_lost(&name.key)
            || (cx.want == Some(Type::Never) && self.diagnostics.iter().any(Diagnostic::is_error))
        {
            return self.broken(name.span);
        }
        let mut names = self.visible_names(cx.scope);
        if let Some(Type::Word(Some(choice))) = cx.want
            && let Some(list) = self.program.schema.choice(choice)
        {
            names.extend(list.words.iter().map(ToString::to_string));
        }
        let group =
            self.program.schema.fields.iter().find(|field| {
                field.path.len() > 1 && field.path.last().is_some_and(|last| normal_name(last) == name.key)
            });
        let suggestion = match group {
            Some(field) => Some(field.dotted()),
            None => nearest(&name.key, names.iter().map(String::as_str)),
        };
        let declared = suggestion.as_deref().and_then(|suggestion| {
            let field = self.program.schema.fields.iter().find(|field| field.dotted() == suggestion)?;
            Some((field.at.line, field.scalar().unwrap_or(Type::Never)))
        });
        self.fail(wording::unknown_name(&name.shown, name.span, suggestion, declared))
    }

    /// 甲.乙: a datum in a group.
    pub(super) fn member(&mut self, base: &ast::Expr, name: &Name, span: Span, cx: &Context) -> ExprId {
        let mut path = vec![name];
        let mut at = base;
        loop {
            match &at.it {
                ast::ExprKind::Member(outer, name) => {
                    path.insert(0, name);
                    at = outer;
                }
                ast::ExprKind::Name(name) => {
                    path.insert(0, name);
                    break;
                }
                _ => return self.fail(wording::no_members(base.span)),
            }
        }
        let keys: Vec<&str> = path.iter().map(|name| name.key.as_str()).collect();
        if let Some(field) = self.find_field(&keys) {
            return self.field(field, span);
        }
        if keys.iter().any(|key| self.is_lost(key)) {
            return self.broken(span);
        }
        let shown: Vec<&str> = path.iter().map(|name| name.shown.as_str()).collect();
        let shown = shown.join(".");
        let names = self.visible_names(cx.scope);
        let suggestion = nearest(&keys.join("."), names.iter().map(String::as_str));
        self.fail(wording::unknown_name(&shown, span, suggestion, None))
    }
}
