//! `heng batch`: a file of departments in, a file of scores out.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use heng_batch::{
    Chunker, Job, Rules, Streams, Summary, Table, Typed, line,
    overview::{Columns, Overview, book::book, page::page},
    run::{Columns as ByColumns, run},
    wording as words,
};
use heng_diag::Diagnostic;
use heng_model::Peers;

use crate::{
    args::{BatchArgs, EncodingArg},
    exit::Exit,
    failure::Failure,
    feed::{self, Feed},
    output,
    pack::{self, Pack, shown},
    part::{self, Checkpoint, Part},
    peers,
    session::Session,
    side::threads,
    wording,
};

/// How often the run says and notes how far it is.
const NOTE_EVERY: Duration = Duration::from_secs(2);

/// Scores every department of the file.
pub fn run_file(args: &BatchArgs, session: &Session) -> Result<Exit, Failure> {
    let pack = pack::load(&args.rules)?;
    let known = |found: &&Diagnostic| found.code != "peer/run";
    let warnings: Vec<Diagnostic> = pack.warnings.diagnostics.iter().filter(known).cloned().collect();
    session.report(&warnings, &pack.warnings.sources);
    let input = feed(args, &pack, session)?;
    for path in args.xlsx.iter().chain(&args.html) {
        output::keep(path, args.force)?;
    }
    let table = Table::new(&pack.program.schema, input.heads.clone(), &keys(args, &pack, &input)?).map_err(refused)?;
    if !table.unread.is_empty() {
        session.report(&[words::unread(&table.unread)], &heng_diag::Sources::new());
    }
    let outputs = Outputs::new(args, &pack)?;
    let peers = peers::of(&pack, &table, &input, args.threads);
    let peers = peers.map_err(|error| Failure::unreadable(&args.data, &error))?;
    if let Some(path) = &args.peers {
        peers::save(path, &pack, peers.as_ref(), args.force)?;
    }
    let job = job(args, session, &pack, &table, &input, peers.as_ref());
    let exit = outputs.fill(args, session, &job, &input)?;
    look(args, session, &job, &outputs)?;
    Ok(exit)
}

/// The columns that are carried over: the department's, and those that the overview reads.
fn keys(args: &BatchArgs, pack: &Pack, input: &Feed<'_>) -> Result<Vec<String>, Failure> {
    let more: Vec<&String> =
        args.by.iter().chain(&args.self_score).filter(|column| !args.key.contains(column)).collect();
    let mut keys = args.key.clone();
    if keys.is_empty() && !more.is_empty() {
        let heads: Vec<String> = input.heads.iter().filter(|head| !more.contains(head)).cloned().collect();
        let table = Table::new(&pack.program.schema, heads, &[]).map_err(refused)?;
        keys.extend(table.keys.iter().filter_map(|key| table.heads.get(*key)).cloned());
    }
    keys.extend(more.into_iter().cloned());
    Ok(keys)
}

/// Reads the scores again for what looks at all of them.
fn look(args: &BatchArgs, session: &Session, job: &Job<'_>, outputs: &Outputs) -> Result<(), Failure> {
    if args.xlsx.is_none() && args.html.is_none() && args.self_score.is_none() {
        return Ok(());
    }
    let program = job.rules.program;
    let scores = Feed::open(&outputs.scores, Some(EncodingArg::Utf8), &program.schema)?.sheet()?;
    let rejects = match outputs.rejects.is_file() {
        true => Feed::open(&outputs.rejects, Some(EncodingArg::Utf8), &program.schema)?.sheet()?.as_rejects(),
        false => Vec::new(),
    };
    let columns = Columns { keys: job.table.keys.len(), by: args.by.as_deref(), own: args.self_score.as_deref() };
    let overview = Overview::new(program, &scores, &columns, rejects);
    if args.self_score.is_some() {
        session.print(&heng_batch::wording::overview::own_list(&overview, session.lang));
    }
    if let Some(path) = &args.html {
        let written = output::write_file(path, page(&overview, session.lang).as_bytes())?;
        session.say(wording::page_written(&shown(&written)).get(session.lang));
    }
    if let Some(path) = &args.xlsx {
        let bytes = book(&overview, session.lang);
        let bytes =
            bytes.map_err(|error| Failure::general(Exit::Files, wording::no_workbook(path, &error.to_string())))?;
        let written = output::write_file(path, &bytes)?;
        session.say(wording::page_written(&shown(&written)).get(session.lang));
    }
    Ok(())
}

