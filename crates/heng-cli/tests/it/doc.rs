//! A pack as the notice prints it: every pack, both forms, tables that add up.

use std::path::PathBuf;

use crate::kit::{heng, root};

/// Every folder of `rules/` with a manifest.
fn packs() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("rules")).unwrap().map(|entry| entry.unwrap().path());
    let mut packs: Vec<PathBuf> = entries.filter(|path| path.join("pack.toml").exists()).collect();
    packs.sort();
    packs
}

fn doc(pack: &std::path::Path, more: &[&str]) -> String {
    let path = pack.to_string_lossy().into_owned();
    let mut args = vec!["doc", &path];
    args.extend(more);
    let run = heng(&args);
    assert_eq!(run.code, 0, "{path}: {}", run.err);
    run.out
}

fn number(attributes: &str, name: &str) -> usize {
    let Some((_, rest)) = attributes.split_once(&format!("{name}=\"")) else { return 1 };
    rest.split('"').next().unwrap().parse().unwrap()
}

/// Whether each row of a table fills exactly the columns of its heads, merged cells counted.
fn rectangular(table: &str) {
    let rows: Vec<&str> = table.split("<tr").skip(1).collect();
    let columns = rows[0].matches("<th").count();
    let mut reach = vec![0usize; columns];
    for row in &rows[1..] {
        let mut at = 0;
        let row = row.split_once('>').unwrap().1;
        for cell in row.split("<t").skip(1).filter(|cell| cell.starts_with(['d', 'h'])) {
            let attributes = cell.split('>').next().unwrap();
            while at < columns && reach[at] > 0 {
                at += 1;
            }
            for _ in 0..number(attributes, "colspan") {
                assert!(at < columns, "too many cells: {row}");
                assert_eq!(reach[at], 0, "cells overlap: {row}");
                reach[at] = number(attributes, "rowspan");
                at += 1;
            }
        }
        assert!(reach.iter().all(|left| *left > 0), "too few cells: {row}");
        reach.iter_mut().for_each(|left| *left -= 1);
    }
    assert!(reach.iter().all(|left| *left == 0), "a cell reaches below its table");
}

#[test]
fn tables_of_every_pack_fill_their_columns() {
    assert!(packs().len() >= 8);
    for pack in packs() {
        for lang in ["zh", "en"] {
            let page = doc(&pack, &["--format", "html", "--lang", lang]);
            assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
            assert!(!page.contains("http-equiv") && !page.contains("src=") && !page.contains("<link"));
            page.split("<table").skip(1).for_each(|table| rectangular(table.split("</table>").next().unwrap()));
            let text = doc(&pack, &["--format", "md", "--lang", lang]);
            let mut width = None;
            for line in text.lines() {
                let cells = line.starts_with('|').then(|| line.replace("\\|", "").matches('|').count());
                assert!(width.is_none() || cells.is_none() || width == cells, "{line}");
                width = cells;
            }
        }
    }
}

#[test]
fn the_table_says_what_the_notice_says() {
    let text = doc(&root().join("rules/hunan-yueyang/2019.heng"), &["--format", "md"]);
    let row = "|  |  | 重点支出安排率 | 5 | 项目支出为0元的，本项不适用。重点支出 ÷ 项目支出 在90%以上的，得5分；";
    assert!(text.contains(row), "{text}");
    assert!(text.contains("| 投入（15分） | 预算配置（15分） | 财政供养人员控制率 | 5 |"), "{text}");
    assert!(text.contains("| 本年三公 | 金额（万元、元、亿元） | ≥ 0元 | 必填 |  |"), "{text}");
    assert!(text.contains("| **专项资金（表，一行一个名称）** |"), "{text}");
    let grades = doc(&root().join("rules/guangdong-dept-overall"), &["--format", "md"]);
    assert!(grades.contains("| 良 | 80分以上不满90分 |") && grades.contains("| 差 | 不满60分 |"), "{grades}");
    assert!(grades.contains("| 合同签订时限 | 30天 | 依据：《政府采购法》第四十六条 | 未核实 |"), "{grades}");
}

#[test]
fn a_file_that_is_there_is_kept_and_other_forms_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("table.html").to_string_lossy().into_owned();
    let args = ["doc", "rules/pidu-2025", "--out", &out];
    assert_eq!(heng(&args).code, 0);
    let written = std::fs::read_to_string(&out).unwrap();
    assert!(written.starts_with("<!doctype html>"), "the ending says which form");
    let again = heng(&args);
    assert_eq!(again.code, 5, "{}", again.err);
    assert!(again.err.contains("file/exists"), "{}", again.err);
    for kind in ["docx", "xlsx"] {
        let other = out.replace("html", kind);
        assert_eq!(heng(&["doc", "rules/pidu-2025", "--out", &other]).code, 0);
        assert!(std::fs::read(&other).unwrap().starts_with(b"PK"), "{kind}");
        assert_eq!(heng(&["doc", "rules/pidu-2025", "--format", kind]).code, 2, "{kind} is not for the terminal");
    }
    let other = heng(&["doc", "rules/pidu-2025", "--out", &out.replace("html", "wps")]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("docs/form"), "{}", other.err);
    assert_eq!(heng(&["doc", "rules/pidu-2025", "--year", "1999"]).code, 1);
}

#[test]
fn diff_and_expand_keep_a_file_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.txt").to_string_lossy().into_owned();
    std::fs::write(&out, "kept").unwrap();
    let (old, new) = ("rules/hunan-yueyang/2016.heng", "rules/hunan-yueyang/2017.heng");
    for args in [vec!["diff", old, new, "--out", &out], vec!["expand", new, "--out", &out]] {
        let run = heng(&args);
        assert_eq!(run.code, 5, "{}", run.err);
        assert!(run.err.contains("file/exists"), "{}", run.err);
        assert_eq!(std::fs::read_to_string(&out).unwrap(), "kept");
    }
}
