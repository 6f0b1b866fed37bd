//! Runs heng and its peers in turn, compares what they say, prints the figures.
//!
//! `peer-run say polars|numpy|rhai|cel|zen|rego` prints the rules in a language; `peer-run book DATA.csv OUT.xlsx [formulas]`
//! writes a workbook; `peer-run all ROUNDS DIRECTORY` measures.

mod book;
mod measure;
mod peer_list;
mod process;
mod report;
mod same;

use peer::tongue::{self, Tongue};

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["say", language] => {
            print!("{}", said(language));
            Ok(())
        }
        ["book", data, out] => book::write(data, out, false),
        ["book", data, out, "formulas"] => book::write(data, out, true),
        ["all", rounds, directory] => measure::all(rounds.parse().unwrap_or(3), directory.as_ref()),
        _ => {
            eprintln!("peer-run say LANGUAGE | book DATA.csv OUT.xlsx [formulas] | all ROUNDS DIRECTORY");
            std::process::exit(2)
        }
    }
}

/// The rules in a language.
fn said(language: &str) -> String {
    let lines =
        |columns: Vec<(String, String)>| columns.iter().map(|(name, text)| format!("{name}\t{text}\n")).collect();
    match language {
        "polars" => lines(tongue::Polars.columns(&|name| format!("col('{name}')"))),
        "numpy" => lines(tongue::Numpy.columns(&str::to_owned)),
        "cel" => lines(tongue::Cel.columns(&str::to_owned)),
        "zen" => lines(tongue::Zen.columns(&|name| format!("$.{name}"))),
        "rhai" => tongue::rhai(),
        "rego" => tongue::rego(),
        _ => String::new(),
    }
}
