//! Formatting twice is formatting once, in both languages, and a text that compiles means the same after it.
#![no_main]

use heng_diag::Lang;
use heng_dsl::{FormatOptions, format};
use heng_fuzz::meaning;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for to in [None, Some(Lang::Zh), Some(Lang::En)] {
        let options = FormatOptions { to };
        let once = format(text, &options).text;
        assert_eq!(format(&once, &options).text, once, "formatting twice is not formatting once");
        if let Some(before) = meaning(text) {
            assert_eq!(Some(before), meaning(&once), "formatting changed the program");
        }
    }
});
