//! The figures: the same departments scored one by one and by columns, with outputs compared before
//! anything is printed.

use std::io::{self, Write};

use heng_batch::{Chunker, Table, Typed, record::records, typed::Builder};
use heng_eval::{
    Context, NoScripts,
    columns::{Block, Desk, Kernel, Scratch},
    evaluate, evaluate_quietly,
};
use heng_model::{Facts, Name, Number, Outcome, Program};

use crate::{alone::Planned, generate};

/// The rules.
pub const RULES: &str = include_str!("../rules/reference.heng");

/// How many departments are scored one by one.
const SCALAR: usize = 2_000;

/// Measures `count` departments in `rounds` rounds, and prints a line a figure.
pub fn run(out: &mut impl Write, seed: u64, count: u64, rounds: usize) -> io::Result<bool> {
    let compiled = heng_dsl::compile(&[("reference.heng".to_owned(), RULES.to_owned())]);
    let Some(program) = compiled.program else { return Ok(false) };
    let mut csv = Vec::new();
    generate::csv(&mut csv, seed, count)?;
    let Some(Opened { mut chunker, table, typed }) = opened(&program, &csv)? else { return Ok(false) };
    let kernel = typed.kernel(&program);
    let before = cpu();
    let (blocks, facts) = read(&mut chunker, &table, &typed)?;
    writeln!(out, "reading text into columns: {} ns a department", per(cpu() - before, count))?;
    let different = compare(&program, &kernel, &blocks, &facts);
    writeln!(out, "{} departments scored both ways, {different} differ", facts.len())?;
    if different > 0 {
        return Ok(false);
    }
    writeln!(
        out,
        "indicators by columns: {} of {}",
        program.nodes.len() - kernel.outside().len(),
        program.nodes.len()
    )?;
    columns(out, &kernel, &blocks, count, rounds)?;
    let planned = Planned::new(&program);
    let (different, unsaid) = planned.differing(&facts);
    writeln!(out, "{} departments scored alone by the plan, {different} differ, {unsaid} are left", facts.len())?;
    if different > 0 {
        return Ok(false);
    }
    alone(out, &planned, &facts, rounds)?;
    scalar(out, &program, &facts, rounds)?;
    Ok(true)
}

/// A file of departments behind its head, and how its columns are read.
pub struct Opened<'a> {
    /// The rows.
    pub chunker: Chunker<&'a [u8]>,
    /// Which column is which datum.
    pub table: Table<'a>,
    /// How the text of each column becomes numbers.
    pub typed: Typed,
}

/// Opens a file of departments; none where its columns do not suit the rules.
pub fn opened<'a>(program: &'a Program, csv: &'a [u8]) -> io::Result<Option<Opened<'a>>> {
    let mut chunker = Chunker::new(csv, 1, 0, true);
    let head = chunker.first()?.unwrap_or_default();
    let heads = String::from_utf8_lossy(&head.bytes).trim_end().split(',').map(str::to_owned).collect();
    let Ok(table) = Table::new(&program.schema, heads, &[]) else { return Ok(None) };
    let sample = String::from_utf8_lossy(csv.get(..csv.len().min(200_000)).unwrap_or_default()).into_owned();
    let typed = Typed::new(program, &table.layout, table.heads.len(), &sample);
    Ok(Some(Opened { chunker, table, typed }))
}

/// Reads all departments into blocks, and the first ones into facts.
pub fn read(chunker: &mut Chunker<&[u8]>, table: &Table<'_>, typed: &Typed) -> io::Result<(Vec<Block>, Vec<Facts>)> {
    let (mut blocks, mut facts) = (Vec::new(), Vec::new());
    let mut builder = Builder::default();
    let file: Name = "d.csv".into();
    while let Some(chunk) = chunker.next_chunk()? {
        builder.start(typed);
        for (_, record) in records(&chunk.bytes, true) {
            let record = std::str::from_utf8(record).unwrap_or_default();
            builder.row(typed, record);
            if facts.len() < SCALAR {
                let cells: Vec<&str> = record.split(',').collect();
                facts.extend(table.layout.facts(&file, 0, &cells));
            }
        }
        blocks.push(builder.block(typed));
    }
    Ok((blocks, facts))
}

