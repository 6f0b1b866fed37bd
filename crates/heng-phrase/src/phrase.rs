//! The speaker: a program and a language.

use std::{collections::BTreeMap, sync::OnceLock};

use heng_diag::Lang;
use heng_model::{
    ExprId, Name, Program,
    expr::ExprKind,
    program::{Body, BodyId, MethodCode, Otherwise},
};

use crate::wording::Pair;

/// Says the expressions, values and criteria of one program in one language.
///
/// Names are said in the language where the program gives them in both, else as they are declared.
/// An id that leads nowhere is said as `?`.
#[derive(Debug)]
pub struct Phrase<'a> {
    pub(crate) program: &'a Program,
    pub(crate) lang: Lang,
    arguments: OnceLock<BTreeMap<ExprId, Name>>,
}

impl<'a> Phrase<'a> {
    /// A speaker for `program`.
    #[must_use]
    pub fn new(program: &'a Program, lang: Lang) -> Phrase<'a> {
        Phrase { program, lang, arguments: OnceLock::new() }
    }

    /// The language it speaks.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    pub(crate) fn word(&self, pair: Pair) -> &'static str {
        pair.get(self.lang)
    }

    /// The spelling of a name that fits the language: the alias where it does and the name does not.
    pub(crate) fn named<'n>(&self, name: &'n str, alias: Option<&'n Name>) -> &'n str {
        let fits = |text: &str| text.is_ascii() == (self.lang == Lang::En);
        match alias {
            Some(alias) if !fits(name) && fits(alias) => alias,
            _ => name,
        }
    }

    /// The name of the parameter that an argument expression stands for.
    pub(crate) fn argument(&self, id: ExprId) -> Option<&Name> {
        self.arguments.get_or_init(|| self.find_arguments()).get(&id)
    }

    fn find_arguments(&self) -> BTreeMap<ExprId, Name> {
        let mut found = BTreeMap::new();
        for method in &self.program.methods {
            let MethodCode::Body(body) = method.code else { continue };
            let mut pending = body_exprs(self.program, body);
            let mut seen = std::collections::BTreeSet::new();
            while let Some(id) = pending.pop() {
                let Some(expr) = self.program.expr(id).filter(|_| seen.insert(id)) else { continue };
                if let ExprKind::Argument(index) = expr.kind
                    && let Some(parameter) = method.parameters.get(usize::from(index))
                {
                    found.insert(id, parameter.name.clone());
                }
                pending.extend(operands(self.program, &expr.kind));
            }
        }
        found
    }
}

/// The expressions that stand in a body.
pub(crate) fn body_exprs(program: &Program, id: BodyId) -> Vec<ExprId> {
    let Some(body) = program.body(id) else { return Vec::new() };
    let cases = body.cases.iter().flat_map(|case| [case.when, case.then]);
    let demands = body.demands.iter().flat_map(|demand| match demand.otherwise {
        Otherwise::Value(value) => vec![demand.need, value],
        Otherwise::Verdict(_) | Otherwise::Note => vec![demand.need],
    });
    cases.chain(demands).chain(lets_of(program, body)).chain([body.result]).collect()
}

fn lets_of<'p>(program: &'p Program, body: &'p Body) -> impl Iterator<Item = ExprId> + 'p {
    body.lets.iter().filter_map(|id| program.definition(*id)).map(|definition| definition.value)
}

/// The expressions that stand in an expression, bodies of rows included; what a name stands for is
/// not in it.
pub(crate) fn operands(program: &Program, kind: &ExprKind) -> Vec<ExprId> {
    let mut parts = kind.parts();
    if let ExprKind::Each(each) = kind {
        parts.extend(body_exprs(program, each.body));
    }
    parts
}
