//! The rule of an indicator as a notice would say it.
//!
//! The sentence and the block are two spellings of one thing. Whoever lost a point reads the rule
//! in the words of the notice, so every score block has one sentence, and what has no sentence is
//! said as the expression itself. 以上, 以下, 不超过, 不低于 include the number; 超过, 不满, 低于
//! do not (Civil Code, article 1259).

mod bands;
mod condition;
mod pack;
mod tally;
mod weights;

use std::collections::BTreeSet;

use heng_model::{
    ExprId, ExprKind, NodeId, Number, Quantity, Type, Value,
    expr::{Arith, Each, Fold, FoldOp, Linear},
    program::{Body, BodyId, Demand, LetId, MethodCode, MethodId, Otherwise},
};

use crate::{
    Phrase,
    expr::{Printer, names::quoted},
    phrase::{body_exprs, operands},
    wording,
};

/// How many expressions are said in words at once.
const MOST: usize = 1_000;

/// How many bounds and roundings are set aside from a block.
const TAILS: usize = 4;

/// How many methods are said in place of their calls.
const METHODS: usize = 8;

impl Phrase<'_> {
    /// The rule of an indicator as a notice would say it, in a sentence or two:
    /// `安排率在90%以上的，得5分；80%以上不满90%的，得4分。`
    ///
    /// Where no sentence fits, the expression itself stands in its place.
    #[must_use]
    pub fn criterion(&self, node: NodeId) -> String {
        let Some(found) = self.program.node(node) else { return wording::UNKNOWN.to_owned() };
        match found.body {
            Some(body) => Sayer::new(self).sentences(body),
            None if found.children.is_empty() => self.word(wording::TO_BE_WRITTEN).to_owned(),
            None => wording::sentence(self.lang, self.word(wording::SUM_OF_CHILDREN)),
        }
    }

    /// A condition, rows or an amount in words: `签订日期在中标日期起30天内`, `查实的审计问题`,
    /// `合同签订时限（30天）`.
    #[must_use]
    pub fn said(&self, id: ExprId) -> String {
        let mut sayer = Sayer::new(self);
        match sayer.ty(id) {
            Some(Type::Bool) => sayer.condition(id),
            Some(Type::Rows(_)) => sayer.rows(id),
            _ => sayer.amount(id),
        }
    }

    /// What a case or a row gives, in words: `得满分`, `从满分按比例减至0分`.
    #[must_use]
    pub fn given(&self, id: ExprId) -> String {
        Sayer::new(self).result(id)
    }
}

/// Says the rules of one body.
struct Sayer<'p, 'a> {
    phrase: &'p Phrase<'a>,
    /// What the arguments of the method being said are.
    arguments: Vec<String>,
    /// Parameters whose values were said where they stand.
    said: BTreeSet<LetId>,
    /// How many methods deep.
    depth: usize,
    /// The expressions and bodies being said, outermost first: a stored program may go round in a circle.
    path: Vec<ExprId>,
    bodies: Vec<BodyId>,
    /// How many expressions may still be said.
    left: usize,
}

impl<'p, 'a> Sayer<'p, 'a> {
    fn new(phrase: &'p Phrase<'a>) -> Sayer<'p, 'a> {
        Sayer {
            phrase,
            arguments: Vec::new(),
            said: BTreeSet::new(),
            depth: 0,
            path: Vec::new(),
            bodies: Vec::new(),
            left: MOST,
        }
    }

    /// Says an expression with `say`, unless it is being said already.
    fn once(&mut self, id: ExprId, say: impl FnOnce(&mut Self) -> String) -> String {
        if self.path.contains(&id) || self.left == 0 {
            return wording::DEEP.to_owned();
        }
        self.left -= 1;
        self.path.push(id);
        let said = say(self);
        self.path.pop();
        said
    }

