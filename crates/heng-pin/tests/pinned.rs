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

#[test]
fn rules_that_import_from_their_pack_and_from_another() {
    assert_scorecard!(
        "imports",
        rules: ["tests/shared/2024.heng"],
        facts: ["tests/shared/facts.toml"],
        beside: ["tests/shared/共用.heng", "tests/methods/pack.toml", "tests/methods/方法.heng"],
    );
}

#[test]
fn a_variant_of_them() {
    assert_scorecard!(
        "special funds",
        rules: ["tests/shared/2024.heng"],
        facts: ["tests/shared/facts.toml", "tests/shared/special.toml"],
        beside: ["tests/shared/共用.heng", "tests/methods/pack.toml", "tests/methods/方法.heng"],
        variant: "有专项资金",
    );
}

/// What is imported and not given, or not to be had so, is said with its code.
#[test]
fn imports_that_lead_nowhere_are_told() {
    const SHARED: &str = include_str!("shared/共用.heng");
    const MANIFEST: &str = include_str!("methods/pack.toml");
    const METHODS: &str = include_str!("methods/方法.heng");
    let rules = include_str!("shared/2024.heng");
    let said = |rules: &str, beside: &[(&str, &str)], variant| {
        let beside: Vec<(&str, &[u8])> = beside.iter().map(|(path, text)| (*path, text.as_bytes())).collect();
        let case = Case {
            rules: &[("./包/2024.heng", rules.as_bytes())],
            facts: &[("facts.toml", include_bytes!("shared/facts.toml"))],
            beside: &beside,
            variant,
            ..Case::default()
        };
        scorecard(&case)
    };
    let (shared, methods) = (("包/共用.heng", SHARED), ("法/方法.heng", METHODS));
    let all = [shared, ("法/pack.toml", MANIFEST), methods];
    assert!(said(rules, &all, None).is_ok());
    let told = |rules: &str, beside: &[(&str, &str)]| said(rules, beside, None).unwrap_err();
    assert!(told(rules, &[]).contains("use/not-found"));
    assert!(told(rules, &all[1..]).contains("包/共用.heng"));
    assert!(told(rules, &all[..1]).contains("use/pack"));
    assert!(told(rules, &all[..2]).contains("法/方法.heng"));
    assert!(
        told(rules, &[shared, ("法/pack.toml", "id = \"方法库\"\nversion = \"1.2.0\""), methods])
            .contains("use/exports")
    );
    assert!(told(rules, &[shared, ("法/pack.toml", "id = "), methods]).contains("法/pack.toml"));
    assert!(told(&rules.replace("@1.2.0", "@1.3.0"), &all).contains("use/version"));
    assert!(told(&rules.replace("“共用.heng”", "“../共用.heng”"), &all).contains("use/outside"));
    assert!(said(rules, &all, Some("没有")).unwrap_err().contains("有专项资金"));
    let newest = [
        shared,
        ("法/pack.toml", MANIFEST),
        methods,
        ("新/pack.toml", "id = \"方法库\"\nversion = \"1.10.0\"\nexports = [\"空.heng\"]\n"),
        ("新/空.heng", "参数 {\n    别的 = 1\n}\n"),
    ];
    assert!(said(rules, &newest, None).is_ok());
    assert!(told(&rules.replace("@1.2.0", ""), &newest).contains("达标得分率"), "the newest exports no such method");
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
            ..Case::default()
        };
        scorecard(&case)
    };
    assert!(said(rules, script, facts).is_ok());
    assert!(said("规则包".as_bytes(), script, facts).unwrap_err().contains("syntax/"));
    assert!(said(rules, "fn 乙() { }".as_bytes(), facts).unwrap_err().contains("script/no-function"));
    assert!(said(rules, script, "\"预算\" = \"3天\"\n".as_bytes()).unwrap_err().contains("data/"));
    assert!(said(b"\xff", script, facts).unwrap_err().contains("2024.heng"));
}
