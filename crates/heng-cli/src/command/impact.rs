//! `heng impact`: the same departments under two rule sets.

use std::collections::BTreeMap;

use heng_batch::{
    Rules as Bench,
    impact::{Item, Job, book::book, compare, page::page, shares::Plan, text::text},
};
use heng_dsl::{
    Reading,
    diff::items::{Items, Programs},
};
use heng_model::Number;

use super::batch;
use crate::{
    args::ImpactArgs,
    exit::Exit,
    failure::Failure,
    feed::Feed,
    output,
    pack::{self, Pack, shown},
    rules::{self, Rules},
    session::Session,
    side::threads,
    wording,
};

/// Tells who gains and who loses, and by which change of the rules.
pub fn run(args: &ImpactArgs, session: &Session) -> Result<Exit, Failure> {
    let near = Number::parse_decimal(args.near.trim_end_matches('分')).filter(|near| !near.is_negative());
    let near = near.ok_or_else(|| Failure::general(Exit::Usage, wording::not_points(&args.near)))?;
    for path in args.html.iter().chain(&args.out) {
        output::keep(path, args.force)?;
    }
    let (old, new) = (Rules::read(&args.old, None)?, Rules::read(&args.new, None)?);
    rules::say_variants(&old, &new, session);
    let (items, plan, variants) = apart(&old.reading, &new.reading, args.seed)?;
    let (old, new) = (pack::of(old)?, pack::of(new)?);
    let sheet = Feed::data(&args.data, args.encoding, &new.program.schema, session)?.sheet()?;
    let job = Job {
        old: bench(&old),
        new: bench(&new),
        of: args.of.as_deref(),
        lines: args.line.clone(),
        items,
        plan,
        variants: &variants,
        threads: threads(args.threads),
    };
    let impact = compare(&job, &sheet, &args.key).map_err(batch::refused)?;
    session.print(&text(&impact, &near, session.lang));
    if let Some(path) = &args.html {
        let written = output::write_file(path, page(&impact, &near, session.lang).as_bytes())?;
        session.say(wording::page_written(&shown(&written)).get(session.lang));
    }
    if let Some(path) = &args.out {
        let bytes = book(&impact, &near, session.lang);
        let bytes =
            bytes.map_err(|error| Failure::general(Exit::Files, wording::no_workbook(path, &error.to_string())))?;
        let written = output::write_file(path, &bytes)?;
        session.say(wording::page_written(&shown(&written)).get(session.lang));
    }
    let open = impact.departments.iter().any(|one| one.change().is_none());
    Ok(match (impact.rejected(), open) {
        (1.., _) => Exit::Facts,
        (0, true) => Exit::Incomplete,
        (0, false) => Exit::Success,
    })
}

/// The changes of the rules, and the rules in which some of them are made.
fn apart(old: &Reading, new: &Reading, seed: u64) -> Result<(Vec<Item>, Plan, Programs), Failure> {
    let mut items = Items::new(old, new).map_err(|why| rules::refused(*why))?;
    let mut variants: BTreeMap<Vec<bool>, _> = items.settle(&mut |count| Plan::new(count, seed).choices());
    let plan = Plan::new(items.count(), seed);
    // With no change at all there is still the choice of none.
    variants.retain(|chosen, _| chosen.len() == plan.count);
    let items = items.items().into_iter().map(|item| Item { title: item.title, lines: item.lines }).collect();
    Ok((items, plan, variants))
}

fn bench(pack: &Pack) -> Bench<'_> {
    Bench { program: &pack.program, calendar: pack.calendar.as_ref(), scripts: &pack.scripts, peers: None }
}