    fn kind(&self, id: ExprId) -> Option<&'p ExprKind> {
        self.phrase.program.expr(id).map(|expr| &expr.kind)
    }

    fn ty(&self, id: ExprId) -> Option<&'p Type> {
        self.phrase.program.expr(id).map(|expr| &expr.ty)
    }

    fn word(&self, pair: wording::Pair) -> &'static str {
        self.phrase.word(pair)
    }

    /// The expression as a rule file writes it.
    fn written(&self, id: ExprId) -> String {
        Printer::with_arguments(self.phrase, &self.arguments, id)
    }

    fn sentences(&mut self, body: BodyId) -> String {
        let lang = self.phrase.lang;
        let mut clauses = self.clauses(body);
        clauses.extend(self.definitions(body));
        let sentences: Vec<_> = clauses.iter().map(|clause| wording::sentence(lang, clause)).collect();
        sentences.join(self.word(wording::BETWEEN_SENTENCES))
    }

    /// Cases, demands and result, without what the names in them stand for.
    fn clauses(&mut self, id: BodyId) -> Vec<String> {
        let Some(body) = self.phrase.program.body(id) else { return vec![wording::UNKNOWN.to_owned()] };
        if self.bodies.contains(&id) {
            return vec![wording::DEEP.to_owned()];
        }
        self.bodies.push(id);
        let clauses = self.clauses_of(body);
        self.bodies.pop();
        clauses
    }

    fn clauses_of(&mut self, body: &Body) -> Vec<String> {
        let mut clauses = Vec::new();
        for case in &body.cases {
            let (when, then) = (self.condition(case.when), self.result(case.then));
            clauses.push(wording::clause(self.phrase.lang, &wording::given(self.phrase.lang, &when), &then));
        }
        self.demands(body, &mut clauses);
        clauses.extend(self.result_clauses(body.result, &mut Vec::new()));
        clauses
    }

    fn demands(&mut self, body: &Body, clauses: &mut Vec<String>) {
        clauses.extend(body.demands.iter().map(|demand| self.demand(demand)));
    }

    fn demand(&mut self, demand: &Demand) -> String {
        let need = self.condition(demand.need);
        let otherwise = match demand.otherwise {
            Otherwise::Verdict(verdict) => self.word(wording::verdict_result(verdict)).to_owned(),
            Otherwise::Value(value) => self.result(value),
            Otherwise::Note => self.word(wording::NOTED).to_owned(),
        };
        wording::demand(self.phrase.lang, &need, &otherwise)
    }

    /// The score, as one clause or several; bounds and rounding of a block are said after it.
    fn result_clauses(&mut self, id: ExprId, tails: &mut Vec<String>) -> Vec<String> {
        let lang = self.phrase.lang;
        match self.kind(id) {
            Some(ExprKind::Limit { most, value, bound }) if tails.len() < TAILS && self.has_sentence(*value) => {
                tails.insert(0, wording::bounded(lang, *most, &self.said_value(*bound)));
                self.result_clauses(*value, tails)
            }
            Some(ExprKind::Round { value, .. }) if tails.len() < TAILS && self.has_sentence(*value) => {
                tails.insert(0, self.phrase.rounding_tail(id));
                self.result_clauses(*value, tails)
            }
            _ => {
                let mut clauses = self.plain_clauses(id);
                if !tails.is_empty() {
                    clauses.push(wording::tails(lang, tails));
                }
                clauses
            }
        }
    }

    /// Whether a value, its bounds and rounding set aside, is said by a sentence of its own.
    fn has_sentence(&self, id: ExprId) -> bool {
        let mut id = id;
        for _ in 0..TAILS {
            match self.kind(id) {
                Some(ExprKind::Limit { value, .. } | ExprKind::Round { value, .. }) => id = *value,
                Some(ExprKind::Bands(_) | ExprKind::Tally(_) | ExprKind::Each(_) | ExprKind::Weights(_)) => {
                    return true;
                }
                Some(ExprKind::Arith(Arith::Multiply, a, b)) => return self.is_full(*a) && self.is_share(*b),
                Some(ExprKind::Method(method, _)) => return self.is_body(*method),
                Some(ExprKind::Fold(fold)) => return self.is_children(fold.over),
                _ => return false,
            }
        }
        false
    }

    fn is_body(&self, id: MethodId) -> bool {
        self.phrase.program.method(id).is_some_and(|method| matches!(method.code, MethodCode::Body(_)))
    }

    fn plain_clauses(&mut self, id: ExprId) -> Vec<String> {
        match self.kind(id) {
            Some(ExprKind::Bands(bands)) => vec![self.bands(bands)],
            Some(ExprKind::Tally(tally)) => vec![self.tally(tally)],
            Some(ExprKind::Each(each)) => vec![self.each(each)],
            Some(ExprKind::Weights(table)) => vec![self.weights(table)],
            Some(ExprKind::Method(method, arguments)) => self.method(id, *method, arguments),
            Some(ExprKind::Fold(Fold { op: FoldOp::Sum, over, term: None, .. })) if self.is_children(*over) => {
                vec![self.word(wording::SUM_OF_CHILDREN).to_owned()]
            }
            _ => vec![self.score(id)],
        }
    }

    fn is_children(&self, id: ExprId) -> bool {
        matches!(self.kind(id), Some(ExprKind::Children))
    }

    /// A method that is the whole score is said in place of its call.
    fn method(&mut self, call: ExprId, id: MethodId, arguments: &[ExprId]) -> Vec<String> {
        let code = self.phrase.program.method(id).map(|method| method.code);
        let Some(MethodCode::Body(body)) = code.filter(|_| self.depth < METHODS) else {
            return vec![self.score(call)];
        };
        let arguments = arguments.iter().map(|argument| self.written(*argument)).collect();
        let outer = std::mem::replace(&mut self.arguments, arguments);
        self.depth += 1;
        let mut clauses = self.clauses(body);
        clauses.extend(self.definitions(body));
        self.depth -= 1;
        self.arguments = outer;
        clauses
    }

    fn score(&mut self, id: ExprId) -> String {
        let lang = self.phrase.lang;
        match self.kind(id) {
            Some(ExprKind::Arith(Arith::Multiply, a, b)) if self.is_full(*a) && self.is_share(*b) => {
                wording::share_of_full(lang, &self.amount(*b))
            }
            Some(ExprKind::Rated(_) | ExprKind::Verdict(_) | ExprKind::FullMarks | ExprKind::Literal(_)) => {
                self.result(id)
            }
            _ => wording::score_is(lang, &self.written(id)),
        }
    }

    fn is_full(&self, id: ExprId) -> bool {
        matches!(self.kind(id), Some(ExprKind::FullMarks))
    }

    fn is_share(&self, id: ExprId) -> bool {
        matches!(self.kind(id), Some(ExprKind::Fold(fold)) if fold.op == FoldOp::Share)
    }

    /// What a row or case gives: `得5分`, `得满分的70%`, `从满分按比例减至0分`.
    fn result(&mut self, id: ExprId) -> String {
        self.once(id, |sayer| sayer.given(id))
    }

    fn given(&mut self, id: ExprId) -> String {
        let lang = self.phrase.lang;
        match self.kind(id) {
            Some(ExprKind::Verdict(verdict)) => self.word(wording::verdict_result(*verdict)).to_owned(),
            Some(ExprKind::FullMarks) => self.word(wording::GETS_FULL).to_owned(),
            Some(ExprKind::Linear(line)) => self.linear(line),
            Some(ExprKind::Rated(_)) => wording::rated_result(lang, &self.written(id)),
            Some(ExprKind::Literal(value)) => self.literal_result(id, value),
            Some(ExprKind::Arith(Arith::Multiply, a, b)) if self.is_full(*a) || self.is_full(*b) => {
                let factor = if self.is_full(*a) { *b } else { *a };
                match self.kind(factor) {
                    Some(ExprKind::Literal(_)) => wording::gets_part(lang, &self.said_value(factor)),
                    _ => wording::gets_by(lang, &self.written(id)),
                }
            }
            Some(ExprKind::Bands(bands)) if !bands.rows.is_empty() => wording::nested(lang, &self.bands(bands)),
            Some(ExprKind::Tally(tally)) => wording::nested(lang, &self.tally(tally)),
            _ if self.ty(id) == Some(&Type::POINTS) => wording::gets_by(lang, &self.written(id)),
            _ => wording::is_taken(lang, &self.written(id)),
        }
    }

    fn literal_result(&self, id: ExprId, value: &Value) -> String {
        let (lang, ty) = (self.phrase.lang, self.ty(id));
        let text = self.said_value(id);
        match (value, ty.and_then(Type::quantity)) {
            (Value::Number(_), Some(Quantity::Points)) => wording::gets(lang, &text),
            (Value::Text(_), _) => wording::graded(lang, &text),
            _ => wording::is_taken(lang, &text),
        }
    }

    fn linear(&self, line: &Linear) -> String {
        let falls = match (self.kind(line.from), self.kind(line.to)) {
            (Some(ExprKind::FullMarks), Some(ExprKind::Literal(_))) => Some(true),
            (Some(ExprKind::Literal(_)), Some(ExprKind::FullMarks)) => Some(false),
            (Some(ExprKind::Literal(Value::Number(a))), Some(ExprKind::Literal(Value::Number(b)))) => Some(a > b),
            _ => None,
        };
        wording::linear_result(self.phrase.lang, &self.said_value(line.from), &self.said_value(line.to), falls)
    }

    /// A value as prose: literals with their units, the rest as it is written.
    fn said_value(&self, id: ExprId) -> String {
        match self.phrase.program.expr(id) {
            Some(expr) => match &expr.kind {
                ExprKind::Literal(value) => self.phrase.value(value, &expr.ty),
                ExprKind::FullMarks => self.word(wording::FULL_MARKS).to_owned(),
                _ => self.written(id),
            },
            None => wording::UNKNOWN.to_owned(),
        }
    }

    fn each(&mut self, each: &Each) -> String {
        use heng_model::expr::Share;
        let lang = self.phrase.lang;
        let rows = self.rows(each.rows);
        let share = match &each.share {
            Share::Even => self.word(wording::SHARED_EVENLY).to_owned(),
            Share::Mean => self.word(wording::MEAN_OF_ROWS).to_owned(),
            Share::Sum => self.word(wording::SUM_OF_ROWS).to_owned(),
            Share::Column(column) => wording::share_by(lang, &self.written(*column)),
            Share::Weighted(column) => wording::share_weighted(lang, &self.written(*column)),
        };
        let clauses = self.clauses(each.body).join(self.word(wording::SEMICOLON));
        wording::each(lang, &rows, &share, &clauses)
    }

    /// What the names in a body stand for, each once, in the order in which they come up.
    fn definitions(&mut self, body: BodyId) -> Option<String> {
        let program = self.phrase.program;
        let mut lines = Vec::new();
        let mut seen = BTreeSet::new();
        let mut looked_at = BTreeSet::new();
        let mut pending = body_exprs_read(self.phrase, body);
        pending.reverse();
        while let Some(id) = pending.pop() {
            let Some(kind) = self.kind(id).filter(|_| looked_at.insert(id)) else { continue };
            if let ExprKind::Let(name) = kind {
                let Some(definition) = program.definition(*name).filter(|_| seen.insert(*name)) else { continue };
                if !self.said.contains(name) {
                    lines.push(format!("{} = {}", quoted(&definition.name), self.written(definition.value)));
                }
                pending.push(definition.value);
            } else {
                pending.extend(operands(program, kind).into_iter().rev());
            }
        }
        if lines.is_empty() {
            return None;
        }
        Some(wording::definitions(self.phrase.lang, &lines))
    }

    /// Whether a number is nought.
    fn is_nought(&self, id: ExprId) -> bool {
        matches!(self.kind(id), Some(ExprKind::Literal(Value::Number(number))) if *number == Number::ZERO)
    }
}

/// The expressions of a body that are read: its definitions only where something reads them.
fn body_exprs_read(phrase: &Phrase<'_>, id: BodyId) -> Vec<ExprId> {
    let Some(body) = phrase.program.body(id) else { return Vec::new() };
    let declared: BTreeSet<_> =
        body.lets.iter().filter_map(|id| phrase.program.definition(*id)).map(|definition| definition.value).collect();
    let all = body_exprs(phrase.program, id);
    all.into_iter().filter(|id| !declared.contains(id) || *id == body.result).collect()
}
