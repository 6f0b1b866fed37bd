//! The checks of documents that a pack brings along: functions of its scripts that pack.toml names.

use std::{
    collections::BTreeMap,
    ops::Range,
    path::{Component, Path},
};

use heng_audit::{
    Audit, Document, Family, Figure, Vocabulary,
    view::{self, Remark, View},
};
use heng_diag::{Diagnostic, Severity, Sources, Text};
use heng_eval::ScriptRow;
use heng_model::{FieldId, Name, Number, Quantity, State, Type, Value, value::DatumRef};
use heng_script::{DocumentRemark, DocumentTables, ScriptLibrary, Weight};

use crate::{
    exit::Exit,
    failure::Failure,
    manifest::Manifest,
    pack::{read_text, shown},
    registry, wording,
};

/// The checks of a pack, compiled.
pub struct DocumentChecks {
    pack: String,
    /// Function and file, in the order of the functions' names.
    checks: Vec<(String, Name)>,
    library: ScriptLibrary,
}

impl DocumentChecks {
    /// Reads the manifest of a pack and compiles the scripts that it names for documents.
    pub fn load(path: &Path) -> Result<DocumentChecks, Failure> {
        let folder = registry::locate(path, Path::new("."))?;
        let manifest = Manifest::read(&folder)?;
        let pack = manifest.id.clone().unwrap_or_else(|| shown(&folder));
        if manifest.audit.is_empty() {
            return Err(Failure::general(Exit::Usage, wording::no_document_checks(&pack)));
        }
        let mut texts: BTreeMap<Name, String> = BTreeMap::new();
        for file in manifest.audit.values() {
            let relative = Path::new(file);
            if relative.is_absolute() || relative.components().any(|part| matches!(part, Component::ParentDir)) {
                return Err(Failure::general(Exit::Rules, wording::script_outside(file)));
            }
            texts.insert(file.as_str().into(), read_text(&folder.join(relative))?);
        }
        let files: Vec<(Name, String)> = texts.into_iter().collect();
        let (library, problems) = ScriptLibrary::load(&files, &[], &[]);
        let mut sources = Sources::new();
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        for problem in problems {
            let text = files.iter().find(|(name, _)| *name == problem.file).map_or("", |(_, text)| text);
            diagnostics.push(problem.diagnostic(sources.add(shown(&folder.join(&*problem.file)), text)));
        }
        if !diagnostics.is_empty() {
            return Err(Failure { exit: Exit::Rules, diagnostics, sources });
        }
        let checks = manifest.audit.into_iter().map(|(function, file)| (function, file.as_str().into())).collect();
        Ok(DocumentChecks { pack, checks, library })
    }

    /// Puts what the checks find in a document among the findings. A check that fails is a finding of its own,
    /// and the others go on.
    pub fn run(&self, document: &Document, words: &Vocabulary, audit: &mut Audit) {
        let view = view::view(document, words);
        let (tables, places) = tables(document, &view);
        let mut remarks = Vec::new();
        for (function, file) in &self.checks {
            let source = wording::from_pack(&self.pack, function);
            match self.library.check_document(file, function, &tables) {
                Ok(said) => remarks.extend(said.into_iter().map(|said| remark(said, &source, &places))),
                Err(reason) => audit.findings.push(wording::document_check_failed(&self.pack, function, &reason)),
            }
        }
        view::add(document, audit, remarks);
    }
}

fn remark(said: DocumentRemark, source: &Text, places: &[Range<usize>]) -> Remark {
    let severity = match said.weight {
        Weight::MustFix => Severity::Error,
        Weight::ShouldExplain => Severity::Warning,
        Weight::Note => Severity::Hint,
    };
    let place = said.place.and_then(|place| usize::try_from(place).ok()).and_then(|place| places.get(place));
    Remark { severity, text: Text::same(&*said.text), source: source.clone(), span: place.cloned() }
}

/// Rows of a table, and the places that their 处 stands for.
#[derive(Default)]
struct Rows {
    places: Vec<Range<usize>>,
}

