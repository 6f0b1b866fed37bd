//! One indicator, as a person would write it.

use heng_diag::Lang;
use heng_model::{
    ExprKind, Node, NodeId, Outcome, Verdict,
    change::Regain,
    scorecard::{Finding, NodeScore, Role},
};
use heng_phrase::{decimal, points};

use crate::{
    Sheet,
    account::{Decided, decided},
    record::with_letter,
    teller::Teller,
    wording,
};

/// Why an indicator has its points: rule, data, computation, what decided, and what was lost.
#[must_use]
pub fn explain(sheet: &Sheet, node: NodeId, regains: &[Regain], lang: Lang) -> String {
    Account { teller: &Teller::new(sheet, lang), regains, lines: Vec::new() }.of(node)
}

/// The explanations of all indicators, in the order of the table, the total last.
#[must_use]
pub fn explain_all(sheet: &Sheet, regains: &[Regain], lang: Lang) -> String {
    let teller = Teller::new(sheet, lang);
    let ids = teller.scores().map(|(id, ..)| id);
    let (total, indicators): (Vec<_>, Vec<_>) = ids.partition(|id| id.0 == 0);
    let account = |id| Account { teller: &teller, regains, lines: Vec::new() }.of(id);
    let texts = indicators.into_iter().chain(total).map(account);
    texts.collect::<Vec<_>>().join("\n")
}

struct Account<'p, 'a> {
    teller: &'p Teller<'a>,
    regains: &'p [Regain],
    lines: Vec<String>,
}

impl Account<'_, '_> {
    fn of(mut self, id: NodeId) -> String {
        let teller = self.teller;
        let (Some(node), Some(score)) = (teller.sheet.program.node(id), teller.score(id)) else {
            return format!("{}\n", self.word(wording::UNKNOWN_NODE));
        };
        self.heading(node, score);
        self.criterion(id, node);
        self.data(score);
        self.steps(node, score);
        self.deciding(node, score);
        self.lost(node, score);
        self.findings(score);
        self.lines.join("\n") + "\n"
    }

    fn lang(&self) -> Lang {
        self.teller.lang
    }

