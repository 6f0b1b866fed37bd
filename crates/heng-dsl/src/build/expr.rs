//! Expressions: operator precedence, score blocks, ranges and tails.

use std::sync::LazyLock;

use heng_diag::Span;
use heng_model::{
    Rounding,
    peer::{Order, Ties},
};
use pest::{
    iterators::Pair,
    pratt_parser::{Assoc, Op, PrattParser},
};

use super::{Builder, literal, operands};
use crate::{
    ast::{Arg, At, Binary, Cell, CellPart, Closed, Expr, ExprKind, Range, Row, Share, Tail, Tally, Test},
    parse::Rule,
    wording,
};

/// The most operators and operands that may stand around one operand.
const LONGEST: usize = 256;

/// From loose to tight: 凡, 或, 且, 非, 在 and state words, comparisons, + −, × ÷, ^, −a, a.b.
static PRATT: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let relation = [Rule::kw_eq, Rule::kw_ne, Rule::kw_ge, Rule::kw_le, Rule::kw_gt, Rule::kw_lt, Rule::kw_away]
        .into_iter()
        .map(|rule| Op::infix(rule, Assoc::Left))
        .reduce(|a, b| a | b);
    let parser = PrattParser::new()
        .op(Op::infix(Rule::kw_where, Assoc::Left))
        .op(Op::infix(Rule::kw_or, Assoc::Left))
        .op(Op::infix(Rule::kw_and, Assoc::Left))
        .op(Op::prefix(Rule::kw_not));
    let parser = match relation {
        Some(relation) => parser.op(relation),
        None => parser,
    };
    parser
        .op(Op::postfix(Rule::in_tail) | Op::postfix(Rule::state_test))
        .op(Op::infix(Rule::add, Assoc::Left) | Op::infix(Rule::sub, Assoc::Left))
        .op(Op::infix(Rule::mul, Assoc::Left) | Op::infix(Rule::div, Assoc::Left))
        .op(Op::infix(Rule::pow, Assoc::Right))
        .op(Op::prefix(Rule::neg))
        .op(Op::postfix(Rule::member))
});

