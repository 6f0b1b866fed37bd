//! The scorecard as JSON: what a score sheet, a reviewer's tool or next year's program reads.

use std::collections::BTreeSet;

use heng_diag::Lang;
use heng_model::{
    Facts, Name, Node, NodeId, Number, Outcome, Program, Scorecard,
    facts::Subject,
    program::NodeKind,
    scorecard::{Cause, Finding, NodeScore},
    value::DatumRef,
};
use heng_phrase::{Phrase, points};
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value as Json, json};

use super::{
    datum::{code, datum_json, path},
    receipt::Receipt,
    trace::{Steps, Trace, place},
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
    let card = Card { program, facts, subject, scorecard, lang, receipt: None };
    serde_json::to_value(&card).unwrap_or_default()
}

/// The same as text, written as it is made, with the receipt behind it; it ends with a line end.
#[must_use]
pub fn scorecard_text(
    program: &Program,
    facts: &Facts,
    subject: &Subject,
    scorecard: &Scorecard,
    receipt: &Receipt,
    lang: Lang,
) -> String {
    let card = Card { program, facts, subject, scorecard, lang, receipt: Some(receipt) };
    let mut text = serde_json::to_string_pretty(&card).unwrap_or_default();
    text.push('\n');
    text
}

/// A scorecard on its way out.
struct Card<'a> {
    program: &'a Program,
    facts: &'a Facts,
    subject: &'a Subject,
    scorecard: &'a Scorecard,
    lang: Lang,
    receipt: Option<&'a Receipt>,
}

impl Serialize for Card<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let phrase = Phrase::new(self.program, self.lang);
        let assumed = assumed(self.program, self.facts, self.scorecard);
        let writer = Writer { phrase: &phrase, program: self.program, facts: self.facts, assumed };
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("heng", VERSION)?;
        members.serialize_entry("lang", &self.lang)?;
        members.serialize_entry("pack", &writer.pack())?;
        members.serialize_entry("subject", &json!({ "name": self.subject.name, "filled": self.subject.filled }))?;
        members.serialize_entry("total", &Total { writer: &writer, scorecard: self.scorecard })?;
        let rows = self.scorecard.nodes.iter().filter_map(|score| Row::of(&writer, score));
        members.serialize_entry("nodes", &rows.collect::<Vec<_>>())?;
        members.serialize_entry("findings", &writer.findings(&self.scorecard.findings))?;
        members.serialize_entry("counts", &writer.counts(self.scorecard))?;
        if let Some(receipt) = self.receipt {
            members.serialize_entry("receipt", receipt)?;
        }
        members.end()
    }
}

/// The total.
struct Total<'a> {
    writer: &'a Writer<'a>,
    scorecard: &'a Scorecard,
}

impl Serialize for Total<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Total { writer, scorecard } = *self;
        let root = writer.program.root();
        let score = root.zip(scorecard.nodes.first()).map(|(root, score)| writer.score(root, &score.outcome));
        let trace = writer.trace();
        let mut members = serializer.serialize_map(Some(4))?;
        members.serialize_entry("score", &score)?;
        members.serialize_entry("full", &root.map(|root| root.full.to_string()))?;
        members.serialize_entry("grade", &scorecard.grade)?;
        members.serialize_entry(
            "trace",
            &Steps { trace: &trace, above: "等级", steps: scorecard.grade_trace.as_slice() },
        )?;
        members.end()
    }
}

/// A row of the table.
struct Row<'a> {
    writer: &'a Writer<'a>,
    node: &'a Node,
    score: &'a NodeScore,
}

impl<'a> Row<'a> {
    fn of(writer: &'a Writer<'a>, score: &'a NodeScore) -> Option<Row<'a>> {
        writer.program.node(score.node).map(|node| Row { writer, node, score })
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Row { writer, node, score } = *self;
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("key", &node.key)?;
        members.serialize_entry("name", writer.phrase.node_title(node))?;
        members.serialize_entry("level", &node.level)?;
        members.serialize_entry("kind", &node.kind)?;
        members.serialize_entry("parent", &node.parent.map(|parent| writer.key(parent)))?;
        members.serialize_entry("full", &node.full)?;
        members.serialize_entry("score", &writer.score(node, &score.outcome))?;
        members.serialize_entry("vetoed_by", &score.vetoed_by.map(|gate| writer.key(gate)))?;
        members.serialize_entry("assumed", &writer.assumed.contains(&score.node))?;
        members.serialize_entry("criterion", &writer.phrase.criterion(score.node))?;
        members.serialize_entry("status", &node.cite.status)?;
        members.serialize_entry("basis", &node.cite.basis)?;
        members.serialize_entry("source", &node.cite.source)?;
        members.serialize_entry("evidence", &node.evidence)?;
        members.serialize_entry("meaning", &node.meaning)?;
        members.serialize_entry("note", &node.note)?;
        members.serialize_entry("at", &place(writer.program, node.at))?;
        let datum = |datum: &DatumRef| datum_json(writer.phrase, writer.program, *datum, writer.facts);
        members.serialize_entry("read", &score.read.iter().map(datum).collect::<Vec<_>>())?;
        members.serialize_entry("findings", &writer.findings(&score.findings))?;
        let (trace, above) = (writer.trace(), node.key.replace('/', "／"));
        members.serialize_entry("trace", &Steps { trace: &trace, above: &above, steps: &score.trace })?;
        // Rows of packs without letters stay as they were.
        if let Some(letter) = &score.grade {
            members.serialize_entry("grade", letter)?;
        }
        if !score.profile.is_empty() {
            members.serialize_entry("profile", &writer.profile(node, score))?;
        }
        members.end()
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
