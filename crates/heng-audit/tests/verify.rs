//! Copies: what is a difference and what is none; and files that must not be trusted.

#![expect(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use std::io::{Cursor, Write};

use heng_audit::{
    Document, read,
    verify::{Change, compare},
};

const REPORT: &str = "一、单位基本情况\n2023年支出决算4,849.88万元，其中基本支出856.67万元，项目支出3993.21万元。\n\
    二、自评情况\n我部年度预决算均按要求在政府门户网站公开，主动接受公众监督，没有发现问题。\n自评得分97.5分。\n";

fn document(name: &str, text: &str) -> Document {
    read(name, text.as_bytes()).unwrap().document
}

fn changes(text: &str) -> Vec<Change> {
    let comparison = compare(&document("a.txt", REPORT), &document("b.txt", text)).unwrap();
    comparison.differences.iter().map(|one| one.change).collect()
}

#[test]
fn layout_is_no_difference() {
    let text = REPORT.replace("4,849.88", "４８４９.880").replace("，主动", ",\n主动").replace("97.5", " 97.50 ");
    assert_eq!(changes(&text), []);
}

#[test]
fn a_digit_a_paragraph_and_a_row_are_found() {
    assert_eq!(changes(&REPORT.replace("856.67", "865.67")), [Change::Changed]);
    let gone = REPORT.replace("我部年度预决算均按要求在政府门户网站公开，主动接受公众监督，没有发现问题。\n", "");
    assert_eq!(changes(&gone), [Change::Missing]);
    let (rows, swapped) = ("甲指标甲\t10\n乙指标乙\t20\n丙指标丙\t30\n", "乙指标乙\t20\n甲指标甲\t10\n丙指标丙\t30\n");
    let comparison = compare(&document("a.txt", rows), &document("b.txt", swapped)).unwrap();
    assert!(!comparison.differences.is_empty());
}

/// A report whose table runs over a page in the second, which prints the head again.
const TABLE: &str = "一、得分\n各项得分如下，满分一百分，按评分表逐项打分。\n指标\t分值\t得分\n目标完成率\t20\t19.5\n预算执行率\t10\t10\n\
    采购合规性\t5\t4\n二、问题\n合同备案晚了三天，已经整改。\n";

fn table_changes(text: &str) -> Vec<(Change, String)> {
    let comparison = compare(&document("a.txt", TABLE), &document("b.txt", text)).unwrap();
    comparison.differences.into_iter().map(|one| (one.change, one.second)).collect()
}

#[test]
fn a_head_printed_again_on_the_next_page_is_no_difference() {
    for below in ["预算执行率", "采购合规性"] {
        let again = TABLE.replace(below, &format!("指标 分值 得分\n{below}"));
        assert_eq!(table_changes(&again), [], "{below}");
        // The other way round: the first was read from a PDF.
        let comparison = compare(&document("b.txt", &again), &document("a.txt", TABLE)).unwrap();
        assert_eq!(comparison.differences, []);
    }
    // Elsewhere, or with other words, it is one.
    assert_eq!(table_changes(&TABLE.replace("合同备案", "指标 分值 得分\n合同备案")).len(), 1);
    assert_eq!(table_changes(&TABLE.replace("采购合规性", "指标 分值 得分率\n采购合规性")).len(), 1);
    // A digit that changed beside it is still found.
    let both = TABLE.replace("采购合规性\t5\t4", "指标 分值 得分\n采购合规性 5 3");
    assert_eq!(table_changes(&both).len(), 1);
}

#[test]
fn swapped_rows_and_dropped_paragraphs_are_found_and_fonts_of_signs_are_not() {
    let swapped = TABLE.replace("目标完成率\t20\t19.5\n预算执行率\t10\t10", "预算执行率\t10\t10\n目标完成率\t20\t19.5");
    let changes = table_changes(&swapped);
    assert!(!changes.is_empty() && changes.iter().any(|(change, _)| *change == Change::Moved), "{changes:?}");
    let dropped = TABLE.replace("各项得分如下，满分一百分，按评分表逐项打分。\n", "");
    assert_eq!(table_changes(&dropped).iter().map(|(change, _)| *change).collect::<Vec<_>>(), [Change::Missing]);
    let wide = TABLE.replace("19.5", "１９．５０").replace("一百分，", "一百分，\n").replace('，', ", ");
    assert_eq!(table_changes(&wide), []);
}

#[test]
fn another_document_is_no_copy() {
    assert!(
        compare(&document("a.txt", REPORT), &document("b.txt", "会议通知：明天上午九点开会，请准时参加。")).is_none()
    );
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn refused(name: &str, bytes: &[u8]) -> &'static str {
    read(name, bytes).unwrap_err().first().map(|found| found.code).unwrap()
}

#[test]
fn hostile_and_damaged_files_are_refused_with_a_message() {
    assert_eq!(refused("a.docx", b"PK\x03\x04 broken"), "read/broken");
    assert_eq!(refused("a.docx", &[0xD0, 0xCF, 0x11, 0xE0, 0, 0]), "read/old-format");
    assert_eq!(refused("a.pdf", b"%PDF-1.4 nothing"), "read/broken");
    assert_eq!(refused("a.txt", &[0xB2, 0xE2, 0xCA, 0xD4]), "read/encoding");
    assert_eq!(refused("a.exe", b"MZ"), "read/kind");
    assert_eq!(refused("a.txt", b"\n\n"), "read/empty");
    let entity = b"<!DOCTYPE d [<!ENTITY a \"aaaa\">]><w:document><w:p><w:t>&a;</w:t></w:p></w:document>";
    assert_eq!(refused("a.docx", &archive(&[("word/document.xml", entity)])), "read/entity");
    let zeros = vec![b' '; 1 << 20];
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    (0..513).for_each(|_| bomb.write_all(&zeros).unwrap());
    assert_eq!(refused("a.docx", &bomb.finish().unwrap().into_inner()), "read/size");
    let deep = format!("{}{}", "<w:p>".repeat(5000), "</w:p>".repeat(5000));
    assert_eq!(refused("a.docx", &archive(&[("word/document.xml", deep.as_bytes())])), "read/broken");
}

#[test]
fn macros_and_links_are_said_and_left_alone() {
    let body = "<w:document><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>";
    let rels = "<Relationships><Relationship Id=\"1\" Type=\"x/image\" TargetMode=\"External\" Target=\"http://a\"/></Relationships>";
    let parts: [(&str, &[u8]); 3] = [
        ("word/document.xml", body.as_bytes()),
        ("word/vbaProject.bin", b"x"),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
    ];
    let notes: Vec<_> = read("a.docx", &archive(&parts)).unwrap().notes.iter().map(|note| note.code).collect();
    assert_eq!(notes, ["read/macro", "read/link"]);
}
