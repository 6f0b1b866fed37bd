//! `heng sensitivity`: which ranks and grades hang on the numbers of the rules.

use heng_batch::{
    Rules,
    sensitivity::{Plan, vary},
    totals::read,
    wording::sensitivity as words,
};
use heng_model::Number;

use super::batch;
use crate::{
    args::SensitivityArgs, exit::Exit, failure::Failure, feed::Feed, output, pack, pack::shown, session::Session,
    side::threads, wording,
};

/// Varies the rules and says what is solid.
pub fn run(args: &SensitivityArgs, session: &Session) -> Result<Exit, Failure> {
    if let Some(path) = &args.out {
        output::keep(path, args.force)?;
    }
    let pack = pack::load(&args.rules)?;
    let rules = Rules { program: &pack.program, calendar: pack.calendar.as_ref(), scripts: &pack.scripts, peers: None };
    let sheet = Feed::data(&args.data, args.encoding, &pack.program.schema, session)?.sheet()?;
    let (reads, rejects) = read(rules, &sheet, &args.key).map_err(batch::refused)?;
    let plan = Plan {
        points: args.points.clone(),
        rounds: args.rounds,
        seed: args.seed,
        step: args.step.clone(),
        threads: threads(args.threads),
    };
    let found = vary(rules, &reads, &plan);
    if found.departments.is_empty() {
        return Err(Failure::general(Exit::Incomplete, words::nothing_decided().located(shown(&args.data))));
    }
    session.print(&words::story(&found, rejects.len(), session.lang));
    if let Some(path) = &args.out {
        let mut csv = words::COLUMNS.get(session.lang).as_bytes().to_vec();
        for one in &found.departments {
            let others: Vec<&str> = one.others.iter().map(|grade| &**grade).collect();
            let numbers = [one.place, one.range.0, one.range.1].map(|place| place.to_string());
            let [place, best, worst] = &numbers;
            let total = decimal(&one.total);
            let cells =
                [&one.key, &total, place, best, worst, one.grade.as_deref().unwrap_or_default(), &others.join(" ")];
            for (at, cell) in cells.iter().enumerate() {
                if at > 0 {
                    csv.push(b',');
                }
                heng_batch::record::push_cell(&mut csv, cell);
            }
            csv.push(b'\n');
        }
        let written = output::write_file(path, &csv)?;
        session.say(wording::page_written(&shown(&written)).get(session.lang));
    }
    Ok(if rejects.is_empty() { if found.open > 0 { Exit::Incomplete } else { Exit::Success } } else { Exit::Facts })
}

fn decimal(number: &Number) -> String {
    number.decimal_text().unwrap_or_else(|| number.fixed(6, heng_model::Rounding::HalfUp))
}
