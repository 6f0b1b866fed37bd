//! A table: rows by the schema's columns, or the word that says why there are none.

use std::collections::BTreeMap;

use heng_model::{
    Cell, Schema, State, Value,
    facts::TableFacts,
    normal_name,
    schema::{Column, Table, Traits},
};

use super::{
    Background, Report,
    attributes::Attributes,
    cell::{self, Standing},
    with_source,
};
use crate::{
    index,
    parse_value::Asked,
    raw::{Entry, Kind, Node, Scalar, Spot},
    wording, words,
};

/// The reason and evidence given beside a whole table are those of each figure that has none of its own.
fn hand_down(rows: &mut [Vec<Cell>], attributes: &Attributes<'_>) {
    for cell in rows.iter_mut().flatten().filter(|cell| cell.value.is_some()) {
        cell.reason = cell.reason.take().or_else(|| attributes.reason.clone());
        cell.evidence = cell.evidence.take().or_else(|| attributes.evidence.clone());
    }
}

/// A table that is asked for.
pub(super) struct Wanted<'a> {
    pub(super) schema: &'a Schema,
    pub(super) name: &'a str,
    pub(super) shape: &'a Table,
    pub(super) traits: &'a Traits,
}

impl Wanted<'_> {
    /// Reads the table.
    ///
    /// # Missing
    /// A table that is refused as a whole is 缺报 and has no rows; a refused cell is 缺报 alone.
    pub(super) fn read(&self, node: &Node, background: &Background, report: &mut Report) -> (TableFacts, Standing) {
        let origin = background.origin(&node.at, None);
        let mut facts = TableFacts { state: Some(State::Missing), rows: Vec::new(), origin };
        match &node.kind {
            Kind::Blank => return (facts, Standing::Blank),
            Kind::Scalar(scalar) => facts.state = self.state(scalar, &node.at, report),
            Kind::List(rows) => {
                facts.rows = self.rows(rows, &node.at, background, report);
                facts.state = facts.rows.is_empty().then_some(State::Missing);
            }
            Kind::Table(entries) if self.is_row(entries) => {
                report.push(node.at.mark(wording::lone_row(self.name)));
            }
            Kind::Table(entries) => return self.with_attributes(entries, node, background, report),
        }
        (facts, Standing::Given)
    }

    fn is_row(&self, entries: &[Entry]) -> bool {
        entries
            .iter()
            .any(|entry| index::column(self.shape, &entry.name).is_some() && words::word(&entry.name).is_none())
    }

    /// A table written out with its state, source and rows.
    fn with_attributes(
        &self,
        entries: &[Entry],
        node: &Node,
        background: &Background,
        report: &mut Report,
    ) -> (TableFacts, Standing) {
        let attributes = Attributes::of_table(self.name, entries, report);
        let background = Background {
            paper: attributes.source.clone().or_else(|| background.paper.clone()),
            assumed: attributes.assumed.unwrap_or(background.assumed),
        };
        let mut facts =
            TableFacts { state: Some(State::Missing), rows: Vec::new(), origin: background.origin(&node.at, None) };
        let content = attributes.rows.or(attributes.value);
        match (content.map(|content| &content.kind), attributes.state) {
            (None | Some(Kind::Blank), None) if !attributes.refused => return (facts, Standing::Blank),
            (None | Some(Kind::Blank), None) => {}
            (None | Some(Kind::Blank), Some(state)) => facts.state = self.allowed(state, &node.at, report),
            (Some(Kind::List(_)), Some(state)) if !state.keeps_value() => {
                report.push(node.at.mark(wording::state_drops_value(self.name, state)));
            }
            (Some(Kind::List(rows)), state) => {
                facts.rows = self.rows(rows, &node.at, &background, report);
                facts.state = if facts.rows.is_empty() { Some(State::Missing) } else { state };
                hand_down(&mut facts.rows, &attributes);
            }
            (Some(Kind::Scalar(scalar)), None) => facts.state = self.state(scalar, &node.at, report),
            (Some(Kind::Scalar(_) | Kind::Table(_)), _) => report.push(node.at.mark(wording::not_rows(self.name))),
        }
        (facts, Standing::Given)
    }

    /// The word that stands in place of rows.
    fn state(&self, scalar: &Scalar, at: &Spot, report: &mut Report) -> Option<State> {
        match words::state(&scalar.words()) {
            Some(state) => self.allowed(state, at, report),
            None => {
                report.push(at.mark(wording::not_rows(self.name)));
                Some(State::Missing)
            }
        }
    }

    fn allowed(&self, state: State, at: &Spot, report: &mut Report) -> Option<State> {
        let least = self.shape.least_rows;
        let refusal = match state {
            State::Missing => return Some(state),
            State::None if least == 0 => return Some(state),
            State::None => wording::table_not_none(self.name, least),
            State::NotApplicable if self.traits.may_not_apply => return Some(state),
            State::NotApplicable => wording::state_not_allowed(self.name, state),
            State::NoEvidence | State::Late | State::Disputed => wording::not_rows(self.name),
        };
        report.push(at.mark(refusal));
        Some(State::Missing)
    }

    fn rows(&self, rows: &[Node], at: &Spot, background: &Background, report: &mut Report) -> Vec<Vec<Cell>> {
        if rows.is_empty() {
            report.push(at.mark(wording::empty_table(self.name)));
            return Vec::new();
        }
        let read: Vec<Vec<Cell>> =
            (1..).zip(rows).map(|(number, row)| self.row(number, row, background, report)).collect();
        let (least, most) = (self.shape.least_rows, self.shape.most_rows);
        let few = rows.len() < least as usize;
        if few || most.is_some_and(|most| rows.len() > most as usize) {
            report.push(at.mark(wording::row_count(self.name, rows.len(), least, most)));
        }
        self.distinct_keys(&read, rows, report);
        read
    }

    /// One row, a cell per column, computed columns as missing.
    fn row(&self, number: usize, row: &Node, background: &Background, report: &mut Report) -> Vec<Cell> {
        let nothing = Cell { origin: background.origin(&row.at, None), ..Cell::missing() };
        let mut cells: Vec<Cell> = self.shape.columns.iter().map(|_| nothing.clone()).collect();
        let Kind::Table(entries) = &row.kind else {
            report.push(row.at.mark(wording::not_rows(self.name)));
            return cells;
        };
        let has = |name: &str| index::column(self.shape, name).is_some();
        let (background, entries) = with_source(entries, background, has, report);
        let mut given: Vec<Option<&Entry>> = vec![None; cells.len()];
        for entry in entries {
            self.entry(number, entry, &background, (&mut cells, &mut given), report);
        }
        for (column, given) in self.shape.columns.iter().zip(&given) {
            if given.is_none() && is_required(column) {
                report.push(row.at.mark(wording::missing_cell(&column.name, self.name, number)));
            }
        }
        cells
    }

    fn entry<'e>(
        &self,
        number: usize,
        entry: &'e Entry,
        background: &Background,
        (cells, given): (&mut [Cell], &mut [Option<&'e Entry>]),
        report: &mut Report,
    ) {
        let Some((place, column)) = index::column(self.shape, &entry.name) else {
            let names = self.shape.columns.iter().map(|column| &*column.name);
            let nearest = index::nearest(&entry.name, names);
            return report.push(entry.at.mark(wording::unknown_column(&entry.name, self.name, nearest.as_deref())));
        };
        if column.formula.is_some() {
            return report.push(entry.at.mark(wording::computed_column(&column.name)));
        }
        let (Some(slot), Some(first)) = (cells.get_mut(usize::from(place)), given.get_mut(usize::from(place))) else {
            return;
        };
        if let Some(first) = first {
            let twice = entry.at.mark(wording::duplicate(&column.name));
            return report.push(first.at.mark_first(twice));
        }
        *first = Some(entry);
        let asked = Asked { schema: self.schema, name: &column.name, ty: &column.ty };
        let (cell, standing) = cell::read(&asked, &column.traits, &entry.node, background, report);
        *slot = cell;
        if standing == Standing::Blank && is_required(column) {
            report.push(entry.node.at.mark(wording::missing_cell(&column.name, self.name, number)));
        }
    }

    /// The key column names a row, so no two rows may have one value in it.
    fn distinct_keys(&self, cells: &[Vec<Cell>], rows: &[Node], report: &mut Report) {
        let Some(key) = self.shape.key else { return };
        let Some(column) = self.shape.columns.get(usize::from(key)) else { return };
        let mut seen: BTreeMap<String, &Spot> = BTreeMap::new();
        for (cells, row) in cells.iter().zip(rows) {
            let Some(value) = cells.get(usize::from(key)).and_then(|cell| cell.value.as_ref()) else { continue };
            let spelled = key_words(value);
            if let Some(first) = seen.insert(normal_name(&spelled), &row.at) {
                let twice = row.at.mark(wording::duplicate_key(&column.name, &spelled));
                report.push(first.mark_first(twice));
            }
        }
    }
}

fn is_required(column: &Column) -> bool {
    !column.traits.optional && column.formula.is_none()
}

fn key_words(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Rows(..) | Value::List(_) | Value::State(..) | Value::Verdict(..) => String::new(),
    }
}
