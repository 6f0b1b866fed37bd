//! Scripts that mean harm: every one of them comes to an end, soon, in little memory, with a text
//! that names the limit.

use super::*;

/// Runs a body, which must fail in time; the Chinese half of the error.
fn attack(body: &str) -> String {
    attack_file(&format!("fn 甲() {{ {body} }}"))
}

fn attack_file(text: &str) -> String {
    zh(call(text, Vec::new(), Type::Bool))
}

#[test]
fn loops_end() {
    insta::assert_snapshot!(attack("loop { }"), @"checks/试.rhai：甲：第1行附近：超过 1000000 步，停止运行：请减少循环");
    insta::assert_snapshot!(attack("while true { 1; }"), @"checks/试.rhai：甲：第1行附近：超过 1000000 步，停止运行：请减少循环");
    insta::assert_snapshot!(attack("do { } while true"), @"checks/试.rhai：甲：第1行附近：超过 1000000 步，停止运行：请减少循环");
    insta::assert_snapshot!(attack("for i in 0..9223372036854775807 { }"), @"checks/试.rhai：甲：第1行附近：超过 1000000 步，停止运行：请减少循环");
    insta::assert_snapshot!(attack("for i in (0..) { }"), @"checks/试.rhai：甲：第1行附近：超过 1000000 步，停止运行：请减少循环");
    insta::assert_snapshot!(attack("for i in 0..=9223372036854775807 { for j in 0..99999999 { } }"), @"checks/试.rhai：甲：第1行附近：超过 1000000 步，停止运行：请减少循环");
}

#[test]
fn a_limit_names_the_line_where_it_was_passed() {
    insta::assert_snapshot!(attack_file("fn 乙() { 1 }\n\nfn 甲() {\n  let n = 0;\n  loop {\n    n += 1;\n  }\n}"), @"checks/试.rhai：甲：第6行附近：超过 1000000 步，停止运行：请减少循环");
    insta::assert_snapshot!(attack_file("fn 乙() { 1 }\n\nfn 甲 () {\n  loop { }\n}"), @"checks/试.rhai：甲：第3行附近：超过 1000000 步，停止运行：请减少循环");
}

#[test]
fn recursion_ends() {
    insta::assert_snapshot!(attack_file("fn 甲() { 甲() }"), @"checks/试.rhai：甲：第1行附近：函数互相调用超过 32 层");
    insta::assert_snapshot!(attack_file("fn 甲() { 乙(1) }\nfn 乙(n) { 丙(n) + 丙(n) }\nfn 丙(n) { 乙(n + 1) }"), @"checks/试.rhai：甲：第3行附近：函数互相调用超过 32 层");
}

#[test]
fn texts_stay_small() {
    insta::assert_snapshot!(attack("let s = \"甲\"; loop { s += s; }"), @"checks/试.rhai：甲：第1行附近：文本合起来超过 65536 字节");
    insta::assert_snapshot!(attack("let s = \"甲\"; loop { s = s + s; }"), @"checks/试.rhai：甲：第1行附近：文本合起来超过 65536 字节");
    insta::assert_snapshot!(attack("let s = \"甲\"; loop { s = `${s}${s}`; }"), @"checks/试.rhai：甲：第1行附近：文本合起来超过 65536 字节");
    insta::assert_snapshot!(attack("let s = \"甲\"; loop { s += [s, s]; s += 1.5; s += s; }"), @"checks/试.rhai：甲：第1行附近：文本合起来超过 65536 字节");
    insta::assert_snapshot!(attack("let s = \"甲\"; for i in 0..14 { s += s; } let a = []; loop { a += [s]; }"), @"checks/试.rhai：甲：第1行附近：文本合起来超过 65536 字节");
}

#[test]
fn arrays_stay_small() {
    insta::assert_snapshot!(attack("let a = [1]; loop { a += a; }"), @"checks/试.rhai：甲：第1行附近：数组超过 10000 项");
    insta::assert_snapshot!(attack("let a = [1]; loop { a = a + a; }"), @"checks/试.rhai：甲：第1行附近：数组超过 10000 项");
    insta::assert_snapshot!(attack("let a = [1]; loop { a = [a, a]; }"), @"checks/试.rhai：甲：第1行附近：数组超过 10000 项");
    insta::assert_snapshot!(attack("let a = [1]; loop { a += [a]; }"), @"checks/试.rhai：甲：第1行附近：数组超过 10000 项");
    // As deep as can be: every walk over it must have the stack it needs. In a slow build the time
    // runs out first.
    let deep = attack("let a = []; loop { a = [a]; }");
    assert!(deep.contains("数组超过 10000 项") || deep.contains("超过 4 秒"), "{deep}");
    assert_eq!(eval("let a = []; for i in 0..1500 { a = [a]; } let b = a; b += [1]; a == b").unwrap(), "否");
}

