//! What a pack says beside its indicators: methods, demands on the data, grades, states.

use heng_model::{
    ExprId, ExprKind,
    program::{DataDemand, Inapplicable, MethodCode, MethodId},
    state::{Effect, Verdict},
};

use super::Sayer;
use crate::{Phrase, wording};

impl Phrase<'_> {
    /// A method as a notice would say it; the name of its file, for one in a script.
    #[must_use]
    pub fn method(&self, id: MethodId) -> String {
        match self.program.method(id).map(|method| method.code) {
            Some(MethodCode::Body(body)) => Sayer::new(self).sentences(body),
            Some(MethodCode::Script(script)) => {
                let file = self.program.script(script).map_or(wording::UNKNOWN, |script| &script.file);
                wording::by_script(self.lang, file)
            }
            None => wording::UNKNOWN.to_owned(),
        }
    }

    /// A demand on the data, in words.
    #[must_use]
    pub fn demand(&self, demand: &DataDemand) -> String {
        let said = Sayer::new(self).demand(&demand.demand);
        wording::sentence(self.lang, &said)
    }

    /// The rows of a 分档 with one subject, each as range and result: `80分以上不满90分`, `良`.
    #[must_use]
    pub fn grades(&self, id: ExprId) -> Option<Vec<(String, String)>> {
        let mut sayer = Sayer::new(self);
        match sayer.kind(id)? {
            ExprKind::Bands(bands) if bands.subjects.len() == 1 => Some(sayer.grades(bands)),
            _ => None,
        }
    }

    /// What a state does to a score.
    #[must_use]
    pub fn effect(&self, effect: Effect) -> &'static str {
        self.word(match effect {
            Effect::AsIs => wording::COUNTS_AS_IS,
            Effect::Zero => wording::COUNTS_NOTHING,
            Effect::Full => wording::COUNTS_FULL,
            Effect::NotMet => wording::COUNTS_AS_NOT_MET,
            Effect::Verdict(Verdict::NotApplicable) => wording::verdict_result(Verdict::NotApplicable),
            Effect::Verdict(verdict) => wording::verdict_result(verdict),
        })
    }

    /// What becomes of the points of an indicator that does not apply.
    #[must_use]
    pub fn inapplicable(&self, what: Inapplicable) -> &'static str {
        self.word(match what {
            Inapplicable::Rescale => wording::RESCALED,
            Inapplicable::Full => wording::COUNTS_FULL,
            Inapplicable::Zero => wording::COUNTS_NOTHING,
            Inapplicable::Stop => wording::verdict_result(Verdict::Stop),
        })
    }
}
