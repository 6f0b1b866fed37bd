//! Whatever the text, there is a program or a reason, and the reasons can be printed.
#![no_main]

use heng_diag::{Diagnostic, Format, Lang, render_all};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let compiled = heng_dsl::compile(&[("fuzz.heng".to_owned(), text.to_owned())]);
    for lang in [Lang::Zh, Lang::En] {
        let _ = render_all(&compiled.diagnostics, &compiled.sources, lang, Format::Text { color: false, width: 100 });
    }
    assert!(
        compiled.program.is_some() || compiled.diagnostics.iter().any(Diagnostic::is_error),
        "no program and no reason"
    );
});
