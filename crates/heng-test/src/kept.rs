//! Cases that were found by looking, in the TOML form that is read back, ready to be kept.

use serde_json::json;

/// The head of a file of cases for the pack at `pack`.
#[must_use]
pub fn head(pack: &str) -> String {
    format!("pack = {}\n\n", json!(pack))
}

/// A case: its name, the text of its facts file, and the score that must come out, of an indicator or in total.
#[must_use]
pub fn case(name: &str, facts: &str, indicator: Option<&str>, score: &str) -> String {
    let (name, score) = (json!(name), json!(score));
    let outcome = match indicator {
        Some(indicator) => format!("scores = {{ {} = {score} }}", json!(indicator)),
        None => format!("total = {score}"),
    };
    format!("[[case]]\nname = {name}\nfacts = '''\n{facts}'''\n{outcome}\n\n")
}
