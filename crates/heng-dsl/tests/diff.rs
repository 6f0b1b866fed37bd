//! Comparing rules: every change is named in the words of the policy, layout is silent, and the
//! changes written as an amendment give the other rules exactly.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what it expects by failing"
)]

#[path = "support/programs.rs"]
mod programs;

use std::path::{Path, PathBuf};

use heng_diag::Lang;
use heng_dsl::{Reading, compile, diff};

fn rules() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().join("rules");
    let mut found = Vec::new();
    for pack in std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        for file in std::fs::read_dir(pack).unwrap().map(|entry| entry.unwrap().path()) {
            if file.extension().is_some_and(|end| end == "heng") {
                let text = std::fs::read_to_string(&file).unwrap();
                if compile(&[("a".to_owned(), text.clone())]).program.is_some() {
                    found.push((file, text));
                }
            }
        }
    }
    found.sort();
    found
}

fn read(text: &str) -> Reading {
    Reading::alone(&file(text))
}

fn file(text: &str) -> Vec<(String, String)> {
    vec![("a.heng".to_owned(), text.to_owned())]
}

/// The program as JSON without places, which an amendment moves.
fn program(files: &[(String, String)]) -> String {
    let compiled = compile(files);
    let program = compiled.program.unwrap_or_else(|| panic!("{:?}", compiled.diagnostics));
    format!("{:?}", program.nodes.iter().map(|node| (&node.key, &node.full, node.kind, node.level)).collect::<Vec<_>>())
}

/// The amendment that turns `a` into `b`, applied, gives `b`.
fn there(a: &str, b: &str) -> bool {
    let changes = diff::changes(&read(a), &read(b)).unwrap();
    let amendment = diff::amendment(&changes, "改", "a.heng");
    let amended = vec![("a.heng".to_owned(), a.to_owned()), ("x.heng".to_owned(), amendment)];
    let again = diff::changes(&Reading::alone(&amended), &read(b)).unwrap_or_else(|refused| panic!("{:?}", refused.0));
    again.is_empty() && program(&amended) == program(&file(b))
}

#[test]
fn a_pack_does_not_differ_from_itself_however_it_is_laid_out() {
    for (path, text) in rules() {
        let spread = text.replace('\n', "\n\n").replace("    ", "      ");
        let changes = diff::described(&read(&text), &read(&format!("# 注\n{spread}"))).unwrap();
        assert!(changes.is_empty(), "{}: {changes:?}", path.display());
    }
}

#[test]
fn one_changed_number_of_a_pack_is_one_amendment_that_gives_the_other() {
    let mut tried = 0;
    for (path, text) in rules() {
        for (from, to) in [("≥ 90%", "≥ 91%"), ("每 1个百分点：0.5分", "每 1个百分点：0.6分"), (">= 90%", ">= 91%")]
        {
            let changed = text.replacen(from, to, 1);
            if changed != text && compile(&file(&changed)).program.is_some() {
                let changes = diff::described(&read(&text), &read(&changed)).unwrap();
                assert_eq!(changes.len(), 1, "{}: {changes:?}", path.display());
                assert!(there(&text, &changed), "{} {from}", path.display());
                tried += 1;
            }
        }
    }
    assert!(tried >= 2, "only {tried} tried");
}

