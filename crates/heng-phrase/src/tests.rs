//! What is said of hand-built programs.

mod causes;
mod criteria;
mod exprs;
mod kit;
