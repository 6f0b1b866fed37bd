//! Blocks on one line: 分档, 计分, 扣分, 逐项 and their rows.

use heng_model::{
    ExprId, ExprKind, Quantity,
    expr::{BandCell, BandRow, Bands, Compare, Each, Expr, Share, Tally, TallyCount, TallyRow, Weights},
    program::{BodyId, Demand, Otherwise},
    schema::Interval,
};

use super::{
    Printer, Tie,
    names::{edge, quoted},
};
use crate::wording::{self, UNKNOWN};

impl Printer<'_, '_> {
    pub(super) fn range(&mut self, interval: &Interval<ExprId>) -> String {
        match (&interval.low, &interval.high) {
            (Some(low), Some(high)) => {
                let (from, to) = (self.expr(low.at, Tie::Sum), self.expr(high.at, Tie::Sum));
                let (open, close) = (if low.closed { '[' } else { '(' }, if high.closed { ']' } else { ')' });
                format!("{open}{from}, {to}{close}")
            }
            (Some(end), None) => self.one_sided(edge(true, end.closed), end.at),
            (None, Some(end)) => self.one_sided(edge(false, end.closed), end.at),
            (None, None) => self.word(wording::OTHER).to_owned(),
        }
    }

    fn one_sided(&mut self, sign: Compare, end: ExprId) -> String {
        format!("{} {}", self.word(wording::compare(sign)), self.expr(end, Tie::Sum))
    }

    pub(super) fn cells(&mut self, row: &BandRow) -> String {
        let cells: Vec<_> = row.cells.iter().map(|cell| self.cell(cell)).collect();
        cells.join(self.word(wording::COMMA))
    }

    fn cell(&mut self, cell: &BandCell) -> String {
        match cell {
            BandCell::Other => self.word(wording::OTHER).to_owned(),
            BandCell::Range(interval) => self.range(interval),
            BandCell::OneOf(values) => {
                let values: Vec<_> = values.iter().map(|id| self.expr(*id, Tie::Sum)).collect();
                values.join(self.word(wording::ONE_OF))
            }
            BandCell::State(state) => self.word(wording::state(*state)).to_owned(),
            BandCell::When(condition) => self.expr(*condition, Tie::Where),
            BandCell::List(cells) => {
                let cells: Vec<_> = cells.iter().map(|cell| self.cell(cell)).collect();
                cells.join(self.word(wording::COMMA))
            }
        }
    }

    fn block(&self, head: &str, rows: &[String]) -> String {
        format!("{head} {{ {} }}", rows.join(self.word(wording::SEMICOLON)))
    }

    pub(super) fn bands(&mut self, bands: &Bands) -> String {
        let subjects: Vec<_> = bands.subjects.iter().map(|id| self.expr(*id, Tie::Where)).collect();
        let mut head = self.word(wording::BANDS).to_owned();
        if !subjects.is_empty() {
            head = format!("{head} {}", subjects.join(self.word(wording::COMMA)));
        }
        let colon = self.word(wording::COLON);
        let rows =
            bands.rows.iter().map(|row| format!("{}{colon}{}", self.cells(row), self.expr(row.value, Tie::Tail)));
        let rows: Vec<_> = rows.collect();
        self.block(&head, &rows)
    }

    pub(super) fn weights(&mut self, table: &Weights) -> String {
        let mut head = self.word(wording::WEIGHTS).to_owned();
        if let Some(of) = table.of {
            head = format!("{head} {}", self.expr(of, Tie::Where));
        }
        let (colon, and) = (self.word(wording::COLON), self.word(wording::LIST));
        let mut rows = Vec::new();
        for row in &table.rows {
            let names: Vec<_> = row.children.iter().map(|child| quoted(self.phrase.node_name(*child))).collect();
            let weights: Vec<_> = row.weights.iter().map(|weight| self.expr(*weight, Tie::Or)).collect();
            rows.push(format!("{}{colon}{}", names.join(and), weights.join(and)));
        }
        if let Some(other) = table.other {
            rows.push(format!("{}{colon}{}", self.word(wording::OTHER), self.expr(other, Tie::Or)));
        }
        self.block(&head, &rows)
    }

    pub(super) fn tally(&mut self, tally: &Tally) -> String {
        let mut head = self.word(if tally.deduct { wording::DEDUCT } else { wording::POINTS_FOR }).to_owned();
        for (word, end) in [(wording::TALLY_FROM, tally.from), (wording::TALLY_TO, tally.to)] {
            if let Some(end) = end {
                head = format!("{head} {}{}", self.word(word), self.expr(end, Tie::Sum));
            }
        }
        let rows: Vec<_> = tally.rows.iter().map(|row| self.tally_row(row)).collect();
        self.block(&head, &rows)
    }

