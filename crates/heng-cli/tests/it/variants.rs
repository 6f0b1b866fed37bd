//! Variants of a pack: chosen by `pack#variant` or in heng.toml, checked, tested, documented.

use std::fs;

use super::kit::{Run, heng};

const RULES: &str = "规则包 某县 {\n    评价年度：2023\n    缺报：停止\n    无佐证：0分\n    迟报：照计\n    有争议：待核\n}\n\n\
数据 {\n    支出率：比率 [0%, 100%]\n}\n\n一级指标 整体效能 60分 {\n    得分 = 满分 × 支出率\n}\n\n一级指标 管理效率 40分 {\n    得分 = 满分\n}\n\n\
变体 有专项资金 {\n    改 整体效能.分值：60分 → 30分，理由“专项效能另计”\n    增 之后 整体效能 {\n        一级指标 专项效能 30分 {\n            得分 = 满分 × 专项支出率\n        }\n    }\n    增 到 数据 {\n        专项支出率：比率 [0%, 100%]\n    }\n}\n";

struct Packs(tempfile::TempDir);

impl Packs {
    fn new() -> Packs {
        let packs = Packs(tempfile::tempdir().unwrap());
        packs.put(
            "rules/a/pack.toml",
            "id = \"a\"\nversion = \"1.0.0\"\ntitle.zh = \"甲\"\nlanguage = \"1\"\n[years]\n2023 = \"2023.heng\"\n",
        );
        packs.put("rules/a/2023.heng", RULES);
        packs.put("rules/a/tests/无.cases", "用例 一半 {\n    支出率：50%\n    期望 {\n        总分：70分\n    }\n}\n");
        packs.put(
            "rules/a/tests/有.cases",
            "变体：有专项资金\n\n用例 一半 {\n    支出率：50%\n    专项支出率：100%\n    期望 {\n        专项效能：30分\n        总分：85分\n    }\n}\n",
        );
        packs.put("无/heng.toml", "rules = \"../rules/a\"\nfacts = [\"f.toml\"]\n");
        packs.put("无/f.toml", "\"支出率\" = \"90%\"\n");
        packs.put("有/heng.toml", "rules = \"../rules/a\"\nvariant = \"有专项资金\"\nfacts = [\"f.toml\"]\n");
        packs.put("有/f.toml", "\"支出率\" = \"90%\"\n\"专项支出率\" = \"50%\"\n");
        packs
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::create_dir_all(self.at(name).parent().unwrap()).unwrap();
        fs::write(self.at(name), text).unwrap();
    }

    fn heng(&self, args: &[&str]) -> Run {
        let place = |arg: &&str| match arg.strip_prefix('@') {
            Some(file) => self.at(file).to_string_lossy().into_owned(),
            None => (*arg).to_owned(),
        };
        heng(&args.iter().map(place).collect::<Vec<_>>())
    }

    fn well(&self, args: &[&str]) -> String {
        let run = self.heng(args);
        assert_eq!(run.code, 0, "{args:?}\n{}\n{}", run.out, run.err);
        run.out
    }
}

#[test]
fn a_case_says_which_variant_it_is_scored_by() {
    let packs = Packs::new();
    let (without, with) = (packs.well(&["score", "@无"]), packs.well(&["score", "@有"]));
    assert!(without.contains("94.00") && !without.contains("专项效能"), "{without}");
    assert!(with.contains("82.00") && with.contains("专项效能") && with.contains("某县（有专项资金）"), "{with}");
    packs.put("有/heng.toml", "rules = \"../rules/a#有专项资金\"\nfacts = [\"f.toml\"]\n");
    assert_eq!(packs.well(&["score", "@有"]), with);
    assert!(packs.well(&["explain", "@有"]).contains("2023.heng"));
    packs.put("有/heng.toml", "rules = \"../rules/a\"\nvariant = \"无专项\"\nfacts = [\"f.toml\"]\n");
    let run = packs.heng(&["score", "@有"]);
    assert!(run.code == 1 && run.err.contains("variant/unknown") && run.err.contains("有专项资金"), "{}", run.err);
    let run = packs.heng(&["score", "@有", "--lang", "en"]);
    assert!(run.err.contains("there is no variant"), "{}", run.err);
}

