//! The score sheet as a terminal shows it.

use heng_diag::Lang;
use heng_model::{Node, NodeId, Number, Outcome, expr::Status, program::NodeKind, scorecard::NodeScore};
use heng_phrase::{decimal, points};

use crate::{
    Sheet,
    account::opening,
    layout::{Align, Column, GAP, hanging, pad, row, width},
    record::with_letter,
    teller::Teller,
    wording,
};

/// The narrowest sheet that is laid out; below it lines run over.
const NARROWEST: usize = 60;

/// How far each level of the tree is set in.
const STEP: usize = 2;

/// The score sheet: heading, table, total and grade, and what must be known beside them.
///
/// Lines are at most `width` columns wide (at least 60) and end in a line break. A total that is
/// not decided is shown as a range and has no grade.
#[must_use]
pub fn score_sheet(sheet: &Sheet, lang: Lang, width: usize) -> String {
    let teller = Teller::new(sheet, lang);
    let mut page = Page { teller: &teller, width: width.max(NARROWEST), lines: Vec::new() };
    page.heading();
    page.table();
    page.total();
    page.losses();
    page.assumed();
    page.open();
    page.findings();
    page.statuses();
    page.lines.join("\n") + "\n"
}

struct Page<'p, 'a> {
    teller: &'p Teller<'a>,
    width: usize,
    lines: Vec<String>,
}

