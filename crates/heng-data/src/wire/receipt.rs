//! The receipt of a scorecard: which bytes went in, which program scored them, and what came out,
//! so that anyone who holds the case can tell whether a scorecard is theirs.

use heng_model::{Outcome, Program, Scorecard};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The version that is written.
const VERSION: &str = "receipt/1";

/// What part a file plays in a scoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// `heng.toml`: what belongs to the case.
    Case,
    /// `pack.toml`: what belongs to the pack.
    Pack,
    /// A rule file.
    Rules,
    /// A script of the pack.
    Script,
    /// A calendar of working days.
    Calendar,
    /// A facts file.
    Facts,
}

/// A file that went into a scoring.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Input {
    /// Its part.
    pub kind: InputKind,
    /// Its name: relative to the case for facts, to the pack for what belongs to that.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Input {
    /// The entry of a file.
    #[must_use]
    pub fn of(kind: InputKind, name: impl Into<String>, bytes: &[u8]) -> Input {
        Input { kind, name: name.into(), sha256: hash(bytes) }
    }
}

/// The receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// `receipt/1`.
    pub heng: String,
    /// The program that scored, with its version.
    pub program: String,
    /// The files that went in, by kind and name.
    pub inputs: Vec<Input>,
    /// The SHA-256 of every score and the grade, whatever the language of the scorecard.
    pub scores: String,
}

/// One thing that two receipts say, and whether they say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// What is compared.
    pub what: What,
    /// How the two stand to each other.
    pub found: Agreement,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The program and its version.
    Program {
        /// What the receipt says.
        then: String,
        /// What is running.
        now: String,
    },
    /// A file.
    Input {
        /// Its part.
        kind: InputKind,
        /// Its name.
        name: String,
    },
    /// Every score and the grade together.
    Scores,
    /// The score of one row, where the scorecard itself was at hand.
    Score {
        /// The key of the row.
        key: String,
        /// What the scorecard says.
        then: String,
        /// What it comes to now.
        now: String,
    },
}

/// How two receipts stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// They say the same.
    Same,
    /// They differ.
    Differs,
    /// Only the receipt knows it.
    Gone,
    /// Only the case knows it.
    New,
}

impl Receipt {
    /// The receipt of a scoring by `program_version`, such as `heng 0.1.0`.
    #[must_use]
    pub fn of(program_version: &str, mut inputs: Vec<Input>, program: &Program, scorecard: &Scorecard) -> Receipt {
        inputs.sort();
        inputs.dedup();
        let scores = hash(lines(program, scorecard).as_bytes());
        Receipt { heng: VERSION.to_owned(), program: program_version.to_owned(), inputs, scores }
    }

    /// The receipt in a scorecard, or one that stands by itself; `None` for anything else.
    #[must_use]
    pub fn from_json(bytes: &[u8]) -> Option<Receipt> {
        let value: serde_json::Value = serde_json::from_slice(bytes).ok()?;
        let value = value.get("receipt").cloned().unwrap_or(value);
        serde_json::from_value(value).ok().filter(|receipt: &Receipt| receipt.heng == VERSION)
    }

    /// What this receipt says beside what `now` says, in the order of the receipt.
    #[must_use]
    pub fn compare(&self, now: &Receipt) -> Vec<Compared> {
        let same = |same: bool| if same { Agreement::Same } else { Agreement::Differs };
        let mut found = Vec::new();
        let program = What::Program { then: self.program.clone(), now: now.program.clone() };
        found.push(Compared { what: program, found: same(self.program == now.program) });
        for input in &self.inputs {
            let other = now.inputs.iter().find(|other| (other.kind, &other.name) == (input.kind, &input.name));
            let agreement = other.map_or(Agreement::Gone, |other| same(other.sha256 == input.sha256));
            found.push(Compared { what: input.what(), found: agreement });
        }
        let known = |input: &Input| self.inputs.iter().any(|own| (own.kind, &own.name) == (input.kind, &input.name));
        let new = now.inputs.iter().filter(|input| !known(input));
        found.extend(new.map(|input| Compared { what: input.what(), found: Agreement::New }));
        found.push(Compared { what: What::Scores, found: same(self.scores == now.scores) });
        found
    }
}

impl Input {
    fn what(&self) -> What {
        What::Input { kind: self.kind, name: self.name.clone() }
    }
}

