//! The functions of the library that work on tables, dates and numbers with check digits.

use std::collections::{BTreeMap, BTreeSet};

use heng_model::{Calendar, calendar::CalendarYear};

use super::*;

fn prices() -> ScriptArgument {
    let columns = [("商", Type::Text), ("价", Type::Quantity(Quantity::Plain))];
    let row = |name: &str, price: Value| vec![Value::Text(name.into()), price];
    let price = |text: &str| Value::Number(decimal(text));
    rows(&columns, vec![row("乙", price("3")), row("甲", price("1.5")), row("乙", missing(1)), row("丙", price("2"))])
}

#[test]
fn tables_are_sorted_and_searched() {
    let shown = eval_with("let s = \"\"; for 行 in 排序(a, \"价\") { s += 行.行号; } s", vec![prices()]);
    assert_eq!(shown.unwrap(), "2413");
    let shown = eval_with("let s = \"\"; for 行 in 行的(a, \"商\", \"乙\") { s += 行.行号; } s", vec![prices()]);
    assert_eq!(shown.unwrap(), "13");
    assert_eq!(eval_with("长度(去重(列(a, \"商\")))", vec![prices()]).unwrap(), "3");
    assert_eq!(eval("最大([1, 2.5, 2]) + 最小([3, 1])").unwrap(), "3.5");
}

#[test]
fn what_has_no_answer_says_so() {
    assert!(zh(eval("最大([])")).contains("数组是空的"));
    assert!(zh(eval("最大([1, \"二\"])")).contains("比较") || zh(eval("最大([1, \"二\"])")).contains("文本"));
    assert!(zh(eval("大写(-1)")).contains("不小于 0"));
    assert!(zh(eval("工作日数(日期(2023, 1, 1), 日期(2023, 2, 1))")).contains("没有写日历"));
}

#[test]
fn money_and_codes_are_read() {
    assert_eq!(eval("大写(48498800)").unwrap(), "肆仟捌佰肆拾玖万捌仟捌佰元整");
    assert_eq!(eval("身份证号有效(\"11010519491231002X\")").unwrap(), "是");
    assert_eq!(eval("信用代码有效(\"91350100M000100Y44\")").unwrap(), "否");
}

#[test]
fn working_days_follow_the_calendar_of_the_pack() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let year =
        CalendarYear { holidays: BTreeSet::from([day("2023-01-02")]), workdays: BTreeSet::from([day("2023-01-07")]) };
    let calendar = Calendar { name: "试".to_owned(), years: BTreeMap::from([(2023, year)]) };
    let (script, method) = (script("甲", false), method("甲", &[], Type::Quantity(Quantity::Count)));
    let text = "fn 甲() { 打印([1, \"二\"]); 工作日数(日期(2023, 1, 1), 日期(2023, 1, 8)) }".to_owned();
    let (mut library, problems) =
        ScriptLibrary::load(&[(FILE.into(), text)], std::slice::from_ref(&script), std::slice::from_ref(&method));
    assert_eq!(problems, []);
    library.use_calendar(&calendar);
    let seen = library.observe(&ScriptCall { script: &script, method: &method, arguments: Vec::new() });
    // 3 to 7 January: Monday the 2nd is off, Saturday the 7th is worked.
    assert_eq!(seen.answer.unwrap().value, Value::Number(decimal("5")));
    assert_eq!(seen.prints, ["[1, 二]"]);
}

#[test]
fn a_function_is_listed_with_its_comment() {
    let (script, method) = (script("甲", true), method("甲", &["a"], Type::Bool));
    let text = "// 别的\n\n// 第一行。\n// 第二行。\nfn 甲(a) { true }\nprivate fn 乙() { 1 }\n".to_owned();
    let (library, _) = ScriptLibrary::load(&[(FILE.into(), text)], &[script], &[method]);
    let functions = library.functions();
    assert_eq!(functions.len(), 1);
    assert_eq!((&*functions[0].name, functions[0].line), ("甲", 5));
    assert_eq!(functions[0].comment, ["第一行。", "第二行。"]);
}
