//! `heng verify FILE…`: submitted documents against each other, against their published copies, and against
//! what the engine computes from the data.

use std::path::Path;

use heng_audit::{
    Document,
    verify::{Agreement, Comparison, agreements, compare, likeness, row_agreements},
};
use serde::Serialize;

use crate::{
    args::{FormatArg, VerifyArgs},
    case,
    command::{audit, report},
    exit::Exit,
    failure::Failure,
    output,
    session::Session,
    wording,
};

/// All that was compared.
#[derive(Default, Serialize)]
pub struct Verification {
    pub copies: Vec<Comparison>,
    pub no_copy: Vec<String>,
    pub figures: Vec<Pair>,
}

/// The figures that two documents both name.
#[derive(Serialize)]
pub struct Pair {
    pub first: String,
    pub second: String,
    pub figures: Vec<Agreement>,
}

impl Verification {
    pub fn compared(&self) -> usize {
        let sections = self.copies.iter().map(|copy| copy.figures + copy.sections.len());
        let figures = self.figures.iter().map(|pair| pair.figures.len());
        sections.chain(figures).sum::<usize>() + self.no_copy.len()
    }

    pub fn differences(&self) -> usize {
        let copies: usize = self.copies.iter().map(|copy| copy.differences.len()).sum();
        let figures = self.figures.iter().flat_map(|pair| &pair.figures).filter(|one| !one.same).count();
        copies + figures + self.no_copy.len()
    }
}

/// Compares, prints, and writes the statement where one is asked for.
pub fn run(args: &VerifyArgs, session: &Session) -> Result<Exit, Failure> {
    let read = |path: &std::path::PathBuf| audit::document(path, session);
    let submitted = args.files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let published = args.published.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let mut found = Verification::default();
    for (number, first) in submitted.iter().enumerate() {
        let others = submitted.get(number + 1..).unwrap_or(&[]);
        found.figures.extend(others.iter().filter_map(|second| pair(first, second, false)));
    }
    for copy in &published {
        match submitted.iter().max_by_key(|first| likeness(first, copy)).and_then(|first| compare(first, copy)) {
            Some(comparison) => found.copies.push(comparison),
            None => found.no_copy.push(copy.name.clone()),
        }
    }
    if args.computed {
        for made in computed(&args.case, session)? {
            let nearest = submitted.iter().max_by_key(|first| likeness(first, &made));
            found.figures.extend(nearest.and_then(|first| pair(first, &made, true)));
        }
    }
    tell(&found, session);
    if let Some(path) = &args.statement {
        let bytes = match path.extension().and_then(std::ffi::OsStr::to_str) {
            Some("docx") => {
                let names = |documents: &[Document]| documents.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
                super::statement::docx(&found, &names(&submitted), &names(&published), session.lang)?
            }
            Some("html") => {
                let text = heng_diag::escape_html(&statement(&found, session));
                format!("<!doctype html><meta charset=\"utf-8\"><pre>{text}</pre>\n").into_bytes()
            }
            _ => statement(&found, session).into_bytes(),
        };
        output::write_new(path, &bytes, args.force)?;
    }
    Ok(if found.differences() == 0 { Exit::Success } else { Exit::Differs })
}

/// The figures that both name; rows too where the second was computed in the layout of the first.
fn pair(first: &Document, second: &Document, rows: bool) -> Option<Pair> {
    let mut figures = agreements(first, second);
    if rows {
        figures.extend(row_agreements(first, second));
    }
    (!figures.is_empty()).then(|| Pair { first: first.name.clone(), second: second.name.clone(), figures })
}

/// The documents that the case would have, read as any others are.
fn computed(folder: &Path, session: &Session) -> Result<Vec<Document>, Failure> {
    let case = case::score(folder)?;
    let lang = report::language(&case.pack.program, session);
    let own = report::own_template(&case.pack, lang)?;
    let last = report::last_register(None, folder, lang)?;
    let made = report::documents(&case, own.as_ref(), last.as_ref(), lang)?;
    let mut read = Vec::new();
    for document in made.documents {
        let name = format!("{}（{}）", document.name, wording::agree("computed").get(session.lang));
        let reading = heng_audit::read_as(&document.name, &name, &document.bytes);
        let reading = reading.map_err(|diagnostics| Failure {
            exit: Exit::Files,
            diagnostics,
            sources: heng_diag::Sources::new(),
        })?;
        read.push(reading.document);
    }
    Ok(read)
}

fn tell(found: &Verification, session: &Session) {
    if session.format == FormatArg::Json {
        let value = serde_json::json!({
            "heng": "agreement/1", "agrees": found.differences() == 0, "compared": found.compared(), "found": found,
        });
        return session.print_json(&value);
    }
    session.print(&statement(found, session));
}

/// The statement, as Markdown.
fn statement(found: &Verification, session: &Session) -> String {
    let word = |word: &str| wording::agree(word).get(session.lang).to_owned();
    let mut lines = vec![format!("# {}", word("title")), String::new()];
    for copy in &found.copies {
        lines.push(format!("## {}：{} ↔ {}\n", word("copies"), copy.first, copy.second));
        lines.push(format!("{}：", word("sections")));
        lines.extend(copy.sections.iter().map(|section| {
            let count = if section.differences == 0 { word("same") } else { section.differences.to_string() };
            format!("- {} — {count}", if section.title.is_empty() { "·" } else { &section.title })
        }));
        lines.push(String::new());
        let rows = copy.differences.iter().map(|one| {
            let change = word(super::statement::change(one.change));
            [format!("{} {}", one.section, one.place), one.first.clone(), one.second.clone(), change]
        });
        table(&mut lines, &word("head"), rows.collect());
    }
    lines.extend(found.no_copy.iter().map(|name| format!("- {name}：{}", word("no-copy"))));
    for pair in &found.figures {
        lines.push(format!("## {}：{} ↔ {}\n", word("figures"), pair.first, pair.second));
        let rows = pair.figures.iter().map(|one| {
            let result = word(if one.same { "same" } else { "changed" });
            let first = format!("{}（{}）", one.first, one.first_place);
            [one.name.clone(), first, format!("{}（{}）", one.second, one.second_place), result]
        });
        table(&mut lines, &word("head"), rows.collect());
    }
    if found.differences() == 0 {
        lines.push(word("all-same"));
    }
    lines.push(wording::disagreements(found.compared(), found.differences()).get(session.lang).to_owned());
    lines.push(String::new());
    lines.join("\n")
}

fn table(lines: &mut Vec<String>, head: &str, rows: Vec<[String; 4]>) {
    if rows.is_empty() {
        return;
    }
    lines.push(format!("| {head} |\n|--:|---|---|---|---|"));
    for (number, cells) in rows.iter().enumerate() {
        let cells = cells.each_ref().map(|cell| cell.replace('|', "/"));
        lines.push(format!("| {} | {} |", number + 1, cells.join(" | ")));
    }
    lines.push(String::new());
}
