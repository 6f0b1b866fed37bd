//! What would have been: the smallest change of one fact that brings lost points back, and the
//! cliffs where one unit of a fact is worth many points.
//!
//! Every answer was found by scoring with the fact changed and nothing else, so it is never an
//! estimate. Places worth trying are read off the rule: its numbers, the other facts, the ends of
//! what a fact may be, and where a figure that is computed from the fact meets one of these. Between
//! two places next to each other the points are taken to rise or fall all the way; there the edge is
//! found by halving, to the unit of the fact's last place.
//!
//! | module | one noun |
//! |---|---|
//! | `axis` | the values a fact can move along |
//! | `probe` | the points of one indicator under changed facts |
//! | `places` | the values worth trying |
//! | `line` | the points along an axis |
//! | `regain` | the smallest change for each level of points |
//! | `cliff` | where one unit is worth many points |
//! | `turn` | where more of a fact brings fewer points |

mod axis;
mod cliff;
mod line;
mod places;
mod probe;
mod regain;
mod turn;

pub use cliff::cliffs;
pub use regain::{apply, regain};
pub use turn::{Turn, turn, with, worth_trying};
