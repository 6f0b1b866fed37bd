//! Amendments: what each verb does, where the numbers of a year come from, and what is refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what they expect by failing")]

use heng_dsl::{Compiled, FormatOptions, compile, expand, format};

const BASE: &str = "\
规则包 例子 {
    评价年度：2023
    来源：某通知
    满分：20分
    缺报：停止
    无佐证：0分
    迟报：照计
    有争议：待核
}

一级指标 过程 12分 {
    二级指标 执行 12分 {
        三级指标 支出率 10分 {
            依据：《预算法》
            分档 支出 ÷ 预算 {
                ≥ 90%：10分
                [60%, 90%)：限分
                < 60%：0分
            }
        }
        三级指标 合规 2分 {
            扣分 {
                违规次数，每 1次：1分
            }
        }
    }
}

一级指标 产出 8分 { 待编 }

参数 {
    限分 = 5分
}

数据 {
    支出：金额 ≥ 0元
    预算：金额 > 0元
    违规次数：个数 ≥ 0
}
";

fn files(amendments: &[&str]) -> Vec<(String, String)> {
    let mut files = vec![("2023.heng".to_owned(), BASE.to_owned())];
    files.extend(amendments.iter().enumerate().map(|(n, text)| (format!("{}.heng", 2024 + n), (*text).to_owned())));
    files
}

fn amended(amendments: &[&str]) -> Compiled {
    compile(&files(amendments))
}

fn codes(compiled: &Compiled) -> Vec<&'static str> {
    compiled.diagnostics.iter().filter(|found| found.is_error()).map(|found| found.code).collect()
}

fn whole(amendments: &[&str]) -> String {
    expand(&files(amendments)).unwrap_or_else(|(found, _)| panic!("{found:?}"))
}

const NEXT: &str = "\
修订 2024年 {
    基于：2023.heng
    评价年度：2024
    来源：另一通知

    改 支出率.分值：10分 → 8分，理由“重复”
    改 执行.分值：12分 → 10分
    改 过程.分值：12分 → 10分
    改 产出.分值：8分 → 10分
    改 支出率.分档[≥ 90%].分值：10分 → 8分
    改 支出率.分档[≥ 90%]：≥ 90% → ≥ 95%
    改 支出率.分档[[60%, 90%)]：[60%, 90%) → [60%, 95%)
    改 支出率.依据：《预算法》 → 《预算法实施条例》
    改 限分：5分 → 4分
    改 合规.扣分[违规次数].每：1次 → 2次
    改名 合规 → 合规性
    改名 违规次数 → 违规件数
    改名 规则包 → 「例子（2024年）」
    增 到 产出 {
        二级指标 数量 10分 { 待编 }
    }
    替换 产出.数量.评分标准 {
        得分 = 满分 × 完成率
    }
    增 之后 数据.预算 { 完成率：比率 [0%, 100%] }
}
";

#[test]
fn every_verb_does_what_it_says() {
    let next = NEXT.replace(
        "        二级指标 数量 10分 { 待编 }",
        "        二级指标 数量 10分 { 待编 }\n        二级指标 零 0分 { 待编 }",
    );
    let text = whole(&[
        &next,
        "修订 后年 {\n    评价年度：2025\n    删 零\n    移 数量 到 执行\n    移 支出率 之后 合规性\n}\n",
    ]);
    for line in [
        "规则包 例子（2024年） {",
        "评价年度：2025",
        "来源：另一通知",
        "三级指标 支出率 8分",
        "≥ 95%：8分",
        "[60%, 95%)：限分",
        "依据：《预算法实施条例》",
        "限分 = 4分",
        "违规件数，每 2次：1分",
        "三级指标 合规性 2分",
        "得分 = 满分 × 完成率",
    ] {
        assert!(text.contains(line), "no {line} in\n{text}");
    }
    for gone in ["违规次数", "零", "《预算法》", "某通知"] {
        assert!(!text.contains(gone), "{gone} in\n{text}");
    }
    assert!(text.find("合规性").unwrap() < text.find("支出率 8分").unwrap());
    assert!(text.find("数量 10分").unwrap() < text.find("一级指标 产出").unwrap());
    assert_eq!(format(&text, &FormatOptions::default()).text, text);
}

#[test]
fn the_whole_file_is_the_same_program_as_the_chain() {
    let chain = amended(&[NEXT]);
    assert_eq!(codes(&chain), Vec::<&str>::new(), "{:?}", chain.diagnostics);
    let flat = compile(&[("2024.heng".to_owned(), whole(&[NEXT]))]);
    let (chain, flat) = (chain.program.unwrap(), flat.program.unwrap());
    assert_eq!(chain.pack.year, 2024);
    let nodes = |program: &heng_model::Program| {
        program.nodes.iter().map(|node| (node.key.clone(), node.full.clone())).collect::<Vec<_>>()
    };
    assert_eq!(nodes(&chain), nodes(&flat));
    assert_eq!(chain.files.len(), 2);
}

#[test]
fn every_number_knows_its_amendment() {
    let program = amended(&[NEXT]).program.unwrap();
    let line = |needle: &str| u32::try_from(NEXT.lines().position(|line| line.contains(needle)).unwrap() + 1).unwrap();
    let node = program.nodes.iter().find(|node| &*node.name == "支出率").unwrap();
    assert_eq!((node.at.file, node.at.line), (1, line("10分 → 8分，理由")));
    let parameter = program.lets.iter().find(|found| &*found.name == "限分").unwrap();
    assert_eq!((parameter.at.file, parameter.at.line), (1, line("改 限分")));
    let old = program.nodes.iter().find(|node| &*node.name == "过程").unwrap();
    assert_eq!(old.at.file, 1);
}

