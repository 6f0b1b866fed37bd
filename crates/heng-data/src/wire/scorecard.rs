//! The scorecard as JSON: what a score sheet, a reviewer's tool or next year's program reads.

use std::collections::BTreeSet;

use heng_diag::Lang;
use heng_model::{
    Facts, Name, Node, NodeId, Number, Outcome, Program, Scorecard,
    facts::Subject,
    program::NodeKind,
    scorecard::{Cause, Finding, NodeScore},
};
use heng_phrase::{Phrase, points};
use serde_json::{Value as Json, json};

use super::{
    datum::{code, datum_json, path},
    trace::{Trace, place},
};

/// The version that is written.
const VERSION: &str = "scorecard/1";

/// The scorecard with the whole reason for every score, in the words of `lang`.
///
/// # Units
/// Numbers are texts and exact, a decimal or a fraction (`272/3`), in the base unit: 元, points, 1 for
/// a ratio.
///
/// # Shape
/// `docs/schema/scorecard-1.json`. Codes and the ids of steps are the same in every language; the same
/// inputs give the same bytes.
#[must_use]
pub fn scorecard_json(program: &Program, facts: &Facts, subject: &Subject, scorecard: &Scorecard, lang: Lang) -> Json {
    let phrase = Phrase::new(program, lang);
    let writer = Writer { phrase: &phrase, program, facts, assumed: assumed(program, facts, scorecard) };
    let mut card = json!({
        "heng": VERSION,
        "lang": lang,
        "pack": writer.pack(),
        "subject": { "name": subject.name, "filled": subject.filled },
        "total": writer.total(scorecard),
    });
    put(&mut card, "nodes", scorecard.nodes.iter().filter_map(|score| writer.node(score)).collect());
    put(&mut card, "findings", Json::Array(writer.findings(&scorecard.findings)));
    put(&mut card, "counts", writer.counts(scorecard));
    card
}

/// Adds a member. What `json!` is given by name, it copies; the steps are long.
fn put(object: &mut Json, name: &str, value: Json) {
    if let Json::Object(members) = object {
        members.insert(name.to_owned(), value);
    }
}

struct Writer<'a> {
    phrase: &'a Phrase<'a>,
    program: &'a Program,
    facts: &'a Facts,
    /// The rows that rest on assumed figures.
    assumed: BTreeSet<NodeId>,
}

/// The rows that read an assumed figure, with the rows they stand in.
fn assumed(program: &Program, facts: &Facts, scorecard: &Scorecard) -> BTreeSet<NodeId> {
    let read = |score: &&NodeScore| score.read.iter().any(|datum| facts.origin(*datum).is_some_and(|at| at.assumed));
    let mut found: BTreeSet<NodeId> = scorecard.nodes.iter().filter(read).map(|score| score.node).collect();
    // Children come after their parents.
    for (id, node) in program.tree().collect::<Vec<_>>().into_iter().rev() {
        if found.contains(&id) {
            found.extend(node.parent);
        }
    }
    found
}

