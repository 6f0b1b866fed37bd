//! What holds for a whole run: language, format, colour and width, and the two streams.

use std::{
    io::{ErrorKind, IsTerminal, Write},
    sync::OnceLock,
};

use heng_diag::{Diagnostic, Format, Lang, Sources, render_all};

use crate::{
    args::{Args, ColorArg, FormatArg, LangArg},
    exit::Exit,
    wording,
};

/// Settings of a run.
pub struct Session {
    /// The language of messages.
    pub lang: Lang,
    /// The language asked for on the command line.
    pub asked: Option<Lang>,
    /// The format asked for.
    pub format: FormatArg,
    color: ColorArg,
    /// Columns to print in.
    pub width: usize,
    /// Why the result could not be printed.
    unprinted: OnceLock<std::io::Error>,
}

impl Session {
    /// Settles the language: `--lang`, else the locale, else Chinese.
    pub fn new(args: &Args) -> Session {
        let asked = args.lang.map(|lang| match lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        });
        let lang = asked.unwrap_or_else(locale);
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = columns.unwrap_or(100).clamp(60, 200);
        Session { lang, asked, format: args.format, color: args.color, width, unprinted: OnceLock::new() }
    }

    /// Prints a result. A reader that went away ends the run quietly.
    pub fn print(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let ended = out
            .write_all(text.as_bytes())
            .and_then(|()| if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") });
        if let Err(error) = ended.and_then(|()| out.flush())
            && error.kind() != ErrorKind::BrokenPipe
        {
            let _ = self.unprinted.set(error);
        }
    }

    /// How the run ended: as it says itself, unless its result could not be printed.
    pub fn ended(&self, exit: Exit) -> Exit {
        let Some(error) = self.unprinted.get() else { return exit };
        self.report(&[wording::unprinted(error)], &Sources::new());
        Exit::Files
    }

    /// Prints a result for programs.
    pub fn print_json(&self, value: &impl serde::Serialize) {
        self.print(&serde_json::to_string_pretty(value).unwrap_or_default());
    }

    /// Says something beside the result.
    pub fn say(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Says how far a run is, in the place of what was said before.
    pub fn progress(&self, text: &str) {
        let mut out = std::io::stderr().lock();
        let _ = write!(out, "\r{text}").and_then(|()| out.flush());
    }

    /// Prints findings beside the result.
    pub fn report(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        if !diagnostics.is_empty() {
            self.say(render_all(diagnostics, sources, self.lang, self.finding_format()).trim_end());
        }
    }

    /// The format of findings that stand beside a result.
    pub fn finding_format(&self) -> Format {
        match self.format {
            FormatArg::Json => Format::Json,
            FormatArg::Short => Format::Short,
            FormatArg::Text | FormatArg::Md | FormatArg::Html | FormatArg::Docx | FormatArg::Xlsx => {
                Format::Text { color: self.colored(), width: self.width }
            }
        }
    }

    fn colored(&self) -> bool {
        match self.color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        }
    }
}

/// English where the locale says so; a bare `C` or `POSIX` says nothing.
fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match set {
        Some(value) if value.starts_with("en") => Lang::En,
        _ => Lang::Zh,
    }
}
