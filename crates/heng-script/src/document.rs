//! Checks of documents: a function of a script is given the graph of figures of a document, and says what it
//! finds in it.
//!
//! The document is a map of tables; none of it can be changed, and a script has nothing else of the document.
//! What a check finds is a text, or one of `必须改(行, 文字)`, `应说明(行, 文字)`, `供参考(行, 文字)`, or an array of such.

use heng_diag::Text;
use heng_eval::ScriptRow;
use heng_model::{FieldId, Name, State, Value, value::DatumRef};
use rhai::{Array, Dynamic, Engine, FnAccess, Map};

use crate::{
    value::{Absent, Outcome, Row, Sheet, as_text, trouble},
    wording, words,
};

/// A document as scripts see it.
#[derive(Clone, Debug, Default)]
pub struct DocumentTables {
    /// The name of the file.
    pub name: Name,
    /// The year that it evaluates, where it says so.
    pub year: Option<i64>,
    /// Its tables, with their Chinese and English names. A column 处 is the place that a remark about the row
    /// is put.
    pub tables: Vec<([&'static str; 2], Vec<ScriptRow>)>,
}

/// How grave a remark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 必须改.
    MustFix,
    /// 应说明.
    ShouldExplain,
    /// 供参考.
    Note,
}

/// What a check of documents has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRemark {
    /// How grave it is.
    pub weight: Weight,
    /// What it says.
    pub text: Name,
    /// The 处 of the row that it is about.
    pub place: Option<i64>,
}

const WEIGHTS: [(Weight, [&str; 2]); 3] = [
    (Weight::MustFix, ["必须改", "must_fix"]),
    (Weight::ShouldExplain, ["应说明", "should_explain"]),
    (Weight::Note, ["供参考", "worth_noting"]),
];

/// The functions that make remarks.
pub(crate) fn register(engine: &mut Engine) {
    for (_, names) in WEIGHTS {
        for name in names {
            let word = names[0];
            engine.register_fn(name, move |row: Dynamic, text: Dynamic| remark(word, &row, &text));
        }
    }
}

fn remark(word: &'static str, row: &Dynamic, text: &Dynamic) -> Outcome<Map> {
    let said = as_text(text).ok_or_else(|| trouble(wording::needs(&wording::a_text(), &wording::kind(text))))?;
    let place = match row.read_lock::<Row>() {
        Some(row) => row.cell(words::PLACE[0])?,
        None => Dynamic::UNIT,
    };
    let entries = [("轻重", Dynamic::from(word)), ("处", place), ("说明", Dynamic::from(said.to_string()))];
    Ok(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

/// The argument of a check.
pub(crate) fn argument(document: &DocumentTables) -> Dynamic {
    let mut map = Map::new();
    let mut put = |names: [&str; 2], value: &Dynamic| {
        for name in names {
            map.insert(name.into(), value.clone());
        }
    };
    put(words::FILE_NAME, &Dynamic::from(document.name.to_string()));
    put(words::YEAR, &document.year.map_or_else(missing, Dynamic::from));
    for (names, rows) in &document.tables {
        put(*names, &Dynamic::from(Sheet::new(rows)));
    }
    map.into()
}

/// What is not there: a script asks 有值(x).
fn missing() -> Dynamic {
    Dynamic::from(Absent(Value::State(State::Missing, DatumRef::field(FieldId(0)))))
}

/// What a check said.
pub(crate) fn remarks(result: &Dynamic) -> Result<Vec<DocumentRemark>, Text> {
    match result.read_lock::<Array>() {
        Some(all) => all.iter().map(one).collect(),
        None if result.is_unit() || result.as_bool() == Ok(true) => Ok(Vec::new()),
        None => Ok(vec![one(result)?]),
    }
}

fn one(said: &Dynamic) -> Result<DocumentRemark, Text> {
    if let Some(text) = as_text(said) {
        return Ok(DocumentRemark { weight: Weight::ShouldExplain, text, place: None });
    }
    let wrong = || wording::no_remark(&wording::kind(said));
    let map = said.read_lock::<Map>().ok_or_else(wrong)?;
    let text = map.get("说明").and_then(as_text).ok_or_else(wrong)?;
    let word = map.get("轻重").and_then(as_text).ok_or_else(wrong)?;
    let weight = WEIGHTS.iter().find(|(_, names)| names.contains(&&*word)).ok_or_else(wrong)?.0;
    let place = map.get("处").and_then(|place| place.as_int().ok());
    Ok(DocumentRemark { weight, text, place })
}

/// Whether a function is there and takes the document alone.
pub(crate) fn takes_a_document(ast: &rhai::AST, function: &str) -> bool {
    ast.iter_functions().any(|f| f.name == function && f.access == FnAccess::Public && f.params.len() == 1)
}
