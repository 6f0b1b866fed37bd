//! Whatever the text, a file of cases is read or refused with a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(reasons) = heng_test::read::read("fuzz.cases", text.as_bytes()) {
        assert!(!reasons.is_empty(), "refused without a reason");
    }
});
