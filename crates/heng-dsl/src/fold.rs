//! Full-width folding. A Chinese input method puts `（10％，20％］` where a program expects
//! `(10%, 20%]`; both mean the same. Folding maps character to character, so every place in the
//! folded text has its place in the original, from which names and texts are cut.

/// A folded text that knows where each of its bytes came from.
#[derive(Debug)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text` and its end: the byte of the original.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds `original`; a byte order mark at its start is dropped.
    pub fn new(original: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(original.len()), origin: Vec::with_capacity(original.len() + 1) };
        for (at, character) in original.char_indices() {
            if at == 0 && character == '\u{FEFF}' {
                continue;
            }
            folded.push(fold_char(character), at);
        }
        folded.origin.push(offset(original.len()));
        folded
    }

    /// The folded text with `insert` put in before the given bytes (ascending), each standing at the
    /// place before which it is put.
    pub fn with_insertions(&self, insertions: &[(usize, &str)]) -> Folded {
        let mut result = Folded { text: String::new(), origin: Vec::new() };
        let mut pending = insertions.iter().peekable();
        for (at, character) in self.text.char_indices().chain([(self.text.len(), '\0')]) {
            while let Some((_, text)) = pending.next_if(|(before, _)| *before <= at) {
                for inserted in text.chars() {
                    result.push(inserted, self.original(at) as usize);
                }
            }
            if at < self.text.len() {
                result.push(character, self.original(at) as usize);
            }
        }
        result.origin.push(self.original(self.text.len()));
        result
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

/// The half-width form of a character.
fn fold_char(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        '\u{3000}' | '\u{00A0}' => ' ',
        '−' | '–' => '-',
        '×' => '*',
        '÷' => '/',
        '。' => ';',
        '【' => '[',
        '】' => ']',
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
        assert!(original[folded.original(percent) as usize..].starts_with('％'));
    }

    #[test]
    fn insertions_stand_where_they_are_put() {
        let folded = Folded::new("｛甲").with_insertions(&[(4, "}")]);
        assert_eq!(folded.text, "{甲}");
        assert_eq!(folded.original(4), 6);
    }
}
