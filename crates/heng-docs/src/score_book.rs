//! The score sheet as a workbook: groups as merged cells, the rule's sentence, points, why they were
//! lost, and what the score rests on. Where a group is the sum of its parts, its points are a formula
//! whose stored result is the engine's.

use heng_diag::Lang;
use heng_model::{NodeId, Number};
use heng_phrase::decimal;
use heng_report::{Record, Row, Sheet};
use heng_sheet::lines;
use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use crate::{
    book::{self, Looks, cell_number, cell_text, column_name},
    wording,
};

/// The workbook as bytes.
pub(crate) fn write(sheet: &Sheet, record: &Record, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = book::new(&record.title)?;
    let looks = Looks::new(lang);
    let page = book.add_worksheet();
    page.set_name(wording::SCORE_SHEET.get(lang))?;
    let depth = u16::from(record.rows.iter().map(|row| row.level).max().unwrap_or(1));
    let mut writer = Writer { page, record, looks: &looks, lang, depth, row: 0, places: Vec::new() };
    writer.heading(sheet)?;
    writer.heads()?;
    let head = writer.row - 1;
    for row in record.rows.iter().filter(|row| row.level == 1) {
        writer.branch(row)?;
    }
    writer.total()?;
    writer.closing()?;
    writer.widths()?;
    book::print_wide(page, head, lang)?;
    page.set_freeze_panes(head + 1, 0)?;
    book.save_to_buffer()
}

struct Writer<'a> {
    page: &'a mut Worksheet,
    record: &'a Record,
    looks: &'a Looks,
    lang: Lang,
    /// How many columns the levels take.
    depth: u16,
    row: u32,
    /// Where the points of a row stand.
    places: Vec<(NodeId, u32)>,
}

