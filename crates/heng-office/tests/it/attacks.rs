//! Files that are not what they should be: refused with a reason, and never read as something else.

use heng_notice::Broken;
use heng_office::{Choice, Kind, NoLedger, NotBack, Why, merge, write};
use rust_xlsxwriter::Workbook;

use crate::{
    edit::{in_document, part, without},
    support::{back, pack, program},
};

fn out(kind: Kind) -> Vec<u8> {
    let (program, lang) = program(&pack("hunan-yueyang/2019.heng"));
    write(&program, lang, kind).unwrap()
}

#[test]
fn a_record_that_is_gone_or_changed_is_said() {
    let hidden = part(&out(Kind::Workbook), "xl/workbook.xml", |xml| xml.replace("name=\"heng\"", "name=\"x\""));
    assert_eq!(back(&hidden, Kind::Workbook).unwrap_err(), NotBack::NoLedger(NoLedger::Missing));
    let gone = without(&out(Kind::Document), "customXml/item1.xml");
    assert_eq!(back(&gone, Kind::Document).unwrap_err(), NotBack::NoLedger(NoLedger::Missing));
    let changed = part(&out(Kind::Document), "customXml/item1.xml", |xml| xml.replace("在职人数与编制数之比", "x"));
    assert_eq!(back(&changed, Kind::Document).unwrap_err(), NotBack::NoLedger(NoLedger::Changed));
    let headless = part(&out(Kind::Document), "word/document.xml", |xml| xml.replace(">评分标准<", ">标准<"));
    assert_eq!(back(&headless, Kind::Document).unwrap_err(), NotBack::NoTable);
}

#[test]
fn files_that_are_too_large_or_broken_are_not_read_on() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..100_000 {
        for column in 0..3 {
            sheet.write_number(row, column, row).unwrap();
        }
    }
    let large = book.save_to_buffer().unwrap();
    assert_eq!(back(&large, Kind::Workbook).unwrap_err(), NotBack::Broken(Broken::TooManyCells(200_000)));
    // Two cells in the corners of a sheet do not ask for what lies between.
    let mut corners = Workbook::new();
    let sheet = corners.add_worksheet();
    sheet.write(0, 0, "a").unwrap();
    sheet.write(1_048_575, 16_383, "b").unwrap();
    let corners = corners.save_to_buffer().unwrap();
    assert_eq!(back(&corners, Kind::Workbook).unwrap_err(), NotBack::NoLedger(NoLedger::Missing));
    let bomb = part(&out(Kind::Document), "docProps/core.xml", |_| " ".repeat(65 << 20));
    assert_eq!(back(&bomb, Kind::Document).unwrap_err(), NotBack::Broken(Broken::TooLarge(64 << 20)));
    for bytes in [&b"PK"[..], b"", b"<html>"] {
        for kind in [Kind::Workbook, Kind::Document] {
            assert_eq!(back(bytes, kind).unwrap_err(), NotBack::Broken(Broken::Damaged));
        }
    }
    let locked = [0xd0, 0xcf, 0x11, 0xe0, 0xa1];
    assert_eq!(back(&locked, Kind::Document).unwrap_err(), NotBack::Broken(Broken::OldOrLocked));
}

#[test]
fn a_file_cut_or_damaged_anywhere_is_refused_or_read_and_nothing_panics() {
    for kind in [Kind::Workbook, Kind::Document] {
        let whole = out(kind);
        for cut in (0..whole.len()).step_by(whole.len() / 60) {
            let _ = back(&whole[..cut], kind);
            let mut hit = whole.clone();
            hit[cut] ^= 0x55;
            let _ = back(&hit, kind);
        }
    }
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let files = pack("hunan-yueyang/2019.heng");
    let (program, _) = program(&files);
    let tracked = in_document(&out(Kind::Document), "资金结余", |row| {
        let old = "年末结转结余与上年相比";
        let run =
            format!("<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">{old}</w:t></w:r>");
        let new = "<w:del w:id=\"1\"><w:r><w:delText>年末结转结余与上年相比</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>结余的变化</w:t></w:r></w:ins>";
        assert!(row.contains(&run));
        row.replace(&run, new)
    });
    let gone = in_document(&tracked, "支付进度", |row| row.replace("<w:trPr>", "<w:trPr><w:del w:id=\"3\"/>"));
    let returned = back(&gone, Kind::Document).unwrap();
    assert_eq!(returned.tracked, 3);
    let merged = merge(&files, &program, &returned, Choice::default()).unwrap();
    assert_eq!(merged.compared.removed, [("支付进度".to_owned(), "支付进度".to_owned())]);
    let text = &merged.files.unwrap()[0].1;
    assert_eq!(*text, files[0].1.replace("年末结转结余与上年相比", "结余的变化"));
    let split =
        in_document(&tracked, "支付进度", |row| row.replacen("<w:tcPr>", "<w:tcPr><w:cellIns w:id=\"4\"/>", 1));
    assert_eq!(back(&split, Kind::Document).unwrap_err(), NotBack::Unclear);
}

#[test]
fn cells_that_were_merged_otherwise_are_listed() {
    let files = pack("hunan-yueyang/2019.heng");
    let (program, _) = program(&files);
    // The cell of the group goes on no further, and the row says another group.
    let moved = in_document(&out(Kind::Document), "支付进度", |row| {
        row.replacen("<w:vMerge/>", "", 1).replacen(
            "<w:p><w:pPr><w:pStyle w:val=\"CellMiddle\"/></w:pPr></w:p>",
            "<w:p><w:r><w:t>产出和效果</w:t></w:r></w:p>",
            1,
        )
    });
    let merged = merge(&files, &program, &back(&moved, Kind::Document).unwrap(), Choice::default()).unwrap();
    assert_eq!(merged.files, None);
    assert_eq!(merged.compared.doubts[0].why, Why::Moved, "{:#?}", merged.compared.doubts);
}
