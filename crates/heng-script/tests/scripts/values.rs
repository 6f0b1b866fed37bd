//! What scripts see, and what operators make of it.

use super::*;

#[test]
fn numbers_are_exact() {
    assert_eq!(eval("10 / 4").unwrap(), "2.5");
    assert_eq!(eval("0.1 + 0.2 == 0.3").unwrap(), "是");
    assert_eq!(eval("10 / 5").unwrap(), "2");
    assert_eq!(eval("7 % 3").unwrap(), "1");
    assert_eq!(eval("-7 % 3").unwrap(), "-1");
    assert_eq!(eval("let x = 1; x += 0.5; x /= 2; x").unwrap(), "0.75");
    assert_eq!(eval("商(2, 3, 4)").unwrap(), "0.6667");
    assert_eq!(eval("舍入(2.675, 2)").unwrap(), "2.68");
    assert_eq!(eval("2 == 2.00 && 1 < 1.5").unwrap(), "是");
    insta::assert_snapshot!(zh(eval("1 / 3")), @"checks/试.rhai：甲：第2行：除不尽：请写 商(甲, 乙, 位数)，或改用乘法比较");
    insta::assert_snapshot!(zh(eval("1 / 0")), @"checks/试.rhai：甲：第2行：除数是 0：请先用 if 判断");
    insta::assert_snapshot!(zh(eval("let x = 0.0; 5 % x")), @"checks/试.rhai：甲：第2行：除数是 0：请先用 if 判断");
    insta::assert_snapshot!(zh(eval("9223372036854775807 + 1")), @"checks/试.rhai：甲：第2行：整数太大");
    insta::assert_snapshot!(zh(eval("0.123456789012345678 * 0.123456789012345678")), @"checks/试.rhai：甲：第2行：结果超过 28 位数字：请用 舍入(数, 位数)");
    insta::assert_snapshot!(zh(eval("舍入(1, 99)")), @"checks/试.rhai：甲：第2行：位数要在 0 到 28 之间");
}

#[test]
fn facts_keep_their_kind() {
    assert_eq!(eval_with("a / 2", vec![number("5", Quantity::Count)]).unwrap(), "2.5");
    assert_eq!(eval_with("a", vec![number("120000.50", Quantity::Money)]).unwrap(), "120000.5");
    let list = ScriptArgument::Value {
        value: Value::List(vec![Value::Number(decimal("1")), Value::Number(decimal("2.5"))]),
        ty: Type::List(Box::new(Type::Quantity(Quantity::Plain))),
    };
    assert_eq!(eval_with("合计(a) + a[1]", vec![list]).unwrap(), "6");
    let third = |quantity| ScriptArgument::Value {
        value: Value::Number(Number::ratio(1, 3).unwrap()),
        ty: Type::Quantity(quantity),
    };
    insta::assert_snapshot!(zh(eval_with("a", vec![third(Quantity::Ratio)])), @"checks/试.rhai：甲：参数“a”：是除不尽的数：请在规则里先取舍，如“，保留4位”");
    insta::assert_snapshot!(zh(eval_with("a", vec![number("1.00000000000000000000000000000001", Quantity::Plain)])), @"checks/试.rhai：甲：参数“a”：超过 28 位数字：请在规则里先取舍，如“，保留2位”");
}

#[test]
fn dates() {
    let day = |value| ScriptArgument::Value { value, ty: Type::Date };
    let two = || vec![day(date(2023, 12, 31)), day(date(2024, 3, 1))];
    assert_eq!(eval_with("a", two()).unwrap(), "2023年12月31日");
    assert_eq!(eval_with("a.年 + a.月 + a.日", two()).unwrap(), "2066");
    assert_eq!(eval_with("b - a", two()).unwrap(), "61");
    assert_eq!(eval_with("天数(b, a)", two()).unwrap(), "-61");
    assert_eq!(eval_with("a + 61 == b && a < b && b - 61 == a", two()).unwrap(), "是");
    assert_eq!(eval_with("日期(2024, 2, 29) < b", two()).unwrap(), "是");
    insta::assert_snapshot!(zh(eval_with("a + 9999999", two())), @"checks/试.rhai：甲：第2行：没有这一天");
    insta::assert_snapshot!(zh(eval("日期(2023, 2, 29)")), @"checks/试.rhai：甲：第2行：没有这一天");
    insta::assert_snapshot!(zh(eval_with("a + b", two())), @"checks/试.rhai：甲：第2行：“日期”与“日期”之间不能用 +");
    insta::assert_snapshot!(zh(eval_with("a.时", two())), @"checks/试.rhai：甲：第2行：这个值没有“时”");
}

#[test]
fn values_of_different_kinds_do_not_compare() {
    insta::assert_snapshot!(zh(eval("1 == \"1\"")), @"checks/试.rhai：甲：第2行：“整数”与“文本”之间不能用 ==");
    insta::assert_snapshot!(zh(eval("日期(2023, 1, 1) < 5")), @"checks/试.rhai：甲：第2行：“日期”与“整数”之间不能用 <");
    insta::assert_snapshot!(zh(eval("\"甲\" - \"乙\"")), @"checks/试.rhai：甲：第2行：“文本”与“文本”之间不能用 -");
    insta::assert_snapshot!(zh(eval("let x = 1; if x { 2 } else { 3 }")), @"checks/试.rhai：甲：第2行：条件要是 true 或 false；可能没有值的，请先用 有值(x) 判断");
    insta::assert_snapshot!(zh(eval("!5")), @"checks/试.rhai：甲：第2行：“整数”前面不能用 !");
}

