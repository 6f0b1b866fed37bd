//! How far a script may go. The numbers are set here and nowhere else, the same in every build.

use std::time::Duration;

/// Steps of one call: statements, expressions and function calls each count.
pub const OPERATIONS: u64 = 1_000_000;
/// How deep functions may call each other.
pub const CALL_LEVELS: usize = 32;
/// How deep expressions and blocks may be nested outside functions.
pub const EXPRESSION_DEPTH: usize = 64;
/// How deep expressions and blocks may be nested in a function.
pub const FUNCTION_EXPRESSION_DEPTH: usize = 32;
/// Bytes of one text, or of all texts in one array or map.
pub const STRING_BYTES: usize = 65_536;
/// Elements of one array, those of the arrays in it included.
pub const ARRAY_ELEMENTS: usize = 10_000;
/// Entries of one map, those of the maps in it included.
pub const MAP_ENTRIES: usize = 1_000;
/// Bytes of a name under which a map keeps a value. The engine does not count names among the texts of a
/// value, so they are held short where they are made.
pub const NAME_BYTES: usize = 256;
/// Functions of one file.
pub const FUNCTIONS: usize = 100;
/// Variables of one call at a time, those of all functions on the way included.
pub const VARIABLES: usize = 120;
/// Parameters of one function.
pub const PARAMETERS: usize = 16;
/// Lines of one call that `heng script run` shows.
pub const PRINTED_LINES: usize = 200;
/// Bytes of one file. What compiling costs can grow with the square of this.
pub const FILE_BYTES: usize = 65_536;
/// Bytes of all files of a pack together.
pub const ALL_FILES_BYTES: usize = 131_072;
/// How long one call may take. The limit of operations is reached first; this one is there for
/// operations that are slow in themselves.
pub const WALL_TIME: Duration = Duration::from_secs(4);
/// Stack of the thread on which scripts are compiled and run: enough for everything the limits of
/// depth allow, in every build. Pages that are not touched cost nothing.
pub const STACK_BYTES: usize = 256 << 20;
/// By how many bytes the process may grow while calls are under way. The sizes above bound each value; a call that
/// hands large values to itself over and over holds many at once, which only this limit sees.
pub const MEMORY_BYTES: usize = 64 << 20;
/// By how much it may grow in any case, whatever calls before left behind: many times what an honest check takes.
pub const MEMORY_LEAST: usize = 8 << 20;
/// After how many steps of all calls together the memory is looked at again. A step makes at most one value, and none
/// is larger than about 2 MB, so between two looks they take less than 64 MB.
pub const MEMORY_STEPS: u64 = 32;
/// How many calls may be under way at once. Each may be in the middle of a step, of 2 MB, when the memory is looked at;
/// and more of them than the machine has cores would take the time from each other that each is given.
pub const CALLS_AT_ONCE: usize = 2;
