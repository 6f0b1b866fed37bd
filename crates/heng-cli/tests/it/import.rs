//! `heng import`: a table becomes a pack of three files, together or not at all.

use std::path::Path;

use crate::kit::{Run, heng};

const TABLE: &str = "某区2024年度部门整体支出绩效自评表\n\
一级指标\t二级指标\t三级指标\t分值\t评分标准\n\
投入\t预算配置\t支出率\t5\t支出率达到100%的，得满分；每低1个百分点扣0.5分，扣完为止。\n\
\t\t控制率\t5\t控制率≤100%得5分，否则不得分\n\
过程\t管理\t公开\t4\t视公开质量酌情给分\n\
合计\t\t\t14\t\n";

fn import(table: &Path, out: &Path, more: &[&str]) -> Run {
    let (table, out) = (table.to_string_lossy().into_owned(), out.to_string_lossy().into_owned());
    let mut args = vec!["import", &table, "--out", &out];
    args.extend(more);
    heng(&args)
}

/// What lies in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_table_becomes_a_pack_that_checks_and_scores_nothing_unread() {
    let folder = tempfile::tempdir().unwrap();
    let (table, out) = (folder.path().join("表.txt"), folder.path().join("包"));
    std::fs::write(&table, TABLE).unwrap();
    let run = import(&table, &out, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("2 项评分标准写成了规则，1 项待编"), "{}", run.out);
    assert!(run.out.contains("公开"), "what is left to a person is listed: {}", run.out);
    assert_eq!(names(&out), ["2024.heng", "IMPORT.md", "pack.toml"]);
    let rules = std::fs::read_to_string(out.join("2024.heng")).unwrap();
    assert!(rules.contains("待编") && rules.contains("视公开质量酌情给分"), "{rules}");
    let check = heng(&["check".as_ref(), out.as_os_str()]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
}

#[test]
fn a_table_without_headings_year_or_points_is_refused_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (table, out) = (folder.path().join("t.txt"), folder.path().join("包"));
    let cases = [
        ("一段话，没有表。\n", "import/no-table"),
        ("一级指标\t分值\t评分标准\n投入\t5\t达到的得5分\n", "import/no-year"),
        ("2024年度自评表\n一级指标\t分值\t评分标准\n投入\t\t达到的得满分\n", "import/no-points"),
    ];
    for (text, code) in cases {
        std::fs::write(&table, text).unwrap();
        let run = import(&table, &out, &[]);
        assert_eq!(run.code, 3, "{text}: {}", run.err);
        assert!(run.err.contains(code), "{text}: {}", run.err);
        assert!(names(&out).is_empty());
    }
    let run = import(&folder.path().join("没有.txt"), &out, &[]);
    assert_eq!(run.code, 5, "{}", run.err);
}

#[test]
fn a_folder_that_has_one_of_the_files_is_kept_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (table, out) = (folder.path().join("表.txt"), folder.path().join("包"));
    std::fs::write(&table, TABLE).unwrap();
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("IMPORT.md"), "我的笔记").unwrap();
    let run = import(&table, &out, &[]);
    assert_eq!(run.code, 5, "{}", run.err);
    assert!(run.err.contains("file/exists") && run.err.contains("IMPORT.md"), "{}", run.err);
    assert_eq!(names(&out), ["IMPORT.md"], "no other file was written");
    assert_eq!(std::fs::read_to_string(out.join("IMPORT.md")).unwrap(), "我的笔记");
    assert_eq!(import(&table, &out, &["--force"]).code, 0);
    assert_eq!(names(&out), ["2024.heng", "IMPORT.md", "pack.toml"]);
    // One of the three cannot be moved into place: none is.
    let blocked = folder.path().join("堵");
    std::fs::create_dir_all(blocked.join("2024.heng/内")).unwrap();
    let run = import(&table, &blocked, &["--force"]);
    assert_eq!(run.code, 5, "{}", run.err);
    assert_eq!(names(&blocked), ["2024.heng"]);
}

#[test]
fn a_damaged_document_says_so() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["坏.docx", "坏.xlsx"] {
        let table = folder.path().join(name);
        std::fs::write(&table, b"PK\x03\x04 cut off").unwrap();
        let run = import(&table, &folder.path().join("包"), &[]);
        assert_eq!(run.code, 5, "{name}: {}", run.err);
        assert!(run.err.contains("read/broken"), "{name}: {}", run.err);
    }
    assert_eq!(names(folder.path()), ["坏.docx", "坏.xlsx"]);
}
