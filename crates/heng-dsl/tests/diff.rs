//! Comparing rules: every change is named in the words of the policy, layout is silent, and the
//! changes written as an amendment give the other rules exactly.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

use std::path::{Path, PathBuf};

use heng_diag::Lang;
use heng_dsl::{compile, diff};

fn rules() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().join("rules");
    let mut found = Vec::new();
    for pack in std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        for file in std::fs::read_dir(pack).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|end| end == "heng") {
                let text = std::fs::read_to_string(&file).unwrap();
                if compile(&[("a".to_owned(), text.clone())]).program.is_some() {
                    found.push((file, text));
                }
            }
        }
    }
    found.sort();
    found
}

fn file(text: &str) -> Vec<(String, String)> {
    vec![("a.heng".to_owned(), text.to_owned())]
}

/// The program as JSON without places, which an amendment moves.
fn program(files: &[(String, String)]) -> String {
    let compiled = compile(files);
    let program = compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    format!("{:?}", program.nodes.iter().map(|node| (&node.key, &node.full, node.kind, node.level)).collect::<Vec<_>>())
}

/// The amendment that turns `a` into `b`, applied, gives `b`.
fn there(a: &str, b: &str) -> bool {
    let changes = diff::changes(&file(a), &file(b)).unwrap();
    let amendment = diff::amendment(&changes, "改", "a.heng");
    let amended = vec![("a.heng".to_owned(), a.to_owned()), ("x.heng".to_owned(), amendment)];
    let again = diff::changes(&amended, &file(b)).unwrap_or_else(|refused| panic!("{:?}", refused.0));
    again.is_empty() && program(&amended) == program(&file(b))
}

#[test]
fn a_pack_does_not_differ_from_itself_however_it_is_laid_out() {
    for (path, text) in rules() {
        let spread = text.replace('\n', "\n\n").replace("    ", "      ");
        let changes = diff::described(&file(&text), &file(&format!("# 注\n{spread}"))).unwrap();
        assert!(changes.is_empty(), "{}: {changes:?}", path.display());
    }
}

#[test]
fn one_changed_number_of_a_pack_is_one_amendment_that_gives_the_other() {
    let mut tried = 0;
    for (path, text) in rules() {
        for (from, to) in [("≥ 90%", "≥ 91%"), ("每 1个百分点：0.5分", "每 1个百分点：0.6分"), (">= 90%", ">= 91%")]
        {
            let changed = text.replacen(from, to, 1);
            if changed != text && compile(&file(&changed)).program.is_some() {
                let changes = diff::described(&file(&text), &file(&changed)).unwrap();
                assert_eq!(changes.len(), 1, "{}: {changes:?}", path.display());
                assert!(there(&text, &changed), "{} {from}", path.display());
                tried += 1;
            }
        }
    }
    assert!(tried >= 2, "only {tried} tried");
}

#[test]
fn points_and_thresholds_are_told_under_their_indicator() {
    let a = "规则包 试 {\n评价年度：2024\n满分：10分\n}\n一级指标 甲 4分 {\n分档 率 {\n≥ 90%：4分\n其他：0分\n}\n}\n一级指标 乙 6分 {\n得分 = 满分\n}\n数据 {\n率：比率 [0%, 100%]\n}\n";
    let b = a.replace("甲 4分", "甲 5分").replace("≥ 90%：4分", "≥ 95%：5分").replace("乙 6分", "乙 5分");
    let changes = diff::described(&file(a), &file(&b)).unwrap();
    let told = diff::text(&changes, Lang::Zh);
    for part in ["甲", "4分 → 5分", "95%", "乙", "6分 → 5分"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(there(a, &b));
    assert!(diff::html(&changes, Lang::En).contains("<html"), "{}", diff::html(&changes, Lang::En));
    assert!(diff::markdown(&changes, Lang::Zh).contains("甲"));
}

#[test]
fn a_web_address_in_an_amendment_is_kept_whole() {
    let a =
        "规则包 试 {\n评价年度：2024\n来源：https://a.example/1\n满分：10分\n}\n一级指标 甲 10分 {\n得分 = 满分\n}\n";
    let x = "修订 改 {\n    基于：a.heng\n    来源：https://b.example/2?x=1\n    改 甲.分值：10分 → 10分\n}\n";
    let amended = vec![("a.heng".to_owned(), a.to_owned()), ("x.heng".to_owned(), x.to_owned())];
    let told = diff::text(&diff::described(&file(a), &amended).unwrap(), Lang::Zh);
    assert!(told.contains("https://a.example/1 → https://b.example/2?x=1"), "{told}");
}
