//! 方法: named ways of scoring, in the rule language or in a script.

use heng_model::{
    ExprId, Number, Type,
    program::{Method, MethodCode, Parameter, Script, ScriptId},
    schema::Interval,
};

use super::{
    Context, Lowering,
    scope::{ScopeId, ScopeKind},
    tree::is_result,
};
use crate::{
    ast::{self, Line, TypeName},
    wording,
};

/// A method and how far it has come.
pub struct MethodSlot<'a> {
    method: &'a ast::Method,
    scope: ScopeId,
    state: Progress,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    Waiting,
    Doing,
    Done,
}

impl<'a> Lowering<'a> {
    pub(super) fn declare_method(&mut self, method: &'a ast::Method) {
        if let Some(earlier) = self.methods.iter().find(|slot| slot.method.name.key == method.name.key) {
            let earlier = earlier.method.name.span;
            self.diagnostics.push(wording::defined_twice(&method.name.shown, method.name.span, earlier));
            return;
        }
        let id = self.method_id(self.methods.len());
        let root = super::scope::root();
        let outer = self.open_scope(Some(root), ScopeKind::Method(id, method));
        let (body, scope) = self.open_body(Some(outer), None);
        let parameters = method.params.iter().map(|param| self.parameter(param)).collect();
        let ty = method.ty.as_ref().map_or(Type::Never, |ty| self.scalar_type(ty));
        let range = self.method_range(method);
        let code = match &method.code {
            ast::MethodCode::Script(file) => self.declare_script(method, &file.it),
            _ => MethodCode::Body(body),
        };
        if let ast::MethodCode::Body(lines) = &method.code {
            for line in lines {
                if let Line::Def(def) = line
                    && !is_result(&def.name.key)
                {
                    self.declare_let(scope, def, false);
                }
            }
        }
        let name = method.name.shown.as_str().into();
        self.program.methods.push(Method { name, parameters, ty, range, code, at: self.at(method.name.span) });
        self.methods.push(MethodSlot { method, scope, state: Progress::Waiting });
    }

    fn parameter(&mut self, param: &ast::Param) -> Parameter {
        if param.ty.is_none() {
            self.diagnostics.push(wording::untyped_parameter(&param.name.shown, param.name.span));
            self.lost.insert(param.name.key.clone());
        }
        let ty = param.ty.as_ref().map_or(Type::Never, |ty| self.scalar_type(ty));
        Parameter { name: param.name.shown.as_str().into(), ty, optional: param.optional }
    }

    fn method_range(&mut self, method: &ast::Method) -> Option<Interval<Number>> {
        match method.ty.as_ref().map(|ty| &ty.it) {
            Some(TypeName::Scalar(_, Some(range))) => Some(self.literal_range(range).0),
            _ => None,
        }
    }

    fn declare_script(&mut self, method: &ast::Method, file: &str) -> MethodCode {
        let check = matches!(method.ty.as_ref().map(|ty| &ty.it), Some(TypeName::Check));
        if method.ty.is_none() {
            self.diagnostics.push(wording::script_without_type(&method.name.shown, method.name.span));
        }
        let at = self.at(method.name.span);
        let id = ScriptId(u32::try_from(self.program.scripts.len()).unwrap_or(u32::MAX));
        self.program.scripts.push(Script { file: file.into(), function: method.name.shown.as_str().into(), check, at });
        MethodCode::Script(id)
    }

    pub(super) fn find_method(&self, key: &str) -> Option<usize> {
        self.methods.iter().position(|slot| slot.method.name.key == key)
    }

    pub(super) fn method_names(&self) -> impl Iterator<Item = &str> {
        self.methods.iter().map(|slot| slot.method.name.shown.as_str())
    }

    pub(super) fn lower_methods(&mut self) {
        for index in 0..self.methods.len() {
            self.force_method(index);
        }
    }

    /// Lowers a method if that has not happened, so that its result type is known.
    pub(super) fn force_method(&mut self, index: usize) {
        let Some(slot) = self.methods.get_mut(index) else { return };
        let (method, scope) = (slot.method, slot.scope);
        match slot.state {
            Progress::Done => return,
            Progress::Doing => {
                self.diagnostics.push(wording::circular(&method.name.shown, method.name.span));
                return;
            }
            Progress::Waiting => slot.state = Progress::Doing,
        }
        let outer = (self.current_node.take(), self.current_let.take());
        let declared = self.program.methods.get(index).map_or(Type::Never, |method| method.ty.clone());
        let want = if declared == Type::Never { None } else { Some(declared.clone()) };
        let cx = Context { scope, want, band: None };
        let result = match &method.code {
            ast::MethodCode::Value(value) => Some((self.expr(value, &cx), value.span, &[] as &[Line])),
            ast::MethodCode::Body(lines) => {
                Some((self.method_result(method, lines, &cx), method.name.span, lines.as_slice()))
            }
            ast::MethodCode::Script(_) => None,
        };
        (self.current_node, self.current_let) = outer;
        if let Some((result, span, lines)) = result {
            self.finish_method(index, scope, result, span, lines, &declared);
        }
        if let Some(slot) = self.methods.get_mut(index) {
            slot.state = Progress::Done;
        }
    }

    fn finish_method(
        &mut self,
        index: usize,
        scope: ScopeId,
        result: ExprId,
        span: heng_diag::Span,
        lines: &'a [Line],
        declared: &Type,
    ) {
        let found = self.ty(result);
        if *declared == Type::Never {
            if let Some(method) = self.program.methods.get_mut(index) {
                method.ty = found;
            }
        } else if !found.fits(declared) {
            self.diagnostics.push(wording::wrong_type(span, declared, &found));
        }
        if let ScopeKind::Body { body, .. } = self.scopes_kind(scope) {
            let body = *body;
            let want = if *declared == Type::Never { Type::POINTS } else { declared.clone() };
            self.fill_body(body, scope, lines, result, &want);
        }
    }

    fn method_result(&mut self, method: &'a ast::Method, lines: &'a [Line], cx: &Context) -> ExprId {
        let (mut results, mut lost) = (Vec::new(), None);
        for line in lines {
            match line {
                Line::Def(def) if is_result(&def.name.key) => results.push((self.expr(&def.value, cx), def.span)),
                Line::Score(score) => results.push((self.expr(score, cx), score.span)),
                Line::Lost { span, .. } => lost = Some(*span),
                Line::Field(_) | Line::Def(_) | Line::Case(_) | Line::Require(_) => {}
                Line::Todo(span) => self.diagnostics.push(wording::not_in_method(*span)),
                Line::Block(block) => self.diagnostics.push(wording::not_in_method(block.keyword)),
            }
        }
        self.only_result(&method.name.shown, method.name.span, &results, lost)
    }
}
