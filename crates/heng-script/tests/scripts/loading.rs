//! What is found wrong before anything runs.

use super::*;
use heng_diag::{Format, Lang, Sources, render};
use heng_script::ScriptProblem;

fn problems(text: &str) -> Vec<ScriptProblem> {
    let files = [(FILE.into(), text.to_owned())];
    ScriptLibrary::load(&files, &[script("甲", true)], &[method("甲", &["a"], Type::Bool)]).1
}

/// The problems of a file as they are shown.
fn shown(text: &str) -> String {
    let mut sources = Sources::new();
    let file = sources.add(FILE, text);
    let one = |problem: ScriptProblem| {
        render(&problem.diagnostic(file), &sources, Lang::Zh, Format::Text { color: false, width: 80 })
    };
    problems(text).into_iter().map(one).collect()
}

#[test]
fn a_file_without_problems() {
    assert_eq!(problems("\u{feff}// 检查\nfn 甲(表) {\n  let n = 0;\n  n == 0\n}\nprivate fn 乙() { 1 }\n"), []);
}

#[test]
fn syntax_errors_stand_at_their_place() {
    insta::assert_snapshot!(shown("fn 甲(a) {\r\n    let 数 = 5；\r\n}\n"), @r"
    错误[script/syntax] 脚本里的标点要用半角，这里是“；”
     --> checks/试.rhai:2:14
      |
    2 |     let 数 = 5；
      |               ^^
    ");
    insta::assert_snapshot!(shown("fn 甲(a) {\n    /* 注 */ b + 1\n}\n"), @r"
    错误[script/syntax] 没有变量“b”：请先用 let 定义，或检查名称
     --> checks/试.rhai:2:13
      |
    2 |     /* 注 */ b + 1
      |              ^
    ");
    insta::assert_snapshot!(shown("fn 甲(a) {\n    if a {\n"), @r"
    错误[script/syntax] 这里缺“}”
     --> checks/试.rhai:3:1
      |
    3 |
      | ^
    ");
    insta::assert_snapshot!(shown("fn 甲(a) { \"没完\n}\n"), @r#"
    错误[script/syntax] 文本没有结束：缺后面的引号 "
     --> checks/试.rhai:1:11
      |
    1 | fn 甲(a) { "没完
      |            ^
    "#);
    insta::assert_snapshot!(shown("fn 甲(a) { a }\nlet 上限 = 5;\n"), @r"
    错误[script/syntax] 脚本文件里只能有函数：请把这一句放进 fn 名称(参数) { … } 里
     --> checks/试.rhai:2:1
      |
    2 | let 上限 = 5;
      | ^
    ");
    insta::assert_snapshot!(shown("fn 甲(a) { let 数 = [1]; 数[0] = 2; true }\n"), @r"
    错误[script/syntax] 不能改数组或映射的一部分：请写 数组 += [值]，或 映射 += 项(名, 值)
     --> checks/试.rhai:1:24
      |
    1 | fn 甲(a) { let 数 = [1]; 数[0] = 2; true }
      |                          ^^
    ");
    insta::assert_snapshot!(shown("fn 甲(a) { eval(\"1\") }\n"), @r#"
    错误[script/syntax] 脚本里不能用“eval”
     --> checks/试.rhai:1:11
      |
    1 | fn 甲(a) { eval("1") }
      |            ^
    "#);
}

#[test]
fn the_declared_function_must_be_there() {
    let said = |text: &str| {
        let found = problems(text);
        assert!(found.iter().all(|problem| problem.declared.is_some()));
        found.iter().map(|problem| format!("{}: {}", problem.code, problem.message.zh)).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(said(""), @"script/no-function: 文件里没有函数“甲”：请写 fn 甲(…) { … }");
    insta::assert_snapshot!(said("fn 乙(a) { a }\nfn 丙() { 1 }"), @"script/no-function: 文件里没有函数“甲”，只有：丙、乙。函数名要与规则文件里的方法名相同");
    insta::assert_snapshot!(said("fn 甲(a, b) { a }"), @"script/parameters: 规则文件里“甲”有 1 个参数，脚本里有 2 个：请改成一样");
    insta::assert_snapshot!(said("private fn 甲(a) { a }"), @"script/no-function: 文件里没有函数“甲”：请写 fn 甲(…) { … }");
    let (_, missing) = ScriptLibrary::load(&[], &[script("甲", true)], &[method("甲", &[], Type::Bool)]);
    insta::assert_snapshot!(missing[0].message.zh, @"规则包里没有脚本文件“checks/试.rhai”");
    // A file that cannot be read is reported once.
    assert_eq!(problems("fn 甲(").len(), 1);
}

#[test]
fn everything_dangerous_is_unknown_or_refused() {
    for body in [
        "eval(\"1\")",
        "import \"x\" as y;",
        "export a;",
        "print(1)",
        "debug(1)",
        "let f = |x| x;",
        "Fn(\"乙\")",
        "let f = Fn(\"乙\"); f.call()",
        "this.x",
        "global::x",
        "try { 1 } catch { 2 }",
        "2 ** 100",
        "1 << 1000000",
        "1 >> 2",
        "a.x = 5;",
        "a[0] = 5;",
        "a.x.y += 5;",
        "a[0][1] += 5;",
        "type_of(a)",
        "is_shared(a)",
        "curry(a)",
        "is_def_fn(\"甲\", 1)",
        "a ^ 1",
    ] {
        let text = format!("fn 甲(a) {{ {body} }}");
        assert_eq!(problems(&text).iter().filter(|problem| problem.code == "script/syntax").count(), 1, "{body}");
    }
    for body in [
        "exit()",
        "sleep(5)",
        "5.sleep()",
        "\"a\".sleep(5)",
        "exit(5)",
        "5.exit()",
        "timestamp()",
        "rand()",
        "read_file(\"x\")",
        "open(\"x\")",
        "range(0, 5)",
        "\"a\".pad(1000000000, \"x\")",
        "pad([], 1000000000, 0)",
        "split(\"a\")",
        "[].push(1)",
        "take(1)",
        "blob(1000000000)",
        "parse_json(\"1\")",
        "env(\"HOME\")",
        "get_fn_metadata_list()",
        "tag(1)",
        "set_tag(1, 2)",
        "\"a\".to_upper()",
    ] {
        let error = call(&format!("fn 甲() {{ {body} }}"), Vec::new(), Type::Bool).unwrap_err();
        assert!(error.contains("没有函数"), "{body}: {error}");
    }
}
