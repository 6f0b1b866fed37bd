//! Whole tables: Word, Excel and text become packs that compile; damaged and hostile files are refused.

use std::io::{Cursor, Write};

use heng_diag::Lang;
use heng_notice::{
    Broken, ImportOptions, Imported, NotATable, choose_table, import_table, read_document, read_text_table,
    read_workbook,
};
use rust_xlsxwriter::{Format, Workbook};

const OPTIONS: ImportOptions = ImportOptions { title: None, year: None, lang: Lang::Zh };

const TEXT: &str = "某区2024年度部门整体支出绩效自评表\n\
一级指标\t二级指标\t三级指标\t分值\t评分标准\n\
投入\t预算配置\t支出率\t5\t支出率达到100%的，得满分；每低1个百分点扣0.5分，扣完为止。\n\
\t\t控制率\t5\t控制率≤100%得5分，否则不得分\n\
过程\t管理\t公开\t4\t视公开质量酌情给分\n\
合计\t\t\t15\t\n";

fn compiled(found: &Imported) -> Vec<&'static str> {
    let compiled = heng_dsl::compile(&[("x".to_owned(), found.rules.clone())]);
    compiled.diagnostics.iter().filter(|finding| finding.is_error()).map(|finding| finding.code).collect()
}

fn about<'i>(found: &'i Imported, part: &str) -> Option<&'i str> {
    let remark = found.remarks.iter().find(|remark| remark.text.zh.contains(part));
    remark.map(|remark| remark.about.as_str())
}

#[test]
fn a_pasted_table_becomes_a_pack_and_loses_nothing() {
    let found = import_table(&read_text_table(TEXT), &OPTIONS).unwrap();
    assert_eq!((found.year, found.read, found.unread), (2024, 2, 1));
    assert_eq!(compiled(&found), Vec::<&str>::new());
    for kept in ["每低1个百分点扣0.5分", "控制率≤100%得5分，否则不得分", "视公开质量酌情给分", "待编", "满分：14分"]
    {
        assert!(found.rules.contains(kept), "{kept}\n{}", found.rules);
    }
    assert_eq!(about(&found, "评审人判断"), Some("公开"));
    assert_eq!(about(&found, "表上写15分"), Some("合计"));
    assert_eq!(about(&found, "待确认（用于：控制率）"), Some("控制率"));
    let again = heng_dsl::format(&found.rules, &heng_dsl::FormatOptions::default());
    assert_eq!(again.text, found.rules);
}

#[test]
fn names_that_a_rule_file_takes_for_the_same_are_told_apart() {
    for other in ["公开\u{1}", "公\u{200b}开", "Ａ", "{乙}"] {
        let one = if other == "Ａ" {
            "A"
        } else if other == "{乙}" {
            "〔乙〕"
        } else {
            "公开"
        };
        let text = format!("2024年度自评表\n一级指标\t分值\t评分标准\n{one}\t60\t好\n{other}\t40\t好\n");
        let found = import_table(&read_text_table(&text), &OPTIONS).unwrap();
        assert_eq!(compiled(&found), Vec::<&str>::new(), "{other:?}\n{}", found.rules);
        assert!(about(&found, "同名").is_some(), "{other:?}: {:?}", found.remarks);
    }
}

#[test]
fn merged_cells_of_a_workbook_stand_for_all_they_cover() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 4, "某区2024年度评分表", &plain).unwrap();
    for (column, text) in (0..).zip(["一级指标", "二级指标", "三级指标", "分值", "评分标准"]) {
        sheet.write(1, column, text).unwrap();
    }
    sheet.merge_range(2, 0, 3, 0, "投入（10分）", &plain).unwrap();
    sheet.merge_range(2, 1, 3, 1, "预算配置（10分）", &plain).unwrap();
    for (row, name, rule) in
        [(2, "支出率", "支出率90%以上得5分，其他不得分"), (3, "控制率", "完成得满分，未完成不得分")]
    {
        sheet.write(row, 2, name).unwrap();
        sheet.write(row, 3, 5).unwrap();
        sheet.write(row, 4, rule).unwrap();
    }
    let tables = read_workbook(&book.save_to_buffer().unwrap()).unwrap();
    let found = import_table(choose_table(&tables).unwrap(), &OPTIONS).unwrap();
    assert_eq!((found.read, found.unread), (2, 0), "{}", found.rules);
    assert_eq!(found.rules.matches("一级指标 投入 10分").count(), 1, "{}", found.rules);
    assert_eq!(compiled(&found), Vec::<&str>::new());
}

