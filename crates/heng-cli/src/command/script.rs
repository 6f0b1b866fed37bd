//! `heng script`: what scripts can use, and what they do with a case.

use std::{
    cell::RefCell,
    path::Path,
    time::{Duration, Instant},
};

use heng_diag::Lang;
use heng_eval::{ScriptAnswer, ScriptArgument, ScriptCall, Scripts};
use heng_model::{Name, Type, Value};
use heng_phrase::Phrase;
use heng_script::{Observed, ScriptLibrary, api};
use serde_json::json;

use crate::{
    args::{FormatArg, ScriptAction},
    case,
    exit::Exit,
    failure::Failure,
    output, pack,
    pack::shown,
    session::Session,
    wording,
};

/// Carries out the action.
pub fn run(action: &ScriptAction, session: &Session) -> Result<Exit, Failure> {
    match action {
        ScriptAction::Doc { pack: None } => {
            session.print(&library(session.lang));
            Ok(Exit::Success)
        }
        ScriptAction::Doc { pack: Some(path) } => scripts_of(path, session),
        ScriptAction::Defs { out, force } => definitions(out, *force, session),
        ScriptAction::Run { case, method, time } => try_out(case, method.as_deref(), *time, session),
    }
}

/// The functions every script can call.
fn library(lang: Lang) -> String {
    let mut out = String::new();
    for function in api::FUNCTIONS {
        let pick = |words: [&'static str; 2]| if lang == Lang::Zh { words[0] } else { words[1] };
        let call = function.call();
        let arrow = if lang == Lang::Zh { "得" } else { "gives" };
        out.push_str(&format!("{}\n    {arrow} {}：{}\n", call.get(lang), pick(function.gives), pick(function.about)));
    }
    let at = usize::from(lang == Lang::En);
    for table in api::DOCUMENT {
        let pick = |words: &[&'static str; 2]| words.get(at).copied().unwrap_or("");
        let columns: Vec<&str> = table.columns.iter().map(pick).collect();
        let of = if lang == Lang::Zh { "核对文件的函数得到的表" } else { "a table for checks of documents" };
        let document = if lang == Lang::Zh { "文件" } else { "document" };
        let (name, about) = (pick(&table.names), pick(&table.about));
        out.push_str(&format!("{document}.{name}\n    {of}：{about}：{}\n", columns.join(", ")));
    }
    if lang == Lang::En { out.replace('：', ": ") } else { out }
}

/// The functions of a pack's scripts, with their comments and the methods that stand for them.
fn scripts_of(path: &Path, session: &Session) -> Result<Exit, Failure> {
    let pack = pack::load(path)?;
    let mut out = String::new();
    for (file, head) in pack.scripts.files() {
        out.push_str(&format!("{file}\n"));
        for line in head {
            out.push_str(format!("  {line}").trim_end());
            out.push('\n');
        }
        for function in pack.scripts.functions().iter().filter(|function| function.file == file) {
            out.push_str(&format!(
                "\n  {}({})    {file}:{}\n",
                function.name,
                function.parameters.join(", "),
                function.line
            ));
            for line in &function.comment {
                out.push_str(&format!("      {line}\n"));
            }
        }
    }
    if out.is_empty() {
        out = wording::no_scripts().get(session.lang).to_owned();
    }
    session.print(&out);
    Ok(Exit::Success)
}

fn definitions(out: &Path, force: bool, session: &Session) -> Result<Exit, Failure> {
    let path = out.join("heng.d.rhai");
    let written = output::write_new(&path, api::definitions().as_bytes(), force)?;
    session.print(wording::defs_written(&shown(&written)).get(session.lang));
    Ok(Exit::Success)
}

/// One call that was seen.
struct Seen {
    method: Name,
    place: String,
    arguments: Vec<(Name, ScriptArgument)>,
    observed: Observed,
    /// The mean time of a call, where it was asked for.
    mean: Option<Duration>,
}

/// Runs scripts and keeps what was seen of them.
struct Witness<'a> {
    library: &'a ScriptLibrary,
    /// How many times more each call is run for its time.
    time: Option<u32>,
    seen: RefCell<Vec<Seen>>,
}

impl Scripts for Witness<'_> {
    fn run(&self, call: &ScriptCall<'_>) -> Result<ScriptAnswer, Name> {
        let observed = self.library.observe(call);
        let mean = self.time.map(|times| {
            let start = Instant::now();
            for _ in 0..times {
                let _ = self.library.observe(call);
            }
            start.elapsed() / times
        });
        let answer = observed.answer.clone();
        let names = call.method.parameters.iter().map(|parameter| parameter.name.clone());
        self.seen.borrow_mut().push(Seen {
            method: call.method.name.clone(),
            place: format!("{}：{}", call.script.file, call.script.function),
            arguments: names.zip(call.arguments.iter().cloned()).collect(),
            observed,
            mean,
        });
        answer
    }
}

