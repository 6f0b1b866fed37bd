//! `heng explain`: what would bring points back, and cliffs.

use crate::kit::{Copy, heng};

#[test]
fn the_smallest_change_is_named_and_really_scores_so() {
    let run = heng(&["explain", "绩效管理制度执行", "examples/potou-2023", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&value["heng"], &value["regain"]["points"]), (&"explanation/1".into(), &"7.5".into()));
    let change = &value["regain"]["levels"][0]["changes"][0];
    assert_eq!(change["datum"], "绩效管理制度执行.整改应用");
    assert_eq!((change["from"]["exact"].as_str(), change["to"]["exact"].as_str()), (Some("1"), Some("2")));
    assert_eq!((change["points"].as_str(), change["total"].as_str()), (Some("8.5"), Some("98.5")));
    let last = value["regain"]["levels"].as_array().unwrap().last().unwrap();
    assert_eq!(last["changes"].as_array().unwrap().len(), 0, "full marks take more than one judgement");
}

#[test]
fn a_change_that_is_named_scores_as_it_says() {
    let copy = Copy::of("potou-2023");
    copy.edit("facts.toml", "\"4849.88万元\"", "\"2000万元\"");
    let folder = copy.path().to_str().unwrap();
    let run = heng(&["explain", "部门预算资金支出率", folder, "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let levels = value["regain"]["levels"].as_array().unwrap();
    let changes = levels[0]["changes"].as_array().unwrap();
    let change = changes.iter().find(|one| one["datum"] == "支出决算数").unwrap_or_else(|| panic!("{}", run.out));
    copy.edit("facts.toml", "\"2000万元\"", &format!("\"{}\"", change["to"]["text"].as_str().unwrap()));
    let (_, card) = copy.score();
    assert_eq!(crate::kit::score_of(&card, "部门预算资金支出率"), change["points"].as_str().unwrap());
    let text = heng(&["explain", "部门预算资金支出率", folder]).out;
    assert!(!text.contains("NaN"));
}

#[test]
fn a_case_alone_explains_its_sheet_in_both_languages() {
    let zh = heng(&["explain", "examples/potou-2023"]);
    assert_eq!(zh.code, 0, "{}", zh.err);
    assert!(zh.out.contains("怎样补回") && zh.out.contains("部门预算资金支出率"));
    assert_eq!(zh.out, heng(&["explain", "全部", "examples/potou-2023"]).out);
    let en = heng(&["explain", "examples/potou-2023-en", "--lang", "en"]);
    assert!(en.out.contains("What would bring points back") && en.out.contains("no change of a single fact does it"));
    let json = heng(&["explain", "examples/potou-2023", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert!(value["nodes"].as_array().unwrap().len() > 24, "{}", json.out);
}

#[test]
fn cliffs_are_listed_with_their_distance() {
    let run = heng(&["explain", "--cliffs", "examples/potou-2023"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("“资产盘点.盘点日期”由2023年12月31日到2024年1月1日，得分由1.00变为0.00"), "{}", run.out);
    let run = heng(&["explain", "--cliffs=2", "examples/potou-2023", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(value["heng"], "cliffs/1");
    assert!(!value["cliffs"].as_array().unwrap().is_empty());
    let run = heng(&["explain", "--cliffs=90", "examples/potou-2023"]);
    assert!(run.out.contains("没有断崖"), "{}", run.out);
    assert_eq!(heng(&["explain", "--cliffs=0", "examples/potou-2023"]).code, 2);
}
