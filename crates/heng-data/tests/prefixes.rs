//! Whatever is cut off, turned round or made up, the reader answers and does not fall over.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_types,
    reason = "tests say what they expect by failing"
)]

#[path = "support/world.rs"]
mod world;

use heng_data::read_facts;
use proptest::prelude::*;
use world::{file, kinds};

const TOML: &str = r#"
"年初预算数" = { "值" = "2,366.79万元", "状态" = "迟报", "佐证" = ["甲", "乙"] }
"满意度" = "85%"
"得票数" = 1_000.5e-3
"批复日期" = 2023-12-31
["文件"]
"性质" = "假设"
"填报日期" = "2024年10月15日"
["三公经费"]
"预算数" = { value = 12, unit = "万元" }
[["采购合同"]]
"名称" = "保洁\u670D务"
"金额" = "18万元"
[["采购合同"]]
"名称" = 'b'
"金额" = """缺报"""
"#;

const JSON: &str = r#"{ "文件": { "性质": "假设" }, "年初预算数": { "值": "1万元", "状态": "迟报" }, "得票数": -1.5e-3,
 "涉密": true, "偏差原因": "\u6625\ud83d\ude00\n", "采购合同": [ { "名称": "甲", "金额": null }, {} ] }"#;

#[test]
fn every_prefix_is_answered() {
    let schema = kinds();
    for (name, text) in [("a.toml", TOML), ("a.json", JSON)] {
        assert!(
            !read_facts(&schema, &[file(name, text)]).diagnostics.iter().any(|d| d.code == "data/syntax"),
            "{name}"
        );
        for end in 0..text.len() {
            let reading = read_facts(&schema, &[file(name, text.as_bytes()[..end].to_vec())]);
            for d in &reading.diagnostics {
                assert!(!d.title.zh.is_empty() && !d.title.en.is_empty());
                if let Some(label) = &d.primary {
                    let text = &reading.sources.get(label.span.file).unwrap().text;
                    assert!(
                        text.get(label.span.start as usize..label.span.end as usize).is_some(),
                        "{name} {end} {d:?}"
                    );
                }
            }
        }
    }
}

/// Pieces of which facts files are made, well and badly.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\"年初预算数\"",
        "年初预算数",
        "\"三公经费\"",
        "\"采购合同\"",
        "\"文件\"",
        " = ",
        "＝",
        ": ",
        "\"",
        "“",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "\n",
        ",",
        ".",
        "1",
        "12万元",
        "\"12万元\"",
        "\"无\"",
        "缺报",
        "2023-02-30",
        "true",
        "null",
        "#",
        "'",
        "\"\"\"",
        "\\",
        "-",
        "e9",
        "0x",
        "\"值\"",
        "\"状态\"",
        "\"行\"",
        "\"出处\"",
        "\"名称\"",
        "\"金额\"",
    ])
}

proptest! {
    #[test]
    fn made_up_files_are_answered(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        for name in ["a.toml", "a.json"] {
            let first = read_facts(&kinds(), &[file(name, text.clone())]);
            let again = read_facts(&kinds(), &[file(name, text.clone())]);
            prop_assert_eq!(&first.diagnostics, &again.diagnostics);
            prop_assert_eq!(&first.facts, &again.facts);
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for name in ["a.toml", "a.json", "a.xlsx"] {
            let _ = read_facts(&kinds(), &[file(name, bytes.clone())]);
        }
    }
}