#[test]
fn maps_stay_small() {
    insta::assert_snapshot!(attack("let m = #{}; let i = 0; loop { m += 项(\"k\" + i, i); i += 1; }"), @"checks/试.rhai：甲：第1行附近：映射超过 1000 项");
    insta::assert_snapshot!(attack("let m = #{}; loop { m = #{ a: m, b: m }; }"), @"checks/试.rhai：甲：第1行附近：映射超过 1000 项");
    insta::assert_snapshot!(attack("let m = #{}; loop { m = #{ a: [m, m] }; }"), @"checks/试.rhai：甲：第1行附近：映射超过 1000 项");
    insta::assert_snapshot!(attack("let a = [1]; for i in 0..12 { a += a; } let m = #{}; let i = 0; loop { m += 项(\"k\" + i, a); i += 1; }"), @"checks/试.rhai：甲：第1行附近：数组超过 10000 项");
}

#[test]
fn variables_are_counted() {
    let many: String = (0..300).map(|n| format!("let v{n} = {n};\n")).collect();
    insta::assert_snapshot!(attack(&many), @"checks/试.rhai：甲：第1行附近：变量超过 120 个");
}

#[test]
fn numbers_stay_small() {
    insta::assert_snapshot!(attack("let x = 9; loop { x *= x; }"), @"checks/试.rhai：甲：第1行：整数太大");
    insta::assert_snapshot!(attack("let x = 1.5; loop { x *= x; }"), @"checks/试.rhai：甲：第1行：结果超过 28 位数字：请用 舍入(数, 位数)");
    insta::assert_snapshot!(attack("let x = 0.5; loop { x = x / 7.0; }"), @"checks/试.rhai：甲：第1行：除不尽：请写 商(甲, 乙, 位数)，或改用乘法比较");
    insta::assert_snapshot!(attack("let x = -9223372036854775807 - 1; -x"), @"checks/试.rhai：甲：第1行：整数太大");
    insta::assert_snapshot!(attack("(-9223372036854775807 - 1) % -1 == 0.5 / 0"), @"checks/试.rhai：甲：第1行：除数是 0：请先用 if 判断");
}

#[test]
fn slow_operations_end() {
    let columns = [("名", Type::Text)];
    let many = (0..20_000).map(|n| vec![Value::Text(format!("名{n}").into())]).collect();
    let text = "fn 甲(a) { loop { 重复行(a, [\"名\", \"名\", \"名\"]); } }";
    insta::assert_snapshot!(zh(call(text, vec![rows(&columns, many)], Type::Bool)), @"checks/试.rhai：甲：第1行附近：超过 4 秒，停止运行：请减少循环");
}

/// Nesting in the text of a script: refused, or compiled and run, but never the end of the process.
#[test]
fn deep_texts_do_no_harm() {
    let deep = |open: &str, middle: &str, close: &str, times: usize| {
        format!("fn 甲() {{ let x = {}{middle}{}; true }}", open.repeat(times), close.repeat(times))
    };
    let block = |open: &str, close: &str, times: usize| {
        format!("fn 甲() {{ {} {} true }}", open.repeat(times), close.repeat(times))
    };
    for times in [20, 31, 1_000, 20_000] {
        for text in [
            deep("(", "1", ")", times),
            deep("[", "1", "]", times),
            deep("#{a:", "1", "}", times),
            deep("-", "1", "", times),
            deep("!", "true", "", times),
            deep("1+", "1", "", times),
            deep("1*(2-", "1", ")", times),
            deep("\"a\"+", "1", "", times),
            deep("true&&", "true", "", times),
            deep("乙(", "1", ")", times),
            deep("", "[]", "[0]", times),
            deep("", "#{}", ".a", times),
            deep("", "1", "==1", times),
            deep("`${", "1", "}`", times),
            deep("if true {", "1", "} else { 2 }", times),
            deep("", "if true {1}", " else if true {1}", times),
            deep("switch 1 { 1 => ", "1", "}", times),
            deep("() ?? ", "1", "", times),
            deep("1 in [", "1", "]", times),
            deep("{", "1", "}", times),
            block("if true {", "}", times),
            block("while true {", "}", times),
            block("for i in 0..1 {", "}", times),
            block("{", "}", times),
            block("let x = 1;", "", times),
            block("/*", "*/", times),
            block("loop {", "break; }", times),
            "fn ".repeat(times),
            "{".repeat(times),
            "(".repeat(times),
            "`${".repeat(times),
            "a.".repeat(times),
        ] {
            let files = [(FILE.into(), text)];
            let (script, method) = (script("甲", true), method("甲", &[], Type::Bool));
            let (library, _) =
                ScriptLibrary::load(&files, std::slice::from_ref(&script), std::slice::from_ref(&method));
            let _ = library.run(&ScriptCall { script: &script, method: &method, arguments: Vec::new() });
        }
    }
}

