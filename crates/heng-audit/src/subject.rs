//! Whose figures the figures are, where their labels alone do not say: 支出, 年初预算, 实际支出.

use crate::{
    document::Document,
    figure::Figure,
    vocabulary::{Vocabulary, ends},
};

/// A subject longer than this is a sentence of its own.
const LONGEST: usize = 24;

/// Gives every figure with a bare label the subject that the words before it name.
pub(crate) fn settle(document: &Document, words: &Vocabulary, figures: &mut [Figure]) {
    let mut before: Option<(usize, usize, String)> = None;
    for figure in figures {
        if words.list.bare.contains(&figure.label) {
            let inherited = before.as_ref().filter(|(sentence, end, _)| {
                *sentence == figure.sentence && !document.slice(&(*end..figure.span.start)).contains('；')
            });
            figure.subject = match inherited {
                Some((_, _, name)) => subject(words, name),
                None => opening(document, words, figure),
            };
        }
        before = Some((figure.sentence, figure.span.end, figure.name()));
    }
}

/// What a name is of: 公务接待费 of 公务接待费年初预算, and of 公务接待费 itself.
fn subject(words: &Vocabulary, name: &str) -> String {
    let longest = words.list.bare.iter().filter(|word| name.ends_with(word.as_str())).max_by_key(|word| word.len());
    let rest = longest.and_then(|word| name.strip_suffix(word.as_str()));
    let rest = rest.unwrap_or(if ends(name, &words.list.thing) { name } else { "" });
    rest.trim_end_matches(['的', '年', '初', '全', '共']).to_owned()
}

/// “三公”经费方面，年初预算 …: the clause before the first figure of a sentence.
fn opening(document: &Document, words: &Vocabulary, figure: &Figure) -> String {
    let Some(block) = document.blocks.get(figure.block) else { return String::new() };
    let text = document.slice(&(block.span.start..figure.span.start));
    let sentence = text.rsplit(['。', '！', '？', '；']).next().unwrap_or(text);
    let mut clauses = sentence.rsplit(['，', '：', ',', ':']);
    let (_, Some(clause)) = (clauses.next(), clauses.next()) else { return String::new() };
    let plain = clause.replace(['“', '”', '"', ' '], "");
    let plain = plain.rsplit(['）', ')', '、', '.', '．']).next().unwrap_or(&plain);
    let about = plain.strip_suffix("方面").or_else(|| plain.strip_suffix("情况"));
    let named = about.unwrap_or(plain);
    let short = (2..=LONGEST).contains(&named.chars().count()) && !named.chars().any(|c| c.is_ascii_digit());
    if short && (about.is_some() && !ends(named, &words.list.bare) || ends(named, &words.list.thing)) {
        named.to_owned()
    } else {
        String::new()
    }
}
