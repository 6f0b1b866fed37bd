//! How calls run side by side: a few at a time, their memory counted together, and any of them by itself when
//! that is what its answer asks for.

use std::sync::{
    Condvar, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, AtomicUsize, Ordering},
};

use crate::limits;

/// Says how many bytes of memory the process occupies; none where that cannot be known.
pub type Meter = fn() -> Option<usize>;

/// The meter of the system this runs on.
pub(crate) fn occupied() -> Option<usize> {
    memory_stats::memory_stats().map(|stats| stats.physical_mem)
}

/// Who is at work.
struct Calls {
    /// How many calls are under way.
    under_way: usize,
    /// How many have ever begun.
    begun: u64,
    /// How many wait to run by themselves, the one that does included.
    alone: usize,
    /// How large the process would be if no call had ever left anything behind.
    without: usize,
    /// How large it was when the last call ended.
    after: usize,
}

static CALLS: Mutex<Calls> = Mutex::new(Calls { under_way: 0, begun: 0, alone: 0, without: 0, after: 0 });
static FREED: Condvar = Condvar::new();

/// How large the process may become while these calls are under way.
static MOST: AtomicUsize = AtomicUsize::new(usize::MAX);
/// How large it was when it was last looked at.
static NOW: AtomicUsize = AtomicUsize::new(0);
/// The steps of all calls together.
static STEPS: AtomicU64 = AtomicU64::new(0);

/// A step of one of the calls under way: whether the process has grown too much since they began. It is looked at
/// after so many steps of all calls together, so that how far it can grow unseen does not depend on how many there are.
pub(crate) fn has_grown(meter: Meter) -> bool {
    if STEPS.fetch_add(1, Ordering::Relaxed).is_multiple_of(limits::MEMORY_STEPS) {
        // Who no longer says how large it is may be of any size.
        NOW.store(meter().unwrap_or(usize::MAX), Ordering::Relaxed);
    }
    NOW.load(Ordering::Relaxed) > MOST.load(Ordering::Relaxed)
}

fn calls() -> MutexGuard<'static, Calls> {
    CALLS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A call under way; its place is free again when this is dropped, however the call ended.
struct Place(Meter);

/// How large the process may become from `size` on. What calls left behind, which the allocator keeps for those to come, counts
/// as theirs: else each greedy call would begin where the last one ended. A little is allowed in any case.
fn most(calls: &mut Calls, size: usize) -> usize {
    let others_took = size.saturating_sub(calls.after);
    calls.without = if calls.begun == 0 { size } else { calls.without.saturating_add(others_took).min(size) };
    calls.without.saturating_add(limits::MEMORY_BYTES).max(size.saturating_add(limits::MEMORY_LEAST))
}

impl Place {
    /// Waits for a place and takes it; how many calls were under way, and which one this is.
    fn taken(meter: Meter, ready: impl Fn(&Calls) -> bool) -> (Place, usize, u64) {
        let mut calls = FREED.wait_while(calls(), |calls| !ready(calls)).unwrap_or_else(PoisonError::into_inner);
        let others = calls.under_way;
        if others == 0 {
            let size = meter().unwrap_or(0);
            MOST.store(most(&mut calls, size), Ordering::Relaxed);
            NOW.store(size, Ordering::Relaxed);
        }
        calls.under_way = others.saturating_add(1);
        calls.begun = calls.begun.wrapping_add(1);
        (Place(meter), others, calls.begun)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut calls = calls();
        calls.under_way = calls.under_way.saturating_sub(1);
        if calls.under_way == 0 {
            calls.after = (self.0)().unwrap_or(0);
        }
        drop(calls);
        FREED.notify_all();
    }
}

/// Does `work` beside other calls, when there is a place; whether there were any others.
pub(crate) fn beside<T>(meter: Meter, work: impl FnOnce() -> T) -> (T, bool) {
    let room = |calls: &Calls| calls.under_way < limits::CALLS_AT_ONCE && calls.alone == 0;
    let (place, others, mine) = Place::taken(meter, room);
    let done = work();
    let among_others = others > 0 || calls().begun != mine;
    drop(place);
    (done, among_others)
}

/// Does `work` while no other call is under way.
pub(crate) fn alone<T>(meter: Meter, work: impl FnOnce() -> T) -> T {
    let mut waiting = calls();
    waiting.alone = waiting.alone.saturating_add(1);
    drop(waiting);
    let (place, ..) = Place::taken(meter, |calls| calls.under_way == 0);
    let done = work();
    let mut waiting = calls();
    waiting.alone = waiting.alone.saturating_sub(1);
    drop(waiting);
    drop(place);
    done
}
