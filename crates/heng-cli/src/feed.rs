//! A file of departments in any format, opened: by its ending, or a folder of workbooks.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use heng_batch::{
    Chunker,
    record::{self, Encoding},
    rows::Sheet,
    source::{Csv, Source, folder, join, ndjson, sheet},
    wording as words,
};
use heng_data::{SheetTexts, read_sheet_texts};
use heng_diag::{Diagnostic, Sources};
use heng_model::Schema;

use crate::{args::EncodingArg, exit::Exit, failure::Failure, pack::shown, session::Session, wording};

/// How many bytes show how numbers are written.
const SAMPLE: u64 = 256 << 10;

/// How a file is read.
enum Format {
    Csv,
    Ndjson,
    Sheet(SheetTexts),
    Folder(Vec<PathBuf>),
    #[cfg(feature = "parquet")]
    Parquet,
    #[cfg(feature = "parquet")]
    Arrow,
}

/// A file of departments behind its heads.
pub struct Feed<'s> {
    path: PathBuf,
    format: Format,
    schema: &'s Schema,
    /// Files of tables, joined to it.
    tables: Vec<join::Joined>,
    /// The column by which they are.
    key: usize,
    /// The name of the last file of a table, for what it holds too much.
    table_file: String,
    /// How long the file is.
    pub length: u64,
    /// The heads.
    pub heads: Vec<String>,
    /// How characters are spelled.
    pub encoding: Encoding,
    /// The byte and the line at which the departments begin, in what [`Feed::reader`] gives.
    pub start: (u64, u64),
    /// The first rows, to see how they are written.
    pub sample: String,
    /// What is to be said of the file beside its rows.
    pub notes: Vec<Diagnostic>,
}

impl<'s> Feed<'s> {
    /// Opens a file or a folder; the workbooks of a folder are read under `schema`.
    pub fn open(path: &Path, encoding: Option<EncodingArg>, schema: &'s Schema) -> Result<Feed<'s>, Failure> {
        let unreadable = |error: io::Error| Failure::unreadable(path, &error);
        let mut format = format(path)?;
        let notes = match &mut format {
            Format::Sheet(texts) => std::mem::take(&mut texts.notes),
            _ => Vec::new(),
        };
        let length = std::fs::metadata(path).map_err(unreadable)?.len();
        let mut feed = Feed {
            path: path.to_owned(),
            format,
            schema,
            tables: Vec::new(),
            key: 0,
            table_file: String::new(),
            length,
            heads: Vec::new(),
            encoding: Encoding::Utf8,
            start: (0, 1),
            sample: String::new(),
            notes,
        };
        match feed.format {
            Format::Csv => feed.open_csv(encoding)?,
            _ => feed.open_other().map_err(unreadable)?,
        }
        if feed.heads.is_empty() {
            return Err(Failure::general(Exit::Facts, words::empty().located(shown(path))));
        }
        Ok(feed)
    }

    /// Opens a file of data and says what is to be said of it: where its columns have types, each must be able
    /// to hold its datum.
    pub fn data(
        path: &Path,
        encoding: Option<EncodingArg>,
        schema: &'s Schema,
        session: &Session,
    ) -> Result<Feed<'s>, Failure> {
        let feed = Feed::open(path, encoding, schema)?;
        session.report(&feed.notes, &Sources::new());
        #[cfg(feature = "parquet")]
        feed.fit()?;
        Ok(feed)
    }

