//! Seeded numbers: the same seed gives the same numbers on every machine. (SplitMix64.)

/// A source of numbers.
#[derive(Clone, Debug)]
pub struct Draw(u64);

impl Draw {
    /// A source that depends on `seed` and on `number` alone, so that smaller sets are prefixes of
    /// larger ones.
    pub fn new(seed: u64, number: u64) -> Draw {
        let mut draw = Draw(seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        draw.next();
        draw
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` up to and without `high`.
    pub fn within(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).max(1).unsigned_abs();
        low + i64::try_from(self.next() % width).unwrap_or(0)
    }

    /// Whether a chance of `percent` in a hundred comes up.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.within(0, 100) < percent
    }

    /// One of several.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        let at = self.within(0, i64::try_from(of.len()).unwrap_or(1));
        of.get(usize::try_from(at).unwrap_or(0)).copied()
    }

    /// A whole number spread over several orders of magnitude: small ones are as frequent as large ones.
    pub fn spread(&mut self, low: i64, high: i64) -> i64 {
        let doublings = i64::from((high / low.max(1)).max(1).ilog2());
        let shift = self.within(0, doublings + 1);
        let base = low.saturating_mul(1 << shift.clamp(0, 40));
        self.within(base, base.saturating_mul(2)).clamp(low, high)
    }
}
