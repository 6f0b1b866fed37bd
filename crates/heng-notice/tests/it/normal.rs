//! A program's rule for one indicator in one normal form: names stand for what they are, methods are
//! written out, and what is said in one sentence is written one way.

use heng_model::{
    ExprId, ExprKind, Number, Program, Type, Value,
    expr::{Arith, BandCell, BandRow, Bands, Compare, Each, FoldOp, Function, Share, Tally, TallyCount, Test},
    program::{BodyId, MethodCode, Otherwise},
    schema::{Bound, Interval},
};

pub struct Normal<'p> {
    pub program: &'p Program,
}

type End = Option<(String, Option<Number>, bool)>;

impl Normal<'_> {
    pub fn body(&self, id: BodyId, args: &[String]) -> String {
        let (cases, demands, result) = self.parts(id, args);
        if cases.is_empty() && demands.is_empty() {
            return result;
        }
        format!("cases[{}] demands[{}] {result}", cases.join(" | "), demands.join(" | "))
    }

    fn parts(&self, id: BodyId, args: &[String]) -> (Vec<String>, Vec<String>, String) {
        let body = self.program.body(id).unwrap();
        let mut cases: Vec<String> = body
            .cases
            .iter()
            .map(|case| format!("{}=>{}", self.expr(case.when, args), self.expr(case.then, args)))
            .collect();
        let demands: Vec<String> = body
            .demands
            .iter()
            .map(|demand| {
                let otherwise = match demand.otherwise {
                    Otherwise::Verdict(verdict) => format!("{verdict:?}"),
                    Otherwise::Value(value) => self.expr(value, args),
                    Otherwise::Note => "note".to_owned(),
                };
                format!("{}:{otherwise}", self.expr(demand.need, args))
            })
            .collect();
        if let Some(ExprKind::Method(method, parts)) = self.kind(body.result)
            && let MethodCode::Body(inner) = self.program.method(*method).unwrap().code
            && demands.is_empty()
        {
            let given: Vec<String> = parts.iter().map(|part| self.expr(*part, args)).collect();
            let inner = self.parts(inner, &given);
            cases.extend(inner.0);
            return (cases, inner.1, inner.2);
        }
        let mut result = self.expr(body.result, args);
        // Rows of conditions go on with the cases where no demand stands between them; so do two rows of one subject.
        if let Some(ExprKind::Bands(bands)) = self.kind(body.result).filter(|_| demands.is_empty())
            && let Some((rows, rest)) = self.conditions(bands, args)
        {
            cases.extend(rows);
            result = rest;
        }
        (cases, demands, result)
    }

    /// The rows of a 分档 that are conditions, and what is left to the others.
    fn conditions(&self, bands: &Bands, args: &[String]) -> Option<(Vec<String>, String)> {
        let (mut cases, mut rest) = (Vec::new(), "none".to_owned());
        for row in &bands.rows {
            if bands.subjects.len() == 1 && bands.rows.len() == 2 && !cases.is_empty() && self.others(&bands.rows) {
                rest = self.expr(row.value, args);
                continue;
            }
            let condition = match (bands.subjects.as_slice(), row.cells.as_slice()) {
                (_, [] | [BandCell::Other]) => {
                    rest = self.expr(row.value, args);
                    continue;
                }
                ([], _) => self.cells(row, args),
                ([subject], [cell]) if bands.rows.len() == 2 => self.compared(*subject, cell, args)?,
                _ => return None,
            };
            cases.push(format!("{condition}=>{}", self.expr(row.value, args)));
        }
        Some((cases, rest))
    }

    /// Whether the second of two rows holds what the first does not.
    fn others(&self, rows: &[BandRow]) -> bool {
        match (rows[0].cells.as_slice(), rows[1].cells.as_slice()) {
            ([BandCell::Range(a)], [BandCell::Range(b)]) => {
                let (a, b) =
                    ((self.end(&a.low, &[]), self.end(&a.high, &[])), (self.end(&b.low, &[]), self.end(&b.high, &[])));
                let turned = |end: End| end.map(|(said, number, closed)| (said, number, !closed));
                a == (turned(b.1), turned(b.0))
            }
            _ => false,
        }
    }

    fn compared(&self, subject: ExprId, cell: &BandCell, args: &[String]) -> Option<String> {
        let (op, end) = match cell {
            BandCell::OneOf(words) if words.len() == 1 => ("Equal", words[0]),
            BandCell::Range(Interval { low: Some(low), high: None }) => {
                (if low.closed { "AtLeast" } else { "Greater" }, low.at)
            }
            BandCell::Range(Interval { low: None, high: Some(high) }) => {
                (if high.closed { "AtMost" } else { "Less" }, high.at)
            }
            _ => return None,
        };
        Some(format!("{op}({},{})", self.expr(subject, args), self.expr(end, args)))
    }

    fn kind(&self, id: ExprId) -> Option<&ExprKind> {
        self.program.expr(id).map(|expr| &expr.kind)
    }

    fn all(&self, ids: &[ExprId], args: &[String]) -> String {
        ids.iter().map(|id| self.expr(*id, args)).collect::<Vec<_>>().join(",")
    }

    pub fn expr(&self, id: ExprId, args: &[String]) -> String {
        let e = |id: &ExprId| self.expr(*id, args);
        match self.kind(id).unwrap() {
            ExprKind::Literal(Value::Number(number)) => format!("#{}/{}", number.to_parts().0, number.to_parts().1),
            ExprKind::Literal(value) => format!("{value:?}"),
            ExprKind::Field(field) | ExprKind::Rated(field) => self.program.schema.field(*field).unwrap().dotted(),
            ExprKind::Column { table, column, up } => {
                let table_name = self.program.schema.field(*table).unwrap().dotted();
                format!("{table_name}.{}^{up}", self.program.schema.column(*table, *column).unwrap().name)
            }
            ExprKind::Let(name) => self.expr(self.program.definition(*name).unwrap().value, args),
            ExprKind::Argument(at) => args.get(usize::from(*at)).cloned().unwrap_or_else(|| format!("arg{at}")),
            ExprKind::FullMarks => "full".to_owned(),
            ExprKind::Total => "total".to_owned(),
            ExprKind::Children => "children".to_owned(),
            ExprKind::GradeOf(node) => format!("grade({})", self.program.node(*node).unwrap().key),
            ExprKind::Letters => "letters".to_owned(),
            ExprKind::ChildScore(up) => format!("child score^{up}"),
            ExprKind::ChildGrade(up) => format!("child grade^{up}"),
            ExprKind::ScoreOf(node) => format!("score({})", self.program.node(*node).unwrap().key),
            ExprKind::Negate(a) => format!("neg({})", e(a)),
            ExprKind::Not(of) => self.not(*of, args),
            ExprKind::Arith(Arith::Multiply, a, b) => {
                let mut sides = [e(a), e(b)];
                sides.sort_by_key(|side| side != "full");
                format!("({} * {})", sides[0], sides[1])
            }
            ExprKind::Arith(op, a, b) => format!("({} {op:?} {})", e(a), e(b)),
            ExprKind::Logic(op, parts) => format!("{op:?}({})", self.all(parts, args)),
            ExprKind::Compare(op, a, b) => format!("{op:?}({},{})", e(a), e(b)),
            ExprKind::InRange(a, range) => match self.compared(*a, &BandCell::Range(range.clone()), args) {
                Some(compared) => compared,
                None => format!("in({},{})", e(a), self.interval(range, args)),
            },
            ExprKind::Within { date, start, limit } => format!("within({},{},{})", e(date), e(start), e(limit)),
            ExprKind::Is(test, of) => self.test(*test, *of, args),
            ExprKind::Where(rows, condition) => format!("where({},{})", e(rows), e(condition)),
            ExprKind::Fold(fold) if fold.op == FoldOp::Exists => format!("exists({})", e(&fold.over)),
            ExprKind::Fold(fold) => format!(
                "{:?}({},{:?},{:?},{:?},{:?})",
                fold.op,
                e(&fold.over),
                fold.term.map(|id| e(&id)),
                fold.weight.map(|id| e(&id)),
                fold.skip,
                fold.at_least
            ),
            ExprKind::Call(function, parts) => self.call(*function, parts, args),
            ExprKind::Method(method, parts) => {
                let found = self.program.method(*method).unwrap();
                let given: Vec<String> = parts.iter().map(e).collect();
                match found.code {
                    MethodCode::Body(body) => format!("{{{}}}", self.body(body, &given)),
                    MethodCode::Script(_) => format!("script {}({})", found.name, given.join(",")),
                }
            }
            ExprKind::Bands(bands) => self.bands(bands, args),
            ExprKind::Tally(tally) => self.tally(tally, args),
            ExprKind::Each(each) => self.each(each, args),
            ExprKind::Weights(table) => {
                let rows: Vec<String> = table
                    .rows
                    .iter()
                    .map(|row| format!("{:?}:{}", row.children, self.all(&row.weights, args)))
                    .collect();
                let [of, other] = [&table.of, &table.other].map(|id| id.as_ref().map(e));
                format!("weights({of:?},{},{other:?})", rows.join(";"))
            }
            ExprKind::Linear(line) => format!("line({},{})", e(&line.from), e(&line.to)),
            ExprKind::Limit { most, value, bound } => format!("limit({most},{},{})", e(value), e(bound)),
            ExprKind::Round { value, places, mode, unit } => format!("round({},{places},{mode:?},{unit:?})", e(value)),
            ExprKind::Peer(peer) => format!("{:?}({})", peer.op, e(&peer.value)),
            ExprKind::Verdict(verdict) => format!("{verdict:?}"),
        }
    }

    fn call(&self, function: Function, parts: &[ExprId], args: &[String]) -> String {
        format!("{function:?}({})", self.all(parts, args))
    }

    fn not(&self, of: ExprId, args: &[String]) -> String {
        match self.kind(of).unwrap() {
            ExprKind::Compare(op, a, b) => {
                let op = match op {
                    Compare::Equal => Compare::NotEqual,
                    Compare::NotEqual => Compare::Equal,
                    Compare::Less => Compare::AtLeast,
                    Compare::AtMost => Compare::Greater,
                    Compare::Greater => Compare::AtMost,
                    Compare::AtLeast => Compare::Less,
                };
                format!("{op:?}({},{})", self.expr(*a, args), self.expr(*b, args))
            }
            ExprKind::Is(Test::Empty, of) => self.test(Test::NotEmpty, *of, args),
            ExprKind::Is(Test::NotEmpty, of) => self.test(Test::Empty, *of, args),
            _ => format!("not({})", self.expr(of, args)),
        }
    }

    /// 表 为空 and 非 存在（表） are said alike and are alike.
    fn test(&self, test: Test, of: ExprId, args: &[String]) -> String {
        let rows = matches!(self.program.expr(of).unwrap().ty, Type::Rows(_));
        let said = self.expr(of, args);
        match test {
            Test::Empty if rows => format!("not(exists({said}))"),
            Test::NotEmpty if rows => format!("exists({said})"),
            test => format!("{test:?}({said})"),
        }
    }

    fn end(&self, bound: &Option<Bound<ExprId>>, args: &[String]) -> End {
        bound.as_ref().map(|bound| {
            let number = match self.kind(bound.at) {
                Some(ExprKind::Literal(Value::Number(number))) => Some(number.clone()),
                _ => None,
            };
            (self.expr(bound.at, args), number, bound.closed)
        })
    }

    fn interval(&self, range: &Interval<ExprId>, args: &[String]) -> String {
        spelled(&self.end(&range.low, args), &self.end(&range.high, args))
    }

    fn cells(&self, row: &BandRow, args: &[String]) -> String {
        row.cells.iter().map(|cell| self.cell(cell, args)).collect::<Vec<_>>().join(",")
    }

    fn cell(&self, cell: &BandCell, args: &[String]) -> String {
        match cell {
            BandCell::Other => "other".to_owned(),
            BandCell::Range(range) => self.interval(range, args),
            BandCell::OneOf(words) => format!("one({})", self.all(words, args)),
            BandCell::State(state) => format!("{state:?}"),
            BandCell::When(condition) => self.expr(*condition, args),
            BandCell::List(cells) => cells.iter().map(|cell| self.cell(cell, args)).collect::<Vec<_>>().join("+"),
        }
    }

    /// A chain of one-sided rows is what its ranges come to, first fit.
    fn bands(&self, bands: &Bands, args: &[String]) -> String {
        let mut ends: Vec<(End, End)> = Vec::new();
        let mut rows = Vec::new();
        for row in &bands.rows {
            let left = match row.cells.as_slice() {
                [BandCell::Range(range)] if bands.subjects.len() == 1 => {
                    let (low, high) = (self.end(&range.low, args), self.end(&range.high, args));
                    let found = narrowed(&low, &high, &ends);
                    ends.push((low, high));
                    spelled(&found.0, &found.1)
                }
                [BandCell::Other] if bands.subjects.len() == 1 => left_over(&ends, bands.rows.len() - 1),
                _ => self.cells(row, args),
            };
            rows.push(format!("{left}:{}", self.expr(row.value, args)));
        }
        format!("bands({}){{{}}}", self.all(&bands.subjects, args), rows.join(" | "))
    }

    fn tally(&self, tally: &Tally, args: &[String]) -> String {
        let e = |id: ExprId| self.expr(id, args);
        let rows: Vec<String> = tally
            .rows
            .iter()
            .map(|row| {
                let count = match &row.count {
                    TallyCount::When(condition) => e(*condition),
                    TallyCount::Beyond { amount, side, limit, step, partial } => {
                        format!("{} {side:?} {} per {} {partial:?}", e(*amount), e(*limit), e(*step))
                    }
                    TallyCount::Per { items, step, partial } => {
                        // Of whole things one by one no part is left over.
                        let whole =
                            e(*step) == "#1/1" || matches!(self.program.expr(*items).unwrap().ty, Type::Rows(_));
                        let partial = if whole { String::new() } else { format!("{partial:?}") };
                        format!("{} per {} {partial}", e(*items), e(*step))
                    }
                };
                format!("{count}:{}", e(row.points))
            })
            .collect();
        let to = tally.to.map(e).filter(|to| !(tally.deduct && to == "#0/1"));
        format!("tally({},{:?},{to:?}){{{}}}", tally.deduct, tally.from.map(e), rows.join(" | "))
    }

    fn each(&self, each: &Each, args: &[String]) -> String {
        let share = match &each.share {
            Share::Column(column) => format!("column({})", self.expr(*column, args)),
            Share::Weighted(column) => format!("weighted({})", self.expr(*column, args)),
            share => format!("{share:?}"),
        };
        format!("each({},{share}){{{}}}", self.expr(each.rows, args), self.body(each.body, args))
    }
}

