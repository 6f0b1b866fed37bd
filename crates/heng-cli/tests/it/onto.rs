//! A table out to Word and Excel and back into its pack.

use std::path::{Path, PathBuf};

use crate::kit::{heng, root};

/// A copy of a pack with its calendars, to be written to.
fn pack(folder: &Path, name: &str) -> PathBuf {
    let copy = folder.join(name);
    copy_folder(&root().join("rules").join(name), &copy);
    copy_folder(&root().join("rules/calendars"), &folder.join("calendars"));
    copy
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[test]
fn a_table_that_was_not_edited_leaves_the_rules_alone_and_conflicts_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let pack = pack(folder.path(), "hunan-yueyang");
    let rules = pack.join("2019.heng");
    let text = std::fs::read_to_string(&rules).unwrap();
    for kind in ["docx", "xlsx"] {
        let out = shown(&folder.path().join(format!("table.{kind}")));
        assert_eq!(heng(&["doc", &shown(&pack), "--out", &out]).code, 0);
        let same = heng(&["import", &out, "--onto", &shown(&pack)]);
        assert_eq!(same.code, 0, "{}", same.err);
        assert!(same.out.contains("不用改"), "{}", same.out);
        assert_eq!(std::fs::read_to_string(&rules).unwrap(), text);
        // The pack goes on; the table says what it said, and the pack keeps its edit.
        std::fs::write(&rules, text.replace("在职人数与编制数之比", "在职的与在编的之比")).unwrap();
        let later = heng(&["import", &out, "--onto", &shown(&pack)]);
        assert_eq!(later.code, 0, "{}", later.err);
        assert!(std::fs::read_to_string(&rules).unwrap().contains("在职的与在编的之比"));
        std::fs::write(&rules, &text).unwrap();
    }
}

#[test]
fn files_that_do_not_belong_here_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let pack = pack(folder.path(), "hunan-yueyang");
    let out = |name: &str| shown(&folder.path().join(name));
    let refused = |table: &str, onto: &str, code: i32, said: &str| {
        let run = heng(&["import", table, "--onto", onto]);
        assert_eq!(run.code, code, "{}", run.err);
        assert!(run.err.contains(said), "{}", run.err);
    };
    assert_eq!(heng(&["doc", "rules/pidu-2025", "--out", &out("other.docx")]).code, 0);
    // The pack of the table has another year; the rule file itself has another title.
    refused(&out("other.docx"), &shown(&pack.join("2019.heng")), 3, "import/other-pack");
    assert_eq!(heng(&["report", "examples/potou-2023", "--out", &out("report")]).code, 0);
    let sheet = std::fs::read_dir(out("report")).unwrap().map(|entry| entry.unwrap().path());
    let sheet = sheet.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "xlsx")).unwrap();
    refused(&shown(&sheet), &shown(&pack), 3, "import/no-record");
    std::fs::write(out("a.docx"), b"PK no zip").unwrap();
    refused(&out("a.docx"), &shown(&pack), 5, "read/broken");
    std::fs::write(out("b.xlsx"), [0xd0, 0xcf, 0x11, 0xe0, 0, 0]).unwrap();
    refused(&out("b.xlsx"), &shown(&pack), 5, "加了密");
    std::fs::write(out("c.txt"), "x").unwrap();
    refused(&out("c.txt"), &shown(&pack), 2, "import/no-office-file");
    assert_eq!(heng(&["doc", &shown(&pack), "--year", "2017", "--out", &out("2017.docx")]).code, 0);
    let plain = heng(&["import", &out("2017.docx"), "--onto", &shown(&pack), "--dry-run"]);
    assert_eq!(plain.code, 0, "{}", plain.err);
    refused(&out("2017.docx"), &shown(&pack), 1, "import/amended-pack");
}
