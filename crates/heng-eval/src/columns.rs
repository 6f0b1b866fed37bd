//! The columnar evaluator: the same program over blocks of departments, column by column.
//!
//! A number is a column of integers with a static power of ten, over a column of divisors where the
//! rule divides; nothing rounds that the rule does not round. Before a block is computed, the bounds of
//! every column are worked out from the bounds of what was read, so no operation can overflow unseen: a
//! block that could is given back whole.
//!
//! What the columns cannot say is left to [`evaluate`](crate::evaluate), department by department: a
//! state on its way to the line that declares its effect, a verdict, a fault, an open child. Where a
//! form of expression is not known here, its indicator alone is handed in from outside
//! ([`Kernel::outside`]). So both evaluators give the same points wherever this one gives any.
//!
//! | module | one noun |
//! |---|---|
//! | `data` | a block of departments as columns |
//! | `gather` | facts as a block |
//! | `plan` | operations, each made once |
//! | `range` | between which numbers a result lies, whatever the data |
//! | `value` | what an expression is while it is planned |
//! | `lower` | expressions into operations |
//! | `forms` | bands, tallies, folds and row bodies into operations |
//! | `exec` | a plan over a block |
//! | `code` | a plan as steps with jumps |
//! | `one` | those steps over one department |
//! | `divide` | exact rounded division |

mod bounds;
mod code;
mod data;
mod divide;
mod exec;
mod forms;
mod fraction;
mod gather;
mod lower;
mod one;
mod plan;
mod range;
mod value;

pub use data::{Block, Column, Entry, Rows, Values, day_number, encode_state};
pub use exec::{Points, Scratch, View};
pub use gather::gather;
pub use lower::{Kernel, Scales};
pub use one::{Alone, Desk, Single};
