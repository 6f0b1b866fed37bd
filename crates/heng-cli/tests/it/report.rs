//! The documents of a case, and the workbook that comes back.

use std::path::Path;

use crate::kit::{Copy, heng, root};

const DOCUMENTS: [&str; 5] = ["评分表.xlsx", "数据表.xlsx", "整改台账.xlsx", "整体绩效自评报告.docx", "自评结果.html"];

fn bytes(folder: &Path) -> Vec<Vec<u8>> {
    DOCUMENTS.iter().map(|name| std::fs::read(folder.join(name)).unwrap()).collect()
}

fn report(case: &Path, more: &[&str]) -> crate::kit::Run {
    let case = case.to_string_lossy().into_owned();
    let mut args = vec!["report", &case];
    args.extend(more);
    heng(&args)
}

#[test]
fn the_same_inputs_give_the_same_bytes_and_other_files_are_kept() {
    let copy = Copy::of("potou-2023");
    let run = report(copy.path(), &[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let out = copy.path().join("out");
    let first = bytes(&out);
    assert_eq!(report(copy.path(), &[]).code, 0, "files that do not differ are no obstacle");
    let elsewhere = copy.path().join("again");
    assert_eq!(report(copy.path(), &["--out", &elsewhere.to_string_lossy()]).code, 0);
    assert!(bytes(&elsewhere) == first);

    copy.edit("facts.toml", "856.67万元", "856.66万元");
    copy.edit("facts.toml", "3993.21万元", "3993.22万元");
    let refused = report(copy.path(), &[]);
    assert_eq!(refused.code, 5);
    assert!(refused.err.contains("file/exists") && refused.err.contains("--force"), "{}", refused.err);
    assert!(bytes(&out) == first, "nothing was written");
    assert_eq!(report(copy.path(), &["--force"]).code, 0);
    assert!(bytes(&out) != first);
}

#[test]
fn nothing_half_written_stays() {
    let copy = Copy::of("potou-2023");
    let file = copy.path().join("a-file");
    std::fs::write(&file, "kept").unwrap();
    let run = report(copy.path(), &["--out", &file.to_string_lossy()]);
    assert_eq!(run.code, 5);
    assert!(run.err.contains("file/unwritable"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
    // One document cannot be moved into place: no other is, and nothing is left aside.
    let out = copy.path().join("blocked");
    std::fs::create_dir_all(out.join("评分表.xlsx")).unwrap();
    let run = report(copy.path(), &["--out", &out.to_string_lossy(), "--force"]);
    assert_eq!(run.code, 5, "{}", run.err);
    let left: Vec<_> = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["评分表.xlsx"]);
}

/// What `score` prints, without the line that names a file.
fn sheet(case: &Path, lang: &str) -> String {
    let run = heng(&["score", &case.to_string_lossy(), "--lang", lang]);
    assert_eq!(run.code, 0, "{}", run.err);
    let lines = run.out.lines().filter(|line| !line.contains("scorecard.json"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_data_sheet_is_read_back_without_loss() {
    for (example, lang, name) in [("potou-2023", "zh", "数据表.xlsx"), ("potou-2023-en", "en", "data-sheet.xlsx")] {
        let copy = Copy::of(example);
        let known = sheet(copy.path(), lang);
        assert_eq!(report(copy.path(), &[]).code, 0);
        std::fs::copy(copy.path().join("out").join(name), copy.path().join(name)).unwrap();
        copy.edit("heng.toml", r#"["facts.toml", "assumptions.toml"]"#, &format!("[\"{name}\"]"));
        assert_eq!(sheet(copy.path(), lang), known, "{example}");
    }
}

#[test]
fn an_empty_workbook_is_read_and_everything_is_missing() {
    for (pack, lang) in [("guangdong-dept-overall", "zh"), ("guangdong-dept-overall-en", "en"), ("hunan-yueyang", "zh")]
    {
        let folder = tempfile::tempdir().unwrap();
        let rules = root().join("rules").join(pack).to_string_lossy().into_owned();
        let book = folder.path().join("data.xlsx").to_string_lossy().into_owned();
        let run = heng(&["template", &rules, "--out", &book]);
        assert_eq!(run.code, 0, "{}", run.err);
        let rules = rules.replace('\\', "/");
        std::fs::write(folder.path().join("heng.toml"), format!("rules = \"{rules}\"\nfacts = [\"data.xlsx\"]\n"))
            .unwrap();
        let run = heng(&["score", &folder.path().to_string_lossy(), "--lang", lang]);
        assert_eq!(run.code, 4, "{}{}", run.out, run.err);
        assert!(!run.err.contains("错误[") && !run.err.contains("error["), "{}", run.err);
        // Every document can be made of it, with the blanks marked.
        let run = heng(&["report", &folder.path().to_string_lossy()]);
        assert_eq!(run.code, 4, "{}", run.err);
    }
}

#[test]
fn a_template_that_names_what_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "one.heng",
        "规则包 一项 {\n    评价年度：2024\n    满分：1分\n    缺报：停止\n}\n\n一级指标 甲 1分 {\n    当 数目 > 0个：满分\n    得分 = 0分\n}\n\n数据 {\n    数目：个数\n}\n",
    );
    write("heng.toml", "rules = \"one.heng\"\nfacts = [\"facts.toml\"]\n");
    write("facts.toml", "\"数目\" = \"3个\"\n[\"文件\"]\n\"单位\" = \"甲|乙#【待填】\"\n");
    let run = report(folder.path(), &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("通用模板"), "{}", run.out);
    for (text, said) in [
        ("# 题\n{{ 值(\"数木\") }}\n", "数木"),
        ("# 题\n{% if %}\n", "第 2 行"),
        ("+++\n[x\n+++\n", "开头"),
        ("+++\n", "没有结束"),
        ("{{ 没有的 }}", "第 1 行"),
        ("{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}", "第"),
    ] {
        write("templates/报告.md", text);
        let run = report(folder.path(), &["--force"]);
        assert_eq!(run.code, 1, "{text}");
        assert!(run.err.contains("docs/template") && run.err.contains(said), "{text}: {}", run.err);
    }
}
