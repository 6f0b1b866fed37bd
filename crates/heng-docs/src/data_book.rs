//! The data workbook: empty for a clerk to fill in, or filled with what was handed in. Its layout is the
//! one that facts are read from: a sheet per group with a datum in each row, a sheet per table with a row
//! per record, and a sheet about the file.

mod checks;
mod entry;
mod table_sheet;

use heng_diag::Lang;
use heng_model::{
    Facts, FieldId, Origin, Program, State,
    facts::{Entry, TableFacts},
    schema::{Field, Shape},
};
use heng_phrase::Phrase;
use heng_report::Sheet;
use heng_sheet::lines;
use rust_xlsxwriter::{DataValidation, Workbook, Worksheet, XlsxError};

use crate::{
    book::{self, Looks},
    wording,
};

/// The longest list that a validation can hold.
const LONGEST_LIST: usize = 250;

/// The workbook as bytes; filled where a sheet is given.
pub(crate) fn write(program: &Program, filled: Option<&Sheet>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let title = program.root().map(|root| root.name.to_string()).unwrap_or_default();
    let mut book = book::new(&title)?;
    let looks = Looks::new(lang);
    let writer = Writer {
        program,
        facts: filled.map(|sheet| sheet.facts),
        phrase: Phrase::new(program, lang),
        looks: &looks,
        lang,
    };
    writer.about(&mut book, filled)?;
    let mut places = checks::Places::default();
    for group in groups(program) {
        writer.group(&mut book, &group, &mut places)?;
    }
    for (id, field) in program.schema.iter().filter(|(_, field)| field.table().is_some()) {
        writer.table(&mut book, (id, field), &mut places)?;
    }
    checks::write(&writer, &mut book, &places)?;
    book.save_to_buffer()
}

/// A sheet of single data.
struct Group {
    /// The group's path; empty for data without one.
    path: Vec<String>,
    fields: Vec<FieldId>,
}

/// The groups in the order in which they come up.
fn groups(program: &Program) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (id, field) in program.schema.iter().filter(|(_, field)| field.table().is_none()) {
        let path: Vec<String> =
            field.path.iter().take(field.path.len().saturating_sub(1)).map(ToString::to_string).collect();
        match groups.iter_mut().find(|group| group.path == path) {
            Some(group) => group.fields.push(id),
            None => groups.push(Group { path, fields: vec![id] }),
        }
    }
    groups
}

struct Writer<'a> {
    program: &'a Program,
    facts: Option<&'a Facts>,
    phrase: Phrase<'a>,
    looks: &'a Looks,
    lang: Lang,
}

/// The columns of a sheet of single data.
const VALUE: u16 = 1;
const UNIT: u16 = 2;
const STATE: u16 = 3;
const LAST: u16 = 9;