impl Builder<'_> {
    /// An `expr`, `arith` or `value`.
    pub(super) fn expr(&mut self, pair: Pair<'_, Rule>) -> Expr {
        if pair.as_rule() == Rule::value {
            return self.value(pair);
        }
        // A chain of operators is a tree as deep as it is long, and trees are walked by recursion.
        let (parts, span) = (pair.clone().into_inner().count(), self.span(&pair));
        if self.depth + parts > LONGEST {
            self.diagnostics.push(wording::too_long(span, LONGEST));
            return broken(span);
        }
        self.depth += parts;
        let expr = self.operators(pair);
        self.depth -= parts;
        expr
    }

    fn operators(&mut self, pair: Pair<'_, Rule>) -> Expr {
        // The Pratt parser takes its callbacks by value, so the builder is lent to them in turn.
        let this = std::cell::RefCell::new(self);
        PRATT
            .map_primary(|pair| this.borrow_mut().atom(pair))
            .map_prefix(|op, of| {
                let span = this.borrow().span(&op).to(of.span);
                boxed(if op.as_rule() == Rule::neg { ExprKind::Negate(of) } else { ExprKind::Not(of) }, span)
            })
            .map_postfix(|of, op| this.borrow_mut().postfix(of, op))
            .map_infix(|a, op, b| {
                let span = a.span.to(b.span);
                let op = At { it: binary(op.as_rule()), span: this.borrow().span(&op) };
                boxed(ExprKind::Binary(op, a, b), span)
            })
            .parse(pair.into_inner())
    }

    fn value(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let mut parts = pair.into_inner();
        let Some(first) = parts.next() else { return broken(Span::default()) };
        let mut value = self.expr(first);
        for tails in parts {
            value = self.tails(value, tails);
        }
        value
    }

    pub(super) fn score(&mut self, pair: Pair<'_, Rule>) -> Option<Expr> {
        let mut parts = pair.into_inner();
        let mut value = self.atom(parts.next()?);
        for tails in parts {
            value = self.tails(value, tails);
        }
        Some(value)
    }

    fn tails(&mut self, value: Expr, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let tails: Vec<_> = pair.into_inner().filter(|part| part.as_rule() == Rule::tail).collect();
        if self.depth + tails.len() > LONGEST {
            self.diagnostics.push(wording::too_long(span, LONGEST));
            return value;
        }
        let tails = tails.into_iter();
        tails.fold(value, |value, tail| match self.tail(tail) {
            Some(tail) => {
                let span = value.span.to(tail.span);
                boxed(ExprKind::Tail(value, tail), span)
            }
            None => value,
        })
    }

    fn tail(&mut self, pair: Pair<'_, Rule>) -> Option<At<Tail>> {
        let span = self.span(&pair);
        let form = pair.into_inner().next()?;
        let it = match form.as_rule() {
            Rule::tail_most => Tail::AtMost(self.expr(operands(form).next()?)),
            Rule::tail_least => Tail::AtLeast(self.expr(operands(form).next()?)),
            Rule::tail_mode => Tail::Round(0, None, rounding(form.into_inner().next()?.as_rule())),
            _ => {
                let (mut places, mut unit, mut mode) = (0, None, Rounding::HalfUp);
                for part in form.into_inner() {
                    match part.as_rule() {
                        Rule::number => places = self.places(&part),
                        Rule::unit => unit = literal::unit(part.as_str()),
                        Rule::kw_round | Rule::kw_places => {}
                        sign => mode = rounding(sign),
                    }
                }
                Tail::Round(places, unit, mode)
            }
        };
        Some(At { it, span })
    }

    fn places(&mut self, pair: &Pair<'_, Rule>) -> u32 {
        let places = literal::number(pair.as_str()).and_then(|number| number.to_i64());
        match places.and_then(|places| u32::try_from(places).ok()).filter(|places| *places <= 12) {
            Some(places) => places,
            None => {
                self.diagnostics.push(wording::bad_places(self.span(pair)));
                2
            }
        }
    }

    fn postfix(&mut self, of: Expr, op: Pair<'_, Rule>) -> Expr {
        let span = of.span.to(self.span(&op));
        let kind = match op.as_rule() {
            Rule::member => match op.into_inner().find(|part| part.as_rule() == Rule::name) {
                Some(name) => ExprKind::Member(of, self.name(&name)),
                None => ExprKind::Broken,
            },
            Rule::in_tail => self.in_tail(of, op),
            _ => match self.test(op) {
                Some(test) => ExprKind::Is(of, test),
                None => ExprKind::Broken,
            },
        };
        boxed(kind, span)
    }

    /// 在 range, or 在 start 起 limit 内.
    fn in_tail(&mut self, of: Expr, op: Pair<'_, Rule>) -> ExprKind {
        let mut parts = op.into_inner().filter(|part| part.as_rule() != Rule::kw_in);
        let Some(first) = parts.next() else { return ExprKind::Broken };
        if first.as_rule() != Rule::arith {
            return ExprKind::InRange(of, self.range(first));
        }
        let first = self.expr(first);
        match parts.next() {
            Some(rest) if rest.as_rule() == Rule::period_rest => match operands(rest).next() {
                Some(limit) => ExprKind::Within(of, first, self.expr(limit)),
                None => ExprKind::Broken,
            },
            Some(rest) => ExprKind::InRange(of, self.led_range(first, rest)),
            None => ExprKind::Broken,
        }
    }

    /// The state word inside a `state_test` or `cell_state`.
    fn test(&self, pair: Pair<'_, Rule>) -> Option<At<Test>> {
        let word = pair.into_inner().next()?;
        let it = match word.as_rule() {
            Rule::kw_empty => Test::Empty,
            Rule::kw_not_empty => Test::NotEmpty,
            Rule::kw_missing => Test::Missing,
            Rule::kw_none => Test::None,
            Rule::kw_no_evidence => Test::NoEvidence,
            Rule::kw_late => Test::Late,
            Rule::kw_disputed => Test::Disputed,
            _ => Test::NotApplicable,
        };
        Some(At { it, span: self.span(&word) })
    }

    fn atom(&mut self, pair: Pair<'_, Rule>) -> Expr {
        let span = self.span(&pair);
        let kind = match pair.as_rule() {
            Rule::bands => self.bands(pair),
            Rule::tally => self.tally(pair),
            Rule::each => self.each(pair),
            Rule::weights => self.weights(pair),
            Rule::linear => {
                let mut parts = operands(pair);
                match (parts.next(), parts.next()) {
                    (Some(from), Some(to)) => ExprKind::Linear(self.expr(from), self.expr(to)),
                    _ => ExprKind::Broken,
                }
            }
            Rule::rated => match pair.into_inner().find(|part| part.as_rule() == Rule::interval) {
                Some(interval) => ExprKind::Rated(self.interval(interval)),
                None => ExprKind::Broken,
            },
            Rule::date => match literal::date(pair.as_str()) {
                Some(date) => ExprKind::Date(date),
                None => {
                    self.diagnostics.push(wording::no_such_day(self.text(&pair), span));
                    ExprKind::Broken
                }
            },
            Rule::quantity => self.quantity(pair),
            Rule::string => ExprKind::Text(self.unquoted(&pair)),
            Rule::name => ExprKind::Name(self.name(&pair)),
            Rule::call => self.call(pair),
            Rule::group_expr => {
                self.brackets(&pair);
                operands(pair).next().map_or(ExprKind::Broken, |inner| ExprKind::Group(self.expr(inner)))
            }
            _ => ExprKind::Broken,
        };
        boxed(kind, span)
    }

    fn quantity(&self, pair: Pair<'_, Rule>) -> ExprKind {
        let mut parts = pair.into_inner();
        let number = parts.next().and_then(|number| literal::number(number.as_str()));
        let unit =
            parts.next().and_then(|unit| literal::unit(unit.as_str()).map(|it| At { it, span: self.span(&unit) }));
        number.map_or(ExprKind::Broken, |number| ExprKind::Number(number, unit))
    }

    fn call(&mut self, pair: Pair<'_, Rule>) -> ExprKind {
        self.brackets(&pair);
        let mut parts = pair.into_inner();
        let Some(name) = parts.next().map(|name| self.name(&name)) else { return ExprKind::Broken };
        let mut args = Vec::new();
        for part in parts {
            match part.as_rule() {
                Rule::value => args.push(Arg::Value(self.expr(part))),
                Rule::opt_skip => {
                    let states = part.into_inner().filter(|part| part.as_rule() == Rule::cell_state);
                    args.push(Arg::Skip(states.filter_map(|state| self.test(state)).collect()));
                }
                Rule::opt_least => {
                    let span = self.span(&part);
                    let count = part.into_inner().last().and_then(|count| self.count(count));
                    args.extend(count.map(|it| Arg::Least(At { it, span })));
                }
                Rule::opt_order | Rule::opt_ties | Rule::opt_group => args.extend(self.peer_option(part)),
                _ => {}
            }
        }
        ExprKind::Call(name, args)
    }

    /// 从高到低, 并列占位, 同组 按 键.
    fn peer_option(&mut self, pair: Pair<'_, Rule>) -> Option<Arg> {
        let span = self.span(&pair);
        let group = pair.as_rule() == Rule::opt_group;
        let mut parts = pair.into_inner();
        if group {
            return parts.find(|part| part.as_rule() == Rule::arith).map(|key| Arg::Group(self.expr(key)));
        }
        Some(match parts.next()?.as_rule() {
            Rule::kw_high_first => Arg::Order(At { it: Order::HighestFirst, span }),
            Rule::kw_low_first => Arg::Order(At { it: Order::LowestFirst, span }),
            Rule::kw_ties_skip => Arg::Ties(At { it: Ties::Skip, span }),
            Rule::kw_ties_dense => Arg::Ties(At { it: Ties::Dense, span }),
            _ => Arg::Ties(At { it: Ties::Mean, span }),
        })
    }

    fn bands(&mut self, pair: Pair<'_, Rule>) -> ExprKind {
        let (mut subjects, mut rows) = (Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expr => subjects.push(self.expr(part)),
                Rule::rows => rows = self.rows(part),
                _ => {}
            }
        }
        ExprKind::Bands(subjects, rows)
    }

    fn tally(&mut self, pair: Pair<'_, Rule>) -> ExprKind {
        let mut tally = Tally { deduct: false, from: None, to: None, rows: Vec::new() };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::kw_deduct => tally.deduct = true,
                Rule::from => tally.from = operands(part).next().map(|from| self.expr(from)),
                Rule::floor => tally.to = operands(part).next().map(|to| self.expr(to)),
                Rule::rows => tally.rows = self.rows(part),
                _ => {}
            }
        }
        ExprKind::Tally(tally)
    }

    fn each(&mut self, pair: Pair<'_, Rule>) -> ExprKind {
        let (mut rows, mut share, mut lines) = (None, None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expr => rows = Some(self.expr(part)),
                Rule::share => share = self.share(part),
                Rule::body => lines = self.lines(part),
                _ => {}
            }
        }
        match rows.zip(share) {
            Some((rows, share)) => ExprKind::Each(rows, share, lines),
            None => ExprKind::Broken,
        }
    }

    fn share(&mut self, pair: Pair<'_, Rule>) -> Option<At<Share>> {
        let span = self.span(&pair);
        let mut parts = pair.into_inner();
        let how = parts.next()?.as_rule();
        let column = parts.find(|part| part.as_rule() == Rule::arith).map(|column| self.expr(column));
        let it = match how {
            Rule::kw_evenly => Share::Even,
            Rule::kw_mean => Share::Mean,
            Rule::kw_sum => Share::Sum,
            Rule::kw_full => Share::Column(column?),
            _ => Share::Weighted(column?),
        };
        Some(At { it, span })
    }

    pub(super) fn rows(&mut self, pair: Pair<'_, Rule>) -> Vec<Row> {
        let mut rows = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::row => rows.extend(self.row(part)),
                Rule::bad_line => {
                    // A row without cells keeps the place of one that could not be read.
                    let span = self.span(&part);
                    self.bad(part, Rule::row_item);
                    rows.push(Row { cells: Vec::new(), step: None, value: broken(span), attrs: Vec::new(), span });
                }
                Rule::bad_tail => {
                    let single = self.leftover(part, rows.last().map(|row: &Row| row.span));
                    if let Some(row) = rows.last_mut().filter(|_| single) {
                        *row = Row {
                            cells: Vec::new(),
                            step: None,
                            attrs: Vec::new(),
                            value: broken(row.span),
                            span: row.span,
                        };
                    }
                }
                _ => {}
            }
        }
        rows
    }

    fn row(&mut self, pair: Pair<'_, Rule>) -> Option<Row> {
        let span = self.span(&pair);
        let (mut cells, mut step, mut value, mut attrs) = (Vec::new(), None, None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::cells => {
                    let parts: Vec<_> = part.into_inner().filter(|part| part.as_rule() == Rule::cell).collect();
                    cells = parts.into_iter().map(|cell| self.cell(cell)).collect();
                }
                Rule::step => step = operands(part).next().map(|step| self.expr(step)),
                Rule::value => value = Some(self.expr(part)),
                Rule::attr => attrs.extend(self.attr(part)),
                _ => {}
            }
        }
        Some(Row { cells, step, value: value?, attrs, span })
    }

    fn cell(&mut self, pair: Pair<'_, Rule>) -> Cell {
        let span = self.span(&pair);
        let mut parts = Vec::new();
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::other => parts.push(CellPart::Other(self.span(&part))),
                Rule::cell_state => parts.extend(self.test(part).map(CellPart::State)),
                Rule::interval | Rule::ineq_range => parts.push(CellPart::Range(self.range(part))),
                Rule::expr => parts.push(CellPart::Expr(self.expr(part))),
                Rule::led_rest => {
                    if let Some(CellPart::Expr(first)) = parts.pop() {
                        parts.push(CellPart::Range(self.led_range(first, part)));
                    }
                }
                _ => {}
            }
        }
        Cell { parts, span }
    }

    pub(super) fn range(&mut self, pair: Pair<'_, Rule>) -> Range {
        let empty = Range { low: None, high: None, equal: None, span: self.span(&pair) };
        match pair.as_rule() {
            Rule::interval => self.interval(pair),
            _ => pair.into_inner().fold(empty, |range, part| match part.as_rule() {
                Rule::interval => self.interval(part),
                Rule::ineq_part | Rule::type_bound => self.bound(range, part),
                _ => range,
            }),
        }
    }

    fn interval(&mut self, pair: Pair<'_, Rule>) -> Range {
        let span = self.span(&pair);
        let (mut signs, mut ends) = (Vec::new(), Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::lparen | Rule::rparen => signs.push(part.as_str() == "[" || part.as_str() == "]"),
                Rule::arith => ends.push(self.expr(part)),
                _ => {}
            }
        }
        let closed = |sign: Option<&bool>| if sign == Some(&true) { Closed::Yes } else { Closed::No };
        let high = ends.pop().map(|end| (end, closed(signs.get(1))));
        let low = ends.pop().map(|end| (end, closed(signs.first())));
        Range { low, high, equal: None, span }
    }

    /// A range that begins with an amount: 60%（含）至70%（不含）, 90%以上, 80%以上不满90%: the words of
    /// the law, unless an edge says otherwise.
    fn led_range(&mut self, first: Expr, rest: Pair<'_, Rule>) -> Range {
        let mut range = Range { low: None, high: None, equal: None, span: first.span.to(self.span(&rest)) };
        let (mut word, mut first_edge, mut last_edge, mut last) = (Rule::kw_above, None, None, None);
        let mut bounds = Vec::new();
        for part in rest.into_inner() {
            match part.as_rule() {
                Rule::edge if last.is_none() && first_edge.is_none() && word != Rule::kw_through => {
                    first_edge = Some(edge(part))
                }
                Rule::edge => last_edge = Some(edge(part)),
                Rule::arith => last = Some(self.expr(part)),
                Rule::ineq_part => bounds.push(part),
                sign => word = sign,
            }
        }
        match (word, last) {
            (Rule::kw_through, Some(last)) => {
                range.low = Some((first, first_edge.unwrap_or(Closed::Unsaid)));
                range.high = Some((last, last_edge.unwrap_or(Closed::Unsaid)));
            }
            (Rule::kw_above, _) => range.low = Some((first, first_edge.or(last_edge).unwrap_or(Closed::Yes))),
            (Rule::kw_outside, _) => range.low = Some((first, first_edge.or(last_edge).unwrap_or(Closed::No))),
            _ => range.high = Some((first, first_edge.or(last_edge).unwrap_or(Closed::Yes))),
        }
        bounds.into_iter().fold(range, |range, part| self.bound(range, part))
    }

    fn bound(&mut self, mut range: Range, pair: Pair<'_, Rule>) -> Range {
        let mut parts = pair.into_inner();
        let (Some(sign), Some(end)) = (parts.next(), parts.next()) else { return range };
        let end = self.expr(end);
        let taken = match sign.as_rule() {
            Rule::kw_ge | Rule::kw_gt => range.low.is_some() || range.equal.is_some(),
            Rule::kw_le | Rule::kw_lt => range.high.is_some() || range.equal.is_some(),
            _ => range.low.is_some() || range.high.is_some() || range.equal.is_some(),
        };
        if taken {
            self.diagnostics.push(wording::two_ends(end.span));
            return range;
        }
        match sign.as_rule() {
            Rule::kw_ge => range.low = Some((end, Closed::Yes)),
            Rule::kw_gt => range.low = Some((end, Closed::No)),
            Rule::kw_le => range.high = Some((end, Closed::Yes)),
            Rule::kw_lt => range.high = Some((end, Closed::No)),
            Rule::kw_eq => range.equal = Some((end, true)),
            _ => range.equal = Some((end, false)),
        }
        range
    }
}

