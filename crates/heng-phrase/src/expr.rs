//! Expressions as the rule language writes them, on one line; with names, or with the numbers of a
//! trace put in.

mod blocks;
pub(crate) mod names;

use heng_diag::Lang;
use heng_model::{
    ExprId, ExprKind, Type, Value,
    expr::{Arith, BandRow, Expr, Fold, Logic, TallyRow, Test},
    peer::{Peer, PeerOp},
    scorecard::{Role, Step},
};

use names::quoted;

use crate::{
    Phrase,
    number::{ABOUT, Style, amount},
    wording::{self, DEEP, UNKNOWN},
};

/// How tightly the parts of an expression hold together; looser parts stand in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    Tail,
    Where,
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Power,
    Sign,
    Atom,
}

impl Tie {
    /// The next tighter one, for the side on which an operator does not repeat.
    fn tighter(self) -> Tie {
        match self {
            Tie::Tail => Tie::Where,
            Tie::Where => Tie::Or,
            Tie::Or => Tie::And,
            Tie::And => Tie::Not,
            Tie::Not => Tie::Compare,
            Tie::Compare => Tie::Sum,
            Tie::Sum => Tie::Product,
            Tie::Product => Tie::Power,
            Tie::Power => Tie::Sign,
            Tie::Sign | Tie::Atom => Tie::Atom,
        }
    }
}

/// From how many terms on a sum says the names beside the numbers.
const LONG_SUM: usize = 3;

/// How many expressions are said at once; a criterion has some hundred.
const MOST: usize = 5_000;

/// How deep expressions are said.
const DEPTH: usize = 100;

impl Phrase<'_> {
    /// The expression as the rule language writes it, on one line.
    #[must_use]
    pub fn expr(&self, id: ExprId) -> String {
        Printer::new(self, None).expr(id, Tie::Tail)
    }

    /// The formula of a step with numbers put in, and what it comes to:
    /// `4849.88万元 ÷ 4849.88万元 = 100%`. What is no formula is said as its value alone.
    #[must_use]
    pub fn expr_with_numbers(&self, step: &Step) -> String {
        let value = self.step_value(step);
        let Some(id) = step.expr else { return value };
        let formula = Printer::new(self, Some(step)).expr(id, Tie::Tail);
        if formula == value || !self.is_formula(id) {
            return value;
        }
        match (&step.value, value.strip_prefix(ABOUT)) {
            (Value::Bool(holds), _) => wording::holds(self.lang, &formula, *holds),
            (_, Some(rounded)) => format!("{formula} {ABOUT} {rounded}"),
            _ => format!("{formula} = {value}"),
        }
    }

    /// The value of a step in its unit.
    #[must_use]
    pub fn step_value(&self, step: &Step) -> String {
        self.value(&step.value, &self.step_type(step))
    }

    /// The type of a step's value: its expression's, or its datum's; points where there is neither.
    #[must_use]
    pub fn step_type(&self, step: &Step) -> Type {
        let datum = match &step.role {
            Role::Read(datum) => self.datum_type(*datum),
            _ => None,
        };
        let of_expr = step.expr.and_then(|id| self.program.expr(id)).map(|expr| expr.ty.clone());
        datum.or(of_expr).unwrap_or(Type::POINTS)
    }

    /// The left side of a row of a 分档: `(10%, 30%]`. With several subjects, one cell each.
    #[must_use]
    pub fn band(&self, row: &BandRow, subjects: &[ExprId]) -> String {
        let cells = if subjects.len() > 1 { subjects.len() } else { 1 };
        let mut text = Printer::new(self, None).cells(row);
        if row.cells.len() < cells {
            text.push_str(self.word(wording::COMMA));
            text.push_str(UNKNOWN);
        }
        text
    }

    /// A row of a 计分 or 扣分: `在职人数 ÷ 编制数 超过 100%，每 1个百分点：0.5分`.
    #[must_use]
    pub fn tally(&self, row: &TallyRow) -> String {
        Printer::new(self, None).tally_row(row)
    }

    /// Whether an expression is worked out by an operator, so that numbers can be put into it.
    pub(crate) fn is_formula(&self, id: ExprId) -> bool {
        self.program.expr(id).is_some_and(|expr| expr.kind.is_operator())
    }
}

