//! What a line is, as far as braces go: a headline, the text of a field, or anything else; and which
//! of its signs count.

use crate::{
    fold::{COMMENT, MUTED, UNCLOSED},
    keywords,
};

/// A line and the signs on it that matter.
pub struct Line<'a> {
    /// Its length without the end of the line, blanks and comment.
    pub length: usize,
    /// Bytes of blank before its first word.
    pub indent: usize,
    /// Whether anything but a comment stands on it.
    pub has_words: bool,
    /// What its headline says, if it is one.
    pub head: Option<Head>,
    /// The signs that count, with their bytes in the line, in order.
    pub marks: Vec<(usize, Mark)>,
    text: &'a str,
}

/// What a headline says.
pub struct Head {
    /// 0 for what stands at the top of a file, 1 for 一级指标 …; none where no level is named.
    pub level: Option<u8>,
    /// 规则包 or 指标: its lines may be fields.
    pub tree: bool,
    /// 数据.
    pub data: bool,
    /// Whether the line holds its brace.
    pub opens: bool,
}

/// A sign that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// ( or [.
    Bracket,
    /// ) or ].
    BracketEnd,
    /// {.
    Brace,
    /// }.
    BraceEnd,
    /// Not a sign here; the grammar reads this character instead.
    Becomes(char),
}

/// The words that begin a headline, and the level they name.
const WORDS: [(&str, Option<u8>); 22] = [
    ("规则包", Some(0)),
    ("数据", Some(0)),
    ("参数", Some(0)),
    ("方法", Some(0)),
    ("修订", Some(0)),
    ("一级指标", Some(1)),
    ("二级指标", Some(2)),
    ("三级指标", Some(3)),
    ("四级指标", Some(4)),
    ("五级指标", Some(5)),
    ("六级指标", Some(6)),
    ("指标", None),
    ("加分指标", None),
    ("pack", Some(0)),
    ("data", Some(0)),
    ("params", Some(0)),
    ("method", Some(0)),
    ("amend", Some(0)),
    ("变体", Some(0)),
    ("variant", Some(0)),
    ("indicator", None),
    ("bonus", None),
];

