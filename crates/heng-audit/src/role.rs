//! What the words around a figure say of it: the clause it stands in, whether it was planned or done.

use crate::{
    figure::{Family, Figure},
    graph::Graph,
    vocabulary::{ends, has},
};

/// Signs that end a clause.
const ENDS: [char; 10] = ['，', '；', '：', '、', '（', '(', ',', ':', '。', '）'];

impl Graph<'_> {
    /// The number of a figure among all.
    pub(crate) fn number(&self, figure: &Figure) -> usize {
        self.figures.partition_point(|other| other.span.start < figure.span.start)
    }

    /// The words before a figure, from the figure before it or the beginning of its sentence on.
    pub(crate) fn lead(&self, figure: &Figure) -> &str {
        let start = self.sentence(figure.span.start).start;
        let before = self.number(figure).checked_sub(1).and_then(|at| self.figures.get(at));
        self.text(before.map_or(start, |before| before.span.end.max(start))..figure.span.start)
    }

    /// The words right before a figure, up to the last sign.
    pub(crate) fn own(&self, figure: &Figure) -> &str {
        let lead = self.lead(figure);
        // 满意率（含基本满意）95%: what stands in brackets before the figure explains the words before it.
        let bare = lead.trim_end().trim_end_matches(['为', '是', '达', '到', '约']);
        let open = bare.strip_suffix(['）', ')']).and_then(|inner| inner.rfind(['（', '(']));
        let lead = open.and_then(|at| lead.get(..at)).unwrap_or(lead);
        lead.rsplit(ENDS).next().unwrap_or(lead)
    }

    /// The words behind a figure, up to the next sign or figure.
    pub(crate) fn tail(&self, figure: &Figure) -> &str {
        let next = self.figures.get(self.number(figure) + 1).map(|next| next.span.start);
        let end = self.sentence(figure.span.start).end;
        let rest = self.text(figure.span.end..next.map_or(end, |next| next.min(end)));
        rest.split(ENDS).next().unwrap_or(rest)
    }

    /// The figures of the sentence of a figure.
    pub(crate) fn around(&self, figure: &Figure) -> &[Figure] {
        let from = self.figures.partition_point(|other| other.sentence < figure.sentence);
        let to = self.figures.partition_point(|other| other.sentence <= figure.sentence);
        self.figures.get(from..to).unwrap_or(&[])
    }

    /// The figures of the paragraph of a figure.
    pub(crate) fn beside(&self, figure: &Figure) -> &[Figure] {
        let from = self.figures.partition_point(|other| other.block < figure.block);
        let to = self.figures.partition_point(|other| other.block <= figure.block);
        self.figures.get(from..to).unwrap_or(&[])
    }

    /// Whether a figure is called what the report calls its own score.
    pub(crate) fn is_own_score(&self, figure: &Figure) -> bool {
        figure.family == Family::Points && ends(figure.label.trim_end_matches('数'), &self.words.score.own)
    }

    /// Whether a figure is what was planned.
    pub(crate) fn is_planned(&self, figure: &Figure) -> bool {
        let own = self.own(figure);
        has(own, &self.words.role.planned) && !has(own, &self.words.role.done)
    }

    /// Whether a figure is what was done or spent.
    pub(crate) fn is_done(&self, figure: &Figure) -> bool {
        has(self.own(figure), &self.words.role.done)
    }
}

/// Whether a figure can be a part of a rate or a share: no percentage and no points.
pub(crate) fn is_amount(figure: &Figure) -> bool {
    matches!(figure.family, Family::Money | Family::Count(_))
}