fn boxed(it: ExprKind, span: Span) -> Expr {
    Box::new(At { it, span })
}

fn broken(span: Span) -> Expr {
    boxed(ExprKind::Broken, span)
}

fn edge(pair: Pair<'_, Rule>) -> Closed {
    match pair.into_inner().next().map(|word| word.as_rule()) {
        Some(Rule::kw_incl) => Closed::Yes,
        _ => Closed::No,
    }
}

fn rounding(rule: Rule) -> Rounding {
    match rule {
        Rule::kw_half_even => Rounding::HalfEven,
        Rule::kw_round_up => Rounding::Up,
        Rule::kw_truncate => Rounding::Down,
        _ => Rounding::HalfUp,
    }
}

fn binary(rule: Rule) -> Binary {
    match rule {
        Rule::add => Binary::Add,
        Rule::sub => Binary::Subtract,
        Rule::mul => Binary::Multiply,
        Rule::div => Binary::Divide,
        Rule::pow => Binary::Power,
        Rule::kw_and => Binary::And,
        Rule::kw_or => Binary::Or,
        Rule::kw_where => Binary::Where,
        Rule::kw_ne => Binary::NotEqual,
        Rule::kw_ge => Binary::AtLeast,
        Rule::kw_le => Binary::AtMost,
        Rule::kw_gt => Binary::Greater,
        Rule::kw_lt => Binary::Less,
        Rule::kw_away => Binary::Away,
        _ => Binary::Equal,
    }
}
