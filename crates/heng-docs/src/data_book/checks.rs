//! Live checks: what the pack demands of the data, as far as a sheet can ask it: sums of columns, data,
//! literals, and comparisons of them. Each stands in a row with both sides and a cell that turns red.

use std::collections::BTreeMap;

use heng_model::{
    ExprId, ExprKind, FieldId, Number, Type, Value,
    expr::{Arith, Compare, FoldOp, Logic, Test},
    program::DataDemand,
    value::DatumRef,
};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, Formula, Workbook, Worksheet, XlsxError,
};

use super::{Writer, entry::factor, table_sheet::HEAD_ROW};
use crate::{
    book::{cell_text, column_name},
    wording,
};

/// How deep an expression may go.
const DEEPEST: u8 = 20;

/// Where data stand in the workbook.
#[derive(Default)]
pub(super) struct Places {
    data: BTreeMap<FieldId, (String, u32)>,
    columns: BTreeMap<(FieldId, u16), (String, u16, u32)>,
}

impl Places {
    pub fn datum(&mut self, id: FieldId, sheet: &str, row: u32) {
        self.data.insert(id, (sheet.to_owned(), row));
    }

    pub fn column(&mut self, id: (FieldId, u16), sheet: &str, column: u16, bottom: u32) {
        self.columns.insert(id, (sheet.to_owned(), column, bottom));
    }

    /// The cells of a column, as a formula names them.
    fn range(&self, id: (FieldId, u16)) -> Option<String> {
        let (sheet, column, bottom) = self.columns.get(&id)?;
        let name = column_name(*column);
        Some(format!("{}!${name}${}:${name}${}", quoted(sheet), HEAD_ROW + 2, bottom + 1))
    }
}

fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// A number as a formula, and what it comes to; none where data are missing.
struct Term {
    formula: String,
    value: Option<Number>,
}

/// A condition as a formula.
struct Asked {
    formula: String,
    holds: Option<bool>,
    /// Both sides of a comparison, where it is one.
    sides: Option<(Term, Term)>,
}

struct Translator<'a> {
    writer: &'a Writer<'a>,
    places: &'a Places,
}

/// Writes the sheet; nothing where no demand can be asked.
pub(super) fn write(writer: &Writer, book: &mut Workbook, places: &Places) -> Result<(), XlsxError> {
    let translator = Translator { writer, places };
    let demands = writer.program.demands.iter().filter(|demand| demand.table.is_none());
    let asked: Vec<(String, Asked)> = demands
        .filter_map(|demand| Some((said(writer, demand), translator.condition(demand.demand.need, 0)?)))
        .collect();
    if asked.is_empty() {
        return Ok(());
    }
    let page = book.add_worksheet();
    page.set_name(writer.word(wording::CHECKS))?;
    page.merge_range(0, 0, 0, 3, writer.word(wording::CHECKS), &writer.looks.title)?;
    let heads = [(wording::DEMAND, 70), (wording::LEFT, 20), (wording::RIGHT, 20), (wording::VERDICT, 12)];
    for ((head, width), column) in heads.into_iter().zip(0u16..) {
        page.write_string_with_format(1, column, writer.word(head), &writer.looks.head)?;
        page.set_column_width(column, width)?;
    }
    for ((said, asked), row) in asked.iter().zip(2u32..) {
        line(writer, page, row, said, asked)?;
    }
    let red =
        Format::new().set_background_color(Color::RGB(0xF8_C8_C0)).set_font_color(Color::RGB(0x9C_00_06)).set_bold();
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::EqualTo(writer.word(wording::DISAGREES)))
        .set_format(red);
    let last = u32::try_from(asked.len()).unwrap_or(1) + 1;
    page.add_conditional_format(2, 3, last, 3, &rule)?;
    crate::book::print_wide(page, 1, writer.lang)
}

fn said(writer: &Writer, demand: &DataDemand) -> String {
    let need = writer.phrase.said(demand.demand.need);
    match &demand.demand.message {
        Some(message) => wording::noted(writer.lang, &need, message),
        None => need,
    }
}

