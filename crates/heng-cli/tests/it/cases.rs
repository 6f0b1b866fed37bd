//! `heng test` and `heng mutate`: cases that pass, cases that fail and say why, pins, coverage, and
//! rules made wrong on purpose.

use std::path::Path;

use super::kit::{Run, heng, root};

const RULES: &str = "\
规则包 试 {
    评价年度：2024
    满分：10分
    缺报：停止
    等级 = 分档 总分 {
        ≥ 8分：优
        其他：差
    }
}
一级指标 支出率 10分 {
    分档 支出 ÷ 预算 {
        ≥ 90%：10分
        [80%, 90%)：8分
        其他：0分
    }
}
数据 {
    预算：金额 > 0元
    支出：金额 ≥ 0元
}
";

/// A pack with these rules and this file of cases.
fn pack(rules: &str, name: &str, cases: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    std::fs::write(here.join("pack.toml"), "id = \"试\"\nversion = \"1.0.0\"\n[years]\n2024 = \"2024.heng\"\n")
        .unwrap();
    std::fs::write(here.join("2024.heng"), rules).unwrap();
    std::fs::create_dir(here.join("tests")).unwrap();
    std::fs::write(here.join("tests").join(name), cases).unwrap();
    folder
}

fn run(folder: &Path, args: &[&str]) -> Run {
    let all: Vec<&std::ffi::OsStr> = [args[0].as_ref(), folder.as_os_str()]
        .into_iter()
        .chain(args[1..].iter().map(|arg| std::ffi::OsStr::new(*arg)))
        .collect();
    heng(&all)
}

const CASES: &str = "\
# 一个用例，两种档
用例 九成 ｛
    预算：100万元
    支出：90万元
    期望 {
        支出率：10分
        总分：10
        等级：优
    }
}

用例 八成九 {
    预算：100万元
    支出：89.9999万元
    期望 { 
        支出率：8分
    }
}
";

#[test]
fn cases_pass_and_fail_with_the_place_and_the_difference() {
    let folder = pack(RULES, "基本.cases", CASES);
    let passed = run(folder.path(), &["test"]);
    assert_eq!((passed.code, passed.out.trim()), (0, "2 个用例：2 个过，0 个不过"), "{}", passed.err);
    let wrong = RULES.replace("≥ 90%：10分\n        [80%, 90%)", "≥ 85%：10分\n        [80%, 85%)");
    std::fs::write(folder.path().join("2024.heng"), wrong).unwrap();
    let failed = run(folder.path(), &["test"]);
    assert_eq!(failed.code, 7);
    assert!(failed.out.contains("基本.cases:12 八成九"), "{}", failed.out);
    assert!(failed.out.contains("支出率：应为 8，实为 10"), "{}", failed.out);
    let english = run(folder.path(), &["test", "--lang", "en"]);
    assert!(english.out.contains("支出率: expected 8, got 10"), "{}", english.out);
}

#[test]
fn a_missing_datum_fails_the_case_that_forgot_it() {
    let folder = pack(RULES, "a.cases", "用例 甲 {\n支出：1元\n期望 {\n支出率：0分\n}\n}\n");
    let failed = run(folder.path(), &["test"]);
    assert_eq!(failed.code, 7);
    assert!(failed.out.contains("应为 0，实为 停止 0 … 10"), "{}", failed.out);
}

#[test]
fn a_case_that_expects_nothing_fails() {
    let folder = pack(RULES, "a.cases", "用例 甲 {\n预算：1元\n}\n");
    let failed = run(folder.path(), &["test"]);
    assert_eq!(failed.code, 7);
    assert!(failed.out.contains("什么都没有期望"), "{}", failed.out);
}