    fn word(&self, pair: wording::Pair) -> &'static str {
        self.teller.word(pair)
    }

    fn section(&mut self, title: wording::Pair) {
        self.lines.push(self.word(title).to_owned());
    }

    fn line(&mut self, text: &str) {
        self.lines.push(format!("  {text}"));
    }

    fn field(&mut self, label: wording::Pair, text: Option<&str>) {
        if let Some(text) = text {
            let line = wording::labelled(self.lang(), self.word(label), text);
            self.line(&line);
        }
    }

    fn heading(&mut self, node: &Node, score: &NodeScore) {
        let program = self.teller.sheet.program;
        let mut groups = Vec::new();
        let mut parent = node.parent;
        while let Some(group) = parent.filter(|id| id.0 != 0 && groups.len() < usize::from(u8::MAX)) {
            groups.push(self.teller.phrase.node_name(group));
            parent = program.node(group).and_then(|group| group.parent);
        }
        groups.reverse();
        let title = wording::in_groups(self.lang(), self.teller.phrase.node_title(node), &groups);
        self.lines.push(title);
        let outcome = self.teller.phrase.outcome(&score.outcome, &node.full);
        let outcome = with_letter(outcome, score);
        self.lines.push(match node.pointless {
            true if score.grade.is_none() => outcome,
            true => wording::letter_is(self.lang(), &outcome),
            false => wording::score_of_full(self.lang(), &outcome, &decimal(&node.full)),
        });
        if score.vetoed_by.is_some() {
            self.lines.push(self.teller.reason(node, score));
        }
        let assumed = self.teller.grouped(&self.teller.assumed_data(score));
        if node.children.is_empty() && !assumed.is_empty() {
            self.lines.push(wording::rests_on(self.lang(), &assumed.join(self.word(wording::LISTED))));
        }
    }

    fn criterion(&mut self, id: NodeId, node: &Node) {
        self.section(wording::CRITERION);
        let criterion = self.teller.phrase.criterion(id);
        self.line(&criterion);
        self.field(wording::MEANING, node.meaning.as_deref());
        self.field(wording::NOTE, node.note.as_deref());
        self.field(wording::EVIDENCE, node.evidence.as_deref());
        self.field(wording::WRITTEN_AT, self.teller.rule_place(node.at).as_deref());
        let citation = self.teller.citation(&node.cite);
        self.line(&citation);
    }

    fn data(&mut self, score: &NodeScore) {
        let data = self.teller.data(score);
        if data.is_empty() {
            return;
        }
        self.section(wording::DATA);
        for line in data {
            self.line(&format!("- {line}"));
        }
    }

    fn steps(&mut self, node: &Node, score: &NodeScore) {
        let steps = self.teller.steps(node, score);
        if steps.is_empty() {
            return;
        }
        self.section(wording::STEPS);
        for (position, step) in steps.iter().enumerate() {
            self.line(&format!("{}. {}", position + 1, step.text));
            for text in &step.inside {
                self.line(&format!("   - {text}"));
            }
        }
    }

    /// The line of the rule file that decided.
    fn deciding(&mut self, node: &Node, score: &NodeScore) {
        let text = match (&score.outcome, decided(self.teller.body(node), &score.trace)) {
            (Outcome::Score(_), Decided::Case(case)) => Some((case.at, self.teller.reason(node, score))),
            (Outcome::Score(_), Decided::Demand(demand)) => Some((demand.at, self.teller.reason(node, score))),
            (Outcome::Score(_), Decided::Result) => self.deciding_row(score),
            (Outcome::NotApplicable, _) => {
                score.findings.iter().find(|finding| is_inapplicable(finding)).map(|finding| {
                    let verdict = self.teller.phrase.verdict(Verdict::NotApplicable);
                    (finding.at, wording::so(self.lang(), &self.teller.reason(node, score), verdict))
                })
            }
            _ => None,
        };
        let Some((at, text)) = text else { return };
        self.section(wording::DECIDING);
        let text = match self.teller.rule_place(at) {
            Some(place) => wording::at_place(self.lang(), &place, &text),
            None => text,
        };
        self.line(&text);
    }

    /// The row of a 分档 that gave the score.
    fn deciding_row(&self, score: &NodeScore) -> Option<(heng_model::expr::SourceRef, String)> {
        let program = self.teller.sheet.program;
        let mut step = score.trace.last()?;
        loop {
            match &program.expr(step.expr?)?.kind {
                ExprKind::Bands(bands) => {
                    let (_, row) = self.teller.deciding_row(bands, step)?;
                    let cells = match bands.subjects.is_empty() {
                        true => self.teller.case_words(row),
                        false => self.teller.phrase.band(row, &bands.subjects),
                    };
                    return Some((row.at, wording::so(self.lang(), &cells, &self.teller.phrase.given(row.value))));
                }
                ExprKind::Limit { .. } | ExprKind::Round { .. } => {
                    step = step.parts.iter().find(|part| part.role == Role::Operand(0))?;
                }
                _ => return None,
            }
        }
    }

    fn lost(&mut self, node: &Node, score: &NodeScore) {
        let Some(lost) = self.teller.lost(node, score).filter(|lost| lost.signum() > 0) else { return };
        self.section(wording::LOST);
        let why = self.teller.reason_with_judgements(node, score);
        let text = wording::lost(self.lang(), &points(&lost), &why);
        self.line(&text);
        let Some(regain) = self.regains.iter().find(|regain| regain.node == score.node) else { return };
        self.section(wording::REGAIN);
        for line in self.teller.regained(regain) {
            self.line(&format!("- {line}"));
        }
    }

    /// What a reviewer must know; why something does not apply was said before.
    fn findings(&mut self, score: &NodeScore) {
        let findings: Vec<_> = score.findings.iter().filter(|finding| !is_inapplicable(finding)).collect();
        if findings.is_empty() {
            return;
        }
        self.section(wording::FINDINGS);
        for finding in findings {
            let cause = self.teller.phrase.cause(&finding.cause, self.teller.sheet.facts);
            let text = match self.teller.rule_place(finding.at) {
                Some(place) => wording::noted(self.lang(), &cause, &place),
                None => cause,
            };
            self.line(&format!("- {text}"));
        }
    }
}

fn is_inapplicable(finding: &Finding) -> bool {
    finding.verdict == Some(Verdict::NotApplicable)
}
