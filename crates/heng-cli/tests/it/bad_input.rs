//! Wrong input of every kind ends in a message with cause, place and remedy and a typed exit code.

use crate::kit::{Copy, heng, root};

fn said(copy: &Copy, code: i32, parts: &[&str]) {
    let run = heng(&["score".as_ref(), copy.path().as_os_str()]);
    assert_eq!(run.code, code, "{}{}", run.out, run.err);
    for part in parts {
        assert!(run.err.contains(part), "{part:?} is not in\n{}", run.err);
    }
    assert!(!copy.path().join("out").exists(), "nothing may be written");
}

#[test]
fn wrong_facts_name_the_place() {
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("facts.toml", "2366.79万元", "2366.79", &["收入预算数", "facts.toml:3"]),
        ("facts.toml", "\"2366.79万元\"", "\"两千万\"", &["facts.toml:3"]),
        ("facts.toml", "\"收入预算数\"", "\"收入预算额\"", &["收入预算额", "收入预算数"]),
        ("assumptions.toml", "2023年12月20日", "2023年2月30日", &["2023年2月30日"]),
        ("assumptions.toml", "\"方向\" = \"正向\"", "\"方向\" = \"正项\"", &["正项", "正向"]),
        ("assumptions.toml", "\"档次\" = \"达成\"", "\"档次\" = \"达标\"", &["达标"]),
        ("assumptions.toml", "\"结果应用\" = { \"值\" = \"是\"", "\"结果应用\" = { \"值\" = \"有\"", &["结果应用"]),
        ("assumptions.toml", "\"完成程度\" = { \"值\" = \"100%\"", "\"完成程度\" = { \"值\" = \"120%\"", &["120%"]),
        ("assumptions.toml", "假设采购合同二", "假设采购合同一", &["假设采购合同一"]),
        ("assumptions.toml", "\"财务问题\" = { \"值\" = \"无\"", "\"财务问题\" = { \"值\" = \"没有\"", &["财务问题"]),
        ("facts.toml", "[\"文件\"]", "[\"文件\"", &["facts.toml"]),
    ];
    for (file, from, to, parts) in cases {
        let copy = Copy::of("potou-2023");
        copy.edit(file, from, to);
        said(&copy, 3, parts);
    }
}

#[test]
fn a_datum_given_twice_names_both_places() {
    let copy = Copy::of("potou-2023");
    let path = copy.path().join("assumptions.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("\"年初预算数\" = \"1万元\"\n{text}")).unwrap();
    said(&copy, 3, &["年初预算数", "assumptions.toml:1", "facts.toml"]);
}

#[test]
fn missing_files_and_folders_are_named() {
    let run = heng(&["score", "nowhere"]);
    assert_eq!(run.code, 5);
    assert!(run.err.contains("nowhere") && run.err.contains("heng.toml"), "{}", run.err);
    let copy = Copy::of("potou-2023");
    copy.edit("heng.toml", "facts.toml", "fakts.toml");
    said(&copy, 5, &["fakts.toml"]);
    let copy = Copy::of("potou-2023");
    copy.edit("heng.toml", "2023.heng", "2032.heng");
    said(&copy, 5, &["2032.heng"]);
    let copy = Copy::of("potou-2023");
    copy.edit("heng.toml", "facts =", "fact =");
    said(&copy, 2, &["heng.toml"]);
}

#[test]
fn a_wrong_command_line_is_a_usage_error() {
    assert_eq!(heng(&["skore"]).code, 2);
    assert_eq!(heng(&["score"]).code, 2);
    let run = heng(&["explain", "部门支出率", "examples/potou-2023"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("部门预算资金支出率"), "{}", run.err);
    assert_eq!(heng(&["--help"]).code, 0);
}

#[test]
fn messages_are_in_english_when_asked() {
    let run = heng(&["score", "nowhere", "--lang", "en"]);
    assert!(run.err.contains("there is no such file"), "{}", run.err);
}

#[test]
fn text_that_is_not_utf8_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.heng");
    std::fs::write(&file, b"\xef\xbb\xbf\n# fine\n\xff\xfe\n").unwrap();
    let run = heng(&["check".as_ref(), file.as_os_str()]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("UTF-8") && run.out.contains('3'), "{}", run.out);
}

/// No prefix of a rule or facts file brings the program down. Compiling every prefix is the front
/// end's test; here a few go the whole way.
#[test]
fn truncated_files_end_in_a_message() {
    for file in ["facts.toml", "assumptions.toml"] {
        let text = std::fs::read_to_string(root().join("examples/potou-2023").join(file)).unwrap();
        for cut in (0..text.len()).step_by(text.len() / 23 + 1) {
            let cut = (0..=cut).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let copy = Copy::of("potou-2023");
            std::fs::write(copy.path().join(file), &text[..cut]).unwrap();
            let run = heng(&["score".as_ref(), copy.path().as_os_str()]);
            assert!([0, 3, 4].contains(&run.code), "{file} cut at {cut}: {}\n{}", run.code, run.err);
        }
    }
}
