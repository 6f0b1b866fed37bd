//! The core of Heng: what a scoring table *is* once it is compiled, what is known about a
//! department, and what comes out when the one is applied to the other.
//!
//! This crate holds values and their laws and nothing else: it reads no text, opens no file, asks
//! no clock and knows no indicator. `serde` derives are here so that the data layer can write its
//! versioned wire forms; the forms themselves are not.
//!
//! | module | one noun |
//! |---|---|
//! | [`name`] | when two spellings are one name |
//! | [`number`] | exact rational numbers and rounding |
//! | [`quantity`] | dimensions: money, ratio, points, days … |
//! | [`state`] | what can be the matter with a datum, and what that does to a score |
//! | [`value`] | what an expression yields |
//! | [`calendar`] | working days and legal time limits |
//! | [`schema`] | which data a pack asks for |
//! | [`facts`] | what one department handed in, each value with its origin |
//! | [`expr`] | the scoring expressions |
//! | [`peer`] | a value among those of all units of a run |
//! | [`program`] | a compiled pack: the indicator tree and everything it refers to |
//! | [`scorecard`] | scores, findings and traces |
//! | [`change`] | one fact changed, and the scores that follow |

pub mod calendar;
pub mod change;
pub mod expr;
pub mod facts;
pub mod name;
pub mod number;
pub mod peer;
pub mod program;
pub mod quantity;
pub mod schema;
pub mod scorecard;
pub mod state;
pub mod value;

pub use calendar::Calendar;
pub use expr::{Expr, ExprId, ExprKind};
pub use facts::{Cell, Facts, Origin};
pub use jiff::civil::Date;
pub use name::normal_name;
pub use number::{Number, Rounding};
pub use peer::{Peer, Peers};
pub use program::{Node, NodeId, Program};
pub use quantity::{Dimension, Quantity, Type};
pub use schema::{Field, FieldId, Schema};
pub use scorecard::{Outcome, Scorecard};
pub use state::{Effect, State, Verdict};
pub use value::Value;

/// A name as the rule file or the facts spell it, shared and cheap to copy.
pub type Name = std::sync::Arc<str>;
