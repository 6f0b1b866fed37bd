//! The hook for custom checks. The evaluator knows no script language: it hands a host the
//! arguments by value and holds the answer to the declared type and range.

use heng_model::{
    Name, Type, Value,
    program::{Method, Script},
};

use crate::wording;

/// Runs the scripts of a pack.
///
/// An implementation must be a function of the call alone: no clock, no files, no state from one
/// call to the next, or a score could not be computed again.
pub trait Scripts {
    /// Runs one script.
    ///
    /// # Errors
    /// A text for the user that names script and line; the indicator stops with it.
    fn run(&self, call: &ScriptCall<'_>) -> Result<ScriptAnswer, Name>;
}

/// One call of a script.
#[derive(Clone, Debug)]
pub struct ScriptCall<'a> {
    /// Which script.
    pub script: &'a Script,
    /// The method that stands for it, with the types of its parameters and of its result.
    pub method: &'a Method,
    /// One argument per parameter.
    pub arguments: Vec<ScriptArgument>,
}

/// One argument of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScriptArgument {
    /// A value in the base unit of its type.
    ///
    /// # Missing
    /// A [`Value::State`] where the parameter is 可缺; otherwise the script is not called.
    Value {
        /// The value.
        value: Value,
        /// The type of the argument as the rule writes it.
        ty: Type,
    },
    /// The rows of a table.
    Rows(Vec<ScriptRow>),
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptRow {
    /// Its number in the table as it was handed in, from 1.
    pub number: u32,
    /// Column, value and type of each cell, computed columns included.
    ///
    /// # Missing
    /// A cell in a state is a [`Value::State`]; a computed cell that could not be computed is a
    /// [`Value::Verdict`].
    pub cells: Vec<(Name, Value, Type)>,
}

/// What a script says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptAnswer {
    /// The result.
    pub value: Value,
    /// What a reviewer must know, in the order in which the script said it.
    pub findings: Vec<Name>,
}

/// Refuses every call, for packs without scripts.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoScripts;

impl Scripts for NoScripts {
    fn run(&self, call: &ScriptCall<'_>) -> Result<ScriptAnswer, Name> {
        Err(wording::no_script_host(call.script))
    }
}
