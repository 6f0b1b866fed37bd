//! 分档 with one subject, decided exactly: the ends of its rows cut the line into points and open
//! stretches; each of them is asked which row takes it first. What no row takes is a gap, a row
//! that takes nothing is unreachable, and two closed ranges that share a value overlap. Every
//! finding names a value.

mod cut;

use std::collections::BTreeSet;

use heng_diag::{Diagnostic, Sources, Span};
use heng_model::{
    ExprId, ExprKind, NodeId, Number, Program, Quantity, Type, Value,
    expr::{BandCell, BandRow, Bands},
    schema::Interval,
};
use heng_phrase::Phrase;

use super::{
    constant::{constant, constant_range},
    domain,
    letters::{self, Homes},
    span,
};
use crate::{Aim, Goal, wording};

/// Checks every 分档 of the program.
pub fn check(
    program: &Program,
    sources: &Sources,
    homes: &Homes,
    diagnostics: &mut Vec<Diagnostic>,
    aims: &mut Vec<Aim>,
) {
    for (id, expr) in (0u32..).map(ExprId).zip(&program.exprs) {
        let ExprKind::Bands(bands) = &expr.kind else { continue };
        let [subject] = bands.subjects.as_slice() else { continue };
        match program.expr(*subject).map(|subject| &subject.ty) {
            Some(Type::Quantity(quantity)) => {
                let table =
                    Table { program, sources, bands, subject: *subject, quantity: *quantity, place: span(expr.at) };
                table.check(diagnostics, aims);
            }
            Some(Type::Word(_) | Type::Bool) => {
                words(program, bands, *subject, homes.get(&id).copied(), span(expr.at), diagnostics, aims);
            }
            _ => {}
        }
    }
}

/// A piece of the line: a point, or the open stretch between two neighbouring ends.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Point(Number),
    Stretch(Option<Number>, Option<Number>),
}

struct Table<'a> {
    program: &'a Program,
    sources: &'a Sources,
    bands: &'a Bands,
    subject: ExprId,
    quantity: Quantity,
    place: Span,
}

