//! `heng diff`: what changed between two sets of rules, in policy words or as an amendment.

use std::path::Path;

use heng_dsl::diff;

use crate::{
    args::FormatArg,
    command::expand::save,
    exit::Exit,
    failure::Failure,
    pack::shown,
    rules::{self, Rules},
    session::Session,
    wording,
};

/// In what form the changes are given, and where.
pub struct Save<'a> {
    /// As a 修订 file.
    pub as_amendment: bool,
    /// The file; else the terminal.
    pub out: Option<&'a Path>,
    /// Whether a file that is there is overwritten.
    pub force: bool,
}

/// Says what changed from `before` to `after`.
pub fn run(before: &Path, after: &Path, how: &Save<'_>, session: &Session) -> Result<Exit, Failure> {
    let (old, new) = (Rules::read(before, None)?, Rules::read(after, None)?);
    rules::say_variants(&old, &new, session);
    let compare = if how.as_amendment { diff::changes } else { diff::described };
    let changes = compare(&old.reading, &new.reading).map_err(|why| rules::refused(*why))?;
    if how.as_amendment && diff::is_unwritten(&changes) {
        return Err(Failure::general(Exit::Rules, wording::too_different(after)));
    }
    let text = if how.as_amendment {
        let name = after.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        diff::amendment(&changes, &name, &shown(before))
    } else {
        match session.format {
            FormatArg::Json => {
                let items: Vec<serde_json::Value> = diff::json(&changes)
                    .into_iter()
                    .map(|item| item.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
                    .map(serde_json::Value::Object)
                    .collect();
                let all = serde_json::json!({ "heng": "diff/1", "changes": items });
                serde_json::to_string_pretty(&all).unwrap_or_default()
            }
            FormatArg::Md => diff::markdown(&changes, session.lang),
            FormatArg::Html => diff::html(&changes, session.lang),
            _ => diff::text(&changes, session.lang),
        }
    };
    let text = if changes.is_empty() && session.format == FormatArg::Text && !how.as_amendment {
        wording::no_changes().get(session.lang).to_owned()
    } else {
        text
    };
    save(&text, how.out, how.force, session)?;
    Ok(Exit::Success)
}
