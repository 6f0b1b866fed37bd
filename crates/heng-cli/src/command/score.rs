//! `heng score`: the score sheet of a case, and the scorecard beside it.

use std::path::Path;

use heng_model::Outcome;
use heng_report::{Sheet, score_sheet};

use crate::{
    args::FormatArg,
    case::{self, Case},
    exit::Exit,
    failure::Failure,
    output,
    pack::shown,
    session::Session,
    wording,
};

/// Scores the case, prints the sheet and writes the scorecard.
pub fn run(folder: &Path, out: Option<&Path>, session: &Session) -> Result<Exit, Failure> {
    let case = case::score(folder)?;
    session.report(&case.pack.warnings.diagnostics, &case.pack.warnings.sources);
    session.report(&case.reading.diagnostics, &case.reading.sources);
    let json = scorecard_json(&case, session);
    if session.format == FormatArg::Json {
        session.print(&json);
    } else {
        let base = if folder.is_dir() { folder } else { folder.parent().unwrap_or(Path::new(".")) };
        let target = out.map_or_else(|| base.join("out"), Path::to_owned);
        let written = output::write_whole(&target, "scorecard.json", json.as_bytes())?;
        session.print(&score_sheet(&sheet(&case), session.lang, session.width));
        session.print(wording::written(&shown(&written)).get(session.lang));
    }
    Ok(exit_of(&case))
}

/// The case as the report crate wants it.
pub fn sheet(case: &Case) -> Sheet<'_> {
    Sheet {
        program: &case.pack.program,
        facts: &case.reading.facts,
        subject: &case.reading.subject,
        scorecard: &case.scorecard,
    }
}

/// The scorecard as JSON.
pub fn scorecard(case: &Case, session: &Session) -> serde_json::Value {
    let Sheet { program, facts, subject, scorecard } = sheet(case);
    let mut card = heng_data::wire::scorecard_json(program, facts, subject, scorecard, session.lang);
    if let (Some(members), Ok(receipt)) = (card.as_object_mut(), serde_json::to_value(&case.receipt)) {
        members.insert("receipt".to_owned(), receipt);
    }
    card
}

/// The scorecard as JSON text.
pub fn scorecard_json(case: &Case, session: &Session) -> String {
    let Sheet { program, facts, subject, scorecard } = sheet(case);
    heng_data::wire::scorecard_text(program, facts, subject, scorecard, &case.receipt, session.lang)
}

/// Incomplete while the total is open.
pub fn exit_of(case: &Case) -> Exit {
    match case.scorecard.nodes.first().map(|total| &total.outcome) {
        Some(Outcome::Score(_) | Outcome::Graded(_) | Outcome::NotApplicable) => Exit::Success,
        _ => Exit::Incomplete,
    }
}