/// A cell under its Chinese and its English name.
type Pair = ([&'static str; 2], Value, Type);

impl Rows {
    fn row(&mut self, number: usize, span: &Range<usize>, cells: Vec<Pair>) -> ScriptRow {
        let place = ([("处"), "place"], whole(self.places.len()), Type::Quantity(Quantity::Count));
        self.places.push(span.clone());
        let both = |(names, value, ty): Pair| names.map(|name| (Name::from(name), value.clone(), ty.clone()));
        let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
        ScriptRow { number, cells: cells.into_iter().chain([place]).flat_map(both).collect() }
    }
}

fn whole(number: usize) -> Value {
    Value::Number(Number::from(number))
}

fn text(names: [&'static str; 2], text: &str) -> Pair {
    (names, Value::Text(text.into()), Type::Text)
}

fn count(names: [&'static str; 2], number: usize) -> Pair {
    (names, whole(number), Type::Quantity(Quantity::Count))
}

/// A number that may not be there: missing is never nought.
fn number(names: [&'static str; 2], value: Option<&Number>, quantity: Quantity) -> Pair {
    let missing = || Value::State(State::Missing, DatumRef::field(FieldId(0)));
    (names, value.map_or_else(missing, |value| Value::Number(value.clone())), Type::Quantity(quantity))
}

fn tables(document: &Document, view: &View) -> (DocumentTables, Vec<Range<usize>>) {
    let mut rows = Rows::default();
    let tables = vec![
        (["数字", "figures"], figures(document, view, &mut rows)),
        (["合计", "totals"], totals(view, &mut rows)),
        (["评分表", "scores"], scores(view, &mut rows)),
        (["单元格", "cells"], cells(view, &mut rows)),
        (["段落", "paragraphs"], paragraphs(document, view, &mut rows)),
    ];
    (DocumentTables { name: document.name.as_str().into(), year: view.year, tables }, rows.places)
}

/// What a figure measures, in a word: 金额, 百分比, 分, or the measure word of a count.
fn family(figure: &Figure) -> &str {
    match &figure.family {
        Family::Money => "金额",
        Family::Percent => "百分比",
        Family::Points => "分",
        Family::Count(word) => word,
    }
}

fn figures(document: &Document, view: &View, rows: &mut Rows) -> Vec<ScriptRow> {
    let one = |(at, figure): (usize, &Figure)| {
        let year = figure.period.map(Number::from);
        let place = document.blocks.get(figure.block).map(|block| block.place.said()).unwrap_or_default();
        let cells = vec![
            text(["标签", "label"], &figure.label),
            text(["名称", "name"], &figure.name()),
            text(["类", "kind"], family(figure)),
            text(["单位", "unit"], &figure.unit_word),
            number(["数值", "value"], Some(&figure.value), Quantity::Plain),
            number(["年度", "period"], year.as_ref(), Quantity::Year),
            text(["印作", "printed"], &figure.printed),
            count(["句", "sentence"], figure.sentence),
            text(["位置", "where"], &place),
        ];
        rows.row(at, &figure.span, cells)
    };
    view.figures.iter().enumerate().map(one).collect()
}

fn totals(view: &View, rows: &mut Rows) -> Vec<ScriptRow> {
    let mut found = Vec::new();
    for (at, link) in view.totals.iter().enumerate() {
        let Some(total) = view.figures.get(link.total) else { continue };
        let parts: Vec<&Figure> = link.parts.iter().filter_map(|part| view.figures.get(*part)).collect();
        let sum = parts.iter().fold(Number::ZERO, |sum, part| &sum + &part.value);
        let list = link.parts.iter().map(|part| whole(part + 1)).collect();
        let names: Vec<Value> = parts.iter().map(|part| Value::Text(part.name().as_str().into())).collect();
        let cells = vec![
            text(["名称", "name"], &total.name()),
            number(["数值", "value"], Some(&total.value), Quantity::Plain),
            number(["分项和", "sum"], Some(&sum), Quantity::Plain),
            count(["数字行", "figure"], link.total + 1),
            (["分项", "parts"], Value::List(list), Type::List(Box::new(Type::Quantity(Quantity::Count)))),
            (["分项名称", "part_names"], Value::List(names), Type::List(Box::new(Type::Text))),
        ];
        found.push(rows.row(at, &total.span, cells));
    }
    found
}

fn scores(view: &View, rows: &mut Rows) -> Vec<ScriptRow> {
    let one = |(at, score): (usize, &view::ScoreRow)| {
        let cells = vec![
            text(["指标", "indicator"], &score.name),
            number(["分值", "points"], Some(&score.points), Quantity::Points),
            number(["得分", "score"], Some(&score.score), Quantity::Points),
            text(["扣分原因", "reason"], &score.reason),
        ];
        rows.row(at, &score.span, cells)
    };
    view.scores.iter().enumerate().map(one).collect()
}

fn cells(view: &View, rows: &mut Rows) -> Vec<ScriptRow> {
    let one = |(at, cell): (usize, &view::CellOf)| {
        let cells = vec![
            count(["表", "table"], cell.table),
            count(["行次", "row"], cell.row),
            count(["列次", "column"], cell.column),
            text(["行名", "row_name"], &cell.name),
            text(["列名", "column_name"], &cell.head),
            text(["文字", "text"], &cell.text),
            number(["数值", "value"], cell.value.as_ref(), Quantity::Plain),
        ];
        rows.row(at, &cell.span, cells)
    };
    view.cells.iter().enumerate().map(one).collect()
}

fn paragraphs(document: &Document, view: &View, rows: &mut Rows) -> Vec<ScriptRow> {
    let one =
        |(at, span): (usize, &Range<usize>)| rows.row(at, span, vec![text(["文字", "text"], document.slice(span))]);
    view.paragraphs.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use heng_script::api;

    use super::*;

    #[test]
    fn what_is_listed_is_what_a_check_is_given() {
        let text = "# 某局2023年度绩效自评报告\n\n支出3万元，其中：甲1万元、乙2万元。\n\n| 指标 | 分值 | 得分 |\n|---|---|---|\n| 甲 | 5 | 4 |\n| 乙 | 5 | 5 |\n";
        let document = heng_audit::read("a.md", text.as_bytes()).unwrap_or_else(|_| unreachable!()).document;
        let (tables, places) = tables(&document, &view::view(&document, &Vocabulary::standard()));
        assert_eq!(tables.tables.len(), api::DOCUMENT.len());
        for ((names, rows), listed) in tables.tables.iter().zip(api::DOCUMENT) {
            assert_eq!(*names, listed.names);
            let row = rows.first().unwrap_or_else(|| unreachable!());
            let given: Vec<&str> =
                row.cells.iter().map(|(name, ..)| &**name).filter(|name| !matches!(*name, "处" | "place")).collect();
            let wanted: Vec<&str> = listed.columns.iter().flatten().copied().collect();
            assert_eq!(given, wanted);
        }
        assert_eq!(places.len(), tables.tables.iter().map(|(_, rows)| rows.len()).sum::<usize>());
    }
}
