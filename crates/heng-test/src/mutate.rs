//! Wrong rules on purpose: would the cases notice? Each mutant changes one thing of the program, as a
//! slip of the pen would: a threshold by one unit of its last place, ≥ for >, points between
//! neighbours, a row, a line, a cap or a rounding left out, a fraction upside down.

use heng_diag::Text;
use heng_model::{
    Name, NodeId, Number, Program, Quantity, Value,
    expr::{Arith, BandCell, Compare, Expr, ExprId, ExprKind, SourceRef, TallyCount},
    program::BodyId,
    schema::Interval,
};

use crate::reach::Reach;

mod equal;

/// The mutants of a program.
#[derive(Clone, Debug, Default)]
pub struct Mutants {
    /// Those that cases should notice.
    pub wrong: Vec<Mutant>,
    /// Those that are proven to be the same rule in other words; no case can notice them.
    pub equal: Vec<Mutant>,
}

/// One wrong rule.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What was changed, for people.
    pub what: Text,
    /// Where.
    pub at: SourceRef,
    /// The row of the table it belongs to, where it belongs to one.
    pub node: Option<NodeId>,
    edit: Edit,
}

#[derive(Clone, Debug)]
enum Edit {
    Expr(ExprId, ExprKind),
    Full(Vec<(NodeId, Number)>),
    DropCase(BodyId, usize),
    DropDemand(BodyId, usize),
}

impl Mutant {
    /// The wrong program.
    #[must_use]
    pub fn apply(&self, program: &Program) -> Program {
        let mut wrong = program.clone();
        match &self.edit {
            Edit::Expr(id, kind) => {
                if let Some(expr) = wrong.exprs.get_mut(id.0 as usize) {
                    expr.kind = kind.clone();
                }
            }
            Edit::Full(points) => {
                for (id, full) in points {
                    if let Some(node) = wrong.nodes.get_mut(id.0 as usize) {
                        node.full = full.clone();
                    }
                }
            }
            Edit::DropCase(body, index) => {
                if let Some(body) = wrong.bodies.get_mut(body.0 as usize) {
                    body.cases.remove(*index);
                }
            }
            Edit::DropDemand(body, index) => {
                if let Some(body) = wrong.bodies.get_mut(body.0 as usize) {
                    body.demands.remove(*index);
                }
            }
        }
        wrong
    }
}

/// All mutants of a program. `texts` are its rule files, for the last place of written numbers.
#[must_use]
pub fn mutants(program: &Program, texts: &[String]) -> Mutants {
    let reach = Reach::of(program);
    let mut maker = Maker { program, texts, reach: &reach, mutants: Vec::new() };
    for id in &reach.exprs {
        if let Some(expr) = program.expr(*id) {
            maker.expr(*id, expr);
        }
    }
    for id in &reach.bodies {
        maker.body(*id);
    }
    maker.points();
    maker.mutants.sort_by_key(|mutant| (mutant.at.file, mutant.at.start));
    let (equal, wrong) = maker.mutants.into_iter().partition(|mutant| equal::is_equal(program, mutant));
    Mutants { wrong, equal }
}

struct Maker<'a> {
    program: &'a Program,
    texts: &'a [String],
    reach: &'a Reach,
    mutants: Vec<Mutant>,
}