fn spelled(low: &End, high: &End) -> String {
    if let (Some((a, _, true)), Some((b, _, true))) = (low, high)
        && a == b
    {
        return format!("one({a})");
    }
    let end = |end: &End| end.as_ref().map_or("∞".to_owned(), |(said, _, closed)| format!("{said}{closed}"));
    format!("{}..{}", end(low), end(high))
}

fn narrowed(low: &End, high: &End, above: &[(End, End)]) -> (End, End) {
    let beyond = |here: &Number, upward: bool| {
        let ends = above.iter().filter_map(|(low, high)| match (low, high, upward) {
            (Some(low), None, true) => Some(low),
            (None, Some(high), false) => Some(high),
            _ => None,
        });
        let ends = ends.filter(|(_, number, _)| {
            number.as_ref().is_some_and(|number| if upward { number > here } else { number < here })
        });
        let nearest = if upward { ends.min_by(|a, b| a.1.cmp(&b.1)) } else { ends.max_by(|a, b| a.1.cmp(&b.1)) };
        nearest.map(|(said, number, closed)| (said.clone(), number.clone(), !closed))
    };
    match (low, high) {
        (Some((_, Some(here), _)), None) => (low.clone(), beyond(here, true)),
        (None, Some((_, Some(here), _))) => (beyond(here, false), high.clone()),
        _ => (low.clone(), high.clone()),
    }
}

fn left_over(above: &[(End, End)], rows: usize) -> String {
    if above.len() != rows || rows == 0 {
        return "other".to_owned();
    }
    let lows: Option<Vec<_>> =
        above.iter().map(|(low, high)| if high.is_none() { low.clone() } else { None }).collect();
    let highs: Option<Vec<_>> =
        above.iter().map(|(low, high)| if low.is_none() { high.clone() } else { None }).collect();
    let turned = |(said, number, closed): (String, Option<Number>, bool)| Some((said, number, !closed));
    if let Some(low) = lows.and_then(|lows| lows.into_iter().min_by(|a, b| a.1.cmp(&b.1))).filter(|low| low.1.is_some())
    {
        return spelled(&None, &turned(low));
    }
    match highs.and_then(|highs| highs.into_iter().max_by(|a, b| a.1.cmp(&b.1))).filter(|high| high.1.is_some()) {
        Some(high) => spelled(&turned(high), &None),
        None => "other".to_owned(),
    }
}
