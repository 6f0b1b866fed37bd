//! Sheets of a hand-built program with hand-built scores.

mod explained;
#[expect(dead_code, reason = "shared with heng-phrase, which uses the rest")]
#[path = "../../heng-phrase/src/tests/kit.rs"]
mod kit;
mod sample;
mod sheets;
