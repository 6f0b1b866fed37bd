//! All words of this crate, zh and en side by side.

mod criteria;
mod keywords;
mod sentences;

pub(crate) use heng_diag::{Pair, pick};

pub(crate) use criteria::*;
pub(crate) use keywords::*;
pub(crate) use sentences::*;
