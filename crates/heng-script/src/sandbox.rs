//! The engine scripts run on. It starts from nothing: no packages, no modules, no output; what is
//! not registered here does not exist for a script.

use std::cell::{Cell, RefCell};
use std::thread;
use std::time::Instant;

use rhai::{Dynamic, Engine, EvalAltResult, OptimizationLevel, Position};

use crate::{
    document,
    gate::{Meter, has_grown},
    limits, operator, standard,
};

/// Words and signs of the language that scripts do without: they reach outside, hold code in
/// values, share values between variables (which the limits of size cannot see), hide failures,
/// or compute inexactly.
const DISABLED: [&str; 28] = [
    "eval",
    "import",
    "export",
    "print",
    "debug",
    "Fn",
    "call",
    "curry",
    "is_shared",
    "is_def_fn",
    "is_def_var",
    "type_of",
    "this",
    "global",
    "::",
    "try",
    "catch",
    "**",
    "**=",
    "<<",
    ">>",
    "<<=",
    ">>=",
    "&",
    "|",
    "^",
    "&=",
    "|=",
];

thread_local! {
    /// When the call on this thread must be over.
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
    /// What measures the process while the call on this thread is under way.
    static METER: Cell<Option<Meter>> = const { Cell::new(None) };
    /// Whether the call on this thread was ended for the memory it took.
    static ENDED: Cell<bool> = const { Cell::new(false) };
    /// How many variables there are on each level of the call on this thread.
    static VARIABLES: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
    /// Where the call on this thread last computed something.
    static PASSED: Cell<Position> = const { Cell::new(Position::NONE) };
    /// What the call on this thread has printed.
    static PRINTED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Builds the engine.
pub(crate) fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_fast_operators(false);
    engine.set_strict_variables(true);
    engine.set_fail_on_invalid_map_property(true);
    engine.set_allow_anonymous_fn(false);
    for symbol in DISABLED {
        engine.disable_symbol(symbol);
    }
    set_limits(&mut engine);
    operator::register(&mut engine);
    standard::register(&mut engine);
    document::register(&mut engine);
    engine
}

fn set_limits(engine: &mut Engine) {
    engine.set_max_operations(limits::OPERATIONS);
    engine.set_max_call_levels(limits::CALL_LEVELS);
    engine.set_max_expr_depths(limits::EXPRESSION_DEPTH, limits::FUNCTION_EXPRESSION_DEPTH);
    engine.set_max_string_size(limits::STRING_BYTES);
    engine.set_max_array_size(limits::ARRAY_ELEMENTS);
    engine.set_max_map_size(limits::MAP_ENTRIES);
    engine.set_max_modules(0);
    engine.set_max_functions(limits::FUNCTIONS);
    engine.set_max_variables(limits::VARIABLES);
    count_variables(engine);
    engine.on_progress(|_| {
        let late = DEADLINE.get().is_some_and(|deadline| Instant::now() > deadline);
        let greedy = METER.get().is_some_and(has_grown);
        match (late, greedy) {
            (_, true) => {
                ENDED.set(true);
                Some(Dynamic::from(Greedy))
            }
            (true, false) => Some(Dynamic::UNIT),
            (false, false) => None,
        }
    });
    engine.on_print(|_| {});
    engine.on_debug(|_, _, _| {});
}

/// Why a call was ended, where it was not for its time.
#[derive(Clone)]
pub(crate) struct Greedy;

/// Holds the limit of variables over all levels of a call together: the engine's own counts each
/// function by itself, and variables are what memory hangs on.
#[expect(deprecated, reason = "marked so upstream only because it may change")]
fn count_variables(engine: &mut Engine) {
    engine.on_def_var(|running, _, context| {
        let (level, here) = (context.call_level(), context.scope().len().saturating_add(1));
        let total = VARIABLES.with_borrow_mut(|levels| {
            levels.resize(level, 0);
            levels.push(here);
            levels.iter().sum::<usize>()
        });
        if running && total > limits::VARIABLES {
            return Err(Box::new(EvalAltResult::ErrorTooManyVariables(Position::NONE)));
        }
        Ok(true)
    });
}

/// Remembers a place. The engine forgets where it was when a limit is passed inside a function.
pub(crate) fn passing(position: Position) {
    PASSED.set(position);
}

/// The place last remembered on this thread.
pub(crate) fn passed() -> Position {
    PASSED.get()
}

/// Keeps a line for whoever tries the script out; beyond the limit lines are dropped.
pub(crate) fn printed(line: String) {
    PRINTED.with_borrow_mut(|lines| {
        if lines.len() < limits::PRINTED_LINES {
            lines.push(line);
        }
    });
}

/// Takes the lines printed on this thread.
pub(crate) fn taken_prints() -> Vec<String> {
    PRINTED.take()
}

/// Whether the call on this thread was ended for the memory it took.
pub(crate) fn was_greedy() -> bool {
    ENDED.get()
}

/// The work came to no end: no thread could be had, or a fault of the engine itself.
pub(crate) struct Crashed;

/// Does `work` on a thread of its own, with a stack that is deep enough for it and a deadline.
/// A panic ends there. With a meter the memory of the process is held to its limit as well.
pub(crate) fn apart<T: Send>(meter: Option<Meter>, work: impl FnOnce() -> T + Send) -> Result<T, Crashed> {
    let timed = || {
        DEADLINE.set(Instant::now().checked_add(limits::WALL_TIME));
        METER.set(meter);
        work()
    };
    thread::scope(|scope| {
        let builder = thread::Builder::new().name("heng-script".to_owned()).stack_size(limits::STACK_BYTES);
        builder.spawn_scoped(scope, timed).map_err(|_| Crashed)?.join().map_err(|_| Crashed)
    })
}
