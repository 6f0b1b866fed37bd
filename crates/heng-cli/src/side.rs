//! Work done side by side on the threads of the machine.

use std::{num::NonZeroUsize, thread};

pub use heng_batch::by_side;

/// As many threads as are asked for, else as the machine has.
pub fn threads(asked: Option<usize>) -> usize {
    asked.or_else(|| thread::available_parallelism().ok().map(NonZeroUsize::get)).unwrap_or(1)
}
