//! What the results of checks and scoring methods mean.

use super::*;

fn check(body: &str) -> Result<ScriptAnswer, Name> {
    call(&format!("fn 甲() {{ {body} }}"), Vec::new(), Type::Bool)
}

fn score(body: &str) -> Result<ScriptAnswer, Name> {
    call(&format!("fn 甲() {{ {body} }}"), Vec::new(), Type::Quantity(Quantity::Ratio))
}

fn answer(value: Value, findings: &[&str]) -> ScriptAnswer {
    ScriptAnswer { value, findings: findings.iter().map(|finding| (*finding).into()).collect() }
}

#[test]
fn a_check_answers_yes_no_or_findings() {
    assert_eq!(check("true").unwrap(), answer(Value::Bool(true), &[]));
    assert_eq!(check("return 1 > 2").unwrap(), answer(Value::Bool(false), &[]));
    assert_eq!(check("[]").unwrap(), answer(Value::Bool(true), &[]));
    assert_eq!(check("[\"第2行\"]").unwrap(), answer(Value::Bool(false), &["第2行"]));
    assert_eq!(check("#{ 通过: true, 说明: [\"注意\"] }").unwrap(), answer(Value::Bool(true), &["注意"]));
    assert_eq!(check("#{ passes: false }").unwrap(), answer(Value::Bool(false), &[]));
}

#[test]
fn a_scoring_method_answers_a_number() {
    assert_eq!(score("0.85").unwrap(), answer(Value::Number(decimal("0.85")), &[]));
    assert_eq!(score("1").unwrap(), answer(Value::Number(decimal("1")), &[]));
    assert_eq!(score("#{ 结果: 0.5, 说明: [\"减半\"] }").unwrap(), answer(Value::Number(decimal("0.5")), &["减半"]));
    let list = call("fn 甲() { [1, 2.5] }", Vec::new(), Type::List(Box::new(Type::POINTS))).unwrap();
    assert_eq!(list.value, Value::List(vec![Value::Number(decimal("1")), Value::Number(decimal("2.5"))]));
    assert_eq!(call("fn 甲() { 日期(2023, 5, 1) + 1 }", Vec::new(), Type::Date).unwrap().value, date(2023, 5, 2));
}

#[test]
fn anything_else_is_an_error() {
    insta::assert_snapshot!(zh(check("5")), @"checks/试.rhai：甲：检查要返回 true、false、文本的数组，或 #{ 通过: …, 说明: […] }，返回的是“整数”");
    insta::assert_snapshot!(zh(check("let x = 1;")), @"checks/试.rhai：甲：检查要返回 true、false、文本的数组，或 #{ 通过: …, 说明: […] }，返回的是“空”");
    insta::assert_snapshot!(zh(check("[1]")), @r#"checks/试.rhai：甲：说明要写成文本的数组，如 ["第2行…"]，这里是整数"#);
    insta::assert_snapshot!(zh(check("#{ 通过: true, 备注: 1 }")), @"checks/试.rhai：甲：返回的映射里有“备注”，只认 通过 和 说明");
    insta::assert_snapshot!(zh(check("#{ 说明: [] }")), @"checks/试.rhai：甲：返回的映射里没有 通过");
    insta::assert_snapshot!(zh(check("#{ 通过: true, 说明: \"甲\" }")), @r#"checks/试.rhai：甲：说明要写成文本的数组，如 ["第2行…"]，这里是文本"#);
    insta::assert_snapshot!(zh(score("\"优\"")), @"checks/试.rhai：甲：规则文件声明的结果是“数”，脚本返回的是“文本”");
    insta::assert_snapshot!(score("true").unwrap_err(), @"checks/试.rhai：甲：规则文件声明的结果是“数”，脚本返回的是“是否” / checks/试.rhai: 甲: the rule file declares a number as the result; the script returned yes or no");
}
