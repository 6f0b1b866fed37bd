//! What `heng test --accept` pins is what heng-pin pins in the tests of Rust programs.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use std::process::Command;

const RULES: &str = "\
规则包 试 {
    评价年度：2024
    满分：10分
    缺报：停止
}
一级指标 支出率 10分 {
    分档 支出 ÷ 预算 {
        ≥ 90%：10分
        其他：0分
    }
}
数据 {
    预算：金额 > 0元
    支出：金额 ≥ 0元
}
";

const CASES: &str = "用例 九成 {\n    预算：100万元\n    支出：90万元\n    期望 {\n        支出率：10分\n    }\n}\n";

#[test]
fn both_ways_to_pin_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("pack.toml", "id = \"试\"\nversion = \"1.0.0\"\n[years]\n2024 = \"2024.heng\"\n");
    write("2024.heng", RULES);
    std::fs::create_dir(folder.path().join("tests")).unwrap();
    write("tests/基本.cases", CASES);
    let accepted =
        Command::new(env!("CARGO_BIN_EXE_heng")).args(["test", "--accept"]).arg(folder.path()).output().unwrap();
    assert_eq!(accepted.status.code(), Some(8));
    let snap = std::fs::read_to_string(folder.path().join("tests/snapshots/基本__九成.snap")).unwrap();
    let facts = "\"预算\" = \"100万元\"\n\"支出\" = \"90万元\"\n";
    let case = heng_pin::Case {
        rules: &[("2024.heng", RULES.as_bytes())],
        facts: &[("facts.toml", facts.as_bytes())],
        ..heng_pin::Case::default()
    };
    assert_eq!(snap.split_once("\n---\n").unwrap().1.trim_end(), heng_pin::scorecard(&case).unwrap());
}

/// The same of a pack that imports from itself and from the pack beside it, with a variant.
#[test]
fn both_say_the_same_of_imports_and_variants() {
    const SHARED: &str = "参数 {\n    达标 = 90%\n}\n";
    const METHODS: &str = "方法 折半（率：比率）= 分档 率 { ≥ 50%：100%；其他：50% }\n";
    const MANIFEST: &str = "id = \"方法库\"\nversion = \"1.0.0\"\nexports = [\"方法.heng\"]\n";
    let variant = "变体 专项 {\n    改名 支出率 → 专项支出率\n}\n";
    let rules = RULES.replace("≥ 90%：10分", "≥ 达标：10分").replace("其他：0分", "其他：满分 × 折半（支出 ÷ 预算）");
    let rules = format!("引用 “共用.heng”\n引用 折半 自 “方法库@1.0.0”\n\n{rules}\n{variant}");
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir_all(folder.path().join("rules/试/tests")).unwrap();
    std::fs::create_dir(folder.path().join("rules/法")).unwrap();
    write("rules/法/pack.toml", MANIFEST);
    write("rules/法/方法.heng", METHODS);
    write("rules/试/pack.toml", "id = \"试\"\nversion = \"1.0.0\"\n[years]\n2024 = \"2024.heng\"\n");
    write("rules/试/2024.heng", &rules);
    write("rules/试/共用.heng", SHARED);
    let cases = CASES.replace("90万元", "60万元").replace("支出率：10分", "总分：10分");
    write("rules/试/tests/基本.cases", &cases);
    write("rules/试/tests/变体.cases", &format!("变体：专项\n\n{cases}"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_heng"));
    let accepted = command.args(["test", "--accept"]).arg(folder.path().join("rules/试")).output().unwrap();
    assert_eq!(accepted.status.code(), Some(8), "{}", String::from_utf8_lossy(&accepted.stderr));
    let facts = "\"预算\" = \"100万元\"\n\"支出\" = \"60万元\"\n";
    for (cases, variant) in [("基本", None), ("变体", Some("专项"))] {
        let place = folder.path().join(format!("rules/试/tests/snapshots/{cases}__九成.snap"));
        let snap = std::fs::read_to_string(place).unwrap();
        let case = heng_pin::Case {
            rules: &[("rules/试/2024.heng", rules.as_bytes())],
            facts: &[("facts.toml", facts.as_bytes())],
            beside: &[
                ("rules/试/共用.heng", SHARED.as_bytes()),
                ("rules/法/pack.toml", MANIFEST.as_bytes()),
                ("rules/法/方法.heng", METHODS.as_bytes()),
            ],
            variant,
            ..heng_pin::Case::default()
        };
        let pinned = heng_pin::scorecard(&case).unwrap();
        assert_eq!(snap.split_once("\n---\n").unwrap().1.trim_end(), pinned);
        assert_eq!(pinned.contains("专项支出率"), variant.is_some());
    }
}
