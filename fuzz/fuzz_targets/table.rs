//! Whatever the table, what is imported from it is a pack that compiles and is formatted.
#![no_main]

use heng_diag::Lang;
use heng_notice::{ImportOptions, import_table, read_text_table};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for lang in [Lang::Zh, Lang::En] {
        let options = ImportOptions { title: None, year: Some(2024), lang };
        let Ok(imported) = import_table(&read_text_table(text), &options) else { continue };
        let compiled = heng_dsl::compile(&[("imported.heng".to_owned(), imported.rules.clone())]);
        assert!(compiled.program.is_some(), "{}\n{:#?}", imported.rules, compiled.diagnostics);
    }
});
