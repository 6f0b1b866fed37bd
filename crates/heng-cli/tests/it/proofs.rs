//! 用例 and 性质 inside rule files: found and run by `heng test`, looked over by `heng check`, nothing to
//! `heng score`; what breaks a property is the smallest there is, and a case.

use std::path::Path;

use super::kit::{Run, heng, root};

const RULES: &str = "规则包 试 {
    评价年度：2024
    满分：20分
    缺报：停止
    无佐证：0分
    迟报：照计
    有争议：待核
}

一级指标 支出率 10分 {
    分档 支出 ÷ 预算 {
        ≥ 90%：10分
        [80%, 90%)：8分
        其他：0分
    }
}

一级指标 合同 10分 {
    当 小规模：10分
    扣分 { 合同 凡 金额 超过 10万元，每 1项：2分 }
}

数据 {
    预算：金额 > 0元
    支出：金额 ≥ 0元
    小规模：是否
    合同：表 {
        名称：文本，键
        金额：金额 ≥ 0元
    }
}

用例 九成 {
    预算：100万元
    支出：90万元
    小规模：否
    合同 = 表格 {
        名称｜金额
        电脑｜30万元
        桌子｜1万元
    }
    期望 {
        支出率：10分
        总分：18分
    }
}
";

const HOLD: &str = "
性质 {
    支出 越大，支出率 不减
    预算 越大，支出率 不增
    合同.金额 越大，合同 不增
    支出率 在 0分 到 满分
    支出、预算 同乘，支出率 不变
    合同 调换行序，总分 不变
    支出 换单位，总分 不变
}
";

fn pack(rules: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest =
        "id = \"试\"\nversion = \"1.0.0\"\nlanguage = \"1\"\n[years]\n2023 = \"2023.heng\"\n2024 = \"2024.heng\"\n";
    std::fs::write(folder.path().join("pack.toml"), manifest).unwrap();
    std::fs::write(folder.path().join("2024.heng"), rules).unwrap();
    std::fs::write(folder.path().join("2023.heng"), RULES.replace("评价年度：2024", "评价年度：2023")).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str]) -> Run {
    let all: Vec<&std::ffi::OsStr> =
        [args[0].as_ref(), folder.as_os_str()].into_iter().chain(args[1..].iter().map(std::ffi::OsStr::new)).collect();
    heng(&all)
}

#[test]
fn cases_and_properties_in_rule_files_are_run_for_every_year() {
    let folder = pack(&format!("{RULES}{HOLD}"));
    let passed = run(folder.path(), &["test"]);
    assert_eq!((passed.code, passed.out.trim()), (0, "2 个用例、7 条性质：9 个过，0 个不过"), "{}", passed.err);
    let listed = run(folder.path(), &["test", "--list"]);
    assert!(
        listed.out.contains("2023.heng:33 九成") && listed.out.contains("性质 支出 越大，支出率 不减"),
        "{}",
        listed.out
    );
    let filtered = run(folder.path(), &["test", "--filter", "同乘", "--lang", "en"]);
    assert_eq!((filtered.code, filtered.out.trim()), (0, "0 cases and 1 property: 1 passed, 0 failed"));
    let alone = run(&folder.path().join("2024.heng"), &["test"]);
    assert!(alone.out.contains("1 个用例、7 条性质"), "{}{}", alone.out, alone.err);
    let checked = run(folder.path(), &["check"]);
    assert_eq!((checked.code, checked.err.as_str()), (0, ""), "{}", checked.out);
}

