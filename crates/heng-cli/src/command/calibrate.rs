//! `heng calibrate`: which line gives a stated share.

use heng_batch::{
    Rules,
    calibrate::lines,
    totals::{read, score},
    wording::sensitivity as words,
};
use heng_model::Number;

use super::batch;
use crate::{
    args::CalibrateArgs, exit::Exit, failure::Failure, feed::Feed, pack, pack::shown, session::Session, side::threads,
};

/// Says which lines give the shares that are asked for.
pub fn run(args: &CalibrateArgs, session: &Session) -> Result<Exit, Failure> {
    let pack = pack::load(&args.rules)?;
    let rules = Rules { program: &pack.program, calendar: pack.calendar.as_ref(), scripts: &pack.scripts, peers: None };
    let sheet = Feed::data(&args.data, args.encoding, &pack.program.schema, session)?.sheet()?;
    let (reads, rejects) = read(rules, &sheet, &args.key).map_err(batch::refused)?;
    let scored = score(rules, &reads, threads(args.threads));
    let totals: Vec<Number> = scored.iter().filter_map(|one| one.total().cloned()).collect();
    if totals.is_empty() {
        return Err(Failure::general(Exit::Incomplete, words::nothing_decided().located(shown(&args.data))));
    }
    let open = reads.len() - totals.len() + rejects.len();
    session.print(&words::lines(&lines(&totals, &args.share), totals.len(), open, session.lang));
    Ok(match (rejects.is_empty(), open) {
        (false, _) => Exit::Facts,
        (true, 1..) => Exit::Incomplete,
        (true, 0) => Exit::Success,
    })
}
