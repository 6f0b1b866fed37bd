//! The laws of the formatter, on every rule file and every example of the repository.
#![allow(clippy::unwrap_used, reason = "tests say what they expect by failing")]

#[test]
fn try_it() {
    let root = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    for file in ["rules/guangdong-dept-overall/2023.heng", "rules/guangdong-dept-overall-en/2023.heng"] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let out = heng_dsl::format(&text, &heng_dsl::FormatOptions::default()).text;
        let name = format!("/tmp/fmt-{}", file.replace('/', "_"));
        std::fs::write(&name, &out).unwrap();
        for (lang, word) in [(heng_diag::Lang::En, "en"), (heng_diag::Lang::Zh, "zh")] {
            let t = heng_dsl::format(&out, &heng_dsl::FormatOptions { to: Some(lang) }).text;
            std::fs::write(format!("{name}.{word}"), &t).unwrap();
        }
    }
}
