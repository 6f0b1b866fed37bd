//! One department out of a file of many: found by its key, read and scored with every step.

use std::{io, path::Path};

use heng_batch::{Chunker, Table, record, source, wording as words};
use heng_data::{
    Reading, Refused,
    wire::{Input, InputKind},
};
use heng_diag::{Diagnostic, Sources};
use heng_model::{Facts, Name, facts::Subject};

use crate::{
    args::DepartmentArgs,
    case::{self, Case},
    exit::Exit,
    failure::Failure,
    feed::Feed,
    pack::{self, Pack, shown},
    peers,
    session::Session,
    wording,
};

/// The row of a department.
struct Row {
    line: u64,
    cells: Vec<String>,
}

/// Scores the one department of the file that goes by this key.
pub fn score(rules: &Path, args: &DepartmentArgs, session: &Session) -> Result<Case, Failure> {
    let (Some(data), Some(name)) = (&args.data, &args.department) else {
        return Err(Failure::general(Exit::Usage, wording::data_and_department()));
    };
    let mut pack = pack::load(rules)?;
    let (facts, row, gathered) = {
        let (files, key) = ((data.as_path(), args.table.as_slice()), args.key.first());
        let input = Feed::joined(files, key, args.encoding, &pack.program.schema, session)?;
        let refused = |diagnostics| Failure { exit: Exit::Facts, diagnostics, sources: Sources::new() };
        let table = Table::new(&pack.program.schema, input.heads.clone(), &args.key).map_err(refused)?;
        let unreadable = |error: io::Error| Failure::unreadable(data, &error);
        let row = find(&input, &table, name).map_err(unreadable)?;
        let row = one(row, &table, name).map_err(|found| Failure::general(Exit::Usage, found.located(shown(data))))?;
        let facts = facts(&table, &row, &shown(data))?;
        (facts, row, peers::of(&pack, &table, &input, None).map_err(unreadable)?)
    };
    pack.peers = gathered;
    Ok(scored(pack, facts, name, &row))
}

/// The rows that carry the name, as the whole key or as one of its columns.
fn find(input: &Feed<'_>, table: &Table<'_>, name: &str) -> io::Result<Vec<Row>> {
    let (offset, line) = input.start;
    let mut chunker = Chunker::new(input.reader(offset)?, line, offset, true);
    let (encoding, mut found) = (input.spelled(), Vec::new());
    while let Some(chunk) = chunker.next_chunk()? {
        for (line, bytes) in record::records(&chunk.bytes, true) {
            let Some(text) = encoding.text(bytes) else { continue };
            let mut cells = Vec::new();
            if source::broken(&text).is_some() || record::cells(&text, &mut cells).is_none() {
                continue;
            }
            let is_one = |key: &usize| cells.get(*key).is_some_and(|cell| cell.trim() == name);
            if table.key(&cells).trim() == name || table.keys.iter().any(is_one) {
                let cells = cells.iter().map(|cell| cell.clone().into_owned()).collect();
                found.push(Row { line: chunk.line + line, cells });
            }
        }
    }
    Ok(found)
}

/// The one row that was meant.
fn one(mut found: Vec<Row>, table: &Table<'_>, name: &str) -> Result<Row, Box<Diagnostic>> {
    let heads = || table.keys.iter().filter_map(|key| table.heads.get(*key)).cloned().collect::<Vec<_>>();
    match (found.len(), found.pop()) {
        (1, Some(row)) => Ok(row),
        (0, _) | (_, None) => Err(Box::new(wording::no_department(name, &heads()))),
        (_, Some(last)) => {
            found.push(last);
            Err(Box::new(wording::many_departments(name, &found.iter().map(|row| row.line).collect::<Vec<_>>())))
        }
    }
}

fn facts(table: &Table<'_>, row: &Row, file: &str) -> Result<Facts, Failure> {
    let refused = |refused: Vec<Refused>| {
        let diagnostics = refused.into_iter().map(|one| {
            let head = one.column.and_then(|column| table.heads.get(column)).map_or("", String::as_str);
            wording::row_refused(row.line, head, &one.reason, &one.value).located(file)
        });
        Failure { exit: Exit::Facts, diagnostics: diagnostics.collect(), sources: Sources::new() }
    };
    if row.cells.len() != table.heads.len() {
        let reason = words::wrong_width(row.cells.len(), table.heads.len());
        return Err(refused(vec![Refused { column: None, reason, value: String::new() }]));
    }
    let line = u32::try_from(row.line).unwrap_or(u32::MAX);
    table.layout.facts(&Name::from(file), line, &row.cells).map_err(refused)
}

fn scored(pack: Pack, facts: Facts, name: &str, row: &Row) -> Case {
    let mut inputs = pack.inputs.clone();
    inputs.push(Input::of(InputKind::Facts, name, row.cells.join(",").as_bytes()));
    let subject = Subject { name: Name::from(name), filled: None };
    let reading = Reading { facts, subject, sources: Sources::new(), diagnostics: Vec::new() };
    let scorecard = case::evaluated(&pack, &reading, &pack.scripts);
    case::with_receipt(pack, reading, scorecard, inputs)
}