#[test]
fn bad_lines_are_all_named() {
    let cases = "用例 甲 {\n这是什么\n期望 {\n支出率\n}\n}\n别的\n用例 乙 {\n";
    let folder = pack(RULES, "a.cases", cases);
    let broken = run(folder.path(), &["test"]);
    assert_eq!(broken.code, 2);
    for line in ["a.cases:2", "a.cases:4", "a.cases:7", "没有关"] {
        assert!(broken.err.contains(line), "{line}: {}", broken.err);
    }
}

#[test]
fn rows_of_a_csv_are_cases_on_a_base() {
    let folder = pack(
        RULES,
        "行.csv",
        "用例,数据,支出,期望 支出率,期望 等级\n九成,../base.toml,90万元,10,优\n七成,../base.toml,70万元,0分,\n",
    );
    std::fs::write(folder.path().join("base.toml"), "\"预算\" = \"100万元\"\n\"支出\" = \"1元\"\n").unwrap();
    let passed = run(folder.path(), &["test"]);
    assert_eq!(passed.code, 0, "{}{}", passed.out, passed.err);
    assert!(passed.out.contains("2 个用例"));
    let listed = run(folder.path(), &["test", "--list", "--filter", "七"]);
    assert!(listed.out.contains("行.csv:3 七成") && !listed.out.contains("九成"), "{}", listed.out);
    assert_eq!(run(folder.path(), &["test", "--filter", "没有"]).code, 2);
    std::fs::remove_file(folder.path().join("base.toml")).unwrap();
    let missing = run(folder.path(), &["test"]);
    assert_eq!(missing.code, 3);
    assert!(missing.err.contains("test/facts"), "{}", missing.err);
}

