//! 用例 and 性质 inside a rule file: the language reads on as if they were not there, and the formatter
//! keeps them.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

use heng_diag::Lang;
use heng_dsl::{FormatOptions, compile, format, proofs};

const RULES: &str = "规则包 试 {
    评价年度：2024
    满分：10分
    缺报：停止
    无佐证：0分
    迟报：照计
    有争议：待核
}

一级指标 支出率 10分 {
    分档 支出 {
        ≥ 90元：10分
        其他：0分
    }
}

数据 { 支出：金额 ≥ 0元 }
";

/// Words that would be declarations, headlines and keywords if they were read.
const PROOFS: &str = "
# 说明 {
用例 九成 ｛
  支出：90元
    一级指标 甲 5分
当支出≥90元：满分
    期望 {
        支出率：10分   # } 注
    }
} # 完

性质 {
支出 越大，支出率 不减
}
";

fn codes(text: &str) -> Vec<&'static str> {
    compile(&[("2024.heng".to_owned(), text.to_owned())]).diagnostics.iter().map(|found| found.code).collect()
}

#[test]
fn the_program_is_the_same_with_and_without() {
    let both = format!("{PROOFS}{RULES}{PROOFS}");
    assert!(codes(RULES).is_empty(), "{:?}", codes(RULES));
    assert!(codes(&both).is_empty(), "{:?}", codes(&both));
    let program = |text: &str| compile(&[("2024.heng".to_owned(), text.to_owned())]).program.unwrap();
    assert_eq!(program(RULES).nodes.len(), program(&both).nodes.len());
    let line = program(&both).nodes.get(1).unwrap().at.line;
    assert_eq!(line, 10 + u32::try_from(PROOFS.lines().count()).unwrap(), "places stay those of the file");
}

#[test]
fn what_is_wrong_elsewhere_is_still_found() {
    let wrong = format!("{PROOFS}{}", RULES.replace("支出：金额", "支出额：金额"));
    assert!(codes(&wrong).contains(&"name/unknown"), "{:?}", codes(&wrong));
}

#[test]
fn a_block_that_is_never_closed_is_reported() {
    let open = format!("{RULES}\n用例 甲 {{\n    支出：1元\n");
    assert!(!codes(&open).is_empty());
}

#[test]
fn formatting_keeps_them_indented() {
    let tidy = format(
        "用例 甲 {\n支出：1元\n    期望 {\n  支出率：0分\n}\n}\n\n\n性质 {\n甲 越大，乙 不减\n}\n数据 { 支出：金额 ≥ 0元 }\n",
        &FormatOptions::default(),
    );
    assert_eq!(
        tidy.text,
        "用例 甲 {\n    支出：1元\n    期望 {\n        支出率：0分\n    }\n}\n\n性质 {\n    甲 越大，乙 不减\n}\n\n数据 { 支出：金额 ≥ 0元 }\n"
    );
    let both = format!("{RULES}{PROOFS}");
    for to in [None, Some(Lang::Zh), Some(Lang::En)] {
        let once = format(&both, &FormatOptions { to }).text;
        assert_eq!(once, format(&once, &FormatOptions { to }).text);
        let expected =
            if to == Some(Lang::En) { "支出率: 10 points   # } 注" } else { "支出率：10分   # } 注" };
        assert!(once.contains(expected) && once.contains("# 说明 {"), "{once}");
        assert_eq!(proofs(&once).lines().filter(|line| !line.is_empty()).count(), 11, "{once}");
    }
}
