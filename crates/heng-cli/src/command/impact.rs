//! `heng impact`: the same departments under two rule sets.

use std::io::{Seek, SeekFrom};

use heng_batch::{
    Chunker, Rules, Table,
    impact::{Side, compare, page::page, text::text},
};
use heng_diag::Sources;
use heng_model::Number;

use super::batch::Input;
use crate::{
    args::ImpactArgs,
    exit::Exit,
    failure::Failure,
    output,
    pack::{self, Pack, shown},
    session::Session,
    wording,
};

/// Tells who gains and who loses, and by which indicator.
pub fn run(args: &ImpactArgs, session: &Session) -> Result<Exit, Failure> {
    let near = Number::parse_decimal(&args.near).filter(|near| !near.is_negative());
    let near = near.ok_or_else(|| Failure::general(Exit::Usage, wording::not_points(&args.near)))?;
    if let Some(path) = &args.html {
        output::keep(path, args.force)?;
    }
    let (old, new) = (pack::load(&args.old)?, pack::load(&args.new)?);
    let mut input = Input::open(&args.data, args.encoding)?;
    let before = Table::new(&old.program.schema, input.heads.clone(), &args.key).map_err(refused)?;
    let after = Table::new(&new.program.schema, input.heads.clone(), &args.key).map_err(refused)?;
    let (offset, line) = input.start;
    let unreadable = |error| Failure::unreadable(&args.data, &error);
    input.file.seek(SeekFrom::Start(offset)).map_err(unreadable)?;
    let mut chunker = Chunker::new(&input.file, line, offset, true);
    let (old, new) = (side(&old, &before), side(&new, &after));
    let impact = compare(old, new, input.encoding, &mut chunker).map_err(unreadable)?;
    session.print(&text(&impact, &near, session.lang));
    if let Some(path) = &args.html {
        let written = output::write_file(path, page(&impact, &near, session.lang).as_bytes())?;
        session.say(wording::page_written(&shown(&written)).get(session.lang));
    }
    let open = impact.departments.iter().any(|one| one.change().is_none());
    Ok(match (impact.rejected, open) {
        (1.., _) => Exit::Facts,
        (0, true) => Exit::Incomplete,
        (0, false) => Exit::Success,
    })
}

fn side<'a>(pack: &'a Pack, table: &'a Table<'a>) -> Side<'a> {
    let rules = Rules { program: &pack.program, calendar: pack.calendar.as_ref(), scripts: &pack.scripts };
    Side { rules, table }
}

fn refused(diagnostics: Vec<heng_diag::Diagnostic>) -> Failure {
    Failure { exit: Exit::Facts, diagnostics, sources: Sources::new() }
}