/// Scores the case and shows every call of a script on the way.
fn try_out(folder: &Path, method: Option<&str>, time: Option<u32>, session: &Session) -> Result<Exit, Failure> {
    let (pack, reading, _) = case::open(folder)?;
    let witness = Witness { library: &pack.scripts, time, seen: RefCell::new(Vec::new()) };
    let _ = case::evaluated(&pack, &reading, &witness);
    let seen: Vec<Seen> =
        witness.seen.into_inner().into_iter().filter(|seen| method.is_none_or(|name| *seen.method == *name)).collect();
    if seen.is_empty() {
        session.print(wording::no_calls(method).get(session.lang));
        return Ok(if method.is_some() { Exit::Usage } else { Exit::Success });
    }
    let phrase = Phrase::new(&pack.program, session.lang);
    let failed = seen.iter().any(|seen| seen.observed.answer.is_err());
    if session.format == FormatArg::Json {
        let all: Vec<serde_json::Value> = seen.iter().map(|seen| as_json(seen, &phrase)).collect();
        session.print_json(&all);
    } else {
        let texts: Vec<String> = seen.iter().map(|seen| as_text(seen, &phrase, session.lang)).collect();
        session.print(&texts.join("\n"));
    }
    Ok(if failed { Exit::Rules } else { Exit::Success })
}

fn argument(argument: &ScriptArgument, phrase: &Phrase<'_>) -> String {
    match argument {
        ScriptArgument::Value { value, ty } => phrase.value(value, ty),
        ScriptArgument::Rows(rows) => {
            let line = |row: &heng_eval::ScriptRow| {
                let cells: Vec<String> =
                    row.cells.iter().map(|(name, value, ty)| format!("{name} {}", phrase.value(value, ty))).collect();
                format!("\n      {}. {}", row.number, cells.join(" · "))
            };
            rows.iter().map(line).collect()
        }
    }
}

fn answer(value: &Value, phrase: &Phrase<'_>) -> String {
    let ty = match value {
        Value::Bool(_) => Type::Bool,
        Value::Date(_) => Type::Date,
        Value::Number(_) => Type::Quantity(heng_model::Quantity::Plain),
        _ => Type::Text,
    };
    phrase.value(value, &ty)
}

fn as_text(seen: &Seen, phrase: &Phrase<'_>, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let say = |zh_word: &'static str, en_word: &'static str| if zh { zh_word } else { en_word };
    let mut out = format!("{}（{}）\n", seen.method, seen.place);
    for (name, value) in &seen.arguments {
        out.push_str(&format!("  {} {name} = {}\n", say("给", "given"), argument(value, phrase)));
    }
    for line in &seen.observed.prints {
        out.push_str(&format!("  {} {line}\n", say("打印", "shown")));
    }
    match &seen.observed.answer {
        Ok(given) => {
            out.push_str(&format!("  {} {}\n", say("答", "answer"), answer(&given.value, phrase)));
            for finding in &given.findings {
                out.push_str(&format!("    · {finding}\n"));
            }
        }
        Err(text) => out.push_str(&format!("  {} {text}\n", say("没有跑完", "failed"))),
    }
    if let Some(mean) = seen.mean {
        out.push_str(&format!("  {} {} µs\n", say("每次", "each call"), mean.as_micros()));
    }
    out
}

fn as_json(seen: &Seen, phrase: &Phrase<'_>) -> serde_json::Value {
    let arguments: Vec<serde_json::Value> = seen
        .arguments
        .iter()
        .map(|(name, value)| json!({ "name": &**name, "value": argument(value, phrase).trim() }))
        .collect();
    let (result, findings, error) = match &seen.observed.answer {
        Ok(given) => {
            let findings: Vec<&str> = given.findings.iter().map(|finding| &**finding).collect();
            (json!(answer(&given.value, phrase)), json!(findings), json!(null))
        }
        Err(text) => (json!(null), json!([]), json!(&**text)),
    };
    json!({
        "method": &*seen.method,
        "script": seen.place,
        "arguments": arguments,
        "printed": seen.observed.prints,
        "answer": result,
        "findings": findings,
        "error": error,
        "mean_us": seen.mean.map(|mean| mean.as_micros().to_string()),
    })
}
