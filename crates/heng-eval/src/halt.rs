//! Why an expression has no value. A state, a verdict or a fault leaves an expression by `?` and
//! travels outward until a line, a row or the indicator says what it does.

use heng_model::{
    NodeId, State, Value, Verdict,
    expr::{ExprId, SourceRef},
    scorecard::{Cause, Finding},
    value::{DatumRef, Fault},
};

/// A value, or the reason why there is none.
pub(crate) type Eval<T = Value> = Result<T, Box<Halt>>;

/// Why there is no value.
#[derive(Clone, Debug)]
pub(crate) enum Halt {
    /// A datum's state, on its way to the place that declares its effect.
    State(State, DatumRef, SourceRef),
    /// A verdict; a fault is one, too.
    Verdict(Verdict, Cause, SourceRef),
    /// The score hangs on children that are open or 待编.
    Open(Vec<(NodeId, Verdict)>, SourceRef),
}

impl Halt {
    /// A state that arrived where its effect is needed, and nothing declares one.
    pub fn undeclared(state: State, datum: DatumRef, at: SourceRef) -> Box<Halt> {
        Box::new(Halt::Verdict(Verdict::Stop, Cause::Fault(Fault::Undeclared(state, datum)), at))
    }

    /// What a step shows in place of a value.
    pub fn value(&self) -> Value {
        match self {
            Halt::State(state, datum, _) => Value::State(*state, *datum),
            Halt::Verdict(verdict, Cause::Fault(fault), _) => Value::Verdict(*verdict, Some(fault.clone())),
            Halt::Verdict(verdict, ..) => Value::Verdict(*verdict, None),
            Halt::Open(children, _) => Value::Verdict(gravest(children), None),
        }
    }

    /// The verdict, if it is one that leaves the score undecided.
    pub fn verdict(&self) -> Option<Verdict> {
        match self {
            Halt::State(..) => None,
            Halt::Verdict(verdict, ..) => Some(*verdict),
            Halt::Open(children, _) => Some(gravest(children)),
        }
    }

    /// What a reviewer is told. A state has no finding of its own: its effect has.
    pub fn findings(&self) -> Vec<Finding> {
        match self {
            Halt::State(..) => Vec::new(),
            Halt::Verdict(verdict, cause, at) => {
                vec![Finding { verdict: Some(*verdict), cause: cause.clone(), at: *at }]
            }
            Halt::Open(children, at) => children
                .iter()
                .map(|(child, verdict)| Finding { verdict: Some(*verdict), cause: Cause::Child(*child), at: *at })
                .collect(),
        }
    }

    /// The halt as the result of a 当 line: a plain verdict is the line's.
    pub fn of_case(mut self: Box<Self>, when: ExprId, line: SourceRef) -> Box<Halt> {
        if let Halt::Verdict(_, cause @ Cause::Verdict(_), at) = &mut *self {
            *cause = Cause::Case(when);
            *at = line;
        }
        self
    }
}

fn gravest(children: &[(NodeId, Verdict)]) -> Verdict {
    children.iter().map(|(_, verdict)| *verdict).max().unwrap_or(Verdict::Stop)
}

/// The expression that is being computed, for findings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    pub id: ExprId,
    pub at: SourceRef,
}

impl Site {
    /// The computation cannot go on here.
    pub fn fault(self, fault: Fault) -> Box<Halt> {
        Box::new(Halt::Verdict(Verdict::Stop, Cause::Fault(fault), self.at))
    }

    /// A value of the wrong kind, an id that leads nowhere, a bound that is passed: nothing that the
    /// checker lets through.
    pub fn misfit(self) -> Box<Halt> {
        self.fault(Fault::Domain)
    }

    /// The expression itself gives a verdict.
    pub fn verdict(self, verdict: Verdict) -> Box<Halt> {
        Box::new(Halt::Verdict(verdict, Cause::Verdict(self.id), self.at))
    }
}