impl Table<'_> {
    fn check(&self, diagnostics: &mut Vec<Diagnostic>, aims: &mut Vec<Aim>) {
        let Some(rows) = self.rows() else { return };
        let domain = domain::of(self.program, self.subject);
        let pieces: Vec<Piece> =
            self.pieces(&rows, &domain).into_iter().filter(|piece| self.possible(piece, &domain)).collect();
        let first: Vec<Option<usize>> =
            pieces.iter().map(|piece| rows.iter().position(|row| row.takes(piece))).collect();
        self.gaps(&pieces, &first, diagnostics, aims);
        // A year that is fixed for the pack meets one row; the others are for the other years.
        if constant(self.program, self.subject, None).is_none() {
            self.unreachable(&rows, &first, diagnostics);
        }
        self.overlaps(&rows, &pieces, diagnostics, aims);
        self.cuts(&rows, &pieces, diagnostics, aims);
    }

    /// What each row takes; none when a row's ends are not constants.
    fn rows(&self) -> Option<Vec<Takes>> {
        self.bands.rows.iter().map(|row| self.row(row)).collect()
    }

    fn row(&self, row: &BandRow) -> Option<Takes> {
        let known = |id: ExprId| constant(self.program, id, None);
        match row.cells.first()? {
            BandCell::Other => Some(Takes::All),
            BandCell::State(_) => Some(Takes::Nothing),
            BandCell::When(_) | BandCell::List(_) => None,
            BandCell::OneOf(values) => {
                values.iter().map(|value| known(*value)).collect::<Option<Vec<_>>>().map(Takes::Points)
            }
            BandCell::Range(range) => constant_range(self.program, range).map(Takes::Range),
        }
    }

    fn pieces(&self, rows: &[Takes], domain: &Interval<Number>) -> Vec<Piece> {
        let mut ends: BTreeSet<Number> = rows.iter().flat_map(Takes::ends).collect();
        ends.extend([&domain.low, &domain.high].into_iter().flatten().map(|end| end.at.clone()));
        let mut pieces = Vec::new();
        let mut last: Option<Number> = None;
        for end in ends {
            pieces.push(Piece::Stretch(last, Some(end.clone())));
            pieces.push(Piece::Point(end.clone()));
            last = Some(end);
        }
        pieces.push(Piece::Stretch(last, None));
        pieces
    }

    /// Whether the subject can have a value in the piece: inside its domain, and whole where it counts.
    fn possible(&self, piece: &Piece, domain: &Interval<Number>) -> bool {
        if !domain.contains(&piece.sample()) {
            return false;
        }
        match (self.quantity, piece) {
            (Quantity::Count | Quantity::Year, Piece::Point(at)) => at.to_i64().is_some(),
            (Quantity::Count | Quantity::Year, Piece::Stretch(Some(low), Some(high))) => {
                &low.floor() + &Number::ONE < *high
            }
            _ => true,
        }
    }

    fn gaps(&self, pieces: &[Piece], first: &[Option<usize>], diagnostics: &mut Vec<Diagnostic>, aims: &mut Vec<Aim>) {
        let phrase = Phrase::new(self.program, heng_diag::Lang::Zh);
        let mut before: Option<usize> = None;
        let mut open = false;
        for (index, (piece, taken)) in pieces.iter().zip(first).enumerate() {
            if taken.is_some() {
                before = *taken;
                open = false;
                continue;
            }
            if open {
                continue;
            }
            open = true;
            let rest = pieces.get(index..).unwrap_or_default().iter().zip(first.get(index..).unwrap_or_default());
            let run: Vec<&Piece> = rest.take_while(|(_, taken)| taken.is_none()).map(|(piece, _)| piece).collect();
            let after = first.get(index + run.len()).copied().flatten();
            let number = |number: &Number| phrase.number(number, self.quantity);
            let witness = number(&piece.sample());
            let stretch = describe(&run, &number);
            let single = run.len() == 1 && matches!(piece, Piece::Point(_));
            let (above, below) =
                (before.and_then(|row| self.bands.rows.get(row)), after.and_then(|row| self.bands.rows.get(row)));
            let mut found = wording::band_gap(self.place, &stretch, &witness, single);
            for row in [above, below].into_iter().flatten() {
                found = found.other(span(row.at), heng_diag::Text::same(phrase.band(row, &self.bands.subjects)));
            }
            if single {
                found = self.close_gap(found, piece, above, below);
            }
            aims.push(aim(&found, self.place, self.subject, Value::Number(piece.sample())));
            diagnostics.push(found);
        }
    }

    /// A gap of one point is closed by including an end that lies on it.
    fn close_gap(
        &self,
        found: Diagnostic,
        piece: &Piece,
        above: Option<&BandRow>,
        below: Option<&BandRow>,
    ) -> Diagnostic {
        let Piece::Point(point) = piece else { return found };
        for row in [below, above].into_iter().flatten() {
            let Some(BandCell::Range(range)) = row.cells.first() else { continue };
            for (end, low) in [(&range.low, true), (&range.high, false)] {
                let Some(end) = end else { continue };
                if end.closed || constant(self.program, end.at, None).as_ref() != Some(point) {
                    continue;
                }
                if let Some((sign, replacement)) = self.sign_at(row, end.at, low) {
                    return found.fix(wording::include_end(), sign, replacement);
                }
            }
        }
        found
    }

    /// The sign that belongs to an end, and what includes the end instead.
    fn sign_at(&self, row: &BandRow, end: ExprId, low: bool) -> Option<(Span, &'static str)> {
        let row_span = span(row.at);
        let at = span(self.program.expr(end)?.at);
        let before = Span { end: at.start, ..row_span };
        let text = self.sources.slice(before);
        let signs: &[(&str, &str)] = if low {
            &[
                (">", "≥"),
                ("＞", "≥"),
                ("(", "["),
                ("（", "["),
                ("超过", "不低于"),
                ("高于", "不低于"),
                ("above", "at_least"),
            ]
        } else {
            &[("<", "≤"), ("＜", "≤"), ("低于", "不超过"), ("不满", "不超过"), ("不足", "不超过"), ("below", "at_most")]
        };
        for (sign, replacement) in signs {
            if let Some(stripped) = text.trim_end().strip_suffix(sign) {
                let start = row_span.start + u32::try_from(stripped.len()).ok()?;
                let end = start + u32::try_from(sign.len()).ok()?;
                return Some((Span { file: row_span.file, start, end }, replacement));
            }
        }
        let after = self.sources.slice(Span { start: at.end, ..row_span });
        let close = after.chars().next().filter(|_| !low).filter(|sign| matches!(sign, ')' | '）'))?;
        let end = at.end + u32::try_from(close.len_utf8()).ok()?;
        Some((Span { file: at.file, start: at.end, end }, "]"))
    }

    fn unreachable(&self, rows: &[Takes], first: &[Option<usize>], diagnostics: &mut Vec<Diagnostic>) {
        for (index, (takes, row)) in rows.iter().zip(&self.bands.rows).enumerate() {
            let state = matches!(takes, Takes::Nothing);
            let spare = matches!(takes, Takes::All);
            if !state && !spare && !first.contains(&Some(index)) {
                diagnostics.push(wording::band_unreachable(span(row.at)));
            }
        }
    }

    /// Two rows that each name both ends may not share a value.
    fn overlaps(&self, rows: &[Takes], pieces: &[Piece], diagnostics: &mut Vec<Diagnostic>, aims: &mut Vec<Aim>) {
        let phrase = Phrase::new(self.program, heng_diag::Lang::Zh);
        for (later, takes) in rows.iter().enumerate() {
            if !takes.two_sided() {
                continue;
            }
            for (earlier, other) in rows.iter().enumerate().take(later) {
                let shared = || pieces.iter().find(|piece| takes.takes(piece) && other.takes(piece));
                if !other.two_sided() {
                    continue;
                }
                if let (Some(piece), Some(row), Some(first)) =
                    (shared(), self.bands.rows.get(later), self.bands.rows.get(earlier))
                {
                    let witness = phrase.number(&piece.sample(), self.quantity);
                    let found = wording::band_overlap(
                        span(row.at),
                        span(first.at),
                        &witness,
                        &phrase.expr(first.value),
                        &phrase.expr(row.value),
                    );
                    aims.push(aim(&found, span(row.at), self.subject, Value::Number(piece.sample())));
                    diagnostics.push(self.open_end(found, row, first, piece));
                    break;
                }
            }
        }
    }

    /// An overlap in one point is mended by leaving out the end of the row that comes later.
    fn open_end(&self, found: Diagnostic, row: &BandRow, first: &BandRow, piece: &Piece) -> Diagnostic {
        let Piece::Point(point) = piece else { return found };
        let _ = first;
        let Some(BandCell::Range(range)) = row.cells.first() else { return found };
        for (end, low) in [(&range.low, true), (&range.high, false)] {
            let Some(end) = end else { continue };
            if !end.closed || constant(self.program, end.at, None).as_ref() != Some(point) {
                continue;
            }
            let at = self.program.expr(end.at).map(|end| span(end.at)).unwrap_or_default();
            let row_span = span(row.at);
            if low {
                let text = self.sources.slice(Span { end: at.start, ..row_span });
                if let Some(sign) = text.trim_end().chars().next_back().filter(|sign| matches!(sign, '[' | '［')) {
                    let end = row_span.start + u32::try_from(text.trim_end().len()).unwrap_or(0);
                    let start = end - u32::try_from(sign.len_utf8()).unwrap_or(0);
                    return found.fix(wording::exclude_end(), Span { start, end, ..row_span }, "(");
                }
            } else if let Some(sign) = self
                .sources
                .slice(Span { start: at.end, ..row_span })
                .chars()
                .next()
                .filter(|sign| matches!(sign, ']' | '］'))
            {
                let end = at.end + u32::try_from(sign.len_utf8()).unwrap_or(0);
                return found.fix(wording::exclude_end(), Span { start: at.end, end, ..row_span }, ")");
            }
        }
        found
    }
}