impl Maker<'_> {
    fn add(&mut self, owner: ExprId, at: SourceRef, edit: Edit, what: Text) {
        let node = self.reach.owner.get(&owner).copied().flatten();
        self.mutants.push(Mutant { what, at, node, edit });
    }

    /// The rule text at a place.
    fn text(&self, at: SourceRef) -> &str {
        let file = self.texts.get(usize::from(at.file)).map_or("", String::as_str);
        file.get(at.start as usize..at.end as usize).unwrap_or("")
    }

    fn replace(&mut self, id: ExprId, at: SourceRef, kind: ExprKind, zh: &str, en: &str) {
        let text = self.text(at).split_whitespace().collect::<Vec<_>>().join(" ");
        let what = Text::new(format!("{zh}：{text}"), format!("{en}: {text}"));
        self.add(id, at, Edit::Expr(id, kind), what);
    }

    fn expr(&mut self, id: ExprId, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(Value::Number(number)) => self.nudge(id, expr, number),
            ExprKind::Compare(compare, a, b) => {
                if let Some(other) = flipped(*compare) {
                    self.replace(
                        id,
                        expr.at,
                        ExprKind::Compare(other, *a, *b),
                        "含与不含对调",
                        "included for excluded",
                    );
                }
            }
            ExprKind::InRange(value, range) => self.ends(id, expr.at, range, |range| ExprKind::InRange(*value, range)),
            ExprKind::Arith(Arith::Divide, a, b) => {
                self.replace(
                    id,
                    expr.at,
                    ExprKind::Arith(Arith::Divide, *b, *a),
                    "分子分母对调",
                    "fraction upside down",
                );
            }
            ExprKind::Limit { value, .. } => self.bypass(id, expr.at, *value, "去掉上下限", "bound left out"),
            ExprKind::Round { value, .. } => self.bypass(id, expr.at, *value, "去掉取整", "rounding left out"),
            ExprKind::Bands(bands) => self.bands(id, bands),
            ExprKind::Tally(tally) => {
                for (index, row) in tally.rows.iter().enumerate() {
                    let mut left = tally.clone();
                    left.rows.remove(index);
                    self.replace(id, row.at, ExprKind::Tally(left), "漏掉一行", "row left out");
                    self.partial(id, tally, index);
                }
            }
            _ => {}
        }
    }

    /// Puts a part in the place of the whole.
    fn bypass(&mut self, id: ExprId, at: SourceRef, part: ExprId, zh: &str, en: &str) {
        if let Some(part) = self.program.expr(part) {
            self.replace(id, at, part.kind.clone(), zh, en);
        }
    }

    fn bands(&mut self, id: ExprId, bands: &heng_model::expr::Bands) {
        for (index, row) in bands.rows.iter().enumerate() {
            if bands.rows.len() > 1 {
                let mut left = bands.clone();
                left.rows.remove(index);
                self.replace(id, row.at, ExprKind::Bands(left), "漏掉一档", "band left out");
            }
            for (column, cell) in row.cells.iter().enumerate() {
                if let BandCell::Range(range) = cell {
                    self.ends(id, row.at, range, |range| {
                        let mut other = bands.clone();
                        let cell = other.rows.get_mut(index).and_then(|row| row.cells.get_mut(column));
                        if let Some(cell) = cell {
                            *cell = BandCell::Range(range);
                        }
                        ExprKind::Bands(other)
                    });
                }
            }
        }
    }

    /// A part of a step counts as its share instead of nothing, or the other way round.
    fn partial(&mut self, id: ExprId, tally: &heng_model::expr::Tally, index: usize) {
        use heng_model::expr::StepRounding::{ProRata, Up, Whole};
        let mut other = tally.clone();
        let Some(row) = other.rows.get_mut(index) else { return };
        let at = row.at;
        if let TallyCount::Beyond { partial, .. } | TallyCount::Per { partial, .. } = &mut row.count {
            *partial = match partial {
                Whole => ProRata,
                ProRata | Up => Whole,
            };
            self.replace(id, at, ExprKind::Tally(other), "换一种取整方式", "another way to count part of a step");
        }
    }

    /// Either end of a range, included for excluded.
    fn ends(
        &mut self,
        id: ExprId,
        at: SourceRef,
        range: &Interval<ExprId>,
        mut make: impl FnMut(Interval<ExprId>) -> ExprKind,
    ) {
        for low in [true, false] {
            let mut other = range.clone();
            let end = if low { &mut other.low } else { &mut other.high };
            if let Some(end) = end {
                end.closed = !end.closed;
                let kind = make(other);
                let (zh, en) = if low { ("下端", "lower end") } else { ("上端", "upper end") };
                self.replace(id, at, kind, &format!("{zh}含与不含对调"), &format!("{en} included for excluded"));
            }
        }
    }

    fn nudge(&mut self, id: ExprId, expr: &Expr, number: &Number) {
        let unit = last_place(self.text(expr.at), expr.ty.quantity());
        for (sign, up) in [("+", true), ("−", false)] {
            let moved = if up { number + &unit } else { number - &unit };
            let text = self.text(expr.at).to_owned();
            let what = Text::new(format!("{text} {sign} 末位1"), format!("{text} {sign} 1 in the last place"));
            self.add(id, expr.at, Edit::Expr(id, ExprKind::Literal(Value::Number(moved))), what);
        }
    }

    fn body(&mut self, id: BodyId) {
        let Some(body) = self.program.body(id) else { return };
        let node = self.reach.body_owner.get(&id).copied().flatten();
        let lines = body.cases.iter().map(|case| (case.at, true)).enumerate();
        let demands = body.demands.iter().map(|demand| (demand.at, false)).enumerate();
        for (index, (at, case)) in lines.chain(demands) {
            let text = self.text(at).split_whitespace().collect::<Vec<_>>().join(" ");
            let what = Text::new(format!("漏掉一行：{text}"), format!("line left out: {text}"));
            let edit = if case { Edit::DropCase(id, index) } else { Edit::DropDemand(id, index) };
            self.mutants.push(Mutant { what, at, node, edit });
        }
    }

    /// Points moved from a row to the next beside it, where the score depends on 满分.
    fn points(&mut self) {
        for (_, parent) in self.program.tree() {
            let rows: Vec<NodeId> = parent.children.iter().copied().filter(|id| self.uses_full(*id)).collect();
            for pair in rows.windows(2) {
                if let [first, second] = pair
                    && let (Some(a), Some(b)) = (self.program.node(*first), self.program.node(*second))
                {
                    let points = vec![(*first, &a.full + &Number::ONE), (*second, &b.full - &Number::ONE)];
                    let what = Text::new(
                        format!("挪1分：{}给{}", b.name, a.name),
                        format!("one point moved from {} to {}", b.name, a.name),
                    );
                    self.mutants.push(Mutant { what, at: a.at, node: Some(*first), edit: Edit::Full(points) });
                }
            }
        }
    }

    fn uses_full(&self, id: NodeId) -> bool {
        let of_node = |(_, owner): &(&ExprId, &Option<NodeId>)| **owner == Some(id);
        let reads = |kind: &ExprKind| match kind {
            ExprKind::FullMarks | ExprKind::Each(_) => true,
            ExprKind::Weights(table) => table.of.is_none(),
            ExprKind::Tally(tally) => tally.deduct && tally.from.is_none(),
            _ => false,
        };
        let node = self.program.node(id);
        node.is_some_and(|node| node.body.is_some())
            && self
                .reach
                .owner
                .iter()
                .filter(of_node)
                .any(|(id, _)| self.program.expr(*id).is_some_and(|e| reads(&e.kind)))
    }
}

