//! States and their effects. A datum that is missing, late or disputed is not a number; it is a
//! value of its own kind, and the rule file says what it does to the score. What the rule file
//! does not say is an error that names indicator and datum, never a quiet nought.

use serde::{Deserialize, Serialize};

/// What can be the matter with a datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// 缺报: nothing was handed in.
    Missing,
    /// 无: the department declares that there is none (an empty table, no such thing).
    None,
    /// 不适用: the datum does not apply to this department.
    NotApplicable,
    /// 无佐证: a value was handed in without evidence.
    NoEvidence,
    /// 迟报: handed in after the deadline.
    Late,
    /// 有争议: handed in and disputed.
    Disputed,
}

impl State {
    /// Every state, in the order in which tables list them.
    pub const ALL: [State; 6] =
        [State::Missing, State::None, State::NotApplicable, State::NoEvidence, State::Late, State::Disputed];

    /// Whether a datum in this state still has a value that an effect may let through.
    #[must_use]
    pub fn keeps_value(self) -> bool {
        matches!(self, State::NoEvidence | State::Late | State::Disputed)
    }
}

/// What a rule file declares a state to do, at the nearest place that declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// 照计: the value counts as if nothing were the matter.
    AsIs,
    /// 0分.
    Zero,
    /// 满分.
    Full,
    /// 视为不符合: the condition that reads the datum does not hold.
    NotMet,
    /// One of the results without points.
    Verdict(Verdict),
}

/// A result without points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 不适用: the indicator does not apply; what its parent does with its points is the parent's rule.
    NotApplicable,
    /// 待核: a person must decide.
    Review,
    /// 退回: the department must mend its data or explain.
    Return,
    /// 停止: the indicator cannot be scored.
    Stop,
}

impl Verdict {
    /// Whether the verdict leaves the score undecided.
    #[must_use]
    pub fn is_open(self) -> bool {
        self != Verdict::NotApplicable
    }
}

/// The declared effects of one place (pack, group or indicator), state by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effects {
    /// 缺报.
    pub missing: Option<Effect>,
    /// 无, where it is read as a value.
    pub none: Option<Effect>,
    /// 不适用, of a datum.
    pub not_applicable: Option<Effect>,
    /// 无佐证.
    pub no_evidence: Option<Effect>,
    /// 迟报.
    pub late: Option<Effect>,
    /// 有争议.
    pub disputed: Option<Effect>,
}

impl Effects {
    /// The effect declared here for `state`.
    #[must_use]
    pub fn of(&self, state: State) -> Option<Effect> {
        match state {
            State::Missing => self.missing,
            State::None => self.none,
            State::NotApplicable => self.not_applicable,
            State::NoEvidence => self.no_evidence,
            State::Late => self.late,
            State::Disputed => self.disputed,
        }
    }

    /// Declares the effect of `state` here.
    pub fn declare(&mut self, state: State, effect: Effect) {
        let slot = match state {
            State::Missing => &mut self.missing,
            State::None => &mut self.none,
            State::NotApplicable => &mut self.not_applicable,
            State::NoEvidence => &mut self.no_evidence,
            State::Late => &mut self.late,
            State::Disputed => &mut self.disputed,
        };
        *slot = Some(effect);
    }
}
