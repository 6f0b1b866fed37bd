//! `heng import FILE --onto PACK`: a table that came back from Word or Excel is merged into the rule file.

use std::path::{Path, PathBuf};

use heng_diag::Diagnostic;
use heng_dsl::{Reading, diff};
use heng_model::Program;
use heng_office::{Choice, Conflicts, Kind, Merged, NotBack, Returned, Unmade, ledger, merge, open, returned};

use crate::{
    args::{ConflictsArg, ImportArgs},
    command::expand::save,
    exit::Exit,
    failure::Failure,
    output,
    pack::shown,
    rules,
    session::Session,
    wording,
};

/// The rules as texts, and the files they are written to.
struct Rules {
    /// The files of the year, those that they amend before them.
    paths: Vec<PathBuf>,
    /// Whether no file says all of the rules, since there are amendments or imports.
    is_made: bool,
    /// The texts that are merged into: those of the files, or the one text that they make.
    texts: Vec<(String, String)>,
}

/// Reads what came back, merges it, says what changes and writes it.
pub fn run(args: &ImportArgs, path: &Path, session: &Session) -> Result<Exit, Failure> {
    let back = came_back(args, session)?;
    let rules = Rules::read(path, args.year.or_else(|| u16::try_from(back.ledger.year).ok()))?;
    if rules.is_made && !args.as_amendment && !args.dry_run {
        return Err(Failure::general(Exit::Rules, wording::amended_pack(path)));
    }
    let program = rules.program()?;
    belongs(args, &program, &back)?;
    let conflicts = match args.conflicts {
        ConflictsArg::Refuse => Conflicts::Refuse,
        ConflictsArg::Keep => Conflicts::Keep,
        ConflictsArg::Take => Conflicts::Take,
    };
    let choice = Choice { conflicts, remove: args.remove };
    let merged = merge(&rules.texts, &program, &back, choice).map_err(|unmade| not_made(&args.table, unmade))?;
    let report = wording::merge_report(&merged, &back, choice);
    if !report.get(session.lang).is_empty() {
        session.print(report.get(session.lang));
    }
    let Some(texts) = &merged.files else {
        session.report(&[wording::merge_refused(&args.table)], &heng_diag::Sources::new());
        return Ok(Exit::Differs);
    };
    told(&rules, texts, session)?;
    if *texts == rules.texts {
        session.print(wording::nothing_to_merge().get(session.lang));
    } else if args.dry_run {
        session.print(wording::dry_run().get(session.lang));
    } else if args.as_amendment {
        amendment(args, &rules, &merged, session)?;
    } else {
        write(&rules, texts, session)?;
    }
    Ok(Exit::Success)
}

/// The table with the record of what was written, its own or that of the file that was sent.
fn came_back(args: &ImportArgs, session: &Session) -> Result<Returned, Failure> {
    let not = |path: &Path, why: NotBack| {
        let exit = if matches!(why, NotBack::Broken(_)) { Exit::Files } else { Exit::Facts };
        Failure::general(exit, wording::not_back(path, &why))
    };
    let file = read(&args.table)?.map_err(|why| not(&args.table, why))?;
    super::import::tell(&args.table, &file, session);
    let record = match &args.base {
        Some(base) => read(base)?.and_then(|file| ledger(&file)).map_err(|why| not(base, why))?,
        None => ledger(&file).map_err(|why| not(&args.table, why))?,
    };
    returned(&file, record).map_err(|why| not(&args.table, why))
}

fn read(path: &Path) -> Result<Result<heng_notice::OfficeFile, NotBack>, Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let kind = match ending.as_deref() {
        Some("xlsx" | "xlsm") => Kind::Workbook,
        Some("docx" | "docm") => Kind::Document,
        _ => return Err(Failure::general(Exit::Usage, wording::no_office_file(path))),
    };
    let bytes = std::fs::read(path).map_err(|error| Failure::unreadable(path, &error))?;
    Ok(open(&bytes, kind))
}

impl Rules {
    fn read(path: &Path, year: Option<u16>) -> Result<Rules, Failure> {
        // A pack that has no such year is another pack, which is said later with both names.
        let read = rules::Rules::read(path, year).or_else(|_| rules::Rules::read(path, None))?;
        let is_made = read.is_made();
        let texts = if is_made {
            let name = read.files.last().map(|(name, _)| name.clone()).unwrap_or_default();
            vec![(name, read.whole()?)]
        } else {
            read.files
        };
        Ok(Rules { paths: read.paths, is_made, texts })
    }

    fn program(&self) -> Result<Program, Failure> {
        let compiled = heng_dsl::compile(&self.texts);
        let sound = compiled.program.filter(|_| !compiled.diagnostics.iter().any(Diagnostic::is_error));
        let (diagnostics, sources) = (compiled.diagnostics, compiled.sources);
        sound.ok_or(Failure { exit: Exit::Rules, diagnostics, sources })
    }
}

/// A table goes back into the pack and the year it was written from.
fn belongs(args: &ImportArgs, program: &Program, back: &Returned) -> Result<(), Failure> {
    let title = program.root().map(|root| root.name.to_string()).unwrap_or_default();
    if title != back.ledger.title || program.pack.year != back.ledger.year {
        let (ours, theirs) = ((title, program.pack.year), (back.ledger.title.clone(), back.ledger.year));
        return Err(Failure::general(Exit::Facts, wording::other_pack(&args.table, &ours, &theirs)));
    }
    Ok(())
}

fn not_made(path: &Path, unmade: Unmade) -> Failure {
    match unmade {
        Unmade::Rules(mut diagnostics, sources) => {
            diagnostics.push(wording::merged_rules(path));
            Failure { exit: Exit::Rules, diagnostics, sources }
        }
        Unmade::Unfit(cells) => Failure::general(Exit::Differs, wording::unfit(path, &cells)),
    }
}

/// Says the changes in the words of `heng diff`.
fn told(rules: &Rules, texts: &[(String, String)], session: &Session) -> Result<(), Failure> {
    let changes =
        diff::described(&Reading::alone(&rules.texts), &Reading::alone(texts)).map_err(|why| rules::refused(*why))?;
    if !changes.is_empty() {
        session.print(diff::text(&changes, session.lang).trim_end());
    }
    Ok(())
}

fn amendment(args: &ImportArgs, rules: &Rules, merged: &Merged, session: &Session) -> Result<(), Failure> {
    let texts = merged.files.clone().unwrap_or_default();
    let changes =
        diff::changes(&Reading::alone(&rules.texts), &Reading::alone(&texts)).map_err(|why| rules::refused(*why))?;
    if diff::is_unwritten(&changes) {
        return Err(Failure::general(Exit::Rules, wording::too_different(&args.table)));
    }
    let name = args.table.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let base = rules.paths.last().map(|path| shown(path)).unwrap_or_default();
    save(&diff::amendment(&changes, &name, &base), args.out.as_deref(), args.force, session)
}

fn write(rules: &Rules, texts: &[(String, String)], session: &Session) -> Result<(), Failure> {
    let changed = rules.paths.iter().zip(&rules.texts).zip(texts).filter(|((_, old), new)| old != new);
    for ((path, _), (_, text)) in changed {
        let written = output::write_file(path, text.as_bytes())?;
        session.print(wording::saved(&shown(&written)).get(session.lang));
    }
    Ok(())
}
