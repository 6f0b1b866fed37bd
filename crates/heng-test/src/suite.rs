//! A file of cases, whatever it was written in.

use crate::{expect::Expect, property::Property};

/// Cases about one pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suite {
    /// The pack, relative to the file or to a folder above it; none for the pack the file lies in.
    pub pack: Option<String>,
    /// The variant of the pack; none for the rules as they stand.
    pub variant: Option<String>,
    /// Where the expected scores come from.
    pub source: Option<String>,
    /// How far that was checked.
    pub status: Option<String>,
    /// The cases, in order.
    pub cases: Vec<TestCase>,
    /// What must hold whatever the figures are.
    pub properties: Vec<Property>,
    /// Facts that the properties are tried from; none for those of the cases.
    pub property_base: Vec<Base>,
}

/// Facts, and what must come of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestCase {
    /// Its name.
    pub name: String,
    /// The line of the file on which it begins, from 1; 0 where the format has no lines.
    pub line: u32,
    /// The words of the source that it tests.
    pub clause: Option<String>,
    /// Whether the source prints facts and scores; else they follow from its words.
    pub published: bool,
    /// Facts it starts from.
    pub base: Vec<Base>,
    /// Its own facts as a TOML facts file. What they name takes the place of the same datum in the base.
    pub facts: String,
    /// What must come out.
    pub expect: Expect,
}

/// Facts that a case starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// A facts file, relative to the file of the suite.
    File(String),
    /// A TOML facts file, as text.
    Text(String),
}
