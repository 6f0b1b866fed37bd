//! The scoring blocks of the trade.

mod bands;
mod each;
mod tally;
