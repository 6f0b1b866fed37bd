//! Which mutants are proven to be no change, and that nothing else is taken for one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests say what they expect by failing")]

use heng_diag::Lang;
use heng_dsl::compile;
use heng_test::mutate::{Mutant, Mutants, mutants};

/// The mutants of a pack with one indicator.
fn of(criterion: &str, rest: &str) -> Mutants {
    let text = format!(
        "规则包 例 {{\n    评价年度：2024\n    来源：自拟\n    状态：演示\n    满分：10分\n    取整方式：按整\n    缺报：停止\n    不适用：折算\n    无佐证：待核\n    迟报：照计\n    有争议：待核\n}}\n一级指标 甲 10分 {{\n{criterion}\n}}\n{rest}\n数据 {{\n    支出：金额 ≥ 0元\n    预算：金额 > 0元\n    次数：个数 ≥ 0\n    月数：数 ≥ 0\n    项目：表 {{\n        名称：文本，键\n        迟：是否\n    }}\n}}\n"
    );
    let compiled = compile(&[("例.heng".to_owned(), text.clone())]);
    let Some(program) = compiled.program else { panic!("{:?}", compiled.diagnostics) };
    mutants(&program, &[text])
}

fn said(mutants: &[Mutant]) -> Vec<String> {
    mutants.iter().map(|mutant| mutant.what.get(Lang::Zh).to_owned()).collect()
}

#[test]
fn an_end_that_the_row_above_has_taken_is_no_change() {
    let found = of("分档 支出 ÷ 预算 {\n≥ 90%：10分\n[80%, 90%)：4分\n< 80%：0分\n}", "");
    let equal = said(&found.equal);
    for expected in ["上端含与不含对调：[80%, 90%)：4分", "上端含与不含对调：< 80%：0分", "90% + 末位1", "80% + 末位1"]
    {
        assert!(equal.iter().any(|what| what == expected), "{expected} not in {equal:?}");
    }
    let wrong = said(&found.wrong);
    for expected in [
        "下端含与不含对调：≥ 90%：10分",
        "下端含与不含对调：[80%, 90%)：4分",
        "漏掉一档：[80%, 90%)：4分",
        "90% − 末位1",
        "80% − 末位1",
        "分子分母对调：支出 ÷ 预算",
    ] {
        assert!(wrong.iter().any(|what| what == expected), "{expected} not in {wrong:?}");
    }
    // Of the two 90%, the first moved either way is wrong, the second only downwards: a gap.
    assert_eq!(wrong.iter().filter(|what| what.starts_with("90%")).count(), 3, "{wrong:?}");
}

#[test]
fn rows_of_equal_points_part_nothing() {
    let found = of("分档 支出 ÷ 预算 {\n≥ 90%：10分\n[60%, 90%)：0分\n< 60%：0分\n}", "");
    let equal = said(&found.equal);
    for expected in ["上端含与不含对调：< 60%：0分", "60% + 末位1", "60% − 末位1"] {
        assert!(equal.iter().any(|what| what == expected), "{expected} not in {equal:?}");
    }
    // A gap is a change: a score that cannot be given is not nought.
    for expected in ["漏掉一档：[60%, 90%)：0分", "下端含与不含对调：[60%, 90%)：0分"] {
        assert!(said(&found.wrong).contains(&expected.to_owned()), "{:?}", said(&found.wrong));
    }
}

#[test]
fn an_end_that_is_a_parameter_is_followed_and_one_that_is_read_elsewhere_is_not() {
    let bands = "分档 支出 ÷ 预算 {\n≥ 线：10分\n< 线：0分\n}";
    let found = of(bands, "参数 { 线 = 90% }");
    assert!(said(&found.equal).contains(&"上端含与不含对调：< 线：0分".to_owned()), "{:?}", said(&found.equal));
    assert!(!said(&found.equal).iter().any(|what| what.contains("末位1")), "{:?}", said(&found.equal));
    let read =
        of("得分 = 满分 × 率，不超过 满分\n率 = 分档 支出 ÷ 预算 {\n≥ 90%：100%\n< 线：线\n}", "参数 { 线 = 90% }");
    assert!(
        !said(&read.equal).iter().any(|what| what.starts_with("90%") && what.contains('−')),
        "{:?}",
        said(&read.equal)
    );
}

#[test]
fn whole_things_have_no_parts_but_sums_have() {
    let change = "换一种取整方式";
    for (criterion, equal) in [
        ("扣分 {\n项目 凡 迟，每 1项：1分\n}", true),
        ("扣分 {\n次数，每 1次：1分\n}", true),
        ("扣分 {\n次数，每 2次：1分\n}", false),
        ("扣分 {\n支出 ÷ 预算 超过 100%，每 1个百分点：1分\n}", false),
    ] {
        let found = of(criterion, "");
        let is = said(&found.equal).iter().any(|what| what.starts_with(change));
        let not = said(&found.wrong).iter().any(|what| what.starts_with(change));
        assert!(is == equal && not != equal, "{criterion}: {:?} {:?}", said(&found.equal), said(&found.wrong));
    }
}

#[test]
fn a_whole_subject_stands_only_at_whole_numbers() {
    let found = of("分档 次数 {\n≤ 1：10分\n[2, 3]：5分\n> 3：0分\n}", "");
    let equal = said(&found.equal);
    // From 2 and above 1 are the same for things that are counted.
    assert!(equal.contains(&"下端含与不含对调：> 3：0分".to_owned()), "{equal:?}");
    assert!(!equal.contains(&"下端含与不含对调：[2, 3]：5分".to_owned()), "{equal:?}");
}

#[test]
fn dates_and_conditions_are_not_proven() {
    let found = of("分档 {\n支出 ≥ 预算：10分\n支出 < 预算：0分\n}", "");
    assert!(found.equal.is_empty(), "{:?}", said(&found.equal));
}
