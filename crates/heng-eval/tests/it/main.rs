//! What the evaluator makes of programs, point by point of `docs/design/semantics.md`.

#[cfg(test)]
mod blocks;
#[cfg(test)]
mod build;
#[cfg(test)]
mod groups;
#[cfg(test)]
mod mends;
#[cfg(test)]
mod methods;
#[cfg(test)]
mod random;
#[cfg(test)]
mod states;
#[cfg(test)]
mod trace;
#[cfg(test)]
mod values;
#[cfg(test)]
mod whatif;