#[test]
fn what_does_not_fit_is_refused() {
    for (line, code) in [
        ("改 支出率.分值：12分 → 8分", "amend/stale"),
        ("改 支付率.分值：10分 → 8分", "amend/orphan"),
        ("删 支付率", "amend/orphan"),
        ("改 支出率.分值：10分 → 8分\n    改 支出率.分值：10分 → 9分", "amend/conflict"),
        ("删 支出率\n    改 支出率.分值：10分 → 9分", "amend/conflict"),
        ("改 支出率：10分 → 8分", "amend/misfit"),
        ("移 执行 到 支出率", "amend/misfit"),
        ("改名 支出 → 预算", "amend/taken"),
        ("改 支出率.分值 10分 改成 8分", "amend/line"),
        ("改 支出率.分档[≥ 80%]：≥ 80% → ≥ 95%", "amend/orphan"),
        ("增 到 支出率 { 二级 }", "amend/line"),
    ] {
        let compiled = amended(&[&format!("修订 明年 {{\n    {line}\n}}\n")]);
        assert_eq!(codes(&compiled), [code], "{line}: {:?}", compiled.diagnostics);
        assert!(compiled.program.is_none());
        let found = compiled.diagnostics.first().unwrap();
        assert_eq!(found.primary.as_ref().unwrap().span.file.0, 1, "{line}");
    }
}

#[test]
fn a_bare_name_of_several_words_is_told_of() {
    for (line, name) in [
        ("change Overall effectiveness.points: 10 points -> 8 points", Some("Overall effectiveness")),
        ("change 支出率.Overall effectiveness.points: 10 points -> 8 points", Some("Overall effectiveness")),
        ("drop Overall effectiveness", Some("Overall effectiveness")),
        ("move 支出率 to Overall effectiveness", Some("Overall effectiveness")),
        ("add to Overall effectiveness { todo }", Some("Overall effectiveness")),
        ("change 支出率.points 10 points to 8 points", None),
        ("改 支出率.分值 10分 改成 8分", None),
    ] {
        let compiled = amended(&[&format!("修订 明年 {{\n    {line}\n}}\n")]);
        let found = compiled.diagnostics.iter().find(|found| found.code == "amend/line");
        let found = found.unwrap_or_else(|| panic!("{line}: {:?}", compiled.diagnostics));
        let helps: Vec<&str> = found.helps.iter().map(|help| help.get(heng_diag::Lang::En)).collect();
        let told = helps.iter().find(|help| help.starts_with("a name of several words"));
        assert_eq!(told.is_some(), name.is_some(), "{line}: {helps:?}");
        if let (Some(told), Some(name)) = (told, name) {
            assert!(told.ends_with(&format!("「{name}」")), "{told}");
        }
    }
}

#[test]
fn english_amends_chinese() {
    let english = "\
amend next {
    year: 2024
    change 支出率.points: 10分 -> 8分, reason \"as the notice says\"
    change 支出率.bands[>= 90%].points: 10 points -> 8 points
    change 过程.points: 12 points -> 10 points
    change 执行.points: 12 points -> 10 points
    replace 产出 { indicator 产出 10 points { todo } }
}
";
    let compiled = amended(&[english]);
    assert_eq!(codes(&compiled), Vec::<&str>::new(), "{:?}", compiled.diagnostics);
}

#[test]
fn the_formatter_sets_amendments() {
    let rough = "修订 明年｛\n基于:2023.heng\n 改  支出率.分值:10 分→8 分,理由 \"重复\"\n改 支出率.分档[ >=90% ]:>=90%->>=95%\n增 到 数据{完成率:比率}\n删 产出\n}";
    let set = format(rough, &FormatOptions::default());
    assert!(set.diagnostics.is_empty(), "{:?}", set.diagnostics);
    assert_eq!(
        set.text,
        "修订 明年 {\n    基于：2023.heng\n    改 支出率.分值：10分 → 8分，理由“重复”\n    改 支出率.分档[≥ 90%]：≥ 90% → ≥ 95%\n    增 到 数据 { 完成率：比率 }\n    删 产出\n}\n"
    );
    assert_eq!(format(&set.text, &FormatOptions::default()).text, set.text);
    let english = FormatOptions { to: Some(heng_diag::Lang::En) };
    let en = format(&set.text, &english).text;
    assert!(en.contains("change 支出率.points: 10 points -> 8 points, reason \"重复\""), "{en}");
    let back = FormatOptions { to: Some(heng_diag::Lang::Zh) };
    assert_eq!(format(&en, &back).text, set.text);
    assert_eq!(format(NEXT, &FormatOptions::default()).text, NEXT);
}

#[test]
fn a_field_given_anew_leaves_the_comment_behind_it() {
    let base = BASE.replace("评价年度：2023", "评价年度：2023  # 通知没有写明");
    let amendment = "修订 下年 {\n    评价年度：2024\n}\n";
    let found = compile(&[("2023.heng".to_owned(), base), ("2024.heng".to_owned(), amendment.to_owned())]);
    assert_eq!(codes(&found), Vec::<&str>::new());
    assert_eq!(found.program.unwrap().pack.year, 2024);
}
