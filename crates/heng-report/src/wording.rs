//! All words of this crate, zh and en side by side.

mod reasons;
mod words;

use heng_diag::Lang;

pub(crate) use reasons::*;
pub(crate) use words::*;

/// A fixed word or phrase in both languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair(&'static str, &'static str);

impl Pair {
    /// The spelling in `lang`.
    pub(crate) fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.0,
            Lang::En => self.1,
        }
    }
}

/// Picks the wording of a whole sentence.
fn pick(lang: Lang, zh: String, en: String) -> String {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