fn table() -> ScriptArgument {
    let columns = [("名称", Type::Text), ("人数", Type::Quantity(Quantity::Count)), ("状态", Type::Text)];
    let row = |name: &str, count: Value, state: &str| vec![Value::Text(name.into()), count, Value::Text(state.into())];
    let count = |count: i64| Value::Number(Number::from(count));
    rows(&columns, vec![row("甲", count(3), "在建"), row("乙", missing(1), "停工"), row("甲", count(4), "在建")])
}

#[test]
fn tables_are_read() {
    assert_eq!(
        eval_with("let s = \"\"; for 行 in a { s += 行.行号 + 行.名称 } s", vec![table()]).unwrap(),
        "1甲2乙3甲"
    );
    assert_eq!(eval_with("a[2][\"人数\"] / 8", vec![table()]).unwrap(), "0.5");
    // A column wins over the property of the same name.
    assert_eq!(eval_with("a[1].状态", vec![table()]).unwrap(), "停工");
    assert_eq!(eval_with("长度(a) + 长度(列(a, \"名称\"))", vec![table()]).unwrap(), "6");
    assert_eq!(eval_with("重复行(a, [\"名称\"])[0][1]", vec![table()]).unwrap(), "第3行");
    insta::assert_snapshot!(zh(eval_with("a[0].金额", vec![table()])), @"checks/试.rhai：甲：第2行：表里没有“金额”这一列，只有：名称、人数、状态");
    insta::assert_snapshot!(zh(eval_with("a[3]", vec![table()])), @"checks/试.rhai：甲：第2行：表有 3 行，取不到下标 3（从 0 数）");
    insta::assert_snapshot!(zh(eval_with("a[-1]", vec![table()])), @"checks/试.rhai：甲：第2行：表有 3 行，取不到下标 -1（从 0 数）");
}

#[test]
fn a_state_is_asked_for() {
    assert_eq!(eval_with("a[1].人数.缺报 && !a[1].人数.迟报 && !a[0].人数.缺报", vec![table()]).unwrap(), "是");
    assert_eq!(eval_with("是缺报(a[1].人数) && is_missing(a[1].人数) && !是缺报(a[0])", vec![table()]).unwrap(), "是");
    assert_eq!(eval_with("状态(a[1].人数) + 状态(a[0].人数)", vec![table()]).unwrap(), "缺报");
    assert_eq!(eval_with("有值(a[0].人数) && !有值(a[1].人数)", vec![table()]).unwrap(), "是");
}

#[test]
fn a_state_spreads_out_of_operators() {
    for body in [
        "a[1].人数 + 1",
        "1 - a[1].人数",
        "a[1].人数 == 0",
        "a[1].人数 < 5",
        "-a[1].人数",
        "!a[1].人数",
        "合计(a, \"人数\")",
        "\"共\" + a[1].人数",
        "a[1].人数",
        "[1, a[1].人数] == [1, 2]",
        "商(1, a[1].人数, 2)",
        "let x = 1; x += a[1].人数; x",
        "throw a[1].人数",
    ] {
        let text = format!("fn 甲(a) {{ {body} }}");
        let answer = call(&text, vec![table()], Type::POINTS).unwrap_or_else(|error| panic!("{body}: {error}"));
        assert_eq!(answer.value, missing(1), "{body}");
    }
}

#[test]
fn texts_arrays_and_maps() {
    assert_eq!(eval("\"甲\" + 1 + 2.50 + true").unwrap(), "甲12.5是");
    assert_eq!(eval("`共${1 + 1}项`").unwrap(), "共2项");
    assert_eq!(eval("含(\"甲乙\", \"乙\") && \"丙\" in [\"丙\"] && !(3 in [1, 2])").unwrap(), "是");
    assert_eq!(
        eval("let m = #{}; m += 项(\"甲\", 1); m += 项(\"甲\", 取(m, \"甲\", 0) + 1); m.甲 + 取(m, \"乙\", 5)")
            .unwrap(),
        "7"
    );
    assert_eq!(eval("let a = [1]; a += [2, 3]; 合计(a) + 长度(a)").unwrap(), "9");
    assert_eq!(eval("let s = 0; for i in 1..=4 { s += i } for i in 0..3 { s += i } s").unwrap(), "13");
    assert_eq!(eval("[1, [2.0]] == [1.0, [2]] && #{a: 1} != #{a: 2}").unwrap(), "是");
    insta::assert_snapshot!(zh(eval("#{甲: 1}.乙")), @"checks/试.rhai：甲：第2行：这个值没有“乙”");
    insta::assert_snapshot!(zh(eval("[1][5]")), @"checks/试.rhai：甲：第2行：只有 1 个，取不到下标 5（从 0 数）");
    insta::assert_snapshot!(zh(eval("没有(1)")), @"checks/试.rhai：甲：第2行：没有函数“没有”，或参数不对");
    insta::assert_snapshot!(zh(eval("let x = 5; for i in x { }")), @"checks/试.rhai：甲：第2行：for 后面要是表、数组或范围");
    insta::assert_snapshot!(zh(eval("throw \"不对\"")), @"checks/试.rhai：甲：第2行：脚本报错：不对");
}
