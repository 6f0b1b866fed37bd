//! Files of Word and Excel before anything is read of them: what they are, that they do not unfold to fill the
//! memory, and what they carry beside text and figures, which is neither run nor opened nor fetched.
//!
//! **Invariant:** no reader of such files meets one that has not passed [`examine`].
//!
//! # Examples
//! ```
//! use heng_archive::{Broken, MOST_UNFOLDED, examine};
//! assert_eq!(examine(b"no archive", MOST_UNFOLDED).unwrap_err(), Broken::Damaged);
//! ```

mod broken;
mod examine;
mod formula;
mod old;
mod remark;
mod scan;
mod sheet;

pub use broken::Broken;
pub use examine::{Examined, Kind, MOST_PARTS, MOST_UNFOLDED, examine, examine_as, is_office, kind};
pub use formula::{cell_name, no_value};
pub use remark::Remark;
pub use sheet::{Bounds, Dimensions, Sheet, Value, read_sheets};