#[test]
fn no_cases_is_not_success() {
    let folder = pack(RULES, "说明.md", "");
    let none = run(folder.path(), &["test"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("test/none"), "{}", none.err);
}

#[test]
fn a_pinned_scorecard_tells_how_it_moved() {
    let folder = pack(RULES, "基本.cases", CASES);
    let accepted = run(folder.path(), &["test", "--accept"]);
    assert_eq!(accepted.code, 8, "{}", accepted.out);
    assert!(accepted.out.contains("钉住 2 张记分卡"));
    let snap = folder.path().join("tests/snapshots/基本__九成.snap");
    assert!(
        std::fs::read_to_string(&snap)
            .unwrap()
            .starts_with("---\nsource: \"基本.cases\"\nexpression: \"九成\"\n---\n{")
    );
    assert_eq!(run(folder.path(), &["test", "--accept"]).code, 0, "nothing new to pin");
    // A moved line moves no score.
    std::fs::write(folder.path().join("2024.heng"), format!("# 说明\n{RULES}")).unwrap();
    assert_eq!(run(folder.path(), &["test"]).code, 0);
    std::fs::write(folder.path().join("2024.heng"), RULES.replace("其他：0分", "其他：1分")).unwrap();
    let moved = run(folder.path(), &["test"]);
    assert_eq!(moved.code, 7);
    assert!(moved.out.contains("钉住的记分卡不一样") && moved.out.contains("其他：1分"), "{}", moved.out);
    assert!(folder.path().join("tests/snapshots/基本__九成.snap.new").is_file());
    assert_eq!(run(folder.path(), &["test", "--accept"]).code, 8);
    assert!(!folder.path().join("tests/snapshots/基本__九成.snap.new").exists());
    assert_eq!(run(folder.path(), &["test"]).code, 0);
}

#[test]
fn coverage_names_the_band_that_no_case_takes() {
    let folder = pack(RULES, "基本.cases", CASES);
    let covered = run(folder.path(), &["test", "--coverage"]);
    assert_eq!(covered.code, 0);
    assert!(covered.out.contains("2024.heng:14  其他：0分    没有落在这一档"), "{}", covered.out);
    assert!(!covered.out.contains("≥ 90%"), "{}", covered.out);
    let page = folder.path().join("c.html");
    run(folder.path(), &["test", "--coverage-html", page.to_str().unwrap()]);
    assert!(std::fs::read_to_string(page).unwrap().contains("没有落在这一档"));
}

#[test]
fn results_go_out_as_junit_and_json() {
    let folder = pack(RULES, "基本.cases", &CASES.replace("支出率：8分", "支出率：7分"));
    let junit = folder.path().join("j.xml");
    let run = run(folder.path(), &["test", "--format", "json", "--junit", junit.to_str().unwrap()]);
    let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((value["passed"].as_u64(), value["failed"].as_u64()), (Some(1), Some(1)));
    let xml = std::fs::read_to_string(junit).unwrap();
    assert!(xml.contains("failures=\"1\"") && xml.contains("tests=\"2\"") && xml.contains("应为 7，实为 8"), "{xml}");
}

#[test]
fn a_wrong_rule_that_no_case_notices_is_named_with_a_case_that_would() {
    let folder = pack(RULES, "基本.cases", CASES);
    let save = folder.path().join("more.toml");
    let first = run(folder.path(), &["mutate", "--save", save.to_str().unwrap()]);
    assert_eq!(first.code, 0, "{}", first.err);
    assert!(
        first.out.contains("没有用例发现：80% − 末位1") || first.out.contains("没有用例发现：80% + 末位1"),
        "{}",
        first.out
    );
    assert!(first.out.contains("能发现的用例：支出 = "), "{}", first.out);
    assert_eq!(run(folder.path(), &["mutate", "--at-least", "100"]).code, 7);
    // What each saved case would notice, by its place and change.
    let promised: Vec<&str> = first.out.split("2024.heng:").filter(|said| said.contains("能发现的用例")).collect();
    assert!(promised.len() > 2, "{}", first.out);
    // The saved cases pass, and notice what was not noticed before.
    std::fs::rename(&save, folder.path().join("tests/more.toml")).unwrap();
    let again = run(folder.path(), &["test"]);
    assert_eq!(again.code, 0, "{}{}", again.out, again.err);
    let share = |out: &str| {
        out.rsplit('（').next().unwrap().split('%').next().unwrap().replace('.', "").parse::<u32>().unwrap()
    };
    let second = run(folder.path(), &["mutate"]);
    assert!(share(&second.out) > share(&first.out), "{}\n{}", first.out, second.out);
    assert!(!second.out.contains("能发现的用例"), "{}", second.out);
    for said in promised {
        let survivor = said.split("\n    能发现的用例").next().unwrap();
        assert!(!second.out.contains(survivor), "saved, and still not noticed: {survivor}\n{}", second.out);
    }
}

#[test]
fn mutation_wants_passing_cases() {
    let folder = pack(RULES, "基本.cases", &CASES.replace("支出率：8分", "支出率：7分"));
    let failing = run(folder.path(), &["mutate"]);
    assert_eq!(failing.code, 7);
    assert!(failing.err.contains("test/failing"), "{}", failing.err);
}

#[test]
fn pack_toml_names_cases_that_lie_elsewhere_and_years_are_kept_apart() {
    let folder = pack(RULES, "基本.cases", CASES);
    let here = folder.path().join("包");
    std::fs::create_dir(&here).unwrap();
    for name in ["2024.heng", "tests"] {
        std::fs::rename(folder.path().join(name), here.join(name)).unwrap();
    }
    let older = RULES.replace("评价年度：2024", "评价年度：2023").replace("≥ 90%：10分", "≥ 90%：9分");
    std::fs::write(here.join("2023.heng"), older).unwrap();
    let manifest = |tests: &str| {
        let years = "[years]\n2023 = \"2023.heng\"\n2024 = \"2024.heng\"\n";
        std::fs::write(here.join("pack.toml"), format!("id = \"试\"\nversion = \"1.0.0\"\n{tests}\n{years}")).unwrap();
    };
    let elsewhere = CASES.replace("支出率：10分\n        总分：10\n", "支出率：9分\n");
    std::fs::write(folder.path().join("旧年.cases"), format!("规则：包/2023.heng\n{elsewhere}")).unwrap();
    manifest("");
    assert!(run(&here, &["test"]).out.contains("2 个用例：2 个过"));
    manifest("tests = [\"../旧年.cases\"]");
    let both = run(&here, &["test", "--coverage"]);
    assert!(both.code == 0 && both.out.contains("4 个用例：4 个过"), "{}{}", both.out, both.err);
    for year in ["包/2023.heng", "包/2024.heng"] {
        assert!(both.out.lines().any(|line| line.ends_with(year)), "{}", both.out);
    }
    let mutated = run(&here, &["mutate", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&mutated.out).unwrap();
    let packs = value["packs"].as_array().unwrap();
    let sum: u64 = packs.iter().map(|pack| pack["mutants"].as_u64().unwrap()).sum();
    assert!(packs.len() == 2 && Some(sum) == value["mutants"].as_u64(), "{value}");
    // Each year's cases that would notice are a file of its own.
    let save = folder.path().join("more.toml");
    run(&here, &["mutate", "--save", save.to_str().unwrap()]);
    for name in ["more.toml", "more-2.toml"] {
        let again = heng(&["test".as_ref(), folder.path().join(name).as_os_str()]);
        assert_eq!(again.code, 0, "{name}: {}{}", again.out, again.err);
    }
    manifest("tests = [\"没有.cases\"]");
    let missing = run(&here, &["test"]);
    assert!(missing.code == 5 && missing.err.contains("没有.cases"), "{} {}", missing.code, missing.err);
}

/// Every pack and every year of it. `just mutants` prints the table of docs/design/mutants.md.
#[test]
fn the_cases_of_every_pack_notice_nine_wrong_rules_in_ten() {
    let packs = std::fs::read_dir(root().join("rules")).unwrap().map(|entry| entry.unwrap().path());
    let mut seen = 0;
    for pack in packs.filter(|path| path.join("pack.toml").is_file()) {
        let run = heng(&["mutate".as_ref(), pack.as_os_str(), "--format".as_ref(), "json".as_ref()]);
        assert_eq!(run.code, 0, "{}: {}{}", pack.display(), run.out, run.err);
        let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        for year in value["packs"].as_array().unwrap() {
            let (all, noticed) = (year["mutants"].as_u64().unwrap(), year["killed"].as_u64().unwrap());
            assert!(all > 0 && noticed * 10 >= all * 9, "{year}: {}", value["survivors"]);
            seen += 1;
        }
    }
    assert!(seen >= 15, "only {seen} sets of rules");
}

#[test]
fn the_share_of_noticed_mutants_is_a_table_too() {
    let run = heng(&["mutate", "rules/us-omb-part", "--at-least", "90", "--format", "md", "--lang", "en"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let rows: Vec<&str> = run.out.lines().collect();
    assert!(rows[0].starts_with("| rules | wrong |") && rows[2].starts_with("| rules/us-omb-part/"), "{}", run.out);
}

#[test]
fn every_pack_of_the_repository_has_cases_that_pass_and_reach_nearly_every_outcome() {
    let packs = std::fs::read_dir(root().join("rules")).unwrap();
    let mut packs: Vec<_> = packs.map(|entry| entry.unwrap().path()).collect();
    packs.retain(|path| path.join("pack.toml").is_file());
    packs.sort();
    assert!(packs.len() >= 14, "only {} packs", packs.len());
    for pack in packs {
        let run = run(&pack, &["test", "--coverage", "--format", "json"]);
        assert_eq!(run.code, 0, "{}: {}{}", pack.display(), run.out, run.err);
        let value: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        for rules in value["coverage"].as_array().unwrap() {
            let items = rules["items"].as_array().unwrap();
            let missing: Vec<_> = items.iter().filter(|item| item["reached"] == false).collect();
            assert!(missing.len() * 10 <= items.len(), "{}: {missing:?}", rules["pack"]);
        }
    }
}
