//! What the peers share: the departments and how they are read, the rules described once and said in each
//! peer's language, the scores and how they are written, and the two ways every peer is run.

#[path = "../../../src/department.rs"]
pub mod department;
#[path = "../../../src/draw.rs"]
mod draw;
pub mod marks;
pub mod read;
pub mod rules;
pub mod stage;
pub mod tongue;

pub use department::Department;
pub use marks::Marks;