/// The data with the tables that stand beside them.
fn feed<'p>(args: &BatchArgs, pack: &'p Pack, session: &Session) -> Result<Feed<'p>, Failure> {
    Feed::joined((&args.data, &args.table), args.key.first(), args.encoding, &pack.program.schema, session)
}

fn job<'a>(
    args: &BatchArgs,
    session: &Session,
    pack: &'a Pack,
    table: &'a Table<'a>,
    input: &Feed<'_>,
    peers: Option<&'a Peers>,
) -> Job<'a> {
    let typed = Typed::new(&pack.program, &table.layout, table.heads.len(), &input.sample);
    let kernel = typed.kernel(&pack.program);
    let columns = (!args.scalar && peers.is_none() && kernel.is_of_use()).then_some(ByColumns { typed, kernel });
    let threads = threads(args.threads);
    Job {
        rules: Rules { program: &pack.program, calendar: pack.calendar.as_ref(), scripts: &pack.scripts, peers },
        table,
        file: shown(&args.data).into(),
        encoding: input.spelled(),
        lang: session.lang,
        places: args.places,
        threads,
        columns,
    }
}

/// What was found wrong with the data.
pub(super) fn refused(diagnostics: Vec<Diagnostic>) -> Failure {
    Failure { exit: Exit::Facts, diagnostics, sources: heng_diag::Sources::new() }
}

/// The files that are written.
struct Outputs {
    scores: PathBuf,
    rejects: PathBuf,
    fingerprint: u64,
}

impl Outputs {
    fn new(args: &BatchArgs, pack: &Pack) -> Result<Outputs, Failure> {
        let scores = args.out.clone();
        match feed::ending(&scores).as_str() {
            "parquet" if !cfg!(feature = "parquet") => {
                return Err(Failure::general(Exit::Usage, wording::no_parquet(&scores)));
            }
            "xlsx" | "xlsm" | "xls" | "arrow" | "arrows" | "ipc" | "feather" | "ndjson" | "jsonl" | "json" | "html" => {
                return Err(Failure::general(Exit::Usage, wording::no_such_output(&scores)));
            }
            _ => {}
        }
        let rejects = args.rejects.clone().unwrap_or_else(|| {
            let stem = scores.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            scores.with_file_name(format!("{stem}.rejects.csv"))
        });
        for path in [&scores, &rejects] {
            if !args.force && path.is_file() {
                return Err(Failure::general(Exit::Files, wording::exists(path)));
            }
        }
        let mut hasher = DefaultHasher::new();
        format!("{:?}", pack.program).hash(&mut hasher);
        (&args.data, &args.key, args.places, &args.by, &args.self_score, &args.table).hash(&mut hasher);
        for path in args.table.iter().map(|(_, path)| path).chain([&args.data]) {
            std::fs::metadata(path).map(|known| known.len()).unwrap_or(0).hash(&mut hasher);
        }
        Ok(Outputs { scores, rejects, fingerprint: hasher.finish() })
    }

    /// The note to go on from.
    fn known(&self, args: &BatchArgs) -> Result<Option<Checkpoint>, Failure> {
        if !args.resume {
            return Ok(None);
        }
        match part::read_note(&self.scores) {
            Some(note) if note.fingerprint == self.fingerprint => Ok(Some(note)),
            Some(_) => Err(Failure::general(Exit::Usage, wording::other_run(&self.scores))),
            None => Ok(None),
        }
    }

    fn fill(&self, args: &BatchArgs, session: &Session, job: &Job<'_>, input: &Feed<'_>) -> Result<Exit, Failure> {
        let unwritable =
            |path: &Path, error: io::Error| Failure::general(Exit::Files, wording::unwritable(path, &error));
        let known = self.known(args)?;
        let length = |place: usize| known.as_ref().and_then(|note| note.lengths.get(place).copied());
        let mut scores = Part::open(&self.scores, length(0)).map_err(|error| unwritable(&self.scores, error))?;
        let mut rejects = Part::open(&self.rejects, length(1)).map_err(|error| unwritable(&self.rejects, error))?;
        let written = self.stream(session, job, input, known, (&mut scores, &mut rejects));
        let finished = written.and_then(|summary| scores.flush().and(rejects.flush()).map(|()| summary));
        let summary = match finished {
            Ok(summary) => summary,
            Err(error) => {
                let _ = std::fs::remove_file(part::note(&self.scores));
                scores.discard();
                rejects.discard();
                return Err(unwritable(&self.scores, error));
            }
        };
        if summary.rejected > 0 {
            rejects.finish().map_err(|error| unwritable(&self.rejects, error))?;
        } else {
            rejects.discard();
        }
        let keys = job.table.keys.len();
        let finished = self.finish(scores, keys);
        let _ = std::fs::remove_file(part::note(&self.scores));
        finished.map_err(|error| unwritable(&self.scores, error))?;
        session.say(wording::batch_done(&summary, &shown(&self.scores), &shown(&self.rejects)).get(session.lang));
        Ok(exit_of(&summary))
    }

