//! The rounds. In each one every peer has its turn, so that a busy minute is everybody's.

use std::{
    fs,
    io::{self, Write},
    path::Path,
    process::Command,
};

use crate::{
    peer_list::{Kind, PEERS, Peer, Place},
    process::{self, Cost},
    report,
    same::{Layout, Lines, compare},
};

/// What is known of a peer.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Why there are no figures.
    pub why_not: Option<String>,
    /// Departments that were compared.
    pub compared: usize,
    /// Nanoseconds a department: converting and scoring, a round each.
    pub scoring: Vec<[f64; 2]>,
    /// Whole runs over [`Peer::whole`] departments.
    pub whole: Vec<Cost>,
    /// Whole runs over one department.
    pub cold: Vec<Cost>,
    /// Whole runs over a thousand departments.
    pub thousand: Vec<Cost>,
}

/// How many cold starts there are for each round of the rest.
const COLD: usize = 5;

/// Makes LibreOffice compute the formulas of a workbook that holds no results.
const RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Measures everything, and prints the tables.
pub fn all(rounds: usize, root: &Path) -> io::Result<()> {
    let root = fs::canonicalize(root)?;
    let place = Place { work: root.join("target/peers"), root };
    prepare(&place)?;
    let mut figures: Vec<Figures> = PEERS.iter().map(|_| Figures::default()).collect();
    for (peer, figures) in PEERS.iter().zip(&mut figures) {
        eprintln!("compare: {}", peer.name);
        match agree(&place, peer) {
            Ok((count, 0)) => figures.compared = count,
            Ok((count, different)) => {
                figures.why_not = Some(format!("{different} of {count} departments differ from B"))
            }
            Err(why) => figures.why_not = Some(why),
        }
        match &figures.why_not {
            Some(why) => eprintln!("  {why}"),
            None => eprintln!("  {} departments equal to B's", figures.compared),
        }
    }
    for round in 1..=rounds {
        for (peer, figures) in PEERS.iter().zip(&mut figures).filter(|(_, figures)| figures.why_not.is_none()) {
            eprintln!("round {round}: {}", peer.name);
            turn(&place, peer, figures)?;
        }
    }
    report::print(&mut io::stdout().lock(), &place, &figures)
}

/// The departments, the workbooks, and the rules of those peers that read them.
fn prepare(place: &Place) -> io::Result<()> {
    fs::create_dir_all(&place.work)?;
    let mut counts: Vec<u64> = PEERS.iter().flat_map(|peer| [peer.timed, peer.whole, 1, 1000]).collect();
    counts.sort_unstable();
    counts.dedup();
    for count in counts.into_iter().filter(|count| *count > 0) {
        let data = place.data(count, "csv");
        if !data.exists() {
            eprintln!("departments: {count}");
            process::run(Command::new(place.heng("heng-bench")).arg("generate").arg(count.to_string()), &data)?;
        }
    }
    let profile = place.work.join("office/user");
    fs::create_dir_all(&profile)?;
    fs::write(profile.join("registrymodifications.xcu"), RECALCULATE)?;
    let me = std::env::current_exe()?;
    for language in ["polars", "numpy"] {
        process::run(Command::new(&me).args(["say", language]), &place.work.join(format!("rules.{language}")))?;
    }
    for count in [1, 1000, 10_000] {
        for (ending, more) in [("xlsx", None), ("formulas.xlsx", Some("formulas"))] {
            let book = place.data(count, ending);
            if !book.exists() {
                let mut command = Command::new(&me);
                command.arg("book").arg(place.data(count, "csv")).arg(book).args(more);
                process::run(&mut command, Path::new("/dev/null"))?;
            }
        }
    }
    Ok(())
}

/// Runs a peer once over its departments, and compares all 39 outputs with those of B.
fn agree(place: &Place, peer: &Peer) -> Result<(usize, usize), String> {
    let say = |error: io::Error| format!("cannot be run here: {error}");
    let cost = whole(place, peer, peer.whole).map_err(say)?;
    if !cost.well {
        return Err("is not installed here, or ended badly".to_owned());
    }
    let judge = place.work.join("judge");
    let b = PEERS.iter().find(|peer| peer.kind == Kind::Program("peer-b")).ok_or("B is not among the peers")?;
    process::run(&mut place.whole(b, peer.whole), &judge).map_err(say)?;
    let scores = Lines::open(&place.scores(peer, peer.whole), Place::layout(peer)).map_err(say)?;
    compare(scores, Lines::open(&judge, Layout::Bare).map_err(say)?).map_err(say)
}

fn whole(place: &Place, peer: &Peer, count: u64) -> io::Result<Cost> {
    let scores = place.scores(peer, count);
    // What says where it writes prints nothing of value.
    let own = matches!(peer.kind, Kind::Heng | Kind::HengBook | Kind::LibreOffice);
    process::run(&mut place.whole(peer, count), if own { Path::new("/dev/null") } else { &scores })
}

fn turn(place: &Place, peer: &Peer, figures: &mut Figures) -> io::Result<()> {
    if let Some(mut command) = place.time(peer) {
        let out = place.work.join("time");
        process::run(&mut command, &out)?;
        let said = fs::read_to_string(&out)?;
        let numbers: Vec<f64> = said.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        if let [converting, scoring] = numbers.as_slice() {
            figures.scoring.push([*converting, *scoring]);
        }
    }
    figures.whole.push(whole(place, peer, peer.whole)?);
    let slow = peer.kind == Kind::LibreOffice || matches!(peer.kind, Kind::Script(..));
    for _ in 0..if slow { 1 } else { COLD } {
        figures.cold.push(whole(place, peer, 1)?);
    }
    figures.thousand.push(whole(place, peer, 1000)?);
    io::stderr().flush()
}