#[test]
fn the_smallest_facts_that_break_a_property_are_named_and_kept() {
    let wrong = RULES.replace("[80%, 90%)：8分", "[80%, 90%)：8分\n        [70%, 80%)：9分");
    let folder = pack(&format!("{wrong}{HOLD}"));
    let elsewhere = tempfile::tempdir().unwrap();
    let found = elsewhere.path().join("找到.toml");
    let args = ["test", "--save", found.to_str().unwrap()];
    let broken = run(folder.path(), &args);
    assert_eq!(broken.code, 7, "{}", broken.err);
    assert!(broken.out.contains("支出 = 79.99万元 → 9\n      支出 = 80万元 → 8，应为 ≥ 9"), "{}", broken.out);
    assert!(broken.out.contains("预算 = 112.51万元 → 9，应为 ≤ 8"), "{}", broken.out);
    assert_eq!(broken.out.matches('✗').count(), 2, "{}", broken.out);
    assert_eq!(run(folder.path(), &["test"]).out, broken.out, "every run tries the same");
    let kept = heng(&["test".as_ref(), found.as_os_str()]);
    assert_eq!(kept.code, 7);
    assert!(
        kept.out.contains("支出率：应为 ≥ 9，实为 8") && kept.out.contains("4 个用例：2 个过，2 个不过"),
        "{}",
        kept.out
    );
    std::fs::write(folder.path().join("2024.heng"), RULES).unwrap();
    assert_eq!(run(folder.path(), &args).code, 5, "a file is kept unless --force is given");
    let mended = heng(&["test".as_ref(), found.as_os_str()]);
    assert!(mended.out.contains("支出率：应为 9，实为 0"), "the pinned side moved with the rules: {}", mended.out);
}

#[test]
fn data_beside_the_one_that_moves_are_moved_too() {
    // Broken only for small ones, and no case is small.
    let rules = RULES.replace("当 小规模：10分", "当 小规模 且 支出 ≥ 50万元：4分\n    当 小规模：0分");
    let folder = pack(&format!("{rules}\n性质 {{\n    支出 越大，合同 不增\n    合同 在 5分 到 10分\n}}\n"));
    let broken = run(folder.path(), &["test", "--lang", "en"]);
    assert_eq!(broken.code, 7, "{}{}", broken.out, broken.err);
    assert!(
        broken.out.contains(
            "facts of 九成 with 小规模 = 是\n      支出 = 49.99万元 → 0\n      支出 = 50万元 → 4, expected ≤ 0"
        ),
        "{}",
        broken.out
    );
    assert!(broken.out.contains("with 小规模 = 是\n      as they are → 4, expected ≥ 5"), "{}", broken.out);
}

#[test]
fn scaling_and_order_and_bounds_are_noticed() {
    let rules = RULES.replace("分档 支出 ÷ 预算 {", "分档 支出 ÷ (预算 + 1万元) {");
    let lines = "支出、预算 同乘，支出率 不变\n    总分 在 0分 到 17分";
    let folder = pack(&format!(
        "{}\n性质 {{\n    {lines}\n}}\n",
        rules.replace("支出率：10分\n        总分：18分", "支出率：8分")
    ));
    let broken = run(folder.path(), &["test"]);
    assert_eq!(broken.code, 7, "{}{}", broken.out, broken.err);
    assert!(broken.out.contains("同乘") && broken.out.contains("预算 = "), "{}", broken.out);
    assert!(broken.out.contains("应为 ≤ 17"), "{}", broken.out);
}