    /// Moves the scores into their place, as Parquet where the name ends so.
    fn finish(&self, scores: Part, _keys: usize) -> io::Result<()> {
        #[cfg(feature = "parquet")]
        if feed::ending(&self.scores) == "parquet" {
            return scores.finish_as(|text, out| {
                heng_batch::columnar::write(_keys, || std::fs::File::open(text), io::BufWriter::new(out))
            });
        }
        scores.finish()
    }

    fn stream(
        &self,
        session: &Session,
        job: &Job<'_>,
        input: &Feed<'_>,
        known: Option<Checkpoint>,
        (scores, rejects): (&mut Part, &mut Part),
    ) -> io::Result<Summary> {
        let (offset, line) = known.as_ref().map_or(input.start, |note| (note.offset, note.line));
        let summary = known.map_or_else(Summary::default, |note| {
            let [scored, open, rejected, by_columns] = note.counts;
            Summary { scored, open, rejected, by_columns }
        });
        if scores.length() == 0 {
            let mut heads = Vec::new();
            let keys = job.table.keys.iter().filter_map(|key| job.table.heads.get(*key));
            line::push_heads(&mut heads, job.rules.program, keys.map(String::as_str), job.lang);
            scores.write_all(&heads)?;
            rejects.write_all(words::REJECT_HEADS.get(job.lang).as_bytes())?;
        }
        let mut chunker = Chunker::new(input.reader(offset)?, line, offset, true);
        let mut meter = Meter::new(session, input.length);
        let (mut scores, mut rejects) = (Shared::new(scores), Shared::new(rejects));
        let (one, two) = (scores.handle(), rejects.handle());
        let mut streams = Streams { scores: &mut scores, rejects: &mut rejects };
        run(
            job,
            &mut chunker,
            &mut streams,
            |summary, position| {
                if !meter.due(position.0, &summary) {
                    return Ok(());
                }
                self.note(&summary, position, &[one.flushed()?, two.flushed()?])
            },
            summary,
        )
    }

    fn note(&self, summary: &Summary, (offset, line): (u64, u64), lengths: &[u64]) -> io::Result<()> {
        if !self.scores.is_file() && self.scores.exists() {
            return Ok(());
        }
        let counts = [summary.scored, summary.open, summary.rejected, summary.by_columns];
        let checkpoint = Checkpoint { fingerprint: self.fingerprint, offset, line, lengths: lengths.to_vec(), counts };
        part::write_note(&self.scores, &checkpoint)
    }
}

/// A part that the run writes to and the note asks for its length.
struct Shared<'p>(std::rc::Rc<std::cell::RefCell<&'p mut Part>>);

impl<'p> Shared<'p> {
    fn new(part: &'p mut Part) -> Shared<'p> {
        Shared(std::rc::Rc::new(std::cell::RefCell::new(part)))
    }

    fn handle(&self) -> Shared<'p> {
        Shared(std::rc::Rc::clone(&self.0))
    }

    fn flushed(&self) -> io::Result<u64> {
        let mut part = self.0.borrow_mut();
        part.flush()?;
        Ok(part.length())
    }
}

impl Write for Shared<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().flush()
    }
}

/// Says how far a run is, on a terminal.
struct Meter<'s> {
    last: Instant,
    length: u64,
    session: &'s Session,
}

impl Meter<'_> {
    fn new(session: &Session, length: u64) -> Meter<'_> {
        Meter { last: Instant::now(), length, session }
    }

    fn due(&mut self, offset: u64, summary: &Summary) -> bool {
        if self.last.elapsed() < NOTE_EVERY {
            return false;
        }
        self.last = Instant::now();
        if io::stderr().is_terminal() {
            let percent = offset.saturating_mul(100).checked_div(self.length).unwrap_or(100).min(100);
            self.session.progress(wording::batch_progress(percent, summary).get(self.session.lang));
        }
        true
    }
}

fn exit_of(summary: &Summary) -> Exit {
    match (summary.rejected, summary.open) {
        (1.., _) => Exit::Facts,
        (0, 1..) => Exit::Incomplete,
        (0, 0) => Exit::Success,
    }
}
