//! Workbooks as no program writes them: nothing makes more of them than the bounds allow.

#![expect(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use std::io::{Cursor, Write};

use heng_archive::{Bounds, Broken, Sheet, read_sheets};
use zip::{ZipWriter, write::SimpleFileOptions};

const BOUNDS: Bounds = Bounds { unfolded: 64 << 20, cells: 10_000, text: 1 << 20 };

/// A workbook with one sheet of this XML and these shared strings.
fn book(data: &str, strings: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".into(),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"数据\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"rId1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{office}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\">{strings}</sst>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\">{data}</worksheet>")),
    ];
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn read(bytes: &[u8]) -> Result<Sheet, Broken> {
    let mut found = Sheet::default();
    read_sheets(bytes, BOUNDS, &|value| value.to_string(), &mut |sheet| {
        found = sheet;
        Ok(())
    })?;
    Ok(found)
}

fn cells(sheet: &Sheet) -> Vec<(u32, u32, &str)> {
    sheet.cells().collect()
}

#[test]
fn corners_of_a_sheet_ask_for_nothing_between() {
    let data = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row></sheetData>";
    let sheet = read(&book(data, "")).unwrap();
    assert_eq!(cells(&sheet), [(0, 0, "1"), (1_048_575, 16_383, "2")]);
    assert_eq!(sheet.place((1_048_575, 16_383)), "数据!XFD1048576");
}

#[test]
fn a_long_text_shared_by_many_cells_is_bounded() {
    let rows: String =
        (1..200).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>")).collect();
    let strings = format!("<si><t>{}</t></si>", "长".repeat(10_000));
    let bytes = book(&format!("<sheetData>{rows}</sheetData>"), &strings);
    assert_eq!(read(&bytes).unwrap_err(), Broken::TooLarge(1 << 20));
    let many: String = (1..=10_001).map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>0</v></c></row>")).collect();
    assert_eq!(read(&book(&format!("<sheetData>{many}</sheetData>"), "")).unwrap_err(), Broken::TooManyCells(10_000));
}

#[test]
fn formulas_without_a_result_are_listed_and_an_empty_result_is_one() {
    let data = "<sheetData><row r=\"1\"><c r=\"A1\"><f>B1+1</f></c><c r=\"B1\"><f>1</f><v>1</v></c><c r=\"C1\"><f>B1</f><v></v></c>\
                <c r=\"D1\" t=\"str\"><f>IF(B1=1,\"\",2)</f><v></v></c><c r=\"E1\"><f>B1</f><v/></c></row></sheetData>";
    let sheet = read(&book(data, "")).unwrap();
    assert_eq!(cells(&sheet), [(0, 1, "1")]);
    assert_eq!(
        sheet.uncomputed.iter().map(|at| sheet.place(*at)).collect::<Vec<_>>(),
        ["数据!A1", "数据!C1", "数据!E1"]
    );
}

#[test]
fn cells_out_of_order_are_put_in_order_and_the_later_of_two_stays() {
    let data = "<sheetData><row r=\"2\"><c r=\"A2\"><v>3</v></c></row><row r=\"1\"><c r=\"B1\"><v>2</v></c><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>9</v></c></row></sheetData>";
    assert_eq!(cells(&read(&book(data, "")).unwrap()), [(0, 0, "9"), (0, 1, "2"), (1, 0, "3")]);
}

#[test]
fn wild_names_of_cells_and_blocks_are_damage_or_nothing() {
    for name in ["AAAAAAAAAAAA2", "B99999999999", "2", "B", "", "甲1", "A1:B2"] {
        let data = format!(
            "<sheetData><row r=\"1\"><c r=\"{name}\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"{name}\"/></mergeCells>"
        );
        let _ = read(&book(&data, ""));
    }
}
