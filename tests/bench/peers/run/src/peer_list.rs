//! The peers: how each is started, how many departments each is given.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::same::Layout;

/// A peer.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// Its name in the tables.
    pub name: &'static str,
    /// How it is started.
    pub kind: Kind,
    /// What its numbers are.
    pub numbers: &'static str,
    /// How many departments are in memory when scoring alone is timed; nought if it cannot be.
    pub timed: u64,
    /// How many departments a whole run reads and writes.
    pub whole: u64,
}

/// How a peer is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `heng batch` for a whole run, `heng-bench time` for scoring alone.
    Heng,
    /// `heng batch` on a workbook.
    HengBook,
    /// A program of this workspace.
    Program(&'static str),
    /// A script, and the language of its rules.
    Script(&'static str, &'static str),
    /// LibreOffice on a workbook with formulas.
    LibreOffice,
}

/// All of them. The first is heng, the second what all are held against.
pub const PEERS: [Peer; 13] = [
    peer("heng", Kind::Heng, "exact", 1_000_000, 1_000_000),
    peer("B, by columns by hand", Kind::Program("peer-b"), "exact", 1_000_000, 1_000_000),
    peer("polars", Kind::Script("polars_peer.py", "polars"), "doubles", 1_000_000, 1_000_000),
    peer("polars, 100k", Kind::Script("polars_peer.py", "polars"), "doubles", 100_000, 100_000),
    peer("A, rust_decimal by hand", Kind::Program("peer-a"), "exact", 100_000, 100_000),
    peer("OpenFisca", Kind::Script("openfisca_peer.py", "numpy"), "doubles", 100_000, 100_000),
    peer("zen-expression", Kind::Program("peer-zen-expression"), "exact", 20_000, 20_000),
    peer("zen-engine", Kind::Program("peer-zen-engine"), "exact", 5_000, 5_000),
    peer("rhai", Kind::Program("peer-rhai"), "exact", 10_000, 10_000),
    peer("cel", Kind::Program("peer-cel"), "doubles", 10_000, 10_000),
    peer("regorus", Kind::Program("peer-rego"), "doubles", 5_000, 5_000),
    peer("heng, workbook", Kind::HengBook, "exact", 0, 10_000),
    peer("LibreOffice, workbook", Kind::LibreOffice, "doubles", 0, 10_000),
];

const fn peer(name: &'static str, kind: Kind, numbers: &'static str, timed: u64, whole: u64) -> Peer {
    Peer { name, kind, numbers, timed, whole }
}

/// Where everything is.
#[derive(Clone, Debug)]
pub struct Place {
    /// The repository.
    pub root: PathBuf,
    /// Where data and outputs go.
    pub work: PathBuf,
}

impl Place {
    /// A program of heng.
    pub fn heng(&self, name: &str) -> PathBuf {
        self.root.join("target/release").join(name)
    }

    /// The reference rules.
    pub fn rules(&self) -> PathBuf {
        self.root.join("tests/bench/rules/reference.heng")
    }

    /// So many departments.
    pub fn data(&self, count: u64, ending: &str) -> PathBuf {
        self.work.join(format!("d{count}.{ending}"))
    }

    /// Where a peer leaves what comes out.
    pub fn out(&self, peer: &Peer) -> PathBuf {
        let name: String = peer.name.chars().filter(char::is_ascii_alphanumeric).collect();
        self.work.join(format!("out-{name}"))
    }

    fn beside(&self, name: &str) -> PathBuf {
        std::env::current_exe().unwrap_or_default().with_file_name(name)
    }

    fn script(&self, file: &str, language: &str, way: &str, data: &Path) -> Command {
        let mut command = Command::new(self.work.join("venv/bin/python"));
        command.arg(self.root.join("tests/bench/peers/py").join(file)).arg(way);
        command.arg(self.work.join(format!("rules.{language}"))).arg(data);
        for threads in ["POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_MAX_THREADS"] {
            command.env(threads, "1");
        }
        command
    }

    /// The command of a whole run over so many departments. Scores go to standard output, or to [`Place::scores`].
    pub fn whole(&self, peer: &Peer, count: u64) -> Command {
        let csv = self.data(count, "csv");
        match peer.kind {
            Kind::Heng | Kind::HengBook => {
                let data = if peer.kind == Kind::Heng { csv } else { self.data(count, "xlsx") };
                let mut command = Command::new(self.heng("heng"));
                command.arg("batch").arg(self.rules()).arg(data).arg("--out").arg(self.scores(peer, count));
                command.args(["--force", "--threads", "1", "--format", "short"]);
                command
            }
            Kind::Program(name) => {
                let mut command = Command::new(self.beside(name));
                command.arg("whole").arg(csv);
                command
            }
            Kind::Script(file, language) => self.script(file, language, "whole", &csv),
            Kind::LibreOffice => {
                let profile = format!("-env:UserInstallation=file://{}", self.work.join("office").display());
                let mut command = Command::new("soffice");
                // Commas, quotes, UTF-8.
                let form = "csv:Text - txt - csv (StarCalc):44,34,76,1";
                command.arg(profile).args(["--headless", "--convert-to", form, "--outdir"]);
                command.arg(&self.work).arg(self.data(count, "formulas.xlsx"));
                command
            }
        }
    }

    /// The command that times scoring alone, for one round.
    pub fn time(&self, peer: &Peer) -> Option<Command> {
        let csv = self.data(peer.timed, "csv");
        match peer.kind {
            Kind::Heng => {
                let mut command = Command::new(self.heng("heng-bench"));
                command.arg("time").arg(csv);
                Some(command)
            }
            Kind::Program(name) => {
                let mut command = Command::new(self.beside(name));
                command.arg("time").arg(csv).arg("1");
                Some(command)
            }
            Kind::Script(file, language) => {
                let mut command = self.script(file, language, "time", &csv);
                command.arg("1");
                Some(command)
            }
            Kind::HengBook | Kind::LibreOffice => None,
        }
    }

    /// Where the scores of a whole run are, and how they are laid out.
    pub fn scores(&self, peer: &Peer, count: u64) -> PathBuf {
        match peer.kind {
            Kind::LibreOffice => self.data(count, "formulas.csv"),
            _ => self.out(peer),
        }
    }

    /// How its scores are laid out.
    pub fn layout(peer: &Peer) -> Layout {
        match peer.kind {
            Kind::Heng | Kind::HengBook => Layout::Heng,
            Kind::LibreOffice => Layout::Book,
            _ => Layout::Bare,
        }
    }
}
