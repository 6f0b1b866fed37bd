//! The command line as its users meet it: real folders, real files, the built program.

mod bad_input;
mod check;
mod example;
mod kit;
mod one_fact;
mod twin;
