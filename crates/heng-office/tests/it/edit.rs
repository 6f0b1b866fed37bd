//! A table as someone edits it: texts of cells and rows of the parts of a file.

use std::io::{Cursor, Read, Write};

use heng_office::Kind;

/// The file with a change in one of its parts.
pub fn part(bytes: &[u8], name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut found = false;
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let own = file.name().unwrap().into_owned();
        let mut data = Vec::new();
        file.read_to_end(&mut data).unwrap();
        if own == name {
            found = true;
            data = change(&String::from_utf8(data).unwrap()).into_bytes();
        }
        out.start_file(own, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&data).unwrap();
    }
    assert!(found, "{name}");
    out.finish().unwrap().into_inner()
}

/// The file without one of its parts.
pub fn without(bytes: &[u8], name: &str) -> Vec<u8> {
    let renamed = part(bytes, name, |_| String::new());
    assert_ne!(renamed, bytes);
    renamed
}

fn text_part(kind: Kind) -> &'static str {
    match kind {
        Kind::Workbook => "xl/sharedStrings.xml",
        Kind::Document => "word/document.xml",
    }
}

/// Another text in a cell, wherever the old one stands as a whole.
pub fn text(bytes: &[u8], kind: Kind, old: &str, new: &str) -> Vec<u8> {
    part(bytes, text_part(kind), |xml| {
        let made = xml.replace(&format!(">{old}</"), &format!(">{new}</"));
        assert_ne!(made, xml, "{old}");
        made
    })
}

/// The elements of a row that holds a text.
fn row<'x>(xml: &'x str, tag: &str, holds: &str) -> (usize, &'x str) {
    let open = [format!("<{tag}>"), format!("<{tag} ")];
    let end = format!("</{tag}>");
    let mut at = 0;
    while let Some(close) = xml[at..].find(&end).map(|close| at + close + end.len()) {
        let start = open.iter().filter_map(|open| xml[at..close].rfind(open.as_str())).max().unwrap() + at;
        if xml[start..close].contains(holds) {
            return (start, &xml[start..close]);
        }
        at = close;
    }
    unreachable!("{holds}")
}

/// A change of the row of a document that holds a text.
pub fn in_document(bytes: &[u8], holds: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    part(bytes, "word/document.xml", |xml| {
        let (at, row) = row(xml, "w:tr", &format!(">{holds}</w:t>"));
        format!("{}{}{}", &xml[..at], change(row), &xml[at + row.len()..])
    })
}

/// A change of the row of a workbook that has a key.
pub fn in_workbook(bytes: &[u8], key: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut strings = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut strings).unwrap();
    let mut items = strings.split("<si>").skip(1);
    let index = items.position(|item| item.contains(&format!(">{key}</t>"))).unwrap();
    part(bytes, "xl/worksheets/sheet1.xml", |xml| {
        let (at, row) = row(xml, "row", &format!("t=\"s\"><v>{index}</v>"));
        format!("{}{}{}", &xml[..at], change(row), &xml[at + row.len()..])
    })
}

/// Other points in a row.
pub fn points(bytes: &[u8], kind: Kind, name: &str, (old, new): (&str, &str)) -> Vec<u8> {
    match kind {
        Kind::Document => in_document(bytes, name, |row| {
            let made = row.replacen(&format!(">{old}</w:t>"), &format!(">{new}</w:t>"), 1);
            assert_ne!(made, row);
            made
        }),
        Kind::Workbook => in_workbook(bytes, name, |row| {
            let cell = |cell: &str| {
                if cell.contains("t=\"s\"") {
                    cell.to_owned()
                } else {
                    cell.replace(&format!("<v>{old}</v>"), &format!("<v>{new}</v>"))
                }
            };
            let made = row.split("<c ").map(cell).collect::<Vec<_>>().join("<c ");
            assert_ne!(made, row);
            made
        }),
    }
}
