//! A scorecard in words, row by row: what the documents are made from, so that each says the same.

use std::collections::BTreeSet;

use heng_diag::Lang;
use heng_model::{
    Node, NodeId, Number, Outcome,
    expr::Status,
    program::{NodeKind, Program},
    scorecard::NodeScore,
};
use heng_phrase::{decimal, points};

use crate::{Sheet, account::opening, teller::Teller, wording};

/// A row of the table: an indicator or a group.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which one.
    pub id: NodeId,
    /// The group it stands in.
    pub parent: Option<NodeId>,
    /// How deep it stands: 1 for 一级指标.
    pub level: u8,
    /// Whether nothing stands below it.
    pub is_leaf: bool,
    /// Whether its points come on top (加分指标).
    pub is_bonus: bool,
    /// Its name.
    pub name: String,
    /// Full marks.
    pub full: Number,
    /// The points that count; none while they are open, or where a gate above stands for them.
    pub points: Option<Number>,
    /// What it came to, as a sheet shows it.
    pub outcome: String,
    /// Points lost, where they are known.
    pub lost: Option<Number>,
    /// Whether a group's points are the sum of its children's.
    pub is_sum: bool,
    /// The rule in the words of a notice.
    pub criterion: String,
    /// How the points came about, in one line.
    pub reason: String,
    /// The names of the data behind them.
    pub data: Vec<String>,
    /// The papers these data come from.
    pub papers: Vec<String>,
    /// The evidence the rule asks for.
    pub evidence: String,
    /// How far the rule is verified.
    pub status: String,
    /// Whether it is verified against an official text.
    pub is_verified: bool,
    /// Whether data behind it are assumed.
    pub is_assumed: bool,
}

/// A name with points and what is said of them.
#[derive(Clone, Debug)]
pub struct Item {
    /// The indicator.
    pub name: String,
    /// Points, as a sheet shows them.
    pub points: String,
    /// What is said.
    pub text: String,
}

/// A scorecard in words.
#[derive(Clone, Debug)]
pub struct Record {
    /// The pack's title.
    pub title: String,
    /// The rows below the total, in the order of the table.
    pub rows: Vec<Row>,
    /// Full marks of the total.
    pub full: Number,
    /// The total, once it is decided.
    pub total: Option<Number>,
    /// The total as a sheet shows it: points, or a range.
    pub total_text: String,
    /// The grade.
    pub grade: Option<String>,
    /// Points lost, each with its reason.
    pub losses: Vec<Item>,
    /// Points that rest on assumed data.
    pub assumed: Vec<Item>,
    /// What is not decided, with what must be done.
    pub open: Vec<Item>,
    /// What a reviewer must know.
    pub findings: Vec<String>,
    /// Rules by status, and whether one may rely on them.
    pub statuses: Vec<String>,
    /// Lines that every output must carry.
    pub disclaimers: Vec<String>,
}

/// Puts a scorecard into words.
#[must_use]
pub fn record(sheet: &Sheet, lang: Lang) -> Record {
    let teller = Teller::new(sheet, lang);
    let root = sheet.program.root();
    let total = sheet.scorecard.nodes.first().and_then(|score| score.outcome.points().cloned());
    Record {
        title: root.map(|root| teller.phrase.node_title(root).to_owned()).unwrap_or_default(),
        rows: teller.scores().skip(1).map(|(id, node, score)| row(&teller, id, node, score)).collect(),
        full: root.map(|root| root.full.clone()).unwrap_or(Number::ZERO),
        total,
        total_text: teller.scores().next().map(|(_, node, score)| shown(&teller, node, score)).unwrap_or_default(),
        grade: sheet.scorecard.grade.as_ref().map(ToString::to_string),
        losses: losses(&teller),
        assumed: assumed(&teller),
        open: open(&teller),
        findings: findings(&teller),
        statuses: statuses(&teller),
        disclaimers: disclaimers(sheet.program),
    }
}

fn disclaimers(program: &Program) -> Vec<String> {
    program.pack.disclaimers.iter().map(ToString::to_string).collect()
}

fn row(teller: &Teller, id: NodeId, node: &Node, score: &NodeScore) -> Row {
    let points = score.outcome.points().filter(|_| score.vetoed_by.is_none()).cloned();
    let is_leaf = node.children.is_empty();
    let lost = teller.lost(node, score).filter(|_| is_leaf);
    let reason = match &score.outcome {
        Outcome::Open { .. } => causes(teller, score),
        _ => teller.reason_with_judgements(node, score),
    };
    let papers: BTreeSet<String> = score
        .read
        .iter()
        .filter_map(|datum| teller.sheet.facts.origin(*datum))
        .map(|origin| origin.paper.as_ref().unwrap_or(&origin.file).to_string())
        .filter(|paper| !paper.is_empty())
        .collect();
    Row {
        id,
        parent: node.parent,
        level: node.level,
        is_leaf,
        is_bonus: node.kind == NodeKind::Bonus,
        name: teller.phrase.node_title(node).to_owned(),
        full: node.full.clone(),
        points,
        outcome: shown(teller, node, score),
        lost,
        is_sum: teller.is_sum(node) && !teller.is_gated(node, score),
        criterion: if is_leaf { teller.phrase.criterion(id) } else { String::new() },
        reason,
        data: teller.grouped(&score.read),
        papers: papers.into_iter().collect(),
        evidence: node.evidence.as_ref().map(ToString::to_string).unwrap_or_default(),
        status: node.cite.status.map_or(teller.word(wording::NO_STATUS), |s| teller.phrase.status(s)).to_owned(),
        is_verified: node.cite.status == Some(Status::Verified),
        is_assumed: is_leaf && !teller.assumed_data(score).is_empty(),
    }
}

