//! `heng report`: the documents of a case, all of them or none.

use std::path::{Path, PathBuf};

use heng_diag::{Lang, Sources};
use heng_docs::{LastRegister, Made, Template};
use heng_model::Program;

use crate::{
    args::ReportArgs,
    case::{self, Case},
    command::score,
    exit::Exit,
    failure::Failure,
    output,
    pack::{self, Pack, shown},
    pdf,
    session::Session,
    wording,
};

/// The folder of a pack in which its templates lie.
const TEMPLATES: &str = "templates";

/// Scores the case and writes its documents.
pub fn run(args: &ReportArgs, session: &Session) -> Result<Exit, Failure> {
    let case = case::score(&args.case)?;
    session.report(&case.pack.warnings.diagnostics, &case.pack.warnings.sources);
    session.report(&case.reading.diagnostics, &case.reading.sources);
    let lang = language(&case.pack.program, session);
    let last = last_register(args.last_register.as_deref(), &args.case, lang)?;
    if let Some(last) = &last {
        session.report(&last.remarks(&case.pack.program, lang), &Sources::new());
    }
    let own = own_template(&case.pack, lang)?;
    let mut made = documents(&case, own.as_ref(), last.as_ref(), lang)?;
    let (pdf, of_pdf) = pdf::print(&made, args.pdf, lang)?;
    made.documents.extend(pdf);
    let base = if args.case.is_dir() { &args.case } else { args.case.parent().unwrap_or(Path::new(".")) };
    let target = args.out.clone().unwrap_or_else(|| base.join("out"));
    let files: Vec<(&str, &[u8])> =
        made.documents.iter().map(|document| (document.name.as_str(), document.bytes.as_slice())).collect();
    let written = output::write_set(&target, &files, args.force)?;
    let template = own.as_ref().map_or(heng_docs::neutral_template(lang).name, |(path, _)| path);
    tell(&written, template, own.is_some(), session);
    session.print(of_pdf.get(session.lang));
    session.print(&wording::disclaimers(&case.pack.program.pack.disclaimers, session.lang));
    Ok(score::exit_of(&case))
}

/// The documents of a case, by its pack's own template or by the neutral one.
pub fn documents(
    case: &Case,
    own: Option<&(String, String)>,
    last: Option<&LastRegister>,
    lang: Lang,
) -> Result<Made, Failure> {
    let template = own.map_or(heng_docs::neutral_template(lang), |(path, text)| Template { name: path, text });
    let made = heng_docs::documents(&score::sheet(case), template, last, lang);
    made.map_err(|problem| Failure::general(Exit::Rules, *problem))
}

/// Last year's register: the file that was named, else the one that the case names.
pub fn last_register(named: Option<&Path>, case: &Path, lang: Lang) -> Result<Option<LastRegister>, Failure> {
    let path = match named {
        Some(path) => Some(path.to_owned()),
        None => case::last_register(case)?,
    };
    let Some(path) = path else { return Ok(None) };
    let bytes = std::fs::read(&path).map_err(|error| Failure::unreadable(&path, &error))?;
    let read = LastRegister::read(&shown(&path), &bytes, lang);
    read.map(Some).map_err(|problem| Failure::general(Exit::Facts, *problem))
}

/// The language of documents: the one asked for, else that of the pack's names.
pub fn language(program: &Program, session: &Session) -> Lang {
    let of_pack = program.root().map(|root| if root.name.is_ascii() { Lang::En } else { Lang::Zh });
    session.asked.or(of_pack).unwrap_or(session.lang)
}

/// The pack's own template in a language.
pub fn own_template(pack: &Pack, lang: Lang) -> Result<Option<(String, String)>, Failure> {
    let name = heng_docs::TEMPLATE_NAMES.iter().find(|(known, _)| *known == lang).map(|(_, name)| *name);
    let Some(name) = name else { return Ok(None) };
    let path = pack.folder.join(TEMPLATES).join(name);
    if !path.is_file() {
        return Ok(None);
    }
    let text = pack::read_text(&path)?;
    Ok(Some((shown(&path), text)))
}

fn tell(written: &[PathBuf], template: &str, own: bool, session: &Session) {
    session.print(wording::documents(template, own).get(session.lang));
    for path in written {
        session.print(&format!("  {}", shown(path)));
    }
}
