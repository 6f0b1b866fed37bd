//! The sheet of a table. Sums stand above the heads, since a row below them would be read as a record.

use heng_model::{
    Cell, FieldId, Name, Number, State, Type,
    facts::TableFacts,
    schema::{Column, Field},
};
use heng_sheet::lines;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::{Writer, checks};
use crate::{
    book::{self, cell_text, column_name},
    wording,
};

/// Rows made ready for records that are still to come.
const SPARE: u32 = 20;

/// Where things stand: title, remark, then what holds for the table as a whole, sums, and the head.
const STATE_ROW: u32 = 2;
const SOURCE_ROW: u32 = 3;
const BASIS_ROW: u32 = 4;
const SUM_ROW: u32 = 5;
pub(super) const HEAD_ROW: u32 = 6;

/// What stands beside the value of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    State,
    Evidence,
    Reason,
    Source,
    Basis,
}

pub(super) fn write(
    writer: &Writer,
    page: &mut Worksheet,
    (id, field): (FieldId, &Field),
    facts: &TableFacts,
    places: &mut checks::Places,
) -> Result<(), XlsxError> {
    let Some(table) = field.table() else { return Ok(()) };
    let columns: Vec<(u16, &Column)> =
        (0u16..).zip(&table.columns).filter(|(_, column)| column.formula.is_none()).collect();
    let width = u16::try_from(columns.len()).unwrap_or(1);
    let last = width.saturating_sub(1).max(3);
    page.merge_range(0, 0, 0, last, &field.dotted(), &writer.looks.title)?;
    page.set_row_height(0, 28)?;
    page.merge_range(1, 0, 1, last, &remark(writer, field), &writer.looks.note)?;
    page.set_row_height(1, 34)?;
    let shared = Shared::of(facts);
    shared.write(writer, page)?;
    let filled = u32::try_from(facts.rows.len()).unwrap_or(0);
    let spare = if writer.facts.is_some() { 0 } else { SPARE.max(table.least_rows) };
    let bottom = HEAD_ROW + (filled + spare).max(1);
    for ((at, column), position) in columns.iter().zip(0u16..) {
        let unit = wording::units(writer.lang, &column.ty).first().copied().unwrap_or_default();
        head(writer, page, (position, column), unit, table.key == Some(*at))?;
        let from = (HEAD_ROW + 1, position);
        writer.limit(page, from, (bottom, position), &column.ty, column.traits.domain.as_ref())?;
        if table.key != Some(*at) {
            sum(writer, page, (*at, column), position, bottom, facts)?;
        }
        places.column((id, *at), &name(field), position, bottom);
    }
    for (row, at) in facts.rows.iter().zip(HEAD_ROW + 1..) {
        record(writer, page, at, row, &columns)?;
    }
    for at in HEAD_ROW + 1 + filled..=bottom {
        if facts.state == Some(State::None) && at == HEAD_ROW + 1 {
            page.write_string_with_format(at, 0, writer.phrase.state(State::None), &writer.looks.input)?;
            continue;
        }
        for ((_, column), position) in columns.iter().zip(0u16..) {
            let format = if column.traits.optional { &writer.looks.input } else { &writer.looks.required };
            writer.put(page, (at, position), &column.ty, None, format)?;
        }
    }
    beside(writer, page, &columns, (facts, &shared), (width, bottom))?;
    book::print_wide(page, HEAD_ROW, writer.lang)?;
    page.set_freeze_panes(HEAD_ROW + 1, 1)?;
    Ok(())
}

fn name(field: &Field) -> String {
    super::short_name(&field.dotted())
}

fn remark(writer: &Writer, field: &Field) -> String {
    let mut parts = vec![writer.word(wording::HOW_TO_FILL_ROWS).to_owned()];
    if let Some(table) = field.table() {
        parts.extend(wording::row_limits(writer.lang, table.least_rows, table.most_rows));
    }
    parts.extend(field.traits.note.iter().map(ToString::to_string));
    parts.extend(field.traits.source.iter().map(ToString::to_string));
    parts.join(writer.word(wording::SEMICOLON))
}

