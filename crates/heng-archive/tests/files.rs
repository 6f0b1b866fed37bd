//! Files that must not be trusted, and files that may be read.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say what they expect by failing")]

use std::io::{Cursor, Write};

use heng_archive::{Broken, Kind, MOST_PARTS, MOST_UNFOLDED, Remark, examine};
use zip::{ZipWriter, write::SimpleFileOptions};

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A container of the old format with entries of these names.
fn compound(names: &[&str]) -> Vec<u8> {
    let mut out = vec![0u8; 512];
    out[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    for name in ["Root Entry"].iter().chain(names) {
        let mut entry = [0u8; 128];
        name.encode_utf16().flat_map(u16::to_le_bytes).zip(&mut entry).for_each(|(byte, place)| *place = byte);
        out.extend(entry);
    }
    out
}

fn refused(bytes: &[u8]) -> Broken {
    examine(bytes, MOST_UNFOLDED).unwrap_err()
}

#[test]
fn old_and_encrypted_files_are_told_apart() {
    assert_eq!(refused(&compound(&["EncryptionInfo", "EncryptedPackage"])), Broken::Locked);
    assert_eq!(refused(&compound(&["WordDocument", "1Table"])), Broken::OldDocument);
    assert_eq!(refused(&compound(&["Workbook"])), Broken::OldWorkbook);
    assert_eq!(refused(&compound(&["Book"])), Broken::OldWorkbook);
    assert_eq!(refused(&compound(&["Bookmark"])), Broken::OldOrLocked);
    assert_eq!(refused(&[0xd0, 0xcf, 0x11, 0xe0]), Broken::OldOrLocked);
    for broken in [Broken::Locked, Broken::OldDocument, Broken::OldWorkbook, Broken::OldOrLocked] {
        let found = broken.diagnostic();
        assert!(found.is_error() && ["read/encrypted", "read/old-format"].contains(&found.code), "{broken:?}");
    }
}

#[test]
fn what_unfolds_too_far_is_left() {
    let bytes = archive(&[("xl/workbook.xml", b"<a/>"), ("xl/media/a.bin", &[0; 1 << 20])]);
    assert!(bytes.len() < 4096);
    assert_eq!(examine(&bytes, 1 << 20).unwrap_err(), Broken::TooLarge(1 << 20));
    assert_eq!(examine(&bytes, (1 << 20) + 4).unwrap().kind, Kind::Workbook);
    // An archive inside is one part more; it is not opened.
    let inner = archive(&[("a", &[0; 1 << 20])]);
    let nested = archive(&[("word/document.xml", b"<a/>"), ("word/embeddings/a.zip", &inner)]);
    assert_eq!(examine(&nested, 1 << 16).unwrap().remarks, [Remark::Embedded]);
}

#[test]
fn a_file_of_very_many_parts_is_left() {
    let names: Vec<String> = (0..MOST_PARTS).map(|at| format!("xl/{at}")).collect();
    let mut parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    parts.push(("xl/workbook.xml", b"<a/>"));
    assert_eq!(refused(&archive(&parts)), Broken::TooManyParts(MOST_PARTS));
    parts.pop();
    parts.pop();
    parts.push(("xl/workbook.xml", b"<a/>"));
    assert!(examine(&archive(&parts), MOST_UNFOLDED).is_ok());
}

#[test]
fn entities_are_refused_in_every_part_that_is_xml() {
    let laughs = b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
    let outside = b"<!DOCTYPE a SYSTEM \"http://example.invalid/a.dtd\"><a/>";
    for text in [laughs.as_slice(), outside] {
        for part in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"] {
            assert_eq!(refused(&archive(&[("xl/workbook.xml", b"<a/>"), (part, text)])), Broken::Entities, "{part}");
        }
    }
    let picture = archive(&[("xl/workbook.xml", b"<a/>"), ("xl/media/a.svg", laughs)]);
    assert!(examine(&picture, MOST_UNFOLDED).is_ok());
}

#[test]
fn what_is_no_office_file_is_said() {
    assert_eq!(refused(b"PK\x03\x04 cut off"), Broken::Damaged);
    assert_eq!(refused(&archive(&[("content.xml", b"<a/>"), ("mimetype", b"x")])), Broken::Foreign);
    let whole = archive(&[("word/document.xml", &[b'x'; 5000])]);
    let mut wrong = whole.clone();
    wrong[60] ^= 0xff;
    assert_eq!(refused(&wrong), Broken::Damaged);
    for cut in (0..whole.len()).step_by(7) {
        assert_eq!(refused(&whole[..cut]), Broken::Damaged, "{cut}");
    }
}

#[test]
fn formulas_are_seen_in_sheets() {
    let sheet = |text: &[u8]| {
        let parts = [("xl/workbook.xml", b"<a/>".as_slice()), ("xl/worksheets/sheet1.xml", text)];
        examine(&archive(&parts), MOST_UNFOLDED).unwrap().formulas
    };
    assert!(sheet(b"<c><f>1+1</f></c>") && sheet(b"<c><f t=\"shared\">1</f></c>"));
    assert!(!sheet(b"<c><v>1</v></c>"));
}

#[test]
fn macros_links_and_embedded_files_are_said_each_once() {
    let body: (&str, &[u8]) = ("word/document.xml", b"<a/>");
    let said =
        |part: &str, text: &str| examine(&archive(&[body, (part, text.as_bytes())]), MOST_UNFOLDED).unwrap().remarks;
    assert_eq!(said("word/vbaProject.bin", "x"), [Remark::Macros]);
    assert_eq!(said("xl/macrosheets/sheet1.xml", "<a/>"), [Remark::Macros]);
    assert_eq!(said("xl/externalLinks/externalLink1.xml", "<a/>"), [Remark::Links]);
    assert_eq!(said("word/embeddings/oleObject1.bin", "x"), [Remark::Embedded]);
    assert_eq!(said("word/media/image1.png", "x"), []);
    let reference =
        |kind: &str, mode: &str| format!("<a><Relationship Type=\"x/{kind}\" {mode} Target=\"http://a\"/></a>");
    let rels = "word/_rels/document.xml.rels";
    assert_eq!(said(rels, &reference("attachedTemplate", "TargetMode=\"External\"")), [Remark::Links]);
    assert_eq!(said(rels, &reference("image", "TargetMode='External'")), [Remark::Links]);
    assert_eq!(said(rels, &reference("hyperlink", "TargetMode=\"External\"")), []);
    assert_eq!(said(rels, &reference("image", "")), []);
    let both = archive(&[body, ("word/vbaProject.bin", b"x"), ("xl/embeddings/a", b"x"), ("xl/embeddings/b", b"x")]);
    assert_eq!(examine(&both, MOST_UNFOLDED).unwrap().remarks, [Remark::Macros, Remark::Embedded]);
}