    /// Opens a file of data with the tables that stand beside it, each joined by `key`.
    pub fn joined(
        (data, tables): (&Path, &[(String, PathBuf)]),
        key: Option<&String>,
        encoding: Option<EncodingArg>,
        schema: &'s Schema,
        session: &Session,
    ) -> Result<Feed<'s>, Failure> {
        let mut input = Feed::data(data, encoding, schema, session)?;
        for (table, path) in tables {
            let key = key.ok_or_else(|| Failure::general(Exit::Usage, wording::table_needs_key()))?;
            input.join(table, path, key, encoding)?;
        }
        Ok(input)
    }

    #[cfg(feature = "parquet")]
    fn fit(&self) -> Result<(), Failure> {
        use heng_batch::source::arrow::{ipc_columns, parquet_columns, unfit};
        let columns = match self.format {
            Format::Parquet => File::open(&self.path).and_then(parquet_columns),
            Format::Arrow => File::open(&self.path).and_then(ipc_columns),
            _ => return Ok(()),
        };
        let columns = columns.map_err(|error| Failure::unreadable(&self.path, &error))?;
        let located = unfit(self.schema, &columns).into_iter().map(|found| found.located(shown(&self.path)));
        let diagnostics: Vec<_> = located.collect();
        match diagnostics.is_empty() {
            true => Ok(()),
            false => Err(Failure { exit: Exit::Facts, diagnostics, sources: heng_diag::Sources::new() }),
        }
    }

    fn open_csv(&mut self, encoding: Option<EncodingArg>) -> Result<(), Failure> {
        let unreadable = |error: io::Error| Failure::unreadable(&self.path, &error);
        let file = File::open(&self.path).map_err(unreadable)?;
        let mut chunker = Chunker::new(&file, 1, 0, true);
        let Some(first) = chunker.first().map_err(unreadable)? else { return Ok(()) };
        self.start = chunker.position();
        let sample = chunker.next_chunk().map_err(unreadable)?.unwrap_or_default();
        self.encoding = match encoding {
            Some(told) => told.into(),
            None if Encoding::guess(&first.bytes) == Encoding::Gb18030 => Encoding::Gb18030,
            None => Encoding::guess(&sample.bytes),
        };
        let bytes = first.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&first.bytes);
        let text = self.encoding.text(bytes).unwrap_or_default();
        let mut heads = Vec::new();
        if record::cells(text.trim_end_matches(['\r', '\n']), &mut heads).is_none() {
            heads.clear();
        }
        self.heads = heads.into_iter().map(|head| head.into_owned()).collect();
        self.start.1 = self.start.1.max(2);
        self.sample = self.encoding.text(&sample.bytes).unwrap_or_default().into_owned();
        Ok(())
    }

    fn open_other(&mut self) -> io::Result<()> {
        let Source { heads, first, lines } = self.source()?;
        let mut sample = Vec::new();
        Csv::new(lines).take(SAMPLE).read_to_end(&mut sample)?;
        self.heads = heads;
        self.start = (0, first);
        self.sample = String::from_utf8_lossy(&sample).into_owned();
        Ok(())
    }

    /// The lines of any format but plain CSV.
    fn source(&self) -> io::Result<Source<'_>> {
        let open = || File::open(&self.path);
        match &self.format {
            Format::Csv => self.csv_lines(),
            Format::Ndjson => {
                let heads = match self.heads.is_empty() {
                    true => ndjson::heads(BufReader::new(open()?))?,
                    false => self.heads.get(..self.heads.len() - self.tables.len()).unwrap_or_default().to_vec(),
                };
                let lines = ndjson::lines(BufReader::new(open()?), heads.clone());
                Ok(Source { heads, first: 1, lines })
            }
            Format::Sheet(texts) => Ok(sheet::source(texts.clone())),
            Format::Folder(files) => {
                let name = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let names = files.iter().map(name).collect();
                let read = |place: usize| files.get(place).map_or_else(|| Ok(Vec::new()), std::fs::read);
                let lines = folder::lines(self.schema, names, read);
                Ok(Source { heads: folder::heads(self.schema), first: 1, lines })
            }
            #[cfg(feature = "parquet")]
            Format::Parquet => heng_batch::source::arrow::parquet(open()?),
            #[cfg(feature = "parquet")]
            Format::Arrow => heng_batch::source::arrow::ipc(open()?),
        }
    }

    /// The lines of a CSV file, for what must come between them.
    fn csv_lines(&self) -> io::Result<Source<'_>> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.start.0))?;
        let width = self.heads.len() - self.tables.len();
        let heads = self.heads.get(..width).unwrap_or_default().to_vec();
        let chunker = Chunker::new(file, self.start.1, self.start.0, true);
        Ok(Source {
            heads,
            first: self.start.1,
            lines: heng_batch::source::csv_lines(chunker, self.encoding, self.start.1),
        })
    }

    /// Joins the rows of a table that stand in a file of their own.
    fn join(&mut self, table: &str, path: &Path, key: &str, encoding: Option<EncodingArg>) -> Result<(), Failure> {
        let no_key =
            |heads: &[String], at: &Path| Failure::general(Exit::Facts, words::no_key(key, heads).located(shown(at)));
        let Some(at) = self.heads.iter().position(|head| head.trim() == key) else {
            return Err(no_key(&self.heads, &self.path));
        };
        let rows = Feed::open(path, encoding, self.schema)?.sheet()?;
        let joined = join::Joined::new(table, key, &shown(path), &rows).ok_or_else(|| no_key(&rows.heads, path))?;
        if self.schema.fields.iter().all(|field| field.table().is_none() || field.dotted() != table) {
            return Err(Failure::general(Exit::Usage, wording::no_table(table)));
        }
        self.key = at;
        self.table_file = shown(path);
        self.heads.push(table.to_owned());
        self.tables.push(joined);
        // Rows of tables take the long way; the sample shows the rest.
        let plain = self.sample.lines().map(|line| format!("{line},"));
        self.sample = plain.collect::<Vec<_>>().join("\n");
        Ok(())
    }

    /// What stands behind the heads as comma-separated values, from a byte of it on.
    pub fn reader(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        if matches!(self.format, Format::Csv) && self.tables.is_empty() {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(offset))?;
            return Ok(Box::new(file));
        }
        let lines = self.source()?.lines;
        let lines = match self.tables.is_empty() {
            true => lines,
            false => join::lines(lines, self.key, &self.tables, &self.table_file),
        };
        // What was done before is made again and passed over: the same bytes come.
        let begin = if matches!(self.format, Format::Csv) { self.start.0 } else { 0 };
        let mut csv = Csv::new(lines);
        io::copy(&mut (&mut csv).take(offset.saturating_sub(begin)), &mut io::sink())?;
        Ok(Box::new(csv))
    }

    /// The encoding of what [`Feed::reader`] gives.
    pub fn spelled(&self) -> Encoding {
        if matches!(self.format, Format::Csv) && self.tables.is_empty() { self.encoding } else { Encoding::Utf8 }
    }

    /// The whole file.
    pub fn sheet(&self) -> Result<Sheet, Failure> {
        let (offset, line) = self.start;
        let read = self.reader(offset).and_then(|reader| {
            let mut chunker = Chunker::new(reader, line, offset, true);
            Sheet::read(self.heads.clone(), self.spelled(), &mut chunker)
        });
        read.map_err(|error| Failure::unreadable(&self.path, &error))
    }
}

