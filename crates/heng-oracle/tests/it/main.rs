//! The engine held to the oracle: generated rules and facts, laws, and seeded bugs.

#[cfg(test)]
mod agree;
#[cfg(test)]
mod columns;
#[cfg(test)]
mod draw;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod mutants;
#[cfg(test)]
mod peers;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod score;
