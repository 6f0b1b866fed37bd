//! Office files that must not be trusted, given to every command that reads office files: a message with its place
//! and its remedy, bounded memory, and nothing run, opened or fetched.

use std::{
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use wait4::Wait4;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::kit::{heng, root};

/// What a run may hold: the program, its rules, and no file unfolded.
const MOST: u64 = 300 << 20;

/// A folder with a table as `heng doc` writes it, in both forms, and the data workbook of its pack.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["good.docx", "good.xlsx"] {
        let out = folder.path().join(name).to_string_lossy().into_owned();
        assert_eq!(heng(&["doc", "rules/hunan-yueyang", "--out", &out]).code, 0);
    }
    std::fs::copy(root().join("rules/hunan-yueyang/数据表.xlsx"), folder.path().join("facts.xlsx")).unwrap();
    folder
}

/// The file with these parts put in or replaced.
fn with(bytes: &[u8], parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, body: &[u8]| {
        out.start_file(name, SimpleFileOptions::default()).unwrap();
        out.write_all(body).unwrap();
    };
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut body = Vec::new();
        part.read_to_end(&mut body).unwrap();
        if !parts.iter().any(|(other, _)| *other == name) {
            put(&name, &body);
        }
    }
    parts.iter().for_each(|(name, body)| put(name, body));
    out.finish().unwrap().into_inner()
}

