//! What sheet and explanation share: the speaker, and where things stand.

use heng_diag::Lang;
use heng_model::{
    Node, NodeId, Origin,
    expr::{Citation, SourceRef},
    facts::Place,
    schema::Shape,
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
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        Some(wording::line(self.lang, name, at.line))
    }

    /// The judgements behind a score that are below the best, with their reasons.
    pub fn judgements(&self, score: &NodeScore) -> Vec<String> {
        let below = |datum: &DatumRef| {
            let Shape::Rating(rating) = &self.sheet.program.schema.field(datum.field)?.shape else { return None };
            let cell = self.sheet.facts.cell(*datum)?;
            let value = cell.value.as_ref()?.as_number()?;
            let best = rating.band.high.as_ref().is_some_and(|high| *value >= high.at);
            let reason = cell.reason.as_deref().filter(|_| !best)?;
            let name = self.phrase.datum(*datum, self.sheet.facts);
            let own = name.rsplit_once('.').map_or(name.as_str(), |(_, own)| own);
            Some(wording::judged(self.lang, own, &self.phrase.number(value, rating.quantity), reason))
        };
        score.read.iter().filter_map(below).collect()
    }

    /// Where a value stands in its file.
    pub fn place(&self, origin: &Origin) -> Option<String> {
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
