//! The scripts of a pack, compiled.

use std::collections::BTreeMap;

use heng_diag::Text;
use heng_eval::{ScriptAnswer, ScriptArgument, ScriptCall, Scripts};
use heng_model::{
    Calendar, Name,
    program::{Method, MethodCode, Script},
};
use rhai::{AST, CallFnOptions, Dynamic, Engine, EvalAltResult, FnAccess, Position, Scope};

use crate::{
    answer::answer,
    document::{DocumentRemark, DocumentTables, argument, remarks, takes_a_document},
    gate::{Meter, alone, beside, occupied},
    guard, limits,
    problem::{ScriptProblem, line_column},
    sandbox::{self, apart, passed, taken_prints, was_greedy},
    standard,
    value::{Absent, Sheet, Trouble, dynamic},
    wording,
};

/// The compiled scripts of a pack; runs them for the evaluator.
pub struct ScriptLibrary {
    engine: Engine,
    files: BTreeMap<Name, Compiled>,
    meter: Meter,
}

/// A file that can be run.
struct Compiled {
    ast: AST,
    text: String,
}

/// Why a call came to nothing.
struct Failure {
    place: Place,
    text: Text,
}

/// Where in a script a call came to nothing.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere in particular.
    Whole,
    /// In this line.
    Line(u32),
    /// In this line or near it.
    Near(u32),
}

impl ScriptLibrary {
    /// Compiles `files` (path relative to the pack, text), each once, and holds them against the
    /// methods that ask for them. The library is whole when there are no problems; calls into a
    /// file with problems fail.
    #[must_use]
    pub fn load(
        files: &[(Name, String)],
        scripts: &[Script],
        methods: &[Method],
    ) -> (ScriptLibrary, Vec<ScriptProblem>) {
        let mut library = ScriptLibrary { engine: sandbox::engine(), files: BTreeMap::new(), meter: occupied };
        let mut problems = Vec::new();
        let mut bytes: usize = 0;
        for (name, text) in files {
            bytes = bytes.saturating_add(text.len());
            match library.compile(name, text, bytes) {
                Ok(ast) => {
                    library.files.insert(name.clone(), Compiled { ast, text: text.clone() });
                }
                Err(problem) => problems.push(problem),
            }
        }
        for method in methods {
            if let MethodCode::Script(id) = method.code
                && let Some(script) = scripts.get(id.0 as usize)
                // A file that did not compile has been reported.
                && !problems.iter().any(|problem| problem.file == script.file && problem.declared.is_none())
            {
                problems.extend(library.mismatch(script, method));
            }
        }
        (library, problems)
    }

    /// Lets the scripts count working days by `calendar`.
    pub fn use_calendar(&mut self, calendar: &Calendar) {
        standard::register_calendar(&mut self.engine, calendar);
    }

    /// Measures the memory of the process with `meter` instead of asking the system. Where it knows nothing no script
    /// is run.
    pub fn use_meter(&mut self, meter: Meter) {
        self.meter = meter;
    }

    /// Runs one script as [`Scripts::run`] does, and keeps what it printed.
    #[must_use]
    pub fn observe(&self, call: &ScriptCall<'_>) -> Observed {
        let (answer, prints) = self.guarded(|| self.call(call));
        Observed { answer: answer.map_err(|failure| told(call, &failure)), prints }
    }

    /// Runs a check of documents: what it found, or what the user is told instead.
    ///
    /// # Errors
    /// The function is not there, or did not come to an end; script and line are named.
    pub fn check_document(
        &self,
        file: &str,
        function: &str,
        document: &DocumentTables,
    ) -> Result<Vec<DocumentRemark>, Name> {
        let (said, _) = self.guarded(|| self.call_document(file, function, document));
        said.map_err(|failure| failed_at(file, function, &failure))
    }

    fn call_document(
        &self,
        file: &str,
        function: &str,
        document: &DocumentTables,
    ) -> Result<Vec<DocumentRemark>, Failure> {
        let whole = |text| Failure { place: Place::Whole, text };
        let compiled = self.files.get(file).ok_or_else(|| whole(wording::not_loaded()))?;
        if !takes_a_document(&compiled.ast, function) {
            return Err(whole(wording::no_document_check(function)));
        }
        let options = CallFnOptions::new().eval_ast(false);
        let arguments = vec![argument(document)];
        match self.engine.call_fn_with_options::<Dynamic>(
            options,
            &mut Scope::new(),
            &compiled.ast,
            function,
            arguments,
        ) {
            Ok(result) => remarks(&result).map_err(whole),
            Err(error) => {
                failed(*error, nearest(&compiled.text, function))?;
                Err(whole(wording::no_value_in_document()))
            }
        }
    }

