//! One thing done to many, side by side.

use std::thread;

/// Does one thing to each piece of work, on so many threads; the results come in the order of the work.
#[must_use]
pub fn by_side<'w, T: Sync, R: Send>(work: &'w [T], threads: usize, one: impl Fn(&'w T) -> R + Sync) -> Vec<R> {
    let share = work.len().div_ceil(threads.max(1)).max(1);
    if work.len() <= share {
        return work.iter().map(one).collect();
    }
    let one = &one;
    thread::scope(|scope| {
        let parts: Vec<_> =
            work.chunks(share).map(|part| scope.spawn(move || part.iter().map(one).collect::<Vec<_>>())).collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}