/// The deepest expression on every call level at once.
#[test]
fn the_stack_holds_what_the_limits_allow() {
    let recursive = |depth: usize| {
        let nested = format!("{}乙(n + 1){}", "[".repeat(depth), "]".repeat(depth));
        format!("fn 甲() {{ 乙(0) }}\nfn 乙(n) {{ {nested} }}")
    };
    let loads = |depth: &usize| {
        let files = [(FILE.into(), recursive(*depth))];
        ScriptLibrary::load(&files, &[], &[]).1.is_empty()
    };
    let deepest = (1..40).take_while(loads).last().unwrap();
    assert!(deepest > 5);
    insta::assert_snapshot!(attack_file(&recursive(deepest)), @"checks/试.rhai：甲：第2行附近：函数互相调用超过 32 层");
}

#[test]
fn a_long_file_is_refused() {
    let files = [(FILE.into(), format!("// {}\n", "长".repeat(100_000)))];
    let (_, problems) = ScriptLibrary::load(&files, &[], &[]);
    insta::assert_snapshot!(problems[0].message.zh, @"脚本文件超过 64 KB，请拆成几个文件");
}

/// Large values in every variable on every level.
#[test]
fn memory_stays_bounded() {
    let variables: String = (0..150).map(|n| format!("let v{n} = a;\n")).collect();
    let text =
        format!("fn 甲() {{ let a = [1.5]; for i in 0..13 {{ a += a; }} 乙(a) }}\nfn 乙(a) {{ {variables} 乙(a) }}");
    insta::assert_snapshot!(attack_file(&text), @"checks/试.rhai：甲：第1行附近：变量超过 120 个");
    let parameters: Vec<String> = (0..17).map(|n| format!("p{n}")).collect();
    let files = [(FILE.into(), format!("fn 甲({}) {{ 1 }}", parameters.join(", ")))];
    let (_, problems) = ScriptLibrary::load(&files, &[], &[]);
    insta::assert_snapshot!(problems[0].message.zh, @"一个函数最多 16 个参数");
}

/// Variables that are gone do not count.
#[test]
fn variables_of_finished_functions_do_not_count() {
    let variables: String = (0..90).map(|n| format!("let v{n} = {n};\n")).collect();
    let text = format!(
        "fn 甲() {{ let n = 0; for i in 0..50 {{ let m = 乙(); n += m; }} n == 4450 }}\nfn 乙() {{ {variables} v89 }}"
    );
    assert_eq!(call(&text, Vec::new(), Type::Bool).unwrap().value, Value::Bool(true));
}

/// Honest scripts by many threads, more than run at once: each gets its answer.
#[test]
fn honest_scripts_side_by_side_do_not_disturb_each_other() {
    let files = [(FILE.into(), "fn 甲() { let n = 0; while n < 500 { n += 1; } n == 500 }".to_owned())];
    let (script, method) = (script("甲", true), method("甲", &[], Type::Bool));
    let (library, problems) = ScriptLibrary::load(&files, std::slice::from_ref(&script), std::slice::from_ref(&method));
    assert_eq!(problems, []);
    let run = || library.run(&ScriptCall { script: &script, method: &method, arguments: Vec::new() });
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..20).map(|_| scope.spawn(|| (0..10).map(|_| run()).collect::<Vec<_>>())).collect();
        for answer in threads.into_iter().flat_map(|thread| thread.join().unwrap()) {
            assert_eq!(answer.map(|answer| answer.value), Ok(Value::Bool(true)));
        }
    });
}