fn line(writer: &Writer, page: &mut Worksheet, row: u32, said: &str, asked: &Asked) -> Result<(), XlsxError> {
    page.write_string_with_format(row, 0, said, &writer.looks.text)?;
    page.set_row_height(row, 13 * heng_sheet::lines(said, 70) + 6)?;
    let sides = asked.sides.as_ref();
    for (term, column) in [(sides.map(|sides| &sides.0), 1u16), (sides.map(|sides| &sides.1), 2)] {
        match term {
            Some(term) => {
                let result = term.value.as_ref().map(cell_text).unwrap_or_default();
                let formula = Formula::new(format!("=IFERROR({},\"\")", term.formula)).set_result(result);
                let format = writer.looks.middle.clone().set_num_format("#,##0.00");
                page.write_formula_with_format(row, column, formula, &format)?;
            }
            None => {
                page.write_blank(row, column, &writer.looks.middle)?;
            }
        }
    }
    let [agrees, disagrees, open] =
        [wording::AGREES, wording::DISAGREES, wording::NOT_FILLED].map(|word| writer.word(word));
    let result = match asked.holds {
        Some(true) => agrees,
        Some(false) => disagrees,
        None => open,
    };
    let formula = format!("=IFERROR(IF({},\"{agrees}\",\"{disagrees}\"),\"{open}\")", asked.formula);
    page.write_formula_with_format(row, 3, Formula::new(formula).set_result(result), &writer.looks.middle)?;
    Ok(())
}

