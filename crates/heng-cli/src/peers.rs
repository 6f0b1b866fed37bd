//! The values of all units of a run, where rules score units among each other: gathered from the data
//! of a run, and kept in a file, so that one unit can be scored and explained among them later.

use std::{io, path::Path};

use heng_batch::{Chunker, Rules, Survey, Table};
use heng_data::wire::{Input as Read, InputKind};
use heng_eval::peer::layers;
use heng_model::Peers;
use serde::{Deserialize, Serialize};

use crate::{
    exit::Exit,
    failure::Failure,
    feed::Feed,
    output,
    pack::{Pack, read_text, shown},
    side::threads,
    wording,
};

/// The file of peers.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    /// What the file is.
    format: String,
    /// The hashes of the rules for which the values were gathered.
    rules: Vec<String>,
    /// The values.
    peers: Peers,
}

const FORMAT: &str = "heng-peers-1";

/// Reads the data once for each layer of what units give to each other; none where the rules score
/// every unit by itself.
pub fn of(pack: &Pack, table: &Table<'_>, input: &Feed<'_>, asked: Option<usize>) -> io::Result<Option<Peers>> {
    if !pack.program.needs_peers() {
        return Ok(None);
    }
    let mut peers = Peers::default();
    for layer in layers(&pack.program) {
        let (offset, line) = input.start;
        let mut chunker = Chunker::new(input.reader(offset)?, line, offset, true);
        let rules = Rules {
            program: &pack.program,
            calendar: pack.calendar.as_ref(),
            scripts: &pack.scripts,
            peers: Some(&peers),
        };
        let survey = Survey { rules, table, encoding: input.spelled(), threads: threads(asked) };
        let found = survey.layer(&layer, &mut chunker)?;
        peers.absorb(found);
    }
    Ok(Some(peers))
}

/// Writes the peers of a run.
pub fn save(path: &Path, pack: &Pack, peers: Option<&Peers>, force: bool) -> Result<(), Failure> {
    let Some(peers) = peers else { return Err(Failure::general(Exit::Usage, wording::no_peers_asked())) };
    output::keep(path, force)?;
    let stored = Stored { format: FORMAT.to_owned(), rules: hashes(pack), peers: peers.clone() };
    let mut text = serde_json::to_string(&stored).unwrap_or_default();
    text.push('\n');
    output::write_file(path, text.as_bytes()).map(drop)
}

/// Reads the peers of a run, held to the rules that gathered them, and what was read.
pub fn read(path: &Path, name: &Path, pack: &Pack) -> Result<(Peers, Read), Failure> {
    let text = read_text(path)?;
    let bad = |zh: &str, en: &str| Failure::general(Exit::Facts, wording::bad_peers(path, zh, en));
    let stored: Stored = serde_json::from_str(&text)
        .map_err(|_| bad("不是 heng batch --peers 写的文件", "it was not written by heng batch --peers"))?;
    if stored.format != FORMAT {
        return Err(bad("不是这一版的格式", "it is of another version"));
    }
    if stored.rules != hashes(pack) {
        return Err(bad("它是用别的规则算的", "it was computed with other rules"));
    }
    let mut peers = stored.peers;
    peers.seal();
    Ok((peers, Read::of(InputKind::Facts, shown(name), text.as_bytes())))
}

fn hashes(pack: &Pack) -> Vec<String> {
    let decides = |input: &&Read| input.kind != InputKind::Pack;
    pack.inputs.iter().filter(decides).map(|input| input.sha256.clone()).collect()
}
