//! Full-width folding. A Chinese input method puts `（10％，20％］` where a program expects
//! `(10%, 20%]`; both mean the same. Folding maps character to character, so every place in the
//! folded text has its place in the original, from which names and texts are cut.

use heng_diag::is_invisible;

/// Begins a comment in the text that the grammar reads.
pub const COMMENT: char = '\u{E001}';
/// Stands for a brace or semicolon inside quotes and texts, where it means itself and nothing else.
pub const MUTED: char = '\u{E002}';
/// Stands for the sign of a quote that does not end on its line.
pub const UNCLOSED: char = '\u{E003}';

/// A folded text that knows where each of its bytes came from.
#[derive(Debug)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text` and its end: the byte of the original.
    origin: Vec<u32>,
}

/// Stands for each character of a 用例 or 性质, which the grammar does not read.
pub const HELD: char = '\u{E004}';

/// What is changed in a folded text before it is read.
#[derive(Debug, Default)]
pub struct Changes {
    /// Put in before a byte.
    pub insertions: Vec<(usize, &'static str)>,
    /// The character at a byte becomes another.
    pub replaced: Vec<(usize, char)>,
}

/// One change.
enum Change {
    Inserted(&'static str),
    Becomes(char),
}

impl Changes {
    /// The changes by the bytes at which they are made; of two for one character the later counts.
    fn in_order(mut self) -> Vec<(usize, Change)> {
        self.replaced.reverse();
        self.replaced.sort_by_key(|(at, _)| *at);
        self.replaced.dedup_by_key(|(at, _)| *at);
        let inserted = self.insertions.into_iter().map(|(at, text)| (at, Change::Inserted(text)));
        let mut all: Vec<_> =
            inserted.chain(self.replaced.into_iter().map(|(at, other)| (at, Change::Becomes(other)))).collect();
        all.sort_by_key(|(at, _)| *at);
        all
    }
}

impl Folded {
    /// Folds `original`. A byte order mark at its start and characters that nobody can see are
    /// dropped.
    pub fn new(original: &str) -> Folded {
        let mut folded =
            Folded { text: String::with_capacity(original.len()), origin: Vec::with_capacity(original.len() + 1) };
        let mut characters = original.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            if !is_hidden(character, next) {
                folded.push(fold_char(character), at);
            } else if breaks_line(character) {
                folded.push('\n', at);
            }
        }
        folded.origin.push(offset(original.len()));
        folded
    }

    /// The folded text with the changes in it; what is put in stands at the place before which it
    /// is put.
    pub fn with(&self, changes: Changes) -> Folded {
        let (room, text, origin) = (changes.insertions.len() * 3, &self.text, &self.origin);
        let mut result =
            Folded { text: String::with_capacity(text.len() + room), origin: Vec::with_capacity(origin.len() + room) };
        let mut done = 0;
        for (at, change) in changes.in_order() {
            result.copy(self, done..at);
            done = done.max(at);
            match change {
                Change::Inserted(inserted) => {
                    inserted.chars().for_each(|inserted| result.push(inserted, self.original(at) as usize));
                }
                Change::Becomes(other) => {
                    let old = text.get(at..).and_then(|rest| rest.chars().next());
                    if let Some(old) = old {
                        result.push(other, self.original(at) as usize);
                        done = at + old.len_utf8();
                    }
                }
            }
        }
        result.copy(self, done..text.len());
        result.origin.push(self.original(text.len()));
        result
    }

    /// Goes on with a stretch of another text; nothing where it is none.
    fn copy(&mut self, from: &Folded, stretch: std::ops::Range<usize>) {
        if let (Some(text), Some(origin)) = (from.text.get(stretch.clone()), from.origin.get(stretch)) {
            self.text.push_str(text);
            self.origin.extend_from_slice(origin);
        }
    }

    /// The original byte of a folded byte.
    pub fn original(&self, folded: usize) -> u32 {
        self.origin.get(folded).or(self.origin.last()).copied().unwrap_or(0)
    }

    fn push(&mut self, character: char, original: usize) {
        self.text.push(character);
        self.origin.extend(std::iter::repeat_n(offset(original), character.len_utf8()));
    }
}

fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

/// Whether a character has no place in a rule file because nobody can see it. `next` is the one
/// behind it.
pub fn is_hidden(character: char, next: Option<char>) -> bool {
    match character {
        '\t' | '\n' => false,
        '\r' => next != Some('\n'),
        _ => is_invisible(character),
    }
}

/// Whether a hidden character is some program's way to end a line.
pub fn breaks_line(character: char) -> bool {
    matches!(character, '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The half-width form of a character.
fn fold_char(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '\n' | '\r' | '\t' => character,
        // What the grammar means by these, nobody can type.
        '\u{E000}'..='\u{E00F}' => char::REPLACEMENT_CHARACTER,
        '−' | '–' => '-',
        '×' => '*',
        '÷' => '/',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '。' => ';',
        '【' => '[',
        '】' => ']',
        blank if blank.is_whitespace() => ' ',
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_becomes_one_character_and_keeps_its_place() {
        let original = "当 执行率＞１００％：０分";
        let folded = Folded::new(original);
        assert_eq!(folded.text, "当 执行率>100%:0分");
        for (at, _) in folded.text.char_indices() {
            assert!(original.is_char_boundary(folded.original(at) as usize));
        }
        let percent = folded.text.find('%').unwrap();
        assert!(original.get(folded.original(percent) as usize..).unwrap().starts_with('％'));
    }

    #[test]
    fn changes_stand_where_they_are_made() {
        let changes = Changes { insertions: vec![(4, "}")], replaced: vec![(1, '乙')] };
        let folded = Folded::new("｛甲").with(changes);
        assert_eq!(folded.text, "{乙}");
        assert_eq!(folded.original(4), 6);
    }

    #[test]
    fn what_nobody_sees_is_left_out_and_ends_of_lines_stay() {
        let folded = Folded::new("\u{feff}甲\u{200b}乙\r\n丙\u{2028}丁\r戊\u{2003}己");
        assert_eq!(folded.text, "甲乙\r\n丙\n丁\n戊 己");
        assert_eq!(folded.original(3), 9);
    }
}
