//! `heng verify --receipt`: a scorecard and the files it was made of.

use std::path::PathBuf;

use crate::kit::{Copy, Run, heng};

fn scored() -> (Copy, PathBuf) {
    let copy = Copy::of("potou-2023");
    heng(&["score".as_ref(), copy.path().as_os_str()]);
    let card = copy.path().join("out/scorecard.json");
    assert!(card.is_file());
    (copy, card)
}

fn verify(copy: &Copy, card: &std::path::Path, more: &[&str]) -> Run {
    let mut args =
        vec!["verify".as_ref(), "--receipt".as_ref(), card.as_os_str(), "--case".as_ref(), copy.path().as_os_str()];
    args.extend(more.iter().map(std::ffi::OsStr::new));
    heng(&args)
}

#[test]
fn an_untouched_case_agrees_in_both_languages() {
    let (copy, card) = scored();
    let run = verify(&copy, &card, &[]);
    assert_eq!(run.code, 0, "{}", run.out);
    for part in ["一致", "规则 2023.heng", "数据 facts.toml", "日历 ", "运行文件 heng.toml", "核对相符"]
    {
        assert!(run.out.contains(part), "{part} is not in\n{}", run.out);
    }
    let run = verify(&copy, &card, &["--lang", "en"]);
    assert_eq!((run.code, run.out.contains("everything agrees")), (0, true), "{}", run.out);
}

#[test]
fn a_changed_fact_is_named_with_the_scores_that_follow() {
    let (copy, card) = scored();
    copy.edit("facts.toml", "4849.88万元", "2849.88万元");
    let run = verify(&copy, &card, &[]);
    assert_eq!(run.code, 6, "{}", run.out);
    assert!(run.out.lines().any(|line| line.starts_with("不同") && line.contains("数据 facts.toml")), "{}", run.out);
    assert!(run.out.contains("得分 部门预算资金支出率：记分卡上 10，现在 "), "{}", run.out);
    assert!(run.out.lines().any(|line| line.starts_with("一致") && line.contains("规则 2023.heng")), "{}", run.out);
}

#[test]
fn a_score_that_was_written_by_hand_is_found() {
    let (copy, card) = scored();
    copy.edit(
        "out/scorecard.json",
        r#""text": "10.00分",
        "exact": "10""#,
        r#""text": "9.00分",
        "exact": "9""#,
    );
    let run = verify(&copy, &card, &["--format", "json"]);
    assert_eq!(run.code, 6, "{}", run.out);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let differs: Vec<_> = value["compared"].as_array().unwrap().iter().filter(|one| one["found"] != "same").collect();
    assert_eq!(differs.len(), 1, "{differs:?}");
    assert_eq!(differs[0]["what"]["score"]["then"], "9");
}

#[test]
fn a_file_without_receipt_is_a_usage_error() {
    let (copy, _) = scored();
    let run = verify(&copy, &copy.path().join("facts.toml"), &[]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("verify/receipt"), "{}", run.err);
    let run = verify(&copy, &copy.path().join("nothing.json"), &[]);
    assert_eq!(run.code, 5);
}

/// The report of the example with its published copy, in a folder of its own.
fn published() -> (Copy, PathBuf, PathBuf) {
    let copy = Copy::of("potou-2023");
    assert_eq!(heng(&["report".as_ref(), copy.path().as_os_str()]).code, 0);
    let report = copy.path().join("out/整体绩效自评报告.docx");
    let text = heng_audit::read("a.docx", &std::fs::read(&report).unwrap()).unwrap().document.text;
    let page = copy.path().join("公开.txt");
    std::fs::write(&page, text.replace(" | ", "\t")).unwrap();
    (copy, report, page)
}

#[test]
fn a_statement_is_one_page_for_the_file() {
    let (copy, report, page) = published();
    let out = copy.path().join("核对说明.docx");
    let verify = |more: &[&str]| {
        let files = ["verify".as_ref(), report.as_os_str(), "--published".as_ref(), page.as_os_str()];
        let mut args = files.to_vec();
        args.extend(["--statement".as_ref(), out.as_os_str()]);
        args.extend(more.iter().map(std::ffi::OsStr::new));
        heng(&args)
    };
    let said = || heng_audit::read("s.docx", &std::fs::read(&out).unwrap()).unwrap().document.text;
    let run = verify(&[]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let text = said();
    for part in ["核对说明", "报送文件：", "整体绩效自评报告.docx", "公开.txt", "不一致 0 处", "核对人：【待填】"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    // A changed digit, a paragraph that is gone: found, and on the page; what is there is kept without --force.
    let known = std::fs::read_to_string(&page).unwrap();
    let changed = known.replacen("4849.88", "4894.88", 1).replacen("主要职能", "", 1);
    std::fs::write(&page, changed).unwrap();
    assert_eq!(verify(&[]).code, 5);
    let run = verify(&["--force"]);
    assert_eq!(run.code, 6, "{}{}", run.out, run.err);
    let text = said();
    assert!(text.contains("不一致 2 处") && text.contains("4894.88") && text.contains("主要职能"), "{text}");
}
