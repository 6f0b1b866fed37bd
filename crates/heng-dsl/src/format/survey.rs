//! What must be known of a whole file before one token of it is spelled: its language, the names that
//! are its own, and whether its levels can be trusted.

use std::collections::BTreeSet;

use heng_diag::Lang;
use heng_model::name::normal_name;
use pest::iterators::Pair;

use super::spell;
use crate::{keywords, parse::Rule};

/// What is known of a file before its tokens are read.
pub struct Survey {
    /// The language of most of its words.
    pub lang: Lang,
    /// The names it declares, in normal form.
    pub declared: BTreeSet<String>,
    /// Those of them that hold texts or choices, whose words are not the language's.
    pub worded: BTreeSet<String>,
    /// Whether every headline that names a level stands where it says, so that levels may be written.
    pub levels: bool,
}

impl Survey {
    /// Looks a file over.
    pub fn of(root: Pair<'_, Rule>) -> Survey {
        let mut survey = Survey { lang: Lang::Zh, declared: BTreeSet::new(), worded: BTreeSet::new(), levels: true };
        let (mut zh, mut en) = (0usize, 0usize);
        for pair in root.clone().into_inner().flatten() {
            let rule = pair.as_rule();
            survey.worded.extend(worded(&pair));
            match rule {
                Rule::decl | Rule::group | Rule::param | Rule::method | Rule::def | Rule::word => {
                    survey.declare(pair.into_inner().find(|part| part.as_rule() == Rule::name));
                }
                Rule::head => survey.declare(Some(pair)),
                // What an amendment holds stands elsewhere, at a level of its own.
                Rule::bad_line | Rule::bad_tail | Rule::amend | Rule::variant => survey.levels = false,
                _ if spell::is_word(rule) => match pair.as_str().chars().next() {
                    Some(first) if first.is_ascii_alphabetic() => en += 1,
                    Some(first) if first.is_alphabetic() => zh += 1,
                    _ => {}
                },
                _ => {}
            }
        }
        survey.lang = if en > zh { Lang::En } else { Lang::Zh };
        survey.levels = survey.levels && root.into_inner().all(|pair| levels_fit(&pair, 0));
        survey
    }

    fn declare(&mut self, name: Option<Pair<'_, Rule>>) {
        self.declared.extend(name.map(|name| bare(&name)));
    }
}

fn bare(name: &Pair<'_, Rule>) -> String {
    normal_name(name.as_str().trim_matches(['「', '」', '“', '”', '"']))
}

/// The name that a declaration of texts, grades or choices declares.
fn worded(pair: &Pair<'_, Rule>) -> Option<String> {
    if pair.as_rule() != Rule::decl {
        return None;
    }
    let mut parts = pair.clone().into_inner();
    let name = parts.find(|part| part.as_rule() == Rule::name)?;
    let kind = parts.find(|part| part.as_rule() == Rule::type_)?.into_inner().next()?;
    let words = ["文本", "text", "等级", "grade"];
    let holds_words = match kind.as_rule() {
        Rule::choice => true,
        Rule::table => false,
        _ => words.iter().any(|word| kind.as_str().contains(word)),
    };
    holds_words.then(|| bare(&name))
}

/// Whether every headline from `pair` inward that names a level stands at that depth.
fn levels_fit(pair: &Pair<'_, Rule>, depth: u8) -> bool {
    if pair.as_rule() != Rule::block {
        return !matches!(pair.as_rule(), Rule::body)
            || pair.clone().into_inner().all(|inner| levels_fit(&inner, depth));
    }
    let mut parts = pair.clone().into_inner();
    let Some(word) = parts.next() else { return true };
    let depth = if word.as_rule() == Rule::kw_pack { depth } else { depth.saturating_add(1) };
    let named = if word.as_rule() == Rule::kw_indicator { keywords::level(word.as_str()) } else { None };
    named.is_none_or(|named| named == depth) && parts.all(|inner| levels_fit(&inner, depth))
}
