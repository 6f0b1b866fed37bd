//! The two ways a peer is run. `PEER whole DATA.csv` reads, scores and writes, once. `PEER time DATA.csv ROUNDS` scores
//! what is in memory already, and prints the nanoseconds of the processor a department: converting, scoring.

use std::{
    hint::black_box,
    io::{self, BufWriter, Write},
};

use crate::{Department, Marks, marks, read};

/// An engine that scores one department after another.
pub trait Engine {
    /// What the engine takes for a department.
    type Facts;
    /// The engine with its rules compiled.
    fn new() -> Self;
    /// A department as the engine wants it.
    fn facts(&self, department: &Department) -> Self::Facts;
    /// Its scores.
    fn score(&mut self, facts: &Self::Facts) -> Marks;
}

/// Runs an engine as the command line says.
pub fn run<E: Engine>() -> io::Result<()> {
    let (whole, path, rounds) = orders();
    let departments = read::departments(&std::fs::read(path)?);
    let mut engine = E::new();
    if whole {
        let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
        for department in &departments {
            let facts = engine.facts(department);
            marks::line(&mut out, department.number, &engine.score(&facts))?;
        }
        return out.flush();
    }
    for _ in 0..rounds {
        let (mut converting, mut scoring) = (0, 0);
        for some in departments.chunks(500) {
            let start = cpu();
            let facts: Vec<E::Facts> = some.iter().map(|department| engine.facts(department)).collect();
            let between = cpu();
            facts.iter().for_each(|facts| {
                black_box(engine.score(facts));
            });
            converting += between - start;
            scoring += cpu() - between;
        }
        say(departments.len(), converting, scoring);
    }
    Ok(())
}

/// Whether the whole way is asked for; the file; how many rounds.
pub fn orders() -> (bool, String, usize) {
    let mut args = std::env::args().skip(1);
    let whole = args.next().as_deref() == Some("whole");
    let path = args.next().expect("whole|time DATA.csv [ROUNDS]");
    (whole, path, args.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(1))
}

/// One round, as the driver reads it.
pub fn say(count: usize, converting: u64, scoring: u64) {
    let each = |time: u64| time as f64 / count.max(1) as f64;
    println!("{:.2} {:.2}", each(converting), each(scoring));
}

/// The time this thread has spent on a processor, in nanoseconds.
pub fn cpu() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