/// Facts in which the subject has the value that a finding names.
fn aim(found: &Diagnostic, at: Span, subject: ExprId, value: Value) -> Aim {
    Aim { code: found.code, title: found.title.clone(), at, goal: Goal::Values(vec![(subject, value)]) }
}

/// What a row takes of the line.
enum Takes {
    All,
    Nothing,
    Points(Vec<Number>),
    Range(Interval<Number>),
}

impl Takes {
    fn takes(&self, piece: &Piece) -> bool {
        match (self, piece) {
            (Takes::All, _) => true,
            (Takes::Nothing, _) => false,
            (Takes::Points(points), Piece::Point(at)) => points.contains(at),
            (Takes::Points(_), Piece::Stretch(..)) => false,
            (Takes::Range(range), piece) => range.contains(&piece.sample()),
        }
    }

    fn ends(&self) -> Vec<Number> {
        match self {
            Takes::All | Takes::Nothing => Vec::new(),
            Takes::Points(points) => points.clone(),
            Takes::Range(range) => [&range.low, &range.high].into_iter().flatten().map(|end| end.at.clone()).collect(),
        }
    }

    fn two_sided(&self) -> bool {
        matches!(self, Takes::Range(Interval { low: Some(_), high: Some(_) }))
    }
}

impl Piece {
    /// A value in the piece, as round as can be had.
    fn sample(&self) -> Number {
        match self {
            Piece::Point(at) => at.clone(),
            Piece::Stretch(None, None) => Number::ZERO,
            Piece::Stretch(Some(low), None) => low + &Number::ONE,
            Piece::Stretch(None, Some(high)) => high - &Number::ONE,
            Piece::Stretch(Some(low), Some(high)) => {
                let middle = &(low + high) * &Number::scaled(5, 1);
                let round = (0..8).map(|places| middle.round(places, heng_model::Rounding::HalfUp));
                round.into_iter().find(|value| value > low && value < high).unwrap_or(middle)
            }
        }
    }
}

