//! Scoring by columns alone, for the program that runs the peers: what it takes a department, once over a file.

use std::io::{self, Write};

use heng_eval::columns::Scratch;

use crate::measure::{Opened, RULES, cpu, opened, read};

/// Reads the departments of a file, scores them, and prints nanoseconds a department: converting, which is nought since
/// they are read into columns, and scoring. `times` is how often they are scored; else often enough for the clock.
pub fn time(out: &mut impl Write, file: &str, times: Option<usize>) -> io::Result<bool> {
    let compiled = heng_dsl::compile(&[("reference.heng".to_owned(), RULES.to_owned())]);
    let Some(program) = compiled.program else { return Ok(false) };
    let csv = std::fs::read(file)?;
    let Some(Opened { mut chunker, table, typed }) = opened(&program, &csv)? else { return Ok(false) };
    let kernel = typed.kernel(&program);
    let (blocks, _) = read(&mut chunker, &table, &typed)?;
    let count: usize = blocks.iter().map(|block| block.count).sum();
    let mut scratch = Scratch::default();
    let times = times.unwrap_or((1_000_000 / count.max(1)).max(1));
    let before = cpu();
    for _ in 0..times {
        for block in &blocks {
            std::hint::black_box(kernel.run(block, &mut scratch));
        }
    }
    let scored = u64::try_from(count.saturating_mul(times)).unwrap_or(u64::MAX);
    let hundredths = (cpu() - before).saturating_mul(100) / scored.max(1);
    writeln!(out, "0 {}.{:02}", hundredths / 100, hundredths % 100)?;
    Ok(true)
}
