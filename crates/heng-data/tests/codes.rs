//! Every code of this crate has a page, and what the page shows is so: its bad file gives this
//! finding, its good file gives none.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_types,
    clippy::panic,
    reason = "tests say what they expect by failing"
)]

use std::{collections::BTreeSet, path::PathBuf};

use heng_data::{FactsFile, read_calendar, read_facts, wire::program_from_json};
use heng_diag::Diagnostic;
use heng_model::Schema;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

/// Codes about bytes, merged cells, or a whole program, which no page can show.
const WITHOUT_EXAMPLE: [&str; 7] =
    ["data/merged", "data/file-kind", "data/size", "data/encoding", "data/workbook", "wire/size", "wire/reference"];

fn codes() -> BTreeSet<&'static str> {
    let wording = include_str!("../src/wording.rs");
    let stages = ["data/", "calendar/", "wire/"];
    wording.split('"').filter(|text| stages.iter().any(|stage| text.starts_with(stage))).collect()
}

fn page(code: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes").join(format!("{code}.md"));
    std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{code} has no page"))
}

/// The data of all pages; `data/missing` has one more, which it asks for.
fn schema(code: &str) -> Schema {
    let extra =
        if code == "data/missing" { "    必填数：数\n    采购合同：表" } else { "    采购合同：表" };
    let text = include_str!("support/codes.heng").replace("    采购合同：表", extra);
    let compiled = heng_dsl::compile(&[("codes.heng".to_owned(), text)]);
    compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics)).schema
}

/// The fences of a page: what they are, and whether they are good.
fn fences(page: &str) -> Vec<(&str, bool, &str)> {
    page.split("```").skip(1).step_by(2).filter_map(fence).collect()
}

fn fence(text: &str) -> Option<(&str, bool, &str)> {
    let (head, body) = text.split_once('\n')?;
    let (kind, how) = head.split_once(' ')?;
    Some((kind, how == "good", body))
}

fn findings(code: &str, kind: &str, body: &str) -> Vec<Diagnostic> {
    match (code.split_once('/').unwrap().0, kind) {
        ("data", "toml") => facts(code, "事实.toml", body.as_bytes()),
        ("data", "sheet") => facts(code, "数据.xlsx", &workbook(body)),
        ("calendar", "toml") => read_calendar("例子.toml", body.as_bytes()).1,
        ("wire", "json") => program_from_json(body).err().into_iter().map(|refusal| *refusal).collect(),
        other => panic!("{code} shows {other:?}"),
    }
}

fn facts(code: &str, name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    read_facts(&schema(code), &[FactsFile { name: name.into(), bytes: bytes.into() }]).diagnostics
}

/// A workbook from text: `[sheet]`, then a row a line, cells between bars.
fn workbook(body: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let mut lines = body.lines();
    let name = lines.next().unwrap().trim_matches(['[', ']']);
    let sheet = book.add_worksheet().set_name(name).unwrap();
    for (row, line) in (0..).zip(lines) {
        for (column, cell) in (0..).zip(line.split('|')) {
            put(sheet, row, column, cell.trim());
        }
    }
    book.save_to_buffer().unwrap()
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) {
    let (figure, format) = cell.strip_suffix(']').and_then(|cell| cell.split_once(" [")).unwrap_or((cell, "General"));
    if cell.starts_with('#') {
        sheet.write_formula(row, column, Formula::new("=1/0").set_result(cell)).unwrap();
    } else if let Ok(number) = figure.parse::<f64>() {
        sheet.write_number_with_format(row, column, number, &Format::new().set_num_format(format)).unwrap();
    } else {
        sheet.write_string(row, column, cell).unwrap();
    }
}

#[test]
fn every_code_has_a_page_that_shows_it() {
    let codes = codes();
    assert!(codes.len() > 35, "{codes:?}");
    for code in codes {
        let page = page(code);
        assert!(page.starts_with(&format!("# {code}\n")) && page.contains("\n## In English\n"), "{code}");
        let shown = fences(&page).iter().any(|(_, good, _)| !good);
        assert_eq!(shown, !WITHOUT_EXAMPLE.contains(&code), "{code}");
    }
}

#[test]
fn what_the_pages_show_is_so() {
    let mut wrong = Vec::new();
    for code in codes() {
        for (kind, good, body) in fences(&page(code)) {
            let found = findings(code, kind, body);
            let named = found.iter().any(|finding| finding.code == code);
            let others: Vec<&str> = found.iter().filter(|f| f.code != code).map(|f| f.code).collect();
            if named == good || !others.is_empty() {
                wrong.push(format!("{code} good: {good}, found: {named}, {others:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