fn format(path: &Path) -> Result<Format, Failure> {
    let unreadable = |error: io::Error| Failure::unreadable(path, &error);
    if path.is_dir() {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            let file = entry.map_err(unreadable)?.path();
            let hidden = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
            if is_workbook(&file) && !hidden {
                files.push(file);
            }
        }
        files.sort();
        return match files.is_empty() {
            true => Err(Failure::general(Exit::Facts, wording::no_workbooks(path))),
            false => Ok(Format::Folder(files)),
        };
    }
    if is_workbook(path) || begins_as_office(path).map_err(unreadable)? {
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let texts = read_sheet_texts(&shown(path), &bytes).map_err(|found| Failure::general(Exit::Facts, *found))?;
        return Ok(Format::Sheet(texts));
    }
    match ending(path).as_str() {
        "ndjson" | "jsonl" => Ok(Format::Ndjson),
        #[cfg(feature = "parquet")]
        "parquet" => Ok(Format::Parquet),
        #[cfg(feature = "parquet")]
        "arrow" | "arrows" | "ipc" | "feather" => Ok(Format::Arrow),
        #[cfg(not(feature = "parquet"))]
        "parquet" | "arrow" | "arrows" | "ipc" | "feather" => {
            Err(Failure::general(Exit::Usage, wording::no_parquet(path)))
        }
        _ => Ok(Format::Csv),
    }
}

/// The ending of a name, in small letters.
pub fn ending(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn is_workbook(path: &Path) -> bool {
    path.is_file() && matches!(ending(path).as_str(), "xlsx" | "xlsm")
}

/// Whether a file begins as an archive or an old office file, whatever its name: that it is no workbook is
/// then said by the reader of workbooks.
fn begins_as_office(path: &Path) -> io::Result<bool> {
    let mut first = Vec::new();
    File::open(path)?.take(8).read_to_end(&mut first)?;
    Ok(heng_archive::is_office(&first))
}