    pub(super) fn tally_row(&mut self, row: &TallyRow) -> String {
        let (count, partial) = match &row.count {
            TallyCount::When(condition) => (self.expr(*condition, Tie::Where), None),
            TallyCount::Beyond { amount, side, limit, step, partial } => {
                let [amount, limit, step] = [*amount, *limit, *step].map(|id| self.expr(id, Tie::Sum));
                let side = self.word(wording::side(*side));
                let text =
                    format!("{amount}{side}{limit}{}{}{step}", self.word(wording::COMMA), self.word(wording::PER));
                (text, Some(*partial))
            }
            TallyCount::Per { items, step, partial } => {
                let partial = Some(*partial).filter(|_| !self.phrase.is_rows(*items));
                let (items, step) = (self.expr(*items, Tie::Where), self.step(*step));
                let text = format!("{items}{}{}{step}", self.word(wording::COMMA), self.word(wording::PER));
                (text, partial)
            }
        };
        let points = self.expr(row.points, Tie::Tail);
        let row = format!("{count}{}{points}", self.word(wording::COLON));
        match partial {
            Some(partial) => format!("{row}{}{}", self.word(wording::COMMA), self.word(wording::partial(partial))),
            None => row,
        }
    }

    /// A step; a bare count is said with a unit.
    fn step(&mut self, id: ExprId) -> String {
        let text = self.expr(id, Tie::Sum);
        let counts =
            |expr: &Expr| matches!(expr.kind, ExprKind::Literal(_)) && expr.ty.quantity() == Some(Quantity::Count);
        let bare = self.phrase.program.expr(id).is_some_and(counts);
        if bare { format!("{text}{}", wording::items(self.phrase.lang, &text)) } else { text }
    }

    pub(super) fn each(&mut self, each: &Each) -> String {
        let rows = self.expr(each.rows, Tie::Where);
        let share = match &each.share {
            Share::Even => self.word(wording::EVENLY).to_owned(),
            Share::Mean => self.word(wording::MEAN_OF).to_owned(),
            Share::Sum => self.word(wording::SUM_OF).to_owned(),
            Share::Column(column) => format!("{}{}", self.word(wording::FULL_EACH), self.expr(*column, Tie::Sum)),
            Share::Weighted(column) => format!("{}{}", self.word(wording::WEIGHTED), self.expr(*column, Tie::Sum)),
        };
        let head = format!("{}{rows}{}{share}", self.word(wording::EACH), self.word(wording::COMMA));
        let lines = self.body(each.body);
        self.block(&head, &lines)
    }

    fn body(&mut self, id: BodyId) -> Vec<String> {
        let Some(body) = self.phrase.program.body(id) else { return vec![UNKNOWN.to_owned()] };
        let colon = self.word(wording::COLON);
        let mut lines = Vec::new();
        for case in &body.cases {
            let (when, then) = (self.expr(case.when, Tie::Where), self.expr(case.then, Tie::Tail));
            lines.push(format!("{}{when}{colon}{then}", self.word(wording::WHEN)));
        }
        lines.extend(body.demands.iter().map(|demand| self.demand(demand)));
        for definition in body.lets.iter().filter_map(|id| self.phrase.program.definition(*id)) {
            lines.push(format!("{} = {}", quoted(&definition.name), self.expr(definition.value, Tie::Tail)));
        }
        let block = self.phrase.program.expr(body.result).is_some_and(|expr| is_block(&expr.kind));
        let result = self.expr(body.result, Tie::Tail);
        lines.push(if block { result } else { format!("{} = {result}", self.word(wording::SCORE)) });
        lines
    }

    fn demand(&mut self, demand: &Demand) -> String {
        let mut line = format!("{}{}", self.word(wording::REQUIRE), self.expr(demand.need, Tie::Where));
        if let Some(message) = &demand.message {
            line = format!("{line}{}“{message}”", self.word(wording::COLON));
        }
        let otherwise = match demand.otherwise {
            Otherwise::Verdict(verdict) => self.word(wording::verdict(verdict)).to_owned(),
            Otherwise::Value(value) => self.expr(value, Tie::Tail),
            Otherwise::Note => self.word(wording::NOTE).to_owned(),
        };
        format!("{line}{}{}{otherwise}", self.word(wording::COMMA), self.word(wording::OTHERWISE))
    }
}

fn is_block(kind: &ExprKind) -> bool {
    matches!(kind, ExprKind::Bands(_) | ExprKind::Tally(_) | ExprKind::Each(_) | ExprKind::Weights(_))
}