/// How many of the departments the two evaluators score differently.
fn compare(program: &Program, kernel: &Kernel, blocks: &[Block], facts: &[Facts]) -> usize {
    let context = Context { calendar: None, scripts: &NoScripts };
    let mut scratch = Scratch::default();
    let mut facts = facts.iter();
    let mut different = 0;
    for block in blocks {
        if facts.len() == 0 {
            break;
        }
        let points = kernel.run(block, &mut scratch);
        for (place, facts) in (0..block.count).zip(facts.by_ref()) {
            let card = evaluate_quietly(program, facts, &context);
            let same = points.as_ref().is_some_and(|points| {
                !points.unsaid(place)
                    && points.grade(place) == card.grade.as_ref()
                    && card.nodes.iter().all(|score| {
                        let Some((num, den, exponent)) = points.node(score.node) else { return false };
                        let ratio = Number::ratio(i128::from(num.at(place)), i128::from(den.at(place)));
                        let power = Number::from(10).checked_pow(exponent);
                        matches!((ratio, power), (Some(r), Some(p)) if score.outcome == Outcome::Score(&r * &p))
                    })
            });
            different += usize::from(!same);
        }
    }
    different
}

fn columns(out: &mut impl Write, kernel: &Kernel, blocks: &[Block], count: u64, rounds: usize) -> io::Result<()> {
    let mut scratch = Scratch::default();
    let mut times = Vec::new();
    for _ in 0..rounds {
        let before = cpu();
        let mut unsaid = 0usize;
        for block in blocks {
            match kernel.run(block, &mut scratch) {
                Some(points) => unsaid += usize::from(points.unsaid(0)),
                None => unsaid += block.count,
            }
        }
        times.push(per(cpu() - before, count));
        std::hint::black_box(unsaid);
    }
    say(out, "scoring by columns", times)
}

fn alone(out: &mut impl Write, planned: &Planned<'_>, facts: &[Facts], rounds: usize) -> io::Result<()> {
    let mut desk = Desk::default();
    let mut times = Vec::new();
    for _ in 0..rounds {
        let before = cpu();
        facts.iter().for_each(|facts| planned.score(facts, &mut desk));
        times.push(per(cpu() - before, u64::try_from(facts.len()).unwrap_or(1)));
    }
    say(out, "one by one, points alone", times)
}

fn scalar(out: &mut impl Write, program: &Program, facts: &[Facts], rounds: usize) -> io::Result<()> {
    let context = Context { calendar: None, scripts: &NoScripts };
    let count = u64::try_from(facts.len()).unwrap_or(1);
    let timed = |score: &dyn Fn(&Facts)| {
        let round = |_| {
            let before = cpu();
            facts.iter().for_each(score);
            per(cpu() - before, count)
        };
        (0..rounds).map(round).collect::<Vec<_>>()
    };
    let quiet = timed(&|facts| drop(std::hint::black_box(evaluate_quietly(program, facts, &context))));
    say(out, "one by one", quiet)?;
    let loud = timed(&|facts| drop(std::hint::black_box(evaluate(program, facts, &context))));
    say(out, "one by one with every step", loud)
}

/// The median, and the least and the most.
fn say(out: &mut impl Write, what: &str, mut times: Vec<u64>) -> io::Result<()> {
    times.sort_unstable();
    let at = |place: usize| times.get(place).copied().unwrap_or(0);
    let (least, middle, most) = (at(0), at(times.len() / 2), at(times.len().saturating_sub(1)));
    writeln!(out, "{what}: {middle} ns a department ({least}–{most}), {} rounds", times.len())
}

fn per(nanoseconds: u64, count: u64) -> u64 {
    nanoseconds / count.max(1)
}

/// The time this thread has spent on a processor, in nanoseconds.
pub fn cpu() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split_whitespace().next().and_then(|time| time.parse().ok()).unwrap_or(0)
}