impl Writer<'_> {
    fn trace(&self) -> Trace<'_> {
        Trace { phrase: self.phrase, program: self.program, facts: self.facts }
    }

    fn pack(&self) -> Json {
        let pack = &self.program.pack;
        json!({
            "title": pack.title,
            "region": pack.region,
            "year": pack.year,
            "notice": pack.notice,
            "due": pack.due,
            "note": pack.note,
            "status": pack.cite.status.map_or(Json::Null, code),
            "basis": pack.cite.basis,
            "source": pack.cite.source,
            "disclaimers": pack.disclaimers,
        })
    }

    fn total(&self, scorecard: &Scorecard) -> Json {
        let root = self.program.root();
        let score = root.zip(scorecard.nodes.first()).map(|(root, score)| self.score(root, &score.outcome));
        let steps = scorecard.grade_trace.as_slice();
        json!({
            "score": score,
            "full": root.map(|root| root.full.to_string()),
            "grade": scorecard.grade,
            "trace": self.trace().steps("等级", steps),
        })
    }

    fn node(&self, score: &NodeScore) -> Option<Json> {
        let node = self.program.node(score.node)?;
        let read: Vec<Json> =
            score.read.iter().map(|datum| datum_json(self.phrase, self.program, *datum, self.facts)).collect();
        let mut row = json!({
            "key": node.key,
            "name": self.phrase.node_title(node),
            "level": node.level,
            "kind": code(node.kind),
            "parent": node.parent.map(|parent| self.key(parent)),
            "full": node.full.to_string(),
            "score": self.score(node, &score.outcome),
            "vetoed_by": score.vetoed_by.map(|gate| self.key(gate)),
            "assumed": self.assumed.contains(&score.node),
            "criterion": self.phrase.criterion(score.node),
            "status": node.cite.status.map_or(Json::Null, code),
            "basis": node.cite.basis,
            "source": node.cite.source,
            "evidence": node.evidence,
            "meaning": node.meaning,
            "note": node.note,
            "at": place(self.program, node.at),
        });
        put(&mut row, "read", Json::Array(read));
        put(&mut row, "findings", Json::Array(self.findings(&score.findings)));
        put(&mut row, "trace", self.trace().steps(&node.key.replace('/', "／"), &score.trace));
        // Rows of packs without letters stay as they were.
        if let Some(letter) = &score.grade {
            put(&mut row, "grade", json!(letter));
        }
        if let (false, Some(row)) = (score.profile.is_empty(), row.as_object_mut()) {
            row.insert("profile".to_owned(), json!(self.profile(node, score)));
        }
        Some(row)
    }

    /// The named parts of a row that is a profile.
    fn profile(&self, node: &Node, score: &NodeScore) -> Vec<Json> {
        let parts = self.phrase.profile(node, score);
        let part = |((name, number), (_, text)): (&(Name, Number), &(Name, String))| json!({ "name": name, "exact": number.to_string(), "text": text });
        score.profile.iter().zip(&parts).map(part).collect()
    }

    fn key(&self, id: NodeId) -> &str {
        self.program.node(id).map_or("?", |node| &node.key)
    }

    fn score(&self, node: &Node, outcome: &Outcome) -> Json {
        let shown = |number: &Number| json!({ "exact": number.to_string(), "shown": points(number) });
        let text = self.phrase.outcome(outcome, &node.full);
        match outcome {
            Outcome::Score(number) => {
                json!({ "outcome": "score", "text": text, "exact": number.to_string(), "shown": points(number) })
            }
            Outcome::Graded(letter) => json!({ "outcome": "graded", "text": text, "letter": letter }),
            Outcome::NotApplicable => json!({ "outcome": "not_applicable", "text": text }),
            Outcome::Open { least, most, verdict } => json!({
                "outcome": "open",
                "text": text,
                "least": shown(least),
                "most": shown(most),
                "verdict": code(verdict),
            }),
            Outcome::Unwritten => json!({ "outcome": "unwritten", "text": text }),
        }
    }

    fn findings(&self, findings: &[Finding]) -> Vec<Json> {
        let finding = |finding: &Finding| {
            let (kind, datum) = match &finding.cause {
                Cause::State(_, datum) => ("state", Some(path(self.program, *datum, self.facts))),
                Cause::Fault(_) => ("fault", None),
                Cause::Case(_) => ("case", None),
                Cause::Demand(..) => ("demand", None),
                Cause::Script { .. } => ("script", None),
                Cause::Child(_) => ("child", None),
                Cause::Verdict(_) => ("verdict", None),
            };
            json!({
                "kind": kind,
                "verdict": finding.verdict.map_or(Json::Null, code),
                "text": self.phrase.cause(&finding.cause, self.facts),
                "datum": datum,
                "at": place(self.program, finding.at),
            })
        };
        findings.iter().map(finding).collect()
    }

    /// How many indicators without children there are, by what they came to and how their rule was
    /// verified.
    fn counts(&self, scorecard: &Scorecard) -> Json {
        let leaves: Vec<(&Node, &NodeScore)> = scorecard
            .nodes
            .iter()
            .filter_map(|score| self.program.node(score.node).map(|node| (node, score)))
            .filter(|(node, _)| node.children.is_empty() && node.kind != NodeKind::Pack)
            .collect();
        let outcome = |wanted: fn(&Outcome) -> bool| leaves.iter().filter(|(_, score)| wanted(&score.outcome)).count();
        let status = |wanted| leaves.iter().filter(|(node, _)| node.cite.status == wanted).count();
        use heng_model::expr::Status::{Demo, Secondary, Unverified, Verified};
        json!({
            "indicators": leaves.len(),
            "score": outcome(|found| matches!(found, Outcome::Score(_) | Outcome::Graded(_))),
            "not_applicable": outcome(|found| matches!(found, Outcome::NotApplicable)),
            "open": outcome(|found| matches!(found, Outcome::Open { .. })),
            "unwritten": outcome(|found| matches!(found, Outcome::Unwritten)),
            "assumed": leaves.iter().filter(|(_, score)| self.assumed.contains(&score.node)).count(),
            "findings": scorecard.findings.len() + scorecard.nodes.iter().map(|score| score.findings.len()).sum::<usize>(),
            "status": {
                "verified": status(Some(Verified)),
                "secondary": status(Some(Secondary)),
                "unverified": status(Some(Unverified)),
                "demo": status(Some(Demo)),
                "none": status(None),
            },
        })
    }
}
