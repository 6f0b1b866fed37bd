//! The tables.

use std::{
    io::{self, Write},
    process::Command,
};

use crate::{
    measure::Figures,
    peer_list::{PEERS, Peer, Place},
    process::Cost,
};

/// Prints the tables.
pub fn print(out: &mut impl Write, place: &Place, figures: &[Figures]) -> io::Result<()> {
    machine(out, place)?;
    scoring(out, figures)?;
    whole(out, figures)?;
    for (peer, figures) in PEERS.iter().zip(figures) {
        if let Some(why) = &figures.why_not {
            writeln!(out, "{}: {why}; no figures.", peer.name)?;
        }
    }
    Ok(())
}

fn machine(out: &mut impl Write, place: &Place) -> io::Result<()> {
    let said = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output().map(|output| output.stdout).unwrap_or_default();
        String::from_utf8_lossy(&output).trim().to_owned()
    };
    let cpus = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name").map(|rest| rest.trim_start_matches(['\t', ' ', ':'])));
    let target = std::env::var("RUSTFLAGS").ok().filter(|flags| flags.contains("target-cpu"));
    writeln!(out, "{}, {} cores.", model.unwrap_or("unknown processor"), cpus.matches("processor\t").count())?;
    writeln!(
        out,
        "{}, {}.",
        said("rustc", &["--version"]),
        target.unwrap_or_else(|| "target-cpu as it is by default".to_owned())
    )?;
    let lock = std::fs::read_to_string(place.root.join("tests/bench/peers/Cargo.lock")).unwrap_or_default();
    let version = |name: &str| {
        let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{name}\"")).skip(1);
        lines.next().map(|line| line.trim_start_matches("version = ").trim_matches('"').to_owned()).unwrap_or_default()
    };
    let crates = ["rust_decimal", "zen-expression", "zen-engine", "rhai", "cel", "regorus"];
    let mut all: Vec<String> = crates.iter().map(|name| format!("{name} {}", version(name))).collect();
    let python = place.work.join("venv/bin/python");
    let versions = "from importlib.metadata import version as v\nprint(', '.join(f'{n} {v(n)}' for n in ('polars', 'openfisca-core', 'numpy')))";
    all.push(said(&python.to_string_lossy(), &["-c", versions]));
    all.push(said("soffice", &["--version"]).split(' ').take(2).collect::<Vec<_>>().join(" "));
    writeln!(out, "{}.\n", all.join(", "))
}

/// The median, and the least and the most.
struct Spread {
    least: f64,
    middle: f64,
    most: f64,
}

impl Spread {
    fn of(numbers: impl Iterator<Item = f64>) -> Option<Spread> {
        let mut numbers: Vec<f64> = numbers.collect();
        numbers.sort_by(f64::total_cmp);
        let [least, .., most] = numbers.as_slice() else {
            return numbers.first().map(|only| Spread { least: *only, middle: *only, most: *only });
        };
        Some(Spread { least: *least, middle: numbers[numbers.len() / 2], most: *most })
    }

    fn say(&self) -> String {
        format!("{} ({}–{})", short(self.middle), short(self.least), short(self.most))
    }
}

/// Three places that count.
fn short(number: f64) -> String {
    match number.abs() {
        100.0.. => format!("{number:.0}"),
        10.0.. => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}

/// Ratios are taken round by round.
fn ratio(of: &Figures, to: &Figures, value: impl Fn(&[f64; 2]) -> f64) -> Option<Spread> {
    Spread::of(of.scoring.iter().zip(&to.scoring).map(|(of, to)| value(of) / to[1]))
}

fn scoring(out: &mut impl Write, figures: &[Figures]) -> io::Result<()> {
    writeln!(
        out,
        "| scoring alone | departments | compared | numbers | converting, µs | scoring, µs a department | × B | × heng | with converting, × heng |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|---|---|")?;
    let (heng, b) = (&figures[0], &figures[1]);
    for (peer, of) in PEERS.iter().zip(figures).filter(|(_, of)| !of.scoring.is_empty()) {
        let micro = |place: usize| Spread::of(of.scoring.iter().map(|times| times[place] / 1000.0));
        let cells = [
            micro(0),
            micro(1),
            ratio(of, b, |times| times[1]),
            ratio(of, heng, |times| times[1]),
            ratio(of, heng, |times| times[0] + times[1]),
        ];
        let cells: Vec<String> =
            cells.into_iter().map(|spread| spread.map_or("–".to_owned(), |spread| spread.say())).collect();
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            peer.name,
            peer.timed,
            of.compared,
            peer.numbers,
            cells.join(" | ")
        )?;
    }
    writeln!(out)
}

fn whole(out: &mut impl Write, figures: &[Figures]) -> io::Result<()> {
    writeln!(
        out,
        "| whole process, file to file | departments | s CPU | memory, MB | 1,000: ms CPU | one: ms CPU | one: memory, MB |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    for (peer, of) in PEERS.iter().zip(figures).filter(|(_, of)| !of.whole.is_empty()) {
        let cpu = |costs: &[Cost], times: f64| spread(costs, |cost| cost.cpu * times);
        let memory = |costs: &[Cost]| spread(costs, |cost| cost.memory);
        let Peer { name, whole, .. } = peer;
        let cells = [
            cpu(&of.whole, 1.0),
            memory(&of.whole),
            cpu(&of.thousand, 1000.0),
            cpu(&of.cold, 1000.0),
            memory(&of.cold),
        ];
        writeln!(out, "| {name} | {whole} | {} |", cells.join(" | "))?;
    }
    writeln!(out)
}

fn spread(costs: &[Cost], value: impl Fn(&Cost) -> f64) -> String {
    Spread::of(costs.iter().map(value)).map_or("–".to_owned(), |spread| spread.say())
}
