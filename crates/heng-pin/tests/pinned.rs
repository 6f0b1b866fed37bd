//! Scorecards pinned as a Rust program pins its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what they expect by failing")]

use heng_pin::{Case, assert_scorecard, scorecard};

#[test]
fn one_rule_file_and_one_facts_file() {
    assert_scorecard!("tests/pack/spent.heng", "tests/pack/spent.toml");
}

#[test]
fn a_pack_with_a_script() {
    assert_scorecard!(
        "signed in time",
        rules: ["tests/pack/2024.heng"],
        facts: ["tests/pack/facts.toml"],
        scripts: ["tests/pack/checks/合同.rhai"],
    );
}

/// What is wrong with the files is said; nothing is pinned.
#[test]
fn wrong_rules_scripts_and_facts_are_told() {
    let rules = include_bytes!("pack/2024.heng").as_slice();
    let script = include_bytes!("pack/checks/合同.rhai").as_slice();
    let facts = include_bytes!("pack/facts.toml").as_slice();
    let said = |rules: &[u8], script: &[u8], facts: &[u8]| {
        let case = Case {
            rules: &[("2024.heng", rules)],
            facts: &[("facts.toml", facts)],
            scripts: &[("checks/合同.rhai", script)],
            calendar: None,
        };
        scorecard(&case)
    };
    assert!(said(rules, script, facts).is_ok());
    assert!(said("规则包".as_bytes(), script, facts).unwrap_err().contains("syntax/"));
    assert!(said(rules, "fn 乙() { }".as_bytes(), facts).unwrap_err().contains("script/no-function"));
    assert!(said(rules, script, "\"预算\" = \"3天\"\n".as_bytes()).unwrap_err().contains("data/"));
    assert!(said(b"\xff", script, facts).unwrap_err().contains("2024.heng"));
}