/// Every command that reads the file, each with what it is given.
fn commands(folder: &Path, name: &str) -> Vec<Vec<String>> {
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (file, rules) = (at(name), "rules/hunan-yueyang");
    let line = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let mut lines = vec![
        line(&["audit", &file]),
        line(&["verify", &at("good.docx"), &file]),
        line(&["import", &file, "--out", &at("out"), "--year", "2019"]),
        line(&["import", &file, "--onto", rules, "--dry-run"]),
    ];
    if name.ends_with("xlsx") || name.ends_with("xlsm") {
        let case = folder.join("case");
        std::fs::create_dir_all(&case).unwrap();
        let rules = root().join(rules).join("2019.heng");
        let text = format!("rules = {:?}\nfacts = [{:?}]\n", rules.to_string_lossy(), file);
        std::fs::write(case.join("heng.toml"), text).unwrap();
        lines.push(line(&["score", &at("case")]));
        lines.push(line(&["batch", &rules.to_string_lossy(), &file, "--out", &at("scores.csv")]));
    }
    lines
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Every command says `code` of the file and ends with the code for files or for facts.
fn refused(folder: &Path, name: &str, code: &str) {
    for line in commands(folder, name) {
        let run = heng(&line);
        assert!(matches!(run.code, 3 | 5), "{line:?}: {} {}", run.code, run.err);
        assert!(run.err.contains(code) && run.err.contains(name), "{line:?}: {}", run.err);
        assert!(run.err.contains("建议"), "{line:?} says no remedy: {}", run.err);
        assert!(!folder.join("out").exists() && !folder.join("scores.csv").exists(), "{line:?} wrote something");
    }
}

/// A container of the old format with an entry of this name.
fn compound(entry: &str) -> Vec<u8> {
    let mut out = vec![0u8; 512];
    out[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    let mut place = [0u8; 128];
    entry.encode_utf16().flat_map(u16::to_le_bytes).zip(&mut place).for_each(|(byte, place)| *place = byte);
    out.extend(place);
    out
}

#[test]
fn old_encrypted_and_damaged_files_are_refused_by_every_command() {
    let folder = desk();
    let at = folder.path();
    for (entry, code) in
        [("EncryptedPackage", "read/encrypted"), ("Workbook", "read/old-format"), ("WordDocument", "read/old-format")]
    {
        for name in ["a.docx", "a.xlsx"] {
            write(at, name, &compound(entry));
            refused(at, name, code);
        }
    }
    for name in ["a.docx", "a.xlsx"] {
        let good = std::fs::read(at.join(name.replace('a', "good"))).unwrap();
        write(at, name, &good[..good.len() / 2]);
        refused(at, name, "read/broken");
    }
    // An old workbook is told by its first bytes, whatever its name ends in.
    write(at, "旧.xls", &compound("Workbook"));
    let old = at.join("旧.xls").to_string_lossy().into_owned();
    let scores = at.join("s.csv").to_string_lossy().into_owned();
    for line in [
        vec!["audit", &old],
        vec!["import", &old],
        vec!["batch", "rules/hunan-yueyang/2019.heng", &old, "--out", &scores],
    ] {
        let run = heng(&line);
        assert!(matches!(run.code, 3 | 5) && run.err.contains("read/old-format"), "{line:?}: {}", run.err);
    }
}

#[test]
fn entities_and_document_types_are_refused_by_every_command() {
    let folder = desk();
    let laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]><a>&lol2;</a>";
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
    for text in [laughs, outside] {
        for (name, part) in [("a.docx", "word/document.xml"), ("a.xlsx", "xl/sharedStrings.xml")] {
            let good = std::fs::read(folder.path().join(name.replace('a', "good"))).unwrap();
            write(folder.path(), name, &with(&good, &[(part, text.as_bytes())]));
            refused(folder.path(), name, "read/entity");
        }
    }
}

/// The most that a run held, and its exit code.
fn measured(line: &[String]) -> (u64, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    let mut child = command.current_dir(root()).args(line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let ended = child.wait4().unwrap();
    (ended.rusage.maxrss, ended.status.code())
}

#[test]
fn bombs_do_not_fill_the_memory() {
    let folder = desk();
    let at = folder.path();
    let zeros = vec![0u8; 520 << 20];
    for name in ["a.docx", "a.xlsx"] {
        let good = std::fs::read(at.join(name.replace('a', "good"))).unwrap();
        let file = write(at, name, &with(&good, &[("media/a.bin", &zeros)]));
        assert!(std::fs::metadata(file).unwrap().len() < 8 << 20);
    }
    drop(zeros);
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let cell = |row: usize| format!("<row r=\"{row}\"><c r=\"XFD{row}\" t=\"s\"><v>0</v></c></row>");
    let sheet = |rows: String| format!("<worksheet {main}><sheetData>{rows}</sheetData></worksheet>");
    let shared = format!("<sst {main}><si><t>{}</t></si></sst>", "长".repeat(100_000));
    let good = std::fs::read(at.join("good.xlsx")).unwrap();
    // Far corners, a long text in many cells, and both.
    let corners =
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let wide: String = (1..2_000).map(cell).collect();
    for (name, rows) in [("corners.xlsx", corners.to_owned()), ("wide.xlsx", wide)] {
        let parts =
            [("xl/sharedStrings.xml", shared.as_bytes()), ("xl/worksheets/sheet1.xml", &sheet(rows).into_bytes())];
        write(at, name, &with(&good, &parts));
    }
    for name in ["a.docx", "a.xlsx", "corners.xlsx", "wide.xlsx"] {
        for line in commands(at, name) {
            let _ = std::fs::remove_dir_all(at.join("out"));
            let _ = std::fs::remove_file(at.join("scores.csv"));
            let (held, code) = measured(&line);
            // A long text may be held as often as the bound on texts says.
            let most = if name == "wide.xlsx" { 5 * MOST } else { MOST };
            assert!(held < most, "{line:?}: {} MB", held >> 20);
            assert!(code.is_some(), "{line:?} ended by itself");
            // A file of many departments may unfold to more; that part of it is never held.
            if name.starts_with("a.") && line[0] != "batch" {
                assert!(matches!(code, Some(3 | 5)), "{line:?}: {code:?}");
            }
        }
    }
}

#[test]
fn macros_links_and_embedded_files_are_said_and_left_alone() {
    let folder = desk();
    let at = folder.path();
    let rels = b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://x/attachedTemplate\" TargetMode=\"External\" Target=\"http://127.0.0.1:9/a.dotm\"/></Relationships>";
    for (source, name, top) in
        [("good.docx", "a.docm", "word"), ("good.xlsx", "a.xlsm", "xl"), ("facts.xlsx", "facts.xlsm", "xl")]
    {
        let good = std::fs::read(at.join(source)).unwrap();
        let parts = [
            format!("{top}/vbaProject.bin"),
            format!("{top}/embeddings/o.bin"),
            format!("{top}/_rels/settings.xml.rels"),
        ];
        let parts: Vec<(&str, &[u8])> =
            parts.iter().map(String::as_str).zip([b"macro".as_slice(), b"ole", rels]).collect();
        write(at, name, &with(&good, &parts));
        let lines = commands(at, name).into_iter();
        let is_facts = name == "facts.xlsm";
        let fits = |line: &&Vec<String>| matches!(line[0].as_str(), "score" | "batch") == is_facts;
        for line in lines.collect::<Vec<_>>().iter().filter(fits) {
            let run = heng(line);
            for code in ["read/macro", "read/link", "read/embedded"] {
                assert!(run.err.contains(code), "{line:?} does not say {code}: {} {}", run.code, run.err);
            }
            assert!(!run.err.contains("read/broken"), "{line:?}: {}", run.err);
            let _ = std::fs::remove_dir_all(at.join("out"));
        }
    }
}

#[test]
fn formulas_without_a_result_are_said_by_every_command() {
    let folder = desk();
    let at = folder.path();
    let good = std::fs::read(at.join("good.xlsx")).unwrap();
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let sheet = format!(
        "<worksheet {main}><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>指标</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>分值</t></is></c></row>\
         <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>甲</t></is></c><c r=\"B2\"><f>SUM(C1:C9)</f></c></row></sheetData></worksheet>"
    );
    write(at, "a.xlsx", &with(&good, &[("xl/worksheets/sheet1.xml", sheet.as_bytes())]));
    for line in commands(at, "a.xlsx") {
        let run = heng(&line);
        assert!(run.err.contains("read/no-value") && run.err.contains("!B2"), "{line:?}: {}", run.err);
    }
}
