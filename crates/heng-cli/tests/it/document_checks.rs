//! `heng audit --pack`: the checks of documents that a pack brings along.

use std::path::{Path, PathBuf};

use super::kit::{Run, heng, root};

const REPORT: &str = "# 某局2023年度部门整体支出绩效自评报告\n\n\
“三公”经费实际支出36.20万元。因公出国（境）费0万元；公务用车运行维护费28.10万元；公务接待费7.10万元。\n\n\
| 指标 | 分值 | 得分 | 扣分原因 |\n|---|---|---|---|\n| 甲 | 60 | 58.3 |  |\n| 乙 | 40 | 40 |  |\n";

fn rules(pack: &str) -> PathBuf {
    root().join("rules").join(pack)
}

/// A report and a pack whose only check of documents is `核对`, in a folder.
fn desk(report: &str, script: &str) -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("包");
    std::fs::create_dir(&pack).unwrap();
    std::fs::write(pack.join("pack.toml"), "id = \"bao\"\n[audit]\n\"核对\" = \"核对.rhai\"\n").unwrap();
    std::fs::write(pack.join("核对.rhai"), script).unwrap();
    let file = folder.path().join("报告.md");
    std::fs::write(&file, report).unwrap();
    (folder, pack, file)
}

fn audit(file: &Path, pack: &Path, more: &[&str]) -> Run {
    let mut arguments = vec!["--lang", "zh", "audit", file.to_str().unwrap(), "--pack", pack.to_str().unwrap()];
    arguments.extend(more);
    heng(&arguments)
}

#[test]
fn what_a_pack_finds_stands_among_the_findings() {
    let (folder, _, file) = desk(REPORT, "");
    let pack = rules("cn-common-checks");
    let text = audit(&file, &pack, &[]);
    assert_eq!(text.code, 6, "{}", text.err);
    assert!(text.out.contains("三公经费写的是36.20万元，出国、用车、接待三项相加是35.2万元"), "{}", text.out);
    assert!(text.out.contains("“甲”得58.3分，细于半分"), "{}", text.out);
    assert!(text.out.contains("规则包 cn-common-checks 的核对“三公等于三项”"), "{}", text.out);
    let json: serde_json::Value = serde_json::from_str(&audit(&file, &pack, &["--format", "json"]).out).unwrap();
    let findings = json["files"][0]["findings"].as_array().unwrap();
    let custom: Vec<_> = findings.iter().filter(|found| found["code"] == "audit/custom").collect();
    assert_eq!(custom.len(), 2, "{findings:?}");
    assert_eq!(custom[0]["location"], "第 3 段");
    // The program finds by itself that the three do not come to the total.
    assert_eq!(json["files"][0]["must_fix"], 2);
    let html = audit(&file, &pack, &["--format", "html"]).out;
    assert!(html.contains("三项相加是35.2万元"), "{html}");
    let copy = folder.path().join("批注.docx");
    audit(&file, &pack, &["--annotate", copy.to_str().unwrap()]);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&copy).unwrap()).unwrap();
    let comments = std::io::read_to_string(archive.by_name("word/comments.xml").unwrap()).unwrap();
    assert!(comments.contains("三项相加是35.2万元"), "{comments}");
}

#[test]
fn a_right_report_is_right() {
    let report = REPORT.replace("36.20", "35.20").replace("58.3 |  |", "58.5 | 进度慢 |");
    let (_folder, _, file) = desk(&report, "");
    let text = audit(&file, &rules("cn-common-checks"), &[]);
    assert_eq!(text.code, 0, "{}", text.out);
}

#[test]
fn a_check_sees_figures_totals_cells_and_paragraphs() {
    let script = "fn 核对(文件) { let 出 = [];\n\
        for 行 in 文件.合计 { 出 += [供参考(行, `${行.名称} ${行.数值} ${行.分项和} ${长度(行.分项)}`)]; }\n\
        for 行 in 文件.单元格 { if 有值(行.数值) { 出 += [`${行.行名} ${行.列名} ${行.数值}`]; } }\n\
        for 行 in 文件.figures { if has_value(行.period) { 出 += [`${行.label} ${行.unit} ${行.value} ${行.period}`]; } }\n\
        出 += [`${文件.年度} ${长度(文件.段落)}`]; 出 }";
    let report = "# 某局2023年度绩效自评报告\n\n2022年支出30.5万元，其中：甲10万元、乙20.5万元。\n\n\
        单位：万元\n\n| 项 | 数 |\n|---|---|\n| 丙 | 1.5 |\n";
    let (_folder, pack, file) = desk(report, script);
    let said = audit(&file, &pack, &[]).out;
    for wanted in ["支出 305000 305000 2", "丙 数 15000", "支出 万元 305000 2022", "2023 3"] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}

#[test]
fn a_script_that_means_harm_ends_and_the_rest_is_audited() {
    for (body, reason) in [
        ("fn 核对(文件) { loop { } }", "超过"),
        ("fn 核对(文件) { let a = [1]; loop { a += a; } }", "超过"),
        ("fn 核对(文件) { 文件.数字[0].数值 + 文件.数字[0].标签.没有 }", "第1行"),
        ("fn 核对(文件) { 文件.数字[99].数值 }", "第1行"),
        ("fn 核对(文件) { 7 }", "要答文字"),
        ("fn 核对(文件) { [必须改(文件, 3)] }", "文本"),
        ("fn 别的(文件) { [] }", "没有一个参数的函数“核对”"),
        ("fn 核对() { [] }", "没有一个参数的函数“核对”"),
        ("fn 核对(文件) { open(\"/etc/passwd\") }", "open"),
    ] {
        let (_folder, pack, file) = desk(REPORT, body);
        let text = audit(&file, &pack, &[]);
        assert_eq!(text.code, 6, "{body}: {}", text.err);
        assert!(text.out.contains("的核对“核对”没有做完"), "{body}: {}", text.out);
        assert!(text.out.contains(reason), "{body}: {}", text.out);
        assert!(text.out.contains("audit/no-reason"), "the program's own checks were made: {}", text.out);
    }
}

#[test]
fn what_reaches_outside_is_refused_before_anything_is_read() {
    for body in [
        "fn 核对(文件) { eval(\"1\") }",
        "import \"x\" as x; fn 核对(文件) { [] }",
        "fn 核对(文件) { 文件.数字 = []; [] }",
    ] {
        let (_folder, pack, file) = desk(REPORT, body);
        let text = audit(&file, &pack, &[]);
        assert_eq!(text.code, 1, "{body}: {} {}", text.out, text.err);
        assert!(text.err.contains("script/syntax"), "{body}: {}", text.err);
    }
}

#[test]
fn a_pack_without_checks_of_documents_says_so() {
    let (folder, pack, file) = desk(REPORT, "fn 核对(文件) { [] }");
    assert_eq!(audit(&file, &rules("hunan-yueyang"), &[]).code, 2);
    std::fs::write(pack.join("pack.toml"), "id = \"bao\"\n[audit]\n\"核对\" = \"../核对.rhai\"\n").unwrap();
    std::fs::write(folder.path().join("核对.rhai"), "fn 核对(文件) { [] }").unwrap();
    let text = audit(&file, &pack, &[]);
    assert_eq!(text.code, 1);
    assert!(text.err.contains("script/outside"), "{}", text.err);
}

#[test]
fn the_tables_are_listed() {
    let said = heng(&["--lang", "zh", "script", "doc"]).out;
    for wanted in ["必须改(行, 文本)", "文件.数字", "文件.评分表", "扣分原因"] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}