    /// Each file with the comment it begins with, line by line.
    #[must_use]
    pub fn files(&self) -> Vec<(Name, Vec<String>)> {
        let head = |text: &str| {
            let lines = text.lines().map_while(|line| line.trim_start().strip_prefix("//"));
            lines.map(|line| line.trim().to_owned()).collect()
        };
        self.files.iter().map(|(file, compiled)| (file.clone(), head(&compiled.text))).collect()
    }

    /// The functions of the scripts that rules may call, with the comment above each: file, name,
    /// parameters, comment.
    #[must_use]
    pub fn functions(&self) -> Vec<ScriptFunction> {
        let mut all = Vec::new();
        for (file, Compiled { ast, text }) in &self.files {
            let public = ast.iter_functions().filter(|function| function.access == FnAccess::Public);
            for function in public {
                let parameters = function.params.iter().map(|name| (*name).to_owned()).collect();
                let (line, comment) = headline(text, function.name);
                all.push(ScriptFunction { file: file.clone(), name: function.name.into(), parameters, line, comment });
            }
        }
        all.sort_by(|a, b| (&a.file, a.line, &a.name).cmp(&(&b.file, b.line, &b.name)));
        all
    }

    /// `bytes` is the length of this file and those before it.
    fn compile(&self, name: &Name, text: &str, bytes: usize) -> Result<AST, ScriptProblem> {
        let problem = |position, message| ScriptProblem::at("script/syntax", name, text, position, message);
        if text.len() > limits::FILE_BYTES {
            return Err(problem(Position::NONE, wording::file_too_long()));
        }
        if bytes > limits::ALL_FILES_BYTES {
            return Err(problem(Position::NONE, wording::files_too_long()));
        }
        let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
        let compiled =
            apart(None, || self.engine.compile(bare)).map_err(|_| problem(Position::NONE, wording::crashed()))?;
        let ast = compiled.map_err(|error| problem(error.position(), wording::parse_error(error.err_type())))?;
        match guard::forbidden(&ast) {
            Some((position, message)) => Err(problem(position, message)),
            None => Ok(ast),
        }
    }

    /// What keeps a declared method from its script.
    fn mismatch(&self, script: &Script, method: &Method) -> Option<ScriptProblem> {
        let Some(Compiled { ast, .. }) = self.files.get(&script.file) else {
            return Some(ScriptProblem::declared(
                "script/no-file",
                &script.file,
                method.at,
                wording::no_file(&script.file),
            ));
        };
        let wanted = method.parameters.len();
        let functions = || ast.iter_functions().filter(|function| function.access == FnAccess::Public);
        if functions().any(|function| *function.name == *script.function && function.params.len() == wanted) {
            return None;
        }
        let message = match functions().find(|function| *function.name == *script.function) {
            Some(function) => wording::parameters(&script.function, wanted, function.params.len()),
            None => {
                // The engine keeps functions in no order of its own.
                let mut names: Vec<_> = functions().map(|function| function.name).collect();
                names.sort_unstable();
                wording::no_function(&script.function, &names)
            }
        };
        let code =
            if functions().any(|f| *f.name == *script.function) { "script/parameters" } else { "script/no-function" };
        Some(ScriptProblem::declared(code, &script.file, method.at, message))
    }

    /// Runs a script by itself on a thread with bounded memory, with what it printed. Where memory cannot be
    /// measured nothing is run.
    fn guarded<T: Send>(&self, call: impl Fn() -> Result<T, Failure> + Sync) -> (Result<T, Failure>, Vec<String>) {
        if (self.meter)().is_none() {
            return (Err(Failure { place: Place::Whole, text: wording::memory_unknown() }), Vec::new());
        }
        let work = || (call(), taken_prints(), was_greedy());
        let run = || apart(Some(self.meter), work).unwrap_or_else(|_| (Err(crashed()), Vec::new(), false));
        let ((mut said, mut prints, greedy), among_others) = beside(self.meter, run);
        // It may have been another call that took the memory: by itself, the answer depends on nothing else.
        if greedy && among_others {
            (said, prints, _) = alone(self.meter, run);
        }
        (said, prints)
    }