/// Points, a range, or 不适用.
fn shown(teller: &Teller, node: &Node, score: &NodeScore) -> String {
    match &score.outcome {
        Outcome::Score(points_of) => with_letter(points(points_of), score),
        Outcome::Graded(_) => teller.phrase.outcome(&score.outcome, &node.full),
        Outcome::NotApplicable => teller.word(wording::NOT_APPLICABLE).to_owned(),
        Outcome::Open { .. } | Outcome::Unwritten if node.pointless => {
            teller.phrase.outcome(&score.outcome, &node.full)
        }
        Outcome::Open { least, most, .. } => wording::between(teller.lang, &points(least), &points(most)),
        Outcome::Unwritten => {
            let (least, most) = (Number::ZERO.min(node.full.clone()), Number::ZERO.max(node.full.clone()));
            wording::between(teller.lang, &points(&least), &points(&most))
        }
    }
}

/// Points with the letter that is taken from them.
pub(crate) fn with_letter(points: String, score: &NodeScore) -> String {
    match &score.grade {
        Some(letter) if matches!(score.outcome, Outcome::Score(_)) => format!("{points} {letter}"),
        _ => points,
    }
}

fn losses(teller: &Teller) -> Vec<Item> {
    let item = |loss: crate::account::Loss| {
        let node = teller.sheet.program.node(loss.id)?;
        let name = teller.phrase.node_title(node).to_owned();
        let text = teller.reason_with_judgements(node, loss.score);
        Some(Item { name, points: points(&loss.points), text })
    };
    teller.losses().into_iter().filter_map(item).collect()
}

fn assumed(teller: &Teller) -> Vec<Item> {
    let item = |assumed: crate::account::Assumed| Item {
        name: teller.phrase.node_name(assumed.id).to_owned(),
        points: points(&assumed.points),
        text: teller.grouped(&assumed.data).join(teller.word(wording::LISTED)),
    };
    teller.assumed().into_iter().map(item).collect()
}

fn open(teller: &Teller) -> Vec<Item> {
    let item = |(id, node, score): (NodeId, &Node, &NodeScore)| Item {
        name: teller.phrase.node_name(id).to_owned(),
        points: shown(teller, node, score),
        text: causes(teller, score),
    };
    teller.open().into_iter().map(item).collect()
}

/// What is missing and what to do.
fn causes(teller: &Teller, score: &NodeScore) -> String {
    if score.outcome == Outcome::Unwritten {
        return teller.word(wording::TO_BE_WRITTEN).to_owned();
    }
    let facts = teller.sheet.facts;
    let causes: Vec<_> = opening(score).map(|finding| teller.phrase.cause(&finding.cause, facts)).collect();
    if causes.is_empty() {
        teller.word(wording::UNEXPLAINED).to_owned()
    } else {
        causes.join(if teller.lang == Lang::Zh { "" } else { " " })
    }
}

fn findings(teller: &Teller) -> Vec<String> {
    let facts = teller.sheet.facts;
    let of_pack = teller.sheet.scorecard.findings.iter().map(|finding| (None, finding));
    let noted = teller.scores().flat_map(|(id, _, score)| {
        score.findings.iter().filter(|finding| finding.verdict.is_none()).map(move |finding| (Some(id), finding))
    });
    let mut said = Vec::new();
    for (id, finding) in of_pack.chain(noted) {
        let cause = teller.phrase.cause(&finding.cause, facts);
        let text = match id.filter(|id: &NodeId| id.0 != 0) {
            Some(id) => wording::labelled(teller.lang, teller.phrase.node_name(id), &cause),
            None => cause,
        };
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said
}

fn statuses(teller: &Teller) -> Vec<String> {
    let Some(root) = teller.sheet.program.root() else { return Vec::new() };
    let statuses = teller.statuses();
    let full = decimal(&root.full);
    let name = |status: Option<Status>| status.map_or(teller.word(wording::NO_STATUS), |s| teller.phrase.status(s));
    let said: Vec<_> = statuses
        .iter()
        .map(|(status, rules, points)| {
            let points = if root.pointless { String::new() } else { decimal(points) };
            wording::by_status(teller.lang, name(*status), *rules, &points)
        })
        .collect();
    let doubtful = statuses.iter().filter(|(status, ..)| *status != Some(Status::Verified));
    let mut doubtful = doubtful.peekable();
    if root.pointless {
        return vec![said.join(teller.word(wording::SEMICOLON))];
    }
    let warning = if doubtful.peek().is_none() {
        wording::all_verified(teller.lang, &full)
    } else {
        let points: Number = doubtful.map(|(.., points)| points.clone()).sum();
        wording::unverified(teller.lang, &decimal(&points), &full)
    };
    vec![said.join(teller.word(wording::SEMICOLON)), warning]
}
