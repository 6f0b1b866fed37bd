//! Choices drawn from a finite supply. When the supply runs out every choice is the first one, so a
//! shorter supply makes a simpler case, and proptest shrinks a failure without knowing the language.

use std::cell::Cell;

use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};

pub struct Draw<'a> {
    supply: std::slice::Iter<'a, u16>,
}

impl<'a> Draw<'a> {
    pub fn new(supply: &'a [u16]) -> Draw<'a> {
        Draw { supply: supply.iter() }
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::from(self.supply.next().copied().unwrap_or(0)) % bound
    }

    /// Whether something of that likelihood happens.
    pub fn percent(&mut self, likely: usize) -> bool {
        self.below(100) >= 100 - likely
    }

    pub fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// How many cases a test runs: `ordinary`, or what HENG_ORACLE_CASES says.
pub fn cases(ordinary: u32) -> u32 {
    std::env::var("HENG_ORACLE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(ordinary)
}

/// Runs `test` on supplies of choices, the same ones each time. The test says whether the case was one,
/// that is, whether its rules compile; four in five must be.
pub fn run(seed: u8, cases: u32, test: impl Fn(&[u16], &[u16]) -> Result<bool, TestCaseError>) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 1000, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    let supply = || proptest::collection::vec(any::<u16>(), 0..700);
    let (all, some) = (Cell::new(0u32), Cell::new(0u32));
    let counted = |(rules, facts): (Vec<u16>, Vec<u16>)| {
        all.set(all.get() + 1);
        some.set(some.get() + u32::from(test(&rules, &facts)?));
        Ok(())
    };
    match runner.run(&(supply(), supply()), counted) {
        Ok(()) => {}
        // The choices behind a case say nothing to a reader; the case itself is in the reason.
        Err(TestError::Fail(reason, _)) => panic!("{}", reason.message()),
        Err(error) => panic!("{error}"),
    }
    assert!(some.get() * 5 >= all.get() * 4, "only {} of {} generated rule texts compile", some.get(), all.get());
}