/// What holds for the table as a whole: its state, and the paper and basis that all its cells share.
#[derive(Default)]
struct Shared {
    state: Option<State>,
    paper: Option<Name>,
    assumed: bool,
}

impl Shared {
    fn of(facts: &TableFacts) -> Shared {
        let state = facts.state.filter(|state| !matches!(state, State::None | State::Missing));
        if facts.rows.is_empty() {
            let none = facts.state == Some(State::None);
            let origin = &facts.origin;
            return Shared { state, paper: origin.paper.clone().filter(|_| none), assumed: origin.assumed && none };
        }
        let mut given =
            facts.rows.iter().flatten().filter(|cell| cell.value.is_some() || cell.state != Some(State::Missing));
        let first = given.next().map(|cell| &cell.origin);
        let paper = first.and_then(|first| first.paper.clone());
        let assumed = first.is_some_and(|first| first.assumed);
        let rest: Vec<&Cell> = given.collect();
        Shared {
            state,
            paper: paper.filter(|paper| rest.iter().all(|cell| cell.origin.paper.as_ref() == Some(paper))),
            assumed: assumed && rest.iter().all(|cell| cell.origin.assumed),
        }
    }

    fn write(&self, writer: &Writer, page: &mut Worksheet) -> Result<(), XlsxError> {
        let assumed = self.assumed.then(|| writer.word(wording::ASSUMED).to_owned());
        let lines = [
            (STATE_ROW, wording::STATE, self.state.map(|state| writer.phrase.state(state).to_owned())),
            (SOURCE_ROW, wording::SOURCE, self.paper.as_ref().map(ToString::to_string)),
            (BASIS_ROW, wording::BASIS_OF_ONE, assumed),
        ];
        for (row, label, text) in lines {
            match text {
                Some(text) => {
                    page.write_string_with_format(row, 0, writer.word(label), &writer.looks.head)?;
                    page.write_string_with_format(row, 1, text, &writer.looks.input)?;
                }
                None => {
                    page.set_row_hidden(row)?;
                }
            }
        }
        Ok(())
    }
}

fn head(
    writer: &Writer,
    page: &mut Worksheet,
    (position, column): (u16, &Column),
    unit: &str,
    is_key: bool,
) -> Result<(), XlsxError> {
    let text = if unit.is_empty() { column.name.to_string() } else { wording::noted(writer.lang, &column.name, unit) };
    page.write_string_with_format(HEAD_ROW, position, &text, &writer.looks.head)?;
    let note = writer.note(&column.ty, column.traits.domain.as_ref(), &column.traits);
    let must = if column.traits.optional { wording::OPTIONAL } else { wording::MUST };
    let note = format!("{}{}{note}", writer.word(must), writer.word(wording::SEMICOLON));
    page.insert_note(HEAD_ROW, position, &rust_xlsxwriter::Note::new(&note).set_author("").add_author_prefix(false))?;
    let base: u32 = match column.ty {
        Type::Text => 24,
        _ => 13,
    };
    let wide = u32::try_from(text.chars().count()).unwrap_or(10).saturating_mul(2).saturating_add(2);
    let width = if is_key { base.max(26) } else { base.max(wide) };
    page.set_column_width(position, width.min(50))?;
    page.set_row_height(HEAD_ROW, 24)?;
    Ok(())
}

/// The sum of a column of amounts or counts, live.
fn sum(
    writer: &Writer,
    page: &mut Worksheet,
    (at, column): (u16, &Column),
    position: u16,
    bottom: u32,
    facts: &TableFacts,
) -> Result<(), XlsxError> {
    use heng_model::Quantity::{Count, Money, Points};
    let Type::Quantity(quantity @ (Money | Count | Points)) = column.ty else { return Ok(()) };
    let name = column_name(position);
    let formula = format!("=SUM({name}{}:{name}{})", HEAD_ROW + 2, bottom + 1);
    let cells = facts.rows.iter().filter_map(|row| row.get(usize::from(at))?.value.as_ref()?.as_number().cloned());
    let sum: Number = cells.sum();
    let shown = sum.checked_div(&super::entry::factor(writer.lang, quantity)).unwrap_or(sum);
    let formula = Formula::new(formula).set_result(cell_text(&shown));
    page.write_formula_with_format(SUM_ROW, position, formula, &writer.looks.strong)?;
    if position > 0 {
        page.write_string_with_format(SUM_ROW, 0, writer.word(wording::SUM), &writer.looks.strong)?;
    }
    Ok(())
}