#[test]
fn points_and_thresholds_are_told_under_their_indicator() {
    let a = "规则包 试 {\n评价年度：2024\n满分：10分\n}\n一级指标 甲 4分 {\n分档 率 {\n≥ 90%：4分\n其他：0分\n}\n}\n一级指标 乙 6分 {\n得分 = 满分\n}\n数据 {\n率：比率 [0%, 100%]\n}\n";
    let b = a.replace("甲 4分", "甲 5分").replace("≥ 90%：4分", "≥ 95%：5分").replace("乙 6分", "乙 5分");
    let changes = diff::described(&read(a), &read(&b)).unwrap();
    let told = diff::text(&changes, Lang::Zh);
    for part in ["甲", "4分 → 5分", "95%", "乙", "6分 → 5分"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(there(a, &b));
    assert!(diff::html(&changes, Lang::En).contains("<html"), "{}", diff::html(&changes, Lang::En));
    assert!(diff::markdown(&changes, Lang::Zh).contains("甲"));
}

#[test]
fn an_indicator_and_a_datum_of_one_name_are_told_apart() {
    let a = "规则包 试 {\n评价年度：2024\n满分：10分\n}\n一级指标 满意度 4分 {\n分档 满意度 {\n≥ 90%：4分\n其他：0分\n}\n}\n一级指标 乙 6分 {\n得分 = 满分\n}\n数据 {\n满意度：比率 [0%, 100%]\n}\n";
    let b = a.replace("满意度 4分", "满意度 5分").replace("：4分", "：5分").replace("乙 6分", "乙 5分");
    let b = b.replace("[0%, 100%]", "≥ 0%");
    let changes = diff::changes(&read(a), &read(&b)).unwrap();
    assert!(changes.iter().all(|change| change.kind != diff::ChangeKind::Whole), "{changes:?}");
    assert!(there(a, &b));
    let told = diff::text(&diff::described(&read(a), &read(&b)).unwrap(), Lang::Zh);
    let told: Vec<&str> = told.lines().map(str::trim).collect();
    let at =
        |wanted: &str| told.iter().position(|line| *line == wanted).unwrap_or_else(|| panic!("{wanted}: {told:?}"));
    assert!(at("满意度") < at("分值：4分 → 5分") && at("“≥ 90%”得：4分 → 5分") < at("所需数据"));
    assert!(at("所需数据") < at("满意度：比率 [0%, 100%] → 满意度：比率 ≥ 0%"));
}

#[test]
fn an_indicator_that_moves_into_a_new_group_is_told_once_and_amended() {
    let head = "规则包 试 {\n评价年度：2024\n满分：10分\n}\n";
    let tail = "数据 {\n率：比率 [0%, 100%]\n}\n";
    let leaf = |line: &str| format!("三级指标 丙 4分 {{\n分档 率 {{\n≥ {line}：4分\n其他：0分\n}}\n}}\n");
    let a = format!(
        "{head}一级指标 甲 10分 {{\n二级指标 乙 10分 {{\n{}三级指标 丁 6分 {{ 待编 }}\n}}\n}}\n{tail}",
        leaf("90%")
    );
    let b = format!(
        "{head}一级指标 新 10分 {{\n二级指标 乙 10分 {{\n{}三级指标 戊 6分 {{\n得分 = 满分\n}}\n}}\n}}\n{tail}",
        leaf("95%")
    );
    assert!(there(&a, &b));
    let told = diff::text(&diff::described(&read(&a), &read(&b)).unwrap(), Lang::Zh);
    for part in [
        "新增：10分",
        "从“甲”移到“新”",
        "界限：≥ 90% → ≥ 95%",
        "新增：6分，在“乙”下",
        "得满分。",
        "删去：原6分，在“乙”下",
    ] {
        assert_eq!(told.matches(part).count(), 1, "{part}: {told}");
    }
}

#[test]
fn a_web_address_in_an_amendment_is_kept_whole() {
    let a =
        "规则包 试 {\n评价年度：2024\n来源：https://a.example/1\n满分：10分\n}\n一级指标 甲 10分 {\n得分 = 满分\n}\n";
    let x = "修订 改 {\n    基于：a.heng\n    来源：https://b.example/2?x=1\n    改 甲.分值：10分 → 10分\n}\n";
    let amended = vec![("a.heng".to_owned(), a.to_owned()), ("x.heng".to_owned(), x.to_owned())];
    let told = diff::text(&diff::described(&read(a), &Reading::alone(&amended)).unwrap(), Lang::Zh);
    assert!(told.contains("https://a.example/1 → https://b.example/2?x=1"), "{told}");
}

/// The programs of two sets of files, without places.
fn same_program(a: &[(String, String)], b: &[(String, String)]) -> Result<(), String> {
    let (a, b) = (compile(a), compile(b));
    let Some(a) = a.program else { return Err(format!("{:?}", a.diagnostics)) };
    match programs::difference(&programs::placeless(&a), &programs::placeless(&b.program.unwrap())) {
        None => Ok(()),
        Some(differs) => Err(differs),
    }
}

/// What hinders the amendment from `a` to `b` from giving `b`'s program.
fn amended(a: &str, b: &str) -> Result<(), String> {
    let changes = diff::changes(&read(a), &read(b)).map_err(|refused| format!("{:?}", refused.0))?;
    let amendment = diff::amendment(&changes, "改", "a.heng");
    let chain = vec![("a.heng".to_owned(), a.to_owned()), ("x.heng".to_owned(), amendment.clone())];
    same_program(&chain, &file(b)).map_err(|why| format!("{why}\n{amendment}"))
}

/// The largest rule file that is compared with every other, in bytes; larger ones are compared with one.
const LARGE: usize = 4_000;

/// Whether a rule file is written in English.
fn latin(text: &str) -> bool {
    text.lines().any(|line| line.starts_with("pack "))
}

/// Tries the amendment from the first to the second of every pair.
fn amend_all<'a>(pairs: impl Iterator<Item = (&'a (PathBuf, String), &'a (PathBuf, String))>) -> usize {
    let (mut tried, mut wrong) = (0, Vec::new());
    for ((from, a), (to, b)) in pairs.filter(|(a, b)| a.0 != b.0 && latin(&a.1) == latin(&b.1)) {
        tried += 1;
        if let Err(why) = amended(a, b) {
            let why: String = why.chars().take(600).collect();
            wrong.push(format!("{} → {}: {why}", from.display(), to.display()));
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n"));
    tried
}

#[test]
fn an_amendment_turns_every_pack_into_every_other() {
    let all = rules();
    let small: Vec<_> = all.iter().filter(|(_, text)| text.len() <= LARGE).collect();
    let large = all.iter().filter(|(_, text)| text.len() > LARGE);
    let mut pairs: Vec<_> = small.iter().flat_map(|a| small.iter().map(move |b| (*a, *b))).collect();
    for one in large {
        let other = small.iter().find(|(_, text)| latin(text) == latin(&one.1));
        other.iter().for_each(|other| pairs.extend([(one, **other), (**other, one)]));
    }
    let tried = amend_all(pairs.into_iter());
    assert!(tried >= 20, "{tried}");
}

#[test]
#[ignore = "takes minutes: just pairs"]
fn an_amendment_turns_every_pack_whatever_its_size_into_every_other() {
    let all = rules();
    let tried = amend_all(all.iter().flat_map(|a| all.iter().map(move |b| (a, b))));
    assert!(tried >= 100, "{tried}");
}

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

/// A small pack with some indicators, its blocks, parameters and data by lot.
fn generated(dice: &mut Dice) -> String {
    let count = 2 + dice.below(3);
    let (mut nodes, mut data) = (String::new(), String::new());
    for at in 0..count {
        let name = ["甲", "乙", "丙", "丁", "戊", "己"][(at + dice.below(2)) % 6].to_owned() + &at.to_string();
        let points = 10 * (1 + dice.below(3));
        let block = match dice.below(4) {
            0 => format!("分档 率{at} {{\n≥ {}%：满分\n其他：0分\n}}", 70 + dice.below(25)),
            1 => format!("扣分 {{\n率{at} 低于 {}%，每 1个百分点：{}分\n}}", 80 + dice.below(20), 1 + dice.below(3)),
            2 => format!("当 率{at} = 0%：待核\n得分 = 满分 × 率{at}"),
            _ => "待编".to_owned(),
        };
        let meaning = if dice.below(2) == 0 { format!("说明：第{}次\n", dice.below(9)) } else { String::new() };
        nodes.push_str(&format!("一级指标 {name} {points}分 {{\n{meaning}{block}\n}}\n"));
        if block.contains("率") {
            data.push_str(&format!("率{at}：比率 [0%, 100%]\n"));
        }
    }
    let full: usize =
        nodes.lines().filter_map(|line| line.split(' ').nth(2)?.strip_suffix('分')?.parse::<usize>().ok()).sum();
    let data = if data.is_empty() { data } else { format!("数据 {{\n{data}}}\n") };
    let head = "缺报：停止\n无佐证：待核\n迟报：照计\n有争议：待核\n不适用：折算\n取整方式：按整";
    format!(
        "规则包 试{} {{\n评价年度：{}\n满分：{full}分\n{head}\n}}\n{nodes}{data}",
        dice.below(3),
        2020 + dice.below(5)
    )
}

#[test]
fn an_amendment_turns_generated_rules_into_others() {
    let (mut dice, mut tried, mut wrong) = (Dice(2024), 0, Vec::new());
    for _ in 0..30 {
        let (a, b) = (generated(&mut dice), generated(&mut dice));
        if [&a, &b].iter().all(|text| compile(&file(text)).program.is_some()) {
            tried += 1;
            if let Err(why) = amended(&a, &b) {
                wrong.push(format!("{a}\n{b}\n{why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.first().unwrap());
    assert!(tried >= 20, "{tried}");
}
