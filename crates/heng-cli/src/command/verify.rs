//! `heng verify`: whether a scorecard was made of the files at hand.

use std::path::Path;

use heng_data::wire::{Agreement, Compared, Receipt, compare_scores};

use crate::{
    args::{FormatArg, VerifyArgs},
    case,
    command::{agree, score},
    exit::Exit,
    failure::Failure,
    session::Session,
    wording,
};

/// Verifies a receipt, or documents.
pub fn run(args: &VerifyArgs, session: &Session) -> Result<Exit, Failure> {
    match &args.receipt {
        Some(file) => of_receipt(file, &args.case, session),
        None => agree::run(args, session),
    }
}

fn of_receipt(file: &Path, folder: &Path, session: &Session) -> Result<Exit, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::unreadable(file, &error))?;
    let Some(then) = Receipt::from_json(&bytes) else {
        return Err(Failure::general(Exit::Usage, wording::no_receipt(file)));
    };
    let case = case::score(folder)?;
    let mut found = then.compare(&case.receipt);
    found.extend(compare_scores(&bytes, &score::scorecard(&case, session)));
    let differences = found.iter().filter(|compared| compared.found != Agreement::Same).count();
    tell(&found, differences, session);
    Ok(if differences == 0 { Exit::Success } else { Exit::Differs })
}

fn tell(found: &[Compared], differences: usize, session: &Session) {
    if session.format == FormatArg::Json {
        let value = serde_json::json!({ "heng": "verification/1", "agrees": differences == 0, "compared": found });
        session.print_json(&value);
        return;
    }
    for compared in found {
        session.print(&wording::compared(compared, session.lang));
    }
    session.print(wording::verified(differences).get(session.lang));
}