#[test]
fn unknown_names_and_unreadable_lines_are_findings_of_the_check() {
    let lines = "\n性质 {\n    花费 越大，支出率 不减\n    支出 越大，花费率 不减\n    小规模 越大，支出率 不减\n    预算 换行序，总分 不变\n}\n";
    let folder = pack(&format!("{RULES}{lines}"));
    for command in ["check", "test"] {
        let broken = run(folder.path(), &[command]);
        assert_ne!(broken.code, 0);
        let said = format!("{}{}", broken.out, broken.err);
        assert!(said.contains("2024.heng:52") && said.contains("这条性质读不懂：预算 换行序，总分 不变"), "{said}");
    }
    let folder = pack(&format!("{RULES}{}", lines.replace("    预算 换行序，总分 不变\n", "")));
    let checked = run(folder.path(), &["check"]);
    assert_eq!(checked.code, 1, "{}", checked.out);
    let said = format!("{}{}", checked.out, checked.err);
    for part in ["没有数据 花费", "没有指标 花费率", "小规模 不能这样变", "test/name"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let tested = run(folder.path(), &["test"]);
    assert_eq!(tested.code, 2, "{}", tested.out);
}

#[test]
fn properties_need_facts_to_start_from() {
    let (rules, case) = RULES.split_at(RULES.find("用例").unwrap());
    let folder = pack(&format!("{rules}{HOLD}"));
    let file = folder.path().join("2024.heng");
    let none = run(&file, &["test"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("test/start"), "{}", none.err);
    let figures = "\"预算\" = \"1元\"\n\"支出\" = \"1元\"\n\"小规模\" = \"否\"\n";
    let row = |name: &str| format!("[[\"合同\"]]\n\"名称\" = \"{name}\"\n\"金额\" = \"1元\"\n");
    let base = |rows: &str| std::fs::write(folder.path().join("a.toml"), format!("{figures}{rows}")).unwrap();
    std::fs::write(&file, format!("{rules}{}", HOLD.replace("性质 {", "性质 {\n    数据：a.toml"))).unwrap();
    // Without rows, two of the properties would hold of nothing.
    base("\"合同\" = \"无\"\n");
    let idle = run(&file, &["test"]);
    assert_eq!(idle.code, 7, "{}{}", idle.out, idle.err);
    assert!(idle.out.contains("没有试") && idle.out.contains("5 个过，2 个不过"), "{}", idle.out);
    base(&(row("甲") + &row("乙")));
    let passed = run(&file, &["test"]);
    assert_eq!(passed.code, 0, "{}{}", passed.out, passed.err);
    assert!(case.contains("期望"));
}

#[test]
fn the_packs_of_the_repository_hold_what_they_claim() {
    for (pack, count) in [("hunan-yueyang", "15 条性质"), ("us-omb-part", "6 条性质")] {
        let passed = run(&root().join("rules").join(pack), &["test"]);
        assert_eq!(passed.code, 0, "{}{}", passed.out, passed.err);
        assert!(passed.out.contains(count), "{}", passed.out);
    }
}

#[test]
fn checks_of_several_packs_are_one_json_document() {
    let folder = pack(&format!("{RULES}\n性质 {{\n    花费 越大，支出率 不减\n}}\n"));
    let other = pack(RULES);
    for command in [&["check"][..], &["pack", "check"]] {
        let mut args: Vec<&std::ffi::OsStr> = command.iter().map(std::ffi::OsStr::new).collect();
        args.extend([folder.path().as_os_str(), other.path().as_os_str()]);
        args.extend(["--format", "json"].iter().map(std::ffi::OsStr::new));
        let run = heng(&args);
        assert_eq!(run.code, 1, "{}", run.err);
        let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!((&value["heng"], &value["errors"]), (&"diagnostics/1".into(), &1.into()), "{}", run.out);
        assert!(value["diagnostics"].as_array().unwrap().iter().any(|found| found["code"] == "test/name"));
    }
}

/// What is multiplied stays what it may be: a judgement in its band, a share in its range. What was left out is
/// counted, and a property of which nothing could be tried does not pass.
#[test]
fn what_cannot_be_multiplied_is_left_out_and_counted() {
    let rules = RULES
        .replace("满分：20分", "满分：30分")
        .replace("数据 {\n", "一级指标 质量 10分 {\n    目标 = 评定 [0分, 5分]\n    当 份额 ≥ 0%：10分\n    分档 目标 { ≥ 0分：10分；其他：0分 }\n}\n\n数据 {\n    份额：比率 [50%, 60%]\n")
        .replace("    小规模：否\n", "    小规模：否\n    份额：55%\n    质量.目标：4分\n")
        .replace("当 份额 ≥ 0%：10分", "份额倍 = 份额 × 2")
        .replace("        总分：18分\n", "");
    let scaled = |what: &str| pack(&format!("{rules}\n性质 {{\n    {what} 同乘，质量 不变\n}}\n"));
    let folder = scaled("质量.目标");
    let run_here = |folder: &tempfile::TempDir| run(&folder.path().join("2024.heng"), &["test", "--filter", "同乘"]);
    let held = run_here(&folder);
    assert_eq!(held.code, 0, "{}{}", held.out, held.err);
    assert!(held.out.contains("没有试") && held.out.contains("同乘试了"), "{}", held.out);
    let idle = run_here(&scaled("份额"));
    assert_eq!(idle.code, 7, "{}{}", idle.out, idle.err);
    assert!(idle.out.contains("一次也没有试成"), "{}", idle.out);
}
