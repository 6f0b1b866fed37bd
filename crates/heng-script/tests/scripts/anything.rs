//! Whatever stands in a script, it is refused, fails or answers; the engine itself never fails.

use super::*;
use proptest::prelude::*;

const PIECES: [&str; 64] = [
    "let x = ",
    "x",
    "a",
    "1",
    "0",
    "-",
    "2.5",
    "\"甲\"",
    "`${x}`",
    "[",
    "]",
    "#{",
    "}",
    "{",
    "(",
    ")",
    ":",
    ",",
    ";",
    "+",
    "-",
    "*",
    "/",
    "%",
    "==",
    "<",
    "+=",
    "-=",
    "=",
    "&&",
    "||",
    "!",
    "??",
    "?.",
    ".",
    "if ",
    "else ",
    "for i in ",
    "0..9",
    "..",
    "while ",
    "break",
    "return ",
    "throw ",
    "switch ",
    "=>",
    "_",
    "in ",
    "合计",
    "列",
    "长度",
    "商",
    "日期",
    "项",
    "取",
    "是缺报",
    "[0]",
    ".缺报",
    ".行号",
    "'字'",
    "true",
    "()",
    "loop ",
    "const ",
];

fn whole_values() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "a",
        "a[0]",
        "a[1].数",
        "1",
        "0",
        "-9223372036854775807",
        "2.50",
        "79228162514264337593543950335",
        "\"甲\"",
        "'字'",
        "[]",
        "[1, [2]]",
        "#{}",
        "#{甲: 1}",
        "日期(2023, 1, 31)",
        "true",
        "()",
        "0..5",
        "0..=5",
        "列(a, \"数\")",
    ])
}

fn settles(body: &str) -> Result<(), TestCaseError> {
    let text = format!("fn 甲(a) {{ let x = 1; {body} }}");
    let (script, method) = (script("甲", true), method("甲", &["a"], Type::Bool));
    let files = [(FILE.into(), text)];
    let (library, problems) = ScriptLibrary::load(&files, std::slice::from_ref(&script), std::slice::from_ref(&method));
    let said = |text: &str| !text.contains("脚本引擎出错");
    prop_assert!(problems.iter().all(|problem| said(&problem.message.zh)), "{}", body);
    let columns = [("名", Type::Text), ("数", Type::Quantity(Quantity::Plain))];
    let table =
        vec![vec![Value::Text("甲".into()), Value::Number(decimal("1.5"))], vec![Value::Text("乙".into()), missing(1)]];
    let arguments = vec![rows(&columns, table)];
    let answer = library.run(&ScriptCall { script: &script, method: &method, arguments });
    prop_assert!(answer.err().is_none_or(|error| said(&error)), "{}", body);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_in_any_order(pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..14)) {
        settles(&pieces.concat())?;
    }

}

proptest! {
    // Each case tries some sixty bodies.
    #![proptest_config(ProptestConfig { cases: 25, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_operator_between_any_values(a in whole_values(), b in whole_values(), c in whole_values()) {
        for sign in ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "??", "in", ".."] {
            settles(&format!("{a} {sign} {b}"))?;
        }
        for function in ["合计", "列", "重复行", "长度", "商", "舍入", "天数", "日期", "有值", "状态", "是缺报", "含", "项", "取"] {
            settles(&format!("{function}({a})"))?;
            settles(&format!("{function}({a}, {b})"))?;
            settles(&format!("{function}({a}, {b}, {c})"))?;
        }
        settles(&format!("let y = {a}; y += {b}; y -= {c}; y == {a}"))?;
        settles(&format!("for y in {a} {{ y + {b}; }} {a}[{b}] + {a}.名"))?;
    }
}
