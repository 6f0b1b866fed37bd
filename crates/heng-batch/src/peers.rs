//! The first pass of a run in which units are scored among each other: what each gives, and nothing
//! else of it, is kept.

use std::{
    io::{self, Read},
    thread,
};

use heng_eval::{Context, peer};
use heng_model::{ExprId, Facts, Name, Peers, peer::Given};

use crate::{
    chunk::{Chunk, Chunker},
    record::{Encoding, cells, records},
    run::Rules,
    side::by_side,
    table::Table,
};

/// What is read for the peers.
pub struct Survey<'a> {
    /// The rules, with the peers of the layers before.
    pub rules: Rules<'a>,
    /// The columns of the file.
    pub table: &'a Table<'a>,
    /// Its encoding.
    pub encoding: Encoding,
    /// How many threads read.
    pub threads: usize,
}

/// What one unit gives to each place of a layer.
type Units = Vec<(ExprId, Given)>;

/// What all units give to each other, of units that are in memory; none where the rules score every unit by itself.
#[must_use]
pub fn among(rules: Rules<'_>, units: &[&Facts], threads: usize) -> Option<Peers> {
    if !rules.program.needs_peers() {
        return None;
    }
    let Rules { program, calendar, scripts, .. } = rules;
    let mut peers = Peers::default();
    for places in peer::layers(program) {
        let known = &peers;
        let given = by_side(units, threads, |unit| -> Units {
            let given = peer::given(program, unit, &Context { calendar, scripts }, known, &places);
            places.iter().copied().zip(given).collect()
        });
        let mut layer = Peers::default();
        given.into_iter().flatten().for_each(|(place, given)| layer.add(place, given));
        layer.seal();
        peers.absorb(layer);
    }
    Some(peers)
}

impl Survey<'_> {
    /// What every unit gives to the places of one layer. A row that cannot be read is set aside in the
    /// second pass and is nobody's peer.
    ///
    /// # Errors
    /// What the stream says.
    pub fn layer<R: Read>(&self, places: &[ExprId], chunker: &mut Chunker<R>) -> io::Result<Peers> {
        let mut peers = Peers::default();
        let threads = self.threads.max(1);
        loop {
            let mut chunks = Vec::new();
            while chunks.len() < threads
                && let Some(chunk) = chunker.next_chunk()?
            {
                chunks.push(chunk);
            }
            if chunks.is_empty() {
                peers.seal();
                return Ok(peers);
            }
            let mut found: Vec<Units> = chunks.iter().map(|_| Units::new()).collect();
            thread::scope(|scope| {
                for (chunk, found) in chunks.iter().zip(&mut found) {
                    scope.spawn(move || self.chunk(chunk, places, found));
                }
            });
            found.into_iter().flatten().for_each(|(place, given)| peers.add(place, given));
        }
    }

    fn chunk(&self, chunk: &Chunk, places: &[ExprId], found: &mut Units) {
        if chunk.broken {
            return;
        }
        for (_, record) in records(&chunk.bytes, true) {
            found.extend(self.record(record, places).into_iter().flatten());
        }
    }

    fn record(&self, record: &[u8], places: &[ExprId]) -> Option<Units> {
        let Rules { program, calendar, scripts, peers } = self.rules;
        let record = self.encoding.text(record)?;
        let mut row = Vec::new();
        cells(&record, &mut row)?;
        if row.len() != self.table.heads.len() {
            return None;
        }
        let facts = self.table.layout.facts(&Name::from(""), 0, &row).ok()?;
        let nobody = Peers::default();
        let known = peers.unwrap_or(&nobody);
        let given = peer::given(program, &facts, &Context { calendar, scripts }, known, places);
        Some(places.iter().copied().zip(given).collect())
    }
}
