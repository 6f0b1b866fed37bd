//! The data behind a score, with values and origins; the cells of one row of a table in one line.

use heng_model::{FieldId, Origin, Value, facts::Place, scorecard::NodeScore, value::DatumRef};

use crate::{teller::Teller, wording};

/// A datum, or the columns of one row that were read.
enum Item {
    Single(DatumRef),
    Row(FieldId, u32, Vec<u16>),
}

impl Teller<'_> {
    /// The data that a score has read, one line each.
    pub fn data(&self, score: &NodeScore) -> Vec<String> {
        let mut items: Vec<Item> = Vec::new();
        for datum in &score.read {
            let Some((row, column)) = datum.cell else {
                items.push(Item::Single(*datum));
                continue;
            };
            let same =
                |item: &&mut Item| matches!(item, Item::Row(table, at, _) if *table == datum.field && *at == row);
            match items.iter_mut().find(same) {
                Some(Item::Row(_, _, columns)) => columns.push(column),
                _ => items.push(Item::Row(datum.field, row, vec![column])),
            }
        }
        items.iter().map(|item| self.item(item)).collect()
    }

    fn item(&self, item: &Item) -> String {
        let (name, value, origin) = match item {
            Item::Single(datum) => {
                let name = self.phrase.datum(*datum, self.sheet.facts);
                (name, self.datum_value(*datum), self.origin(*datum))
            }
            Item::Row(table, row, columns) => {
                let name = self.phrase.row(*table, *row, self.sheet.facts);
                (name, self.cells(*table, *row, columns), self.origin_of_row(*table, *row, columns))
            }
        };
        let line = wording::labelled(self.lang, &name, &value);
        if origin.is_empty() { line } else { wording::noted(self.lang, &line, &origin) }
    }

    /// The columns of a row with their values; reasons and evidence beside them.
    fn cells(&self, table: FieldId, row: u32, columns: &[u16]) -> String {
        let cell = |column: &u16| {
            let datum = DatumRef { field: table, cell: Some((row, *column)) };
            let text = format!("{} {}", self.phrase.column(table, *column), self.datum_value(datum));
            let remarks = self.remarks(datum);
            if remarks.is_empty() { text } else { wording::noted(self.lang, &text, &remarks) }
        };
        // The key stands in the row's name already.
        let key = self.sheet.program.schema.field(table).and_then(|field| field.table()?.key);
        let shown = columns.iter().filter(|column| columns.len() == 1 || Some(**column) != key);
        shown.map(cell).collect::<Vec<_>>().join(self.word(wording::COMMA))
    }

    /// Where the cells of a row were read, said once.
    fn origin_of_row(&self, table: FieldId, row: u32, columns: &[u16]) -> String {
        let cells = columns.iter().filter_map(|column| {
            let cell = self.sheet.facts.cell(DatumRef { field: table, cell: Some((row, *column)) })?;
            Some((cell.value.is_some(), &cell.origin))
        });
        let cells: Vec<_> = cells.collect();
        let given: Vec<_> = cells.iter().filter(|(given, _)| *given).map(|(_, origin)| *origin).collect();
        let all: Vec<_> = cells.iter().map(|(_, origin)| *origin).collect();
        let origins = if given.is_empty() { all } else { given };
        let Some(first) = origins.first() else { return String::new() };
        let mut parts: Vec<_> = self.stretch(&origins).into_iter().collect();
        let paper =
            first.paper.as_ref().filter(|paper| origins.iter().all(|origin| origin.paper.as_ref() == Some(paper)));
        parts.extend(paper.map(ToString::to_string));
        if origins.iter().all(|origin| origin.assumed) {
            parts.push(wording::assumed(self.lang, None));
        }
        parts.join(self.word(wording::COMMA))
    }

    /// The places of several cells as one stretch, where they stand in one file.
    fn stretch(&self, origins: &[&Origin]) -> Option<String> {
        let first = origins.first()?;
        let lines: Option<Vec<u32>> = origins
            .iter()
            .map(|origin| match origin.place {
                Place::Line(line) if origin.file == first.file => Some(line),
                _ => None,
            })
            .collect();
        match lines {
            Some(lines) => {
                let (from, to) = (lines.iter().min()?, lines.iter().max()?);
                Some(wording::lines(self.lang, &first.file, *from, *to))
            }
            None => self.place(first),
        }
    }

    /// Reason and evidence of a datum, and whether it is assumed in a row that is not.
    fn remarks(&self, datum: DatumRef) -> String {
        let Some(cell) = self.sheet.facts.cell(datum) else { return String::new() };
        let mut parts = Vec::new();
        match (&cell.reason, cell.origin.assumed) {
            (Some(reason), true) => parts.push(wording::assumed(self.lang, Some(reason))),
            (Some(reason), false) => parts.push(wording::reason(self.lang, reason)),
            (None, _) => {}
        }
        parts.extend(cell.evidence.as_deref().map(|evidence| wording::evidence(self.lang, evidence)));
        parts.join(self.word(wording::COMMA))
    }

    /// What a datum holds, with its state: `3.2万元（迟报）`.
    fn datum_value(&self, datum: DatumRef) -> String {
        let facts = self.sheet.facts;
        let (value, state) = match (facts.table(datum.field), datum.cell) {
            (Some(table), None) => {
                let rows = (!table.rows.is_empty()).then(|| wording::rows(self.lang, table.rows.len()));
                (rows, table.state)
            }
            _ => match facts.cell(datum) {
                Some(cell) => (cell.value.as_ref().map(|value| self.typed(value, datum)), cell.state),
                None => (None, None),
            },
        };
        match (value, state) {
            (Some(text), Some(state)) => wording::noted(self.lang, &text, self.phrase.state(state)),
            (Some(text), None) => text,
            (None, Some(state)) => self.phrase.state(state).to_owned(),
            (None, None) => self.word(wording::NO_VALUE).to_owned(),
        }
    }

    fn typed(&self, value: &Value, datum: DatumRef) -> String {
        self.phrase.value(value, &self.phrase.datum_type(datum).unwrap_or(heng_model::Type::Text))
    }

    /// The data by name: cells of one table by the table's, data of one group together.
    pub fn grouped(&self, data: &[DatumRef]) -> Vec<String> {
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for datum in data {
            let name = self.phrase.datum(DatumRef::field(datum.field), self.sheet.facts);
            let (group, own) = name.rsplit_once('.').map_or(("", name.as_str()), |(group, own)| (group, own));
            let known = groups.iter_mut().find(|(known, _)| !group.is_empty() && known == group);
            match known {
                Some((_, names)) if names.iter().any(|known| known == own) => {}
                Some((_, names)) => names.push(own.to_owned()),
                None => groups.push((group.to_owned(), vec![own.to_owned()])),
            }
        }
        let mut said = Vec::new();
        for (group, names) in groups {
            let names = names.join(self.word(wording::LISTED));
            let text = if group.is_empty() { names } else { wording::noted(self.lang, &group, &names) };
            if !said.contains(&text) {
                said.push(text);
            }
        }
        said
    }

    /// Where a datum was read: `facts.toml 第3行，自评报告一（四）`, with reason and evidence.
    fn origin(&self, datum: DatumRef) -> String {
        let Some(origin) = self.sheet.facts.origin(datum) else { return String::new() };
        let mut parts = Vec::new();
        parts.extend(self.place(origin));
        parts.extend(origin.paper.as_ref().map(ToString::to_string));
        let remarks = self.remarks(datum);
        let told = self.sheet.facts.cell(datum).is_some_and(|cell| cell.reason.is_some());
        if origin.assumed && !told {
            parts.push(wording::assumed(self.lang, None));
        }
        if !remarks.is_empty() {
            parts.push(remarks);
        }
        parts.join(self.word(wording::COMMA))
    }
}
