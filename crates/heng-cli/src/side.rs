//! Work done side by side on the threads of the machine.

use std::{num::NonZeroUsize, thread};

/// As many threads as are asked for, else as the machine has.
pub fn threads(asked: Option<usize>) -> usize {
    asked.or_else(|| thread::available_parallelism().ok().map(NonZeroUsize::get)).unwrap_or(1)
}

/// Does one thing to each piece of work, on so many threads; the results come in the order of the work.
pub fn by_side<'w, T: Sync, R: Send>(work: &'w [T], threads: usize, one: impl Fn(&'w T) -> R + Sync) -> Vec<R> {
    let chunk = work.len().div_ceil(threads).max(1);
    let one = &one;
    thread::scope(|scope| {
        let handles: Vec<_> =
            work.chunks(chunk).map(|part| scope.spawn(move || part.iter().map(one).collect::<Vec<_>>())).collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect()
    })
}
