//! The reference workload: its departments, the programs that score them, and the figures.
//!
//! `heng-bench generate N > d.csv` writes the departments; `heng-bench run` measures.

mod alone;
mod beside;
mod department;
mod draw;
mod generate;
mod measure;
mod pack;

use std::{
    io::{BufWriter, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["generate", count] => generate(count, generate::SEED),
        ["generate", count, seed] => seed.parse().map_or(Ok(false), |seed| generate(count, seed)),
        ["run"] => run("100000", "7"),
        ["run", count] => run(count, "7"),
        ["run", count, rounds] => run(count, rounds),
        ["compile", file] => compile(file),
        ["time", file] => beside::time(&mut std::io::stdout().lock(), file, None),
        ["time", file, times] => beside::time(&mut std::io::stdout().lock(), file, times.parse().ok()),
        ["pack", lines] => write_pack(lines),
        _ => Ok(false),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            let _ = writeln!(
                std::io::stderr(),
                "heng-bench generate COUNT [SEED] | run [COUNT [ROUNDS]] | compile FILE | time FILE [TIMES] | pack LINES"
            );
            ExitCode::from(2)
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::from(5)
        }
    }
}

fn generate(count: &str, seed: u64) -> std::io::Result<bool> {
    let Ok(count) = count.parse() else { return Ok(false) };
    generate::csv(&mut BufWriter::new(std::io::stdout().lock()), seed, count)?;
    Ok(true)
}

fn run(count: &str, rounds: &str) -> std::io::Result<bool> {
    let (Ok(count), Ok(rounds)) = (count.parse(), rounds.parse()) else { return Ok(false) };
    measure::run(&mut std::io::stdout().lock(), generate::SEED, count, rounds)
}

/// Writes a rule pack of so many lines.
fn write_pack(lines: &str) -> std::io::Result<bool> {
    let Ok(lines) = lines.parse() else { return Ok(false) };
    std::io::stdout().lock().write_all(pack::text(lines).as_bytes())?;
    Ok(true)
}

/// Compiles a rule file once, to be looked at with a profiler.
fn compile(file: &str) -> std::io::Result<bool> {
    let compiled = heng_dsl::compile(&[(file.to_owned(), std::fs::read_to_string(file)?)]);
    Ok(compiled.program.is_some())
}