/// The step inside `step` that computed an expression.
fn find_step<'s>(step: &'s Step, wanted: &dyn Fn(&Step) -> bool) -> Option<&'s Step> {
    step.parts.iter().find_map(|part| if wanted(part) { Some(part) } else { find_step(part, wanted) })
}

/// Prints expressions.
pub(crate) struct Printer<'p, 'a> {
    phrase: &'p Phrase<'a>,
    numbers: Option<&'p Step>,
    /// What the arguments of the method being said are; empty to say them by their names.
    arguments: &'p [String],
    /// Whether numbers are put in beside their names, as in a long sum.
    labelled: bool,
    /// The expressions being said, outermost first: a stored program may go round in a circle.
    path: Vec<ExprId>,
    /// How many expressions may still be said: a stored program may be a thicket.
    left: usize,
}

impl<'p, 'a> Printer<'p, 'a> {
    fn new(phrase: &'p Phrase<'a>, numbers: Option<&'p Step>) -> Printer<'p, 'a> {
        Printer { phrase, numbers, arguments: &[], labelled: false, path: Vec::new(), left: MOST }
    }

    /// The expression with its method's arguments put in.
    pub(crate) fn with_arguments(phrase: &'p Phrase<'a>, arguments: &'p [String], id: ExprId) -> String {
        Printer { arguments, ..Printer::new(phrase, None) }.expr(id, Tie::Tail)
    }