#[test]
fn every_command_takes_a_variant() {
    let packs = Packs::new();
    for args in [
        &["check", "@rules/a"][..],
        &["check", "@rules/a#有专项资金"],
        &["pack", "check", "@rules/a"],
        &["fmt", "--check", "@rules"],
        &["test", "@rules/a"],
        &["template", "@rules/a#有专项资金", "--out", "@t.xlsx"],
        &["report", "@有", "--out", "@report"],
        &["pack", "lock", "@有"],
        &["score", "@有"],
    ] {
        let out = packs.well(args);
        assert!(!out.contains("警告"), "{args:?} {out}");
    }
    assert!(packs.well(&["doc", "@rules/a#有专项资金"]).contains("专项效能"));
    assert!(!packs.well(&["doc", "@rules/a"]).contains("专项效能"));
    let diff = packs.well(&["diff", "@rules/a", "@rules/a#有专项资金"]);
    assert!(diff.contains("专项效能") && diff.contains("30分"), "{diff}");
    let mutants = packs.heng(&["mutate", "@rules/a"]);
    assert!(mutants.code == 0 || mutants.out.contains("2023.heng"), "{} {}", mutants.out, mutants.err);
    packs.put("d.csv", "单位,支出率,专项支出率\n甲局,90%,50%\n");
    packs.well(&["batch", "@rules/a#有专项资金", "@d.csv", "--out", "@out.csv"]);
    assert!(fs::read_to_string(packs.at("out.csv")).unwrap().contains("82"));
    let run = packs.heng(&["impact", "@rules/a", "@rules/a#有专项资金", "@d.csv"]);
    assert!(run.code == 0 && run.out.contains("12"), "{} {}", run.out, run.err);
}

#[test]
fn expand_applies_the_variant_or_keeps_it() {
    let packs = Packs::new();
    let chosen = packs.well(&["expand", "@rules/a#有专项资金"]);
    assert!(!chosen.contains("变体") && chosen.contains("专项效能 30分"), "{chosen}");
    let all = packs.well(&["expand", "@rules/a"]);
    packs.put("all.heng", &all);
    assert_eq!(packs.well(&["expand", "@all.heng#有专项资金"]), chosen);
    packs.put("one.heng", &chosen);
    packs.put("有/heng.toml", "rules = \"../one.heng\"\nfacts = [\"f.toml\"]\n");
    assert!(packs.well(&["score", "@有"]).contains("82.00"));
}

#[test]
fn a_variant_that_is_wrong_is_found_without_choosing_it() {
    let packs = Packs::new();
    packs.put("rules/a/2023.heng", &RULES.replace("60分 → 30分", "60分 → 40分"));
    let run = packs.heng(&["check", "@rules/a"]);
    assert!(run.code == 1 && run.out.contains("weight/sum") && run.out.contains("变体 有专项资金"), "{}", run.out);
    assert_eq!(packs.heng(&["score", "@有"]).code, 1);
    for args in [&["pack", "check", "@rules/a"][..], &["test", "@rules/a"]] {
        assert_ne!(packs.heng(args).code, 0, "{args:?}");
    }
    // What is scored by the rules without a variant does not wait for one.
    assert!(packs.well(&["score", "@无"]).contains("94.00"));
    assert!(packs.well(&["doc", "@rules/a"]).contains("整体效能"));
}

#[test]
fn a_comparison_says_that_it_leaves_variants_aside() {
    let packs = Packs::new();
    packs.put("next.heng", &RULES.replace("2023", "2024"));
    packs.put("d.csv", "单位,支出率\n甲局,90%\n");
    for args in [&["diff", "@rules/a", "@next.heng"][..], &["impact", "@rules/a", "@next.heng", "@d.csv"]] {
        let run = packs.heng(args);
        assert!(
            run.code == 0 && run.err.contains("有变体（有专项资金）") && run.err.contains("#有专项资金"),
            "{}",
            run.err
        );
        let named: Vec<String> = args
            .iter()
            .map(|arg| {
                if arg.ends_with("heng") || arg.ends_with("/a") {
                    format!("{arg}#有专项资金")
                } else {
                    (*arg).to_owned()
                }
            })
            .collect();
        let run = packs.heng(&named.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(!run.err.contains("有变体"), "{}", run.err);
    }
    let run = packs.heng(&["diff", "@rules/a", "@next.heng", "--lang", "en"]);
    assert!(run.err.contains("have variants (有专项资金)"), "{}", run.err);
    assert!(packs.heng(&["diff", "@rules/a", "@rules/a#有专项资金"]).err.is_empty());
}

#[test]
fn next_year_amends_the_rules_and_may_write_the_variant_anew() {
    let packs = Packs::new();
    let next = "修订 二〇二四 {\n    基于：2023.heng\n    评价年度：2024\n    改 整体效能.分值：60分 → 50分\n    改 管理效率.分值：40分 → 50分\n}\n";
    packs.put("rules/a/2024.heng", next);
    let stale = packs.heng(&["check", "@rules/a/2024.heng"]);
    assert!(
        stale.code == 1 && stale.out.contains("amend/stale"),
        "the variant speaks of last year's points: {}",
        stale.out
    );
    let variant = "\n变体 有专项资金 {\n    删 管理效率\n    增 到 整体效能 { 说明：改了 }\n    改 整体效能.分值：50分 → 100分\n}\n";
    packs.put("rules/a/2024.heng", &format!("{next}{variant}"));
    packs.well(&["check", "@rules/a/2024.heng"]);
    let doc = packs.well(&["doc", "@rules/a/2024.heng#有专项资金"]);
    assert!(!doc.contains("管理效率"), "{doc}");
}