impl Writer<'_> {
    fn last(&self) -> u16 {
        self.depth + 5
    }

    fn word(&self, pair: wording::Pair) -> &'static str {
        pair.get(self.lang)
    }

    /// A line across the sheet.
    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.page.merge_range(self.row, 0, self.row, self.last(), text, format)?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, sheet: &Sheet) -> Result<(), XlsxError> {
        let looks = self.looks;
        let title = format!("{} {}", self.record.title, self.word(wording::SCORE_SHEET));
        self.line(&title, &looks.title)?;
        self.page.set_row_height(0, 30)?;
        let name = if sheet.subject.name.is_empty() { self.word(wording::NOT_GIVEN) } else { &*sheet.subject.name };
        let filled = sheet.subject.filled.map(|day| {
            let phrase = heng_phrase::Phrase::new(sheet.program, self.lang);
            phrase.value(&heng_model::Value::Date(day), &heng_model::Type::Date)
        });
        let said = [
            (wording::DEPARTMENT, name.to_owned()),
            (wording::YEAR, wording::year(self.lang, sheet.program.pack.year)),
            (wording::FILLED, filled.unwrap_or_else(|| self.word(wording::NOT_GIVEN).to_owned())),
        ];
        let colon = if self.lang == Lang::Zh { "：" } else { ": " };
        let said: Vec<String> =
            said.iter().map(|(label, text)| format!("{}{colon}{text}", self.word(*label))).collect();
        self.line(&said.join("        "), &looks.note)
    }

    fn heads(&mut self) -> Result<(), XlsxError> {
        let mut heads: Vec<String> =
            (1..=self.depth).map(|level| wording::level(self.lang, usize::from(level))).collect();
        let rest =
            [wording::FULL, wording::CRITERION, wording::SCORE, wording::WHY_LOST, wording::BASIS, wording::STATUS];
        heads.extend(rest.map(|head| self.word(head).to_owned()));
        for (head, column) in heads.iter().zip(0u16..) {
            self.page.write_string_with_format(self.row, column, head, &self.looks.head)?;
        }
        self.page.set_row_height(self.row, 24)?;
        self.row += 1;
        Ok(())
    }

    fn children(&self, id: NodeId) -> Vec<&'_ Row> {
        self.record.rows.iter().filter(|row| row.parent == Some(id)).collect()
    }

    /// A group with everything below it, or an indicator; the row where its points stand.
    fn branch(&mut self, row: &Row) -> Result<(), XlsxError> {
        let first = self.row;
        let column = u16::from(row.level.saturating_sub(1));
        if row.is_leaf {
            self.leaf(row)?;
            return heng_sheet::merge(
                self.page,
                (first, self.row - 1),
                (column, self.depth - 1),
                &row.name,
                &self.looks.text,
            );
        }
        let record = self.record;
        for child in record.rows.iter().filter(|child| child.parent == Some(row.id)) {
            self.branch(child)?;
        }
        let leaves = self.row - first;
        let label = format!("{}\n{}", row.name, self.full(&row.full));
        heng_sheet::merge(self.page, (first, self.row - 1), (column, column), &label, &self.looks.group)?;
        if leaves == 1 && row.is_sum {
            self.places.push((row.id, first));
            return Ok(());
        }
        self.subtotal(row, column)
    }

    fn full(&self, full: &Number) -> String {
        let full = decimal(full);
        if self.lang == Lang::Zh { format!("（{full}分）") } else { format!("({full})") }
    }

    fn leaf(&mut self, row: &Row) -> Result<(), XlsxError> {
        let (at, start) = (self.row, self.depth);
        let lost = row.lost.as_ref().is_some_and(|lost| lost.signum() > 0);
        self.page.write_number_with_format(at, start, cell_number(&row.full), &self.looks.middle)?;
        self.page.write_string_with_format(at, start + 1, &row.criterion, &self.looks.text)?;
        match &row.points {
            Some(points) => {
                let format = if lost { &self.looks.lost } else { &self.looks.number };
                self.page.write_number_with_format(at, start + 2, cell_number(points), format)?;
            }
            None => {
                self.page.write_string_with_format(at, start + 2, &row.outcome, &self.looks.middle)?;
            }
        }
        let why = if lost || row.points.is_none() { row.reason.as_str() } else { "" };
        self.page.write_string_with_format(at, start + 3, why, &self.looks.text)?;
        let listed = self.word(wording::LISTED);
        let mut basis = wording::basis(self.lang, &row.data.join(listed), &row.papers.join(listed), &row.evidence);
        if row.is_assumed {
            basis.insert(0, '*');
        }
        self.page.write_string_with_format(at, start + 4, &basis, &self.looks.text)?;
        self.page.write_string_with_format(at, start + 5, &row.status, &self.looks.middle)?;
        let lines = lines(&row.criterion, 44).max(lines(why, 32)).max(lines(&basis, 34)).max(lines(&row.name, 18));
        self.page.set_row_height(at, 13 * lines + 5)?;
        self.places.push((row.id, at));
        self.row += 1;
        Ok(())
    }

    fn subtotal(&mut self, row: &Row, column: u16) -> Result<(), XlsxError> {
        let parts = self.children(row.id).into_iter().filter(|child| !child.is_bonus).map(|child| child.full.clone());
        let full: Number = parts.sum();
        let label = format!("{} {}", row.name, self.word(wording::SUBTOTAL));
        let ids: Vec<NodeId> = self.children(row.id).iter().map(|child| child.id).collect();
        let at = self.row;
        heng_sheet::merge(self.page, (at, at), (column, self.depth - 1), &label, &self.looks.strong)?;
        self.sum(&ids, self.depth, (full == row.full).then_some(&row.full), &row.full, &decimal(&row.full))?;
        let points: Option<Number> = self.children(row.id).iter().map(|child| child.points.clone()).sum();
        let is_sum = row.is_sum && points.is_some() && points == row.points;
        let engine = row.points.as_ref();
        let shown = engine.cloned().unwrap_or(Number::ZERO);
        self.sum(&ids, self.depth + 2, engine.filter(|_| is_sum), &shown, &row.outcome)?;
        self.page.write_string_with_format(at, self.depth + 1, "", &self.looks.strong)?;
        let why = if is_sum { "" } else { row.reason.as_str() };
        heng_sheet::merge(self.page, (at, at), (self.depth + 3, self.last()), why, &self.looks.strong)?;
        self.page.set_row_height(at, 18)?;
        self.places.push((row.id, at));
        self.row += 1;
        Ok(())
    }

    /// A sum as a formula where it is one, else the number, else the text.
    fn sum(
        &mut self,
        parts: &[NodeId],
        column: u16,
        sum: Option<&Number>,
        number: &Number,
        text: &str,
    ) -> Result<(), XlsxError> {
        let cells: Vec<String> = parts
            .iter()
            .filter_map(|id| self.places.iter().find(|(known, _)| known == id))
            .map(|(_, row)| format!("{}{}", column_name(column), row + 1))
            .collect();
        let format = &self.looks.strong_number;
        match sum.filter(|_| !cells.is_empty() && cells.len() == parts.len()) {
            Some(sum) => {
                let formula = Formula::new(format!("=SUM({})", cells.join(","))).set_result(cell_text(sum));
                self.page.write_formula_with_format(self.row, column, formula, format)?;
            }
            None if text.parse::<Number>().is_ok() => {
                self.page.write_number_with_format(self.row, column, cell_number(number), format)?;
            }
            None => {
                self.page.write_string_with_format(self.row, column, text, &self.looks.strong)?;
            }
        }
        Ok(())
    }

    fn total(&mut self) -> Result<(), XlsxError> {
        let (record, at) = (self.record, self.row);
        let top: Vec<&Row> = record.rows.iter().filter(|row| row.level == 1).collect();
        let ids: Vec<NodeId> = top.iter().map(|row| row.id).collect();
        let full: Number = top.iter().filter(|row| !row.is_bonus).map(|row| row.full.clone()).sum();
        heng_sheet::merge(self.page, (at, at), (0, self.depth - 1), self.word(wording::TOTAL), &self.looks.strong)?;
        self.sum(
            &ids,
            self.depth,
            (full == record.full).then_some(&record.full),
            &record.full,
            &decimal(&record.full),
        )?;
        let points: Option<Number> = top.iter().map(|row| row.points.clone()).sum();
        let is_sum = points.is_some() && points == record.total;
        let shown = record.total.clone().unwrap_or(Number::ZERO);
        self.sum(&ids, self.depth + 2, record.total.as_ref().filter(|_| is_sum), &shown, &record.total_text)?;
        self.page.write_string_with_format(at, self.depth + 1, "", &self.looks.strong)?;
        let colon = if self.lang == Lang::Zh { "：" } else { ": " };
        let grade = record.grade.as_ref().map(|grade| format!("{}{colon}{grade}", self.word(wording::GRADE)));
        heng_sheet::merge(
            self.page,
            (at, at),
            (self.depth + 3, self.last()),
            &grade.unwrap_or_default(),
            &self.looks.strong,
        )?;
        self.page.set_row_height(at, 22)?;
        self.row += 1;
        Ok(())
    }

    /// Remarks that belong to the table.
    fn closing(&mut self) -> Result<(), XlsxError> {
        let (record, looks) = (self.record, self.looks);
        if record.rows.iter().any(|row| row.is_assumed) {
            self.line(self.word(wording::ASSUMED_NOTE), &looks.warn)?;
        }
        for text in &record.statuses {
            self.line(text, &looks.warn)?;
        }
        for text in &record.disclaimers {
            let text = format!("{}{text}", self.word(wording::DISCLAIMER));
            self.line(&text, &looks.warn)?;
        }
        Ok(())
    }

    fn widths(&mut self) -> Result<(), XlsxError> {
        for column in 0..self.depth {
            self.page.set_column_width(column, if column + 1 == self.depth { 18 } else { 11 })?;
        }
        for (width, column) in [7, 44, 9, 32, 34, 9].into_iter().zip(self.depth..) {
            self.page.set_column_width(column, width)?;
        }
        Ok(())
    }
}
