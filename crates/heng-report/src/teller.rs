//! What sheet and explanation share: the speaker, and where things stand.

use heng_diag::Lang;
use heng_model::{
    Cell, Node, NodeId, Origin,
    expr::{Citation, SourceRef},
    facts::{Entry, Place},
    scorecard::NodeScore,
    value::DatumRef,
};
use heng_phrase::Phrase;

use crate::{Sheet, wording};

/// Tells of one sheet in one language.
pub(crate) struct Teller<'a> {
    pub sheet: &'a Sheet<'a>,
    pub phrase: Phrase<'a>,
    pub lang: Lang,
}

impl<'a> Teller<'a> {
    pub fn new(sheet: &'a Sheet<'a>, lang: Lang) -> Teller<'a> {
        Teller { sheet, phrase: Phrase::new(sheet.program, lang), lang }
    }

    pub fn word(&self, pair: wording::Pair) -> &'static str {
        pair.get(self.lang)
    }

    /// Nodes with their scores, in the order of the table.
    pub fn scores(&self) -> impl Iterator<Item = (NodeId, &'a Node, &'a NodeScore)> {
        let scores = &self.sheet.scorecard.nodes;
        self.sheet.program.tree().zip(scores).map(|((id, node), score)| (id, node, score))
    }

    pub fn score(&self, id: NodeId) -> Option<&'a NodeScore> {
        self.sheet.scorecard.nodes.get(id.0 as usize)
    }

    /// `2023.heng 第62行`; nothing where a rule stands in no file.
    pub fn rule_place(&self, at: SourceRef) -> Option<String> {
        let file = self.sheet.program.files.get(usize::from(at.file)).filter(|_| at.line > 0)?;
        Some(wording::line(self.lang, file, at.line))
    }

    /// What a datum holds, with its state: `3.2万元（迟报）`.
    pub fn datum_value(&self, datum: DatumRef) -> String {
        let state = |text: Option<String>, state| match (text, state) {
            (Some(text), Some(state)) => wording::noted(self.lang, &text, self.phrase.state(state)),
            (Some(text), None) => text,
            (None, Some(state)) => self.phrase.state(state).to_owned(),
            (None, None) => self.word(wording::NO_VALUE).to_owned(),
        };
        match (self.sheet.facts.entry(datum.field), datum.cell) {
            (Some(Entry::Table(table)), None) => {
                let rows = Some(wording::rows(self.lang, table.rows.len())).filter(|_| !table.rows.is_empty());
                state(rows, table.state)
            }
            _ => {
                let Some(cell) = self.sheet.facts.cell(datum) else { return state(None, None) };
                let ty = self.phrase.datum_type(datum);
                let value = cell.value.as_ref().zip(ty).map(|(value, ty)| self.phrase.value(value, &ty));
                state(value, cell.state)
            }
        }
    }

    /// Where a datum was read: `facts.toml 第3行，自评报告一（四）`, with reason and evidence.
    pub fn origin(&self, datum: DatumRef) -> String {
        let Some(origin) = self.sheet.facts.origin(datum) else { return String::new() };
        let mut parts = Vec::new();
        parts.extend(self.place(origin));
        parts.extend(origin.paper.as_ref().map(ToString::to_string));
        let cell = self.sheet.facts.cell(datum);
        let reason = cell.and_then(|cell| cell.reason.as_deref());
        match (origin.assumed, reason) {
            (true, reason) => parts.push(wording::assumed(self.lang, reason)),
            (false, Some(reason)) => parts.push(wording::reason(self.lang, reason)),
            (false, None) => {}
        }
        let evidence = cell.and_then(|cell: &Cell| cell.evidence.as_deref());
        parts.extend(evidence.map(|evidence| wording::evidence(self.lang, evidence)));
        parts.join(self.word(wording::COMMA))
    }

    fn place(&self, origin: &Origin) -> Option<String> {
        match &origin.place {
            Place::Nowhere if origin.file.is_empty() => None,
            Place::Nowhere => Some(origin.file.to_string()),
            Place::Line(line) => Some(wording::line(self.lang, &origin.file, *line)),
            Place::Cell { sheet, cell } => Some(wording::workbook_cell(self.lang, &origin.file, sheet, cell)),
            Place::Pointer(path) => Some(format!("{} {path}", origin.file)),
        }
    }

    /// Clause, paper and status of a rule.
    pub fn citation(&self, cite: &Citation) -> String {
        let mut parts = Vec::new();
        parts.extend(cite.basis.as_ref().map(|basis| wording::basis(self.lang, basis)));
        parts.extend(cite.source.as_ref().map(|source| wording::source(self.lang, source)));
        let status = cite.status.map_or(self.word(wording::NO_STATUS), |status| self.phrase.status(status));
        parts.push(wording::status(self.lang, status));
        if let Some(day) = cite.reviewed {
            let day = self.phrase.value(&heng_model::Value::Date(day), &heng_model::Type::Date);
            parts.push(wording::reviewed(self.lang, &day));
        }
        parts.extend(cite.reason.as_deref().map(|reason| wording::reason(self.lang, reason)));
        parts.join(self.word(wording::SEMICOLON))
    }
}
