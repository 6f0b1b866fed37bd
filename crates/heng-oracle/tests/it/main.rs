//! The engine held to the oracle: generated rules and facts, laws, and seeded bugs.

mod agree;
mod draw;
mod facts;
mod laws;
mod mutants;
mod rules;
mod score;
