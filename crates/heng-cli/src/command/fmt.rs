//! `heng fmt`: rule files set the one way, and turned into the other language on demand.

mod differences;

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use heng_diag::{Diagnostic, Lang, Sources, visible};
use heng_dsl::{FormatOptions, format};

use crate::{
    args::{FormatArg, LangArg},
    command::fmt::differences::{Difference, differences},
    exit::Exit,
    failure::Failure,
    output,
    pack::{self, shown},
    session::Session,
    wording,
};

/// How many differences of a file are shown.
const SHOWN: usize = 3;
/// How many lines of a difference are shown.
const LINES: usize = 4;
/// The path that means the standard input.
const STREAM: &str = "-";

/// Formats each file; with `check`, says which differ and changes nothing. `-` is the standard input.
pub fn run(paths: &[PathBuf], check: bool, to: Option<LangArg>, session: &Session) -> Result<Exit, Failure> {
    let to = to.map(|to| if to == LangArg::Zh { Lang::Zh } else { Lang::En });
    let mut work = Work { check, options: FormatOptions { to }, session, files: Vec::new(), exit: Exit::Success };
    for path in paths {
        if path.as_os_str() == STREAM {
            work.stream()?;
            continue;
        }
        for file in files(path)? {
            let text = pack::read_text(&file)?;
            if let Some(formatted) = work.format(&shown(&file), &text) {
                write(&file, &formatted)?;
            }
        }
    }
    work.finish();
    Ok(work.exit)
}

/// The rule files that a path stands for: itself, or all in a folder and the folders below.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    collect(path, &mut found)?;
    if found.is_empty() {
        return Err(Failure::general(Exit::Usage, wording::no_rule_files(path)));
    }
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let unreadable = |error: std::io::Error| Failure::unreadable(folder, &error);
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        // A link to a folder may lead around in a circle.
        if entry.file_type().map_err(unreadable)?.is_dir() {
            collect(&entry.path(), found)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "heng") {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// Writes a file in its place; where a link stands there, behind the link.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let target = path.canonicalize().map_err(|error| Failure::unreadable(path, &error))?;
    output::write_file(&target, text.as_bytes()).map(drop)
}

struct Work<'a> {
    check: bool,
    options: FormatOptions,
    session: &'a Session,
    /// The files that were looked at, and whether each differs.
    files: Vec<(String, bool)>,
    exit: Exit,
}

impl Work<'_> {
    /// Formats the standard input to the standard output.
    fn stream(&mut self) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        let name = Path::new(STREAM);
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| Failure::unreadable(name, &error))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let sound = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
            let line = sound.filter(|byte| **byte == b'\n').count() + 1;
            Failure::general(Exit::Rules, wording::not_utf8(name, line))
        })?;
        let formatted = self.format(STREAM, &text).unwrap_or(text);
        if !self.check && !formatted.is_empty() {
            self.session.print(&formatted);
        }
        Ok(())
    }

    /// Formats a text, and gives it back where it is to be written.
    fn format(&mut self, name: &str, text: &str) -> Option<String> {
        let formatted = format(text, &self.options);
        self.tell_findings(name, text, &formatted.diagnostics);
        let differs = formatted.text != text;
        self.files.push((name.to_owned(), differs));
        if !differs {
            return None;
        }
        let places = differences(text, &formatted.text);
        if self.check {
            self.exit = self.exit.max(Exit::Rules);
            self.tell(&hint(name, &places, self.session.lang));
        } else if name != STREAM {
            self.tell(wording::formatted(name, places.len()).get(self.session.lang));
        }
        (!self.check).then_some(formatted.text)
    }

    fn tell_findings(&mut self, name: &str, text: &str, diagnostics: &[Diagnostic]) {
        let mut sources = Sources::new();
        sources.add(name, text);
        self.session.report(diagnostics, &sources);
        if diagnostics.iter().any(Diagnostic::is_error) {
            self.exit = self.exit.max(Exit::Rules);
        }
    }

    fn tell(&self, text: &str) {
        if self.session.format != FormatArg::Json {
            self.session.print(text);
        }
    }

    fn finish(&self) {
        let stream = !self.check && self.files.iter().any(|(path, _)| path == STREAM);
        if self.session.format == FormatArg::Json && !stream {
            let file = |(path, differs): &(String, bool)| serde_json::json!({ "path": path, "differs": differs });
            let files: Vec<serde_json::Value> = self.files.iter().map(file).collect();
            let done = serde_json::json!({ "written": !self.check, "files": files });
            self.session.print_json(&done);
        } else if self.check && self.files.iter().all(|(_, differs)| !differs) {
            self.session.print(wording::all_formatted(self.files.len()).get(self.session.lang));
        }
    }
}

/// The first differences of a file, as a person compares two papers.
fn hint(name: &str, places: &[Difference<'_>], lang: Lang) -> String {
    let mut out = wording::not_formatted(name, places.len()).get(lang).to_owned();
    for place in places.iter().take(SHOWN) {
        let mut label = place.line.to_string();
        for (sign, lines) in [('-', &place.old), ('+', &place.new)] {
            for text in lines.iter().take(LINES) {
                out.push_str(&format!("\n{label:>6} {sign} {}", ends_shown(text)));
                label.clear();
            }
        }
    }
    if places.len() > SHOWN {
        out.push_str("\n       …");
    }
    out
}

/// A line with the blanks at its end made visible.
fn ends_shown(line: &str) -> String {
    let line = line.strip_suffix('\n').unwrap_or(line);
    let text = line.trim_end();
    let blanks = line.get(text.len()..).unwrap_or("").chars().map(|_| '·');
    visible(text).chars().chain(blanks).collect()
}