/// The rows whose score in a scorecard is not the one in `now`, by key; none where the first is no
/// scorecard.
#[must_use]
pub fn compare_scores(then: &[u8], now: &serde_json::Value) -> Vec<Compared> {
    let Ok(then) = serde_json::from_slice::<serde_json::Value>(then) else { return Vec::new() };
    let scores = |card: &serde_json::Value| -> Vec<(String, String)> {
        let nodes = card.get("nodes").and_then(serde_json::Value::as_array);
        let score = |node: &serde_json::Value| Some((node.get("key")?.as_str()?.to_owned(), said(node.get("score")?)));
        nodes.into_iter().flatten().filter_map(score).collect()
    };
    let (old, new) = (scores(&then), scores(now));
    let mut found = Vec::new();
    for (key, then) in &old {
        let now = new.iter().find(|(other, _)| other == key).map(|(_, now)| now);
        if now != Some(then) {
            let agreement = if now.is_some() { Agreement::Differs } else { Agreement::Gone };
            let now = now.cloned().unwrap_or_default();
            found.push(Compared { what: What::Score { key: key.clone(), then: then.clone(), now }, found: agreement });
        }
    }
    found
}

/// A score without the words of a language.
fn said(score: &serde_json::Value) -> String {
    let text =
        |value: Option<&serde_json::Value>| value.and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let end = |name| text(score.get(name).and_then(|end| end.get("exact")));
    match text(score.get("outcome")).as_str() {
        "score" => text(score.get("exact")),
        "open" => format!("{}..{}", end("least"), end("most")),
        other => other.to_owned(),
    }
}

/// Every score on a line of its own, and the grade.
fn lines(program: &Program, scorecard: &Scorecard) -> String {
    let mut text = String::new();
    for score in &scorecard.nodes {
        let key = program.node(score.node).map_or("", |node| &node.key);
        let outcome = match &score.outcome {
            Outcome::Score(points) => points.to_string(),
            Outcome::Graded(letter) => letter.as_deref().unwrap_or("-").to_owned(),
            Outcome::NotApplicable => "not_applicable".to_owned(),
            Outcome::Open { least, most, .. } => format!("{least}..{most}"),
            Outcome::Unwritten => "unwritten".to_owned(),
        };
        let gated = if score.vetoed_by.is_some() { " vetoed" } else { "" };
        let letter = score.grade.as_deref().filter(|_| !matches!(score.outcome, Outcome::Graded(_)));
        let letter = letter.map(|letter| format!(" {letter}")).unwrap_or_default();
        text.push_str(&format!("{key}\t{outcome}{letter}{gated}\n"));
    }
    text.push_str(scorecard.grade.as_deref().unwrap_or("-"));
    text
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{Agreement, Compared, Input, InputKind, Receipt, VERSION, What, hash};

    fn receipt(inputs: &[(InputKind, &str, &str)]) -> Receipt {
        let inputs = inputs.iter().map(|(kind, name, text)| Input::of(*kind, *name, text.as_bytes())).collect();
        Receipt { heng: VERSION.to_owned(), program: "heng 1".to_owned(), inputs, scores: hash(b"scores") }
    }

    fn of<'a>(found: &'a [Compared], wanted: &str) -> Option<&'a Agreement> {
        let named = |compared: &&Compared| matches!(&compared.what, What::Input { name, .. } if name == wanted);
        found.iter().find(named).map(|compared| &compared.found)
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn each_file_is_the_same_changed_gone_or_new() {
        use InputKind::{Facts, Rules};
        let then = receipt(&[(Rules, "a", "1"), (Facts, "b", "1"), (Facts, "c", "1")]);
        let now = receipt(&[(Rules, "a", "1"), (Facts, "b", "2"), (Facts, "d", "1")]);
        let found = then.compare(&now);
        assert_eq!(of(&found, "a"), Some(&Agreement::Same));
        assert_eq!(of(&found, "b"), Some(&Agreement::Differs));
        assert_eq!(of(&found, "c"), Some(&Agreement::Gone));
        assert_eq!(of(&found, "d"), Some(&Agreement::New));
        assert!(then.compare(&then).iter().all(|compared| compared.found == Agreement::Same));
    }

    #[test]
    fn another_version_is_refused() {
        let mut other = receipt(&[]);
        assert!(serde_json::to_vec(&other).is_ok_and(|bytes| Receipt::from_json(&bytes).is_some()));
        other.heng = "receipt/9".to_owned();
        assert!(serde_json::to_vec(&other).is_ok_and(|bytes| Receipt::from_json(&bytes).is_none()));
        assert!(Receipt::from_json(b"not json").is_none());
    }
}
