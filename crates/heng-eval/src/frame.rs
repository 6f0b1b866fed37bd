//! Where an expression stands: in which body, in which row, and how states are read there.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use heng_model::{
    FieldId, NodeId, Number, State,
    expr::ExprId,
    program::{BodyId, LetId},
    value::DatumRef,
};

use crate::halt::Eval;

/// The instance of a body: of a node, of a row of a 逐项, or of a method that was called.
///
/// The chain through `outer` leads through the bodies around it to the pack's, so that definitions
/// of groups are visible in their indicators.
pub(crate) struct Frame {
    pub body: Option<BodyId>,
    pub outer: Option<Rc<Frame>>,
    /// The node whose 下级 are meant.
    pub node: NodeId,
    /// 满分.
    pub full: Number,
    /// The row in which the body stands.
    pub row: Option<Rc<Row>>,
    /// The arguments, if the body is a method's.
    pub arguments: Option<Vec<Thunk>>,
    memo: RefCell<HashMap<(Slot, Reading), Memo>>,
}

/// What is computed once per frame.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Slot {
    Let(LetId),
    Argument(u16),
    /// A computed cell; kept in the pack's frame.
    Cell(DatumRef),
}

/// An argument: computed by whoever reads it, where the call stands.
pub(crate) struct Thunk {
    pub expr: ExprId,
    pub frame: Rc<Frame>,
    pub row: Option<Rc<Row>>,
}

/// A computation that may be read again.
#[derive(Clone)]
pub(crate) enum Memo {
    /// It is being computed: whoever reads it now goes round in a circle.
    Pending,
    /// What it came to, and the trace that shows how.
    Done(u64, Eval),
}

/// A row scope. The chain leads outward.
pub(crate) struct Row {
    pub table: FieldId,
    pub index: u32,
    pub outer: Option<Rc<Row>>,
}

/// A set of states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct States(u8);

impl States {
    /// States that a look at the datum itself passes by: all that keep a value, and 无 of a table.
    pub const READABLE: States = States(
        1 << State::None as u8 | 1 << State::NoEvidence as u8 | 1 << State::Late as u8 | 1 << State::Disputed as u8,
    );

    pub fn of(states: impl IntoIterator<Item = State>) -> States {
        States(states.into_iter().fold(0, |bits, state| bits | 1 << state as u8))
    }

    pub fn contains(self, state: State) -> bool {
        self.0 & (1 << state as u8) != 0
    }

    pub fn without(self, other: States) -> States {
        States(self.0 & !other.0)
    }
}

/// How states are read at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reading {
    /// The nearest node that declares effects, from the indicator that reads outward.
    pub effects: NodeId,
    /// States whose value counts as if nothing were the matter (照计).
    pub as_is: States,
    /// Whether the place is a condition, in which 缺报视为不符合 decides.
    pub settles: bool,
}

/// Where an expression stands.
#[derive(Clone)]
pub(crate) struct Scope {
    pub frame: Rc<Frame>,
    pub row: Option<Rc<Row>>,
    pub reading: Reading,
}

impl Frame {
    pub fn new(body: Option<BodyId>, outer: Option<Rc<Frame>>, node: NodeId, full: Number) -> Frame {
        Frame { body, outer, node, full, row: None, arguments: None, memo: RefCell::default() }
    }

    /// The frame of a body that stands in a row.
    pub fn in_row(self, row: Option<Rc<Row>>) -> Frame {
        Frame { row, ..self }
    }

    /// The frame of a method that was called.
    pub fn called_with(self, arguments: Vec<Thunk>) -> Frame {
        Frame { arguments: Some(arguments), ..self }
    }

    pub fn recall(&self, slot: Slot, reading: Reading) -> Option<Memo> {
        self.memo.borrow().get(&(slot, reading)).cloned()
    }

    pub fn keep(&self, slot: Slot, reading: Reading, memo: Memo) {
        self.memo.borrow_mut().insert((slot, reading), memo);
    }

    /// The nearest frame of a method on the way outward, with its arguments.
    pub fn method(self: &Rc<Self>) -> Option<(Rc<Frame>, &[Thunk])> {
        let mut frame = self;
        loop {
            if let Some(arguments) = &frame.arguments {
                return Some((Rc::clone(frame), arguments));
            }
            frame = frame.outer.as_ref()?;
        }
    }

    /// The nearest frame of `body` on the way outward, else the outermost.
    pub fn find(self: &Rc<Self>, body: BodyId) -> Rc<Frame> {
        let mut frame = self;
        while frame.body != Some(body) {
            match &frame.outer {
                Some(outer) => frame = outer,
                None => break,
            }
        }
        Rc::clone(frame)
    }
}

impl Scope {
    /// The body of `frame`, outside any row but the frame's own.
    pub fn of(frame: Rc<Frame>, reading: Reading) -> Scope {
        let row = frame.row.clone();
        Scope { frame, row, reading }
    }

    /// The same place, looking at one row of a table.
    pub fn in_row(&self, table: FieldId, index: u32) -> Scope {
        let row = Row { table, index, outer: self.row.clone() };
        Scope { row: Some(Rc::new(row)), ..self.clone() }
    }

    /// The row scope `up` steps outward.
    pub fn row(&self, up: u8) -> Option<&Row> {
        let mut row = self.row.as_ref()?;
        for _ in 0..up {
            row = row.outer.as_ref()?;
        }
        Some(row)
    }

    /// The same place as a condition, or not.
    pub fn settling(&self, settles: bool) -> Scope {
        Scope { reading: Reading { settles, ..self.reading }, ..self.clone() }
    }

    /// The same place, where a line looks at these states itself.
    pub fn watching(&self, states: States) -> Scope {
        let as_is = self.reading.as_is.without(states);
        Scope { reading: Reading { as_is, settles: false, ..self.reading }, ..self.clone() }
    }

    /// The same place, where every value that there is is looked at.
    pub fn looking(&self) -> Scope {
        Scope { reading: Reading { as_is: States::READABLE, settles: false, ..self.reading }, ..self.clone() }
    }
}