impl Writer<'_> {
    fn word(&self, pair: wording::Pair) -> &'static str {
        pair.get(self.lang)
    }

    /// The name of a group's sheet, which must not be a table's.
    fn sheet_name(&self, path: &[String]) -> String {
        let name = if path.is_empty() { self.word(wording::OTHER_DATA).to_owned() } else { path.join(".") };
        let taken = self.program.schema.fields.iter().filter(|field| field.table().is_some());
        let mut taken = taken.filter_map(|field| field.path.last());
        let name = if taken.any(|table| **table == *name) { format!("{name}_") } else { name };
        short_name(&name)
    }

    /// The sheet about the file.
    fn about(&self, book: &mut Workbook, filled: Option<&Sheet>) -> Result<(), XlsxError> {
        let page = book.add_worksheet();
        page.set_name(self.word(wording::FILE))?;
        let subject = filled.map(|sheet| sheet.subject);
        let name = subject.map(|subject| subject.name.to_string()).unwrap_or_default();
        let rows = [
            (wording::FILE_BASIS, self.word(wording::REPORTED).to_owned()),
            (wording::FILE_SOURCE, String::new()),
            (wording::FILE_UNIT, name),
            (
                wording::FILE_FILLED,
                subject.and_then(|subject| subject.filled).map(|day| day.to_string()).unwrap_or_default(),
            ),
        ];
        for ((label, text), row) in rows.iter().zip(0u32..) {
            page.write_string_with_format(row, 0, self.word(*label), &self.looks.head)?;
            page.write_string_with_format(row, 1, text, &self.looks.required)?;
        }
        let words = [self.word(wording::REPORTED), self.word(wording::ASSUMED)];
        page.add_data_validation(0, 1, 0, 1, &DataValidation::new().allow_list_strings(&words)?)?;
        page.set_column_width(0, 16)?;
        page.set_column_width(1, 60)?;
        page.set_paper_size(9);
        page.set_print_fit_to_pages(1, 0);
        Ok(())
    }

    fn group(&self, book: &mut Workbook, group: &Group, places: &mut checks::Places) -> Result<(), XlsxError> {
        let name = self.sheet_name(&group.path);
        let page = book.add_worksheet();
        page.set_name(&name)?;
        let title =
            if group.path.is_empty() { self.word(wording::OTHER_DATA).to_owned() } else { group.path.join(".") };
        page.merge_range(0, 0, 0, LAST, &title, &self.looks.title)?;
        page.merge_range(1, 0, 1, LAST, self.word(wording::HOW_TO_FILL), &self.looks.note)?;
        page.set_row_height(0, 28)?;
        page.set_row_height(1, 34)?;
        let heads = [
            (wording::DATUM, 24),
            (wording::VALUE, 26),
            (wording::UNIT, 9),
            (wording::STATE, 10),
            (wording::EVIDENCE, 22),
            (wording::WHY, 22),
            (wording::SOURCE, 22),
            (wording::BASIS_OF_ONE, 8),
            (wording::REQUIRED, 14),
            (wording::REMARKS, 40),
        ];
        for ((head, width), column) in heads.into_iter().zip(0u16..) {
            page.write_string_with_format(2, column, self.word(head), &self.looks.head)?;
            page.set_column_width(column, width)?;
        }
        for (id, row) in group.fields.iter().zip(3u32..) {
            let Some(field) = self.program.schema.field(*id) else { continue };
            self.datum(page, row, *id, field)?;
            places.datum(*id, &name, row);
        }
        book::print_wide(page, 2, self.lang)?;
        page.set_freeze_panes(3, 1)?;
        Ok(())
    }

    fn datum(&self, page: &mut Worksheet, row: u32, id: FieldId, field: &Field) -> Result<(), XlsxError> {
        let looks = self.looks;
        let cell = self.facts.and_then(|facts| match facts.entry(id) {
            Some(Entry::Scalar(cell)) => Some(cell),
            _ => None,
        });
        page.write_string_with_format(row, 0, field.dotted(), &looks.text)?;
        let ty = field.scalar().unwrap_or(heng_model::Type::Text);
        let assumed = cell.is_some_and(|cell| cell.origin.assumed);
        let format = match (assumed, field.traits.optional) {
            (true, _) => &looks.assumed,
            (false, false) => &looks.required,
            (false, true) => &looks.input,
        };
        let value = cell.and_then(|cell| cell.value.as_ref());
        let (unit, units) = self.put(page, (row, VALUE), &ty, value, format)?;
        page.write_string_with_format(row, UNIT, unit, &looks.middle)?;
        self.choose(page, (row, UNIT), (row, UNIT), &units)?;
        let domain = match &field.shape {
            Shape::Rating(rating) => Some(&rating.band),
            _ => field.traits.domain.as_ref(),
        };
        self.limit(page, (row, VALUE), (row, VALUE), &ty, domain)?;
        let state = cell
            .and_then(|cell| cell.state)
            .filter(|state| cell.is_some_and(|c| c.value.is_some()) || *state != State::Missing);
        let state = state.map(|state| self.phrase.state(state)).unwrap_or_default();
        page.write_string_with_format(row, STATE, state, &looks.middle)?;
        self.choose_state(page, (row, STATE), (row, STATE))?;
        let text = |text: Option<&heng_model::Name>| text.map(ToString::to_string).unwrap_or_default();
        let rest = [
            text(cell.and_then(|cell| cell.evidence.as_ref())),
            text(cell.and_then(|cell| cell.reason.as_ref())),
            text(cell.and_then(|cell| cell.origin.paper.as_ref())),
            if assumed { self.word(wording::ASSUMED).to_owned() } else { String::new() },
        ];
        for (text, column) in rest.iter().zip(STATE + 1..) {
            page.write_string_with_format(row, column, text, &looks.input)?;
        }
        let required = if field.traits.optional { wording::OPTIONAL } else { wording::MUST };
        page.write_string_with_format(row, LAST - 1, self.word(required), &looks.middle)?;
        let note = self.note(&ty, domain, &field.traits);
        page.write_string_with_format(row, LAST, &note, &looks.text)?;
        let said: u32 = lines(&note, 40)
            .max(rest.iter().map(|text| lines(text, 22)).max().unwrap_or(1))
            .max(lines(&field.dotted(), 24));
        let shown = value.map(|value| self.phrase.value(value, &ty)).unwrap_or_default();
        page.set_row_height(row, 13 * said.max(lines(&shown, 26)) + 6)?;
        Ok(())
    }

    fn table(
        &self,
        book: &mut Workbook,
        (id, field): (FieldId, &Field),
        places: &mut checks::Places,
    ) -> Result<(), XlsxError> {
        let nothing = TableFacts { state: None, rows: Vec::new(), origin: Origin::default() };
        let facts = self.facts.and_then(|facts| facts.table(id)).unwrap_or(&nothing);
        let name = short_name(&field.dotted());
        let page = book.add_worksheet();
        page.set_name(&name)?;
        table_sheet::write(self, page, (id, field), facts, places)
    }
}

/// The name of a sheet, as far as it may go.
fn short_name(name: &str) -> String {
    let plain = |c: char| if matches!(c, ':' | '\\' | '/' | '?' | '*' | '[' | ']') { '_' } else { c };
    name.chars().map(plain).take(31).collect()
}
