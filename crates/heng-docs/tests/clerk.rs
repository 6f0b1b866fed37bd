//! The data workbook, filled in and handed back as people leave it, says what it said.
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "tests say what they expect by failing")]

#[path = "support/case.rs"]
mod case;
#[path = "support/messy.rs"]
mod messy;

use calamine::Reader;
use case::Case;
use heng_data::{FactsFile, read_facts};
use heng_diag::Lang;
use messy::values;
use rust_xlsxwriter::Workbook;

#[test]
fn a_messy_copy_of_the_workbook_says_the_same() {
    for (example, pack, name, lang) in [
        ("potou-2023", "guangdong-dept-overall", "数据表.xlsx", Lang::Zh),
        ("potou-2023-en", "guangdong-dept-overall-en", "data-sheet.xlsx", Lang::En),
    ] {
        let case = Case::of(example, pack);
        let made = case.document(name, lang);
        let left = messy::messy(&made);
        let mut again = calamine::Xlsx::new(std::io::Cursor::new(&left)).unwrap();
        let names = again.sheet_names();
        let merged = names.iter().map(|name| again.merge_cells_by_sheet_name(name).unwrap().len());
        assert!(merged.sum::<usize>() > 3, "cells are merged");
        let reading = read_facts(&case.program.schema, &[FactsFile { name: name.to_owned(), bytes: left }]);
        let wrong: Vec<_> = reading.diagnostics.iter().filter(|found| found.is_error()).collect();
        assert!(wrong.is_empty(), "{example}: {wrong:#?}");
        let (known, read) = (values(&case.program, &case.reading.facts), values(&case.program, &reading.facts));
        for (known, read) in known.iter().zip(&read) {
            assert_eq!(read, known, "{example}");
        }
        assert_eq!(known.len(), read.len());
    }
}

/// The empty workbook's sheet of one datum's group, with a state written as people write them.
#[test]
fn states_are_read_as_people_write_them() {
    let rules = "规则包 状态 {\n    评价年度：2023\n    满分：1分\n}\n数据 {\n    甲：金额，可不适用\n    乙：日期\n    丙：表 { 名称：文本 }\n}\n一级指标 甲项 1分 { 待编 }\n";
    let program = heng_dsl::compile(&[("状态.heng".to_owned(), rules.to_owned())]).program.unwrap();
    for (value, state, said) in [
        (" 不适用　", "", "NotApplicable"),
        ("", "不 适用", ""),
        ("", "缺报 ", "Missing"),
        ("１２．５", "无佐证", "NoEvidence"),
        ("12.5", "　有争议", "Disputed"),
    ] {
        let mut book = Workbook::new();
        let data = book.add_worksheet().set_name("基本数据").unwrap();
        data.write_row(0, 0, ["数据项 ", "值", "单位", "状态"]).unwrap();
        data.write_row(1, 0, ["甲", value, "万元", state]).unwrap();
        data.write_row(2, 0, ["乙", " ２０２３年１２月３１日 ", "", "迟报"]).unwrap();
        book.add_worksheet().set_name("丙").unwrap().write_row(0, 0, ["名称"]).unwrap().write(1, 0, "无 ").unwrap();
        let file = FactsFile { name: "数据.xlsx".to_owned(), bytes: book.save_to_buffer().unwrap() };
        let reading = read_facts(&program.schema, &[file]);
        let values = values(&program, &reading.facts);
        if said.is_empty() {
            assert!(reading.has_errors(), "a word that is no state is refused: {values:?}");
            continue;
        }
        assert!(!reading.has_errors(), "{:?}", reading.diagnostics);
        assert!(values[0].contains(said), "{said}: {values:?}");
        assert!(values[1].contains("2023-12-31") && values[1].contains("Late"), "{values:?}");
        assert!(values[2].contains("None"), "{values:?}");
    }
}
