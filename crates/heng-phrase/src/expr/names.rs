//! What is called by a name, and numbers that stand in the schema.

use heng_model::{
    ExprId, ExprKind, Number, Quantity, Type,
    expr::Compare,
    schema::{FieldId, Interval, Shape},
};

use crate::{
    Phrase,
    number::{Style, amount},
    wording::{self, UNKNOWN},
};

impl Phrase<'_> {
    /// What is called by a name, as a rule file writes it.
    pub(super) fn name_of(&self, id: ExprId, kind: &ExprKind) -> String {
        match kind {
            ExprKind::Field(field) => self.field_path(*field, quoted),
            ExprKind::Column { table, column, .. } => quoted(self.column(*table, *column)),
            ExprKind::Let(id) => self.program.definition(*id).map_or_else(unknown, |found| quoted(&found.name)),
            ExprKind::Argument(_) => self.argument(id).map_or_else(unknown, |name| quoted(name)),
            ExprKind::FullMarks => self.word(wording::FULL).to_owned(),
            ExprKind::Total => self.word(wording::TOTAL).to_owned(),
            ExprKind::Children => self.word(wording::CHILDREN).to_owned(),
            ExprKind::ChildScore(_) => self.word(wording::SCORE).to_owned(),
            ExprKind::ChildGrade(_) => self.word(wording::GRADE).to_owned(),
            ExprKind::Letters => self.grade_of(self.word(wording::CHILDREN)),
            ExprKind::GradeOf(node) => self.grade_of(&quoted(self.node_name(*node))),
            ExprKind::ScoreOf(node) => quoted(self.node_name(*node)),
            ExprKind::Rated(field) => self.rated(*field),
            _ => unknown(),
        }
    }

    fn grade_of(&self, what: &str) -> String {
        let [grade, open, close] = [wording::GRADE, wording::OPEN, wording::CLOSE].map(|pair| self.word(pair));
        format!("{grade}{open}{what}{close}")
    }

    fn rated(&self, field: FieldId) -> String {
        let word = self.word(wording::RATED);
        match self.program.schema.field(field).map(|field| &field.shape) {
            Some(Shape::Rating(rating)) => format!("{word} {}", self.number_range(&rating.band, rating.quantity)),
            _ => format!("{word} {UNKNOWN}"),
        }
    }

    /// A stretch between two numbers: `[60%, 80%)`.
    pub(crate) fn number_range(&self, interval: &Interval<Number>, quantity: Quantity) -> String {
        let say = |number: &Number| amount(number, quantity, self.lang, Style::Rule);
        match (&interval.low, &interval.high) {
            (Some(low), Some(high)) => {
                let (open, close) = (if low.closed { '[' } else { '(' }, if high.closed { ']' } else { ')' });
                format!("{open}{}, {}{close}", say(&low.at), say(&high.at))
            }
            (Some(end), None) => format!("{} {}", self.word(wording::compare(edge(true, end.closed))), say(&end.at)),
            (None, Some(end)) => format!("{} {}", self.word(wording::compare(edge(false, end.closed))), say(&end.at)),
            (None, None) => self.word(wording::OTHER).to_owned(),
        }
    }

    /// Whether an expression yields rows.
    pub(crate) fn is_rows(&self, id: ExprId) -> bool {
        self.program.expr(id).is_some_and(|expr| matches!(expr.ty, Type::Rows(_)))
    }

    /// A rounding without what is rounded: `保留2位`.
    pub(crate) fn rounding_tail(&self, id: ExprId) -> String {
        match self.program.expr(id).map(|expr| &expr.kind) {
            Some(ExprKind::Round { places, mode, unit, .. }) => {
                wording::round(*places, *mode, self.round_unit(unit), self.lang)
            }
            _ => unknown(),
        }
    }

    /// The unit named by a rounding tail; empty for the base unit.
    fn round_unit(&self, unit: &Number) -> &'static str {
        let units = [(Number::scaled(1, 2), wording::PERCENT), (Number::from(10_000), wording::WAN)];
        let named = units.into_iter().chain([(Number::from(100_000_000), wording::YI)]);
        named.into_iter().find(|(size, _)| size == unit).map_or("", |(_, word)| self.word(word))
    }
}

fn unknown() -> String {
    UNKNOWN.to_owned()
}

/// The sign of an open-ended range.
pub(super) fn edge(low: bool, closed: bool) -> Compare {
    match (low, closed) {
        (true, true) => Compare::AtLeast,
        (true, false) => Compare::Greater,
        (false, true) => Compare::AtMost,
        (false, false) => Compare::Less,
    }
}

/// A name as an expression writes it: in 「」 when it could be taken for something else.
pub(crate) fn quoted(name: &str) -> String {
    let starts = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
    let plain = starts && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if (plain && !wording::is_reserved(name)) || is_letter(name) { name.to_owned() } else { format!("「{name}」") }
}

/// A letter with its sign, B+ or D-, which a rule file writes as it is.
fn is_letter(name: &str) -> bool {
    matches!(name.as_bytes(), [b'A'..=b'Z', b'+' | b'-'])
}