fn record(
    writer: &Writer,
    page: &mut Worksheet,
    at: u32,
    row: &[Cell],
    columns: &[(u16, &Column)],
) -> Result<(), XlsxError> {
    let mut high = 1;
    for ((index, column), position) in columns.iter().zip(0u16..) {
        let Some(cell) = row.get(usize::from(*index)) else { continue };
        let format = if cell.origin.assumed { &writer.looks.assumed } else { &writer.looks.input };
        let without = cell.state.filter(|_| cell.value.is_none());
        if let Some(state) = without.filter(|state| *state != State::Missing || !column.traits.optional) {
            page.write_string_with_format(at, position, writer.phrase.state(state), format)?;
            continue;
        }
        writer.put(page, (at, position), &column.ty, cell.value.as_ref(), format)?;
        let said = cell.value.as_ref().map(|value| writer.phrase.value(value, &column.ty)).unwrap_or_default();
        high = high.max(lines(&said, if column.ty == Type::Text { 24 } else { 13 }));
    }
    page.set_row_height(at, 13 * high + 6)?;
    Ok(())
}

/// State, evidence … of the columns, to the right; in an empty workbook folded away.
fn beside(
    writer: &Writer,
    page: &mut Worksheet,
    columns: &[(u16, &Column)],
    (facts, shared): (&TableFacts, &Shared),
    (start, bottom): (u16, u32),
) -> Result<(), XlsxError> {
    let mut position = start;
    let kinds = [Beside::State, Beside::Evidence, Beside::Reason, Beside::Source, Beside::Basis];
    for (index, column) in columns {
        for kind in kinds {
            let said = |row: &Vec<Cell>| {
                row.get(usize::from(*index)).map(|cell| text(writer, cell, kind, shared)).unwrap_or_default()
            };
            let texts: Vec<String> = facts.rows.iter().map(said).collect();
            let empty = texts.iter().all(String::is_empty);
            let offered = writer.facts.is_none() && matches!(kind, Beside::State | Beside::Evidence);
            if empty && !offered {
                continue;
            }
            let head = format!("{}.{}", column.name, writer.word(word(kind)));
            page.write_string_with_format(HEAD_ROW, position, &head, &writer.looks.head)?;
            for (text, row) in texts.iter().zip(HEAD_ROW + 1..).filter(|(text, _)| !text.is_empty()) {
                page.write_string_with_format(row, position, text, &writer.looks.input)?;
            }
            if kind == Beside::State {
                writer.choose_state(page, (HEAD_ROW + 1, position), (bottom, position))?;
            }
            page.set_column_width(position, 18)?;
            position += 1;
        }
    }
    if writer.facts.is_none() && position > start {
        page.group_columns_collapsed(start, position - 1)?;
    }
    Ok(())
}

fn word(kind: Beside) -> wording::Pair {
    match kind {
        Beside::State => wording::STATE,
        Beside::Evidence => wording::EVIDENCE,
        Beside::Reason => wording::WHY,
        Beside::Source => wording::SOURCE,
        Beside::Basis => wording::BASIS_OF_ONE,
    }
}

fn text(writer: &Writer, cell: &Cell, kind: Beside, shared: &Shared) -> String {
    let said = |text: Option<&Name>| text.map(ToString::to_string).unwrap_or_default();
    match kind {
        Beside::State => cell
            .state
            .filter(|_| cell.value.is_some())
            .map(|state| writer.phrase.state(state).to_owned())
            .unwrap_or_default(),
        Beside::Evidence => said(cell.evidence.as_ref()),
        Beside::Reason => said(cell.reason.as_ref()),
        Beside::Source if shared.paper.is_some() || cell.value.is_none() => String::new(),
        Beside::Source => said(cell.origin.paper.as_ref()),
        Beside::Basis if !shared.assumed && cell.origin.assumed && cell.value.is_some() => {
            writer.word(wording::ASSUMED).to_owned()
        }
        Beside::Basis => String::new(),
    }
}