    fn word(&self, pair: wording::Pair) -> &'static str {
        self.phrase.word(pair)
    }

    fn bracketed(&self, text: &str) -> String {
        format!("{}{text}{}", self.word(wording::OPEN), self.word(wording::CLOSE))
    }

    /// The expression where at least `tie` is asked for.
    fn expr(&mut self, id: ExprId, tie: Tie) -> String {
        self.grouped(id, tie).0
    }

    /// The same, and whether brackets stand around it.
    fn grouped(&mut self, id: ExprId, tie: Tie) -> (String, bool) {
        let Some(expr) = self.phrase.program.expr(id) else { return (UNKNOWN.to_owned(), false) };
        if self.path.contains(&id) || self.path.len() > DEPTH || self.left == 0 {
            return (DEEP.to_owned(), false);
        }
        self.left -= 1;
        self.path.push(id);
        let (text, own) = self.form(id, expr);
        self.path.pop();
        if own < tie { (self.bracketed(&text), true) } else { (text, false) }
    }

    /// The left operand and the operator after it. A Chinese closing bracket is as wide as a blank.
    fn before(&mut self, id: ExprId, tie: Tie, operator: &str) -> String {
        let (operand, grouped) = self.grouped(id, tie);
        let close = grouped && self.phrase.lang == Lang::Zh;
        format!("{operand}{}", if close { operator.trim_start() } else { operator })
    }

    fn form(&mut self, id: ExprId, expr: &Expr) -> (String, Tie) {
        if let Some(number) = self.number_for(id, expr) {
            let tie = if number.starts_with('-') { Tie::Sign } else { Tie::Atom };
            return (number, tie);
        }
        match &expr.kind {
            ExprKind::Negate(a) => (format!("{}{}", self.word(wording::MINUS), self.expr(*a, Tie::Sign)), Tie::Sign),
            ExprKind::Not(a) => (format!("{}{}", self.word(wording::NOT), self.expr(*a, Tie::Not)), Tie::Not),
            ExprKind::Arith(op, a, b) => self.arith(*op, *a, *b),
            ExprKind::Logic(op, all) => {
                let tie = if *op == Logic::And { Tie::And } else { Tie::Or };
                (self.logic(all, tie, self.word(wording::logic(*op))), tie)
            }
            ExprKind::Compare(op, a, b) => {
                let a = self.before(*a, Tie::Sum, &format!(" {} ", self.word(wording::compare(*op))));
                (format!("{a}{}", self.expr(*b, Tie::Sum)), Tie::Compare)
            }
            ExprKind::InRange(a, interval) => {
                let subject = self.before(*a, Tie::Sum, self.word(wording::IN));
                (format!("{subject}{}", self.range(interval)), Tie::Compare)
            }
            ExprKind::Within { date, start, limit } => (self.within(*date, *start, *limit), Tie::Compare),
            ExprKind::Is(test, a) => {
                let word = match test {
                    Test::State(state) => wording::state(*state),
                    Test::Empty => wording::EMPTY,
                    Test::NotEmpty => wording::NOT_EMPTY,
                };
                (self.before(*a, Tie::Sum, &format!(" {}", self.word(word))), Tie::Compare)
            }
            ExprKind::Where(rows, condition) => {
                let rows = self.before(*rows, Tie::Where, self.word(wording::WHERE));
                (format!("{rows}{}", self.expr(*condition, Tie::Or)), Tie::Where)
            }
            ExprKind::Limit { most, value, bound } => {
                let word = if *most { wording::AT_MOST } else { wording::AT_LEAST };
                let (value, bound) = (self.expr(*value, Tie::Tail), self.expr(*bound, Tie::Sum));
                (format!("{value}{}{}{bound}", self.word(wording::COMMA), self.word(word)), Tie::Tail)
            }
            ExprKind::Round { value, .. } => {
                let tail = self.phrase.rounding_tail(id);
                (format!("{}{}{tail}", self.expr(*value, Tie::Tail), self.word(wording::COMMA)), Tie::Tail)
            }
            ExprKind::Linear(line) => {
                let (from, to) = (self.expr(line.from, Tie::Sum), self.expr(line.to, Tie::Sum));
                (format!("{}{from}{}{to}", self.word(wording::LINEAR), self.word(wording::LINEAR_TO)), Tie::Atom)
            }
            ExprKind::Verdict(verdict) => (self.word(wording::verdict(*verdict)).to_owned(), Tie::Atom),
            ExprKind::Literal(value) => self.literal(value, &expr.ty),
            ExprKind::Fold(fold) => (self.fold(fold), Tie::Atom),
            ExprKind::Bands(bands) => (self.bands(bands), Tie::Atom),
            ExprKind::Tally(tally) => (self.tally(tally), Tie::Atom),
            ExprKind::Each(each) => (self.each(each), Tie::Atom),
            ExprKind::Weights(table) => (self.weights(table), Tie::Atom),
            ExprKind::Peer(peer) => (self.peer(peer), Tie::Atom),
            ExprKind::Call(function, all) => (self.call(self.word(wording::function(*function)), all), Tie::Atom),
            ExprKind::Method(method, all) => {
                let name = self.phrase.program.method(*method).map_or(UNKNOWN, |method| &method.name);
                (self.call(&quoted(name), all), Tie::Atom)
            }
            ExprKind::Argument(index) if !self.arguments.is_empty() => self.argument(*index),
            name => (self.phrase.name_of(id, name), Tie::Atom),
        }
    }

    /// What stands in place of an expression when numbers are put in: the value of what is no
    /// operator, where the trace knows it.
    fn number_for(&self, id: ExprId, expr: &Expr) -> Option<String> {
        let root = self.numbers?;
        if expr.kind.is_operator() || matches!(expr.kind, ExprKind::Literal(_) | ExprKind::Is(..)) {
            return None;
        }
        let by_role = |role: &Role| match (role, &expr.kind) {
            (Role::Let(a), ExprKind::Let(b)) => a == b,
            (Role::Read(datum), ExprKind::Field(field)) => datum.field == *field && datum.cell.is_none(),
            (Role::Method(a), ExprKind::Method(b, _)) => a == b,
            _ => false,
        };
        let found =
            find_step(root, &|step| step.expr == Some(id)).or_else(|| find_step(root, &|s| by_role(&s.role)))?;
        let value = self.phrase.value(&found.value, &expr.ty);
        let named = matches!(expr.kind, ExprKind::Let(_) | ExprKind::Field(_) | ExprKind::Column { .. });
        if named && self.labelled {
            return Some(format!("{} {value}", self.phrase.name_of(id, &expr.kind)));
        }
        Some(value)
    }

    fn logic(&mut self, all: &[ExprId], tie: Tie, operator: &str) -> String {
        let Some((last, init)) = all.split_last() else { return UNKNOWN.to_owned() };
        let mut text: String = init.iter().map(|id| self.before(*id, tie.tighter(), operator)).collect();
        text.push_str(&self.expr(*last, tie.tighter()));
        text
    }

    fn argument(&self, index: u16) -> (String, Tie) {
        let text = self.arguments.get(usize::from(index)).map_or(UNKNOWN, String::as_str);
        (text.to_owned(), if text.contains(' ') { Tie::Where } else { Tie::Atom })
    }

    fn arith(&mut self, op: Arith, a: ExprId, b: ExprId) -> (String, Tie) {
        let tie = match op {
            Arith::Add | Arith::Subtract => Tie::Sum,
            Arith::Multiply | Arith::Divide => Tie::Product,
            Arith::Power => Tie::Power,
        };
        let left = if op == Arith::Power { Tie::Atom } else { tie };
        let outer = self.labelled;
        self.labelled = tie == Tie::Sum && (outer || self.terms(a) + self.terms(b) >= LONG_SUM);
        let a = self.before(a, left, self.word(wording::arith(op)));
        let b = self.expr(b, tie.tighter());
        self.labelled = outer;
        (format!("{a}{b}"), tie)
    }

    /// How many terms a sum has.
    fn terms(&self, id: ExprId) -> usize {
        let mut id = id;
        for count in 1..DEPTH {
            match self.phrase.program.expr(id).map(|expr| &expr.kind) {
                Some(ExprKind::Arith(Arith::Add | Arith::Subtract, a, _)) => id = *a,
                _ => return count,
            }
        }
        DEPTH
    }

    fn within(&mut self, date: ExprId, start: ExprId, limit: ExprId) -> String {
        let [date, start, limit] = [date, start, limit].map(|id| self.expr(id, Tie::Sum));
        let [is_in, from, within] = [wording::IN, wording::FROM, wording::WITHIN].map(|pair| self.word(pair));
        format!("{date}{is_in}{start}{from}{limit}{within}")
    }

    fn literal(&self, value: &Value, ty: &Type) -> (String, Tie) {
        let lang = self.phrase.lang;
        let text = match (value, ty) {
            (Value::Number(number), Type::Quantity(quantity)) => amount(number, *quantity, lang, Style::Rule),
            (Value::Text(text), Type::Text) => format!("“{text}”"),
            (Value::Text(word), _) => quoted(word),
            _ => self.phrase.value(value, ty),
        };
        let tie = if text.starts_with('-') { Tie::Sign } else { Tie::Atom };
        (text, tie)
    }

    fn call(&mut self, name: &str, arguments: &[ExprId]) -> String {
        let arguments: Vec<_> = arguments.iter().map(|id| self.expr(*id, Tie::Where)).collect();
        format!("{name}{}", self.bracketed(&arguments.join(self.word(wording::COMMA))))
    }

    fn peer(&mut self, peer: &Peer) -> String {
        let mut parts = vec![self.expr(peer.value, Tie::Where)];
        if let PeerOp::Rank(order, ties) = peer.op {
            parts.push(self.word(wording::order(order)).to_owned());
            parts.push(self.word(wording::ties(ties)).to_owned());
        }
        if let Some(group) = peer.group {
            parts.push(format!("{}{}", self.word(wording::PEERS_BY), self.expr(group, Tie::Sum)));
        }
        let name = self.word(wording::peer(peer.op));
        format!("{name}{}", self.bracketed(&parts.join(self.word(wording::COMMA))))
    }

    fn fold(&mut self, fold: &Fold) -> String {
        let mut parts: Vec<_> = [Some(fold.over), fold.term, fold.weight]
            .into_iter()
            .flatten()
            .map(|id| self.expr(id, Tie::Where))
            .collect();
        if !fold.skip.is_empty() {
            let states: Vec<_> = fold.skip.iter().map(|state| self.word(wording::state(*state))).collect();
            parts.push(format!("{}{}", self.word(wording::SKIP), states.join(self.word(wording::ONE_OF))));
        }
        if let Some(least) = fold.at_least {
            parts.push(wording::at_least_of(self.phrase.lang, least));
        }
        let name = self.word(wording::fold(fold.op));
        format!("{name}{}", self.bracketed(&parts.join(self.word(wording::COMMA))))
    }
}