fn document(body: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let started = archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default());
    let written = started.map_err(std::io::Error::other).and_then(|()| archive.write_all(body.as_bytes()));
    written.map_or_else(|_| Vec::new(), |()| archive.finish().map(Cursor::into_inner).unwrap_or_default())
}

#[test]
fn merged_cells_of_a_document_stand_for_all_they_cover() {
    let cell = |text: &str, merge: &str| {
        format!("<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let (first, next) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>");
    let rows = [
        [cell("一级指标", ""), cell("二级指标", ""), cell("分值", ""), cell("评分标准", "")],
        [cell("投入", first), cell("支出率", ""), cell("5", ""), cell("支出率&gt;=90%得5分，其他不得分", "")],
        [cell("", next), cell("控制率", ""), cell("5", ""), cell("完成得满分，未完成不得分", "")],
    ];
    let rows: String = rows.iter().map(|row| format!("<w:tr>{}</w:tr>", row.concat())).collect();
    let text = format!(
        "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>2024年度评分表</w:t></w:r></w:p><w:tbl>{rows}</w:tbl></w:body></w:document>"
    );
    let tables = read_document(&document(&text)).unwrap();
    let found = import_table(choose_table(&tables).unwrap(), &OPTIONS).unwrap();
    assert_eq!((found.year, found.read, found.unread), (2024, 2, 0), "{}", found.rules);
    assert_eq!(compiled(&found), Vec::<&str>::new());
}

#[test]
fn an_outline_with_points_in_brackets_is_a_table() {
    let text = "一、投入（10分）\n（一）预算配置（10分）\n1.支出率（5分）：支出率90%以上得5分，其他不得分\n2.控制率（5分）：完成得满分，未完成不得分\n";
    let options = ImportOptions { year: Some(2024), ..OPTIONS };
    let found = import_table(&read_text_table(text), &options).unwrap();
    assert_eq!((found.read, found.unread), (2, 0), "{}", found.rules);
    assert_eq!(compiled(&found), Vec::<&str>::new());
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(import_table(&read_text_table("没有表\n"), &OPTIONS).unwrap_err(), NotATable::NoHeadings);
    let no_year = TEXT.replace("2024年度", "");
    assert_eq!(import_table(&read_text_table(&no_year), &OPTIONS).unwrap_err(), NotATable::NoYear);
    let no_points = TEXT.replace("\t5\t", "\t\t").replace("\t4\t", "\t\t");
    assert_eq!(import_table(&read_text_table(&no_points), &OPTIONS).unwrap_err(), NotATable::NoPoints);
}

#[test]
fn damaged_and_hostile_files_are_refused() {
    for bytes in [&b""[..], b"PK\x03\x04broken", b"plain text"] {
        assert_eq!(read_document(bytes).unwrap_err(), Broken::Damaged);
        assert_eq!(read_workbook(bytes).unwrap_err(), Broken::Damaged);
    }
    assert_eq!(read_document(&document(&"0".repeat(65 << 20))).unwrap_err(), Broken::TooLarge(64 << 20));
    let nested = format!("<w:document>{}</w:document>", "<w:tbl><w:tr><w:tc>".repeat(50));
    assert_eq!(read_document(&document(&nested)).unwrap_err(), Broken::Damaged);
    let entity = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><w:document><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>";
    assert_eq!(read_document(&document(entity)).unwrap_err(), Broken::Entities);
}

#[test]
fn names_that_would_break_a_rule_file_do_not() {
    let text = TEXT.replace("控制率\t5", "控制率{}#//「甲」\t5").replace("否则不得分", "否则不得分{#}//");
    let found = import_table(&read_text_table(&text), &OPTIONS).unwrap();
    assert_eq!(compiled(&found), Vec::<&str>::new(), "{}", found.rules);
}
