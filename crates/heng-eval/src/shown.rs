//! Which trace is being written, and which computations it already shows.

use std::{collections::BTreeSet, mem};

/// The trace being written. An attempt is a stretch of it that may be thrown away: what was shown in
/// it alone is then shown again by whoever reads it next.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    last: u64,
    now: u64,
    /// The stretches of the trace that were kept.
    kept: BTreeSet<u64>,
}

impl Shown {
    /// The name of the stretch being written.
    pub fn now(&self) -> u64 {
        self.now
    }

    /// Whether what was computed in a stretch is shown in the trace being written.
    pub fn shows(&self, stretch: u64) -> bool {
        stretch == self.now || self.kept.contains(&stretch)
    }

    /// Starts a trace; gives what [`Shown::resume`] goes on with.
    pub fn start(&mut self) -> Shown {
        let kept = mem::take(&mut self.kept);
        let outer = Shown { last: self.last, now: self.now, kept };
        self.last += 1;
        self.now = self.last;
        outer
    }

    /// Goes on with a trace that was left.
    pub fn resume(&mut self, outer: Shown) {
        self.now = outer.now;
        self.kept = outer.kept;
    }

    /// Starts an attempt; gives the stretch to which [`Shown::undo`] goes back.
    pub fn attempt(&mut self) -> u64 {
        let before = self.now;
        self.kept.insert(before);
        self.last += 1;
        self.now = self.last;
        before
    }

    /// Throws away what was shown since an attempt began.
    pub fn undo(&mut self, before: u64) {
        self.kept.split_off(&(before + 1));
        self.now = before;
    }
}

#[cfg(test)]
mod tests {
    use super::Shown;

    #[test]
    fn what_an_attempt_showed_is_forgotten_with_it_and_kept_otherwise() {
        let mut shown = Shown::default();
        let outer = shown.now();
        let first = shown.attempt();
        let inside = shown.now();
        assert!(shown.shows(outer) && shown.shows(inside));
        shown.undo(first);
        assert!(shown.shows(outer) && !shown.shows(inside));
        shown.attempt();
        let second = shown.now();
        shown.attempt();
        assert!(shown.shows(outer) && shown.shows(second) && !shown.shows(inside));
        let left = shown.start();
        assert!(!shown.shows(outer) && !shown.shows(second));
        shown.resume(left);
        assert!(shown.shows(outer) && shown.shows(second));
    }
}