fn flipped(compare: Compare) -> Option<Compare> {
    match compare {
        Compare::Less => Some(Compare::AtMost),
        Compare::AtMost => Some(Compare::Less),
        Compare::Greater => Some(Compare::AtLeast),
        Compare::AtLeast => Some(Compare::Greater),
        Compare::Equal | Compare::NotEqual => None,
    }
}

/// One unit of the last place of a number as it is written, in the base unit of its type.
fn last_place(text: &str, quantity: Option<Quantity>) -> Number {
    let decimals = text.split_once('.').map_or(0, |(_, rest)| rest.chars().take_while(char::is_ascii_digit).count());
    let unit = if text.contains('%')
        || text.contains('％')
        || text.contains("百分点")
        || text.contains("point") && quantity == Some(Quantity::PercentPoint)
    {
        Number::scaled(1, 2)
    } else if text.contains('亿') {
        Number::from(100_000_000)
    } else if text.contains('万') {
        Number::from(10_000)
    } else {
        Number::ONE
    };
    &unit * &Number::scaled(1, u32::try_from(decimals).unwrap_or(0))
}

/// The literals of a program that are numbers of the same quantity, for those who look for cases.
pub(crate) fn literals(program: &Program, quantity: Quantity) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    for expr in &program.exprs {
        if let ExprKind::Literal(Value::Number(number)) = &expr.kind
            && expr.ty.quantity() == Some(quantity)
            && !found.contains(number)
        {
            found.push(number.clone());
        }
    }
    found
}

/// The name of the row a mutant belongs to.
#[must_use]
pub fn row_name(program: &Program, mutant: &Mutant) -> Option<Name> {
    mutant.node.and_then(|id| program.node(id)).map(|node| node.name.clone())
}