impl<'a> Page<'_, 'a> {
    fn lang(&self) -> Lang {
        self.teller.lang
    }

    fn word(&self, pair: wording::Pair) -> &'static str {
        self.teller.word(pair)
    }

    fn text(&mut self, first: &str, text: &str) {
        self.lines.extend(hanging(first, text, self.width));
    }

    fn blank(&mut self) {
        self.lines.push(String::new());
    }

    // ---- heading ----

    fn heading(&mut self) {
        let sheet = self.teller.sheet;
        let pack = &sheet.program.pack;
        let title = format!("{}  {}", pack.title, self.word(wording::SCORE_SHEET));
        self.text("", &title);
        self.blank();
        let date = |day: Option<heng_model::Date>| {
            day.map(|day| self.teller.phrase.value(&heng_model::Value::Date(day), &heng_model::Type::Date))
        };
        let (filled, due) = (date(sheet.subject.filled), date(pack.due));
        let not_given = || self.word(wording::NOT_GIVEN).to_owned();
        let department = Some(sheet.subject.name.to_string()).filter(|name| !name.is_empty());
        let fields = [
            (wording::YEAR, Some(wording::year(self.lang(), pack.year))),
            (wording::REGION, pack.region.as_ref().map(ToString::to_string)),
            (wording::NOTICE, pack.notice.as_ref().map(ToString::to_string)),
            (wording::DEPARTMENT, Some(department.unwrap_or_else(not_given))),
            (wording::FILLED, Some(filled.unwrap_or_else(not_given))),
            (wording::DUE, due),
            (wording::RULES_STATUS, pack.cite.status.map(|status| self.teller.phrase.status(status).to_owned())),
        ];
        let label = fields.iter().map(|(label, _)| width(self.word(*label))).max().unwrap_or(0) + GAP;
        for (name, text) in fields {
            if let Some(text) = text {
                self.text(&pad(self.word(name), label), &text);
            }
        }
        for disclaimer in &pack.disclaimers {
            self.text(&pad(self.word(wording::DISCLAIMER), label), disclaimer);
        }
        self.blank();
    }

    // ---- table ----

    fn table(&mut self) {
        let columns = self.columns();
        let heads = [wording::INDICATOR, wording::FULL, wording::SCORE, wording::REASON, wording::STATUS];
        let heads = heads.map(|head| self.word(head).to_owned());
        let rule = "-".repeat(columns.iter().map(|column| column.width + GAP).sum::<usize>() - GAP);
        self.lines.push(rule.clone());
        self.lines.extend(row(&columns, &heads, 0));
        self.lines.push(rule.clone());
        let rows: Vec<_> = self.teller.scores().filter(|(id, ..)| id.0 != 0).collect();
        for (position, (id, node, score)) in rows.iter().enumerate() {
            if node.level <= 1 && position > 0 {
                self.blank();
            }
            let cells = self.cells(*id, node, score);
            let indent = STEP * usize::from(node.level.saturating_sub(1));
            self.lines.extend(row(&columns, &cells, indent));
        }
        self.lines.push(rule);
    }

    fn cells(&self, _id: NodeId, node: &Node, score: &NodeScore) -> [String; 5] {
        let status = if node.children.is_empty() { self.status(node.cite.status) } else { String::new() };
        let name = self.teller.phrase.node_title(node).to_owned();
        [name, self.full(node), self.points(node, score), self.teller.reason(node, score), status]
    }

    fn status(&self, status: Option<Status>) -> String {
        status.map_or(self.word(wording::NO_STATUS), |status| self.teller.phrase.status(status)).to_owned()
    }

    /// Full marks; the cap of a bonus with its sign.
    fn full(&self, node: &Node) -> String {
        if node.pointless {
            return String::new();
        }
        let full = decimal(&node.full);
        if node.kind == NodeKind::Bonus && node.full.signum() > 0 { format!("+{full}") } else { full }
    }

    /// The points with a mark: `*` for assumed data, brackets where a gate stands in their place.
    fn points(&self, node: &Node, score: &NodeScore) -> String {
        let assumed = node.children.is_empty() && !self.teller.assumed_data(score).is_empty();
        let mark = if assumed { "*" } else { " " };
        let text = match &score.outcome {
            Outcome::Score(found) => with_letter(points(found), score),
            Outcome::Graded(_) => self.teller.phrase.outcome(&score.outcome, &node.full),
            Outcome::NotApplicable => self.word(wording::NOT_APPLICABLE).to_owned(),
            Outcome::Open { .. } | Outcome::Unwritten if node.pointless => {
                self.teller.phrase.outcome(&score.outcome, &node.full)
            }
            Outcome::Open { least, most, .. } => narrow_range(least, most),
            Outcome::Unwritten => {
                let (least, most) = unwritten(node);
                narrow_range(&least, &most)
            }
        };
        if score.vetoed_by.is_some() { format!("({text})") } else { format!("{text}{mark}") }
    }

    /// The columns: names, full marks, points, reasons, status. Names and reasons share what is left.
    fn columns(&self) -> [Column; 5] {
        let mut widths = [0; 5];
        let heads = [wording::INDICATOR, wording::FULL, wording::SCORE, wording::REASON, wording::STATUS];
        for (slot, head) in widths.iter_mut().zip(heads) {
            *slot = width(self.word(head));
        }
        for (id, node, score) in self.teller.scores().filter(|(id, ..)| id.0 != 0) {
            let indent = STEP * usize::from(node.level.saturating_sub(1));
            let cells = self.cells(id, node, score);
            for (position, (slot, cell)) in widths.iter_mut().zip(&cells).enumerate() {
                *slot = (*slot).max(width(cell) + if position == 0 { indent } else { 0 });
            }
        }
        let [name, full, score, reason, status] = widths;
        let left = self.width.saturating_sub(full + score + status + 4 * GAP);
        let name = name.min((left * 11 / 20).max(12));
        let reason = reason.min(left.saturating_sub(name));
        let column = |width, align| Column { width, align };
        [
            column(name, Align::Left),
            column(full, Align::Right),
            column(score, Align::Right),
            column(reason, Align::Left),
            column(status, Align::Left),
        ]
    }

    // ---- total ----

    fn total(&mut self) {
        let card = self.teller.sheet.scorecard;
        let (Some((_, root, score)), grade) = (self.teller.scores().next(), card.grade.as_deref()) else { return };
        let full = decimal(&root.full);
        let points = match &score.outcome {
            Outcome::Score(total) => points(total),
            _ if root.pointless => return self.no_total(root, score, grade),
            Outcome::Graded(_) => String::new(),
            Outcome::NotApplicable => self.word(wording::NOT_APPLICABLE).to_owned(),
            Outcome::Open { least, most, .. } => wording::between(self.lang(), &points(least), &points(most)),
            Outcome::Unwritten => wording::between(self.lang(), &points(&Number::ZERO), &points(&root.full)),
        };
        let total = format!("{}  {points} / {full}", self.word(wording::TOTAL));
        let behind = match (&score.outcome, grade) {
            (Outcome::Score(_), Some(grade)) => format!("{}  {grade}", self.word(wording::GRADE)),
            (Outcome::Open { .. } | Outcome::Unwritten, _) => self.word(wording::NO_GRADE_OPEN).to_owned(),
            _ => String::new(),
        };
        self.text("", format!("{total}    {behind}").trim_end());
        let reason = self.teller.reason(root, score);
        if !reason.is_empty() {
            self.text("  ", &reason);
        }
        if !self.teller.assumed().is_empty() {
            self.text("", self.word(wording::ASSUMED_MARK));
        }
        if self.teller.scores().any(|(.., score)| score.vetoed_by.is_some()) {
            self.text("", self.word(wording::VETOED_MARK));
        }
    }

    /// A pack without points: its letter, if it has one.
    fn no_total(&mut self, root: &Node, score: &NodeScore, grade: Option<&str>) {
        match grade {
            Some(grade) => self.text("", &format!("{}  {grade}", self.word(wording::GRADE))),
            None => self.text("", &self.teller.phrase.outcome(&score.outcome, &root.full)),
        }
    }

    // ---- sections ----

    fn section(&mut self, title: wording::Pair, points: Option<&Number>) {
        self.blank();
        let points = points.map(heng_phrase::points);
        let title = wording::section(self.lang(), self.word(title), points.as_deref());
        self.text("", &title);
    }

    fn losses(&mut self) {
        let losses = self.teller.losses();
        if losses.is_empty() {
            self.section(wording::LOSSES, None);
            self.text("  ", self.word(wording::NO_LOSSES));
            return;
        }
        let sum: Number = losses.iter().map(|loss| loss.points.clone()).sum();
        self.section(wording::LOSSES, Some(&sum));
        for loss in losses {
            let Some(node) = self.teller.sheet.program.node(loss.id) else { continue };
            let reason = self.teller.reason_with_judgements(node, loss.score);
            let name = self.teller.phrase.node_title(node);
            let text = wording::item(self.lang(), name, &points(&loss.points), &reason);
            self.text("  - ", &text);
        }
    }

    fn assumed(&mut self) {
        let assumed = self.teller.assumed();
        if assumed.is_empty() {
            return;
        }
        let sum: Number = assumed.iter().map(|item| item.points.clone()).sum();
        self.section(wording::ASSUMED, Some(&sum));
        for item in assumed {
            let data = self.teller.grouped(&item.data);
            let data = data.join(self.word(wording::LISTED));
            let name = self.teller.phrase.node_name(item.id);
            let text = wording::item(self.lang(), name, &points(&item.points), &data);
            self.text("  - ", &text);
        }
    }

    fn open(&mut self) {
        let open: Vec<(NodeId, &Node, &NodeScore)> = self.teller.open();
        if open.is_empty() {
            return;
        }
        self.section(wording::OPEN, None);
        for (id, node, score) in open {
            let (least, most) = match &score.outcome {
                Outcome::Open { least, most, .. } => (least.clone(), most.clone()),
                _ => unwritten(node),
            };
            let name = self.teller.phrase.node_name(id);
            let range = wording::between(self.lang(), &points(&least), &points(&most));
            let causes = self.causes(score);
            let text = wording::item(self.lang(), name, &range, &causes);
            self.text("  - ", &text);
        }
    }

    /// What is missing and what to do.
    fn causes(&self, score: &NodeScore) -> String {
        if score.outcome == Outcome::Unwritten {
            return self.word(wording::TO_BE_WRITTEN).to_owned();
        }
        let facts = self.teller.sheet.facts;
        let causes: Vec<_> = opening(score).map(|finding| self.teller.phrase.cause(&finding.cause, facts)).collect();
        let between = if self.lang() == Lang::Zh { "" } else { " " };
        if causes.is_empty() { self.word(wording::UNEXPLAINED).to_owned() } else { causes.join(between) }
    }

    fn findings(&mut self) {
        let facts = self.teller.sheet.facts;
        let of_pack = self.teller.sheet.scorecard.findings.iter().map(|finding| (None, finding));
        let noted = self.teller.scores().flat_map(|(id, _, score)| {
            score.findings.iter().filter(|finding| finding.verdict.is_none()).map(move |finding| (Some(id), finding))
        });
        let mut said = Vec::new();
        for (id, finding) in of_pack.chain(noted) {
            let cause = self.teller.phrase.cause(&finding.cause, facts);
            let text = match id.filter(|id: &NodeId| id.0 != 0) {
                Some(id) => wording::labelled(self.lang(), self.teller.phrase.node_name(id), &cause),
                None => cause,
            };
            if !said.contains(&text) {
                said.push(text);
            }
        }
        if said.is_empty() {
            return;
        }
        self.section(wording::FINDINGS, None);
        for text in said {
            self.text("  - ", &text);
        }
    }

    fn statuses(&mut self) {
        let statuses = self.teller.statuses();
        let Some(root) = self.teller.sheet.program.root() else { return };
        let full = decimal(&root.full);
        self.section(wording::RULES, None);
        let said = statuses.iter().map(|(status, rules, points)| {
            let points = if root.pointless { String::new() } else { decimal(points) };
            wording::by_status(self.lang(), &self.status(*status), *rules, &points)
        });
        let said: Vec<_> = said.collect();
        let line = said.join(self.word(wording::SEMICOLON));
        self.text("  ", &line);
        if root.pointless {
            return;
        }
        let doubtful = statuses.iter().filter(|(status, ..)| *status != Some(Status::Verified));
        let doubtful: Number = doubtful.map(|(.., points)| points.clone()).sum();
        let warning = if doubtful.is_zero() && statuses.iter().all(|(status, ..)| *status == Some(Status::Verified)) {
            wording::all_verified(self.lang(), &full)
        } else {
            wording::unverified(self.lang(), &decimal(&doubtful), &full)
        };
        self.text("  ", &warning);
    }
}

/// A range as the table shows it.
fn narrow_range(least: &Number, most: &Number) -> String {
    format!("{}~{}", points(least), points(most))
}

/// Between which points an unwritten rule leaves a node.
fn unwritten(node: &Node) -> (Number, Number) {
    (Number::ZERO.min(node.full.clone()), Number::ZERO.max(node.full.clone()))
}
