//! All words of this crate, zh and en side by side.

mod reasons;
mod regain;
mod words;

pub(crate) use heng_diag::{Pair, pick};

pub(crate) use reasons::*;
pub(crate) use regain::*;
pub(crate) use words::*;
