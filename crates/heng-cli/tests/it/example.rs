//! The seed's department, end to end.

use crate::kit::{Copy, heng, root, score_of};

#[test]
fn the_score_sheet_of_the_example() {
    let out = tempfile::tempdir().unwrap();
    let run = heng(&["score", "examples/potou-2023", "--out", out.path().to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    let shown = run.out.replace(out.path().to_str().unwrap(), "OUT");
    insta::assert_snapshot!("score_sheet_zh", shown);
    assert!(out.path().join("scorecard.json").is_file());
}

#[test]
fn the_score_sheet_in_english() {
    let out = tempfile::tempdir().unwrap();
    let run = heng(&["score", "examples/potou-2023-en", "--lang", "en", "--out", out.path().to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}", run.err);
    insta::assert_snapshot!("score_sheet_en", run.out.replace(out.path().to_str().unwrap(), "OUT"));
}

#[test]
fn the_scorecard_of_the_example() {
    let run = heng(&["score", "examples/potou-2023", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    // The receipt changes with every byte of the rules; it has tests of its own.
    let (card, _) = run.out.split_once(",\n  \"receipt\"").unwrap();
    insta::assert_snapshot!("scorecard_json", format!("{card}\n}}\n"));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let first = heng(&["score", "examples/potou-2023", "--format", "json"]).out;
    assert_eq!(first, heng(&["score", "examples/potou-2023", "--format", "json"]).out);
}

/// The scores that a person worked out by hand stand beside the example.
#[test]
fn the_scores_are_those_worked_out_by_hand() {
    let text = std::fs::read_to_string(root().join("examples/potou-2023/expected.toml")).unwrap();
    let expected: toml::Table = toml::from_str(&text).unwrap();
    let (code, scorecard) = Copy::of("potou-2023").score();
    assert_eq!(code, 0);
    let points = |text: &toml::Value| {
        let text = text.as_str().unwrap().trim_end_matches('分');
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
    };
    let rows = expected["得分"].as_table().unwrap();
    assert_eq!(rows.len(), 24);
    for (indicator, score) in rows {
        assert_eq!(score_of(&scorecard, indicator), points(score), "{indicator}");
    }
    assert_eq!(scorecard["total"]["score"]["exact"], points(&expected["总分"]).as_str());
    assert_eq!(scorecard["total"]["grade"], expected["等级"].as_str().unwrap());
}

#[test]
fn an_indicator_is_explained() {
    let run = heng(&["explain", "绩效管理制度执行", "examples/potou-2023"]);
    assert_eq!(run.code, 0, "{}", run.err);
    insta::assert_snapshot!("explain_zh", run.out);
    let run = heng(&["explain", "部门预算资金支出率", "examples/potou-2023"]);
    insta::assert_snapshot!("explain_rate_zh", run.out);
}

#[test]
fn the_custom_check_runs_and_its_finding_is_in_the_scorecard() {
    let copy = Copy::of("potou-2023");
    copy.edit("assumptions.toml", "\"签订日期\" = \"2023年5月22日\"", "\"签订日期\" = \"2023年5月2日\"");
    let (code, scorecard) = copy.score();
    assert_eq!(code, 4);
    let nodes = scorecard["nodes"].as_array().unwrap();
    let node = nodes.iter().find(|node| node["name"] == "采购活动合规性").unwrap();
    assert!(node["score"].get("exact").is_none(), "{node}");
    let text = node["findings"].to_string();
    assert!(text.contains("假设采购合同一"), "{text}");
    assert!(scorecard["total"]["grade"].is_null());
}

#[test]
fn a_missing_fact_names_indicator_and_datum_and_leaves_the_total_open() {
    let copy = Copy::of("potou-2023");
    copy.edit("facts.toml", "\"支出决算数\" =", "#");
    let (code, scorecard) = copy.score();
    assert_eq!(code, 4);
    let node = scorecard["nodes"].as_array().unwrap().iter().find(|node| node["name"] == "部门预算资金支出率").unwrap();
    assert!(node["findings"].to_string().contains("支出决算数"), "{}", node["findings"]);
    assert_eq!(scorecard["total"]["score"]["outcome"], "open");
    assert_eq!(scorecard["total"]["score"]["least"]["exact"], "87.5");
    assert_eq!(scorecard["total"]["score"]["most"]["exact"], "97.5");
}

#[test]
fn a_changed_threshold_changes_the_score_without_a_rebuild() {
    let copy = Copy::of("potou-2023");
    let rules = tempfile::tempdir().unwrap();
    copy_folder(&root().join("rules"), rules.path());
    let file = rules.path().join("guangdong-dept-overall/2023.heng");
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = text.replace("≥ 90%：满分", "≥ 96%：满分").replace("[75%, 90%)：70%", "[75%, 96%)：70%");
    assert_ne!(text, changed);
    std::fs::write(&file, changed).unwrap();
    copy.edit("heng.toml", &root().join("rules").to_string_lossy(), &rules.path().to_string_lossy());
    let (_, scorecard) = copy.score();
    assert_eq!(score_of(&scorecard, "固定资产利用率"), "1.4");
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}
