//! The words a facts file may use besides the names of the data, each in Chinese and English.

use heng_model::{State, normal_name};

/// What may stand beside a value, a table or in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Word {
    /// 值: the value itself.
    Value,
    /// 单位: its unit, where it is not written beside the number.
    Unit,
    /// 状态: what is the matter with it.
    State,
    /// 佐证: the evidence for it.
    Evidence,
    /// 理由: the reason a person gives.
    Reason,
    /// 出处: the paper it comes from.
    Source,
    /// 性质: reported or assumed, where it differs from the rest of the file.
    Basis,
    /// 行: the rows of a table that also has a state or a source.
    Rows,
}

/// What a file may say about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FileWord {
    /// 性质: reported or assumed.
    Basis,
    /// 出处: the paper behind the whole file.
    Source,
    /// 单位: the department's name.
    UnitName,
    /// 填报日期: the day the figures were closed.
    Filled,
}

/// The name under which a file speaks about itself.
pub(crate) const FILE: [&str; 2] = ["文件", "file"];

/// Heads of the columns of a sheet of single data, the name's own first.
pub(crate) const DATUM: [&str; 2] = ["数据项", "datum"];

/// Columns that clerks add and that hold no data.
pub(crate) const IGNORED: [&str; 6] = ["序号", "备注", "说明", "no.", "note", "remarks"];

/// Sheets that a workbook brings along and that hold no data.
pub(crate) const ASIDE: [&str; 2] = ["核对", "checks"];

/// First cells of rows that add up the rows above them.
pub(crate) const TOTALS: [&str; 4] = ["合计", "小计", "总计", "total"];

const WORDS: [(Word, &str, &str); 8] = [
    (Word::Value, "值", "value"),
    (Word::Unit, "单位", "unit"),
    (Word::State, "状态", "state"),
    (Word::Evidence, "佐证", "evidence"),
    (Word::Reason, "理由", "reason"),
    (Word::Source, "出处", "source"),
    (Word::Basis, "性质", "basis"),
    (Word::Rows, "行", "rows"),
];

const FILE_WORDS: [(FileWord, &str, &str); 4] = [
    (FileWord::Basis, "性质", "basis"),
    (FileWord::Source, "出处", "source"),
    (FileWord::UnitName, "单位", "unit_name"),
    (FileWord::Filled, "填报日期", "filled"),
];

const STATES: [(State, &str, &str); 6] = [
    (State::Missing, "缺报", "missing"),
    (State::None, "无", "none"),
    (State::NotApplicable, "不适用", "not_applicable"),
    (State::NoEvidence, "无佐证", "no_evidence"),
    (State::Late, "迟报", "late"),
    (State::Disputed, "有争议", "disputed"),
];

const BASES: [(bool, &str, &str); 2] = [(false, "事实", "reported"), (true, "假设", "assumed")];

fn meaning<T: Copy>(table: &[(T, &str, &str)], word: &str) -> Option<T> {
    let word = normal_name(word);
    table.iter().find(|(_, zh, en)| word == *zh || word.eq_ignore_ascii_case(en)).map(|(meaning, ..)| *meaning)
}

/// Every spelling of a table, for suggestions.
fn spellings<T>(table: &'static [(T, &'static str, &'static str)]) -> impl Iterator<Item = &'static str> {
    table.iter().flat_map(|(_, zh, en)| [*zh, *en])
}

pub(crate) fn word(text: &str) -> Option<Word> {
    meaning(&WORDS, text)
}

/// The Chinese spelling of a word.
pub(crate) fn spelling(word: Word) -> &'static str {
    WORDS.iter().find(|(known, ..)| *known == word).map_or("", |(_, zh, _)| zh)
}

/// Every spelling of the words that may stand in a place.
pub(crate) fn word_spellings(may: fn(Word) -> bool) -> impl Iterator<Item = &'static str> {
    WORDS.iter().filter(move |(word, ..)| may(*word)).flat_map(|(_, zh, en)| [*zh, *en])
}

/// Whether the word may stand beside the value of a single datum.
pub(crate) fn beside_a_value(word: Word) -> bool {
    word != Word::Rows
}

/// Whether the word may stand beside the rows of a table.
pub(crate) fn beside_rows(word: Word) -> bool {
    word != Word::Unit
}

pub(crate) fn file_word(text: &str) -> Option<FileWord> {
    meaning(&FILE_WORDS, text)
}

pub(crate) fn file_word_spellings() -> impl Iterator<Item = &'static str> {
    spellings(&FILE_WORDS)
}

pub(crate) fn state(text: &str) -> Option<State> {
    meaning(&STATES, text)
}

/// Whether a text is a state in place of a value.
#[must_use]
pub fn is_state_word(text: &str) -> bool {
    // The longest spelling, blanks and full-width letters counted in, is far shorter than this.
    text.len() < 64 && !text.is_empty() && text.bytes().next().is_some_and(may_start_state) && state(text).is_some()
}

/// Whether a state's spelling may start with this byte: a letter, a blank, or a character beyond ASCII.
fn may_start_state(byte: u8) -> bool {
    matches!(byte, b'm' | b'M' | b'n' | b'N' | b'l' | b'L' | b'd' | b'D' | b' ' | b'\t' | 0x80..)
}

pub(crate) fn state_spellings() -> impl Iterator<Item = &'static str> {
    spellings(&STATES)
}

/// The Chinese and the English word of a state.
pub(crate) fn state_words(state: State) -> (&'static str, &'static str) {
    STATES.iter().find(|(known, ..)| *known == state).map_or(("", ""), |(_, zh, en)| (zh, en))
}

/// Whether the basis is an assumption.
pub(crate) fn basis(text: &str) -> Option<bool> {
    meaning(&BASES, text)
}

/// Whether `text` is one of `words`, whatever its widths, blanks and capitals.
pub(crate) fn is_one_of(text: &str, words: &[&str]) -> bool {
    let text = normal_name(text);
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}