fn describe(run: &[&Piece], number: &dyn Fn(&Number) -> String) -> String {
    let low = match run.first() {
        Some(Piece::Point(at)) => format!("[{}", number(at)),
        Some(Piece::Stretch(Some(low), _)) => format!("({}", number(low)),
        _ => "(−∞".to_owned(),
    };
    let high = match run.last() {
        Some(Piece::Point(at)) => format!("{}]", number(at)),
        Some(Piece::Stretch(_, Some(high))) => format!("{})", number(high)),
        _ => "+∞)".to_owned(),
    };
    format!("{low}, {high}")
}

/// A 分档 over a choice or yes/no: every word needs a row, and a word is named once.
fn words(
    program: &Program,
    bands: &Bands,
    subject: ExprId,
    home: Option<NodeId>,
    place: Span,
    diagnostics: &mut Vec<Diagnostic>,
    aims: &mut Vec<Aim>,
) {
    let possible = letters::possible(program, home, subject);
    let words: Vec<Value> = match program.expr(subject).map(|subject| &subject.ty) {
        Some(Type::Word(_)) if possible.is_some() => possible.into_iter().flatten().map(Value::Text).collect(),
        Some(Type::Word(Some(list))) => match program.schema.choice(*list) {
            Some(list) => list.words.iter().map(|word| Value::Text(word.clone())).collect(),
            None => return,
        },
        Some(Type::Bool) => vec![Value::Bool(true), Value::Bool(false)],
        _ => return,
    };
    let mut seen: Vec<(Value, Span)> = Vec::new();
    for row in &bands.rows {
        match row.cells.first() {
            Some(BandCell::Other) => return,
            Some(BandCell::OneOf(values)) => {
                for value in values {
                    let Some(ExprKind::Literal(value)) = program.expr(*value).map(|value| &value.kind) else { return };
                    match seen.iter().find(|(known, _)| known == value) {
                        Some((_, first)) => diagnostics.push(wording::word_twice(span(row.at), *first, &shown(value))),
                        None => seen.push((value.clone(), span(row.at))),
                    }
                }
            }
            Some(BandCell::State(_)) | None => {}
            Some(_) => return,
        }
    }
    let missing: Vec<&Value> = words.iter().filter(|word| !seen.iter().any(|(known, _)| known == *word)).collect();
    if let Some(first) = missing.first() {
        let found = wording::word_missing(place, &missing.iter().copied().map(shown).collect::<Vec<_>>().join("、"));
        aims.push(aim(&found, place, subject, (*first).clone()));
        diagnostics.push(found);
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Bool(true) => "是".to_owned(),
        Value::Bool(false) => "否".to_owned(),
        Value::Text(text) => text.to_string(),
        _ => String::new(),
    }
}