impl<'a> Line<'a> {
    /// Reads a line. `in_tree` says that it stands in a pack or indicator, where a line `word: …` is
    /// a field; `in_data` that it stands in 数据, where it is not.
    pub fn read(content: &'a str, in_tree: bool, in_data: bool) -> Line<'a> {
        let indent = content.len() - content.trim_start().len();
        let mut line = Line { length: 0, indent, has_words: false, head: None, marks: Vec::new(), text: content };
        let word = first_word(content);
        let named = |level: &Option<u8>| level.is_some_and(|level| level > 0);
        let head = WORDS.iter().find(|(keyword, _)| *keyword == word);
        let head = head.filter(|(_, level)| !in_data || indent == 0 || named(level));
        let text_from = text_of_field(content, word).filter(|_| in_tree && head.is_none());
        line.scan(head.is_some() || text_from.is_some(), text_from.unwrap_or(content.len()));
        line.has_words = content.get(..line.length).is_some_and(|text| !text.trim().is_empty());
        line.head = head.and_then(|(word, level)| line.headline(word, *level));
        line
    }

    /// Whether the line begins with a comma, so that it goes on with what stands before.
    pub fn goes_on(&self) -> bool {
        self.text.trim_start().starts_with(',')
    }

    /// Whether anything but closing braces stands before a byte of the line.
    pub fn has_words_before(&self, at: usize) -> bool {
        self.text.get(..at).unwrap_or("").contains(|c: char| !c.is_whitespace() && c != '}')
    }

    /// Where the words of a choice begin that end at a byte of the line.
    pub fn choice_before(&self, at: usize) -> Option<usize> {
        let before = self.text.get(..at)?;
        let places = ["选项", "choice"].iter().filter_map(|word| before.rfind(word).map(|at| at + word.len()));
        places.max().filter(|list| before.get(*list..).is_some_and(|words| !words.contains(['{', ':'])))
    }

    /// Whether the line could have opened a block: it is whole, and does not begin with the end of one.
    pub fn may_open(&self) -> bool {
        let text = self.text.get(self.indent..self.length).unwrap_or("");
        let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let asks = text
            .ends_with([',', ':', '=', '+', '-', '*', '/', '^', '<', '>', '≥', '≤', '≠', '、', '(', '[', ';', '{'])
            || ["且", "或", "非", "凡", "在", "and", "or", "not", "where", "in"].contains(&word);
        !text.is_empty() && !asks && !text.starts_with(['}', ','])
    }

    /// Finds the signs. `wordy` lines hold names and texts in which a # means nothing unless a blank
    /// stands before it; from `text_from` on they are text.
    fn scan(&mut self, wordy: bool, text_from: usize) {
        let content = self.text.trim_end_matches(['\r', '\n']);
        let mut quote: Option<char> = None;
        let quotes = Quotes::new(content);
        let mut inner: Vec<usize> = Vec::new();
        let mut previous = ' ';
        self.length = content.trim_end().len();
        for (at, character) in content.char_indices() {
            if let Some(end) = quote {
                quote = quote.filter(|_| character != end);
                if matches!(character, '{' | '}' | ';') {
                    self.marks.push((at, Mark::Becomes(MUTED)));
                }
            } else if begins_comment(content, at, character) && (!wordy || previous.is_whitespace()) {
                self.length = content.get(..at).unwrap_or("").trim_end().len();
                self.comment(content, at);
                break;
            } else {
                quote = quotes.end(at, character);
                if quote.is_none() && quotes.begins(character) {
                    self.marks.push((at, Mark::Becomes(UNCLOSED)));
                }
                self.sign(at, character, at >= text_from, &mut inner);
            }
            previous = character;
        }
        // A brace that a text opens and never closes is part of the text.
        for at in inner {
            self.mute(at);
        }
    }

    fn sign(&mut self, at: usize, character: char, text: bool, inner: &mut Vec<usize>) {
        let mark = match character {
            '}' if text && let Some(open) = inner.pop() => {
                self.mute(open);
                Mark::Becomes(MUTED)
            }
            '{' if text => {
                inner.push(at);
                Mark::Brace
            }
            '{' => Mark::Brace,
            '}' => Mark::BraceEnd,
            ';' if text => Mark::Becomes(MUTED),
            '(' | '[' if !text => Mark::Bracket,
            ')' | ']' if !text => Mark::BracketEnd,
            _ => return,
        };
        self.marks.push((at, mark));
    }

    fn mute(&mut self, at: usize) {
        for (_, mark) in self.marks.iter_mut().filter(|(place, _)| *place == at) {
            *mark = Mark::Becomes(MUTED);
        }
    }

    fn comment(&mut self, content: &str, from: usize) {
        let rest = content.get(from..).unwrap_or("").char_indices();
        let blanked = rest.map(|(at, _)| (from + at, Mark::Becomes(if at == 0 { COMMENT } else { ' ' })));
        self.marks.extend(blanked);
    }

    /// The headline, when the line has the shape of one.
    fn headline(&self, word: &str, level: Option<u8>) -> Option<Head> {
        let opens = self.marks.iter().any(|(_, mark)| *mark == Mark::Brace);
        let rest = self.text.get(self.indent + word.len()..self.length).unwrap_or("").trim();
        let name = rest.split('{').next().unwrap_or("").trim();
        let tree = level != Some(0) || matches!(word, "规则包" | "pack" | "修订" | "amend" | "变体" | "variant");
        let data = matches!(word, "数据" | "data");
        let sound = match word {
            "方法" | "method" => rest.contains('('),
            "数据" | "参数" | "data" | "params" => name.is_empty() && opens,
            "规则包" | "pack" => opens,
            _ => opens || ["分", "points", "point"].iter().any(|unit| name.ends_with(unit)),
        };
        let compared = level.is_none() && name.contains(['=', '<', '>', '≥', '≤']);
        let named = !name.starts_with(['=', '.', ',']) && !compared && (level == Some(0) || !name.contains(':'));
        (sound && named).then_some(Head { level, tree, data, opens: opens || !tree })
    }
}

/// The word at the start of a line, up to the first sign that cannot be part of a name.
fn first_word(content: &str) -> &str {
    let text = content.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// Where the text of a field begins, on a line `word: …`, or on one that lacks its colon.
fn text_of_field(content: &str, word: &str) -> Option<usize> {
    let Some((before, _)) = content.split_once(':') else {
        let indent = content.len() - content.trim_start().len();
        return keywords::field_at_start(content)
            .filter(|_| !content.contains(['=', '{']))
            .map(|field| indent + field.len());
    };
    let sole = !word.is_empty() && before.trim() == word;
    let field =
        keywords::field(word).is_some() || !["当", "须", "when", "require"].iter().any(|line| word.starts_with(line));
    (sole && field).then(|| before.len() + 1)
}

fn begins_comment(content: &str, at: usize, character: char) -> bool {
    character == '#' || (character == '/' && content.get(at + 1..).is_some_and(|rest| rest.starts_with('/')))
}

/// The signs that begin a quote, and those that end it.
const QUOTES: [(char, char); 4] = [('“', '”'), ('「', '」'), ('《', '》'), ('"', '"')];

/// Where on a line each kind of quote can still end: a quote ends on its line or is none.
struct Quotes([Option<usize>; 4]);

impl Quotes {
    fn new(content: &str) -> Quotes {
        Quotes(QUOTES.map(|(_, end)| content.rfind(end)))
    }

    fn begins(&self, character: char) -> bool {
        QUOTES.iter().any(|(begin, _)| *begin == character)
    }

    /// The sign that ends the quote which begins at a byte.
    fn end(&self, at: usize, character: char) -> Option<char> {
        let kinds = QUOTES.iter().zip(self.0);
        kinds
            .filter(|((begin, _), last)| *begin == character && last.is_some_and(|last| last > at))
            .map(|((_, end), _)| *end)
            .next()
    }
}

/// How far a line is indented; none where nothing but a comment stands on it.
pub fn indent_of(content: &str) -> Option<usize> {
    let text = content.trim_start();
    let empty = text.is_empty() || text.starts_with('#') || text.starts_with("//");
    (!empty).then(|| content.len() - text.len())
}
