//! The word pass by itself: whichever blanks are left out, and whatever names are declared besides, a line
//! keeps its one meaning or is refused; it never gets another.
#![no_main]

use heng_fuzz::{meaning, squeezed, with_names};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (names, blanks) = data.split_at(data.len().min(4));
    let text = with_names(names);
    let Some(before) = meaning(&text) else { return };
    if let Some(after) = meaning(&squeezed(&text, blanks)) {
        assert_eq!(before, after, "leaving out a blank changed the program");
    }
});
