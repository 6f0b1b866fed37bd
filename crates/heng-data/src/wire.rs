//! The forms in which programs and scorecards travel. Each says its kind and version in its first
//! member, `"heng"`, so that a reader refuses what it does not know instead of guessing.
//!
//! `docs/design/scorecard-json.md` describes the scorecard, `docs/schema/scorecard-1.json` is its
//! schema.

mod datum;
mod program;
mod receipt;
mod references;
mod regain;
mod scorecard;
mod trace;

pub use program::{program_from_json, program_to_json};
pub use receipt::{Agreement, Compared, Input, InputKind, Receipt, What, compare_scores};
pub use regain::{cliffs_json, regain_json};
pub use scorecard::{scorecard_json, scorecard_text};
