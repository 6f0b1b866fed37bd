//! `heng import`: a scoring table becomes a pack, with a list of all that a person has to look at.

use std::path::Path;

use heng_archive::{Broken, Kind, is_office};
use heng_diag::{Diagnostic, Lang, Sources, Text};
use heng_notice::{
    ImportOptions, Imported, OfficeFile, Table, choose_table, import_table, read_document_file, read_text_table,
    read_workbook_file, tables_of,
};

use crate::{
    args::{ImportArgs, LangArg},
    exit::Exit,
    failure::Failure,
    output, pack,
    session::Session,
    wording,
};

/// The rule file, the manifest and the list of an import.
const FILES: [&str; 3] = ["year.heng", "pack.toml", "IMPORT.md"];

/// Reads the table, writes the pack and says what is left to do.
pub fn run(args: &ImportArgs, session: &Session) -> Result<Exit, Failure> {
    let lang = if args.from == LangArg::En { Lang::En } else { Lang::Zh };
    let tables = read(&args.table, session)?;
    let stem = args.table.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let options = ImportOptions { title: args.title.clone(), year: args.year.or_else(|| year_of(&stem)), lang };
    let not = |why| Failure::general(Exit::Facts, wording::not_a_table(&args.table, why));
    let table = choose_table(&tables).ok_or_else(|| not(heng_notice::NotATable::NoHeadings))?;
    let found = import_table(table, &options).map_err(not)?;
    let folder = args.out.clone().unwrap_or_else(|| args.table.with_extension(""));
    write(&found, &folder, &stem, args.force, session)?;
    session.print(&list(&found, &folder, session.lang));
    Ok(Exit::Success)
}

/// The tables of a file: an office file by its first bytes, whatever its name says, anything else as text.
fn read(path: &Path, session: &Session) -> Result<Vec<Table>, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::unreadable(path, &error))?;
    let broken = |broken: Broken| Failure::general(Exit::Files, broken.diagnostic().located(pack::shown(path)));
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if !is_office(&bytes) {
        return match ending.as_str() {
            "docx" | "docm" | "xlsx" | "xlsm" | "doc" | "xls" => Err(broken(Broken::Damaged)),
            _ => Ok(vec![read_text_table(&pack::read_text(path)?)]),
        };
    }
    let file = match heng_archive::kind(&bytes).map_err(broken)? {
        Kind::Workbook => read_workbook_file(&bytes),
        Kind::Document => read_document_file(&bytes),
    };
    let file = file.map_err(broken)?;
    tell(path, &file, session);
    Ok(tables_of(file))
}

/// Says what was left alone in a file, and what it does not hold.
pub fn tell(path: &Path, file: &OfficeFile, session: &Session) {
    let remarks = file.remarks.iter().map(|remark| remark.diagnostic().located(pack::shown(path)));
    let notes: Vec<Diagnostic> = remarks.chain(wording::uncomputed(path, file)).collect();
    session.report(&notes, &Sources::new());
}

fn year_of(stem: &str) -> Option<u16> {
    let digits: Vec<&str> = stem.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4).collect();
    digits.into_iter().filter_map(|part| part.parse().ok()).find(|year| (1990..2100).contains(year))
}

fn write(found: &Imported, folder: &Path, stem: &str, force: bool, session: &Session) -> Result<(), Failure> {
    let rules = format!("{}.heng", found.year);
    let names = [rules.as_str(), FILES[1], FILES[2]];
    names.iter().try_for_each(|name| output::keep(&folder.join(name), force))?;
    let (manifest, remarks) = (manifest(found, stem, &rules), remarks(found, session.lang));
    let texts = [found.rules.as_bytes(), manifest.as_bytes(), remarks.as_bytes()];
    let files: Vec<(&str, &[u8])> = names.into_iter().zip(texts).collect();
    output::write_set(folder, &files, force)?;
    Ok(())
}

fn manifest(found: &Imported, stem: &str, rules: &str) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let id = if stem.is_empty() { "imported" } else { stem };
    format!(
        "id = {}\ntitle.zh = {}\nlanguage = \"1\"\n\n[years]\n{} = {}\n",
        quoted(id),
        quoted(&found.title),
        found.year,
        quoted(rules)
    )
}

fn remarks(found: &Imported, lang: Lang) -> String {
    let mut out = String::new();
    for remark in &found.remarks {
        let row = remark.row.map(wording::in_row).unwrap_or_else(|| Text::same(""));
        out.push_str(&format!("- {}{}: {}\n", row.get(lang), remark.about, remark.text.get(lang)));
    }
    out
}

fn list(found: &Imported, folder: &Path, lang: Lang) -> String {
    let head = wording::imported(found, folder);
    if found.remarks.is_empty() {
        return head.get(lang).to_owned();
    }
    format!("{}\n{}\n{}", head.get(lang), wording::to_look_at(found.remarks.len()).get(lang), remarks(found, lang))
}