impl Translator<'_> {
    fn kind(&self, id: ExprId) -> Option<&ExprKind> {
        self.writer.program.expr(id).map(|expr| &expr.kind)
    }

    fn condition(&self, id: ExprId, depth: u8) -> Option<Asked> {
        if depth > DEEPEST {
            return None;
        }
        match self.kind(id)? {
            ExprKind::Compare(compare, left, right) => self.comparison(*compare, *left, *right, depth),
            ExprKind::Logic(logic, parts) => {
                let mut parts: Vec<Asked> =
                    parts.iter().map(|part| self.condition(*part, depth + 1)).collect::<Option<_>>()?;
                let formulas: Vec<&str> = parts.iter().map(|part| part.formula.as_str()).collect();
                let decides = *logic == Logic::Or;
                let name = if decides { "OR" } else { "AND" };
                let formula = format!("{name}({})", formulas.join(","));
                let holds = if parts.iter().any(|part| part.holds == Some(decides)) {
                    Some(decides)
                } else {
                    parts.iter().all(|part| part.holds == Some(!decides)).then_some(!decides)
                };
                let sides = parts.iter_mut().find_map(|part| part.sides.take());
                Some(Asked { formula, holds, sides })
            }
            ExprKind::Is(test @ (Test::Empty | Test::NotEmpty), subject) => self.empty(*test, *subject),
            _ => None,
        }
    }

    /// 为空 of a table: no cell of its first column is filled.
    fn empty(&self, test: Test, subject: ExprId) -> Option<Asked> {
        let ExprKind::Field(id) = self.kind(subject)? else { return None };
        let range = self.places.range((*id, 0))?;
        let rows = self.writer.facts.and_then(|facts| facts.table(*id)).map(|table| table.rows.len()).unwrap_or(0);
        let none = self.writer.phrase.state(heng_model::State::None);
        let count = format!("COUNTA({range})-COUNTIF({range},\"{none}\")");
        let (sign, holds) = if test == Test::Empty { ("=", rows == 0) } else { (">", rows > 0) };
        Some(Asked { formula: format!("({count}{sign}0)"), holds: Some(holds), sides: None })
    }

    fn comparison(&self, compare: Compare, left: ExprId, right: ExprId, depth: u8) -> Option<Asked> {
        let (left, right) = (self.term(left, depth + 1)?, self.term(right, depth + 1)?);
        let sign = match compare {
            Compare::Equal => "=",
            Compare::NotEqual => "<>",
            Compare::Less => "<",
            Compare::AtMost => "<=",
            Compare::Greater => ">",
            Compare::AtLeast => ">=",
        };
        let holds = left.value.as_ref().zip(right.value.as_ref()).map(|(left, right)| match compare {
            Compare::Equal => left == right,
            Compare::NotEqual => left != right,
            Compare::Less => left < right,
            Compare::AtMost => left <= right,
            Compare::Greater => left > right,
            Compare::AtLeast => left >= right,
        });
        // Cells are binary; a difference below a tenth of a 分 is none.
        let formula = format!("ROUND(({})-({}),3){sign}0", left.formula, right.formula);
        Some(Asked { formula, holds, sides: Some((left, right)) })
    }

    fn term(&self, id: ExprId, depth: u8) -> Option<Term> {
        if depth > DEEPEST {
            return None;
        }
        match self.kind(id)? {
            ExprKind::Literal(Value::Number(number)) => {
                Some(Term { formula: cell_text(number), value: Some(number.clone()) })
            }
            ExprKind::Let(id) => self.term(self.writer.program.definition(*id)?.value, depth + 1),
            ExprKind::Field(id) => self.datum(*id),
            ExprKind::Arith(arith, left, right) => {
                let (left, right) = (self.term(*left, depth + 1)?, self.term(*right, depth + 1)?);
                let values = left.value.as_ref().zip(right.value.as_ref());
                let (sign, value) = match arith {
                    Arith::Add => ("+", values.map(|(left, right)| left + right)),
                    Arith::Subtract => ("-", values.map(|(left, right)| left - right)),
                    Arith::Multiply => ("*", values.map(|(left, right)| left * right)),
                    Arith::Divide => ("/", values.and_then(|(left, right)| left.checked_div(right))),
                    Arith::Power => return None,
                };
                Some(Term { formula: format!("({}{sign}{})", left.formula, right.formula), value })
            }
            ExprKind::Fold(fold) if fold.op == FoldOp::Sum && fold.weight.is_none() => {
                self.sum(fold.over, fold.term?, depth + 1)
            }
            _ => None,
        }
    }

    /// A single datum in the base unit, whatever unit is chosen beside it; an error while it is blank.
    fn datum(&self, id: FieldId) -> Option<Term> {
        let Type::Quantity(quantity) = self.writer.program.schema.field(id)?.scalar()? else { return None };
        let (sheet, row) = self.places.data.get(&id)?;
        let cell = |column: &str| format!("{}!${column}${}", quoted(sheet), row + 1);
        let (value, unit) = (cell("B"), cell("C"));
        let scale = match (quantity, self.writer.lang) {
            (heng_model::Quantity::Money, heng_diag::Lang::Zh) => {
                format!("IF({unit}=\"元\",1,IF({unit}=\"亿元\",100000000,10000))")
            }
            _ => cell_text(&factor(self.writer.lang, quantity)),
        };
        let formula = format!("IF(ISNUMBER({value}),{value}*{scale},NA())");
        let known =
            self.writer.facts.and_then(|facts| facts.cell(DatumRef::field(id))?.value.as_ref()?.as_number().cloned());
        Some(Term { formula, value: known })
    }

    /// The sum of a column, over all rows or those whose cells hold a word.
    fn sum(&self, over: ExprId, term: ExprId, depth: u8) -> Option<Term> {
        let ExprKind::Column { table, column, up: 0 } = *self.kind(term)? else { return None };
        let Type::Quantity(quantity) = self.writer.program.schema.column(table, column)?.ty else { return None };
        let words = self.words(over, table, depth)?;
        let range = self.places.range((table, column))?;
        let mut conditions = String::new();
        for (at, word) in &words {
            conditions.push_str(&format!(",{},\"{}\"", self.places.range((table, *at))?, word.replace('"', "\"\"")));
        }
        let sum = if words.is_empty() { format!("SUM({range})") } else { format!("SUMIFS({range}{conditions})") };
        let formula = format!("{sum}*{}", cell_text(&factor(self.writer.lang, quantity)));
        Some(Term { formula, value: self.summed(table, column, &words) })
    }

    fn summed(&self, table: FieldId, column: u16, words: &[(u16, String)]) -> Option<Number> {
        let rows = &self.writer.facts?.table(table)?.rows;
        let fits = |row: &&Vec<heng_model::Cell>| {
            words.iter().all(|(at, word)| {
                let cell = row.get(usize::from(*at)).and_then(|cell| cell.value.as_ref());
                matches!(cell, Some(Value::Text(text)) if **text == **word)
            })
        };
        let number = |row: &Vec<heng_model::Cell>| row.get(usize::from(column))?.value.as_ref()?.as_number().cloned();
        rows.iter().filter(fits).map(number).sum()
    }

    /// Which words the rows of an expression must hold; none where it asks for something else.
    fn words(&self, over: ExprId, table: FieldId, depth: u8) -> Option<Vec<(u16, String)>> {
        match self.kind(over)? {
            ExprKind::Field(id) if *id == table => Some(Vec::new()),
            ExprKind::Where(rows, condition) if depth <= DEEPEST => {
                let mut words = self.words(*rows, table, depth + 1)?;
                let ExprKind::Compare(Compare::Equal, left, right) = *self.kind(*condition)? else { return None };
                let ExprKind::Column { table: of, column, up: 0 } = *self.kind(left)? else { return None };
                let ExprKind::Literal(Value::Text(word)) = self.kind(right)? else { return None };
                words.push((column, word.to_string()));
                (of == table).then_some(words)
            }
            _ => None,
        }
    }
}
