//! One fact changed, one score follows: for each of the 24 indicators of the example.

use crate::kit::{Copy, root, score_of};

#[derive(serde::Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    indicator: String,
    file: String,
    from: String,
    to: String,
    score: String,
}

#[test]
fn every_indicator_follows_its_facts() {
    let text = std::fs::read_to_string(root().join("tests/cli/one-fact.toml")).unwrap();
    let table: Table = toml::from_str(&text).unwrap();
    let (_, before) = Copy::of("potou-2023").score();
    let leaves = before["nodes"].as_array().unwrap().iter().filter(|node| node["level"] == 3);
    let mut indicators: Vec<String> = leaves.map(|node| node["name"].as_str().unwrap().to_owned()).collect();
    let mut wrong = Vec::new();
    for case in table.case {
        let copy = Copy::of("potou-2023");
        copy.edit(&case.file, &case.from, &case.to);
        let (_, after) = copy.score();
        let (old, new) = (score_of(&before, &case.indicator), score_of(&after, &case.indicator));
        if new != case.score || new == old {
            wrong.push(format!("{}: {old} → {new}, not {}", case.indicator, case.score));
        }
        indicators.retain(|name| *name != case.indicator);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(indicators.is_empty(), "no case for {indicators:?}");
}
