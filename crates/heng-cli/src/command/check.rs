//! `heng check`: what is wrong with rule files.

mod witness;

use std::path::{Path, PathBuf};

use heng_diag::{Diagnostic, FileId, Fix, Sources, apply_fixes, render_all, render_together};
use heng_dsl::Compiled;

use crate::{
    args::FormatArg,
    case::is_below,
    exit::Exit,
    failure::Failure,
    output,
    pack::{self, shown},
    rules::Rules,
    session::Session,
    suites, wording,
};

/// Checks each path; with `fix`, mends what is mechanical first; with `save_witness`, writes cases that show
/// what was found.
pub fn run(
    paths: &[PathBuf],
    fix: bool,
    save_witness: Option<&Path>,
    force: bool,
    session: &Session,
) -> Result<Exit, Failure> {
    let mut worst = Exit::Success;
    let mut all: Vec<Failure> = Vec::new();
    let json = session.format == FormatArg::Json;
    for path in paths {
        if fix {
            mend(path, session)?;
        }
        let (exit, found) = match pack::load_all(path, None) {
            Ok(mut pack) => {
                suites::prove(&mut pack, &pack::own_files(path)?)?;
                let wrong = pack.warnings.diagnostics.iter().any(Diagnostic::is_error);
                (if wrong { Exit::Rules } else { Exit::Success }, pack.warnings)
            }
            Err(failure) => (failure.exit, failure),
        };
        worst = worst.max(exit);
        if !json && !found.diagnostics.is_empty() {
            session.print(&render_all(&found.diagnostics, &found.sources, session.lang, session.finding_format()));
        }
        if exit == Exit::Success && !json {
            session.print(wording::checked(&shown(path), found.diagnostics.len()).get(session.lang));
        }
        all.push(found);
    }
    if json {
        session.print(&together(&all));
    }
    if let Some(file) = save_witness {
        witness::save(paths, file, force, session)?;
    }
    Ok(worst)
}

/// All that was found, as one JSON object however many packs there were.
pub fn together(all: &[Failure]) -> String {
    let groups: Vec<(&[Diagnostic], &Sources)> =
        all.iter().map(|found| (found.diagnostics.as_slice(), &found.sources)).collect();
    render_together(&groups)
}

/// Applies the safe fixes of one pack, again and again while that mends something.
fn mend(path: &Path, session: &Session) -> Result<(), Failure> {
    let mut mended = 0;
    for _ in 0..8 {
        let compiled = Rules::read(path, None)?.reading.compile_all();
        let mut changed = false;
        for (index, file) in own_places(path, &compiled)? {
            let text = pack::read_text(&file)?;
            let fixes: Vec<&Fix> = compiled.diagnostics.iter().filter_map(|found| safe_fix(found, index)).collect();
            let file_id = FileId(u16::try_from(index).unwrap_or(u16::MAX));
            let fixed = apply_fixes(&text, file_id, &fixes);
            if fixed.text != text {
                output::write_file(&file, fixed.text.as_bytes())?;
                mended += fixes.len() - fixed.skipped.len();
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    if mended > 0 {
        session.say(wording::mended(mended).get(session.lang));
    }
    Ok(())
}

/// The files that may be mended, by their place among all: those of the path, and what they import from their own
/// folder. What an amendment is based on was in force, and another pack is not ours: they are not touched.
fn own_places(path: &Path, compiled: &Compiled) -> Result<Vec<(usize, PathBuf)>, Failure> {
    let own = pack::own_files(path)?;
    let given = pack::rule_files(path)?;
    let ours = |(index, file): &(usize, &Path)| match given.get(*index) {
        Some(given) => own.contains(given),
        None => own.iter().filter_map(|own| own.parent()).any(|folder| is_below(file, folder)),
    };
    let all = compiled.sources.iter().map(|source| Path::new(source.name.as_str())).enumerate();
    Ok(all.filter(ours).map(|(index, file)| (index, file.to_owned())).collect())
}

fn safe_fix(found: &Diagnostic, file: usize) -> Option<&Fix> {
    let fix = found.fixes.first().filter(|fix| fix.safe)?;
    fix.edits.iter().all(|edit| usize::from(edit.span.file.0) == file).then_some(fix)
}
