//! A name of several words that stands bare in a line of an amendment.

/// The words before a name: what is done, and where something is added.
const VERBS: [&str; 14] =
    ["change", "改", "add", "增", "drop", "删", "replace", "替换", "move", "移", "rename", "改名", "variant", "变体"];
const PLACES: [&str; 6] = ["to", "after", "before", "到", "在", "于"];

/// The first name of several words in the line that holds `at`, if it stands without 「」.
pub(super) fn name(text: &str, at: usize) -> Option<String> {
    let (before, after) = (text.get(..at)?, text.get(at..)?);
    let head = before.rsplit('\n').next().unwrap_or_default();
    let line = format!("{head}{}", after.lines().next().unwrap_or_default());
    let line = line.trim();
    let (verb, rest) = line.split_once(char::is_whitespace)?;
    if !VERBS.contains(&verb) {
        return None;
    }
    let rest = rest.trim_start();
    let rest = match rest.split_once(char::is_whitespace) {
        Some((place, rest)) if PLACES.contains(&place) => rest,
        _ => rest,
    };
    let target = rest.split([':', '：', '[', '［', '{', '｛', '→', '>', ',', '，']).next()?;
    let targets = target.trim_end_matches('-').split(" to ").flat_map(|part| part.split(" 到 "));
    let bare = |part: &&str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.len() > 1 && words.iter().all(|word| word.starts_with(|sign: char| sign.is_ascii_alphabetic()))
    };
    targets.flat_map(|target| target.split('.')).map(str::trim).find(bare).map(str::to_owned)
}