    fn call(&self, call: &ScriptCall<'_>) -> Result<ScriptAnswer, Failure> {
        let whole = |text| Failure { place: Place::Whole, text };
        let file = self.files.get(&call.script.file).ok_or_else(|| whole(wording::not_loaded()))?;
        let arguments = arguments(call).map_err(whole)?;
        let options = CallFnOptions::new().eval_ast(false);
        let function = &*call.script.function;
        match self.engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &file.ast, function, arguments) {
            Ok(result) => answer(&result, call.method, call.script.check).map_err(whole),
            Err(error) => failed(*error, nearest(&file.text, function)),
        }
    }
}

impl Scripts for ScriptLibrary {
    fn run(&self, call: &ScriptCall<'_>) -> Result<ScriptAnswer, Name> {
        self.observe(call).answer
    }
}

/// What a run of a script came to, for whoever tries it out.
#[derive(Clone, Debug)]
pub struct Observed {
    /// The answer, or what the user is told instead.
    pub answer: Result<ScriptAnswer, Name>,
    /// The lines it printed.
    pub prints: Vec<String>,
}

/// A function of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptFunction {
    /// The file, relative to the pack.
    pub file: Name,
    /// The function.
    pub name: Name,
    /// The names of its parameters.
    pub parameters: Vec<String>,
    /// The line of its headline, from 1; 0 where it was not found.
    pub line: u32,
    /// The comment lines directly above it.
    pub comment: Vec<String>,
}

fn crashed() -> Failure {
    Failure { place: Place::Whole, text: wording::crashed() }
}

fn told(call: &ScriptCall<'_>, failure: &Failure) -> Name {
    failed_at(&call.script.file, &call.script.function, failure)
}

fn failed_at(file: &str, function: &str, failure: &Failure) -> Name {
    let place = match failure.place {
        Place::Whole => Text::same(""),
        Place::Line(line) => wording::line(line),
        Place::Near(line) => wording::near(line),
    };
    wording::failure(file, function, &place, &failure.text)
}

/// Whether `line` begins the function.
fn is_head(line: &str, function: &str) -> bool {
    let rest = line.split_once("fn ").and_then(|(_, rest)| rest.trim_start().strip_prefix(function));
    rest.is_some_and(|rest| rest.trim_start().starts_with('('))
}

/// Where a function begins, and the comment lines directly above it.
fn headline(text: &str, function: &str) -> (u32, Vec<String>) {
    let mut comment = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if is_head(line, function) {
            return (number, comment);
        }
        match line.trim_start().strip_prefix("//") {
            Some(words) => comment.push(words.trim_start_matches('/').trim().to_owned()),
            None => comment.clear(),
        }
    }
    (0, Vec::new())
}

/// The place last passed on the way; where nothing was computed, the head of the function.
fn nearest(text: &str, function: &str) -> Place {
    let passed = passed();
    if !passed.is_none() {
        return Place::Near(line_column(passed).0);
    }
    (1..)
        .zip(text.lines())
        .find(|(_, line)| is_head(line, function))
        .map_or(Place::Whole, |(number, _)| Place::Near(number))
}

fn arguments(call: &ScriptCall<'_>) -> Result<Vec<Dynamic>, Text> {
    let argument = |(position, argument): (usize, &ScriptArgument)| match argument {
        ScriptArgument::Rows(rows) => Ok(Dynamic::from(Sheet::new(rows))),
        ScriptArgument::Value { value, ty } => dynamic(value, ty).map_err(|reason| {
            let name = call.method.parameters.get(position).map_or("", |parameter| &*parameter.name);
            wording::argument(name, &reason)
        }),
    };
    call.arguments.iter().enumerate().map(argument).collect()
}

/// An error of the engine: a state on its way to the rule, a message of ours, or the engine's own.
/// An error without a place of its own stands where the call was `last`.
fn failed(error: EvalAltResult, last: Place) -> Result<ScriptAnswer, Failure> {
    let position = error.position();
    let place = if position.is_none() { last } else { Place::Line(line_column(position).0) };
    if let EvalAltResult::ErrorInFunctionCall(_, _, inner, _) | EvalAltResult::ErrorInModule(_, inner, _) = error {
        return failed(*inner, place);
    }
    if let EvalAltResult::ErrorRuntime(payload, _) = &error {
        if let Some(absent) = payload.read_lock::<Absent>() {
            return Ok(ScriptAnswer { value: absent.0.clone(), findings: Vec::new() });
        }
        if let Some(trouble) = payload.read_lock::<Trouble>() {
            return Err(Failure { place, text: trouble.0.clone() });
        }
    }
    Err(Failure { place, text: wording::run_error(&error) })
}
