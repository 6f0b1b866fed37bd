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
