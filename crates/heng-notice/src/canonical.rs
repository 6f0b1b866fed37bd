//! The canonical sentence of a block, read back into the block.
//!
//! heng-phrase says every block in one sentence. Here the sentence goes back: with the names of a pack
//! at hand nothing has to be guessed, so what is read is the block that was said, and what no sentence
//! can carry is refused. The productions below are those of the printer, the other way round; each
//! stands once, with both languages beside each other.

mod body;
mod condition;
mod expression;
mod names;
mod result;
mod tally;
mod template;
mod words;

use std::cell::Cell;

use heng_diag::{Lang, Pair};

use crate::reading::{Known, Refusal, Why};
pub use names::Names;

/// Longest sentence that is looked at, in characters.
const LONGEST: usize = 4_000;
/// How many attempts are made at one sentence.
const ATTEMPTS: u32 = 200_000;

/// Reads the canonical sentence of a block back into the lines of the block.
///
/// # Errors
/// Where it is no canonical sentence over these names, or says that a script decides.
pub fn read_canonical(sentence: &str, names: &Names, lang: Lang) -> Result<Vec<String>, Refusal> {
    let refused = || Refusal::new(Why::Unknown, Known::None, sentence.trim());
    if sentence.chars().count() > LONGEST {
        return Err(refused());
    }
    let (masked, mask) = names.mask(sentence.trim(), lang);
    let reader = Reader { lang, mask: &mask, left: Cell::new(ATTEMPTS) };
    let lines = reader.body(&masked).ok_or_else(refused)?;
    Ok(lines.lines().map(|line| mask.put_back(line)).collect())
}

/// Reads masked text: a name is one sign of its own.
struct Reader<'m> {
    lang: Lang,
    mask: &'m names::Mask,
    /// How many attempts may still be made.
    left: Cell<u32>,
}

impl Reader<'_> {
    fn word(&self, pair: Pair) -> &'static str {
        pair.get(self.lang)
    }

    /// The first way in which a text fits a template and `make` accepts what stands in its holes.
    fn fits<T>(&self, text: &str, template: Pair, make: impl Fn(&[&str]) -> Option<T>) -> Option<T> {
        template::matches(text, self.word(template), &mut |holes| {
            let left = self.left.get().checked_sub(1)?;
            self.left.set(left);
            make(holes)
        })
    }

    /// Whether a text is a word.
    fn is(&self, text: &str, word: Pair) -> bool {
        text == self.word(word)
    }
}
