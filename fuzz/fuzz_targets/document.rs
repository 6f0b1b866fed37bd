//! Whatever the bytes, a document is read and audited, or refused with a reason.
#![no_main]

use heng_audit::{Vocabulary, audit, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((kind, bytes)) = data.split_first() else { return };
    let name = ["a.txt", "a.md", "a.html", "a.docx", "a.xlsx", "a.pdf"][usize::from(kind % 6)];
    match read(name, bytes) {
        Ok(reading) => {
            let _ = audit(&reading.document, &Vocabulary::standard());
        }
        Err(reasons) => assert!(!reasons.is_empty(), "refused without a reason"),
    }
});
