//! The names of a pack, and a sentence in which each of them is one sign.
//!
//! A name may hold any word of the trade; taken for one sign it can not be mistaken for the sentence
//! around it. The longest name wins, and a longer word of the sentence wins over a name.

use std::collections::{BTreeMap, BTreeSet};

use heng_diag::Lang;
use heng_model::{Program, expr::ExprKind, schema::Shape};

use super::words;

/// The first of the signs that stand for names.
const FIRST: u32 = 0xF_0000;

/// The names that the sentences of a pack may use.
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: BTreeSet<String>,
    parameters: BTreeSet<String>,
    /// Texts that are no names.
    texts: BTreeSet<String>,
}

impl Names {
    /// The names of a pack: data, columns, words of choices, definitions, parameters, methods, indicators.
    #[must_use]
    pub fn of(program: &Program) -> Names {
        let mut names = Names::default();
        let mut add = |name: &str| {
            names.known.insert(name.to_owned());
        };
        for field in &program.schema.fields {
            field.path.iter().chain(&field.alias).for_each(|name| add(name));
            if let Shape::Table(table) = &field.shape {
                for column in &table.columns {
                    add(&column.name);
                    column.alias.iter().for_each(|name| add(name));
                }
            }
        }
        program.schema.choices.iter().flat_map(|list| &list.words).for_each(|word| add(word));
        program.lets.iter().for_each(|found| add(&found.name));
        for method in &program.methods {
            add(&method.name);
            method.parameters.iter().for_each(|parameter| add(&parameter.name));
        }
        for node in &program.nodes {
            add(&node.name);
            node.alias.iter().for_each(|name| add(name));
        }
        let parameters = program.lets.iter().filter(|found| found.parameter);
        names.parameters = parameters.map(|found| found.name.to_string()).collect();
        names.texts = texts(program).filter(|text| !names.known.contains(text)).collect();
        names.known.extend(names.texts.iter().cloned());
        // A name that is a word of the language stands in 「」 wherever it is said.
        let word = |name: &String| crate::KEYWORDS.iter().any(|word| word.zh == name || word.en == name);
        names.known.retain(|name| !word(name));
        names
    }

    /// The sentence with a sign for each name.
    pub(super) fn mask(&self, sentence: &str, lang: Lang) -> (String, Mask) {
        let mut mask = Mask { names: Vec::new(), parameters: self.parameters.clone(), texts: self.texts.clone() };
        let mut signs: BTreeMap<String, char> = BTreeMap::new();
        let (mut out, mut rest, mut before) = (String::new(), sentence, None);
        while let Some(sign) = rest.chars().next() {
            let quoted = rest.strip_prefix('「').and_then(|inner| inner.split_once('」'));
            if let Some((name, after)) = quoted {
                out.push(mask.sign(name, &mut signs));
                (rest, before) = (after, Some('」'));
                continue;
            }
            let name = self.longest(rest, before);
            let word = words::reserved(lang).filter(|word| starts(rest, word, before)).map(|word| word.len()).max();
            let long = match (name.map(str::len), word) {
                (Some(name), Some(word)) if word >= name => word,
                (Some(name), _) if longer(rest, before).is_some_and(|word| word > name) => {
                    longer(rest, before).unwrap_or_default()
                }
                (Some(long), _) => {
                    out.push(mask.sign(name.unwrap_or_default(), &mut signs));
                    before = rest.get(..long).and_then(|text| text.chars().next_back());
                    rest = rest.get(long..).unwrap_or_default();
                    continue;
                }
                (None, Some(word)) => word,
                (None, None) => longer(rest, before).unwrap_or(sign.len_utf8()),
            };
            let text = rest.get(..long).unwrap_or_default();
            out.push_str(text);
            before = text.chars().next_back();
            rest = rest.get(long..).unwrap_or_default();
        }
        (out, mask)
    }

    fn longest(&self, text: &str, before: Option<char>) -> Option<&str> {
        let found = self.known.iter().filter(|name| starts(text, name, before));
        found.max_by_key(|name| name.len()).map(String::as_str)
    }
}

/// Texts that are compared with: `类别为产出` may name a word of no list.
fn texts(program: &Program) -> impl Iterator<Item = String> + '_ {
    program.exprs.iter().filter_map(|expr| match &expr.kind {
        ExprKind::Literal(heng_model::Value::Text(word)) if !word.is_empty() => Some(word.to_string()),
        _ => None,
    })
}

/// How long the word of the language is with which a text starts.
fn longer(text: &str, before: Option<char>) -> Option<usize> {
    words::longer().filter(|word| starts(text, word, before)).map(str::len).max()
}

/// Whether a text starts with a name; a name in Latin letters ends where a word ends.
fn starts(text: &str, name: &str, before: Option<char>) -> bool {
    let Some(rest) = text.strip_prefix(name) else { return false };
    let part = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric() || sign == '_');
    let (first, last) = (part(name.chars().next()), part(name.chars().next_back()));
    let goes_on = first && part(before) || last && part(rest.chars().next());
    !goes_on
}

/// Which sign stands for which name.
pub(super) struct Mask {
    names: Vec<String>,
    parameters: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl Mask {
    fn sign(&mut self, name: &str, signs: &mut BTreeMap<String, char>) -> char {
        if let Some(sign) = signs.get(name) {
            return *sign;
        }
        let next = u32::try_from(self.names.len()).unwrap_or(0);
        let sign = char::from_u32(FIRST + next).unwrap_or('?');
        self.names.push(name.to_owned());
        signs.insert(name.to_owned(), sign);
        sign
    }

    fn name(&self, sign: char) -> Option<&str> {
        let at = u32::from(sign).checked_sub(FIRST)?;
        self.names.get(usize::try_from(at).ok()?).map(String::as_str)
    }

    /// Whether a text is one name, and nothing else.
    pub(super) fn is_name(&self, text: &str) -> bool {
        let mut signs = text.chars();
        matches!((signs.next(), signs.next()), (Some(sign), None) if self.name(sign).is_some())
    }

    /// Whether a sign stands for a name.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.name(sign).is_some()
    }

    /// Whether a text is the name of a parameter.
    pub(super) fn is_parameter(&self, text: &str) -> bool {
        let name = text.chars().next().and_then(|sign| self.name(sign));
        self.is_name(text) && name.is_some_and(|name| self.parameters.contains(name))
    }

    /// The names in place of their signs, as a rule file writes them.
    pub(super) fn put_back(&self, text: &str) -> String {
        let mut out = String::new();
        for sign in text.chars() {
            match self.name(sign) {
                Some(text) if self.texts.contains(text) && !out.ends_with('“') => out.push_str(&format!("“{text}”")),
                Some(name) => out.push_str(&crate::combine::name(name)),
                None => out.push(sign),
            }
        }
        out
    }
}
